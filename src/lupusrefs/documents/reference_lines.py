"""Which lines of a text belong to references.

Each line is weighed by itself; then the likeliest course through *text*, *list* and
*note* is taken (Viterbi 1967), so that a line of a reference without any sign of one
goes with its neighbours. What it costs to pass from one to the other depends on
headings and on blank lines. The costs are set by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import Final

from lupusrefs.documents import headings
from lupusrefs.documents.reference_signs import LineSigns, signs

_MOST: Final = 5.0  # what one line can say at most, for or against
_LEAST: Final = -6.0
_HEADING_REACH: Final = 6  # lines; columns may set an acknowledgement in between
_HEADS: Final = range(8, 130)  # characters of a running head
_REPEATED: Final = 3
_PAGE_NUMBER: Final = re.compile(
    r"(?:page |seite |p\. )?[-–—|\[( ]*(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?: ?(?:/|of|von) ?\d{1,4})?[-–—|\]) ]*|\d(?: \d){1,3}|[-– ]{1,4}",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"[-–—,:(&]\s*\Z|\b[Ss]\.\s*\Z|\bpp?\.\s*\Z")
_ENDED: Final = re.compile(r"[.\d)\]>]\s*\Z")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_DIGITS: Final = re.compile(r"\d+")

# Costs of passing from one state to another, in the same unit as the weights.
_ENTER_LIST: Final = 0.5  # where a heading announces it
_SKIPPED: Final = 1.0  # for each line between the heading and the list
_LEAVE_LIST: Final = 5.0
_ENTER_LOOSE: Final = 7.0
_ENTER_SECOND: Final = 14.0  # where the text has a heading elsewhere
_LEAVE_LOOSE: Final = 2.0
_ENTER_NOTE: Final = 3.5
_ENTER_NOTE_ALONE: Final = 5.0  # its number is elsewhere
_LEAVE_NOTE: Final = 0.7
_NEVER: Final = 1000.0
_LEAST_TOTAL: Final = 2.0  # of what is found, all weights together
_LEAST_MEAN: Final = 0.9  # for each line of what no heading announces
_LEAST_MEAN_SECOND: Final = 1.5
# What speaks against a line of each state, as long as nothing speaks for it.
_PLAIN: Final = 0.35
_PLAIN_LOOSE: Final = 1.0


class _State(IntEnum):
    TEXT = 0
    LIST = 1  # under its heading
    LOOSE = 2  # a list that nothing announces
    NOTE = 3  # a footnote that cites


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, as the course sees it."""

    number: int
    signs: LineSigns
    after_blank: bool
    is_noise: bool
    opens: bool
    closes: bool
    is_upper: bool
    ends: bool

    @property
    def is_sign(self) -> bool:
        """Whether it has something that only references have."""
        return self.signs.weight >= 1

    @property
    def begins(self) -> bool:
        """Whether a reference may begin here."""
        return self.signs.start > 0 or bool(self.signs.label)


def find_reference_lines(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it belongs to a reference.

    Headings, page numbers and running heads within a list do not.
    """
    found = [False] * len(lines)
    for line in _confirmed(_read(lines)):
        found[line.number] = True
    return found


def _confirmed(read: Sequence[_Line]) -> Iterator[_Line]:
    """The lines of references, without those that turn out to be none."""
    states = _course(read)
    has_list = _State.LIST in states
    at = 0
    for state, group in groupby(states):
        size = sum(1 for _ in group)
        run = read[at : at + size]
        at += size
        if state is _State.TEXT:
            continue
        run = [
            line for line in run if not (line.is_noise or line.opens or line.closes)
        ]
        if state is _State.LIST:
            run = _trimmed(run)
        if run and _is_worthy(run, state, has_list=has_list):
            yield from run


def _trimmed(run: list[_Line]) -> list[_Line]:
    """A list without the sentences before its first reference and behind its last."""
    first, last = 0, len(run)
    while first < min(len(run), _HEADING_REACH) and not run[first].is_sign:
        first += 1
    if first == len(run) or not (run[first].begins and run[first - 1].ends):
        first = 0
    while last > first and not run[last - 1].is_sign:
        last -= 1
    while last < len(run) and not (run[last - 1].ends and run[last].is_upper):
        last += 1
    return run[first:last]


def _is_worthy(run: list[_Line], state: _State, *, has_list: bool) -> bool:
    total = sum(line.signs.weight for line in run)
    if total < _LEAST_TOTAL:
        return False
    if state is _State.LIST:
        return True
    if state is _State.NOTE:
        return total >= _LEAST_MEAN * len(run)
    least = _LEAST_MEAN_SECOND if has_list else _LEAST_MEAN
    return total >= least * len(run) and any(line.begins for line in run)


def _read(lines: Sequence[str]) -> list[_Line]:
    heads = _running_heads(lines)
    read: list[_Line] = []
    after_blank, before = True, ""
    for number, line in enumerate(lines):
        if not line or line.isspace():
            after_blank = True
            continue
        is_noise = _shape(line) in heads or (
            _PAGE_NUMBER.fullmatch(line.strip()) is not None
            and not _UNFINISHED.search(before[-8:])
        )
        is_short = len(line) <= _HEADS.stop
        read.append(
            _Line(
                number,
                signs(line),
                after_blank,
                is_noise,
                is_short and headings.opens_list(line),
                is_short and headings.closes_list(line),
                line.lstrip()[:1].isupper(),
                _ENDED.search(line[-4:]) is not None,
            )
        )
        after_blank, before = False, line
    return read


def _shape(line: str) -> int:
    """A line but for its numbers; a hash of it, as there may be a million lines."""
    text = line.strip()
    if len(text) not in _HEADS or len(_LETTERS.findall(text)) < _HEADS.start:
        return 0
    return hash(_DIGITS.sub("#", text))


def _running_heads(lines: Iterable[str]) -> frozenset[int]:
    counts = Counter(_shape(line) for line in lines)
    counts.pop(0, None)
    return frozenset(shape for shape, n in counts.items() if n >= _REPEATED)


class _Course:
    """The likeliest states of the lines so far, for each state of the last one."""

    def __init__(self, *, has_heading: bool) -> None:
        self._loose = _ENTER_SECOND if has_heading else _ENTER_LOOSE
        self._since_heading = _HEADING_REACH + 1
        self._after_number = False
        self._scores = [0.0, -_NEVER, -self._loose, -_NEVER]
        self._back: list[tuple[int, ...]] = []

    def follow(self, line: _Line) -> None:
        """Take the next line."""
        self._since_heading = 0 if line.opens else self._since_heading + 1
        text, listed, loose, note = self._scores
        leave = 0.0 if line.closes else _LEAVE_LIST
        enter = _NEVER
        if self._since_heading <= _HEADING_REACH:
            enter = _ENTER_LIST + _SKIPPED * max(self._since_heading - 1, 0)
        enter_note = _NEVER
        if line.signs.label[:1].isdigit() or line.signs.cites:
            enter_note = _ENTER_NOTE
        elif line.is_upper and self._after_number:  # columns part notes and numbers
            enter_note = _ENTER_NOTE_ALONE
        self._after_number = line.is_noise and line.signs.label != ""
        stop = _NEVER if line.closes else 0.0
        choices = (
            (text, listed - leave, loose - _LEAVE_LOOSE, note - _LEAVE_NOTE),
            (text - enter, listed - stop, loose - enter, note - enter),
            (text - self._loose, listed - self._loose, loose - stop, note - _NEVER),
            (text - enter_note, listed - _NEVER, loose - _NEVER, note - stop),
        )
        best = tuple(max(range(4), key=row.__getitem__) for row in choices)
        self._back.append(best)
        listed_worth, loose_worth = _worth(line)
        worth = (0.0, listed_worth, loose_worth, listed_worth)
        self._scores = [
            row[came_from] + gain
            for row, came_from, gain in zip(choices, best, worth, strict=True)
        ]

    def states(self) -> list[_State]:
        """The likeliest state of each line."""
        state = max(range(4), key=self._scores.__getitem__)
        states: list[_State] = []
        for came_from in reversed(self._back):
            states.append(_State(state))
            state = came_from[state]
        states.reverse()
        return states


def _worth(line: _Line) -> tuple[float, float]:
    """What a line adds to a list that is announced, and to another."""
    if line.is_noise or line.opens:
        return 0.0, 0.0
    weight = max(min(line.signs.weight, _MOST), _LEAST)
    return weight - _PLAIN, weight - _PLAIN_LOOSE


def _course(read: Sequence[_Line]) -> list[_State]:
    course = _Course(has_heading=any(line.opens for line in read))
    for line in read:
        course.follow(line)
    return course.states()
