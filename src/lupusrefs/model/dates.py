"""Dates as bibliographies have them: partial, ranged, seasonal, uncertain, literal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# A leap year for every year: a misprinted 29 February is the comparison's business,
# not a reason to lose the reference.
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS: Final = len(_DAYS)
# Beyond this no date is meant; EDTF's long years end here too.
_YEARS = 10**9
_LONG_YEARS = 10_000
# EDTF (ISO 8601-2) writes seasons as months 21 (spring) to 24 (winter); CSL as 1 to 4.
_EDTF_SEASON: Final = range(21, 25)
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_EDTF: Final = re.compile(
    r"(?P<year>[+-]?\d{1,4}|[yY]-?\d{5,9})"
    r"(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:T[0-9:.]+Z?)?)?)?(?P<flag>[~?%])?",
)
_WRITTEN: Final = re.compile(r"\s*[+-]?[0-9]{1,10}\s*")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of year, year and month, or year, month and day.

    Attributes:
        year: astronomical year; negative before 1 BC. 0 as the end of a range
            means that the range is open (pandoc's convention in CSL-JSON).
        month: 1 to 12, or None.
        day: 1 to 31, or None; never without a month.
        season: 1 (spring) to 4 (winter), or None; never with a month.

    Raises:
        ValueError: a part is out of range or stands without its parent.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None

    def __post_init__(self) -> None:
        if self.month is not None and not 1 <= self.month <= _MONTHS:
            raise ValueError(f"month {self.month} is not in 1 to 12")
        if self.day is not None:
            if self.month is None:
                raise ValueError("a day needs a month")
            last = _DAYS[self.month - 1]
            if not 1 <= self.day <= last:
                raise ValueError(f"day {self.day} is not in 1 to {last}")
        if self.season is not None:
            if self.month is not None:
                raise ValueError("a date has a month or a season, not both")
            if not 1 <= self.season <= len(_EDTF_SEASON):
                raise ValueError(f"season {self.season} is not in 1 to 4")

    @property
    def _order(self) -> tuple[int, int, int, int]:
        return (self.year, self.month or 0, self.day or 0, self.season or 0)

    def __lt__(self, other: PartialDate) -> bool:
        return self._order < other._order

    def __le__(self, other: PartialDate) -> bool:
        return self._order <= other._order

    def __gt__(self, other: PartialDate) -> bool:
        return self._order > other._order

    def __ge__(self, other: PartialDate) -> bool:
        return self._order >= other._order

    def __str__(self) -> str:
        """ISO 8601 of the given precision; a season as EDTF month 21 to 24."""
        sign, year = ("-", -self.year) if self.year < 0 else ("", self.year)
        # EDTF marks years of more than four digits (level 1).
        text = f"y{sign}{year}" if year >= _LONG_YEARS else f"{sign}{year:04d}"
        if self.season is not None:
            return f"{text}-{_EDTF_SEASON[self.season - 1]}"
        for part in (self.month, self.day):
            if part is not None:
                text += f"-{part:02d}"
        return text

    def parts(self) -> list[int]:
        """The date as one CSL ``date-parts`` row of one to three numbers.

        CSL has no year 0: its -1 is 1 BC, astronomical 0 (citeproc-js prints -44 as
        44 BC; pandoc writes EDTF's -0043 as -44).
        """
        year = self.year if self.year > 0 else self.year - 1
        return [p for p in (year, self.month, self.day) if p is not None]


@dataclass(frozen=True, slots=True)
class Date:
    """The value of a CSL date variable (CSL 1.0.2 specification, "Date Variables").

    Attributes:
        start: the date, or the first date of a range.
        end: the last date of a range; ``PartialDate(0)`` for an open one.
        circa: the date is approximate.
        literal: text to print where there is no calendar date ("in press").
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    circa: bool = False
    literal: str | None = None

    @property
    def year(self) -> int | None:
        """The year of the (first) date, or None."""
        return self.start.year if self.start else None

    def __str__(self) -> str:
        """EDTF where there is a calendar date, else the literal."""
        if self.start is None:
            return self.literal or ""
        text, flag = str(self.start), "~" if self.circa else ""
        if self.end is None:
            return text + flag
        if self.end == OPEN_END:
            return f"{text}{flag}/.."
        return f"{text}/{self.end}{flag}"

    def to_csl(self) -> dict[str, object]:
        """The date as a CSL-JSON object."""
        csl: dict[str, object] = {}
        if self.start is not None:
            rows = [self.start.parts()]
            if self.end is not None:
                open_end = self.end == OPEN_END
                rows.append([0] if open_end else self.end.parts())
                # CSL-JSON has one `season`, and that is the start's.
                if self.end.season is not None:
                    rows[-1].append(_EDTF_SEASON[self.end.season - 1])
            csl["date-parts"] = rows
            if self.start.season is not None:
                csl["season"] = self.start.season
        if self.circa:
            csl["circa"] = True
        if self.literal is not None:
            csl["literal"] = self.literal
        return csl


OPEN_END: Final = PartialDate(0)


def parse_edtf(text: str) -> Date | None:
    """A date written in EDTF level 0 or 1 (Library of Congress, EDTF 2019), or None.

    Understood: ``2021``, ``2021-08``, ``2021-08-05``, a time of day (dropped),
    seasons ``2021-21``, ``~ ? %`` (as *circa*), ``y12000``, ranges with ``/``
    and open ends ``..``.

    >>> str(parse_edtf("2021-08/2021-09~"))
    '2021-08/2021-09~'
    """
    first, slash, last = text.strip().partition("/")
    start = _parse_one(first)
    if start is None:
        return None
    if not slash:
        return Date(start[0], circa=start[1])
    if last in {"", ".."}:
        return Date(start[0], OPEN_END, circa=start[1])
    end = _parse_one(last)
    if end is None:
        return None
    return Date(start[0], end[0], circa=start[1] or end[1])


def _parse_one(text: str) -> tuple[PartialDate, bool] | None:
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    numbers = [int(p.lstrip("yY")) for p in match.group("year", "month", "day") if p]
    try:
        return partial_date(numbers), match["flag"] is not None
    except ValueError:
        return None


def partial_date(parts: Sequence[int], season: int | None = None) -> PartialDate:
    """A date from one to three numbers, trailing zeros meaning "not given".

    Months 21 to 24 are EDTF's seasons.

    Raises:
        ValueError: no or too many parts, or a part out of range.
    """
    count = len(parts)
    while count > 1 and parts[count - 1] == 0:
        count -= 1
    if not 1 <= count <= len(("year", "month", "day")):
        raise ValueError("a date has one to three parts")
    if count == 1:
        return _one_of_few(parts[0], None, None, season)
    if parts[1] in _EDTF_SEASON:
        return PartialDate(parts[0], season=parts[1] - _EDTF_SEASON.start + 1)
    day = parts[2] if count > len(("year", "month")) else None
    return _one_of_few(parts[0], parts[1], day)


# A record has five dates, and those of a million records are of some thousand days.
_one_of_few: Final = lru_cache(maxsize=8192)(PartialDate)


# So far a year, month or day is plain; and what else a date object may say.
_PLAIN: Final = range(1, _LONG_YEARS)
_FURTHER: Final = frozenset(("season", "circa", "literal", "raw", "edtf"))


@lru_cache(maxsize=8192)
def _of_parts(*parts: int) -> Date:
    return Date(partial_date(parts))


def _plain_parts(value: Mapping[str, object]) -> list[int] | None:
    """The numbers of a date that is nothing but one row of them, as most are."""
    rows = value.get("date-parts")
    if not isinstance(rows, list) or len(rows) != 1 or not _FURTHER.isdisjoint(value):
        return None
    row = rows[0]
    if not isinstance(row, list) or not row:
        return None
    for part in row:
        if type(part) is not int or part not in _PLAIN:  # True is no month
            return None
    return row


def date_from_csl(value: Mapping[str, object]) -> Date | None:
    """Read a CSL-JSON date object; ``None`` where it says "no date" (``[[null]]``).

    Numbers may be strings, as the CSL schema allows. ``raw`` is read as EDTF and
    kept as literal where it is none.

    Raises:
        ValueError: the object is not a CSL date; the message says why.
    """
    if plain := _plain_parts(value):
        return _of_parts(*plain)
    rows = _rows(value.get("date-parts"))
    season = _season(value.get("season"))
    circa = bool(value.get("circa")) and value.get("circa") != "false"
    literal = value.get("literal")
    if literal is not None and not isinstance(literal, str):
        raise ValueError("literal must be text")
    raw = value.get("raw", value.get("edtf"))
    if not rows and isinstance(raw, str) and raw.strip():
        parsed = parse_edtf(raw)
        if parsed is None:
            return Date(circa=circa, literal=literal or raw)
        return replace(parsed, circa=parsed.circa or circa, literal=literal or None)
    if not rows:
        return Date(circa=circa, literal=literal) if literal else None
    start = partial_date(_astronomical(rows[0]), season)
    end = partial_date(_astronomical(rows[1])) if len(rows) > 1 else None
    return Date(start, end, circa, literal)


def _astronomical(row: list[int]) -> list[int]:
    """A row with its year counted as ISO 8601 does: 1 BC is 0."""
    return [row[0] + 1, *row[1:]] if row[0] < 0 else row


def _rows(value: object) -> list[list[int]]:
    """``date-parts`` as rows of numbers, without the rows that are all null."""
    if value is None:
        return []
    rows = [
        [_number(part) for part in _row(row) if part is not None and part != ""]
        for row in _row(value)
    ]
    if len(rows) > len(("start", "end")):
        raise ValueError("date-parts has at most two dates: start and end")
    return [row for row in rows if row]


def _row(row: object) -> Sequence[object]:
    # Lists first: they are what it is, and quicker to tell than other sequences.
    if not isinstance(row, (list, Sequence)) or isinstance(row, str):
        raise ValueError("date-parts must be a list of lists, as in [[2021, 8, 5]]")
    return row


def _number(part: object) -> int:
    if isinstance(part, str):
        if not _WRITTEN.fullmatch(part):
            raise ValueError(f"{part[:40]!r} is not a year, month or day")
        part = int(part)
    if isinstance(part, bool) or not isinstance(part, (int, float)):
        raise ValueError(f"{part!r} is not a year, month or day")
    if not -_YEARS <= part < _YEARS or part != int(part):
        raise ValueError(f"{part!r} is not a year, month or day")
    return int(part)


def _season(value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.casefold() in _SEASONS:
        return _SEASONS[value.casefold()]
    season = _number(value)
    # Seasons as 21-24 are EDTF's spelling of CSL's 1-4.
    return season - _EDTF_SEASON.start + 1 if season in _EDTF_SEASON else season
