"""What callers hand to the transport and get back: requests and replies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from lupusrefs.errors import UnexpectedReply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Query parameters by which registries take credentials and contact addresses:
# Crossref `mailto`, NCBI `email` and `api_key`, Google Books `key`.
_PRIVATE_PARAMETERS = frozenset(
    {"access_token", "api_key", "apikey", "email", "key", "mailto", "token"}
)
MEBIBYTE = 1024 * 1024
_SHOWN_URL_CHARS = 160
_SHOWN_TEXT_CHARS = 60
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Limit:
    """The pace a registry publishes for one class of requests.

    Attributes:
        requests: how many requests may be sent within ``interval_s``.
        interval_s: the length of the window, in seconds.
        concurrency: how many requests may be under way at the same time.
    """

    requests: int
    interval_s: float
    concurrency: int


@dataclass(frozen=True, slots=True)
class Request:
    """One GET request.

    Attributes:
        service: the registry's short name, for errors and counts.
        url: absolute http or https URL, percent-encoded by the caller.
        limit: the published pace of this request's lane.
        lane: requests of one origin and lane share one pace; Crossref paces
            ``single`` records and ``list`` requests apart (registries.md 2.1).
        accept: the media type asked for.
        headers: further headers, sent along redirects too.
        allowed: statuses handed back as a :class:`Reply` instead of an error. A
            redirect status listed here is handed back, not followed.
        capped: the answer's rate headers may slow the lane but not raise it above
            ``limit``: Crossref's lists announce the figures of single records.
        secret_headers: credentials, sent to the origin of ``url`` only and not
            any more once a redirect has left it; never logged or stored.
        expects_json: an answer with status 200 that is no JSON is a failure.
        max_bytes: the largest body that is read, decompressed.
    """

    service: str
    url: str
    limit: Limit
    lane: str = "single"
    accept: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    allowed: frozenset[int] = frozenset({200})
    capped: bool = False
    secret_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    expects_json: bool = True
    max_bytes: int = 16 * MEBIBYTE


@dataclass(frozen=True)
class Reply:
    """One answer, read in full and decompressed.

    Attributes:
        service: the registry's short name.
        status: one of the request's ``allowed`` statuses.
        url: where the answer came from, after redirects; without credentials.
        headers: names in lower case; repeated headers joined by a comma.
        body: the bytes after removal of the content coding.
        fetched: when the answer had arrived, UTC.
    """

    service: str
    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    fetched: datetime

    def text(self) -> str:
        """Decode the body: by its declared charset, else as UTF-8.

        ``text/*`` without a charset is UTF-8 at the registries (registries.md
        7.11). A charset that Python does not know counts as not declared.

        Raises:
            UnexpectedReply: the bytes are not valid in that charset.
        """
        declared = _CHARSET.search(self.headers.get("content-type", ""))
        charset = declared.group(1) if declared else "utf-8"
        try:
            return self.body.decode(charset).removeprefix("\ufeff")
        except UnicodeError as error:
            self._refuse(f"text that is not valid {charset.upper()}", error)
        except (LookupError, ValueError):
            return self._utf8()

    def json(self) -> object:
        """Parse the body as JSON, whatever the content type says.

        Registries send text under a JSON content type and HTML with status 200
        (registries.md 2.2, 1.4), so only the content decides.

        Raises:
            UnexpectedReply: it is not JSON; the message says what came instead.
        """
        return self._parsed

    @cached_property
    def _parsed(self) -> object:
        """The body as JSON; parsed once, though transport and service both look."""
        text = self._utf8()
        try:
            value: object = json.loads(text, parse_constant=_refuse_constant)
            if _SURROGATE_ESCAPE.search(text):
                value = _without_lone_surrogates(value)
        except (ValueError, RecursionError) as error:
            self._refuse(_describe(text, error), error)
        return value

    def _utf8(self) -> str:
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._refuse("text that is invalid UTF-8", error)

    def _refuse(self, what: str, cause: Exception) -> NoReturn:
        message = f"{self.service} answered with {what} (status {self.status})"
        raise UnexpectedReply(
            message,
            service=self.service,
            url=self.url,
            hint="often a proxy, a login page or an outage answers in the "
            "registry's place: open the URL in a browser, or try again later",
        ) from cause


def public_url(url: str) -> str:
    """Remove userinfo, fragment, credentials and contact addresses from a URL.

    Works on text, because the URLs that need it most are the malformed ones.
    """
    head, mark, query = url.partition("#")[0].partition("?")
    scheme, colon, rest = head.partition("://")
    if colon:
        authority, slash, path = rest.partition("/")
        head = scheme + colon + authority.rpartition("@")[2] + slash + path
    kept = "&".join(
        parameter
        for parameter in query.split("&")
        if parameter.partition("=")[0].lower() not in _PRIVATE_PARAMETERS
    )
    return head + (mark + kept if kept else "")


def brief_url(url: str) -> str:
    """Make a URL fit for a message: public, printable and not too long."""
    return printable(public_url(url), _SHOWN_URL_CHARS)


def printable(text: str, max_chars: int) -> str:
    """Cut ``text`` and replace what could steer a terminal."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[: max_chars + 1])
    return shown if len(shown) <= max_chars else shown[:max_chars] + "…"


def _describe(text: str, error: Exception) -> str:
    """Name what came in place of JSON."""
    start = text.lstrip()[:1000].lower()
    if not start:
        return "an empty body instead of JSON"
    if start.startswith("<"):
        html = "<!doctype html" in start or "<html" in start or "<body" in start
        return ("an HTML page" if html else "XML") + " instead of JSON"
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    if start[0] in '{["' and isinstance(error, json.JSONDecodeError):
        # A string cut off is reported at its first quote, not at the end.
        cut_off = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        return "truncated JSON" if cut_off else f"broken JSON ({error})"
    return f'text instead of JSON: "{printable(text.strip(), _SHOWN_TEXT_CHARS)}"'


def _refuse_constant(name: str) -> NoReturn:
    # NaN and Infinity are no JSON (RFC 8259, 6), though Python reads them.
    message = f"{name} is no JSON value"
    raise ValueError(message)


def _without_lone_surrogates(value: object) -> object:
    r"""Replace escapes such as ``"\ud800"``, which no output can encode, by U+FFFD."""
    text = json.dumps(value, ensure_ascii=False)
    mended: object = json.loads(
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
    return mended
