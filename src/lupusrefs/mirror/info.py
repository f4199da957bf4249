"""What a mirror has, how old it is, and whether a build of it is under way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import filelock
from pydantic import ValidationError

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import layout
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.location import Place
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.manifest import PLAN, TASKS, Plan, SourceNote
from lupusrefs.mirror.search_index import is_current
from lupusrefs.mirror.verify import sizes


class SearchState(StrEnum):
    """Whether a mirror can be searched."""

    NONE = "none"
    CURRENT = "current"
    OUT_OF_DATE = "out-of-date"


@dataclass(frozen=True, slots=True)
class DamagedSource:
    """A data file that could not be read to its end.

    Attributes:
        name: its path, as it was given.
        problem: what is wrong with it.
    """

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A build that has begun and not ended.

    Attributes:
        tasks_done: how many of its tasks, of which each reads some sources, are done.
        tasks: how many there are.
        buckets_done: how many buckets, which are written next, are.
        buckets: how many there are.
        is_going_on: whether a process is at it now, as far as that can be known.
    """

    tasks_done: int
    tasks: int
    buckets_done: int
    buckets: int
    is_going_on: bool = False


@dataclass(frozen=True, slots=True)
class MirrorInfo:
    """What there is to say about a mirror.

    Attributes:
        location: the folder or URL, as it was named.
        description: ``mirror.json``; None where the first build is not finished.
        damaged: the sources that could not be read to their end.
        search: whether it can be searched.
        bytes: how large all its files are together.
        unfinished: a build that has begun and not ended, or None.
    """

    location: str
    description: Description | None
    damaged: tuple[DamagedSource, ...]
    search: SearchState
    bytes: int
    unfinished: Unfinished | None

    @property
    def is_searchable(self) -> bool:
        """Whether there is an index of all that the mirror has."""
        return self.search is SearchState.CURRENT


def info(location: str) -> MirrorInfo:
    """Look at a mirror; none of its buckets is read.

    Args:
        location: a folder, or a URL that fsspec knows.

    Raises:
        MirrorError: there is neither a mirror nor the begin of one, or its description
            cannot be read.
        MissingPackage: a package that reading needs is not installed.
    """
    place = Place.of(location)
    try:
        files = sizes(place)
    except OSError as error:
        if place.exists(layout.DESCRIPTION):
            message = f"{location} cannot be looked at: {error}"
            raise MirrorError(message) from None
        files = {}
    unfinished = _unfinished(place, files)
    description = None
    if unfinished is None or layout.DESCRIPTION in files:
        description = Mirror.open(location).description
    return MirrorInfo(
        location=location,
        description=description,
        damaged=tuple(_damaged(place)) if description else (),
        search=_search(description),
        bytes=sum(files.values()),
        unfinished=unfinished,
    )


def _search(description: Description | None) -> SearchState:
    if description is None or description.search is None:
        return SearchState.NONE
    return SearchState.CURRENT if is_current(description) else SearchState.OUT_OF_DATE


def _damaged(place: Place) -> Iterator[DamagedSource]:
    """The sources that could not be read to their end.

    Raises:
        MirrorError: the list of the sources cannot be read.
    """
    try:
        text = place.read(layout.SOURCES).decode("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(place, layout.SOURCES, error) from None
    for line in text.removesuffix("\n").split("\n") if text else ():
        try:
            note = SourceNote.model_validate_json(line)
        except ValidationError as error:
            raise _unreadable(place, layout.SOURCES, error) from None
        if note.damage:
            yield DamagedSource(note.source, "; ".join(note.damage))


def _unfinished(place: Place, files: Collection[str]) -> Unfinished | None:
    """How far a build is; all is nothing where its plan is not there yet."""
    begin = f"{layout.WORK}/"
    notes = [name.removeprefix(begin) for name in files if name.startswith(begin)]
    if not notes:
        return None
    try:
        plan = Plan.model_validate_json(place.read(f"{begin}{PLAN}"))
    except (OSError, ValidationError):
        return Unfinished(0, 0, 0, 0, is_written(place))
    done = [name for name in notes if name.endswith(".json")]
    return Unfinished(
        tasks_done=sum(name.startswith(f"{TASKS}/") for name in done),
        tasks=len(plan.tasks),
        buckets_done=sum(name.startswith(f"{layout.BUCKETS}/") for name in done),
        buckets=plan.buckets,
        is_going_on=is_written(place),
    )


def is_written(place: Place) -> bool:
    """Whether somebody holds the lock of a mirror, as far as that can be known."""
    path = Path(place.path(layout.LOCK))
    if place.system is not None or not path.exists():
        return False
    lock = filelock.FileLock(path, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _unreadable(place: Place, name: str, error: Exception) -> MirrorError:
    first = str(error).partition("\n")[0]
    return MirrorError(f"{place.shown(name)} cannot be read: {first}")
