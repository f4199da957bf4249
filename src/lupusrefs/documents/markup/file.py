"""An XML document as a tree, without what its DTD and its namespaces add."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.markup.text import each_element
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, parse_xml
from lupusrefs.model.location import Span

# XML 1.0, 2.8: the declarations that a document makes itself, in its DOCTYPE.
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s[^\[>]{0,2000}\[")
_HEAD: Final = 100_000  # characters in which a DOCTYPE stands
_SUBSET_END: Final = re.compile(r"\]\s*>")
_ENTITY: Final = re.compile(r"<!ENTITY\s")


def read_xml(
    file: DocumentFile,
    kind: DocumentKind,
    build: Callable[[SourceText, Element, Diagnostics], Document],
) -> Document:
    """The document that ``build`` makes of a file.

    Where the XML breaks, what stands before the break is read, and that is told.
    """
    source = file.source
    diagnostics = Diagnostics(source)
    root = root_of(source, diagnostics)
    if root is None:
        return Document(file.file, kind, diagnostics=diagnostics.collected())
    return build(source, root, diagnostics)


def root_of(source: SourceText, diagnostics: Diagnostics) -> Element | None:
    """The root of a document; where the file breaks, what stands before the break.

    Entities that the document declares are not expanded; the prefix of its own
    namespace is gone from the names.
    """
    root = parse_xml(_without_subset(source, diagnostics), diagnostics)
    if root is not None and ":" in root.name:
        _strip(root, root.name.partition(":")[0])
    return root


def _without_subset(source: SourceText, diagnostics: Diagnostics) -> SourceText:
    """The file with blanks for its own declarations, so that every place stays."""
    doctype = _DOCTYPE.search(source.text, 0, _HEAD)
    if doctype is None:
        return source
    start = doctype.end()
    end = _SUBSET_END.search(source.text, start)
    if end is None or not _ENTITY.search(source.text, start, end.start()):
        return source
    diagnostics.warning(
        "the entities that the file declares are not expanded",
        Span(start, end.start()),
        "write what they stand for, where it matters",
    )
    blanks = re.sub(r"[^\r\n]", " ", source.text[start : end.start()])
    text = source.text[:start] + blanks + source.text[end.start() :]
    return replace(source, text=text)


def _strip(root: Element, prefix: str) -> None:
    lead = f"{prefix}:"
    root.name = root.name.removeprefix(lead)
    for element in each_element(root):
        element.name = element.name.removeprefix(lead)
