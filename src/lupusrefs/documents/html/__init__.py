"""HTML: pages of journals and repositories, exports of writing programs, web sites.

Source: HTML Living Standard; W3C, Digital Publishing WAI-ARIA Module 1.1
(``doc-bibliography``, ``doc-biblioentry``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
)
from lupusrefs.documents.html.entries import read_entry
from lupusrefs.documents.html.links import HREF, page_links
from lupusrefs.documents.html.lists import find_entries
from lupusrefs.documents.html.metadata import Metadata
from lupusrefs.documents.html.tree import parse_html
from lupusrefs.documents.html.vocabulary import SKIPPED, VOCABULARY
from lupusrefs.documents.markup.links import (
    MOST,
    cited_keys,
    with_ranges,
)
from lupusrefs.documents.markup.text import each_element, read_text
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element

__all__ = ["read"]

# pandoc's list of the keys of a citation, and what its ids have before the key.
_CITES: Final = "data-cites"
_ENTRY: Final = "ref-"


@uncollected()
def read(file: DocumentFile) -> Document:
    """The document of a file, however broken it is."""
    source = file.source
    diagnostics = Diagnostics(source)
    root = parse_html(source, diagnostics)
    metadata = Metadata(source, root)
    entries = find_entries(root)
    visible = (read_entry(source, element) for element in entries)
    listed = tuple(islice((one for one in visible if one is not None), MOST))
    links = chain(metadata.links(), page_links(source, root, frozenset(entries)))
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


def _citations(
    source: SourceText, root: Element, keys: Sequence[str]
) -> Iterator[Citation]:
    """The entries that the text links to."""
    known = frozenset(keys)
    cited = (
        (element, tuple(_keys_in(source, element, known)))
        for element in each_element(root, SKIPPED)
    )
    return with_ranges(source, cited, keys)


def _keys_in(
    source: SourceText, element: Element, known: frozenset[str]
) -> Iterator[Citation]:
    if _fragment(element.attributes.get(HREF, "")) in known:
        yield from tuple(cited_keys(source, element, HREF))[-1:]
    # Where pandoc links nothing it still says what is cited.
    elif _CITES in element.attributes and not any(element.descendants("a")):
        for one in cited_keys(source, element, _CITES):
            if (key := f"{_ENTRY}{one.key}") in known:
                yield replace(one, key=key)


def _fragment(target: str) -> str:
    """The place in the page that a link leads to; it may name the page, too."""
    path, _, fragment = target.partition("#")
    return "" if "//" in path else fragment
