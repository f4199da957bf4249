"""A bulk check from its inputs to its result.

.. code-block:: text

    plan ── partitions ──┐
                         │   of each round of some 200 partitions
                         ├─ keys      which DOIs does a partition cite?
                         ├─ join      what have the mirrors of them, bucket by bucket?
                         ├─ related   and of the works that those records name?
                         ├─ ask       of the others, what do store and registries say?
                         └─ compare   the ordinary check, on what was found
    end ── the rows of all partitions, in their order

Every task writes files and leaves a mark when it is done. Who comes later, after an
end by force as well, goes on behind the marks.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic
from typing import Final, TypeVar
from uuid import uuid4

from lupusrefs.baseline import Baseline
from lupusrefs.bulk import comparing, rows
from lupusrefs.bulk.asking import Asking, Wanted
from lupusrefs.bulk.comparing import BASELINE, CompareTask, Counts
from lupusrefs.bulk.context import Context
from lupusrefs.bulk.engine import Engine
from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.inputs import cut, find_inputs
from lupusrefs.bulk.joining import Joined, JoinTask, join
from lupusrefs.bulk.keys import Key, KeysTask, find_keys, read_keys
from lupusrefs.bulk.plan import (
    Options,
    Partition,
    Plan,
    save_plan,
    saved_plan,
)
from lupusrefs.checker import kept_open
from lupusrefs.errors import InputError
from lupusrefs.extras import extra
from lupusrefs.files import write_atomically
from lupusrefs.findings import Finding
from lupusrefs.memory import Memory
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.model.location import Location
from lupusrefs.resolver import OpenRegistries
from lupusrefs.store import Store

T = TypeVar("T")
R = TypeVar("R")

# Of the time that a reference takes: its line is looked at for identifiers; a mirror's
# row group is unpacked for it; it is read in full and compared.
_KEYS, _JOIN = 0.05, 0.25
# Where registries are asked, that takes as long as all else, or longer.
_ASK = 0.35
# Bytes of records, unpacked, that one task of a join holds; and by how much zstd has
# packed them.
_JOIN_BYTES: Final = 1 << 25
_PACKED: Final = 5
_FEWEST_JOINS: Final = 8
# Records name others in one case of ten or so.
_RELATED: Final = 10
_MARK: Final = "begun"
_LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far a run is.

    Attributes:
        phase: what is being done.
        done: references, those that are half done in part.
        total: how many there are, as far as that is known.
    """

    phase: str
    done: float
    total: int


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done.

    Attributes:
        sources: files, folders and URLs.
        options: what decides on the result.
        baseline: the findings that are known; None where all count.
        output: the file to write; None where the rows are taken.
        work: the folder or URL for what is not finished; None for one beside the
            output.
    """

    sources: Sequence[str]
    options: Options
    baseline: Baseline | None = None
    output: Path | None = None
    work: str | None = None

    @property
    def folder(self) -> str | None:
        """Where what is not finished is; None where nobody said."""
        if self.work is not None:
            return self.work
        return f"{self.output}.partial" if self.output is not None else None


@dataclass(slots=True)
class BulkRun:
    """What a bulk check came to.

    Attributes:
        counts: the numbers.
        skipped: files of folders that are none of references.
        damaged: inputs that cannot be read, or not to their end.
        general: findings that belong to no reference.
        warnings: what went wrong with the store and the mirrors.
        requests: how many requests were sent, by service.
        resumed: references that were done by an earlier run.
        was_other: whether there was an unfinished run of something else, now gone.
        seconds: how long it took, by phase.
    """

    counts: Counts = field(default_factory=Counts)
    skipped: int = 0
    damaged: tuple[tuple[str, str], ...] = ()
    general: tuple[Finding, ...] = ()
    warnings: list[str] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    was_other: bool = False
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Conductor:
    """Does a job.

    Attributes:
        job: what is to be done.
        engine: who does it.
        store: what was answered before.
        open_registries: opens the way to the registries; None means offline.
        take: takes the rows, where there is no output.
        progress: told how far the run is.
        run: takes what it came to.
    """

    job: Job
    engine: Engine
    store: Store
    open_registries: OpenRegistries | None
    take: Callable[[bytes], None]
    progress: Callable[[BulkProgress], None]
    run: BulkRun = field(default_factory=BulkRun)

    def conduct(self) -> BulkRun:
        """Do it.

        Raises:
            EngineError: the workers cannot do their tasks.
            InputError: an input is not there, or a file cannot be written.
            MirrorError: a mirror cannot be read.
        """
        with ExitStack() as ending:
            location = self.job.folder
            if location is None:
                location = mkdtemp(prefix="lupusrefs-")
                ending.callback(Folder(location).remove)
            folder = Folder(location)
            ending.enter_context(_claimed(folder))
            with _clock(self.run, "plan"):
                plan = self._plan(folder)
            context = Context(folder, plan.options, plan.begun)
            self._rounds(plan, context)
            with _clock(self.run, "end"):
                self._end(plan, context)
            folder.remove()
        return self.run

    # -- the plan -------------------------------------------------------------------

    def _plan(self, folder: Folder) -> Plan:
        """The plan, which may be that of a run that was not finished."""
        self._tell("plan", 0, 0)
        inputs = find_inputs(self.job.sources)
        known = saved_plan(folder)
        if known is None or not known.is_of(self.job.options, inputs.files):
            self.run.was_other = known is not None
            for under in ("parts", "input", "rounds"):
                folder.remove(under)
            if self.job.baseline is not None:
                marks = sorted(one.fingerprint for one in self.job.baseline.findings)
                folder.write(BASELINE, json.dumps(marks).encode())
            made = cut(inputs, folder)
            known = Plan(
                begun=datetime.now(UTC),
                options=self.job.options,
                inputs=tuple(inputs.files),
                skipped=inputs.skipped,
                damaged=tuple(made.damaged),
                partitions=tuple(made.partitions),
            )
            save_plan(folder, known)
        self.run.skipped, self.run.damaged = known.skipped, known.damaged
        return known

    # -- the rounds -----------------------------------------------------------------

    def _rounds(self, plan: Plan, context: Context) -> None:
        done = context.folder.names(comparing.PARTS)
        mirrors = [Mirror.open(one) for one in plan.options.mirrors]
        memory = Memory(
            self.store, plan.begun, refresh=plan.options.refresh, mirrors=mirrors
        )
        asking = Asking(
            self.store, memory, self.open_registries, refresh=plan.options.refresh
        )
        base = 0
        with ExitStack() as opened:
            for mirror in mirrors:
                opened.enter_context(mirror)
            descriptions = [mirror.description for mirror in mirrors]
            for number, partitions in enumerate(plan.rounds()):
                todo = [
                    one for one in partitions if f"{one.number:06d}.json" not in done
                ]
                for one in partitions:
                    if one not in todo:
                        content = context.folder.read(comparing.counts_name(one.number))
                        counts = Counts.model_validate_json(content)
                        self.run.counts.add(counts)
                        self.run.resumed += counts.references
                if todo:
                    round_ = _Round(
                        self, context, number, partitions, todo, base, plan.references
                    )
                    round_.do(descriptions, asking)
                base += sum(one.references for one in partitions)
        self.run.warnings += [
            one for one in memory.warnings if one not in self.run.warnings
        ]

    def _tell(self, phase: str, done: float, total: int) -> None:
        self.progress(BulkProgress(phase, done, total))

    # -- the end --------------------------------------------------------------------

    def _end(self, plan: Plan, context: Context) -> None:
        """Put the rows of the partitions together."""
        self._tell("end", plan.references, plan.references)
        general = list(self._stale(context))
        self.run.general = tuple(general)
        self.run.counts.add_findings(general, context)
        last = [rows.general_row(found) for found in general]
        self.run.counts.rows += len(last)
        kind = plan.options.output
        names = [comparing.part_name(one.number, kind) for one in plan.partitions]
        output = self.job.output
        if kind == "parquet":
            if output is None:
                raise AssertionError("a table is written to a file")
            _write_table(context.folder, names, last, output)
            return
        pieces = self._lines(context, names, last)
        if output is None:
            for piece in pieces:
                self.take(piece)
        else:
            write_atomically(output, (piece.decode() for piece in pieces))

    @staticmethod
    def _lines(
        context: Context, names: Sequence[str], last: Sequence[rows.Row]
    ) -> Iterator[bytes]:
        yield from map(context.folder.read, names)
        yield rows.as_lines(last)

    def _stale(self, context: Context) -> Iterator[Finding]:
        """The ignores of the configuration that were of no use to any partition."""
        policy = context.policy()
        used = {policy.ignores[at] for at in self.run.counts.used_ignores}
        unasked = frozenset(
            ("landing-page-gone", "lock-missing", "lock-differs", "registry-changed")
        )
        found = (
            ignore.stale_finding(is_expired=is_expired)
            for ignore, is_expired in policy.stale((), unasked)
            if is_expired or ignore not in used
        )
        return policy.graded(found)


@dataclass(slots=True)
class _Round:
    """Some partitions, from their keys to their rows."""

    conductor: Conductor
    context: Context
    number: int
    partitions: Sequence[Partition]
    todo: Sequence[Partition]
    base: int
    total: int
    marks: set[str] = field(default_factory=set)
    _done: float = 0

    @property
    def under(self) -> str:
        """The folder of what stands between the phases."""
        return f"rounds/{self.number:04d}"

    @property
    def _range(self) -> tuple[int, int]:
        return self.partitions[0].number, self.partitions[-1].number + 1

    def do(self, mirrors: Sequence[Description], asking: Asking) -> None:
        """All phases."""
        run = self.conductor.run
        self.marks = set(self.context.folder.names(self.under))
        with _clock(run, "keys"):
            cited = self._keys()
        with _clock(run, "join"):
            found, missing, named = self._join(mirrors, "cited", cited, named=True)
        with _clock(run, "related"):
            more, unnamed, _ = self._join(mirrors, "related", named, named=False)
        with _clock(run, "ask"):
            handed = self._ask(asking, cited, missing, unnamed)
        with _clock(run, "compare"):
            self._compare([*found, *more], handed)
        self.context.folder.remove(self.under)

    def _each(
        self,
        phase: str,
        function: Callable[[T], R],
        tasks: Sequence[T],
        weights: Sequence[float],
    ) -> Iterator[R]:
        """Do tasks, and tell of each."""
        tell = self.conductor._tell  # noqa: SLF001 - of this very module
        tell(phase, self.base + self._done, self.total)
        results = self.conductor.engine.run(function, tasks)
        for result, weight in zip(results, weights, strict=True):
            self._done += weight
            tell(phase, self.base + self._done, self.total)
            yield result

    @property
    def _references(self) -> int:
        return sum(one.references for one in self.partitions)

    def _keys(self) -> list[str]:
        """The files of the keys of all partitions."""
        names = {one.number: f"keys-{one.number:06d}" for one in self.partitions}
        todo = [one for one in self.partitions if names[one.number] not in self.marks]
        self._done += _KEYS * (self._references - sum(one.references for one in todo))
        tasks = [
            KeysTask(self.context, one, f"{self.under}/{names[one.number]}")
            for one in todo
        ]
        weights = [_KEYS * one.references for one in todo]
        for _ in self._each("keys", find_keys, tasks, weights):
            pass
        return [f"{self.under}/{name}" for name in names.values()]

    def _join(
        self,
        mirrors: Sequence[Description],
        stage: str,
        wanted: Sequence[str],
        *,
        named: bool,
    ) -> tuple[list[tuple[int, str]], list[str], list[str]]:
        """Look up keys in one mirror after the other.

        Args:
            mirrors: what they are.
            stage: for the names of files.
            wanted: the files of the keys.
            named: whether it is of interest what the records name.

        Returns:
            the files of rows, each with the number of its mirror; the files of the
            keys that are in none; and those of the keys that are named.
        """
        found: list[tuple[int, str]] = []
        others: list[str] = []
        share = (
            _JOIN * self._references * (0.9 if named else 0.1) / max(len(mirrors), 1)
        )
        for number, mirror in enumerate(mirrors):
            if not wanted or not mirror.buckets:
                self._done += share
                continue
            tasks = [
                JoinTask(
                    self.context,
                    number,
                    buckets,
                    tuple(wanted),
                    self._range,
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-rows",
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-missing",
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-named"
                    if named
                    else None,
                )
                for buckets in _bucket_groups(
                    mirror, self._references // (1 if named else _RELATED)
                )
            ]
            results = self._joined(tasks, share, stage)
            found += [
                (number, task.to)
                for task, one in zip(tasks, results, strict=True)
                if one.found
            ]
            others += [
                task.related
                for task, one in zip(tasks, results, strict=True)
                if one.related and task.related is not None
            ]
            wanted = [
                task.missing
                for task, one in zip(tasks, results, strict=True)
                if one.missing
            ]
        return found, list(wanted), others

    def _joined(
        self, tasks: Sequence[JoinTask], share: float, stage: str
    ) -> list[Joined]:
        """Do the joins that are not done; gives what each came to."""
        folder = self.context.folder
        marks = [f"{task.to}.done" for task in tasks]
        is_done = [mark.rpartition("/")[2] in self.marks for mark in marks]
        todo = [task for task, done in zip(tasks, is_done, strict=True) if not done]
        weight = share / len(tasks)
        self._done += weight * (len(tasks) - len(todo))
        phase = "join" if stage == "cited" else "related"
        new = self._each(phase, join, todo, [weight] * len(todo))
        results: list[Joined] = []
        for mark, done in zip(marks, is_done, strict=True):
            if done:
                results.append(Joined(**json.loads(folder.read(mark))))
            else:
                results.append(next(new))
                one = results[-1]
                told = {
                    "found": one.found,
                    "missing": one.missing,
                    "related": one.related,
                    "warnings": one.warnings,
                }
                folder.write(mark, json.dumps(told).encode())
            for warning in results[-1].warnings:
                if warning not in self.conductor.run.warnings:
                    self.conductor.run.warnings.append(warning)
        # One that is left before its end would be closed, and its last step not taken.
        for _ in new:
            raise AssertionError("there are more results than tasks")
        return results

    # -- what no mirror has ---------------------------------------------------------

    def _ask(
        self,
        asking: Asking,
        cited: Sequence[str],
        missing: Sequence[str],
        named: Sequence[str],
    ) -> dict[int, str]:
        """Number of a partition -> the file of what is known beside the mirrors."""
        if asking.has_nothing:
            return {}
        absent = _by_partition(self.context.folder, missing)
        unnamed = _by_partition(self.context.folder, named)
        names: dict[int, str] = {}
        share = _ASK if asking.open_registries is not None else 0.0

        async def ask() -> None:
            async with AsyncExitStack() as stack:
                opened = replace(
                    asking, open_registries=kept_open(asking.open_registries, stack)
                )
                for one in self.todo:
                    name = f"{self.under}/handed-{one.number:06d}"
                    if name.rpartition("/")[2] not in self.marks:
                        wanted = self._wanted(one, cited, absent, unnamed)
                        handed = await opened.hand(wanted)
                        text = handed.model_dump_json() if handed is not None else ""
                        self.context.folder.write(name, text.encode())
                    names[one.number] = name
                    self._done += share * one.references
                    tell = self.conductor._tell  # noqa: SLF001 - as above
                    tell("ask", self.base + self._done, self.total)

        asyncio.run(ask())
        return names

    def _wanted(
        self,
        partition: Partition,
        cited: Sequence[str],
        missing: dict[int, list[Key]],
        named: dict[int, list[Key]],
    ) -> Wanted:
        at = partition.number - self.partitions[0].number
        content = self.context.folder.read(cited[at])
        return Wanted(
            [key for _, key in read_keys(content)],
            frozenset(key.key for key in missing.get(partition.number, ())),
            named.get(partition.number, ()),
        )

    # -- the comparison -------------------------------------------------------------

    def _compare(
        self, found: Sequence[tuple[int, str]], handed: dict[int, str]
    ) -> None:
        first = self.partitions[0].number
        files = tuple(
            tuple(name for of, name in found if of == number)
            for number in range(len(self.context.options.mirrors))
        )
        tasks = [
            CompareTask(
                self.context, one, files, one.number - first, handed.get(one.number)
            )
            for one in self.todo
        ]
        begin = self._done
        left = self._references - begin
        total = sum(one.references for one in self.todo) or 1
        weights = [left * one.references / total for one in self.todo]
        for counts in self._each(
            "compare", comparing.compare_partition, tasks, weights
        ):
            self.conductor.run.counts.add(counts)


@contextmanager
def _clock(run: BulkRun, phase: str) -> Iterator[None]:
    """Count the seconds of a phase."""
    begin = monotonic()
    yield
    run.seconds[phase] = run.seconds.get(phase, 0.0) + monotonic() - begin


@contextmanager
def _claimed(folder: Folder) -> Iterator[None]:
    """The folder of a run, for this process alone.

    Raises:
        InputError: it has something else in it, or another run is at work there.
    """
    if folder.is_remote:
        # Nobody can lock anything there; but it must not be somebody's data.
        if not folder.exists(_MARK) and folder.names(""):
            raise _not_ours(folder)
        folder.write(_MARK, b"")
        yield
        return
    path = Path(folder.location)
    is_new = not path.exists() or (path.is_dir() and not any(path.iterdir()))
    if not is_new and not (path / _MARK).exists():
        raise _not_ours(folder)
    folder.write(_MARK, b"")
    with extra("mirror", "a bulk check"):
        from filelock import FileLock, Timeout  # noqa: PLC0415 - an extra
    lock = FileLock(path / _LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(
            "another bulk check is at work here",
            location=Location.of_file(folder.location),
            hint="wait for its end, or name another folder with --work",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _not_ours(folder: Folder) -> InputError:
    return InputError(
        "there is something here that is no unfinished bulk check",
        location=Location.of_file(folder.location),
        hint="name another folder with --work",
    )


def _by_partition(folder: Folder, names: Sequence[str]) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = {}
    for name in names:
        for number, key in read_keys(folder.read(name)):
            found.setdefault(number, []).append(key)
    return found


def _bucket_groups(mirror: Description, references: int) -> list[tuple[int, int]]:
    """The buckets in groups, so that the records of each fit into little memory."""
    buckets = len(mirror.buckets)
    packed = sum(one.bytes for one in mirror.buckets)
    records = sum(one.rows for one in mirror.buckets) or 1
    wanted = _PACKED * packed // records * min(references, records)
    number = max(wanted // _JOIN_BYTES + 1, _FEWEST_JOINS)
    number = min(number, buckets)
    edges = [buckets * at // number for at in range(number + 1)]
    return list(pairwise(edges))


def _write_table(
    folder: Folder, names: Sequence[str], last: Sequence[rows.Row], output: Path
) -> None:
    """One Parquet file of many, in one step.

    Raises:
        InputError: it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    temporary = output.with_name(f".{output.name}.{uuid4().hex[:8]}.tmp")
    schema = rows.table_schema()
    try:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for name in names:
                part = pq.ParquetFile(pa.BufferReader(folder.read(name)))
                writer.write_table(part.read(use_threads=False))
            if last:
                writer.write_table(pa.Table.from_pylist(list(last), schema=schema))
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(output)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}",
            location=Location.of_file(str(output)),
            hint="the same command again goes on from where this one was left",
        ) from None
    finally:
        with suppress(OSError):
            temporary.unlink()
