"""The fields of a MEDLINE record -> a reference; PubMed's XML is read as such fields.

What no CSL variable holds stays in the reference's origin, in the order of the file.
Affiliations and author identifiers follow the AU (or CN) of their author there, so that
a writer knows whose they are.

Source: MEDLINE/PubMed Data Element (Field) Descriptions (NLM).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from lupusrefs.formats.medline.dates import read_date
from lupusrefs.formats.medline.languages import language_tag
from lupusrefs.formats.medline.people import NAME_TAGS, MedlineField, People
from lupusrefs.formats.medline.terms import (
    PUBLICATION_TYPES,
    csl_type,
    identifier_kind,
    issn_of,
    item_type,
    title_without_stop,
)
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import field_name

# Tag -> variable, where the text is the value.
PLAIN_TAGS: Final = {
    "PMID": "PMID",
    "PMC": "PMCID",
    "VI": "volume",
    "IP": "issue",
    "PG": "page",
    "JT": "container-title",
    "TA": "container-title-short",
    "BTI": "container-title",
    "CTI": "collection-title",
    "VTI": "volume-title",
    "PB": "publisher",
    "PL": "publisher-place",
    "EN": "edition",
}
# Tag -> variable, and what stands between its texts.
JOINED_TAGS: Final = {
    "TI": ("title", " "),
    "TT": ("original-title", " "),
    "AB": ("abstract", "\n"),
    "GN": ("note", "\n"),
}
AHEAD_OF_PRINT: Final = ("aheadofprint", "ahead of print")
# What stands where an article has no English title.
NO_TITLE: Final = "[Not Available]"
_TITLES: Final = frozenset(("title", "original-title"))
LINKING: Final = "(Linking)"
_DIGITS: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ISBN: Final = re.compile(r"(?<![0-9])[0-9][0-9-]{7,15}[0-9Xx](?![0-9])")
# A number of an article that has no pages; other publisher's ids look different.
_ARTICLE_NUMBER: Final = re.compile(r"[A-Za-z]{0,4}[0-9]{1,8}")
_ERIC_THESIS: Final = re.compile(r"(?P<genre>[^,]+ Dissertation|[^,]+ Thesis), (.+)")


def read_record(
    fields: Sequence[MedlineField],
    span: Span,
    source: SourceText,
    family: str,
    *,
    is_book: bool = False,
) -> Reference:
    """The reference of a record, without an id.

    Args:
        fields: in the order of the file, none empty.
        span: the place of the record.
        source: the file.
        family: of the reference's origin.
        is_book: the record is of a book or a part of one.
    """
    record = _Record(
        fields, source, is_book=is_book or any(one.tag == "BTI" for one in fields)
    )
    for one in fields:
        record.read(one)
    return record.reference(span, family)


class _Record:
    """A record while it is read."""

    def __init__(
        self, fields: Sequence[MedlineField], source: SourceText, *, is_book: bool
    ) -> None:
        self._source = source
        self._tags = {one.tag for one in fields}
        self._types = [one.text for one in fields if one.tag == "PT"]
        self._is_eric = any(one.tag == "OWN" and one.text == "ERIC" for one in fields)
        says_part = any(csl_type(name) == "chapter" for name in self._types)
        self._whole_book = is_book and "TI" not in self._tags and not says_part
        self._type = item_type(
            self._types,
            in_journal=not self._tags.isdisjoint(("JT", "TA")) and not self._is_eric,
            in_book=is_book,
        )
        if self._whole_book and self._type == "chapter":
            self._type = "book"
        self._values: dict[str, object] = {}
        self._places: dict[str, Span] = {}
        self._rest: list[tuple[str, str]] = []
        self._people = People(fields)
        self._authors_at: int | None = None
        self._lists: dict[str, list[str]] = {}
        self._issns: list[str] = []

    # --- one field -----------------------------------------------------------

    def read(self, one: MedlineField) -> None:
        """Take one field in."""
        if one.tag in PLAIN_TAGS:
            self._plain(one)
        elif one.tag in JOINED_TAGS:
            self._listed(JOINED_TAGS[one.tag][0], one.text, one.span)
        elif one.tag in NAME_TAGS:
            if not self._people.read(one):
                self._rest.append((one.tag, one.text))
            elif self._authors_at is None and self._people.authors:
                self._authors_at = len(self._rest)
        elif reader := _READERS.get(one.tag):
            reader(self, one)
        elif one.tag != "PT":
            self._rest.append((one.tag, one.text))

    def _keep(self, variable: str, value: object, one: MedlineField) -> None:
        """Give a variable its value; if it has another one already, keep the field."""
        if not self._set(variable, value, one.span):
            self._rest.append((one.tag, one.text))

    def _set(self, variable: str, value: object, span: Span) -> bool:
        """Give a variable its value, unless it has one already."""
        if variable in self._values:
            return self._values[variable] == value
        self._values[variable] = value
        self._places[variable] = span
        return True

    def _plain(self, one: MedlineField) -> None:
        variable = PLAIN_TAGS[one.tag]
        if one.tag == "BTI" and self._whole_book:
            variable = "title"
        if one.tag == "JT" and self._is_eric and self._type != "article-journal":
            # ERIC has the institution there.
            variable = "publisher"
        self._keep(variable, one.text, one)

    def _listed(self, variable: str, text: str, span: Span) -> None:
        texts = self._lists.setdefault(variable, [])
        texts.append(text)
        start = self._places.get(variable, span).start
        self._places[variable] = Span(start, span.end)

    # --- dates and identifiers -----------------------------------------------

    def date(self, one: MedlineField) -> None:
        date, is_all = read_date(one.text)
        if not self._set("issued", date, one.span) or not is_all:
            self._rest.append((one.tag, one.text))

    def electronic_date(self, one: MedlineField) -> None:
        date = read_date(one.text)[0]
        if digits := _DIGITS.fullmatch(one.text):
            try:
                date = Date(PartialDate(*map(int, digits.groups())))
            except ValueError:
                date = Date(literal=one.text)
        self._keep("available-date", date, one)

    def identifier(self, one: MedlineField) -> None:
        value, kind = identifier_kind(one.text)
        variable = {"doi": "DOI", "url": "URL"}.get(kind)
        if variable is None or not self._set(variable, value, one.span):
            self._rest.append((one.tag, one.text))
        if kind == "pii" or (not kind and one.tag == "LID"):
            self._article_number(value, one.span)

    def _article_number(self, value: str, span: Span) -> None:
        """MEDLINE's pages of an electronic article are its number."""
        if (
            self._tags.isdisjoint(("PG",))
            and "VI" in self._tags
            and _ARTICLE_NUMBER.fullmatch(value)
        ):
            self._set("page", value, span)

    def isbn(self, one: MedlineField) -> None:
        found = _ISBN.search(one.text)
        self._listed("ISBN", found[0] if found else one.text, one.span)

    def keyword(self, one: MedlineField) -> None:
        self._listed("keyword", one.text, one.span)

    def language(self, one: MedlineField) -> None:
        self._keep("language", language_tag(one.text), one)

    def status(self, one: MedlineField) -> None:
        code, words = AHEAD_OF_PRINT
        if one.text == code:
            self._set("status", words, one.span)
        else:
            self._rest.append((one.tag, one.text))

    def issn(self, one: MedlineField) -> None:
        if not one.text.endswith(LINKING):
            self._listed("ISSN", issn_of(one.text), one.span)
        self._issns.append(one.text)

    # --- all together --------------------------------------------------------

    def reference(self, span: Span, family: str) -> Reference:
        """The reference of what has been taken in."""
        self._finish_lists()
        self._finish_titles()
        self._finish_names()
        if self._is_eric:
            self._finish_eric()
        values = {field_name(name): value for name, value in self._values.items()}
        places = {
            variable: self._source.location(place.start, place.end)
            for variable, place in self._places.items()
            if variable in self._values
        }
        kind = next((name for name in self._types if csl_type(name) == self._type), "")
        if self._types != [PUBLICATION_TYPES[self._type]]:
            self._rest += [("PT", name) for name in self._types]
        origin = Origin(family, kind or next(iter(self._types), ""), tuple(self._rest))
        return Reference.model_validate(
            {
                **values,
                "id": "",
                "type": self._type,
                "location": self._source.location(span.start, span.end),
                "places": places,
                "origin": origin,
            }
        )

    def _finish_lists(self) -> None:
        if "ISSN" not in self._lists:
            self._lists["ISSN"] = [issn_of(text) for text in self._issns]
        for variable, separator in JOINED_TAGS.values():
            if texts := self._lists.pop(variable, None):
                self._values[variable] = separator.join(texts)
        for variable, texts in self._lists.items():
            unique = list(dict.fromkeys(texts))
            has_comma = variable == "keyword" and any("," in text for text in unique)
            if unique:
                self._values[variable] = ("; " if has_comma else ", ").join(unique)
        # "(Print)" and the like are more than the variable holds.
        if self._issns != str(self._values.get("ISSN", "")).split(", "):
            self._rest += [("IS", text) for text in self._issns]

    def _finish_titles(self) -> None:
        for variable in _TITLES & self._values.keys():
            text = str(self._values[variable])
            self._values[variable] = title_without_stop(text) or text
        if self._values.get("title") == NO_TITLE and "original-title" in self._values:
            self._values["title"] = self._values["original-title"]
            self._places["title"] = self._places["original-title"]
        if "container-title" not in self._values and "TA" in self._tags:
            abbreviation = self._values["container-title-short"]
            place = self._places["container-title-short"]
            self._set("container-title", abbreviation, place)

    def _finish_names(self) -> None:
        people = self._people
        for variable, names in people.names().items():
            self._values[variable] = names
            self._places[variable] = people.places[variable]
        at = self._authors_at or 0
        self._rest[at:at] = people.author_fields()

    def _finish_eric(self) -> None:
        """ERIC names a thesis' university in its source: "Ph.D. Dissertation, ..."."""
        source = next((text for tag, text in self._rest if tag == "SO"), "")
        thesis = _ERIC_THESIS.fullmatch(source) if self._type == "thesis" else None
        if thesis:
            if "publisher" in self._values:
                self._values["archive"] = self._values["publisher"]
                self._places["archive"] = self._places.pop("publisher")
            self._values["genre"], self._values["publisher"] = thesis[1], thesis[2]


_READERS: Final[Mapping[str, Callable[[_Record, MedlineField], None]]] = {
    "AID": _Record.identifier,
    "DEP": _Record.electronic_date,
    "DP": _Record.date,
    "IS": _Record.issn,
    "ISBN": _Record.isbn,
    "ISSN": _Record.issn,
    "LA": _Record.language,
    "LID": _Record.identifier,
    "OT": _Record.keyword,
    "PST": _Record.status,
}
