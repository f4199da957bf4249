"""The fields of a Web of Science record -> a reference.

Source: Web of Science help, "Core Collection Field Tags"; the tables of INSPEC (PS, AN)
and BIOSIS for what they have besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lupusrefs.formats.medline.dates import read_date
from lupusrefs.formats.medline.languages import language_tag
from lupusrefs.formats.medline.terms import short_person, title_without_stop
from lupusrefs.formats.tagged import TaggedField
from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import ItemType, field_name

KNOWN_TAGS: Final = tuple(
    "FN VR PT AU AF BA BF CA GP BE ED TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3"  # noqa: SIM905 - a table
    " RP EM RI OI FU FP FX CR NR TC Z1 Z2 Z3 Z4 Z5 Z6 Z7 Z8 Z9 ZA ZB ZR ZS U1 U2 PU PI"
    " PA SN EI BN J9 JI PD PY VL IS SI PN SU MA BP EP PS AR DI D2 DL EA EY PG P2 WC WE"
    " SC GA PM UT OA HC HP DA AN CO PV AE ER EF".split()
)
# Tag -> variable, where the text is the value.
_PLAIN: Final = {
    "SE": "collection-title",
    "JI": "container-title-short",
    "VL": "volume",
    "IS": "issue",
    "SU": "supplement-number",
    "PU": "publisher",
    "PI": "publisher-place",
    "DI": "DOI",
    "PM": "PMID",
    "CT": "event-title",
    "CL": "event-place",
}
_MAIL: Final = re.compile(r"\([^()@]*@[^()]*\)")
_NOBODY: Final = "[Anonymous]"
_YEAR: Final = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_ARTICLE: Final = re.compile(r"(?:UNSP|ARTN|ART\. NO\.|ART)\s+(?=\S)")
# Begins of UT, which name the database. INSPEC writes H/sub 2/O, and has more than
# keywords in DE; MEDLINE ends titles with a full stop.
_INSPEC: Final = "INSPEC:"
_MEDLINE: Final = "MEDLINE:"
_SCRIPT: Final = re.compile(r"/(su[bp]) ([^/]{1,40}?) ?/")
_TYPES: Final[tuple[tuple[str, ItemType], ...]] = (
    ("dissertation", "thesis"),
    ("thesis", "thesis"),
    ("data set", "dataset"),
    ("software", "software"),
)


def read_record(fields: Sequence[TaggedField], source: SourceText) -> Reference:
    """The reference of a record, without an id; its last field ends its place."""
    record = _Record(fields)
    record.read()
    values = {field_name(name): value for name, value in record.values.items()}
    places = {
        variable: source.location(span.start, span.end)
        for variable, span in record.places.items()
    }
    location = source.location(fields[0].tag_span.start, fields[-1].span.end)
    origin = Origin("isi", record.text("PT"), tuple(record.rest()))
    return Reference.model_validate(
        {
            **values,
            "id": "",
            "type": record.type,
            "location": location,
            "places": places,
            "origin": origin,
        }
    )


class _Record:
    """A record while it is read.

    Attributes:
        values: CSL variable -> value.
        places: CSL variable -> where it stands.
        type: the CSL type.
    """

    def __init__(self, fields: Sequence[TaggedField]) -> None:
        self._fields = fields
        self._first: dict[str, TaggedField] = {}
        for one in fields:
            if one.text:
                self._first.setdefault(one.tag, one)
        # Tags whose (first) field is in a variable; the others stay as they are.
        self._used: set[str] = {"PT"}
        self.values: dict[str, object] = {}
        self.places: dict[str, Span] = {}
        self.type = self._type()

    def text(self, tag: str) -> str:
        """The text of a field in one line; empty where there is none."""
        return self._first[tag].text if tag in self._first else ""

    def rest(self) -> list[tuple[str, str]]:
        """Tag and text of what is in no variable; a list has line breaks."""
        return [
            (one.tag, "\n".join(one.lines) if one.tag == "CR" else one.text)
            for one in self._fields
            if one.text
            and not (one.tag in self._used and one is self._first.get(one.tag))
        ]

    def _type(self) -> ItemType:
        kind, document = self.text("PT"), self.text("DT").lower()
        for word, special in _TYPES:
            if word in document:
                return special
        if kind == "P":
            return "patent"
        if kind == "C" or (kind in "BS" and "proceedings paper" in document):
            return "paper-conference"
        if kind == "J" or not kind:
            return "article-journal"
        return "book" if self._is_whole or document == "book" else "chapter"

    @property
    def _is_whole(self) -> bool:
        """Whether it is a book: its source is its own title."""
        title = self.text("TI").rstrip(".")
        return not title or title == self.text("SO").rstrip(".")

    def read(self) -> None:
        """Fill values and places."""
        self._titles()
        self._names("author", "AU", "AF", "CA")
        self._names("editor", "BE")
        self._names("editor", "ED")
        of_book = "author" if self.type == "book" else "container-author"
        self._names(of_book, "BA", "BF", "GP")
        self._date()
        self._pages()
        for tag, variable in _PLAIN.items():
            self._set(variable, self.text(tag), tag)
        self._list("ISSN", "SN", "EI")
        self._list("ISBN", "BN")
        self._numbers()
        if not self._is_from(_INSPEC):
            keywords = filter(None, _listed(self.text("DE")))
            self._set("keyword", "; ".join(keywords), "DE")
        self._set("abstract", self._scripts(self.text("AB")), "AB")
        self._set("language", language_tag(self.text("LA")), "LA")
        for variable, tag in (("event-date", "CY"), ("available-date", "EA")):
            if tag in self._first:
                self._set(variable, read_date(self.text(tag))[0], tag)

    def _set(self, variable: str, value: object, *tags: str) -> None:
        """Give a variable a value from these fields, unless it has one, or is none."""
        tags = tuple(tag for tag in tags if tag in self._first)
        if not value or not tags or variable in self.values:
            return
        self.values[variable] = value
        spans = [self._first[tag].span for tag in tags]
        self.places[variable] = Span(
            min(span.start for span in spans), max(span.end for span in spans)
        )
        self._used |= set(tags)

    # --- the single variables ------------------------------------------------

    def _titles(self) -> None:
        title = self._scripts(self.text("TI"))
        if self._is_from(_MEDLINE):
            title = title_without_stop(title)
        self._set("title", title, "TI")
        if self.type == "book" and self._is_whole:
            self._set("title", self.text("SO"), "SO")
            self._used.add("SO")
        else:
            self._set("container-title", self.text("SO"), "SO")

    def _scripts(self, text: str) -> str:
        return _SCRIPT.sub(r"<\1>\2</\1>", text) if self._is_from(_INSPEC) else text

    def _is_from(self, database: str) -> bool:
        return self.text("UT").startswith(database)

    def _names(
        self, variable: str, short: str, full: str = "", group: str = ""
    ) -> None:
        """Names, in full where there are as many of them; groups behind persons."""
        names, in_full = self._people(short), self._people(full)
        if len(in_full) >= len(names):
            names = in_full
        groups = [Name(literal=line) for line in self._lines(group)]
        self._set(variable, (*names, *groups), short, full, group)

    def _people(self, tag: str) -> list[Name]:
        return [
            short_person(text)
            for line in self._lines(tag)
            for part in _listed(line)
            if (text := _MAIL.sub("", part).strip()) and text != _NOBODY
        ]

    def _lines(self, tag: str) -> list[str]:
        found = self._first.get(tag)
        return [line for line in found.lines if line] if found else []

    def _date(self) -> None:
        """PD has month and day, PY the year; some have the year in both."""
        year, day = self.text("PY"), self.text("PD")
        if not day:
            if year:
                self._set("issued", read_date(year)[0], "PY")
            return
        whole = day if _YEAR.search(day) or not year else f"{year} {day}"
        date, is_all = read_date(whole)
        if is_all and (not year or str(date.year) == year):
            self._set("issued", date, "PD", "PY")
        elif year:
            self._set("issued", read_date(year)[0], "PY")
        else:
            self._set("issued", date, "PD")

    def _pages(self) -> None:
        first, last = self.text("BP"), self.text("EP")
        if self.text("PS") and (not first or "-" in first + last):
            self._set("page", self.text("PS"), "PS")
            return
        pages = f"{first}-{last}" if first and last and last != first else first or last
        self._set("page", pages, "BP", "EP")

    def _numbers(self) -> None:
        self._set("number", _ARTICLE.sub("", self.text("AR"), count=1), "AR")
        if self.type == "patent":
            self._set("number", self.text("PN"), "PN")
        else:
            self._set("part-number", self.text("PN"), "PN")
        if self.type == "book":
            self._set("DOI", self.text("D2"), "D2")

    def _list(self, variable: str, *tags: str) -> None:
        texts = [part for tag in tags for part in _listed(self.text(tag))]
        self._set(variable, ", ".join(dict.fromkeys(filter(None, texts))), *tags)


def _listed(text: str) -> list[str]:
    """The parts between semicolons, without the blanks around them."""
    return [part.strip() for part in text.split(";")]
