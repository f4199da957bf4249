"""Items -> the fields of RIS and EndNote records.

The inverse of ``record``: what is written here is read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.formats.endnote.dates import date_text
from lupusrefs.formats.endnote.meanings import (
    CONFERENCES,
    NUMBERED,
    WHOLE_BOOKS,
    has_series_editor,
    variable,
)
from lupusrefs.formats.endnote.names import name_text
from lupusrefs.formats.endnote.pages import page_fields
from lupusrefs.formats.endnote.serials import split_serials
from lupusrefs.formats.endnote.types import Kind
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name

PROSE: Final = frozenset(("abstract", "notes", "research-notes"))
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPECIAL: Final = frozenset(("date", "year", "serial"))
_PAGES: Final = frozenset(("pages", "last-page"))


def lines(text: str) -> list[str]:
    """The lines of a text as they can be written: trimmed, none empty.

    Control characters are left out, which make a text file look like none.
    """
    clean = _CONTROL.sub("", text)
    return [line.strip() for line in _LINE_END.split(clean) if line.strip()]


def item_fields(
    item: Item, kind: Kind, slots: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """(slot, text) of all that an item says and its kind has a place for.

    Args:
        item: any item.
        kind: as which it is written.
        slots: those of the format, in its order; where several have the same variable,
            the first counts.
    """
    slots = list(slots)
    written: set[str] = set()
    for slot in slots:
        if slot in _PAGES:
            is_split = "last-page" in slots
            texts = _pages(item, kind, slot, is_split=is_split)
            yield from ((slot, text) for text in texts)
            continue
        if slot in _SPECIAL:
            yield from ((slot, text) for text in _special(item, kind, slot))
            continue
        name = _variable(item, kind, slot)
        if name is None or name in written:
            continue
        texts = _texts(getattr(item, field_name(name)))
        if texts:
            written.add(name)
        for text in _split_keywords(texts) if slot == "keywords" else texts:
            yield slot, text
        if not texts and slot in {"custom-1", "custom-3"}:
            yield from _mark(item, kind, slot)


def kept_fields(item: Item, family: str) -> tuple[tuple[str, str], ...]:
    """The fields of the same family's file that CSL has no variable for."""
    origin = item.origin if isinstance(item, Reference) else None
    return origin.fields if origin is not None and origin.family == family else ()


def _variable(item: Item, kind: Kind, slot: str) -> str | None:
    name = variable(kind, slot)
    if kind.code in CONFERENCES:
        name = _conference_variable(item, slot, name)
    elif slot in {"event-title", "event-place"}:
        return None
    if slot == "author" and name not in {None, "author"}:
        # Whoever wrote a score is its composer: better there than left out.
        return name if getattr(item, str(name)) else "author"
    if slot == "secondary-author" and has_series_editor(kind):
        return name if item.collection_title else None
    return name


def _conference_variable(item: Item, slot: str, name: str | None) -> str | None:
    """``T2`` and ``CY`` are the conference's where ``C3`` and ``C1`` are written."""
    match slot:
        case "custom-3" | "event-title":
            return name if item.event_title else None
        case "secondary-title":
            return None if item.event_title else name
        case "custom-1" | "event-place":
            return name if item.event_place else None
        case "place":
            return None if item.event_place else name
        case "event":
            return None
        case _:
            return name


def _mark(item: Item, kind: Kind, slot: str) -> Iterator[tuple[str, str]]:
    """The empty field that says: ``T2`` or ``CY`` is of the conference."""
    if kind.code in CONFERENCES:
        event = item.event_title if slot == "custom-3" else item.event_place
        if event and lines(event):
            yield slot, ""


def _texts(value: object) -> list[str]:
    match value:
        case str():
            texts = [value]
        case Date():
            texts = [date_text(value)]
        case tuple():
            # A list that its author cut ends with the mark, wherever it stood.
            names = [name for name in value if isinstance(name, Name)]
            texts = [name_text(name) for name in names if not name.is_others]
            if len(texts) < len(names):
                texts.append("et al.")
        case _:
            texts = []
    return [text for text in texts if lines(text)]


def _split_keywords(texts: list[str]) -> list[str]:
    """One keyword each, where they are told apart by semicolons."""
    words = [word for text in texts for word in text.split("; ")]
    return words if all(lines(word) for word in words) else texts


def _special(item: Item, kind: Kind, slot: str) -> list[str]:
    if slot == "serial":
        return _serials(item, kind)
    return _dates(item.issued, slot)


def _pages(item: Item, kind: Kind, slot: str, *, is_split: bool) -> list[str]:
    """First or last page, or all in one field where the format has no second."""
    name = variable(kind, "pages") or "page"
    page = _line(getattr(item, field_name(name)))
    is_whole_book = kind.code in WHOLE_BOOKS
    fields = page_fields(page, _line(item.number_of_pages), is_whole_book=is_whole_book)
    if not is_split:
        return [page] if page else fields
    return fields[:1] if slot == "pages" else fields[1:]


def _line(text: str | None) -> str | None:
    return " ".join(lines(text or "")) or None


def _dates(issued: Date | None, slot: str) -> list[str]:
    """The date in full, and its year alone for those who read no more."""
    if issued is None or (text := date_text(issued)) == "":
        return []
    if slot == "date":
        return [text] if issued.start is not None else []
    return [text.partition("/")[0] if issued.start is not None else text]


def _serials(item: Item, kind: Kind) -> list[str]:
    if kind.code in NUMBERED:
        return _texts(item.number)
    numbers: list[str] = []
    for text in (item.isbn, item.issn):
        parts = (text or "").split(", ")
        known = all(split_serials(part) is not None for part in parts)
        numbers += parts if known else _texts(text)
    return numbers
