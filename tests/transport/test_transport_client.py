"""The client over a pretended network, in virtual time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import httpx
import pytest
import respx

from lupusrefs.errors import (
    ConfigError,
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.transport.client import Client, TransportSettings
from lupusrefs.transport.message import Limit, Reply, Request
from lupusrefs.transport.retry import RetryPolicy
from transport.virtual import START, VirtualTime

URL = "https://api.crossref.org/works/10.1000%2F1"
FAST = Limit(requests=1000, interval_s=1.0, concurrency=100)
POLITE_LIST = Limit(requests=3, interval_s=1.0, concurrency=3)
Answer = Callable[[httpx.Request], httpx.Response]


def ask(url: str = URL, **changes: Any) -> Request:
    """Make a request, with other fields where a test needs them."""
    return replace(Request("crossref", url, FAST), **changes)


class World:
    """A client whose network is a function and whose time is virtual."""

    def __init__(self, answer: Answer, latency_s: float = 0.0, **settings: Any) -> None:
        self.time = VirtualTime()
        self.seen: list[httpx.Request] = []
        self.sent_s: list[float] = []

        async def transport(request: httpx.Request) -> httpx.Response:
            self.seen.append(request)
            self.sent_s.append(self.time.now_s)
            if latency_s:
                await self.time.sleep(latency_s)
            return answer(request)

        settings.setdefault("retry", RetryPolicy(wait_jitter=0.0))
        self.client = Client(
            TransportSettings(**settings),
            sleep=self.time.sleep,
            clock=self.time.clock,
            now=self.time.now,
            chance=lambda: 0.0,
            resolver=self.resolve,
            transport=httpx.MockTransport(transport),
        )

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Put names that start with ``inside`` into a private network."""
        return ["10.0.0.1"] if host.startswith("inside") else ["93.184.216.34"]

    def run(self, *requests: Request) -> list[Reply | BaseException]:
        """Fetch all of them at once."""

        async def main() -> list[Reply | BaseException]:
            async with self.client as client:
                asked = [client.fetch(request) for request in requests]
                return await asyncio.gather(*asked, return_exceptions=True)

        return self.time.run(main())

    def reply(self, request: Request | None = None) -> Reply:
        """Fetch what must be answered."""
        (reply,) = self.run(request or ask())
        assert isinstance(reply, Reply), reply
        return reply

    def error(self, request: Request | None = None) -> ServiceError:
        """Fetch what must fail."""
        (error,) = self.run(request or ask())
        assert isinstance(error, ServiceError), error
        return error


def script(*answers: httpx.Response | Exception) -> Answer:
    """Answer in this order; the last one repeats."""
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        said = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(said, Exception):
            raise said
        return said

    return answer


def status(code: int, headers: dict[str, str] | None = None) -> httpx.Response:
    """Answer with a status and a small JSON body."""
    return httpx.Response(code, headers=headers, content=b"{}")


def test_a_reply_carries_what_was_said_where_and_when() -> None:
    """Status, body, lower-case headers, the time; the URL without the address."""
    answer = httpx.Response(200, headers={"X-Api-Pool": "polite"}, json={"a": 1})
    reply = World(script(answer)).reply(ask(URL + "?mailto=a@b.org"))
    assert (reply.status, reply.json()) == (200, {"a": 1})
    assert reply.headers["x-api-pool"] == "polite"
    assert reply.url == URL
    assert reply.fetched == START
    assert reply.service == "crossref"


def test_what_is_sent() -> None:
    """A GET with our name, the media type, gzip only, and the caller's headers."""
    world = World(script(status(200)), user_agent="lupusrefs/1 (mailto:a@b.org)")
    world.reply(ask(accept="application/x-bibtex", headers=(("X-A", "1"),)))
    (sent,) = world.seen
    assert sent.method == "GET"
    assert str(sent.url) == URL
    assert sent.headers["user-agent"] == "lupusrefs/1 (mailto:a@b.org)"
    assert sent.headers["accept"] == "application/x-bibtex"
    assert sent.headers["accept-encoding"] == "gzip"
    assert sent.headers["x-a"] == "1"


def test_allowed_statuses_are_replies() -> None:
    """A 404 that means something to the caller is handed back, not raised."""
    answer = httpx.Response(404, text="Resource not found.")
    reply = World(script(answer)).reply(ask(allowed=frozenset({200, 404})))
    assert (reply.status, reply.text()) == (404, "Resource not found.")


def test_an_allowed_redirect_is_not_followed() -> None:
    """Who asks for the 302 itself gets it, with its Location."""
    answer = status(302, {"Location": "https://publisher.example/"})
    reply = World(script(answer)).reply(ask(allowed=frozenset({302})))
    assert reply.status == 302
    assert reply.headers["location"] == "https://publisher.example/"


@pytest.mark.parametrize("code", [202, 204, 304, 400, 401, 403, 404, 406, 413, 414])
def test_refusals_are_asked_once(code: int) -> None:
    """What will not change is not repeated, and the error keeps the status."""
    world = World(script(status(code)))
    error = world.error()
    assert isinstance(error, ServiceRejected)
    assert error.status == code
    assert len(world.seen) == 1


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_passing_trouble_is_overcome(code: int) -> None:
    """Two bad answers and a good one are a good one, after two waits."""
    world = World(script(status(code), status(code), status(200)))
    assert world.reply().status == 200
    assert len(world.seen) == 3
    assert world.time.now_s >= 1.5
    assert world.client.requests == {"crossref": 3}


def test_lasting_trouble_is_given_up() -> None:
    """After three attempts the last status is the error."""
    world = World(script(status(503)))
    error = world.error()
    assert isinstance(error, ServiceRejected)
    assert error.status == 503
    assert len(world.seen) == 3
    assert error.url == URL


def test_a_refused_connection_gets_one_more_try() -> None:
    """Without network the answer is there within about a second."""
    world = World(script(httpx.ConnectError("refused")))
    assert isinstance(world.error(), ServiceUnreachable)
    assert len(world.seen) == 2
    assert world.time.now_s <= 1.0


@pytest.mark.parametrize(
    "retry_after", ["7", "Sun, 22 Nov 2026 00:00:07 GMT"], ids=["seconds", "date"]
)
def test_retry_after_is_obeyed_by_the_whole_lane(retry_after: str) -> None:
    """After a 429 nobody in the lane sends before the time asked for."""
    world = World(script(status(429, {"Retry-After": retry_after}), status(200)))
    limit = Limit(requests=1, interval_s=0.1, concurrency=1)
    replies = world.run(*[ask(limit=limit)] * 3)
    assert all(isinstance(reply, Reply) for reply in replies)
    assert world.sent_s[0] == 0.0
    assert min(world.sent_s[1:]) == 7.0


def test_a_long_retry_after_is_not_waited_for() -> None:
    """15 hours end in RateLimited at once, for the others in the lane too."""
    world = World(script(status(429, {"Retry-After": "54000"})))
    errors = world.run(*[ask(limit=Limit(1, 1.0, 1))] * 3)
    assert [type(error) for error in errors] == [RateLimited] * 3
    assert isinstance(errors[0], RateLimited)
    assert errors[0].retry_after_s == 54000.0
    assert errors[0].hint
    assert len(world.seen) == 1
    assert world.time.now_s < 2


def test_a_long_retry_after_on_a_503_ends_only_that_request() -> None:
    """A 503 closes no lane; whether the origin is asked is the breaker's part."""
    world = World(script(status(503, {"Retry-After": "54000"}), status(200)))
    first, second = world.run(*[ask(limit=Limit(1, 1.0, 1))] * 2)
    assert isinstance(first, ServiceRejected)
    assert isinstance(second, Reply)


def test_a_429_slows_the_lane_down() -> None:
    """Without Retry-After (registries.md 2.1) the pace is halved."""
    world = World(script(status(429), status(200)))
    world.run(*[ask(limit=Limit(1, 1.0, 1))] * 3)
    gaps = [after - before for before, after in pairwise(world.sent_s)]
    assert gaps[0] == pytest.approx(2.1)
    assert all(gap > 1.5 for gap in gaps)


def test_the_polite_list_pace() -> None:
    """20 lists at three per second and 150 ms latency take six windows."""
    world = World(script(status(200)), latency_s=0.15)
    replies = world.run(*[ask(f"{URL}?page={n}", limit=POLITE_LIST) for n in range(20)])
    assert all(isinstance(reply, Reply) for reply in replies)
    assert 6.0 < world.time.now_s < 6.5
    for start in world.sent_s:
        assert sum(start <= other <= start + 1.0 for other in world.sent_s) <= 3


def test_headers_do_not_raise_a_capped_lane() -> None:
    """Lists announce the figures of single records (registries.md 2.1)."""
    headers = {
        "x-rate-limit-limit": "10",
        "x-rate-limit-interval": "1s",
        "x-concurrency-limit": "5",
    }
    capped = World(script(status(200, headers)))
    capped.run(*[ask(limit=POLITE_LIST, capped=True)] * 10)
    assert capped.time.now_s > 3.0
    free = World(script(status(200, headers)))
    free.run(*[ask(limit=POLITE_LIST)] * 10)
    assert free.time.now_s < 1.5


def test_the_breaker_spares_the_rest() -> None:
    """After five failures in a row a hundred others fail at once, unasked."""
    world = World(script(httpx.ConnectError("refused")))
    limit = Limit(requests=1, interval_s=1.0, concurrency=1)
    errors = world.run(*[ask(f"{URL}/{n}", limit=limit) for n in range(100)])
    assert all(isinstance(error, ServiceUnreachable) for error in errors)
    assert len(world.seen) == 5
    assert "5 failures in a row, the last: no connection" in str(errors[-1])
    assert world.time.now_s < 10


def test_the_breaker_tries_again_after_the_cooldown() -> None:
    """An outage of a minute does not end a run of an hour."""
    bad = [httpx.ReadTimeout("slow")] * 5
    world = World(script(*bad, status(200)), breaker_cooldown_s=60.0)

    async def main() -> int:
        async with world.client as client:
            for _ in range(2):
                with pytest.raises(ServiceUnreachable):
                    await client.fetch(ask())
            await world.time.sleep(60.0)
            return (await client.fetch(ask())).status

    assert world.time.run(main()) == 200
    assert len(world.seen) == 6


def test_a_404_does_not_open_the_breaker() -> None:
    """A registry that does not have twenty works is alive."""
    world = World(script(status(404)))
    errors = world.run(*[ask() for _ in range(20)])
    assert [type(error) for error in errors] == [ServiceRejected] * 20
    assert len(world.seen) == 20


@pytest.mark.parametrize(
    "said",
    [
        status(403),
        status(401),
        httpx.Response(200, html="<html>Just a moment...</html>"),
        httpx.Response(200, content=b'{"cut": '),
        status(302, {"Location": "http://10.0.0.1/"}),
    ],
)
def test_answers_that_are_about_the_asker_open_the_breaker(
    said: httpx.Response,
) -> None:
    """A block, a bot wall or a captive portal: the next question gets the same."""
    world = World(script(said))
    limit = Limit(requests=1, interval_s=1.0, concurrency=1)
    errors = world.run(*[ask(limit=limit) for _ in range(20)])
    assert all(isinstance(error, ServiceError) for error in errors)
    assert len(world.seen) == 5
    assert "5 failures in a row" in str(errors[-1])


def test_services_at_one_origin_have_a_breaker_each() -> None:
    """A mirror may play several registries; one of them down leaves the others."""

    def answer(request: httpx.Request) -> httpx.Response:
        return status(500 if "crossref" in request.url.path else 200)

    world = World(answer)
    bad = [ask("https://mirror.example.org/crossref") for _ in range(9)]
    other = ask("https://mirror.example.org/datacite", service="datacite")
    *errors, last = world.run(*bad, other)
    assert all(isinstance(error, ServiceError) for error in errors)
    assert isinstance(last, Reply)


def test_given_up_429_opens_the_breaker() -> None:
    """Who is refused to the last five times in a row stops asking."""
    world = World(script(status(429)), retry=RetryPolicy(attempts=1))
    errors = world.run(*[ask(limit=Limit(1, 1.0, 1))] * 20)
    assert [type(error) for error in errors[:5]] == [RateLimited] * 5
    assert [type(error) for error in errors[5:]] == [ServiceUnreachable] * 15
    assert len(world.seen) == 5


def test_one_origin_does_not_open_the_breaker_of_another() -> None:
    """DataCite is asked while Crossref is down."""

    def answer(request: httpx.Request) -> httpx.Response:
        return status(500 if "crossref" in request.url.host else 200)

    world = World(answer)
    other = ask("https://api.datacite.org/dois/10.1", service="datacite")
    *errors, last = world.run(*[ask()] * 5, other)
    assert all(isinstance(error, ServiceError) for error in errors)
    assert isinstance(last, Reply)


def redirecting(**targets: str) -> Answer:
    """Redirect by path; what is no key is answered."""

    def answer(request: httpx.Request) -> httpx.Response:
        target = targets.get(request.url.path.strip("/"))
        return status(302, {"Location": target}) if target else status(200)

    return answer


def test_redirects_are_followed_and_counted() -> None:
    """The reply names where it came from, and each hop was a request."""
    world = World(redirecting(a="/b", b="https://data.example/c"))
    reply = world.reply(ask("https://doi.org/a"))
    assert reply.url == "https://data.example/c"
    assert world.client.requests["crossref"] == 3


def test_credentials_stay_at_home() -> None:
    """A secret goes along within its origin only, and not back after leaving it."""
    world = World(
        redirecting(a="/b", b="https://data.example/c", c="https://doi.org/d")
    )
    secret = (("Crossref-Plus-API-Token", "Bearer hush"),)
    world.reply(ask("https://doi.org/a", secret_headers=secret, headers=(("X", "1"),)))
    tokens = ["crossref-plus-api-token" in sent.headers for sent in world.seen]
    assert tokens == [True, True, False, False]
    assert [sent.headers["x"] for sent in world.seen] == ["1"] * 4


def test_credentials_do_not_follow_to_plain_http() -> None:
    """The same host without TLS is another origin."""
    world = World(redirecting(a="http://doi.org/b"))
    world.reply(ask("https://doi.org/a", secret_headers=(("Token", "hush"),)))
    assert "token" not in world.seen[-1].headers


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("https://doi.org/a", "back to a URL that led here"),
        ("http://127.0.0.1:1/", "private address"),
        ("https://inside.example/", "private address"),
        ("file:///etc/passwd", "something else than http"),
        ("https://user:pw@x.example/", "user name"),
    ],
)
def test_forbidden_redirects(target: str, reason: str) -> None:
    """A redirect that must not be followed is an unexpected reply, asked once."""
    world = World(redirecting(a=target))
    error = world.error(ask("https://doi.org/a"))
    assert isinstance(error, UnexpectedReply)
    assert reason in str(error)
    assert "user:pw" not in str(error)
    assert len(world.seen) == 1


def test_a_redirect_without_location() -> None:
    """A 302 that leads nowhere is an unexpected reply."""
    error = World(script(status(302))).error()
    assert isinstance(error, UnexpectedReply)
    assert "without a target" in str(error)


def test_redirect_targets_have_their_own_pace() -> None:
    """The unknown target of redirects is asked five times per second."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "doi.org":
            return status(302, {"Location": f"https://x.example{request.url.path}"})
        return status(200)

    world = World(answer)
    world.run(*[ask(f"https://doi.org/{n}") for n in range(11)])
    assert 2.0 < world.time.now_s < 2.5


@pytest.mark.parametrize(
    "url",
    [
        "doi.org/10.1",
        "ftp://doi.org/",
        "http://",
        "https://u:p@doi.org/",
        "https://doi.org:99999/",
        "https://doi.org:0/",
        "http://[::1",
        "https://doi.org/\x00",
        "https://" + "a" * 70_000,
        "",
    ],
)
def test_a_request_that_cannot_be_sent(url: str) -> None:
    """A misspelt endpoint is a service error with advice, and nothing is sent."""
    world = World(script(status(200)))
    error = world.error(ask(url))
    assert "configuration" in (error.hint or "")
    assert world.seen == []


def test_a_contact_that_no_header_can_carry() -> None:
    """A user agent beyond ASCII cannot be sent, which is said."""
    error = World(script(status(200)), user_agent="größe").error()
    assert isinstance(error, ServiceUnreachable)
    assert "contact address" in (error.hint or "")


def test_cookies_are_not_kept() -> None:
    """The second question is asked as the first one was."""
    world = World(script(status(200, {"Set-Cookie": "id=1; Path=/"})))
    world.run(ask(limit=Limit(1, 1.0, 1)), ask(limit=Limit(1, 1.0, 1)))
    assert ["cookie" in sent.headers for sent in world.seen] == [False, False]


def test_httpx_logs_no_addresses(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever turns httpx's log on does not find the credentials in it."""
    caplog.set_level(logging.INFO, logger="httpx")
    World(script(status(200))).reply(ask(URL + "?mailto=a@b.org&api_key=hush"))
    assert URL in caplog.text
    assert "hush" not in caplog.text
    assert "a@b.org" not in caplog.text


def test_cancellation_passes_and_frees_the_slot() -> None:
    """A cancelled fetch raises CancelledError, and the lane goes on."""
    world = World(script(status(200)), latency_s=10.0)
    limit = Limit(requests=9, interval_s=1.0, concurrency=1)

    async def main() -> int:
        async with world.client as client:
            task = asyncio.create_task(client.fetch(ask(limit=limit)))
            await world.time.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return (await client.fetch(ask(limit=limit))).status

    assert world.time.run(main()) == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "gopher://proxy.example"),
        ("SSL_CERT_FILE", "/does/not/exist.pem"),
    ],
)
def test_an_unusable_environment(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken proxy or certificate setting is a ConfigError that names the setting."""
    monkeypatch.setenv(name, value)

    async def main() -> None:
        async with Client(TransportSettings()) as client:
            await client.fetch(ask())

    with pytest.raises(ConfigError) as caught:
        asyncio.run(main())
    assert name in (caught.value.hint or "")


def test_an_endpoint_that_is_no_url() -> None:
    """Trusted origins are checked when the client is made."""
    with pytest.raises(ConfigError):
        Client(TransportSettings(trusted_origins=frozenset({"http://[::1"})))


def test_respx_sees_our_requests() -> None:
    """Tests of services may mock the network with respx."""

    async def main() -> object:
        async with Client(TransportSettings()) as client:
            return (await client.fetch(ask())).json()

    with respx.mock:
        respx.get(URL).respond(json={"message": {}})
        assert asyncio.run(main()) == {"message": {}}
