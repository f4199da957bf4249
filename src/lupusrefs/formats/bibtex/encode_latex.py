r"""Unicode -> LaTeX in ASCII, for programs that read no UTF-8.

The writer keeps UTF-8 (``latex``). Where a file must be ASCII, every character is spelt
so that reading the spelling gives the character back: an accent and its letter, or the
command of pylatexenc's encoder. What has no such spelling stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from lupusrefs.formats.bibtex import latex_accents as accents
from lupusrefs.formats.bibtex.latex import escape
from lupusrefs.formats.bibtex.latex_gaps import GAPS
from lupusrefs.formats.bibtex.latex_symbols import COMMON
from lupusrefs.formats.bibtex.parse_latex import rich

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
# Between these, "{}" keeps TeX from making one character of two.
_LIGATURE: Final = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
_PREFERRED: Final = {"–": "--", "—": "---", "\u00a0": "~", "“": "``", "”": "''"}
_ACCENTS: Final = {
    mark: command
    for table in (accents.WORDS, accents.SYMBOLS)
    for command, mark in reversed(table.items())
}
_DOTLESS: Final = {"i": r"\i", "j": r"\j"}


def ascii_latex(text: str) -> str:
    r"""Plain text as LaTeX in ASCII, as far as there are commands.

    >>> ascii_latex("Erdős & Gödel – 10 µm")
    'Erd{\\H{o}}s \\& G{\\"o}del -- 10 {\\textmu}m'
    """
    escaped = escape(unicodedata.normalize("NFC", text)).replace(
        "`", r"\textasciigrave{}"
    )
    return in_ascii(_LIGATURE.sub("{}", escaped))


def in_ascii(latex: str) -> str:
    r"""A LaTeX value with its characters beyond ASCII spelt.

    >>> in_ascii(r"\emph{Erdős}")
    '\\emph{Erd{\\H{o}}s}'
    """
    if latex.isascii():
        return latex
    return _NOT_ASCII.sub(lambda char: _spelt(char[0]), latex)


@lru_cache(maxsize=1024)
def _spelt(char: str) -> str:
    known = _commands().get(char, ())
    for spelling in (_PREFERRED.get(char), _accented(char), *known):
        if spelling and rich(f"a{spelling}a") == f"a{char}a":
            return spelling
    return char


def _accented(char: str) -> str | None:
    r"""``{\"o}``, ``{\'{\i}}``; of two marks, one in the other."""
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not base.isalpha() or not all(mark in _ACCENTS for mark in marks):
        return None
    above = unicodedata.combining(marks[0]) == unicodedata.combining("\u0301")
    spelling = _DOTLESS.get(base, base) if above else base
    for mark in marks:
        command = _ACCENTS[mark]
        bare = command in accents.SYMBOLS and spelling.isalpha()
        spelling = f"\\{command}" + (spelling if bare else f"{{{spelling}}}")
    return f"{{{spelling}}}" if base.isascii() else None


@cache
def _commands() -> dict[str, tuple[str, ...]]:
    """Characters by the command that stands for them, pylatexenc's first."""
    from pylatexenc.latexencode import (  # noqa: PLC0415 - 15 ms, seldom needed
        get_builtin_uni2latex_dict,
    )

    spellings: dict[str, list[str]] = {}
    for code, latex in get_builtin_uni2latex_dict().items():
        if latex.isascii() and "\\" in latex:
            spellings.setdefault(chr(code), []).append(f"{{{latex}}}")
    for name, text in (COMMON | GAPS).items():
        spellings.setdefault(text, []).append(f"{{\\{name}}}")
    return {text: tuple(known) for text, known in spellings.items()}
