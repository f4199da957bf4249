"""A unified diff for a terminal: what goes in red, what comes in green."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.reports.citation import printable
from lupusrefs.reports.messages import Line

# The first lines of a diff name its files; later, such a line is one that changed.
_HEADER: Final = 2
_STYLES: Final = {"+": "green", "-": "red", "@": "cyan", "\\": "dim"}


def of_diff(diff: str) -> Iterator[Line]:
    """The lines of a diff, without anything that could steer the terminal."""
    for number, line in enumerate(diff.removesuffix("\n").split("\n")):
        style = "bold" if number < _HEADER else _STYLES.get(line[:1])
        yield [("\t".join(map(printable, line.split("\t"))), style)]
