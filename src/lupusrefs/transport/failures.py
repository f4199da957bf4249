"""Every way a request can fail -> a :class:`ServiceError`, in one table.

Nothing of httpx, ssl or the socket layer leaves the transport. Each class has its own
line, and a test fails when httpx grows an exception without one; at run time an
unknown class is treated as its nearest known ancestor.
"""

from __future__ import annotations

import os
import ssl
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import anyio
import httpx

from lupusrefs.errors import (
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.transport.body import BadBody, TruncatedBody
from lupusrefs.transport.message import printable, public_url
from lupusrefs.transport.redirect import RedirectRefused
from lupusrefs.transport.retry import RETRIED_STATUSES, Worth

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN_DETAIL_CHARS = 120
_LATER = "try again later; what was answered before is kept"
_NETWORK = "check the network connection and the proxy settings, then try again"
_SETTING = "check the endpoint's URL and the contact address in the configuration"
_REPORT = "open the URL in a browser: the registry, or a proxy before it, misbehaves"


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that gave no reply.

    Attributes:
        error: what to raise if it is given up.
        why: the same in a few words.
        worth: whether to try again.
        retry_after_s: what the answer asked for, in seconds, or None.
        outage: whether it speaks against the origin as a whole.
    """

    error: ServiceError
    why: str
    worth: Worth
    retry_after_s: float | None = None
    outage: bool = False

    @property
    def limited(self) -> bool:
        """Whether it was a 429."""
        return isinstance(self.error, RateLimited)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one class of exceptions is reported."""

    error: type[ServiceUnreachable | UnexpectedReply]
    what: str
    worth: Worth
    hint: str
    detailed: bool = False  # is the exception's own text safe and useful?


_NO_CONNECTION = _Kind(
    ServiceUnreachable, "no connection", Worth.ONE_MORE, _NETWORK, detailed=True
)
_BROKEN = _Kind(ServiceUnreachable, "the connection broke", Worth.ALL, _LATER)
_SLOW = _Kind(ServiceUnreachable, "no answer in time", Worth.ALL, _LATER)
_GARBLED = _Kind(UnexpectedReply, "a garbled answer", Worth.ALL, _REPORT, detailed=True)
# No detail: the text of these quotes the header or URL that may be a credential.
_UNSENDABLE = _Kind(
    ServiceUnreachable, "the request cannot be sent", Worth.NOTHING, _SETTING
)
_UNREADABLE = _Kind(
    UnexpectedReply, "an unreadable answer", Worth.NOTHING, _REPORT, detailed=True
)

KINDS: Mapping[type[BaseException], _Kind] = {
    httpx.ConnectError: _NO_CONNECTION,
    httpx.ConnectTimeout: _Kind(
        ServiceUnreachable, "no connection in time", Worth.ONE_MORE, _NETWORK
    ),
    httpx.ProxyError: _Kind(
        ServiceUnreachable, "the proxy refused", Worth.ONE_MORE, _NETWORK, detailed=True
    ),
    httpx.ReadTimeout: _SLOW,
    httpx.WriteTimeout: _SLOW,
    httpx.PoolTimeout: _SLOW,
    httpx.TimeoutException: _SLOW,
    TimeoutError: _SLOW,
    httpx.ReadError: _BROKEN,
    httpx.WriteError: _BROKEN,
    httpx.CloseError: _BROKEN,
    httpx.NetworkError: _BROKEN,
    httpx.TransportError: _BROKEN,
    httpx.RequestError: _BROKEN,
    httpx.HTTPError: _BROKEN,
    anyio.BrokenResourceError: _BROKEN,
    anyio.ClosedResourceError: _BROKEN,
    anyio.EndOfStream: _BROKEN,
    anyio.BusyResourceError: _BROKEN,
    OSError: _BROKEN,
    ssl.SSLError: _Kind(
        ServiceUnreachable,
        "no secure connection",
        Worth.NOTHING,
        "check the clock of this machine and whether a proxy replaces certificates "
        "(SSL_CERT_FILE names a bundle to trust)",
        detailed=True,
    ),
    httpx.RemoteProtocolError: _GARBLED,
    httpx.ProtocolError: _GARBLED,
    httpx.LocalProtocolError: _UNSENDABLE,
    httpx.UnsupportedProtocol: _UNSENDABLE,
    httpx.InvalidURL: _UNSENDABLE,
    UnicodeError: _UNSENDABLE,
    httpx.DecodingError: _UNREADABLE,
    zlib.error: _UNREADABLE,
    httpx.TooManyRedirects: _UNREADABLE,
    httpx.HTTPStatusError: _UNREADABLE,
    httpx.CookieConflict: _UNREADABLE,
    httpx.StreamError: _UNREADABLE,
    httpx.StreamConsumed: _UNREADABLE,
    httpx.StreamClosed: _UNREADABLE,
    httpx.ResponseNotRead: _UNREADABLE,
    httpx.RequestNotRead: _UNREADABLE,
    BadBody: _Kind(UnexpectedReply, "", Worth.NOTHING, _REPORT, detailed=True),
    TruncatedBody: _Kind(UnexpectedReply, "", Worth.ALL, _LATER, detailed=True),
    RedirectRefused: _Kind(
        UnexpectedReply,
        "",
        Worth.NOTHING,
        "if this server is yours, name it as an endpoint in the configuration",
        detailed=True,
    ),
}
FOREIGN = tuple(KINDS)
"""What the client catches: all of the table, and their subclasses."""

# Said of the asker and not of the question, so that the next one gets the same.
_BLOCKED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

_REJECTED_HINTS = {
    401: "check the credentials in the configuration",
    403: "the registry may have blocked this address or asks for credentials; "
    "set a contact address (mailto) and try again later",
    404: "check that the endpoint's URL in the configuration is right",
    413: "ask for fewer references at once",
    414: "ask for fewer references at once",
    429: "try again later, or set a contact address (mailto) for a higher limit",
}


def from_exception(error: BaseException, service: str, url: str) -> Failure:
    """Report an exception of the table, whatever layer it came from."""
    root = _root(error)
    kind = _kind(root if isinstance(root, ssl.SSLError) else error)
    if isinstance(error, httpx.RemoteProtocolError) and "disconnect" in str(error):
        kind = _BROKEN  # h11 knows no other name for a connection closed too early
    why = kind.what
    if kind.detailed:
        text = printable(_detail(root, error), _SHOWN_DETAIL_CHARS)
        why = f"{why} ({text})" if why and text else why or text
    verb = "could not be asked" if kind.error is ServiceUnreachable else "answered with"
    joint = ": " if kind.error is ServiceUnreachable else " "
    return Failure(
        kind.error(
            f"{service} {verb}{joint}{why}",
            service=service,
            url=public_url(url),
            hint=kind.hint,
        ),
        why,
        kind.worth,
        outage=kind is not _UNSENDABLE,
    )


def from_status(
    status: int, retry_after_s: float | None, service: str, url: str
) -> Failure:
    """Report a status that the request does not allow."""
    why = f"status {status}{_phrase(status)}"
    message = f"{service} answered with {why}"
    hint = _REJECTED_HINTS.get(status, _LATER if status >= 500 else _REPORT)  # noqa: PLR2004
    error: ServiceRejected
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        error = rate_limited(service, url, retry_after_s)
    else:
        error = ServiceRejected(
            message, service=service, url=public_url(url), status=status, hint=hint
        )
    return Failure(
        error,
        why,
        Worth.ALL if status in RETRIED_STATUSES else Worth.NOTHING,
        retry_after_s,
        outage=status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BLOCKED,
    )


def rate_limited(service: str, url: str, retry_after_s: float | None) -> RateLimited:
    """Say that the registry wants to be asked less, or later."""
    wish = "" if retry_after_s is None else f", again in {retry_after_s:.0f} s"
    return RateLimited(
        f"{service} wants to be asked more slowly (status 429{wish})",
        service=service,
        url=public_url(url),
        retry_after_s=retry_after_s,
        hint=_REJECTED_HINTS[429],
    )


def not_asked(service: str, url: str, reason: str) -> ServiceUnreachable:
    """Say that the breaker is open."""
    return ServiceUnreachable(
        f"{service} is not asked: {reason}",
        service=service,
        url=public_url(url),
        hint=_LATER,
    )


def _kind(error: BaseException) -> _Kind:
    return next(
        KINDS[ancestor] for ancestor in type(error).__mro__ if ancestor in KINDS
    )


def _root(error: BaseException) -> BaseException:
    """Find what it began with: httpx wraps httpcore, which wraps the system's."""
    seen = [error]
    # httpcore raises without `from`, so the cause may be the context only.
    while (cause := seen[-1].__cause__ or seen[-1].__context__) and cause not in seen:
        seen.append(cause)
    return seen[-1]


def _detail(root: BaseException, error: BaseException) -> str:
    if isinstance(root, ConnectionError) and root.errno:
        return os.strerror(root.errno)  # asyncio's own text is "Connect call failed"
    if isinstance(root, OSError) and root.strerror:
        return root.strerror
    return str(error)


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""
