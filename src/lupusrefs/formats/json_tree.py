"""JSON text -> tree with the span of every value (RFC 8259).

The standard library's parser keeps no positions. Here the usual member is found by one
regular expression; all else goes the slow way, where every problem is told with its
place. Entries behind a broken one are found again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from lupusrefs.formats.text import Diagnostics, Silence, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence
from lupusrefs.model.location import Span

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_SPACES: Final = frozenset(" \t\r\n")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS: Final = {"true": True, "false": False, "null": None}
_WORD: Final = re.compile(r"[A-Za-z]+")
_MAX_DEPTH: Final = 60
# A string that says what is written: nothing escaped, and no half of a character.
_PLAIN: Final = r'"([^"\\\x00-\x1f\ud800-\udfff]*+)"'
_PLAIN_KEY: Final = re.compile(rf"{_PLAIN}[ \t\r\n]*+:[ \t\r\n]*+")
_PLAIN_STRING: Final = re.compile(_PLAIN)
# A member whose value is such a string, and what follows it.
_PLAIN_MEMBER: Final = re.compile(
    rf"{_PLAIN}[ \t\r\n]*+:[ \t\r\n]*+{_PLAIN}[ \t\r\n]*+(?:,[ \t\r\n]*+|(\}}))"
)
# Between two values of a list or object.
_COMMA: Final = re.compile(r"[ \t\r\n]*+,[ \t\r\n]*+")
# Used for single strings only.
_DECODER: Final = json.JSONDecoder()
# Where the next entry of a list can begin after a broken one.
_NEXT_ENTRY: Final = re.compile(r"\}\s*,?\s*(?=\{)")


class _SyntaxError(Exception):
    """What is wrong, and at which character."""

    def __init__(self, message: str, index: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.index = index
        self.hint = hint


def parse_json(source: SourceText, diagnostics: Diagnostics) -> list[Node]:
    """The value of a JSON text as a tree; a list's readable entries where it breaks."""
    parser = _Parser(source, diagnostics)
    try:
        return [parser.document()]
    except _SyntaxError as error:
        _report(error, diagnostics)
        return [
            *parser.entries,
            *_resynchronised(source, error.index, diagnostics),
        ]


def json_parts(
    source: SourceText,
    diagnostics: Diagnostics,
    entry_list: Callable[[Mapping], Sequence | None],
) -> Iterator[Part]:
    """The entries of a JSON text one by one; where it has no list of them, its root.

    Args:
        source: the file.
        diagnostics: told of what cannot be read.
        entry_list: which member of an outermost object has the entries.
    """
    parser = _Parser(source, diagnostics)
    try:
        yield from parser.parts(entry_list)
    except _SyntaxError as error:
        _report(error, diagnostics)
        for node in _resynchronised(source, error.index, diagnostics):
            yield Part(node, is_entry=False)


def _report(error: _SyntaxError, diagnostics: Diagnostics) -> None:
    span = Span(error.index, error.index)
    diagnostics.error(f"not valid JSON: {error}", span, error.hint)


def _resynchronised(
    source: SourceText, broken: int, diagnostics: Diagnostics
) -> Iterator[Node]:
    """The entries behind ``broken`` that can be read and look like references."""
    position = broken
    while match := _NEXT_ENTRY.search(source.text, position):
        position = match.end()
        parser = _Parser(source, diagnostics)
        try:
            node, end = parser.value(position, 0)
        except _SyntaxError as error:
            if error.index > position:
                _report(error, diagnostics)
                position = error.index
            continue
        if isinstance(node, Mapping) and (node.get("id") or node.get("type")):
            yield node
            position = end - 1


class _Parser:
    """Recursive descent; ``entries`` keeps the finished items of the outer list."""

    def __init__(self, source: SourceText, diagnostics: Diagnostics) -> None:
        self._source = source
        self._text = source.text
        self._diagnostics = diagnostics
        self._end = 0
        self._skims = False
        self.entries: list[Node] = []

    def document(self) -> Node:
        node, end = self.value(self._skip(0), 0)
        self._finish(end)
        return node

    def _finish(self, end: int) -> None:
        end = self._skip(end)
        if end != len(self._text):
            raise _SyntaxError("there is something behind the end", end)

    def parts(self, entry_list: Callable[[Mapping], Sequence | None]) -> Iterator[Part]:
        """See ``json_parts``."""
        start = self._skip(0)
        if self._text.startswith("[", start):
            yield from self._entries(start)
            self._finish(self._end)
            return
        # Where the entries are is known at the end of an object: until then its lists
        # are only looked through.
        self._skims = True
        root = self.document()
        found = entry_list(root) if isinstance(root, Mapping) else None
        again = _Parser(self._source, Silence(self._source))
        if found is None:
            yield Part(again.document(), is_entry=False)
        else:
            yield from again._entries(found.span.start)

    def _entries(self, index: int) -> Iterator[Part]:
        """The items of a list, or the list where it has none."""
        is_empty = True
        for node in self._items(index, 0):
            is_empty = False
            yield Part(node, is_entry=True)
        if is_empty:
            empty = Sequence((), Span(index, self._end))
            yield Part(empty, is_entry=False)

    def _skip(self, index: int) -> int:
        # Most often there is none.
        if self._text[index : index + 1] not in _SPACES:
            return index
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def value(self, index: int, depth: int) -> tuple[Node, int]:
        if depth > _MAX_DEPTH:
            raise _SyntaxError(f"nested more than {_MAX_DEPTH} levels deep", index)
        char = self._text[index : index + 1]
        if char == '"':
            return self._string(index)
        if char == "{":
            return self._mapping(index, depth)
        if char == "[":
            return self._sequence(index, depth)
        if not char:
            raise _SyntaxError("the text ends too early", index)
        return self._word_or_number(index)

    def _string(self, index: int) -> tuple[Scalar, int]:
        if plain := _PLAIN_STRING.match(self._text, index):
            end = plain.end()
            return Scalar(plain[1], plain[1], Span(index, end)), end
        try:
            text, end = _DECODER.raw_decode(self._text, index)
        except json.JSONDecodeError as error:
            message = error.msg[0].lower() + error.msg[1:]
            hint = 'write line breaks in a text as \\n, a quotation mark as \\"'
            raise _SyntaxError(message, error.pos, hint) from None
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Scalar(text, text, Span(index, end)), end

    def _word_or_number(self, index: int) -> tuple[Scalar, int]:
        if number := _NUMBER.match(self._text, index):
            text = number[0]
            span = Span(index, number.end())
            whole = text.lstrip("-").isdigit() and len(text) < len("1") * 4000
            return Scalar(text, int(text) if whole else float(text), span), span.end
        word = _WORD.match(self._text, index)
        if word and word[0] in _WORDS:
            span = Span(index, word.end())
            return Scalar(word[0], _WORDS[word[0]], span), word.end()
        raise self._unexpected(index)

    def _unexpected(self, index: int) -> _SyntaxError:
        found = self._text[index : index + 1]
        hint = "quote text with double quotes" if found == "'" else None
        if found in {"]", "}"}:
            hint = "delete the comma before it"
        return _SyntaxError(f"{found!r} is not the start of a value", index, hint)

    def _sequence(self, index: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = self.entries if depth == 0 else []
        keeps = not (self._skims and depth == 1)
        items.extend(node for node in self._items(index, depth) if keeps)
        return Sequence(tuple(items), Span(index, self._end)), self._end

    def _items(self, index: int, depth: int) -> Iterator[Node]:
        """The items of a list; ``_end`` is the place behind it, once it is read."""
        position = self._skip(index + 1)
        done = self._text[position : position + 1] == "]"
        self._end = position + 1
        while not done:
            node, position = self.value(position, depth + 1)
            yield node
            if comma := _COMMA.match(self._text, position):
                position = comma.end()
            else:
                position, done = self._separator(position, "]")
            self._end = position

    def _mapping(self, index: int, depth: int) -> tuple[Mapping, int]:
        text, plain_member = self._text, _PLAIN_MEMBER.match
        entries: dict[str, tuple[Scalar, Node]] = {}
        position = self._skip(index + 1)
        if text[position : position + 1] == "}":
            return Mapping((), Span(index, position + 1)), position + 1
        value: Node
        while True:
            done: bool | None = None
            if member := plain_member(text, position):
                name, written, closing = member.groups()
                end = position + len(name) + len('""')
                key = Scalar(name, name, Span(position, end))
                start, end = member.span(2)
                value = Scalar(written, written, Span(start - 1, end + 1))
                position, done = member.end(), closing is not None
            else:
                key, position = self._key(position)
                value, position = self.value(position, depth + 1)
            if key.text in entries:
                self._diagnostics.error(
                    f"the key {key.text!r} stands twice in this entry",
                    key.span,
                    "the first one is used; delete one of them",
                )
            else:
                entries[key.text] = (key, value)
            if done is None and (comma := _COMMA.match(text, position)):
                position = comma.end()
            elif done is None:
                position, done = self._separator(position, "}")
            if done:
                return Mapping(tuple(entries.values()), Span(index, position)), position

    def _key(self, index: int) -> tuple[Scalar, int]:
        if plain := _PLAIN_KEY.match(self._text, index):
            name = plain[1]
            span = Span(index, index + len(name) + len('""'))
            return Scalar(name, name, span), plain.end()
        if self._text[index : index + 1] != '"':
            hint = "delete the comma before it, or quote the key with double quotes"
            raise _SyntaxError("a key in double quotes was expected", index, hint)
        key, position = self._string(index)
        position = self._skip(position)
        if self._text[position : position + 1] != ":":
            raise _SyntaxError("a colon was expected behind the key", position)
        return key, self._skip(position + 1)

    def _separator(self, index: int, closing: str) -> tuple[int, bool]:
        """Behind a member: the next one's start, or the end of the container."""
        position = self._skip(index)
        found = self._text[position : position + 1]
        if found == closing:
            return position + 1, True
        if found != ",":
            message = f"',' or {closing!r} was expected"
            raise _SyntaxError(message, position, "a comma may be missing before it")
        return self._skip(position + 1), False
