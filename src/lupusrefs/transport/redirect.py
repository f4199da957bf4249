"""Where a redirect may lead: to public http(s) servers, and to configured ones.

A registry's answer, or a DOI's target, must not make us ask for things inside the
user's network. So the target's host is judged in every spelling an address has, and
by every address its name resolves to. (The connection resolves the name again; a
name server that changes its answer in between is not guarded against.)
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

import httpx

from lupusrefs.transport.message import brief_url, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupusrefs.transport.clocks import Resolver

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses whose ``Location`` is followed (RFC 9110, 15.4)."""

_MOST_REDIRECTS = 5
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PORTS = range(1, 65536)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052, 2.1


class RedirectRefused(Exception):  # noqa: N818 - reads as what it is
    """The redirect is not followed; the message says why."""


class Signpost:
    """Judges redirects.

    Args:
        trusted: URLs the user configured as endpoints; their origins may be
            redirected to wherever they are, 127.0.0.1 included.
        resolver: turns a name into addresses.
    """

    def __init__(self, trusted: Iterable[str], resolver: Resolver) -> None:
        self._trusted = frozenset(origin(httpx.URL(url)) for url in trusted)
        self._resolver = resolver

    async def follow(
        self, trail: Sequence[httpx.URL], location: str | None
    ) -> httpx.URL:
        """Return where to go from the last URL of ``trail``.

        Args:
            trail: all URLs asked so far, in order, at least one.
            location: the ``Location`` header, absolute or relative, if any.

        Raises:
            RedirectRefused: too many hops, a loop, or a forbidden target.
        """
        if location is None:
            message = "a redirect without a target"
            raise RedirectRefused(message)
        try:
            url = trail[-1].join(location).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            message = f'a redirect to no URL ("{printable(location, 80)}")'
            raise RedirectRefused(message) from error
        reason = url_fault(url) or _chain_fault(trail, url)
        # Another path of an origin that is being asked anyway opens no new door.
        if reason is None and origin(url) not in {origin(trail[-1]), *self._trusted}:
            reason = await self._private(url)
        if reason is not None:
            message = f"a redirect {reason}: {brief_url(str(url))}"
            raise RedirectRefused(message)
        return url

    async def _private(self, url: httpx.URL) -> str | None:
        host = _host(url).rstrip(".")
        if host == "localhost" or host.endswith(".localhost"):
            return "to this machine"
        written = literal_address(host)
        if written is not None:
            return None if is_public(written) else "to a private address"
        for address in await self._resolver(host, _port(url)):
            if not is_public(ip_address(address)):
                return f"to a name of a private address ({address})"
        return None


def url_fault(url: httpx.URL) -> str | None:
    """Tell what keeps a URL from being asked at all, or None."""
    if url.scheme not in _DEFAULT_PORTS or not url.host:
        return "to something else than http or https"
    if _port(url) not in _PORTS:
        return "to a port that does not exist"
    if url.userinfo:
        return "to a URL with a user name"
    return None


def _chain_fault(trail: Sequence[httpx.URL], url: httpx.URL) -> str | None:
    if url in trail:
        return "back to a URL that led here"
    if len(trail) > _MOST_REDIRECTS:
        return f"after {_MOST_REDIRECTS} redirects"
    return None


def origin(url: httpx.URL) -> str:
    """Name scheme, host and port, the port always written (RFC 6454, 6.2)."""
    return f"{url.scheme}://{_host(url)}:{_port(url)}"


def _port(url: httpx.URL) -> int:
    return _DEFAULT_PORTS.get(url.scheme, 0) if url.port is None else url.port


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").lower()  # as it is connected to, IDNA-encoded


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """Read a host that is an address in any spelling, or return None for a name.

    Resolvers accept ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` for 127.0.0.1, as
    ``inet_aton`` has always done; ``ipaddress`` alone knows only the modern form.
    """
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address, or the IPv4 address inside it, is a public one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> Sequence[str]:
    """Look a name up with the system's resolver; no answer is an empty one."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return [str(address[0]) for *_, address in found]
