"""RIS -> references.

Source: "RIS Format Specifications" of Reference Manager (2001) and of EndNote (2011).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.record import Record
from lupusrefs.formats.endnote.types import GENERIC, Kind, find_kind, near_code
from lupusrefs.formats.keys import key_each
from lupusrefs.formats.loaded import Loaded, load_all
from lupusrefs.formats.ris.procite import unlabelled
from lupusrefs.formats.ris.scan import RawRecord, records
from lupusrefs.formats.ris.tags import ID, SLOTS
from lupusrefs.formats.tagged import TaggedField
from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.model.key_syntax import is_usable
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Origin, Reference

FAMILY: Final = "ris"
_SHOWN: Final = 60  # characters of a bad text that a message quotes


def load(source: SourceText) -> Loaded:
    """The references of a RIS file, each with its place.

    A record without an ``ID`` gets a key made of author, year and title.
    """
    return load_all(stream, source)


def stream(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    """The same, one by one."""
    read = _references(source, diagnostics)
    return key_each(read, diagnostics, lambda: _ids(source))


def _references(source: SourceText, diagnostics: Diagnostics) -> Iterator[Reference]:
    found = False
    for raw in records(source.text, diagnostics):
        found = True
        yield _reference(raw, source, diagnostics)
    if not found and not diagnostics.collected():
        hint = "a RIS record begins with a line such as `TY  - JOUR`"
        diagnostics.warning("the file has no records", Span(0, 0), hint)


def _ids(source: SourceText) -> Iterator[str]:
    """The ids of all records that have one."""
    for raw in records(source.text, Silence(source)):
        if key := _key(raw):
            yield key.text


def _key(raw: RawRecord) -> TaggedField | None:
    return next(
        (one for one in raw.fields if one.tag.upper() == ID and is_usable(one.text)),
        None,
    )


def _reference(
    raw: RawRecord, source: SourceText, diagnostics: Diagnostics
) -> Reference:
    record = Record(_kind(raw, diagnostics), diagnostics)
    key = _key(raw)
    if key is not None:
        record.set_id(_slot_field(key))
    # An ID that is no key, such as a DOI, is a field like any other.
    fields = [_slot_field(one) for one in raw.fields if one is not key]
    record.read(unlabelled(fields))
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
