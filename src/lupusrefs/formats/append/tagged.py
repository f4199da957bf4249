"""Append to a file of tagged records: RIS, NBIB and EndNote's .enw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from lupusrefs.formats.append.place import LINE_END, dumped, insertion, newline
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference

# Old programs end a text by this control character.
_END_OF_TEXT: Final = "\x1a"


class _Records(NamedTuple):
    """What parts the records of a format.

    Attributes:
        begin: the line that begins one.
        lines: the fewest line ends between two of them.
        end: the line that ends one; None where nothing but the next one does.
        ending: the same, as it is written.
    """

    begin: re.Pattern[str]
    lines: int
    end: re.Pattern[str] | None = None
    ending: str = ""


def _line(pattern: str) -> re.Pattern[str]:
    """A pattern at the begin of a line, also where a carriage return ends lines."""
    return re.compile(rf"(?:\A|(?<=[\r\n])){pattern}")


_RECORDS: Final = {
    FormatName.RIS: _Records(
        _line(r"TY {0,2}-"), 1, _line(r"ER(?: {0,2}-|[ \t]*(?:[\r\n]|\Z))"), "ER  - "
    ),
    FormatName.NBIB: _Records(_line(r"PMID ?- *\d"), 2),
    FormatName.ENW: _Records(_line(r"%0 \S"), 2),
}
_BLANK_LINE: Final = 2
# What is looked at: the newest records, and so much before each of them.
_NEWEST: Final = 200
_BEFORE: Final = 40
_END_OF_LAST: Final = re.compile(r"[ \t]*")


def append(
    source: SourceText,
    name: FormatName,
    items: Sequence[Item],
    references: Sequence[Reference],
) -> Edit:
    """The edit that puts ``items`` behind the last record.

    A last record that has no end gets it first.
    """
    del references
    text, records = source.text, _RECORDS[name]
    new = [dumped(name, [item]).strip("\r\n") for item in items]
    end = len(text.rstrip(f"{_END_OF_TEXT} \t\r\n"))
    if end == 0:
        return insertion(0, "\n\n".join(new) + "\n", newline(text))
    if blanks := _END_OF_LAST.match(text, end):
        end = blanks.end()  # The blank of `ER  - ` belongs to its line.
    begins = [match.start() for match in records.begin.finditer(text)]
    gap = _gap(text, begins[-_NEWEST:], records)
    body = "".join(f"{gap}{record}" for record in new)
    if records.end and begins and not records.end.search(text, begins[-1]):
        body = f"\n{records.ending}{body}"
    return insertion(end, body, newline(text))


def _gap(text: str, begins: Sequence[int], records: _Records) -> str:
    """The line ends that stand between most records."""
    counted = Counter(_lines_before(text, begin) for begin in begins[1:])
    usual = counted.most_common(1)[0][0] if counted else _BLANK_LINE
    return "\n" * max(usual, records.lines)


def _lines_before(text: str, index: int) -> int:
    before = text[max(index - _BEFORE, 0) : index]
    return len(LINE_END.findall(before, len(before.rstrip())))
