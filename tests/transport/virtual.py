"""Time that passes only when every task waits for it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")

# So many turns of the loop let every task run until it waits for time to pass.
_TURNS = 100
START = datetime(2026, 11, 22, tzinfo=UTC)


class VirtualTime:
    """A clock and a sleep that agree, for code that takes them as parameters."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.slept: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def clock(self) -> float:
        """Monotonic seconds."""
        return self.now_s

    def now(self) -> datetime:
        """The wall clock that agrees with :meth:`clock`."""
        return START + timedelta(seconds=self.now_s)

    async def sleep(self, seconds: float) -> None:
        """Wait until virtual time has come so far."""
        self.slept.append(seconds)
        future = asyncio.get_running_loop().create_future()
        entry = (self.now_s + seconds, next(self._order), future)
        heapq.heappush(self._sleepers, entry)
        await future

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """Run to the end, letting time jump whenever nothing else can happen."""
        return asyncio.run(self._drive(main))

    async def _drive(self, main: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(main)
        while not task.done():
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            if not task.done():
                assert self._sleepers, "everything waits, and nothing for time"
                self.now_s, _, future = heapq.heappop(self._sleepers)
                if not future.done():
                    future.set_result(None)
        return task.result()
