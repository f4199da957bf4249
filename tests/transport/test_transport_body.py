"""Bodies are read within bounds, in the codings that servers really send."""

from __future__ import annotations

import asyncio
import functools
import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from lupusrefs.transport.body import (
    BadBody,
    Bounds,
    TruncatedBody,
    drain,
    inflate,
    read_body,
)

TEXT = b'{"DOI": "10.1000/1"}' * 50

# Without a time stamp, so that every worker collects the same tests.
packed = functools.partial(gzip.compress, mtime=0)


class Pieces(httpx.AsyncByteStream):
    """A body in pieces that counts how many of them were taken."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.taken += 1
            yield piece


def read(coding: str, *pieces: bytes, bounds: Bounds | None = None) -> bytes:
    """Read a body that comes in these pieces."""
    response = httpx.Response(
        200, headers={"Content-Encoding": coding}, stream=Pieces(*pieces)
    )
    return asyncio.run(read_body(response, bounds or Bounds()))


def raw_deflate(data: bytes) -> bytes:
    """Compress without zlib's header, as some servers do."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", packed(TEXT)),
        ("GZIP, identity", packed(TEXT)),
        ("x-gzip", packed(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip", packed(TEXT[:100]) + packed(TEXT[100:])),
        ("gzip", packed(TEXT) + b"\0\0\0"),
    ],
)
def test_codings(coding: str, wire: bytes) -> None:
    """Each coding gives the text back, even a byte at a time."""
    assert read(coding, wire) == TEXT
    assert read(coding, *(wire[i : i + 1] for i in range(len(wire)))) == TEXT


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_an_empty_body_is_empty(coding: str) -> None:
    """Servers name a coding on bodies that have none, such as those of a 204."""
    assert read(coding) == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, br", "x\x7f"])
def test_codings_we_did_not_ask_for(coding: str) -> None:
    """What was not offered in Accept-Encoding is refused by name."""
    with pytest.raises(BadBody, match="unknown content coding"):
        read(coding, TEXT)


@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("gzip", TEXT),
        ("deflate", TEXT),
        ("gzip", packed(TEXT)[:-8] + b"\0" * 8),
        ("deflate", zlib.compress(TEXT)[:-4] + b"\0" * 4),
    ],
)
def test_corrupt_bodies(coding: str, wire: bytes) -> None:
    """Plain text under a coding, and a wrong checksum, are refused."""
    with pytest.raises(BadBody, match="corrupt"):
        read(coding, wire)


@pytest.mark.parametrize("cut", [1, 9, 15, -1])
def test_compressed_bodies_that_end_too_early(cut: int) -> None:
    """A stream without its end is truncated, which another attempt may mend."""
    with pytest.raises(TruncatedBody, match="ends too early"):
        read("gzip", packed(TEXT)[:cut])


def test_the_wire_is_bounded() -> None:
    """Reading stops with the piece that exceeds the bound."""
    stream = Pieces(*[b"x" * 1000] * 1000)
    response = httpx.Response(200, stream=stream)
    with pytest.raises(BadBody, match="more than 2500 bytes"):
        asyncio.run(read_body(response, Bounds(wire_bytes=2500)))
    assert stream.taken == 3


def test_a_bomb_is_never_inflated_beyond_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """64 MiB of zeros in 64 KiB: zlib is asked for one byte more than allowed."""
    bomb = packed(bytes(64 * 1024 * 1024))
    produced: list[int] = []
    real = zlib.decompressobj

    class Counting:
        def __init__(self, wbits: int) -> None:
            self.stream = real(wbits)

        def decompress(self, data: bytes, max_length: int) -> bytes:
            out = self.stream.decompress(data, max_length)
            produced.append(len(out))
            return out

    monkeypatch.setattr("lupusrefs.transport.body.zlib.decompressobj", Counting)
    with pytest.raises(BadBody, match="more than 100000 bytes after decompression"):
        inflate(bomb, "gzip", 100_000)
    assert produced == [100_001]


def test_a_body_that_just_fits() -> None:
    """The bound itself is allowed, over several members too."""
    assert inflate(packed(TEXT), "gzip", len(TEXT)) == TEXT
    two = packed(TEXT) + packed(b"")
    assert inflate(two, "gzip", len(TEXT)) == TEXT
    with pytest.raises(BadBody):
        inflate(packed(TEXT) + packed(b"x"), "gzip", len(TEXT))


def test_a_body_of_very_many_members() -> None:
    """Each member costs a copy of the rest, so their number is bounded."""
    with pytest.raises(BadBody, match="parts"):
        inflate(packed(b"") * 1000, "gzip", 100)


def test_draining_stops_early() -> None:
    """A redirect with an endless body is not read to the end."""
    stream = Pieces(*[b"x" * 60_000] * 100)
    asyncio.run(drain(httpx.Response(302, stream=stream)))
    assert stream.taken == 2
