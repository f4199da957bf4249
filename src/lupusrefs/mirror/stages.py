"""The two steps of a build, each in several processes, as far as they are not done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from lupusrefs.errors import MirrorError
from lupusrefs.mirror.buckets import BucketJob, sort_bucket
from lupusrefs.mirror.manifest import BucketResult, Plan, TaskResult, WorkFolder
from lupusrefs.mirror.runs import Task, read_task
from lupusrefs.mirror.workers import Workers
from lupusrefs.workers import ATTEMPTS, WorkerDied

_J = TypeVar("_J")
_R = TypeVar("_R")
_SMALL_BYTES = 4 << 20
_Phase = Literal["reading", "sorting", "indexing"]


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is.

    Attributes:
        phase: ``reading`` the sources, ``sorting`` the buckets, or ``indexing`` them.
        done: how many bytes of the sources are read, how many buckets are sorted, or
            how many records are in the index.
        total: how many there are.
        records: how many records were read.
    """

    phase: _Phase
    done: int
    total: int
    records: int


def processes_for(plan: Plan, jobs: int | None) -> int:
    """How many processes a build is worth.

    Args:
        plan: what is built.
        jobs: how many are wanted; None for as many as there are processors.
    """
    if jobs is not None:
        return jobs
    size = sum(source.bytes for source in plan.sources)
    # Before a process has begun, this one has read so much.
    return 1 if size < _SMALL_BYTES else os.cpu_count() or 1


class Stages:
    """The two steps, each in several processes.

    Args:
        work: the folder of the build.
        plan: what is built.
        workers: who does it.
        progress: is told how far it is.
    """

    def __init__(
        self,
        work: WorkFolder,
        plan: Plan,
        workers: Workers,
        progress: Callable[[BuildProgress], None],
    ) -> None:
        self._work = work
        self._plan = plan
        self._workers = workers
        self._progress = progress
        self._records = 0

    def read_all(
        self, paths: Sequence[Path], only: frozenset[int] | None = None
    ) -> list[TaskResult]:
        """Do the tasks that are not done yet.

        Args:
            paths: the sources' paths, in the order of the plan.
            only: keep the rows of these buckets alone; None for all.

        Raises:
            MirrorError: a process died time and again.
            OSError: something cannot be written.
        """
        plan = self._plan
        results: dict[int, TaskResult] = {}
        waiting: list[Task] = []
        for number, parts in enumerate(plan.tasks):
            result = self._work.task_result(number)
            if result is not None:
                results[number] = result
                continue
            task = Task(
                number,
                parts,
                tuple(paths[part.source] for part in parts),
                self._work,
                plan.whole,
                plan.buckets,
                only,
            )
            waiting.append(task)
        sizes = [_bytes_of(plan, number) for number in range(len(plan.tasks))]
        total = sum(sizes)
        done = sum(sizes[number] for number in results)
        self._records = sum(map(_records_of, results.values()))
        before = done

        def tell() -> None:
            # A job that was done twice was read twice.
            read = min(total, max(done, before + self._workers.bytes_read))
            self._progress(BuildProgress("reading", read, total, self._records))

        tell()
        for task, result in self._each(read_task, waiting, tell):
            results[task.number] = result
            done += sizes[task.number]
            self._records += _records_of(result)
            tell()
        return [results[number] for number in range(len(plan.tasks))]

    def sort_all(self, jobs: Sequence[BucketJob]) -> list[BucketResult]:
        """Sort the buckets that are not sorted yet.

        Raises:
            MirrorError: a process died time and again; an old bucket is damaged.
            OSError: something cannot be written.
        """
        results: dict[int, BucketResult] = {}
        for job in jobs:
            result = self._work.bucket_result(job.number)
            if result is not None:
                results[job.number] = result
        waiting = [job for job in jobs if job.number not in results]
        total = len(jobs)
        self._progress(BuildProgress("sorting", len(results), total, self._records))
        for job, result in self._each(sort_bucket, waiting):
            results[job.number] = result
            self._progress(BuildProgress("sorting", len(results), total, self._records))
        return [results[job.number] for job in jobs]

    def _each(
        self,
        work: Callable[[_J], _R],
        jobs: Sequence[_J],
        tick: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[_J, _R]]:
        try:
            yield from self._workers.done(work, jobs, tick)
        except WorkerDied as died:
            raise MirrorError(
                f"the process that worked on this died {ATTEMPTS} times: "
                f"{_named(died.job)}",
                hint="it may have been out of memory: the same command goes on where "
                "it stopped, with fewer processes at a time if you give --jobs",
            ) from None


def _named(job: object) -> str:
    """A job as its user knows it."""
    if isinstance(job, Task):
        return ", ".join(map(str, dict.fromkeys(job.paths)))
    return f"bucket {job.number}" if isinstance(job, BucketJob) else "a job"


def _bytes_of(plan: Plan, number: int) -> int:
    """How many bytes a task reads."""
    return sum(
        plan.sources[part.source].bytes
        if part.members is None
        else sum(member.size for member in part.members)
        for part in plan.tasks[number]
    )


def _records_of(result: TaskResult) -> int:
    return sum(part.records for part in result.parts)
