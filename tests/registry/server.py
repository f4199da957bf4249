"""The loopback registry: all registries on one port of 127.0.0.1."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from registry.answers import PATHS, SERVICE_OF_PATH, registries
from registry.faults import Fault, Plan
from registry.limits import Limiter
from registry.messages import SILENT, Answer, Request
from registry.records import Records
from registry.wire import (
    HEAD_LIMIT,
    Disconnected,
    read_request,
    write_answer,
)

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from types import TracebackType

HOST = "127.0.0.1"
LOG_PATH = "/__log"
RESET_PATH = "/__reset"


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request that reached the server.

    Attributes:
        service: a key of ``Registry.endpoints``, or ``crosscite``, ``medra``,
            ``jalc``, ``landing``, or the empty string.
        method: upper case.
        path_and_query: the request target as sent.
        time: when it was read, in seconds of ``time.monotonic()``.
        status: what was sent; 0 when no status line was.
    """

    service: str
    method: str
    path_and_query: str
    time: float
    status: int


class Registry:
    """A context manager that serves every registry while it is open.

    Args:
        records: what is registered; our own invented records if None.
        latency_s: how long each answer takes, also refusals and faults.
        limits: whether the published rate and concurrency limits hold.
        max_url_bytes: longer request targets get 414.
        compress: whether answers are gzipped for those who accept it.
        port: 0 lets the system choose.
    """

    def __init__(
        self,
        records: Records | None = None,
        *,
        latency_s: float = 0.0,
        limits: bool = True,
        max_url_bytes: int = 8192,
        compress: bool = False,
        port: int = 0,
    ) -> None:
        self.records = records or Records()
        self.limiter = Limiter(enabled=limits)
        self.registries = registries(self.records, self.limiter, max_url_bytes)
        self.latency_s = latency_s
        self.compress = compress
        self.log: list[LoggedRequest] = []
        self._plans: dict[str | None, Plan] = {}
        self._port = port
        self._connections: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        # Opened here, so that a port in use is an error of the caller's thread.
        listener = socket.create_server((HOST, self._port), backlog=512)
        self._port = listener.getsockname()[1]
        name = f"loopback registry {self._port}"
        self._thread = threading.Thread(target=self._run, args=(listener,), name=name)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop at once, whatever is still being answered; twice does no harm."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._loop = self._thread = None

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://{HOST}:{self._port}"

    @property
    def endpoints(self) -> dict[str, str]:
        """The base URL of each service, without a slash at the end."""
        return {name: f"{self.origin}/{path}" for name, path in PATHS.items()}

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that point lupusrefs at this server."""
        urls = self.endpoints.items()
        return {f"LUPUSREFS_{name.upper()}_URL": url for name, url in urls}

    @property
    def max_url_bytes(self) -> int:
        """Longer request targets get 414."""
        return self.registries.max_url_bytes

    @max_url_bytes.setter
    def max_url_bytes(self, value: int) -> None:
        self.registries.max_url_bytes = value

    @property
    def fault(self) -> Fault | None:
        """The fault that strikes every request to every service, if any."""
        plan = self._plans.get(None)
        return plan.fault if plan else None

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._plans = {} if fault is None else {None: Plan(fault)}

    def set_fault(
        self,
        service: str | None,
        fault: Fault | None,
        times: int | None = None,
        every: int = 1,
    ) -> None:
        """Let a fault strike one service, or all if ``service`` is None.

        Args:
            service: as in ``LoggedRequest.service``; a fault of one service goes
                before the fault of all.
            fault: None takes the service's fault away.
            times: how often it strikes at most; None is always.
            every: it strikes each ``every``-th request, the first one included.
        """
        plans = {name: plan for name, plan in self._plans.items() if name != service}
        if fault is not None:
            plans[service] = Plan(fault, every, times)
        self._plans = plans

    def requests(self, service: str | None = None) -> int:
        """How many requests a service got, or all of them together."""
        return sum(service in (None, one.service) for one in list(self.log))

    def reset(self) -> None:
        """Empty the log and the windows of the limits."""
        self.log.clear()
        self.limiter.reset()

    def _run(self, listener: socket.socket) -> None:
        asyncio.run(self._serve(listener))

    async def _serve(self, listener: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(
            self._connected, sock=listener, limit=HEAD_LIMIT
        )
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await asyncio.sleep(0)  # lets the aborted transports close their sockets

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or self._stop.is_set():
            writer.transport.abort()
            return
        self._connections.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
            writer.close()
            await writer.wait_closed()
        except (Disconnected, OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._connections.discard(task)

    async def _exchange(self, reader: StreamReader, writer: StreamWriter) -> bool:
        request = await read_request(reader, self.origin)
        now_s = time.monotonic()
        if request.path in (LOG_PATH, RESET_PATH):
            answer = self._controlled(request)
            return await write_answer(reader, writer, request, answer, compress=False)
        service = SERVICE_OF_PATH.get(request.service, "")
        place = len(self.log)
        seen = LoggedRequest(service, request.method, request.target, now_s, 0)
        self.log.append(seen)
        answer = await self._answered(service, request, now_s)
        # A reset of the log may have come between.
        if answer.wire not in SILENT and self.log[place : place + 1] == [seen]:
            self.log[place] = replace(seen, status=answer.status)
        return await write_answer(
            reader, writer, request, answer, compress=self.compress
        )

    async def _answered(self, service: str, request: Request, now_s: float) -> Answer:
        buckets = self.registries.buckets(request)
        admitted = buckets is None or self.limiter.admit(*buckets, now_s)
        try:
            if self.latency_s:
                await asyncio.sleep(self.latency_s)
            if not admitted:
                answer = self.registries.refusal(request)
            else:
                answer = self.registries.answer(request)
        finally:
            if buckets is not None and admitted:
                self.limiter.leave(buckets[1])
        plans = self._plans
        for plan in (plans.get(service), plans.get(None)):
            if plan is not None and plan.strikes():
                return plan.fault.spoil(request, answer)
        return answer

    def _controlled(self, request: Request) -> Answer:
        if request.path == RESET_PATH:
            self.reset()
        log = list(self.log)
        counts = {
            "total": len(log),
            "requests": Counter(one.service for one in log),
            "statuses": Counter(str(one.status) for one in log),
        }
        return Answer(200, json.dumps(counts).encode())
