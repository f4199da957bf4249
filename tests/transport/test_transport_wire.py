"""The client against real bytes on a real socket of this machine."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from typing import Any

import pytest

from lupusrefs.errors import (
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.transport.body import Bounds
from lupusrefs.transport.client import Client, TransportSettings
from lupusrefs.transport.message import Limit, Reply, Request
from lupusrefs.transport.retry import RetryPolicy
from transport.loopback import Act, Drip, Hang, Loopback, Reset, Say, answer, loopback

FAST = Limit(requests=1000, interval_s=1.0, concurrency=100)
EAGER = RetryPolicy(wait_initial_s=0.001, wait_jitter=0.0)
OK = answer(200, b'{"ok": true}')


async def fetch(
    server: Loopback,
    path: str = "/a",
    request: dict[str, Any] | None = None,
    **settings: Any,
) -> Reply | ServiceError:
    """Fetch from the server; ``request`` and ``settings`` change single fields."""
    usual = TransportSettings(retry=EAGER, trusted_origins=frozenset({server.url}))
    asked = Request("crossref", server.url + path, FAST)
    async with Client(replace(usual, **settings)) as client:
        try:
            return await client.fetch(replace(asked, **(request or {})))
        except ServiceError as error:
            return error


def play(*acts: Act | bytes, **changes: Any) -> tuple[Reply | ServiceError, Loopback]:
    """Fetch once from a server that plays these acts."""

    async def main() -> tuple[Reply | ServiceError, Loopback]:
        async with loopback(*acts) as server:
            return await fetch(server, **changes), server

    return asyncio.run(main())


@pytest.mark.parametrize(
    "bad",
    [
        answer(429),
        answer(429, b"<html>", "Retry-After: 0"),
        answer(429, b"<html>", "Retry-After: Sun, 22 Nov 2020 00:00:00 GMT"),
        answer(503, b"<html>", "Content-Type: text/html"),
        answer(500),
        Reset(),
        Reset(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        Say(b""),
        Say(b"HTTP/1.1 200 OK\r\nContent-"),
        answer(200, b'{"a"', length=100),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(OK, mtime=0)[:20],
    ],
)
def test_trouble_that_passes_is_overcome(bad: Act | bytes) -> None:
    """Resets, closed connections, truncated bodies, 429 and 5xx get another try."""
    limit = Limit(requests=1000, interval_s=0.01, concurrency=100)
    got, server = play(bad, OK, request={"limit": limit})
    assert isinstance(got, Reply), got
    assert got.json() == {"ok": True}
    assert len(server.heads) == 2


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        (Reset(), ServiceUnreachable, "the connection broke"),
        (Say(b""), ServiceUnreachable, "the connection broke"),
        (answer(200, b"{", length=99), UnexpectedReply, "garbled answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", UnexpectedReply, "garbled answer"),
        (b"HTTP/9.9 \xff\xfe\r\n\r\n", UnexpectedReply, "garbled answer"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", UnexpectedReply, "garbled"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, UnexpectedReply, "garbled"),
        (answer(200, b"{}", "Content-Length: 77"), UnexpectedReply, "garbled"),
        (answer(200, b"", "Transfer-Encoding: what"), UnexpectedReply, "garbled"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
            UnexpectedReply,
            "garbled",
        ),
        (answer(429), RateLimited, "429"),
        (answer(502), ServiceRejected, "502 Bad Gateway"),
    ],
)
def test_trouble_that_lasts_is_a_service_error(
    bad: Act | bytes, error: type[ServiceError], words: str
) -> None:
    """After three attempts the error says what came, from where, and what to do."""
    limit = Limit(requests=1000, interval_s=0.01, concurrency=100)
    got, server = play(bad, request={"limit": limit})
    assert type(got) is error, got
    assert words in str(got)
    assert "crossref" in str(got)
    assert got.url.startswith(server.url)
    assert got.hint
    assert len(server.heads) == 3


@pytest.mark.parametrize(
    ("act", "settings"),
    [
        (Hang(), {"read_timeout_s": 0.4}),
        (Hang(), {"total_timeout_s": 0.4}),
        (Drip(b"HTTP/1.1 200 OK\r\n\r\n", 0.01), {"total_timeout_s": 0.1}),
        (
            Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", 0.01),
            {"total_timeout_s": 0.1},
        ),
        (Drip(b"HTTP/1.1 200 OK\r\nX-Slow:", 0.01), {"total_timeout_s": 0.1}),
    ],
)
def test_slow_servers_do_not_hold_us(act: Act, settings: dict[str, float]) -> None:
    """Neither silence nor a byte now and then outlasts the time for one attempt."""
    got, server = play(act, **settings, retry=RetryPolicy(attempts=2, wait_initial_s=0))
    assert isinstance(got, ServiceUnreachable)
    assert "no answer in time" in str(got)
    # Attempts, not heads: on a busy machine a head may arrive after the time is up.
    assert server.connections == 2


def test_a_slow_answer_is_not_a_timeout_when_the_next_try_is_quick() -> None:
    """One hanging connection among good ones costs one timeout."""
    got, _ = play(Hang(), OK, read_timeout_s=0.05)
    assert isinstance(got, Reply)


def test_nobody_listens() -> None:
    """A refused connection is tried twice and names the reason."""

    async def main() -> tuple[Reply | ServiceError, Loopback]:
        async with loopback(OK) as server:
            pass
        return await fetch(server), server

    got, server = asyncio.run(main())
    assert isinstance(got, ServiceUnreachable)
    assert "no connection (Connection refused)" in str(got)
    assert server.heads == []


def test_https_where_only_http_is_spoken() -> None:
    """TLS trouble is told from a missing network, and not tried again."""
    asked = 0

    async def main() -> ServiceError:
        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            nonlocal asked
            asked += 1
            await reader.read(1)
            writer.write(answer(400, b""))
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Client(TransportSettings(retry=EAGER)) as client:
            with pytest.raises(ServiceUnreachable) as caught:
                await client.fetch(Request("x", f"https://127.0.0.1:{port}/", FAST))
        return caught.value

    error = asyncio.run(main())
    assert "no secure connection" in str(error)
    assert "certificates" in (error.hint or "")
    assert asked == 1


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (b"<!DOCTYPE html><html>Just a moment...", "an HTML page"),
        (b"", "an empty body"),
        (b'{"DOI": "10.1', "truncated JSON"),
        (b'{"a": "\xe9"}', "invalid UTF-8"),
    ],
)
def test_bodies_that_are_not_json(said: bytes, named: str) -> None:
    """A status of 200 does not make a body readable (registries.md 1.4)."""
    page = answer(200, said, "Content-Type: application/json")
    got, server = play(page)
    assert isinstance(got, UnexpectedReply)
    assert named in str(got)
    assert len(server.heads) == 1


def test_a_page_is_a_reply_to_those_who_expect_no_json() -> None:
    """An agency without CSL-JSON answers with its landing page (registries.md 1.4)."""
    got, _ = play(answer(200, b"<html>"), request={"expects_json": False})
    assert isinstance(got, Reply)
    with pytest.raises(UnexpectedReply, match="an HTML page"):
        got.json()


def test_no_content() -> None:
    """A 204 without a body is a reply to those who allow it."""
    said = b"HTTP/1.1 204 No Content\r\n\r\n"
    got, _ = play(said, request={"allowed": frozenset({200, 204})})
    assert isinstance(got, Reply)
    assert (got.status, got.body) == (204, b"")


def test_compressed_bodies() -> None:
    """Gzip is asked for, and undone."""
    wire = gzip.compress(b'{"ok": true}')
    got, server = play(answer(200, wire, "Content-Encoding: gzip"))
    assert isinstance(got, Reply)
    assert got.json() == {"ok": True}
    assert "accept-encoding: gzip\r\n" in server.heads[0].lower()


@pytest.mark.parametrize(
    ("wire", "coding", "words"),
    [
        (gzip.compress(bytes(10_000_000)), "gzip", "after decompression"),
        (b"x" * 200_000, "identity", "more than 100000 bytes"),
        (b"plain", "gzip", "corrupt gzip body"),
        (b"\x8b\x02\x80hello\x03", "br", "unknown content coding"),
    ],
)
def test_bodies_out_of_bounds(wire: bytes, coding: str, words: str) -> None:
    """Bombs, floods and foreign codings are refused without another try."""
    bounds = Bounds(wire_bytes=100_000, body_bytes=1_000_000)
    said = answer(200, wire, f"Content-Encoding: {coding}")
    got, server = play(said, bounds=bounds)
    assert isinstance(got, UnexpectedReply)
    assert words in str(got)
    assert len(server.heads) == 1


def test_a_flood_without_end_is_cut() -> None:
    """A chunked body that never ends is left when it exceeds the bound."""
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    got, _ = play(Say(head + chunk * 100, keep=True), bounds=Bounds(wire_bytes=50_000))
    assert isinstance(got, UnexpectedReply)


def test_connections_are_reused_over_redirects() -> None:
    """A redirect within the server costs no second connection."""
    hop = answer(301, b"<html>moved", "Location: /b")
    got, server = play(Say(hop, keep=True), Say(OK, keep=True))
    assert isinstance(got, Reply)
    assert got.url == server.url + "/b"
    assert server.paths == ["/a", "/b"]
    assert server.connections == 1


def test_a_redirect_loop() -> None:
    """A page that redirects to itself is asked once."""
    got, server = play(answer(302, b"", "Location: /a"))
    assert isinstance(got, UnexpectedReply)
    assert len(server.heads) == 1


def test_an_endless_chain_of_redirects() -> None:
    """Six requests, then it is enough."""
    hops = [answer(302, b"", f"Location: /{number}") for number in range(10)]
    got, server = play(*hops)
    assert isinstance(got, UnexpectedReply)
    assert "after 5 redirects" in str(got)
    assert len(server.heads) == 6


def test_another_port_of_this_machine_is_not_asked() -> None:
    """A trusted server cannot send us to an untrusted one beside it."""

    async def main() -> tuple[Reply | ServiceError, Loopback]:
        async with loopback(OK) as other:
            target = f"Location: {other.url}/admin"
            async with loopback(answer(302, b"", target)) as server:
                return await fetch(server), other

    got, other = asyncio.run(main())
    assert isinstance(got, UnexpectedReply)
    assert "private address" in str(got)
    assert other.connections == 0


def test_a_configured_neighbour_is_asked() -> None:
    """Two configured endpoints on this machine may redirect to each other."""

    async def main() -> Reply | ServiceError:
        async with loopback(OK) as other:
            target = f"Location: {other.url}/b"
            async with loopback(answer(302, b"", target)) as server:
                trusted = frozenset({server.url, other.url})
                return await fetch(server, trusted_origins=trusted)

    got = asyncio.run(main())
    assert isinstance(got, Reply)


def test_a_location_in_raw_utf8() -> None:
    """Servers put unencoded letters into Location; they are encoded on the way."""
    hop = (
        b"HTTP/1.1 302 X\r\nLocation: /gr\xc3\xb6\xc3\x9fe\r\nContent-Length: 0\r\n\r\n"
    )
    got, server = play(hop, OK)
    assert isinstance(got, Reply)
    assert server.paths[1] == "/gr%C3%B6%C3%9Fe"


@pytest.mark.parametrize(
    "path",
    ["/works/10.1000%2F1", "/works/10.1/a%3Cb%3E%23%25", "/x/.%2F?f=doi:10.1%2Ca"],
)
def test_paths_are_sent_as_they_were_encoded(path: str) -> None:
    """The encoding of a DOI is the service's business (registries.md 5)."""
    got, server = play(OK, path=path)
    assert isinstance(got, Reply)
    assert server.paths == [path]


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment does not come between us and a local mirror."""

    async def main() -> tuple[Reply | ServiceError, Loopback]:
        async with loopback(OK) as proxy, loopback(OK) as server:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            monkeypatch.setenv("ALL_PROXY", proxy.url)
            return await fetch(server), proxy

    got, proxy = asyncio.run(main())
    assert isinstance(got, Reply)
    assert proxy.connections == 0


def test_a_proxy_is_asked_for_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere the environment's proxy is used."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    async def main() -> tuple[Reply | ServiceError, Loopback]:
        async with loopback(OK) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            url = "http://registry.example/a"
            return await fetch(proxy, request={"url": url}), proxy

    got, proxy = asyncio.run(main())
    assert isinstance(got, Reply)
    assert proxy.heads[0].startswith("GET http://registry.example/a HTTP/1.1")


def test_concurrency_on_the_wire() -> None:
    """Never more connections at once than the limit allows."""

    async def main() -> tuple[int, int]:
        most = now = 0

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            nonlocal most, now
            await reader.readuntil(b"\r\n\r\n")
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.02)
            now -= 1
            writer.write(OK)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        limit = Limit(requests=1000, interval_s=1.0, concurrency=3)
        async with Client(TransportSettings(retry=EAGER)) as client:
            request = Request("crossref", f"http://127.0.0.1:{port}/", limit)
            replies = await asyncio.gather(*[client.fetch(request) for _ in range(12)])
        server.close()
        await server.wait_closed()
        return most, len(replies)

    assert asyncio.run(main()) == (3, 12)


def test_departures_are_counted_when_they_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The window starts with the bytes on the wire, not with the connection."""
    marked: list[bool] = []
    monkeypatch.setattr(
        "lupusrefs.transport.pace.Slot.sent", lambda slot: marked.append(True)
    )
    play(OK)
    assert marked == [True]


def test_cancelling_a_fetch_under_way() -> None:
    """Cancellation comes through as such, and closes the connection."""

    async def main() -> None:
        async with loopback(Hang()) as server:
            task = asyncio.create_task(fetch(server))
            await server.asked.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(server.heads) == 1

    asyncio.run(main())
