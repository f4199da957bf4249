"""Whether and when a failed attempt is repeated."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.transport.retry import RetryPolicy, Worth, read_retry_after

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_waits_grow_and_end() -> None:
    """Each wait doubles up to the longest, and the last attempt has none."""
    policy = RetryPolicy(attempts=6, wait_jitter=0.0)
    waits = [policy.wait_s(attempt, Worth.ALL, 0.5, None) for attempt in range(1, 7)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, None]


def test_jitter_adds_a_share() -> None:
    """Chance lengthens a wait by at most its share, and never beyond the longest."""
    policy = RetryPolicy(attempts=9, wait_jitter=0.2)
    assert policy.wait_s(1, Worth.ALL, 1.0, None) == pytest.approx(0.6)
    assert policy.wait_s(8, Worth.ALL, 1.0, None) == 8.0


@pytest.mark.parametrize(
    ("worth", "attempts"), [(Worth.NOTHING, 1), (Worth.ONE_MORE, 2), (Worth.ALL, 3)]
)
def test_attempts_by_worth(worth: Worth, attempts: int) -> None:
    """A refused connection gets one more attempt, a hopeless answer none."""
    policy = RetryPolicy()
    made = 1
    while policy.wait_s(made, worth, 0.0, None) is not None:
        made += 1
    assert made == attempts


def test_a_single_attempt_is_never_repeated() -> None:
    """With one attempt allowed, nothing is worth another."""
    policy = RetryPolicy(attempts=1)
    assert [policy.wait_s(1, worth, 0.0, None) for worth in Worth] == [None] * 3


def test_retry_after_is_waited_for_when_bearable() -> None:
    """The registry's wish outlasts our own wait; 15 hours are not waited for."""
    policy = RetryPolicy(wait_jitter=0.0)
    assert policy.wait_s(1, Worth.ALL, 0.0, 7.0) == 7.0
    assert policy.wait_s(1, Worth.ALL, 0.0, 0.0) == 0.5
    assert policy.wait_s(1, Worth.ALL, 0.0, 60.0) == 60.0
    assert policy.wait_s(1, Worth.ALL, 0.0, 15 * 3600.0) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0),
        # The server's clock is an hour ahead of ours, and says so.
        (
            {
                "retry-after": "Sun, 22 Nov 2026 13:00:30 GMT",
                "date": "Sun, 22 Nov 2026 13:00:00 GMT",
            },
            30.0,
        ),
        (
            {"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT", "date": "yesterday"},
            30.0,
        ),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "Sun, 99 Nov 2026 12:00:00 GMT"}, None),
        ({"retry-after": "Sun, 22 Nov 99999999999999999999 12:00:00 GMT"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_retry_after_in_both_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    """Seconds or an HTTP date (RFC 9110, 10.2.3); nonsense and the past are nothing."""
    assert read_retry_after(headers, NOW) == seconds
