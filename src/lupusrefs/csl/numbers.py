"""Numbers: whether a value is one, and what it looks like in a form.

Source: CSL 1.0.2 specification, "Number", "Choose" (is-numeric), "Label".
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.csl.locale import Locale

# Digits with a prefix or suffix ("D2", "2nd", "L2d"), joined by hyphens, commas and
# ampersands with or without spaces ("Choose", is-numeric).
_ONE: Final = r"[^\W\d_]{0,8}[0-9]+[^\W\d_]{0,8}"
_NUMERIC: Final = re.compile(
    rf"\s*{_ONE}(?:\s*[-–—,;&]\s*{_ONE}|\s+(?:and|et|und)\s+{_ONE})*\s*"
)
# A number by itself: "2nd" and "12a" have a form already.
_DIGITS: Final = re.compile(r"(?<![^\W_])[0-9]+(?![^\W_])")
_AND: Final = r"(?:and|et|und)\b"
_A_ROMAN: Final = (
    "(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
)
# Two numbers, or two Roman ones: "DC-10" is one, and so is "2-A".
_SEVERAL: Final = re.compile(
    rf"(?<!\d){_ONE}\s*(?:[-–—&,;]\s*(?:{_AND}\s*)?|\b{_AND}\s*){_ONE}"
    rf"|(?<!\w){_A_ROMAN}\s*[-–—&,;]\s*{_A_ROMAN}(?!\w)",
    re.IGNORECASE,
)
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_COUNT: Final = re.compile(r"\s*[0-9]{1,6}\s*", re.ASCII)
_LARGEST_ROMAN: Final = 6000
_LONG_ORDINALS: Final = 10


def count_of(text: str | None, default: int) -> int:
    """A number that an attribute is set to; the default if it is none.

    ``str.isdigit`` holds of more than ``int`` can read: of "²", and of what has more
    than 4,300 digits.
    """
    return int(text) if text and _COUNT.fullmatch(text) else default


def is_numeric(text: str) -> bool:
    """Whether a value is a number for ``is-numeric``.

    >>> [is_numeric(t) for t in ("5th", "1, 3 & 5", "2-4", "second", "5 ed.")]
    [True, True, True, False, False]
    """
    return _NUMERIC.fullmatch(text) is not None


def is_several(text: str) -> bool:
    """Whether a locator or page field names more than one thing."""
    return _SEVERAL.search(text) is not None


def roman(number: int) -> str:
    """A number in Roman numerals, in small letters."""
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number as an ordinal: "3rd"."""
    return f"{number}{locale.ordinals(gender).suffix(number)}"


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number as a word, "third"; from eleven on as an ordinal."""
    if 0 < number <= _LONG_ORDINALS:
        found = locale.find(f"long-ordinal-{number:02d}", "long", gender)
        if found and found.single:
            return found.single
    return ordinal(number, locale, gender)


def formatted(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """Every number in a value, in the form; what is no digit stays.

    Args:
        text: such as ``2`` or ``2-4``.
        form: ``numeric``, ``ordinal``, ``long-ordinal`` or ``roman``.
        locale: whose ordinals they are.
        gender: of the noun that is counted.
    """
    if form == "numeric":
        return text

    def one(match: re.Match[str]) -> str:
        number = int(match[0]) if len(match[0]) < _LONG_ORDINALS else -1
        if number < 0:
            return match[0]
        if form == "ordinal":
            return ordinal(number, locale, gender)
        if form == "long-ordinal":
            return long_ordinal(number, locale, gender)
        return roman(number)

    return _DIGITS.sub(one, text)
