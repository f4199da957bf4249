"""The bars for BibTeX and BibLaTeX against what other programs make of the files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance import bibtex
from conformance.score import SuiteResult

CORPUS = os.environ.get("LUPUSREFS_CORPUS")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not CORPUS, reason="no corpus: set LUPUSREFS_CORPUS to the shared corpus folder"
    ),
]


@pytest.mark.parametrize(
    ("measure", "fields", "cases"),
    [
        (bibtex.measure_pandoc, 0.95, 0.75),
        (bibtex.measure_citationjs, 0.92, 0.0),
        (bibtex.measure_zotero, 0.92, 0.0),
        (bibtex.measure_better_bibtex, 0.92, 0.0),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_bar(
    measure: Callable[[Path], SuiteResult], fields: float, cases: float
) -> None:
    """Shares of fields, and of cases that are equal in every field."""
    result = measure(Path(CORPUS or ""))
    assert result.cases > 0
    assert result.field_share >= fields, result.differences
    assert result.case_share >= cases
    assert all(one.cause for one in result.differences)
