"""The bars for MEDLINE, PubMed's XML and the Web of Science's export."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.medline import measure_files, measure_jabref, measure_zotero
from conformance.score import SuiteResult, rows
from lupusrefs.formats import nbib
from lupusrefs.formats.text import SourceText, decode

pytestmark = pytest.mark.corpus


def is_explained(result: SuiteResult) -> bool:
    """Whether somebody has looked at every difference."""
    return all(difference.cause for difference in result.differences)


def test_every_record_and_doi_of_real_files_is_found(corpus: Path) -> None:
    """100 %."""
    result = measure_files(corpus)
    assert result.fields >= 150
    assert result.differences == []


def test_the_importers_of_other_programs_agree(corpus: Path) -> None:
    """At least 92 % of the mapped fields, and the others explained."""
    zotero, jabref = measure_zotero(corpus), measure_jabref(corpus)
    assert is_explained(zotero)
    assert is_explained(jabref)
    fields = zotero.fields + jabref.fields
    assert fields >= 250
    assert (zotero.equal_fields + jabref.equal_fields) / fields >= 0.92


def test_real_files_survive_writing(corpus: Path) -> None:
    """Every value, every field beyond CSL; and a second time the same text."""
    for row in rows(corpus / "formats" / "files.jsonl"):
        if row["format"] != "nbib":
            continue
        name = str(row["file"])
        data = (corpus / "formats" / name).read_bytes()
        first = nbib.load(decode(data, name)).references
        text = nbib.dump(first)
        second = nbib.load(SourceText(name, text)).references
        for before, after in zip(first, second, strict=True):
            assert after.to_csl() == before.to_csl()
            assert before.origin is not None
            assert after.origin is not None
            assert sorted(after.origin.fields) == sorted(before.origin.fields)
        assert nbib.dump(second) == text
