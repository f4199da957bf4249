"""A diff with the rule and its message beside each hunk.

They stand behind the second ``@@``, where ``git diff`` has the name of the function:
``git apply`` and ``patch`` take that for a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Final

from lupusrefs.findings import Finding
from lupusrefs.fixer import Plan, Repair
from lupusrefs.formats.text import SourceText
from lupusrefs.reports.citation import printable

# Every other line of a diff begins with a blank, a sign or a backslash.
_HEAD: Final = "@@ -"
# The diff below shows the rest.
_LONG: Final = 72
_HUNK: Final = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@")


def annotated_diff(plan: Plan, path: str) -> str:
    """The diff of a file for people to read."""
    notes = _Notes(plan.files[path].source, plan.of(path))
    lines = plan.diff(path).split("\n")
    return "\n".join(
        line + notes.of(line) if line.startswith(_HEAD) else line for line in lines
    )


def annotated_patch(plan: Plan, path: str) -> bytes:
    """The same in the bytes of the file, to be applied."""
    notes = _Notes(plan.files[path].source, plan.of(path))
    lines = plan.patch(path).split(b"\n")
    return b"\n".join(
        line + notes.of(line.decode()).encode()
        if line.startswith(_HEAD.encode())
        else line
        for line in lines
    )


def reasons(findings: Iterable[Finding]) -> str:
    """Rules and messages in one line."""
    texts = (f"{one.rule.id}: {_shortened(one.message)}" for one in findings)
    return printable("; ".join(dict.fromkeys(" ".join(text.split()) for text in texts)))


def _shortened(message: str) -> str:
    if len(message) <= _LONG:
        return message
    return message[:_LONG].rsplit(" ", 1)[0] + " …"


class _Notes:
    """Which repairs a hunk shows, told by the lines of the file before."""

    def __init__(self, source: SourceText, repairs: Iterable[Repair]) -> None:
        text = source.text
        # As in the diff, a line ends at a line feed.
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._repairs = list(repairs)
        # First and last line of each edit and the number of its repair, by the first;
        # and how far all edits up to that one reach.
        self._edits = sorted(
            (first, last, number)
            for number, repair in enumerate(self._repairs)
            for first, last in self._lines(repair)
        )
        self._reach = list(accumulate((last for _, last, _ in self._edits), max))

    def _lines(self, repair: Repair) -> Iterator[tuple[int, int]]:
        for edit in repair.edits:
            first = bisect_right(self._starts, edit.span.start) - 1
            yield first, bisect_right(self._starts, edit.span.end) - 1

    def of(self, head: str) -> str:
        """What to put behind the head of a hunk."""
        match = _HUNK.match(head)
        if match is None:
            return ""
        count = int(match[2]) if match[2] else 1
        start = int(match[1]) - (count > 0)
        begin = bisect_left(self._reach, start)
        end = bisect_right(self._edits, start + count, key=itemgetter(0))
        shown = {number for _, last, number in self._edits[begin:end] if start <= last}
        text = reasons(
            finding
            for number in sorted(shown)
            for finding in self._repairs[number].findings
        )
        return f" {text}" if text else ""
