"""Items as plain data are read as a file of CSL-JSON is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accuracy.records import answers, read
from lupusrefs.bulk.items import ItemReader
from lupusrefs.bulk.joining import names_others
from lupusrefs.bulk.keys import keys_of
from lupusrefs.compare.updates import related_dois
from lupusrefs.formats import csl_json
from lupusrefs.formats.text import decode
from lupusrefs.identify import identify
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.reference import Reference

ITEMS: list[dict[str, object]] = [
    {"id": "a", "title": "Plain", "DOI": "10.5555/1", "volume": 12, "issue": "S1"},
    {
        "id": 17,
        "title": ["One", "Two"],
        "ISSN": ["1234-5679"],
        "license": [{"URL": "u"}],
    },
    {"id": "b", "author": [{"family": "Ng", "given": "A."}, {"literal": "others"}]},
    {"id": "c", "author": [{"name": "The Group", "sequence": "first"}, "Bare Name"]},
    {"id": "d", "author": [{"family": "Beethoven", "non-dropping-particle": "van"}]},
    {"id": "e", "author": [{"family": "Li", "given": None, "suffix": ""}, {}]},
    {"id": "f", "author": {"family": "Alone"}},
    {"id": "g", "editor": [{"family": "Ö", "comma-suffix": True, "suffix": "Jr."}]},
    {"id": "h", "issued": {"date-parts": [["2021", 8]]}},
    {"id": "i", "issued": {"date-parts": [[2021], [2022, 3]], "circa": True}},
    {"id": "j", "issued": "2021-08", "accessed": 2024, "event-date": "in press"},
    {"id": "k", "issued": {"date-parts": [[None]]}},
    {"id": "l", "issued": {"date-parts": [[2021, 13]]}},
    {"id": "m", "issued": {"year": 2020, "month": 2}},
    {"id": "n", "issued": [2020, 1]},
    {"id": "o", "type": "journal-article", "shortTitle": "S", "title-short": "T"},
    {"id": "p", "type": "no-such-type"},
    {"id": "q", "title": True},
    {"id": "r", "volume": {"a": 1}},
    {"id": "s", "custom": {"lupusrefs-ignore": {"year-mismatch": "reprint"}}},
    {"id": "t", "categories": ["x", "y"], "keyword": "k", "unknown": [1], "page": None},
    {"id": "u", "title": "Half \ud83d of a character", "note": "\u0000"},
]


def plain(reference: Reference) -> dict[str, object]:
    """All that a reference has, but for its places."""
    return reference.model_dump(exclude={"location", "places"})


@pytest.mark.parametrize("data", ITEMS, ids=lambda one: str(one["id"]))
def test_the_same_as_of_a_file(data: dict[str, object]) -> None:
    """The same reference, and the same messages."""
    text = json.dumps(data)
    loaded = csl_json.load(decode(f"[{text}]".encode(), "refs.json"))
    reader = ItemReader("refs.jsonl")
    entry = reader.entry(5, text.encode())
    assert entry is not None
    read = reader.reference(entry)
    assert plain(read) == plain(loaded.references[0])
    errors = [one for one in loaded.diagnostics if one.is_error]
    assert [one.message for one in reader.problems] == [one.message for one in errors]
    assert set(read.places) == set(loaded.references[0].places)
    assert {(one.line, one.column) for one in read.places.values()} == {(5, 1)}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"id": "a", "title": "never ends', "not valid JSON"),
        (b"[1, 2]", "must be an object, not a list"),
        (b'"text"', "must be an object, not text"),
        (b"{} {}", "there is something behind the end"),
        (b"[" * 100_000, "levels deep"),
    ],
    ids=["broken", "list", "text", "two", "deep"],
)
def test_a_line_that_cannot_be_read(line: bytes, message: str) -> None:
    """It is told, with its place."""
    reader = ItemReader("refs.jsonl")
    assert reader.entry(7, line) is None
    found = reader.problems[0]
    assert message in found.message
    assert found.location.file == "refs.jsonl"
    assert found.location.line == 7


def test_a_missing_key_is_the_number_of_the_line() -> None:
    """And nothing is said about it: such lists come from programs."""
    reader = ItemReader("refs.jsonl")
    entry = reader.entry(12, b'{"title": "No key"}')
    assert entry is not None
    assert reader.reference(entry).id == "12"
    assert not reader.problems


def test_the_keys_of_an_identifier() -> None:
    """All readings of a DOI; what is no DOI goes along as it is."""
    doubtful = identify(Reference(id="a", doi="10.5555/ABC."))
    assert [one.key for one in keys_of(doubtful)] == ["10.5555/abc.", "10.5555/abc"]
    assert [one.key for one in keys_of(identify(Reference(id="a", pmid="17")))] == [
        "pmid:17"
    ]
    assert keys_of(identify(Reference(id="a", title="Nothing"))) == ()


@pytest.mark.corpus
def test_no_record_that_names_others_is_passed_over(corpus: Path) -> None:
    """What is looked at before a record is read, against what reading it gives."""
    naming = passed = 0
    for source, record in answers(corpus):
        work = read(source, record) if source in {"crossref", "datacite"} else None
        if work is None:
            continue
        looked_at = names_others(fold(work.id), json.dumps(record))
        if related_dois(work):
            naming += 1
            assert looked_at, work.id
        passed += not looked_at
    assert naming > 10
    # Most name nobody, and are not read.
    assert passed > 1000
