"""Items -> EndNote's XML.

Source: EndNote's document type definition for its XML (``RSXML.dtd``); EndNote's
manual, "Reference Types". Line breaks in a text are carriage returns, as EndNote writes
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.formats.endnote.dates import date_text
from lupusrefs.formats.endnote.meanings import JOURNALS, WHOLE_BOOKS, variable
from lupusrefs.formats.endnote.types import Kind, kind_of
from lupusrefs.formats.endnote.write import PROSE, item_fields, kept_fields, lines
from lupusrefs.formats.endnote_xml.dates import date_field
from lupusrefs.formats.endnote_xml.elements import (
    LABEL,
    NUMBER,
    PROVIDER,
    coded,
    number_slot,
    type_number,
)
from lupusrefs.formats.endnote_xml.read import FAMILY
from lupusrefs.formats.endnote_xml.settle import NLM, is_pubmed
from lupusrefs.formats.endnote_xml.text import Fields
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys
from lupusrefs.model.variables import DATES, field_name

# Slot -> path. Of several slots that have the same variable the first one is written.
_PATHS: Final = {
    "author": "contributors/authors/author",
    "secondary-author": "contributors/secondary-authors/author",
    "tertiary-author": "contributors/tertiary-authors/author",
    "subsidiary-author": "contributors/subsidiary-authors/author",
    "title": "titles/title",
    "custom-3": "custom3",
    "secondary-title": "titles/secondary-title",
    "event-title": "titles/secondary-title",
    "tertiary-title": "titles/tertiary-title",
    "alternate-title": "titles/alt-title",
    "short-title": "titles/short-title",
    "reviewed-item": "reviewed-item",
    "custom-1": "custom1",
    "place": "pub-location",
    "event-place": "pub-location",
    "publisher": "publisher",
    "volume": "volume",
    "number": NUMBER,
    "issue": "issue",
    "series-volume": "secondary-volume",
    "number-of-volumes": "num-vols",
    "section": "section",
    "edition": "edition",
    "custom-2": "custom2",
    "custom-7": "custom7",
    "type-of-work": "work-type",
    "serial": "isbn",
    "doi": "electronic-resource-num",
    "url": "urls/related-urls/url",
    "access-date": "access-date",
    "abstract": "abstract",
    "keywords": "keywords/keyword",
    "language": "language",
    "call-number": "call-num",
    "archive-location": "availability",
    "database": "remote-database-name",
    "provider": PROVIDER,
    "notes": "notes",
    "research-notes": "research-notes",
}
_ACCESSION: Final = "accession-num"
_PERIODICALS: Final = JOURNALS | {"JFULL", "MGZN", "NEWS"}
# Slots that may have the title of the whole.
_WHOLES: Final = ("secondary-title", "custom-3", "place")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
_TAIL: Final = "</records></xml>\n"
_EXPORTER: Final = "lupusrefs"


def dump(items: Iterable[Item]) -> str:
    """An EndNote XML file of the items, one record a line."""
    items = list(items)
    keys = citation_keys(items)
    records = [_record(*pair) for pair in zip(items, keys, strict=True)]
    return "".join((_HEAD, *records, _TAIL))


def _record(item: Item, key: str) -> str:
    kind, kind_text = kind_of(item, FAMILY)
    fields = Fields()
    fields.add(f"source-app@name={_EXPORTER}", _EXPORTER)
    name = coded(kind_text or kind.name)
    fields.add(f"ref-type@name={name}", str(type_number(kind)))
    for path, text in _item_fields(item, kind):
        fields.add(path, text)
    fields.add(LABEL, key)
    for path, text in kept_fields(item, FAMILY):
        if path != LABEL:
            fields.add(path, text)
    if item.pmid:
        _add_pmid(fields, item)
    return f"<record>{fields.text()}</record>\n"


def _item_fields(item: Item, kind: Kind) -> Iterator[tuple[str, str]]:
    """(path, text) of all that an item says and its kind has a place for."""
    paths = _paths(kind)
    serials: list[str] = []
    for slot, text in item_fields(item, kind, paths):
        name = variable(kind, slot)
        if slot == "serial":
            serials += lines(text)
        elif name in DATES:
            yield paths[slot], _line(str(getattr(item, field_name(name))))
        else:
            yield paths[slot], "\n".join(lines(text)) if slot in PROSE else _line(text)
    if serials:
        yield "isbn", "\n".join(serials)
    # Where no other element has it, this one has, in records of all kinds.
    is_elsewhere = any(variable(kind, one) == "container-title" for one in _WHOLES)
    if item.container_title and (kind.code in _PERIODICALS or not is_elsewhere):
        yield "periodical/full-title", _line(item.container_title)
    if pages := _pages(item, kind):
        yield "pages", pages
    yield from _dates(item)


def _paths(kind: Kind) -> dict[str, str]:
    """The slots of a kind and their paths: ``number`` is one of three by kind."""
    paths = dict(_PATHS)
    slot = number_slot(kind)
    if slot != "number":
        del paths["number"]
        paths[slot] = NUMBER
    if kind.code in _PERIODICALS:
        paths["alternate-title"] = "periodical/abbr-1"
    return paths


def _line(text: str) -> str:
    return " ".join(lines(text))


def _pages(item: Item, kind: Kind) -> str:
    name = variable(kind, "pages") or "page"
    pages = _line(getattr(item, field_name(name)) or "")
    if not pages and kind.code in WHOLE_BOOKS:
        return _line(item.number_of_pages or "")
    return pages


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    if item.issued is None:
        return
    text = date_text(item.issued)
    year = text.partition("/")[0] if item.issued.start is not None else text
    if year := _line(year):
        yield "dates/year", year
    if date := date_field(item.issued):
        yield "dates/pub-dates/date", date


def _add_pmid(fields: Fields, item: Item) -> None:
    """PubMed's accession number, which is one only beside the name of its provider."""
    kept = [text for path, text in kept_fields(item, FAMILY) if path == PROVIDER]
    providers = [*kept, item.source] if item.source else kept
    if not any(map(is_pubmed, [*providers, item.archive or ""])):
        if providers:
            return
        fields.add(PROVIDER, NLM)
    fields.add(_ACCESSION, _line(item.pmid or ""))
