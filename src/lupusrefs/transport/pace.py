"""How fast an origin may be asked: one sliding window per origin and lane.

Up to ``requests`` go out at once, then none until the oldest has left the window;
that gives the lowest latency a published figure allows. The answers' own headers
move the figure, an HTTP 429 halves the pace, and each success gives a little back.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from lupusrefs.transport.message import Limit

if TYPE_CHECKING:
    from lupusrefs.transport.clocks import Clock, Sleep

UNPUBLISHED = Limit(requests=5, interval_s=1.0, concurrency=2)
"""The pace for origins that publish none, such as the target of a redirect."""

# Windows are this much longer than published: the network may delay an earlier
# request more than a later one, and the server counts arrivals, not departures.
_MARGIN = 1.05
_SHORTEST_SLEEP_S = 0.001
_SLOWEST_SHARE = 1 / 16
_SHARE_PER_SUCCESS = 0.05
_UNIT_S = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}
# Figures outside these bounds are taken for nonsense and ignored.
_MOST_PER_WINDOW = 10_000
_LONGEST_INTERVAL_S = 3600.0
_SLOWEST_PACE_S = 60.0


class LanePaused(Exception):  # noqa: N818 - reads as what it is
    """The origin asked for a pause that is longer than anybody here will wait."""

    def __init__(self, remaining_s: float) -> None:
        super().__init__(f"paused for {remaining_s:.0f} s more")
        self.remaining_s = remaining_s


class Slot:
    """The right to send one request; tells its lane what the answer taught."""

    __slots__ = ("_lane", "at_s")

    def __init__(self, lane: Lane, at_s: float) -> None:
        self._lane = lane
        self.at_s = at_s

    def sent(self) -> None:
        """Count the request from now: connecting has delayed it until now."""
        self.at_s = self._lane.clock()

    def learn(self, headers: Mapping[str, str], *, capped: bool = False) -> None:
        """Adopt the figures of the answer's headers (see :func:`announced`)."""
        self._lane.limit = announced(
            headers, self._lane.published, self._lane.limit, capped=capped
        )

    def succeeded(self) -> None:
        """Give a little of the pace back."""
        self._lane.share = min(1.0, self._lane.share + _SHARE_PER_SUCCESS)

    def limited(self) -> bool:
        """Halve the pace, once for all requests that were under way together.

        Tells whether this was the one that halved it.
        """
        lane = self._lane
        if self.at_s < lane.halved_at_s:
            return False
        lane.share = max(_SLOWEST_SHARE, lane.share / 2)
        lane.halved_at_s = lane.clock()
        return True

    def pause(self, pause_s: float) -> None:
        """Let nobody in this lane send for ``pause_s`` seconds (``Retry-After``)."""
        lane = self._lane
        lane.paused_until_s = max(lane.paused_until_s, lane.clock() + pause_s)


class Lane:
    """The state of one pace: what was sent when, and what is allowed.

    Attributes:
        published: the figure of the registry's documentation.
        limit: the figure in force, moved by the answers' headers.
        share: the part of it that we allow ourselves after a 429, up to 1.
    """

    def __init__(self, limit: Limit, clock: Clock) -> None:
        self.clock = clock
        self.published = limit
        self.limit = limit
        self.share = 1.0
        self.halved_at_s = float("-inf")
        self.paused_until_s = float("-inf")
        self.in_flight = 0
        self.slots: list[Slot] = []
        self.turn = asyncio.Lock()  # fair: waiters get it first come, first served
        self.freed = asyncio.Event()

    def publish(self, limit: Limit) -> None:
        """Take over the figure of a caller who knows the documentation."""
        if limit != self.published:
            self.published = self.limit = limit

    def wait_s(self) -> float:
        """Tell how long the next request has to wait, in seconds; 0 is now."""
        now_s = self.clock()
        window_s = self.limit.interval_s * _MARGIN / self.share
        self.slots = [slot for slot in self.slots if slot.at_s + window_s > now_s]
        wait_s = self.paused_until_s - now_s
        excess = len(self.slots) - self.limit.requests
        if excess >= 0:
            leaving_s = sorted(slot.at_s for slot in self.slots)[excess]
            wait_s = max(wait_s, leaving_s + window_s - now_s)
        return max(wait_s, 0.0)


class Pacer:
    """All lanes of all origins.

    Args:
        clock: monotonic seconds.
        sleep: suspends for seconds.
        patience_s: the longest ``Retry-After`` that is waited for.
    """

    def __init__(self, clock: Clock, sleep: Sleep, patience_s: float = 60.0) -> None:
        self._clock = clock
        self._sleep = sleep
        self._patience_s = patience_s
        self._lanes: dict[tuple[str, str], Lane] = {}

    @asynccontextmanager
    async def slot(
        self,
        origin: str,
        lane: str,
        limit: Limit | None = None,
        admit: Callable[[], None] = lambda: None,
    ) -> AsyncIterator[Slot]:
        """Wait for the right to send, first come first served, and hold it.

        Args:
            origin: whose pace it is: service, scheme, host and port.
            lane: the class of requests within the origin.
            limit: the published pace; without one the lane keeps the pace it has.
            admit: asked before each wait; what it raises ends the waiting.

        Raises:
            LanePaused: a ``Retry-After`` beyond ``patience_s`` is in force.
        """
        chosen = self._lane(origin, lane, limit)
        async with chosen.turn:
            await self._wait(chosen, admit)
            slot = Slot(chosen, self._clock())
            chosen.slots.append(slot)
            chosen.in_flight += 1
        try:
            yield slot
        finally:
            chosen.in_flight -= 1
            chosen.freed.set()

    def _lane(self, origin: str, name: str, limit: Limit | None) -> Lane:
        lane = self._lanes.get((origin, name))
        if lane is None:
            lane = Lane(limit or UNPUBLISHED, self._clock)
            self._lanes[origin, name] = lane
        elif limit is not None:
            lane.publish(limit)
        return lane

    async def _wait(self, lane: Lane, admit: Callable[[], None]) -> None:
        while True:
            admit()
            paused_s = lane.paused_until_s - self._clock()
            if paused_s > self._patience_s:
                raise LanePaused(paused_s)
            wait_s = lane.wait_s()
            if wait_s > 0:
                await self._sleep(max(wait_s, _SHORTEST_SLEEP_S))
            elif lane.in_flight >= lane.limit.concurrency:
                lane.freed.clear()
                await lane.freed.wait()
            else:
                return


def announced(
    headers: Mapping[str, str], published: Limit, current: Limit, *, capped: bool
) -> Limit:
    """Read the pace from an answer's headers (registries.md 2.1).

    ``x-rate-limit-limit`` and ``-interval`` (``1s``) with their older doubles
    ``x-ratelimit-*``, and ``x-concurrency-limit``; each may be missing, and what is
    missing or nonsense changes nothing. A limit without an interval may be per day
    (OpenAlex) as well as per second (NCBI), so it can lower the pace only; so can
    any figure of a ``capped`` request.
    """
    requests = _integer(_first(headers, "limit"))
    interval_s = _interval_s(_first(headers, "interval"))
    concurrency = _integer(headers.get("x-concurrency-limit"))
    limit = current
    if requests:
        pace = replace(
            current, requests=requests, interval_s=interval_s or published.interval_s
        )
        if capped or interval_s is None:
            pace = _slower(pace, published)
        if _seconds_each(pace) <= max(_SLOWEST_PACE_S, _seconds_each(published)):
            limit = pace
    if concurrency:
        bound = published.concurrency if capped else concurrency
        limit = replace(limit, concurrency=min(concurrency, bound))
    return limit


def _slower(pace: Limit, published: Limit) -> Limit:
    """Lower ``pace`` to the published one, in speed and in the size of a burst."""
    requests = min(pace.requests, published.requests)
    seconds_each = max(_seconds_each(pace), _seconds_each(published))
    return replace(pace, requests=requests, interval_s=requests * seconds_each)


def _seconds_each(limit: Limit) -> float:
    return limit.interval_s / limit.requests


def _first(headers: Mapping[str, str], figure: str) -> str | None:
    return headers.get(f"x-rate-limit-{figure}", headers.get(f"x-ratelimit-{figure}"))


def _integer(text: str | None) -> int | None:
    """Read a figure between 1 and the most we believe, else None."""
    if text is None or not re.fullmatch(r"\s*[0-9]{1,6}\s*", text):
        return None
    figure = int(text)
    return figure if 0 < figure <= _MOST_PER_WINDOW else None


def _interval_s(text: str | None) -> float | None:
    """Read ``1s``, ``1`` or ``5m`` as seconds, else None."""
    found = re.fullmatch(r"\s*([0-9]{1,6})\s*([smh]?)\s*", text or "")
    if not found:
        return None
    interval_s = int(found[1]) * _UNIT_S[found[2]]
    return interval_s if 0 < interval_s <= _LONGEST_INTERVAL_S else None
