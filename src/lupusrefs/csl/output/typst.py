r"""Typst markup of version 0.12 and later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.tree import Layout, RenderedEntry, Tag
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import NestedWriter

_MARKUP: Final = re.compile(
    r"[\\*_`$#\[\]<>@~\"'\u00a0]"
    # Comments, and URLs that would become links; dashes, minus signs, optional hyphens.
    r"|(?<=/)/|-(?=[-?0-9])|\.(?=\.\.)"
)
# Headings, lists and terms, where a line or a content block begins.
_BLOCK_MARK: Final = re.compile(r"^(\s*)(?:([-+=/])|([0-9]+)\.)(?=\s|$|[=/])")
# What would go on with the expression before it.
_AFTER_CALL: Final = re.compile(r"[(;]|\.(?=[^\W\d])")
_NO_BREAK: Final = "\u00a0"


class TypstWriter(NestedWriter):
    """Paragraphs, or a grid if the second field is aligned."""

    line_break: ClassVar[str] = " \\\n"
    indent: ClassVar[str] = "#h(2em)"
    tags: ClassVar[Mapping[Tag, tuple[str, str]]] = {
        Tag.ITALIC: ("#emph[", "]"),
        Tag.OBLIQUE: ('#text(style: "oblique")[', "]"),
        Tag.BOLD: ("#strong[", "]"),
        Tag.LIGHT: ('#text(weight: "light")[', "]"),
        Tag.SMALL_CAPS: ("#smallcaps[", "]"),
        Tag.UNDERLINE: ("#underline[", "]"),
        Tag.SUPERSCRIPT: ("#super[", "]"),
        Tag.SUBSCRIPT: ("#sub[", "]"),
    }

    def escape(self, text: str, *, first: bool) -> str:
        """The text with backslashes; a no-break space is a tilde."""
        escaped = _MARKUP.sub(_escaped, text)
        if first:
            return _BLOCK_MARK.sub(_unmarked, escaped)
        return f"\\{escaped}" if _AFTER_CALL.match(escaped) else escaped

    def link(self, href: str, inner: str) -> str:
        """A call of ``link``."""
        return f'#link("{encoded(href)}")[{inner}]'

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """The entries in a content block, so that its settings stay within."""
        found = [lines(entry.content) for entry in entries]
        found = [entry for entry in found if entry]
        if not found:
            return ""
        body = (
            self._grid(found, layout)
            if layout.second_field_align
            else self._paragraphs(found, layout)
        )
        # The default leading is 0.65em; a line of it and letters is about 1.3em high.
        leading = (
            f"#set par(leading: {0.65 + 1.3 * (layout.line_spacing - 1):.2f}em)\n"
            if layout.line_spacing > 1
            else ""
        )
        return f"#[\n{leading}{body}]\n"

    def _paragraphs(self, found: list[list[Line]], layout: Layout) -> str:
        hang = "hanging-indent: 2em, " if layout.hanging_indent else ""
        texts = [self.line_break.join(map(self.line, entry)) for entry in found]
        spacing = _spacing(layout)
        return f"#set par({hang}spacing: {spacing})\n\n" + "\n\n".join(texts) + "\n"

    def _grid(self, found: list[list[Line]], layout: Layout) -> str:
        rows = "".join([self._row(entry) for entry in found])
        return (
            "#grid(columns: (auto, 1fr), column-gutter: 0.65em, "
            f"row-gutter: {_spacing(layout)},\n{rows})\n"
        )

    def _row(self, entry: list[Line]) -> str:
        text = self.beside_margin(entry)
        if not entry[0].margin:
            return f"  grid.cell(colspan: 2)[{text}],\n"
        return f"  [{self.phrase(entry[0].margin)}], [{text}],\n"


def _escaped(found: re.Match[str]) -> str:
    return "~" if found[0] == _NO_BREAK else f"\\{found[0]}"


def _unmarked(found: re.Match[str]) -> str:
    blank, mark, number = found.groups()
    return f"{blank}\\{mark}" if mark else f"{blank}{number}\\."


def _spacing(layout: Layout) -> str:
    """Between paragraphs: the leading, and as many lines as asked for."""
    return f"{0.65 + 1.3 * layout.entry_spacing:.2f}em"
