"""Names of conferences and their proceedings (comparison.md B105).

The same meeting is cited with or without "Proceedings of the", its number, its year
and its acronym, whichever the registry has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lupusrefs.compare.abbreviations import Tokens, align, content
from lupusrefs.compare.container_names import ContainerName
from lupusrefs.compare.container_words import COMMON

_MEETINGS: Final = frozenset(
    """
    colloquium conf conference congress meeting symp symposium workshop workshops
    """.split()  # noqa: SIM905 - a list of words
)
_IN_FRONT: Final = frozenset(
    "in proc procs proceeding proceedings of the annual".split()  # noqa: SIM905 - a list of words
)
_NUMBER: Final = re.compile(
    r"(?:1[89]|20)\d\d|\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)"
    r"teenth|(?:twen|thir|for|fif)tieth"
)
# "(CVPR)", "(ISCE 2010)", and behind a dash "KDD '16", "ECCV 2014".
_CODE: Final = r"(?P<code>[A-Z][A-Za-z@&-]*[A-Z@][A-Za-z]*)"
_IN_BRACKETS: Final = re.compile(rf"[(\[]\s*{_CODE}(?:\W*\d{{2,4}})?\s*[)\]]")
_BEHIND_DASH: Final = re.compile(
    rf"(?:\s[-\u2010-\u2015]|[\u2013\u2014])\s*{_CODE}\W*\d{{2,4}}\s*\Z"
)
_LETTERS: Final = re.compile("[^a-z]+")
_SEVERAL: Final = 2  # words that say which conference it is


@lru_cache(maxsize=4096)
def own_codes(text: str) -> frozenset[str]:
    """The acronyms that a name gives for itself, in small letters.

    >>> sorted(own_codes("2016 IEEE Conference on Computer Vision (CVPR)"))
    ['cvpr']
    """
    found = (*_IN_BRACKETS.finditer(text), *_BEHIND_DASH.finditer(text))
    return frozenset(_LETTERS.sub("", match["code"].lower()) for match in found)


def is_same_meeting(one: ContainerName, other: ContainerName) -> bool:
    """Whether two names are of one conference but for number, year and acronym."""
    mine, theirs = _cores(one), _cores(other)
    for core in mine:
        for beside in theirs:
            if _is_telling(core) and align(core, beside).complete:
                return True
    return _is_own_code(mine, other.text) or _is_own_code(theirs, one.text)


def says_little(name: ContainerName) -> bool:
    """Whether a registered name says of what meeting it is not: it was cut.

    BERT's record has "Proceedings of the 2019 Conference of the North".
    """
    if _MEETINGS.isdisjoint(name.tokens):
        return False
    return sum(word not in COMMON for word in content(_core(name.plain))) < _SEVERAL


def _cores(name: ContainerName) -> tuple[Tokens, ...]:
    """What is left of a name without number and year, and of what is before a dash."""
    head = name.head if name.head and _BEHIND_DASH.search(name.text) else None
    cores = (_core(name.plain), *((_core(head),) if head else ()))
    return tuple(core for core in cores if core)


def _core(tokens: Tokens) -> Tokens:
    left = [token for token in tokens if not _NUMBER.fullmatch(token)]
    while left and left[0] in _IN_FRONT:
        left.pop(0)
    return tuple(left)


def _is_telling(core: Tokens) -> bool:
    is_meeting = not _MEETINGS.isdisjoint(core)
    return is_meeting and any(word not in COMMON for word in content(core))


def _is_own_code(cores: tuple[Tokens, ...], text: str) -> bool:
    """Whether all that is left is the acronym that the other name has."""
    return any("".join(core) in own_codes(text) for core in cores if len(core) == 1)
