"""Plain text: no markup, only lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

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
            bare = _bare(entry.content)
            found = [self._padded(line, layout) for line in lines(bare)]
            if found:
                written.append("\n".join(found))
        between = "\n" * (1 + max(layout.entry_spacing, 0))
        return between.join(written) + "\n" if written else ""

    def _padded(self, line: Line, layout: Layout) -> str:
        if layout.second_field_align and line.margin and line.body:
            margin = self.phrase(line.margin).ljust(layout.max_offset)
            return f"{margin} {self.phrase(line.body)}"
        return self.line(line)


def _bare(content: Sequence[Inline]) -> list[Inline]:
    """The content without formatting and links: each line of it is one run."""
    found: list[Inline] = []
    for node in content:
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, Tagged) and node.tag in DISPLAYS:
            found.append(Tagged(node.tag, _bare(node.children)))
        else:
            found += _bare(node.children)
    return found
