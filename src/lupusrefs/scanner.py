"""What a document refers to: identifiers, the reference list, the document itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from lupusrefs.documents.catalogue import read
from lupusrefs.documents.citations import identifier_of
from lupusrefs.documents.document import (
    Document,
    DocumentFile,
    DocumentKind,
    Listed,
)
from lupusrefs.documents.front_matter import front_matter
from lupusrefs.documents.inline_markup import without_markup
from lupusrefs.documents.mentions import find_mentions
from lupusrefs.documents.reference_list import find_references
from lupusrefs.documents.scan import Scan, ScannedReference
from lupusrefs.freetext.parse import parse_all
from lupusrefs.freetext.parsed import ParsedReference
from lupusrefs.model.identifier_text import IdentifierKind, find_identifiers
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name

# Where markup stood between a word and the punctuation behind it.
_STRAY_BLANK: Final = re.compile(r"(?<=\w) +(?=[.,;:](?:\s|\Z))")
# What an identifier is in an item.
_VARIABLES: Final = {
    IdentifierKind.DOI: "DOI",
    IdentifierKind.PMID: "PMID",
    IdentifierKind.PMCID: "PMCID",
    IdentifierKind.ISBN: "ISBN",
}


def scan(file: DocumentFile, kind: DocumentKind) -> Scan:
    """Read a document, and find what it refers to.

    Raises:
        InputError: it cannot be read at all.
        MissingPackage: its format needs a package that is not installed.
    """
    return scan_document(read(file, kind))


def scan_document(document: Document) -> Scan:
    """Find what a document refers to."""
    prose = _prose(document)
    entries = document.listed or tuple(_found(document, prose))
    return Scan(
        document,
        find_mentions(document),
        (*_references(entries), *_cited_by_identifier(document)),
        _work(document, prose),
    )


def _prose(document: Document) -> str:
    """The text of a document as it is read, each character where it is in the text."""
    text = document.text.text if document.prose is None else document.prose
    return without_markup(text, document.kind)


def _found(document: Document, prose: str) -> Iterator[Listed]:
    """The reference list in the text of a document that does not mark it."""
    links = sorted(document.links, key=lambda link: _order(link.location))
    orders = [_order(link.location) for link in links]
    for one in find_references(prose):
        place = document.text.location(one.span.start, one.span.end)
        # The address of a link stands behind its text.
        line_end = prose.find("\n", one.span.end)
        last = document.text.location((len(prose) if line_end < 0 else line_end) - 1)
        first_link = bisect_left(orders, _order(place))
        last_link = bisect_right(orders, _order(last))
        text = _STRAY_BLANK.sub("", one.text)
        yield Listed(text, place, links=tuple(links[first_link:last_link]))


def _order(place: Location) -> tuple[str, int, int, int]:
    return place.file, place.page, place.line, place.column


def _cited_by_identifier(document: Document) -> Iterator[ScannedReference]:
    """What the text cites by a DOI or the like in place of a key, each work once."""
    seen: set[tuple[IdentifierKind, str]] = set()
    for one in document.citations:
        found = identifier_of(one.key)
        if found is None or found in seen:
            continue
        seen.add(found)
        kind, value = found
        if kind is IdentifierKind.ARXIV:
            kind, value = IdentifierKind.DOI, str(ArxivId.parse(value).doi)
        item = Item.model_validate({"id": one.key, _VARIABLES[kind]: value})
        yield ScannedReference(one.key, _reference(item, one.location))


def _references(entries: Sequence[Listed]) -> Iterator[ScannedReference]:
    texts = [one.text for one in entries if one.item is None]
    parsed = iter(parse_all(texts))
    readings = [next(parsed) if one.item is None else None for one in entries]
    items = [
        _with_links(reading.item if reading else one.item or Item(id=""), one)
        for one, reading in zip(entries, readings, strict=True)
    ]
    keys = citation_keys(items)
    for one, reading, item, key in zip(entries, readings, items, keys, strict=True):
        # A key that the text cites stays what it is, whatever BibTeX can read.
        named = item.model_copy(update={"id": one.key or key})
        yield _scanned(one, reading, named)


def _scanned(
    entry: Listed, reading: ParsedReference | None, item: Item
) -> ScannedReference:
    if reading is None:
        return ScannedReference(entry.text, _reference(item, entry.location))
    reference = _reference(item, entry.location, entry.text, reading.doubts)
    return ScannedReference(entry.text, reference, reading.fields, reading.confidence)


def _with_links(item: Item, entry: Listed) -> Item:
    """The item under the entry's key, and with the identifiers that it links to."""
    updates: dict[str, str] = {"id": entry.key or item.id}
    for link in entry.links:
        for found in find_identifiers(link.target):
            variable = _VARIABLES.get(found.kind)
            if variable is None:
                continue
            field = field_name(variable)
            if not getattr(item, field):
                updates.setdefault(field, found.value)
    return item.model_copy(update=updates)


def _work(document: Document, prose: str) -> Reference | None:
    """The document itself: as its markup says, else as its first lines do."""
    if document.work is not None:
        place = Location.of_file(document.file)
        return _keyed(document.work, place)
    if document.kind is DocumentKind.BBL:
        return None
    found = front_matter(prose)
    if found is None:
        return None
    place = document.text.location(found.span.start, found.span.end)
    return _keyed(found.item, place)


def _keyed(item: Item, place: Location) -> Reference:
    key = citation_keys([item])[0]
    return _reference(item.model_copy(update={"id": key}), place)


def _reference(
    item: Item,
    place: Location,
    text: str | None = None,
    doubts: tuple[str, ...] = (),
) -> Reference:
    """The item as what a file claims.

    Args:
        item: what it means.
        place: where it stands.
        text: what it was read out of; None where the markup says it.
        doubts: the variables that may have been read wrongly.
    """
    given = {name: getattr(item, name) for name in item.model_fields_set | {"id"}}
    return Reference.model_construct(**given, location=place, text=text, doubts=doubts)
