"""Plain text: no markup, only lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from lupusrefs.csl.output.characters import one_line
from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.runs import DISPLAYS, Run
from lupusrefs.csl.output.tree import Inline, Layout, RenderedEntry, Tagged
from lupusrefs.csl.output.writer import LineWriter


class TextWriter(LineWriter):
    """The text alone, for terminals and search."""

    indent: ClassVar[str] = "    "

    def phrase(self, runs: Sequence[Run]) -> str:
        """The text of the runs."""
        return "".join([run.text for run in runs])

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """Entries with empty lines between them, first fields padded to one width."""
        written = []
        for entry in entries:
            text = _flowing(entry.content)
            if text is None:
                found = [self._padded(line, layout) for line in lines(entry.content)]
                text = "\n".join(found)
            if text:
                written.append(text)
        between = "\n" * (1 + max(layout.entry_spacing, 0))
        return between.join(written) + "\n" if written else ""

    def _padded(self, line: Line, layout: Layout) -> str:
        if layout.second_field_align and line.margin and line.body:
            margin = self.phrase(line.margin).ljust(layout.max_offset)
            return f"{margin} {self.phrase(line.body)}"
        return self.line(line)


def _flowing(content: Sequence[Inline]) -> str | None:
    """The text if it has no ``display``, as most have; else None."""
    parts = []
    for node in content:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Tagged) and node.tag in DISPLAYS:
            return None
        elif (inner := _flowing(node.children)) is not None:
            parts.append(inner)
        else:
            return None
    return one_line("".join(parts))
