"""What the fields of RIS and EndNote records mean, by reference type.

A field has one place in every record, called a slot here after EndNote's generic field
names, and a meaning that depends on the type: the "Secondary Author" of a book section
edited the book, that of a letter received it.

Source: the field table of "RIS Format Specifications" (EndNote, 2011), which is
EndNote's "Reference Types" table; CSL 1.0.2, appendix IV. Where the table is silent,
what exporters write decides: most give the title of the whole in ``T2`` of every type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lupusrefs.formats.endnote.types import Kind

# Slot -> CSL variable of most types; None where CSL has none.
_USUAL: Final[dict[str, str | None]] = {
    "author": "author",
    "secondary-author": "editor",
    "tertiary-author": "collection-editor",
    "subsidiary-author": "translator",
    "editor": "editor",
    "title": "title",
    "short-title": "title-short",
    "secondary-title": "container-title",
    "journal": "container-title",
    "tertiary-title": "collection-title",
    "alternate-title": "container-title-short",
    "reviewed-item": "reviewed-title",
    "volume": "volume",
    "issue": "issue",
    "number": None,
    "number-of-volumes": "number-of-volumes",
    "series-volume": "collection-number",
    "pages": "page",
    "section": "section",
    "edition": "edition",
    "publisher": "publisher",
    "place": "publisher-place",
    "type-of-work": "genre",
    "label": "citation-label",
    "call-number": "call-number",
    "archive-location": "archive_location",
    "database": "archive",
    "provider": "source",
    "language": "language",
    "abstract": "abstract",
    "second-abstract": "abstract",
    "event-title": "event-title",
    "event": "event-title",
    "event-place": "event-place",
    "notes": "note",
    "research-notes": "annote",
    "keywords": "keyword",
    "url": "URL",
    "doi": "DOI",
    "access-date": "accessed",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
JOURNALS: Final = frozenset(("ABST", "EJOUR", "INPR", "JOUR"))
CONFERENCES: Final = frozenset(("CONF", "CPAPER"))
# Their "Pages" are how many there are.
WHOLE_BOOKS: Final = frozenset(
    ("BOOK", "CLSWK", "CTLG", "EBOOK", "EDBOOK", "SER", "THES")
)
# Their "ISBN/ISSN" is the document's own number.
NUMBERED: Final = frozenset(("LEGAL", "PAT", "STAND"))

# Slot -> variable ("" where CSL has none) -> the types that mean it so.
_EXCEPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "author": {"editor": "EDBOOK", "director": "MPCT", "composer": "MUSIC"},
    "secondary-author": {
        "performer": "ADVS SLIDE SOUND VIDEO",
        "collection-editor": "BOOK CLSWK COMP EDBOOK ELEC MAP MULTI RPRT UNPB",
        "author": "BILL UNBILL",
        "recipient": "ICOMM PCOMM",
        "producer": "DATA",
        "authority": "LEGAL PAT",
        "": "CASE CHART CTLG EQUA FIGURE GOVDOC MPCT PAMP",
    },
    "tertiary-author": {
        "editor": "BOOK",
        "illustrator": "BLOG",
        "producer": "MPCT",
        "contributor": "THES",
        "": "CASE PAT RPRT",
    },
    "subsidiary-author": {
        "performer": "MPCT",
        "producer": "MUSIC",
        "editor": "SER",
        "": "CASE CONF DATA RPRT",
    },
    "secondary-title": {
        "collection-title": "BOOK CLSWK COMP CTLG EDBOOK MAP MPCT RPRT UNPB",
        "event-title": "SLIDE",
        "section": "HEAR",
    },
    "tertiary-title": {
        "authority": "BILL HEAR UNBILL",
        "volume-title": "ANCIENT",
        "": "BLOG CASE EJOUR LEGAL PAT STAND STAT UNPB",
    },
    "number": {
        "issue": "CONF EJOUR MGZN",
        "collection-number": "BOOK CLSWK CTLG EDBOOK PAMP SER",
        "chapter-number": "ECHAP",
        "dimensions": "ART",
        "number": "ADVS AGGR ANCIENT BILL CHART DICT EQUA FIGURE GEN GOVDOC HEAR RPRT"
        " SLIDE SOUND STAT THES UNBILL UNPB VIDEO",
    },
    "number-of-volumes": {
        "collection-number": "RPRT",
        "dimensions": "ADVS SLIDE SOUND VIDEO",
        "number": "CTLG MANSCPT",
        "version": "EBOOK",
        "": "CASE DATA EJOUR GRANT ICOMM LEGAL MGZN NEWS PAT PCOMM STAND STAT",
    },
    "issue": {"version": "COMP DATA", "number": "PAT"},
    "volume": {"edition": "COMP", "": "BLOG CHART ELEC EQUA FIGURE GRANT"},
    "section": {
        "chapter-number": "CHAP SER",
        "available-date": "EJOUR",
        "number-of-pages": "CTLG",
        "": "AGGR BLOG BOOK CASE DATA DICT GRANT MANSCPT MAP PAT",
    },
    "edition": {
        "available-date": "ABST INPR JOUR",
        "version": "CHART COMP DATA EQUA FIGURE",
        "": "AGGR BILL CASE DBASE GRANT HEAR ICOMM JFULL MANSCPT PAT PCOMM STAT UNBILL",
    },
    "pages": {"dimensions": "MPCT"},
    "place": {"container-title": "BILL UNBILL"},
    "publisher": {"authority": "CASE"},
    "type-of-work": {"medium": "BLOG EBOOK ELEC MPCT", "": "CASE"},
    "reviewed-item": {"": "DATA STAT"},
    "custom-1": {"publisher-place": "CONF CPAPER", "scale": "MAP"},
    "custom-2": {"PMCID": "ABST INPR JFULL JOUR"},
    "custom-3": {"container-title": "CONF CPAPER", "PMCID": "EJOUR"},
    "custom-7": {"number": "ABST CHAP CONF CPAPER EJOUR INPR JOUR", "PMCID": "EBOOK"},
}


def _meanings() -> dict[tuple[str, str], str | None]:
    return {
        (slot, code): variable or None
        for slot, variables in _EXCEPTIONS.items()
        for variable, codes in variables.items()
        for code in codes.split()
    }


_MEANINGS: Final = _meanings()


def variable(kind: Kind, slot: str) -> str | None:
    """The CSL variable that a slot of this kind holds; None where CSL has none."""
    return _MEANINGS.get((slot, kind.code), _USUAL.get(slot))


def has_series_editor(kind: Kind) -> bool:
    """Whether the second kind of author edited the series, not the work."""
    return variable(kind, "secondary-author") == "collection-editor"
