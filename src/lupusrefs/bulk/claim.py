"""The folder of a run is for one process alone, and has nothing else in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lupusrefs.bulk.folder import Folder
from lupusrefs.errors import InputError
from lupusrefs.extras import extra
from lupusrefs.model.location import Location

_MARK: Final = "begun"
_LOCK: Final = "lock"


@contextmanager
def claimed(folder: Folder) -> Iterator[None]:
    """The folder of a run, for this process alone.

    Raises:
        InputError: it has something else in it, or another run is at work there.
    """
    if folder.is_remote:
        # Nobody can lock anything there; but it must not be somebody's data.
        if not folder.exists(_MARK) and folder.names(""):
            raise _not_ours(folder)
        folder.write(_MARK, b"")
        yield
        return
    path = Path(folder.location)
    is_new = not path.exists() or (path.is_dir() and not any(path.iterdir()))
    if not is_new and not (path / _MARK).exists():
        raise _not_ours(folder)
    folder.write(_MARK, b"")
    with extra("mirror", "a bulk check"):
        from filelock import FileLock, Timeout  # noqa: PLC0415 - an extra
    lock = FileLock(path / _LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(
            "another bulk check is at work here",
            location=Location.of_file(folder.location),
            hint="wait for its end, or name another folder with --work",
        ) from None
    try:
        yield
    finally:
        lock.release()


def _not_ours(folder: Folder) -> InputError:
    return InputError(
        "there is something here that is no unfinished bulk check",
        location=Location.of_file(folder.location),
        hint="name another folder with --work",
    )
