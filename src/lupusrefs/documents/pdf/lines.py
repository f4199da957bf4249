"""Words of one column -> its lines, from top to bottom."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from lupusrefs.documents.pdf.words import Word

# In parts of the size of the font.
_SAME_BASELINE: Final = 0.12
_BLANK: Final = 0.14
_PARTED: Final = -0.1  # where the file has a blank, too
# An exponent or an index is smaller than its line, and stands so far from it at most.
_SMALLER: Final = 0.92
_ABOVE: Final = 0.85
_BELOW: Final = 0.35
_BESIDE: Final = 1.0
_FEW_LETTERS: Final = 3
_MOVED: Final = 0.35
_OVERLAP: Final = 0.35


@dataclass(slots=True)
class Line:
    """A line of a column.

    Attributes:
        words: from left to right.
        baseline: of most of it.
        size: the size of most of its letters.
        left: where it begins.
        right: where it ends.
    """

    words: list[Word]
    baseline: float = field(init=False)
    size: float = field(init=False)
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.glyphs)
        self.size = max(sizes, key=sizes.__getitem__)
        self.baseline = next(
            word.baseline for word in self.words if word.size == self.size
        )
        self.left = min(word.left for word in self.words)
        self.right = max(word.right for word in self.words)

    def take(self, word: Word) -> None:
        """Add an exponent or an index."""
        self.words.append(word)
        self.left = min(self.left, word.left)
        self.right = max(self.right, word.right)

    def has_room_for(self, word: Word) -> bool:
        """Whether the word is an exponent or an index of it, or letters moved in it."""
        size = self.size
        lift = word.middle - self.baseline
        if word.size > _SMALLER * size:  # the E of TeX
            return (
                len(word.glyphs) <= _FEW_LETTERS
                and abs(word.baseline - self.baseline) <= _MOVED * size
                and self.left < word.left
                and word.right < self.right
                and all(
                    other.right - word.left < _OVERLAP * size
                    or word.right - other.left < _OVERLAP * size
                    for other in self.words
                )
            )
        return (
            -_BELOW * size <= lift <= _ABOVE * size
            and self.left - _BESIDE * size <= word.left
            and word.right <= self.right + _BESIDE * size * max(1, len(word.glyphs) / 2)
        )

    @property
    def middle(self) -> float:
        """About the middle of its small letters."""
        return self.baseline + self.size / 4

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(text for text, _ in self.pieces())

    def pieces(self) -> Iterator[tuple[str, Word | None]]:
        """Its words and the blanks between them, in order."""
        yield self.words[0].text, self.words[0]
        for before, word in pairwise(self.words):
            is_parted = word.is_parted and word.number == before.number + 1
            least = _PARTED if is_parted else _BLANK
            if word.left - before.right > least * min(before.size, word.size):
                yield " ", None
            yield word.text, word


def lines(words: Iterable[Word]) -> list[Line]:
    """The lines of the words of one column, from top to bottom."""
    found: list[Line] = []  # their baselines rising
    # What has the most letters is a line; what has few may be its exponents.
    for row in sorted(rows(words), key=_weight, reverse=True):
        own = []
        for word in row:
            host = _host(word, found)
            if host is None:
                own.append(word)
            else:
                host.take(word)
        if own:
            insort(found, Line(own), key=_baseline)
    for line in found:
        line.words.sort(key=_left)
    return found[::-1]


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """The words in rows of equal baselines, from top to bottom."""
    found: list[list[Word]] = []
    for word in sorted(words, key=_baseline, reverse=True):
        if found:
            last = found[-1][-1]
            if last.baseline - word.baseline <= _SAME_BASELINE * min(
                last.size, word.size
            ):
                found[-1].append(word)
                continue
        found.append([word])
    return found


def common_size(words: Sequence[Word]) -> float:
    """The size of the letters of most words."""
    return median(word.size for word in words)


def _host(word: Word, found: Sequence[Line]) -> Line | None:
    """The line that the word is an exponent or an index of."""
    at = bisect_left(found, word.baseline, key=_baseline)
    near = [line for line in found[max(at - 2, 0) : at + 2] if line.has_room_for(word)]
    return min(near, key=lambda line: abs(line.baseline - word.baseline), default=None)


def _weight(row: Iterable[Word]) -> int:
    return sum(len(word.glyphs) for word in row)


def _baseline(one: Word | Line) -> float:
    return one.baseline


def _left(word: Word) -> float:
    return word.left
