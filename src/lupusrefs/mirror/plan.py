"""Sources -> tasks: who reads what, and how many buckets there are to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from lupusrefs.mirror.data_files import is_gzip, tar_members
from lupusrefs.mirror.manifest import Place, Source, TaskPart

FEWEST_BUCKETS: Final = 8
MOST_BUCKETS: Final = 4096
# So many records fit into memory, to be sorted, several times over. Of whole records,
# which are six times as long, fewer do.
_BUCKET_RECORDS: Final = 65_536
_WHOLE_BUCKET_RECORDS: Final = 16_384
# Measured on Crossref's records: what one has gzipped, and how much more it is as text.
_RECORD_BYTES: Final = 1_400
_GZIP_RATIO: Final = 4.4
# A task's gzipped bytes. With few bytes in all the tasks are small, so that all
# processes get some; more than so many make no run more.
_LEAST_TASK_BYTES: Final = 8 << 20
_MOST_TASK_BYTES: Final = 64 << 20
_TASKS: Final = 64


def tasks_of(
    paths: Sequence[Path],
) -> tuple[tuple[tuple[TaskPart, ...], ...], float]:
    """Group sources into tasks of about the same size, in their order.

    Args:
        paths: the sources.

    Returns:
        The tasks, and how many bytes all sources have, or would have gzipped.
    """
    parts = [part for number, path in enumerate(paths) for part in _parts(number, path)]
    total = sum(weight for _, weight in parts)
    most = min(max(total / _TASKS, _LEAST_TASK_BYTES), _MOST_TASK_BYTES)
    return tuple(_grouped(parts, most)), total


def bucket_count(gzipped_bytes: float, *, whole: bool) -> int:
    """How many buckets, a power of two, so that each fits well into memory.

    Args:
        gzipped_bytes: how large the sources are.
        whole: whether records are kept whole.
    """
    records = gzipped_bytes / _RECORD_BYTES
    wanted = records / (_WHOLE_BUCKET_RECORDS if whole else _BUCKET_RECORDS)
    count = FEWEST_BUCKETS
    while count < wanted and count < MOST_BUCKETS:
        count *= 2
    return count


def source_of(path: Path, folder: Path) -> Source:
    """A source as it is noted: within the mirror by its path in there.

    Raises:
        OSError: it is not there, or must not be looked at.
    """
    status = path.stat()
    inside = path.is_relative_to(folder)
    name = path.relative_to(folder).as_posix() if inside else str(path)
    return Source(path=name, bytes=status.st_size, mtime_ns=status.st_mtime_ns)


def _parts(number: int, path: Path) -> Iterator[tuple[TaskPart, float]]:
    """What can be read of a source independently, with its gzipped size in bytes."""
    try:
        size = path.stat().st_size
        tar = tar_members(path)
        packed = size if is_gzip(path) else size / _GZIP_RATIO
    except OSError:
        # The task will say what is wrong with it.
        yield TaskPart(source=number), 0
        return
    if tar is None:
        yield TaskPart(source=number), packed
        return
    members, damage = tar
    for start, end, weight in _stretches([(m.name, m.size) for m in members]):
        places = tuple(
            Place(name=one.name, offset=one.offset, size=one.size)
            for one in members[start:end]
        )
        is_last = end == len(members)
        part = TaskPart(
            source=number, members=places, damage=damage if is_last else None
        )
        yield part, weight
    if not members:
        yield TaskPart(source=number, members=(), damage=damage or _NO_DATA), 0


_NO_DATA: Final = "the tar has no data files"


def _stretches(
    members: Sequence[tuple[str, int]],
) -> Iterator[tuple[int, int, float]]:
    """Where to cut a tar: pieces that are small enough to be grouped."""
    start, weight = 0, 0.0
    for number, (name, size) in enumerate(members, start=1):
        weight += size if name.lower().endswith(".gz") else size / _GZIP_RATIO
        if weight >= _LEAST_TASK_BYTES or number == len(members):
            yield start, number, weight
            start, weight = number, 0.0


def _grouped(
    parts: Iterable[tuple[TaskPart, float]], most: float
) -> Iterator[tuple[TaskPart, ...]]:
    group: list[TaskPart] = []
    size = 0.0
    for part, weight in parts:
        if group and size + weight > most:
            yield tuple(group)
            group, size = [], 0.0
        group.append(part)
        size += weight
    if group:
        yield tuple(group)
