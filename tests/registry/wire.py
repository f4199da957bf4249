"""HTTP/1.1 on asyncio streams: reading requests, writing answers, also badly."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from registry.messages import Answer, Request, Wire

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

HEAD_LIMIT = 1 << 20
_BOMB_BLOCK = 1 << 24  # 16 MiB of spaces: legal white space before any JSON
_BOMB_BLOCKS = 256  # 4 GiB in all, about 4 MB on the wire
_GZIP_FROM = 1024  # shorter bodies are not worth compressing


class Disconnected(Exception):  # noqa: N818 - it is no error: clients may leave
    """The client has gone, or sent no HTTP."""


async def read_request(reader: StreamReader, origin: str) -> Request:
    """The next request of a connection.

    Raises:
        Disconnected: there is none, or it cannot be read.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _version = lines[0].split(" ", 2)
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = headers.get("content-length", "")
        body = await reader.readexactly(int(length)) if length.isdigit() else b""
    except (ValueError, OSError, EOFError, asyncio.LimitOverrunError) as error:
        raise Disconnected from error
    return Request(method.upper(), target, headers, body, origin)


async def write_answer(
    reader: StreamReader,
    writer: StreamWriter,
    request: Request,
    answer: Answer,
    *,
    compress: bool,
) -> bool:
    """Send one answer, or do with it what its ``wire`` says.

    Returns:
        whether the connection may be used again.

    Raises:
        OSError: the client has gone.
    """
    if answer.wire is Wire.RESET:
        _reset(writer)
        return False
    if answer.wire is Wire.HANG:
        await _until_closed(reader)
        return False
    if answer.wire is Wire.GARBAGE:
        writer.write(b"LOOPBACK/9.9 what is this\r\n\r\n")
        await writer.drain()
        return False
    if answer.wire is Wire.BOMB:
        return await _write_bomb(writer, answer)
    return await _write_plain(writer, request, answer, compress=compress)


def _head(answer: Answer, *headers: tuple[str, str]) -> bytes:
    try:
        reason = HTTPStatus(answer.status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {answer.status} {reason}"]
    lines += [f"content-type: {answer.content_type}"]
    lines += [f"{name}: {value}" for name, value in (*answer.headers, *headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _write_plain(
    writer: StreamWriter, request: Request, answer: Answer, *, compress: bool
) -> bool:
    body = answer.body
    extra: list[tuple[str, str]] = []
    accepted = request.headers.get("accept-encoding", "")
    if compress and len(body) >= _GZIP_FROM and "gzip" in accepted:
        body = gzip.compress(body, 1)
        extra.append(("content-encoding", "gzip"))
    if answer.status != HTTPStatus.NO_CONTENT:
        extra.append(("content-length", str(len(body))))
    asked_to_close = request.headers.get("connection", "").lower() == "close"
    keep_alive = answer.wire is Wire.NORMAL and not asked_to_close
    extra.append(("connection", "keep-alive" if keep_alive else "close"))
    if request.method == "HEAD" or answer.status == HTTPStatus.NO_CONTENT:
        body = b""
    head = _head(answer, *extra)
    if answer.wire is Wire.CUT:
        body = body[: len(body) // 2]
    if answer.wire is Wire.DRIP:
        writer.write(head)
        await _drip(writer, body, answer.drip_interval_s)
    else:
        writer.write(head + body)
        await writer.drain()
    return keep_alive


async def _drip(writer: StreamWriter, body: bytes, interval_s: float) -> None:
    for i in range(len(body)):
        writer.write(body[i : i + 1])
        await writer.drain()
        await asyncio.sleep(interval_s)


def _reset(writer: StreamWriter) -> None:
    raw: socket.socket = writer.get_extra_info("socket")
    # Closing with a linger time of zero sends RST in place of FIN.
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _until_closed(reader: StreamReader) -> None:
    while await reader.read(HEAD_LIMIT):
        pass


@cache
def _bomb_block() -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = deflate.compress(b" " * _BOMB_BLOCK)
    # A full flush forgets what came before, so that the block can be repeated.
    return block + deflate.flush(zlib.Z_FULL_FLUSH)


async def _write_bomb(writer: StreamWriter, answer: Answer) -> bool:
    encoding = ("content-encoding", "gzip"), ("transfer-encoding", "chunked")
    head = Answer(200, b"", "application/json", answer.headers)
    writer.write(_head(head, *encoding, ("connection", "close")))
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    for piece in (header, *[_bomb_block()] * _BOMB_BLOCKS):
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        await writer.drain()
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return False
