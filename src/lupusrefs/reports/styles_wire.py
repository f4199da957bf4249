"""The JSON contract of ``styles``, of which ``styles.schema.json`` is generated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lupusrefs.styles.info import Style


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class StyleWire(_Wire):
    """A CSL style.

    Attributes:
        id: by which `--style` knows it.
        title: its title.
        title_short: a short title, often the abbreviation of a journal.
        aliases: ids that it had in the past; they still work.
        issns: of the journal.
        fields: of study: `medicine`, `generic-base` ...
        class: `in-text` or `note`; null of a dependent style.
        citation_format: `author-date`, `numeric`, `note`, `label`, `author`.
        parent: the id of the style whose rules it follows; null of one with its own.
        default_locale: the language that it is for.
        updated: when it was changed last, ISO 8601.
        path: its file on this machine.
    """

    id: str
    title: str
    title_short: str | None
    aliases: tuple[str, ...]
    issns: tuple[str, ...]
    fields_: Annotated[tuple[str, ...], Field(alias="fields")]
    class_: Annotated[str | None, Field(alias="class")]
    citation_format: str | None
    parent: str | None
    default_locale: str | None
    updated: str | None
    path: str


class StylesReport(_Wire):
    """``lupusrefs styles --format json``.

    Attributes:
        total: how many styles match, where `--limit` leaves some out; without words,
            how many there are.
        styles: the best match first.
    """

    schema_: Annotated[Literal["lupusrefs.styles/1"], Field(alias="schema")] = (
        "lupusrefs.styles/1"
    )
    total: int
    styles: tuple[StyleWire, ...]


def to_json(styles: Iterable[Style], total: int) -> str:
    """One JSON document, as ``docs/schemas/styles.schema.json`` describes it."""
    report = StylesReport(total=total, styles=tuple(map(_wire, styles)))
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def _wire(style: Style) -> StyleWire:
    return StyleWire(
        id=style.id,
        title=style.title,
        title_short=style.title_short,
        aliases=style.aliases,
        issns=style.issns,
        fields_=style.fields,
        class_=style.style_class,
        citation_format=style.citation_format,
        parent=style.parent,
        default_locale=style.default_locale,
        updated=style.updated,
        path=str(style.path),
    )
