"""The text of a file: decoded once, with line and column of every character."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.formats import encoding as encodings
from lupusrefs.formats.encoding import Content
from lupusrefs.model.edit import Edit, ordered_edits, unified_diff
from lupusrefs.model.location import Diagnostic, Location, Severity, Span

_LINE_END: Final = re.compile(r"\r\n?|\n")
_LINE_FEED: Final = re.compile("\n")
# A file in an old encoding has one foreign byte after another: the first say it all.
_MANY: Final = 20
# More errors than this nobody reads.
_MOST: Final = 10_000


@dataclass(frozen=True)
class SourceText:
    """A decoded file. All offsets in lupusrefs are characters of ``text``.

    Attributes:
        file: the path as the user gave it, ``-`` for standard input.
        text: the content, without byte order mark.
        diagnostics: what was wrong with the bytes.
        content: the bytes, and how they belong to the characters; of a text that was
            never a file, its UTF-8.
    """

    file: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    content: Content | None = field(default=None, repr=False)

    @cached_property
    def _content(self) -> Content:
        return self.content or Content.of_text(self.text)

    @property
    def data(self) -> bytes:
        """The bytes of the file, byte order mark included."""
        return self._content.data

    @property
    def encoding(self) -> str:
        """How new text in this file is encoded."""
        return self._content.encoding

    @cached_property
    def _line_starts(self) -> array[int]:
        text = self.text
        # Where no carriage return stands alone, to look for one char is faster.
        alone = text.count("\r") > text.count("\r\n")
        ends = (_LINE_END if alone else _LINE_FEED).finditer(text)
        return array("q", chain((0,), (match.end() for match in ends)))

    def location(self, start: int, end: int | None = None) -> Location:
        """The place of the characters from ``start`` to ``end``."""
        line = bisect_right(self._line_starts, start)
        column = start - self._line_starts[line - 1] + 1
        span = Span(start, start if end is None else end)
        return Location(self.file, line, column, span)

    def edited(self, edits: Iterable[Edit] = ()) -> bytes:
        """The bytes of the file with all edits made at once.

        Bytes outside the spans are the same; new text is in the file's own encoding.

        Raises:
            ImpossibleEdits: two edits overlap, or one lies outside the text.
            InputError: the file's encoding has no such character.
        """
        data = self.data
        pieces: list[bytes] = []
        position = 0
        for start, end, new in self.byte_edits(edits):
            pieces += [data[position:start], new]
            position = end
        return b"".join([*pieces, data[position:]])

    def byte_edits(self, edits: Iterable[Edit]) -> Iterator[tuple[int, int, bytes]]:
        """Each edit as the bytes from, the bytes to, and what comes in their place.

        Raises:
            ImpossibleEdits: two edits overlap, or one lies outside the text.
            InputError: the file's encoding has no such character.
        """
        content, index, position = self._content, 0, len(self._content.bom)
        in_order = ordered_edits(
            edits, len(self.text), lambda span: str(self.location(span.start))
        )
        for edit in in_order:
            start = position + content.size(index, edit.span.start)
            position = start + content.size(edit.span.start, edit.span.end)
            index = edit.span.end
            yield start, position, self._encoded(edit)

    def unencodable(self, text: str) -> str | None:
        """The first character of ``text`` that the file's encoding cannot carry."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError as error:
            return text[error.start]
        return None

    def patch(self, file: str, edits: Iterable[Edit], *, is_new: bool = False) -> bytes:
        """The edits as a unified diff in the bytes of the file, as ``git diff`` has it.

        Args:
            file: the path below the folder in which the patch will be applied.
            edits: what changes.
            is_new: the file does not exist before.

        Raises:
            ImpossibleEdits: two edits overlap, or one lies outside the text.
            InputError: the file's encoding has no such character.
        """
        # A character for each byte: Latin-1 is the one encoding that has one.
        name = file.encode("utf-8", "surrogateescape").decode("latin-1")
        changes = [
            Edit(Span(start, end), new.decode("latin-1"))
            for start, end, new in self.byte_edits(edits)
        ]
        text = unified_diff(name, self.data.decode("latin-1"), changes, is_new=is_new)
        return text.encode("latin-1")

    def _encoded(self, edit: Edit) -> bytes:
        try:
            return edit.text.encode(self.encoding)
        except UnicodeEncodeError as error:
            char, name = edit.text[error.start], encodings.display_name(self.encoding)
            shown = f"“{char}”" if char.isprintable() else f"U+{ord(char):04X}"
            hint = f"convert the file to UTF-8 first, with {_conversion(self.encoding)}"
            if self.encoding.startswith("utf"):
                hint = "it is half of a character, and has to go"
            raise InputError(
                f"{shown} cannot be written here: the file is in {name}",
                location=self.location(edit.span.start),
                hint=hint,
            ) from None


def decode(data: bytes, file: str) -> SourceText:
    """Decode a file: UTF-8, or what its byte order mark or its first lines say.

    Bytes that are neither are read as Windows-1252, and each run of them is told with
    its place; the bytes themselves are kept. What is no text at all reads as nothing.
    """
    if kind := encodings.binary_kind(data):
        hint = "name a file of references, such as .bib, .ris or .yaml"
        whole = Location.of_file(file)
        found = Diagnostic(f"this is {kind}, not a text file", whole, hint)
        return SourceText(file, "", (found,), Content("", "", kept=data))
    content = encodings.decoded(data)
    source = SourceText(file, content.text, content=content)
    diagnostics = tuple(_told(source, content))
    return SourceText(file, content.text, diagnostics, content)


def _told(source: SourceText, content: Content) -> Iterator[Diagnostic]:
    """What is wrong with the bytes of a file."""
    if encodings.is_garbled(content):
        whole = Location.of_file(source.file)
        yield Diagnostic("not valid UTF-16", whole, "save the file as UTF-8")
        return
    if content.read_as is None:
        return
    runs = encodings.foreign_bytes(content)
    name = encodings.display_name(content.read_as)
    if content.encoding != encodings.UTF_8:
        hint = f"convert the file to UTF-8, with {_conversion(content.encoding)}"
    else:
        hint = "the rest of the file is UTF-8: type this character anew and save it"
    shown = list(islice(runs, _MANY))
    more = sum(1 for _ in runs)
    for number, run in enumerate(shown, start=1):
        read = content.text[run.start() : run.end()]
        message = f"{_bytes(run[0])} not UTF-8; read as {name} “{_short(read)}”"
        if more and number == _MANY:
            message += f" (and {more} more places in this file)"
        place = source.location(run.start(), run.end())
        yield Diagnostic(message, place, hint, Severity.WARNING)


def _conversion(encoding: str) -> str:
    return f"`iconv -f {encodings.iconv_name(encoding)} -t utf-8`"


_SHOWN: Final = 4


def _short(text: str) -> str:
    shown = "".join(
        char if char.isprintable() else f"\\x{ord(char):02x}" for char in text[:_SHOWN]
    )
    return shown + ("…" if len(text) > _SHOWN else "")


def _bytes(run: str) -> str:
    shown = " ".join(f"0x{ord(char) & 0xFF:02x}" for char in run[:_SHOWN])
    if len(run) == 1:
        return f"the byte {shown} is"
    return f"the bytes {shown}{' …' if len(run) > _SHOWN else ''} are"


class Diagnostics:
    """Collects what a reader notices; a warning that repeats is told once.

    Unknown fields come in every entry of an export: one message that names the lines
    says the same as a thousand.
    """

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._found: list[Diagnostic] = list(source.diagnostics)
        self._untold = 0
        self._repeats: dict[str, _Repeated] = {}

    def error(self, message: str, span: Span, hint: str | None = None) -> None:
        """Something at ``span`` could not be read."""
        if len(self._found) < _MOST:
            self._found.append(self._at(message, span, hint, Severity.ERROR))
        else:
            self._untold += 1

    def warning(self, message: str, span: Span, hint: str | None = None) -> None:
        """Something at ``span`` was read, but looks wrong."""
        repeated = self._repeats.get(message)
        if repeated is None:
            first = self._at(message, span, hint, Severity.WARNING)
            self._repeats[message] = _Repeated(first)
        else:
            repeated.places.append(span.start)

    def empty(self, hint: str | None = None) -> None:
        """The file has nothing in it; bytes that are none to be read say it all.

        Args:
            hint: what a file of the format looks like.
        """
        if not self._source.diagnostics:
            self.warning("the file is empty", Span(0, 0), hint)

    def _at(
        self, message: str, span: Span, hint: str | None, severity: Severity
    ) -> Diagnostic:
        place = self._source.location(span.start, span.end)
        return Diagnostic(message, place, hint, severity)

    def collected(self) -> tuple[Diagnostic, ...]:
        """Everything noticed, in the order of the file."""
        found = list(self._found)
        found += [self._told_once(repeated) for repeated in self._repeats.values()]
        # A stream that is read again entry by entry may notice a thing twice.
        unique = dict.fromkeys(found)
        told = sorted(unique, key=lambda one: (one.location, one.message))
        if self._untold:
            last = self._source.location(len(self._source.text))
            message = f"{self._untold} more problems are not told one by one"
            told.append(
                Diagnostic(message, last, "mend the first ones, and look again")
            )
        return tuple(told)

    def _told_once(self, repeated: _Repeated) -> Diagnostic:
        """The first of equal warnings, with the lines of the others."""
        first = repeated.first
        places = [self._source.location(start) for start in repeated.places[:_MANY]]
        lines = dict.fromkeys(place.line for place in places)
        lines.pop(first.location.line, None)
        if not lines:
            return first
        more = len(repeated.places) - len(places)
        where = ", ".join(map(str, lines)) + (f" and {more} more" if more else "")
        noun = "line" if len(lines) == 1 and not more else "lines"
        return replace(first, message=f"{first.message} (also in {noun} {where})")


class Silence(Diagnostics):
    """For a look ahead: what it notices is told when the file is read."""

    def error(self, message: str, span: Span, hint: str | None = None) -> None:
        """Nothing."""

    def warning(self, message: str, span: Span, hint: str | None = None) -> None:
        """Nothing."""


@dataclass(slots=True)
class _Repeated:
    """A warning, and where it comes again."""

    first: Diagnostic
    places: list[int] = field(default_factory=list)
