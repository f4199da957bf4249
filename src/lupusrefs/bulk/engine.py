"""Who does the tasks of a bulk check: this process, some of this machine, or a cluster.

An engine knows nothing of references. It is given a function and its inputs, and gives
the results in the order of the inputs; a task may be done twice, for its files are the
same both times.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Final, Protocol, Self, TypeVar

from lupusrefs.errors import EngineError

T = TypeVar("T")
R = TypeVar("R")

# Whoever kills a worker twice at one task will do so for ever: memory, mostly.
ATTEMPTS: Final = 3
# Tasks that wait at every worker, so that none has nothing to do.
_WAITING: Final = 2


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
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """See :class:`Engine`."""
        if len(inputs) == 1:
            # To start a process takes longer than most tasks.
            yield function(inputs[0])
            return
        rest = deque(enumerate(inputs))
        tries = [0] * len(inputs)
        going: deque[tuple[int, Future[R]]] = deque()
        while rest or going:
            try:
                while rest and len(going) < _WAITING * self.workers:
                    at, one = rest[0]
                    going.append((at, self._pool.submit(function, one)))
                    rest.popleft()
                result = going[0][1].result()
            except BrokenProcessPool:
                self._pool.shutdown(wait=True, cancel_futures=True)
                # Nobody knows at which of them the worker died: all were under way.
                for at, _ in reversed(going):
                    tries[at] += 1
                    rest.appendleft((at, inputs[at]))
                going.clear()
                if max(tries) >= ATTEMPTS:
                    raise _lost() from None
                self._pool = self._new_pool()
                continue
            going.popleft()
            yield result

    def _new_pool(self) -> ProcessPoolExecutor:
        # A fork would take along the threads of Arrow, and they would never run.
        return ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_begin
        )


def _begin() -> None:
    """In a new worker: end with the process that started it, and only then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _lost() -> EngineError:
    return EngineError(
        f"a worker ended {ATTEMPTS} times in the middle of a task",
        hint="most often that is memory: try fewer with --jobs; what is done is kept",
    )


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
