"""Formats of word processors: a paragraph for each line of an entry, in twips."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final

from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.runs import Run
from lupusrefs.csl.output.tree import Layout, RenderedEntry
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import LineWriter

# 20 twips are a point: a line of 12 points, half an inch, a digit of 12 points.
LINE: Final = 240
_INDENT: Final = 720
_DIGIT: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; all in twips.

    Attributes:
        left: the left edge of all lines but the first.
        hanging: how far the first line begins to the left of the others.
        tabbed: what follows the tab stands at the left edge.
        after: the space below.
        height: from line to line.
    """

    left: int
    hanging: int
    tabbed: bool
    after: int
    height: int


class ParagraphWriter(LineWriter):
    """Writes runs one by one and lines as paragraphs.

    Attributes:
        tab: between the margin of a line and its body.
    """

    tab: ClassVar[str]

    @abstractmethod
    def run(self, run: Run) -> str:
        """One run."""

    @abstractmethod
    def field(self, href: str, inner: str) -> str:
        """What leads to an URL; ``inner`` is written already."""

    @abstractmethod
    def paragraph(self, text: str, place: Place) -> str:
        """A paragraph; ``text`` is written already."""

    def phrase(self, runs: Sequence[Run]) -> str:
        """The runs; those with one URL share a field."""
        parts = []
        for href, linked in groupby(runs, key=lambda run: run.href):
            inner = "".join([self.run(run) for run in linked])
            parts.append(self.field(encoded(href), inner) if href else inner)
        return "".join(parts)

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """The paragraphs of all entries."""
        found = [lines(entry.content) for entry in entries]
        widths = [_width(line) for entry in found for line in entry]
        widest = max([layout.max_offset, *widths])
        return "".join(
            [
                self._line(line, layout, widest, last=line is entry[-1])
                for entry in found
                for line in entry
            ]
        )

    def _line(self, line: Line, layout: Layout, widest: int, *, last: bool) -> str:
        tabbed = bool(line.margin and line.body)
        left, hanging = 0, 0
        if tabbed:
            # One blank more than the widest first field.
            hanging = (widest + 1) * _DIGIT
            left = 0 if layout.second_field_align == "margin" else hanging
        elif line.indented:
            left = _INDENT
        elif layout.hanging_indent:
            left, hanging = _INDENT, _INDENT
        place = Place(
            left=left,
            hanging=hanging,
            tabbed=tabbed,
            after=LINE * layout.entry_spacing if last else 0,
            height=LINE * layout.line_spacing,
        )
        if tabbed:
            text = f"{self.phrase(line.margin)}{self.tab}{self.phrase(line.body)}"
        else:
            text = self.line(line)
        return self.paragraph(text, place)


def _width(line: Line) -> int:
    """Of the margin, in characters."""
    return sum([len(run.text) for run in line.margin])
