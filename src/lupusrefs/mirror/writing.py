"""The folder of a mirror while it is written: one writer, nothing half done."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import filelock

from lupusrefs.errors import InputError, MirrorError
from lupusrefs.files import TEMPORARY, settle
from lupusrefs.mirror.layout import (
    BUCKETS,
    DESCRIPTION,
    LOCK,
    REJECTED,
    RETRACTIONS,
    SEARCH,
    SOURCES,
    UPDATES,
    WORK,
)
from lupusrefs.mirror.manifest import (
    DONE,
    FINISH,
    PROCESS,
    REPAIR,
    REPAIRED,
    TASKS,
    Plan,
    WorkFolder,
    read_description,
)

# In this order: who finds the new description finds all that it describes.
_FINISHED: Final = (SOURCES, REJECTED, DESCRIPTION)
_OURS: Final = frozenset(
    {BUCKETS, DESCRIPTION, LOCK, REJECTED, RETRACTIONS, SEARCH, SOURCES, UPDATES}
    | {WORK, DONE, REPAIR}
)
_BUCKET_NAME: Final = re.compile(
    rf"\d+(?:-\d+)?(?:\.parquet|{re.escape(REPAIRED)})(?:\..*{re.escape(TEMPORARY)})?"
)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only one that writes into a folder, which is made if it is not there.

    Raises:
        MirrorError: somebody else is; or the folder has other things in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_ours(folder)
        lock = filelock.FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except filelock.Timeout:
        raise MirrorError(
            f"another build is writing to {folder}{_process_in(folder)}",
            hint="wait until it is done",
        ) from None
    except OSError as error:
        raise MirrorError(
            f"{folder} cannot be written to: {error.strerror or error}"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _check_ours(folder: Path) -> None:
    """See that nothing of anybody else's can be overwritten or deleted.

    Raises:
        MirrorError: the folder has other things in it.
    """
    names = {path.name for path in folder.iterdir()}
    if LOCK in names or DESCRIPTION in names:
        return
    others = sorted(name for name in names - _OURS if not name.startswith("."))
    if others:
        raise MirrorError(
            f"{folder} is no mirror, and not empty: it has {others[0]}",
            hint="name a new folder",
        )


def _process_in(folder: Path) -> str:
    for work in (WORK, REPAIR):
        with suppress(OSError):
            return f" (process {(folder / work / PROCESS).read_text('utf-8').strip()})"
    return ""


@contextmanager
def disk_errors_named(folder: Path) -> Iterator[None]:
    """What the system says of the mirror's folder becomes an error with a way on.

    However the block ends, no half-written file is left.

    Raises:
        MirrorError: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error)
        full = error.errno in _FULL
        raise MirrorError(
            f"the mirror in {folder} cannot be written: {what}{_state(folder)}",
            hint=f"{'make room: ' if full else ''}the same command goes on where it "
            "stopped",
        ) from None
    finally:
        sweep(folder)


def _state(folder: Path) -> str:
    """How much of a build is done, as the end of a sentence."""
    work = WorkFolder(folder)
    with suppress(OSError, InputError):
        plan = work.plan()
        if plan is not None:
            files = list((work.path / TASKS).glob("*.json"))
            tasks, buckets = len(files), len(list(work.bucket_notes()))
            return (
                f" ({tasks} of {len(plan.tasks)} parts of the sources are read, "
                f"{buckets} of {plan.buckets} buckets are written)"
            )
    return ""


def sweep(folder: Path) -> None:
    """Remove files that a process left half-written; nobody may be writing any."""
    for place in (folder / BUCKETS, folder / WORK, folder / REPAIR):
        for path in place.rglob(f"*{TEMPORARY}"):
            with suppress(OSError):
                if not path.is_dir():
                    path.unlink()


def complete_finished(work: WorkFolder) -> None:
    """Do what is left to do of a build whose every file is made.

    It may be stopped at any moment, and done again.

    Raises:
        OSError: a file cannot be renamed.
    """
    shutil.rmtree(work.mirror / DONE, ignore_errors=True)
    shutil.rmtree(work.mirror / REPAIR, ignore_errors=True)
    finish = work.path / FINISH
    if not finish.is_dir():
        return
    for name in _FINISHED:
        if (finish / name).exists():
            (finish / name).replace(work.mirror / name)
    settle(work.mirror)
    _delete(work)


def discard(work: WorkFolder) -> None:
    """Throw away a build that is not finished.

    Raises:
        OSError: it cannot be deleted.
    """
    if work.path.exists():
        _delete(work)


def _delete(work: WorkFolder) -> None:
    """Delete the folder of a build, and buckets that the mirror does not have."""
    described = read_description(work.mirror)
    names = {bucket.name for bucket in described.buckets} if described else set()
    for path in (work.mirror / BUCKETS).glob("*"):
        is_bucket = _BUCKET_NAME.fullmatch(path.name) is not None
        if is_bucket and f"{BUCKETS}/{path.name}" not in names:
            path.unlink()
    # In one step: half of the folder would look like a build that goes on.
    work.path.rename(work.mirror / DONE)
    shutil.rmtree(work.mirror / DONE, ignore_errors=True)


def unfinished(folder: Path, plan: Plan) -> MirrorError:
    """That a build is under way which is not finished."""
    return MirrorError(
        f"a build in {folder} is not finished: {described(plan)}",
        hint="finish it with the command that began it, or throw it away with "
        "`lupusrefs mirror build --restart`",
    )


def other_plan(folder: Path, noted: Plan, wanted: Plan) -> MirrorError:
    """That a build is under way which is another one than what is wanted."""
    return MirrorError(
        f"another build in {folder} is not finished: {described(noted)}; this one is "
        f"{described(wanted)}",
        hint="finish that with the command that began it, or throw it away with "
        "--restart",
    )


def described(plan: Plan) -> str:
    """What is being built, in a few words."""
    count = len(plan.sources)
    size = sum(source.bytes for source in plan.sources)
    sources = f"{count} source{'' if count == 1 else 's'} of {size:,} bytes"
    first = f", the first {plan.sources[0].path}" if plan.sources else ""
    kept = ", records kept whole" if plan.whole else ""
    return f"{sources}{first}, {plan.buckets} buckets{kept}"


__all__ = [
    "complete_finished",
    "described",
    "discard",
    "disk_errors_named",
    "locked",
    "other_plan",
    "settle",
    "sweep",
    "unfinished",
]
