"""Fields that ProCite put into notes, because RIS had no tags for them.

ProCite's RIS export numbers each record in a note, and writes what it could not place
as notes with a label: ``N1  - Place of Publication: Oslo``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lupusrefs.formats.endnote.field import SlotField

_RECORD: Final = re.compile(r"Record (?:ID|Number): ?\S")
_LABELLED: Final = re.compile(r"([A-Z][A-Za-z ,()]{2,30}): (?=\S)")
_SLOTS: Final = {
    "Call Number": "call-number",
    "Edition": "edition",
    "ISBN": "serial",
    "Issue ID": "issue",
    "Language": "language",
    "Notes": "notes",
    "Page(s)": "pages",
    "Place of Publication": "place",
    "Proceedings Title": "custom-3",
    "Publisher Name": "publisher",
    "Record ID": "",
    "Record Number": "",
    "Scale": "custom-1",
    "Series Title": "tertiary-title",
    "Series Volume ID": "series-volume",
    "Title, Short Form": "short-title",
    "Volume ID": "volume",
}


def unlabelled(fields: Sequence[SlotField]) -> list[SlotField]:
    """The fields with labelled notes in their slots, where ProCite wrote the record."""
    notes = [one for one in fields if one.slot == "notes"]
    if not any(_RECORD.match(one.text) for one in notes):
        return list(fields)
    has_volume = any(one.text.startswith("Volume ID: ") for one in notes)
    return [_unlabelled(one, has_volume=has_volume) for one in fields]


def _unlabelled(one: SlotField, *, has_volume: bool) -> SlotField:
    if one.tag == "VL" and has_volume:
        return one.in_slot("edition")
    label = _LABELLED.match(one.lines[0]) if one.slot == "notes" and one.lines else None
    slot = _SLOTS.get(label[1]) if label else None
    if label is None or slot is None:
        return one
    if not slot:
        return one.in_slot(slot)
    return replace(one, slot=slot, lines=(one.lines[0][label.end() :], *one.lines[1:]))
