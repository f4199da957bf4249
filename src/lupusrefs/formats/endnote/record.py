"""One RIS or EndNote record on its way to a reference.

The formats differ in how fields are tagged; once each field has its slot
(``meanings``), they are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.endnote.dates import parse_date
from lupusrefs.formats.endnote.doi import doi_key, find_doi, says_doi
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.issued import DATE, OLD_DATE, YEAR, issued
from lupusrefs.formats.endnote.layout import laid_out
from lupusrefs.formats.endnote.meanings import NUMBERED, WHOLE_BOOKS, variable
from lupusrefs.formats.endnote.names import parse_name, split_names
from lupusrefs.formats.endnote.pages import read_pages
from lupusrefs.formats.endnote.serials import joined, split_serials
from lupusrefs.formats.endnote.types import IN_PRESS, Kind, csl_type
from lupusrefs.formats.places import Places
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.model.dates import Date
from lupusrefs.model.location import Span
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import DATES, NAMES, field_name

# Their line breaks are the writer's; those of other fields are the exporter's.
_PROSE_SLOTS: Final = frozenset(
    ("abstract", "second-abstract", "notes", "research-notes")
)
# Slots whose fields may repeat, and what comes between their texts in CSL.
_REPEATED: Final = frozenset(("keywords", "language", "notes"))
_BETWEEN: Final = {"keyword": "; ", "language": ", ", "note": "\n"}
# What databases call their records; CSL's genre is printed, and says more.
_DATABASE_TYPES: Final = frozenset(
    (
        *("article", "article in press", "book chapter", "case study", "editorial"),
        *("conference paper", "journal article", "letter", "note", "review"),
        *("proceedings paper", "research article", "review article"),
    )
)
_PUBMED: Final = re.compile(r"pub\s?med|medline|\bpmc\b|\bnlm\b", re.IGNORECASE)
_PMCID: Final = re.compile(r"PMC\d{1,9}")
_PMID: Final = re.compile(r"\d{1,8}")
# PubMed Central's and Dimensions' user fields: "26957754[pmid]", "... [PMCID]".
_BRACKETED_ID: Final = re.compile(r"(\S[^\[\]]*)\[(pmid|pmcid)\]", re.IGNORECASE)
_SHOWN: Final = 60  # characters of a bad text that a message quotes
_ISSN_KINDS: Final = frozenset(
    "ABST DATA EJOUR GEN INPR JFULL JOUR MGZN NEWS".split()  # noqa: SIM905 - a list of words
)
_REPORTS: Final = frozenset(("RPRT", "GOVDOC"))


@dataclass(slots=True)
class Record:
    """What has been read of a record.

    Attributes:
        kind: the type of the record.
        diagnostics: told of what looks wrong.
        reading_order: whether names without a comma are persons.
        values: Python name of a CSL variable -> its value.
        spans: CSL variable -> where it stands.
        rest: the fields that CSL has no variable for.
    """

    kind: Kind
    diagnostics: Diagnostics
    reading_order: bool = False
    values: dict[str, object] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    rest: list[SlotField] = field(default_factory=list)
    _parts: dict[str, list[object]] = field(default_factory=dict)

    def set_id(self, one: SlotField) -> None:
        """The citation key that the record has itself."""
        self.values["id"] = one.text
        self.spans["id"] = one.span

    def read(self, fields: Iterable[SlotField]) -> None:
        """Take over all fields of the record."""
        together: dict[str, list[SlotField]] = {}
        searched: list[SlotField] = []
        for one in laid_out(self.kind, fields):
            if not one.text:
                continue
            group = _GROUPS.get(one.slot)
            if group is not None:
                together.setdefault(group, []).append(one)
            else:
                searched += self._add(one)
        self._add_dates(together.get("dates", ()))
        self._add_pages(together.get("pages", ()))
        self._add_serials(together.get("serials", ()))
        self._add_doi(searched)
        self._join_parts()
        self._add_accession()
        if self.kind.code == "INPR":
            self.values["status"] = IN_PRESS

    def _add(self, one: SlotField) -> list[SlotField]:
        """Take over one field; returns those that may have the DOI."""
        name = variable(self.kind, one.slot)
        if name is not None and name in NAMES:
            self._add_names(name, one)
        elif one.slot in _REPEATED:
            parts = one.lines if one.slot == "keywords" else (one.prose,)
            self._append(str(name), filter(None, parts), one)
            return [one] if one.slot == "notes" else []
        elif one.slot == "url":
            return self._add_urls(one)
        elif name is None or not self._fits(name, one):
            return self._set_aside(one)
        elif name in DATES:
            self._add_date(name, one)
        else:
            self._set(name, one.prose if one.slot in _PROSE_SLOTS else one.text, one)
        return []

    def _fits(self, name: str, one: SlotField) -> bool:
        """Whether a field is what its tag says; not all exporters keep to that."""
        match one.slot:
            case "type-of-work":
                said_by_type = one.text.casefold() in _DATABASE_TYPES
                return not said_by_type and find_doi([one]) is None
            case _ if name == "PMCID" and one.slot != "pmcid":
                return _PMCID.fullmatch(one.text) is not None
            case _:
                return True

    def _set(self, name: str, value: object, one: SlotField) -> None:
        """The value of a variable; another one that comes later is set aside."""
        known = self.values.setdefault(field_name(name), value)
        if known == value:
            self.spans.setdefault(name, one.span)
        else:
            self.rest.append(one)

    def _append(self, name: str, parts: Iterable[object], one: SlotField) -> None:
        self._parts.setdefault(name, []).extend(parts)
        self.spans.setdefault(name, one.span)

    def _set_aside(self, one: SlotField) -> list[SlotField]:
        if known := _BRACKETED_ID.fullmatch(one.text):
            self._set(known[2].upper(), known[1].rstrip(), one)
            return []
        self.rest.append(one)
        return [one]

    def _add_names(self, name: str, one: SlotField) -> None:
        names = [
            read
            for line in one.lines
            for text in split_names(line)
            if (read := parse_name(text, reading_order=self.reading_order))
        ]
        if names:
            self._append(name, names, one)

    def _join_parts(self) -> None:
        """Make one value of all that several fields say of a variable."""
        for name, parts in self._parts.items():
            names = [part for part in parts if isinstance(part, Name)]
            if not names:
                text = _BETWEEN[name].join(map(str, parts))
                self.values[field_name(name)] = text
                continue
            # A list that is cut ends with the mark, wherever that stood.
            shown = [one for one in names if not one.is_others]
            ended = names if len(shown) == len(names) else [*shown, OTHERS]
            self.values[field_name(name)] = tuple(ended)

    def _add_urls(self, one: SlotField) -> list[SlotField]:
        for each in one.split():
            if each.text.startswith("<Go to "):  # Web of Science's own protocol
                self.rest.append(each)
            else:
                self._set("URL", each.text, each)
        return one.split()

    def _add_date(self, name: str, one: SlotField) -> None:
        date = parse_date(one.text)
        if date is None and name != "accessed":
            # No date of a first publication, but what the tag means in other types.
            self.rest.append(one)
        else:
            self._set(name, date or self._words(one), one)

    def _words(self, one: SlotField) -> Date:
        """A date that is none: told where it has digits, which may be misread."""
        if any(char.isdigit() for char in one.text):
            self.diagnostics.warning(
                f"`{one.tag}`: `{one.text[:_SHOWN]}` is no date; it is kept as words",
                one.span,
                "write the date as 2021/08/05, or only the year",
            )
        return Date(literal=one.text)

    # what several fields say together

    def _add_dates(self, fields: Sequence[SlotField]) -> None:
        found, unused = issued(fields)
        if found is None and unused:
            words = unused.pop(0)
            found = (self._words(words), words)
        if found is not None:
            self._set("issued", *found)
        self.rest += unused

    def _add_pages(self, fields: Sequence[SlotField]) -> None:
        by_slot = {one.slot: one for one in reversed(fields)}
        self.rest += [one for one in fields if one is not by_slot[one.slot]]
        first, last = by_slot.get("pages"), by_slot.get("last-page")
        one = first or last
        if one is None:
            return
        is_whole_book = self.kind.code in WHOLE_BOOKS
        texts = (first.text if first else "", last.text if last else "")
        pages = read_pages(*texts, is_whole_book=is_whole_book)
        if pages is None:
            self.rest += by_slot.values()
        else:
            name = variable(self.kind, "pages") or "page"
            self._set("number-of-pages" if pages.is_count else name, pages.text, one)

    def _add_serials(self, fields: Sequence[SlotField]) -> None:
        isbns: list[str] = []
        issns: list[str] = []
        for one in fields:
            split = split_serials(one.text)
            if self.kind.code in NUMBERED or (
                split is None and self.kind.code in _REPORTS
            ):
                self._set("number", one.text, one)
            elif split is not None:
                isbns += split[0]
                issns += split[1]
            else:
                (issns if self.kind.code in _ISSN_KINDS else isbns).append(one.text)
        for name, serials in (("ISBN", isbns), ("ISSN", issns)):
            if text := joined(serials):
                self._set(name, text, fields[0])

    def _add_doi(self, searched: list[SlotField]) -> None:
        if "doi" not in self.values and (found := find_doi(searched)) is not None:
            self._set("DOI", *found)
        doi = self.values.get("doi")
        if isinstance(doi, str):
            # Publishers repeat it in notes and elsewhere.
            key = doi_key(doi)
            self.rest = [one for one in self.rest if not says_doi(one.text, key)]
            self._drop_notes(key)

    def _drop_notes(self, key: str) -> None:
        """Without notes that say nothing but the DOI."""
        notes = self._parts.pop("note", [])
        kept = [note for note in notes if not says_doi(str(note), key)]
        if kept:
            self._parts["note"] = kept
        else:
            self.spans.pop("note", None)

    def _add_accession(self) -> None:
        """An accession number of PubMed is the work's PMID, or its PMCID."""
        host = f"{self.values.get('archive')} {self.values.get('source')}"
        for one in self.rest if _PUBMED.search(host) else ():
            if one.slot != "accession":
                continue
            name = "PMCID" if _PMCID.fullmatch(one.text) else "PMID"
            if name == "PMCID" or _PMID.fullmatch(one.text):
                self.rest.remove(one)
                self._set(name, one.text, one)
                return

    def reference(self, source: SourceText, span: Span, origin: Origin) -> Reference:
        """The reference, once all is read; its id is empty where the record has none.

        Args:
            source: the file.
            span: of the whole record.
            origin: the family and kind; the fields that were set aside are added.
        """
        is_available = "doi" in self.values or "url" in self.values
        rest = sorted(self.rest, key=lambda one: one.span)
        spans = {name: (at.start, at.end) for name, at in self.spans.items()}
        return Reference.model_validate(
            {
                "id": "",
                **self.values,
                "type": csl_type(self.kind, is_available=is_available),
                "location": source.location(span.start, span.end),
                "places": Places(source, spans),
                "origin": Origin(
                    origin.family,
                    origin.kind,
                    tuple((one.tag, one.prose) for one in rest),
                ),
            }
        )


_GROUPS: Final = {
    **dict.fromkeys((YEAR, DATE, OLD_DATE), "dates"),
    "pages": "pages",
    "last-page": "pages",
    "serial": "serials",
}
