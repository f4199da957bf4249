"""Where redirects may lead, and in which spellings a private address is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx
import pytest

from lupusrefs.transport.redirect import RedirectRefused, Signpost, origin, resolve

START = httpx.URL("https://doi.org/10.1000/1")
_PRIVATE = "private address|this machine|no URL"  # httpx itself refuses 0177.0.0.1
NAMES = {
    "publisher.example": ["93.184.216.34", "2606:2800:220:1::1"],
    "inside.example": ["10.0.0.7"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "link.example": ["fe80::1%2"],
}


async def look_up(host: str, port: int) -> Sequence[str]:
    """Know the names above and no others."""
    return NAMES.get(host, [])


def follow(
    location: str | None,
    *trail: str,
    trusted: Sequence[str] = ("http://127.0.0.1:8080/works",),
) -> str:
    """Follow a Location from the last URL of a trail."""
    signpost = Signpost(trusted, look_up)
    urls = [httpx.URL(url) for url in trail] or [START]
    return str(asyncio.run(signpost.follow(urls, location)))


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://publisher.example/a%2Fb", "https://publisher.example/a%2Fb"),
        ("//publisher.example/a", "https://publisher.example/a"),
        # A merged DOI at Crossref: a relative Location (registries.md 2.2).
        ("/works/10.26434%2Fx.v5", "https://doi.org/works/10.26434%2Fx.v5"),
        ("?a=1", "https://doi.org/10.1000/1?a=1"),
        ("http://publisher.example/#top", "http://publisher.example/"),
        ("https://nowhere.example/", "https://nowhere.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1::1]/"),
        # NAT64 of a public address is how IPv6-only networks see it (RFC 6052).
        ("http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b::8.8.8.8]/"),
    ],
)
def test_public_targets_are_followed(location: str, url: str) -> None:
    """Absolute and relative targets on public servers are where we go next."""
    assert httpx.URL(follow(location)) == httpx.URL(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "0xC0A80101",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse, not to bind
        "0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "240.0.0.1",
        "localhost",
        "LocalHost.",
        "anything.localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[ff02::1]",
        "inside.example",
        "INSIDE.example",
        "mixed.example",
        "link.example",
    ],
)
def test_private_targets_are_refused(host: str) -> None:
    """No spelling of an address inside the user's network is followed."""
    with pytest.raises(RedirectRefused, match=_PRIVATE):
        follow(f"http://{host}/admin")


@pytest.mark.parametrize(
    "host", ["①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "[::1%25eth0]", "ⓛocalhost"]
)
def test_unicode_and_scoped_spellings_are_refused(host: str) -> None:
    """Hosts that only look like an address, or need a zone, are no way in."""
    with pytest.raises(RedirectRefused):
        follow(f"http://{host}/")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "something else than http"),
        ("ftp://publisher.example/", "something else than http"),
        ("javascript:alert(1)", "something else than http"),
        ("data:,x", "something else than http"),
        ("http:///nohost", "something else than http"),
        ("https://user:pw@publisher.example/", "user name"),
        ("https://publisher.example:99999/", "port"),
        ("https://publisher.example:0/", "port"),
        ("http://[::1/", "no URL"),
        ("http://exa\x00mple.org/", "no URL"),
        ("https://publisher.example/" + "a" * 70_000, "no URL"),
        (None, "without a target"),
    ],
)
def test_targets_that_are_no_web_page(location: str | None, reason: str) -> None:
    """Other schemes, user names and nonsense are refused with the reason."""
    with pytest.raises(RedirectRefused, match=reason) as caught:
        follow(location)
    assert "pw" not in str(caught.value).replace("passwd", "")
    assert len(str(caught.value)) < 300


def test_configured_origins_may_be_private() -> None:
    """A mirror on this machine may redirect within itself and to its siblings."""
    trusted = ["http://127.0.0.1:8080/works", "http://localhost:9000"]
    here = "http://127.0.0.1:8080/a"
    assert follow("/b", here, trusted=trusted) == "http://127.0.0.1:8080/b"
    there = follow("http://LOCALHOST:9000/b", here, trusted=trusted)
    assert there == "http://localhost:9000/b"
    with pytest.raises(RedirectRefused, match="private address"):
        follow("http://127.0.0.1:8081/b", here, trusted=trusted)
    with pytest.raises(RedirectRefused, match="private address"):
        follow("https://127.0.0.1:8080/b", here, trusted=trusted)


def test_loops_and_long_chains_end() -> None:
    """A URL that was asked before, and a sixth redirect, are refused."""
    a, b = "https://publisher.example/a", "https://publisher.example/b"
    with pytest.raises(RedirectRefused, match="back to"):
        follow(a, a, b)
    with pytest.raises(RedirectRefused, match="back to"):
        follow("#same", a)
    chain = [f"https://publisher.example/{number}" for number in range(6)]
    assert follow("/5", *chain[:5]) == chain[5]
    with pytest.raises(RedirectRefused, match="after 5 redirects"):
        follow("/6", *chain)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://API.Crossref.org/works", "https://api.crossref.org:443"),
        ("http://api.crossref.org:80", "http://api.crossref.org:80"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("https://bücher.example/", "https://xn--bcher-kva.example:443"),
    ],
)
def test_origin(url: str, name: str) -> None:
    """An origin is scheme, host as connected to, and port."""
    assert origin(httpx.URL(url)) == name


def test_the_system_resolver() -> None:
    """An address is itself; a name that cannot be looked up has no addresses."""
    assert asyncio.run(resolve("127.0.0.1", 80)) == ["127.0.0.1"]
    assert asyncio.run(resolve("a" * 64 + ".example", 80)) == ()
    assert asyncio.run(resolve("does-not-exist.invalid", 80)) == ()
