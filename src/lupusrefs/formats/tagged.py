"""Lines that begin with a tag: what RIS, MEDLINE, EndNote's and ISI's exports share.

A field is a tag and a text; lines without a tag continue the text of the line before.
What a tag looks like, and what ends a record, is each format's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.model.location import Span

_LINE: Final = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class TaggedField:
    """One field.

    Attributes:
        tag: as written; empty for lines before the first tag.
        lines: the text, line by line, without the white space around each.
        span: the text in the file, from the first line's begin to the last line's end.
        tag_span: the tag.
        after_blank: whether a blank line stands before it.
    """

    tag: str
    lines: tuple[str, ...]
    span: Span
    tag_span: Span
    after_blank: bool = False

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(line for line in self.lines if line)


def tagged_fields(text: str, tag: re.Pattern[str]) -> Iterator[TaggedField]:
    """The fields of a text, in order.

    Args:
        text: the file.
        tag: matches the begin of a line that has a tag, white space and separator
            included; its group ``tag`` is the tag, and the value begins at its end.
    """
    lines: list[str] = []
    name, name_span, start, end = "", Span(0, 0), 0, 0
    blank = after_blank = False
    for line in _LINE.finditer(text):
        if line.start() == len(text):
            break
        match = tag.match(text, line.start(), line.end(1))
        if match is None and not line[1].strip():
            blank = True
            continue
        if match is not None:
            if name or lines:
                span = Span(start, end)
                yield TaggedField(name, tuple(lines), span, name_span, after_blank)
            lines = []
            name, name_span = match["tag"], Span(*match.span("tag"))
            start, after_blank = match.end(), blank
        elif not lines and not name:
            start = line.start()
        value = text[match.end() : line.end(1)] if match else line[1]
        lines.append(value.strip())
        # An empty value ends where it begins, behind the separator.
        end = max(start, line.start() + len(line[1].rstrip()))
        blank = False
    if name or lines:
        yield TaggedField(name, tuple(lines), Span(start, end), name_span, after_blank)
