"""Tasks on Dask: a cluster of this machine, or one whose scheduler is named."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Final, Protocol, Self, TypeVar, cast

from lupusrefs.bulk.engine import usual_workers
from lupusrefs.errors import EngineError
from lupusrefs.extras import extra
from lupusrefs.workers import ATTEMPTS

T = TypeVar("T")
R = TypeVar("R")

_WAITING: Final = 2
_TIMEOUT_S: Final = 30


class _Future(Protocol):
    def result(self) -> object: ...

    def release(self) -> None: ...


class _Client(Protocol):
    """What of Dask's client is used here: its own code has no types."""

    def submit(
        self, function: object, one: object, *, pure: bool, retries: int
    ) -> _Future: ...

    def nthreads(self) -> Mapping[str, int]: ...

    def close(self) -> None: ...


class Dask:
    """Tasks on a Dask cluster.

    Args:
        scheduler: the address of its scheduler; None for one of this machine, which
            lives as long as the engine.
        workers: how many processes the one of this machine has; default is one a
            processor.

    Raises:
        EngineError: nobody answers at the address.
        MissingPackage: Dask is not installed.
    """

    def __init__(
        self, scheduler: str | None = None, workers: int | None = None
    ) -> None:
        with extra("dask", "the engine dask"):
            import dask  # noqa: PLC0415 - an extra
            from distributed import Client, LocalCluster  # noqa: PLC0415
        self._open = ExitStack()
        # Nothing of a run is of interest to the log of a cluster, least of all its end.
        self._open.enter_context(dask.config.set({"distributed.worker.daemon": True}))
        try:
            if scheduler is None:
                cluster = self._open.enter_context(
                    LocalCluster(  # type: ignore[no-untyped-call]
                        n_workers=workers or usual_workers(),
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address=None,
                        worker_dashboard_address=None,
                        silence_logs=logging.CRITICAL,
                    )
                )
                client = Client(  # type: ignore[no-untyped-call]
                    cluster, set_as_default=False
                )
            else:
                client = Client(  # type: ignore[no-untyped-call]
                    scheduler, set_as_default=False, timeout=_TIMEOUT_S
                )
        except (OSError, ValueError) as error:
            self._open.close()
            raise EngineError(
                f"no Dask scheduler answers at {scheduler}: {error}",
                hint="it is an address such as tcp://127.0.0.1:8786",
            ) from None
        self._client = cast("_Client", client)
        self._open.callback(self._client.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def workers(self) -> int:
        """How many tasks are done at once: every thread does one."""
        return max(sum(self._client.nthreads().values()), 1)

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """See :class:`lupusrefs.bulk.engine.Engine`."""
        from distributed import KilledWorker  # noqa: PLC0415 - an extra

        rest = deque(inputs)
        going: deque[_Future] = deque()
        while rest or going:
            # Asked each time: workers come and go.
            most = _WAITING * self.workers if rest else 0
            while rest and len(going) < most:
                going.append(
                    self._client.submit(
                        function, rest.popleft(), pure=False, retries=ATTEMPTS
                    )
                )
            try:
                result = cast("R", going[0].result())
            except KilledWorker as error:
                raise EngineError(
                    f"workers ended again and again in the middle of a task: {error}",
                    hint="most often that is memory; what is done is kept",
                ) from None
            going.popleft().release()
            yield result
