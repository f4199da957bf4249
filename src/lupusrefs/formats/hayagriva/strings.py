r"""Hayagriva's formattable strings and CSL's rich text.

``{braces}`` keep the capitals of what is in them, ``$dollars$`` hold Typst's math, and
a backslash makes either of them, and itself, plain text.

Source: hayagriva's description of its file format, "Formattable String".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.model.markup import NOCASE, Close, Open, Text, parse

_CONTROL: Final = re.compile(r"\\(?P<plain>[\\{}$])|(?P<mark>[{}$])")
_ESCAPED: Final = re.compile(r"[\\{}$]")
_MARKUP: Final = re.compile("[<&]")
_OPEN, _CLOSE = '<span class="nocase">', "</span>"


@dataclass(frozen=True, slots=True)
class Formatted:
    """What a formattable string says.

    Attributes:
        text: as CSL has it.
        has_math: it has math, which CSL only shows.
        stray: index of a closing brace that nothing opened; hayagriva refuses it.
    """

    text: str
    has_math: bool = False
    stray: int | None = None


def read_string(written: str, *, verbatim: bool = False) -> Formatted:
    r"""A formattable string as CSL's rich text.

    Args:
        written: the string.
        verbatim: the whole of it keeps its capitals.

    >>> read_string(r"The {BERT} model, 5\$").text
    'The <span class="nocase">BERT</span> model, 5$'
    """
    pieces: list[str] = []
    depth, math, has_math, end = 0, False, False, 0
    stray: int | None = None
    for match in _CONTROL.finditer(written):
        pieces.append(written[end : match.start()])
        end = match.end()
        mark = match["mark"]
        if mark is None:
            pieces.append(match["plain"])
        elif mark == "$":
            math, has_math = not math, True
            pieces.append(mark)
        elif math:
            pieces.append(mark)
        elif mark == "{":
            pieces.append(_OPEN if depth == 0 and not verbatim else "")
            depth += 1
        elif depth:
            depth -= 1
            pieces.append(_CLOSE if depth == 0 and not verbatim else "")
        else:
            pieces.append(mark)
            stray = match.start() if stray is None else stray
    pieces += [written[end:], _CLOSE if depth and not verbatim else ""]
    text = "".join(pieces)
    if verbatim and text:
        text = f"{_OPEN}{text}{_CLOSE}"
    return Formatted(text, has_math, stray)


def write_string(text: str) -> str:
    """CSL's rich text as a formattable string; of its styles only ``nocase`` is kept.

    >>> write_string('of <i>H. pylori</i> in <span class="nocase">The Hague</span>')
    'of H. pylori in {The Hague}'
    """
    if not _MARKUP.search(text):
        return _escape(text)
    pieces: list[str] = []
    styles: list[str] = []
    for token in parse(text, math=False):
        match token:
            case Open(command):
                outermost = command == NOCASE and NOCASE not in styles
                pieces.append("{" if outermost else "")
                styles.append(command)
            case Close():
                outermost = styles.pop() == NOCASE and NOCASE not in styles
                pieces.append("}" if outermost else "")
            case Text(piece):
                pieces.append(_escape(piece))
    return "".join(pieces)


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)
