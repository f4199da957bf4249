"""What the model is told of every word of a reference.

A feature is a short text. Here is what depends on a word's place: its neighbours, the
punctuation around it, and what has gone before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lupusrefs.freetext.marks import Marks, gap_shape
from lupusrefs.freetext.tokens import Token
from lupusrefs.freetext.words import EDGE, Word, word

_FAR: Final = 12  # words from either end that are counted one by one
_FARTHER: Final = 20
_SIZES: Final = 6  # classes of length
_AT_HEAD: Final = 2  # words that are told the length
_MANY: Final = 4  # numbers that are counted
_FEW: Final = 2  # quotations that are counted
_QUOTES: Final = frozenset('"“”«»')


def features(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """The features of each word of a reference."""
    if not tokens:
        return []
    gaps = [
        text[: tokens[0].start],
        *(text[left.end : right.start] for left, right in pairwise(tokens)),
        text[tokens[-1].end :],
    ]
    shapes = [gap_shape(gap) for gap in gaps]
    words = [word(token.text, token.kind) for token in tokens]
    rows = _around(words, shapes)
    for row, before in zip(rows, _memory(words, gaps), strict=True):
        row.extend(before)
    return rows


def _around(words: Sequence[Word], gaps: Sequence[str]) -> list[list[str]]:
    """A word, its neighbours, the punctuation around it, and its place."""
    count = len(words)
    size = f"size={min(count // _SIZES, _SIZES)}"
    padded = [EDGE, EDGE, *words, EDGE, EDGE]
    rows: list[list[str]] = []
    for at in range(count):
        two_before, before, here, after, two_after = padded[at : at + 5]
        left, right, shape = gaps[at], gaps[at + 1], here.shape
        far_left = gaps[at - 1] if at else "^"
        far_right = gaps[at + 2] if at + 2 <= count else "$"
        rows.append(
            [
                *here.own,
                *before.of_previous,
                *after.of_next,
                "b",
                f"l={left}",
                f"r={right}",
                f"lsr={left}|{shape}|{right}",
                f"ls-={before.shape}|{left}|{shape}",
                f"sr+={shape}|{right}|{after.shape}",
                f"--s={two_before.shape}|{before.shape}",
                f"++s={after.shape}|{two_after.shape}",
                f"-c-={two_before.classes}|{before.classes}|{here.classes}",
                f"+c+={here.classes}|{after.classes}|{two_after.classes}",
                f"x={left}|{shape}|{right}|{after.shape}|{far_right}",
                f"-l={far_left}|{left}",
                f"+r={right}|{far_right}",
                f"at={at if at < _FAR else min(_FAR + at // 8, _FARTHER)}",
                f"to={min(count - at, _FAR)}",
            ]
        )
    for row in rows[:_AT_HEAD]:
        row.append(size)
    return rows


def _memory(words: Sequence[Word], gaps: Sequence[str]) -> list[list[str]]:
    """What has gone before each word: years, quotations, words that announce."""
    years = [at for at, here in enumerate(words) if here.is_year]
    has_quotes = "q" if any(char in _QUOTES for gap in gaps for char in gap) else ""
    marks = Marks()
    seen: set[str] = set()
    numbers = 0
    rows: list[list[str]] = []
    for at, here in enumerate(words):
        marks.read(gaps[at])
        shape = here.shape
        place = _among(years, at)
        quote = f"{marks.quoted}{min(marks.quotes_seen, _FEW)}{has_quotes}"
        rows.append(
            [
                f"yr={place}",
                f"qu={quote}",
                f"br={marks.bracket}|{shape}",
                f"st={place}|{quote}",
                f"me={''.join(sorted(seen))}",
                f"nu={min(numbers, _MANY)}|{shape}",
            ]
        )
        if here.classes or shape == "aa":
            seen |= _announced(here, gaps[at + 1])
        if here.is_number and "year" not in shape:
            numbers += 1
    return rows


def _announced(here: Word, gap: str) -> set[str]:
    """What a word says of those that follow."""
    found: set[str] = set()
    if "in" in here.classes and (here.shape[0] == "A" or ":" in gap):
        found.add("i")
    if "vol" in here.classes or "iss" in here.classes:
        found.add("v")
    if "eds" in here.classes:
        found.add("e")
    if here.shape == "aa" and "par" not in here.classes:
        found.add("l")
    return found


def _among(years: Sequence[int], at: int) -> str:
    """Where a word stands among the years of a reference."""
    if not years:
        return "none"
    first, last = years[0], years[-1]
    if at == first:
        return "only" if first == last else "first"
    if at == last:
        return "last"
    return "before" if at < first else "after" if at > last else "amid"
