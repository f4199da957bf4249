"""Crossref's JSON record -> Work (registries.md 2.4, 2.5)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from lupusrefs.model.names import Name
from lupusrefs.model.variables import CROSSREF_TYPES, TYPES
from lupusrefs.model.work import (
    Agency,
    Provenance,
    RegisteredDate,
    Relation,
    Update,
    Work,
)
from lupusrefs.services.wire import Many, Maybe, Text, Texts, Wire, WireDate, known

ANSWERED_BY: Final = "crossref"

# What a list is asked for: all that becomes a Work, and no reference lists.
SELECTED: Final = (
    "DOI,type,title,subtitle,original-title,short-title,container-title,"
    "short-container-title,author,editor,translator,chair,issued,published,"
    "published-print,published-online,posted,created,volume,issue,page,"
    "article-number,publisher,publisher-location,ISSN,ISBN,event,degree,"
    "update-to,updated-by,relation"
)


class _Author(Wire):
    family: Text = None
    given: Text = None
    suffix: Text = None
    name: Text = None
    sequence: Text = None

    def to_name(self) -> Name | None:
        if self.family:
            return Name(family=self.family, given=self.given, suffix=self.suffix)
        literal = self.name or self.given
        return Name(literal=literal) if literal else None


class _Update(Wire):
    doi: Annotated[str, Field(alias="DOI")]
    type: str
    label: Text = None
    source: Text = None
    updated: WireDate = None

    def to_update(self) -> Update:
        return Update(
            doi=self.doi,
            type=self.type,
            label=self.label,
            source=self.source,
            date=self.updated,
        )


class _RelationEnd(Wire):
    id: str
    id_type: Annotated[str, Field(alias="id-type")] = ""
    asserted_by: Annotated[Text, Field(alias="asserted-by")] = None


class _Event(Wire):
    name: Text = None
    location: Text = None


def _ends(value: object) -> object:
    """Crossref gives a list of ends per relation, older records a single one."""
    if not isinstance(value, dict):
        return {}
    return {k: v if isinstance(v, list) else [v] for k, v in value.items()}


class _Record(Wire):
    doi: Annotated[str, Field(alias="DOI", min_length=4)]
    type: Text = None
    subtype: Text = None
    title: Texts = ()
    subtitle: Texts = ()
    original_title: Annotated[Texts, Field(alias="original-title")] = ()
    short_title: Annotated[Texts, Field(alias="short-title")] = ()
    container_title: Annotated[Texts, Field(alias="container-title")] = ()
    short_container_title: Annotated[Texts, Field(alias="short-container-title")] = ()
    author: Many[_Author] = ()
    editor: Many[_Author] = ()
    translator: Many[_Author] = ()
    chair: Many[_Author] = ()
    issued: WireDate = None
    published: WireDate = None
    published_print: Annotated[WireDate, Field(alias="published-print")] = None
    published_online: Annotated[WireDate, Field(alias="published-online")] = None
    published_other: Annotated[WireDate, Field(alias="published-other")] = None
    posted: WireDate = None
    created: WireDate = None
    volume: Text = None
    issue: Text = None
    page: Text = None
    article_number: Annotated[Text, Field(alias="article-number")] = None
    publisher: Text = None
    publisher_location: Annotated[Text, Field(alias="publisher-location")] = None
    issn: Annotated[Texts, Field(alias="ISSN")] = ()
    isbn: Annotated[Texts, Field(alias="ISBN")] = ()
    edition: Annotated[Text, Field(alias="edition-number")] = None
    language: Text = None
    event: Maybe[_Event] = None
    degree: Texts = ()
    update_to: Annotated[Many[_Update], Field(alias="update-to")] = ()
    updated_by: Annotated[Many[_Update], Field(alias="updated-by")] = ()
    relation: Annotated[dict[str, Many[_RelationEnd]], BeforeValidator(_ends)] = Field(
        default_factory=dict
    )
    aliases: Texts = ()


def read_doi(record: object) -> str | None:
    """The DOI a record is about, even where nothing else of it can be read."""
    doi = record.get("DOI") if isinstance(record, dict) else None
    return doi if isinstance(doi, str) and doi else None


def read_record(
    record: object,
    url: str,
    fetched: datetime,
    provenance: Provenance | None = None,
) -> Work:
    """The work of one ``message`` or list item.

    Fields that are not what they should be count as absent; only a record without
    a DOI is no record.

    Args:
        record: what the registry says.
        url: what was asked.
        fetched: when.
        provenance: who gave the answer, where that was not the registry itself.

    Raises:
        pydantic.ValidationError: the record has no DOI, or is no object.
    """
    read = _Record.model_validate(record)
    event = read.event or _Event()
    numbered = read.article_number if not read.page else None
    return Work.model_validate(
        known(
            id=read.doi,
            type=_csl_type(read.type),
            doi=read.doi,
            author=_names(read.author),
            editor=_names(read.editor),
            translator=_names(read.translator),
            chair=_names(read.chair),
            title=_first(read.title),
            title_short=_first(read.short_title),
            original_title=_first(read.original_title),
            container_title=_first(read.container_title),
            container_title_short=_first(read.short_container_title),
            issued=_issued(read),
            volume=read.volume,
            issue=read.issue,
            page=read.page,
            number=numbered,
            edition=read.edition,
            publisher=read.publisher,
            publisher_place=read.publisher_location,
            event_title=event.name,
            event_place=event.location,
            genre=_first(read.degree) or read.subtype,
            language=read.language,
            issn=", ".join(dict.fromkeys(map(_bare, read.issn))),
            isbn=", ".join(dict.fromkeys(map(_bare, read.isbn))),
            agency=str(Agency.CROSSREF),
            registered_type=read.type,
            titles=read.title + read.original_title,
            subtitles=read.subtitle,
            container_titles=read.container_title + read.short_container_title,
            has_lead=_has_lead(read.author),
            dates=_dates(read),
            article_number=read.article_number,
            updates=tuple(update.to_update() for update in read.update_to),
            updated_by=tuple(update.to_update() for update in read.updated_by),
            relations=_relations(read),
            aliases=read.aliases,
            provenance=provenance
            or Provenance(answered_by=ANSWERED_BY, url=url, fetched=fetched),
        )
    )


def _csl_type(registered: str | None) -> str | None:
    if registered in TYPES:
        return registered
    return CROSSREF_TYPES.get(registered or "")


def _names(people: tuple[_Author, ...]) -> tuple[Name, ...]:
    return tuple(name for person in people if (name := person.to_name()))


def _has_lead(people: tuple[_Author, ...]) -> bool:
    """Whether ``sequence`` can be trusted: one "first", and that in the first place."""
    sequence = [person.sequence for person in people]
    return sequence == ["first", *["additional"] * (len(sequence) - 1)]


def _first(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None


def _bare(number: str) -> str:
    """Records of 2015-16 have ISSN and ISBN as URLs (registries.md 2.5)."""
    return number.rsplit("/", 1)[-1]


def _issued(read: _Record) -> object:
    """``issued`` is the earlier of print and online; ``[[null]]`` is unknown."""
    return (
        read.issued
        or read.published
        or read.published_print
        or read.published_online
        or read.posted
        or read.published_other
    )


def _dates(read: _Record) -> tuple[RegisteredDate, ...]:
    kinds = {
        "print": read.published_print,
        "online": read.published_online,
        "other": read.published_other,
        "posted": read.posted,
        "published": read.published,
        # Never a publication date, but a bound: the DOI existed by then.
        "created": read.created,
    }
    return tuple(
        RegisteredDate(kind=kind, date=date) for kind, date in kinds.items() if date
    )


def _relations(read: _Record) -> tuple[Relation, ...]:
    return tuple(
        Relation(type=name, id=end.id, id_type=end.id_type, asserted_by=end.asserted_by)
        for name, ends in read.relation.items()
        # A paper's whole reference list may stand here; citing is no identity.
        if name not in {"cites", "is-cited-by", "references", "is-referenced-by"}
        for end in ends
    )
