"""Building a mirror from data files, or adding data files to one.

.. code-block:: text

    sources ─ plan ─> tasks ─ runs.read_task ─> runs ─ buckets.sort_bucket ─> buckets
                       └─ in as many processes as there are ─┘

All that is half done lies in ``DIR/work``. New buckets get new names, and nobody reads
them before ``mirror.json`` names them, which is replaced in one step: a reader finds
the old mirror or the new one. The same sources give the same bytes, however many
processes there are and however often the build was stopped.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lupusrefs.errors import MirrorError
from lupusrefs.files import TEMPORARY, settle
from lupusrefs.mirror.account import as_of, description_of, source_notes, unread
from lupusrefs.mirror.buckets import BucketJob, Run
from lupusrefs.mirror.choice import Choice
from lupusrefs.mirror.data_files import find_sources
from lupusrefs.mirror.layout import (
    BUCKETS,
    DESCRIPTION,
    REJECTED,
    SOURCES,
    Description,
    bucket_name,
)
from lupusrefs.mirror.manifest import (
    FINISH,
    PLAN,
    Plan,
    SourceNote,
    WorkFolder,
    as_line,
    read_description,
    read_sources,
    write_lines,
    write_note,
)
from lupusrefs.mirror.plan import MOST_BUCKETS, bucket_count, tasks_of
from lupusrefs.mirror.rebuild import rebuild_buckets
from lupusrefs.mirror.stages import BuildProgress, Stages, processes_for
from lupusrefs.mirror.workers import Workers
from lupusrefs.mirror.writing import (
    complete_finished,
    discard,
    disk_errors_named,
    locked,
    other_plan,
    sweep,
)

__all__ = [
    "BuildOptions",
    "BuildProgress",
    "BuildReport",
    "build",
    "rebuild_buckets",
]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a mirror is built.

    Attributes:
        whole: keep records whole; None for what is usual, or what the mirror does.
        jobs: how many processes; None for as many as there are processors.
        buckets: how many buckets; None for as many as suit the sources.
        restart: throw away a build that is not finished.
        search: build the full-text index, too.
    """

    whole: bool | None = None
    jobs: int | None = None
    buckets: int | None = None
    restart: bool = False
    search: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What came of a build.

    Attributes:
        description: of the mirror as it is now.
        read: how many sources were read.
        records: how many records were read, each DOI as often as it stands there.
        rejected: how many lines or elements were set aside.
        damaged: sources that could not be read to their end, each with what is wrong.
        missing: sources that are not there, or must not be read, each with the reason.
        unchanged: sources that had been read before.
        skipped: files in folders that are no data files by their names.
        has_resumed: whether a build that had been stopped went on.
    """

    description: Description
    read: int = 0
    records: int = 0
    rejected: int = 0
    damaged: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    has_resumed: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether all sources could be read to their end."""
        return not (self.damaged or self.missing)


def build(
    sources: Sequence[str],
    folder: Path,
    options: BuildOptions | None = None,
    progress: Callable[[BuildProgress], None] = lambda _: None,
) -> BuildReport:
    """Build a mirror, or add to the one that is there.

    A build that was stopped goes on where it stopped, if it is the same one. What is
    wrong with a source is in the report; the others are read.

    Args:
        sources: data files, or folders of them; none where only the full-text index
            of a mirror is wanted.
        folder: the mirror's; it is made.
        options: how to build it.
        progress: is told how far the build is, at times.

    Raises:
        MirrorError: there is nothing to read; another build is at work or unfinished;
            the mirror is of another kind, or damaged; the disk is full.
    """
    options = options or BuildOptions()
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - keeps symbolic links
    with locked(folder), disk_errors_named(folder):
        return _Build(folder, options, progress).run(sources)


class _Build:
    """One build; the lock is held."""

    def __init__(
        self,
        folder: Path,
        options: BuildOptions,
        progress: Callable[[BuildProgress], None],
    ) -> None:
        self._folder = folder
        self._options = options
        self._progress = progress
        self._work = WorkFolder(folder)

    def run(self, arguments: Sequence[str]) -> BuildReport:
        """Do all of it."""
        report = self._run(arguments)
        if not self._options.search:
            return report
        # Also where there was nothing new to read: the mirror may have no index yet.
        self._make_index(report)
        description = read_description(self._folder) or report.description
        return replace(report, description=description)

    def _make_index(self, report: BuildReport) -> None:
        from lupusrefs.mirror.search_index import build_index  # noqa: PLC0415 - rare

        total = sum(bucket.rows for bucket in report.description.buckets)
        done = 0

        def tell(rows: int) -> None:
            nonlocal done
            done += rows
            self._progress(BuildProgress("indexing", done, total, report.records))

        build_index(self._folder, jobs=self._options.jobs, progress=tell)

    def _run(self, arguments: Sequence[str]) -> BuildReport:
        complete_finished(self._work)
        if self._options.restart:
            discard(self._work)
        old = read_description(self._folder)
        known = read_sources(self._folder)
        found = find_sources(arguments)
        choice = Choice.of(found.files, self._folder, known)
        choice.missing.extend((one, "it is not there") for one in found.missing)
        skipped = tuple(map(str, found.skipped))
        if not choice.paths:
            return self._nothing_new(old, choice, skipped)
        plan = self._plan(old, known, choice)
        has_resumed = self._begin(plan)
        with Workers(processes_for(plan, self._options.jobs)) as workers:
            stages = Stages(self._work, plan, workers, self._progress)
            results = stages.read_all(choice.paths)
            days = as_of(results)
            runs = tuple(Run(name, days) for one in results for name in one.runs)
            buckets = stages.sort_all(_bucket_jobs(self._work, plan, runs, old))
        notes = source_notes(plan, results)
        description = description_of(plan, old, (*known, *notes), buckets, days)
        self._finish(plan, known, notes, description)
        return BuildReport(
            description,
            read=len(notes),
            records=sum(note.records for note in notes),
            rejected=sum(note.rejected for note in notes),
            damaged=tuple(
                (note.source, damage) for note in notes for damage in note.damage
            ),
            missing=(*choice.missing, *unread(plan, results)),
            unchanged=tuple(choice.unchanged),
            skipped=skipped,
            has_resumed=has_resumed,
        )

    def _nothing_new(
        self, old: Description | None, choice: Choice, skipped: tuple[str, ...]
    ) -> BuildReport:
        is_for_index = self._options.search and not choice.missing
        if old is None or not (choice.unchanged or is_for_index):
            why = ", ".join(f"{name}: {reason}" for name, reason in choice.missing)
            raise MirrorError(
                f"there are no data files to read{f' ({why})' if why else ''}",
                hint="name files of Crossref or DataCite, or folders that have some",
            )
        return BuildReport(
            old,
            missing=tuple(choice.missing),
            unchanged=tuple(choice.unchanged),
            skipped=skipped,
        )

    def _plan(
        self,
        old: Description | None,
        known: Sequence[SourceNote],
        choice: Choice,
    ) -> Plan:
        wanted = self._options
        tasks, size = tasks_of(choice.paths)
        whole = bool(wanted.whole) if old is None else old.whole
        if old is not None and wanted.whole is not None and wanted.whole != whole:
            kept = "whole" if whole else "in part"
            raise MirrorError(
                f"the mirror in {self._folder} keeps its records {kept}",
                hint="add to it as it is, or build another one",
            )
        usual = bucket_count(size, whole=whole)
        buckets = wanted.buckets or usual if old is None else len(old.buckets)
        if wanted.buckets not in {None, buckets}:
            raise MirrorError(
                f"the mirror in {self._folder} has {buckets} buckets",
                hint="leave --buckets out, or build another one",
            )
        if not 1 <= buckets <= MOST_BUCKETS:
            raise MirrorError(f"a mirror has 1 to {MOST_BUCKETS} buckets")
        return Plan(
            build=_last_build(old, known) + 1,
            whole=whole,
            buckets=buckets,
            sources=choice.sources,
            tasks=tasks,
        )

    def _begin(self, plan: Plan) -> bool:
        """Note the plan, or see that it is the one that is noted; whether it was."""
        noted = self._work.plan()
        if noted is not None and noted != plan:
            raise other_plan(self._folder, noted, plan)
        self._work.make()
        sweep(self._folder)
        self._work.note_process()
        if noted is None:
            write_note(self._work.path / PLAN, plan)
        return noted is not None

    def _finish(
        self,
        plan: Plan,
        known: Sequence[SourceNote],
        notes: Sequence[SourceNote],
        description: Description,
    ) -> None:
        """Put the new files in place."""
        new = self._work.path / f"{FINISH}{TEMPORARY}"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        if description.rejected:
            rejected = self._work.rejected(len(plan.tasks))
            write_lines(new / REJECTED, _with_old(self._folder / REJECTED, rejected))
        write_lines(new / SOURCES, map(as_line, (*known, *notes)))
        write_note(new / DESCRIPTION, description)
        settle(new)
        new.rename(self._work.path / FINISH)
        settle(self._work.path)
        complete_finished(self._work)


def _last_build(old: Description | None, known: Iterable[SourceNote]) -> int:
    """The number of the build that made the mirror as it is; 0 where there is none."""
    if old is None:
        return 0
    names = (re.search(r"-(\d+)\.", bucket.name) for bucket in old.buckets)
    numbers = [int(found[1]) for found in names if found]
    return max([1, *numbers, *(note.build for note in known)])


def _bucket_jobs(
    work: WorkFolder, plan: Plan, runs: tuple[Run, ...], old: Description | None
) -> list[BucketJob]:
    """What is to be sorted; the files of each build have names of their own."""
    return [
        BucketJob(
            number,
            work,
            runs,
            old.buckets[number] if old else None,
            bucket_name(number)
            if plan.build == 1
            else f"{BUCKETS}/{number:04d}-{plan.build}.parquet",
        )
        for number in range(plan.buckets)
    ]


def _with_old(path: Path, lines: Iterable[str]) -> Iterator[str]:
    """The lines of a file, if it is there, and then these."""
    if path.exists():
        with path.open(encoding="utf-8", newline="\n") as old:
            yield from old
    yield from lines
