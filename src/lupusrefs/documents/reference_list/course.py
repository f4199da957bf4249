"""The likeliest course of a text through prose, reference lists and citing footnotes.

Each line is weighed by itself; then the likeliest course is taken (Viterbi 1967), so
that a line of a reference without any sign of one goes with its neighbours. What it
costs to pass from one state to another depends on headings, labels and blank lines.
The costs are set by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from lupusrefs.documents.reference_list.signs import LineSigns

_MOST: Final = 5.0  # what one line can say at most, for or against
_LEAST: Final = -6.0
HEADING_REACH: Final = 6  # lines; columns may set an acknowledgement in between

# Costs of passing from one state to another, in the same unit as the weights.
_ENTER_LIST: Final = 0.5  # where a heading announces it
_ENTER_BY_NOTES: Final = 3.0  # where it is a heading of notes or publications
_SKIPPED: Final = 1.0  # for each line between the heading and the list
_LEAVE_LIST: Final = 5.0
_ENTER_LOOSE: Final = 7.0
_ENTER_SECOND: Final = 20.0  # where the text has a heading elsewhere
_LEAVE_LOOSE: Final = 2.0
_ENTER_NOTE: Final = 3.5
_ENTER_NOTE_ALONE: Final = 5.0  # its number is elsewhere
_LEAVE_NOTE: Final = 0.7
_NEVER: Final = 1000.0
# What speaks against a line of each state, as long as nothing speaks for it.
_PLAIN: Final = 0.35
_PLAIN_LOOSE: Final = 1.0


class State(IntEnum):
    """What a line is part of."""

    TEXT = 0
    LIST = 1  # under its heading
    LOOSE = 2  # a list that nothing announces
    NOTE = 3  # a footnote that cites


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, as the course sees it.

    Attributes:
        number: of all lines of the text, from 0.
        signs: what it shows.
        after_blank: a blank line, or the beginning of the text, is before it.
        is_noise: it is a page number or a running head.
        is_number: it is a page number, or the number of a note by itself.
        is_heading: its markup says that it is a heading.
        opens: it is the heading of a reference list.
        may_open: it is a heading of notes or publications.
        closes: it is a heading of what follows one.
        is_upper: it begins with a capital letter.
        ends: it ends as a reference may end.
    """

    number: int
    signs: LineSigns
    after_blank: bool
    is_noise: bool
    is_number: bool
    is_heading: bool
    opens: bool
    may_open: bool
    closes: bool
    is_upper: bool
    ends: bool

    @property
    def is_aside(self) -> bool:
        """Whether it is no part of a reference, wherever it stands."""
        return self.is_noise or self.is_heading or self.opens or self.may_open

    @property
    def is_sign(self) -> bool:
        """Whether it has something that only references have."""
        return self.signs.weight >= 1

    @property
    def begins(self) -> bool:
        """Whether a reference may begin here."""
        return self.signs.start > 0 or bool(self.signs.label)


class _Course:
    """The likeliest states of the lines so far, for each state of the last one."""

    def __init__(self, *, has_heading: bool) -> None:
        self._loose = _ENTER_SECOND if has_heading else _ENTER_LOOSE
        self._enter_list = _NEVER
        self._lines_left = 0
        self._after_number = False
        self._scores = [0.0, -_NEVER, -self._loose, -_NEVER]
        # For each line the four states before it, two bits each.
        self._back = bytearray()

    def follow(self, line: Line) -> None:
        """Take the next line."""
        self._announce(line)
        text, listed, loose, note = self._scores
        leave = 0.0 if line.closes or line.is_heading else _LEAVE_LIST
        stop = _NEVER if line.closes else 0.0
        enter, enter_loose = self._enter_list, self._loose
        enter_note = self._note(line)
        choices = (
            (text, listed - leave, loose - _LEAVE_LOOSE, note - _LEAVE_NOTE),
            (text - enter, listed - stop, loose - enter, note - enter),
            (text - enter_loose, listed - enter_loose, loose - stop, -_NEVER),
            (text - enter_note, -_NEVER, -_NEVER, note - stop),
        )
        listed_worth, loose_worth = _worth(line)
        worths = (0.0, listed_worth, loose_worth, listed_worth)
        scores, code = [], 0
        for state, (row, worth) in enumerate(zip(choices, worths, strict=True)):
            best = max(row)
            scores.append(best + worth)
            code |= row.index(best) << 2 * state
        self._scores = scores
        self._back.append(code)

    def _announce(self, line: Line) -> None:
        """Whether a list may begin here because a heading is near."""
        if line.opens or line.may_open:
            self._enter_list = _ENTER_LIST if line.opens else _ENTER_BY_NOTES
            self._lines_left = HEADING_REACH
        elif self._lines_left:
            self._lines_left -= 1
            self._enter_list += _SKIPPED
        else:
            self._enter_list = _NEVER

    def _note(self, line: Line) -> float:
        """What it costs to begin a citing footnote here."""
        after_number, self._after_number = self._after_number, line.is_number
        if line.signs.label[:1].isdigit() or line.signs.cites:
            return _ENTER_NOTE
        # Columns and page breaks part the numbers of notes from the notes.
        return _ENTER_NOTE_ALONE if line.is_upper and after_number else _NEVER

    def states(self) -> list[State]:
        """The likeliest state of each line."""
        state = self._scores.index(max(self._scores))
        states: list[State] = []
        for code in reversed(self._back):
            states.append(_STATES[state])
            state = code >> 2 * state & 3
        states.reverse()
        return states


_STATES: Final = tuple(State)


def _worth(line: Line) -> tuple[float, float]:
    """What a line adds to a list that is announced, and to another."""
    if line.is_aside:
        return 0.0, 0.0
    weight = max(min(line.signs.weight, _MOST), _LEAST)
    return weight - _PLAIN, weight - _PLAIN_LOOSE


def course(lines: Sequence[Line]) -> list[State]:
    """The likeliest state of each line."""
    followed = _Course(has_heading=any(line.opens for line in lines))
    for line in lines:
        followed.follow(line)
    return followed.states()
