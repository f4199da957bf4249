"""A registry that tells what it changed, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date

from lupusrefs.errors import ServiceError
from lupusrefs.services.paging import Page
from lupusrefs.transport.message import Limit

PACE = Limit(requests=2, interval_s=1.0, concurrency=1)


@dataclass
class Changing:
    """A registry with pages of two records; a page's cursor is the next one's number.

    Attributes:
        changed_on: day -> the numbers of the records that were changed last on it.
        fail: takes day and page, and returns what goes wrong, if anything does.
        asked: the days, whether all since were asked for, and the cursors.
    """

    changed_on: dict[date, list[int]]
    fail: Callable[[date, int], ServiceError | None] = lambda _day, _page: None
    asked: list[tuple[date, bool, str | None]] = field(default_factory=list)
    list_limit: Limit = PACE
    tells_total: bool = True

    def of(self, first: date, last: date | None) -> list[int]:
        """What was changed on some days."""
        days = self.changed_on
        return [
            number
            for day in sorted(days)
            if first <= day and (last is None or day <= last)
            for number in days[day]
        ]

    async def count_changed(self, first: date) -> int | None:
        """All since then."""
        return len(self.of(first, None)) if self.tells_total else None

    async def changed(
        self, first: date, last: date | None, cursor: str | None = None
    ) -> AsyncIterator[Page]:
        """Page by page."""
        numbers = self.of(first, last)
        page = int(cursor or "0")
        self.asked.append((first, last is None, cursor))
        while True:
            await asyncio.sleep(0)
            if (error := self.fail(first, page)) is not None:
                raise error
            part = numbers[2 * page : 2 * page + 2]
            page += 1
            following = str(page) if len(part) == 2 else None
            total = len(numbers) if self.tells_total else None
            yield Page(tuple({"DOI": f"10.5555/{n}"} for n in part), following, total)
            if following is None:
                return
