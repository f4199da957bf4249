"""The files of a mirror, in a folder or at a URL that fsspec knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from lupusrefs.config import is_url
from lupusrefs.errors import MirrorError, MissingPackage
from lupusrefs.extras import extra

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Place", "is_url", "remote_errors"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, here or elsewhere.

    Attributes:
        location: as the user named it, for messages.
        root: the folder's path, or its name in its file system.
        system: the file system; None for this machine's own.
    """

    location: str
    root: str
    system: AbstractFileSystem | None = None

    @classmethod
    def of(cls, location: str) -> Place:
        """The place that a location names; nothing of it is looked at.

        Raises:
            MirrorError: it is a URL of a kind that nobody knows, or in the home folder
                of nobody.
            MissingPackage: the package for URLs of this kind is not installed.
        """
        if not is_url(location):
            try:
                return cls(location, str(Path(location).expanduser()))
            except RuntimeError as error:
                message = f"{location} is no folder: {error}"
                raise MirrorError(message) from None
        with extra("mirror", "a mirror at a URL"):
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
        try:
            system, root = url_to_fs(location)
        except ImportError as error:
            raise MissingPackage(
                f"{location} cannot be read without another package: {error}",
                package=error.name or "",
            ) from None
        except ValueError as error:
            message = f"{location} is no place that can be read: {error}"
            raise MirrorError(message) from None
        return cls(location, root, system)

    def path(self, name: str) -> str:
        """The whole name of a file.

        Args:
            name: its path in the folder, with slashes.
        """
        return f"{self.root.rstrip('/')}/{name}"

    def shown(self, name: str) -> str:
        """The name of a file, for messages."""
        return f"{self.location.rstrip('/')}/{name}"

    def read(self, name: str) -> bytes:
        """The content of a small file.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        if self.system is None:
            return Path(self.path(name)).read_bytes()
        return bytes(self._remotely(lambda system: system.cat_file(self.path(name))))

    def exists(self, name: str) -> bool:
        """Whether there is a file or folder of this name.

        Raises:
            OSError: nobody can say.
        """
        if self.system is None:
            return Path(self.path(name)).exists()
        return bool(self._remotely(lambda system: system.exists(self.path(name))))

    def source(self, name: str) -> str | IO[bytes]:
        """A file, as a reader of Parquet takes it: its path, or the open file.

        Raises:
            OSError: it is not there, or cannot be opened.
        """
        if self.system is None:
            return self.path(name)
        opened: IO[bytes] = self._remotely(
            lambda system: system.open(self.path(name), "rb")
        )
        return opened

    def _remotely(self, ask: Callable[[AbstractFileSystem], T]) -> T:
        if self.system is None:
            raise AssertionError(f"{self.location} is a folder of this machine")
        with remote_errors():
            return ask(self.system)


@contextmanager
def remote_errors() -> Iterator[None]:
    """What a file system elsewhere raises, as an OSError.

    Each comes with errors of its own, for credentials, time-outs and the like, and they
    have no more in common than that they are exceptions.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
