"""When an origin is not asked any more: it failed too often in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupusrefs.transport.clocks import Clock


class Breaker:
    """Counts the failed attempts in a row of one origin, and opens.

    Open means that nothing is sent, so that the rest of a long list fails at once
    and not after a timeout each. After ``cooldown_s`` one request may try; until it
    has succeeded, the next one may after another ``cooldown_s``.

    Args:
        failures: how many failed attempts in a row open it.
        cooldown_s: how long it stays open, in seconds.
        clock: monotonic seconds.
    """

    def __init__(self, failures: int, cooldown_s: float, clock: Clock) -> None:
        self._failures = failures
        self._cooldown_s = cooldown_s
        self._clock = clock
        self._in_a_row = 0
        self._last = ""
        self._shut_until_s = float("-inf")

    def refusal(self) -> str | None:
        """Tell why nothing may be sent now, or None."""
        if self._in_a_row < self._failures or self._clock() >= self._shut_until_s:
            return None
        return (
            f"{self._in_a_row} failures in a row, the last: {self._last}; "
            f"not asked again within {self._cooldown_s:.0f} s"
        )

    def sending(self) -> None:
        """Note that a request goes out; while open, it is the only one to try."""
        if self._in_a_row >= self._failures:
            self._shut_until_s = self._clock() + self._cooldown_s

    def failed(self, why: str) -> None:
        """Count a failed attempt."""
        self._in_a_row += 1
        self._last = why
        if self._in_a_row >= self._failures:
            self._shut_until_s = self._clock() + self._cooldown_s

    def answered(self) -> None:
        """Note that the origin works: close."""
        self._in_a_row = 0
