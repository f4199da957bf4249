"""The members of a list or mapping: which go, which come, and between what.

In brackets or braces (``Flow``) members stand between separators; in the blocks of YAML
(``Block``) each has lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from lupusrefs.formats.append.place import LINE_END, line_start
from lupusrefs.formats.mend.cannot import CannotMend
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

_SEPARATOR: Final = re.compile(r"\s*,\s*")
# What may stand before a member in its own line: of a mapping, and of a list.
_INDENT: Final = re.compile(r"[ \t]*")
_DASH: Final = re.compile(r"[ \t]*-[ \t]+")


class Members(Protocol):
    """What becomes of the members of one list or mapping."""

    def remove(self, place: int) -> None:
        """Take a member out."""

    def insert(self, after: int, text: str) -> None:
        """Put one in behind another one; behind -1 is before the first."""

    def edits(self) -> list[Edit]:
        """All of it."""
        ...


class Flow:
    """Members in brackets or braces.

    Args:
        text: the file.
        span: the list or mapping, brackets included.
        spans: where its members begin and end.
    """

    def __init__(self, text: str, span: Span, spans: Sequence[Span]) -> None:
        self._text = text
        self._span = span
        self._spans = spans
        self._removed: set[int] = set()
        self._inserted: list[tuple[int, str]] = []

    def remove(self, place: int) -> None:
        """Take a member out."""
        self._removed.add(place)

    def insert(self, after: int, text: str) -> None:
        """Put one in."""
        self._inserted.append((after, text))

    @property
    def _separator(self) -> str:
        """What stands between two members."""
        if len(self._spans) > 1:
            found = self._text[self._spans[0].end : self._spans[1].start]
            if _SEPARATOR.fullmatch(found):
                return found
        if self._spans:
            lead = self._text[self._span.start + 1 : self._spans[0].start]
            if LINE_END.search(lead) and not lead.strip():
                return f",{lead}"
        return ", "

    def edits(self) -> list[Edit]:
        """All of it."""
        if len(self._removed) == len(self._spans):
            inner = ", ".join(text for _, text in self._inserted)
            return [Edit(Span(self._span.start + 1, self._span.end - 1), inner)]
        first = next(i for i in range(len(self._spans)) if i not in self._removed)
        edits = [Edit(self._gone(place, first), "") for place in sorted(self._removed)]
        for after, text in self._inserted:
            if after < first:
                start = self._spans[first].start
                edits.append(Edit(Span(start, start), text + self._separator))
            else:
                end = self._spans[after].end
                edits.append(Edit(Span(end, end), self._separator + text))
        return edits

    def _gone(self, place: int, first: int) -> Span:
        if place > first:
            return Span(self._spans[place - 1].end, self._spans[place].end)
        return Span(self._spans[place].start, self._spans[place + 1].start)


class Block:
    """Members of a YAML block, one below the other.

    Args:
        text: the file.
        spans: where they begin, behind the dash of a list, and where their text ends.
        newline: the file's line end.
        is_list: whether each has a dash.
    """

    def __init__(
        self, text: str, spans: Sequence[Span], newline: str, *, is_list: bool
    ) -> None:
        self._text = text
        self._spans = spans
        self._lead = _DASH if is_list else _INDENT
        self._newline = newline
        self._removed: set[int] = set()
        self._inserted: list[tuple[int, str]] = []

    def remove(self, place: int) -> None:
        """Take a member out."""
        self._removed.add(place)

    def insert(self, after: int, text: str) -> None:
        """Put one in: whole lines with line feeds, indented."""
        self._inserted.append((after, text))

    def edits(self) -> list[Edit]:
        """All of it.

        Raises:
            CannotMend: nothing would be left.
        """
        first = next(
            (i for i in range(len(self._spans)) if i not in self._removed), None
        )
        if first is None:
            raise CannotMend("nothing would be left of it")
        edits = self._removals(first)
        for after, text in self._inserted:
            place = after
            while place >= 0 and place in self._removed:
                place -= 1
            edits.append(self._insertion(place, text))
        return edits

    def _removals(self, first: int) -> list[Edit]:
        text, spans = self._text, self._spans
        edits: list[Edit] = []
        # The first one may stand in the line of a dash, which stays.
        if first > 0 and not self._has_line(0):
            edits.append(Edit(Span(spans[0].start, spans[first].start), ""))
            rest = [place for place in self._removed if place > first]
        else:
            rest = list(self._removed)
        for place in sorted(rest):
            begin = line_start(text, spans[place].start)
            edits.append(Edit(Span(begin, self._next_line(spans[place].end)), ""))
        return edits

    def _insertion(self, after: int, lines: str) -> Edit:
        text = self._text
        if after < 0:
            at = line_start(text, self._spans[0].start)
            if not self._has_line(0):
                raise CannotMend("there is no line of its own for it")
        else:
            at = self._next_line(self._spans[after].end)
        if at and text[at - 1] not in "\r\n":
            lines = "\n" + lines.removesuffix("\n")
        return Edit(Span(at, at), lines.replace("\n", self._newline))

    def _has_line(self, place: int) -> bool:
        """Whether a member begins a line, but for its dash."""
        start = self._spans[place].start
        begin = line_start(self._text, start)
        return self._lead.fullmatch(self._text, begin, start) is not None

    def _next_line(self, index: int) -> int:
        match = LINE_END.search(self._text, index)
        return match.end() if match else len(self._text)
