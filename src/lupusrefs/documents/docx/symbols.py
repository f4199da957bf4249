"""Characters of symbol fonts, which Word keeps at U+F020 to U+F0FF.

Source: ISO/IEC 29500-1, 17.3.3.30 (``sym``); Adobe, "Symbol Encoding".
"""

from __future__ import annotations

import re
from typing import Final

_FIRST: Final = 0x20
_PRIVATE: Final = range(0xF020, 0xF100)
_HIGHEST: Final = 0x110000
_CODE: Final = re.compile("[0-9A-Fa-f]{1,6}")
# From 0x20 on; what Unicode lacks, or only builds tall brackets, is a blank.
_SYMBOL: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    " αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ "
    "                                "
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…   "
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑          〉∫⌠ ⌡          "
)
_TABLE: Final = {0xF000 + at: char for at, char in enumerate(_SYMBOL, start=_FIRST)}


def symbols(text: str) -> str:
    """A text in the font "Symbol", whose letters may be at their private places."""
    return text.translate(_TABLE)


def symbol(font: str, code: str) -> str:
    """The character of a ``w:sym``; a blank for a picture of a font that is not known.

    Args:
        font: its name.
        code: the place of the character in it, in hexadecimal.

    >>> symbol("Symbol", "F061"), symbol("Wingdings", "F0FC"), symbol("Arial", "2265")
    ('α', ' ', '≥')
    """
    if not _CODE.fullmatch(code):
        return ""
    number = int(code, 16)
    is_letter = number in _PRIVATE or number < _PRIVATE.stop - _PRIVATE.start + _FIRST
    if font == "Symbol" and is_letter:
        return _TABLE.get(0xF000 | number, "")
    if number in _PRIVATE or font.startswith(("Wingdings", "Webdings")):
        return " "
    is_character = _FIRST <= number < _HIGHEST and not 0xD800 <= number < 0xE000  # noqa: PLR2004 - halves of characters
    return chr(number) if is_character else ""
