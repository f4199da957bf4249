r"""Rich Text Format 1.9.1, in ASCII."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from lupusrefs.csl.output.paragraphs import LINE, ParagraphWriter, Place
from lupusrefs.csl.output.runs import Run
from lupusrefs.csl.output.tree import Tag

_SPECIAL: Final = re.compile(r"[\\{}]|[^\x00-\x7f]+")
_WORDS: Final = {
    Tag.ITALIC: r"\i",
    Tag.OBLIQUE: r"\i",
    Tag.BOLD: r"\b",
    Tag.SMALL_CAPS: r"\scaps",
    Tag.UNDERLINE: r"\ul",
    Tag.SUPERSCRIPT: r"\super",
    Tag.SUBSCRIPT: r"\sub",
}


class RtfWriter(ParagraphWriter):
    """A group for each run and for each paragraph."""

    line_break: ClassVar[str] = "\\line\n"
    tab: ClassVar[str] = "\\tab "

    def run(self, run: Run) -> str:
        """The text in a group, if it has a formatting."""
        text = _SPECIAL.sub(_escaped, run.text)
        # Of superscripts within superscripts the last word, the innermost, holds.
        words = "".join([_WORDS[mark] for mark in run.marks if mark in _WORDS])
        return f"{{{words} {text}}}" if words else text

    def field(self, href: str, inner: str) -> str:
        """A field with the HYPERLINK instruction."""
        code = f'{{\\*\\fldinst{{HYPERLINK "{href}"}}}}'
        return f"{{\\field{code}{{\\fldrslt{{{inner}}}}}}}"

    def paragraph(self, text: str, place: Place) -> str:
        """The paragraph in a group, so that its words do not outlive it."""
        words = [r"\pard"]
        if place.tabbed:
            words.append(f"\\tx{place.left}")
        if place.left or place.hanging:
            words.append(f"\\li{place.left}\\fi{-place.hanging}")
        if place.height > LINE:
            words.append(f"\\sl{place.height}\\slmult1")
        if place.after:
            words.append(f"\\sa{place.after}")
        return f"{{{''.join(words)} {text}\\par}}\n"

    def standalone(self, body: str) -> str:
        """The body with a header and a font."""
        font = r"{\fonttbl{\f0\froman Times New Roman;}}\f0\fs24"
        return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{font}\n{body}}}\n"


def _escaped(found: re.Match[str]) -> str:
    text = found[0]
    if text in {"\\", "{", "}"}:
        return f"\\{text}"
    units = text.encode("utf-16-le")
    codes = [
        int.from_bytes(units[at : at + 2], "little", signed=True)
        for at in range(0, len(units), 2)
    ]
    # The question mark is for readers without Unicode; the blank before it ends the
    # word, for one that would take more than that mark (Pandoc 3.9).
    return "".join([f"\\u{code} ?" for code in codes])
