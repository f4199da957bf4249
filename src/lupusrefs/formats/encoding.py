"""The bytes of a text file: which characters they are, and the way back.

A file is UTF-8, or what its byte order mark says. Where it is no UTF-8, old habits
tell what it is: a line that names the encoding (JabRef, BibDesk, Emacs, Vim, TeX
editors, XML), else Windows-1252, as browsers read a page that names none (WHATWG,
"Encoding", 2024: its table is Latin-1 with printable characters for the controls).
Whatever is read, every byte is kept.

Sources: Emacs manual, "Recognize Coding"; Vim's ``fileencoding``; JabRef's first lines
``% Encoding: ISO8859_1``, by Java's names; BibDesk's ``%% Saved with string encoding``;
TeXShop's and TeXworks' ``% !TeX encoding =``; XML 1.0, 4.3.3.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

UTF_8: Final = "utf-8"
WINDOWS: Final = "cp1252"
LATIN_1: Final = "iso8859-1"
_BOMS: Final = (
    (b"\xef\xbb\xbf", UTF_8),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# How surrogateescape carries a byte that is no UTF-8 (PEP 383).
_ESCAPED: Final = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII: Final = re.compile("[\x80-\xff]+")
_ASCII: Final = re.compile("[\x00-\x7f]+")
_ASCII_BYTES: Final = bytes(range(0x80))
# The controls of Latin-1, which no text has, are where Windows' own characters are.
_BEYOND_LATIN_1: Final = bytes(range(0x80, 0xA0))
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_REPLACEMENT: Final = "\ufffd"

_HEAD: Final = 2000  # bytes in which a file may name its encoding
_NAMED: Final = (
    re.compile(r"^%[ \t]*Encoding:[ \t]*(?P<name>[\w-]+)", re.MULTILINE),
    re.compile(r"^[%#].*?coding[:=][ \t]*(?P<name>[\w-]+)", re.MULTILINE),
    re.compile(
        r"^%[ \t]*!T[eE]X[ \t]+encoding[ \t]*=[ \t]*(?P<name>[\w-]+)", re.MULTILINE
    ),
    re.compile(r"^%% Saved with string encoding (?P<name>[\w ()-]+)", re.MULTILINE),
    re.compile(r"\A<\?xml[^>]*?encoding=[\"'](?P<name>[\w-]+)"),
    # HTML Living Standard, 4.2.5.4.
    re.compile(
        r"<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<name>[\w-]+)",
        re.IGNORECASE,
    ),
)
# Names of Apple's and of TeX editors that are no codec's.
_OTHER_NAMES: Final = {
    "isolatin": LATIN_1,
    "isolatin1": LATIN_1,
    "isolatin2": "iso8859-2",
    "isolatin9": "iso8859-15",
    "macosroman": "mac-roman",
    "applemacroman": "mac-roman",
    "westernisolatin1": LATIN_1,
    "westernwindowslatin1": WINDOWS,
    "westernmacosroman": "mac-roman",
}
# One byte is one character in them, and ASCII is ASCII.
_SINGLE_BYTE: Final = frozenset(
    (
        *(f"cp{page}" for page in (437, 850, 852, 858, 866, *range(1250, 1259))),
        "ascii",
        *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *("koi8-r", "koi8-u", "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek"),
        *("mac-turkish", "mac-iceland"),
    )
)
# Without shift states: a part of a text encodes as it does in the whole.
_MULTI_BYTE: Final = frozenset(
    (
        *("big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jp", "euc_kr"),
        *("gb18030", "gb2312", "gbk", "shift_jis"),
    )
)
# Read by another one's table, which has characters for its unused bytes.
_READ_AS: Final = {LATIN_1: WINDOWS, "ascii": WINDOWS}
_ICONV: Final = {
    WINDOWS: "windows-1252",
    LATIN_1: "iso-8859-1",
    "mac-roman": "macintosh",
}
_DISPLAY: Final = {
    WINDOWS: "Windows-1252",
    LATIN_1: "Latin-1",
    "mac-roman": "Mac OS Roman",
}

# What programs other than text editors write, by its first bytes.
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_SAMPLE: Final = 8000  # bytes that git, too, looks at to tell text from data
_CONTROLS: Final = bytes(
    byte for byte in range(0x20) if byte not in b"\t\n\v\f\r\x1a\x1b"
)
_FEW: Final = 5
_SELDOM: Final = 50


@dataclass(frozen=True, slots=True)
class Content:
    """What a file has: its characters, and how they give its bytes.

    Attributes:
        text: the characters, without byte order mark.
        raw: as many characters as ``text``; each encodes to its bytes in ``data``.
        codec: how ``raw`` is encoded.
        errors: the codec's way with what it does not know.
        encoding: how new text is to be encoded.
        bom: the byte order mark.
        read_as: the encoding in which bytes that are no UTF-8 were read, unless the
            whole file is in the one that it names.
        kept: all bytes, where they are not those of the characters.
    """

    text: str
    raw: str
    codec: str = UTF_8
    errors: str = "surrogateescape"
    encoding: str = UTF_8
    bom: bytes = b""
    read_as: str | None = None
    kept: bytes | None = None

    @property
    def data(self) -> bytes:
        """All bytes; made anew each time, for of a large file they are many."""
        if self.kept is not None:
            return self.kept
        return self.bom + self.raw.encode(self.codec, self.errors)

    @classmethod
    def of_text(cls, text: str) -> Content:
        """A file that is still to be written, or text that was never a file."""
        return cls(text, text, errors="replace")

    def size(self, start: int, end: int) -> int:
        """How many bytes the characters from ``start`` to ``end`` have."""
        return len(self.raw[start:end].encode(self.codec, self.errors))


def decoded(data: bytes) -> Content:
    """Decode a file; nothing is lost, and no bytes are refused."""
    bom, encoding = next(
        (known for known in _BOMS if data.startswith(known[0])), (b"", UTF_8)
    )
    body = data[len(bom) :]
    if encoding != UTF_8:
        return _utf_16(data, body, encoding, bom)
    try:
        text = body.decode(UTF_8)
    except UnicodeDecodeError:
        return _not_utf_8(data, body, bom)
    # What is ASCII as yet is not for UTF-8 where the file says what it is for.
    own = (declared(data) if text.isascii() and not bom else None) or UTF_8
    return Content(text, text, encoding=own, bom=bom)


def _utf_16(data: bytes, body: bytes, encoding: str, bom: bytes) -> Content:
    whole = len(body) - len(body) % 2
    raw = body[:whole].decode(encoding, "surrogatepass")
    text = _SURROGATE.sub(_REPLACEMENT, raw)
    kept = None if whole == len(body) else data
    return Content(text, raw, encoding, "surrogatepass", encoding, bom, kept=kept)


def is_garbled(content: Content) -> bool:
    """Whether UTF-16 was not read as it stands: half a pair, or half a unit."""
    return content.codec.startswith("utf-16") and (
        content.kept is not None or content.raw != content.text
    )


def _not_utf_8(data: bytes, body: bytes, bom: bytes) -> Content:
    own = None if bom else declared(data)
    utf_8 = _ASCII.sub("", body.decode(UTF_8, "ignore"))
    foreign = len(body.translate(None, _ASCII_BYTES)) - len(utf_8.encode())
    # Two letters of an old encoding may happen to be one of UTF-8, but seldom are.
    if own is not None and foreign > len(utf_8):
        whole = _as_declared(data, own)
        if whole is not None:
            return whole
    own = own if own in _SINGLE_BYTE else None
    if not (utf_8 or bom):
        return _single_byte(data, own or _latin(data), read_as=own or WINDOWS)
    table = _characters(own or WINDOWS)
    raw = body.decode(UTF_8, "surrogateescape")
    text = _ESCAPED.sub(
        lambda run: "".join(table[ord(char) & 0xFF] for char in run[0]), raw
    )
    return Content(text, raw, bom=bom, read_as=own or WINDOWS)


def _as_declared(data: bytes, encoding: str) -> Content | None:
    """The file in the encoding that it names, if every byte fits."""
    if encoding in _SINGLE_BYTE:
        return _single_byte(data, encoding, read_as=None)
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return Content(text, text, encoding, "strict", encoding)
    except UnicodeError:
        pass
    return None


def _single_byte(data: bytes, encoding: str, read_as: str | None) -> Content:
    """A file in which one byte is one character."""
    raw = data.decode("latin-1")
    try:
        text = data.decode(_READ_AS.get(encoding, encoding))
    except UnicodeDecodeError:  # a byte that the encoding leaves open
        text = raw.translate(_characters(encoding))
    return Content(text, raw, "latin-1", "strict", encoding, read_as=read_as)


def _latin(data: bytes) -> str:
    """What a file is in that does not say so: Windows-1252 only if it must be."""
    return (
        WINDOWS if len(data.translate(None, _BEYOND_LATIN_1)) < len(data) else LATIN_1
    )


def foreign_bytes(content: Content) -> Iterator[re.Match[str]]:
    """Each run of bytes in ``content.raw`` that is no UTF-8, where that is amiss."""
    if content.read_as is None:
        return iter(())
    return (_ESCAPED if content.codec == UTF_8 else _BEYOND_ASCII).finditer(content.raw)


@cache
def _characters(encoding: str) -> str:
    """The character of every byte; Latin-1's where the encoding has none."""
    table = _READ_AS.get(encoding, encoding)
    each = (bytes([byte]).decode(table, "replace") for byte in range(256))
    return "".join(
        chr(byte) if char == _REPLACEMENT else char for byte, char in enumerate(each)
    )


def declared(data: bytes) -> str | None:
    r"""The encoding that a file names in its first lines, if it is one of the known.

    >>> declared(b"% Encoding: ISO8859_15\n")
    'iso8859-15'
    """
    head = data[:_HEAD].decode("latin-1")
    for pattern in _NAMED:
        if match := pattern.search(head):
            return _codec(match["name"])
    return None


def _codec(name: str) -> str | None:
    """A codec by one of its names, such as ``latin-1-unix``, ``x-MacRoman``."""
    name = re.sub(r"(?i)^x-|-(?:unix|dos|mac)$", "", name.strip())
    joined = re.sub(r"[^a-z0-9]", "", name.lower())
    if joined in _OTHER_NAMES:
        return _OTHER_NAMES[joined]
    for spelling in (name, joined):
        try:
            found = codecs.lookup(spelling).name
        except LookupError:
            continue
        return found if found in _SINGLE_BYTE | _MULTI_BYTE else None
    return None


def display_name(encoding: str) -> str:
    """An encoding's name in a message."""
    return _DISPLAY.get(encoding, encoding.upper())


def iconv_name(encoding: str) -> str:
    """An encoding's name for the program that converts files."""
    return _ICONV.get(encoding, encoding)


def binary_kind(data: bytes) -> str | None:
    """What a file is that is no text, in words; None for text.

    A stray NUL in a text is no reason to refuse it; many control characters are.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    sample = data[:_SAMPLE]
    if b"\0" not in sample or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    is_data = controls > max(_FEW, len(sample) // _SELDOM)
    return "a binary file" if is_data else None
