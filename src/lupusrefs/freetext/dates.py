"""The dates of references: "(2004, May)", "Aug 31 2015", "1998–99", "n.d."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.freetext import lexicon
from lupusrefs.model.dates import Date, PartialDate, partial_date

_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_DOTTED: Final = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_YEAR: Final = re.compile(
    r"(?<!\d)(?P<year>1[0-9]\d\d|20\d\d)(?P<suffix>[a-z])?(?![\d])"
)
_YEARS: Final = re.compile(
    r"(?<!\d)(1[0-9]\d\d|20\d\d)\s?[-–—/]\s?(1[0-9]\d\d|20\d\d|\d\d)(?!\d)"
)
_NO_DATE: Final = re.compile(
    r"\b(?:n\.\s?d|no date|undated|s\.\s?d|s\.\s?f|o\.\s?J)\b\.?", re.IGNORECASE
)
_CIRCA: Final = re.compile(
    r"(?<!\w)(?:ca?\.|circa|about|um|vers)\s?(?=\d)", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]+|\d{1,2}(?!\d)(?<!\d\d\d)")
_LAST_DAY: Final = 31
_MONTHS_END: Final = 12
_CENTURY: Final = 100


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, and the letter behind its year ("2007a")."""

    date: Date
    suffix: str | None = None


def parse_date(text: str) -> ReadDate | None:
    """The date that a text means; None where it is none.

    What is only said in words ("n.d.", "in press") is a literal.

    >>> str(parse_date("Aug 31 2015").date), str(parse_date("(2004, May)").date)
    ('2015-08-31', '2004-05')
    """
    text = text[:200]
    circa = _CIRCA.search(text) is not None
    if iso := _ISO.search(text):
        year, month, day = (int(part or 0) for part in iso.groups())
        # 1998-99 is two years.
        if month <= _MONTHS_END and (day or "0" in iso[2] or not _years(text)):
            return _read([year, month, day], circa)
    if dotted := _DOTTED.search(text):
        day, month, year = map(int, dotted.groups())
        return _read([year, *_in_order(day, month, dotted[0])], circa)
    if years := _years(text):
        return ReadDate(Date(PartialDate(years[0]), PartialDate(years[1]), circa))
    year_found = _YEAR.search(text)
    if year_found is None:
        if undated := _NO_DATE.search(text):
            return ReadDate(Date(literal=undated[0]))
        return None
    year = int(year_found["year"])
    rest = text[: year_found.start()] + " " + text[year_found.end() :]
    date = _with_month(year, rest, circa=circa)
    return ReadDate(date, year_found["suffix"])


def _years(text: str) -> tuple[int, int] | None:
    found = _YEARS.search(text)
    if found is None:
        return None
    first = int(found[1])
    last = int(found[2])
    if len(found[2]) < len(found[1]):
        last += first - first % _CENTURY
    return (first, last) if first < last else None


def _in_order(first: int, second: int, written: str) -> list[int]:
    """Month and day of 31.8.2015 or 8/31/2015; only what is certain."""
    if "." in written and second <= _MONTHS_END:
        return [second, first]
    if first > _MONTHS_END >= second:
        return [second, first]
    if second > _MONTHS_END >= first:
        return [first, second]
    return [first, first] if first == second else []


def _read(parts: list[int], circa: bool) -> ReadDate | None:
    try:
        return ReadDate(Date(partial_date(parts), circa=circa))
    except ValueError:
        return ReadDate(Date(PartialDate(parts[0]), circa=circa))


def _with_month(year: int, rest: str, *, circa: bool) -> Date:
    """The year with the months and days that stand around it."""
    months: list[int] = []
    days: list[int] = []
    for match in _WORD.finditer(rest):
        word = match[0].lower()
        if word in lexicon.MONTHS:
            months.append(lexicon.MONTHS[word])
        elif word.isdigit() and 0 < int(word) <= _LAST_DAY:
            days.append(int(word))
    if not months:
        return Date(PartialDate(year), circa=circa)
    try:
        if len(months) > 1 and months[1] > months[0]:
            end_day = days[1:2] if len(days) > 1 else []
            first = [months[0], *(days[:1] if end_day else [])]
            return Date(
                partial_date([year, *first]),
                partial_date([year, months[1], *end_day]),
                circa,
            )
        if len(days) > 1 and days[1] > days[0] and months[0] <= _MONTHS_END:
            return Date(
                partial_date([year, months[0], days[0]]),
                partial_date([year, months[0], days[1]]),
                circa,
            )
        return Date(partial_date([year, months[0], *days[:1]]), circa=circa)
    except ValueError:
        return Date(PartialDate(year), circa=circa)
