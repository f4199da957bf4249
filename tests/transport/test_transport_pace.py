"""The pace of a lane: windows, concurrency, headers, 429 and Retry-After."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import pairwise

import pytest

from lupusrefs.transport.message import Limit
from lupusrefs.transport.pace import LanePaused, Pacer, Slot, announced
from transport.virtual import VirtualTime

ORIGIN = "https://api.crossref.org:443"
POLITE_LIST = Limit(requests=3, interval_s=1.0, concurrency=3)  # registries.md 2.1


async def ask(
    pacer: Pacer, time: VirtualTime, limit: Limit, latency_s: float = 0.15
) -> float:
    """Pretend one request; tell when it left."""
    async with pacer.slot(ORIGIN, "list", limit):
        sent_s = time.now_s
        await time.sleep(latency_s)
        return sent_s


def ask_many(number: int, limit: Limit, latency_s: float = 0.15) -> list[float]:
    """Pretend many at once; tell when each left."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)

    async def main() -> list[float]:
        asked = (ask(pacer, time, limit, latency_s) for _ in range(number))
        return await asyncio.gather(*asked)

    return time.run(main())


def test_ten_requests_at_three_per_second_take_three_windows() -> None:
    """Bursts of a whole window keep the latency down: 10 are sent within 3.2 s."""
    sent = ask_many(10, POLITE_LIST)
    assert sent[:3] == [0.0, 0.0, 0.0]
    assert 3.0 < max(sent) < 3.2


def test_no_window_ever_holds_more_than_published() -> None:
    """In every second there are at most three departures."""
    sent = ask_many(30, POLITE_LIST)
    for start in sent:
        assert sum(start <= other <= start + 1.0 for other in sent) <= 3


def test_concurrency_is_bounded() -> None:
    """With one connection allowed, the next request waits for the answer."""
    sent = ask_many(4, Limit(requests=10, interval_s=1.0, concurrency=1), 0.15)
    assert sent == pytest.approx([0.0, 0.15, 0.3, 0.45])


def test_first_come_first_served() -> None:
    """Requests leave in the order in which they were asked for."""
    sent = ask_many(12, POLITE_LIST)
    assert sent == sorted(sent)


def test_one_request_per_three_seconds() -> None:
    """The pace of arXiv's terms of use (registries.md 4)."""
    sent = ask_many(3, Limit(requests=1, interval_s=3.0, concurrency=1))
    assert sent == pytest.approx([0.0, 3.15, 6.3])


def test_lanes_and_origins_do_not_wait_for_each_other() -> None:
    """A list in its window does not hold up a single record or another registry."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    slow = Limit(1, 100.0, 1)

    async def main() -> float:
        for origin, lane in [("a", "list"), ("a", "single"), ("b", "list")]:
            async with pacer.slot(origin, lane, slow):
                pass
        return time.now_s

    assert time.run(main()) == 0.0


def test_a_slow_connection_counts_from_the_departure() -> None:
    """While TLS was set up nothing was sent, so the window starts afterwards."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    limit = Limit(1, 1.0, 2)

    async def connect_slowly() -> None:
        async with pacer.slot(ORIGIN, "list", limit) as slot:
            await time.sleep(0.4)
            slot.sent()

    async def main() -> float:
        _, second_s = await asyncio.gather(
            connect_slowly(), ask(pacer, time, limit, 0.0)
        )
        return second_s

    assert time.run(main()) == pytest.approx(1.45)


def test_a_429_halves_the_pace_once_for_those_under_way_together() -> None:
    """Three refusals of one burst are one message; successes bring the pace back."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)

    async def refused() -> None:
        async with pacer.slot(ORIGIN, "list", POLITE_LIST) as slot:
            await time.sleep(0.1)
            slot.limited()

    async def succeed() -> float:
        async with pacer.slot(ORIGIN, "list", POLITE_LIST) as slot:
            slot.succeeded()
            return time.now_s

    async def main() -> tuple[float, list[float]]:
        await asyncio.gather(refused(), refused(), refused())
        first_s = await succeed()
        return first_s, [await succeed() for _ in range(60)]

    first_s, later = time.run(main())
    assert first_s == pytest.approx(2.1)
    assert later[-1] - later[-4] == pytest.approx(1.05)
    assert later == sorted(later)


def test_a_429_after_the_halving_halves_again() -> None:
    """Who still is refused at the lower pace slows down further."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    limit = Limit(1, 1.0, 1)

    async def main() -> list[float]:
        sent = []
        for _ in range(4):
            async with pacer.slot(ORIGIN, "list", limit) as slot:
                sent.append(time.now_s)
                slot.limited()
        return sent

    sent = time.run(main())
    gaps = [after - before for before, after in pairwise(sent)]
    assert gaps == pytest.approx([2.1, 4.2, 8.4])


def test_retry_after_holds_the_whole_lane() -> None:
    """While a registry asked for a pause, nobody in the lane sends."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    limit = Limit(10, 1.0, 10)

    async def main() -> list[float]:
        async with pacer.slot(ORIGIN, "list", limit) as slot:
            slot.pause(7.0)
        return await asyncio.gather(*(ask(pacer, time, limit) for _ in range(3)))

    assert time.run(main()) == [7.0, 7.0, 7.0]


def test_a_pause_beyond_patience_ends_the_waiting() -> None:
    """15 hours are waited for by nobody, neither by those already in the queue."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep, patience_s=60.0)
    limit = Limit(1, 1.0, 1)

    async def main() -> list[float | BaseException]:
        async with pacer.slot(ORIGIN, "list", limit) as slot:
            asked = [asyncio.create_task(ask(pacer, time, limit)) for _ in range(3)]
            await time.sleep(0.5)
            slot.pause(15 * 3600.0)
        return await asyncio.gather(*asked, return_exceptions=True)

    raised = time.run(main())
    assert all(isinstance(error, LanePaused) for error in raised)
    assert time.now_s < 2


def test_admit_ends_the_waiting_of_the_whole_queue() -> None:
    """When the breaker opens, those who queue do not wait for their windows."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    limit = Limit(1, 1.0, 1)
    opened = False

    def admit() -> None:
        if opened:
            raise ValueError

    async def wait() -> None:
        async with pacer.slot(ORIGIN, "list", limit, admit):
            pass

    async def main() -> list[BaseException | None]:
        nonlocal opened
        await wait()
        asked = [asyncio.create_task(wait()) for _ in range(50)]
        await time.sleep(0.5)
        opened = True
        return await asyncio.gather(*asked, return_exceptions=True)

    assert [type(error) for error in time.run(main())] == [ValueError] * 50
    assert time.now_s < 2


def test_cancelled_waiters_do_not_block_the_lane() -> None:
    """A waiter who gives up, or a request that is cancelled, frees its place."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    limit = Limit(5, 1.0, 1)

    async def main() -> float:
        asked = [asyncio.create_task(ask(pacer, time, limit, 100.0)) for _ in range(3)]
        await time.sleep(0.1)
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        return await ask(pacer, time, limit, 0.0)

    assert time.run(main()) == pytest.approx(0.1)


PUBLISHED = Limit(3, 1.0, 3)


@pytest.mark.parametrize(
    ("headers", "capped", "limit"),
    [
        # registries.md 2.1: the figures of single records, seen on a list request.
        (
            {
                "x-rate-limit-limit": "10",
                "x-rate-limit-interval": "1s",
                "x-concurrency-limit": "5",
            },
            True,
            Limit(3, 1.0, 3),
        ),
        (
            {
                "x-rate-limit-limit": "10",
                "x-rate-limit-interval": "1s",
                "x-concurrency-limit": "5",
            },
            False,
            Limit(10, 1.0, 5),
        ),
        (
            {"x-ratelimit-limit": "50", "x-ratelimit-interval": "1s"},
            False,
            Limit(50, 1.0, 3),
        ),
        # Another pool of Crossref's announces its concurrency only.
        ({"x-concurrency-limit": "1"}, True, Limit(3, 1.0, 1)),
        (
            {"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"},
            True,
            Limit(1, 1.0, 3),
        ),
        (
            {"x-rate-limit-limit": "60", "x-rate-limit-interval": "1m"},
            True,
            Limit(3, 3.0, 3),
        ),
        # Without an interval it may be per day: OpenAlex, 100,000.
        ({"x-ratelimit-limit": "10000"}, False, Limit(3, 1.0, 3)),
        ({"x-ratelimit-limit": "2"}, False, Limit(2, 1.0, 3)),
        ({}, False, Limit(3, 1.0, 3)),
    ],
)
def test_announced_figures(
    headers: Mapping[str, str], capped: bool, limit: Limit
) -> None:
    """The answer's own figures are adopted, for lists only downwards."""
    found = announced(headers, PUBLISHED, PUBLISHED, capped=capped)
    assert found.requests == limit.requests
    assert found.interval_s == pytest.approx(limit.interval_s)
    assert found.concurrency == limit.concurrency


@pytest.mark.parametrize("figure", ["0", "-5", "", "many", "1e9", "inf", "٣", "9" * 30])
@pytest.mark.parametrize("name", ["limit", "interval"])
def test_nonsense_figures_change_nothing(name: str, figure: str) -> None:
    """A broken header neither stops the lane nor lets it loose."""
    headers = {
        "x-rate-limit-limit": "3",
        "x-concurrency-limit": figure,
        f"x-rate-limit-{name}": figure,
    }
    assert announced(headers, PUBLISHED, PUBLISHED, capped=False) == PUBLISHED


def test_a_header_cannot_stop_a_lane_for_an_hour() -> None:
    """One request per hour is taken for a mistake of the server's."""
    headers = {"x-rate-limit-limit": "1", "x-rate-limit-interval": "1h"}
    assert announced(headers, PUBLISHED, PUBLISHED, capped=False) == PUBLISHED


def test_learnt_figures_are_used() -> None:
    """After an answer announces one per second, the next request waits for it."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)
    headers = {"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"}

    async def once() -> float:
        async with pacer.slot(ORIGIN, "list", POLITE_LIST) as slot:
            slot.learn(headers, capped=True)
            return time.now_s

    async def main() -> list[float]:
        return [await once() for _ in range(3)]

    assert time.run(main()) == pytest.approx([0.0, 1.05, 2.1])


def test_a_lane_met_by_redirect_gets_its_published_figure_later() -> None:
    """The first caller who knows the documentation sets the pace."""
    time = VirtualTime()
    pacer = Pacer(time.clock, time.sleep)

    async def enter(limit: Limit | None) -> Slot:
        async with pacer.slot(ORIGIN, "single", limit) as slot:
            return slot

    async def main() -> list[float]:
        await enter(None)
        sent = []
        for _ in range(3):
            await enter(Limit(1, 10.0, 1))
            sent.append(time.now_s)
        return sent

    assert time.run(main()) == pytest.approx([10.5, 21.0, 31.5])
