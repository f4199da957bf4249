"""The one door to pdfium: pages as glyphs and links, and the document information.

pdfium is not thread-safe, so one document is read at a time, whatever the thread:
:func:`opened` waits for the others. Whoever uses pdfium beside it has to see to that
himself.

Source: ISO 32000-2, 9.4 (text), 12.5.6.5 (links), 14.3.3 (information dictionary);
the headers of pdfium, ``fpdf_text.h`` and ``fpdf_doc.h``.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, NamedTuple

from lupusrefs.documents.pdf.boxes import Box, Glyph
from lupusrefs.errors import InputError, MissingPackage
from lupusrefs.model.location import Location

#: Characters of one page, and links of one page, that are read.
MOST_GLYPHS: Final = 100_000
MOST_LINKS: Final = 5_000

_LOCK: Final = Lock()
_QUARTER: Final = math.pi / 2
ASKEW: Final = -1
_LEVEL: Final = frozenset({0, 2})  # so turned, letters of a line have one height
_ASKEW_BY: Final = 0.2  # radians: a scan is not straight, a watermark is not text
# What pdfium makes of a hyphen at the end of a line.
_HYPHENS: Final = frozenset({"\x02", "\ufffe"})
# UTF-16: a character beyond the first 65,536 is two codes.
_HIGH_HALVES: Final = range(0xD800, 0xDC00)
_LOW_HALVES: Final = range(0xDC00, 0xE000)
_HALVES: Final = range(0xD800, 0xE000)
_BEHIND_HALVES: Final = 0x10000
_LAST: Final = 0x10FFFF
_SAME_HEIGHT: Final = 0.01  # points
_MOST_HEIGHTS: Final = 3  # of a font's letters and its size
_LONGEST_URI: Final = 1 << 16  # bytes


class BrokenPage(Exception):  # noqa: N818 - caught where pages are read
    """A page cannot be read; the others may be sound."""


class RawLink(NamedTuple):
    """A link of a page, and the rectangles that it covers."""

    target: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is on a page.

    Attributes:
        box: what of the plane is shown.
        glyphs: in the order in which they are drawn.
        links: in the order of the page's annotations.
        is_cut: whether there are more glyphs, or more links, than were read.
        has_drawings: whether anything is drawn on it, be it text or not.
    """

    box: Box
    glyphs: list[Glyph]
    links: list[RawLink]
    is_cut: bool
    has_drawings: bool


@contextmanager
def opened(data: bytes, file: str) -> Iterator[PdfFile]:
    """The document, for as long as the context lasts.

    Raises:
        InputError: it is no PDF, damaged beyond repair, or wants a password.
        MissingPackage: pypdfium2 is not installed.
    """
    pdfium, raw = _pdfium(file)
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _unreadable(data, file, error.err_code, raw) from None
        try:
            yield PdfFile(document, raw, pdfium.PdfiumError)
        finally:
            document.close()


def _pdfium(file: str) -> tuple[Any, Any]:
    # Late: most runs read no PDF, and it is an extra.
    try:
        import pypdfium2  # noqa: PLC0415 - as above
        import pypdfium2.raw  # noqa: PLC0415 - as above
    except ImportError:
        message = "reading PDF needs the package pypdfium2, which is not installed"
        hint = '`pip install "lupusrefs[pdf]"`'
        place = Location.of_file(file)
        raise MissingPackage(
            message, package="pypdfium2", location=place, hint=hint
        ) from None
    return pypdfium2, pypdfium2.raw


def _unreadable(data: bytes, file: str, code: int | None, raw: Any) -> InputError:
    place = Location.of_file(file)
    if not data.strip():
        return InputError(
            "the file is empty", location=place, hint="fetch the PDF again"
        )
    if code == raw.FPDF_ERR_PASSWORD:
        return InputError(
            "the PDF is encrypted, and opens only with a password",
            location=place,
            hint="save a copy without the password, and read that",
        )
    if code == raw.FPDF_ERR_SECURITY:
        return InputError(
            "the PDF is encrypted in a way that cannot be read here",
            location=place,
            hint="save a copy without encryption, and read that",
        )
    if b"%PDF-" not in data[:1024]:
        return InputError(
            "this is not a PDF: it does not begin with %PDF-",
            location=place,
            hint="see what was saved under this name: often it is a web page",
        )
    return InputError(
        "the PDF is damaged, or cut off: no page of it can be found",
        location=place,
        hint="fetch it again, or have a PDF viewer save it anew",
    )


class PdfFile:
    """An open document."""

    def __init__(self, document: Any, raw: Any, error: type[Exception]) -> None:
        self._document = document
        self._raw = raw
        self._error = error

    @property
    def page_count(self) -> int:
        """How many pages it says to have."""
        return len(self._document)

    def info(self, key: str) -> str:
        """A text of the document information dictionary; empty where it is none."""
        try:
            text = str(self._document.get_metadata_value(key))
        except UnicodeDecodeError:  # half a character
            return ""
        try:  # UTF-8 without its mark, which readers take for one byte a character
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text

    def page(self, number: int) -> PageContent:
        """What is on a page.

        Args:
            number: from 1.

        Raises:
            BrokenPage: nothing of it can be read.
        """
        try:
            page = self._document[number - 1]
        except self._error:
            raise BrokenPage from None
        try:
            return self._content(page)
        except self._error:
            raise BrokenPage from None
        finally:
            page.close()

    def _content(self, page: Any) -> PageContent:
        box = Box(*page.get_bbox())
        links = list(self._links(page))
        text = page.get_textpage()
        try:
            count = text.count_chars()
            glyphs = self._glyphs(text.raw, min(count, MOST_GLYPHS), box)
        finally:
            text.close()
        is_cut = count > MOST_GLYPHS or len(links) >= MOST_LINKS
        has_drawings = self._raw.FPDFPage_CountObjects(page) > 0
        return PageContent(box, glyphs, links, is_cut, has_drawings)

    def _glyphs(self, text: Any, count: int, shown: Box) -> list[Glyph]:
        raw = self._raw
        rectangle, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        # Made and looked up once: a page has thousands of characters.
        at_rectangle, at_x, at_y = map(ctypes.pointer, (rectangle, x, y))
        code_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        origin_of, angle_of = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetCharAngle
        known: dict[int, str] = {}
        glyphs = []
        half, turn, level = 0, 0, math.nan
        size, sized = 0.0, -1.0  # of the last glyph, and for a box of which height
        for index in range(count):
            code = code_of(text, index)
            char = known.get(code)
            if char is None:
                char, half = _character(code, half)
                if code not in _HALVES:
                    known[code] = char
            if char == " ":
                glyphs.append(BLANK)
                continue
            origin_of(text, index, at_x, at_y)
            if y.value != level or turn not in _LEVEL:
                level = y.value
                turn = _turn(angle_of(text, index))
            if not char or turn == ASKEW:
                continue
            box_of(text, index, at_rectangle)
            box = Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if not shown.has((box.left + box.right) / 2, (box.bottom + box.top) / 2):
                continue
            baseline = level
            if turn:
                baseline = Box(x.value, level, x.value, level).turned(turn).bottom
                box = box.turned(turn)
            if abs(box.top - box.bottom - sized) > _SAME_HEIGHT:
                sized = box.top - box.bottom
                size = self._size(text, index, sized)
            glyphs.append(Glyph(char, box.left, box.right, baseline, size, turn))
        return glyphs

    def _size(self, text: Any, index: int, height: float) -> float:
        """The size of the font of a character, on the page."""
        raw = self._raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        # Fonts whose glyphs are drawings count in units of their own.
        if height / _MOST_HEIGHTS <= size <= height * _MOST_HEIGHTS:
            return float(size)
        return max(height, 1.0)

    def _links(self, page: Any) -> Iterator[RawLink]:
        raw = self._raw
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        for _ in range(MOST_LINKS):
            if not raw.FPDFLink_Enumerate(page, position, link):
                return
            target = self._target(raw.FPDFLink_GetAction(link))
            if target:
                yield RawLink(target, tuple(self._boxes(link)))

    def _target(self, action: Any) -> str:
        raw = self._raw
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            return ""
        length = raw.FPDFAction_GetURIPath(self._document, action, None, 0)
        if not 0 < length <= _LONGEST_URI:
            return ""
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(self._document, action, buffer, length)
        # ASCII, says the standard; the others write what their system writes.
        try:
            return buffer.value.decode("utf-8").strip()
        except UnicodeDecodeError:
            return buffer.value.decode("cp1252", errors="replace").strip()

    def _boxes(self, link: Any) -> Iterator[Box]:
        """One for each line that the link covers."""
        raw = self._raw
        points, rectangle = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
        boxes = [
            _around(points)
            for index in range(raw.FPDFLink_CountQuadPoints(link))
            if raw.FPDFLink_GetQuadPoints(link, index, points)
        ]
        yield from boxes
        if not boxes and raw.FPDFLink_GetAnnotRect(link, rectangle):
            yield Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _around(points: Any) -> Box:
    across = (points.x1, points.x2, points.x3, points.x4)
    up = (points.y1, points.y2, points.y3, points.y4)
    return Box(min(across), min(up), max(across), max(up))


BLANK: Final = Glyph(" ", 0, 0, 0, 0, 0)


def _character(code: int, half: int) -> tuple[str, int]:
    """What a code stands for, and the half of a character that waits for the other.

    Args:
        code: of UTF-32, or half a character of UTF-16.
        half: the half before it; 0 if there was none.
    """
    if code in _HIGH_HALVES:
        return "", code
    if code in _LOW_HALVES and half:
        high, low = half - _HIGH_HALVES.start, code - _LOW_HALVES.start
        return chr(_BEHIND_HALVES + (high << 10) + low), 0
    if code in _LOW_HALVES or code > _LAST:
        return "\ufffd", 0
    char = chr(code)
    if char in _HYPHENS:
        return "-", 0
    if char.isspace():
        return " ", 0
    return (char if unicodedata.category(char) != "Cc" else ""), 0


def _turn(angle: float) -> int:
    """Quarters counterclockwise; pdfium has radians clockwise. ASKEW if it is none."""
    quarters = round(angle / _QUARTER)
    if abs(angle - quarters * _QUARTER) > _ASKEW_BY:
        return ASKEW
    return -quarters % 4
