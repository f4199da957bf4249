"""Markup -> the text that a reader sees, every stretch of it with its place.

HTML, JATS and TEI differ in what their elements are called: which of them stand by
themselves, which are no text. All else is the same, and is here.

Source: CSS Text Module Level 3, 4.1 (white space); HTML Living Standard, 15.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final, Protocol

from lupusrefs.documents.markup.tags import TAG, content_end, end_of_start_tag
from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element

PARAGRAPH: Final = "\n\n"
LINE: Final = "\n"
# White space of markup; no-break spaces are text.
_SPACES: Final = " \t\r\n\f"
_WORD: Final = rf"[^{_SPACES}&<]++"
_PIECE: Final = re.compile(
    rf"(?P<words>{_WORD}(?: {_WORD})*+)"
    rf"|(?P<space>[{_SPACES}]++)"
    r"|(?P<reference>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|(?P<comment><!--)|(?P<cdata><!\[CDATA\[)|(?P<other><(?:[!?]|/(?![^\W\d])))"
    rf"|{TAG}|(?P<stray>[&<])"
)
# Behind these a full stop or a comma would be one too many.
_STOPS: Final = ".,;:?!"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of a kind of markup mean for its text.

    Attributes:
        paragraphs: a blank line parts each of them from what is around it.
        lines: a line break does.
        breaks: empty elements that break a line.
        skipped: what is no text, or none that is read.
        preformatted: white space in them is meant.
        between: element -> what stands between the elements in it where the file has
            nothing or white space there, because it is left to the typesetter.
        before: what stands before an element instead of that.
        apart: two of them that adjoin are parted by a blank.
    """

    paragraphs: frozenset[str]
    lines: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    preformatted: frozenset[str] = frozenset()
    between: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


class Sink(Protocol):
    """Takes the pieces of a text."""

    def verbatim(self, start: int, end: int) -> None:
        """What stands in the markup from ``start`` to ``end``."""

    def decoded(self, text: str, start: int, end: int) -> None:
        """What the markup means by its characters from ``start`` to ``end``."""

    def gap(self, text: str) -> None:
        """What parts two pieces."""


@dataclass(frozen=True, slots=True)
class FileSink:
    """Builds the text of a file that is markup."""

    source: SourceText
    builder: TextBuilder

    def verbatim(self, start: int, end: int) -> None:
        """See :class:`Sink`."""
        self.builder.verbatim(self.source, start, end)

    def decoded(self, text: str, start: int, end: int) -> None:
        """See :class:`Sink`."""
        self.builder.decoded(text, self.source, start, end)

    def gap(self, text: str) -> None:
        """See :class:`Sink`."""
        self.builder.gap(text)


def _never(_: Element) -> bool:
    return False


def read_text(
    source: SourceText,
    element: Element,
    vocabulary: Vocabulary,
    skips: Callable[[Element], bool] = _never,
) -> PlacedText:
    """The text of an element.

    Args:
        source: the file that the element is of.
        element: whose text is wanted; its own name does not count.
        vocabulary: what the elements in it mean.
        skips: whether an element in it is left out.
    """
    builder = TextBuilder()
    write_text(source.text, element, vocabulary, FileSink(source, builder), skips)
    return builder.build()


def write_text(
    text: str,
    element: Element,
    vocabulary: Vocabulary,
    sink: Sink,
    skips: Callable[[Element], bool] = _never,
) -> None:
    """Put the text of an element into a sink, piece after piece.

    Args:
        text: the markup that the element is of.
        element: whose text is wanted; its own name does not count.
        vocabulary: what the elements in it mean.
        sink: takes the pieces.
        skips: whether an element in it is left out.
    """
    _Writer(text, vocabulary, sink, skips).inside(element)


def one_line(text: str) -> str:
    """A text with every run of white space as a blank."""
    return " ".join(text.split(None))


def each_element(
    root: Element, skipped: frozenset[str] = frozenset()
) -> Iterator[Element]:
    """All elements in an element, in the order of the file.

    Args:
        root: is not among them.
        skipped: elements that are left out, with all that is in them.
    """
    waiting = list(root.elements)[::-1]
    while waiting:
        element = waiting.pop()
        if element.name not in skipped:
            yield element
            waiting.extend(list(element.elements)[::-1])


class _Writer:
    """Goes through a tree; what parts two pieces waits for the second one."""

    def __init__(
        self,
        text: str,
        vocabulary: Vocabulary,
        sink: Sink,
        skips: Callable[[Element], bool],
    ) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._sink = sink
        self._skips = skips
        self._gap = ""
        self._space: tuple[int, int] | None = None
        self._preformatted = 0
        self._last = ""  # the character that was written last
        self._unclosed = 0  # up to here no comment ends

    def inside(self, element: Element) -> None:
        if not element.children:
            return
        between = self._vocabulary.between.get(element.name)
        position = self._content_start(element)
        previous: Element | None = None
        for child in element.children:
            if isinstance(child, str):
                continue
            is_apart = self._raw(position, child.start)
            if previous is not None and is_apart:
                self._between(
                    previous, child, between, is_close=position == child.start
                )
            self._element(child)
            previous, position = child, child.end
        self._raw(position, content_end(self._text, element))

    def _content_start(self, element: Element) -> int:
        return end_of_start_tag(self._text, element) if element.name else element.start

    def _between(
        self, previous: Element, child: Element, between: str | None, *, is_close: bool
    ) -> None:
        if between is not None:
            self._part(self._vocabulary.before.get(child.name, between))
        elif is_close and {previous.name, child.name} <= self._vocabulary.apart:
            self._part(" ")

    def _element(self, element: Element) -> None:
        name, vocabulary = element.name, self._vocabulary
        if name in vocabulary.breaks:
            self._part(LINE)
            return
        if name in vocabulary.skipped or self._skips(element):
            return
        part = ""
        if name in vocabulary.paragraphs:
            part = PARAGRAPH
        elif name in vocabulary.lines:
            part = LINE
        self._part(part)
        is_preformatted = name in vocabulary.preformatted
        self._preformatted += is_preformatted
        self.inside(element)
        self._preformatted -= is_preformatted
        self._part(part)

    def _part(self, text: str) -> None:
        """Let a text stand before what comes next, unless more stands there already."""
        if text.count(LINE) > self._gap.count(LINE) or not self._gap:
            self._gap = text

    # --- pieces --------------------------------------------------------------

    def _raw(self, start: int, end: int) -> bool:
        """What stands between two tags; whether it is nothing that is read."""
        is_blank = True
        position = start
        while position < end and (piece := _PIECE.match(self._text, position, end)):
            position = piece.end()
            match piece.lastgroup:
                case "words":
                    self._write(piece.start(), position)
                    is_blank = False
                case "space":
                    self._white(piece.start(), position)
                case "reference":
                    is_blank = self._reference(piece) and is_blank
                case "comment":
                    position = self._behind_comment(position, end)
                case "cdata":
                    behind = self._behind("]]>", position, end)
                    if behind - len("]]>") > position:
                        self._write(position, behind - len("]]>"))
                        is_blank = False
                    position = behind
                case "other":
                    position = self._behind(">", position, end)
                case "stray":
                    self._write(piece.start(), position)
                    is_blank = False
        return is_blank

    def _behind_comment(self, position: int, end: int) -> int:
        """Of one that is never closed, what stands before the next ``>`` is lost."""
        if position >= self._unclosed:
            found = self._text.find("-->", position - len("--"), end)
            if found >= 0:
                return found + len("-->")
            self._unclosed = end
        return self._behind(">", position, end)

    def _behind(self, what: str, position: int, end: int) -> int:
        found = self._text.find(what, position, end)
        return end if found < 0 else found + len(what)

    def _white(self, start: int, end: int) -> None:
        if self._preformatted:
            self._write(start, end)
        elif self._space is None:
            self._space = (start, end)

    def _reference(self, piece: re.Match[str]) -> bool:
        """A character that is written as an entity; whether it is white space."""
        text = unescape(piece[0])
        if not self._preformatted and text and not text.strip(_SPACES):
            self._white(*piece.span())
            return True
        if text == piece[0]:
            self._write(*piece.span())
            return False
        self._settle()
        self._sink.decoded(text, *piece.span())
        self._last = text[-1:]
        return False

    def _write(self, start: int, end: int) -> None:
        self._settle()
        self._sink.verbatim(start, end)
        self._last = self._text[end - 1]

    def _settle(self) -> None:
        """Write what parts this from what stands before."""
        if self._gap:
            if self._last:
                is_stop = self._gap[:1] in _STOPS and self._last in _STOPS
                self._sink.gap(self._gap[1:] if is_stop else self._gap)
        elif self._space is not None and self._last:
            start, end = self._space
            if self._text[start:end] == " ":
                self._sink.verbatim(start, end)
            else:
                self._sink.decoded(" ", start, end)
        self._gap, self._space = "", None
