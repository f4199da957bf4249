"""Which lines of a text belong to references."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from lupusrefs.documents.headings import Heading, heading
from lupusrefs.documents.reference_list.course import HEADING_REACH, Line, State, course
from lupusrefs.documents.reference_list.signs import LineSigns, signs

_HEADS: Final = range(8, 130)  # characters of a running head
_REPEATED: Final = 3
_PAGE: Final = range(12, 150)  # lines: of one page, to two pages full of them
_TABLE: Final = 1 << 22
_PAGE_NUMBER: Final = re.compile(
    r"(?:page |seite |p\. )?[-–—|\[( ]*(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?: ?(?:/|of|von) ?\d{1,4})?[-–—|\]) ]*|\d(?: \d){1,3}|[-– ]{1,4}",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"[-–—,:(&]\s*\Z|\b[Ss]\.\s*\Z|\bpp?\.\s*\Z")
_YEAR: Final = re.compile(r"\W*(?:1[5-9]|20)\d\d\W*")
_ENDED: Final = re.compile(r"[.\d)\]>]\s*\Z")
# A line that begins so goes on with another; a head may begin with an address.
_GOES_ON: Final = re.compile(r"(?!https?:|www\.|doi)[a-z(\[:;,.)&/]|\d+[,;:(]")
_LETTERS: Final = re.compile(r"(?:[^\W\d_][\W\d_]*){8}")
_DIGITS: Final = re.compile(r"\d+")

_LEAST_TOTAL: Final = 2.0  # of what is found, all weights together
_LEAST_ENTRY: Final = 2.5  # of one reference that nothing announces
_LEAST_MEAN_ALL: Final = 1.2  # for each line of a text that is nothing but references
_PROSE_LINE: Final = -2.0
_LEAST_MEAN: Final = 0.9  # for each line of what no heading announces
_LEAST_MEAN_NOTE: Final = 1.2
_LEAST_MEAN_SECOND: Final = 1.5


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of references that belong together: a list, or one citing footnote.

    Attributes:
        lines: its lines, without headings, page numbers and running heads.
        state: what kind it is of.
    """

    lines: tuple[Line, ...]
    state: State


def find_reference_lines(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it belongs to a reference.

    Headings, page numbers and running heads within a list do not.
    """
    found = [False] * len(lines)
    for run in find_runs(lines):
        for line in run.lines:
            found[line.number] = True
    return found


def find_runs(lines: Sequence[str]) -> Iterator[Run]:
    """The reference lists and citing footnotes of a text, in order."""
    read = _read(lines)
    if _is_nothing_else(read):
        yield Run(tuple(line for line in read if not line.is_aside), State.LIST)
        return
    states = course(read)
    has_list = State.LIST in states
    at = 0
    for state, group in groupby(states):
        start, at = at, at + sum(1 for _ in group)
        if state is State.TEXT:
            continue
        run = [line for line in read[start:at] if not (line.is_aside or line.closes)]
        for piece in _notes(run) if state is State.NOTE else [_trimmed(run)]:
            if piece and _is_worthy(piece, state, has_list=has_list):
                yield Run(tuple(piece), state)


def _is_nothing_else(read: Sequence[Line]) -> bool:
    """Whether a text consists of references, without a heading."""
    weights = [line.signs.weight for line in read if not line.is_noise]
    return (
        bool(weights)
        and min(weights) > _PROSE_LINE
        and sum(weights) >= max(_LEAST_MEAN_ALL * len(weights), _LEAST_ENTRY)
        and read[0].begins
        and not any(line.is_heading or line.closes for line in read)
        and any(line.signs.dated for line in read)
    )


def _notes(run: Sequence[Line]) -> list[list[Line]]:
    """The footnotes of a run, each by itself: some cite, some only say something."""
    notes: list[list[Line]] = []
    for line in run:
        if not notes or line.signs.label[:1].isdigit() or line.signs.cites:
            notes.append([])
        notes[-1].append(line)
    return notes


def _trimmed(run: list[Line]) -> list[Line]:
    """A list without the sentences before its first reference and behind its last."""
    first, last = 0, len(run)
    while first < min(len(run), HEADING_REACH) and not run[first].is_sign:
        first += 1
    if first == len(run) or not (run[first].begins and run[first - 1].ends):
        first = 0
    while last > first and not run[last - 1].is_sign:
        last -= 1
    while last < len(run) and not (run[last - 1].ends and run[last].is_upper):
        last += 1
    return run[first:last]


def _is_worthy(run: list[Line], state: State, *, has_list: bool) -> bool:
    total = sum(line.signs.weight for line in run)
    if total < _LEAST_TOTAL:
        return False
    if state is State.LIST:
        return True
    if state is State.NOTE:
        return total >= _LEAST_MEAN_NOTE * len(run)
    least = _LEAST_MEAN_SECOND if has_list else _LEAST_MEAN
    return total >= least * len(run) and any(line.begins for line in run)


def _read(lines: Sequence[str]) -> list[Line]:
    shapes = array("q", map(_shape, lines))
    heads = _running_heads(shapes)
    read: list[Line] = []
    after_blank, before = True, ""
    # A text has a million lines, but they differ little in what they show.
    shown: dict[LineSigns, LineSigns] = {}
    for number, line in enumerate(lines):
        if not line or line.isspace():
            after_blank = True
            continue
        seen = signs(line)
        is_number = _is_number(line, before)
        title = heading(line)
        # "Washington, DC: / Author" ends a reference.
        if title and not after_blank and _is_tail(line, before):
            title = None
        read.append(
            Line(
                number,
                shown.setdefault(seen, seen),
                after_blank,
                is_number or shapes[number] in heads,
                is_number,
                title is Heading.OTHER,
                title is Heading.OPENS,
                title is Heading.MAY_OPEN,
                title is Heading.CLOSES,
                line.lstrip()[:1].isupper(),
                _ENDED.search(line[-4:]) is not None,
            )
        )
        after_blank, before = False, line
    return read


def _is_tail(line: str, before: str) -> bool:
    """Whether a line only goes on with the one before."""
    bare = line.strip()
    is_word = bare[:1].islower() and " " not in bare
    if is_word or _PAGE_NUMBER.fullmatch(before.strip()):
        return is_word
    return _UNFINISHED.search(before[-8:]) is not None


def _is_number(line: str, before: str) -> bool:
    """Whether a line is a page number, not the end of a reference."""
    bare = line.strip()
    if not _PAGE_NUMBER.fullmatch(bare) or _UNFINISHED.search(before[-8:]):
        return False
    if not _YEAR.fullmatch(bare):
        return True
    return bare.isdigit() and _ENDED.search(before[-4:]) is not None


# --- running heads --------------------------------------------------------------


def _shape(line: str) -> int:
    """A line but for its numbers, as a hash; 0 where it can be no running head."""
    text = line.strip()
    if len(text) not in _HEADS or _GOES_ON.match(text) or not _LETTERS.search(text):
        return 0
    return hash(_DIGITS.sub("#", text) if _DIGITS.search(text) else text)


@dataclass(slots=True)
class _Repeats:
    """Where lines of one shape were seen.

    Attributes:
        first: the number of the first of them.
        last: that of the last one.
        count: how many there are.
        near: how many are nearer to the one before than pages are.
    """

    first: int
    last: int
    count: int = 1
    near: int = 0


def _running_heads(shapes: Sequence[int]) -> frozenset[int]:
    """The shapes of lines that come again and again, as far apart as pages are long.

    What comes again in another chapter is no running head: its bibliography may have
    the same references.
    """
    repeats: dict[int, _Repeats] = {}
    for number, shape in _repeated(shapes):
        known = repeats.setdefault(shape, _Repeats(number, number, 0))
        known.near += 0 < number - known.last < _PAGE.start
        known.last = number
        known.count += 1
    return frozenset(
        shape
        for shape, known in repeats.items()
        if known.count >= _REPEATED
        and known.near <= known.count // 4  # a last page may be short
        and known.last - known.first <= (known.count - 1) * _PAGE.stop
    )


def _repeated(shapes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The shapes that may be repeated often enough, with their numbers.

    Most lines are not repeated: they are sorted out by a small table of counts, so
    that memory stays small.
    """
    counts = bytearray(_TABLE)
    for shape in shapes:
        place = shape % _TABLE
        counts[place] = min(counts[place] + 1, _REPEATED)
    for number, shape in enumerate(shapes):
        if shape and counts[shape % _TABLE] >= _REPEATED:
            yield number, shape
