"""Whether a failed attempt deserves another, and after how long.

This module only answers; the waiting is done by the client.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})
"""Statuses that may be better next time; 403 is a manual block (registries.md 2.1)."""


class Worth(Enum):
    """What another attempt is worth after a failure."""

    NOTHING = "the same would happen again"
    ONE_MORE = "no connection at all: one more try, soon, then give up"
    ALL = "often better next time"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How patiently to retry; the names are those of stamina.

    Attributes:
        attempts: how often to try in total, at least 1.
        wait_initial_s: the wait after the first attempt.
        wait_max_s: the longest wait of our own choosing.
        wait_exp_base: each wait is this many times the one before.
        wait_jitter: up to this share is added at random, so that several users
            hit by one outage do not come back together.
        retry_after_max_s: a longer ``Retry-After`` is not waited for; some
            registries ask for 15 hours.
    """

    attempts: int = 3
    wait_initial_s: float = 0.5
    wait_max_s: float = 8.0
    wait_exp_base: float = 2.0
    wait_jitter: float = 0.25
    retry_after_max_s: float = 60.0

    def wait_s(
        self, attempt: int, worth: Worth, chance: float, retry_after_s: float | None
    ) -> float | None:
        """Tell how long to wait before the next attempt, or None to give up.

        Args:
            attempt: the number of the attempt that failed, from 1.
            worth: what another attempt is worth.
            chance: a random number in [0, 1).
            retry_after_s: what the answer asked for, in seconds.
        """
        attempts = {
            Worth.NOTHING: 1,
            Worth.ONE_MORE: min(2, self.attempts),
            Worth.ALL: self.attempts,
        }[worth]
        asked_s = retry_after_s or 0.0
        if attempt >= attempts or asked_s > self.retry_after_max_s:
            return None
        own_s = self.wait_initial_s * self.wait_exp_base ** (attempt - 1)
        own_s = min(own_s * (1 + self.wait_jitter * chance), self.wait_max_s)
        return max(own_s, asked_s)


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read ``Retry-After`` as seconds from now (RFC 9110, 10.2.3).

    A date counts from the answer's own ``Date``, so that a wrong clock on either
    side does no harm, else from ``now``. Nonsense, and a date that is past, is None.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return float(text)
    until = _http_date(text)
    if until is None:
        return None
    wait_s = (until - (_http_date(headers.get("date", "")) or now)).total_seconds()
    return wait_s if wait_s > 0 else None


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
