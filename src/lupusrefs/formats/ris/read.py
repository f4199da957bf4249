"""RIS -> references.

Source: "RIS Format Specifications" of Reference Manager (2001) and of EndNote (2011).
"""

from __future__ import annotations

from typing import Final

from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.record import Record
from lupusrefs.formats.endnote.types import GENERIC, Kind, find_kind, near_code
from lupusrefs.formats.keys import keyed
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.ris.procite import unlabelled
from lupusrefs.formats.ris.scan import RawRecord, records
from lupusrefs.formats.ris.tags import ID, SLOTS
from lupusrefs.formats.tagged import TaggedField
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Origin, Reference

FAMILY: Final = "ris"
_SHOWN: Final = 60  # characters of a bad text that a message quotes


def load(source: SourceText) -> Loaded:
    """The references of a RIS file, each with its place.

    A record without an ``ID`` gets a key made of author, year and title.
    """
    diagnostics = Diagnostics(source)
    read = [
        _reference(raw, source, diagnostics)
        for raw in records(source.text, diagnostics)
    ]
    if not read and not diagnostics.collected():
        hint = "a RIS record begins with a line such as `TY  - JOUR`"
        diagnostics.warning("the file has no records", Span(0, 0), hint)
    references = keyed(read, diagnostics)
    return Loaded(references, diagnostics.collected())


def _reference(
    raw: RawRecord, source: SourceText, diagnostics: Diagnostics
) -> Reference:
    record = Record(_kind(raw, diagnostics), diagnostics)
    fields = [_slot_field(one) for one in raw.fields]
    key = next((one for one in fields if one.tag == ID and is_usable(one.text)), None)
    if key is not None:
        record.set_id(key)
    # An ID that is no key, such as a DOI, is a field like any other.
    record.read(unlabelled([one for one in fields if one is not key]))
    origin = Origin(FAMILY, raw.type.text if raw.type else "")
    return record.reference(source, Span(raw.start, raw.end), origin)


def _kind(raw: RawRecord, diagnostics: Diagnostics) -> Kind:
    if raw.type is None:
        return GENERIC
    text = raw.type.text
    kind = find_kind(text)
    if kind is None:
        near = near_code(text)
        diagnostics.warning(
            f"`{text[:_SHOWN]}` is not a RIS type; it is read as a document",
            raw.type.span,
            f"did you mean `{near}`?" if near else "write `GEN` for any other type",
        )
    return kind or GENERIC


def _slot_field(one: TaggedField) -> SlotField:
    tag = one.tag.upper()
    return SlotField(SLOTS.get(tag, ""), tag, one.lines, one.span)
