"""When an origin is not asked any more."""

from __future__ import annotations

from lupusrefs.transport.breaker import Breaker
from transport.virtual import VirtualTime


def opened(time: VirtualTime) -> Breaker:
    """Make a breaker that three failures have opened."""
    breaker = Breaker(failures=3, cooldown_s=60.0, clock=time.clock)
    for _ in range(3):
        breaker.failed("no answer in time")
    return breaker


def test_opens_after_failures_in_a_row() -> None:
    """The third failure in a row opens it, and the refusal says what happened."""
    breaker = Breaker(failures=3, cooldown_s=60.0, clock=VirtualTime().clock)
    breaker.failed("status 503")
    breaker.failed("status 503")
    assert breaker.refusal() is None
    breaker.failed("no answer in time")
    assert breaker.refusal() == (
        "3 failures in a row, the last: no answer in time; not asked again within 60 s"
    )


def test_an_answer_in_between_starts_the_count_anew() -> None:
    """Only failures in a row count: a flaky registry is still asked."""
    breaker = Breaker(failures=3, cooldown_s=60.0, clock=VirtualTime().clock)
    for _ in range(10):
        breaker.failed("status 503")
        breaker.failed("status 503")
        breaker.answered()
    assert breaker.refusal() is None


def test_half_open_lets_one_request_try() -> None:
    """After the cooldown one request goes out; the others are still refused."""
    time = VirtualTime()
    breaker = opened(time)
    time.now_s = 59.9
    assert breaker.refusal() is not None
    time.now_s = 60.0
    assert breaker.refusal() is None
    breaker.sending()
    assert breaker.refusal() is not None


def test_the_trial_decides() -> None:
    """Its success closes the breaker, its failure opens it for another cooldown."""
    time = VirtualTime()
    breaker = opened(time)
    time.now_s = 60.0
    breaker.sending()
    time.now_s = 70.0
    breaker.failed("status 500")
    time.now_s = 129.9
    assert breaker.refusal() is not None
    time.now_s = 130.0
    breaker.sending()
    breaker.answered()
    assert breaker.refusal() is None


def test_a_trial_that_vanishes_does_not_lock_the_breaker() -> None:
    """A cancelled trial says nothing, so the next one may try a cooldown later."""
    time = VirtualTime()
    breaker = opened(time)
    time.now_s = 60.0
    breaker.sending()
    time.now_s = 120.0
    assert breaker.refusal() is None
