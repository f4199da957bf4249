"""What the links of a page cover of its text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final, NamedTuple
from urllib.parse import unquote

from lupusrefs.documents.document import Link
from lupusrefs.documents.pdf.boxes import Box
from lupusrefs.documents.pdf.engine import RawLink
from lupusrefs.documents.pdf.lines import Line
from lupusrefs.documents.pdf.text_line import TextLine
from lupusrefs.model.location import Location

_ADDRESSES: Final = ("http", "www.", "doi.org", "ftp")
_MOST_LINES: Final = 50  # that a link covers
_STOPS: Final = ".,;:)]}”’\"'"


class PlacedLine(NamedTuple):
    """A line of the text, and its words on the page."""

    text_line: TextLine
    line: Line


class _Stretch(NamedTuple):
    """Characters of a line that a link covers."""

    line: int
    first: int
    last: int
    text: str


class _Covered(NamedTuple):
    """A link, and what it covers."""

    target: str
    stretches: list[_Stretch]


def linked_text(
    found: Iterable[RawLink], placed: Sequence[PlacedLine], page: Location
) -> tuple[list[Link], dict[int, int]]:
    """The links of a page, equal ones once; and what they carry over a line end.

    Returns:
        The links; and for the index of a line how many characters of the next one
        belong to the address that it ends with.
    """
    heights = _heights(placed)
    merged: list[_Covered] = []
    for target, boxes in found:
        covered = sorted(islice(_covered(placed, heights, boxes), _MOST_LINES))
        if merged and merged[-1].target == target:
            before = merged[-1].stretches
            if before and covered and _runs_on(before[-1], covered[0], placed):
                before.extend(covered)
                continue
        merged.append(_Covered(target, covered))
    carried: dict[int, int] = {}
    for one in merged:
        if _is_address(one):
            carried.update(
                (before.line, _with_stop(after, placed))
                for before, after in pairwise(one.stretches)
                if _runs_on(before, after, placed)
            )
    return list(dict.fromkeys(_link(one, placed, page) for one in merged)), carried


def _heights(placed: Sequence[PlacedLine]) -> dict[int, list[tuple[float, int]]]:
    """Where the middles of lines are, rising, and which lines; for each turn."""
    found: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for index, (text_line, line) in enumerate(placed):
        found[text_line.turn].append((line.middle, index))
    return {turn: sorted(middles) for turn, middles in found.items()}


def _covered(
    placed: Sequence[PlacedLine],
    heights: Mapping[int, Sequence[tuple[float, int]]],
    boxes: Iterable[Box],
) -> Iterator[_Stretch]:
    """What some rectangles cover."""
    for box in boxes:
        for turn, middles in heights.items():
            upright = box.turned(turn)
            first = bisect_left(middles, (upright.bottom, 0))
            last = bisect_right(middles, (upright.top, len(placed)))
            for _, index in middles[first:last]:
                stretch = _stretch(index, placed[index].line, upright)
                if stretch is not None:
                    yield stretch


def _stretch(index: int, line: Line, box: Box) -> _Stretch | None:
    """The part of a line that is in a rectangle."""
    if line.right < box.left or box.right < line.left:
        return None
    first = last = at = 0
    for text, word in line.pieces():
        for offset, glyph in enumerate(word.glyphs if word else ()):
            if box.left <= (glyph.left + glyph.right) / 2 <= box.right:
                first, last = first if last else at + offset, at + offset + 1
        at += len(text)
    return _Stretch(index, first, last, line.text[first:last]) if last else None


def _runs_on(before: _Stretch, after: _Stretch, placed: Sequence[PlacedLine]) -> bool:
    """Whether the one is at the end of a line, and the other begins the next one."""
    return (
        after.line == before.line + 1
        and after.first == 0
        and before.last == len(placed[before.line].text_line.text)
    )


def _with_stop(after: _Stretch, placed: Sequence[PlacedLine]) -> int:
    """Where in a line a link ends, with what ends the sentence there."""
    rest = placed[after.line].text_line.text[after.last :]
    return after.last + len(rest) - len(rest.lstrip(_STOPS))


def _is_address(one: _Covered) -> bool:
    """Whether a link shows its target, and not a name for it."""
    shown = "".join(stretch.text for stretch in one.stretches)
    if shown.startswith(_ADDRESSES):  # TeX puts blanks where a line may end
        shown = "".join(shown.split())
    return shown in unquote(one.target)


def _link(one: _Covered, placed: Sequence[PlacedLine], page: Location) -> Link:
    if not one.stretches:
        return Link(one.target, page)
    first = one.stretches[0]
    place = placed[first.line].text_line.place
    between = "" if _is_address(one) else " "
    text = between.join(stretch.text for stretch in one.stretches)
    return Link(one.target, replace(place, column=1 + first.first), text)
