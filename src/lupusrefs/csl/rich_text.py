"""Markup and quotation marks in the text of an item's variables.

CSL-JSON allows ``<i> <b> <sup> <sub> <sc>``, small capitals and ``nocase`` spans
(citeproc-js manual, "HTML-like formatting tags"). Quotation marks of any kind become
those of the locale, outer or inner by where they stand; what has no partner is text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lupusrefs.csl import stream
from lupusrefs.csl.output.tree import Tag
from lupusrefs.csl.stream import Mark, Token

# Raised letters that Unicode does not decompose.
_MODIFIERS: Final = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}
# The characters of the Basic Multilingual Plane with a <super> decomposition:
# Latin-1, Spacing Modifier Letters, Phonetic Extensions, Superscripts, Letterlike
# Symbols, Kanbun. Written out, since looking for them takes longer than rendering.
_SUPERS: Final = (
    "ª²³¹ºʰʱʲʳʴʵʶʷʸˠˡˢˣˤჼᴬᴭᴮᴰᴱᴲᴳᴴᴵᴶᴷᴸᴹᴺᴼᴽᴾᴿᵀᵁᵂᵃᵄᵅᵆᵇᵈᵉᵊᵋᵌᵍᵏᵐᵑᵒᵓᵔᵕᵖᵗᵘᵙᵚᵛᵜᵝᵞᵟᵠᵡᵸ"
    "ᶛᶜᶝᶞᶟᶠᶡᶢᶣᶤᶥᶦᶧᶨᶩᶪᶫᶬᶭᶮᶯᶰᶱᶲᶳᶴᶵᶶᶷᶸᶹᶺᶻᶼᶽᶾᶿ⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ℠™ⵯ"
    "㆒㆓㆔㆕㆖㆗㆘㆙㆚㆛㆜㆝㆞㆟ˀˁۥۦ"
)
_TAGS: Final = {
    "i": (stream.OPEN[Tag.ITALIC], stream.CLOSE[Tag.ITALIC]),
    "b": (stream.OPEN[Tag.BOLD], stream.CLOSE[Tag.BOLD]),
    "sup": (stream.OPEN[Tag.SUPERSCRIPT], stream.CLOSE[Tag.SUPERSCRIPT]),
    "sub": (stream.OPEN[Tag.SUBSCRIPT], stream.CLOSE[Tag.SUBSCRIPT]),
    "sc": (stream.OPEN[Tag.SMALL_CAPS], stream.CLOSE[Tag.SMALL_CAPS]),
}
_NOCASE: Final = (stream.NOCASE_OPEN, stream.NOCASE_CLOSE)
_QUOTES: Final = (stream.QUOTE_OPEN, stream.QUOTE_CLOSE)
_SINGLE: Final = (stream.SINGLE_OPEN, stream.SINGLE_CLOSE)
_SINGLE_MARKS: Final = frozenset("‘‚")
# Opening mark -> the marks that close it.
_PAIRS: Final = {
    "“": "”",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
}
_STRAIGHT: Final = "\"'"
_DEEPEST: Final = 50
_APOSTROPHE: Final = "’"
_AND: Final = re.compile(r"(?<!\S)['’‘]n['’](?!\S)")
_SPACES: Final = " \u00a0\u202f\u2009"
_SPECIAL: Final = re.compile(f"[<\"'“”‘’«»„‚{_SUPERS}]")
_PIECE: Final = re.compile(
    r"(?P<tag></?(?:i|b|sup|sub|sc)>)"
    r"|(?P<span><span\s+(?:class|style)\s*=\s*[\"'](?P<how>[^\"'<>]{1,80})[\"']\s*>)"
    r"|(?P<end></span>)"
    r"|(?P<angle>«[ \u00a0\u202f]|[ \u00a0\u202f]»)"
    r"|(?P<quote>[\"'“”„‘’‚])"
    f"|(?P<super>[{_SUPERS}])"
)


@dataclass(slots=True)
class _Open:
    """Something that has begun and not ended.

    Attributes:
        at: the index of its token.
        name: of the tag, or the quotation mark.
        text: as written, where it turns out to have no partner.
        marks: what it and its partner become.
    """

    at: int
    name: str
    text: str
    marks: tuple[Mark, Mark]


def is_plain(text: str) -> bool:
    """Whether nothing in the text wants to be parsed."""
    return _SPECIAL.search(text) is None


def parse(text: str) -> tuple[Token, ...]:
    """A text as tokens; marks are properly nested.

    >>> [t if isinstance(t, str) else t.kind.name for t in parse("of <i>E. coli</i>")]
    ['of ', 'OPEN', 'E. coli', 'CLOSE']
    """
    if is_plain(text):
        return (text,) if text else ()
    return _parsed(text)


@lru_cache(maxsize=4_096)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_Parser(text).tokens())


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[Token] = []
        self._open: list[_Open] = []

    def tokens(self) -> list[Token]:
        end = 0
        for match in _PIECE.finditer(self._text):
            if end < match.start():
                self._tokens.append(self._text[end : match.start()])
            end = match.end()
            self._piece(match)
        if end < len(self._text):
            self._tokens.append(self._text[end:])
        self._give_up(0)
        return self._merged()

    def _piece(self, match: re.Match[str]) -> None:
        text = match[0]
        if tag := match["tag"]:
            name = tag.strip("</>")
            if tag[1] == "/":
                self._close_tag(name, text)
            else:
                self._begin(name, text, _TAGS[name])
        elif match["span"]:
            self._span(match["how"], text)
        elif match["end"]:
            self._close_tag("span", text)
        elif match["angle"]:
            # Whatever space the quotation marks of French have, it is a narrow one.
            self._tokens.append("«\u202f" if text[0] == "«" else "\u202f»")
        elif match["super"]:
            inner = _base(text)
            begin, finish = _TAGS["sup"]
            self._tokens += [begin, inner, finish]
        else:
            self._quote(match)

    def _span(self, how: str, text: str) -> None:
        if how.strip() == "nocase":
            self._begin("span", text, _NOCASE)
        elif "small-caps" in how:
            self._begin("span", text, _TAGS["sc"])
        elif "italic" in how:
            self._begin("span", text, _TAGS["i"])
        else:
            self._tokens.append(text)

    def _begin(self, name: str, text: str, marks: tuple[Mark, Mark]) -> None:
        if len(self._open) >= _DEEPEST:
            # Nobody nests so deep, and all that is open is looked through each time.
            self._tokens.append(_as_text(text))
            return
        self._open.append(_Open(len(self._tokens), name, text, marks))
        self._tokens.append(marks[0])

    def _close_tag(self, name: str, text: str) -> None:
        depth = self._innermost(name)
        if depth is None:
            self._tokens.append(text)
        else:
            self._finish(depth)

    def _innermost(self, name: str) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == name:
                return depth
        return None

    def _finish(self, depth: int) -> None:
        """Close what began at a depth; what began in it and did not end is text."""
        self._give_up(depth + 1)
        self._tokens.append(self._open.pop().marks[1])

    def _give_up(self, depth: int) -> None:
        for one in self._open[depth:]:
            self._tokens[one.at] = _as_text(one.text)
        del self._open[depth:]

    def _quote(self, match: re.Match[str]) -> None:
        text = match[0]
        char = text.strip(_SPACES)
        before = self._text[match.start() - 1 : match.start()] if match.start() else ""
        after = self._text[match.end() : match.end() + 1]
        if self._is_and(match):
            # Rock 'n' roll: an "and" that has lost its first and its last letter.
            self._tokens.append(_APOSTROPHE)
        elif char in _STRAIGHT:
            self._straight(char, before, after)
        else:
            self._curly(char, text, after)

    def _is_and(self, match: re.Match[str]) -> bool:
        around = self._text[max(0, match.start() - 3) : match.end() + 3].lower()
        return match[0] in "'’‘" and _AND.search(around) is not None

    def _curly(self, char: str, text: str, after: str) -> None:
        depth = self._closed_by(char)
        if depth is not None and not (char == _APOSTROPHE and after.isalnum()):
            self._finish(depth)
        elif char in _PAIRS:
            marks = _SINGLE if char in _SINGLE_MARKS else _QUOTES
            self._begin(char, text, marks)
        else:
            self._tokens.append(text)

    def _closed_by(self, char: str) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            if char in _PAIRS.get(self._open[depth].name, ""):
                return depth
        return None

    def _straight(self, char: str, before: str, after: str) -> None:
        depth = self._innermost(char)
        is_end = not after or not (after.isalnum() or after in "“‘«(")
        if depth is not None and is_end and before and before not in _SPACES:
            self._finish(depth)
        elif (
            (not before or before in _SPACES or not before.isalnum())
            and (after and after not in _SPACES)
            and self._may_open(before)
        ):
            self._begin(char, char, _QUOTES)
        else:
            self._tokens.append(_as_text(char))

    def _may_open(self, before: str) -> bool:
        if before and before in _STRAIGHT:
            # Of several in a row the outer ones have to begin something, too.
            return bool(self._open) and self._open[-1].at == len(self._tokens) - 1
        return not before or before in _SPACES or before in "([{<>-–—/“‘«"

    def _merged(self) -> list[Token]:
        """The tokens, with no two strings in a row."""
        merged: list[Token] = []
        is_first = True
        for token in self._tokens:
            if not isinstance(token, str):
                merged.append(token)
            elif merged and isinstance(merged[-1], str):
                merged[-1] += token
            else:
                if not is_first:
                    merged.append(stream.JOIN)
                merged.append(token)
                is_first = False
        return merged


def _base(char: str) -> str:
    """What a raised character is one of."""
    if char in _MODIFIERS:
        return _MODIFIERS[char]
    codes = unicodedata.decomposition(char).split()[1:]
    return "".join(chr(int(code, 16)) for code in codes)


def _as_text(char: str) -> str:
    return _APOSTROPHE if char == "'" else char
