"""Word's own sources ("Manage Sources"): ``customXml/item1.xml`` -> items.

Source: ISO/IEC 29500-1 (ECMA-376, part 1), 22.6 (bibliography), with the types of
22.6.3.6 (``ST_SourceType``); Word's user interface for what its fields are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lupusrefs.errors import InvalidIdentifier
from lupusrefs.formats.bibtex.parse_dates import parse_year
from lupusrefs.formats.mathml import local_name
from lupusrefs.formats.text import Diagnostics, decode
from lupusrefs.formats.xml_tree import Element, parse_xml
from lupusrefs.model.dates import Date
from lupusrefs.model.doi import Doi
from lupusrefs.model.identifiers import Isbn
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.names import Name

_BIBLIOGRAPHY: Final = b"officeDocument/2006/bibliography"
_STRICT: Final = b"ooxml/officeDocument/bibliography"
_HEAD: Final = 4096  # bytes that name the namespace
_TYPES: Final = {
    "articleinaperiodical": "article-magazine",
    "art": "graphic",
    "book": "book",
    "booksection": "chapter",
    "case": "legal_case",
    "conferenceproceedings": "paper-conference",
    "documentfrominternetsite": "webpage",
    "electronicsource": "document",
    "film": "motion_picture",
    "internetsite": "webpage",
    "interview": "interview",
    "journalarticle": "article-journal",
    "misc": "document",
    "patent": "patent",
    "performance": "performance",
    "report": "report",
    "soundrecording": "song",
}
_ROLES: Final = {
    "artist": "author",
    "author": "author",
    "bookauthor": "container_author",
    "compiler": "compiler",
    "composer": "composer",
    "conductor": "performer",
    "counsel": "contributor",
    "director": "director",
    "editor": "editor",
    "interviewee": "author",
    "interviewer": "interviewer",
    "inventor": "author",
    "performer": "performer",
    "producername": "producer",
    "translator": "translator",
    "writer": "script_writer",
}
# Field of Item -> the elements that give it, the best one first.
_TEXTS: Final = {
    "title": ("title",),
    "title_short": ("shorttitle",),
    "container_title": (
        *("journalname", "periodicaltitle", "booktitle", "conferencename"),
        *("publicationtitle", "internetsitetitle", "albumtitle", "broadcasttitle"),
        "reporter",
    ),
    "volume": ("volume",),
    "issue": ("issue",),
    "page": ("pages",),
    "edition": ("edition",),
    "number_of_volumes": ("numbervolumes",),
    "chapter_number": ("chapternumber",),
    "number": ("patentnumber", "casenumber", "recordingnumber"),
    "publisher": (
        *("publisher", "institution", "productioncompany", "broadcaster", "station"),
        "distributor",
    ),
    "event_place": ("theater",),
    "genre": ("thesistype", "type"),
    "medium": ("medium",),
    "authority": ("court",),
    "version": ("version",),
    "url": ("url",),
    "note": ("comments",),
}
_PLACE: Final = ("city", "stateprovince", "countryregion")
_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]")


def is_source_list(head: bytes) -> bool:
    """Whether a part with these first bytes has Word's sources."""
    head = head[:_HEAD].replace(b"\0", b"")  # it may be in UTF-16
    return _BIBLIOGRAPHY in head or _STRICT in head


def read_sources(data: bytes, file: str) -> tuple[list[Item], list[Diagnostic]]:
    """The sources of a part, their tags as ids, and what is wrong with them."""
    source = decode(data, file)
    diagnostics = Diagnostics(source)
    root = parse_xml(source, diagnostics)
    items = [] if root is None else list(_items(root))
    return items, list(diagnostics.collected())


def _items(root: Element) -> Iterator[Item]:
    for element in root.elements:
        if local_name(element) == "source":
            fields = _Fields(element)
            if fields.text("tag", "guid") and fields.text("title", "author", "url"):
                yield _item(fields)


class _Fields:
    """The fields of a source, by name in lower case."""

    def __init__(self, element: Element) -> None:
        self._elements = {local_name(one): one for one in element.elements}

    def text(self, *names: str) -> str:
        """The text of the first of these that has any."""
        for name in names:
            element = self._elements.get(name)
            if element is not None and element.text:
                return element.text
        return ""

    def roles(self) -> Iterator[Element]:
        """The elements with names of persons."""
        authors = self._elements.get("author")
        return authors.elements if authors is not None else iter(())


def _item(fields: _Fields) -> Item:
    kind = _TYPES.get(fields.text("sourcetype").casefold(), "document")
    if fields.text("thesistype"):
        kind = "thesis"
    values: dict[str, object] = {"id": fields.text("tag", "guid"), "type": kind}
    for role in fields.roles():
        if (variable := _ROLES.get(local_name(role))) and (names := _names(role)):
            values[variable] = names
    for variable, elements in _TEXTS.items():
        if text := fields.text(*elements):
            values[variable] = text
    places = [text for name in _PLACE if (text := fields.text(name))]
    values["publisher_place"] = ", ".join(places) or None
    values["issued"] = _date(fields, "")
    values["accessed"] = _date(fields, "accessed")
    values |= _numbers(fields, kind)
    return Item.model_validate({key: one for key, one in values.items() if one})


def _date(fields: _Fields, ending: str) -> Date | None:
    year, month, day = (fields.text(f"{part}{ending}") for part in _DATE)
    return parse_year(year, month, day)[0] if year else None


_DATE: Final = ("year", "month", "day")


def _numbers(fields: _Fields, kind: str) -> dict[str, object]:
    """What ``StandardNumber`` is, and the DOI."""
    values: dict[str, object] = {}
    doi, number = fields.text("doi"), fields.text("standardnumber")
    for text in (doi, number):
        if "doi" not in values and "10." in text:
            values["doi"] = _doi(text)
    if number and "10." not in number:
        values[_number_kind(number, kind)] = number
    return values


def _doi(text: str) -> str:
    try:
        return Doi.parse(text).name
    except InvalidIdentifier:
        return text


def _number_kind(number: str, kind: str) -> str:
    if _ISSN.search(number) and not _is_isbn(number):
        return "issn"
    return "isbn" if _is_isbn(number) or kind in {"book", "chapter"} else "number"


def _is_isbn(text: str) -> bool:
    try:
        Isbn.parse(text)
    except InvalidIdentifier:
        return False
    return True


def _names(role: Element) -> tuple[Name, ...]:
    return tuple(
        name
        for part in role.elements
        for name in (_persons(part) if local_name(part) == "namelist" else _group(part))
    )


def _group(part: Element) -> Iterator[Name]:
    if local_name(part) == "corporate" and part.text:
        yield Name(literal=part.text)


def _persons(names: Element) -> Iterator[Name]:
    for person in names.elements:
        parts = {local_name(one): one.text for one in person.elements}
        given = " ".join(filter(None, (parts.get("first"), parts.get("middle"))))
        family = parts.get("last")
        if family:
            yield Name(family=family, given=given or None)
        elif given:
            yield Name(literal=given)
