"""CSL-JSON: as Zotero exports it, as registries serve it, and broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lupusrefs.formats import csl_json
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode


def load(text: str | bytes) -> Loaded:
    """Read a text as the file ``refs.json``."""
    data = text.encode() if isinstance(text, str) else text
    return csl_json.load(decode(data, "refs.json"))


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``line:column message``."""
    return [
        f"{one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


def test_numbers_are_text_in_their_own_spelling() -> None:
    """CSL allows numbers; "1.10" and 1.10 are the same edition."""
    (reference,) = load('[{"id": 7, "volume": 12, "edition": 1.10}]').references
    assert (reference.id, reference.volume, reference.edition) == ("7", "12", "1.10")


def test_escapes_are_decoded_and_half_ones_replaced() -> None:
    """A surrogate pair is one character; half a pair is none."""
    loaded = load(r'[{"id": "a", "title": "\ud83d\ude00 \ud83d \/ \u00fc"}]')
    assert loaded.references[0].title == "😀 \ufffd / ü"


@pytest.mark.parametrize(
    "text",
    [
        '[{"id":"a"},{"id":"b"}]',
        '{"items":[{"id":"a"},{"id":"b"}]}',
        '{"references":[{"id":"a"},{"id":"b"}]}',
    ],
)
def test_lists_in_their_usual_wrappings(text: str) -> None:
    """A plain list, Zotero's API, pandoc's JSON."""
    assert [one.id for one in load(text).references] == ["a", "b"]


def test_a_single_item_counts_as_a_list_of_one() -> None:
    """What content negotiation answers."""
    loaded = load('{"type": "journal-article", "title": ["T"], "DOI": "10.1/x"}')
    assert loaded.references[0].type == "article-journal"
    assert loaded.references[0].title == "T"


def test_broken_json_keeps_what_can_be_read() -> None:
    """The first error has its place; entries before and behind it are kept."""
    loaded = load(
        "[\n"
        ' {"id": "a", "title": "A"},\n'
        ' {"id": "b", "title": \'B\'},\n'
        ' {"id": "c", "title": "C"},\n'
        ' {"id": "d" "title": "D"},\n'
        ' {"id": "e"}\n'
        "]\n"
    )
    assert [one.id for one in loaded.references] == ["a", "c", "e"]
    assert told(loaded) == [
        '3:23 not valid JSON: "\'" is not the start of a value',
        "5:13 not valid JSON: ',' or '}' was expected",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"id": "a",}]', "1:13 not valid JSON: a key in double quotes was expected"),
        ('[{"id": "a"},]', "1:14 not valid JSON: ']' is not the start of a value"),
        ('[{"id": "a"}', "1:13 not valid JSON: ',' or ']' was expected"),
        ('[{"id": nul}]', "1:9 not valid JSON: 'n' is not the start of a value"),
        ("[" * 5000, "1:62 not valid JSON: nested more than 60 levels deep"),
        ('[{"id": "a"}] x', "1:15 not valid JSON: there is something behind the end"),
        ('[{"id": "a", "id": "b"}]', "1:14 the key 'id' stands twice in this entry"),
    ],
)
def test_errors_have_places(text: str, message: str) -> None:
    """Line and column of the first character that cannot be."""
    assert told(load(text))[0] == message


def test_dump_is_csl_json() -> None:
    """The schema's spelling, its order fixed, nothing empty."""
    text = csl_json.dump(
        load('[{"DOI":"10.1/x","id":"a","issued":"2021-08"}]').references
    )
    assert json.loads(text) == [
        {
            "id": "a",
            "type": "document",
            "issued": {"date-parts": [[2021, 8]]},
            "DOI": "10.1/x",
        }
    ]


@pytest.mark.corpus
def test_recorded_csl_json_of_registries_is_read(corpus: Path) -> None:
    """Content negotiation's answers: title, first author and year survive."""
    files = sorted((corpus / "registry" / "csl").glob("*.json"))
    assert files
    for file in files:
        record = json.loads(file.read_bytes())
        loaded = load(file.read_bytes())
        (reference,) = loaded.references
        title = record.get("title")
        title = ", ".join(title) if isinstance(title, list) else title
        assert reference.title == (title or None), file.name
        authors = record.get("author") or []
        assert len(reference.author) == sum(
            any(a.get(k) for k in ("family", "given", "literal", "name"))
            for a in authors
        ), file.name
