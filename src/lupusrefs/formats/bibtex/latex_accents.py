r"""Accents of LaTeX -> combining characters (latexref, 22.3; T1 and T5 encodings).

Unicode puts the mark behind its letter, LaTeX before it: ``\"o`` is ``o`` and U+0308,
which NFC composes to ``ö``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# One-character commands: the argument may follow at once.
SYMBOLS: Final[dict[str, str]] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
}
WORDS: Final[dict[str, str]] = {
    "u": "\u0306",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "G": "\u030f",
    "U": "\u030e",
    "f": "\u0311",
    "d": "\u0323",
    "textsubdot": "\u0323",
    "horn": "\u031b",
    "textcommabelow": "\u0326",
    "textcommaabove": "\u0313",
    "c": "\u0327",
    "k": "\u0328",
    "textogonekcentered": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "textvbaraccent": "\u030d",
    "textroundcap": "\u0311",
    "newtie": "\u0361",
    "textdotbreve": "\u0310",
    # Two marks on one letter (tipa, latexcodec's table).
    "textacutemacron": "\u0301\u0304",
    "textgravemacron": "\u0300\u0304",
}
# TeX's \accent, by the character code in its text fonts (The TeXbook, appendix F).
NUMBERED: Final[dict[int, str]] = {
    18: "\u0300",
    19: "\u0301",
    20: "\u030c",
    21: "\u0306",
    22: "\u0304",
    23: "\u030a",
    24: "\u0327",
    94: "\u0302",
    95: "\u0307",
    125: "\u030b",
    126: "\u0303",
    127: "\u0308",
}
# Mathematical accents, for formulas.
MATH: Final[dict[str, str]] = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
    "check": "\u030c",
    "vec": "\u20d7",
    "underline": "\u0332",
}
# What an accent is without a letter: ``\~{}`` in an address.
SPACING: Final[dict[str, str]] = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u0304": "¯",
    "\u0307": "˙",
    "\u0306": "˘",
    "\u030a": "˚",
    "\u030b": "˝",
    "\u030c": "ˇ",
    "\u0327": "¸",
    "\u0328": "˛",
}
# The dotless letters are there for the accents above them.
_DOTTED: Final = {"ı": "i", "ȷ": "j"}
_BELOW: Final = frozenset("\u0323\u0326\u0327\u0328\u0331\u0332")

# The usual spellings, to be replaced in one go: {\"o} {\"{o}} \"{o} \"o {\'\i} \v{s}
# {\v s}. Not where the brace opens a longer special character ("{\"Uber}"), nor where
# the backslash is the second of a line break.
_USUAL: Final = re.compile(
    r"""(\{)?(?<!\\)(?(1)|(?<!\{))
    \\(?:([`'^~=."])[ ]?|([uvHckdrb])(?:[ ]|(?=\{)))
    (?:\{(\\[ij]|[A-Za-z])\}|(\\[ij](?![A-Za-z])[ ]?|[A-Za-z]))
    (?(1)\})""",
    re.VERBOSE,
)


# A backslash escaped once too often, as JSON's exporters do: "G{\\"o}del", "R\\&D". As
# line breaks they would make no sense.
_DOUBLED: Final = re.compile(
    r"""(?:(?<=\w)|(?<=\{)|^)\\\\(?=[`'^~=."]\{?\\{0,2}[A-Za-z])"""
    r"|(?<=\{)\\\\(?=[ij]\})|\\\\(?=[&%$#_])"
)


def accented(text: str, mark: str) -> str:
    r"""The text with the mark on its first character.

    >>> accented("\u0131", "\u0301")
    'í'
    """
    first = text[0]
    if mark == "\u0307" and first in _DOTTED:
        return _DOTTED[first] + text[1:]  # its own dot
    if mark not in _BELOW:
        first = _DOTTED.get(first, first)
    end = 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return unicodedata.normalize("NFC", first + text[1:end] + mark) + text[end:]


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DOTLESS: Final = (("ı", r"\i"), ("ȷ", r"\j"))
_COMPOSED: Final = {
    command + written: accented(letter, mark)
    for command, mark in (
        *SYMBOLS.items(),
        *((word, WORDS[word]) for word in "uvHckdrb"),
    )
    for letter, written in (*zip(_LETTERS, _LETTERS, strict=True), *_DOTLESS)
}


def compose(source: str) -> str:
    r"""LaTeX whose usual accents are Unicode characters.

    >>> compose(r"G{\"o}del, Erd\H{o}s, \'{\i}")
    'Gödel, Erdős, í'
    """
    if r"\\" in source:
        source = _DOUBLED.sub(r"\\", source)
    return _USUAL.sub(_composed, source)


def _composed(match: re.Match[str]) -> str:
    command = match[2] or match[3]
    return _COMPOSED[command + (match[4] or match[5].rstrip())]
