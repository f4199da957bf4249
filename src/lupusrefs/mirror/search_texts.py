"""What of a registry's record can be searched: titles, people, where, when.

Read straight from the JSON, for most records are as they should be; what is not is read
as carefully as any answer of a registry (:mod:`lupusrefs.mirror.lookup`), which takes
ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from lupusrefs.model.work import Work

# Hardly anybody cites more of the authors, and a collaboration has thousands.
_PEOPLE: Final = 12

_Texts: TypeAlias = list[str | None]
_DateParts: TypeAlias = list[list[int | None] | None]


class _Date(msgspec.Struct, rename="kebab"):
    date_parts: _DateParts = []


class _Author(msgspec.Struct):
    family: str | None = None
    name: str | None = None
    given: str | None = None


class _Crossref(msgspec.Struct, rename="kebab"):
    title: _Texts | None = None
    subtitle: _Texts | None = None
    original_title: _Texts | None = None
    container_title: _Texts | None = None
    short_container_title: _Texts | None = None
    author: list[_Author] | None = None
    editor: list[_Author] | None = None
    issued: _Date | None = None
    published: _Date | None = None
    volume: str | None = None
    page: str | None = None
    article_number: str | None = None


class _Title(msgspec.Struct):
    title: str | None = None


class _Person(msgspec.Struct, rename="camel"):
    family_name: str | None = None
    name: str | None = None


class _Container(msgspec.Struct, rename="camel"):
    title: str | None = None
    volume: str | None = None
    first_page: str | None = None
    last_page: str | None = None


class _Publisher(msgspec.Struct):
    name: str | None = None


class _Attributes(msgspec.Struct, rename="camel"):
    titles: list[_Title] | None = None
    creators: list[_Person] | None = None
    publication_year: int | str | None = None
    publisher: str | _Publisher | None = None
    container: _Container | None = None


class _DataCite(msgspec.Struct):
    attributes: _Attributes


_CROSSREF: Final = msgspec.json.Decoder(_Crossref)
_DATACITE: Final = msgspec.json.Decoder(_DataCite)


def texts_of_record(registry: str, record: str) -> list[str] | None:
    """The searchable texts of a record; None where it is not as it should be."""
    try:
        if registry == "datacite":
            found = _of_datacite(_DATACITE.decode(record).attributes)
        else:
            found = _of_crossref(_CROSSREF.decode(record))
        return [one for one in found if one]
    except (msgspec.DecodeError, RecursionError):
        return None


def texts_of_work(work: Work) -> list[str]:
    """The searchable texts of a work, as far as they are those of its record."""
    people = (*work.author[:_PEOPLE], *work.editor[:_PEOPLE])
    found = [
        *(work.titles or (work.title,)),
        *work.subtitles,
        *(name.family_with_particle for name in people),
        *(work.container_titles or (work.container_title,)),
        str(work.issued.year) if work.issued and work.issued.year else None,
        work.volume,
        work.page,
        work.article_number,
    ]
    return [one for one in found if one]


def _of_crossref(record: _Crossref) -> Iterator[str | None]:
    yield from record.title or ()
    yield from record.original_title or ()
    yield from record.subtitle or ()
    for people in (record.author, record.editor):
        for person in (people or ())[:_PEOPLE]:
            yield person.family or person.name or person.given
    yield from record.container_title or ()
    yield from record.short_container_title or ()
    years = (_year(date) for date in (record.issued, record.published))
    yield next((str(year) for year in years if year), None)
    yield record.volume
    yield record.page
    yield record.article_number


def _year(date: _Date | None) -> int | None:
    """The year of a date; ``[[null]]`` is Crossref's way to say that it is unknown."""
    parts = date.date_parts[0] if date and date.date_parts else None
    return parts[0] if parts else None


def _of_datacite(record: _Attributes) -> Iterator[str | None]:
    for title in record.titles or ():
        yield title.title
    for person in (record.creators or ())[:_PEOPLE]:
        yield person.family_name or person.name
    yield str(record.publication_year or "")
    publisher = record.publisher
    yield publisher.name if isinstance(publisher, _Publisher) else publisher
    if (container := record.container) is not None:
        yield container.title
        yield container.volume
        yield container.first_page
        yield container.last_page
