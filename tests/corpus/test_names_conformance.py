"""The bar for names: 97 % of the parts that other programs find."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.names import measure_biber_names, measure_bibtex_names

pytestmark = pytest.mark.corpus


def test_bibtex_names(corpus: Path) -> None:
    """The parts of namae and bibtex-ruby."""
    result = measure_bibtex_names(corpus)
    assert result.fields >= 80
    assert result.field_share >= 0.97
    assert all(difference.cause for difference in result.differences)


def test_biber_names(corpus: Path) -> None:
    """The parts of biber."""
    result = measure_biber_names(corpus)
    assert result.fields >= 14
    assert result.field_share >= 0.97
    assert all(difference.cause for difference in result.differences)
