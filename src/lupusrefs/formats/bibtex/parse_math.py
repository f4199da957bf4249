r"""TeX formulas -> text, where a line of text can say them.

``$\alpha_2$``, ``H$_2$O`` and ``$10^{-5}$`` are text with sub- and superscripts; a
matrix, a sum over a fraction or a command that nobody knows is not. CSL has no notation
for those: they stay ``$...$``, as pandoc's and our own BibTeX writer understand it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from lupusrefs.formats.bibtex.latex_accents import MATH as ACCENTS
from lupusrefs.formats.bibtex.latex_commands import (
    BOLD,
    STYLES,
    SUBSCRIPT,
    SUPERSCRIPT,
    Tags,
)
from lupusrefs.formats.bibtex.latex_symbols import symbol

# Longer ones are not worth the reading.
_MAX_LENGTH: Final = 300
_MAX_DEPTH: Final = 4
_MAX_FRACTION: Final = 4  # characters above or below the line
_MAX_OVERLINE: Final = 3

_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?|\\(?P<symbol>.)|(?P<space>[ \t\r\n]+)|(?P<char>.)",
    re.DOTALL,
)
_UPRIGHT: Final = frozenset(
    "mathrm text textrm mbox hbox mathit mathnormal operatorname mathsf textsf mathtt"  # noqa: SIM905 - a list of words
    " texttt rm it sf tt textnormal mathop mathord mathbin mathrel displaystyle"
    " textstyle scriptstyle limits nolimits ensuremath relax textit emph".split()
)
_SIZES: Final = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr"  # noqa: SIM905 - a list of words
    " middle".split()
)
_FRACTIONS: Final = frozenset(
    ("frac", "tfrac", "dfrac", "nicefrac", "sfrac", "textfrac", "xfrac")
)
_PHANTOMS: Final = frozenset(("vphantom", "phantom", "hphantom", "label", "nonumber"))
# Alphabets by the names of their characters in Unicode.
_ALPHABETS: Final = {
    "mathbb": ("DOUBLE-STRUCK",),
    "Bbb": ("DOUBLE-STRUCK",),
    "mathcal": ("SCRIPT",),
    "mathscr": ("SCRIPT",),
    "mathfrak": ("FRAKTUR", "BLACK-LETTER"),
}
_SPACES: Final = {
    ",": "\u2009",
    **dict.fromkeys((";", ":", ">", " ", "\n"), " "),
    **dict.fromkeys(("!", "/", "-"), ""),
}
_WORD_SPACES: Final = frozenset(("quad", "qquad", "enspace", "thinspace"))
_CHARACTERS: Final = {"-": "−", "~": "\u00a0", "'": "′"}
# Commands of formulas that are found outside of them, by their number of arguments.
ARGUMENTS: Final[dict[str, int]] = {
    **dict.fromkeys(_FRACTIONS, 2),
    **dict.fromkeys(_ALPHABETS, 1),
    **dict.fromkeys(ACCENTS.keys() - {"underline"}, 1),
    "sqrt": 1,
}
# Scripts that are characters of their own.
_RAISED: Final = {"∘": "°", "°": "°", "′": "′", "′′": "″"}


class _Complex(Exception):  # noqa: N818 - never leaves this module
    """The formula is no line of text."""


@lru_cache(maxsize=4096)
def formula(source: str, *, markup: bool) -> str | None:
    r"""A formula as text; ``$...$`` if it is none; None if this is no formula.

    Args:
        source: TeX, without its dollars.
        markup: whether ``<sup>``, ``<sub>`` and ``<b>`` may be in the text.

    >>> formula(r"\mathrm{H}_2", markup=True), formula(r"\matrix{}", markup=True)
    ('H<sub>2</sub>', '$\\matrix{}$')
    """
    source = source.strip()
    if not source or not _balanced(source):
        return None
    if len(source) <= _MAX_LENGTH:
        try:
            return _Formula(source, markup=markup).text()
        except _Complex:
            pass
    return f"${source}$"


def _balanced(source: str) -> bool:
    depth = 0
    for brace in re.findall(r"\\.|[{}]", source, re.DOTALL):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return False
    return depth == 0


class _Formula:
    """Reads one formula; raises ``_Complex`` where text ends."""

    def __init__(self, source: str, *, markup: bool) -> None:
        self._tokens = [
            (str(match.lastgroup), match[match.lastgroup or 0])
            for match in _TOKEN.finditer(source)
        ]
        self._next = 0
        self._markup = markup

    def text(self) -> str:
        return self._until(None, 0).strip(" ")

    def _until(self, closing: str | None, depth: int) -> str:
        """The text up to a closing brace, or to the end."""
        if depth > _MAX_DEPTH:
            raise _Complex
        pieces: list[str] = []
        while self._next < len(self._tokens):
            kind, sign = self._tokens[self._next]
            self._next += 1
            if kind == "char" and sign == "}":
                if closing is None:
                    raise _Complex
                return "".join(pieces)
            if kind == "space":
                self._space(pieces)
            elif kind == "word" and sign == "right":
                pieces = ["".join(pieces).rstrip(" "), self._delimiter(sign, depth)]
            elif kind == "char" and sign in "^_":
                pieces.append(self._script(sign, depth))
            else:
                pieces.append(self._atom(kind, sign, depth))
        if closing is not None:
            raise _Complex
        return "".join(pieces)

    def _space(self, pieces: list[str]) -> None:
        """TeX ignores spaces; "x = 5" is read better with them than without.

        Behind a letter that is a command they only end its name.
        """
        kind, _ = self._tokens[self._next - 2] if self._next > 1 else ("", "")
        is_letter = bool(pieces) and len(pieces[-1]) == 1 and pieces[-1].isalpha()
        if pieces and not (kind == "word" and is_letter):
            pieces.append(" ")

    def _atom(self, kind: str, sign: str, depth: int) -> str:
        if kind == "word":
            return self._command(sign, depth)
        if kind == "symbol":
            return self._control_symbol(sign)
        if sign == "{":
            return self._until("}", depth + 1)
        if sign in "&#%$":
            raise _Complex
        return _CHARACTERS.get(sign, sign)

    @staticmethod
    def _control_symbol(sign: str) -> str:
        if sign in _SPACES:
            return _SPACES[sign]
        if sign in "{}%$&#_":
            return sign
        if sign == "|":
            return "‖"
        raise _Complex

    def _argument(self, depth: int) -> str:
        """A group, or the next token."""
        self._skip_spaces()
        if self._next >= len(self._tokens):
            raise _Complex
        kind, sign = self._tokens[self._next]
        self._next += 1
        if kind == "char" and sign in "}^_":
            raise _Complex
        return self._atom(kind, sign, depth + 1)

    def _script(self, mark: str, depth: int) -> str:
        text = self._argument(depth).strip()
        if "<su" in text:
            raise _Complex
        if mark == "^" and text in _RAISED:
            return _RAISED[text]
        return self._tagged(SUPERSCRIPT if mark == "^" else SUBSCRIPT, text)

    def _tagged(self, tags: Tags, text: str) -> str:
        return f"{tags[0]}{text}{tags[1]}" if text and self._markup else text

    def _command(self, name: str, depth: int) -> str:
        if name in _UPRIGHT:
            return ""
        if name in _SIZES:
            return self._delimiter(name, depth)
        if name in _ALPHABETS:
            return _in_alphabet(self._argument(depth), _ALPHABETS[name])
        if STYLES.get(name) == BOLD:
            return self._tagged(BOLD, self._argument(depth))
        if name in ACCENTS:
            return _marked(self._argument(depth), ACCENTS[name], name)
        if name in _FRACTIONS:
            return self._fraction(depth)
        if name == "sqrt":
            root = self._argument(depth)
            if not root.isalnum() or (len(root) > 1 and not root.isdigit()):
                raise _Complex
            return f"√{root}"
        if name == "not":
            return _marked(self._argument(depth), "\u0338", name)
        return self._word(name, depth)

    def _word(self, name: str, depth: int) -> str:
        if name in _PHANTOMS:
            self._argument(depth)
            return ""
        if name in _WORD_SPACES:
            return " "
        text = symbol(name)
        if text is None:
            raise _Complex
        return text

    def _delimiter(self, name: str, depth: int) -> str:
        text = self._argument(depth)
        if name == "left":
            self._skip_spaces()
        return "" if text == "." else text

    def _skip_spaces(self) -> None:
        while self._next < len(self._tokens) and self._tokens[self._next][0] == "space":
            self._next += 1

    def _fraction(self, depth: int) -> str:
        above, below = self._argument(depth), self._argument(depth)
        simple = all(
            part.isalnum() and len(part) <= _MAX_FRACTION for part in (above, below)
        )
        if not simple:
            raise _Complex
        return f"{above}/{below}"


def _in_alphabet(text: str, alphabets: tuple[str, ...]) -> str:
    return "".join(_letter(char, alphabets) for char in text)


def _letter(char: str, alphabets: tuple[str, ...]) -> str:
    r"""The letter of a mathematical alphabet: ``R`` of \mathbb is U+211D."""
    if not (char.isascii() and char.isalnum()):
        return char
    if char.isdigit():
        kind = "DIGIT " + unicodedata.name(char).removeprefix("DIGIT ")
    else:
        kind = f"{'CAPITAL' if char.isupper() else 'SMALL'} {char.upper()}"
    for alphabet in alphabets:
        for prefix in ("", "MATHEMATICAL "):
            try:
                return unicodedata.lookup(f"{prefix}{alphabet} {kind}")
            except KeyError:
                continue
    return char


def _marked(text: str, mark: str, name: str) -> str:
    """Combining marks behind the characters: of a bar over a few, behind each."""
    many = _MAX_OVERLINE if name in {"overline", "underline"} else 1
    if not 1 <= len(text) <= many or "<" in text:
        raise _Complex
    base = text.replace("ı", "i").replace("ȷ", "j")
    if name == "bar" and text.isdigit():
        mark = ACCENTS["overline"]  # a crystallographer's minus
    return unicodedata.normalize("NFC", "".join(char + mark for char in base))
