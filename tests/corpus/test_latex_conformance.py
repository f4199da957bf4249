"""The bar for LaTeX: 97 % of the rows of other decoders, and of all encodings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.latex import measure_decoding, measure_encoding, measure_pylatexenc
from lupusrefs.formats.bibtex.parse_latex import verbatim

pytestmark = pytest.mark.corpus


def test_decoding(corpus: Path) -> None:
    """latex-decode's, latexcodec's and biber's rows."""
    result = measure_decoding(corpus)
    assert result.cases >= 90
    assert result.case_share >= 0.97
    assert all(difference.cause for difference in result.differences)


def test_encoding(corpus: Path) -> None:
    """What is written in ASCII is read as it was."""
    result = measure_encoding(corpus)
    assert result.cases >= 46
    assert result.case_share >= 0.97


def test_pylatexenc_differs_for_known_reasons(corpus: Path) -> None:
    """Its rows lay text out for a terminal: every difference has its cause."""
    result = measure_pylatexenc(corpus)
    assert all(difference.cause for difference in result.differences)


def test_doi_fields_are_normalised_once(corpus: Path) -> None:
    """DOI fields of the wild: reading them again changes nothing."""
    path = corpus / "doi" / "bib_doi_fields_unusual_no_gold.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        text = verbatim(json.loads(line)["raw"])
        assert verbatim(text) == text
        assert "\\_" not in text
    assert len(lines) >= 2_000
