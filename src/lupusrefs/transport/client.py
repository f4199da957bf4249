"""The one way onto the network: ``await client.fetch(request)``.

Around each attempt stand, outermost first: the redirects, the retries, the lane's
pace, the breaker, and the exchange itself with its bounds. Whatever a server does,
a fetch ends in a :class:`Reply` or a :class:`ServiceError`; only cancellation passes.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import httpx

from lupusrefs.errors import ConfigError, UnexpectedReply
from lupusrefs.transport import failures
from lupusrefs.transport.body import Bounds, drain, read_body
from lupusrefs.transport.breaker import Breaker
from lupusrefs.transport.failures import Failure
from lupusrefs.transport.message import Reply, Request, public_url
from lupusrefs.transport.pace import LanePaused, Pacer, Slot
from lupusrefs.transport.redirect import (
    REDIRECTS,
    RedirectRefused,
    Signpost,
    origin,
    resolve,
    url_fault,
)
from lupusrefs.transport.retry import RetryPolicy, Worth, read_retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from lupusrefs.transport.clocks import Chance, Clock, Now, Resolver, Sleep

# A proxy from the environment is for the outside world; a mirror or a test server on
# this machine is asked directly.
_NEVER_PROXIED = ("all://127.0.0.1", "all://localhost", "all://[::1]")


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """How to ask.

    Attributes:
        user_agent: names the program and, for the polite pools, a contact address.
        connect_timeout_s: for one connection, TLS included.
        read_timeout_s: for the next bytes of an answer.
        total_timeout_s: for one attempt in whole, so that a server that sends a byte
            now and then cannot hold us.
        retry: how patiently failed attempts are repeated.
        breaker_failures: so many failed attempts in a row stop an origin's use.
        breaker_cooldown_s: for so long, in seconds.
        trusted_origins: URLs of the endpoints that the user configured; redirects
            may lead to their origins even where those are private addresses.
        bounds: how large a body may be.
    """

    user_agent: str = "lupusrefs"
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 15.0
    total_timeout_s: float = 45.0
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    breaker_failures: int = 5
    breaker_cooldown_s: float = 60.0
    trusted_origins: frozenset[str] = frozenset()
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class _Hop:
    """One URL on the way to the answer."""

    request: Request
    trail: tuple[httpx.URL, ...]  # all URLs so far, this hop's last
    with_secrets: bool

    @property
    def url(self) -> httpx.URL:
        return self.trail[-1]

    @property
    def origin(self) -> str:
        return origin(self.url)

    @property
    def key(self) -> str:
        """Whose pace and failures count: several registries may share an origin."""
        return f"{self.request.service} {self.origin}"

    def wants(self, status: int) -> bool:
        """Tell whether a status is an answer: allowed, or a redirect to follow."""
        return status in self.request.allowed or status in REDIRECTS

    def to(self, url: httpx.URL) -> _Hop:
        """Go on to ``url``; credentials never leave the first origin, nor return."""
        stays = self.with_secrets and origin(url) == self.origin
        return _Hop(self.request, (*self.trail, url), stays)


class Client:
    """Asks registries, politely and within bounds. An async context manager.

    Args:
        settings: how to ask.
        sleep: suspends for seconds; with ``clock`` it lets tests run without waiting.
        clock: monotonic seconds.
        now: the wall clock, in UTC.
        chance: random numbers in [0, 1), for the jitter of waits.
        resolver: turns names into addresses, to judge where redirects lead.
        transport: replaces the network, for tests.

    Attributes:
        requests: how many requests were sent for each service, retries and
            redirects included.

    Raises:
        ConfigError: a trusted origin is not a URL.
    """

    def __init__(
        self,
        settings: TransportSettings,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
        now: Now = lambda: datetime.now(UTC),
        chance: Chance = random.random,
        resolver: Resolver = resolve,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.requests: Counter[str] = Counter()
        self._settings = settings
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._chance = chance
        self._transport = transport
        self._http: httpx.AsyncClient | None = None
        self._pacer = Pacer(clock, sleep, settings.retry.retry_after_max_s)
        self._breakers: dict[str, Breaker] = {}
        try:
            self._signpost = Signpost(settings.trusted_origins, resolver)
        except httpx.InvalidURL as error:
            message = f"an endpoint is not a URL: {error}"
            raise ConfigError(message) from error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def fetch(self, request: Request) -> Reply:
        """Send a request, follow its redirects, and read the answer in full.

        Raises:
            ServiceUnreachable: no connection, no answer in time, or the origin
                failed so often that it is not asked any more.
            RateLimited: 429 to the last, or a ``Retry-After`` that is too long.
            ServiceRejected: a status that ``request.allowed`` does not list.
            UnexpectedReply: a body or redirect that we cannot or must not follow.
            ConfigError: the environment names an unusable proxy or certificate file.
        """
        try:
            hop = _Hop(request, (_first_url(request),), with_secrets=True)
            while True:
                reply = await self._insist(hop)
                if reply.status in request.allowed:
                    return reply
                hop = await self._follow(hop, reply)
        except failures.FOREIGN as error:
            failure = failures.from_exception(error, request.service, request.url)
            raise failure.error from error

    async def _follow(self, hop: _Hop, reply: Reply) -> _Hop:
        location = reply.headers.get("location")
        try:
            return hop.to(await self._signpost.follow(hop.trail, location))
        except RedirectRefused:
            self._breaker(hop).failed("a redirect that must not be followed")
            raise

    async def _insist(self, hop: _Hop) -> Reply:
        """Attempt one hop until it is answered or the policy gives up."""
        policy = self._settings.retry
        attempt = 1
        while isinstance(outcome := await self._attempt(hop), Failure):
            wait_s = policy.wait_s(
                attempt, outcome.worth, self._chance(), outcome.retry_after_s
            )
            if wait_s is None:
                raise outcome.error
            await self._sleep(wait_s)
            attempt += 1
        return outcome

    async def _attempt(self, hop: _Hop) -> Reply | Failure:
        """Wait for the turn, send once, and let pace and breaker learn from it."""
        service, url, breaker = hop.request.service, str(hop.url), self._breaker(hop)

        def admit() -> None:
            if (reason := breaker.refusal()) is not None:
                raise failures.not_asked(service, url, reason)

        # Only the first origin's pace is the caller's to know.
        limit = hop.request.limit if hop.origin == origin(hop.trail[0]) else None
        lane = hop.request.lane
        try:
            async with self._pacer.slot(hop.key, lane, limit, admit) as slot:
                breaker.sending()
                self.requests[service] += 1
                outcome = self._learn(hop, slot, await self._exchange(hop, slot))
        except LanePaused as pause:
            raise failures.rate_limited(service, url, pause.remaining_s) from pause
        if isinstance(outcome, Failure) and outcome.outage:
            breaker.failed(outcome.why)
        elif isinstance(outcome, Failure):
            if not outcome.limited:
                breaker.answered()
        elif outcome.status in hop.request.allowed:
            # A redirect is no answer yet: it may lead to nothing.
            breaker.answered()
        return outcome

    def _learn(
        self, hop: _Hop, slot: Slot, outcome: Reply | Failure
    ) -> Reply | Failure:
        """Pass the answer's figures to the lane; turn an unwanted status around."""
        if isinstance(outcome, Failure):
            return outcome
        slot.learn(outcome.headers, capped=hop.request.capped)
        if hop.wants(outcome.status):
            slot.succeeded()
            return outcome
        pause_s = read_retry_after(outcome.headers, self._now())
        failure = failures.from_status(
            outcome.status, pause_s, hop.request.service, str(hop.url)
        )
        if failure.limited and slot.limited():
            # However slowly it is asked: five times in a row is a refusal.
            failure = replace(failure, outage=True)
        # A long pause closes the lane to all; after a 5xx that is the breaker's part.
        patient = self._settings.retry.retry_after_max_s
        if pause_s is not None and (failure.limited or pause_s <= patient):
            slot.pause(pause_s)
        return failure

    async def _exchange(self, hop: _Hop, slot: Slot) -> Reply | Failure:
        """Send one request and read what its status makes worth reading."""
        body = b""
        try:
            async with asyncio.timeout(self._settings.total_timeout_s):
                response = await self._send(hop, slot)
                try:
                    if response.status_code in hop.request.allowed:
                        bounds = self._settings.bounds.within(hop.request.max_bytes)
                        body = await read_body(response, bounds)
                    elif response.status_code in REDIRECTS:
                        await drain(response)
                finally:
                    await response.aclose()
        except failures.FOREIGN as error:
            return failures.from_exception(error, hop.request.service, str(hop.url))
        reply = Reply(
            service=hop.request.service,
            status=response.status_code,
            url=public_url(str(hop.url)),
            headers=MappingProxyType(dict(response.headers.items())),
            body=body,
            fetched=self._now(),
        )
        if hop.request.expects_json and reply.status == HTTPStatus.OK:
            try:
                reply.json()
            except UnexpectedReply as error:
                # A bot wall or a broken proxy: it speaks against the whole origin.
                why = "an answer that is not JSON"
                return Failure(error, why, Worth.NOTHING, outage=True)
        return reply

    async def _send(self, hop: _Hop, slot: Slot) -> httpx.Response:
        request = hop.request

        async def trace(event: str, _: Mapping[str, object]) -> None:
            # TLS may take longer than the window: count from the true departure.
            if event == "http11.send_request_headers.started":
                slot.sent()

        http = self._opened()
        message = http.build_request(
            "GET",
            hop.url,
            headers=[
                ("User-Agent", self._settings.user_agent),
                ("Accept", request.accept),
                ("Accept-Encoding", "gzip"),
                *request.headers,
                *(request.secret_headers if hop.with_secrets else ()),
            ],
            extensions={"trace": trace},
        )
        return await http.send(message, stream=True, auth=None)

    def _opened(self) -> httpx.AsyncClient:
        """Open the pool when it is first needed: loading certificates takes time."""
        if self._http is None:
            settings = self._settings
            no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
            try:
                self._http = httpx.AsyncClient(
                    transport=self._transport,
                    mounts=dict.fromkeys(_NEVER_PROXIED),
                    cookies=no_cookies,  # the same question gets the same answer
                    timeout=httpx.Timeout(
                        settings.read_timeout_s, connect=settings.connect_timeout_s
                    ),
                )
            except (ValueError, OSError, ImportError, httpx.InvalidURL) as error:
                message = f"no HTTP client with this environment: {error}"
                raise ConfigError(
                    message,
                    hint="check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE",
                ) from error
        return self._http

    def _breaker(self, hop: _Hop) -> Breaker:
        settings = self._settings
        return self._breakers.setdefault(
            hop.key,
            Breaker(
                settings.breaker_failures, settings.breaker_cooldown_s, self._clock
            ),
        )


def _first_url(request: Request) -> httpx.URL:
    url = httpx.URL(request.url)
    if (fault := url_fault(url)) is not None:
        message = f"a request {fault}"
        raise httpx.InvalidURL(message)
    return url


def _redact(record: logging.LogRecord) -> bool:
    """Keep credentials and addresses out of the URLs that httpx logs."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            public_url(str(arg)) if isinstance(arg, httpx.URL) else arg
            for arg in record.args
        )
    return True


logging.getLogger("httpx").addFilter(_redact)
