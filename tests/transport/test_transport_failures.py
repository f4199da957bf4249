"""Every foreign exception has its line in the table of failures."""

from __future__ import annotations

import ssl

import httpx
import pytest

from lupusrefs.errors import (
    RateLimited,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.transport.failures import KINDS, from_exception, from_status
from lupusrefs.transport.retry import Worth

URL = "https://api.crossref.org/works?rows=2&mailto=a@b.org"
HTTPX_EXCEPTIONS = sorted(
    (
        value
        for value in vars(httpx).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", HTTPX_EXCEPTIONS)
def test_every_httpx_exception_is_mapped(kind: type[Exception]) -> None:
    """A new httpx version with a new exception fails here, not at a user's."""
    assert kind in KINDS


def test_httpx_has_exceptions() -> None:
    """The walk finds them, so the test before this one tests something."""
    assert httpx.ReadTimeout in HTTPX_EXCEPTIONS
    assert len(HTTPX_EXCEPTIONS) > 20


@pytest.mark.parametrize("kind", sorted(KINDS, key=repr))
def test_every_kind_is_a_service_error_with_a_hint(kind: type[Exception]) -> None:
    """Whatever happened becomes ignorance about a service, with advice."""
    error = kind.__new__(kind)
    error.args = ("text",)
    failure = from_exception(error, "crossref", URL)
    assert isinstance(failure.error, ServiceUnreachable | UnexpectedReply)
    assert "crossref" in str(failure.error)
    assert "mailto" not in failure.error.url + str(failure.error)
    assert failure.why
    assert failure.error.hint


def test_an_unknown_subclass_is_its_ancestor() -> None:
    """An exception born after this table is treated as what it derives from."""

    class Quantum(httpx.ReadTimeout):
        pass

    failure = from_exception(Quantum("x"), "crossref", URL)
    assert isinstance(failure.error, ServiceUnreachable)
    assert failure.why == "no answer in time"


def test_the_systems_own_words_are_kept() -> None:
    """What the system said is in the message, not only that something failed."""
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = ConnectionRefusedError(111, "Connection refused")
    failure = from_exception(error, "crossref", URL)
    assert "no connection (Connection refused)" in str(failure.error)
    assert failure.worth is Worth.ONE_MORE


def test_a_bad_certificate_is_not_tried_again() -> None:
    """A certificate stays what it is; the hint speaks of clock and proxy."""
    error = httpx.ConnectError("certificate verify failed")
    error.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    failure = from_exception(error, "crossref", URL)
    assert failure.worth is Worth.NOTHING
    assert "proxy" in (failure.error.hint or "")


def test_a_credential_in_a_header_error_is_not_quoted() -> None:
    """h11 quotes an illegal header value; it may be the user's token."""
    error = httpx.LocalProtocolError("Illegal header value b'Bearer hush\\n'")
    failure = from_exception(error, "crossref", URL)
    assert "hush" not in str(failure.error)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_trouble_is_worth_repeating(status: int) -> None:
    """Server errors are outages, may pass, and keep their status."""
    failure = from_status(status, None, "crossref", URL)
    assert failure.worth is Worth.ALL
    assert failure.outage
    assert isinstance(failure.error, ServiceRejected)
    assert failure.error.status == status


@pytest.mark.parametrize("status", [202, 204, 300, 400, 404, 406, 413, 414])
def test_refusals_are_not_repeated(status: int) -> None:
    """The same question would get the same refusal, and the origin is alive."""
    failure = from_status(status, None, "crossref", URL)
    assert failure.worth is Worth.NOTHING
    assert not failure.outage
    assert isinstance(failure.error, ServiceRejected)
    assert failure.error.hint


def test_too_many_requests_is_its_own_error() -> None:
    """A 429 is RateLimited and carries the wish in seconds."""
    failure = from_status(429, 54000.0, "crossref", URL)
    assert isinstance(failure.error, RateLimited)
    assert failure.error.retry_after_s == 54000.0
    assert "54000 s" in str(failure.error)
    assert failure.limited
    assert not failure.outage


def test_a_status_without_a_name() -> None:
    """Bot walls invent statuses; the number is still said."""
    failure = from_status(999, None, "crossref", URL)
    assert str(failure.error).endswith("status 999")
