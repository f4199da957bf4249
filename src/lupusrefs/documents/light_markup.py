"""What formats of light markup have in common: text that is its source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, Protocol, TypeVar

from lupusrefs.documents.placed_text import TextBuilder
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location, Span

#: An address in running text, with the punctuation behind it.
ADDRESS: Final = r"(?:https?|ftp)://[^\s<>\"`|\\^{}]{1,2000}"
_TRAILING: Final = ".,;:!?'*_\\"
_BRACKETS: Final = ("()", "[]", "{}")


def trimmed_address(address: str) -> str:
    """An address without the punctuation of the sentence behind it.

    >>> trimmed_address("https://doi.org/10.1016/s0140(20)1).")
    'https://doi.org/10.1016/s0140(20)1'
    """
    while True:
        shorter = address.rstrip(_TRAILING)
        for opening, closing in _BRACKETS:
            if shorter.endswith(closing) and (
                shorter.count(closing) > shorter.count(opening)
            ):
                shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that touch or overlap being one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return found


def add_without(
    builder: TextBuilder, source: SourceText, unseen: Sequence[Span], part: Span
) -> None:
    """Add a part of a file without what no reader sees of it.

    Args:
        builder: of the text.
        source: the file.
        unseen: what nobody sees, merged.
        part: the part.
    """
    done = part.start
    first = max(bisect_left(unseen, Span(part.start, part.start)) - 1, 0)
    for span in islice(unseen, first, None):
        if span.start >= part.end:
            break
        builder.verbatim(source, done, span.start)
        done = max(done, span.end)
    builder.verbatim(source, done, part.end)


class _Placed(Protocol):
    """What has a place."""

    @property
    def location(self) -> Location: ...


_T = TypeVar("_T", bound=_Placed)


def between(placed: Sequence[_T], span: Span) -> Sequence[_T]:
    """What begins in a part of a file.

    Args:
        placed: of one file, in its order, with spans.
        span: the part.
    """
    first = bisect_left(placed, span.start, key=_start)
    return placed[first : bisect_left(placed, span.end, lo=first, key=_start)]


def _start(one: _Placed) -> int:
    return one.location.span.start if one.location.span else 0


_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


def line_spans(text: str) -> Iterator[Span]:
    """The lines of a text without their ends, however they end."""
    for match in _LINE.finditer(text):
        if match[0] or match.start() < len(text):
            yield Span(match.start(), match.end() - _ending(match[0]))


def _ending(line: str) -> int:
    return len(line) - len(line.rstrip("\r\n"))
