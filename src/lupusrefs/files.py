"""Writing a file in one step: the old content or the new, never half of either.

POSIX, "rename": the name stands for the old file until it stands for the new one. The
content must be on the disk before that, and the folder, which holds the names, after.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from lupusrefs.errors import InputError
from lupusrefs.model.location import Location

# How the names of files end that are being written.
TEMPORARY: Final = ".tmp"
_PERMISSIONS: Final = 0o7777
_GROUP: Final = stat.S_IRWXG
_ORDINARY: Final = 0o666
# A temporary name is longer than the file's: of a long one only the begin is taken.
_LONGEST: Final = 40


def write_atomically(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Replace a file's content in one step.

    Of text in pieces each is asked for when it is written: it need not fit into memory.

    Permissions stay, owner and group where that is allowed, and symbolic links: what
    they lead to is replaced. Text is written as UTF-8. A device or a pipe
    (``/dev/null``, ``/dev/stdout``) is written to, never replaced. Of a file with
    several names (hard links) only this name gets the new content: a backup that
    shares the old one keeps it.

    Raises:
        InputError: it cannot be written; the old content is still there.
    """
    pieces = (content,) if isinstance(content, str | bytes) else content
    data = (one.encode("utf-8") if isinstance(one, str) else one for one in pieces)
    try:
        old = _status(path)
        if old is not None and not stat.S_ISREG(old.st_mode):
            _write_through(path, old, data)
        else:
            _replace(Path(os.path.realpath(path)), old, data)
    except OSError as error:
        raise _unwritable(path, error) from None


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Where to write a file that is then there as a whole, or, in case of error, not.

    It is put on the disk before it gets its name (POSIX, "rename"). If nothing is
    written, nothing appears.

    Raises:
        OSError: it cannot be written.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        yield new
        if not new.exists():
            return
        handle = os.open(new, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink()


def write_unless_changed(
    path: Path, before: bytes | None, content: bytes, consequence: str
) -> None:
    """Replace a file's content, unless somebody else did since it was read.

    Args:
        path: the file.
        before: what was read from it; None where it was not there.
        content: what it gets.
        consequence: what is said to be the case if it was changed, such as "nothing
            was added".

    Raises:
        InputError: it cannot be written, or is not any more what was read.
    """
    try:
        now = path.read_bytes() if path.exists() else None
        is_changed = now != before
    except OSError:
        is_changed = True
    if is_changed:
        raise InputError(
            f"the file was changed in the meantime; {consequence}",
            location=Location.of_file(str(path)),
            hint="run the command again",
        )
    write_atomically(path, content)


def _status(path: Path) -> os.stat_result | None:
    """What is there, behind all links; None where nothing is.

    Raises:
        OSError: it cannot be known, as with a link that leads to itself.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_through(path: Path, old: os.stat_result, data: Iterable[bytes]) -> None:
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(0, "this is a folder")
    with path.open("wb") as file:
        file.writelines(data)


def _replace(target: Path, old: os.stat_result | None, data: Iterable[bytes]) -> None:
    if old is not None and not _may_write(target):
        raise PermissionError(0, "it is write-protected")
    prefix = f".{target.name[:_LONGEST]}."
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=prefix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(data)
            file.flush()
            _make_alike(Path(name), old)
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        # It is there still if anything went wrong, an interrupt included.
        with suppress(OSError):
            Path(name).unlink()
    settle(target.parent)


def _may_write(target: Path) -> bool:
    """Whether the file itself may be written; a rename asks for the folder only."""
    effective = os.access in os.supports_effective_ids
    return os.access(target, os.W_OK, effective_ids=effective)


def _make_alike(new: Path, old: os.stat_result | None) -> None:
    """Give the new file the owner, group and permissions of the old one."""
    if old is None:
        umask = os.umask(0)
        os.umask(umask)
        new.chmod(_ORDINARY & ~umask)
        return
    mode = old.st_mode & _PERMISSIONS
    if hasattr(os, "chown"):
        owner = _give(new, old.st_uid, -1)
        group = _give(new, -1, old.st_gid)
        if not owner:
            mode &= ~stat.S_ISUID
        if not group:
            # What the old group might is not for the members of another one.
            as_others = mode & ((mode & stat.S_IRWXO) << 3)
            mode = (mode & ~_GROUP & ~stat.S_ISGID) | as_others
    # After the change of owner, which takes special bits away.
    new.chmod(mode)


def _give(new: Path, owner: int, group: int) -> bool:
    """Whether the file could be given to this owner or group."""
    try:
        os.chown(new, owner, group)
    except OSError:
        return False
    return True


def settle(folder: Path) -> None:
    """Have the folder on the disk, too, where the system can be asked for it."""
    # The new content is in place: what fails here is no reason to say it were not.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError) -> InputError:
    hint = "nothing was changed"
    if isinstance(error, PermissionError):
        hint = f"check who may write to it and to its folder; {hint}"
    return InputError(
        f"cannot be written: {error.strerror or error}",
        location=Location.of_file(str(path)),
        hint=hint,
    )
