"""Where new text goes in an old one, and with which line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

NOTHING_ADDED: Final = "; nothing was added"
LINE_END: Final = re.compile(r"\r\n|\n|\r")


def newline(text: str) -> str:
    """The line end that the text uses most; a line feed where it has none."""
    windows = text.count("\r\n")
    mac, unix = text.count("\r") - windows, text.count("\n") - windows
    if windows > max(mac, unix):
        return "\r\n"
    return "\r" if mac > unix else "\n"


def line_start(text: str, index: int) -> int:
    """The offset at which the line that has ``index`` in it begins."""
    feed = text.rfind("\n", 0, index)
    return max(feed, text.rfind("\r", feed + 1, index)) + 1


def line_end(text: str, index: int) -> int:
    """The offset of the end of the line that has ``index`` in it, before its end."""
    match = LINE_END.search(text, index)
    return match.start() if match else len(text)


def insertion(index: int, text: str, newline: str) -> Edit:
    """Put a text in, its line feeds being the file's line ends."""
    return Edit(Span(index, index), text.replace("\n", newline))


def lines_at(text: str, index: int, lines: str, newline: str) -> Edit:
    """Put whole lines in; a line before them that has no end is ended first."""
    unfinished = index > 0 and text[index - 1] not in "\r\n"
    return insertion(index, ("\n" if unfinished else "") + lines, newline)


def dumped(name: FormatName, items: Sequence[Item]) -> str:
    """The items as a file of their own, of a format that can be written."""
    dump = FORMATS[name].dump
    if dump is None:
        raise AssertionError(f"{name} is only read")
    return dump(items)
