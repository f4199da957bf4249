"""Some buckets of a mirror, made anew from its sources."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from lupusrefs.errors import MirrorError
from lupusrefs.files import settle
from lupusrefs.mirror.buckets import BucketJob, Run
from lupusrefs.mirror.layout import BUCKETS, DESCRIPTION, BucketFile, Description
from lupusrefs.mirror.manifest import (
    REPAIR,
    REPAIRED,
    BucketResult,
    Plan,
    Source,
    SourceNote,
    TaskPart,
    WorkFolder,
    read_description,
    read_sources,
    write_note,
)
from lupusrefs.mirror.plan import source_of, tasks_of
from lupusrefs.mirror.stages import BuildProgress, Stages, processes_for
from lupusrefs.mirror.workers import Workers
from lupusrefs.mirror.writing import (
    complete_finished,
    disk_errors_named,
    locked,
    unfinished,
)


def rebuild_buckets(
    folder: Path,
    numbers: Iterable[int],
    jobs: int | None = None,
    progress: Callable[[BuildProgress], None] = lambda _: None,
) -> tuple[BucketFile, ...]:
    """Make buckets anew from the sources of a mirror, leaving the others alone.

    With the same version of pyarrow they have the same bytes as before.

    Args:
        folder: the mirror's.
        numbers: which buckets.
        jobs: how many processes; None for as many as there are processors.
        progress: is told how far this is.

    Returns:
        The new files, in the order of their numbers; ``mirror.json`` names them.

    Raises:
        MirrorError: a source is gone or has changed, or another build is at work.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as above
    with locked(folder), disk_errors_named(folder):
        return _Rebuild(folder, jobs, progress).run(sorted(set(numbers)))


class _Rebuild:
    """Some buckets made anew; the lock is held."""

    def __init__(
        self,
        folder: Path,
        jobs: int | None,
        progress: Callable[[BuildProgress], None],
    ) -> None:
        self._folder = folder
        self._jobs = jobs
        self._progress = progress
        self._work = WorkFolder(folder)

    def run(self, numbers: Sequence[int]) -> tuple[BucketFile, ...]:
        """Do all of it."""
        complete_finished(self._work)
        description = read_description(self._folder)
        if description is None:
            raise MirrorError(f"there is no mirror in {self._folder}")
        unknown = [n for n in numbers if not 0 <= n < len(description.buckets)]
        if unknown:
            raise MirrorError(f"the mirror has no bucket {unknown[0]}")
        noted = self._work.plan()
        if noted is not None:
            raise unfinished(self._folder, noted)
        notes = read_sources(self._folder)
        paths = self._unchanged(notes)
        scratch = WorkFolder(self._folder, REPAIR)
        shutil.rmtree(scratch.path, ignore_errors=True)
        scratch.make()
        scratch.note_process()
        try:
            files = self._made(scratch, description, notes, paths, numbers)
        finally:
            shutil.rmtree(scratch.path, ignore_errors=True)
        return files

    def _unchanged(self, notes: Sequence[SourceNote]) -> list[Path]:
        """Where the sources are.

        Raises:
            MirrorError: one is gone, or has changed.
        """
        paths = [self._folder / note.source for note in notes]
        wrong: list[str] = []
        for note, path in zip(notes, paths, strict=True):
            try:
                source = source_of(path, self._folder)
            except OSError:
                wrong.append(f"{path} is gone")
                continue
            if (source.bytes, source.mtime_ns) != (note.bytes, note.mtime_ns):
                wrong.append(f"{path} has changed")
        if wrong:
            raise MirrorError(
                f"the bucket cannot be made anew from its sources: {'; '.join(wrong)}",
                hint="put them back as they were, or build the mirror anew",
            )
        return paths

    def _made(
        self,
        scratch: WorkFolder,
        description: Description,
        notes: Sequence[SourceNote],
        paths: Sequence[Path],
        numbers: Sequence[int],
    ) -> tuple[BucketFile, ...]:
        tasks, _ = tasks_of(paths)
        plan = Plan(
            build=0,
            whole=description.whole,
            buckets=len(description.buckets),
            sources=tuple(
                Source(path=note.source, bytes=note.bytes, mtime_ns=note.mtime_ns)
                for note in notes
            ),
            # A run has rows of one build: they are complete up to the same day.
            tasks=tuple(_by_build(tasks, notes)),
        )
        with Workers(processes_for(plan, self._jobs)) as workers:
            made = self._remade(workers, scratch, plan, notes, paths, numbers)
        buckets = list(description.buckets)
        for number, result in zip(numbers, made, strict=True):
            file = result.file.model_copy(update={"name": buckets[number].name})
            (self._folder / result.file.name).replace(self._folder / file.name)
            buckets[number] = file
        settle(self._folder / BUCKETS)
        new = description.model_copy(update={"buckets": tuple(buckets)})
        if new != description:
            write_note(self._folder / DESCRIPTION, new)
        return tuple(buckets[number] for number in numbers)

    def _remade(
        self,
        workers: Workers,
        scratch: WorkFolder,
        plan: Plan,
        notes: Sequence[SourceNote],
        paths: Sequence[Path],
        numbers: Sequence[int],
    ) -> list[BucketResult]:
        stages = Stages(scratch, plan, workers, self._progress)
        results = stages.read_all(paths, frozenset(numbers))
        runs = tuple(
            Run(name, notes[result.parts[0].source].as_of)
            for result in results
            for name in result.runs
        )
        jobs = [
            BucketJob(number, scratch, runs, None, f"{BUCKETS}/{number:04d}{REPAIRED}")
            for number in numbers
        ]
        return stages.sort_all(jobs)


def _by_build(
    tasks: Iterable[tuple[TaskPart, ...]], notes: Sequence[SourceNote]
) -> Iterator[tuple[TaskPart, ...]]:
    """The tasks, cut where another build begins."""
    for parts in tasks:
        group: list[TaskPart] = []
        for part in parts:
            if group and notes[group[0].source].build != notes[part.source].build:
                yield tuple(group)
                group = []
            group.append(part)
        yield tuple(group)
