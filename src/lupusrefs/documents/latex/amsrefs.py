r"""amsrefs: reference lists with fields, inside the document.

Source: "Using the amsrefs package" (AMS), 2 and 5: ``\bib{key}{type}{field={…}, …}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.documents.document import Listed
from lupusrefs.documents.latex.data_entries import listed_entry
from lupusrefs.documents.latex.inclusion import Segment
from lupusrefs.documents.latex.links import links
from lupusrefs.formats.bibtex.scan import blocks
from lupusrefs.formats.bibtex.syntax import Entry, Field
from lupusrefs.formats.text import Silence, SourceText
from lupusrefs.model.location import Span

_BIB: Final = re.compile(r"\\bib\*?[ \t]*(?=\{)")
# amsrefs names the field once for every person.
_PEOPLE: Final = frozenset(("author", "editor", "translator"))
_NAMES: Final = {
    "place": "address",
    "date": "date",
    "journal": "journal",
    "status": "pubstate",
    "organization": "organization",
}
_KINDS: Final = {
    "collection.article": "incollection",
    "conference": "proceedings",
    "conf.article": "inproceedings",
    "innerbook": "inbook",
}
# Works in a work: their title is that of the book.
_OUTER: Final = ("book", "conference", "collection")
_NOTES: Final = frozenset(("review", "conference", "book", "collection", "label"))


def amsrefs(segment: Segment) -> Iterator[Listed]:
    """The entries of a stretch of a file."""
    seen, arguments = segment.view, segment.view.arguments
    for match in _BIB.finditer(seen.code, segment.start, segment.end):
        key = arguments.group(match.end())
        kind = arguments.group(key.end + 1) if key else None
        body = arguments.group(kind.end + 1) if kind else None
        if key is None or kind is None or body is None:
            continue
        span = Span(match.start(), body.end + 1)
        fields = _fields(arguments.written(body))
        name = arguments.written(kind).strip()
        name = _KINDS.get(name, name)
        if name == "article" and "booktitle" in fields and "journal" not in fields:
            name = "inproceedings" if "eventtitle" in fields else "incollection"
        found = tuple(links(seen, body.start, body.end))
        yield listed_entry(
            name, arguments.written(key).strip(), fields, seen, span, found
        )


def _fields(body: str) -> dict[str, str]:
    """Name of the field in BibTeX -> LaTeX."""
    fields: dict[str, list[str]] = {}
    outer: dict[str, str] = {}
    for node in _scanned(body):
        name = node.name.lower()
        if name in _OUTER:
            outer |= _of_outer(name, _scanned(node.text))
        elif name not in _NOTES:
            fields.setdefault(_NAMES.get(name, name), []).append(node.text)
    joined = {
        name: " and ".join(texts) if name in _PEOPLE else texts[0]
        for name, texts in fields.items()
    }
    return outer | joined


def _of_outer(kind: str, nodes: Iterable[Field]) -> dict[str, str]:
    """The book or the conference that an article is in."""
    found: dict[str, str] = {}
    for node in nodes:
        name = node.name.lower()
        if name == "title":
            found["eventtitle" if kind == "conference" else "booktitle"] = node.text
        elif kind == "conference":
            if name in {"address", "place"}:
                found["venue"] = node.text
        else:
            found.setdefault(_NAMES.get(name, name), node.text)
    return found


def _scanned(body: str) -> tuple[Field, ...]:
    """The fields, by the scanner of BibTeX's files: the syntax is the same."""
    found = blocks(f"@misc{{key,{body}}}", Silence(SourceText("", "")))
    return next((block.fields for block in found if isinstance(block, Entry)), ())
