"""What a build notes down, so that it can go on where it stopped.

.. code-block:: text

    DIR/work/
      plan.json             Plan: what is being built, from what
      process               the number of the process that builds
      tasks/00000.json      TaskResult: a task is done exactly if this is there
      tasks/00000.rejected.jsonl
      runs/00000-00.arrow   the rows of a task, by bucket
      buckets/0000.json     BucketResult: a bucket is done exactly if this is there
      finish/               all that replaces the mirror's own files at the end

Every file appears whole, or not at all (:func:`lupusrefs.files.appearing`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from lupusrefs.errors import MirrorError
from lupusrefs.files import appearing
from lupusrefs.mirror.json_blocks import Unit
from lupusrefs.mirror.layout import (
    BUCKETS,
    DESCRIPTION,
    SOURCES,
    WORK,
    BucketFile,
    Description,
    RegistryName,
)
from lupusrefs.model.location import Location

PLAN: Final = "plan.json"
TASKS: Final = "tasks"
RUNS: Final = "runs"
FINISH: Final = "finish"
PROCESS: Final = "process"
# Where buckets are made anew, and how they are called until they are whole.
REPAIR: Final = "work.repair"
REPAIRED: Final = ".repair"
_RESTART: Final = "--restart throws away the build that is not finished"
# A build that is done is renamed to this before it is deleted.
DONE: Final = "work.done"


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_N = TypeVar("_N", bound=BaseModel)


class Source(_Note):
    """A file that records are read from.

    Attributes:
        path: where it is; relative to the mirror if it is in there.
        bytes: its size.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
    """

    path: str
    bytes: int
    mtime_ns: int


class Place(_Note):
    """A member of a tar: its name, and where its content is, in bytes."""

    name: str
    offset: int
    size: int


class TaskPart(_Note):
    """What a task reads of one source.

    Attributes:
        source: its number in the plan.
        members: which of a tar; None for all that is in the source.
        damage: what is wrong with the tar as a whole; None if nothing is.
    """

    source: int
    members: tuple[Place, ...] | None = None
    damage: str | None = None


class Plan(_Note):
    """What is being built.

    Attributes:
        build: which build of this mirror it is, counted from 1.
        whole: whether records are kept whole.
        buckets: how many there are.
        sources: what is read, in order: of equally new records the later one wins.
        tasks: who reads what; the same, however many processes there are.
    """

    build: int
    whole: bool
    buckets: int
    sources: tuple[Source, ...]
    tasks: tuple[tuple[TaskPart, ...], ...]


class PartResult(_Note):
    """What came of a part of a task.

    Attributes:
        source: its number in the plan.
        records: how many were read, aliases aside.
        rejected: how many lines or elements were set aside.
        damage: what could not be read, and why: a member's name, or nothing, and what
            is wrong.
        is_unread: whether nothing could be read, as of a file that nobody may open.
    """

    source: int
    records: int
    rejected: int
    damage: tuple[str, ...] = ()
    is_unread: bool = False


class TaskResult(_Note):
    """What came of a task.

    Attributes:
        parts: what came of each of its parts.
        runs: the files with its rows, in order.
        newest: when the newest record of a registry was indexed, UTC.
    """

    parts: tuple[PartResult, ...]
    runs: tuple[str, ...]
    newest: Mapping[RegistryName, datetime]


class BucketResult(_Note):
    """What came of a bucket.

    Attributes:
        file: its file.
        records: how many DOIs of each registry it has, aliases aside.
        aliases: how many aliases.
        newest: when the newest record of a registry was indexed, UTC.
    """

    file: BucketFile
    records: Mapping[RegistryName, int]
    aliases: int
    newest: Mapping[RegistryName, datetime]


class SourceNote(_Note):
    """A line of ``sources.jsonl``: a source that was read.

    Attributes:
        source: its path; relative to the mirror if it is in there.
        bytes: its size.
        mtime_ns: when it was last changed, in nanoseconds since 1970.
        build: which build read it, counted from 1.
        as_of: up to which day the rows of that build are complete, by registry.
        records: how many were read, aliases aside.
        rejected: how many lines or elements were set aside.
        damage: what could not be read, and why.
    """

    source: str
    bytes: int
    mtime_ns: int
    build: int
    as_of: Mapping[RegistryName, date]
    records: int
    rejected: int
    damage: tuple[str, ...] = ()


class RejectedNote(_Note):
    """A line of ``rejected.jsonl``: what no record could be made of.

    Attributes:
        source: the path of the file.
        member: the name of the file in a tar; None outside one.
        line: which line it is, counted from 1; None where ``item`` is given.
        item: which element of a list, or which JSON value of the file.
        reason: what is wrong.
        text: its begin; empty where a file has very many.
    """

    source: str
    member: str | None = None
    line: int | None = None
    item: int | None = None
    reason: str
    text: str

    @classmethod
    def of(
        cls,
        source: str,
        member: str | None,
        number: int,
        unit: Unit,
        reason: str,
        text: str,
    ) -> RejectedNote:
        """A note on the value with this number."""
        return cls(
            source=source,
            member=member,
            line=number if unit == "line" else None,
            item=number if unit == "item" else None,
            reason=reason,
            text=text,
        )


class WorkFolder:
    """The folder of a build that is not finished.

    Args:
        mirror: the folder of the mirror.
        name: its name in there.
    """

    def __init__(self, mirror: Path, name: str = WORK) -> None:
        self.mirror = mirror
        self.path = mirror / name

    @property
    def runs(self) -> Path:
        """Where the runs are."""
        return self.path / RUNS

    def make(self) -> None:
        """Make the folders.

        Raises:
            OSError: that cannot be done.
        """
        for folder in (self.runs, self.path / TASKS, self.path / BUCKETS):
            folder.mkdir(parents=True, exist_ok=True)
        (self.mirror / BUCKETS).mkdir(exist_ok=True)

    def note_process(self) -> None:
        """Say which process is at work.

        Raises:
            OSError: that cannot be done.
        """
        write_lines(self.path / PROCESS, (f"{os.getpid()}\n",))

    def bucket_notes(self) -> Iterator[Path]:
        """The results of all buckets that are done."""
        return (self.path / BUCKETS).glob("*.json")

    def plan(self) -> Plan | None:
        """What is being built; None where nothing is.

        Raises:
            MirrorError: the file is damaged.
        """
        return read_note(Plan, self.path / PLAN, _RESTART)

    def task_file(self, number: int) -> Path:
        """Where a task's result is noted."""
        return self.path / TASKS / f"{number:05d}.json"

    def rejected_file(self, number: int) -> Path:
        """What a task has set aside."""
        return self.path / TASKS / f"{number:05d}.rejected.jsonl"

    def bucket_file(self, number: int) -> Path:
        """Where a bucket's result is noted."""
        return self.path / BUCKETS / f"{number:04d}.json"

    def task_result(self, number: int) -> TaskResult | None:
        """What came of a task; None where it is not done."""
        return read_note(TaskResult, self.task_file(number), _RESTART)

    def bucket_result(self, number: int) -> BucketResult | None:
        """What came of a bucket; None where it is not done."""
        return read_note(BucketResult, self.bucket_file(number), _RESTART)

    def rejected(self, tasks: int) -> Iterator[str]:
        """The lines of all tasks that set something aside."""
        for number in range(tasks):
            path = self.rejected_file(number)
            if path.exists():
                with path.open(encoding="utf-8", newline="\n") as lines:
                    yield from lines


def read_description(folder: Path) -> Description | None:
    """``mirror.json``; None where there is none.

    Raises:
        MirrorError: it is damaged.
    """
    return read_note(Description, folder / DESCRIPTION)


def read_sources(folder: Path) -> tuple[SourceNote, ...]:
    """The sources that were read into a mirror, in order.

    Raises:
        MirrorError: the list is damaged.
    """
    path = folder / SOURCES
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, error) from None
    try:
        return tuple(map(SourceNote.model_validate_json, text.splitlines()))
    except ValidationError as error:
        raise _damaged(path, error) from None


def as_line(note: BaseModel) -> str:
    """A note as one line of JSON."""
    return note.model_dump_json(exclude_none=True) + "\n"


def write_note(path: Path, note: BaseModel) -> None:
    """Write a note in one step.

    Raises:
        OSError: it cannot be written.
    """
    write_lines(path, (note.model_dump_json() + "\n",))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text in one step.

    Raises:
        OSError: it cannot be written.
    """
    with appearing(path) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def read_note(kind: type[_N], path: Path, hint: str | None = None) -> _N | None:
    """A note, or None where there is none.

    Args:
        kind: what kind of note it is.
        path: where it is.
        hint: what to do where it is damaged.

    Raises:
        MirrorError: it is damaged, or of another version.
    """
    try:
        return kind.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise _damaged(path, error, hint) from None


def _damaged(path: Path, error: Exception, hint: str | None = None) -> MirrorError:
    if isinstance(error, ValidationError):
        found = error.errors()[0]
        what = f"{'.'.join(map(str, found['loc']))}: {found['msg']}".lstrip(": ")
    else:
        what = str(error)
    return MirrorError(
        f"this file of the mirror cannot be read: {what}",
        location=Location.of_file(str(path)),
        hint=hint,
    )
