"""Scripts of names, and Cyrillic and Greek beside any standard Latin spelling.

Sources of the tables: ISO 9, ISO/R 9, GOST 7.79, BGN/PCGN, ALA-LC, the British
Standard, ICAO passports and the scholarly system for Cyrillic; ISO 843, ELOT 743,
BGN/PCGN, ALA-LC and the classical spelling for Greek. All marks are left out.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Script(StrEnum):
    """A script, as far as it matters for comparing names."""

    LATIN = "Latin"
    CYRILLIC = "Cyrillic"
    GREEK = "Greek"
    EAST_ASIAN = "East Asian"
    OTHER = "other"


# (first, last code point) -> script. Source: Unicode's Blocks.txt.
_BLOCKS: Final = (
    (0x0000, 0x02FF, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x1100, 0x11FF, Script.EAST_ASIAN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2C60, 0x2C7F, Script.LATIN),
    (0x3005, 0x9FFF, Script.EAST_ASIAN),
    (0xA720, 0xA7FF, Script.LATIN),
    (0xAC00, 0xD7AF, Script.EAST_ASIAN),
    (0xF900, 0xFAFF, Script.EAST_ASIAN),
    (0xFB00, 0xFB06, Script.LATIN),
    (0xFF21, 0xFF5A, Script.LATIN),
    (0x20000, 0x3FFFF, Script.EAST_ASIAN),
)


def script_of(text: str) -> Script:
    """The script of the first letter that is not Latin, else Latin."""
    if text.isascii():
        return Script.LATIN
    for char in text:
        if char.isalpha() and (found := _script(ord(char))) is not Script.LATIN:
            return found
    return Script.LATIN


@lru_cache(maxsize=1024)
def _script(code: int) -> Script:
    for first, last, script in _BLOCKS:
        if first <= code <= last:
            return script
    return Script.OTHER


_CYRILLIC: Final = {
    "а": "a",
    "б": "b",
    "в": "v w",
    "г": "g h gh",
    "ґ": "g",
    "д": "d",
    "е": "e ye je ie",
    "ё": "e yo jo io ye",
    "є": "ye ie je e",
    "ж": "zh z j g dzh",
    "з": "z s",
    "и": "i y",
    "і": "i",
    "ї": "i yi ji ii",
    "й": "i y j -",
    "ј": "j y",
    "к": "k c",
    "л": "l",
    "љ": "lj l",
    "м": "m",
    "н": "n",
    "њ": "nj n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s ss",
    "т": "t",
    "ћ": "c ch",
    "ђ": "dj d",
    "у": "u ou",
    "ў": "u w",
    "ф": "f ph",
    "х": "kh h ch x",
    "ц": "ts c tc tz cz",
    "ч": "ch c tch tsch",
    "џ": "dz d",
    "ш": "sh s sch",
    "щ": "shch sc sch sh sht st schtsch",
    "ъ": "- a u ie",
    "ы": "y i",
    "ь": "- j i y",
    "э": "e",
    "ю": "yu iu ju u",
    "я": "ya ia ja a",
}
_GREEK: Final = {
    "αι": "ai e ae",
    "ει": "ei i",
    "οι": "oi i oe",
    "ου": "ou u",
    "αυ": "au av af",
    "ευ": "eu ev ef",
    "ηυ": "eu iv if",
    "γγ": "ng gg",
    "γκ": "gk g nk",
    "γξ": "nx gx",
    "γχ": "nch nkh gch",
    "μπ": "b mp mb",
    "ντ": "d nt nd",
    "τζ": "tz j",
    "α": "a",
    "β": "v b",
    "γ": "g gh y",
    "δ": "d dh",
    "ε": "e",
    "ζ": "z",
    "η": "i e h",
    "θ": "th",
    "ι": "i y",
    "κ": "k c",
    "λ": "l",
    "μ": "m",
    "ν": "n",
    "ξ": "x ks",
    "ο": "o",
    "π": "p",
    "ρ": "r rh",
    "σ": "s ss",
    "ς": "s",
    "τ": "t",
    "υ": "y i u",
    "φ": "f ph",
    "χ": "ch h kh x",
    "ψ": "ps",
    "ω": "o",
}
_SPELLINGS: Final = {
    letters: tuple(form.replace("-", "") for form in forms.split())
    for table in (_CYRILLIC, _GREEK)
    for letters, forms in table.items()
}
# Endings that schemes contract: "-ский" is also "-sky" (BGN/PCGN, simplified).
_ENDINGS: Final = {"ий": ("y", "i"), "ый": ("y", "i")}


def is_transliteration(foreign: str, latin: str, *, start_only: bool = False) -> bool:
    """Whether a folded Latin word writes a Cyrillic or Greek one, by any scheme.

    Args:
        foreign: one word, in lower case.
        latin: folded, without marks.
        start_only: whether ``latin`` may stop early, as an initial does.

    >>> is_transliteration("достоевский", "dostoyevsky")
    True
    """
    foreign = _with_marks_that_count(foreign)
    ends = {0}
    position = 0
    while position < len(foreign) and ends:
        if start_only and len(latin) in ends:
            return True
        contracted = _ENDINGS.get(foreign[position:], ())
        if any(latin[end:] in contracted for end in ends):
            return True
        length, forms = _next(foreign, position)
        ends = {
            end + len(form)
            for end in ends
            for form in forms
            if latin.startswith(form, end)
        }
        position += length
    return len(latin) in ends


def _next(foreign: str, position: int) -> tuple[int, tuple[str, ...]]:
    """Length and spellings of the letters at a position; digraphs may be split."""
    pair, single = foreign[position : position + 2], foreign[position]
    single_forms = _SPELLINGS.get(single, (single,))
    if len(pair) == len("αι") and pair in _SPELLINGS:
        second = _SPELLINGS.get(pair[1], (pair[1],))
        apart = tuple(one + two for one in single_forms for two in second)
        return 2, _SPELLINGS[pair] + apart
    return 1, single_forms


@lru_cache(maxsize=1024)
def _with_marks_that_count(text: str) -> str:
    """Without accents, but with the marks that make another letter (й, ё, ї, ў)."""
    kept = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        plain = char if char in _SPELLINGS else unicodedata.normalize("NFD", char)
        kept.append("".join(c for c in plain if not unicodedata.combining(c)))
    return "".join(kept)
