"""Lines of all pages -> the text of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from lupusrefs.documents.pdf.hyphens import Hyphenation, word_joint
from lupusrefs.documents.pdf.joints import Joint, address_joint
from lupusrefs.documents.pdf.paragraphs import label_number
from lupusrefs.documents.pdf.text_line import TextLine
from lupusrefs.documents.placed_text import PlacedText, TextBuilder
from lupusrefs.model.location import Location

_OTHER_SIZE: Final = 1.1
_ENDS: Final = (".", "!", "?", ":", ".)", ".]", ".”", '."')
_BROKEN: Final = ("-", "‐", "/", ",")


def assembled(found: Iterable[TextLine]) -> PlacedText:
    """The text: a line for each line, a blank line between paragraphs.

    A word or an address that a line end breaks stands on the first of the two lines,
    every part of it placed where it is on the page.
    """
    lines = list(found)
    hyphenation = Hyphenation.of([line.text for line in lines])
    goes_on = _continuations(lines)
    builder = TextBuilder()
    taken, gap = 0, ""  # characters that went up to the line before; what parts it
    for index, line in enumerate(lines):
        following = lines[index + 1] if goes_on[index] else None
        joint = _joint(line, following, hyphenation) if following else None
        start = _first_letter(line.text, taken)
        end = joint.kept if joint else len(line.text)
        if start < end:
            builder.gap(gap)
            builder.placed(line.text[start:end], _moved(line, start))
            gap = ""
        taken = joint.taken if joint else 0
        if following:
            builder.placed(following.text[:taken], following.place)
        gap = max(gap, "\n" if following else "\n\n")
    return builder.build()


def _first_letter(text: str, start: int) -> int:
    rest = text[start:]
    return start + len(rest) - len(rest.lstrip())


def _moved(line: TextLine, by: int) -> Location:
    return replace(line.place, column=line.place.column + by)


def _joint(
    line: TextLine, following: TextLine, hyphenation: Hyphenation
) -> Joint | None:
    """How a word or an address that is broken between two lines is joined."""
    is_next = following.place.line == line.place.line + 1
    if line.linked and is_next:
        return Joint(len(line.text), line.linked)
    return address_joint(line.text, following.text) or word_joint(
        line.text, following.text, hyphenation
    )


# --- paragraphs that go on -------------------------------------------------------


def _continuations(lines: Sequence[TextLine]) -> list[bool]:
    """For each line whether its paragraph goes on with the next one."""
    found = []
    number: int | None = None  # of the reference that the line is in
    for index, (line, following) in enumerate(pairwise(lines)):
        if not index or line.is_first or line.begins:
            number = label_number(line.text) or number
        if following.is_first:
            after = _next_number(lines, index + 1)
            found.append(_goes_over(line, following, number, after))
        else:
            found.append(not following.begins)
    return [*found, False][: len(lines)]


def _next_number(lines: Sequence[TextLine], index: int) -> int | None:
    """The label of the next paragraph but the one that may begin at a column's top."""
    for at in range(index + 1, len(lines)):
        if lines[at].is_first:
            break
        if lines[at].begins:
            return label_number(lines[at].text)
    return None


def _goes_over(
    line: TextLine, following: TextLine, number: int | None, after: int | None
) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page."""
    sizes = sorted((line.size, following.size))
    if line.turn != following.turn or sizes[1] > _OTHER_SIZE * sizes[0]:
        return False
    if label_number(following.text) is not None:
        return False
    if number is not None and after == number + 1:
        return True
    is_opening = following.beginning.is_opening
    if is_opening is not None:
        return not is_opening
    is_open = line.is_full or line.text.endswith(_BROKEN)
    return is_open and not line.text.endswith(_ENDS)
