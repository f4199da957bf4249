"""Numbers in the margin that count the lines, as manuscripts for review have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from lupusrefs.documents.pdf.lines import rows
from lupusrefs.documents.pdf.words import Word

_FEWEST: Final = 12
_FEWEST_FIFTHS: Final = 4
_LONGEST: Final = 5  # digits
_ALIGNED: Final = 0.3  # in sizes of the font
_APART: Final = 0.7
_MOST: Final = 0.9  # of the numbers count on
_FIVE: Final = 5


def without_line_numbers(words: Sequence[Word]) -> list[Word]:
    """The words of a page but those that count its lines."""
    in_rows = [sorted(row, key=lambda word: word.left) for row in rows(words)]
    for at in (0, -1):  # the left margin, the right one
        numbers = list(_numbers(in_rows, at))
        if _count_lines(numbers):
            dropped = {word.number for _, word in numbers}
            return [word for word in words if word.number not in dropped]
    return list(words)


def _numbers(in_rows: Sequence[Sequence[Word]], at: int) -> Iterator[tuple[int, Word]]:
    """The numbers that begin rows, or end them, outside the text; with their rows."""
    found = [
        (index, row[at])
        for index, row in enumerate(in_rows)
        if len(row[at].glyphs) <= _LONGEST and row[at].text.isdecimal()
    ]
    if not found:
        return
    edges = [(word.left, word.right) for _, word in found]
    left, right = (median(side) for side in zip(*edges, strict=True))
    for index, word in found:
        least = _APART * word.size
        # Aligned on the one side or on the other.
        off = min(abs(word.left - left), abs(word.right - right))
        if off <= _ALIGNED * word.size and all(
            other is word or other.left - right > least or left - other.right > least
            for other in in_rows[index]
        ):
            yield index, word


def _count_lines(numbers: Sequence[tuple[int, Word]]) -> bool:
    """Whether they count lines: every line, or every fifth one."""
    steps = [
        (int(below.text) - int(above.text), second - first)
        for (first, above), (second, below) in pairwise(numbers)
    ]
    ones = sum(step == (1, 1) for step in steps)
    fives = sum(step == (_FIVE, _FIVE) for step in steps)
    return (len(steps) >= _FEWEST and ones >= _MOST * len(steps)) or (
        len(steps) >= _FEWEST_FIFTHS and fives >= _MOST * len(steps)
    )
