"""A stream of JSON -> blocks of whole values, whatever its shape.

.. code-block:: text

    JSON Lines                       one value a line
    {"items": [...]}                 the elements of the list; "data", as DataCite
    {"message": {"items": [...]}}    writes, and a bare list likewise
    anything else                    one value after the other

All of them become lines of JSON, about a megabyte at a time, so that the reader of
records can parse a block in one call. A list that fits into memory is parsed as it is,
or cut by the parser of JSON if not all of it is good. Of a longer one, where an element
ends and the next begins is *guessed* by what stood between the first two, which costs a
fiftieth of looking at every bracket. A block of elements that is no JSON after all is
refused by its reader, and is then cut exactly.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from lupusrefs.errors import InputError

if TYPE_CHECKING:
    import msgspec

CHUNK_BYTES: Final = 1 << 20
# The largest record of Crossref's data files has some ten million bytes.
MAX_VALUE_BYTES: Final = 128 << 20
# A file of Crossref's, of 5,000 records, has some thirty million bytes.
_WHOLE_LIST_BYTES: Final = 64 << 20
# What is shown of a line that is set aside, in bytes.
SHOWN_BYTES: Final = 2_000
# So many lines may be broken at the begin of JSON Lines.
_TRIED_LINES: Final = 20
_HEAD_BYTES: Final = 4 << 20

Unit: TypeAlias = Literal["line", "item"]

_SPACE: Final = b" \t\r\n"
_CLOSES_OBJECT, _CLOSES_LIST = b"}]"
_BOM: Final = b"\xef\xbb\xbf"
# All up to the next bracket outside strings (RFC 8259); strings may not end in here.
_FLAT: Final = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_STRING_REST: Final = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_KEY: Final = re.compile(rb'\s*+"((?:[^"\\]++|\\.)*+)"\s*+:\s*+', re.DOTALL)
_SPACES: Final = re.compile(rb"[ \t\r\n]*+")
_SCALAR: Final = re.compile(rb"[^,}\]\s]*+")
_COMMA: Final = re.compile(rb"\s*+,\s*+")
_FIRST_KEY: Final = re.compile(rb'\{\s*+"(?:[^"\\]++|\\.)*+"\s*+:', re.DOTALL)
_LIST_KEYS: Final = frozenset({b"items", b"data", b"message"})
# What tells a record from an envelope around records.
_RECORD_KEYS: Final = frozenset({b"DOI", b"doi", b"attributes"})


class Stream(Protocol):
    """What bytes are read from; damage is raised as :class:`Damaged`."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class Damaged(InputError):  # noqa: N818
    """A data file cannot be read to its end; what came before is good."""


@dataclass(slots=True)
class Block:
    """Whole JSON values, one a line.

    Attributes:
        lines: the values; between them stands one line feed, blank lines may occur.
        first: the number of the first, counted from 1.
        unit: what is counted.
        count: how many values there are at most: of lines, some may be blank.
        is_guess: whether the reader may refuse it, by setting ``is_refused``.
        is_refused: whether it is to be cut exactly and to be given again.
    """

    lines: bytes
    first: int
    unit: Unit
    count: int
    is_guess: bool = False
    is_refused: bool = False

    def values(self) -> Iterator[tuple[int, bytes]]:
        """Each value that is not blank, with its number."""
        for number, line in enumerate(self.lines.split(b"\n"), start=self.first):
            if value := line.strip(_SPACE):
                yield number, value


@dataclass(frozen=True, slots=True)
class TooLong:
    """A value that was passed over, since it does not fit into memory.

    Attributes:
        number: which it was, counted from 1.
        unit: what is counted.
        begin: its first bytes.
    """

    number: int
    unit: Unit
    begin: bytes


@dataclass(slots=True)
class WholeList:
    """A list of values with which a stream ends.

    Attributes:
        text: the list as JSON, with its brackets; no line feed stands in it.
        is_refused: set by the reader if it wants the values in blocks.
    """

    text: memoryview
    is_refused: bool = False


Piece: TypeAlias = Block | TooLong | WholeList


def blocks(stream: Stream) -> Iterator[Piece]:
    """The values of a stream.

    Raises:
        Damaged: it is no JSON, or ends too early; what was given before is good.
    """
    buffer = _Buffer(stream)
    buffer.fill()
    if buffer.data.startswith(_BOM):
        buffer.drop(len(_BOM))
    number = 1
    is_empty = True
    while buffer.skip_space():
        is_empty = False
        depth = _list_start(buffer)
        if depth is not None:
            if (yield from _taken_whole(buffer, depth, number)):
                continue
            elements = _Elements(buffer, number)
            yield from elements.blocks()
            buffer.skip_out_of(depth)
            number = elements.number
        elif number == 1 and _is_lines(buffer):
            yield from _lines(buffer)
        else:
            number += yield from _value(buffer, number)
    if buffer.damage:
        raise buffer.damage
    if is_empty:
        raise Damaged("it is empty")


class _Buffer:
    """What was read of a stream and not yet used."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.data = b""
        self.is_at_end = False
        self.damage: Damaged | None = None

    def fill(self) -> bool:
        """Read on; whether there was more.

        Damage counts as the end, and is kept: what was read before is used first.
        """
        self.data += self.read(len(self.data))
        return not self.is_at_end

    def fill_up(self, lead: bytes, size: int) -> bytes:
        """Read on to the end, or until there are more bytes than ``size``.

        All that is held then, with something in front of it, in one copy.
        """
        pieces = [lead, self.data]
        held = len(self.data)
        while held <= size and (more := self.read(0)):
            pieces.append(more)
            held += len(more)
        self.data = b""
        return b"".join(pieces)

    def read(self, held: int) -> bytes:
        """The next piece, as long as what is held already."""
        more = b""
        if not self.is_at_end:
            try:
                more = self._stream.read(max(CHUNK_BYTES, held))
            except Damaged as damage:
                self.damage = damage
            self.is_at_end = not more
        return more

    def ends_early(self, where: str) -> Damaged:
        """What is wrong with a stream that ends here."""
        return self.damage or Damaged(f"it ends in the middle of {where}")

    def drop(self, count: int) -> None:
        """Forget the first bytes."""
        self.data = self.data[count:]

    def skip_space(self) -> bool:
        """Go to the next byte that is no white space; whether there is one."""
        while True:
            self.data = self.data.lstrip(_SPACE)
            if self.data:
                return True
            if not self.fill():
                return False

    def skip_out_of(self, depth: int) -> None:
        """Go behind the bracket that closes so many of them."""
        brackets = _Brackets(depth)
        while depth:
            end = brackets.feed(self.data)
            if end is not None:
                self.drop(end)
                return
            self.data = b""
            if not self.fill():
                raise self.ends_early("a JSON document")


class _Brackets:
    """Finds where a value ends that is fed in pieces.

    Args:
        depth: how many brackets are open.
    """

    def __init__(self, depth: int = 0) -> None:
        self.depth = depth
        self._in_string = False
        self._is_escaped = False

    def feed(self, data: bytes, start: int = 0) -> int | None:
        """The position behind the bracket that closes all; None if it is not here."""
        position = start
        size = len(data)
        if self._is_escaped and position < size:
            position += 1
            self._is_escaped = False
        while position < size:
            if self._in_string:
                found = _STRING_REST.match(data, position)
                position = found.end() if found else position
                if position >= size:
                    break
                if data[position] == 0x22:  # noqa: PLR2004 - a quotation mark
                    self._in_string = False
                else:
                    self._is_escaped = True  # a reverse solidus is the last byte
                position += 1
                continue
            found = _FLAT.match(data, position)
            position = found.end() if found else position
            if position >= size:
                break
            byte = data[position]
            position += 1
            if byte == 0x22:  # noqa: PLR2004 - a string that does not end in here
                self._in_string = True
            elif byte in b"{[":
                self.depth += 1
            else:
                self.depth -= 1
                if self.depth <= 0:
                    return position
        return None


def _list_start(buffer: _Buffer) -> int | None:
    """Go behind the bracket that opens the list of records, if there is one.

    Returns:
        How many objects are open around the list; None where the value is a record
        itself, or nothing known.
    """
    while True:
        try:
            found = _find_list(buffer.data)
        except _Unfinished:
            if len(buffer.data) < _HEAD_BYTES and buffer.fill():
                continue
            return None
        if found is None:
            return None
        position, depth = found
        buffer.drop(position)
        return depth


class _Unfinished(Exception):  # noqa: N818 - no error
    """More must be read to know."""


def _find_list(data: bytes) -> tuple[int, int] | None:
    """The position behind the bracket of the list, and how many objects are open."""
    if data[:1] == b"[":
        return 1, 0
    if data[:1] != b"{":
        return None
    position, depth = 1, 1
    while key := _KEY.match(data, position):
        position = key.end()
        opener = data[position : position + 1]
        if key[1] in _RECORD_KEYS:
            return None
        if not opener:
            raise _Unfinished
        if key[1] in _LIST_KEYS and opener == b"[":
            return position + 1, depth
        if key[1] in _LIST_KEYS and opener == b"{":
            position, depth = position + 1, depth + 1
            continue
        position = _behind_value(data, position)
        comma = _COMMA.match(data, position)
        if comma is None:
            break
        position = comma.end()
    if data[position:].lstrip(_SPACE)[:1] in {b"", b'"'}:
        raise _Unfinished
    return None


def _behind_value(data: bytes, position: int) -> int:
    if data[position : position + 1] in {b"{", b"["}:
        end = _Brackets().feed(data, position)
        if end is None:
            raise _Unfinished
        return end
    if data[position : position + 1] == b'"':
        rest = _STRING_REST.match(data, position + 1)
        end = rest.end() + 1 if rest else position
    else:
        scalar = _SCALAR.match(data, position)
        end = scalar.end() if scalar else position
    if end >= len(data):
        raise _Unfinished
    return end


def _taken_whole(
    buffer: _Buffer, depth: int, number: int
) -> Generator[Piece, None, bool]:
    """Give a list with which the stream ends, if it fits into memory.

    Whether that was taken; if not, it is to be read bit by bit.

    Args:
        buffer: stands behind the opening bracket; at the end, if the list is taken.
        depth: how many objects are open around the list.
        number: of the first element.
    """
    if not buffer.skip_space() or buffer.data[:1] != b"{":
        return False
    data = buffer.fill_up(b"[", _WHOLE_LIST_BYTES)
    text = None
    if buffer.is_at_end and not buffer.damage:
        text = _list_text(data, depth)
    if text is not None:
        whole = WholeList(text)
        yield whole
        if not whole.is_refused:
            return True
        values = _values(text)
        if values is not None:
            yield from _of_values(values, number)
            return True
    buffer.data = data[1:]
    return False


def _list_text(data: bytes, depth: int) -> memoryview | None:
    """The list with which a text begins, where only brackets and white space follow."""
    end = len(data)
    for closing in (*[_CLOSES_OBJECT] * depth, _CLOSES_LIST):
        while data[end - 1] in _SPACE:
            end -= 1
        if data[end - 1] != closing:
            return None
        end -= 1
    text = memoryview(data)[: end + 1]
    if b"\n" in data:
        # White space: inside strings JSON allows no line feed.
        return memoryview(bytes(text).replace(b"\n", b" "))
    return text


def _values(text: memoryview) -> list[memoryview] | None:
    """The elements of a list; None where it is no JSON."""
    import msgspec  # noqa: PLC0415 - an extra

    try:
        values = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return None
    return [memoryview(value) for value in values]


def _of_values(values: Sequence[memoryview], first: int) -> Iterator[Block]:
    """Values as blocks of about a megabyte."""
    start = size = 0
    for end, value in enumerate(values, start=1):
        size += value.nbytes
        if size >= CHUNK_BYTES or end == len(values):
            lines = b"\n".join(values[start:end])
            yield Block(lines, first + start, "item", end - start)
            start, size = end, 0


class _Elements:
    """The elements of a list.

    Args:
        buffer: stands behind the opening bracket.
        number: of the first element.
    """

    def __init__(self, buffer: _Buffer, number: int) -> None:
        self.number = number
        self._buffer = buffer
        # What stands between two elements, with the last byte of the one and the first
        # key of the other; where in there the other begins.
        self._between = b""
        self._opening = 0
        self._is_behind_element = False
        self._is_closed = False

    def blocks(self) -> Iterator[Piece]:
        """All elements, up to the closing bracket.

        Raises:
            Damaged: the list does not end, or is none of objects.
        """
        buffer = self._buffer
        if buffer.skip_space() and buffer.data[:1] == b"]":
            buffer.drop(1)
            return
        while True:
            if self._between and not self._is_behind_element:
                cut = buffer.data.rfind(self._between)
                if cut > 0 and (yield from self._guessed(cut)):
                    buffer.fill()
                    continue
            exact = self._exact()
            if exact:
                yield exact
            if self._is_closed:
                return
            if exact:
                continue
            if len(buffer.data) > MAX_VALUE_BYTES:
                yield self._passed_over()
            elif not buffer.fill():
                raise buffer.ends_early(f"a list, after item {self.number - 1}")

    def _guessed(self, cut: int) -> Generator[Piece, None, bool]:
        """Give all up to the last separator, and tell whether that was taken."""
        data = self._buffer.data
        whole = data[: cut + 1]
        between = self._between
        if b"\n" in whole:
            # White space: inside strings JSON allows no line feed.
            whole = whole.replace(b"\n", b" ")
            between = between.replace(b"\n", b" ")
        lines = whole.replace(between, b"}\n" + between[self._opening :])
        block = Block(lines, self.number, "item", _count(lines), is_guess=True)
        yield block
        if block.is_refused:
            return False
        self.number += block.count
        self._buffer.drop(cut + self._opening)
        return True

    def _exact(self) -> Block | None:
        """The whole elements at the begin of the buffer, by their brackets."""
        data = self._buffer.data
        found: list[bytes] = []
        position = end = 0
        while True:
            position = _behind_space(data, position)
            if self._is_behind_element:
                mark = data[position : position + 1]
                self._is_closed = mark == b"]"
                if mark not in {b",", b"]", b""} and not found:
                    raise Damaged(f"it is no JSON, after item {self.number - 1}")
                if mark != b",":
                    position += self._is_closed
                    break
                self._is_behind_element = False
                position = _behind_space(data, position + 1)
                if end and not self._between and self._learn(data, end, position):
                    break
            if data[position : position + 1] not in {b"{", b""} and not found:
                reason = f"it has a list of something else, at item {self.number}"
                raise Damaged(reason)
            after = _Brackets().feed(data, position)
            if after is None or data[position : position + 1] != b"{":
                break
            found.append(data[position:after])
            position = end = after
            self._is_behind_element = True
        self._buffer.drop(position)
        if not found:
            return None
        lines = b"\n".join(one.replace(b"\n", b" ") for one in found)
        block = Block(lines, self.number, "item", len(found))
        self.number += len(found)
        return block

    def _learn(self, data: bytes, end: int, position: int) -> bool:
        """Learn what stands between elements, from two of them."""
        key = _FIRST_KEY.match(data, position)
        if key is None:
            return False
        self._between = data[end - 1 : key.end()]
        self._opening = position - end + 1
        return True

    def _passed_over(self) -> TooLong:
        """Read on to the end of an element that is too long."""
        buffer = self._buffer
        begin = buffer.data[:SHOWN_BYTES]
        brackets = _Brackets()
        while (end := brackets.feed(buffer.data)) is None:
            buffer.data = b""
            if not buffer.fill():
                raise buffer.ends_early(f"item {self.number}")
        buffer.drop(end)
        self._is_behind_element = True
        self.number += 1
        return TooLong(self.number - 1, "item", begin)


def _behind_space(data: bytes, position: int) -> int:
    found = _SPACES.match(data, position)
    return found.end() if found else position


def _is_lines(buffer: _Buffer) -> bool:
    """Whether this is one value a line, some of which may be broken.

    Raises:
        Damaged: it is no JSON at all.
    """
    import msgspec  # noqa: PLC0415 - an extra

    decoder = msgspec.json.Decoder(msgspec.Raw)
    while b"\n" not in buffer.data and len(buffer.data) <= MAX_VALUE_BYTES:
        if not buffer.fill():
            break
    lines = buffer.data.split(b"\n", _TRIED_LINES)[:_TRIED_LINES]
    if _is_object(lines[0], decoder):
        return True
    if len(buffer.data) > MAX_VALUE_BYTES:
        return b"\n" not in buffer.data
    begins = [line for line in lines[1:] if line[:1] == b"{"]
    if any(_is_object(line, decoder) for line in begins):
        return True
    if buffer.data[:1] != b"{":
        raise Damaged("it is no JSON")
    return False


def _is_object(line: bytes, decoder: msgspec.json.Decoder[msgspec.Raw]) -> bool:
    import msgspec  # noqa: PLC0415 - an extra

    try:
        return bytes(decoder.decode(line))[:1] == b"{"
    except (msgspec.DecodeError, RecursionError):
        return False


def _lines(buffer: _Buffer) -> Iterator[Piece]:
    """JSON Lines, up to the end."""
    number = 1
    rest, more = b"", buffer.data
    while more:
        cut = more.rfind(b"\n")
        if cut >= 0:
            # One copy: most of the time of this loop is that of the memory.
            lines = b"".join((rest, memoryview(more)[:cut]))
            rest = more[cut + 1 :]
            block = Block(lines, number, "line", count=_count(lines))
            yield block
            number += block.count
        elif len(rest) + len(more) > MAX_VALUE_BYTES:
            begin = (rest + more[:SHOWN_BYTES])[:SHOWN_BYTES]
            rest = _behind_line(buffer)
            yield TooLong(number, "line", begin)
            number += 1
        else:
            rest += more
        more = buffer.read(len(rest))
    buffer.data = b""
    # Of a line that damage has cut, the damage is what is said.
    if rest and not buffer.damage:
        yield Block(rest, number, "line", count=1)


def _count(lines: bytes) -> int:
    """How many lines there are; faster than ``bytes.count``, which looks at each."""
    count, position = 1, lines.find(b"\n")
    while position >= 0:
        count += 1
        position = lines.find(b"\n", position + 1)
    return count


def _behind_line(buffer: _Buffer) -> bytes:
    """Read on to the end of a line that is too long; gives what is read of the next."""
    while more := buffer.read(0):
        if (end := more.find(b"\n")) >= 0:
            return more[end + 1 :]
    return b""


def _value(buffer: _Buffer, number: int) -> Generator[Piece, None, int]:
    """Give one value that may stretch over many lines; returns 1, their number."""
    while (end := _Brackets().feed(buffer.data)) is None:
        if len(buffer.data) > MAX_VALUE_BYTES:
            raise Damaged("it is one JSON document of an unknown shape, and too large")
        if not buffer.fill():
            raise buffer.ends_early("a JSON document")
    if buffer.data[:1] != b"{":
        raise Damaged("something follows that is no JSON")
    value = buffer.data[:end].replace(b"\n", b" ")
    buffer.drop(end)
    yield Block(value, number, "item", 1)
    return 1
