"""Who does the tasks of a bulk check: this process, some of this machine, or a cluster.

An engine knows nothing of references. It is given a function and its inputs, and gives
the results in the order of the inputs; a task may be done twice, for its files are the
same both times.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from lupusrefs.errors import EngineError
from lupusrefs.workers import ATTEMPTS, Pool, WorkerDied

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """What does tasks."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(self, *_: object) -> None:
        """Stop; what is not done is left undone."""

    @property
    def workers(self) -> int:
        """How many tasks are done at once."""

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """The function's results, in the order of the inputs.

        Raises:
            EngineError: a task cannot be done, however often it is tried.
        """


@dataclass(slots=True)
class InProcess:
    """This process alone."""

    workers: int = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """See :class:`Engine`."""
        return map(function, inputs)


class Processes:
    """Processes of this machine.

    Args:
        workers: how many.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        # Not every store that a task may write to has files that appear whole.
        self._pool = Pool(workers, patient=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """See :class:`Engine`."""
        if len(inputs) == 1:
            # To start a process takes longer than most tasks.
            yield function(inputs[0])
            return
        try:
            yield from self._pool.in_order(function, inputs)
        except WorkerDied as died:
            raise EngineError(
                f"a worker ended {ATTEMPTS} times in the middle of a task: {died.job}",
                hint="most often that is memory: try fewer with --jobs; what is done "
                "is kept",
            ) from None


def usual_workers() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def local(workers: int | None = None) -> Engine:
    """The engine of this machine.

    Args:
        workers: how many processes; one is this one. Default is one a processor.
    """
    number = workers or usual_workers()
    return InProcess() if number == 1 else Processes(number)
