"""Which date a record was issued on, where several fields speak of it.

``PY`` is the year, ``DA`` the date with or without a year, ``Y1`` what both were before
2011; exporters also repeat ``PY``, as PubMed Central does for "received", "accepted".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lupusrefs.formats.endnote.dates import other_text, parse_date, with_year
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.model.dates import Date, PartialDate

YEAR: Final = "year"
OLD_DATE: Final = "old-date"
DATE: Final = "date"
_UNKNOWN: Final = PartialDate(0)
# What tells when the work was not issued.
_STAGES: Final = ("accept", "copyright", "receiv", "revis", "submit")


def issued(
    fields: Sequence[SlotField],
) -> tuple[tuple[Date, SlotField] | None, list[SlotField]]:
    """The date of issue with the field it is from, and the fields that say others.

    The year is that of ``PY`` where there is one; of the dates in that year the most
    precise counts, ``DA`` before ``PY``. ``Y1`` is not asked where ``DA`` has a date.
    """
    if not fields:
        return None, []
    read = {one: date for one in fields if (date := _read(one))}
    order = [
        one for slot in (YEAR, DATE, OLD_DATE) for one in fields if one.slot == slot
    ]
    anchor = next((read[one] for one in order if one in read), None)
    if anchor is None or anchor.year is None:
        return None, order
    for one in fields:
        if one.slot == DATE and one not in read:
            words = with_year(one.text, anchor.year)
            if words is not None:
                read[one] = words
    dated = [one for one in read if one.slot == DATE]
    candidates = [
        one
        for slot in (DATE, YEAR, OLD_DATE)
        for one in fields
        if one.slot == slot
        and one in read
        and read[one].year == anchor.year
        and not (slot == OLD_DATE and dated)
    ]
    best = max(candidates, key=lambda one: _precision(read[one]))
    unused = [
        one for one in fields if one not in read or not _says(read[best], read[one])
    ]
    return (read[best], best), unused


def _read(one: SlotField) -> Date | None:
    stage = other_text(one.text).casefold()
    return None if stage.startswith(_STAGES) else parse_date(one.text)


def _precision(date: Date) -> tuple[int, bool]:
    start = date.start or _UNKNOWN
    return len(start.parts()) + bool(start.season), date.end is not None or date.circa


def _says(date: Date, less: Date) -> bool:
    """Whether a date says all that another one says."""
    if less.end is not None or less.circa:
        return date == less
    return str(date.start).startswith(str(less.start))
