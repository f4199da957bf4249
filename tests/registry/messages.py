"""What passes between the HTTP server and the registries: requests and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Record: TypeAlias = dict[str, Json]

JSON_TYPE = "application/json"
HTML_TYPE = "text/html"
CSL_TYPE = "application/vnd.citationstyles.csl+json"
BIBTEX_TYPE = "application/x-bibtex"


class Wire(Enum):
    """How an answer goes onto the wire; every member but NORMAL is a fault."""

    NORMAL = auto()
    RESET = auto()  # RST instead of an answer
    HANG = auto()  # nothing at all, until the client or the server gives up
    DRIP = auto()  # the body, byte by byte
    CUT = auto()  # half of the body that Content-Length promises, then FIN
    GARBAGE = auto()  # a first line that is no HTTP status line
    BOMB = auto()  # a few MB of gzip that inflate to gigabytes


SILENT = (Wire.RESET, Wire.HANG, Wire.GARBAGE)
"""Ways of answering that send no status."""


@dataclass(frozen=True)
class Request:
    """One request, as far as a registry looks at it.

    Attributes:
        method: upper case.
        target: the request target as sent, ``/crossref/works?...``.
        headers: by lower-case name.
        body: of a POST, else empty.
        origin: ``http://127.0.0.1:PORT``, for the redirects we send.
    """

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    origin: str = ""

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return self.target.partition("?")[0]

    @cached_property
    def service(self) -> str:
        """The first segment of the path: which registry is meant."""
        return self.path.split("/", 2)[1] if self.path.startswith("/") else ""

    @property
    def rest(self) -> str:
        """What follows the service, percent-encoded, with its leading slash."""
        return self.path[len(self.service) + 1 :] or "/"

    @cached_property
    def parameters(self) -> dict[str, str]:
        """Query and form parameters, decoded; the last of a repeated name wins.

        As in every form encoding, a bare ``+`` is a space.
        """
        pairs = parse_qsl(self.target.partition("?")[2], keep_blank_values=True)
        if self.body:
            pairs += parse_qsl(self.body.decode("latin-1"), keep_blank_values=True)
        return dict(pairs)

    def decoded(self, prefix: str) -> str:
        """What follows ``prefix`` in the rest of the path, percent-decoded."""
        return unquote(self.rest.removeprefix(prefix))

    def integer(self, name: str, default: int) -> int | None:
        """The integer parameter ``name``; None when it is no plain number."""
        text = self.parameters.get(name, str(default))
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def is_polite(self) -> bool:
        """Whether the client names an address (registries.md 2.1, "Polite")."""
        agent = self.headers.get("user-agent", "")
        return bool(self.parameters.get("mailto")) or "mailto:" in agent


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; ``content-length`` and ``connection`` are the server's affair."""

    status: int
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    wire: Wire = Wire.NORMAL
    drip_interval_s: float = 0.0

    def with_headers(self, *headers: tuple[str, str]) -> Answer:
        """The same answer with more headers."""
        return replace(self, headers=self.headers + headers)


def dump(value: Json) -> bytes:
    """Compact JSON in UTF-8, as the registries send it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def html(status: int, title: str, text: str = "") -> Answer:
    """A small HTML page, such as load balancers write."""
    page = f"<html><head><title>{title}</title></head>\r\n<body>\r\n"
    page += f"<h1>{title}</h1>\r\n{text}</body>\r\n</html>\r\n"
    return Answer(status, page.encode(), HTML_TYPE)


def redirect(status: int, location: str) -> Answer:
    """A redirect with the page that doi.org sends along."""
    page = "<html><head><title>Handle Redirect</title></head>\n"
    page += f'<body><a href="{location}">{location}</a></body></html>'
    answer = Answer(status, page.encode(), "text/html;charset=utf-8")
    return answer.with_headers(("location", location), ("vary", "Accept"))
