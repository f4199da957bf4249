"""What came of all tasks and buckets, together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from lupusrefs.mirror.layout import Description, RegistryName, RegistryPart
from lupusrefs.mirror.manifest import (
    BucketResult,
    PartResult,
    Plan,
    Source,
    SourceNote,
    TaskResult,
)
from lupusrefs.mirror.runs import REGISTRIES


def as_of(results: Iterable[TaskResult]) -> dict[RegistryName, date]:
    """Up to which day what was read is complete: that of the newest record."""
    newest = _newest(result.newest for result in results)
    return {registry: moment.date() for registry, moment in newest.items()}


def source_notes(plan: Plan, results: Sequence[TaskResult]) -> list[SourceNote]:
    """What came of each source that could be read at all, in order."""
    days = as_of(results)
    return [
        SourceNote(
            source=source.path,
            bytes=source.bytes,
            mtime_ns=source.mtime_ns,
            build=plan.build,
            as_of=days,
            records=sum(part.records for part in parts),
            rejected=sum(part.rejected for part in parts),
            damage=tuple(damage for part in parts for damage in part.damage),
        )
        for source, parts in _parts(plan, results)
        if not all(part.is_unread for part in parts)
    ]


def unread(plan: Plan, results: Sequence[TaskResult]) -> list[tuple[str, str]]:
    """The sources that could not be read at all, each with the reason."""
    return [
        (source.path, "; ".join(damage for part in parts for damage in part.damage))
        for source, parts in _parts(plan, results)
        if all(part.is_unread for part in parts)
    ]


def description_of(
    plan: Plan,
    old: Description | None,
    notes: Sequence[SourceNote],
    buckets: Sequence[BucketResult],
    days: Mapping[RegistryName, date],
) -> Description:
    """``mirror.json``.

    Args:
        plan: what was built.
        old: the mirror as it was; None where there was none.
        notes: all sources, those of former builds, too.
        buckets: what came of each bucket.
        days: up to which day what was read now is complete.
    """
    newest = _newest(bucket.newest for bucket in buckets)
    registries: dict[RegistryName, RegistryPart] = {}
    for registry in REGISTRIES:
        records = sum(bucket.records.get(registry, 0) for bucket in buckets)
        if not records:
            continue
        before = old.registries.get(registry) if old else None
        registries[registry] = RegistryPart(
            records=records,
            # What is added is a part of what there is: the rest becomes no younger.
            as_of=before.as_of if before else days.get(registry),
            newest=newest.get(registry),
        )
    return Description(
        whole=plan.whole,
        registries=registries,
        aliases=sum(bucket.aliases for bucket in buckets),
        sources=len(notes),
        source_bytes=sum(note.bytes for note in notes),
        damaged=sum(bool(note.damage) for note in notes),
        rejected=sum(note.rejected for note in notes),
        buckets=tuple(bucket.file for bucket in buckets),
        retractions=old.retractions if old else None,
        search=old.search if old else None,
    )


def _parts(
    plan: Plan, results: Sequence[TaskResult]
) -> Iterator[tuple[Source, list[PartResult]]]:
    by_source: list[list[PartResult]] = [[] for _ in plan.sources]
    for result in results:
        for part in result.parts:
            by_source[part.source].append(part)
    yield from zip(plan.sources, by_source, strict=True)


def _newest(
    found: Iterable[Mapping[RegistryName, datetime]],
) -> dict[RegistryName, datetime]:
    newest: dict[RegistryName, datetime] = {}
    for moments in found:
        for registry, moment in moments.items():
            newest[registry] = max(newest.get(registry, moment), moment)
    return newest
