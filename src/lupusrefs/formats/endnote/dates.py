"""Dates as RIS and EndNote write them.

Source: "RIS Format Specifications" (2001), "Date Fields": ``YYYY/MM/DD/other``, all
but the year optional, ``other`` being any text such as a season. Exporters also write
ISO 8601, and words: "MAY 12", "2014 Jan-Feb", "12 May 2011", "WIN".
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.model.dates import Date, PartialDate, parse_edtf, partial_date

_SLASHES: Final = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d{0,2})(?:/(?P<day>\d{0,2})(?:/(?P<other>.*))?)?",
    re.DOTALL,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
# EDTF also reads "5/2010", as two years.
_EDTF_LIKE: Final = re.compile(r"[+-]?\d{4}(?!\d)|[yY]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[0-9]|20)\d{2}(?!\d)")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_SEASONS: Final = {"spr": 1, "sum": 2, "aut": 3, "fal": 3, "win": 4}
_SEASON_NAMES: Final = ("Spring", "Summer", "Autumn", "Winter")
_LAST_YEAR: Final = 9999
_LONGEST: Final = 40  # characters; longer texts are no dates


def parse_date(text: str) -> Date | None:
    """The date that a field holds; None where it has no year that can be read.

    >>> str(parse_date("2005/07/15/")), str(parse_date("1998///Spring"))
    ('2005-07-15', '1998-21')
    """
    text = text.strip()
    if slashes := _SLASHES.fullmatch(text):
        return _from_slashes(slashes)
    if compact := _COMPACT.fullmatch(text):
        return _date(*compact.groups())
    if _EDTF_LIKE.match(text):
        # "2019-03-28 12:00:00": EDTF has a T there.
        whole = parse_edtf(text) or parse_edtf(text.replace(" ", "T", 1))
        if whole is not None:
            return whole
    return _loose(text)


def with_year(text: str, year: int) -> Date | None:
    """The date that a text without a year means in a year: "MAY 12", "WIN".

    >>> str(with_year("SEP-OCT", 2010))
    '2010-09/2010-10'
    """
    if _YEAR.search(text) or len(text) > _LONGEST:
        return None
    return _of_words(text, year)


def other_text(text: str) -> str:
    """What stands behind the day, such as "received"; empty where nothing does."""
    slashes = _SLASHES.fullmatch(text.strip())
    return ((slashes and slashes["other"]) or "").strip()


def date_text(date: Date) -> str:
    """A date as ``YYYY/MM/DD/other``.

    Ranges and uncertain dates are ``other`` in EDTF; words without a date, and years
    that four digits cannot write, stand alone.
    """
    if date.start is None:
        return (date.literal or "").strip()
    start = date.start
    if not 0 <= start.year <= _LAST_YEAR:
        return str(Date(start, date.end, date.circa))
    month = f"{start.month:02d}" if start.month else ""
    day = f"{start.day:02d}" if start.day else ""
    other = ""
    if date.end is not None or date.circa:
        other = str(Date(start, date.end, date.circa))
    elif start.season is not None:
        other = _SEASON_NAMES[start.season - 1]
    return f"{start.year:04d}/{month}/{day}/{other}"


def _from_slashes(match: re.Match[str]) -> Date:
    year, month, day = match["year"], match["month"], match["day"]
    other = (match["other"] or "").strip()
    whole = parse_edtf(other) if other else None
    if whole is not None:
        # Ranges and uncertain dates, as ``date_text`` writes them.
        if whole.year == int(year) and (whole.end or whole.circa):
            return whole
    elif not month and (words := with_year(other, int(year))):
        return words
    return _date(year, month, day)


def _date(year: str, month: str | None, day: str | None) -> Date:
    """The date of three numbers; a month or day that cannot be is left out."""
    parts = [int(part) for part in (year, month, day if month else "") if part]
    for end in range(len(parts), 1, -1):
        try:
            return Date(partial_date(parts[:end]))
        except ValueError:
            continue
    return Date(PartialDate(int(year)))


def _loose(text: str) -> Date | None:
    """A date in words with a year of four digits in it."""
    years = _YEAR.findall(text)
    if not years or len(text) > _LONGEST:
        return None
    year = int(years[0])
    rest = _YEAR.sub(" ", text)
    if words := _of_words(rest, year):
        return words
    numbers = _DAY.findall(rest)
    numeric = re.fullmatch(r"\W*(?:(\d{1,2})\W+)?(\d{1,2})\W+", rest)
    if numeric:
        first, second = numeric.groups()
        # "01/22/2009" and "22/09/2020": the month is the one that can be.
        month, day = (first, second) if first else (second, None)
        if day and int(month) > len(_MONTHS):
            month, day = day, month
        return _date(str(year), month, day)
    return None if numbers or _WORD.search(rest) else Date(PartialDate(year))


def _of_words(text: str, year: int) -> Date | None:
    """A month or season, perhaps two of them, perhaps a day: nothing else."""
    words = [word.lower() for word in _WORD.findall(text)]
    months = [month for word in words if (month := _month(word))]
    seasons = [_SEASONS[word[:3]] for word in words if word[:3] in _SEASONS]
    if not words or len(months) + len(seasons) != len(words):
        return None
    if seasons:
        last = seasons[-1] if len(seasons) > 1 else None
        end = PartialDate(year, season=last) if last else None
        return Date(PartialDate(year, season=seasons[0]), end)
    days = [int(day) for day in _DAY.findall(text)]
    return _range(year, months, days)


def _range(year: int, months: list[int], days: list[int]) -> Date | None:
    if len(months) > 2 or len(days) > 2:  # noqa: PLR2004 - begin and end
        return None
    start = _day(year, months[0], days[:1])
    if start is None:
        return None
    if len(months) == 1 and len(days) <= 1:
        return Date(start)
    last = days[1:] if len(days) > 1 else []
    end = _day(year + (months[-1] < months[0]), months[-1], last)
    return Date(start, end) if end is not None and end != start else Date(start)


def _day(year: int, month: int, days: list[int]) -> PartialDate | None:
    try:
        return PartialDate(year, month, *days)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """1 to 12 for an English month or its abbreviation."""
    for number, month in enumerate(_MONTHS, start=1):
        if word.startswith(month) and word in _FULL_MONTHS[number - 1][: len(word)]:
            return number
    return None


_FULL_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
