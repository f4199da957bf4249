"""What can go wrong between a client and a registry, by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from registry.messages import Answer, Request, Wire, html, redirect
from registry.tampering import broken_types, missing_records, wrong_records

if TYPE_CHECKING:
    from collections.abc import Callable

    Spoil = Callable[[Request, Answer], Answer]

DRIP_INTERVAL_S = 0.2
RETRY_AFTER_S = 1
NESTING = 100_000
_FALLBACK = b'{"status":"ok","message":{}}'


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to spoil an answer.

    Attributes:
        name: its key in ``FAULTS``.
        spoil: from the request and the true answer to the spoilt one.
    """

    name: str
    spoil: Spoil


def status(name: str, code: int, reason: str, *headers: tuple[str, str]) -> Fault:
    """An HTML error page in place of the answer."""
    page = html(code, f"{code} {reason}").with_headers(*headers)
    return Fault(name, lambda _request, _answer: page)


def retry_after_date(name: str, after_s: float = RETRY_AFTER_S) -> Fault:
    """429 with the moment of the next try as an HTTP date (registries.md 4)."""

    def spoil(_request: Request, _answer: Answer) -> Answer:
        # HTTP dates have whole seconds; one more, so that it lies in the future.
        moment = datetime.now(UTC) + timedelta(seconds=after_s + 1)
        date = format_datetime(moment.replace(microsecond=0), usegmt=True)
        return html(429, "429 Too Many Requests").with_headers(("retry-after", date))

    return Fault(name, spoil)


def on_the_wire(name: str, wire: Wire, drip_interval_s: float = 0.0) -> Fault:
    """The true answer, written in a way that breaks it."""

    def spoil(_request: Request, answer: Answer) -> Answer:
        body = answer.body or _FALLBACK
        return replace(answer, body=body, wire=wire, drip_interval_s=drip_interval_s)

    return Fault(name, spoil)


def drip(interval_s: float) -> Fault:
    """The body one byte at a time, ``interval_s`` apart."""
    return on_the_wire("drip", Wire.DRIP, interval_s)


def body(name: str, change: Callable[[bytes], bytes]) -> Fault:
    """The true answer with another body, of matching Content-Length."""

    def spoil(_request: Request, answer: Answer) -> Answer:
        return replace(answer, body=change(answer.body or _FALLBACK))

    return Fault(name, spoil)


def instead(name: str, code: int, text: bytes, content_type: str) -> Fault:
    """The same answer to everything."""
    answer = Answer(code, text, content_type)
    return Fault(name, lambda _request, _answer: answer)


def redirect_to(name: str, location: str) -> Fault:
    """302 to a place where no client should follow."""
    answer = redirect(302, location)
    return Fault(name, lambda _request, _answer: answer)


def _to_itself(request: Request, _answer: Answer) -> Answer:
    return redirect(302, request.target)


def _ever_further(request: Request, _answer: Answer) -> Answer:
    hop = int(request.parameters.get("hop", "0")) + 1
    target = re.sub(r"[?&]hop=\d+$", "", request.target)
    return redirect(302, f"{target}{'&' if '?' in target else '?'}hop={hop}")


def _invalid_utf8(true: bytes) -> bytes:
    spoilt = true.replace(b'":"', b'":"\xff\xc3\x28')
    return spoilt if spoilt != true else b'{"message":"\xff\xc3\x28"}'


def _nan(true: bytes) -> bytes:
    spoilt = re.sub(rb'("date-parts":\[\[)\d+', rb"\1NaN", true)
    spoilt = re.sub(rb'("publicationYear":)\d+', rb"\1NaN", spoilt)
    spoilt = re.sub(rb'("responseCode":)\d+', rb"\1Infinity", spoilt)
    return spoilt if spoilt != true else b'{"nan":NaN,"inf":-Infinity}'


def _duplicate_keys(true: bytes) -> bytes:
    """The true keys come second, as the last ones mostly win."""
    first = b'"message":{"items":[]},"data":[],"responseCode":100,"records":[],'
    if true.startswith(b"[{"):
        return b'[{"RA":"Nobody","status":"DOI does not exist",' + true[2:]
    return (
        b"{" + first + true[1:] if true.startswith(b"{") else b"{" + first + b'"a":1}'
    )


_BOT_PAGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)
_AFTER = ("retry-after", str(RETRY_AFTER_S))
_ALL = (
    status("rate-limited", 429, "Too Many Requests"),
    status("rate-limited-retry-after-seconds", 429, "Too Many Requests", _AFTER),
    retry_after_date("rate-limited-retry-after-date"),
    status("error-500", 500, "Internal Server Error"),
    status("error-502", 502, "Bad Gateway"),
    status("error-503", 503, "Service Temporarily Unavailable"),
    status("error-503-retry-after", 503, "Service Temporarily Unavailable", _AFTER),
    status("error-504", 504, "Gateway Time-out"),
    status("unauthorized", 401, "Unauthorized", ("www-authenticate", "Basic")),
    status("forbidden", 403, "Forbidden"),
    on_the_wire("reset", Wire.RESET),
    on_the_wire("hang", Wire.HANG),
    drip(DRIP_INTERVAL_S),
    on_the_wire("body-cut", Wire.CUT),
    on_the_wire("garbage-status-line", Wire.GARBAGE),
    on_the_wire("gzip-bomb", Wire.BOMB),
    body("truncated-json", lambda true: true[: len(true) // 2]),
    body("invalid-utf8", _invalid_utf8),
    body("nan", _nan),
    body("duplicate-keys", _duplicate_keys),
    body("wrong-records", wrong_records),
    body("missing-records", missing_records),
    body("broken-types", broken_types),
    instead("empty-body", 200, b"", "application/json"),
    instead("deep-json", 200, b"[" * NESTING, "application/json"),
    instead("bot-page-html", 200, _BOT_PAGE, "text/html; charset=utf-8"),
    instead("bot-page-json", 200, _BOT_PAGE, "application/json"),
    instead("not-found-text", 404, b"Resource not found.", "application/json"),
    Fault("redirect-loop", _to_itself),
    Fault("redirect-chain", _ever_further),
    redirect_to("redirect-private", "http://10.0.0.1/"),
    redirect_to("redirect-link-local", "http://169.254.169.254/latest/meta-data/"),
    redirect_to("redirect-loopback-v6", "http://[::1]/"),
    redirect_to("redirect-loopback-port", "http://127.0.0.1:1/"),
    redirect_to("redirect-file", "file:///etc/hostname"),
)
FAULTS: dict[str, Fault] = {fault.name: fault for fault in _ALL}
"""Every fault by name: a parametrised test runs under each."""


@dataclass(slots=True)
class Plan:
    """When a fault strikes.

    Attributes:
        fault: what happens.
        every: it strikes each ``every``-th request, the first one included.
        times: how often it strikes at most; None is always.
    """

    fault: Fault
    every: int = 1
    times: int | None = None
    _asked: int = 0

    def strikes(self) -> bool:
        """Count one request, and say whether the fault hits it."""
        self._asked += 1
        if self.times == 0 or (self._asked - 1) % self.every:
            return False
        if self.times is not None:
            self.times -= 1
        return True
