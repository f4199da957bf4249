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
    found: list[object] = []
    for entry in _as_tuple(value):
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
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = _SPACES.sub(" ", str(value)).strip()
    return None if text.casefold() in _PLACEHOLDERS else text


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for entry in _as_tuple(value) if (text := _text(entry)))


def _as_tuple(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _date(value: object) -> Date | None:
    return date_from_csl(value) if isinstance(value, dict) else None


# A value, or None where it cannot be read.
Maybe = Annotated[T | None, WrapValidator(_or_absent)]
# The entries of a list that can be read; a single object is a list of one.
Many = Annotated[tuple[T, ...], WrapValidator(_readable)]
Text = Annotated[str | None, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
# The outer validator runs first: it guards what the inner one reads.
WireDate = Annotated[Date | None, BeforeValidator(_date), WrapValidator(_or_absent)]


def known(**fields: object) -> dict[str, object]:
    """The fields that say something: a Work has no empty values."""
    return {name: value for name, value in fields.items() if value}
