"""DataCite's JSON:API record -> Work (registries.md 3)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from lupusrefs.model.dates import Date, PartialDate, parse_edtf
from lupusrefs.model.names import Name
from lupusrefs.model.variables import TYPES
from lupusrefs.model.work import (
    Agency,
    Provenance,
    RegisteredDate,
    Relation,
    Work,
)
from lupusrefs.services.wire import Many, Maybe, Text, Wire, known

ANSWERED_BY: Final = "datacite"

# resourceTypeGeneral -> CSL type (DataCite Metadata Schema 4.6, appendix 1).
_TYPES: Final = {
    "Audiovisual": "motion_picture",
    "Book": "book",
    "BookChapter": "chapter",
    "Collection": "collection",
    "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "Event": "event",
    "Image": "graphic",
    "Journal": "periodical",
    "JournalArticle": "article-journal",
    "Model": "dataset",
    "PeerReview": "review",
    "Preprint": "article",
    "Report": "report",
    "Software": "software",
    "Sound": "song",
    "Standard": "standard",
}


class _Title(Wire):
    title: Text = None
    title_type: Annotated[Text, Field(alias="titleType")] = None
    lang: Text = None


class _Person(Wire):
    name: Text = None
    name_type: Annotated[Text, Field(alias="nameType")] = None
    given_name: Annotated[Text, Field(alias="givenName")] = None
    family_name: Annotated[Text, Field(alias="familyName")] = None
    contributor_type: Annotated[Text, Field(alias="contributorType")] = None

    def to_name(self) -> Name | None:
        if self.name_type != "Organizational":
            if self.family_name:
                return Name(family=self.family_name, given=self.given_name)
            family, _, given = (self.name or "").partition(", ")
            # DataCite's own rule: a personal name is "Family, Given".
            if self.name_type == "Personal" and family and given:
                return Name(family=family, given=given)
        literal = self.name or self.given_name
        return Name(literal=literal) if literal else None


class _Date(Wire):
    date: Text = None
    date_type: Annotated[Text, Field(alias="dateType")] = None


class _Types(Wire):
    general: Annotated[Text, Field(alias="resourceTypeGeneral")] = None
    specific: Annotated[Text, Field(alias="resourceType")] = None
    citeproc: Text = None


class _Container(Wire):
    title: Text = None
    type: Text = None
    volume: Text = None
    issue: Text = None
    first_page: Annotated[Text, Field(alias="firstPage")] = None
    last_page: Annotated[Text, Field(alias="lastPage")] = None
    identifier: Text = None
    identifier_type: Annotated[Text, Field(alias="identifierType")] = None


class _Related(Wire):
    type: Annotated[str, Field(alias="relationType")]
    id: Annotated[str, Field(alias="relatedIdentifier")]
    id_type: Annotated[Text, Field(alias="relatedIdentifierType")] = None


def _publisher(value: object) -> object:
    """A string, or an object where it was asked for (registries.md 3)."""
    return value.get("name") if isinstance(value, dict) else value


class _Attributes(Wire):
    doi: Annotated[str, Field(min_length=4)]
    titles: Many[_Title] = ()
    creators: Many[_Person] = ()
    contributors: Many[_Person] = ()
    publisher: Annotated[Text, BeforeValidator(_publisher)] = None
    year: Annotated[Text, Field(alias="publicationYear")] = None
    dates: Many[_Date] = ()
    types: Maybe[_Types] = None
    container: Maybe[_Container] = None
    related: Annotated[Many[_Related], Field(alias="relatedIdentifiers")] = ()
    version: Text = None
    url: Text = None
    language: Text = None
    state: Text = None


class _Resource(Wire):
    attributes: _Attributes


def read_doi(resource: object) -> str | None:
    """The DOI a resource is about, even where nothing else of it can be read."""
    doi = resource.get("id") if isinstance(resource, dict) else None
    return doi if isinstance(doi, str) and doi else None


def read_resource(
    resource: object,
    url: str,
    fetched: datetime,
    provenance: Provenance | None = None,
) -> Work:
    """The work of one JSON:API resource object.

    Args:
        resource: what the registry says.
        url: what was asked.
        fetched: when.
        provenance: who gave the answer, where that was not the registry itself.

    Raises:
        pydantic.ValidationError: the resource has no attributes or no DOI.
    """
    read = _Resource.model_validate(resource).attributes
    types = read.types or _Types()
    container = read.container or _Container()
    titles = tuple(entry.title for entry in _by_rank(read.titles) if entry.title)
    editors = tuple(p for p in read.contributors if p.contributor_type == "Editor")
    return Work.model_validate(
        known(
            id=read.doi,
            type=_csl_type(types),
            doi=read.doi,
            author=_names(read.creators),
            editor=_names(editors),
            title=titles[0] if titles else None,
            container_title=container.title,
            issued=_issued(read),
            volume=container.volume,
            issue=container.issue,
            page=_pages(container),
            version=read.version,
            publisher=read.publisher,
            genre=types.specific,
            language=read.language,
            issn=container.identifier if container.identifier_type == "ISSN" else None,
            agency=str(Agency.DATACITE),
            registered_type=types.general,
            titles=titles,
            container_titles=(container.title,) if container.title else (),
            dates=_dates(read),
            relations=tuple(
                Relation(type=end.type, id=end.id, id_type=(end.id_type or "").lower())
                for end in read.related
                if end.type
                not in {"Cites", "IsCitedBy", "References", "IsReferencedBy"}
            ),
            state=read.state,
            provenance=provenance
            or Provenance(answered_by=ANSWERED_BY, url=url, fetched=fetched),
        )
    )


def _csl_type(types: _Types) -> str | None:
    general = _TYPES.get(types.general or "")
    # `citeproc` is DataCite's own mapping, but "article" for every text there.
    if general is None and types.citeproc in TYPES and types.citeproc != "article":
        return types.citeproc
    return general


def _by_rank(titles: tuple[_Title, ...]) -> list[_Title]:
    """Main titles first; subtitles, translations and alternatives behind them."""
    return sorted(titles, key=lambda entry: entry.title_type is not None)


def _names(people: tuple[_Person, ...]) -> tuple[Name, ...]:
    return tuple(name for person in people if (name := person.to_name()))


def _issued(read: _Attributes) -> Date | None:
    """The publication year, made precise by the `Issued` date of the same year."""
    year = read.year or ""
    if not (year.isdigit() and int(year)):
        by_type = {entry.kind: entry.date for entry in _dates(read)}
        return by_type.get("Issued") or by_type.get("Available")
    for entry in _dates(read):
        if entry.kind == "Issued" and entry.date.year == int(year):
            return entry.date
    return Date(PartialDate(int(year)))


def _dates(read: _Attributes) -> tuple[RegisteredDate, ...]:
    return tuple(
        RegisteredDate(kind=entry.date_type, date=date)
        for entry in read.dates
        if entry.date_type and entry.date and (date := parse_edtf(entry.date))
    )


def _pages(container: _Container) -> str | None:
    pages = (container.first_page, container.last_page)
    return "-".join(dict.fromkeys(page for page in pages if page)) or None
