"""Dates as people write them: ``May 5, 2004``, ``5 May 2004``, ``2004-05``, ``5/2004``.

Source: citeproc-js manual, "Dates" (the ``raw`` input of a date variable).
"""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - a list of words
_SEASONS: Final = {"spr": 21, "sum": 22, "aut": 23, "fal": 23, "win": 24}
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_ISO: Final = re.compile(r"-?\d{1,4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_NUMERIC: Final = re.compile(r"(?:\d{1,2}[/.]){0,2}\d{4}")
_SPOKEN: Final = re.compile(r"[^\W\d_]{3,9}|\d{1,2}(?:st|nd|rd|th)?|\d{4}")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_DAY_OF_YEAR: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_YEAR_DIGITS: Final = 4
_LAST_MONTH: Final = 12
_WHOLE: Final = 3  # year, month and day


def raw_dates(text: str) -> list[list[int]]:
    """The date, or the two of a range, as numbers; none if it is not understood.

    Months 21 to 24 are seasons.

    >>> raw_dates("May 5, 2004"), raw_dates("2004-05/2004-06"), raw_dates("soon")
    ([[2004, 5, 5]], [[2004, 5], [2004, 6]], [])
    """
    if one := _one(text):
        return [one]
    for separator in ("/", " - ", "–", "--"):
        first, found, last = (part.strip() for part in text.partition(separator))
        if not found:
            continue
        both = [_one(first), _one(last)]
        # "1999–01" may be two years or a month: nothing says which.
        if all(both) and (separator == "/" or _both_have_years(first, last)):
            return both
        if shared := _sharing(first, last):
            return shared
    return []


def _both_have_years(first: str, last: str) -> bool:
    return bool(_YEAR.search(first) and _YEAR.search(last))


def _sharing(first: str, last: str) -> list[list[int]]:
    """Two dates of one year, or of one month, that is said once."""
    if ends := _DAY_OF_YEAR.fullmatch(last):
        # May 5–6, 2004
        start = _one(f"{first} {ends[2]}")
        return [start, [*start[:2], int(ends[1])]] if len(start) == _WHOLE else []
    end = _spoken(last)
    if not end or _YEAR.search(first):
        return []
    if _DAY.fullmatch(first):
        # 5–6 May 2004
        return [[*end[:2], int(_NUMBER.findall(first)[0])], end]
    start = _spoken(f"{first} {end[0]}")
    return [start, end] if start else []


def _one(text: str) -> list[int]:
    text = text.strip()
    if _ISO.fullmatch(text):
        sign = -1 if text.startswith("-") else 1
        year, *rest = [int(part) for part in text.lstrip("-").split("-")]
        return [sign * year, *rest]
    if _NUMERIC.fullmatch(text):
        *rest, year = [int(part) for part in _NUMBER.findall(text)]
        # Which of two comes first depends on the country; no month is above twelve.
        if len(rest) > 1 and rest[0] > _LAST_MONTH:
            rest.reverse()
        return [year, *rest]
    return _spoken(text)


def _spoken(text: str) -> list[int]:
    """A date with the name of a month or season in English."""
    pieces = [piece for piece in re.split(r"[\s,.]+", text) if piece]
    if len(pieces) < 2 or not all(map(_SPOKEN.fullmatch, pieces)):  # noqa: PLR2004
        return []
    month = year = day = 0
    for piece in pieces:
        start = piece[:3].lower()
        if _WORD.fullmatch(piece):
            if start in _MONTHS:
                month = _MONTHS.index(start) + 1
            else:
                month = _SEASONS.get(start, 0)
            if not month:
                return []
        elif len(piece) == _YEAR_DIGITS and piece.isdigit():
            year = int(piece)
        else:
            day = int(_NUMBER.findall(piece)[0])
    if not (year and month):
        return []
    return [year, month, day] if day else [year, month]
