"""A cited and a registered text, the words that differ marked in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from lupusrefs.compare.text import fold
from lupusrefs.reports.citation import printable

_WORD: Final = re.compile(r"[^\W_]+")
# Words of each side that are aligned, for the effort grows with the product; and
# characters that are looked at and shown.
_MOST_WORDS: Final = 200
_MOST_CHARACTERS: Final = 2_000
# An equal stretch keeps so many characters at each end.
_CONTEXT: Final = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that the other side has, or has not."""

    text: str
    differs: bool = False


Pieces = tuple[Piece, ...]
_Run = tuple[int, int]


def marked(cited: str, registered: str) -> tuple[Pieces, Pieces]:
    """Both texts in one line, cut into what they share and what they do not.

    Case, accents and punctuation are not marked unless nothing else differs. Where the
    texts share no word, neither has marks: all of it differs, which one sees.
    """
    left, right = one_line(cited), one_line(registered)
    if left == right or not left or not right:
        return _whole(left), _whole(right)
    for form in (fold, str):
        sides = _aligned(left, right, form)
        if sides is not None:
            return sides
    return _whole(left), _whole(right)


def one_line(text: str) -> str:
    """The text without line breaks and without what could steer a terminal."""
    text = " ".join(text[: 2 * _MOST_CHARACTERS].split())
    if not text.isprintable():
        text = printable(text)
    if len(text) > _MOST_CHARACTERS:
        return text[:_MOST_CHARACTERS] + "…"
    return text


def shortened(pieces: Iterable[Piece]) -> Pieces:
    """The same with long stretches that both sides share left out."""
    found = tuple(pieces)
    if len(found) == 1:
        return found
    last = len(found) - 1
    return tuple(
        Piece(_ends(piece.text, head=number > 0, tail=number < last), piece.differs)
        for number, piece in enumerate(found)
    )


def _ends(text: str, *, head: bool, tail: bool) -> str:
    if len(text) <= 3 * _CONTEXT:
        return text
    # At least one end borders on a difference, for there are other pieces.
    start = text[:_CONTEXT].rsplit(" ", 1)[0] + " " if head else ""
    end = " " + text[-_CONTEXT:].split(" ", 1)[-1] if tail else ""
    return f"{start}…{end}"


def _whole(text: str) -> Pieces:
    return (Piece(text),) if text else ()


def _aligned(
    left: str, right: str, form: Callable[[str], str]
) -> tuple[Pieces, Pieces] | None:
    """The pieces of both; None if no word is the same, or every word is."""
    ours = list(_WORD.finditer(left))[:_MOST_WORDS]
    theirs = list(_WORD.finditer(right))[:_MOST_WORDS]
    our_forms = [form(word[0]) for word in ours]
    their_forms = [form(word[0]) for word in theirs]
    matcher = SequenceMatcher(None, our_forms, their_forms, autojunk=False)
    codes = matcher.get_opcodes()
    if len(codes) == 1:
        return None
    ours_unlike: list[_Run] = []
    theirs_unlike: list[_Run] = []
    for code, i, j, k, m in codes:
        if code == "replace" and j - i == m - k:
            # An initial is no difference, though it is not the same word.
            pairs = zip(range(i, j), range(k, m), strict=True)
            unlike = [
                pair
                for pair in pairs
                if not _is_initial(our_forms[pair[0]], their_forms[pair[1]])
            ]
            ours_unlike += [(word, word + 1) for word, _ in unlike]
            theirs_unlike += [(word, word + 1) for _, word in unlike]
        elif code != "equal":
            ours_unlike.append((i, j))
            theirs_unlike.append((k, m))
    return tuple(_cut(left, ours, ours_unlike)), tuple(
        _cut(right, theirs, theirs_unlike)
    )


def _is_initial(word: str, other: str) -> bool:
    return (
        min(len(word), len(other)) == 1 and word[0] == other[0] and not word.isdecimal()
    )


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs that follow one another as one."""
    joined: list[_Run] = []
    for first, behind in runs:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], behind)
        else:
            joined.append((first, behind))
    return joined


def _cut(text: str, words: list[re.Match[str]], runs: list[_Run]) -> Iterator[Piece]:
    position = 0
    for first, behind in _joined(runs):
        if first == behind:
            continue
        start, end = words[first].start(), words[behind - 1].end()
        if start > position:
            yield Piece(text[position:start])
        yield Piece(text[start:end], differs=True)
        position = end
    if position < len(text):
        yield Piece(text[position:])
