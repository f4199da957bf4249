"""Second phase: what a mirror has of the DOIs that are cited, bucket by bucket.

Each task has some of the buckets, and all DOIs of the round that fall into them: what
many partitions cite is read once. It hands out the rows by partition, so that whoever
compares a partition reads its own and no others.

DuckDB brings the keys together: from the files of all partitions those of some buckets,
each once. The records are read by :mod:`lupusrefs.mirror.lookup`, which passes over the
row groups that no key falls into.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from glob import escape
from itertools import groupby, starmap
from typing import TYPE_CHECKING, Final, cast

from lupusrefs.bulk.context import Context
from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.keys import Key, keys_file, keys_of
from lupusrefs.compare.relations import ARXIV_DOI
from lupusrefs.compare.updates import related_dois
from lupusrefs.errors import InvalidDoi
from lupusrefs.mirror.location import Place
from lupusrefs.mirror.lookup import Mirror, Row
from lupusrefs.mirror.notices import Notices
from lupusrefs.model.doi import Doi
from lupusrefs.model.work import Work

if TYPE_CHECKING:
    from io import IOBase

    import pyarrow as pa

# Of one process; what does not fit goes to the disk.
_MEMORY: Final = "256MB"
# What stands in the JSON of a record that names others, in small letters: the update
# entries, and the relations of compare.relations.published_versions.
_SIGNS: Final = ("update-to", "updated-by", "preprint", "manuscript")
_SIGN_OF_ARXIV: Final = "isversionof"
# The columns of a row, in the order of its attributes.
_VALUES: Final = ("registry", "indexed", "as_of", "is_alias", "record")


@dataclass(frozen=True, slots=True)
class JoinTask:
    """Look up the keys of a round in some buckets of a mirror.

    Attributes:
        context: of the run.
        mirror: the number of the mirror.
        buckets: the first bucket, and the one behind the last.
        keys: the files that have the keys.
        partitions: the first partition of the round, and the one behind the last.
        to: the file to write the rows to.
        missing: the file for the keys that are not there.
        related: the file for the DOIs that records name; None where nobody asks.
    """

    context: Context
    mirror: int
    buckets: tuple[int, int]
    keys: tuple[str, ...]
    partitions: tuple[int, int]
    to: str
    missing: str
    related: str | None

    def __str__(self) -> str:
        """What was read, where nobody came to its end."""
        first, end = self.buckets
        mirror = self.context.options.mirrors[self.mirror]
        return f"buckets {first} to {end - 1} of {mirror}"


@dataclass(frozen=True, slots=True)
class Joined:
    """What a task came to.

    Attributes:
        found: how many rows were handed out, counted for each partition.
        missing: how many keys were not there.
        related: how many DOIs are named by records.
        warnings: what of the mirror cannot be read.
    """

    found: int
    missing: int
    related: int
    warnings: tuple[str, ...]


def join(task: JoinTask) -> Joined:
    """Write what there is of the keys, and which there are not.

    Raises:
        InputError: a file cannot be written.
        MirrorError: the mirror cannot be read.
        OSError: the keys cannot be read.
    """
    mirror = task.context.mirror(task.mirror)
    keys = list(_keys(task, len(mirror.description.buckets)))
    rows = mirror.rows({key.key for _, key in keys})
    folder = task.context.folder
    related = _Related(mirror)
    named: list[tuple[int, Key]] = []
    if task.related is not None:
        for number, key in keys:
            if (row := rows.get(key.key)) is not None:
                named += ((number, one) for one in related.keys(key.key, row))
        folder.write(task.related, keys_file(dict.fromkeys(named)))
    missing = [(number, key) for number, key in keys if key.key not in rows]
    folder.write(task.missing, keys_file(missing))
    # The last of the three: where it is, the task is done.
    folder.write(task.to, _rows_file(keys, rows, range(*task.partitions)))
    found = sum(key.key in rows for _, key in keys)
    return Joined(found, len(missing), len(named), tuple(mirror.warnings))


def _keys(task: JoinTask, buckets: int) -> Iterator[tuple[int, Key]]:
    """The keys of a task, in the order of partitions; of one each key once."""
    import duckdb  # noqa: PLC0415 - an extra

    place = Place.of(task.context.folder.location)
    begin, end = task.buckets
    with duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": _MEMORY,
            "autoload_known_extensions": False,
        }
    ) as database:
        # To DuckDB names are patterns.
        files = [escape(place.path(name)) for name in task.keys]
        if place.system is not None:
            database.register_filesystem(place.system)
            protocol = place.system.protocol
            scheme = protocol if isinstance(protocol, str) else protocol[0]
            files = [f"{scheme}://{one}" for one in files]
        try:
            found = database.execute(
                "SELECT partition, key, min(names) FROM read_parquet(?) "
                "WHERE crc % ? BETWEEN ? AND ? GROUP BY ALL ORDER BY partition, key",
                [files, buckets, begin, end - 1],
            )
        except duckdb.IOException as error:
            raise OSError(f"the keys cannot be read: {error}") from None
        while rows := found.fetchmany(10_000):
            for number, key, names in rows:
                yield int(number), Key(str(key), tuple(str(names).split("\n")))


class _Related:
    """The DOIs that records name, each record looked at once."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._seen: dict[str, tuple[Key, ...]] = {}
        has_notices = mirror.description.retractions is not None
        self._notices = _notices(mirror.location) if has_notices else Notices.none()

    def keys(self, key: str, row: Row) -> tuple[Key, ...]:
        """What is to be looked up for a record."""
        if key not in self._seen:
            self._seen[key] = tuple(self._keys(key, row))
        return self._seen[key]

    def _keys(self, key: str, row: Row) -> Iterator[Key]:
        has_notice = key in self._notices.rows or row.is_alias
        if not (has_notice or names_others(key, row.record)):
            return
        work = self._mirror.work(key, row)
        for name in related_dois(work) if work is not None else ():
            try:
                yield from keys_of(Doi.parse(name))
            except InvalidDoi:
                continue


def names_others(key: str, record: str) -> bool:
    """Whether a record may name works to look up; to read it takes far longer.

    Args:
        key: its DOI, folded.
        record: its JSON.
    """
    text = record.lower()
    if any(sign in text for sign in _SIGNS):
        return True
    return key.startswith(ARXIV_DOI) and _SIGN_OF_ARXIV in text


@lru_cache(maxsize=4)
def _notices(location: str) -> Notices:
    try:
        return Notices.load(Place.of(location))
    except (OSError, ValueError):
        # The mirror says so when it is asked for a work.
        return Notices.none()


# -- the rows of partitions ---------------------------------------------------------


def _rows_schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns: Mapping[str, pa.DataType] = {
        "key": pa.string(),
        "registry": pa.string(),
        "indexed": pa.timestamp("us", tz="UTC"),
        "as_of": pa.date32(),
        "is_alias": pa.bool_(),
        "record": pa.string(),
    }
    return pa.schema(columns)


def _rows_file(
    keys: Sequence[tuple[int, Key]], rows: Mapping[str, Row], partitions: range
) -> bytes:
    """An Arrow file with one batch for each partition of the round, in their order."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    schema = _rows_schema()
    by_partition = {
        number: list(dict.fromkeys(key.key for _, key in some if key.key in rows))
        for number, some in groupby(keys, key=lambda one: one[0])
    }
    out = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(out, schema, options=options) as writer:
        for number in partitions:
            wanted = by_partition.get(number, ())
            found = [rows[key] for key in wanted]
            writer.write_batch(
                pa.record_batch(
                    {
                        "key": list(wanted),
                        **{
                            name: [getattr(row, name) for row in found]
                            for name in _VALUES
                        },
                    },
                    schema=schema,
                )
            )
    return out.getvalue()


class PartitionMirror:
    """What a mirror has for one partition, in the place of the mirror itself.

    Args:
        context: of the run.
        number: which mirror it is.
        files: those of its rows.
        batch: the number of the partition in its round.

    Attributes:
        location: of the mirror.
        description: of the mirror.
        warnings: none: whoever read the mirror has told.

    Raises:
        OSError: a file cannot be read.
    """

    warnings: Sequence[str] = ()

    def __init__(
        self, context: Context, number: int, files: Sequence[str], batch: int
    ) -> None:
        self.location = context.options.mirrors[number]
        self._mirror = context.mirror(number)
        self.description = self._mirror.description
        self._rows: dict[str, Row] = {}
        for name in files:
            # Whole columns at once: value by value takes ten times as long.
            columns = _read_batch(context.folder, name, batch).to_pydict()
            values = zip(*(columns[name] for name in _VALUES), strict=True)
            self._rows |= zip(columns["key"], starmap(Row, values), strict=True)

    def find(self, keys: Iterable[str]) -> dict[str, Work]:
        """The works of DOIs, as a mirror gives them."""
        found: dict[str, Work] = {}
        for key in keys:
            row = self._rows.get(key)
            work = self._mirror.work(key, row) if row is not None else None
            if work is not None:
                found[key] = work
        return found


def _read_batch(folder: Folder, name: str, batch: int) -> pa.RecordBatch:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    with folder.open(name) as file:
        # To Arrow any file is one of Python's.
        whole = pa.PythonFile(cast("IOBase", file), mode="r")
        with pa.ipc.open_file(whole) as reader:
            return reader.get_batch(batch)
