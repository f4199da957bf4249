"""HTML: pages of journals and repositories, exports of writing programs, web sites.

Source: HTML Living Standard; W3C, Digital Publishing WAI-ARIA Module 1.1
(``doc-bibliography``, ``doc-biblioentry``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
)
from lupusrefs.documents.html.coins import coins_item, is_coins
from lupusrefs.documents.html.entries import read_entry
from lupusrefs.documents.html.lists import find_entries
from lupusrefs.documents.html.metadata import Metadata
from lupusrefs.documents.html.vocabulary import SKIPPED, VOCABULARY
from lupusrefs.documents.html_tree import parse_html
from lupusrefs.documents.markup_links import (
    MOST,
    cited_keys,
    element_link,
    with_ranges,
)
from lupusrefs.documents.markup_tags import attribute_place
from lupusrefs.documents.markup_text import each_element, read_text
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element

__all__ = ["read"]

_HREF: Final = "href"


def read(file: DocumentFile) -> Document:
    """The document of a file, however broken it is."""
    source = file.source
    diagnostics = Diagnostics(source)
    root = parse_html(source, diagnostics)
    metadata = Metadata(source, root)
    entries = find_entries(root)
    visible = (read_entry(source, element) for element in entries)
    listed = tuple(islice((one for one in visible if one is not None), MOST))
    links = (*metadata.links(), *_links(source, root, frozenset(entries)))
    keys = [one.key for one in listed if one.key]
    return Document(
        file.file,
        DocumentKind.HTML,
        text=read_text(source, root, VOCABULARY),
        work=metadata.work(),
        links=tuple(islice(links, MOST)),
        listed=metadata.with_references(listed),
        citations=tuple(islice(_citations(source, root, keys), MOST)),
        diagnostics=diagnostics.collected(),
    )


def _links(
    source: SourceText, root: Element, entries: frozenset[Element]
) -> Iterator[Link]:
    """The links of the page, those of its reference list excepted."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element in entries or element.name in SKIPPED:
            continue
        if element.name in {"a", "area"}:
            if (link := element_link(source, element, _HREF)) is not None:
                yield link
        elif is_coins(element):
            item = coins_item(element)
            if item is not None and item.doi:
                place = attribute_place(source, element, "title")
                yield Link(f"doi:{item.doi}", place)
        waiting.extend(list(element.elements)[::-1])


def _citations(
    source: SourceText, root: Element, keys: Sequence[str]
) -> Iterator[Citation]:
    """The entries that the text links to."""
    known = frozenset(keys)
    links = (
        (element, tuple(cited_keys(source, element, _HREF)))
        for element in each_element(root, SKIPPED)
        if element.attributes.get(_HREF, "").removeprefix("#") in known
    )
    return with_ranges(source, links, keys)
