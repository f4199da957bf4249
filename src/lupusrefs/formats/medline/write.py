"""References -> MEDLINE's display format, as PubMed writes it.

What the format cannot hold is left out: dates other than of publication, persons other
than authors and editors, most of what is no publication of a journal or a book, italics
and the like. A title that ends in two full stops comes back with one.

Source: MEDLINE/PubMed Data Element (Field) Descriptions (NLM).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lupusrefs.formats.medline.dates import read_date, written_date
from lupusrefs.formats.medline.languages import medline_code
from lupusrefs.formats.medline.record import AHEAD_OF_PRINT, LINKING, PLAIN_TAGS
from lupusrefs.formats.medline.terms import (
    IN_JOURNALS,
    PUBLICATION_TYPES,
    family_with_particles,
    full_name,
    identifier_kind,
    issn_of,
    item_type,
    short_name,
    title_with_stop,
)
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name
from lupusrefs.model.pages import with_dash
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name

_FAMILIES: Final = frozenset(("nbib", "pubmed-xml"))
# PubMed's order; those of one group stay as they come.
_ORDER: Final = (
    *(
        "PMID",
        "OWN",
        "STAT",
        "DA",
        "DCOM",
        "LR",
        "IS",
        "ISBN",
        "VI",
        "IP",
        "DP",
        "CTDT",
    ),
    *("TI", "BTI", "CTI", "VTI", "EN", "PG", "LID", "AB", "OAB OABL", "CI", "OCI"),
    *("FAU AU AUID AD CN", "FIR IR IRAD", "FED ED", "FPS PS", "LA", "SI", "GR", "PT"),
    *("DEP", "TT", "PB", "PL", "TA", "JT", "JID", "RN", "NM", "SB"),
    *(
        "CIN",
        "CON",
        "CRI",
        "CRF",
        "ECI",
        "ECF",
        "EIN",
        "EFR",
        "RIN",
        "ROF",
        "RPI",
        "RPF",
    ),
    *("UIN", "UOF", "SPIN", "ORI", "DDIN", "DRIN"),
    *("GS", "GN", "MH", "RF", "SFM", "PUBM", "PMC", "MID", "OID", "COIS", "OTO", "OT"),
    *("EDAT", "MHDA", "CRDT", "PMCR", "PHST", "AID", "PST", "SO"),
)
_RANKS: Final = {
    tag: rank for rank, group in enumerate(_ORDER) for tag in group.split()
}
_WIDTH: Final = 88
_INDENT: Final = " " * 6
_LONG_YEARS: Final = 10_000
# Authors whose fields are looked for before somebody counts as new.
_NEAR: Final = 4
_SPACE: Final = re.compile(r"[\t\n\x0b\x0c\r ]+")
# With these a text file looks like none.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# PubMed's XML has a few fields more, with longer names.
_TAG: Final = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_MARKUP: Final = re.compile(r"</?[A-Za-z]|&#?[A-Za-z0-9]+;")
_LIST_END: Final = re.compile(r"\s*[,;]\s*")
_RICH: Final = frozenset(
    ("container-title", "collection-title", "volume-title", "container-title-short")
)
# The writer's own, from the item, not from the file.
_MADE_ANEW: Final = frozenset(("IS", "DP", "PT", "PST", "AU", "AUID", "AD", "CN"))

_Field = tuple[str, str]


def dump(items: Iterable[Item]) -> str:
    """A MEDLINE file of the items, in order."""
    return "\n".join("\n".join(_lines(item)) + "\n" for item in items) or "\n"


def _lines(item: Item) -> Iterator[str]:
    """The lines of a record."""
    fields = [
        (tag, text)
        for tag, value in _Writer(item).fields()
        if (text := _SPACE.sub(" ", _CONTROL.sub("", value)).strip())
    ]
    fields.sort(key=lambda field: _RANKS.get(field[0], len(_RANKS)))
    for tag, text in fields:
        lead = f"{tag:<4}- "
        if len(lead) + len(text) <= _WIDTH:
            yield lead + text
        else:
            yield from textwrap.wrap(
                text,
                _WIDTH,
                initial_indent=lead,
                subsequent_indent=_INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            )


class _Writer:
    """The fields of one item, in no order but that of repeated ones."""

    def __init__(self, item: Item) -> None:
        self._item = item
        origin = item.origin if isinstance(item, Reference) else None
        known = origin is not None and origin.family in _FAMILIES
        self._kept: Sequence[_Field] = origin.fields if origin and known else ()
        self._has_container = bool(_bare(item.container_title or "").strip())

    def fields(self) -> Iterator[_Field]:
        """Tag and text; the text may be empty, and may have line breaks."""
        yield from self._plain()
        yield from self._titles()
        yield from self._dates()
        yield from self._identifiers()
        yield from self._authors()
        for name in self._item.editor:
            yield "FED", _full(name) or str(name)
            yield "ED", "" if name.literal else _short(name)
        yield from self._types()
        if self._item.language:
            yield "LA", medline_code(self._item.language)
        for line in (self._item.note or "").split("\n"):
            yield "GN", line
        for keyword in _keywords(self._item.keyword or ""):
            yield "OT", keyword
        yield from (
            one
            for one in self._kept
            if one[0] not in _MADE_ANEW and _TAG.fullmatch(one[0])
        )

    def _kept_of(self, tag: str) -> list[str]:
        return [text for name, text in self._kept if name == tag]

    def _plain(self) -> Iterator[_Field]:
        is_in_journal = self._item.type in IN_JOURNALS
        for tag, variable in PLAIN_TAGS.items():
            if tag == ("BTI" if is_in_journal else "JT"):
                continue
            # Beside a book's title, an abbreviation would make it a journal's.
            if tag == "TA" and not (is_in_journal or self._has_container):
                continue
            value: str | None = getattr(self._item, field_name(variable))
            if tag == "PG" and is_in_journal:
                # MEDLINE has an article number where others have pages.
                value = value or self._item.number
            if tag == "PG" and value:
                value = with_dash(value, "-")
            if value:
                yield tag, _bare(value) if variable in _RICH else value

    def _titles(self) -> Iterator[_Field]:
        for tag, value in (("TI", self._item.title), ("TT", self._item.original_title)):
            if text := _bare(value or ""):
                yield tag, title_with_stop(text)
        # PubMed has all of an abstract in one field, and its sections in one paragraph.
        yield "AB", _bare(self._item.abstract or "")

    def _dates(self) -> Iterator[_Field]:
        if issued := self._item.issued:
            as_read = (t for t in self._kept_of("DP") if read_date(t)[0] == issued)
            yield "DP", next(as_read, written_date(issued))
        if available := self._item.available_date:
            yield "DEP", _digits(available)

    def _identifiers(self) -> Iterator[_Field]:
        item = self._item
        if item.doi:
            # Some programs look for one, some for the other.
            yield "LID", f"{item.doi} [doi]"
            yield "AID", f"{item.doi} [doi]"
        if item.url:
            is_plain = identifier_kind(item.url) == (item.url, "url")
            yield "LID", item.url if is_plain else f"{item.url} [url]"
        issns, kept = _listed(item.issn), self._kept_of("IS")
        of_medium = [text for text in kept if not text.endswith(LINKING)] or kept
        as_read = list(dict.fromkeys(map(issn_of, of_medium)))
        yield from (("IS", text) for text in (kept if as_read == issns else issns))
        yield from (("ISBN", text) for text in _listed(item.isbn))
        code, words = AHEAD_OF_PRINT
        is_ahead = words in (item.status or "").casefold()
        yield "PST", code if is_ahead else "".join(self._kept_of("PST")[:1])

    def _types(self) -> Iterator[_Field]:
        """The publication types of the file, if they still say what the item is."""
        kept, own = self._kept_of("PT"), PUBLICATION_TYPES[self._item.type]
        in_journal = self._item.type in IN_JOURNALS
        for names in (kept, [*kept, own], [own]):
            as_read = item_type(
                names,
                in_journal=in_journal and self._has_container,
                in_book=self._has_container and not in_journal,
            )
            if names and as_read == self._item.type:
                yield from (("PT", name) for name in names)
                return

    # --- authors -------------------------------------------------------------

    def _authors(self) -> Iterator[_Field]:
        """Each with what the file has of him."""
        groups = self._author_groups()
        yield from groups.pop(0)
        at = 0
        for name in self._item.author:
            if full := _full(name):
                yield "FAU", full
            near = range(at, min(at + _NEAR, len(groups)))
            found = next((here for here in near if _is_of(groups[here][0], name)), None)
            if found is None:
                yield (
                    ("AU", _short(name))
                    if full or name.is_others
                    else ("CN", str(name))
                )
            else:
                yield from groups[found]
                at = found + 1

    def _author_groups(self) -> list[list[_Field]]:
        """AU or CN, each with the AUID and AD behind it; first those behind none."""
        groups: list[list[_Field]] = [[]]
        for one in self._kept:
            if one[0] in {"AU", "CN"}:
                groups.append([one])
            elif one[0] in {"AUID", "AD"}:
                groups[-1].append(one)
        return groups


def _is_of(anchor: _Field, name: Name) -> bool:
    """Whether an AU or CN of the file is this author's."""
    tag, text = anchor
    if name.literal is not None or tag == "CN":
        return text == name.literal
    # Further initials may differ from what is made of the given names.
    head = f"{family_with_particles(name)} {(name.given or '')[:1]}"
    return text == _short(name) or text.casefold().startswith(head.casefold())


def _full(name: Name) -> str:
    """FAU; neither groups nor "others" have one."""
    return "" if name.literal is not None else full_name(name)


def _short(name: Name) -> str:
    """AU; MEDLINE's "et al." for the others."""
    return "et al." if name.is_others else short_name(name)


def _bare(text: str) -> str:
    """The text without markup; one that has none stays, thin spaces included."""
    return plain(text) if _MARKUP.search(text) else text


def _digits(date: Date) -> str:
    start = date.start
    if start and date == Date(start) and start.day and 0 < start.year < _LONG_YEARS:
        return f"{start.year:04d}{start.month:02d}{start.day:02d}"
    return written_date(date)


def _listed(text: str | None) -> list[str]:
    return [part for part in _LIST_END.split(text or "") if part]


def _keywords(text: str) -> list[str]:
    return re.split(r"\s*[;\n]\s*" if re.search("[;\n]", text) else r"\s*,\s*", text)
