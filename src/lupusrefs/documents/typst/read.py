"""Typst: citations, libraries, addresses, the document itself, in all of its files.

Source: the Typst reference (typst.app/docs/reference), ``cite``, ``ref``,
``bibliography``, ``include``, ``document``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lupusrefs.documents.assembly import Assembly, Inclusion, Key, Part
from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    NamedLibrary,
)
from lupusrefs.documents.typst.calls import Found, Kind, Scan
from lupusrefs.documents.typst.scanner import scan
from lupusrefs.formats.endnote.names import parse_name
from lupusrefs.formats.text import SourceText
from lupusrefs.model.item import Item


def read(file: DocumentFile) -> Document:
    """A Typst file, with the files that it includes."""
    reader = _Reader()
    assembly = Assembly(file, reader.part)
    assembly.assemble()
    citations = [
        Citation(one.key, one.location)
        for one in assembly.keys
        if one.is_sure or one.key not in reader.labels
    ]
    return assembly.document(DocumentKind.TYPST, _work(reader.scans), citations)


@dataclass(slots=True)
class _Reader:
    """Reads file after file.

    Attributes:
        labels: that any of them defines.
        scans: of all of them.
    """

    labels: set[str] = field(default_factory=set)
    scans: list[Scan] = field(default_factory=list)

    def part(self, source: SourceText) -> Part:
        """What is in a file."""
        scanned = scan(source.text)
        self.labels |= scanned.labels
        self.scans.append(scanned)
        part = Part(unseen=scanned.unseen)
        for one in scanned.found:
            _keep(one, part, source)
        return part


def _keep(one: Found, part: Part, source: SourceText) -> None:
    place = source.location(one.span.start, one.span.end)
    match one.kind:
        case Kind.CITATION | Kind.REFERENCE:
            is_sure = one.kind is Kind.CITATION
            part.keys.append(Key(one.value, place, is_sure))
        case Kind.LINK:
            part.links.append(Link(one.value, place, one.text))
        case Kind.LIBRARY:
            part.libraries.append(NamedLibrary(one.value, place))
        case _:
            part.inclusions.append(Inclusion(one.value, place, one.span))


def _work(scans: list[Scan]) -> Item | None:
    """What the document says of itself."""
    title = next((one.title for one in scans if one.title), "")
    if not title:
        return None
    authors = next((one.authors for one in scans if one.authors), [])
    names = (parse_name(name, reading_order=True) for name in dict.fromkeys(authors))
    return Item(id="", title=title, author=tuple(name for name in names if name))
