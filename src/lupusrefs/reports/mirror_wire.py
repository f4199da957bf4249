"""The JSON contract of ``mirror info``; ``mirror-info.schema.json`` is made of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lupusrefs.mirror.info import MirrorInfo, SearchState


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class RegistryWire(_Wire):
    """What a mirror has of one registry.

    Attributes:
        name: `crossref` or `datacite`.
        records: how many DOIs, without aliases.
        as_of: the day up to which they are complete; null where that is not known.
        newest: when the youngest record was indexed, ISO 8601 in UTC.
    """

    name: str
    records: int
    as_of: date | None
    newest: datetime | None


class RetractionsWire(_Wire):
    """What a mirror has of Retraction Watch.

    Attributes:
        notices: how many.
        as_of: the day of the youngest of them.
    """

    notices: int
    as_of: date | None


class DamagedWire(_Wire):
    """A data file that could not be read to its end.

    Attributes:
        name: its path, as it was given.
        problem: what is wrong with it.
    """

    name: str
    problem: str


class SourcesWire(_Wire):
    """The data files that a mirror was made of.

    Attributes:
        files: how many.
        bytes: how large they were.
        rejected: how many lines or records were set aside, in `rejected.jsonl`.
        damaged: those that could not be read to their end.
    """

    files: int
    bytes: int
    rejected: int
    damaged: tuple[DamagedWire, ...]


class BuildWire(_Wire):
    """A build that has begun and not ended.

    Attributes:
        tasks_done: how many of its tasks, of which each reads some sources, are done.
        tasks: how many there are.
        buckets_done: how many buckets, which are written next, are.
        buckets: how many there are.
        is_going_on: whether a process is at it now, as far as that can be known.
    """

    tasks_done: int
    tasks: int
    buckets_done: int
    buckets: int
    is_going_on: bool


class MirrorInfoReport(_Wire):
    """``lupusrefs mirror info --format json``.

    Attributes:
        location: the folder or URL, as it was named.
        is_built: whether there is a mirror; false while its first build has not ended,
            and then what follows is null or empty.
        registries: what there is of each.
        records: how many DOIs, without aliases.
        aliases: how many DOIs lead to the record that they were merged into.
        whole: whether records are kept whole.
        retractions: of Retraction Watch; null where they are not there.
        search: `none`, `current`, or `out-of-date` where the buckets are newer.
        sources: the data files that were read.
        buckets: how many files of records.
        bytes: how large all files of the mirror are together.
        bytes_per_record: how large the buckets are, by their records.
        build: a build that has begun and not ended; null where there is none.
    """

    schema_: Annotated[Literal["lupusrefs.mirror-info/1"], Field(alias="schema")] = (
        "lupusrefs.mirror-info/1"
    )
    location: str
    is_built: bool
    registries: tuple[RegistryWire, ...]
    records: int
    aliases: int
    whole: bool
    retractions: RetractionsWire | None
    search: Literal["none", "current", "out-of-date"]
    sources: SourcesWire | None
    buckets: int
    bytes: int
    bytes_per_record: float | None
    build: BuildWire | None


def to_json(info: MirrorInfo) -> str:
    """One JSON document, as ``docs/schemas/mirror-info.schema.json`` describes it."""
    return of_info(info).model_dump_json(by_alias=True, indent=2) + "\n"


def of_info(info: MirrorInfo) -> MirrorInfoReport:
    """The report as a value."""
    found = info.description
    build = info.unfinished
    retractions = found.retractions if found else None
    in_buckets = sum(one.bytes for one in found.buckets) if found else 0
    return MirrorInfoReport(
        location=info.location,
        is_built=found is not None,
        registries=tuple(
            RegistryWire(
                name=name, records=part.records, as_of=part.as_of, newest=part.newest
            )
            for name, part in (found.registries.items() if found else ())
        ),
        records=found.records if found else 0,
        aliases=found.aliases if found else 0,
        whole=found is not None and found.whole,
        retractions=RetractionsWire(notices=retractions.rows, as_of=retractions.as_of)
        if retractions
        else None,
        search=_SEARCH[info.search],
        sources=_sources(info),
        buckets=len(found.buckets) if found else 0,
        bytes=info.bytes,
        bytes_per_record=round(in_buckets / found.records, 1)
        if found and found.records
        else None,
        build=BuildWire(
            tasks_done=build.tasks_done,
            tasks=build.tasks,
            buckets_done=build.buckets_done,
            buckets=build.buckets,
            is_going_on=build.is_going_on,
        )
        if build
        else None,
    )


_SEARCH: dict[SearchState, Literal["none", "current", "out-of-date"]] = {
    SearchState.NONE: "none",
    SearchState.CURRENT: "current",
    SearchState.OUT_OF_DATE: "out-of-date",
}


def _sources(info: MirrorInfo) -> SourcesWire | None:
    found = info.description
    if found is None:
        return None
    return SourcesWire(
        files=found.sources,
        bytes=found.source_bytes,
        rejected=found.rejected,
        damaged=tuple(
            DamagedWire(name=one.name, problem=one.problem) for one in info.damaged
        ),
    )
