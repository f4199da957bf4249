"""The second step of a build: the rows of a bucket, sorted, each DOI once.

Of several rows of one DOI that one stays whose record is of the DOI itself, not of one
that it was merged into; then the one that was indexed last; then the one that was read
last.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final, TypeVar, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lupusrefs.errors import MirrorError
from lupusrefs.files import appearing
from lupusrefs.mirror.layout import (
    ROW_GROUP_ROWS,
    BucketFile,
    RegistryName,
    bucket_schema,
)
from lupusrefs.mirror.manifest import (
    BucketResult,
    WorkFolder,
    write_note,
)
from lupusrefs.mirror.runs import REGISTRIES, newest_of
from lupusrefs.model.location import Location

# So much of a bucket is held at a time; of more, a part after the other.
_HELD_BYTES: Final = 96 << 20
# Rows that are put in order and written at a time: whole row groups.
_SLICE_ROWS: Final = 16 * ROW_GROUP_ROWS
_ScalarT = TypeVar("_ScalarT", bound="pa.Scalar[Any]")
_KEYS: Final = ("doi", "indexed", "is_alias")


@dataclass(frozen=True, slots=True)
class Run:
    """A run, and up to which day its rows are complete, by registry."""

    name: str
    as_of: Mapping[RegistryName, date]


@dataclass(frozen=True, slots=True)
class BucketJob:
    """What one worker sorts at a time.

    Attributes:
        number: the bucket's.
        work: the folder of the build.
        runs: in the order in which they were read.
        old: the bucket as it is; None where there is none.
        name: the path of the new file in the mirror.
    """

    number: int
    work: WorkFolder
    runs: tuple[Run, ...]
    old: BucketFile | None
    name: str

    @property
    def path(self) -> Path:
        """The new file."""
        return self.work.mirror / self.name


def sort_bucket(job: BucketJob) -> BucketResult:
    """Write a bucket and its result; a bucket without new rows stays as it is.

    Raises:
        MirrorError: the bucket as it is cannot be read.
        OSError: something cannot be written.
    """
    result = None
    if job.old is not None and not any(batch.num_rows for batch in _new_rows(job)):
        result = _as_it_is(job, job.old)
    if result is None:
        result = _sorted(job)
        if job.old is not None and result.file.sha256 == job.old.sha256:
            job.path.unlink()
            result = result.model_copy(update={"file": job.old})
    write_note(job.work.bucket_file(job.number), result)
    return result


def _as_it_is(job: BucketJob, old: BucketFile) -> BucketResult:
    tally = _Tally()
    for rows in _old_rows(job):
        tally.add(rows)
    return tally.result(old)


def _sorted(job: BucketJob) -> BucketResult:
    tally = _Tally()
    with appearing(job.path) as new, new.open("wb") as raw:
        file = _Hashed(raw)
        with pq.ParquetWriter(
            cast("IO[bytes]", file),
            bucket_schema(),
            compression="zstd",
            # The next levels cost more than the rest of the build, and save little.
            compression_level=1,
            use_dictionary=["registry"],  # type: ignore[arg-type] # or names
            write_statistics=["doi"],
            sorting_columns=[pq.SortingColumn(0)],
        ) as writer:
            for rows in _in_order(job):
                tally.add(rows)
                writer.write_table(rows, row_group_size=ROW_GROUP_ROWS)
        raw.flush()
    return tally.result(
        BucketFile(
            name=job.name,
            rows=tally.rows,
            bytes=file.size,
            sha256=file.digest.hexdigest(),
        )
    )


class _Tally:
    """Counts the rows of a bucket."""

    def __init__(self) -> None:
        self.rows = 0
        self._aliases = 0
        self._records: dict[RegistryName, int] = {}
        self._newest: dict[RegistryName, datetime] = {}

    def add(self, rows: pa.Table) -> None:
        """Count these, too."""
        self.rows += rows.num_rows
        is_alias = rows.column("is_alias")
        self._aliases += pc.sum(is_alias).as_py() or 0
        own = rows.column("registry").filter(pc.invert(is_alias))
        for registry in REGISTRIES:
            is_its = pc.equal(own, pa.scalar(registry))
            count = own.filter(is_its).length()
            if count:
                self._records[registry] = self._records.get(registry, 0) + count
        for registry, moment in newest_of(rows).items():
            self._newest[registry] = max(self._newest.get(registry, moment), moment)

    def result(self, file: BucketFile) -> BucketResult:
        """What came of it."""
        return BucketResult(
            file=file,
            records=self._records,
            aliases=self._aliases,
            newest=self._newest,
        )


class _Hashed:
    """A file that is written, and its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Nothing is held back here."""

    def tell(self) -> int:
        """How much was written."""
        return self.size

    def close(self) -> None:
        """Whoever opened the file closes it."""
        self.closed = True


def _in_order(job: BucketJob) -> Iterator[pa.Table]:
    """The rows that stay, in order, some thousand at a time."""
    held: list[pa.Table] = []
    size = 0
    for rows in _all_rows(job):
        held.append(rows)
        size += rows.nbytes
        if size > _HELD_BYTES:
            held.clear()
            yield from _in_parts(job)
            return
    if not held:
        return
    rows = pa.concat_tables(held).combine_chunks()
    held.clear()
    order = winners(rows)
    for start in range(0, len(order), _SLICE_ROWS):
        yield rows.take(order.slice(start, _SLICE_ROWS))


def _in_parts(job: BucketJob) -> Iterator[pa.Table]:
    """The same of a bucket that is too large to be held.

    It is read as often as it has parts, which are cut by the order of the rows.
    """
    keys: list[pa.Table] = []
    for rows in _all_rows(job):
        length = pc.binary_length(rows.column("record")).cast(pa.int64())
        keys.append(rows.select(_KEYS).append_column("length", length))
    table = pa.concat_tables(keys).combine_chunks()
    keys.clear()
    order = winners(table)
    lengths = cast("list[int]", table.column("length").take(order).to_pylist())
    del table
    for start, count in _cuts(lengths):
        yield from _part(job, order.slice(start, count))


def _cuts(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where to cut rows into parts of whole slices that can be held."""
    start = size = 0
    for begin in range(0, len(lengths), ROW_GROUP_ROWS):
        more = sum(lengths[begin : begin + ROW_GROUP_ROWS])
        if begin > start and size + more > _HELD_BYTES // 2:
            yield start, begin - start
            start, size = begin, 0
        size += more
    if start < len(lengths):
        yield start, len(lengths) - start


def _part(job: BucketJob, order: pa.Array[pa.UInt64Scalar]) -> Iterator[pa.Table]:
    """The rows with these numbers, in their order."""
    found: list[pa.Table] = []
    numbers: list[pa.Array[pa.UInt64Scalar]] = []
    offset = 0
    for rows in _all_rows(job):
        here = pa.array(range(offset, offset + rows.num_rows), pa.uint64())
        offset += rows.num_rows
        wanted = pc.is_in(here, value_set=order)
        found.append(rows.filter(wanted))
        numbers.append(here.filter(wanted))
    rows = pa.concat_tables(found)
    # Where in `rows` the row with each of the numbers is.
    where = pc.index_in(order, value_set=pa.concat_arrays(numbers))
    for start in range(0, len(order), _SLICE_ROWS):
        yield rows.take(where.slice(start, _SLICE_ROWS))


def winners(rows: pa.Table) -> pa.Array[pa.UInt64Scalar]:
    """The numbers of the rows that stay, in the order of their DOIs.

    Args:
        rows: columns ``doi``, ``indexed`` and ``is_alias``, each in one chunk, in the
            order in which they were read.
    """
    doi = _only_chunk(rows.column("doi"))
    order = pc.sort_indices(doi)
    by_doi = doi.take(order)
    again = pc.equal(by_doi.slice(1), by_doi.slice(0, max(0, len(by_doi) - 1)))
    if not pc.any(again).as_py():
        return order
    no = pa.array([False])
    among_several = pc.or_(pa.concat_arrays([no, again]), pa.concat_arrays([again, no]))
    several = order.filter(among_several)
    few = pa.table(
        {
            "doi": doi.take(several),
            "is_alias": rows.column("is_alias").take(several).cast(pa.int8()),
            "indexed": rows.column("indexed").take(several),
            "number": several,
        }
    )
    # Nulls come last, so that any moment is newer than none.
    best = pc.sort_indices(
        few,
        sort_keys=[
            ("doi", "ascending"),
            ("is_alias", "ascending"),
            ("indexed", "descending"),
            ("number", "descending"),
        ],
    )
    few = few.take(best).combine_chunks()
    names = _only_chunk(few.column("doi"))
    is_first = pa.concat_arrays(
        [pa.array([True]), pc.not_equal(names.slice(1), names.slice(0, len(names) - 1))]
    )
    losers = _only_chunk(few.column("number")).filter(pc.invert(is_first))
    return order.filter(pc.invert(pc.is_in(order, value_set=losers)))


def _only_chunk(column: pa.ChunkedArray[_ScalarT]) -> pa.Array[_ScalarT]:
    return cast("pa.Array[_ScalarT]", column.chunk(0))


def _all_rows(job: BucketJob) -> Iterator[pa.Table]:
    """The rows that the bucket has, then the new ones."""
    yield from _old_rows(job)
    schema = bucket_schema()
    for run, batch in zip(job.runs, _new_rows(job), strict=True):
        if batch.num_rows:
            days = _days(batch.column("registry"), run.as_of)
            table = pa.Table.from_batches([batch])
            place = schema.get_field_index("as_of")
            yield table.add_column(place, "as_of", days).cast(schema)


def _days(
    registries: pa.Array[pa.StringScalar], as_of: Mapping[RegistryName, date]
) -> pa.Date32Array:
    names = pa.array(REGISTRIES, pa.string())
    days = pa.array([as_of.get(name) for name in REGISTRIES], pa.date32())
    return days.take(pc.index_in(registries, value_set=names))


def _new_rows(job: BucketJob) -> Iterator[pa.RecordBatch]:
    """The bucket's batch of each run."""
    for run in job.runs:
        with (
            pa.OSFile(os.fspath(job.work.runs / run.name), "rb") as file,
            pa.ipc.open_file(file) as reader,
        ):
            yield reader.get_batch(job.number)


def _old_rows(job: BucketJob) -> Iterator[pa.Table]:
    if job.old is None:
        return
    path = job.work.mirror / job.old.name
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_SLICE_ROWS, use_threads=False):
                yield pa.Table.from_batches([batch]).cast(bucket_schema())
    except (OSError, pa.ArrowException) as error:
        raise MirrorError(
            f"this file of the mirror cannot be read: {error}",
            location=Location.of_file(str(path)),
            hint="`lupusrefs mirror verify --repair` makes it anew from its sources",
        ) from None
