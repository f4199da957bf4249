"""A citation of JATS -> an item, as far as its parts are tagged.

Source: JATS Archiving and Interchange Tag Library 1.3, ``<element-citation>``,
``<mixed-citation>``, ``<pub-id>``; JATS4R, "Citations"; NLM Archiving Tag Library 2.3,
``<citation>``, and 3.0, ``<nlm-citation>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.jats.people import read_citation_names
from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

CITATIONS: Final = (
    *("element-citation", "mixed-citation", "nlm-citation", "citation"),
    "product",
)
_TYPES: Final[dict[str, ItemType]] = {
    **dict.fromkeys(
        ("journal", "journal-article", "article", "art"), "article-journal"
    ),
    "magazine": "article-magazine",
    **dict.fromkeys(("newspaper", "news"), "article-newspaper"),
    **dict.fromkeys(("book", "bok", "monograph", "edited-book", "ebook"), "book"),
    **dict.fromkeys(("chapter", "book-chapter", "incollection"), "chapter"),
    **dict.fromkeys(
        ("confproc", "conf-proc", "conference", "conf-paper", "proceedings", "conf"),
        "paper-conference",
    ),
    **dict.fromkeys(("thesis", "dissertation", "phd", "master"), "thesis"),
    **dict.fromkeys(("report", "gov", "working-paper", "techreport"), "report"),
    **dict.fromkeys(("web", "website", "webpage", "web-page", "eref"), "webpage"),
    "blog": "post-weblog",
    **dict.fromkeys(("data", "dataset", "database"), "dataset"),
    **dict.fromkeys(("software", "computer-program", "code"), "software"),
    **dict.fromkeys(("preprint", "eprint"), "article"),
    "patent": "patent",
    **dict.fromkeys(("standard", "std"), "standard"),
    **dict.fromkeys(
        ("commun", "personal-communication", "email"), "personal_communication"
    ),
    **dict.fromkeys(("letter", "unpublished", "manuscript"), "manuscript"),
    **dict.fromkeys(("video", "film", "movie"), "motion_picture"),
    **dict.fromkeys(("audio", "podcast"), "song"),
    **dict.fromkeys(("legal", "law", "case"), "legal_case"),
    **dict.fromkeys(("legislation", "act"), "legislation"),
    **dict.fromkeys(("speech", "presentation", "lecture", "poster"), "speech"),
    "interview": "interview",
}
# What stands in a journal, or in a book, when its title stands beside another one.
_IN_CONTAINERS: Final = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "paper-conference")
)
# Element -> field of an item.
_TEXTS: Final = {
    "volume": "volume",
    "issue": "issue",
    "supplement": "supplement_number",
    "publisher-name": "publisher",
    "publisher-loc": "publisher_place",
    "edition": "edition",
    "series": "collection_title",
    "conf-name": "event_title",
    "conf-loc": "event_place",
    "patent": "number",
    "std": "number",
    "gov": "authority",
    "version": "version",
    "language": "language",
}
# The first of these that a citation has is its title.
_TITLES: Final = ("article-title", "chapter-title", "data-title", "part-title")
_TAGGED: Final = frozenset(
    (*_TITLES, "trans-title", "source", "year", "volume", "fpage")
)
_YEARS: Final = ("iso-8601-date", "content-type")
_ACCESSED: Final = ("date-in-citation", "access-date")


def read_citation(citation: Element, key: str = "") -> Item | None:
    """The item of a citation; None where its parts are not tagged.

    Args:
        citation: the element, one of ``CITATIONS``.
        key: the id of the item.
    """
    parts: dict[str, list[Element]] = {}
    for element in _parts(citation):
        parts.setdefault(element.name, []).append(element)
    fields = ItemFields()
    read_citation_names(citation, fields)
    _read_identifiers(parts, fields)
    kind = _read_titles(citation, parts, fields)
    _read_date(parts, fields)
    for name, field in _TEXTS.items():
        for element in parts.get(name, ()):
            fields.text(field, element.text)
    _read_pages(parts, fields)
    is_mixed = any(isinstance(c, str) and c.strip() for c in citation.children)
    # A lone year, journal or DOI in running text tells less than the text does.
    says_less = "author" not in fields and parts.keys().isdisjoint(_TITLES)
    if is_mixed and (says_less or _TAGGED.isdisjoint(parts)):
        return None
    return fields.item(kind, key)


def _parts(citation: Element) -> Iterator[Element]:
    """The elements of a citation, those within its groups too, names excepted."""
    for element in citation.elements:
        yield element
        if element.name not in {"person-group", "name", "string-name", "collab"}:
            yield from _parts(element)


def _kind(citation: Element) -> ItemType | None:
    for name in ("publication-type", "citation-type", "specific-use"):
        given = citation.attributes.get(name, "").strip().lower()
        if kind := _TYPES.get(given.replace(" ", "-").replace("_", "-")):
            return kind
    return None


def _first(parts: dict[str, list[Element]], *names: str) -> Element | None:
    return next((parts[name][0] for name in names if name in parts), None)


def _read_titles(
    citation: Element, parts: dict[str, list[Element]], fields: ItemFields
) -> ItemType:
    """The title and what it stands in; the type of the item that follows from both."""
    kind = _kind(citation)
    title = _first(parts, *_TITLES) or _first(parts, "trans-title")
    source = parts.get("source", [])
    is_serial = bool(parts.keys() & {"volume", "issue"}) and "isbn" not in fields
    if title is not None:
        fields.text("title", title.rich_text)
    elif source and kind not in _IN_CONTAINERS and (kind or not is_serial):
        # A book, a report or a page: what is called its source is its title.
        fields.text("title", source[0].rich_text)
        source = source[1:]
    if source:
        fields.text("container_title", source[0].text)
    if kind is None:
        kind = _guessed(parts, fields, is_serial=is_serial)
    if kind == "book" and title is not None and source:
        return "chapter"
    return kind


def _guessed(
    parts: dict[str, list[Element]], fields: ItemFields, *, is_serial: bool
) -> ItemType:
    """The type of what says of itself that it is something else."""
    if "conf-name" in parts:
        return "paper-conference"
    if "container_title" in fields:
        in_book = "chapter-title" in parts or "editor" in fields or "isbn" in fields
        is_article = is_serial or not (in_book or "publisher-name" in parts)
        return "article-journal" if is_article else "chapter"
    if "publisher-name" in parts or "isbn" in fields:
        return "book"
    return "webpage" if "url" in fields and "doi" not in fields else "document"


def _read_date(parts: dict[str, list[Element]], fields: ItemFields) -> None:
    year = _first(parts, "year")
    month = _first(parts, "month", "season")
    day = _first(parts, "day")
    if year is not None:
        given = year.attributes.get("iso-8601-date")
        rest = (one.text if one is not None else None for one in (month, day))
        if given and month is None:
            fields.date("issued", given)
        fields.date_parts("issued", year.text, *rest)
    if (date := _first(parts, "date", "string-date")) is not None:
        fields.date("issued", date.attributes.get("iso-8601-date") or date.text)
    for element in parts.get("date-in-citation", []) + parts.get("access-date", []):
        use = element.attributes.get("content-type", "access-date").lower()
        if "access" in use or "cited" in use:
            given = element.attributes.get("iso-8601-date")
            fields.date("accessed", given or element.text)
    if (conference := _first(parts, "conf-date")) is not None:
        fields.date("event_date", conference.text)


def _read_pages(parts: dict[str, list[Element]], fields: ItemFields) -> None:
    first, last, pages, number = (
        element.text if (element := _first(parts, name)) is not None else None
        for name in ("fpage", "lpage", "page-range", "elocation-id")
    )
    fields.pages(first or pages, last if first else None)
    if "page" not in fields:
        fields.text("number", number)
    if (size := _first(parts, "size")) is not None:
        fields.text("number_of_pages", size.text.rstrip("p. "))


def _read_identifiers(parts: dict[str, list[Element]], fields: ItemFields) -> None:
    for name in ("pub-id", "object-id", "article-id"):
        for element in parts.get(name, ()):
            kind = element.attributes.get("pub-id-type", "").lower()
            read_identifier(kind, element.text, fields)
    for name in ("isbn", "issn"):
        for element in parts.get(name, ()):
            fields.serial(name, element.text)
    for name in ("ext-link", "uri", "self-uri"):
        for element in parts.get(name, ()):
            kind = element.attributes.get("ext-link-type", "").lower()
            target = element.attributes.get("xlink:href") or element.text
            if kind in {"doi", "pmid", "pmcid", "arxiv"} and "://" not in target:
                read_identifier(kind, target, fields)
            else:
                fields.url(target)


def read_identifier(kind: str, text: str, fields: ItemFields) -> None:
    """An identifier, by what JATS calls its kind; publishers' own are passed over."""
    match kind:
        case "doi":
            fields.doi(text)
        case "pmid" | "medline":
            fields.pmid(text)
        case "pmc" | "pmcid":
            fields.pmcid(text)
        case "arxiv":
            fields.arxiv(text)
        case "isbn" | "issn":
            fields.serial(kind, text)
        case "uri" | "url":
            fields.url(text)
