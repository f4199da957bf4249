"""What is no text of a page but repeats on many: running heads and feet, page numbers.

Such a line stands at the same height on several pages, near the edge, and reads the
same but for its numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lupusrefs.documents.pdf.text_line import TextLine

_MARGIN: Final = 0.14  # of the page, at each end
_STEP: Final = 0.005  # of the page: heights are equal that differ by less
_FEW_PAGES: Final = 5
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlc]+\b")
_LETTER: Final = re.compile(r"[^\W\d_]")
_PAGE_NUMBER: Final = re.compile(r"[-–—\[(|]?#(?:[/|–-]#)?[-–—\])|]?")
_SPACES: Final = re.compile(r"\s+")

_Key = tuple[str, int, int]


def without_running_heads(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The lines of each page but its running heads and feet."""
    found: defaultdict[_Key, set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for line in lines:
            if (key := _key(line)) is not None:
                found[key].add(number)
    least = 2 if len(pages) < _FEW_PAGES else 3
    return [list(_without(lines, found, least)) for lines in pages]


def _without(
    lines: Sequence[TextLine], found: Mapping[_Key, set[int]], least: int
) -> Iterator[TextLine]:
    is_first = False  # of its column, when the one before is left out
    heights = sorted(line.height for line in lines)
    for line in lines:
        is_first |= line.is_first
        is_outermost = line.height in (heights[0], heights[-1])
        if not (is_outermost and _is_page_number(line)) and (
            _repetitions(line, found) < least
        ):
            yield replace(line, is_first=is_first)
            is_first = False


def _is_page_number(line: TextLine) -> bool:
    """Whether it is the number of its page, counted from the first one of the file."""
    return _key(line) is not None and (
        line.text.strip("-–—[]()| ") == str(line.place.page)
    )


def _key(line: TextLine) -> _Key | None:
    """What such a line has in common with those of other pages."""
    at_edge = not _MARGIN < line.height < 1 - _MARGIN
    if not at_edge and not line.turn:
        return None
    text = _SPACES.sub("", _NUMBERS.sub("#", line.text.casefold()))
    if not _LETTER.search(text) and not _PAGE_NUMBER.fullmatch(text):
        return None  # figures of a table
    return text, line.turn, round(line.height / _STEP)


def _repetitions(line: TextLine, found: Mapping[_Key, set[int]]) -> int:
    """On how many pages it is, or one like it."""
    key = _key(line)
    if key is None:
        return 0
    text, turn, step = key
    # Where rounding parts what is equal.
    return max(
        len(found[key] | found.get((text, turn, near), set()))
        for near in (step - 1, step + 1)
    )
