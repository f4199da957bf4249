"""The folder of a run that is not finished: here, or where all workers can reach it.

Each of its files appears whole or not at all, so that what is there is done.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from lupusrefs.errors import InputError
from lupusrefs.mirror.location import Place, is_url, remote_errors
from lupusrefs.model.location import Location

_TEMPORARY: Final = ".tmp"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one at a URL that fsspec knows.

    Attributes:
        location: its path or URL.
    """

    location: str

    @property
    def is_remote(self) -> bool:
        """Whether it is at a URL."""
        return is_url(self.location)

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        return Place.of(self.location).read(name)

    def open(self, name: str) -> IO[bytes]:
        """A file to read parts of.

        Raises:
            OSError: it is not there, or cannot be opened.
        """
        source = Place.of(self.location).source(name)
        return Path(source).open("rb") if isinstance(source, str) else source

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name.

        Raises:
            OSError: nobody can say.
        """
        return Place.of(self.location).exists(name)

    def write(self, name: str, content: bytes) -> None:
        """Write a file in one step.

        Raises:
            InputError: it cannot be written.
        """
        place = Place.of(self.location)
        path = place.path(name)
        try:
            if place.system is None:
                _write_here(Path(path), content)
            else:
                with remote_errors():
                    # Where folders are none, that is no error.
                    place.system.makedirs(path.rpartition("/")[0], exist_ok=True)
                    place.system.pipe_file(path, content)
        except OSError as error:
            raise _unwritable(place.shown(name), error) from None

    def names(self, under: str) -> frozenset[str]:
        """The names of the files in one of its folders, without the folder's.

        Raises:
            OSError: nobody can say.
        """
        place = Place.of(self.location)
        path = place.path(under).rstrip("/")
        if place.system is None:
            here = Path(path)
            found = [one.name for one in here.iterdir()] if here.is_dir() else []
        else:
            with remote_errors():
                if not place.system.exists(path):
                    return frozenset()
                place.system.invalidate_cache()
                listed = place.system.ls(path, detail=False)
            found = [str(one).rstrip("/").rpartition("/")[2] for one in listed]
        return frozenset(one for one in found if not one.endswith(_TEMPORARY))

    def remove(self, under: str = "") -> None:
        """Remove one of its folders, or all of it; what is not there is no error.

        Raises:
            InputError: it cannot be removed.
        """
        place = Place.of(self.location)
        path = place.path(under).rstrip("/")
        try:
            if place.system is None:
                if Path(path).exists():
                    shutil.rmtree(path)
            else:
                with remote_errors():
                    if place.system.exists(path):
                        place.system.rm(path, recursive=True)
        except OSError as error:
            raise _unwritable(place.shown(under), error) from None


def _write_here(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{uuid4().hex[:8]}{_TEMPORARY}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        # It is there still if anything went wrong.
        with suppress(FileNotFoundError):
            temporary.unlink()


def _unwritable(shown: str, error: OSError) -> InputError:
    return InputError(
        f"cannot be written: {error.strerror or error}",
        location=Location.of_file(shown),
        hint="the same command again goes on from where this one was left",
    )


def place_of(name: str) -> tuple[Place, str]:
    """A file of any place: the folder that it is in, and its name there."""
    head, slash, tail = name.rpartition("/")
    if not slash:
        return Place.of("."), name
    return Place.of(head or "/"), tail


def open_file(name: str) -> IO[bytes]:
    """A file of any place, to read parts of.

    Args:
        name: its path, or its URL.

    Raises:
        OSError: it is not there, or cannot be opened.
    """
    place, tail = place_of(name)
    source = place.source(tail)
    return Path(source).open("rb") if isinstance(source, str) else source
