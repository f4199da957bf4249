"""The outside world that a test replaces: time, chance and name resolution."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Monotonic seconds."""

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
"""Suspends the task for so many seconds."""

Now: TypeAlias = Callable[[], datetime]
"""The wall clock, in UTC."""

Chance: TypeAlias = Callable[[], float]
"""A number in [0, 1)."""

Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses of a host and port; empty when the name does not resolve."""
