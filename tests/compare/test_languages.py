"""Titles that may be translations of one another, and titles that are not."""

from __future__ import annotations

import pytest

from lupusrefs.compare.languages import may_be_translation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Über die Natur des Lichts", "On the nature of light"),
        ("Estudio de la luz en el agua", "A study of light in water"),
        ("Größenverhältnisse", "Proportions"),
        ("Größenverhältnisse", "Übersicht"),
    ],
)
def test_other_language(one: str, other: str) -> None:
    """Small words or letters show that one of them may not be English."""
    assert may_be_translation(one, other)
    assert may_be_translation(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A study of light in water", "On the origin of heat"),
        ("Estudo da luz em águas", "Los efectos del calor en el hielo"),
        ("Widget sizes", "A study of light in water"),
        ("Role of TNF-α in mice", "Heat transfer in foams"),
    ],
)
def test_same_language(one: str, other: str) -> None:
    """Both are English, or both Iberian; a Greek letter is in every language."""
    assert not may_be_translation(one, other)
    assert not may_be_translation(other, one)
