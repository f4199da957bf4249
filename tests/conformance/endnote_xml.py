"""EndNote's XML against JabRef's importer, whose expectations are BibTeX.

Compared are the fields that CSL has a variable for. JabRef's ``address`` (that of the
author) and ``file`` have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conformance.score import Difference, SuiteResult, rows
from lupusrefs.formats import endnote_xml
from lupusrefs.formats.endnote_xml.dates import date_field
from lupusrefs.formats.text import SourceText
from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference

_ENTRY: Final = re.compile(r"@(?P<type>\w+)\s*\{[^,]*,")
_FIELD: Final = re.compile(r"\s*,?\s*(?P<name>[\w-]+)\s*=\s*\{")
_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "paper-conference",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_PLAIN: Final = {
    "abstract": "abstract",
    "doi": "doi",
    "language": "language",
    "note": "note",
    "publisher": "publisher",
    "title": "title",
    "volume": "volume",
}
_COMPARED: Final = frozenset(
    (
        *("author", "editor", "year", "date", "journal", "booktitle", "pages"),
        *("number", "issue", "isbn", "issn", "keywords", "url"),
        *_PLAIN,
    )
)
_DASHES: Final = re.compile(r"\s*[-‐-―]+\s*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry that the suite expects."""

    type: str
    fields: Mapping[str, str]


def measure_jabref(corpus: Path) -> SuiteResult:
    """JabRef's import of EndNote's XML."""
    result = SuiteResult("JabRef import: EndNote XML")
    for row in rows(corpus / "formats" / "jabref_importers.jsonl"):
        if row["format"] != "EndnoteXml" or not row["expected_bibtex"]:
            continue
        source = SourceText("x", str(row["input"]))
        references = endnote_xml.load(source).references
        expected = list(_entries(str(row["expected_bibtex"])))
        assert len(references) == len(expected), row["id"]
        for number, (entry, reference) in enumerate(
            zip(expected, references, strict=True), 1
        ):
            differences = list(_compared(f"{row['id']} {number}", entry, reference))
            count = len(_COMPARED & entry.fields.keys()) + 1
            result.add(count, differences)
    return result


def _entries(text: str) -> Iterator[_Entry]:
    for start in _ENTRY.finditer(text):
        fields: dict[str, str] = {}
        at = start.end()
        while found := _FIELD.match(text, at):
            at = _end(text, found.end())
            fields[found["name"].lower()] = text[found.end() : at - 1]
        yield _Entry(start["type"].lower(), fields)


def _end(text: str, at: int) -> int:
    """Behind the brace that closes a value."""
    depth = 1
    while depth:
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
    return at


def _compared(case: str, entry: _Entry, reference: Reference) -> Iterator[Difference]:
    expected = _TYPES.get(entry.type, entry.type)
    if expected != reference.type:
        yield Difference(case, "type", entry.type, reference.type)
    for field in sorted(_COMPARED & entry.fields.keys()):
        want = _normal(field, entry.fields[field])
        got = [_normal(field, text) for text in _values(field, reference)]
        if want not in got:
            shown = "; ".join(got)
            cause = _cause(field, entry)
            yield Difference(case, field, want, shown, cause)


def _values(field: str, reference: Reference) -> list[str]:
    """What we have in the place of a field: one of them is to be the same."""
    one = reference
    issued = one.issued
    year = issued.year if issued else None
    serials = (", ".join(filter(None, (one.isbn, one.issn))),)
    numbers = (one.issue, one.collection_number, one.number)
    values: dict[str, tuple[str | None, ...]] = {
        "author": (_names(one.author),),
        "editor": (_names(one.editor),),
        "year": (None if year is None else str(year),),
        "date": (date_field(issued) if issued else None,),
        "journal": (one.container_title,),
        "booktitle": (one.container_title,),
        "pages": (one.page, one.number_of_pages),
        "number": numbers,
        "issue": numbers,
        "isbn": serials,
        "issn": serials,
        "keywords": (one.keyword,),
        "url": (one.url,),
        **{name: (getattr(one, attribute),) for name, attribute in _PLAIN.items()},
    }
    return [value for value in values[field] if value is not None]


def _names(names: Iterable[Name]) -> str:
    return " and ".join(
        name.literal or ", ".join(filter(None, (name.family, name.given)))
        for name in names
    )


def _normal(field: str, text: str) -> str:
    """White space, markup and dashes aside; of serial numbers only the numbers."""
    text = plain(text)
    match field:
        case "pages":
            return _DASHES.sub("-", text)
        case "isbn" | "issn":
            return " ".join(re.findall(r"[\dXx-]{8,}", text))
        case "keywords":
            return "; ".join(re.split(r"\s*[;,]\s*", text))
        case "doi":
            return text.casefold()
        case _:
            return text


def _cause(field: str, entry: _Entry) -> str:
    want = entry.fields[field]
    if field == "url" and want.startswith("<Go to "):
        return "Web of Science's own protocol is no address: kept aside"
    return ""
