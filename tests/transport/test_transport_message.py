"""Requests and replies: what is read out of a body, and what is kept out of sight."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from lupusrefs.errors import UnexpectedReply
from lupusrefs.transport.message import Limit, Reply, Request, brief_url, public_url


def reply(body: bytes, content_type: str = "application/json") -> Reply:
    """Make an answer of Crossref's with this body."""
    return Reply(
        service="crossref",
        status=200,
        url="https://api.crossref.org/works",
        headers={"content-type": content_type},
        body=body,
        fetched=datetime(2026, 11, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize("content_type", ["application/json", "text/html", ""])
def test_json_is_judged_by_content(content_type: str) -> None:
    """JSON is read whatever the content type claims (registries.md 2.2)."""
    assert reply(b'\xef\xbb\xbf{"a": [1, "\xc3\xbc"]}', content_type).json() == {
        "a": [1, "ü"]
    }


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "an empty body"),
        (b" \r\n", "an empty body"),
        (b"<!DOCTYPE html><html><p>502 Bad Gateway", "an HTML page"),
        (b"<html><head><title>DOI Not Found", "an HTML page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b'{"message": {"items": [', "truncated JSON"),
        (b'{"message": "half a wo', "truncated JSON"),
        (b'{"a": 1,, "b": 2}', "broken JSON"),
        (b'{"a": "\xff"}', "invalid UTF-8"),
        (b"Resource not found.", '"Resource not found."'),
        (b"NaN", '"NaN"'),
        (b"[" * 100_000, "nested too deeply"),
        (b"1" * 5000, "text instead of JSON"),  # more digits than int() takes
        (b"\x1b[31mred", "\ufffd[31mred"),
    ],
)
def test_json_names_what_came_instead(body: bytes, named: str) -> None:
    """What is not JSON is an UnexpectedReply that says what it is."""
    with pytest.raises(UnexpectedReply) as caught:
        reply(body).json()
    assert named in str(caught.value)
    assert "crossref" in str(caught.value)
    assert caught.value.service == "crossref"
    assert caught.value.hint


def test_lone_surrogates_become_replacement_characters() -> None:
    """An escape that no output could encode does not spoil the whole answer."""
    value = reply(b'["bad \\ud800 end", "\\ud835\\udc00"]').json()
    assert value == ["bad \ufffd end", "\U0001d400"]


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("größe".encode(), "application/x-bibtex", "größe"),
        ("größe".encode("latin-1"), "text/plain; charset=ISO-8859-1", "größe"),
        ("größe".encode(), 'text/plain; charset="utf-8"', "größe"),
        ("größe".encode(), "text/plain; charset=klingon", "größe"),
        ("größe".encode("utf-8-sig"), "text/plain", "größe"),
    ],
)
def test_text_by_charset_else_utf8(body: bytes, content_type: str, text: str) -> None:
    """Text without a known charset is UTF-8 (registries.md 7.11)."""
    assert reply(body, content_type).text() == text


@pytest.mark.parametrize("content_type", ["text/plain", "text/plain; charset=ascii"])
def test_text_that_is_not_its_charset(content_type: str) -> None:
    """Invalid bytes are refused, never replaced."""
    with pytest.raises(UnexpectedReply, match="valid"):
        reply(b"gr\xf6\xdfe", content_type).text()


@pytest.mark.parametrize(
    ("url", "public"),
    [
        (
            "https://api.crossref.org/works?mailto=a%40b.org&rows=2",
            "https://api.crossref.org/works?rows=2",
        ),
        ("https://x.org/?EMAIL=a@b&api_key=1&token=2", "https://x.org/"),
        ("https://user:pw@x.org/a@b?q=c@d#frag", "https://x.org/a@b?q=c@d"),
        ("http://user:pw@[::1", "http://[::1"),
        ("https://doi.org/10.1000/a%2Fb", "https://doi.org/10.1000/a%2Fb"),
    ],
)
def test_public_url(url: str, public: str) -> None:
    """Credentials and addresses are removed; the rest stays as it was spelled."""
    assert public_url(url) == public


def test_brief_url_is_short_and_printable() -> None:
    """A URL in a message neither floods nor steers the terminal."""
    brief = brief_url("https://x.org/\x1b[2J" + "a" * 5000)
    assert len(brief) < 200
    assert "\x1b" not in brief


def test_secrets_are_not_in_the_repr() -> None:
    """A request that lands in a log does not carry its credentials there."""
    request = Request(
        "crossref",
        "https://x.org/",
        Limit(1, 1.0, 1),
        secret_headers=(("Crossref-Plus-API-Token", "Bearer hush"),),
    )
    assert "hush" not in repr(request)


def test_importing_the_messages_does_not_import_httpx() -> None:
    """The command line can name requests without paying for an HTTP library."""
    code = (
        "import sys, lupusrefs.transport.message;"
        "sys.exit('httpx' in sys.modules or 'asyncio' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
