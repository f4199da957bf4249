"""EndNote's XML -> references.

Source: EndNote's document type definition for its XML (``RSXML.dtd``); EndNote's
manual, "Reference Types". Zotero, Mendeley, Bookends and others write it, too, some
without runs of styled text.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from lupusrefs.formats.endnote.doi import is_doi_only
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.meanings import variable
from lupusrefs.formats.endnote.record import Record
from lupusrefs.formats.endnote.types import GENERIC, KINDS, Kind
from lupusrefs.formats.endnote_xml.elements import (
    LABEL,
    OF_EXPORT,
    RICH,
    SLOTS,
    coded,
    kind_of_record,
)
from lupusrefs.formats.endnote_xml.settle import settled
from lupusrefs.formats.endnote_xml.styled import element_lines
from lupusrefs.formats.keys import keyed
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element, inline_style, xml_records
from lupusrefs.model.keys import is_legal
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import NAMES

FAMILY: Final = "endnote-xml"
_SHOWN: Final = 60  # characters of a bad text that a message quotes


def load(source: SourceText) -> Loaded:
    """The references of the file, each with its place.

    The label is the citation key, unless it is none or another record has the same;
    otherwise keys are made of author, year and title.
    """
    diagnostics = Diagnostics(source)
    read = [
        _reference(element, source, diagnostics)
        for element in xml_records(source, diagnostics, "record")
    ]
    if not read and not diagnostics.collected():
        hint = "EndNote's XML has `<record>` elements in `<records>`"
        diagnostics.warning("the file has no records", Span(0, 0), hint)
    labels = Counter(one.id.casefold() for one in read)
    references = keyed([_with_label(one, labels) for one in read], diagnostics)
    return Loaded(references, diagnostics.collected())


def _with_label(reference: Reference, labels: Counter[str]) -> Reference:
    """The reference with its key; a label that others have, too, is none."""
    label = reference.id
    if not label or labels[label.casefold()] == 1:
        return reference
    places = dict(reference.places)
    places["citation-label"] = places.pop("id")
    update = {"id": "", "citation_label": label, "places": places}
    return reference.model_copy(update=update)


def _reference(
    element: Element, source: SourceText, diagnostics: Diagnostics
) -> Reference:
    kind, kind_text = _kind(element, diagnostics)
    record = Record(kind, diagnostics, reading_order=_is_endnote(element))
    fields: list[SlotField] = []
    has_key = False
    for one in _fields(element, "", ""):
        if one.tag == LABEL and not has_key and _is_key(one):
            record.set_id(one)
            has_key = True
        elif one.text:
            fields.append(one)
        elif "@" in one.tag:
            record.rest.append(one)
    record.read(_gathered(kind, settled(kind, fields)))
    return record.reference(source, element.span, Origin(FAMILY, kind_text))


def _is_key(label: SlotField) -> bool:
    """Whether the label can be a citation key."""
    return is_legal(label.text) and not is_doi_only(label.text)


def _gathered(kind: Kind, fields: Sequence[SlotField]) -> Iterator[SlotField]:
    """The fields, names and keywords that follow each other being one."""
    for slot, group in groupby(fields, key=attrgetter("slot")):
        ones = list(group)
        if slot != "keywords" and variable(kind, slot) not in NAMES:
            yield from ones
            continue
        lines = tuple(line for one in ones for line in one.lines)
        yield replace(ones[0], lines=lines)


def _fields(parent: Element, names: str, path: str) -> Iterator[SlotField]:
    """The fields below an element.

    Args:
        parent: the element.
        names: its path.
        path: the same with attributes, for what has no slot.
    """
    for child in parent.elements:
        if not names and child.name in OF_EXPORT:
            continue
        inner = f"{names}{coded(child.name)}"
        slot = SLOTS.get(inner, "")
        if slot:
            lines = element_lines(child, rich=slot in RICH)
            yield SlotField(slot, inner, lines, child.span)
            continue
        attributes = (f"@{coded(k)}={coded(v)}" for k, v in child.attributes.items())
        whole = f"{path}{coded(child.name)}{''.join(attributes)}"
        if all(map(_is_inline, child.elements)):
            lines = element_lines(child, rich=True)
            yield SlotField("", whole, lines, child.span)
        else:
            yield from _fields(child, f"{inner}/", f"{whole}/")


def _is_inline(element: Element) -> bool:
    return element.name == "style" or bool(inline_style(element))


def _is_endnote(record: Element) -> bool:
    """Whether names without a comma are persons: to EndNote they are."""
    app = record.find("source-app")
    if app is None:
        return True
    return "endnote" in f"{app.attributes.get('name', '')} {app.text}".casefold()


def _kind(record: Element, diagnostics: Diagnostics) -> tuple[Kind, str]:
    """The kind of a record, and the file's own word for it."""
    element = record.find("ref-type")
    if element is None:
        return GENERIC, ""
    name, number = element.attributes.get("name", "").strip(), element.text
    kind = kind_of_record(name, number)
    if kind is None:
        _tell_kind(name or number, element, diagnostics)
    return kind or GENERIC, name or number


def _tell_kind(text: str, element: Element, diagnostics: Diagnostics) -> None:
    names = {known.name.casefold(): known.name for known in KINDS}
    near: Sequence[str] = ()
    if not text.isdigit():
        near = difflib.get_close_matches(text.casefold()[:_SHOWN], names, n=1)
    diagnostics.warning(
        f"`{text[:_SHOWN]}` is not a type of EndNote; it is read as a document",
        element.span,
        f"did you mean `{names[near[0]]}`?"
        if near
        else 'write `<ref-type name="Generic">13</ref-type>` for any other type',
    )
