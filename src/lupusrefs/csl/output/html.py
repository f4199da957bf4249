"""HTML, to the character as the CSL test suite writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from lupusrefs.csl.output.characters import printable
from lupusrefs.csl.output.tree import Inline, Layout, RenderedEntry, Tag
from lupusrefs.csl.output.urls import is_safe
from lupusrefs.csl.output.writer import Markup

_SPAN: Final = "</span>"
_SPECIAL: Final = re.compile("[&<>]")
_ESCAPES: Final = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&#38;", "<": "&#60;", ">": "&#62;", '"': "&#34;"}
)


class HtmlWriter(Markup):
    """A ``div`` for each entry; ``display`` becomes a class for a style sheet.

    The tree is written as it is nested: a ``span`` can take back what is around it.
    """

    tags: ClassVar[Mapping[Tag, tuple[str, str]]] = {
        Tag.ITALIC: ("<i>", "</i>"),
        Tag.OBLIQUE: ("<em>", "</em>"),
        Tag.NO_ITALIC: ('<span style="font-style:normal;">', _SPAN),
        Tag.BOLD: ("<b>", "</b>"),
        Tag.LIGHT: ('<span style="font-weight:lighter;">', _SPAN),
        Tag.NO_BOLD: ('<span style="font-weight:normal;">', _SPAN),
        Tag.SMALL_CAPS: ('<span style="font-variant:small-caps;">', _SPAN),
        Tag.NO_SMALL_CAPS: ('<span style="font-variant:normal;">', _SPAN),
        Tag.UNDERLINE: ('<span style="text-decoration:underline;">', _SPAN),
        Tag.NO_UNDERLINE: ('<span style="text-decoration:none;">', _SPAN),
        Tag.SUPERSCRIPT: ("<sup>", "</sup>"),
        Tag.SUBSCRIPT: ("<sub>", "</sub>"),
        Tag.BASELINE: ('<span style="baseline">', _SPAN),
        # The white space is that of the fixtures with these classes: a block is set
        # apart by empty lines, margin and rest share a line.
        Tag.BLOCK: ('\n\n    <div class="csl-block">', "</div>\n"),
        Tag.LEFT_MARGIN: ('\n    <div class="csl-left-margin">', "</div>"),
        Tag.RIGHT_INLINE: ('<div class="csl-right-inline">', "</div>\n  "),
        Tag.INDENT: ('\n    <div class="csl-indent">', "</div>\n  "),
    }

    def escape(self, text: str, *, first: bool) -> str:  # noqa: ARG002
        """The text with ``&``, ``<`` and ``>`` as numbers; quotes are left."""
        text = printable(text)
        return text if _SPECIAL.search(text) is None else text.translate(_ESCAPES)

    def link(self, href: str, inner: str) -> str:
        """An ``a``, if it leads where it is safe to go."""
        if not is_safe(href):
            return inner
        return f'<a href="{printable(href).translate(_IN_ATTRIBUTE)}">{inner}</a>'

    def inline(self, content: Sequence[Inline]) -> str:
        """The content in its tags."""
        return self.markup(content)

    def bibliography(
        self,
        entries: Sequence[RenderedEntry],
        layout: Layout,  # noqa: ARG002 - a style sheet's business
    ) -> str:
        """A ``div`` of class ``csl-bib-body``; it ends without a line break."""
        written = [
            f'  <div class="csl-entry">{self._entry(entry.content)}</div>\n'
            for entry in entries
        ]
        return f'<div class="csl-bib-body">\n{"".join(written)}</div>'

    def _entry(self, content: Sequence[Inline]) -> str:
        text = self.markup(content)
        # A block ends its line: the entry's end stands under its beginning.
        return f"{text}  " if text.endswith("</div>\n") else text

    def standalone(self, body: str) -> str:
        """The body: pages are made by others."""
        return body
