"""Processes that do the parts of a build, and do them again where one dies."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from lupusrefs.mirror import meter

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

_J = TypeVar("_J")
_R = TypeVar("_R")

ATTEMPTS: Final = 3
_TICK_S: Final = 0.5
# M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3


class WorkerDied(Exception):  # noqa: N818
    """A process died each time that it did this job.

    Attributes:
        job: which it was.
    """

    def __init__(self, job: object) -> None:
        super().__init__(f"a process died {ATTEMPTS} times")
        self.job = job


@dataclass(slots=True)
class _Try(Generic[_J]):
    job: _J
    deaths: int = 0


class Workers:
    """Processes that do jobs; they end when this one does.

    Args:
        processes: how many. With one, this process does the jobs itself.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None
        self._context = multiprocessing.get_context("spawn")
        self._read = self._context.Value("q", 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    @property
    def bytes_read(self) -> int:
        """How much the processes have read of data files."""
        return int(self._read.value)

    def done(
        self,
        work: Callable[[_J], _R],
        jobs: Sequence[_J],
        tick: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[_J, _R]]:
        """Do jobs; give each with its result when it is done.

        At most one more than there are processes is under way.

        Args:
            work: a function of a module.
            jobs: in the order in which they are begun.
            tick: is called now and then, while all processes are at work.

        Raises:
            WorkerDied: a process died with the same job, time and again.
            Exception: what ``work`` raised.
        """
        if self._processes <= 1:
            for job in jobs:
                yield job, work(job)
            return
        waiting = deque(_Try(job) for job in jobs)
        while waiting:
            yield from self._until_death(work, waiting, tick)

    def _until_death(
        self,
        work: Callable[[_J], _R],
        waiting: deque[_Try[_J]],
        tick: Callable[[], None],
    ) -> Iterator[tuple[_J, _R]]:
        """Do the jobs that wait, until all are done or a process dies."""
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._processes,
                self._context,
                initializer=_begin,
                initargs=(self._read,),
            )
        under_way: dict[Future[_R], _Try[_J]] = {}
        try:
            while waiting or under_way:
                _submit(self._executor, work, waiting, under_way, self._processes)
                finished, _ = wait(under_way, _TICK_S, return_when=FIRST_COMPLETED)
                tick()
                for future in finished:
                    result = future.result()
                    yield under_way.pop(future).job, result
        except BrokenProcessPool:
            self._stop()
            yield from _settled(waiting, under_way)

    def _stop(self) -> None:
        """End all processes at once: what they write appears whole, or not at all."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        processes = list((executor._processes or {}).values())  # noqa: SLF001 - 3.14 has it
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _submit(
    executor: ProcessPoolExecutor,
    work: Callable[[_J], _R],
    waiting: deque[_Try[_J]],
    under_way: dict[Future[_R], _Try[_J]],
    processes: int,
) -> None:
    while waiting and len(under_way) <= processes:
        # Whoever may have killed a process is tried alone: then it is known.
        if under_way and (waiting[0].deaths or _suspects(under_way)):
            break
        one = waiting[0]
        under_way[executor.submit(work, one.job)] = one
        waiting.popleft()


def _suspects(under_way: dict[Future[_R], _Try[_J]]) -> bool:
    return any(one.deaths for one in under_way.values())


def _settled(
    waiting: deque[_Try[_J]], under_way: dict[Future[_R], _Try[_J]]
) -> Iterator[tuple[_J, _R]]:
    """Put what was not done back in front of all others."""
    for future, one in reversed(under_way.items()):
        if future.done() and not future.exception():
            yield one.job, future.result()
            continue
        one.deaths += 1
        if one.deaths >= ATTEMPTS:
            raise WorkerDied(one.job)
        waiting.appendleft(one)


def _begin(read: Synchronized[int]) -> None:
    """Ready a new process.

    Args:
        read: how many bytes all of them have read.
    """
    meter.count_into(read)
    # Ctrl-C reaches all of them; the first ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import pyarrow as pa  # noqa: PLC0415 - in the new process

    # There are as many processes as there is room for: none needs threads.
    pa.set_cpu_count(1)
    _keep_memory()


def _keep_memory() -> None:
    """Have freed memory kept for what comes next.

    Blocks of a megabyte come and go. glibc gives each back to the system at once, and
    an eighth of the time goes into asking for it again (mallopt(3)).
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    mallopt = getattr(library, "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, 256 << 20)
        mallopt(_MMAP_THRESHOLD, 32 << 20)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
