"""Where in a reference list one reference ends and the next begins.

A list numbers its references or marks them by bullets; or it parts them by blank
lines; or each begins with a name, and only sense tells where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.documents.reference_signs import LABEL, LineSigns, label_of, signs

_SKIPPED_NUMBERS: Final = 3  # a number may be lost where the page was bad
_LEAST_LABELS: Final = 0.5  # of the lines that look like beginnings
_LEAST_WHOLE: Final = 0.8  # of the paragraphs: each is a reference by itself
_BEGINS: Final = 2.5  # how much speaks for a beginning, that it is taken for one
_NEAR: Final = 4  # letters of the alphabet between neighbours in a list
_ORDERED: Final = 0.8

_ENDED: Final = re.compile(
    r"[.!?][\"”“»’)\]]?\s*\Z|[\d)\]>]\s*\Z|(?:https?://|www\.)\S+\s*\Z|[fF]{1,2}\.?\s*\Z"
)
_UNFINISHED: Final = re.compile(
    r"[-–—,;:&/(\u00ad]\s*\Z|\b(?:and|und|et|y|of|der|die|das|the|for|für|in|In|von|zur?"
    r"|[Vv]ol\.|[Nn]o\.|Nr\.|[Bb]d\.|[Ss]\.|pp?\.|[Hh]rsg\.|[Ee]ds?\.|[A-Z]\.)\s*\Z"
)
_INSIDE: Final = re.compile(r"[a-z(\d,.;:&)\]]|In:|in:|[Hh]rsg\b|[Ee]ds?\b|Verlag\b|doi\b")
_BODY: Final = re.compile(r"[^\W\d_][^(\d]{2,80}[(.,]? ?\(?(?:1[5-9]|20)\d\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
# What follows a place, not a name: "Cambridge, MA: MIT Press", "London, Sage."
_PLACE: Final = re.compile(r"[^,.:]{2,40}, (?:[A-Z]{2}\b|[A-Z]\.[A-Z]\.)[:.,;]?(?: |\Z)")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of a reference list.

    Attributes:
        text: the line, with its indent.
        after_blank: a blank line is before it.
    """

    text: str
    after_blank: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    after_blank: bool
    indent: int
    signs: LineSigns

    @property
    def ended(self) -> bool:
        """Whether a reference may be over behind it."""
        return _ENDED.search(self.text) is not None and not _UNFINISHED.search(
            self.text
        )


def entry_starts(lines: Sequence[EntryLine]) -> list[int]:
    """The indices of the lines with which the references of a list begin."""
    read = [_read(line) for line in lines]
    if not read:
        return []
    for starts in (_labelled(read), _paragraphs(read)):
        if starts is not None:
            return starts
    return _named(read)


def _read(line: EntryLine) -> _Line:
    text = line.text.expandtabs(4)
    bare = text.strip()
    return _Line(bare, line.after_blank, len(text) - len(text.lstrip()), signs(bare))


# --- numbers and bullets --------------------------------------------------------


def _labelled(lines: Sequence[_Line]) -> list[int] | None:
    """The lines with a label, where the list has labels."""
    kinds = [_kind(line.text) for line in lines]
    first = kinds[0]
    counts = Counter(kind for kind in kinds if kind)
    if not counts or (first is None and max(counts.values()) == 1):
        return None
    kind = first if first is not None else counts.most_common(1)[0][0]
    starts = [index for index, one in enumerate(kinds) if one == kind]
    if kind in _COUNTED:
        starts = _in_sequence(lines, starts)
    others = sum(
        line.signs.start > 0 and index > 0 and lines[index - 1].ended
        for index, line in enumerate(lines)
        if index not in set(starts)
    )
    if len(starts) < _LEAST_LABELS * (len(starts) + others):
        return None
    # What stands before the first label is a reference whose label was lost.
    return starts if starts[0] == 0 else [0, *starts]


_COUNTED: Final = frozenset({"[]", "()", "."})


def _kind(text: str) -> str | None:
    """What kind of label a line has."""
    label = LABEL.match(text)
    if label is None or not label_of(text):
        return None
    if label["bullet"]:
        return label["bullet"]
    if label["number"]:
        return "."
    if label["round"]:
        return "()"
    if label["bibitem"] is not None:
        return "bibitem"
    return "[]" if (label["key"] or "").isdigit() else "[key]"


def _in_sequence(lines: Sequence[_Line], found: Sequence[int]) -> list[int]:
    """Those of the numbered lines whose number goes on from the last one."""
    starts: list[int] = []
    last = 0
    for index in found:
        number = int(re.sub(r"\D", "", label_of(lines[index].text)) or 0)
        goes_on = last < number <= last + _SKIPPED_NUMBERS
        if not starts or goes_on or (number == 1 and lines[index].after_blank):
            starts.append(index)
            last = number
    return starts


# --- paragraphs -----------------------------------------------------------------


def _paragraphs(lines: Sequence[_Line]) -> list[int] | None:
    """The beginnings of paragraphs, where each is a reference."""
    starts = [0, *(i for i, line in enumerate(lines) if i and line.after_blank)]
    if len(starts) == 1:
        return None
    ends = [*starts[1:], len(lines)]
    whole = 0
    for start, end in zip(starts, ends, strict=True):
        dated = any(line.signs.dated for line in lines[start:end])
        begins = _INSIDE.match(lines[start].text) is None
        alone = sum(line.signs.start > 0 for line in lines[start + 1 : end])
        whole += dated and begins and alone <= (end - start) // 3
    return starts if whole >= _LEAST_WHOLE * len(starts) else None


# --- names ----------------------------------------------------------------------


def _named(lines: Sequence[_Line]) -> list[int]:
    """The lines with which a reference begins, as far as sense tells."""
    margin = _margin(lines)
    is_ordered = _is_ordered(lines)
    each_alone = _each_alone(lines)
    starts, dated = [0], lines[0].signs.dated
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        score = _score(line, before)
        if each_alone and before.ended and not _INSIDE.match(line.text):
            score += 2.0
        if margin is not None:
            score += 1.0 if line.indent <= margin else -4.0
        if not dated:
            score -= 1.0
        if is_ordered:
            score += _order(lines[starts[-1]].text, line.text)
        if score >= _BEGINS:
            starts.append(index)
            dated = False
        dated = dated or line.signs.dated
    return starts


def _score(line: _Line, before: _Line) -> float:
    """What speaks for a new reference in a line, by itself and the one before."""
    score = line.signs.start
    if _PLACE.match(line.text):
        score -= 2.0
    if not score and before.ended and _BODY.match(line.text):
        score = 2.0
    if _INSIDE.match(line.text) and not line.signs.start:
        score -= 3.0
    if before.ended:
        score += 1.0
    elif _UNFINISHED.search(before.text):
        score -= 2.0
    return score + (1.5 if line.after_blank else 0.0)


def _margin(lines: Sequence[_Line]) -> int | None:
    """The indent of first lines, where the others are indented more."""
    indents = Counter(line.indent for line in lines)
    if len(indents) == 1:
        return None
    least = min(indents)
    begins = [line.indent == least for line in lines if line.signs.start > 1]
    if not begins or sum(begins) < _LEAST_WHOLE * len(begins):
        return None
    return least


def _is_ordered(lines: Sequence[_Line]) -> bool:
    """Whether the list is in the order of the alphabet."""
    letters = [_initial(line.text) for line in lines if line.signs.start > 1]
    pairs = list(zip(letters, letters[1:], strict=False))
    ordered = sum(first <= second for first, second in pairs)
    return len(pairs) > _NEAR and ordered >= _ORDERED * len(pairs)


def _initial(text: str) -> str:
    letter = _LETTER.search(text)
    return letter[0].casefold() if letter else ""


def _order(last: str, text: str) -> float:
    """Whether a line may follow the last reference in the alphabet."""
    first, second = _initial(last), _initial(text)
    if not first or not second or not text[:1].isalpha():
        return 0.0
    steps = ord(second) - ord(first)
    return 0.5 if 0 <= steps <= _NEAR else -1.0


def _each_alone(lines: Sequence[_Line]) -> bool:
    """Whether each line is a reference by itself."""
    whole = sum(line.signs.dated and line.ended for line in lines)
    return whole >= _LEAST_WHOLE * len(lines)
