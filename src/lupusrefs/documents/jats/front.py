"""The front matter of a JATS article -> what the article says of itself.

Source: JATS Archiving and Interchange Tag Library 1.3, ``<front>``, ``<article-meta>``,
``<journal-meta>``, ``<pub-date>``; BITS 2.1, ``<book-meta>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.documents.jats.citation import read_identifier
from lupusrefs.documents.jats.people import read_contributors
from lupusrefs.documents.markup.item_fields import ItemFields
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

_TYPES: Final[dict[str, ItemType]] = {
    "book-review": "review-book",
    "preprint": "article",
    "dissertation": "thesis",
}
# Kinds of publication dates, as NLM's and as JATS' attributes have them: registries
# give the year in which a work came out first.
_DATES: Final = ("epub", "pub", "publication", "epub-ppub", "ppub", "collection", "")
_PUBLISHED: Final = frozenset(("pub", "publication", ""))
_TEXTS: Final = (
    (("volume",), "volume"),
    (("issue",), "issue"),
    (("edition",), "edition"),
    (("publisher", "publisher-name"), "publisher"),
    (("publisher", "publisher-loc"), "publisher_place"),
)


def read_work(article: Element) -> Item | None:
    """What an article or a book says of itself; None where it says nothing."""
    front = article.find("front") or article.find("front-stub")
    meta = article.find("front", "article-meta") or front
    is_book = meta is None
    meta = meta or article.find("book-meta") or article.find("book-front", "book-meta")
    if meta is None:
        return None
    fields = ItemFields()
    _read_title(meta, fields)
    read_contributors(meta, fields)
    for element in meta.each("article-id", "book-id"):
        kind = element.attributes.get("pub-id-type", "").lower()
        read_identifier(kind, element.text, fields)
    for isbn in meta.each("isbn"):
        fields.serial("isbn", isbn.text)
    _read_date(meta, fields)
    _read_texts(meta, fields)
    fields.pages(meta.get("fpage"), meta.get("lpage"))
    if "page" not in fields:
        fields.pages(meta.get("page-range"), None)
    if "page" not in fields:
        fields.text("number", meta.get("elocation-id"))
    fields.text("language", article.attributes.get("xml:lang"))
    if journal := article.find("front", "journal-meta") or meta.find("journal-meta"):
        _read_journal(journal, fields)
    kind = article.attributes.get("article-type", "").lower()
    usual: ItemType = "book" if is_book else "article-journal"
    return fields.item(_TYPES.get(kind, usual))


def _read_title(meta: Element, fields: ItemFields) -> None:
    group = meta.find("title-group") or meta.find("book-title-group")
    if group is None:
        return
    title = group.find("article-title") or group.find("book-title")
    subtitle = group.find("subtitle")
    text = _title(title) if title is not None else ""
    if text and subtitle is not None and subtitle.text:
        between = " " if text.endswith(("?", "!", ":")) else ": "
        text += between + _title(subtitle)
    fields.text("title", text)


def _title(element: Element) -> str:
    """A title without the marks of its footnotes."""
    children = [
        child
        for child in element.children
        if isinstance(child, str) or child.name not in {"xref", "fn"}
    ]
    return Element(element.name, {}, children).rich_text


def _read_texts(meta: Element, fields: ItemFields) -> None:
    for path, field in _TEXTS:
        fields.text(field, meta.get(*path))


def _read_journal(journal: Element, fields: ItemFields) -> None:
    group = journal.find("journal-title-group") or journal
    fields.text("container_title", group.get("journal-title"))
    fields.text("container_title_short", group.get("abbrev-journal-title"))
    for identifier in journal.each("journal-id"):
        if identifier.attributes.get("journal-id-type") == "iso-abbrev":
            fields.text("container_title_short", identifier.text)
    for issn in journal.each("issn"):
        fields.serial("issn", issn.text)
    _read_texts(journal, fields)


def _read_date(meta: Element, fields: ItemFields) -> None:
    dates = list(meta.each("pub-date"))
    for kind in _DATES:
        for date in dates:
            if kind in _kinds(date):
                given = date.attributes.get("iso-8601-date")
                month = date.get("month") or date.get("season")
                fields.date_parts("issued", date.get("year"), month, date.get("day"))
                fields.date("issued", given or date.get("string-date"))


def _kinds(date: Element) -> Iterator[str]:
    """What a date is one of: of print and electronic publication by JATS' names too."""
    kind = date.attributes.get("pub-type") or date.attributes.get("date-type") or ""
    medium = date.attributes.get("publication-format", "")
    if kind in _PUBLISHED and medium == "electronic":
        yield "epub"
    elif kind in _PUBLISHED and medium == "print":
        yield "ppub"
    yield kind.lower()
