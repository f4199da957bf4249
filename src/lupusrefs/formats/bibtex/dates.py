"""CSL dates -> ``date``, or ``year``, ``month`` and ``day``, or words for ``note``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.bibtex.latex import value
from lupusrefs.formats.bibtex.record import MONTHS
from lupusrefs.model.dates import OPEN_END, Date, PartialDate

_MACROS: Final = tuple(MONTHS)
_SEASONS: Final = ("Spring", "Summer", "Fall", "Winter")
_ENDS_IN_YEAR: Final = re.compile(r"\d{4}\W*$")


def bibtex(date: Date) -> Iterator[tuple[str, str | None]]:
    """The fields of BibTeX; what they cannot hold is also in BibLaTeX's ``date``."""
    yield "year", year(date)
    yield "month", month(date)
    start, end = date.start, date.end
    if start is None:
        yield "date", words(date)
    elif end is None:
        yield "day", str(start.day or "")
    elif end != OPEN_END and not _is_in_year_and_month(start, end):
        yield "date", str(date)


def _is_in_year_and_month(start: PartialDate, end: PartialDate) -> bool:
    """Whether a range is one of years, or of months in one year."""
    if start.day or end.day or start.season or end.season:
        return False
    return end.year == start.year or not (start.month or end.month)


def biblatex(date: Date) -> Iterator[tuple[str, str | None]]:
    """The field of BibLaTeX: EDTF, or the words."""
    yield "date", str(date) if date.start else value(date.literal or "")


def year(date: Date) -> str | None:
    """The year, as styles can sort and label it.

    "It should consist of four numerals, such as 1984, although the standard styles
    can handle any year whose last four nonpunctuation characters are numerals, such
    as '(about 1984)'" (btxdoc, section 3.2).
    """
    if date.start is None:
        literal = date.literal or ""
        return value(literal) if _ENDS_IN_YEAR.search(literal) else None
    text = _year(date.start)
    if date.end == OPEN_END:
        text += "--"
    elif date.end is not None and date.end.year != date.start.year:
        text += f"--{_year(date.end)}"
    return f"circa {text}" if date.circa else text


def month(date: Date) -> str | None:
    """The month with its delimiters: ``aug``, ``aug # {--} # sep``, ``{Spring}``."""
    start, end = date.start, date.end
    if start is None or (end is not None and end.year != start.year):
        return None
    if start.season is not None:
        return f"{{{_SEASONS[start.season - 1]}}}"
    if start.month is None:
        return None
    first = _MACROS[start.month - 1]
    if end is None or end.month is None or end.month == start.month:
        return first
    return f"{first} # {{--}} # {_MACROS[end.month - 1]}"


def words(date: Date) -> str | None:
    """What is said instead of a calendar date, such as "in press"."""
    if date.literal is None or year(Date(literal=date.literal)) is not None:
        return None
    return value(date.literal)


def _year(date: PartialDate) -> str:
    # There is no year 0: astronomical 0 is 1 BC.
    return str(date.year) if date.year > 0 else f"{1 - date.year} BC"
