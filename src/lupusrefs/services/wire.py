"""Field types for registries' JSON: a field that is not what it should be is absent.

Millions of publishers fill these records by hand; one bad field must not cost the
others (registries.md 2.5 lists what is on record).
"""

from __future__ import annotations

import re
from typing import Annotated, Final, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from lupusrefs.model.dates import Date, date_from_csl

T = TypeVar("T")

_SPACES: Final = re.compile(r"[ \t\r\n]+")
# What registries and their depositors write for "nothing" (comparison.md N9).
_PLACEHOLDERS: Final = frozenset(
    {"", "null", "n/a", "-", "(:unav)", "(:unkn)", "(:unas)", "(:tba)", "(:none)"}
)
# Folding the case of a text makes no text shorter: what is longer is no placeholder.
_LONGEST_PLACEHOLDER: Final = max(map(len, _PLACEHOLDERS))


class Wire(BaseModel):
    """Base of the registries' records: unknown fields are none of our business."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


_UNREADABLE: Final = (ValidationError, ValueError, TypeError, RecursionError)


def _or_absent(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except _UNREADABLE:
        return None


def _readable(value: object, read: ValidatorFunctionWrapHandler) -> tuple[object, ...]:
    """The entries that can be read; ``read`` reads a tuple of them."""
    entries = _as_tuple(value)
    try:
        # Nearly always all can be: one call for the list is cheaper than one for each.
        return read(entries)  # type: ignore[no-any-return]
    except _UNREADABLE:
        found: list[object] = []
    for entry in entries:
        try:
            found.extend(read((entry,)))
        except _UNREADABLE:
            continue
    return tuple(found)


def _text(value: object) -> str | None:
    """Text, or a number as text; placeholders are dropped.

    Line breaks and runs of spaces are left over from XML, where they mean nothing;
    other kinds of space are what somebody typed, and stay.
    """
    if isinstance(value, str):
        text = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = str(value)
    else:
        return None
    # What is printable has no line break and no tab.
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(" ", text)
    text = text.strip()
    if len(text) > _LONGEST_PLACEHOLDER or text.casefold() not in _PLACEHOLDERS:
        return text
    return None


def _texts(value: object) -> tuple[str, ...]:
    return tuple([text for entry in _as_tuple(value) if (text := _text(entry))])


def _as_tuple(value: object) -> tuple[object, ...]:
    if isinstance(value, list):
        return tuple(value)
    return () if value is None else (value,)


def _date(value: object) -> Date | None:
    if not isinstance(value, dict):
        return None
    try:
        return date_from_csl(value)
    except _UNREADABLE:
        return None


# A value, or None where it cannot be read.
Maybe = Annotated[T | None, WrapValidator(_or_absent)]
# The entries of a list that can be read; a single object is a list of one.
Many = Annotated[tuple[T, ...], WrapValidator(_readable)]
Text = Annotated[str | None, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
WireDate = Annotated[Date | None, BeforeValidator(_date)]


def known(**fields: object) -> dict[str, object]:
    """The fields that say something: a Work has no empty values."""
    return {name: value for name, value in fields.items() if value}
