"""The reading text of a document, every character of which knows where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location, Span


class _Verbatim(NamedTuple):
    """A piece that stands in a file just so, from the character ``at`` on."""

    source: SourceText
    at: int


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Text, and for each stretch of it the place in the file.

    Attributes:
        text: what a reader sees: paragraphs parted by a blank line, markup gone.
    """

    text: str
    _starts: tuple[int, ...] = ()
    _places: tuple[_Verbatim | Location, ...] = ()

    @classmethod
    def of(cls, source: SourceText) -> PlacedText:
        """A file whose text is what a reader sees."""
        return cls(source.text, (0,), (_Verbatim(source, 0),))

    def location(self, start: int, end: int | None = None) -> Location:
        """The place of the characters from ``start`` to ``end`` of the text.

        Args:
            start: the first of them.
            end: behind the last of them; without one the place has no extent.
        """
        index = max(bisect_right(self._starts, start) - 1, 0)
        if not self._places:
            message = "an empty text has no places"
            raise IndexError(message)
        place, offset = self._places[index], start - self._starts[index]
        if isinstance(place, Location):
            return replace(place, column=place.column + offset)
        first = place.at + offset
        last = first if end is None else self._source_end(place.source, end, first)
        return place.source.location(first, last)

    def pieces(
        self, start: int, end: int
    ) -> Iterator[tuple[str, _Verbatim | Location]]:
        """The characters from ``start`` to ``end`` in runs, each with its place."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while start < min(end, len(self.text)) and self._places:
            following = self._starts[index + 1 : index + 2] or (len(self.text),)
            stop = min(following[0], end)
            place, offset = self._places[index], start - self._starts[index]
            if isinstance(place, Location):
                yield (
                    self.text[start:stop],
                    replace(place, column=place.column + offset),
                )
            else:
                yield self.text[start:stop], place._replace(at=place.at + offset)
            start, index = stop, index + 1

    def _source_end(self, source: SourceText, end: int, least: int) -> int:
        """Where in the file the characters before ``end`` of the text are over."""
        index = max(bisect_right(self._starts, end - 1) - 1, 0)
        place = self._places[index]
        if isinstance(place, Location):
            span = place.span
            return max(span.end if span else least, least)
        if place.source is not source:
            return least
        return max(place.at + end - self._starts[index], least)


class TextBuilder:
    """Puts a :class:`PlacedText` together, piece after piece."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._places: list[_Verbatim | Location] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def verbatim(self, source: SourceText, start: int, end: int) -> None:
        """Add what stands in a file from ``start`` to ``end``, as it stands there."""
        if start < end:
            self._add(source.text[start:end], _Verbatim(source, start))

    def decoded(self, text: str, source: SourceText, start: int, end: int) -> None:
        """Add what a file means by its characters from ``start`` to ``end``.

        Such as the ``&`` of ``&amp;``: all of it is placed at ``start``.
        """
        place = source.location(start, end)
        for char in text:  # a place counts columns on; each of these has the same one
            self._add(char, place)

    def placed(self, text: str, place: Location) -> None:
        """Add text whose first character stands at ``place``, the others behind it."""
        if text:
            self._add(text, place)

    def stretch(self, placed: PlacedText, start: int, end: int) -> None:
        """Add a part of another text, each character with the place it has there."""
        for text, place in placed.pieces(start, end):
            self._add(text, place)

    def gap(self, text: str = "\n\n") -> None:
        """Add what parts two pieces, if there is something to be parted.

        It belongs to what stands before it.
        """
        if self._length and not self.ends_with(text):
            self._texts.append(text)
            self._length += len(text)

    def ends_with(self, text: str) -> bool:
        """Whether the text so far ends so."""
        last = ""
        for piece in reversed(self._texts):
            last = piece + last
            if len(last) >= len(text):
                break
        return last.endswith(text)

    def build(self) -> PlacedText:
        """The text so far."""
        return PlacedText(
            "".join(self._texts), tuple(self._starts), tuple(self._places)
        )

    def _add(self, text: str, place: _Verbatim | Location) -> None:
        self._texts.append(text)
        self._starts.append(self._length)
        self._places.append(place)
        self._length += len(text)


def lines(text: str) -> Iterator[Span]:
    """The lines of a text, without their ends."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            if start < len(text):
                yield Span(start, len(text))
            return
        yield Span(start, end)
        start = end + 1
