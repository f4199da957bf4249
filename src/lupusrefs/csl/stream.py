"""What a style's elements emit: strings, and marks between them.

An entry is rendered into one flat list of tokens. Formatting, quotation marks and
places that are looked up later (the names of a cite, its year suffix) are marks around
strings; :mod:`lupusrefs.csl.punctuation` settles what meets at the seams, and makes a
tree of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from lupusrefs.csl.output.tree import Tag


class Kind(Enum):
    """What a mark is for."""

    OPEN = auto()
    CLOSE = auto()
    LINK_OPEN = auto()
    LINK_CLOSE = auto()
    QUOTE_OPEN = auto()
    QUOTE_CLOSE = auto()
    SINGLE_OPEN = auto()
    SINGLE_CLOSE = auto()
    JOIN = auto()
    LIST_OPEN = auto()
    LIST_CLOSE = auto()
    NOCASE_OPEN = auto()
    NOCASE_CLOSE = auto()
    NAMES_OPEN = auto()
    NAMES_CLOSE = auto()
    NAME_OPEN = auto()
    NAME_CLOSE = auto()
    SUFFIX_OPEN = auto()
    SUFFIX_CLOSE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A mark between strings.

    Attributes:
        kind: what it is for.
        tag: of a formatting that opens or closes.
        href: of a link that opens.
        is_place: it only says where something stands, and leaves no trace.
    """

    kind: Kind
    tag: Tag | None = None
    href: str = ""
    is_place: bool = False


Token = str | Mark

OPEN: Final = {tag: Mark(Kind.OPEN, tag) for tag in Tag}
CLOSE: Final = {tag: Mark(Kind.CLOSE, tag) for tag in Tag}
LINK_CLOSE: Final = Mark(Kind.LINK_CLOSE)
QUOTE_OPEN: Final = Mark(Kind.QUOTE_OPEN)
QUOTE_CLOSE: Final = Mark(Kind.QUOTE_CLOSE)
# Of text that is in single quotation marks.
SINGLE_OPEN: Final = Mark(Kind.SINGLE_OPEN)
SINGLE_CLOSE: Final = Mark(Kind.SINGLE_CLOSE)
# What comes next is of the same value as what was before: they do not meet.
JOIN: Final = Mark(Kind.JOIN)
NOCASE_OPEN: Final = Mark(Kind.NOCASE_OPEN, is_place=True)
NOCASE_CLOSE: Final = Mark(Kind.NOCASE_CLOSE, is_place=True)
# Around all that stands for the authors; around each single name.
NAMES_OPEN: Final = Mark(Kind.NAMES_OPEN, is_place=True)
NAMES_CLOSE: Final = Mark(Kind.NAMES_CLOSE, is_place=True)
# Around the names of one list, "et al." included.
LIST_OPEN: Final = Mark(Kind.LIST_OPEN, is_place=True)
LIST_CLOSE: Final = Mark(Kind.LIST_CLOSE, is_place=True)
NAME_OPEN: Final = Mark(Kind.NAME_OPEN, is_place=True)
NAME_CLOSE: Final = Mark(Kind.NAME_CLOSE, is_place=True)
# Around a year suffix.
SUFFIX_OPEN: Final = Mark(Kind.SUFFIX_OPEN, is_place=True)
SUFFIX_CLOSE: Final = Mark(Kind.SUFFIX_CLOSE, is_place=True)


def plain(tokens: list[Token]) -> str:
    """The strings alone."""
    return "".join([token for token in tokens if token.__class__ is str])


def span(
    tokens: Sequence[Token], opening: Token, closing: Token, start: int, end: int
) -> tuple[int, int] | None:
    """The indices of the first opening mark and of the one that closes it."""
    depth = first = 0
    for index in range(start, end):
        if tokens[index] is opening:
            first = index if not depth else first
            depth += 1
        elif tokens[index] is closing and depth:
            depth -= 1
            if not depth:
                return first, index
    return None
