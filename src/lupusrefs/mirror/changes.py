"""What a registry has changed, fetched day by day into data files of a mirror.

.. code-block:: text

    updates/crossref-2026-03-30.jsonl.gz   all that was indexed last on that day
    updates/crossref-2026-03-31.jsonl.gz   ... and since, for the day of the update
    updates/crossref.part                  of the day that is under way
    updates/crossref.state                 what is done, and where to go on

A day is complete or has no file. An update that is interrupted keeps the days that it
has and, of the one under way, the pages: it goes on at their cursor, or begins that day
anew where the registry does not know the cursor any more. A record that changes again
meanwhile moves to a later day, which is fetched later: none is missed.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lupusrefs.errors import MirrorError, ServiceRejected, UnexpectedReply
from lupusrefs.files import write_atomically
from lupusrefs.mirror.layout import UPDATES, RegistryName
from lupusrefs.model.location import Location
from lupusrefs.services.paging import ROWS, ChangingRegistry
from lupusrefs.transport.message import Limit

_SCHEMA: Final = "lupusrefs.mirror-update/1"
# What registries say to a cursor that they do not know any more (registries.md 2.2).
_CURSOR_OVER: Final = frozenset((400, 404, 410, 500))
_COMPRESSION: Final = 6
# Of so many records one may be missing in the end.
_GONE: Final = 100
# So many records are asked for in one go, and not day by day.
_FEW: Final = 10 * ROWS


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a registry's changes are fetched.

    Attributes:
        registry: whose.
        since: the first day that is asked for.
        records: how many there are so far.
        total: how many there will be by the registry's count; None if it does not say.
        kept: how many of them an update that was interrupted had fetched.
        remaining_s: how long the rest will take at the pace so far, in seconds.
    """

    registry: RegistryName
    since: date
    records: int
    total: int | None
    kept: int
    remaining_s: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a registry has changed.

    Attributes:
        registry: whose.
        since: the first day that was asked for.
        as_of: the day up to which they are complete, in UTC.
        files: the data files, in the order of their days.
        records: how many records they have.
    """

    registry: RegistryName
    since: date
    as_of: date
    files: tuple[Path, ...]
    records: int


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Day(_Part):
    """A day that is done, or with ``open_on`` all days from it to that one.

    ``file`` is None where nothing was changed.
    """

    day: date
    open_on: date | None
    file: str | None
    records: int


class _UnderWay(_Part):
    """A day of which some pages are there: so many bytes of the part file."""

    day: date
    open_on: date | None
    cursor: str
    bytes: int
    records: int


class _State(_Part):
    """``updates/<registry>.state``."""

    schema_: Literal["lupusrefs.mirror-update/1"] = Field(
        default=_SCHEMA, alias="schema"
    )
    done: tuple[_Day, ...] = ()
    under_way: _UnderWay | None = None

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )


class ChangesFetch:
    """One registry's changes on their way into a mirror.

    Args:
        folder: the mirror.
        name: whose they are.
        since: the first day that is wanted, in UTC.
        today: the day on which they are asked for, in UTC.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        folder: Path,
        name: RegistryName,
        since: date,
        today: date,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._updates = folder / UPDATES
        self._name = name
        self._since = since
        self._today = today
        self._open_from = self._today
        self._part = self._updates / f"{name}.part"
        self._state_file = self._updates / f"{name}.state"
        self._clock = clock
        self._state = self._load()

    @property
    def kept(self) -> int:
        """How many records are there of an update that was interrupted."""
        begun = self._state.under_way
        done = sum(one.records for one in self._state.done)
        return done + (begun.records if begun else 0)

    async def fetch(
        self,
        registry: ChangingRegistry,
        progress: Callable[[FetchProgress], None] = lambda _: None,
    ) -> Changes:
        """Fetch all days that are not there yet.

        Args:
            registry: is asked.
            progress: called after every page.

        Raises:
            ServiceError: the registry could not be asked to the end. What came is kept.
            MirrorError: a file cannot be written.
        """
        kept = self.kept
        days = list(self._days())
        coming = await registry.count_changed(days[0]) if days else 0
        if days and coming is not None and coming <= _FEW:
            # As few requests as can be.
            self._open_from, days = days[0], days[:1]
        there = sum(one.records for one in self._state.done)
        total = None if coming is None else there + coming
        watch = _Watch(self._clock, registry.list_limit)
        for day in days:
            async for records in self._fetch_day(registry, day):
                left = None if total is None else max(total - records, 0)
                at = FetchProgress(
                    registry=self._name,
                    since=self._since,
                    records=records,
                    total=total,
                    kept=kept,
                    remaining_s=watch.rest_s(left),
                )
                progress(at)
        done = self._state.done
        return Changes(
            registry=self._name,
            since=self._since,
            as_of=self._today,
            files=tuple(self._updates / one.file for one in done if one.file),
            records=sum(one.records for one in done),
        )

    def settle(self) -> None:
        """Forget what was fetched: the mirror has it.

        Raises:
            MirrorError: a file cannot be removed.
        """
        with _writing(self._state_file):
            self._state_file.unlink(missing_ok=True)
            self._part.unlink(missing_ok=True)

    def _days(self) -> Iterator[date]:
        """The days that are not there yet; the last is today, and not over."""
        done = {one.day for one in self._state.done if one.open_on is None}
        fetched = (one.day for one in self._state.done if one.open_on == self._today)
        end = min(fetched, default=self._today + timedelta(days=1))
        for number in range((end - self._since).days):
            day = self._since + timedelta(days=number)
            if day not in done:
                yield day

    def _open_on(self, day: date) -> date | None:
        """The day up to which all is asked for with a day; None for itself alone."""
        return self._today if day >= self._open_from else None

    async def _fetch_day(
        self, registry: ChangingRegistry, day: date
    ) -> AsyncIterator[int]:
        """Fetch one day; gives the number of all records after each page."""
        begun = self._state.under_way
        wanted = day, self._open_on(day)
        if begun is not None and (begun.day, begun.open_on) == wanted:
            try:
                async for records in self._fetch_pages(registry, day, begun):
                    yield records
                return
            except ServiceRejected as error:
                went_on = self._state.under_way != begun
                if went_on or error.status not in _CURSOR_OVER:
                    raise
        async for records in self._fetch_pages(registry, day, None):
            yield records

    async def _fetch_pages(
        self, registry: ChangingRegistry, day: date, begun: _UnderWay | None
    ) -> AsyncIterator[int]:
        before = sum(one.records for one in self._state.done)
        size, records = (begun.bytes, begun.records) if begun else (0, 0)
        open_on = self._open_on(day)
        last = None if open_on else day
        least: int | None = None
        pages = registry.changed(day, last, begun.cursor if begun else None)
        async for page in pages:
            if page.records:
                size = self._append(size, page.records)
                records += len(page.records)
            if page.total is not None:
                least = page.total if least is None else min(least, page.total)
            if least is not None and records > 2 * least + 10 * ROWS:
                hint = "the endpoint, or a proxy before it, ignores the cursor"
                raise self._miscounted(day, least, f"more than {records:,}", hint)
            if page.cursor is not None:
                under_way = _UnderWay(
                    day=day,
                    open_on=open_on,
                    cursor=page.cursor,
                    bytes=size,
                    records=records,
                )
                self._save(_State(done=self._state.done, under_way=under_way))
            yield before + records
        # What changes again meanwhile moves to a later day: a few may be gone.
        if least is not None and records < least - least // _GONE:
            hint = "run the update again; the days before are kept"
            raise self._miscounted(day, least, f"{records:,}", hint)
        self._finish(day, records)

    def _miscounted(
        self, day: date, total: int, sent: str, hint: str
    ) -> UnexpectedReply:
        """What to raise of a day that is to begin anew."""
        self._save(_State(done=self._state.done))
        message = f"{self._name} has {total:,} records of {day}, and sent {sent}"
        return UnexpectedReply(message, service=self._name, url="", hint=hint)

    def _append(self, size: int, records: Iterable[object]) -> int:
        """Write a page behind the first bytes of the part; returns its new size.

        Raises:
            MirrorError: it cannot be written.
        """
        lines = (
            json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"
            for one in records
        )
        data = "".join(lines).encode("utf-8", "replace")
        # A member of its own: readers of gzip read one after the other (RFC 1952, 2.2).
        packed = gzip.compress(data, _COMPRESSION, mtime=0)
        with _writing(self._part):
            self._updates.mkdir(parents=True, exist_ok=True)
            with self._part.open("r+b" if size else "wb") as file:
                file.truncate(size)
                file.seek(size)
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
        return size + len(packed)

    def _finish(self, day: date, records: int) -> None:
        """Give the part its name, once the state says that it is whole."""
        file = self._free_name(day) if records else None
        open_on = self._open_on(day)
        done = _Day(day=day, open_on=open_on, file=file, records=records)
        self._save(_State(done=(*self._state.done, done)))
        if file is not None:
            with _writing(self._part):
                self._part.replace(self._updates / file)

    def _free_name(self, day: date) -> str:
        """A name that no file has: a day may be asked for again."""
        stem = f"{self._name}-{day.isoformat()}"
        further = (f"{stem}-{number}.jsonl.gz" for number in count(2))
        names = chain((f"{stem}.jsonl.gz",), further)
        return next(name for name in names if not (self._updates / name).exists())

    def _save(self, state: _State) -> None:
        with _writing(self._state_file):
            self._updates.mkdir(parents=True, exist_ok=True)
            text = state.model_dump_json(indent=2) + "\n"
            write_atomically(self._state_file, text)
        self._state = state

    def _load(self) -> _State:
        """What an update that was interrupted has left; nothing if it is damaged."""
        try:
            state = _State.model_validate_json(self._state_file.read_bytes())
        except (OSError, ValidationError):
            return _State()
        missing = [one for one in state.done if one.file and not self._has(one.file)]
        if state.under_way is None and missing and missing == [state.done[-1]]:
            # It was interrupted before the part got its name.
            with suppress(OSError):
                self._part.replace(self._updates / str(missing[0].file))
        kept = (one for one in state.done if one.file is None or self._has(one.file))
        begun = state.under_way
        if begun is not None and self._size_of_part() < begun.bytes:
            begun = None
        return _State(done=tuple(kept), under_way=begun)

    def _has(self, file: str) -> bool:
        return (self._updates / file).is_file()

    def _size_of_part(self) -> int:
        try:
            return self._part.stat().st_size
        except OSError:
            return -1


class _Watch:
    """How long the rest takes."""

    def __init__(self, clock: Callable[[], float], limit: Limit) -> None:
        self._clock = clock
        self._began_s = clock()
        self._pages = 0
        self._pace_s = limit.interval_s / limit.requests

    def rest_s(self, records: int | None) -> float | None:
        """Count a page, and say in how many seconds so many records will be there."""
        self._pages += 1
        if records is None:
            return None
        page_s = (self._clock() - self._began_s) / self._pages
        return math.ceil(records / ROWS) * max(page_s, self._pace_s)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """What cannot be written inside, as a MirrorError."""
    try:
        yield
    except OSError as error:
        raise MirrorError(
            f"cannot be written: {error.strerror or error}",
            location=Location.of_file(str(path)),
            hint="what was fetched before is kept; run the update again",
        ) from None
