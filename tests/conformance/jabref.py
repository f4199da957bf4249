"""The BibTeX that JabRef's importer tests expect, in the shape of ``zotero.py``.

Read here by counting braces, and not by our own reader, which would put titles into
sentence case. JabRef's own fields count for what they are: ``publocation`` is the place
of a publisher, ``electronic-issn`` an ISSN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

from conformance.zotero import normalised

_VARIABLES: Final = {
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "issue": "issue",
    "number": "issue",
    "pages": "page",
    "doi": "DOI",
    "article-doi": "DOI",
    "url": "URL",
    "publisher": "publisher",
    "address": "publisher-place",
    "publocation": "publisher-place",
    "country": "publisher-place",
    "abstract": "abstract",
    "language": "language",
    "isbn": "ISBN",
    "issn": "ISSN",
    "electronic-issn": "ISSN",
    "pmid": "PMID",
}
_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "conference": "paper-conference",
    "incollection": "chapter",
}
_ENTRY: Final = re.compile(r"@(\w+)\s*\{")
_FIELD: Final = re.compile(r"([\w-]+)\s*=\s*")
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)


def bibtex_entries(text: str) -> list[dict[str, JsonValue]]:
    """The compared fields of each entry."""
    return [
        _shape(match[1].lower(), dict(_fields(text, match.end())))
        for match in _ENTRY.finditer(text)
    ]


def _fields(text: str, position: int) -> Iterator[tuple[str, str]]:
    """Name and value of the fields from a position on, to the end of the entry."""
    while match := _FIELD.search(text, position):
        if "}" in text[position : match.start()]:
            return
        end = match.end()
        if text[end] == "{":
            depth = 0
            while end == match.end() or depth:
                depth += (text[end] == "{") - (text[end] == "}")
                end += 1
            value = text[match.end() + 1 : end - 1]
        else:
            end = re.compile(r"\w+").match(text, end).end()  # type: ignore[union-attr]  # a number or a month
            value = text[match.end() : end]
        yield match[1].lower(), value
        position = end


def _shape(entry_type: str, values: dict[str, str]) -> dict[str, JsonValue]:
    fields: dict[str, JsonValue] = {"type": _TYPES.get(entry_type, entry_type)}
    for name, variable in _VARIABLES.items():
        if name in values:
            value = values[name].replace("--", "-").removeprefix("ISBN ")
            fields.setdefault(variable, normalised(variable, value))
    for role in ("author", "editor"):
        if role in values:
            fields[role] = [_name(name) for name in values[role].split(" and ")]
    if group := values.get("corporate"):
        authors = fields.setdefault("author", [])
        assert isinstance(authors, list)
        authors.append({"literal": group})
    if "year" in values:
        fields["issued"] = values["year"] + _month(values.get("month", ""))
    return fields


def _month(text: str) -> str:
    if text in _MONTHS:
        return f"-{_MONTHS.index(text) + 1:02d}"
    return f"-{text:>02}" if text else ""


def _name(text: str) -> dict[str, JsonValue]:
    family, comma, given = text.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": text}
