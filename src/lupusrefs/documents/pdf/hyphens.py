"""Words that the end of a line breaks, joined where it is sure that they are one.

The pieces of a DOI or a URL stay as they are: a hyphen there may be its own, and
:func:`lupusrefs.model.doi_text.find_dois` weighs both.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from lupusrefs.documents.pdf.joints import Joint

_SOFT: Final = "\u00ad"
_LETTER: Final = r"[^\W\d_]"
_HEAD: Final = re.compile(
    rf"(?<=[\s(\[“‘\"'—–])(?P<word>{_LETTER}+(?:[-‐]{_LETTER}+)*)(?P<hyphen>[-‐{_SOFT}])\Z"
)
_REST: Final = re.compile(
    rf"(?P<word>{_LETTER}+)(?:[.,;:!?)\]’'”\"]+(?=\s|\Z)|(?=\s|\Z))"
)
_HYPHENS: Final = ("-", "‐", _SOFT)
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-‐]{_LETTER}+)*(?![-‐{_SOFT}\w])")
_LONGEST: Final = 64
_FEWEST_BROKEN: Final = 2
_LEAST_BROKEN: Final = 0.15  # of the words at line ends are elsewhere unbroken
_WHOLE: Final = 4  # letters: shorter parts are words by chance
# What a typesetter's program breaks off (re-, un-, mini-) is not among them, other than
# in lists that people break: nothing but whole words.
_FIRST_PARTS: Final = frozenset(
    "all cross ever full half high ill long low mid non open quasi self semi short so"  # noqa: SIM905 - a list of words
    " state well wide".split()
)
# "Pre- and postnatal": the hyphen stands for a word.
_AFTER_ELLIPSIS: Final = frozenset(
    {"and", "or", "und", "oder", "et", "ou", "to", "bis"}
)
_PREFIXES: Final = frozenset({"counter", "inter", "over", "super", "trans", "under"})


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """What the words of a document tell of the hyphens at its line ends.

    Attributes:
        known: the words that no line end breaks, in small letters.
        breaks_words: whether its lines were broken within words: some programs do so,
            others break at hyphens that are there anyway.
    """

    known: frozenset[str]
    breaks_words: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphenation:
        """That of some lines, in their order."""
        found: set[str] = set()
        for before, line in pairwise(("", *lines)):
            words = _WORD.findall(line.casefold())
            found.update(words[before.endswith(_HYPHENS) :])
        broken = [
            f"{parts.first}{parts.last}".casefold() in found
            for line, following in pairwise(lines)
            if (parts := _parts(line, following)) is not None
        ]
        known = sum(broken)
        return cls(
            frozenset(found),
            known >= _FEWEST_BROKEN and known >= _LEAST_BROKEN * len(broken),
        )


class _Parts(NamedTuple):
    """A word in two parts, its hyphen, and where in the second line it is over."""

    first: str
    hyphen: str
    last: str
    end: int


def _parts(line: str, following: str) -> _Parts | None:
    """The word that the end of a line parts, if it may be one of prose."""
    if not line.endswith(_HYPHENS):
        return None
    head = _HEAD.search(line, max(len(line) - _LONGEST, 0))
    rest = _REST.match(following[:_LONGEST])
    if head is None or rest is None:
        return None
    first, last, hyphen = head["word"], rest["word"], head["hyphen"]
    if hyphen != _SOFT and (
        not (first[-1].islower() and last[0].islower())
        or last.casefold() in _AFTER_ELLIPSIS
    ):
        return None
    return _Parts(first, hyphen, last, rest.end())


def word_joint(line: str, following: str, hyphenation: Hyphenation) -> Joint | None:
    """How two lines are joined in the middle of a word; None where that is not sure.

    Args:
        line: the first of them.
        following: the second.
        hyphenation: of the document.
    """
    parts = _parts(line, following)
    if parts is None:
        return None
    first, last = parts.first.casefold(), parts.last.casefold()
    known = hyphenation.known
    if parts.hyphen == _SOFT or f"{first}{last}" in known:
        return Joint(len(line) - 1, parts.end)
    if f"{first}-{last}" in known or _is_compound(first, last, known):
        return Joint(len(line), parts.end)
    return Joint(len(line) - 1, parts.end) if hyphenation.breaks_words else None


def _is_compound(first: str, last: str, known: Container[str]) -> bool:
    """Whether a hyphen between two parts is their own, whatever the lines."""
    return (
        "-" in first
        or first in _FIRST_PARTS
        or (
            min(len(first), len(last)) >= _WHOLE
            and first not in _PREFIXES
            and first in known
            and last in known
        )
    )
