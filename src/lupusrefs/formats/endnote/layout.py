"""Slots that depend on what else is in a record.

Each of these settles a difference between the published field tables and what
exporters write, so that both are read as they were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.meanings import (
    CONFERENCES,
    WHOLE_BOOKS,
    has_series_editor,
    variable,
)
from lupusrefs.formats.endnote.types import Kind
from lupusrefs.model.variables import NAMES

# Fields that may have the same variable, the one that counts first.
_PRIORITY: Final = {
    slot: number
    for number, slot in enumerate(
        (
            "custom-3",
            "secondary-title",
            "journal",
            "book-title",
            "alternate-title",
            "journal-name",
            "abstract",
            "second-abstract",
        ),
        start=1,
    )
}
_NUMBER: Final = re.compile(r"[^\W\d_]{0,12}\.?\s?[\d(]\S{0,10}")


def laid_out(kind: Kind, fields: Iterable[SlotField]) -> list[SlotField]:
    """The fields in their right slots, those that count more first."""
    fields = sorted(fields, key=lambda one: _PRIORITY.get(one.slot, 0))
    if kind.code in CONFERENCES:
        fields = _conference(fields)
    if has_series_editor(kind):
        fields = _series_editor(fields)
    fields = [_number_or_conference(kind, one) for one in fields]
    return _titles(kind, _names_once(kind, fields))


def _conference(fields: list[SlotField]) -> list[SlotField]:
    """Names of conference and proceedings, and where it was held and published.

    The table has the conference in ``T2`` and ``CY``, the proceedings in ``C3`` and
    ``C1``. Without the latter, even empty, exporters mean the proceedings by the
    former.
    """
    slots = {one.slot for one in fields}
    moved = {
        slot: meant
        for slot, other, meant in (
            ("secondary-title", "custom-3", "event-title"),
            ("place", "custom-1", "event-place"),
        )
        if other in slots
    }
    return [one.in_slot(moved.get(one.slot, one.slot)) for one in fields]


def _series_editor(fields: list[SlotField]) -> list[SlotField]:
    """Without a series, the second authors are the editors of the work."""
    has_series = any(
        one.slot in {"secondary-title", "tertiary-title"} and one.text for one in fields
    )
    if has_series:
        return fields
    return [
        one.in_slot("editor") if one.slot == "secondary-author" else one
        for one in fields
    ]


def _number_or_conference(kind: Kind, one: SlotField) -> SlotField:
    """``CP`` was the issue in 2001, and is the conference in Web of Science."""
    if one.slot != "issue-or-conference":
        return one
    is_number = kind.code not in CONFERENCES and _NUMBER.fullmatch(one.text)
    return one.in_slot("issue" if is_number else "event-title")


def _titles(kind: Kind, fields: list[SlotField]) -> list[SlotField]:
    """Where ``BT`` and ``JO`` belong: the title of the whole, or another one's."""
    has_title = any(one.slot == "title" and one.text for one in fields)
    container = ""
    settled: list[SlotField] = []
    for one in fields:
        found = one
        if one.slot == "book-title":
            is_title = kind.code in WHOLE_BOOKS | {"UNPB"} and not has_title
            found = one.in_slot("title" if is_title else "journal")
        elif one.slot == "journal-name":
            is_other = container and container != one.text
            found = one.in_slot("alternate-title" if is_other else "journal")
        if variable(kind, found.slot) == "container-title":
            container = container or found.text
        settled.append(found)
    return settled


def _names_once(kind: Kind, fields: list[SlotField]) -> list[SlotField]:
    """Without the names that a second tag repeats, as ``A1`` may repeat ``AU``."""
    tags: dict[tuple[str | None, str], str] = {}
    kept: list[SlotField] = []
    for one in fields:
        name = variable(kind, one.slot)
        if name in NAMES and tags.setdefault((name, one.text), one.tag) != one.tag:
            continue
        kept.append(one)
    return kept
