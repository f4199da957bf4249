"""What a locator counts, where the locator says it itself.

Source: CSL 1.0.2 specification, "Locators"; citeproc-js manual, "Locators" (a label in
the text of a locator).
"""

from __future__ import annotations

import pytest

from csl.making import item, shown
from lupusrefs.csl import CiteItem
from lupusrefs.csl.locators import ABBREVIATIONS, LOCATORS, split_label


@pytest.mark.parametrize(
    ("locator", "label", "rest"),
    [
        ("ch. 3", "chapter", "3"),
        ("p. 12-15", "page", "12-15"),
        ("pp. 12-15", "page", "12-15"),
        ("p.12", "page", "12"),
        (" sec. 4 ", "section", "4"),
        ("vol. 2, p. 3", "volume", "2, p. 3"),
        ("ch. The Beginning", "chapter", "The Beginning"),
        # What is no abbreviation is part of the locator.
        ("12-15", "", "12-15"),
        ("xyz. 3", "", "xyz. 3"),
        ("ch 3", "", "ch 3"),
        ("ch.", "", "ch."),
        ("", "", ""),
    ],
)
def test_a_label_at_the_beginning(locator: str, label: str, rest: str) -> None:
    """An abbreviation with its full stop, and something behind it."""
    assert split_label(locator) == (label, rest)
    cite = CiteItem("i", locator=locator)
    assert (cite.label, cite.locator) == (label, rest)


def test_abbreviations_are_of_locators() -> None:
    """Each of a term that there is, and none of two at once."""
    assert set(ABBREVIATIONS.values()) <= LOCATORS
    for abbreviation, label in ABBREVIATIONS.items():
        assert split_label(f"{abbreviation}. 7") == (label, "7")


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ("12", "page 12"),
        ("ch. 3", "chapter 3"),
        ("ch. 3-4", "chapters 3–4"),
        ("sec. 4", "section 4"),
        ("vol. 2, p. 3", "volume 2, p. 3"),
    ],
)
def test_a_style_shows_the_label(locator: str, text: str) -> None:
    """As if the cite had said it."""
    layout = '<label variable="locator" suffix=" "/><text variable="locator"/>'
    assert shown(layout, item(), locator=locator) == text


@pytest.mark.parametrize(
    ("locator", "label", "text"),
    [("ch. 3", "", "yes3"), ("3", "chapter", "yes3"), ("3", "", "no3")],
)
def test_a_condition_sees_the_label(locator: str, label: str, text: str) -> None:
    """``locator="chapter"`` ("Choose")."""
    layout = (
        '<choose><if locator="chapter"><text value="yes"/></if>'
        '<else><text value="no"/></else></choose><text variable="locator"/>'
    )
    assert shown(layout, item(), locator=locator, label=label) == text


def test_the_label_of_the_cite_counts() -> None:
    """Then the locator is taken as it is."""
    cite = CiteItem("i", locator="ch. 3", label="volume")
    assert (cite.label, cite.locator) == ("volume", "ch. 3")
