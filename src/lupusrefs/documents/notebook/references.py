"""The references that programs keep in the metadata of a notebook.

Source: cite2c (``metadata.cite2c.citations``); jupyterlab-citation-manager
(``metadata.citation-manager.items``). Both have CSL-JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lupusrefs.documents.description import described
from lupusrefs.documents.document import Citation, Listed
from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.documents.placed_text import PlacedText
from lupusrefs.formats.csl_items import read_items
from lupusrefs.formats.text import Silence, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence
from lupusrefs.model.item import Item

_CITE: Final = re.compile(
    r"<[A-Za-z][^<>]{0,300}?\sdata-cite=[\"'](?P<cite2c>[^\"'<>]{1,500})[\"']"
    r"|<a\s[^<>]{0,300}?href=[\"']#(?P<manager>[a-z]+(?:%7C|\|)[^\"'<>]{1,500})[\"']",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r"[^\s,]+")
_UNDEFINED: Final = "undefined"


def listed_references(root: Mapping, source: SourceText) -> Iterator[Listed]:
    """The references that are kept in a notebook."""
    for key, node in _kept(root):
        part = Part(node, is_entry=True)
        for reference in read_items([part], source, Silence(source)):
            item = reference.model_copy(update={"id": key})
            place = source.location(node.span.start, node.span.end)
            yield Listed(described(item), place, key, item)


def _kept(root: Mapping) -> Iterator[tuple[str, Mapping]]:
    for key, node in _entries(_at(root, "metadata", "cite2c", "citations")):
        yield key.text, node
    for origin, items in _entries(_at(root, "metadata", "citation-manager", "items")):
        for key, node in _entries(items):
            yield f"{origin.text}|{key.text}", node


def _entries(node: Node | None) -> Iterator[tuple[Scalar, Mapping]]:
    if isinstance(node, Mapping):
        for key, value in node:
            if isinstance(value, Mapping):
                yield key, value


def _at(node: Node | None, *path: str) -> Node | None:
    for name in path:
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def marked_citations(text: PlacedText) -> Iterator[Citation]:
    """What the marks of these programs, and of nbconvert, cite in a cell."""
    for match in _CITE.finditer(text.text):
        group = "cite2c" if match["cite2c"] else "manager"
        for key in _KEY.finditer(text.text, *match.span(group)):
            name = unquote(key[0]) if group == "manager" else key[0]
            if name != _UNDEFINED:
                yield Citation(name, text.location(*key.span()))


def read_work(root: Mapping) -> Item | None:
    """What a notebook says of itself: its title, and its authors."""
    fields = ItemFields()
    title = _at(root, "metadata", "title")
    fields.text("title", title.text if isinstance(title, Scalar) else None)
    authors = _at(root, "metadata", "authors")
    for author in authors.items if isinstance(authors, Sequence) else ():
        name = _at(author, "name")
        fields.written_name("author", name.text if isinstance(name, Scalar) else None)
    return fields.item("document") if "title" in fields else None
