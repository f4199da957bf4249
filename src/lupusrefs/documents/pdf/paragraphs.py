"""Where in a column of lines a paragraph, or a reference, begins.

A larger gap tells it, other letters do, the label of a reference, or an indent. Which
side of an indent begins, the lines show: in prose the first line of a paragraph is
indented, in lists of references mostly all but the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Final, NamedTuple

from lupusrefs.documents.pdf.lines import Line

_GAP: Final = 1.25  # of the usual distance of baselines
_NARROWEST: Final = 0.7  # distance of lines; what is nearer are parts of formulas
_OTHER_SIZE: Final = 1.35
_INDENT: Final = 0.4  # in sizes of the font
_ENDS: Final = (".", "!", "?", ".)", ".”", ".]")
_TELLING: Final = 0.2
_REGULAR: Final = 0.6  # of the labels of a list are one more than the one before
# A bare number of four digits is a year.
_NUMBER: Final = re.compile(
    r"(?:\[(\d{1,4})\]|\((\d{1,3})\)|(\d{1,3})\.)(?=\s|[^\W\d_])"
)


class Beginning(NamedTuple):
    """What tells whether a paragraph begins with a line.

    Attributes:
        is_apart: whether a gap or other letters part it from the line before.
        is_opening: whether its label or its indent is that of a first line; None where
            the lines around it tell nothing.
    """

    is_apart: bool
    is_opening: bool | None


def label_number(line: str) -> int | None:
    """The number that a line begins with, as a numbered reference does."""
    label = _NUMBER.match(line)
    return int(label[label.lastindex or 0]) if label else None


def beginnings(lines: Sequence[Line]) -> list[Beginning]:
    """For each line of a column whether a paragraph begins with it."""
    usual, right = _usual_distance(lines), usual_right(lines)
    stretches: list[list[Line]] = []
    for index, line in enumerate(lines):
        if index == 0 or _is_apart(lines[index - 1], line, usual):
            stretches.append([])
        stretches[-1].append(line)
    return [
        Beginning(index == 0, is_opening)
        for stretch in stretches
        for index, is_opening in enumerate(_openings(stretch, right))
    ]


def usual_right(lines: Sequence[Line]) -> float:
    """Where the longer lines of a column end."""
    return median(sorted(line.right for line in lines)[len(lines) // 2 :])


def _usual_distance(lines: Sequence[Line]) -> float:
    """Between the baselines of lines of one paragraph, in sizes of the font."""
    distances = Counter(
        round(distance, 1)
        for above, below in pairwise(lines)
        if _is_same_size(above, below)
        and (distance := (above.baseline - below.baseline) / below.size) > _NARROWEST
    )
    # The narrower of two that are about as frequent: gaps are counted, too.
    most = max(distances.values(), default=0)
    return min(
        (distance for distance, count in distances.items() if count > most / 2),
        default=1.2,
    )


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _OTHER_SIZE * min(one.size, other.size)


def _is_apart(above: Line, below: Line, usual: float) -> bool:
    """Whether a gap or other letters part two lines."""
    distance = (above.baseline - below.baseline) / max(above.size, below.size)
    if distance > _GAP * usual:
        return True
    # A root sign alone is a part of the formula below it.
    return not _is_same_size(above, below) and _has_words(above) and _has_words(below)


def _has_words(line: Line) -> bool:
    return any(char.isalnum() for word in line.words for char in word.text)


def _openings(stretch: Sequence[Line], right: float) -> Sequence[bool | None]:
    """Which of some lines at equal distances are first lines; None: nothing tells."""
    numbers = [label_number(line.text) for line in stretch]
    if _counts_up([number for number in numbers if number is not None]):
        return [number is not None for number in numbers]
    margin = min(line.left for line in stretch)
    indented = [line.left - margin > _INDENT * line.size for line in stretch]
    hangs = _hangs(stretch, indented, right)
    if hangs is None:
        return [None] * len(stretch)
    return [is_indented != hangs for is_indented in indented]


def _hangs(
    stretch: Sequence[Line], indented: Sequence[bool], right: float
) -> bool | None:
    """Whether indented lines go on with the flush one above; None: nothing tells.

    Of the lines before those that begin something, more end with a full stop, or end
    early, than of the others.
    """
    ends: tuple[list[float], list[float]] = ([], [])
    free: tuple[list[float], list[float]] = ([], [])
    for above, is_indented in zip(stretch, indented[1:], strict=False):
        ends[is_indented].append(above.text.endswith(_ENDS))
        free[is_indented].append(max(right - above.right, 0))
    if not (free[0] and free[1]):
        return None
    difference = fmean(ends[0]) - fmean(ends[1])
    if abs(difference) >= _TELLING:
        return difference > 0
    return fmean(free[0]) > fmean(free[1])


def _counts_up(numbers: Sequence[int]) -> bool:
    """Whether they are labels: lines of prose may begin with a citation, too."""
    steps = sum(above + 1 == below for above, below in pairwise(numbers))
    return len(numbers) > 1 and steps >= _REGULAR * (len(numbers) - 1)
