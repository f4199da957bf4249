"""How many bytes of the sources were read, in all processes of a build together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

_counter: Synchronized[int] | None = None


def count_into(counter: Synchronized[int]) -> None:
    """From now on, count what this process reads."""
    global _counter  # noqa: PLW0603 - shared memory reaches a process as it begins
    _counter = counter


def count(size: int) -> None:
    """So many bytes were read."""
    if _counter is not None:
        with _counter.get_lock():
            _counter.value += size
