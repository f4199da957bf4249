"""Whether values are numbers, and what they look like in a form.

Source: CSL 1.0.2 specification, "Choose" (is-numeric), "Number", "Label" (plural).
"""

from __future__ import annotations

import pytest

from csl.making import locale
from lupusrefs.csl.numbers import (
    formatted,
    is_numeric,
    is_several,
    long_ordinal,
    ordinal,
    roman,
)


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        *((text, True) for text in ("7", "D2", "2b", "L2d", "2nd", "2, 3", "2-4")),
        *((text, True) for text in ("2 & 4", "2,3", "2&4", " 2 - 4 ", "2–4", "1a, 3c")),
        *((text, False) for text in ("second", "2nd edition", "", "-", "2, x", "IX")),
        *((text, False) for text in ("2 4", "2,", "& 2", "2--4x-", "two-3")),
    ],
)
def test_is_numeric(text: str, *, numeric: bool) -> None:
    """Numbers with prefixes and suffixes, joined by comma, hyphen or ampersand."""
    assert is_numeric(text) is numeric


@pytest.mark.parametrize(
    ("text", "several"),
    [
        *((text, True) for text in ("5-7", "1–3", "2 & 4", "1, 5", "xi-xv", "1-9a")),
        *((text, True) for text in ("4 and 6", "S1-S4", "3; 7", "vi-xi")),
        *((text, True) for text in ("213, and 235", "A1-A2", "vi–xi")),
        *((text, False) for text in ("mid-civil", "MIX-DIM")),
        *((text, False) for text in ("DC-10", "2-A", "MS-DOS", "B-2")),
        *((text, False) for text in ("3", "xiv", "12a", "", "p. 3", "about", "-5")),
    ],
)
def test_is_several(text: str, *, several: bool) -> None:
    """Content is plural when it contains multiple numbers."""
    assert is_several(text) is several


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "i"),
        (2, "ii"),
        (3, "iii"),
        (4, "iv"),
        (9, "ix"),
        (14, "xiv"),
        (40, "xl"),
        (90, "xc"),
        (444, "cdxliv"),
        (1999, "mcmxcix"),
        (0, "0"),
        (-3, "-3"),
        (10_000, "10000"),
    ],
)
def test_roman_numerals(number: int, text: str) -> None:
    """What the Romans could not write stays in digits."""
    assert roman(number) == text


@pytest.mark.parametrize(
    ("number", "short", "long"),
    [
        (1, "1st", "first"),
        (2, "2nd", "second"),
        (3, "3rd", "third"),
        # A long ordinal without a term falls back to the suffixes.
        (4, "4th", "4th"),
        (10, "10th", "tenth"),
        (11, "11th", "11th"),
        (21, "21st", "21st"),
        (112, "112th", "112th"),
        (0, "0th", "0th"),
    ],
)
def test_ordinals(number: int, short: str, long: str) -> None:
    """The long form is for numbers from 1 to 10 ("Long Ordinals")."""
    english = locale()
    assert ordinal(number, english) == short
    assert long_ordinal(number, english) == long


def test_ordinals_of_a_gender() -> None:
    """The example of "Gender-specific Ordinals"."""
    french = locale("fr-FR")
    assert ordinal(1, french, "feminine") == "1re"
    assert ordinal(1, french, "masculine") == "1er"
    assert ordinal(3, french, "feminine") == "3e"
    assert long_ordinal(1, french, "feminine") == "première"
    assert long_ordinal(1, french) == "premier"


@pytest.mark.parametrize(
    ("text", "form", "result"),
    [
        ("2, 3", "numeric", "2, 3"),
        ("2, 3", "ordinal", "2nd, 3rd"),
        ("2, 3", "long-ordinal", "second, third"),
        ("2, 3", "roman", "ii, iii"),
        # Numbers with prefixes or suffixes are never changed.
        ("2E", "ordinal", "2E"),
        ("2E", "roman", "2E"),
        ("D2", "long-ordinal", "D2"),
        ("2, 3b", "roman", "ii, 3b"),
        ("1234567890123", "ordinal", "1234567890123"),
    ],
)
def test_every_number_of_a_value_takes_the_form(
    text: str, form: str, result: str
) -> None:
    """Those without affixes are individually transformed ("Number")."""
    assert formatted(text, form, locale()) == result
