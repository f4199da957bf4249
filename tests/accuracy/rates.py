"""Shares with their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

_Z: Final = 1.959964  # 97.5 % of the normal distribution: a 95 % interval


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    events: int
    n: int

    @property
    def share(self) -> float:
        """0 to 1; 0 where there is nothing to count."""
        return self.events / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; for no event 0 to 3/n (comparison.md, 7.4)."""
        if not self.n:
            return 0.0, 1.0
        if not self.events:
            return 0.0, min(1.0, 3 / self.n)
        share, n = self.share, self.n
        centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        half /= 1 + _Z**2 / n
        return max(0.0, centre - half), min(1.0, centre + half)

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.events + other.events, self.n + other.n)

    def per_hundred(self, digits: int = 2) -> str:
        """As in "0.12 (0.08 to 0.19)"."""
        low, high = self.interval
        return (
            f"{100 * self.share:.{digits}f} "
            f"({100 * low:.{digits}f} to {100 * high:.{digits}f})"
        )

    def percent(self) -> str:
        """As in "99.3 % (98.9 to 99.6)"."""
        low, high = self.interval
        return f"{self.share:.1%} ({100 * low:.1f} to {100 * high:.1f})"
