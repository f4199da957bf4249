"""A bibliographic item with the variables of CSL 1.0.2."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
)

from lupusrefs.model.dates import Date, date_from_csl
from lupusrefs.model.names import NAME_PARTS, Name
from lupusrefs.model.variables import ORDER, ItemType, field_name


def _name(value: object) -> object:
    if isinstance(value, dict):
        return Name(**{NAME_PARTS[key]: part for key, part in value.items()})
    return value


def _date(value: object) -> object:
    return date_from_csl(value) if isinstance(value, dict) else value


CslName: TypeAlias = Annotated[
    Name, BeforeValidator(_name), PlainSerializer(Name.to_csl)
]
Names: TypeAlias = tuple[CslName, ...]
CslDate: TypeAlias = Annotated[
    Date, BeforeValidator(_date), PlainSerializer(Date.to_csl)
]

# Field of Item -> CSL variable.
WIRE_NAMES: Final = {field_name(variable): variable for variable in ORDER}


class Item(BaseModel):
    """What CSL-JSON calls an item: one type, and the variables that are known.

    Fields are the CSL variables in snake case; on the wire they have their CSL
    spelling. Text is kept as written, markup included; numbers are text too,
    because ``12-13``, ``S1`` and ``e0162213`` are numbers in this field.

    Source: CSL 1.0.2 specification, appendices III and IV; ``csl-data.json``.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        populate_by_name=True,
        # Few runs make every kind of item; each is built when the first one is made.
        defer_build=True,
        alias_generator=lambda name: WIRE_NAMES.get(name, name.replace("_", "-")),
    )

    id: str
    type: ItemType = "document"

    # names
    author: Names = ()
    chair: Names = ()
    collection_editor: Names = ()
    compiler: Names = ()
    composer: Names = ()
    container_author: Names = ()
    contributor: Names = ()
    curator: Names = ()
    director: Names = ()
    editor: Names = ()
    editorial_director: Names = ()
    executive_producer: Names = ()
    guest: Names = ()
    host: Names = ()
    illustrator: Names = ()
    interviewer: Names = ()
    narrator: Names = ()
    organizer: Names = ()
    original_author: Names = ()
    performer: Names = ()
    producer: Names = ()
    recipient: Names = ()
    reviewed_author: Names = ()
    script_writer: Names = ()
    series_creator: Names = ()
    translator: Names = ()

    # dates
    issued: CslDate | None = None
    accessed: CslDate | None = None
    available_date: CslDate | None = None
    event_date: CslDate | None = None
    original_date: CslDate | None = None
    submitted: CslDate | None = None

    # numbers, kept as written
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    page_first: str | None = None
    number: str | None = None
    number_of_pages: str | None = None
    number_of_volumes: str | None = None
    chapter_number: str | None = None
    citation_number: str | None = None
    collection_number: str | None = None
    edition: str | None = None
    first_reference_note_number: str | None = None
    locator: str | None = None
    part_number: str | None = None
    printing_number: str | None = None
    section: str | None = None
    supplement_number: str | None = None
    version: str | None = None

    # strings
    title: str | None = None
    title_short: str | None = None
    container_title: str | None = None
    container_title_short: str | None = None
    collection_title: str | None = None
    volume_title: str | None = None
    part_title: str | None = None
    original_title: str | None = None
    reviewed_title: str | None = None
    reviewed_genre: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None
    original_publisher: str | None = None
    original_publisher_place: str | None = None
    event_title: str | None = None
    event_place: str | None = None
    genre: str | None = None
    medium: str | None = None
    status: str | None = None
    doi: str | None = None
    url: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    isbn: str | None = None
    issn: str | None = None
    archive: str | None = None
    archive_collection: str | None = None
    archive_location: str | None = None
    archive_place: str | None = None
    authority: str | None = None
    call_number: str | None = None
    citation_key: str | None = None
    citation_label: str | None = None
    dimensions: str | None = None
    division: str | None = None
    jurisdiction: str | None = None
    keyword: str | None = None
    language: str | None = None
    license: str | None = None
    references: str | None = None
    scale: str | None = None
    source: str | None = None
    year_suffix: str | None = None
    abstract: str | None = None
    annote: str | None = None
    note: str | None = None

    categories: tuple[str, ...] = ()
    custom: dict[str, JsonValue] = Field(default_factory=dict)

    def to_csl(self) -> dict[str, JsonValue]:
        """The item as CSL-JSON: CSL spelling, CSL order, nothing empty."""
        csl: dict[str, JsonValue] = {}
        for field, variable in WIRE_NAMES.items():
            given = field in self.model_fields_set or field == "type"
            if given and (value := getattr(self, field)):
                csl[variable] = _wire(value)
        return csl

    @property
    def creators(self) -> tuple[Name, ...]:
        """Who a short citation names: authors, else editors, else translators."""
        return self.author or self.editor or self.translator


def _wire(value: object) -> JsonValue:
    match value:
        case Date() | Name():
            return value.to_csl()  # type: ignore[return-value]
        case tuple():
            return [_wire(part) for part in value]
        case _:
            return value  # type: ignore[return-value]
