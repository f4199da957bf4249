"""The files that the user names: their bytes, their text, and what they hold."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from lupusrefs.documents.catalogue import kind_of
from lupusrefs.documents.document import DocumentFile, DocumentKind
from lupusrefs.errors import InputError
from lupusrefs.formats.catalogue import FORMATS, recognise, recognise_by_content
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.location import Location

STDIN: Final = "-"
_MEGABYTE: Final = 1_000_000
# A reference file may be called so, too: its content is looked at first.
_AMBIGUOUS: Final = frozenset(
    (DocumentKind.TEXT, DocumentKind.HTML, DocumentKind.JATS, DocumentKind.TEI)
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of references as it was read.

    Attributes:
        source: its text.
        name: its format.
    """

    source: SourceText
    name: FormatName


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document as it lies on the disk.

    Attributes:
        file: its bytes.
        kind: its format.
    """

    file: DocumentFile
    kind: DocumentKind


def load_file(
    path: str,
    *,
    read_as: FormatName | None = None,
    max_bytes: int = 100 * _MEGABYTE,
) -> Loaded:
    """Read one file of references.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    file = open_file(path, read_as=read_as, max_bytes=max_bytes)
    return FORMATS[file.name].load(file.source)


def open_file(
    path: str,
    *,
    read_as: FormatName | None = None,
    max_bytes: int = 100 * _MEGABYTE,
) -> SourceFile:
    """The text and the format of one file of references.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    source = read_text(path, max_bytes)
    return SourceFile(source, read_as or recognise(path, source.text))


def open_input(
    path: str,
    *,
    read_as: FormatName | None = None,
    max_bytes: int = 100 * _MEGABYTE,
) -> SourceFile | Manuscript:
    """One file, as what it is by its name and content.

    Args:
        path: the file, ``-`` for standard input.
        read_as: the format of a file of references, where it is said to be one.
        max_bytes: the size of the largest file that is read.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    data = read_bytes(path, max_bytes)
    kind = kind_of(path, data) if read_as is None else None
    if kind is not None and kind not in _AMBIGUOUS:
        return _manuscript(path, data, kind, max_bytes)
    source = decode(data, path)
    if kind is None or recognise_by_content(source.text) is not None:
        return SourceFile(source, read_as or recognise(path, source.text))
    return _manuscript(path, data, kind, max_bytes)


def open_manuscript(path: str, *, max_bytes: int = 100 * _MEGABYTE) -> Manuscript:
    """One file, which is said to be a document: plain text, if it looks like none.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    data = read_bytes(path, max_bytes)
    kind = kind_of(path, data) or DocumentKind.TEXT
    return _manuscript(path, data, kind, max_bytes)


def _manuscript(
    path: str, data: bytes, kind: DocumentKind, max_bytes: int
) -> Manuscript:
    folder = Path() if path == STDIN else Path(path).parent
    beside = partial(_beside, folder, max_bytes)
    return Manuscript(DocumentFile(path, data, beside), kind)


def _beside(folder: Path, max_bytes: int, relative: str) -> DocumentFile | None:
    """A file that a document includes: by its path from the document's folder."""
    path = folder / relative
    try:
        # A device or a pipe would never end.
        if not path.is_file():
            return None
        data = read_bytes(str(path), max_bytes)
    except (InputError, OSError, ValueError):
        return None
    return DocumentFile(str(path), data, partial(_beside, folder, max_bytes))


def read_text(path: str, max_bytes: int) -> SourceText:
    """Read and decode a file or standard input, bounded.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    return decode(read_bytes(path, max_bytes), path)


def read_bytes(path: str, max_bytes: int) -> bytes:
    """Read a file or standard input, bounded.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(max_bytes + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > max_bytes:
        raise InputError(
            f"larger than {max_bytes // _MEGABYTE} MB, the most that is read",
            location=Location.of_file(path),
            hint="is this the right file? If so, raise `max_file_mb` in the settings",
        )
    return data


_HINTS: Final = {
    FileNotFoundError: (
        "no such file, and no identifier either",
        "check the path; identifiers are DOIs (10.…), arXiv ids, PMIDs and PMCIDs",
    ),
    IsADirectoryError: ("this is a folder", "name the reference file inside it"),
    PermissionError: ("no permission to read it", "check who owns the file"),
}


def _unreadable(path: str, error: OSError) -> InputError:
    what, hint = _HINTS.get(type(error), (error.strerror or str(error), None))
    if not path:
        # `Path("")` is the current folder; it is mostly a variable that is not set.
        path, what, hint = "''", "an empty name", "name a reference file"
    return InputError(what, location=Location.of_file(path), hint=hint)
