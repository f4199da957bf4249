"""The references of a text that is only text: found, parted, each in one line."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lupusrefs.documents.placed_text import lines as line_spans
from lupusrefs.documents.reference_list.course import State
from lupusrefs.documents.reference_list.entries import EntryLine, Start, entry_starts
from lupusrefs.documents.reference_list.heads import YEAR, label_of, pointing_words
from lupusrefs.documents.reference_list.joined_lines import join_lines
from lupusrefs.documents.reference_list.lines import find_runs
from lupusrefs.documents.reference_list.signs import signs
from lupusrefs.model.location import Span

_LONGEST: Final = 3000  # characters; what is longer is no reference
_LEAST_WEIGHT: Final = 2.5  # of a reference that no heading announces
_MOSTLY: Final = 0.7  # of a list: so many are plain references
_MANY: Final = 4
_PROSE: Final = -2.0  # what is below is none under a heading either
_WORDS_TO_A_YEAR: Final = 3  # of a note; names alone are fewer
_YEAR: Final = re.compile(YEAR)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_BULLETS: Final = re.compile(r"[^\w\[(]*\Z")


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference found in a text.

    Attributes:
        text: as it is read, in one line, without its number or bullet.
        span: where it stands in the text it was found in, from behind its label to
            its last character.
        label: its number or key as printed, without brackets and dot: ``12``,
            ``Mil2005``; None where it has none, or a bullet.
    """

    text: str
    span: Span
    label: str | None = None


def find_references(text: str) -> tuple[FoundReference, ...]:
    """The references of a document: of its lists, and of the footnotes that cite.

    A text without references has none; one of nothing but references is a list.
    The time it takes grows with the length of the text.
    """
    starts = array("q")
    lines: list[str] = []
    for span in line_spans(text):
        starts.append(span.start)
        lines.append(text[span.start : span.end])
    found: list[FoundReference] = []
    for run in find_runs(lines):
        places = [
            Span(starts[line.number], starts[line.number] + len(lines[line.number]))
            for line in run.lines
        ]
        blanks = [line.after_blank for line in run.lines]
        if run.state is State.NOTE:  # one, however many works it names
            parted = iter([_note(text, places)])
        else:
            parted = _split(text, places, blanks)
        found += _references(list(parted), run.state)
    return tuple(found)


def split_references(text: str, lines: Sequence[Span]) -> tuple[FoundReference, ...]:
    """Part a reference list that is known to be one.

    Args:
        text: the text of the document.
        lines: its lines, in order, without headings and page numbers. Blank ones
            among them part paragraphs.
    """
    places: list[Span] = []
    blanks: list[bool] = []
    after_blank = True
    for span in lines:
        if text[span.start : span.end].strip():
            places.append(span)
            blanks.append(after_blank)
            after_blank = False
        else:
            after_blank = True
    return tuple(_split(text, places, blanks))


def _split(
    text: str, places: Sequence[Span], blanks: Sequence[bool]
) -> Iterator[FoundReference]:
    entry_lines = [
        EntryLine(text[span.start : span.end], after_blank)
        for span, after_blank in zip(places, blanks, strict=True)
    ]
    starts = entry_starts(entry_lines)
    for start, end in pairwise([*starts, Start(len(places))]):
        yield _entry(text, places[start.line : end.line], start.label)


def _note(text: str, places: Sequence[Span]) -> FoundReference:
    """A footnote, without its number and the words that point to the work."""
    first = text[places[0].start : places[0].end].strip()
    label = label_of(first)
    return _entry(text, places, label, pointing_words(first[len(label) :]))


def _entry(
    text: str, places: Sequence[Span], label: str, pointing: str = ""
) -> FoundReference:
    start, end = places[0].start, places[-1].end
    first = text[start : places[0].end]
    start += len(first) - len(first.lstrip()) + len(label) + len(pointing)
    pieces = [text[start : places[0].end]]
    pieces += (text[span.start : span.end] for span in places[1:])
    whole = text[start:end]
    start += len(whole) - len(whole.lstrip())
    end -= len(whole) - len(whole.rstrip())
    return FoundReference(join_lines(pieces), Span(start, end), _label(label))


def _label(printed: str) -> str | None:
    """A label without what surrounds it."""
    if bibitem := re.match(r"\s*\\bibitem(?:\[[^\[\]]*\])?\{([^{}]*)\}", printed):
        return bibitem[1]
    label = printed.strip().strip("[]().")
    return None if not label or _BULLETS.match(label) else label


def _references(parted: Sequence[FoundReference], state: State) -> list[FoundReference]:
    """Those of what was parted that are references by themselves."""
    plain = [one for one in parted if _is_reference(one, state)]
    # Among many that are plain stand some that say little: only an address.
    if state is State.LOOSE and len(plain) >= max(_MOSTLY * len(parted), _MANY):
        return [one for one in parted if _is_reference(one, State.LIST)]
    return plain


def _is_reference(found: FoundReference, state: State) -> bool:
    """Whether a text is a reference, where it stands in a list, or by itself."""
    if not found.text or len(found.text) > _LONGEST:
        return False
    seen = signs(found.text)
    if state is State.LIST:
        return seen.weight > _PROSE
    if state is State.NOTE and _is_short_citation(found.text):
        return False
    return seen.dated and seen.weight >= _LEAST_WEIGHT


def _is_short_citation(note: str) -> bool:
    """Whether a note only points to the list: "See Miller 1999: 12; Smith 2001."."""
    years = len(_YEAR.findall(note))
    return len(_WORD.findall(note)) < _WORDS_TO_A_YEAR * max(years, 1)
