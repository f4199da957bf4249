"""TEI: GROBID's reading of PDFs, and journals that publish in it.

Source: TEI P5 Guidelines, 2 (the TEI header), 3.12 (bibliographic citations), 16.3
(blocks and pointers); GROBID's documentation, "TEI encoding of results".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
)
from lupusrefs.documents.markup.file import read_xml
from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.documents.markup.links import (
    MOST,
    cited_keys,
    content_place,
    element_link,
    entry,
    link_target,
    with_ranges,
)
from lupusrefs.documents.markup.text import (
    Vocabulary,
    each_element,
    read_text,
)
from lupusrefs.documents.tei.bibliography import (
    read_authors,
    read_bibl,
    read_identifier,
    read_struct,
    title_of,
)
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.item import Item

_ENTRIES: Final = ("biblStruct", "bibl", "biblFull")
_VOCABULARY: Final = Vocabulary(
    paragraphs=frozenset(
        "ab abstract argument back bibl biblStruct body byline cit closer div div1 div2"  # noqa: SIM905 - a list of words
        " div3 docTitle epigraph figure floatingText formula front group head lg list"
        " listBibl opener p quote sp table titlePage trailer".split()
    ),
    lines=frozenset(("item", "l", "row", "label")),
    breaks=frozenset(("lb", "pb", "cb")),
    skipped=frozenset(("teiHeader", "facsimile", "standOff", "fw", "gap")),
    between={
        "biblStruct": ". ",
        "analytic": ". ",
        "monogr": ". ",
        "imprint": ", ",
        "author": " ",
        "editor": " ",
        "persName": " ",
        "row": "\t",
        "meeting": ", ",
    },
    before={"author": ", "},
)
_INLINE: Final = replace(_VOCABULARY, paragraphs=frozenset(), lines=frozenset())
# GROBID's notes with the string that it took apart.
_RAW: Final = frozenset(("raw_reference", "raw"))
_CITING: Final = frozenset(("bibr", "bibl", "biblio", "citation", "bibliography"))
_LISTS: Final = frozenset(
    ("bibliography", "bibliographie", "bibl", "references", "biblio", "works-cited")
)
_IDENTIFIED: Final = (
    ("fileDesc", "publicationStmt", "idno"),
    ("fileDesc", "sourceDesc", "biblStruct", "idno"),
    ("fileDesc", "sourceDesc", "biblStruct", "analytic", "idno"),
)
_PREFIXES: Final = {
    "doi": "doi:",
    "pmid": "pmid:",
    "pmcid": "pmcid:",
    "pmc": "pmcid:",
    "arxiv": "arXiv:",
}
_TARGET: Final = "target"


@uncollected()
def read(file: DocumentFile) -> Document:
    """The document of a file; of a broken one what stands before the break."""
    return read_xml(file, DocumentKind.TEI, _document)


def _document(source: SourceText, root: Element, diagnostics: Diagnostics) -> Document:
    return _Reader(source, root).document(source.file, diagnostics)


class _Reader:
    """One file."""

    def __init__(self, source: SourceText, root: Element) -> None:
        self._source = source
        self._root = root
        self._entries = list(_entries(root))
        # Of a reference that was taken apart, its string is what one reads.
        self._hidden: set[Element] = set()
        for one in root.descendants("biblStruct"):
            raw = [note for note in one.each("note") if _is_raw(note)]
            if raw:
                self._hidden.update(set(one.elements) - set(raw))

    def document(self, file: str, diagnostics: Diagnostics) -> Document:
        """What is in it."""
        headers = list(self._root.descendants("teiHeader"))
        read = (self._entry(one) for one in self._entries)
        listed = tuple(islice((one for one in read if one is not None), MOST))
        keys = [one.key for one in listed if one.key]
        return Document(
            file,
            DocumentKind.TEI,
            text=read_text(self._source, self._root, _VOCABULARY, self._is_hidden),
            work=read_work(headers[0]) if len(headers) == 1 else None,
            links=tuple(islice(self._links(headers), MOST)),
            listed=listed,
            citations=tuple(islice(self._citations(keys), MOST)),
            diagnostics=diagnostics.collected(),
        )

    def _is_hidden(self, element: Element) -> bool:
        return element in self._hidden

    def _entry(self, element: Element) -> Listed | None:
        key = element.attributes.get("xml:id") or element.attributes.get("id")
        is_struct = element.name == "biblStruct"
        item = (read_struct if is_struct else read_bibl)(element, key or "")
        placed = read_text(self._source, element, _INLINE, self._skips)
        if item is not None and placed.text and not _says_what(item):
            item = None  # what could not be taken apart is better read as text
        links = tuple(islice(self._links_in(element), MOST))
        return entry(self._source, element, placed, key=key, item=item, links=links)

    def _skips(self, element: Element) -> bool:
        return element.name in {"label", "num"} or element in self._hidden

    # --- links and citations ---------------------------------------------------

    def _links(self, headers: list[Element]) -> Iterator[Link]:
        """Those of the text itself, then those that stand in it."""
        for header in headers:
            for place in _IDENTIFIED:
                for element in header.find_all(*place):
                    yield from self._link(element)
        listed = set(self._entries)
        waiting = [self._root]
        while waiting:
            element = waiting.pop()
            if element in listed or element.name == "teiHeader":
                continue
            yield from self._link(element)
            waiting.extend(list(element.elements)[::-1])

    def _links_in(self, root: Element) -> Iterator[Link]:
        for element in each_element(root):
            yield from self._link(element)

    def _link(self, element: Element) -> Iterator[Link]:
        if element.name in {"ptr", "ref"}:
            if (link := element_link(self._source, element, _TARGET)) is not None:
                yield link
        elif element.name == "idno" and (text := element.text):
            kind = element.attributes.get("type", "").lower()
            target = f"{_PREFIXES[kind]}{text}" if kind in _PREFIXES else text
            if kind in _PREFIXES or link_target(text) is not None:
                place = content_place(self._source, element)
                yield Link(target, place, text)

    def _citations(self, keys: Sequence[str]) -> Iterator[Citation]:
        known = frozenset(keys)
        cited = (
            (element, tuple(self._keys_in(element, known)))
            for element in each_element(self._root, frozenset(("teiHeader",)))
            if element.name in {"ref", "ptr"}
        )
        return with_ranges(self._source, cited, keys)

    def _keys_in(self, element: Element, known: frozenset[str]) -> Iterator[Citation]:
        is_citation = element.attributes.get("type") in _CITING
        for one in cited_keys(self._source, element, _TARGET):
            if one.key in known or (is_citation and not _is_url(one.key)):
                yield one


def _says_what(item: Item) -> bool:
    return bool(item.title or item.container_title or item.doi)


def _is_url(key: str) -> bool:
    return ":" in key or "/" in key


def _is_raw(note: Element) -> bool:
    return note.attributes.get("type") in _RAW


def _entries(root: Element) -> Iterator[Element]:
    """The references in the lists of the text; none stands in another one."""
    waiting = [(root, root.name in _ENTRIES)]
    while waiting:
        element, in_list = waiting.pop()
        if in_list and element.name in _ENTRIES:
            yield element
            continue
        if element.name == "teiHeader":
            continue
        in_list = in_list or element.name == "listBibl" or _is_list(element)
        waiting.extend([(child, in_list) for child in element.elements][::-1])


def _is_list(element: Element) -> bool:
    kind = element.attributes.get("type", "").lower()
    return element.name in {"div", "div1", "list"} and kind in _LISTS


def read_work(header: Element) -> Item | None:
    """What a text says of itself in its header; None where it says nothing."""
    described = header.find("fileDesc")
    if described is None:
        return None
    struct = described.find("sourceDesc", "biblStruct")
    item = read_struct(struct) if struct is not None else None
    if item is not None and item.title:
        return item
    fields = ItemFields()
    for place in (("titleStmt",), ("sourceDesc", "biblStruct", "analytic")):
        for part in described.find_all(*place):
            read_authors(part, fields)
            fields.text("title", title_of(part))
    for publication in described.each("publicationStmt"):
        fields.text("publisher", publication.get("publisher"))
        for date in publication.each("date"):
            fields.date("issued", date.attributes.get("when") or date.text)
    if item is not None:
        given = item.model_dump(exclude_unset=True, exclude={"id", "type"})
        return (fields.item(item.type) or item).model_copy(
            update={name: getattr(item, name) for name in given}
        )
    for element in described.find_all("publicationStmt", "idno"):
        read_identifier(element, fields)
    return fields.item("article-journal" if "doi" in fields else "document")
