"""A server on 127.0.0.1 that sends exactly the bytes a test scripts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """Send bytes, then close the connection unless ``keep``."""

    data: bytes
    keep: bool = False


@dataclass(frozen=True)
class Drip:
    """Send bytes one by one, ``each_s`` apart, for ever round."""

    head: bytes
    each_s: float


@dataclass(frozen=True)
class Reset:
    """Break the connection with a TCP RST, after sending ``data``."""

    data: bytes = b""


@dataclass(frozen=True)
class Hang:
    """Never answer."""


Act = Say | Drip | Reset | Hang


def answer(
    status: int = 200,
    body: bytes = b"{}",
    *headers: str,
    length: int | None = None,
) -> bytes:
    """Write an HTTP/1.1 answer; ``length`` lies about the body's size."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {size}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Loopback:
    """What the server was asked, and what it does next; the last act repeats."""

    acts: Sequence[Act]
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [head.split(" ")[1] for head in self.heads]

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Play one act per request of a connection."""
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head.decode("latin-1"))
                self.asked.set()
                act = self.acts[min(len(self.heads), len(self.acts)) - 1]
                if not await self._play(act, writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _play(self, act: Act, writer: asyncio.StreamWriter) -> bool:
        match act:
            case Say(data, keep):
                writer.write(data)
                await writer.drain()
                return keep
            case Drip(head, each_s):
                writer.write(head)
                while True:
                    await writer.drain()
                    await asyncio.sleep(each_s)
                    writer.write(b" ")
            case Reset(data):
                writer.write(data)
                await writer.drain()
                raw = writer.get_extra_info("socket")
                linger = struct.pack("ii", 1, 0)
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()
                return False
            case Hang():
                await asyncio.Event().wait()
                return False


@asynccontextmanager
async def loopback(*acts: Act | bytes) -> AsyncIterator[Loopback]:
    """Run a server that plays ``acts``, one per request; bytes are said."""
    played = [Say(act) if isinstance(act, bytes) else act for act in acts]
    stage = Loopback(played)
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(stage.serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    stage.port = server.sockets[0].getsockname()[1]
    try:
        yield stage
    finally:
        server.close()
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await server.wait_closed()
