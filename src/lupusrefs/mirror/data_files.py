"""Sources -> data files: plain, gzipped, or in a tar.

A *source* is a file that the user named, or one in a folder that was named. It has one
data file, or as many as a tar has members. What it is is seen from its first bytes,
never from its name: names only say what to leave alone in a folder.
"""

from __future__ import annotations

import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self, cast

from lupusrefs.mirror import meter
from lupusrefs.mirror.gunzip import GZIP, Gunzipped
from lupusrefs.mirror.json_blocks import Damaged, Stream

# JSON, JSON Lines and tars; gzip around them is seen by the content.
_DATA_NAME: Final = re.compile(
    r"[^.].*\.(?:json|jsonl|ndjson|tar)(?:\.gz)?|[^.].*\.tgz|[^.][^.]*\.gz",
    re.IGNORECASE | re.DOTALL,
)
_MAGIC_BYTES: Final = 8
_UNSUPPORTED: Final = {
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"PK\x03\x04": "a zip archive",
    b"7z\xbc\xaf": "a 7z archive",
}
_BLOCK_BYTES: Final = tarfile.BLOCKSIZE
# POSIX, "ustar Interchange Format": where in a header the magic is.
_MAGIC: Final = slice(257, 262)
_END_OF_TAR: Final[type[tarfile.TarError]] = tarfile.EOFHeaderError  # type: ignore[attr-defined]
# No key of POSIX's among the headers: those have no blanks.
_ENDED: Final = "the end"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a tar that is not compressed itself.

    Attributes:
        name: its name in there.
        offset: where its content begins, in bytes.
        size: how long that is, in bytes.
    """

    name: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the arguments of a command name.

    Attributes:
        files: the sources, in order, each once.
        skipped: files in folders that are no data files by their names.
        missing: arguments that are neither a file nor a folder.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    missing: tuple[str, ...]


def find_sources(arguments: Iterable[str]) -> Found:
    """Files as they are named; of folders all data files, by their names' order."""
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    missing: list[str] = []
    for argument in arguments:
        path = Path(os.path.abspath(argument))  # noqa: PTH100 - keeps symbolic links
        if path.is_dir():
            for inner in _files_in(path):
                (files if is_data_name(inner.name) else skipped).setdefault(inner)
        elif path.exists():
            files.setdefault(path)
        else:
            missing.append(argument)
    return Found(tuple(files), tuple(skipped), tuple(missing))


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def is_data_name(name: str) -> bool:
    """Whether a file of this name may have records."""
    return _DATA_NAME.fullmatch(name) is not None


def is_gzip(path: Path) -> bool:
    """Whether a file is gzipped.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(GZIP)) == GZIP


def tar_members(path: Path) -> tuple[list[Member], str | None] | None:
    """What is in a tar that is not compressed.

    Returns:
        The data files, and what is wrong with the tar, if anything is; None where the
        file is no such tar.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if not _is_tar(file.read(_BLOCK_BYTES)):
            return None
        file.seek(0)
        members: list[Member] = []
        try:
            with tarfile.open(fileobj=file, mode="r:", tarinfo=_Header) as archive:
                for header in _headers(archive):
                    member = Member(header.name, header.offset_data, header.size)
                    members.append(member)
        except Damaged as damage:
            return members, str(damage)
        except tarfile.TarError as error:
            return members, f"the tar is broken: {error}"
    return members, None


@contextmanager
def opened(path: Path) -> Iterator[_File]:
    """A source's bytes.

    Raises:
        Damaged: it cannot be opened.
    """
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise Damaged(f"it cannot be opened: {error.strerror or error}") from None
    with file:
        yield _File(file)


def data_files(path: Path, members: Iterable[Member] | None) -> Iterator[DataFile]:
    """The data files of a source, each to be read before the next is asked for.

    Args:
        path: the source.
        members: which of a tar to read; None for all that there is.

    Raises:
        Damaged: the source cannot be read on; what it gave is good.
    """
    with opened(path) as file:
        if members is None:
            yield from _inside(file)
            return
        for member in members:
            part = _Part(file, member.offset, member.size)
            yield DataFile(member.name, _Lazy(part, part.again))


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of records.

    Attributes:
        member: its name in a tar; None where it is the whole source.
        stream: its bytes, decompressed.
    """

    member: str | None
    stream: Stream


def _inside(file: _File) -> Iterator[DataFile]:
    """What a file has in it, whatever it is: a tar's members, or itself."""
    stream = _decompressed(file, file.again)
    head = _read_exactly(stream, _BLOCK_BYTES)
    whole = _Headed(head, stream)
    if not _is_tar(head):
        yield DataFile(None, whole)
        return
    quiet = _Quiet(whole)
    try:
        with tarfile.open(
            fileobj=cast("IO[bytes]", quiet),
            mode="r|",
            bufsize=1 << 18,
            tarinfo=_Header,
        ) as archive:
            for header in _headers(archive):
                yield DataFile(header.name, _Lazy(_TarContent(archive, header, quiet)))
    except Damaged as damage:
        raise quiet.damage or damage from None
    except tarfile.TarError as error:
        raise quiet.damage or Damaged(f"the tar is broken: {error}") from None


class _Header(tarfile.TarInfo):
    """A header of a tar, which notices the block of zeros that ends it."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        """Read the next header of a tar."""
        try:
            return super().fromtarfile(tarfile)
        except _END_OF_TAR:
            ended = cast("dict[str, str]", tarfile.pax_headers)
            ended[_ENDED] = "yes"
            raise


def _headers(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The data files in a tar.

    Raises:
        Damaged: it ends early, or a header is none.
    """
    try:
        while (header := archive.next()) is not None:
            name = header.name.rpartition("/")[2]
            if header.isreg() and is_data_name(name):
                yield header
            # Or all headers are kept for as long as it is open.
            archive.members.clear()  # type: ignore[attr-defined]
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(f"the tar is broken: {error}") from None
    if _ENDED not in archive.pax_headers:
        raise Damaged("the tar ends early, or a header in it is broken")


def _is_tar(head: bytes) -> bool:
    return head[_MAGIC] == b"ustar"


def _decompressed(stream: Stream, again: Callable[[], Stream] | None) -> Stream:
    """The content of a stream that may be gzipped.

    Args:
        stream: what is there.
        again: gives the same from its begin, where that can be had.

    Raises:
        Damaged: it is compressed in another way.
    """
    head = _read_exactly(stream, _MAGIC_BYTES)
    for magic, name in _UNSUPPORTED.items():
        if head.startswith(magic):
            raise Damaged(f"it is {name}, which is not supported: use gzip, or nothing")
    whole = _Headed(head, stream)
    return Gunzipped(whole, again) if head.startswith(GZIP) else whole


def _read_exactly(stream: Stream, size: int) -> bytes:
    """So many bytes or more, or all that there are before the end, or damage."""
    found = b""
    # Damage is told again to the one who reads on.
    with suppress(Damaged):
        while len(found) < size and (more := stream.read(size - len(found))):
            found += more
    return found


class _File:
    """A file; what the system says of it is damage."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        try:
            data = self._file.read(size)
        except OSError as error:
            raise Damaged(f"it cannot be read: {error.strerror or error}") from None
        meter.count(len(data))
        return data

    def again(self) -> _File:
        """The same, from its begin."""
        self.seek(0)
        return self

    def seek(self, offset: int) -> None:
        """Go to a position."""
        try:
            self._file.seek(offset)
        except OSError as error:
            raise Damaged(f"it cannot be read: {error.strerror or error}") from None


class _Part:
    """A stretch of a file."""

    def __init__(self, file: _File, offset: int, size: int) -> None:
        self._file = file
        self._offset = self._begin = offset
        self._left = self._size = size

    def again(self) -> _Part:
        """The same, from its begin."""
        return _Part(self._file, self._begin, self._size)

    def read(self, size: int, /) -> bytes:
        if not self._left:
            return b""
        self._file.seek(self._offset)
        data = self._file.read(min(size, self._left))
        if not data:
            raise Damaged("the tar ends early")
        self._offset += len(data)
        self._left -= len(data)
        return data


class _Quiet:
    """A stream whose damage is its end, and kept: so nothing before it is lost."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.damage: Damaged | None = None

    def read(self, size: int, /) -> bytes:
        try:
            return b"" if self.damage else self._stream.read(size)
        except Damaged as damage:
            self.damage = Damaged(f"the tar ends early: {damage}")
            return b""


class _TarContent:
    """A member of a tar that is read in its order."""

    def __init__(
        self, archive: tarfile.TarFile, header: tarfile.TarInfo, quiet: _Quiet
    ) -> None:
        # Not `extractfile`: it gives nothing of a piece that is not there as a whole.
        self._file = cast("IO[bytes]", archive.fileobj)
        self._offset = header.offset_data
        self._left = header.size
        self._quiet = quiet

    def read(self, size: int, /) -> bytes:
        if not self._left:
            return b""
        self._file.seek(self._offset)
        data = self._file.read(min(size, self._left))
        if not data:
            raise self._quiet.damage or Damaged("the tar ends early")
        self._offset += len(data)
        self._left -= len(data)
        return data


class _Headed:
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._rest.read(size)


class _Lazy:
    """A stream that is decompressed, if it is compressed, when it is first read."""

    def __init__(self, raw: Stream, again: Callable[[], Stream] | None = None) -> None:
        self._raw: Stream | None = raw
        self._stream: Stream = raw
        self._again = again

    def read(self, size: int, /) -> bytes:
        if self._raw is not None:
            raw, self._raw = self._raw, None
            self._stream = _decompressed(raw, self._again)
        return self._stream.read(size)
