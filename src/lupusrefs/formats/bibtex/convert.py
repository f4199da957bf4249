"""One BibTeX or BibLaTeX entry -> the variables of a CSL item.

Source: ``btxdoc``, section 3.2; the biblatex manual, section 2.2 ("Entry Fields"); CSL
1.0.2, appendices III and IV, for what the variables mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.bibtex import parse_latex as latex
from lupusrefs.formats.bibtex.entry_types import MULTIVOLUME, item_type
from lupusrefs.formats.bibtex.eprints import eprint_url, is_arxiv
from lupusrefs.formats.bibtex.genres import country, genre_of, ordinal
from lupusrefs.formats.bibtex.languages import is_english, tag_of_babel
from lupusrefs.formats.bibtex.links import bare_doi
from lupusrefs.formats.bibtex.notes import without_repetitions
from lupusrefs.formats.bibtex.parse_dates import parse_date, parse_year
from lupusrefs.formats.bibtex.parse_names import parse_names, split_list
from lupusrefs.formats.bibtex.parse_numbers import (
    parse_edition,
    parse_number,
    parse_pages,
)
from lupusrefs.formats.bibtex.record import Record
from lupusrefs.formats.bibtex.titles import Title, joined_titles, read_title
from lupusrefs.model.dates import Date, parse_edtf
from lupusrefs.model.item import WIRE_NAMES
from lupusrefs.model.variables import ItemType

# What has its own title inside something that has one.
_CHAPTERS: Final = frozenset(
    ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary", "entry")
)
_ARTICLES: Final = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "review", "periodical")
)
# Fields that are one CSL variable whatever the entry type.
_TEXTS: Final = {
    "volumes": "number_of_volumes",
    "pagetotal": "number_of_pages",
    "chapter": "chapter_number",
    "version": "version",
    "part": "part_number",
    "isbn": "isbn",
    "issn": "issn",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "abstract": "abstract",
    "pubstate": "status",
    "library": "call_number",
    "eventtitle": "event_title",
    "venue": "event_place",
    "origtitle": "original_title",
    "shorthand": "citation_label",
    "shortjournal": "container_title_short",
}
# The first of these that is there.
_ALTERNATIVES: Final = {
    "annote": ("annotation", "annote"),
    "keyword": ("keywords", "keyword"),
}
_NAMES: Final = {
    "author": "author",
    "translator": "translator",
    "bookauthor": "container_author",
}
_EDITOR_ROLES: Final = {
    "editor": "editor",
    "compiler": "compiler",
    "director": "director",
    "organizer": "organizer",
    "producer": "producer",
    "translator": "translator",
    "collaborator": "contributor",
    "reviser": "editor",
    "founder": "editor",
    "continuator": "editor",
    "redactor": "editor",
}
_PUBLISHERS: Final = ("school", "institution", "organization", "publisher")
# CSL's type of preprints is "article".
_ON_ARXIV: Final = re.compile(r"10\.48550/arxiv|//arxiv\.org/", re.IGNORECASE)
_PREPRINTS: Final[dict[str, ItemType]] = {"misc": "article", "unpublished": "article"}
_EVENT: Final = ("eventtitle", "eventdate", "venue")
_LINK: Final = re.compile(r"\\(?:href|url)\s*\{([^{}]*)\}")
_SERIES: Final = {"newseries": "New series", "oldseries": "Old series"}


@dataclass(slots=True)
class Converted:
    """What an entry came to.

    Attributes:
        values: field of Item -> value.
        sources: field of Item -> the BibTeX field that its value stands in.
        used: the BibTeX fields whose content is in the values.
        titles: CSL variable -> title in the entry's own capitals, where they differ.
    """

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)


def convert(record: Record, *, biblatex: bool) -> Converted:
    """The CSL values of an entry.

    Args:
        record: the entry, with what it inherits.
        biblatex: publishers and places are lists joined by "and".
    """
    return _Conversion(record, biblatex=biblatex).converted()


class _Conversion:
    """One entry on its way to CSL; every group takes its fields and puts its values."""

    def __init__(self, record: Record, *, biblatex: bool) -> None:
        self._kind = record.kind
        self._fields = record.fields
        self._biblatex = biblatex
        self._out = Converted()
        subtype = self._fields.get("entrysubtype", "").strip()
        self._type = item_type(record.kind, subtype)
        if item_type(record.kind) != self._type:
            self._out.used.add("entrysubtype")

    def converted(self) -> Converted:
        """Everything at once."""
        self._language()
        self._names()
        self._titles()
        self._places()
        self._texts()
        self._numbers()
        self._dates()
        self._identifiers()
        self._genre()
        self._remarks()
        self._out.values["type"] = self._type
        return self._out

    # --- taking and putting

    def _take(self, name: str) -> str:
        """The LaTeX source of a field, which is hereby used; "" where it is none."""
        source = self._fields.get(name, "")
        if source:
            self._out.used.add(name)
        return source

    def _put(self, variable: str, value: object, source: str) -> None:
        """Set a variable, unless the value is empty or the variable is set already."""
        if value and variable not in self._out.values:
            self._out.values[variable] = value
            self._out.sources[variable] = source

    def _put_text(
        self,
        variable: str,
        source: str,
        read: Callable[[str], str] = latex.rich,
    ) -> None:
        text = self._take(source)
        if text:
            self._put(variable, read(text), source)

    def _first(self, names: Iterable[str]) -> str:
        """The first of the fields that is there, or ""."""
        return next((name for name in names if self._fields.get(name)), "")

    # --- groups

    def _texts(self) -> None:
        # In the order of the table: that of a set of texts differs from run to run.
        for name, variable in _TEXTS.items():
            if name in self._fields:
                self._put_text(variable, name)
        for variable, names in _ALTERNATIVES.items():
            if name := self._first(names):
                self._put_text(variable, name)

    def _language(self) -> None:
        name = self._first(("langid", "hyphenation"))
        if name:
            text = latex.plain(self._take(name))
            tag = tag_of_babel(text) or text
            self._put("language", tag, name)
            # The same again in words.
            spoken = tag_of_babel(latex.plain(self._fields.get("language", "")))
            if spoken is None or spoken.partition("-")[0] == tag.partition("-")[0]:
                self._take("language")
        elif source := self._take("language"):
            text = latex.plain(source)
            self._put("language", tag_of_babel(text) or text, "language")

    def _names(self) -> None:
        options = self._fields.get("options", "")
        useprefix = None
        if "useprefix" in options:
            useprefix = "useprefix=false" not in options.replace(" ", "")
        for name, role in _NAMES.items():
            if source := self._take(name):
                self._put(role, parse_names(source, useprefix=useprefix), name)
        for name in ("editor", "editora", "editorb", "editorc"):
            if name not in self._fields:
                continue
            kind = self._fields.get(f"{name}type", "editor").strip().lower()
            if variable := _EDITOR_ROLES.get(kind):
                names = parse_names(self._take(name), useprefix=useprefix)
                self._put(variable, names, name)
                if kind == variable:
                    self._take(f"{name}type")
        if self._kind == "patent" and "author" not in self._out.values:
            self._put("author", parse_names(self._take("holder")), "holder")

    def _titles(self) -> None:
        english = is_english(str(self._out.values.get("language", "")))
        title = self._title("title", "subtitle", "titleaddon", english=english)
        main = self._title(
            "maintitle", "mainsubtitle", "maintitleaddon", english=english
        )
        if main and self._kind in MULTIVOLUME:
            self._put_title("title", main, "maintitle")
            self._put_title("volume_title", title, "title")
        else:
            self._put_title("title", title, "title")
            self._container(main)
        short = self._title("shorttitle", "", "", english=english)
        if not short and title and title.has_subtitle and not main:
            short = read_title(self._fields["title"], english=english)
        # Of a volume of a larger work it is the volume's, which has no such variable.
        if not (main and self._kind in MULTIVOLUME):
            self._put_title("title_short", short, "shorttitle")
        if source := self._take("series"):
            self._put("collection_title", self._series(source), "series")

    def _series(self, source: str) -> str:
        """A series; of a journal perhaps the number of one."""
        text = latex.rich(source)
        if self._type in _ARTICLES and self._biblatex and text.isdigit():
            return f"{ordinal(int(text))} series"
        return _SERIES.get(text.lower(), text)

    def _container(self, main: Title | None) -> None:
        """The book, journal or site that the work stands in."""
        book = self._plain_title("booktitle", "booksubtitle", "booktitleaddon")
        name = self._first(("journaltitle", "journal"))
        journal = self._plain_title(name, "journalsubtitle", "journaltitleaddon")
        issue = self._plain_title("issuetitle", "issuesubtitle", "issuetitleaddon")
        if main and self._type in _CHAPTERS:
            self._put("container_title", main.written, "maintitle")
            self._put("volume_title", book, "booktitle")
        elif self._type in _ARTICLES:
            self._put("container_title", journal or book, name or "booktitle")
            self._put("volume_title", issue, "issuetitle")
        elif self._type == "book" and book in {self._own_title(), ""}:
            # The title again, for the chapters that inherit it.
            self._put("container_title", journal, name)
        else:
            self._put("container_title", book or journal, "booktitle" if book else name)
            self._put("container_title", main.written if main else "", "maintitle")
            self._put("volume_title", issue, "issuetitle")

    def _own_title(self) -> str:
        """The title as ``booktitle`` would repeat it."""
        names = ("title", "subtitle", "titleaddon")
        parts = [self._fields.get(name, "") for name in names]
        title = joined_titles(*parts, english=False, protect=False)
        return title.text if title else ""

    def _title(self, name: str, sub: str, addon: str, *, english: bool) -> Title | None:
        if not (self._fields.keys() & {name, sub, addon}):
            return None
        sources = [self._take(part) for part in (name, sub, addon)]
        return joined_titles(*sources, english=english)

    def _plain_title(self, name: str, sub: str, addon: str) -> str:
        """A title that keeps its capitals: of a book that is referred to, a journal."""
        if not (self._fields.keys() & {name, sub, addon}):
            return ""
        sources = [self._take(part) for part in (name, sub, addon)]
        title = joined_titles(*sources, english=False, protect=False)
        return title.text if title else ""

    def _put_title(self, variable: str, title: Title | None, source: str) -> None:
        if title is None or variable in self._out.values:
            return
        self._put(variable, title.text, source)
        if title.written != title.text:
            self._out.titles[WIRE_NAMES[variable]] = title.written

    def _places(self) -> None:
        published = self._how_published()
        found = [(name, self._list(name)) for name in _PUBLISHERS if self._take(name)]
        found += [("howpublished", published)] if published else []
        if found:
            text = "; ".join(dict.fromkeys(text for _, text in found if text))
            self._put("publisher", text, found[0][0])
        if name := self._first(("location", "address")):
            self._take(name)
            # Where a patent holds.
            patent = self._type == "patent"
            variable = "jurisdiction" if patent else "publisher_place"
            self._put(variable, self._list(name), name)
        if self._take("origpublisher"):
            self._put(
                "original_publisher", self._list("origpublisher"), "origpublisher"
            )
        if self._take("origlocation"):
            place = self._list("origlocation")
            self._put("original_publisher_place", place, "origlocation")

    def _list(self, name: str) -> str:
        """A list of publishers or places; in BibTeX it is one text."""
        source = self._fields[name]
        if not self._biblatex or " and " not in " ".join(source.split()):
            return country(latex.rich(source))
        return "; ".join(country(latex.rich(part)) for part in split_list(source))

    def _how_published(self) -> str:
        """``howpublished`` in words; a URL in it is the URL."""
        source = self._take("howpublished")
        if not source:
            return ""
        text = latex.plain(source)
        link = _LINK.search(source)
        bare = _address(link[1] if link else text.removeprefix("Available at"))
        bare = bare.strip(" :")
        if bare.lower().startswith(("http://", "https://")) and " " not in bare:
            if "url" not in self._fields:
                self._put("url", bare, "howpublished")
            return ""
        same = (self._out.values.get(one) for one in ("container_title", "event_title"))
        return "" if text in same else latex.rich(source)

    def _numbers(self) -> None:
        self._put_text("page", "pages", parse_pages)
        self._put_text("volume", "volume", parse_number)
        self._put_text("edition", "edition", parse_edition)
        if source := self._take("eid"):
            eid = latex.plain(source)
            self._put("number", eid, "eid")
            # For styles that do not know of article numbers it is given twice.
            if self._out.values.get("page") == eid:
                del self._out.values["page"]
        number, issue = (parse_number(self._take(name)) for name in ("number", "issue"))
        if self._type in _ARTICLES or self._type == "article":
            both = ", ".join(dict.fromkeys(part for part in (number, issue) if part))
            self._put("issue", both, "number" if number else "issue")
            return
        self._put("issue", issue, "issue")
        in_series = self._type in _CHAPTERS | {"book", "pamphlet"}
        if in_series and "series" in self._fields:
            self._put("collection_number", number, "number")
        elif self._type == "paper-conference" and "volume" in self._fields:
            self._put("issue", number, "number")
        else:
            self._put("number", number, "number")

    def _dates(self) -> None:
        date, source = self._issued()
        self._put("issued", date, source)
        for name, variable in (
            ("urldate", "accessed"),
            ("eventdate", "event_date"),
            ("origdate", "original_date"),
        ):
            if text := self._fields.get(name):
                read = parse_edtf(text) or parse_date(latex.plain(text))
                self._put(variable, read, name)
                if read:
                    self._out.used.add(name)

    def _issued(self) -> tuple[Date | None, str]:
        if text := latex.plain(self._take("date")):
            # "~" means "about" here, and no space.
            written = self._fields["date"].replace("{", "").replace("}", "")
            date = parse_edtf(written) or parse_date(text) or Date(literal=text)
            # The same again, for programs that read only the old fields.
            if date.start and str(date.year) in self._fields.get("year", ""):
                self._out.used |= {"year", "month", "day"} & self._fields.keys()
            return date, "date"
        year = latex.plain(self._take("year"))
        month = latex.plain(self._fields.get("month", ""))
        dated, used = parse_year(year, month, self._fields.get("day", ""))
        if used:
            self._out.used |= {"month", "day"} & self._fields.keys()
        return dated, "year"

    def _identifiers(self) -> None:
        self._put_text("doi", "doi", lambda source: bare_doi(latex.verbatim(source)))
        self._put_text("url", "url", _address)
        links = [str(self._out.values.get(name, "")) for name in ("url", "doi")]
        if any(_ON_ARXIV.search(link) for link in links):
            self._type = _PREPRINTS.get(self._kind, self._type)
        source = self._fields.get("eprint", "")
        if not source:
            return
        eprint = latex.verbatim(source)
        name = self._first(("eprinttype", "archiveprefix"))
        scheme = self._fields.get(name, "").strip()
        url = eprint_url(eprint, scheme)
        if url is None:
            return
        self._out.used |= {"eprint", name} if name else {"eprint"}
        if is_arxiv(eprint, scheme):
            self._type = _PREPRINTS.get(self._kind, self._type)
        if any(eprint.lower() in link.lower() for link in links):
            return
        if not links[0]:
            self._put("url", url, "eprint")
        else:
            self._put("archive", scheme or "arXiv", name)
            self._put("archive_location", eprint, "eprint")

    def _genre(self) -> None:
        source = self._take("type")
        genre = genre_of(latex.rich(source) if source else "", self._kind)
        self._put("genre", genre, "type" if source else "")
        if self._kind == "unpublished" and self._first(_EVENT):
            self._type = "speech"

    def _remarks(self) -> None:
        note, addendum = (latex.rich(self._take(name)) for name in ("note", "addendum"))
        note = without_repetitions(note, self._out.values, self._kind)
        if note and addendum:
            note = f"{note.rstrip('.')}. "
        self._put("note", note + addendum, self._first(("note", "addendum")))


def _address(source: str) -> str:
    """A URL, in which braces can only be BibTeX's."""
    return latex.verbatim(source).replace("{", "").replace("}", "")
