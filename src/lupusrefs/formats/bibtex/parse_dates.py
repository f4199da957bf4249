"""``date``, ``year``, ``month`` and ``day`` -> CSL dates.

Source: the biblatex manual, section 2.3.8 ("Date and Time Specifications", EDTF levels
0 and 1); ``btxdoc``, section 3.2, for ``year`` and ``month``, which are free text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lupusrefs.formats.bibtex.record import MONTHS
from lupusrefs.model.dates import (
    OPEN_END,
    Date,
    PartialDate,
    parse_edtf,
    partial_date,
)

_MONTHS: Final = {short: number for number, short in enumerate(MONTHS, start=1)}
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_CIRCA: Final = re.compile(
    r"\s*[(\[]?\s*(?:circa|ca\.?|c\.|about|approx\.?)[ ~]*(?P<year>.*?)[)\]]?\s*",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(
    r"\s*(?P<start>-?\d{1,4})(?:\s*(?:--?|–|—|/)\s*(?P<end>\d{1,4}|\.\.)?"
    r"(?P<dash>(?<=[-–—/]))?)?\s*(?P<era>BCE?|B\.\s?C\.)?\s*",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s*(?:--?|–|—|/|\bto\b|\band\b)\s*")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE)
_YEAR_IN_TEXT: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DOTTED: Final = re.compile(r"\s*(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\s*")
_SLASHED: Final = re.compile(r"\s*(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?\s*")
_OPEN: Final = re.compile(r"/\s*(?:open|unknown)\s*$")
_UNSPECIFIED: Final = re.compile(r"(\d{1,3})([uX]{1,3})")
_BCE_YEAR: Final = 1  # astronomical 0 is 1 BC


def parse_date(text: str) -> Date | None:
    """The ``date`` field: EDTF, or what people write instead; None where no date.

    >>> str(parse_date("1988-05/1988-07")), str(parse_date("5 May 2021"))
    ('1988-05/1988-07', '2021-05-05')
    """
    text = text.strip().replace("--", "/") if text.count("/") == 0 else text.strip()
    if not text:
        return None
    # An unknown beginning: what is known is the end.
    text = text.removeprefix("/")
    # The words of EDTF's drafts, which older files have.
    text = _OPEN.sub("/..", text).replace("?~", "~").replace("~?", "~")
    return parse_edtf(text) or _unspecified(text) or _human(text)


def _unspecified(text: str) -> Date | None:
    """``20XX``, ``20uu``: some year of a decade or century."""
    match = _UNSPECIFIED.fullmatch(text)
    if match is None:
        return None
    digits, open_digits = match[1], len(match[2])
    first, last = (int(digits + digit * open_digits) for digit in "09")
    return Date(PartialDate(first), PartialDate(last))


def parse_year(year: str, month: str = "", day: str = "") -> tuple[Date | None, bool]:
    """The date of ``year``, ``month`` and ``day``, and whether the month is in it.

    A year that is none ("in press") becomes a literal date.
    """
    year = year.strip()
    if not year:
        return None, False
    circa = _CIRCA.fullmatch(year)
    match = _YEAR.fullmatch(circa["year"] if circa else year)
    if match is None:
        date = parse_edtf(year) or _human(year) or Date(literal=year)
        return date, False
    start = _with_era(int(match["start"]), match["era"])
    if match["dash"] is not None or match["end"]:
        return replace(_year_range(start, match), circa=bool(circa)), False
    date, used = _with_month(start, month, day)
    return replace(date, circa=bool(circa)), used


def _with_era(year: int, era: str | None) -> int:
    return _BCE_YEAR - year if era else year


def _year_range(start: int, match: re.Match[str]) -> Date:
    text = match["end"]
    if not text or text == "..":
        return Date(PartialDate(start), OPEN_END)
    # "1998-9", "1998-99": the second year takes its first digits from the first.
    first = match["start"]
    end = int(first[: len(first) - len(text)] + text) if len(text) < len(first) else 0
    end = end or int(text)
    return Date(PartialDate(start), PartialDate(_with_era(end, match["era"])))


def _with_month(year: int, month: str, day: str) -> tuple[Date, bool]:
    """A year with its month, season, or months; the year alone if unreadable."""
    plain = Date(PartialDate(year))
    if not month.strip():
        return plain, False
    parts = [_month(part) for part in _RANGE.split(month.strip(), maxsplit=1)]
    days = _DAY.findall(month) if _WORD.search(month) else []
    first = parts[0]
    if first is None:
        return plain, False
    number, season = first
    if season:
        return Date(PartialDate(year, season=season)), True
    try:
        if len(parts) > 1 and parts[1] not in {None, parts[0]} and parts[1][0]:
            end = PartialDate(year, parts[1][0])
            return Date(PartialDate(year, number), end), True
        written = day.strip() or (days[0] if days else "")
        of_month = int(written) if written.isdigit() else None
        return Date(PartialDate(year, number, of_month)), True
    except ValueError:
        return Date(PartialDate(year, number)), True


def _month(text: str) -> tuple[int | None, int] | None:
    """(month, season) of a text: "aug", "August 5", "8", "Spring"; else None."""
    word = _WORD.search(text.strip())
    if word is None:
        number = text.strip()
        return (int(number), 0) if number.isdigit() and 1 <= int(number) <= 12 else None  # noqa: PLR2004 - months
    name = word[0].lower()
    if name in _SEASONS:
        return None, _SEASONS[name]
    short = name[:3]
    # "sept", "Sep", "September"; no "Marvin".
    if short in _MONTHS and MONTHS[short].lower().startswith(name.rstrip("t") or name):
        return _MONTHS[short], 0
    return (_MONTHS[short], 0) if name == "sept" else None


def _human(text: str) -> Date | None:
    """A date as people write it: "5 May 2021", "May 5, 2021", "05.05.2021"."""
    if match := _DOTTED.fullmatch(text):
        return _valid([int(match[3]), int(match[2]), int(match[1])])
    if match := _SLASHED.fullmatch(text):
        return _valid([int(part) for part in match.groups() if part])
    year = _YEAR_IN_TEXT.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    if not rest.strip(" ,.()[]"):
        return Date(PartialDate(int(year[1])))
    words = _WORD.findall(rest)
    month = _month(rest)
    # Other words mean that this is more than a date.
    if month is None or len(words) > len(("month", "th")):
        return None
    number, season = month
    if season:
        return Date(PartialDate(int(year[1]), season=season))
    day = _DAY.search(rest)
    return _valid([int(year[1]), number or 0, int(day[1]) if day else 0])


def _valid(parts: list[int]) -> Date | None:
    try:
        return Date(partial_date(parts))
    except ValueError:
        return None
