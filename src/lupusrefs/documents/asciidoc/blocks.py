"""An AsciiDoc file by its lines: header, comments, code, the list of references.

Source: the AsciiDoc language documentation (docs.asciidoctor.org/asciidoc): "Comments",
"Document Header", "Author Line", "Attribute Entries", "Bibliography", "Delimited
Blocks".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.light_markup import line_spans
from lupusrefs.model.location import Span

_FENCE: Final = re.compile(r"(?P<mark>/{4,}|-{4,}|\.{4,}|\+{4,})[ \t]*|```.*")
_STYLE: Final = re.compile(r"\[(?![\[\]])(?P<style>[^\]]{0,200})\][ \t]*")
_STYLE_NAME: Final = re.compile(r"[\w-]*")
_HEADING: Final = re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<title>\S.*)")
_UNDERLINE: Final = re.compile(r"=+[ \t]*")
_ATTRIBUTE: Final = re.compile(
    r":(?P<name>!?[A-Za-z0-9_][\w-]*!?):(?:[ \t]+(?P<value>.*))?"
)
_ITEM: Final = re.compile(
    r"[ \t]*(?:[*+-]|\*{2,5}|\.{1,5}|\d{1,4}\.)[ \t]+"
    r"(?:\[\[\[(?P<key>[^\[\],\s]{1,200})(?:,[^\[\]]{0,200})?\]\]\][ \t]*)?"
)
_BLOCK_END: Final = re.compile(
    r"\+[ \t]*|={4,}|\*{4,}|_{4,}|--|\|={3,}|\[\[?[^\[].*|\..+"
)


_CODE: Final = frozenset(("source", "listing", "literal", "stem", "latexmath"))
_LONE_LIST: Final = 7  # deeper than any section: a list that has none of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list of references.

    Attributes:
        key: of its anchor; None where it has none.
        start: where it begins.
        lines: its text, line by line.
    """

    key: str | None
    start: int
    lines: tuple[Span, ...]


@dataclass(slots=True)
class Blocks:
    """The blocks of a file.

    Attributes:
        comments: what nobody sees.
        code: what is no text.
        entries: of the list of references.
        attributes: name -> where its value stands; of one name the last.
        title: of the document, and where it stands; empty for none.
        authors: the line below it.
    """

    comments: list[Span] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    attributes: dict[str, Span] = field(default_factory=dict)
    title: str = ""
    authors: str = ""


def read_blocks(text: str) -> Blocks:
    """The blocks of a file."""
    return _Reader(text).read()


@dataclass(slots=True)
class _Open:
    """An entry while it is read."""

    key: str | None
    start: int
    lines: list[Span]


class _Reader:
    """One pass over the lines of a file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = list(line_spans(text))
        self._blocks = Blocks()
        self._is_begin = True  # no text so far
        self._list_level = 0  # of the section that is a list of references; 0 for none
        self._next_is_list = False
        self._next_style = ""  # of the paragraph below
        self._entry: _Open | None = None

    def _shown(self, at: int) -> str:
        span = self._lines[at]
        return self._text[span.start : span.end].rstrip()

    def read(self) -> Blocks:
        at = 0
        while at < len(self._lines):
            at = self._line(at)
        self._close()
        return self._blocks

    def _line(self, at: int) -> int:
        """Read what begins in a line; where to go on is the result."""
        row = self._shown(at)
        if not row:
            return self._blank(at)
        if fence := _FENCE.fullmatch(row):
            return self._fenced(
                at, row, is_comment=(fence["mark"] or "").startswith("/")
            )
        if row.startswith("//") and not row.startswith("///"):
            self._leave_out(at, at + 1)
            return at + 1
        if self._next_style:
            return self._styled(at)
        if attribute := _ATTRIBUTE.fullmatch(row):
            return self._attribute(at, attribute)
        if style := _STYLE.fullmatch(row):
            self._style(style["style"])
            return at + 1
        if (heading := _HEADING.fullmatch(row)) or self._is_underlined(at):
            return self._heading(at, heading)
        self._content(at, row)
        self._is_begin = False
        return at + 1

    def _blank(self, at: int) -> int:
        # A blank line inside an item is only there before what is joined with "+".
        self._close()
        self._next_style = ""
        return at + 1

    # --- what is no text -----------------------------------------------------

    def _leave_out(self, start: int, end: int) -> None:
        last = self._lines[end - 1].end
        until = self._lines[end].start if end < len(self._lines) else last
        self._blocks.comments.append(Span(self._lines[start].start, until))

    def _fenced(self, at: int, row: str, *, is_comment: bool) -> int:
        self._next_style = ""
        closing = "```" if row.startswith("```") else row
        end = at + 1
        while end < len(self._lines) and self._shown(end) != closing:
            end += 1
        after = min(end + 1, len(self._lines))
        if is_comment:
            self._leave_out(at, after)
        else:
            self._close()
            span = Span(self._lines[at].start, self._lines[after - 1].end)
            self._blocks.code.append(span)
        return after

    def _styled(self, at: int) -> int:
        """A paragraph that is a comment, or code."""
        after = at
        while after < len(self._lines) and self._shown(after):
            after += 1
        if self._next_style == "comment":
            self._leave_out(at, after)
        else:
            span = Span(self._lines[at].start, self._lines[after - 1].end)
            self._blocks.code.append(span)
        self._next_style = ""
        return after

    # --- header --------------------------------------------------------------

    def _attribute(self, at: int, found: re.Match[str]) -> int:
        self._close()
        if found["value"]:
            start = self._lines[at].start + found.start("value")
            span = Span(start, start + len(found["value"]))
            self._blocks.attributes[found["name"].casefold()] = span
        return at + 1

    def _is_underlined(self, at: int) -> bool:
        """Whether it is a document's title in the old form, with a line below it."""
        if not self._is_begin or at + 1 >= len(self._lines):
            return False
        row, below = self._shown(at), self._shown(at + 1)
        is_line = _UNDERLINE.fullmatch(below) is not None
        return is_line and abs(len(row) - len(below)) <= 2  # noqa: PLR2004 - "±2 characters"

    def _heading(self, at: int, found: re.Match[str] | None) -> int:
        self._close()
        level = len(found["level"]) if found else 1
        after = at + 1 if found else at + 2
        if self._is_begin and level == 1:
            self._blocks.title = found["title"] if found else self._shown(at)
            self._read_authors(after)
        if self._next_is_list:
            self._list_level = level
        elif level <= self._list_level:
            self._list_level = 0
        self._next_is_list = self._is_begin = False
        return after

    def _read_authors(self, at: int) -> None:
        """The line directly below the title, unless it is of another kind."""
        if at >= len(self._lines):
            return
        row = self._shown(at)
        if row and not row.startswith(
            ("//", ":", "[", "include::", "ifdef::", "ifndef::")
        ):
            self._blocks.authors = row

    # --- the list of references ----------------------------------------------

    def _style(self, style: str) -> None:
        self._close()
        name = _STYLE_NAME.match(style)
        word = name[0] if name else ""
        self._next_style = word if word == "comment" or word in _CODE else ""
        self._next_is_list = self._next_is_list or word == "bibliography"

    def _content(self, at: int, row: str) -> None:
        span = self._lines[at]
        end = span.start + len(row)
        item = _ITEM.match(row)
        if item and self._next_is_list:
            self._list_level, self._next_is_list = _LONE_LIST, False
        if item and (item["key"] or self._list_level):
            self._close()
            start = span.start + len(row) - len(row.lstrip())
            lines = [Span(span.start + item.end(), end)]
            self._entry = _Open(item["key"], start, lines)
        elif item or _BLOCK_END.fullmatch(row):
            self._close()
        elif self._entry:
            self._entry.lines.append(Span(span.start, end))
        else:
            self._next_is_list = False
            self._list_level %= _LONE_LIST

    def _close(self) -> None:
        """The entry is over."""
        if self._entry:
            one, self._entry = self._entry, None
            self._blocks.entries.append(Entry(one.key, one.start, tuple(one.lines)))
