"""The first step of a build: data files -> *runs*, the rows of a task by bucket.

A run is an Arrow file with one batch a bucket, in the order of their numbers, so that
the second step gets at one bucket without reading the others. Rows keep the order in
which they were read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO, cast, get_args
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc

from lupusrefs.files import appearing
from lupusrefs.mirror.data_files import Member, data_files
from lupusrefs.mirror.json_blocks import Damaged, Piece, blocks
from lupusrefs.mirror.layout import RegistryName
from lupusrefs.mirror.manifest import (
    PartResult,
    RejectedNote,
    TaskPart,
    TaskResult,
    WorkFolder,
    as_line,
    write_note,
)
from lupusrefs.mirror.records import ROW_SCHEMA, RecordReader, Refused

REGISTRIES: Final[tuple[RegistryName, ...]] = get_args(RegistryName)
# The rows of one run, as they are in memory.
_RUN_BYTES: Final = 64 << 20
# So many batches are joined before more are gathered.
_FEW: Final = 1_000
# Of so many refused values of one data file the text is kept.
_SHOWN_REFUSED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker reads at a time.

    Attributes:
        number: its number in the plan.
        parts: what it reads, in order.
        paths: the sources' paths, one a part.
        work: the folder of the build.
        whole: whether records are kept whole.
        buckets: how many there are.
        only: keep the rows of these buckets alone; None for all.
    """

    number: int
    parts: tuple[TaskPart, ...]
    paths: tuple[Path, ...]
    work: WorkFolder
    whole: bool
    buckets: int
    only: frozenset[int] | None = None


def read_task(task: Task) -> TaskResult:
    """Read the task's data files, and write its runs and its result.

    Raises:
        OSError: something cannot be written.
    """
    writer = RunWriter(task)
    parts: list[PartResult] = []
    with appearing(task.work.rejected_file(task.number)) as new:
        with closing(_Refusals(new)) as refusals:
            for part, path in zip(task.parts, task.paths, strict=True):
                reading = _PartReading(path, whole=task.whole, refuse=refusals.write)
                parts.append(reading.read(part, writer.add))
        runs = writer.close()
    result = TaskResult(parts=tuple(parts), runs=runs, newest=writer.newest)
    write_note(task.work.task_file(task.number), result)
    return result


class _Refusals:
    """A file of notes on refused values, which is there if there are any."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def write(self, note: RejectedNote) -> None:
        """Add a note."""
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._file.write(as_line(note))

    def close(self) -> None:
        """Write all that is held back."""
        if self._file is not None:
            self._file.close()


@dataclass(slots=True)
class _PartReading:
    """Reads one source, or a stretch of a tar.

    Attributes:
        path: the source.
        whole: whether records are kept whole.
        refuse: takes notes on refused values.
    """

    path: Path
    whole: bool
    refuse: Callable[[RejectedNote], None]
    _records: int = 0
    _refused: int = 0
    _damage: list[str] = field(default_factory=list)

    def read(
        self, part: TaskPart, keep: Callable[[pa.RecordBatch], None]
    ) -> PartResult:
        """Read all of it, giving the rows to ``keep``."""
        members = part.members
        wanted = None
        if members is not None:
            wanted = [Member(one.name, one.offset, one.size) for one in members]
        files = 0
        try:
            for file in data_files(self.path, wanted):
                files += 1
                try:
                    self._read_file(file.member, blocks(file.stream), keep)
                except Damaged as damage:
                    self._note(file.member, str(damage))
        except Damaged as damage:
            self._note(None, str(damage))
        if part.damage:
            self._note(None, part.damage)
        return PartResult(
            source=part.source,
            records=self._records,
            rejected=self._refused,
            damage=tuple(self._damage),
            is_unread=bool(self._damage) and not files,
        )

    def _read_file(
        self,
        member: str | None,
        pieces: Iterator[Piece],
        keep: Callable[[pa.RecordBatch], None],
    ) -> None:
        reader = RecordReader(whole=self.whole)
        refused_here = 0
        for piece in pieces:
            rows, refused = reader.read(piece)
            if rows is not None:
                self._records += rows.num_rows - (
                    pc.sum(rows.column("is_alias")).as_py() or 0
                )
                keep(rows)
            for one in refused:
                refused_here += 1
                text = one.text if refused_here <= _SHOWN_REFUSED else ""
                self._set_aside(member, one, text)

    def _set_aside(self, member: str | None, one: Refused, text: str) -> None:
        self._refused += 1
        note = RejectedNote.of(
            str(self.path), member, one.number, one.unit, one.reason, text
        )
        self.refuse(note)

    def _note(self, member: str | None, damage: str) -> None:
        self._damage.append(f"{member}: {damage}" if member else damage)


class RunWriter:
    """Gathers rows, and writes them as runs.

    Args:
        task: whose rows they are.
    """

    def __init__(self, task: Task) -> None:
        self.newest: dict[RegistryName, datetime] = {}
        self._task = task
        self._names: list[str] = []
        self._held: list[pa.RecordBatch] = []
        self._few: list[pa.RecordBatch] = []
        self._held_bytes = 0

    def add(self, rows: pa.RecordBatch) -> None:
        """Take rows; those of a full run are written."""
        self._few.append(rows)
        self._held_bytes += rows.nbytes
        # A batch of one row costs more than the row: of files with one record each.
        if len(self._few) >= _FEW:
            self._held.append(_joined(self._few))
            self._few = []
        if self._held_bytes >= _RUN_BYTES:
            self._flush()

    def close(self) -> tuple[str, ...]:
        """Write what is left; gives the names of all runs, in order."""
        if self._held or self._few:
            self._flush()
        return tuple(self._names)

    def _flush(self) -> None:
        rows = _joined([*self._held, *self._few])
        self._held, self._few, self._held_bytes = [], [], 0
        self._look_at(rows)
        numbers = bucket_numbers(rows.column("doi"), self._task.buckets)
        if self._task.only is not None:
            wanted = [number in self._task.only for number in numbers]
            rows = rows.filter(pa.array(wanted, pa.bool_()))
            numbers = [number for number in numbers if number in self._task.only]
        name = f"{self._task.number:05d}-{len(self._names):02d}.arrow"
        write_run(self._task.work.runs / name, rows, numbers, self._task.buckets)
        self._names.append(name)

    def _look_at(self, rows: pa.RecordBatch) -> None:
        for registry, moment in newest_of(rows).items():
            self.newest[registry] = max(self.newest.get(registry, moment), moment)


def write_run(
    path: Path, rows: pa.RecordBatch, numbers: Sequence[int], buckets: int
) -> None:
    """Write rows as one batch a bucket.

    Args:
        path: the file.
        rows: the rows.
        numbers: the bucket of each of them.
        buckets: how many there are.

    Raises:
        OSError: it cannot be written.
    """
    counts = [0] * buckets
    for number in numbers:
        counts[number] += 1
    # Stable: within a bucket rows stay in their order.
    rows = rows.take(pc.sort_indices(pa.array(numbers, pa.int32())))
    # LZ4 takes a third of zstd's time, and the file is read once and deleted.
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with (
        appearing(path) as new,
        pa.OSFile(os.fspath(new), "wb") as file,
        pa.ipc.new_file(file, ROW_SCHEMA, options=options) as writer,
    ):
        start = 0
        for count in counts:
            writer.write_batch(rows.slice(start, count))
            start += count


def bucket_numbers(keys: pa.Array[pa.StringScalar], buckets: int) -> list[int]:
    """:func:`lupusrefs.mirror.layout.bucket_of` of many keys."""
    names = cast("list[bytes]", keys.cast(pa.binary()).to_pylist())
    return [crc32(name) % buckets for name in names]


def newest_of(rows: pa.RecordBatch | pa.Table) -> Mapping[RegistryName, datetime]:
    """When the newest row of each registry was indexed."""
    found: dict[RegistryName, datetime] = {}
    for registry in REGISTRIES:
        is_its = pc.equal(rows.column("registry"), pa.scalar(registry))
        newest = pc.max(rows.column("indexed").filter(is_its)).as_py()
        if newest is not None:
            found[registry] = newest
    return found


def _joined(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    table = pa.Table.from_batches(batches, ROW_SCHEMA).combine_chunks()
    return table.to_batches()[0]
