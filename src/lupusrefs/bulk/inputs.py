"""The inputs of a bulk check: which files there are, and how they are cut.

JSON Lines are cut at ends of lines, tables by rows, and of reference files some
together are one partition. What can only be read from its beginning (gzip, a Parquet
file of a single large row group) is unpacked into the folder of the run first.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from lupusrefs.bulk.folder import Folder, open_file, place_of
from lupusrefs.bulk.plan import PARTITION, InputFile, Partition
from lupusrefs.bulk.recognise import kind_of
from lupusrefs.checker import PORTION
from lupusrefs.errors import InputError
from lupusrefs.extras import extra
from lupusrefs.formats.catalogue import FORMATS, recognise_by_content
from lupusrefs.formats.text import decode
from lupusrefs.mirror.location import Place, is_url, remote_errors
from lupusrefs.model.location import Location

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_TABLE: Final = ".parquet"
# Files of a project that are no references have these endings, too.
_AMBIGUOUS: Final = frozenset((".json", ".xml", ".yaml", ".yml"))
_SUFFIXES: Final = frozenset(
    one for known in FORMATS.values() for one in known.suffixes
)
_HEAD: Final = 16_000  # bytes that are looked at
_CHUNK: Final = 1 << 23
# Lines that are very long make smaller partitions.
_MOST_BYTES: Final = 1 << 26
# Bytes of a reference in BibTeX, RIS and the like: a guess, for the progress.
_REFERENCE: Final = 700
# A row group is decoded from its beginning for each partition in it.
_MOST_ROWS: Final = 4 * PARTITION
_UNPACKED: Final = "input"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is to be read.

    Attributes:
        kind: JSON Lines, the same packed, a table, or a file of references.
        name: its path or URL.
    """

    kind: Literal["lines", "packed", "table", "file"]
    name: str


@dataclass(slots=True)
class Inputs:
    """All inputs of a run.

    Attributes:
        sources: the files, in the order of the arguments and of their paths.
        files: their sizes and dates.
        skipped: how many files of folders are none of references.
    """

    sources: list[Source] = field(default_factory=list)
    files: list[InputFile] = field(default_factory=list)
    skipped: int = 0


@dataclass(slots=True)
class Cut:
    """Inputs in partitions.

    Attributes:
        partitions: in order.
        damaged: what cannot be read, or not to its end, as file and message.
    """

    partitions: list[Partition] = field(default_factory=list)
    damaged: list[tuple[str, str]] = field(default_factory=list)


class _Piece(NamedTuple):
    """Whole lines of a file: from which byte to which, and how many."""

    start: int
    end: int
    lines: int


def find_inputs(arguments: Sequence[str], own: Sequence[str] = ()) -> Inputs:
    """Look which files there are.

    Args:
        arguments: files, folders and URLs.
        own: files and folders that are the run's own, what it writes and its mirrors:
            where they are in a folder of inputs, they are none.

    Raises:
        InputError: one is not there, or is none that can be read in parts.
    """
    inputs = Inputs()
    seen: set[str] = set()
    not_read = tuple(_real(one) for one in own)
    for argument in arguments:
        try:
            for source in _sources(argument, inputs, not_read):
                if (real := _real(source.name)) not in seen:
                    seen.add(real)
                    inputs.sources.append(source)
                    inputs.files.append(_described(source.name))
        except OSError as error:
            raise _unreadable(argument, error) from None
    return inputs


def _real(name: str) -> str:
    """What a file or folder is the same by."""
    return name.rstrip("/") if is_url(name) else os.path.realpath(name)


def _sources(
    argument: str, inputs: Inputs, not_read: Sequence[str]
) -> Iterator[Source]:
    names = _names_under(argument)
    if names is None:
        kind = _kind(argument)
        yield Source(kind or "file", argument)
        return
    for name in names:
        real = _real(name)
        if any(real == one or real.startswith(f"{one}{os.sep}") for one in not_read):
            continue
        kind = _kind(name)
        if kind is None or (kind == "file" and not _is_of_references(name)):
            inputs.skipped += 1
        else:
            yield Source(kind, name)


def _names_under(argument: str) -> list[str] | None:
    """The files of a folder, sorted by path; None where it is a file.

    Raises:
        OSError: it is not there.
    """
    if not is_url(argument):
        path = Path(argument)
        if not path.is_dir():
            if not path.exists():
                raise FileNotFoundError(0, "no such file")
            return None
        return [str(one) for one in sorted(_files_under(path))]
    place = Place.of(argument)
    if place.system is None:
        raise AssertionError(f"{argument} is a URL")
    with remote_errors():
        if not place.system.isdir(place.root):
            if not place.system.exists(place.root):
                raise FileNotFoundError(0, "no such file")
            return None
        root = place.root.rstrip("/")
        listed = sorted(str(one) for one in place.system.find(place.root))
    return [f"{argument.rstrip('/')}{one.removeprefix(root)}" for one in listed]


def _files_under(path: Path) -> Iterator[Path]:
    """The files of a folder, but for the hidden ones: those are some program's."""
    for folder, folders, names in os.walk(path):
        folders[:] = [one for one in folders if not one.startswith(".")]
        yield from (Path(folder, one) for one in names if not one.startswith("."))


def _kind(name: str) -> Literal["lines", "packed", "table", "file"] | None:
    """What a file is by its name; None where it is none of references."""
    if (kind := kind_of(name)) is not None:
        return kind
    return "file" if PurePosixPath(name).suffix.lower() in _SUFFIXES else None


def _is_of_references(name: str) -> bool:
    """Whether a file of a folder is one, where its name leaves that open."""
    if PurePosixPath(name).suffix.lower() not in _AMBIGUOUS:
        return True
    with open_file(name) as file:
        head = file.read(_HEAD)
    return recognise_by_content(decode(head, name).text) is not None


def _described(name: str) -> InputFile:
    """Size and date of a file.

    Raises:
        OSError: it is not there.
    """
    place, tail = place_of(name)
    if place.system is None:
        status = Path(name).stat()
        return InputFile(
            name=name, bytes=status.st_size, changed=str(status.st_mtime_ns)
        )
    with remote_errors():
        told = place.system.info(place.path(tail))
    marks = (told.get(one) for one in ("ETag", "etag", "mtime", "LastModified"))
    changed = next((str(one) for one in marks if one is not None), "")
    return InputFile(name=name, bytes=int(told.get("size") or 0), changed=changed)


def cut(inputs: Inputs, folder: Folder) -> Cut:
    """Cut the inputs into partitions, unpacking what has to be.

    Args:
        inputs: the files.
        folder: of the run.

    Raises:
        InputError: something cannot be written there.
    """
    cutter = _Cutter(folder)
    for source, file in zip(inputs.sources, inputs.files, strict=True):
        cutter.take(source, file.bytes)
    cutter.close_group()
    return cutter.result


class _Cutter:
    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._group: list[tuple[str, int]] = []
        self.result = Cut()

    def take(self, source: Source, size: int) -> None:
        if source.kind == "file":
            self._group_file(source.name, size)
            return
        self.close_group()
        takers: dict[str, Callable[[str], None]] = {
            "lines": self._lines,
            "packed": self._packed,
            "table": self._table,
        }
        try:
            takers[source.kind](source.name)
        except (OSError, EOFError, ValueError) as error:
            # ValueError: Arrow's word for a file that is no Parquet.
            reason = " ".join(str(error).split()) or type(error).__name__
            self.result.damaged.append((source.name, reason))

    def _group_file(self, name: str, size: int) -> None:
        guess = max(size // _REFERENCE, 1)
        if sum(one for _, one in self._group) + guess > PARTITION:
            self.close_group()
        self._group.append((name, guess))

    def close_group(self) -> None:
        """Make a partition of the reference files that have come together."""
        if not self._group:
            return
        names = tuple(name for name, _ in self._group)
        self._add(
            Partition(
                number=self._number,
                kind="files",
                file=names[0],
                path=names[0],
                references=sum(guess for _, guess in self._group),
                files=names,
            )
        )
        self._group.clear()

    @property
    def _number(self) -> int:
        return len(self.result.partitions)

    def _add(self, partition: Partition) -> None:
        self.result.partitions.append(partition)

    def _lines(self, name: str) -> None:
        first = 1
        with open_file(name) as file:
            for piece in _pieces(iter(lambda: file.read(_CHUNK), b"")):
                self._add(
                    Partition(
                        number=self._number,
                        kind="lines",
                        file=name,
                        path=name,
                        start=piece.start,
                        end=piece.end,
                        first=first,
                        references=piece.lines,
                    )
                )
                first += piece.lines

    def _packed(self, name: str) -> None:
        kept = bytearray()
        damage: Exception | None = None

        def chunks() -> Iterator[bytes]:
            nonlocal damage
            with open_file(name) as file, gzip.GzipFile(fileobj=file) as unpacked:
                while True:
                    try:
                        chunk = unpacked.read1(_CHUNK)
                    except (OSError, EOFError, zlib.error) as error:
                        # What came before the damage is checked.
                        damage = error
                        return
                    if not chunk:
                        return
                    kept.extend(chunk)
                    yield chunk

        first, begin = 1, 0
        for piece in _pieces(chunks()):
            size = piece.end - begin
            self._unpacked(name, ".jsonl", bytes(kept[:size]), first, piece.lines)
            del kept[:size]
            begin = piece.end
            first += piece.lines
        if damage is not None:
            message = f"the file is damaged: {damage}; what comes before was read"
            self.result.damaged.append((name, message))

    def _unpacked(
        self, name: str, suffix: str, content: bytes, first: int, references: int
    ) -> None:
        path = f"{_UNPACKED}/{self._number:06d}{suffix}"
        self._folder.write(path, content)
        is_table = suffix == _TABLE
        self._add(
            Partition(
                number=self._number,
                kind="table" if is_table else "lines",
                file=name,
                path=f"{self._folder.location.rstrip('/')}/{path}",
                end=references if is_table else len(content),
                first=first,
                references=references,
            )
        )

    def _table(self, name: str) -> None:
        with extra("mirror", "a bulk check"):
            import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
        with open_file(name) as file, pq.ParquetFile(file) as table:
            known = table.metadata
            groups = map(known.row_group, range(known.num_row_groups))
            if any(group.num_rows > _MOST_ROWS for group in groups):
                self._large_groups(name, table)
                return
            for start in range(0, known.num_rows, PARTITION):
                end = min(start + PARTITION, known.num_rows)
                self._add(
                    Partition(
                        number=self._number,
                        kind="table",
                        file=name,
                        path=name,
                        start=start,
                        end=end,
                        first=start + 1,
                        references=end - start,
                    )
                )

    def _large_groups(self, name: str, table: pq.ParquetFile) -> None:
        """Write the rows again, a file for each partition."""
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        first = 1
        for batch in table.iter_batches(PARTITION, use_threads=False):
            out = io.BytesIO()
            pq.write_table(pa.Table.from_batches([batch]), out)
            self._unpacked(name, _TABLE, out.getvalue(), first, batch.num_rows)
            first += batch.num_rows


def _pieces(chunks: Iterable[bytes]) -> Iterator[_Piece]:
    """Cut a stream of lines: ends of partitions, each a whole number of portions."""
    start = position = lines = 0
    last = b"\n"
    for chunk in chunks:
        at = chunk.find(b"\n")
        while at >= 0:
            lines += 1
            end = position + at + 1
            is_full = lines >= PARTITION or end - start >= _MOST_BYTES
            if is_full and lines % PORTION == 0:
                yield _Piece(start, end, lines)
                start, lines = end, 0
            at = chunk.find(b"\n", at + 1)
        position += len(chunk)
        last = chunk[-1:]
    if position > start:
        yield _Piece(start, position, lines + (last != b"\n"))


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(
        error.strerror or str(error),
        location=Location.of_file(name),
        hint="a bulk check reads JSON Lines, Parquet, folders and reference files",
    )
