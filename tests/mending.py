"""Mend a reference of a small file, and look at what comes of it."""

from __future__ import annotations

from lupusrefs.findings import Change, Value
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.mend import edits
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.reference import Reference


def source_of(text: str | bytes, file: str = "refs") -> SourceText:
    """A file of this content."""
    return decode(text.encode() if isinstance(text, str) else text, file)


def references(source: SourceText, name: FormatName) -> tuple[Reference, ...]:
    """What is in a file."""
    return FORMATS[name].load(source).references


def mended(
    text: str | bytes,
    name: FormatName,
    variable: str,
    value: Value | None,
    *,
    place: int = 0,
) -> str:
    """The file with one variable of one reference set; its new text."""
    return mended_by(text, name, [Change(variable, value)], place=place)


def mended_by(
    text: str | bytes, name: FormatName, changes: list[Change], *, place: int = 0
) -> str:
    """The file with several variables of one reference set."""
    source = source_of(text)
    reference = references(source, name)[place]
    made = edits(source, name, reference, changes)
    return decode(source.edited(made), "refs").text


def day(*parts: int) -> Date:
    """A date of year, month and day.

    >>> str(day(2021, 8))
    '2021-08'
    """
    return Date(PartialDate(*parts))
