"""Publication dates as MEDLINE, PubMed and the Web of Science write them.

``2021 Aug 5``, ``2021 Jul-Aug``, ``2000 Jul 29-Aug 4``, ``1998 Dec-1999 Jan``,
``2021 Spring``, ``1978-1979``; the Web of Science has ``AUG 5`` and the year apart.

Source: MEDLINE/PubMed Data Element (Field) Descriptions, "Date of Publication (DP)";
MEDLINE PubMed XML Element Descriptions, ``<PubDate>`` and ``<MedlineDate>``; Web of
Science help, "Field Tags", PD and PY.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.model.dates import OPEN_END, Date, PartialDate, parse_edtf

_MONTH_NAMES: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_MONTHS: Final = {name.lower(): at for at, name in enumerate(_MONTH_NAMES, start=1)}
_LONG_MONTHS: Final = frozenset(
    "january february march april june july august sept september october november"  # noqa: SIM905 - a list of words
    " december".split()
)
_SEASON_NAMES: Final = ("Spring", "Summer", "Autumn", "Winter")
# The Web of Science has the first three letters.
_SEASONS: Final = {
    **{name.lower(): at for at, name in enumerate(_SEASON_NAMES, start=1)},
    **{name[:3].lower(): at for at, name in enumerate(_SEASON_NAMES, start=1)},
    "fall": 3,
    "fal": 3,
}
_DASH: Final = re.compile(r"\s*[-\u2010-\u2015\u2212/]\s*")
_GAP: Final = re.compile(r"[\s,.]+")
_YEAR_MONTH: Final = re.compile(r"([0-9]{4})-([A-Za-z]{3,9})(?:-([0-9]{1,2}))?")
_YEAR_LAST: Final = re.compile(r"(.{1,30}) ([0-9]{4})")
_YEAR: Final = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
# Not "12", and not "2021-22", which are two years here.
_EDTF: Final = re.compile(r"(?![0-9]{4}-2[1-4]\Z)(?:[+-]?[0-9]{4}|[yY]-?[0-9]{5})")
_LONGEST: Final = 60  # characters of a date
_CENTURY: Final = 100
_MONTHS_OF_YEAR: Final = 12


def read_date(text: str) -> tuple[Date, bool]:
    """A date, and whether all of the text is in it.

    Of words that are no date the year counts, if they name just one; else they are
    the date's literal.

    >>> str(read_date("2021 Jul-Aug")[0]), read_date("2021 Suppl")[1]
    ('2021-07/2021-08', False)
    """
    date = parse_date(text)
    if date is None and _EDTF.match(text):
        date = parse_edtf(text)
    if date is not None:
        return date, True
    years = set(_YEAR.findall(text))
    if len(years) == 1:
        return Date(PartialDate(int(years.pop()))), False
    return Date(literal=" ".join(text.split())), True


def parse_date(text: str) -> Date | None:
    """A date in MEDLINE's words, the year first or last, or None."""
    if len(text) > _LONGEST:
        return None
    text = _GAP.sub(" ", _DASH.sub("-", text)).strip()
    if joined := _YEAR_MONTH.fullmatch(text):
        text = " ".join(part for part in joined.groups() if part)
    elif (last := _YEAR_LAST.fullmatch(text)) and not _YEAR.match(text):
        text = f"{last[2]} {last[1]}"
    first, dash, second = text.partition("-")
    try:
        start = _Half.parse(first)
        if not dash:
            return Date(start.date())
        end = _Half.parse(second).after(start)
        dates = start.date(), end.date()
    except ValueError:
        return None
    return Date(dates[0], dates[1]) if dates[0] < dates[1] else None


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of the dash: what is written there, and no more."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    number: int | None = None

    @classmethod
    def parse(cls, text: str) -> _Half:
        """Read ``2021 Aug 5``, ``Aug 5``, ``Spring``, ``2013 06 10`` or a number.

        Raises:
            ValueError: there is anything else in it.
        """
        tokens = text.split()
        year = int(tokens.pop(0)) if tokens and _YEAR.fullmatch(tokens[0]) else None
        words = [token.lower() for token in tokens if not token.isdigit()]
        numbers = [int(token) for token in tokens if token.isdecimal()]
        if len(words) + len(numbers) != len(tokens):
            raise ValueError(text)
        match words, numbers:
            case [], [] if year is not None:
                return cls(year)
            case [], [number] if year is None:
                return cls(number=number)
            case [], [month]:
                return cls(year, month)
            case [], [month, day] if year is not None:
                return cls(year, month, day)
            case [word], [] if word in _SEASONS:
                return cls(year, season=_SEASONS[word])
            case [word], []:
                return cls(year, _month(word))
            case [word], [day]:
                return cls(year, _month(word), day)
        raise ValueError(text)

    def after(self, start: _Half) -> _Half:
        """The end of a range, with what it has in common with the start."""
        year = start.year if self.year is None else self.year
        if self.number is None:
            return _Half(year, self.month, self.day, self.season)
        if start.day is not None:
            return _Half(year, start.month, self.number)
        if start.month is not None:
            return _Half(year, self.number)
        if start.year is None or not _MONTHS_OF_YEAR < self.number < _CENTURY:
            raise ValueError("neither a month nor a year")
        return _Half(start.year - start.year % _CENTURY + self.number)

    def date(self) -> PartialDate:
        """The date.

        Raises:
            ValueError: there is none, or no such one.
        """
        if self.year is None:
            raise ValueError("no year")
        return PartialDate(self.year, self.month, self.day, self.season)


def _month(word: str) -> int:
    """1 to 12.

    Raises:
        ValueError: it is no month.
    """
    if word in _MONTHS or word in _LONG_MONTHS:
        return _MONTHS[word[:3]]
    raise ValueError(word)


def written_date(date: Date) -> str:
    """The date in MEDLINE's words; EDTF where MEDLINE has none, so that it reads back.

    >>> written_date(Date(PartialDate(2021, 7), PartialDate(2021, 8)))
    '2021 Jul-Aug'
    """
    if date.start is None:
        return date.literal or ""
    words = _words(date.start, None)
    if date.end is not None and date.end != OPEN_END:
        words += f"-{_words(date.end, date.start)}"
    plain = Date(date.start, date.end, circa=date.circa)
    return words if parse_date(words) == plain else str(plain)


def _words(date: PartialDate, start: PartialDate | None) -> str:
    """A date in words, without what it shares with the start of the range."""
    parts = [f"{date.year:04d}"]
    if date.season is not None:
        parts.append(_SEASON_NAMES[date.season - 1])
    if date.month is not None:
        parts.append(_MONTH_NAMES[date.month - 1])
    if date.day is not None:
        parts.append(str(date.day))
    if start is not None and start.year == date.year and len(parts) > 1:
        del parts[0]
        if date.day is not None and start.month == date.month and start.day:
            del parts[0]
    return " ".join(parts)
