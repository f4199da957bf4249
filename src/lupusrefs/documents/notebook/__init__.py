"""Jupyter's notebooks: cells of Markdown and code, and what the code gave.

Source: nbformat 4.5, "The Notebook file format", and its JSON schemas for 3.0 and 4.5.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from lupusrefs.documents import markdown
from lupusrefs.documents.document import (
    Citation,
    Document,
    DocumentFile,
    DocumentKind,
    Link,
    Listed,
    NamedLibrary,
)
from lupusrefs.documents.html.links import page_links
from lupusrefs.documents.html.tree import parse_html
from lupusrefs.documents.html.vocabulary import VOCABULARY
from lupusrefs.documents.markup.links import MOST
from lupusrefs.documents.markup.text import write_text
from lupusrefs.documents.notebook.cells import NotebookPart, PartKind, parts_of
from lupusrefs.documents.notebook.references import (
    listed_references,
    marked_citations,
    read_work,
)
from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.formats.garbage import uncollected
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.formats.tree import Mapping
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location, Span

__all__ = ["read"]

_BOM: Final = "\ufeff"
_HINT: Final = "a notebook is a JSON object with a list of `cells`"


@uncollected()
def read(file: DocumentFile) -> Document:
    """The document of a file; of a broken one the cells that can be read."""
    source = file.source
    diagnostics = Diagnostics(source)
    if not source.text.strip():
        diagnostics.empty(_HINT)
        roots = []
    else:
        roots = parse_json(source, diagnostics)
    reader = _Reader(file)
    for part in parts_of(roots, source):
        reader.add(part)
    root = next((one for one in roots if isinstance(one, Mapping)), None)
    if root is None and roots:
        diagnostics.error("there is no notebook in this file", Span(0, 0), _HINT)
    kept = tuple(listed_references(root, source)) if root is not None else ()
    work = read_work(root) if root is not None else None
    return Document(
        file.file,
        DocumentKind.NOTEBOOK,
        text=reader.builder.build(),
        work=reader.work or work,
        links=tuple(islice(reader.links, MOST)),
        listed=(*kept, *reader.listed),
        citations=tuple(islice(reader.citations, MOST)),
        libraries=tuple(reader.libraries),
        diagnostics=(*diagnostics.collected(), *reader.diagnostics),
    )


@dataclass(slots=True)
class _Reader:
    """Gathers what the parts of a notebook have."""

    file: DocumentFile
    builder: TextBuilder = field(default_factory=TextBuilder)
    work: Item | None = None
    links: list[Link] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    libraries: list[NamedLibrary] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, part: NotebookPart) -> None:
        """Another part, behind those before."""
        if not part.text.text.strip():
            return
        self.builder.gap()
        match part.kind:
            case PartKind.MARKDOWN:
                self._add_markdown(part.text)
            case PartKind.HTML:
                self._add_html(part.text)
            case _:
                self.builder.stretch(part.text, 0, len(part.text.text))

    def _add_markdown(self, cell: PlacedText) -> None:
        """What Markdown's reader finds in a cell, with the places of the notebook."""
        text = cell.text.removeprefix(_BOM).rjust(len(cell.text))
        inner = markdown.read(
            DocumentFile(self.file.file, text.encode(), self.file.beside)
        )
        self.builder.stretch(cell, 0, len(cell.text))
        places = _Places(cell)
        self.work = self.work or inner.work
        self.links += map(places.link, inner.links)
        self.listed += map(places.listed, inner.listed)
        self.libraries += (
            replace(one, location=places.of(one.location)) for one in inner.libraries
        )
        self.diagnostics += (
            replace(one, location=places.of(one.location)) for one in inner.diagnostics
        )
        self.citations += (
            replace(one, location=places.of(one.location)) for one in inner.citations
        )
        self.citations += marked_citations(cell)

    def _add_html(self, cell: PlacedText) -> None:
        page = SourceText(self.file.file, cell.text)
        root = parse_html(page, Silence(page))
        write_text(page.text, root, VOCABULARY, _PlacedSink(cell, self.builder))
        self.links += map(_Places(cell).link, page_links(page, root))


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of a cell's text, in the notebook."""

    cell: PlacedText

    def of(self, place: Location) -> Location:
        """Where in the notebook a place of the cell is."""
        span, last = place.span or Span(0, 0), len(self.cell.text)
        start, end = min(span.start, last - 1), min(span.end, last)
        return self.cell.location(start, max(end, start))

    def link(self, link: Link) -> Link:
        """A link of the cell."""
        return replace(link, location=self.of(link.location))

    def listed(self, one: Listed) -> Listed:
        """An entry of the cell."""
        links = tuple(map(self.link, one.links))
        return replace(one, location=self.of(one.location), links=links)


@dataclass(frozen=True, slots=True)
class _PlacedSink:
    """Takes stretches of a text that has its places into another one."""

    text: PlacedText
    builder: TextBuilder

    def verbatim(self, start: int, end: int) -> None:
        """A stretch as it stands."""
        self.builder.stretch(self.text, start, end)

    def decoded(self, text: str, start: int, end: int) -> None:
        """What a stretch stands for."""
        place = self.text.location(start, end)
        for char in text:
            self.builder.placed(char, place)

    def gap(self, text: str) -> None:
        """What parts two stretches."""
        self.builder.gap(text)
