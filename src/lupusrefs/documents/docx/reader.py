"""A Word document -> its text, its citations, its reference list.

A Word document has no lines: places count paragraphs. ``line`` is the number of the
paragraph, 1-based, in reading order: the body with its tables and, behind the paragraph
that they hang on, text boxes; then the footnotes; then the endnotes. Empty paragraphs
count. ``column`` is the character in the text of the paragraph as it is read.

Nothing is fetched, no macro is run, no file in the file is opened.

Source: ISO/IEC 29500 (ECMA-376); [MS-DOC] is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.docx.cited import CitedWorks
from lupusrefs.documents.docx.csl_citations import read_csl_citation
from lupusrefs.documents.docx.endnote_citations import read_endnote_citations
from lupusrefs.documents.docx.field_codes import source_tags, uses_sources
from lupusrefs.documents.docx.numbering import Numbering, read_numbering
from lupusrefs.documents.docx.package import Package, PartProblem, ZipBomb
from lupusrefs.documents.docx.paragraphs import Collected
from lupusrefs.documents.docx.properties import Styles, read_styles, read_work
from lupusrefs.documents.docx.story import Story
from lupusrefs.documents.docx.word_sources import is_source_list, read_sources
from lupusrefs.documents.docx.xml_events import BrokenXml, read_xml
from lupusrefs.errors import InputError
from lupusrefs.formats.garbage import uncollected
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic, Location

_T = TypeVar("_T")
_NOTES: Final = ("footnotes", "endnotes")
_CORE: Final = "docprops/core.xml"
_MOST_OF_SOURCES: Final = 16 << 20  # bytes
_HINT: Final = "open it in Word or LibreOffice, which may mend it, and save it"


def read(file: DocumentFile) -> Document:
    """A Word document.

    Raises:
        InputError: it is none, it is locked, or nothing of its text can be read.
    """
    with uncollected():
        return _Reading(file).document()


@dataclass(slots=True)
class _Reading:
    """One reading of one file."""

    file: DocumentFile
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def document(self) -> Document:
        package = Package(self.file.data, self.file.file)
        main = package.main_part()
        kinds = {one.kind: one.target for one in package.relations(main).values()}
        styles_part = kinds.get("styles", "word/styles.xml")
        styles = self._try(read_styles, package, styles_part)
        lists_part = kinds.get("numbering", "word/numbering.xml")
        lists = self._try(read_numbering, package, lists_part)
        collected = Collected(self.file.file, styles or Styles(), lists or Numbering())
        self._read_body(package, main, collected)
        for kind in _NOTES:
            if kind in kinds:
                self._read_story(package, kinds[kind], collected)
        work = self._try(partial(read_work, file=self.file.file), package, _CORE)
        sources = list(self._sources(package))
        return self._composed(collected, work, sources)

    # --- text ----------------------------------------------------------------

    def _read_body(self, package: Package, main: str, collected: Collected) -> None:
        before = len(self.diagnostics)
        self._read_story(package, main, collected)
        if collected.paragraphs or len(self.diagnostics) == before:
            return
        found = self.diagnostics[before]
        raise InputError(found.message, location=found.location, hint=found.hint)

    def _read_story(self, package: Package, part: str, collected: Collected) -> None:
        story = Story(collected, package.relations(part))
        try:
            read_xml(package.chunks(part), story.start, story.end, story.text)
        except ZipBomb as error:
            whole = Location.of_file(self.file.file)
            raise InputError(str(error), location=whole, hint=error.hint) from None
        except (PartProblem, BrokenXml) as error:
            story.finish()
            self._tell(part, error, collected.paragraphs)

    def _try(
        self, read: Callable[[Iterator[bytes]], _T], package: Package, part: str
    ) -> _T | None:
        """What a part gives that the text can do without."""
        if part not in package:
            return None
        try:
            return read(package.chunks(part))
        except (PartProblem, BrokenXml) as error:
            self._tell(part, error)
            return None

    def _tell(self, part: str, error: PartProblem | BrokenXml, line: int = 0) -> None:
        hint = _HINT
        message = f"`{part[:200]}`: {error}"
        if isinstance(error, PartProblem):
            message, hint = str(error), error.hint or _HINT
        if line:
            message += "; what stands behind this paragraph was not read"
        place = Location(self.file.file, line, 1 if line else 0)
        self.diagnostics.append(Diagnostic(message, place, hint))

    # --- references ----------------------------------------------------------

    def _sources(self, package: Package) -> Iterator[Item]:
        """Word's own sources, each tag once."""
        tags: set[str] = set()
        rest = _MOST_OF_SOURCES
        for name in package.names:
            if not (name.startswith("customxml/item") and name.endswith(".xml")):
                continue
            data = self._try(partial(_source_list, most=rest), package, name)
            if data is None:
                return
            rest -= len(data)
            items, told = read_sources(data, self.file.file) if data else ([], [])
            for item in items:
                if item.id not in tags:
                    tags.add(item.id)
                    yield item
            whole = Location.of_file(self.file.file)
            self.diagnostics += [
                Diagnostic(f"`{name}`: {one.message}", whole, one.hint, one.severity)
                for one in told
            ]

    def _composed(
        self, collected: Collected, work: Item | None, sources: list[Item]
    ) -> Document:
        works = CitedWorks(Location.of_file(self.file.file))
        tags: list[tuple[str, Location]] = []
        for code in collected.fields:
            if not read_csl_citation(code, works):
                cited = source_tags(code.instruction)
                tags += [(tag, code.location) for tag in cited]
        read_endnote_citations(collected.fields, works)
        # A document may carry the sources of its template, or of a draft.
        if any(uses_sources(code.instruction) for code in collected.fields):
            works.cite_sources(sources, tags)
        links, listed = collected.links, works.listed
        if not listed:
            listed = collected.entries
        else:
            shown = (link for one in collected.entries for link in one.links)
            links = sorted((*links, *shown), key=lambda link: link.location)
        citations = sorted(works.citations, key=lambda one: one.location)
        return Document(
            self.file.file,
            DocumentKind.DOCX,
            collected.text.build(),
            work,
            tuple(links),
            tuple(listed),
            tuple(citations),
            diagnostics=(*self.diagnostics, *works.diagnostics),
        )


def _source_list(chunks: Iterator[bytes], most: int) -> bytes:
    """The bytes of a part that has Word's sources; nothing of any other."""
    pieces: list[bytes] = []
    for chunk in chunks:
        pieces.append(chunk)
        if not is_source_list(pieces[0]):
            return b""
        most -= len(chunk)
        if most < 0:
            raise PartProblem("Word's lists of sources have more than 16 MB")
    return b"".join(pieces)
