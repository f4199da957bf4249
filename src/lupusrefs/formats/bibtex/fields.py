"""The fields of an entry: CSL variables by the names of BibTeX or BibLaTeX.

Source: ``btxdoc``, section 3.2; the biblatex manual, section 2.2. Beyond Patashnik's
fields a BibTeX entry has those that today's styles and programs read: ``doi url urldate
isbn issn pmid pmcid eprint archiveprefix abstract keywords language version shorttitle
translator day``, and BibLaTeX's where they are all that could hold a value. BibTeX
ignores a field that a style does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from lupusrefs.formats.bibtex import dates, latex
from lupusrefs.formats.bibtex import entry_types as entries
from lupusrefs.formats.bibtex.entry_types import FAMILY
from lupusrefs.formats.bibtex.genres import (
    ORDINAL_WORDS,
    genre_key,
    implied_genre,
    ordinal,
)
from lupusrefs.formats.bibtex.languages import babel_name, is_english
from lupusrefs.formats.bibtex.links import arxiv, bare_doi, is_link_of
from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.formats.bibtex.notes import LEGAL, how_published, notes
from lupusrefs.formats.bibtex.titles import write_title
from lupusrefs.model.item import Item
from lupusrefs.model.markup import balanced, plain
from lupusrefs.model.names import Name
from lupusrefs.model.pages import with_dash
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work

Field = tuple[str, str | None]


class Dialect(Enum):
    """Whose fields and types are written."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


# BibTeX's names -> BibLaTeX's, where they differ.
_BIBLATEX_NAMES: Final = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
# Who made what has no author: films, music, maps, exhibitions.
_MAKERS: Final = (
    "author",
    "director",
    "composer",
    "performer",
    "script_writer",
    "host",
    "producer",
    "series_creator",
    "organizer",
    "curator",
    "compiler",
    "contributor",
)
_EDITOR_TYPES: Final = {
    "director": "director",
    "compiler": "compiler",
    "organizer": "organizer",
    "producer": "producer",
    "contributor": "collaborator",
}
_PUBLISHER_FIELDS: Final = {
    entries.TECHREPORT: "institution",
    "report": "institution",
    "thesis": "institution",
    entries.PHDTHESIS: "school",
    entries.MASTERSTHESIS: "school",
    entries.MANUAL: "organization",
    entries.BOOKLET: "howpublished",
    "online": "organization",
}
_EDITION: Final = re.compile(
    r"(\d{1,3})(?:\.|st|nd|rd|th)?(?:\s*ed(?:ition|n)?\.?)?", re.IGNORECASE
)
_NUMBER_RANGE: Final = re.compile(r"(\d+)\s*[-‐‑–]\s*(\d+)")
# A name that every program reads; and what makes a text file look like none.
_NAME: Final = re.compile(r"[^\W\d][\w:.+-]*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AND: Final = re.compile(r"\b(and)\b", re.IGNORECASE)


def fields(
    item: Item, entry: str, dialect: Dialect = Dialect.BIBTEX
) -> Iterator[tuple[str, str]]:
    """Names and values, delimiters included, of all that is known, in their order."""
    written: set[str] = set()
    for name, text in _EntryFields(item, entry, dialect).all():
        if not text:
            continue
        if dialect is Dialect.BIBLATEX:
            name = _BIBLATEX_NAMES.get(name, name)  # noqa: PLW2901 - one name for it
        if name in written:
            continue
        written.add(name)
        yield name, text if name == "month" else f"{{{text}}}"
    for name, text in _own_fields(item):
        if name.lower() not in written:
            yield name, f"{{{text}}}"


def _own_fields(item: Item) -> Iterator[tuple[str, str]]:
    """What the user's own file has beyond CSL, as it was."""
    origin = item.origin if isinstance(item, Reference) else None
    if origin is not None and origin.family == FAMILY:
        for name, text in origin.fields:
            if _NAME.fullmatch(name) and balanced(text):
                yield name, _CONTROL.sub("", text)


class _EntryFields:
    """The fields of one entry, by groups."""

    def __init__(self, item: Item, entry: str, dialect: Dialect) -> None:
        self._item = item
        self._entry = entry
        self._biblatex = dialect is Dialect.BIBLATEX
        # An entry of the user's own gets nothing that only serves old styles.
        origin = item.origin if isinstance(item, Reference) else None
        self._own = origin is not None and origin.family == FAMILY
        # What reading the entry will make of a `number`.
        self._type = entries.item_type(entry, entries.subtype(item, entry))

    def all(self) -> Iterator[Field]:
        """Everything, in the order in which it is written."""
        yield from self._who()
        yield from self._what()
        yield from self._where()
        yield from self._numbers()
        yield from self._published()
        yield from self._when()
        yield from self._identifiers()
        yield from self._remarks()

    def _who(self) -> Iterator[Field]:
        item = self._item
        yield "author", self._list_of(item.author if self._biblatex else self._makers())
        editors = item.editor or item.editorial_director
        yield "editor", self._list_of(editors)
        yield "bookauthor", self._list_of(item.container_author)
        yield "translator", self._list_of(item.translator)
        places = iter(("editora", "editorb", "editorc"))
        for role, kind in _EDITOR_TYPES.items():
            names = getattr(item, role)
            # BibTeX knows makers only as authors.
            if names and (self._biblatex or names != self._makers()):
                place = next(places)
                yield place, self._list_of(names)
                yield f"{place}type", kind

    def _list_of(self, names: Sequence[Name]) -> str:
        return name_list(names, divided=self._own, biblatex=self._biblatex)

    def _makers(self) -> tuple[Name, ...]:
        for role in _MAKERS:
            makers: tuple[Name, ...] = getattr(self._item, role)
            # An edited volume has its editors, and no author.
            if makers and (role == "author" or not self._item.editor):
                return makers
        return ()

    def _what(self) -> Iterator[Field]:
        item = self._item
        if item.volume_title and not item.container_title and item.type == "book":
            # One volume of a larger work, which has the title.
            yield "maintitle", self._title("title")
            yield "title", self._title("volume-title")
        else:
            yield "title", self._title("title")
        yield "shorttitle", self._title("title-short")
        yield "origtitle", _rich(item.original_title)

    def _title(self, variable: str) -> str | None:
        """A title, with the capitals of the user's own file where it has them."""
        text = getattr(self._item, variable.replace("-", "_"))
        if not text:
            return None
        origin = self._item.origin if isinstance(self._item, Reference) else None
        written = origin.titles.get(variable) if origin else None
        return write_title(text, written, english=is_english(self._item.language))

    def _where(self) -> Iterator[Field]:
        item = self._item
        container, volume = _rich(item.container_title), _rich(item.volume_title)
        in_a_book = self._type in {"chapter", "paper-conference"}
        if not (in_a_book or self._type.startswith("entry")):
            yield "journal", container
            periodical = self._type == "periodical"
            yield "issuetitle", volume if container or periodical else None
        elif container and volume:
            yield "maintitle", container
            yield "booktitle", volume
        else:
            event = None if self._biblatex else _rich(item.event_title)
            yield "booktitle", container or event
        yield "shortjournal", _rich(item.container_title_short)
        yield "eventtitle", _rich(item.event_title)
        yield "venue", self._text("event_place")

    def _numbers(self) -> Iterator[Field]:
        item = self._item
        yield "volume", _number(item.volume)
        yield from self._number_and_issue()
        yield "series", _rich(item.collection_title)
        yield "edition", item.edition and self._edition(item.edition)
        yield "volumes", self._text("number_of_volumes")
        yield "part", self._text("part_number")
        yield "chapter", self._text("chapter_number")
        yield "pages", self._pages()
        yield "pagetotal", self._text("number_of_pages")

    def _number_and_issue(self) -> Iterator[Field]:
        """``number``, and where it holds only one of two, the field for the other."""
        item = self._item
        if self._entry == entries.ARTICLE or self._type == "article":
            yield "number", self._issue()
            yield "eid", self._article_number()
        elif item.number:
            yield "number", _number(item.number)
            yield "issue", _number(item.issue)
        elif item.collection_number:
            yield "number", _number(item.collection_number)
            yield "issue", _number(item.issue)
        elif item.volume and not item.collection_title and not self._biblatex:
            yield "number", _number(item.issue)
        else:
            yield ("issue" if self._biblatex else "number"), _number(item.issue)

    def _article_number(self) -> str | None:
        item = self._item
        number = item.number
        if not number and not item.page and isinstance(item, Work):
            number = item.article_number
        return number and latex.value(number)

    def _published(self) -> Iterator[Field]:
        item, entry = self._item, self._entry
        if item.genre and (self._biblatex or item.genre != implied_genre(entry)):
            yield "type", self._kind(item.genre)
        elif item.type == "standard" and not self._own:
            yield "type", "Standard"
        yield "entrysubtype", entries.subtype(item, entry)
        publisher = item.publisher or (item.authority if item.type in LEGAL else None)
        yield _PUBLISHER_FIELDS.get(entry, "publisher"), self._list(publisher)
        place = item.publisher_place or (
            item.jurisdiction if entry == "patent" else None
        )
        if not (self._biblatex or self._own):
            place = place or item.event_place
        yield "address", self._list(place)
        yield "origpublisher", self._list(item.original_publisher)
        yield "origlocation", self._list(item.original_publisher_place)
        if entry == entries.MISC and not self._biblatex:
            # Beside the publisher, which the standard styles do not print of a misc.
            yield "howpublished", how_published(item)

    def _list(self, text: str | None) -> str | None:
        """Publishers or places: BibLaTeX's lists are joined by "and"."""
        if not text or not self._biblatex:
            return _rich(text)
        parts = [_AND.sub(r"{\1}", latex.rich(part)) for part in text.split("; ")]
        return " and ".join(parts)

    def _kind(self, genre: str) -> str:
        key = genre_key(genre) if self._biblatex else None
        return key or latex.rich(genre)

    def _when(self) -> Iterator[Field]:
        item = self._item
        date = item.issued
        if date is None and item.event_title and not self._biblatex:
            date = item.event_date
        if date is not None:
            yield from dates.biblatex(date) if self._biblatex else dates.bibtex(date)
        yield "eventdate", str(item.event_date or "")
        yield "origdate", str(item.original_date or "")

    def _identifiers(self) -> Iterator[Field]:
        item = self._item
        yield "doi", latex.verbatim(bare_doi(item.doi or ""))
        if match := arxiv(item):
            yield "eprint", match["id"] + (match["version"] or "")
            yield "archiveprefix", "arXiv"
            yield "primaryclass", latex.value(match["primary"] or "")
        elif item.archive and item.archive_location:
            yield "eprint", latex.verbatim(item.archive_location)
            yield "archiveprefix", latex.value(item.archive)
        if item.url and (self._own or not is_link_of(item.url, item.doi)):
            yield "url", self._address(item.url)
        if item.accessed and item.accessed.start:
            yield "urldate", str(item.accessed)
        for name in ("isbn", "issn", "pmid", "pmcid"):
            yield name, self._text(name)
        yield "library", self._text("call_number")

    def _address(self, url: str) -> str:
        """A URL; the user's own may be several, with blanks between them."""
        return (
            " ".join(map(latex.verbatim, url.split()))
            if self._own
            else latex.verbatim(url)
        )

    def _remarks(self) -> Iterator[Field]:
        item = self._item
        yield "version", self._text("version")
        name = babel_name(item.language or "") if self._biblatex else None
        yield ("langid", name) if name else ("language", self._text("language"))
        yield "pubstate", self._text("status")
        yield "shorthand", self._text("citation_label")
        if self._biblatex:
            yield "note", _rich(item.note)
        else:
            yield "note", notes(item, self._entry)
        yield "annote", _rich(item.annote)
        yield "keywords", self._text("keyword")
        yield "abstract", _rich(item.abstract)

    def _text(self, variable: str) -> str | None:
        text = getattr(self._item, variable)
        return latex.value(text) if text else None

    def _issue(self) -> str | None:
        """Issue and supplement of a journal: "4", "4 (Suppl. 1)"."""
        issue = _number(self._item.issue)
        supplement = self._text("supplement_number")
        if not supplement:
            return issue
        supplement = f"Suppl. {supplement}" if supplement.isalnum() else supplement
        return f"{issue} ({supplement})" if issue else supplement

    def _pages(self) -> str | None:
        """Pages with ``--`` in ranges; an article number stays what it is."""
        item = self._item
        pages = item.page or item.page_first
        if not pages and self._entry == entries.ARTICLE and not self._biblatex:
            return self._article_number()
        return latex.escape(with_dash(plain(pages), "--")) if pages else None

    def _edition(self, text: str) -> str:
        """In BibTeX an ordinal word with a capital (btxdoc, 3.2); else the number."""
        match = _EDITION.fullmatch(text.strip())
        if match is None or not int(match[1]) or self._biblatex:
            return latex.value(text)
        number = int(match[1])
        if number <= len(ORDINAL_WORDS):
            return ORDINAL_WORDS[number - 1].capitalize()
        return ordinal(number)


def _number(text: str | None) -> str | None:
    """A volume, issue or number; double ones get an en dash, as in ``12--13``."""
    if text is None:
        return None
    double = _NUMBER_RANGE.fullmatch(text.strip())
    return f"{double[1]}--{double[2]}" if double else latex.value(text)


def _rich(text: str | None) -> str | None:
    return latex.rich(text) if text else None
