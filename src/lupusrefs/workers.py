"""Processes of this machine that do jobs, and do them again where one of them dies."""

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
from typing import Final, Generic, Self, TypeAlias, TypeVar

J = TypeVar("J")
R = TypeVar("R")

# Whatever kills a process thrice will do so for ever: memory, mostly.
ATTEMPTS: Final = 3
# What a new process does first: a function of a module, and what it is given.
Beginning: TypeAlias = tuple[Callable[..., None], tuple[object, ...]]
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
class _Try(Generic[J]):
    """A job that is not done.

    Attributes:
        number: its place among all, from 0.
        job: what is to be done.
        deaths: how many processes died while it was under way.
    """

    number: int
    job: J
    deaths: int = 0


class Pool:
    """Processes that do jobs; they end when this one does.

    Nobody knows at which job a process died: all that were under way are done again,
    each alone, until it is known. So a job may be done twice, and what it writes has to
    be the same both times, and to appear whole or not at all.

    Args:
        processes: how many. With one, this process does the jobs itself.
        begin: what each of them does first.
        patient: whether jobs that are under way at the end may come to theirs.
    """

    def __init__(
        self, processes: int, begin: Beginning | None = None, *, patient: bool = False
    ) -> None:
        self.processes = processes
        self._begin = begin
        self._patient = patient
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; the next job would start new ones."""
        if self._patient and self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
        self._stop()

    def done(
        self,
        work: Callable[[J], R],
        jobs: Sequence[J],
        tick: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[J, R]]:
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
        for number, result in self._numbered(work, jobs, tick):
            yield jobs[number], result

    def in_order(self, work: Callable[[J], R], jobs: Sequence[J]) -> Iterator[R]:
        """The results of jobs in their order: those that come too early are kept.

        Args:
            work: a function of a module.
            jobs: what it is given.

        Raises:
            WorkerDied: a process died with the same job, time and again.
            Exception: what ``work`` raised.
        """
        early: dict[int, R] = {}
        wanted = 0
        for number, result in self._numbered(work, jobs, lambda: None):
            early[number] = result
            while wanted in early:
                yield early.pop(wanted)
                wanted += 1

    def _numbered(
        self, work: Callable[[J], R], jobs: Sequence[J], tick: Callable[[], None]
    ) -> Iterator[tuple[int, R]]:
        """Do jobs; give the number and the result of each when it is done."""
        if self.processes <= 1:
            yield from enumerate(map(work, jobs))
            return
        waiting = deque(_Try(number, job) for number, job in enumerate(jobs))
        while waiting:
            yield from self._until_death(work, waiting, tick)

    def _until_death(
        self, work: Callable[[J], R], waiting: deque[_Try[J]], tick: Callable[[], None]
    ) -> Iterator[tuple[int, R]]:
        """Do the jobs that wait, until all are done or a process dies."""
        if self._executor is None:
            # A fork would take along the threads of Arrow, and they would never run.
            self._executor = ProcessPoolExecutor(
                self.processes,
                multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._begin,),
            )
        under_way: dict[Future[R], _Try[J]] = {}
        try:
            while waiting or under_way:
                _submit(self._executor, work, waiting, under_way, self.processes)
                finished, _ = wait(under_way, _TICK_S, return_when=FIRST_COMPLETED)
                tick()
                for future in finished:
                    result = future.result()
                    yield under_way.pop(future).number, result
        except BrokenProcessPool:
            self._stop()
            yield from _settled(waiting, under_way)

    def _stop(self) -> None:
        """End all processes at once."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        # To wait for their end there is no other way, of 3.14 either.
        processes = list((executor._processes or {}).values())  # noqa: SLF001
        terminate = getattr(executor, "terminate_workers", None)  # from 3.14 on
        if terminate is not None:
            terminate()
        else:
            executor.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
        for process in processes:
            process.join()


def keep_memory() -> None:
    """Have freed memory of this process kept for what comes next.

    Where blocks of a megabyte come and go, glibc gives each back to the system at once,
    and an eighth of the time goes into asking for it again (mallopt(3)).
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    mallopt = getattr(library, "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, 256 << 20)
        mallopt(_MMAP_THRESHOLD, 32 << 20)


def _submit(
    executor: ProcessPoolExecutor,
    work: Callable[[J], R],
    waiting: deque[_Try[J]],
    under_way: dict[Future[R], _Try[J]],
    processes: int,
) -> None:
    while waiting and len(under_way) <= processes:
        # Whoever may have killed a process is tried alone: then it is known.
        if under_way and (waiting[0].deaths or _suspects(under_way)):
            break
        one = waiting[0]
        under_way[executor.submit(work, one.job)] = one
        waiting.popleft()


def _suspects(under_way: dict[Future[R], _Try[J]]) -> bool:
    return any(one.deaths for one in under_way.values())


def _settled(
    waiting: deque[_Try[J]], under_way: dict[Future[R], _Try[J]]
) -> Iterator[tuple[int, R]]:
    """Put what was not done back in front of all others."""
    for future, one in reversed(under_way.items()):
        if future.done() and not future.exception():
            yield one.number, future.result()
            continue
        one.deaths += 1
        if one.deaths >= ATTEMPTS:
            raise WorkerDied(one.job)
        waiting.appendleft(one)


def _begin(begin: Beginning | None) -> None:
    """In a new process: end with the one that has started it, and only then."""
    # Ctrl-C reaches all of them; the first ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        function, arguments = begin
        function(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
