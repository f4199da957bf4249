"""The text of one page: its lines in reading order, and its links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lupusrefs.documents.document import Link
from lupusrefs.documents.pdf.boxes import Box
from lupusrefs.documents.pdf.columns import regions
from lupusrefs.documents.pdf.engine import PageContent
from lupusrefs.documents.pdf.line_numbers import without_line_numbers
from lupusrefs.documents.pdf.lines import Line, lines
from lupusrefs.documents.pdf.links import PlacedLine, linked_text
from lupusrefs.documents.pdf.paragraphs import beginnings, usual_right
from lupusrefs.documents.pdf.text_line import TextLine
from lupusrefs.documents.pdf.words import Word, words
from lupusrefs.model.location import Location

_SHORT: Final = 1.5  # in sizes of the font


@dataclass(frozen=True, slots=True)
class PageText:
    """What is read of a page: its lines in reading order, and its links."""

    lines: tuple[TextLine, ...]
    links: tuple[Link, ...]


def page_text(content: PageContent, page: Location) -> PageText:
    """The text of a page.

    Args:
        content: what is on it.
        page: the place of it.
    """
    by_turn: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words(content.glyphs):
        by_turn[word.turn].append(word)
    placed: list[PlacedLine] = []
    # What stands across the page, such as a stamp in the margin, comes last.
    for turn in sorted(by_turn, key=lambda turn: (-len(by_turn[turn]), turn)):
        frame = content.box.turned(turn)
        for region in regions(without_line_numbers(by_turn[turn])):
            placed += _placed(lines(region), frame, turn, page, len(placed))
    links, carried = linked_text(content.links, placed, page)
    found = tuple(
        replace(one.text_line, linked=carried.get(index, 0))
        for index, one in enumerate(placed)
    )
    return PageText(found, tuple(links))


def _placed(
    column: Sequence[Line], frame: Box, turn: int, page: Location, before: int
) -> Iterator[PlacedLine]:
    """The lines of a region with their places."""
    extent = max(frame.top - frame.bottom, 1)
    right = usual_right(column)
    for index, (line, beginning) in enumerate(
        zip(column, beginnings(column), strict=True)
    ):
        yield PlacedLine(
            TextLine(
                line.text,
                replace(page, line=before + index + 1, column=1),
                index == 0,
                beginning,
                right - line.right <= _SHORT * line.size,
                line.size,
                turn,
                (frame.top - line.baseline) / extent,
            ),
            line,
        )
