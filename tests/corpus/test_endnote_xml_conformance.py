"""The bar for EndNote's XML, against JabRef's importer."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.endnote_xml import measure_jabref

pytestmark = pytest.mark.corpus


def test_jabref_import(corpus: Path) -> None:
    """At least 92 % of the fields, and a reason for each of the others."""
    result = measure_jabref(corpus)
    assert result.cases >= 9
    assert result.field_share >= 0.92
    unexplained = [one for one in result.differences if not one.cause]
    assert not unexplained
