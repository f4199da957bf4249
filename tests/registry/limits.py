"""The published rate and concurrency limits, as sliding windows."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

# An honest client at exactly the limit is jittered by the scheduler: a window this
# much shorter than the published one lets it pass and still catches a greedy one.
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` requests in any ``per_s`` seconds."""

    count: int
    per_s: float


# registries.md 2.1 (Crossref), 3 (DataCite), 4 (NCBI, arXiv).
PUBLISHED: dict[str, Rate] = {
    "crossref-public-single": Rate(5, 1.0),
    "crossref-public-list": Rate(1, 1.0),
    "crossref-polite-single": Rate(10, 1.0),
    "crossref-polite-list": Rate(3, 1.0),
    "crossref-plus-single": Rate(150, 1.0),
    "crossref-plus-list": Rate(150, 1.0),
    "datacite": Rate(500, 300.0),
    "datacite-identified": Rate(1000, 300.0),
    "crosscite": Rate(1000, 300.0),
    "pubmed": Rate(3, 1.0),
    "arxiv": Rate(1, 3.0),
}

# Requests in progress at the same time; a pool that is not named has no limit.
PUBLISHED_CONCURRENCY: dict[str, int] = {
    "crossref-public": 1,
    "crossref-polite": 3,
    "arxiv": 1,
}


class Limiter:
    """Counts the requests of one client in sliding windows.

    A refused request is not counted: what the registries do is not published.

    Attributes:
        enabled: False admits everything.
        rates: by bucket; may be changed at any time.
        concurrency: by pool; may be changed at any time.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self.rates = dict(PUBLISHED)
        self.concurrency = dict(PUBLISHED_CONCURRENCY)
        self._seen: dict[str, deque[float]] = {}
        self._in_progress: dict[str, int] = {}

    def admit(self, bucket: str, pool: str, now_s: float) -> bool:
        """Count one request in, or refuse it; who is admitted must ``leave``."""
        if self.enabled and not self._fits(bucket, pool, now_s):
            return False
        self._in_progress[pool] = self._in_progress.get(pool, 0) + 1
        return True

    def _fits(self, bucket: str, pool: str, now_s: float) -> bool:
        limit = self.concurrency.get(pool)
        if limit is not None and self._in_progress.get(pool, 0) >= limit:
            return False
        rate = self.rates.get(bucket)
        if rate is None:
            return True
        seen = self._seen.setdefault(bucket, deque())
        while seen and seen[0] <= now_s - rate.per_s * (1 - TOLERANCE):
            seen.popleft()
        if len(seen) >= rate.count:
            return False
        seen.append(now_s)
        return True

    def leave(self, pool: str) -> None:
        """The answer to an admitted request is about to be written."""
        self._in_progress[pool] -= 1

    def reset(self) -> None:
        """Forget the windows, not the requests in progress."""
        self._seen.clear()
