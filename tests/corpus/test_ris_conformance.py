"""The bars for RIS and EndNote's tagged export."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.ris import measure_files, measure_jabref, measure_zotero
from conformance.score import SuiteResult, rows
from lupusrefs.formats import ris
from lupusrefs.formats.equivalence import same_value
from lupusrefs.formats.text import SourceText, decode

pytestmark = pytest.mark.corpus


def is_explained(result: SuiteResult) -> bool:
    """Whether somebody has looked at every difference."""
    return all(difference.cause for difference in result.differences)


def test_every_record_and_doi_of_real_files_is_found(corpus: Path) -> None:
    """100 %, but for second DOIs of a record: they are read, and stay aside."""
    result = measure_files(corpus)
    assert result.fields >= 10_000
    assert is_explained(result)
    assert {difference.field for difference in result.differences} == {"DOI"}
    assert result.field_share >= 0.995


@pytest.mark.parametrize("measure", [measure_zotero, measure_jabref])
def test_the_importers_of_other_programs_agree(corpus: Path, measure: object) -> None:
    """At least 92 % of the mapped fields, and the others explained."""
    assert callable(measure)
    result: SuiteResult = measure(corpus)
    assert is_explained(result)
    assert result.field_share >= 0.92


def test_real_files_survive_writing(corpus: Path) -> None:
    """Every value, every field beyond CSL; and a second time the same text."""
    count = 0
    for row in rows(corpus / "formats" / "files.jsonl"):
        if row["format"] != "ris":
            continue
        name = str(row["file"])
        data = (corpus / "formats" / name).read_bytes()
        first = ris.load(decode(data, name)).references
        text = ris.dump(first)
        second = ris.load(SourceText(name, text)).references
        for before, after in zip(first, second, strict=True):
            old, new = before.to_csl(), after.to_csl()
            assert old.keys() == new.keys()
            assert all(
                same_value(variable, old[variable], new[variable]) for variable in old
            )
            assert before.origin is not None
            assert after.origin is not None
            assert after.origin.kind == before.origin.kind
            assert sorted(after.origin.fields) == sorted(before.origin.fields)
            count += 1
        assert ris.dump(second) == text
    assert count >= 6000
