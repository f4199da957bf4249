"""Where in a reference list one reference ends and the next begins.

A list numbers its references or marks them by bullets; or it parts them by blank
lines; or each begins with a name, and only sense tells where.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from lupusrefs.documents.reference_list.heads import LABEL, label_of
from lupusrefs.documents.reference_list.signs import LineSigns, signs

_SKIPPED_NUMBERS: Final = 3  # a number may be lost where the page was bad
_LEAST_LABELS: Final = 0.5  # of the lines that look like beginnings
_LEAST_WHOLE: Final = 0.8  # of the paragraphs: each is a reference by itself
_BEGINS: Final = 2.5  # how much speaks for a beginning, that it is taken for one
_STRAY: Final = 0.15  # of the lines: so many may break a rule
_NEARLY_ALL: Final = 0.85
_MOSTLY: Final = 0.6
_ROOM: Final = ((0.8, 2.0), (0.93, 1.0))  # how much a line is filled, what that says
_NEAR: Final = 4  # letters of the alphabet between neighbours in a list
_ORDERED: Final = 0.8

_ENDED: Final = re.compile(
    r"[.][\"”“»’)\]]?\s*\Z|[\d)\]>]\s*\Z|(?:https?://|www\.)\S+\s*\Z|[fF]{1,2}\.?\s*\Z"
)
_UNFINISHED: Final = re.compile(
    r"[-–—,;:&/(\u00ad]\s*\Z|\b(?:and|und|et|y|of|der|die|das|the|for|für|in|In|von|zur?"
    r"|[Vv]ol\.|[Nn]o\.|Nr\.|[Bb]d\.|[Ss]\.|pp?\.|[Hh]rsg\.|[Ee]ds?\.|[A-Z]\."
    r"|(?:Phys|Rev|Lett|Chem|Stat|Math|Proc|Trans|Univ|Int|Sci|Med|Am|Soc|Bull|Acad|Ann"
    r"|Appl|Theor|Nucl|Trad|Dept|Aufl|Conf|Symp)\.)\s*\Z"
)
_INSIDE: Final = re.compile(
    r"[a-z(\d,.;:&)\]]|In:|in:|[Hh]rsg\b|[Ee]ds?\b|Verlag\b|doi\b"
)
_BODY: Final = re.compile(r"[^\W\d_][^(\d]{2,80}[(.,]? ?\(?(?:1[5-9]|20)\d\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
# What follows a place, not a name: "Cambridge, MA: MIT Press", "London, Sage."
_PLACE: Final = re.compile(
    r"[^,.:]{2,40}, (?:[A-Z]{2}|[DN]\. ?[CHJY]\.|U\. ?[KS]\.|Mass\.|Calif\.)(?::|\Z)"
    r"|[^,.:]{2,40}, [A-Z][\w& ]{2,20}\.\Z"
)


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
        return _ENDED.search(self.text) is not None and not self.unfinished

    @property
    def unfinished(self) -> bool:
        """Whether a reference cannot be over behind it."""
        return _UNFINISHED.search(self.text) is not None

    @property
    def start(self) -> float:
        """How much it begins with a name that is no place."""
        return 0.0 if self.is_place else self.signs.start

    @property
    def is_place(self) -> bool:
        """Whether it begins with a place of publication."""
        return _PLACE.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Start:
    """Where a reference begins.

    Attributes:
        line: the index of its first line.
        label: its number or bullet, with the blanks behind it; empty without one.
    """

    line: int
    label: str = ""


def entry_starts(lines: Sequence[EntryLine]) -> list[Start]:
    """The beginnings of the references of a list."""
    read = [_read(line) for line in lines]
    if not read:
        return []
    if (labelled := _labelled(read)) is not None:
        return labelled
    starts = _paragraphs(read) or _margin(read) or _named(read)
    return [Start(index, label_of(read[index].text)) for index in starts]


def _read(line: EntryLine) -> _Line:
    bare = line.text.strip()
    head = line.text[: len(line.text) - len(line.text.lstrip())]
    return _Line(bare, line.after_blank, len(head.expandtabs(4)), signs(bare))


# --- numbers and bullets --------------------------------------------------------


def _labelled(lines: Sequence[_Line]) -> list[Start] | None:
    """The lines with a label, where the list has labels."""
    labels = [LABEL.match(line.text) for line in lines]
    kinds = [_kind(label) for label in labels]
    kind = kinds[0] or _commonest(kinds)
    if kind is None:
        return None
    found = [
        (index, label)
        for index, (label, one) in enumerate(zip(labels, kinds, strict=True))
        if one == kind and label is not None
    ]
    if kind in _COUNTED:
        found = _in_sequence(lines, found)
    starts = [Start(index, label[0]) for index, label in found]
    if len(starts) < _LEAST_LABELS * (len(starts) + _unlabelled(lines, starts)):
        return None
    # What stands before the first label is a reference whose label was lost.
    return starts if starts[0].line == 0 else [Start(0), *starts]


def _unlabelled(lines: Sequence[_Line], starts: Sequence[Start]) -> int:
    """How many other lines look like the beginning of a reference."""
    labelled = {start.line for start in starts}
    return sum(
        line.signs.start > 0 and index not in labelled and lines[index - 1].ended
        for index, line in enumerate(lines)
        if index
    )


_COUNTED: Final = frozenset({"[]", "()", "."})


def _kind(label: re.Match[str] | None) -> str | None:
    """What kind of label a line has."""
    if label is None:
        return None
    if label["bullet"]:
        return label["bullet"] if label.end() < len(label.string) else None
    if label["number"]:
        return "."
    if label["round"]:
        return "()"
    if label["bibitem"] is not None:
        return "bibitem"
    return "[]" if (label["key"] or "").isdigit() else "[key]"


def _commonest(kinds: Sequence[str | None]) -> str | None:
    counts = Counter(kind for kind in kinds if kind)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


_Labels: TypeAlias = list[tuple[int, "re.Match[str]"]]


def _in_sequence(lines: Sequence[_Line], found: _Labels) -> _Labels:
    """Those of the numbered lines whose number goes on from the last one.

    "2. Aufl." may begin a line too; but what follows a number of the list begins as
    a reference does, unless the number is just the next one.
    """
    kept: _Labels = []
    last = 0
    for index, label in found:
        number = int(label["key"] or label["round"] or label["number"])
        begins = bool(label_of(lines[index].text))
        is_next = number == last + 1
        goes_on = begins and last < number <= last + _SKIPPED_NUMBERS
        anew = begins and (not kept or (number == 1 and lines[index].after_blank))
        if is_next or goes_on or anew:
            kept.append((index, label))
            last = number
    return kept


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


# --- indents ---------------------------------------------------------------------


def _margin(lines: Sequence[_Line]) -> list[int] | None:
    """The lines at the margin, where the others hang behind them."""
    least = min(line.indent for line in lines)
    outer = [index for index, line in enumerate(lines) if line.indent == least]
    inner = [line for line in lines if line.indent > least]
    if not inner or outer[0] != 0:
        return None
    inside = sum(_is_inside(lines, index) for index in outer[1:])
    hanging = sum(_INSIDE.match(line.text) is not None for line in inner)
    return outer if hanging and inside <= _STRAY * len(outer) else None


def _is_inside(lines: Sequence[_Line], index: int) -> bool:
    """Whether a line goes on with the one before."""
    line, before = lines[index], lines[index - 1]
    return before.unfinished or line.is_place or _INSIDE.match(line.text) is not None


# --- names ----------------------------------------------------------------------


def _named(lines: Sequence[_Line]) -> list[int]:
    """The lines with which a reference begins, as far as sense tells."""
    starts = _likely(lines, nameless=0.0)
    named = sum(lines[index].start > 0 for index in starts)
    # In the order of the alphabet by names, what has none is the middle of one.
    if named >= _NEARLY_ALL * len(starts) and _is_ordered(lines):
        return _likely(lines, nameless=-0.6)
    return starts


def _likely(lines: Sequence[_Line], nameless: float) -> list[int]:
    """The lines of which more than enough says that a reference begins.

    Args:
        lines: the lines of the list.
        nameless: what it says of a line that it does not begin with a name.
    """
    is_ordered = _is_ordered(lines)
    each_alone = _each_alone(lines)
    width = max(len(line.text) for line in lines)
    starts, dated = [0], lines[0].signs.dated
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        score = _score(line, before) + _room(line, before, width)
        if each_alone and not _INSIDE.match(line.text):
            score += 2.0
        elif not dated:
            score -= 1.0
        if not line.start:
            score += nameless
        if is_ordered:
            score += _order(lines[starts[-1]].text, line.text)
        if score >= _BEGINS:
            starts.append(index)
            dated = False
        dated = dated or line.signs.dated
    return starts


def _score(line: _Line, before: _Line) -> float:
    """What speaks for a new reference in a line, by itself and the one before."""
    score = line.start
    if line.is_place:
        score = -1.0
    elif not score and before.ended and _BODY.match(line.text):
        score = 2.0
    elif _INSIDE.match(line.text) and not score:
        score -= 3.0
    if before.ended:
        score += 1.0
    elif before.unfinished:
        score -= 2.0
    return score + (1.5 if line.after_blank else 0.0)


def _room(line: _Line, before: _Line, width: int) -> float:
    """Whether the line before was ended though a word more had room in it."""
    if _INSIDE.match(line.text) or line.is_place:
        return 0.0
    filled = (len(before.text) + 1 + len(line.text.split(maxsplit=1)[0])) / width
    return next((score for most, score in _ROOM if filled < most), 0.0)


def _is_ordered(lines: Sequence[_Line]) -> bool:
    """Whether the list is in the order of the alphabet."""
    letters = [_initial(line.text) for line in lines if line.start > 1]
    pairs = list(pairwise(letters))
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
    inside = sum(_is_inside(lines, index) for index in range(1, len(lines)))
    dated = sum(line.signs.dated for line in lines)
    return inside <= _STRAY * len(lines) and dated >= _MOSTLY * len(lines)
