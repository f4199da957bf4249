"""The text of a file: decoded once, with line and column of every character."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lupusrefs.model.location import Diagnostic, Location, Severity, Span

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# How surrogateescape carries a byte that is no UTF-8.
_BAD_BYTE: Final = re.compile("[\udc80-\udcff]+")
_REPLACEMENT: Final = "\ufffd"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class SourceText:
    """A decoded file. All offsets in lupusrefs are characters of ``text``.

    Attributes:
        file: the path as the user gave it, ``-`` for standard input.
        text: the content, without byte order mark.
        diagnostics: what was wrong with the bytes.
        encoding: how the bytes are to be read, and written again.
        bom: the byte order mark that the file begins with, or nothing.
    """

    file: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    encoding: str = "utf-8"
    bom: bytes = b""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, start: int, end: int | None = None) -> Location:
        """The place of the characters from ``start`` to ``end``."""
        line = bisect_right(self._line_starts, start)
        column = start - self._line_starts[line - 1] + 1
        span = Span(start, start if end is None else end)
        return Location(self.file, line, column, span)

    def encode(self, text: str) -> bytes:
        """The bytes of this file with ``text`` as its content."""
        return self.bom + text.encode(self.encoding)


def decode(data: bytes, file: str) -> SourceText:
    """Decode a file: UTF-8, or what its byte order mark says.

    Bytes that are no UTF-8 become U+FFFD, and each run of them is reported with
    its place; the rest of the file is still read.
    """
    encoding, bom, data = _strip_bom(data)
    if encoding != "utf-8":
        return _decode_utf16(data, file, encoding, bom)
    text = data.decode("utf-8", errors="surrogateescape")
    source = SourceText(file, _BAD_BYTE.sub(_replacement, text))
    diagnostics = tuple(
        Diagnostic(
            f"{_bytes(match[0])} is not valid UTF-8",
            source.location(match.start(), match.end()),
            hint="save the file as UTF-8; if it is Latin-1, "
            "`iconv -f latin1 -t utf-8` converts it",
        )
        for match in _BAD_BYTE.finditer(text)
    )
    return SourceText(file, source.text, diagnostics[:_MANY], bom=bom)


def _decode_utf16(data: bytes, file: str, encoding: str, bom: bytes) -> SourceText:
    text = data.decode(encoding, errors="replace")
    diagnostics: tuple[Diagnostic, ...] = ()
    if text.encode(encoding) != data:
        hint = "save the file as UTF-8"
        whole = Location.of_file(file)
        diagnostics = (Diagnostic("not valid UTF-16", whole, hint),)
    return SourceText(file, text, diagnostics, encoding, bom)


# A binary file has one bad run after another: the first few say it all.
_MANY: Final = 20


def _strip_bom(data: bytes) -> tuple[str, bytes, bytes]:
    """Encoding, byte order mark, and the bytes behind it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, bom, data[len(bom) :]
    return "utf-8", b"", data


def _replacement(match: re.Match[str]) -> str:
    return _REPLACEMENT * len(match[0])


def _bytes(text: str) -> str:
    data = text.encode("utf-8", errors="surrogateescape")
    shown = " ".join(f"0x{byte:02x}" for byte in data[:4])
    return f"the byte {shown}" if len(data) == 1 else f"the byte sequence {shown}"


class Diagnostics:
    """Collects what a reader notices; of a warning that repeats, only the first.

    Unknown fields come in every entry of an export: one line with a count says
    the same as a thousand.
    """

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._found: list[Diagnostic] = list(source.diagnostics)
        self._repeats: dict[str, list[Diagnostic]] = {}

    def error(self, message: str, span: Span, hint: str | None = None) -> None:
        """Something at ``span`` could not be read."""
        self._found.append(self._at(message, span, hint, Severity.ERROR))

    def warning(self, message: str, span: Span, hint: str | None = None) -> None:
        """Something at ``span`` was read, but looks wrong."""
        diagnostic = self._at(message, span, hint, Severity.WARNING)
        self._repeats.setdefault(message, []).append(diagnostic)

    def _at(
        self, message: str, span: Span, hint: str | None, severity: Severity
    ) -> Diagnostic:
        place = self._source.location(span.start, span.end)
        return Diagnostic(message, place, hint, severity)

    def collected(self) -> tuple[Diagnostic, ...]:
        """Everything noticed, in the order of the file."""
        found = list(self._found)
        for message, repeats in self._repeats.items():
            first = repeats[0]
            if len(repeats) > 1:
                more = f"{message} (and {len(repeats) - 1} more times in this file)"
                first = Diagnostic(more, first.location, first.hint, first.severity)
            found.append(first)
        # A stream that is read again entry by entry may notice a thing twice.
        unique = dict.fromkeys(found)
        return tuple(sorted(unique, key=lambda one: (one.location, one.message)))
