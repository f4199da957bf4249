"""Words of a page -> its regions in reading order: bands, and columns within them.

A gutter is an upright strip without a word in it, with lines on both sides. The words
are swept row by row from top to bottom, and the strips that are free so far are kept:
each row narrows them or cuts them off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from lupusrefs.documents.pdf.lines import common_size, rows
from lupusrefs.documents.pdf.words import Word

_NARROWEST: Final = 0.7  # of a gutter, in sizes of the font
_FEWEST_ROWS: Final = 4  # on both sides
# Of what a side takes of the whole width; numbers of references take less.
_LEAST_SHARE: Final = 0.17
_SEAM: Final = 1.5  # from baseline to baseline, in sizes of the font
_SAME_SIZE: Final = 0.03
_MOST_STRIPS: Final = 32
_MOST_SWEEPS: Final = 8  # as many as a page may need whose columns are cut by figures


@dataclass(frozen=True, slots=True)
class _Strip:
    """A strip that is free of words.

    Attributes:
        left: its left side.
        right: its right side.
        first: the first of its rows.
        last: the last of them.
        lefts: how many rows have words on its left.
        rights: how many have words on its right.
        leftmost: where the words on its left begin.
        rightmost: where those on its right end.
    """

    left: float
    right: float
    first: int
    last: int
    lefts: int = 0
    rights: int = 0
    leftmost: float = inf
    rightmost: float = -inf

    @property
    def rank(self) -> tuple[int, float]:
        """The greater, the better a gutter it is."""
        return min(self.lefts, self.rights), self.right - self.left

    def is_gutter(self) -> bool:
        """Whether it parts columns."""
        least = _LEAST_SHARE * (self.rightmost - self.leftmost)
        return (
            min(self.lefts, self.rights) >= _FEWEST_ROWS
            and self.left - self.leftmost >= least
            and self.rightmost - self.right >= least
        )


def regions(words: Sequence[Word]) -> list[list[Word]]:
    """The regions of upright words that are read one after the other."""
    found = []
    todo, left = [list(words)], _MOST_SWEEPS * len(words)
    while todo:
        region = todo.pop()
        parts = _cut(region) if left > 0 else None
        left -= len(region)
        if parts is None:
            found.append(region)
        else:
            todo += [part for part in reversed(parts) if part]
    return found


def _cut(words: list[Word]) -> tuple[list[Word], ...] | None:
    """What is above the best gutter, left of it, right of it and below it."""
    if len(words) < 2 * _FEWEST_ROWS:
        return None
    in_rows = rows(words)
    strips = _strips(in_rows, _NARROWEST * common_size(words))
    gutter = max(
        (strip for strip in strips if strip.is_gutter()),
        key=lambda strip: strip.rank,
        default=None,
    )
    if gutter is None:
        return None
    above, below = in_rows[: gutter.first], in_rows[gutter.last + 1 :]
    beside = in_rows[gutter.first : gutter.last + 1]
    middle = (gutter.left + gutter.right) / 2
    seam = _seam(beside, middle)
    if seam is not None:
        return _joined(above), _joined(beside[:seam]), _joined(beside[seam:] + below)
    left, right = _sides(beside, middle)
    return _joined(above), left, right, _joined(below)


def _joined(in_rows: Iterable[Iterable[Word]]) -> list[Word]:
    return [word for row in in_rows for word in row]


def _sides(
    in_rows: Iterable[Iterable[Word]], middle: float
) -> tuple[list[Word], list[Word]]:
    """The words left and right of a gutter."""
    sides: tuple[list[Word], list[Word]] = ([], [])
    for word in _joined(in_rows):
        sides[word.left > middle].append(word)
    return sides


def _seam(in_rows: Sequence[Sequence[Word]], middle: float) -> int | None:
    """The row where columns end, and other ones begin that are set in another size.

    Such as footnotes, or a list of references that is balanced over both columns below
    the end of the text.
    """
    for index in range(_FEWEST_ROWS, len(in_rows)):
        above, below = in_rows[index - 1], in_rows[index]
        size = max(above[0].size, below[0].size)
        if above[0].baseline - below[0].baseline < _SEAM * size:
            continue
        left, right = _sides(in_rows[:index], middle)
        left_below, right_below = _sides(in_rows[index:], middle)
        if not (left and right and left_below and right_below):
            continue
        size, size_below = common_size(left), common_size(left_below)
        if (
            _are_same(size, common_size(right))
            and _are_same(size_below, common_size(right_below))
            and not _are_same(size, size_below)
        ):
            return index
    return None


def _are_same(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def _strips(in_rows: Sequence[Sequence[Word]], narrowest: float) -> Iterator[_Strip]:
    """The free strips, each as long as it can be."""
    open_strips: list[_Strip] = []
    for number, row in enumerate(in_rows):
        free = list(_free(row, narrowest))
        leftmost, rightmost = free[0][1], free[-1][0]
        longer: dict[tuple[float, float], _Strip] = {}
        for strip in (*open_strips, _Strip(-inf, inf, number, number)):
            for free_from, free_to in free:
                left, right = max(free_from, strip.left), min(free_to, strip.right)
                if right - left < narrowest or (left, right) in longer:
                    continue
                longer[left, right] = _Strip(
                    left,
                    right,
                    strip.first,
                    number,
                    strip.lefts + (free_from > -inf),
                    strip.rights + (free_to < inf),
                    min(strip.leftmost, leftmost),
                    max(strip.rightmost, rightmost),
                )
            kept = longer.get((strip.left, strip.right))
            if kept is None or kept.first > strip.first:
                yield strip
        open_strips = list(longer.values())[:_MOST_STRIPS]
    yield from open_strips


def _free(row: Iterable[Word], narrowest: float) -> Iterator[tuple[float, float]]:
    """Where a row has no words, both margins included."""
    end = -inf
    for word in sorted(row, key=lambda word: word.left):
        if word.left - end >= narrowest:
            yield end, word.left
        end = max(end, word.right)
    yield end, inf
