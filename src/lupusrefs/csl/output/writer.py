"""What a writer of a format is, and the two ways of writing a tree."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.runs import Run, nested, spaces_outside
from lupusrefs.csl.output.tree import Inline, Layout, RenderedEntry, Tag, Tagged


class Writer(Protocol):
    """Writes what the processor rendered."""

    def inline(self, content: Sequence[Inline]) -> str:
        """A citation, or the content of an entry."""
        ...

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """All entries, in their order."""
        ...

    def standalone(self, body: str) -> str:
        """A whole document around a bibliography; the same where none is needed."""
        ...


class Markup(ABC):
    """A format that nests its commands as the tree does.

    Attributes:
        tags: what stands before and after the content of each tag; without an entry a
            tag leaves no trace.
    """

    tags: ClassVar[Mapping[Tag, tuple[str, str]]]

    @abstractmethod
    def escape(self, text: str, *, first: bool) -> str:
        """The text as the format writes it.

        Args:
            text: between two tags.
            first: no markup stands before it, on its line or in its tag.
        """

    @abstractmethod
    def link(self, href: str, inner: str) -> str:
        """What leads to an URL; ``inner`` is written already."""

    def markup(self, content: Sequence[Inline]) -> str:
        """The content with its tags."""
        parts: list[str] = []
        for node in content:
            if isinstance(node, str):
                parts.append(self.escape(node, first=not parts))
            elif isinstance(node, Tagged):
                begin, end = self.tags.get(node.tag, ("", ""))
                parts.append(f"{begin}{self.markup(node.children)}{end}")
            else:
                parts.append(self.link(node.href, self.markup(node.children)))
        return "".join(parts)


class LineWriter(ABC):
    """A format that has lines and paragraphs, and no boxes for ``display``.

    Attributes:
        line_break: between two lines of an entry.
        indent: before a line that is indented.
    """

    line_break: ClassVar[str] = "\n"
    indent: ClassVar[str] = ""

    @abstractmethod
    def phrase(self, runs: Sequence[Run]) -> str:
        """What stands on one line."""

    def line(self, line: Line) -> str:
        """A line with what is in its margin before it."""
        runs = line.body
        if line.margin:
            runs = [*line.margin, Run(" "), *line.body] if line.body else line.margin
        return (self.indent if line.indented else "") + self.phrase(runs)

    def inline(self, content: Sequence[Inline]) -> str:
        """A citation, or the content of an entry with its line breaks."""
        return self.line_break.join([self.line(line) for line in lines(content)])

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """A paragraph for each entry; the layout is the reader's business."""
        del layout
        written = [text for entry in entries if (text := self.inline(entry.content))]
        return "\n\n".join(written) + "\n" if written else ""

    def standalone(self, body: str) -> str:
        """The body: it is a document already."""
        return body


class NestedWriter(Markup, LineWriter):
    """A format with lines whose markup nests."""

    def phrase(self, runs: Sequence[Run]) -> str:
        """The runs with the least nesting, blanks outside of it."""
        return self.markup(spaces_outside(nested(runs)))

    def beside_margin(self, entry: Sequence[Line]) -> str:
        """All lines of an entry, of the first only what is not in its margin."""
        first, *rest = entry
        # Where the number stands alone, TeX would have no line to end.
        body = [self.phrase(first.body)] if first.body else []
        return self.line_break.join([*body, *map(self.line, rest)])
