"""The parser behind :mod:`lupusrefs.formats.xml_tree`: expat's events -> elements.

Tolerant where the meaning is plain: a bare ``&`` or ``<``, control characters, HTML's
named characters in a file without its DTD, blank lines before the XML declaration.

Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition: 2.2 (characters),
2.4 (markup), 4 (entities); HTML Living Standard, 13.5 (named character references).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from html.entities import html5
from typing import Final, NamedTuple
from xml.parsers import expat

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.xml_tree import Element
from lupusrefs.model.location import Span

# Real records nest a few dozen deep (MathML in a title).
_DEEPEST: Final = 256
_CHUNK: Final = 1 << 20  # bytes between two looks at what is complete
_MOST_BREAKS: Final = 50  # a file that is no XML breaks at every word

# Noncharacters stand for ``&`` and ``<`` that begin no markup until expat has passed:
# one character for one, so that offsets stay what they are.
_AMPERSAND, _LESS_THAN = "\ufdd0", "\ufdd1"
_RESTORED: Final = str.maketrans({_AMPERSAND: "&", _LESS_THAN: "<"})
_SUSPECT: Final = re.compile(
    r"(?P<literal><!--(?s:.*?)(?:-->|\Z)|<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z))"
    r"|(?P<illegal>[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff])"
    r"|&#(?:x(?P<hex>[0-9A-Fa-f]{1,8})|(?P<decimal>[0-9]{1,8}));"
    r"|&(?!#x[0-9A-Fa-f]{1,8};|#[0-9]{1,8};|[^\W\d][\w.-]{0,40};)"
    r"|<(?![^\W\d]|[:/!?])"
)
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIGHEST: Final = 0x10FFFF
_CONTROL: Final = "XML does not allow this character; read as a blank"
# Around records that are read without the begin of their file.
_WRAPPER: Final = b"<x>"
_CODES: Final = expat.errors.codes
_UNCLOSED: Final = _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]
# One document behind another, or the end of one whose begin was not read.
_BETWEEN: Final = frozenset(
    (
        _CODES[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT],
        _CODES[expat.errors.XML_ERROR_MISPLACED_XML_PI],
        _CODES[expat.errors.XML_ERROR_TAG_MISMATCH],
    )
)


class _Refused(Exception):  # noqa: N818 - caught where expat is started
    """The file declares entities."""


class _Break(NamedTuple):
    """Where expat gave up: the code of its reason, and the byte."""

    code: int
    byte: int


class Parser:
    """One reading of one file; :meth:`records` gives what is in it.

    Args:
        source: the file.
        diagnostics: told what is wrong.
        names: of the wanted elements; none for the root.
    """

    def __init__(
        self, source: SourceText, diagnostics: Diagnostics, names: Sequence[str]
    ) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._names = frozenset(names)
        choice = "|".join(re.escape(name) for name in names)
        self._record = re.compile(rf"<(?:{choice})(?=[\s/>])".encode())
        self._mended: dict[str, list[int]] = {}  # message -> characters
        self._data = self._mend().encode("utf-8")
        self._ascii = len(self._data) == len(source.text)
        self._byte = self._character = 0  # one place, counted in both
        self._base = 0  # byte of the file where the present expat began
        self._expat = self._new_expat()
        self._has_dtd = False
        self._depth = 0
        self._told_depth = False
        self._stack: list[Element] = []
        self._pieces: list[str] = []
        self._done: list[Element] = []

    def records(self) -> Iterator[Element]:
        """The wanted elements, in order."""
        start = len(self._data) - len(self._data.lstrip())
        if start == len(self._data):
            self._diagnostics.empty()
            return
        wrapper, breaks = b"", 0
        try:
            while breaks < _MOST_BREAKS:
                found = yield from self._read(start, wrapper)
                if found is None:
                    return
                following = self._next_record(max(found.byte, start + 1))
                breaks += self._report(found, following, restarted=bool(wrapper))
                yield from self._cut_off(found)
                if following is None:
                    return
                start, wrapper = following, _WRAPPER
        except _Refused:
            return
        message = f"the XML breaks at {breaks} places; the rest of it was not read"
        self._diagnostics.error(message, self._span(start))

    # --- before expat --------------------------------------------------------

    def _mend(self) -> str:
        """The text with what expat refuses replaced, character for character."""
        text = self._source.text
        if _AMPERSAND in text or _LESS_THAN in text:
            return _ILLEGAL.sub(" ", text)
        mended = _SUSPECT.sub(self._mended_piece, text)
        for message, places in self._mended.items():
            more = f" ({len(places)} times)" if len(places) > 1 else ""
            span = Span(places[0], places[0] + 1)
            self._diagnostics.warning(message + more, span)
        return mended

    def _mended_piece(self, match: re.Match[str]) -> str:
        piece = match[0]
        if match["literal"]:
            return _ILLEGAL.sub(" ", piece)
        if match["hex"] or match["decimal"]:
            hexadecimal = match["hex"]
            code = int(hexadecimal, 16) if hexadecimal else int(match["decimal"])
            if code <= _HIGHEST and not _ILLEGAL.match(chr(code)):
                return piece
        if match["illegal"] or len(piece) > 1:
            what, instead = _CONTROL, " " * len(piece)
        else:
            what = f"`{piece}` begins no markup; read as itself"
            instead = _AMPERSAND if piece == "&" else _LESS_THAN
        self._mended.setdefault(what, []).append(match.start())
        return instead

    # --- expat ---------------------------------------------------------------

    def _new_expat(self) -> expat.XMLParserType:
        # The text is decoded already, whatever its XML declaration says.
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        # A default of one megabyte for each of a million elements, too, is a bomb.
        parser.specified_attributes = True
        # Names that no DTD declares come to SkippedEntityHandler: no fetching.
        parser.UseForeignDTD(True)  # noqa: FBT003 - positional only
        parser.EntityDeclHandler = self._refuse
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.SkippedEntityHandler = self._skipped
        return parser

    def _read(
        self, start: int, wrapper: bytes
    ) -> Generator[Element, None, _Break | None]:
        """Read on from a byte; where it breaks is the generator's value."""
        self._expat = self._new_expat()
        self._base = start - len(wrapper)
        self._depth = 0
        data = memoryview(self._data)
        try:
            self._expat.Parse(wrapper)
            for at in range(start, len(data), _CHUNK):
                self._expat.Parse(data[at : at + _CHUNK], at + _CHUNK >= len(data))
                yield from self._take()
        except expat.ExpatError as error:
            yield from self._take()
            byte = max(0, self._base + self._expat.ErrorByteIndex)
            return _Break(error.code, byte)
        return None

    def _take(self) -> Iterator[Element]:
        """The elements that are complete; they are not kept."""
        done, self._done = self._done, []
        return iter(done)

    def _cut_off(self, found: _Break) -> Iterator[Element]:
        """The element in which the file breaks."""
        if self._stack:
            self._flush()
            for element in self._stack:
                element.end = self._at(found.byte)
            yield self._stack[0]
        self._stack = []

    def _next_record(self, byte: int) -> int | None:
        """Where the next wanted element begins, from a byte on."""
        if not self._names:
            return None
        match = self._record.search(self._data, byte)
        return match.start() if match else None

    # --- messages ------------------------------------------------------------

    def _report(self, found: _Break, following: int | None, *, restarted: bool) -> bool:
        """Tell of a break, unless nothing is lost by it; whether it was told."""
        if not self._stack:
            between = found.code in _BETWEEN and (restarted or following is not None)
            if between or (found.code == _UNCLOSED and restarted):
                return False
        where = self._span(found.byte)
        reason = expat.ErrorString(found.code)
        hint = "repair it here; what stands before was read"
        if self._stack:
            first, last = self._stack[0], self._stack[-1]
            line = self._source.location(first.start).line
            hint = f"`<{first.name}>` of line {line} is cut off"
            if last is not first:
                hint += f", with `<{last.name}>` open in it"
        self._diagnostics.error(f"the XML breaks here: {reason}", where, hint)
        return True

    def _refuse(self, name: str, *_: object) -> None:
        self._diagnostics.error(
            f"the file declares the entity `{name[:60]}`; it was not read",
            self._span(self._base + self._expat.CurrentByteIndex),
            "entities can blow up or fetch files: remove them from the DOCTYPE",
        )
        raise _Refused

    # --- events --------------------------------------------------------------

    def _doctype(self, *_: object) -> None:
        self._has_dtd = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if not self._stack and self._names and name not in self._names:
            return
        if self._depth > _DEEPEST:
            self._too_deep()
            return
        if self._mended and attributes:
            attributes = {
                key: value.translate(_RESTORED) for key, value in attributes.items()
            }
        element = Element(name, attributes, [], self._here())
        if self._stack:
            self._flush()
            self._stack[-1].children.append(element)
        self._stack.append(element)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._stack or self._depth >= _DEEPEST:
            return
        self._flush()
        element = self._stack.pop()
        element.end = self._end_of_tag(element)
        element.complete = True
        if not self._stack:
            self._done.append(element)

    def _characters(self, text: str) -> None:
        if self._stack and self._depth <= _DEEPEST:
            self._pieces.append(text)

    def _skipped(self, name: str, _: bool) -> None:
        character = html5.get(f"{name};")
        if character is None or not self._has_dtd:
            start = self._here()
            message = f"`&{name[:60]};` is declared nowhere"
            span = Span(start, start + len(name) + 2)
            hint = "XML itself knows only &amp; &lt; &gt; &quot; &apos; and numbers"
            self._diagnostics.warning(message, span, hint)
        self._characters(character or f"&{name};")

    def _flush(self) -> None:
        """The text up to here becomes a child of the element that is open."""
        if self._pieces:
            text = "".join(self._pieces)
            if self._mended:
                text = text.translate(_RESTORED)
            self._stack[-1].children.append(text)
            self._pieces = []

    def _too_deep(self) -> None:
        if not self._told_depth:
            self._told_depth = True
            message = f"elements more than {_DEEPEST} deep were left out"
            start = self._here()
            self._diagnostics.error(message, Span(start, start + 1))

    # --- places --------------------------------------------------------------

    def _here(self) -> int:
        """The character of the present event."""
        return self._at(self._base + self._expat.CurrentByteIndex)

    def _at(self, byte: int) -> int:
        """The character of a byte; expat goes forward, so each is counted once."""
        if self._ascii:
            return byte
        if byte > self._byte:
            step = self._data[self._byte : byte]
            self._character += len(step.decode("utf-8", errors="replace"))
            self._byte = byte
        return self._character

    def _span(self, byte: int) -> Span:
        start = self._at(byte)
        return Span(start, min(start + 1, len(self._source.text)))

    def _end_of_tag(self, element: Element) -> int:
        """Behind the end tag that expat stands at; an empty element's has passed."""
        at, text = self._here(), self._source.text
        if not element.children and text.startswith("/>", at - 2):
            return at
        return text.find(">", at) + 1
