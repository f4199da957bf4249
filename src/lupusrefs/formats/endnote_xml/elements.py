"""The elements of a record: their order, and their places in EndNote's record.

A path is that of an element in ``record``, its parts joined by ``/``; a part may have
attributes, as in ``foreign-keys/key@app=EN@db-id=0xx``.

Source: EndNote's document type definition for its XML (``RSXML.dtd``), in whose order
the elements stand; EndNote's manual, "Reference Types", for the fields; the types'
numbers as in EndNote's table of reference types.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.formats.endnote.meanings import variable
from lupusrefs.formats.endnote.types import GENERIC, KINDS, Kind, find_kind

ORDER: Final = (
    *("database", "source-app", "rec-number", "foreign-keys", "ref-type"),
    *("contributors", "auth-address", "auth-affiliation", "titles", "periodical"),
    *("alt-periodical", "pages", "volume", "number", "issue", "secondary-volume"),
    *("secondary-issue", "num-vols", "edition", "section", "reprint-edition"),
    *("reprint-status", "keywords", "dates", "pub-location", "publisher", "orig-pub"),
    *("isbn", "accession-num", "call-num", "report-id", "coden"),
    *("electronic-resource-num", "abstract", "label", "image", "caption", "notes"),
    *("research-notes", "work-type", "reviewed-item", "availability"),
    *("remote-source", "meeting-place", "work-location", "work-extent"),
    *("pack-method", "size", "repro-ratio", "remote-database-name"),
    *("remote-database-provider", "language", "urls", "access-date"),
    *("modified-date", "custom1", "custom2", "custom3", "custom4", "custom5"),
    *("custom6", "custom7", "misc1", "misc2", "misc3"),
)
# They tell of the exporter and its library, not of the work.
OF_EXPORT: Final = frozenset(("database", "source-app", "ref-type"))

PROVIDER: Final = "remote-database-provider"
LABEL: Final = "label"
NUMBER: Final = "number"
SLOTS: Final = {
    "contributors/authors/author": "author",
    "contributors/secondary-authors/author": "secondary-author",
    "contributors/tertiary-authors/author": "tertiary-author",
    "contributors/subsidiary-authors/author": "subsidiary-author",
    "titles/title": "title",
    "titles/secondary-title": "secondary-title",
    "titles/tertiary-title": "tertiary-title",
    "titles/alt-title": "alternate-title",
    "titles/short-title": "short-title",
    "periodical/full-title": "journal",
    "periodical/abbr-1": "alternate-title",
    "pages": "pages",
    "volume": "volume",
    NUMBER: "issue",
    "issue": "issue",
    "secondary-volume": "series-volume",
    "num-vols": "number-of-volumes",
    "edition": "edition",
    "section": "section",
    "keywords/keyword": "keywords",
    "dates/year": "year",
    "dates/pub-dates/date": "date",
    "pub-location": "place",
    "publisher": "publisher",
    "isbn": "serial",
    "accession-num": "accession",
    "call-num": "call-number",
    "electronic-resource-num": "doi",
    "abstract": "abstract",
    LABEL: "label",
    "notes": "notes",
    "research-notes": "research-notes",
    "work-type": "type-of-work",
    "reviewed-item": "reviewed-item",
    "availability": "archive-location",
    "remote-database-name": "database",
    PROVIDER: "provider",
    "language": "language",
    "urls/related-urls/url": "url",
    "urls/web-urls/url": "url",
    "urls/pdf-urls/url": "link",
    "urls/text-urls/url": "link",
    "urls/image-urls/url": "link",
    "access-date": "access-date",
    "custom1": "custom-1",
    "custom2": "custom-2",
    "custom3": "custom-3",
    "custom7": "custom-7",
}
# Slots whose text may have styles; that of the others is data.
RICH: Final = frozenset(
    (
        *("title", "short-title", "secondary-title", "tertiary-title", "journal"),
        *("alternate-title", "event-title", "custom-3", "reviewed-item", "abstract"),
        *("notes", "research-notes"),
    )
)

_NUMBERS: Final = {
    "Aggregated Database": 55,
    "Ancient Text": 51,
    "Artwork": 2,
    "Audiovisual Material": 3,
    "Bill": 4,
    "Blog": 56,
    "Book": 6,
    "Book Section": 5,
    "Case": 7,
    "Catalog": 8,
    "Chart or Table": 38,
    "Classical Work": 49,
    "Computer Program": 9,
    "Conference Paper": 47,
    "Conference Proceedings": 10,
    "Dataset": 59,
    "Dictionary": 52,
    "Edited Book": 28,
    "Electronic Article": 43,
    "Electronic Book": 44,
    "Electronic Book Section": 60,
    "Encyclopedia": 53,
    "Equation": 39,
    "Figure": 37,
    "Film or Broadcast": 21,
    "Generic": 13,
    "Government Document": 46,
    "Grant": 54,
    "Hearing": 14,
    "Journal Article": 17,
    "Legal Rule or Regulation": 50,
    "Magazine Article": 19,
    "Manuscript": 36,
    "Map": 20,
    "Music": 61,
    "Newspaper Article": 23,
    "Online Database": 45,
    "Online Multimedia": 48,
    "Pamphlet": 24,
    "Patent": 25,
    "Personal Communication": 26,
    "Report": 27,
    "Serial": 57,
    "Standard": 58,
    "Statute": 31,
    "Thesis": 32,
    "Unpublished Work": 34,
    "Web Page": 12,
}
# Kinds of RIS that EndNote has not, and the number of the nearest that it has.
_NEAREST: Final = {
    "ABST": 17,
    "ICOMM": 26,
    "INPR": 17,
    "JFULL": 57,
    "SLIDE": 47,
    "SOUND": 61,
    "UNBILL": 4,
    "VIDEO": 3,
}
_BY_NUMBER: Final = {
    str(number): kind
    for kind in KINDS
    if (number := _NUMBERS.get(kind.name)) is not None
}


def kind_of_record(name: str, number: str) -> Kind | None:
    """The kind that a record says it is; None where it says something unknown.

    The name goes first: Mendeley's numbers are those of a program of long ago.
    """
    return find_kind(name) or _BY_NUMBER.get(number)


def type_number(kind: Kind) -> int:
    """EndNote's number of the kind."""
    number = _NUMBERS.get(kind.name) or _NEAREST.get(kind.code)
    return number if number is not None else _NUMBERS[GENERIC.name]


def number_slot(kind: Kind) -> str:
    """The slot of the element ``number``, which is one of three by kind."""
    if kind.code in {"CHAP", "ECHAP"}:
        return "series-volume"
    return "issue" if variable(kind, "number") is None else "number"


_MARKS: Final = re.compile(r"[%/@=]")
_CODED: Final = re.compile(r"%([0-9A-F]{2})")


def coded(text: str) -> str:
    """A name or value as part of a path."""
    return _MARKS.sub(lambda mark: f"%{ord(mark[0]):02X}", text)


def decoded(text: str) -> str:
    """The name or value that a part of a path stands for."""
    return _CODED.sub(lambda code: chr(int(code[1], 16)), text)
