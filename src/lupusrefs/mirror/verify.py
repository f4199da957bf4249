"""Whether a mirror still holds what was written, and the repair of what does not.

Of each file that ``mirror.json`` describes: whether it is there, has its size and its
SHA-256, can be read as Parquet, has its rows, and has them sorted, each DOI once and in
the bucket where a lookup goes. The rows pass by one batch at a time.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import layout
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.location import Place, remote_errors
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.manifest import DONE
from lupusrefs.mirror.retraction_watch import retractions_schema
from lupusrefs.mirror.search_index import is_current, name_of

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# So many bytes are read at once for a digest, and so many rows for the rest.
_CHUNK: Final = 1024 * 1024
_ROWS: Final = 4096
_LONGEST: Final = 200  # characters of what a reader says of a file
# Beside the files that mirror.json describes.
_KNOWN: Final = frozenset(
    (layout.DESCRIPTION, layout.SOURCES, layout.REJECTED, layout.LOCK)
)
_FOLDERS: Final = (layout.SEARCH, layout.UPDATES, layout.WORK, DONE)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Damage:
    """One file that is not what was written.

    Attributes:
        name: its path in the mirror.
        what: is wrong with it: "is missing", "has 10 bytes instead of 12".
        bucket: the number of the bucket; None of another file.
    """

    name: str
    what: str
    bucket: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a verification.

    Attributes:
        files: how many files were looked at.
        bytes: how large they are by the description.
        damaged: in the order of the buckets.
        strays: files in the folder that nobody described.
        search: whether the full-text index is there and of these buckets; None where
            there is none by the description.
        unfinished: whether a build has begun and not ended.
    """

    files: int
    bytes: int
    damaged: tuple[Damage, ...]
    strays: tuple[str, ...]
    search: bool | None
    unfinished: bool

    @property
    def buckets(self) -> tuple[int, ...]:
        """The numbers of the buckets that are damaged."""
        return tuple(one.bucket for one in self.damaged if one.bucket is not None)


@dataclass(frozen=True, slots=True)
class _File:
    """A file and what is said of it; ``bucket`` is None of Retraction Watch's."""

    name: str
    rows: int
    bytes: int
    sha256: str
    bucket: int | None


@dataclass(slots=True)
class _Contents:
    """What the rows of a bucket come to."""

    records: Counter[str] = field(default_factory=Counter)
    aliases: int = 0


class _Damaged(Exception):  # noqa: N818 - it is about the file, not the program
    """A file is not what was written; the message is what is wrong with it."""


def verify(
    location: str, *, quick: bool = False, progress: Progress = lambda _: None
) -> Verified:
    """Compare a mirror's files with what ``mirror.json`` says of them.

    Args:
        location: a folder, or a URL that fsspec knows.
        quick: look at the sizes alone.
        progress: called with the number of bytes looked at since the last call.

    Raises:
        MirrorError: there is no mirror, or its description cannot be read.
        MissingPackage: a package that reading needs is not installed.
    """
    description = Mirror.open(location).description
    place = Place.of(location)
    files = list(_files(description, place))
    found = _sizes(place)
    damaged: list[Damage] = []
    contents: list[_Contents] = []

    def look(file: _File) -> _Contents:
        if (size := found.get(file.name)) is None:
            raise _Damaged("is missing")
        if size != file.bytes:
            raise _Damaged(f"has {size:,} bytes instead of {file.bytes:,}")
        return _Contents() if quick else _check(place, file, len(description.buckets))

    with _pool() as pool:
        jobs = {pool.submit(look, file): file for file in files}
        for job in as_completed(jobs):
            file = jobs[job]
            try:
                contents.append(job.result())
            except _Damaged as damage:
                damaged.append(Damage(file.name, str(damage), file.bucket))
            progress(file.bytes)
    if not damaged and not quick:
        damaged += _wrong_sums(description, contents)
    return Verified(
        files=len(files),
        bytes=sum(file.bytes for file in files),
        damaged=tuple(sorted(damaged, key=lambda one: (one.bucket is None, one.name))),
        strays=tuple(sorted(_strays(found, files))),
        search=_search_state(description, found),
        unfinished=any(name.startswith(f"{layout.WORK}/") for name in found),
    )


def _search_state(description: Description, found: Mapping[str, int]) -> bool | None:
    if description.search is None:
        return None
    folder = f"{name_of(description.search)}/"
    there = any(name.startswith(folder) for name in found)
    return there and is_current(description)


def _files(description: Description, place: Place) -> Iterator[_File]:
    """The files that a description tells of.

    Raises:
        MirrorError: one that is named as a bucket is none.
    """
    for number, one in enumerate(description.buckets):
        # Whatever a build calls them, a name does not lead out of the folder.
        if not re.fullmatch(rf"{layout.BUCKETS}/{number:04d}[\w.-]*", one.name):
            raise MirrorError(
                f"{place.shown(layout.DESCRIPTION)} names `{one.name}` as the file of "
                f"bucket {number}",
                hint="it was changed by hand; build the mirror again",
            )
        yield _File(one.name, one.rows, one.bytes, one.sha256, number)
    if (more := description.retractions) is not None:
        name = layout.RETRACTIONS
        yield _File(name, more.rows, more.bytes, more.sha256, None)


def _check(place: Place, file: _File, buckets: int) -> _Contents:
    """Look at a file's content.

    Raises:
        _Damaged: it is not what was written.
    """
    try:
        if _digest(place, file.name) != file.sha256:
            raise _Damaged("has other content than was written (SHA-256)")
        with _parquet(place, file.name) as reader:
            return _check_rows(reader, file, buckets)
    # What Arrow raises is one of the two; text that is no UTF-8, a ValueError.
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:_LONGEST]
        raise _Damaged(f"cannot be read: {reason}") from None


def _digest(place: Place, name: str) -> str:
    source = place.source(name)
    opened = Path(source).open("rb") if isinstance(source, str) else source  # noqa: SIM115
    digest = hashlib.sha256()
    with closing(opened), _errors_of(source):
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _parquet(place: Place, name: str) -> Iterator[pq.ParquetFile]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    source = place.source(name)
    with (
        nullcontext() if isinstance(source, str) else closing(source),
        _errors_of(source),
        pq.ParquetFile(source, page_checksum_verification=True) as reader,
    ):
        yield reader


def _check_rows(reader: pq.ParquetFile, file: _File, buckets: int) -> _Contents:
    """Look at the rows.

    Raises:
        _Damaged: they are not as they should be.
        OSError: the file cannot be read.
        ValueError: its content is damaged.
    """
    schema = retractions_schema() if file.bucket is None else layout.bucket_schema()
    if not reader.schema_arrow.equals(schema):
        raise _Damaged("has other columns than a file of a mirror")
    if reader.metadata.num_rows != file.rows:
        rows = reader.metadata.num_rows
        raise _Damaged(f"has {rows:,} rows instead of {file.rows:,}")
    contents = _Contents()
    last: str | None = None
    batches: Iterable[pa.RecordBatch] = reader.iter_batches(_ROWS, use_threads=False)
    for batch in batches:
        if file.bucket is None:
            continue
        _count(batch, contents)
        last = _check_dois(batch.column("doi").to_pylist(), last, file.bucket, buckets)
    return contents


def _check_dois(
    dois: Iterable[object], last: str | None, bucket: int, buckets: int
) -> str | None:
    """Look at the DOIs of a batch behind the one before; returns the last of them.

    Raises:
        _Damaged: they are not sorted, one is there twice, or belongs elsewhere.
    """
    for doi in dois:
        if not isinstance(doi, str):
            raise _Damaged("has a row without a DOI")
        # Code points are in the order of their UTF-8, by which buckets are sorted.
        if last is not None and doi <= last:
            twice = f"has {doi} twice"
            raise _Damaged(twice if doi == last else f"is not sorted at {doi}")
        if (right := layout.bucket_of(doi, buckets)) != bucket:
            raise _Damaged(f"has {doi}, which belongs to bucket {right}")
        last = doi
    return last


def _count(batch: pa.RecordBatch, contents: _Contents) -> None:
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    is_alias = batch.column("is_alias")
    contents.aliases += int(pc.sum(is_alias).as_py() or 0)
    own = batch.column("registry").filter(pc.invert(is_alias))
    contents.records.update(map(str, own.to_pylist()))


def _wrong_sums(
    description: Description, contents: Iterable[_Contents]
) -> Iterator[Damage]:
    """Whether all rows together are as many as the description says."""
    records: Counter[str] = Counter()
    aliases = 0
    for one in contents:
        records += one.records
        aliases += one.aliases
    told = Counter(
        {str(name): part.records for name, part in description.registries.items()}
    )
    for name in sorted({*told, *records}):
        if (said := told[name]) != records[name]:
            what = f"says {said:,} records of {name}; there are {records[name]:,}"
            yield Damage(layout.DESCRIPTION, what)
    if description.aliases != aliases:
        what = f"says {description.aliases:,} aliases; there are {aliases:,}"
        yield Damage(layout.DESCRIPTION, what)


def _strays(found: Mapping[str, int], files: Iterable[_File]) -> Iterator[str]:
    described = {file.name for file in files}
    for name in found:
        known = name in _KNOWN or name.startswith(tuple(f"{one}/" for one in _FOLDERS))
        if not known and name not in described:
            yield name


def _sizes(place: Place) -> dict[str, int]:
    """Every file of a folder by its path there, and its size in bytes.

    Raises:
        MirrorError: the folder cannot be looked at.
    """
    try:
        return sizes(place)
    except OSError as error:
        message = f"{place.location} cannot be looked at: {error}"
        raise MirrorError(message) from None


def sizes(place: Place) -> dict[str, int]:
    """Every file of a folder by its path there, and its size in bytes.

    Raises:
        OSError: the folder cannot be looked at.
    """
    if place.system is None:
        return dict(_local_sizes(Path(place.root)))
    root = place.root.rstrip("/")
    with remote_errors():
        # A listing that was kept may be older than the files.
        place.system.invalidate_cache()
        found = place.system.find(root, detail=True)
    begin = len(root) + 1
    return {
        str(name)[begin:]: int(about.get("size") or 0) for name, about in found.items()
    }


def _local_sizes(root: Path) -> Iterator[tuple[str, int]]:
    def refuse(error: OSError) -> None:
        raise error

    for folder, _, names in os.walk(root, onerror=refuse):
        for name in names:
            path = Path(folder, name)
            try:
                size = path.stat().st_size
            except FileNotFoundError:
                continue  # a temporary file of who is writing now
            yield path.relative_to(root).as_posix(), size


def _errors_of(source: str | IO[bytes]) -> AbstractContextManager[None]:
    return nullcontext() if isinstance(source, str) else remote_errors()


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    """Threads: digests, decompression and Parquet leave the interpreter free."""
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        yield pool
    finally:
        # Of an interrupted run, what has not begun is not wanted any more.
        pool.shutdown(wait=True, cancel_futures=True)
