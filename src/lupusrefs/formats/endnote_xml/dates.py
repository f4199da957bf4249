"""The field "Date" beside the year: month and day in words, as EndNote prints them.

Source: EndNote's manual, "Special Fields", "Year" and "Date": bibliographies show the
date as it was typed.
"""

from __future__ import annotations

import calendar
from typing import Final

from lupusrefs.model.dates import Date, PartialDate

_SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
_MONTHS: Final = tuple(calendar.month_abbr)  # English: nobody sets a locale
_LAST_YEAR: Final = 9999


def date_field(date: Date) -> str | None:
    """What the field has to say beyond the year; None where that is all.

    Ranges and uncertain dates are in EDTF.

    >>> date_field(Date(PartialDate(2015, 3, 3)))
    'Mar 3'
    """
    start = date.start
    if start is None:
        return None
    if date.end is not None or date.circa or not 0 <= start.year <= _LAST_YEAR:
        return str(Date(start, date.end, date.circa))
    return _words(start) or None


def _words(date: PartialDate) -> str:
    if date.season is not None:
        return _SEASONS[date.season - 1]
    month = _MONTHS[date.month] if date.month else ""
    return f"{month} {date.day}" if date.day else month
