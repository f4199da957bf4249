"""Reading a body within bounds, whatever the server sends.

The bytes are counted as they come over the wire and again as they are inflated, so
a compressed bomb costs at most the two bounds in memory. httpx's own decoders have
no bound, which is why they are not used.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

    import httpx

# zlib's `wbits` (zlib manual, inflateInit2): 31 reads gzip, 15 zlib, -15 raw deflate.
_GZIP, _ZLIB, _RAW = 31, 15, -15
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_MEMBERS = 100  # each one costs a copy of the rest
_DRAINED_BYTES = 64 * 1024


class BadBody(Exception):  # noqa: N818 - reads as what it is
    """The body cannot be read; the same would come again."""


class TruncatedBody(BadBody):
    """The body ended too early; it may be whole next time."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a body may be, in bytes.

    Attributes:
        wire_bytes: as sent, that is compressed.
        body_bytes: after decompression.
    """

    wire_bytes: int = 16 * 1024 * 1024
    body_bytes: int = 64 * 1024 * 1024

    def within(self, max_bytes: int) -> Bounds:
        """The tighter of these bounds and ``max_bytes``."""
        return Bounds(min(self.wire_bytes, max_bytes), min(self.body_bytes, max_bytes))


async def read_body(response: httpx.Response, bounds: Bounds) -> bytes:
    """Read and decompress the body of a streaming response.

    Raises:
        BadBody: too large, corrupt, or in a coding that was not asked for.
        TruncatedBody: the compressed data ends too early.
        httpx.HTTPError: the connection broke, or ended too early.
    """
    codings = [
        coding
        for part in response.headers.get("content-encoding", "").split(",")
        if (coding := part.strip().lower()) not in {"", "identity"}
    ]
    if codings and (len(codings) > 1 or codings[0] not in _CODINGS):
        message = f"a body in an unknown content coding ({', '.join(codings)[:60]})"
        raise BadBody(message)
    parts: list[bytes] = []
    size = 0
    async for part in _wire(response):
        size += len(part)
        if size > bounds.wire_bytes:
            message = f"a body of more than {bounds.wire_bytes} bytes"
            raise BadBody(message)
        parts.append(part)
    wire = b"".join(parts)
    if not wire or not codings:
        return wire
    return inflate(wire, codings[0], bounds.body_bytes)


def _wire(response: httpx.Response) -> AsyncIterable[bytes]:
    # Not `aiter_raw`, which refuses the ready-made responses of httpx.MockTransport.
    return cast("httpx.AsyncByteStream", response.stream)


async def drain(response: httpx.Response) -> None:
    """Read the small body of a redirect, so that its connection can be used again."""
    size = 0
    async for part in _wire(response):
        size += len(part)
        if size > _DRAINED_BYTES:
            return


def inflate(wire: bytes, coding: str, max_bytes: int) -> bytes:
    """Decompress ``gzip`` or ``deflate`` to at most ``max_bytes``.

    A gzip body may have several members (RFC 1952, 2.2); what follows the last one
    is ignored, as browsers do. ``deflate`` means zlib (RFC 9110, 8.4.1.2), but
    servers send raw deflate as well.

    Raises:
        BadBody: corrupt, or larger than ``max_bytes``.
        TruncatedBody: the data ends before the stream does.
    """
    wbits = _CODINGS[coding]
    if wbits == _ZLIB and not _has_zlib_header(wire):
        wbits = _RAW
    body = b""
    for _ in range(_MOST_MEMBERS):
        stream = zlib.decompressobj(wbits)
        try:
            # One byte more than allowed tells "too large" from "just fits".
            body += stream.decompress(wire, max_bytes - len(body) + 1)
        except zlib.error as error:
            message = f"a corrupt {coding} body ({error})"
            raise BadBody(message) from error
        if len(body) > max_bytes:
            message = f"a body of more than {max_bytes} bytes after decompression"
            raise BadBody(message)
        if not stream.eof:
            message = f"a {coding} body that ends too early"
            raise TruncatedBody(message)
        wire = stream.unused_data
        if wbits != _GZIP or not wire.startswith(_GZIP_MAGIC):
            return body
    message = f"a {coding} body of more than {_MOST_MEMBERS} parts"
    raise BadBody(message)


def _has_zlib_header(wire: bytes) -> bool:
    # RFC 1950, 2.2: method 8 in the low nibble, and a check modulo 31.
    header = int.from_bytes(wire[:2], "big")
    return (wire[0] & 0x0F) == zlib.DEFLATED and header % 31 == 0


_CODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
