"""Words that the end of a line breaks, joined where it is sure that they are one.

The pieces of a DOI or a URL stay as they are: a hyphen there may be its own, and
:func:`lupusrefs.model.doi_text.find_dois` weighs both.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import pairwise
from typing import Final

from lupusrefs.documents.pdf.joints import Joint

_SOFT: Final = "\u00ad"
_LETTER: Final = r"[^\W\d_]"
_HEAD: Final = re.compile(
    rf"(?<=[\s(\[“‘\"'—–])(?P<word>{_LETTER}+(?:[-‐]{_LETTER}+)*)(?P<hyphen>[-‐{_SOFT}])\Z"
)
_REST: Final = re.compile(
    rf"(?P<word>{_LETTER}+)(?:[.,;:!?)\]’'”\"]+(?=\s|\Z)|(?=\s|\Z))"
)
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-‐]{_LETTER}+)*(?![-‐{_SOFT}\w])")
_LONGEST: Final = 64
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


def unbroken_words(lines: Iterable[str]) -> frozenset[str]:
    """The words that no line end breaks, in small letters."""
    found: set[str] = set()
    for before, line in pairwise(("", *lines)):
        words = _WORD.findall(line.casefold())
        found.update(words[before.endswith(("-", "‐", _SOFT)) :])
    return frozenset(found)


def word_joint(line: str, following: str, known: Container[str]) -> Joint | None:
    """How two lines are joined in the middle of a word; None where they are not.

    Args:
        line: the first of them.
        following: the second.
        known: the words that the document has unbroken.
    """
    head = _HEAD.search(line, max(len(line) - _LONGEST, 0))
    rest = _REST.match(following[:_LONGEST])
    if head is None or rest is None:
        return None
    first, last, hyphen = head["word"], rest["word"], head["hyphen"]
    if hyphen != _SOFT and not (first[-1].islower() and last[0].islower()):
        return None
    if hyphen != _SOFT and last.casefold() in _AFTER_ELLIPSIS:
        return None
    keeps = hyphen != _SOFT and _is_compound(first.casefold(), last.casefold(), known)
    return Joint(len(line) - (not keeps), rest.end())


def _is_compound(first: str, last: str, known: Container[str]) -> bool:
    """Whether the hyphen between two parts is there in the middle of a line, too."""
    if f"{first}{last}" in known:
        return False
    are_words = (
        min(len(first), len(last)) >= _WHOLE
        and first not in _PREFIXES
        and first in known
        and last in known
    )
    return (
        f"{first}-{last}" in known or "-" in first or first in _FIRST_PARTS or are_words
    )
