"""A PDF file -> the document that a reader sees.

Pages are read one at a time and let go; what is kept of each is its text. pdfium reads
one document at a time, in whatever thread (see :mod:`lupusrefs.documents.pdf.engine`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.pdf.assembly import assembled
from lupusrefs.documents.pdf.bulk import check_bulk
from lupusrefs.documents.pdf.engine import MOST_GLYPHS, BrokenPage, PdfFile, opened
from lupusrefs.documents.pdf.metadata import INFO_KEYS, work_of
from lupusrefs.documents.pdf.page_text import PageText, page_text
from lupusrefs.documents.pdf.running_heads import without_running_heads
from lupusrefs.documents.pdf.xmp import read_packets
from lupusrefs.model.location import Diagnostic, Location, Severity

_MOST_PAGES: Final = 2000
_MOST_CHARACTERS: Final = 20_000_000
_LINK_LENGTH: Final = 100  # characters that a link counts for
_FRONT_PAGES: Final = 2  # that show title and authors
_TEXTLESS: Final = 0.2  # of the pages: fewer are figures
_SHOWN_RUNS: Final = 10


@dataclass(slots=True)
class _Reading:
    """The pages as they are read, and what is wrong with them."""

    file: str
    pages: list[PageText] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    textless: list[int] = field(default_factory=list)
    unread: int = 0
    length: int = 0

    def read(self, pdf: PdfFile) -> None:
        """All pages, within bounds."""
        count = pdf.page_count
        for number in range(1, count + 1):
            if number > _MOST_PAGES or self.length > _MOST_CHARACTERS:
                self.unread = count - number + 1
                return
            self._read_page(pdf, number)

    def _read_page(self, pdf: PdfFile, number: int) -> None:
        place = Location(self.file, 0, 0, page=number)
        try:
            content = pdf.page(number)
        except BrokenPage:
            self.broken.append(number)
            return
        page = page_text(content, place)
        self.pages.append(page)
        self.length += sum(len(line.text) for line in page.lines)
        self.length += _LINK_LENGTH * len(page.links)
        if content.is_cut:
            self.cut.append(number)
        if content.has_drawings and not page.lines:
            self.textless.append(number)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What the reader has to know of it."""
        for first, last in _runs(self.broken):
            yield Diagnostic(
                f"{_pages((first, last))} damaged and could not be read",
                Location(self.file, 0, 0, page=first),
                "have a PDF viewer save the file anew, and look whether it is complete",
            )
        for first, last in _runs(self.cut):
            yield Diagnostic(
                f"{_pages((first, last))} too full: of each page the first"
                f" {MOST_GLYPHS:,} characters were read",
                Location(self.file, 0, 0, page=first),
                "split the file, if the rest of it matters",
                Severity.WARNING,
            )
        if self.unread:
            yield Diagnostic(
                f"the last {self.unread:,} pages were not read: the file is too long",
                Location.of_file(self.file),
                "split the file, and give the part that has the reference list",
                Severity.WARNING,
            )
        yield from self._about_text()

    def _about_text(self) -> Iterator[Diagnostic]:
        hint = "recognise its text (OCR), and give the file that comes out"
        place = Location.of_file(self.file)
        if self.pages and not any(page.lines for page in self.pages):
            message = "the PDF has no text: its pages are pictures, or empty"
            yield Diagnostic(message, place, hint, Severity.WARNING)
        elif len(self.textless) > _TEXTLESS * len(self.pages):
            runs = list(_runs(self.textless))
            shown = ", ".join(
                f"{first}" if first == last else f"{first}–{last}"
                for first, last in runs[:_SHOWN_RUNS]
            )
            more = ", …" if len(runs) > _SHOWN_RUNS else ""
            message = f"pages without text, perhaps scanned: {shown}{more}"
            yield Diagnostic(message, place, hint, Severity.WARNING)


def read(file: DocumentFile) -> Document:
    """Read a PDF.

    Raises:
        InputError: it is none, it is damaged beyond repair, or it wants a password.
        MissingPackage: pypdfium2 is not installed.
    """
    check_bulk(file.data, file.file)
    reading = _Reading(file.file)
    with opened(file.data, file.file) as pdf:
        reading.read(pdf)
        info = {key: pdf.info(key) for key in INFO_KEYS}
    pages = without_running_heads([page.lines for page in reading.pages])
    front = "\n".join(
        line.text for page in reading.pages[:_FRONT_PAGES] for line in page.lines
    )
    return Document(
        file.file,
        DocumentKind.PDF,
        assembled(chain.from_iterable(pages)),
        work_of(info, read_packets(file.data, file.file), front),
        tuple(chain.from_iterable(page.links for page in reading.pages)),
        diagnostics=tuple(reading.diagnostics()),
    )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as first and last."""
    first = last = None
    for number in numbers:
        if last is not None and first is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last


def _pages(run: Sequence[int]) -> str:
    first, last = run
    return f"page {first} is" if first == last else f"pages {first}–{last} are"
