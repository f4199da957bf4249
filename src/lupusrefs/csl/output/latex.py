r"""LaTeX of the kernel since 2020, with ``hyperref`` for links.

Text stays UTF-8. What is written as a command needs the fonts of an Unicode engine or
the T1 encoding: OT1 has no straight double quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.tree import Layout, RenderedEntry, Tag
from lupusrefs.csl.output.urls import encoded
from lupusrefs.csl.output.writer import NestedWriter

_COMMANDS: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    # Also in the ligatures ?` and !`.
    "`": r"\textasciigrave{}",
    "–": "--",
    "—": "---",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u2009": r"\,",
    "\u202f": r"\,",
}
_SPECIAL: Final = re.compile(f"[{re.escape(''.join(_COMMANDS))}]")
# Where two characters would become one: dashes, and what makes quotation marks.
_LIGATURE: Final = re.compile(
    r"(?<=[-–—])(?=[-–—])|(?<=['’])(?=['’])|(?<=[‘?!])(?=‘)|(?<=,)(?=,)"
    r"|(?<=<)(?=<)|(?<=>)(?=>)"
)
_TO_COMMANDS: Final = str.maketrans(_COMMANDS)
_IN_URL: Final = str.maketrans({"#": r"\#", "%": r"\%", "&": r"\&"})
# An italic correction parts them. An empty group would not: LuaTeX does not see it.
_APART: Final = r"\/"
# Its mark, until backslashes are escaped; no text has it (characters.py).
_GAP: Final = "\uffff"
_INDENT: Final = "2em"


class LatexWriter(NestedWriter):
    r"""Paragraphs with ``\hangindent``, or a ``list`` of labels and texts."""

    line_break: ClassVar[str] = "\\newline\n"
    indent: ClassVar[str] = f"\\hspace*{{{_INDENT}}}"
    tags: ClassVar[Mapping[Tag, tuple[str, str]]] = {
        Tag.ITALIC: (r"\textit{", "}"),
        Tag.OBLIQUE: (r"\textsl{", "}"),
        Tag.BOLD: (r"\textbf{", "}"),
        Tag.SMALL_CAPS: (r"\textsc{", "}"),
        Tag.UNDERLINE: (r"\underline{", "}"),
        Tag.SUPERSCRIPT: (r"\textsuperscript{", "}"),
        Tag.SUBSCRIPT: (r"\textsubscript{", "}"),
    }

    def escape(self, text: str, *, first: bool) -> str:  # noqa: ARG002
        """The text with commands for what TeX would read as one."""
        text = _LIGATURE.sub(_GAP, text)
        if _SPECIAL.search(text) is not None:
            text = text.translate(_TO_COMMANDS)
        return text.replace(_GAP, _APART)

    def link(self, href: str, inner: str) -> str:
        r"""A ``\href``."""
        return f"\\href{{{encoded(href).translate(_IN_URL)}}}{{{inner}}}"

    def bibliography(self, entries: Sequence[RenderedEntry], layout: Layout) -> str:
        """The entries in a group, so that their lengths do not outlive them."""
        found = [lines(entry.content) for entry in entries]
        found = [entry for entry in found if entry]
        if not found:
            return ""
        if layout.second_field_align:
            body = self._list(found, layout)
        else:
            body = self._paragraphs(found, layout)
        if layout.line_spacing > 1:
            body = f"\\linespread{{{layout.line_spacing}}}\\selectfont\n{body}"
        return f"\\begingroup\n{body}\\par\n\\endgroup\n"

    def _paragraphs(self, found: list[list[Line]], layout: Layout) -> str:
        hang = f"\\hangindent={_INDENT}\\relax\n" if layout.hanging_indent else ""
        entries = [
            f"{hang}{self.line_break.join([self.line(line) for line in entry])}\n"
            for entry in found
        ]
        return (
            "\\setlength{\\parindent}{0pt}%\n"
            f"\\setlength{{\\parskip}}{{{_skip(layout)}}}%\n" + "\n".join(entries)
        )

    def _list(self, found: list[list[Line]], layout: Layout) -> str:
        labels = [self.phrase(line.margin) for entry in found for line in entry]
        widest = max(labels, key=len)
        left = r"\labelwidth" if layout.second_field_align == "flush" else "0pt"
        lengths = [
            f"\\settowidth{{\\labelwidth}}{{{widest}}}%",
            f"\\setlength{{\\leftmargin}}{{{left}}}%",
            r"\setlength{\itemindent}{0pt}%",
            r"\setlength{\parsep}{0pt}%",
            f"\\setlength{{\\itemsep}}{{{_skip(layout)}}}%",
            r"\renewcommand{\makelabel}[1]{#1\hfil}%",
        ]
        if layout.second_field_align == "flush":
            lengths.insert(2, r"\addtolength{\leftmargin}{\labelsep}%")
        items = [self._item(entry) for entry in found]
        head = "\n  ".join(lengths)
        return f"\\begin{{list}}{{}}{{%\n  {head}\n}}\n{''.join(items)}\\end{{list}}"

    def _item(self, entry: list[Line]) -> str:
        label = self.phrase(entry[0].margin)
        # Braces protect a bracket in the label.
        return f"\\item[{{{label}}}] {self.beside_margin(entry)}\n"


def _skip(layout: Layout) -> str:
    return f"{layout.entry_spacing}\\baselineskip" if layout.entry_spacing else "0pt"
