"""Streams of gzip, decompressed as far as they are good."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, Self, cast

from isal import igzip_lib, isal_zlib

from lupusrefs.mirror.json_blocks import Damaged, Stream

GZIP: Final = b"\x1f\x8b"
# zlib's window bits: the largest window, and a header and trailer of gzip.
_WITH_GZIP_HEADER: Final = 16 + zlib.MAX_WBITS
# Its stub says that it were an instance.
_IsalError: Final = cast("type[Exception]", igzip_lib.IsalError)
_PIECE_BYTES: Final = 1 << 18
# What a piece may expand to at once: gzip can make a thousand bytes of one.
_MOST_BYTES: Final = 4 << 20
_RECOVERY_BYTES: Final = 1 << 12


class _Inflater(Protocol):
    """zlib's decompression object, whose class has no name."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...
    def copy(self) -> Self: ...


class Gunzipped:
    """The content of gzip (RFC 1952), of several members, too.

    All that can be decompressed is given before damage is raised.

    Args:
        raw: what is compressed.
        again: gives the same from its begin, where that can be had.
    """

    def __init__(self, raw: Stream, again: Callable[[], Stream] | None) -> None:
        self._raw = raw
        self._again = again
        self._left = b""
        self._given = 0
        self._damage: Damaged | None = None
        self._inflater = isal_zlib.decompressobj(_WITH_GZIP_HEADER)

    def read(self, size: int, /) -> bytes:  # noqa: ARG002 - a piece is a piece
        """A piece of the content, of up to some million bytes; none at the end."""
        while not (damage := self._damage):
            try:
                raw = self._left or self._raw.read(_PIECE_BYTES)
                self._left = b""
                if self._inflater.eof and not (raw := self._next_member(raw)):
                    return b""
                data = self._inflate(raw)
            except Damaged as found:
                self._damage = found
            else:
                self._given += len(data)
                if data:
                    return data
        raise damage

    def _next_member(self, raw: bytes) -> bytes:
        """The begin of a further member; empty at the end."""
        # Zeros fill up the last block of a tape.
        while raw and not (raw := raw.lstrip(b"\0")):
            raw = self._raw.read(_PIECE_BYTES)
        if len(raw) == 1:
            raw += self._raw.read(_PIECE_BYTES)
        if raw and not raw.startswith(GZIP):
            raise Damaged("something follows the gzip that is none")
        if raw:
            self._inflater = isal_zlib.decompressobj(_WITH_GZIP_HEADER)
        return raw

    def _inflate(self, raw: bytes) -> bytes:
        try:
            data = self._inflater.decompress(raw, _MOST_BYTES)
        except _IsalError as error:
            self._damage = Damaged(f"the gzip is broken: {error}")
            return self._recovered()
        self._left = self._inflater.unconsumed_tail or self._inflater.unused_data
        if not raw and not data and not self._inflater.eof:
            raise Damaged("the gzip ends early")
        return data

    def _recovered(self) -> bytes:
        """What else comes before the damage: isal gives nothing of its last piece."""
        if self._again is None:
            return b""
        raw = self._again()
        found = bytearray()
        inflater: _Inflater = zlib.decompressobj(_WITH_GZIP_HEADER)
        with suppress(zlib.error, Damaged):
            while piece := raw.read(_RECOVERY_BYTES):
                try:
                    data, inflater = _inflated(inflater.copy(), piece)
                    found += data
                except zlib.error:
                    for byte in piece:
                        data, inflater = _inflated(inflater, bytes((byte,)))
                        found += data
                if self._given:
                    known = min(self._given, len(found))
                    self._given -= known
                    del found[:known]
        return bytes(found[self._given :])


def _inflated(inflater: _Inflater, piece: bytes) -> tuple[bytes, _Inflater]:
    """What a piece of gzip becomes, and what goes on behind it.

    Raises:
        zlib.error: it is no gzip.
    """
    data = b""
    while True:
        data += inflater.decompress(piece)
        piece = inflater.unused_data.lstrip(b"\0") if inflater.eof else b""
        if not piece:
            return data, inflater
        inflater = zlib.decompressobj(_WITH_GZIP_HEADER)
