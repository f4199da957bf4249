"""A bulk check from its inputs to its result.

.. code-block:: text

    plan ── partitions ──┐
                         │   of each round of 200 to 2,000 partitions
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

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from lupusrefs.baseline import Baseline
from lupusrefs.bulk import comparing, rows
from lupusrefs.bulk.asking import Asking
from lupusrefs.bulk.claim import claimed
from lupusrefs.bulk.comparing import BASELINE, Counts
from lupusrefs.bulk.context import Context
from lupusrefs.bulk.engine import Engine
from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.inputs import cut, find_inputs
from lupusrefs.bulk.plan import Options, Plan, round_size, save_plan, saved_plan
from lupusrefs.bulk.rounds import Round
from lupusrefs.bulk.run import BulkProgress, BulkRun
from lupusrefs.errors import InputError
from lupusrefs.files import appearing, write_atomically
from lupusrefs.findings import Finding
from lupusrefs.memory import Memory
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.model.location import Location
from lupusrefs.resolver import OpenRegistries
from lupusrefs.store import Store


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
            ending.enter_context(claimed(folder))
            try:
                self._conduct(folder)
            except OSError as error:
                raise InputError(
                    f"a file of this run cannot be read: {error.strerror or error}",
                    location=Location.of_file(location),
                    hint="the same command again goes on from where this one was left",
                ) from None
        return self.run

    def _conduct(self, folder: Folder) -> None:
        mirrors = [Mirror.open(one) for one in self.job.options.mirrors]
        with self.run.clock("plan"):
            plan = self._plan(folder, [one.description for one in mirrors])
        context = Context(folder, plan.options, plan.begun)
        self._rounds(plan, context, mirrors)
        with self.run.clock("end"):
            self._end(plan, context)
        folder.remove()

    # -- the plan -------------------------------------------------------------------

    def _plan(self, folder: Folder, mirrors: Sequence[Description]) -> Plan:
        """The plan, which may be that of a run that was not finished."""
        self.progress(BulkProgress("plan", 0, 0))
        own = [folder.location, *self.job.options.mirrors]
        if self.job.output is not None:
            own.append(str(self.job.output))
        inputs = find_inputs(self.job.sources, own)
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
                round_size=round_size(mirrors),
            )
            save_plan(folder, known)
        self.run.skipped, self.run.damaged = known.skipped, known.damaged
        return known

    # -- the rounds -----------------------------------------------------------------

    def _rounds(self, plan: Plan, context: Context, mirrors: Sequence[Mirror]) -> None:
        done = context.folder.names(comparing.PARTS)
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
                    tell = partial(self._tell, plan, number + 1)
                    Round(
                        self.engine,
                        self.run,
                        tell,
                        context,
                        number,
                        partitions,
                        todo,
                        base,
                    ).do(descriptions, asking)
                base += sum(one.references for one in partitions)
        self.run.warnings += [
            one for one in memory.warnings if one not in self.run.warnings
        ]

    def _tell(self, plan: Plan, number: int, phase: str, done: float) -> None:
        rounds = -(-len(plan.partitions) // plan.round_size)
        told = BulkProgress(phase, done, plan.references, number, rounds)
        self.progress(told)

    # -- the end --------------------------------------------------------------------

    def _end(self, plan: Plan, context: Context) -> None:
        """Put the rows of the partitions together."""
        self.progress(BulkProgress("end", plan.references, plan.references))
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


def _write_table(
    folder: Folder, names: Sequence[str], last: Sequence[rows.Row], output: Path
) -> None:
    """One Parquet file of many, in one step.

    Raises:
        InputError: it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    schema = rows.table_schema()
    try:
        with (
            appearing(output) as new,
            pq.ParquetWriter(new, schema, compression="zstd") as writer,
        ):
            for name in names:
                part = pq.ParquetFile(pa.BufferReader(folder.read(name)))
                writer.write_table(part.read(use_threads=False))
            if last:
                writer.write_table(pa.Table.from_pylist(list(last), schema=schema))
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}",
            location=Location.of_file(str(output)),
            hint="the same command again goes on from where this one was left",
        ) from None
