"""The faults of the loopback registry break answers in the way their names say."""

from __future__ import annotations

import json
import socket
import time
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from registry.faults import FAULTS, drip
from registry.server import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

DOIS = ["10.5555/lupus.2021.101", "10.5555/lupus.2022.115", "10.5072/data.4001"]
SILENT = ("reset", "hang", "garbage-status-line")


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client that follows nothing, knows no proxy and has little patience."""
    with httpx.Client(trust_env=False, timeout=0.5) as opened:
        yield opened


def works(registry: Registry) -> str:
    """A list of two works."""
    wanted = ",".join(f"doi:{doi}" for doi in DOIS[:2])
    return f"{registry.endpoints['crossref']}/works?filter={wanted}"


def spoilt(
    name: str, registry: Registry, client: httpx.Client, service: str = "crossref"
) -> httpx.Response:
    """A list under a fault."""
    registry.limiter.enabled = False
    registry.set_fault(service, FAULTS[name])
    return client.get(works(registry))


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_goes_away(
    name: str, registry: Registry, client: httpx.Client
) -> None:
    """A fault strikes once if told so; the next answer is whole again."""
    registry.limiter.enabled = False
    whole = client.get(works(registry)).json()
    registry.set_fault("crossref", FAULTS[name], times=1)
    try:
        with client.stream("GET", works(registry)) as reply:
            status = reply.status_code
    except httpx.TransportError:
        status = 0
    assert status == registry.log[1].status
    assert (status == 0) == (name in SILENT)
    assert client.get(works(registry)).json() == whole
    assert registry.requests("crossref") == 3


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("rate-limited", 429),
        ("error-500", 500),
        ("error-502", 502),
        ("error-503", 503),
        ("error-504", 504),
        ("unauthorized", 401),
        ("forbidden", 403),
    ],
)
def test_error_pages(
    name: str, status: int, registry: Registry, client: httpx.Client
) -> None:
    """Errors are HTML of their status, without a Retry-After."""
    reply = spoilt(name, registry, client)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html")
    assert "retry-after" not in reply.headers


@pytest.mark.parametrize(
    "name", ["rate-limited-retry-after-seconds", "error-503-retry-after"]
)
def test_retry_after_seconds(
    name: str, registry: Registry, client: httpx.Client
) -> None:
    """Retry-After may be a number of seconds."""
    assert spoilt(name, registry, client).headers["retry-after"] == "1"


def test_retry_after_date(registry: Registry, client: httpx.Client) -> None:
    """Retry-After may be an HTTP date, here one that is still to come."""
    reply = spoilt("rate-limited-retry-after-date", registry, client)
    moment = parsedate_to_datetime(reply.headers["retry-after"])
    assert moment > datetime.now(UTC)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reset", httpx.ReadError),
        ("hang", httpx.ReadTimeout),
        ("body-cut", httpx.RemoteProtocolError),
        ("garbage-status-line", httpx.RemoteProtocolError),
    ],
)
def test_broken_connections(
    name: str,
    error: type[httpx.TransportError],
    registry: Registry,
    client: httpx.Client,
) -> None:
    """Faults of the connection reach the client as such."""
    with pytest.raises(error):
        spoilt(name, registry, client)


def test_drip_sends_the_true_body(registry: Registry, client: httpx.Client) -> None:
    """A slow body is whole in the end."""
    registry.fault = drip(0.0)
    reply = client.get(f"{registry.endpoints['doi']}/doiRA/{DOIS[0]}")
    assert reply.json() == [{"DOI": DOIS[0], "RA": "Crossref"}]


@pytest.mark.parametrize(
    "name",
    ["truncated-json", "invalid-utf8", "empty-body", "bot-page-html", "bot-page-json"],
)
def test_unreadable_bodies(name: str, registry: Registry, client: httpx.Client) -> None:
    """The status is 200 and the body is no JSON."""
    reply = spoilt(name, registry, client)
    assert reply.status_code == 200
    with pytest.raises(ValueError, match=r"."):
        json.loads(reply.content.decode())


def test_deep_json_exhausts_a_recursive_parser(
    registry: Registry, client: httpx.Client
) -> None:
    """100,000 brackets are too deep for a parser that recurses."""
    reply = spoilt("deep-json", registry, client)
    with pytest.raises(RecursionError):
        json.loads(reply.content)


def test_content_types_lie(registry: Registry, client: httpx.Client) -> None:
    """A bot page and Crossref's 404 text may both call themselves JSON."""
    page = spoilt("bot-page-json", registry, client)
    assert page.headers["content-type"] == "application/json"
    text = spoilt("not-found-text", registry, client)
    assert (text.status_code, text.text) == (404, "Resource not found.")
    assert text.headers["content-type"] == "application/json"


def test_nan_and_duplicate_keys(registry: Registry, client: httpx.Client) -> None:
    """Two kinds of JSON that the standard forbids or advises against."""
    text = spoilt("nan", registry, client).text
    assert '"date-parts":[[NaN' in text
    text = spoilt("duplicate-keys", registry, client).text
    assert text.count('"message":') == 2
    assert len(json.loads(text)["message"]["items"]) == 2


def test_wrong_records(registry: Registry, client: httpx.Client) -> None:
    """A batch may hold as many records as asked for, none of them the right one."""
    items = spoilt("wrong-records", registry, client).json()["message"]["items"]
    assert len(items) == 2
    assert not {item["DOI"] for item in items} & set(DOIS)


def test_missing_records(registry: Registry, client: httpx.Client) -> None:
    """Half of a batch may be missing."""
    items = spoilt("missing-records", registry, client).json()["message"]["items"]
    assert len(items) == 1
    assert items[0]["DOI"] in DOIS


def test_broken_types(registry: Registry, client: httpx.Client) -> None:
    """Values may be of types that no registry sends."""
    item = spoilt("broken-types", registry, client).json()["message"]["items"][0]
    assert (item["title"], item["author"]) == (7, "Anonymous")
    assert item["issued"] == {"date-parts": [["x"]]}
    registry.fault = FAULTS["broken-types"]
    url = f"{registry.endpoints['datacite']}/dois/{DOIS[2]}"
    assert client.get(url).json()["data"]["attributes"]["titles"] == 7


@pytest.mark.parametrize("name", ["redirect-loop", "redirect-chain"])
def test_endless_redirects(name: str, registry: Registry, client: httpx.Client) -> None:
    """A loop leads back, a chain ever further; neither ends."""
    registry.limiter.enabled = False
    registry.fault = FAULTS[name]
    with pytest.raises(httpx.TooManyRedirects):
        client.get(works(registry), follow_redirects=True)
    targets = {one.path_and_query for one in registry.log}
    assert (len(targets) == 1) == (name == "redirect-loop")


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("redirect-private", "http://10.0.0.1/"),
        ("redirect-link-local", "http://169.254.169.254/latest/meta-data/"),
        ("redirect-loopback-v6", "http://[::1]/"),
        ("redirect-loopback-port", "http://127.0.0.1:1/"),
        ("redirect-file", "file:///etc/hostname"),
    ],
)
def test_forbidden_redirects(
    name: str, location: str, registry: Registry, client: httpx.Client
) -> None:
    """Redirects to places that a client must not visit."""
    reply = spoilt(name, registry, client)
    assert (reply.status_code, reply.headers["location"]) == (302, location)


def test_gzip_bomb_inflates(registry: Registry, client: httpx.Client) -> None:
    """The bomb inflates a thousandfold; the client need not read all of it."""
    registry.fault = FAULTS["gzip-bomb"]
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    read = inflated = 0
    with client.stream("GET", works(registry)) as reply:
        assert reply.headers["content-encoding"] == "gzip"
        for piece in reply.iter_raw():
            read += len(piece)
            inflated += len(inflate.decompress(piece))
            if inflated > 100_000_000:
                break
    assert inflated / read > 500


def test_every_third_request(registry: Registry, client: httpx.Client) -> None:
    """`every=3` strikes the first, fourth, seventh request of the service."""
    registry.set_fault("doi", FAULTS["error-500"], times=2, every=3)
    url = f"{registry.endpoints['doi']}/doiRA/10.5555"
    statuses = [client.get(url).status_code for _ in range(8)]
    assert statuses == [500, 200, 200, 500, 200, 200, 200, 200]


def test_fault_of_one_service_leaves_the_others(
    registry: Registry, client: httpx.Client
) -> None:
    """A fault of one service strikes it alone, and can be taken away."""
    registry.set_fault("crossref", FAULTS["error-502"])
    ra = f"{registry.endpoints['doi']}/doiRA/10.5555"
    assert client.get(ra).status_code == 200
    assert client.get(works(registry)).status_code == 502
    registry.set_fault("crossref", None)
    registry.reset()
    assert client.get(works(registry)).status_code == 200


def test_closing_does_not_wait_for_a_dripping_body(client: httpx.Client) -> None:
    """The server shuts down while a client still waits for the rest of a body."""
    with Registry() as opened:
        opened.fault = FAULTS["drip"]
        with client.stream("GET", works(opened)) as reply:
            opened.close()
            with pytest.raises(httpx.TransportError):
                reply.read()


def test_closing_does_not_wait_for_a_hanging_request() -> None:
    """A client that waits for an answer for ever is cut off by the shutdown."""
    with Registry() as opened:
        opened.fault = FAULTS["hang"]
        address = opened.origin.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))) as raw:
            raw.sendall(b"GET /doi/doiRA/10.5555 HTTP/1.1\r\nhost: x\r\n\r\n")
            while not opened.requests():
                time.sleep(0.001)
            opened.close()
            raw.settimeout(5)
            try:
                left = raw.recv(1)
            except ConnectionResetError:
                left = b""
    assert left == b""
    assert opened.log[0].status == 0
