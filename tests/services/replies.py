"""Stand-ins for the transport: replies without HTTP, or a client without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from lupusrefs.errors import ServiceError
from lupusrefs.transport import failures
from lupusrefs.transport.client import Client, TransportSettings
from lupusrefs.transport.message import Reply, Request, public_url
from lupusrefs.transport.retry import RetryPolicy
from transport.virtual import VirtualTime

T = TypeVar("T")

FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """What a registry says: a status, a body, and where it says so if redirected."""

    status: int = 200
    body: bytes = b""
    url: str | None = None


def say(value: object, status: int = 200, url: str | None = None) -> Said:
    """Say ``value`` as JSON."""
    return Said(status, json.dumps(value).encode(), url)


@dataclass(slots=True)
class Told:
    """A Fetcher that answers by a function, as the transport would hand it on.

    Attributes:
        answer: from the request to what is said, or to why nothing is.
        asked: every request, in order.
    """

    answer: Callable[[Request], Said | ServiceError]
    asked: list[Request] = field(default_factory=list)

    async def fetch(self, request: Request) -> Reply:
        """Answer; a status that is not allowed and a text that is no JSON fail."""
        self.asked.append(request)
        await asyncio.sleep(0)  # as a network would, it lets others run
        said = self.answer(request)
        if isinstance(said, ServiceError):
            raise said
        if said.status not in request.allowed:
            failure = failures.from_status(
                said.status, None, request.service, request.url
            )
            raise failure.error
        url = said.url or public_url(request.url)
        reply = Reply(request.service, said.status, url, {}, said.body, FETCHED)
        if request.expects_json and said.status == HTTPStatus.OK:
            reply.json()
        return reply

    @property
    def urls(self) -> list[str]:
        """The URLs asked, in order."""
        return [request.url for request in self.asked]


def always(said: Said | ServiceError) -> Told:
    """Say the same to everything."""
    return Told(lambda _: said)


def parameters(url: str) -> dict[str, str]:
    """The query of a URL, decoded."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def last_segment(url: str) -> str:
    """What stands behind the last slash of a URL's path, decoded once."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


def run(question: Coroutine[Any, Any, T]) -> T:
    """Wait for an answer."""
    return asyncio.run(question)


async def _public(_host: str, _port: int) -> Sequence[str]:
    return ["93.184.216.34"]


class Line:
    """A real client in virtual time; respx, or a function, is its network."""

    def __init__(
        self, network: Callable[[httpx.Request], httpx.Response] | None = None
    ) -> None:
        self.time = VirtualTime()
        self.client = Client(
            TransportSettings(retry=RetryPolicy(wait_jitter=0.0)),
            sleep=self.time.sleep,
            clock=self.time.clock,
            now=self.time.now,
            chance=lambda: 0.0,
            resolver=_public,
            transport=httpx.MockTransport(network) if network else None,
        )

    def run(self, question: Callable[[Client], Awaitable[T]]) -> T:
        """Put a question to the client, and close it."""

        async def main() -> T:
            async with self.client as client:
                return await question(client)

        return self.time.run(main())
