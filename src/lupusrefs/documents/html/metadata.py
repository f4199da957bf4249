"""What a page says of itself, and of what it cites, in its ``<head>``.

Source: Google Scholar, "Inclusion Guidelines for Webmasters" (Highwire Press tags);
PRISM 3.0; DCMI, "Expressing Dublin Core metadata using HTML/XHTML meta and link
elements"; RFC 8574 (``cite-as``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.html.linked_data import read_linked_data
from lupusrefs.documents.markup.item_fields import ItemFields, linked_doi
from lupusrefs.documents.markup.links import MOST
from lupusrefs.documents.markup.tags import attribute_place
from lupusrefs.documents.markup.text import each_element, one_line
from lupusrefs.formats.bibtex.comma_lists import comma_list
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.item import Item
from lupusrefs.model.variables import ItemType

# Field of an item -> the tags that have it, the best first; without "dc." or "dcterms."
# in its two spellings.
_TEXTS: Final = {
    "title": ("citation_title", "bepress_citation_title", "eprints.title", "dc.title"),
    "container_title": (
        *(
            "citation_journal_title",
            "citation_conference_title",
            "citation_inbook_title",
        ),
        *("citation_book_title", "bepress_citation_journal_title"),
        *("prism.publicationname", "eprints.publication", "dc.source"),
    ),
    "container_title_short": ("citation_journal_abbrev",),
    "volume": (
        *("citation_volume", "bepress_citation_volume", "prism.volume"),
        *("eprints.volume", "dc.source.volume"),
    ),
    "issue": (
        *("citation_issue", "bepress_citation_issue", "prism.number", "eprints.number"),
        "dc.source.issue",
    ),
    "number": ("citation_technical_report_number", "citation_article_number"),
    "publisher": (
        *("citation_dissertation_institution", "citation_dissertation_name"),
        *("citation_technical_report_institution", "citation_publisher"),
        *("bepress_citation_publisher", "eprints.publisher", "dc.publisher"),
    ),
    "language": ("citation_language", "dc.language", "prism.language"),
    "event_title": ("citation_conference", "eprints.event_title"),
}
_AUTHORS: Final = (
    *("citation_author", "citation_authors", "bepress_citation_author"),
    *("eprints.creators_name", "dc.creator.personalname", "dc.creator"),
)
_EDITORS: Final = ("citation_editor", "bepress_citation_editor", "eprints.editors_name")
_DOIS: Final = (
    *("citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier.doi"),
    *("doi", "eprints.doi", "dc.identifier"),
)
_DATES: Final = (
    *("citation_publication_date", "citation_date", "citation_cover_date"),
    *("bepress_citation_date", "citation_online_date", "citation_year"),
    *(
        "prism.publicationdate",
        "eprints.date",
        "dc.date.issued",
        "dc.issued",
        "dc.date",
    ),
)
_FIRST_PAGES: Final = (
    *("citation_firstpage", "bepress_citation_firstpage", "prism.startingpage"),
    *("citation_pages", "prism.pagerange", "eprints.pagerange"),
    "dc.identifier.pagenumber",
)
_LAST_PAGES: Final = (
    *("citation_lastpage", "bepress_citation_lastpage", "prism.endingpage"),
)
_SERIALS: Final = {
    "issn": ("citation_issn", "prism.issn", "prism.eissn", "dc.source.issn"),
    "isbn": ("citation_isbn", "prism.isbn"),
}
_PMIDS: Final = ("citation_pmid",)
_PMCIDS: Final = ("citation_pmcid",)
_ARXIV: Final = ("citation_arxiv_id",)
# What a tag's presence tells of the type.
_KINDS: Final[tuple[tuple[str, ItemType], ...]] = (
    ("citation_dissertation_institution", "thesis"),
    ("citation_dissertation_name", "thesis"),
    ("citation_technical_report_institution", "report"),
    ("citation_technical_report_number", "report"),
    ("citation_conference_title", "paper-conference"),
    ("citation_conference", "paper-conference"),
    ("citation_inbook_title", "chapter"),
    ("citation_book_title", "chapter"),
    ("citation_journal_title", "article-journal"),
    ("bepress_citation_journal_title", "article-journal"),
    ("prism.publicationname", "article-journal"),
    ("citation_arxiv_id", "article"),
    ("citation_isbn", "book"),
    ("citation_issn", "article-journal"),
)
_LEADS: Final = {"dcterms.": "dc.", "dc:": "dc.", "prism:": "prism."}
_REFERENCE: Final = "citation_reference"
# Quarto parts them by a semicolon and a comma.
_PAIR: Final = re.compile(r";[\s,]*(?=citation_[a-z_]{2,40}\s*=)", re.IGNORECASE)
_NOTHING: Final = frozenset(("", "undefined", "null"))
_KEY: Final = re.compile(r"\s*(citation_[a-z_]{2,40})\s*=\s*", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}")
_LONGEST: Final = 20_000  # characters of a value
_MOST_VALUES: Final = 20_000  # of one name


class Metadata:
    """The tags of a page.

    Args:
        source: the page.
        root: its tree.
    """

    def __init__(self, source: SourceText, root: Element) -> None:
        self._source = source
        self._tags: dict[str, list[Element]] = {}
        self._data: list[str] = []
        self._cited_as: list[Element] = []
        for element in each_element(root):
            if element.name == "meta":
                self._add(element)
            elif element.name == "script":
                if element.attributes.get("type", "").lower() == "application/ld+json":
                    self._data.append(element.raw_text)
            elif "cite-as" in element.attributes.get("rel", "").lower().split():
                self._cited_as.append(element)

    def _add(self, meta: Element) -> None:
        given = meta.attributes.get("name") or meta.attributes.get("property") or ""
        name = given.strip().lower()
        for lead, usual in _LEADS.items():
            if name.startswith(lead):
                name = usual + name.removeprefix(lead)
        values = self._tags.setdefault(name, [])
        if len(meta.attributes.get("content", "")) <= _LONGEST:
            values.append(meta)

    def _values(self) -> dict[str, list[str]]:
        return {
            name: [one_line(one.attributes.get("content", "")) for one in tags]
            for name, tags in self._tags.items()
            if name != _REFERENCE
        }

    def work(self) -> Item | None:
        """What the page says of itself; None where it says nothing."""
        fields = ItemFields()
        values = self._values()
        _read_tags(values, fields)
        for element in self._cited_as:
            fields.url(element.attributes.get("href"))
        for data in self._data:
            read_linked_data(data, fields)
        kinds = (kind for name, kind in _KINDS if name in values)
        kind = next(kinds, fields.kind or "document")
        return fields.item(kind)

    def links(self) -> Iterator[Link]:
        """The identifiers of the page itself."""
        for name in _DOIS:
            for one in self._tags.get(name, ()):
                yield from self._dois(one, "content")
        for names, lead in ((_PMIDS, "pmid:"), (_PMCIDS, "pmcid:"), (_ARXIV, "arXiv:")):
            for name in names:
                for one in self._tags.get(name, ()):
                    if content := one_line(one.attributes.get("content", "")):
                        place = attribute_place(self._source, one, "content")
                        yield Link(lead + content.removeprefix(lead), place)
        for one in self._cited_as:
            yield from self._dois(one, "href")

    def _dois(self, element: Element, attribute: str) -> Iterator[Link]:
        value = element.attributes.get(attribute, "")
        for found in find_dois(value)[:1]:
            place = attribute_place(self._source, element, attribute)
            yield Link(f"doi:{found.doi.name}", place)

    # --- what is cited ---------------------------------------------------------

    def with_references(self, listed: tuple[Listed, ...]) -> tuple[Listed, ...]:
        """The entries that are seen, with what the tags say of them.

        Where no list is seen, the entries are those of the tags.
        """
        tagged = [
            entry
            for one in islice(self._tags.get(_REFERENCE, ()), MOST)
            if (entry := self._reference(one)) is not None
        ]
        if not listed:
            return tuple(tagged)
        if len(tagged) != len(listed):
            return listed
        pairs = zip(listed, tagged, strict=True)
        return tuple(
            replace(seen, item=told.item) if _is_same(seen, told) else seen
            for seen, told in pairs
        )

    def _reference(self, meta: Element) -> Listed | None:
        content = one_line(meta.attributes.get("content", ""))
        if not content:
            return None
        place = attribute_place(self._source, meta, "content")
        pairs = list(_pairs(content))
        item = _cited(pairs) if pairs else None
        text = "; ".join(value for _, value in pairs) if pairs else content
        links = tuple(Link(f"doi:{one.doi.name}", place) for one in find_dois(text))
        return Listed(text, place, item=item, links=links)


def _is_same(seen: Listed, told: Listed) -> bool:
    """Whether a tag is about an entry that has no item yet: its title is there."""
    if seen.item is not None or told.item is None or told.item.title is None:
        return False
    return _folded(told.item.title) in _folded(seen.text)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"</?\w+>", "", text)).casefold()


def _pairs(content: str) -> Iterator[tuple[str, str]]:
    """Name and value of each part of a reference that is tagged."""
    if not _KEY.match(content):
        return
    for part in _PAIR.split(content):
        key, _, value = part.partition("=")
        if (value := value.strip(" ;")) not in _NOTHING:
            yield key.strip().lower(), value


def _cited(pairs: list[tuple[str, str]]) -> Item | None:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    fields = ItemFields()
    _read_tags(values, fields)
    kinds = (kind for name, kind in _KINDS if name in values)
    return fields.item(next(kinds, "document"))


def _read_tags(values: dict[str, list[str]], fields: ItemFields) -> None:
    for field, names in _TEXTS.items():
        for value in _all(values, names):
            if "://" not in value:
                fields.text(field, value)
    _read_names(values, _AUTHORS, "author", fields)
    _read_names(values, _EDITORS, "editor", fields)
    for value in _all(values, _DATES):
        fields.date("issued", value)
    first, last = (next(_all(values, one), None) for one in (_FIRST_PAGES, _LAST_PAGES))
    fields.pages(first, last)
    _read_identifiers(values, fields)


def _all(values: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    return (value for name in names for value in values.get(name, ()))


def _read_identifiers(values: dict[str, list[str]], fields: ItemFields) -> None:
    for value in _all(values, _DOIS):
        # A DOI among identifiers of other kinds.
        if (doi := linked_doi(value)) or value.startswith("10."):
            fields.doi(doi or value)
    for field, names in _SERIALS.items():
        for value in _all(values, names):
            fields.serial(field, value)
    for names, read in (
        (_PMIDS, fields.pmid),
        (_PMCIDS, fields.pmcid),
        (_ARXIV, fields.arxiv),
    ):
        for value in _all(values, names):
            read(value)


def _read_names(
    values: dict[str, list[str]], names: tuple[str, ...], field: str, fields: ItemFields
) -> None:
    """The names of the first tag that has some; of a list of names, each."""
    found = next((values[name] for name in names if values.get(name)), [])
    for value in found[:_MOST_VALUES]:
        for name in _names_in(value):
            fields.written_name(field, name)


def _names_in(value: str) -> list[str]:
    """The names of a value that may be a list of them: "AB Smith, C Jones"."""
    if ";" in value:
        return value.split(";")
    parts = value.split(",")
    if len(parts) == len(("one", "other")) and all(map(_is_whole_name, parts)):
        return parts
    return comma_list(value) or [value]


def _is_whole_name(text: str) -> bool:
    """Whether it has initials, and a name beside them."""
    words = text.split()
    return 0 < sum(map(bool, map(_INITIALS.fullmatch, words))) < len(words)
