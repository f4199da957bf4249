"""Text -> blocks: a scanner that loses nothing, whatever the file looks like.

The usual field is found by one regular expression. All else goes the slow way, piece by
piece, where every problem is told with its place. The scanner goes through the text
once: what it looks ahead for a missing brace is paid from a budget.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from lupusrefs.formats.bibtex.lookahead import BRACE, Braces, NextMatch
from lupusrefs.formats.bibtex.syntax import (
    ENTRY_LINE,
    NAME,
    Block,
    Comment,
    Delimiter,
    Entry,
    Field,
    Piece,
    Preamble,
    StringDefinition,
    Text,
)
from lupusrefs.formats.text import Diagnostics
from lupusrefs.model.location import Span

# Braces two deep inside the value's own; deeper ones go the slow way.
_NESTED: Final = r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}"
_FIELD_PATTERN: Final = rf"""
    \s*+(?P<name>[^\W\d]{NAME[:-1]}*+)\s*+=\s*+
    (?: \{{ ([^{{}}]*+(?:{_NESTED}[^{{}}]*+)*+) \}}
      | " ([^"{{}}]*+(?:{_NESTED}[^"{{}}]*+)*+) "
      | ([0-9]++)
      | ([^\W\d]{NAME[:-1]}*+)
    )\s*+"""
_FIELD: Final = {
    "}": re.compile(_FIELD_PATTERN + r"([,}])", re.VERBOSE),
    ")": re.compile(_FIELD_PATTERN + r"([,)])", re.VERBOSE),
}
# Members of an Enum are slow to look up.
BRACES, QUOTES, NUMBER, MACRO = Delimiter

_HEAD: Final = re.compile(r"@[ \t]*(?P<kind>[^\W\d][\w:.+-]*)\s*(?P<open>[{(])")
_KEY: Final = re.compile(rf"\s*+(?P<key>{NAME}+)\s*+(?P<follows>[,}})])")
_LOOSE_KEY: Final = re.compile(r"\s*+(?P<key>[^,={}\r\n\"]*+)")
_NAME: Final = re.compile(rf"{NAME}")
_ENTRY_LINE: Final = re.compile(ENTRY_LINE, re.MULTILINE)
_FIELD_LINE: Final = re.compile(
    rf"^[ \t]*(?P<name>[^\W\d]{NAME[:-1]}*+)[ \t]*=[ \t]*[{{\"\w]", re.MULTILINE
)
# Fields behind the end of an entry.
_EARLY_END: Final = re.compile(
    rf"\s*+(?P<comma>,)\s*+(?P<name>[^\W\d]{NAME[:-1]}*+)\s*+=\s*+[{{\"\w]"
)
_STRAY_END: Final = re.compile(r"[{},)]")
_LOST_HEAD: Final = re.compile(r"@[ \t]*([A-Za-z]+)[ \t]+[^\s{(]+,")
_FIELD_HEAD: Final = re.compile(rf"[^\W\d]{NAME[:-1]}*+\s*+=")
_BRACE_OR_QUOTE: Final = re.compile(r"[{}\"]")
_SPACE: Final = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
_LINE: Final = re.compile(r"[^\r\n]*")
_CLOSING: Final = {"{": "}", "(": ")"}


def scan(text: str, diagnostics: Diagnostics) -> list[Block]:
    """The blocks of a file, in order; together they are the whole text."""
    return list(blocks(text, diagnostics))


def blocks(text: str, diagnostics: Diagnostics) -> Iterator[Block]:
    """The same, one by one."""
    return _Scanner(text, diagnostics).blocks()


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str, diagnostics: Diagnostics) -> None:
        self._text = text
        self._tell = diagnostics
        self._next_entry = NextMatch(_ENTRY_LINE, text).at
        self._next_field = NextMatch(_FIELD_LINE, text).at
        self._braces = Braces()
        self._done = 0
        # How far the search for missing braces may look ahead, over the whole file.
        self._budget = 2 * len(text)

    def blocks(self) -> Iterator[Block]:
        text = self._text
        position = 0
        while (at := text.find("@", position)) >= 0:
            head = _HEAD.match(text, at)
            if head is None or not self._begins_block(at):
                self._tell_lost_head(at)
                position = at + 1
                continue
            block = self._block(head)
            if self._done < block.start:
                yield Text(self._done, block.start)
            yield block
            self._done = position = block.end
        if self._done < len(text):
            yield Text(self._done, len(text))

    def _begins_block(self, at: int) -> bool:
        """Whether an ``@`` is no mail address, and in no line that ``%`` begins."""
        text = self._text
        if at and (text[at - 1].isalnum() or text[at - 1] in "._\\"):
            return False
        # Mostly it begins its line: no need to look for the line's begin.
        if at == 0 or text[at - 1] in "\r\n":
            return True
        line = max(text.rfind("\n", self._done, at) + 1, self._done)
        return not text[line:at].lstrip().startswith("%")

    def _tell_lost_head(self, at: int) -> None:
        """An entry type at the begin of a line, without a brace behind it."""
        match = _LOST_HEAD.match(self._text, at)
        if match and self._text[max(at - 1, 0) : at] in {"", "\n", "\r", "@"}:
            self._tell.error(
                f"`@{match[1]}` has no opening brace; it is taken for a comment",
                Span(at, at + len(match[0])),
                "write `@article{key,`",
            )

    def _block(self, head: re.Match[str]) -> Block:
        kind = head["kind"].lower()
        if kind == "comment":
            return self._comment(head)
        if kind == "string":
            return self._strings(head)
        if kind == "preamble":
            return self._preamble(head)
        return self._entry(head)

    # --- blocks

    def _entry(self, head: re.Match[str]) -> Entry:
        closing = _CLOSING[head["open"]]
        key = _KEY.match(self._text, head.end())
        if key is None or key["follows"] not in {",", closing}:
            name, start, position, follows = self._loose_key(head)
        else:
            name, start = key["key"], key.start("key")
            position, follows = key.end(), key["follows"]
        if follows == closing:
            return Entry(head["kind"], name, start, (), head.start(), position)
        owner = f"the entry `{name}`" if name else "the entry without a key"
        fields, end, closed = self._fields(position, closing, owner)
        while closed and (more := _EARLY_END.match(self._text, end)):
            span = Span(end - 1, end)
            message = f"{owner} is closed before its field `{more['name']}`"
            self._tell.warning(message, span, "there is a closing brace too many")
            rest, end, closed = self._fields(more.end("comma"), closing, owner)
            fields += rest
        return Entry(
            head["kind"], name, start, tuple(fields), head.start(), end, closed
        )

    def _loose_key(self, head: re.Match[str]) -> tuple[str, int, int, str]:
        """A key with blanks or brackets in it, or none: key, place, next, delimiter."""
        text, closing = self._text, _CLOSING[head["open"]]
        match = _LOOSE_KEY.match(text, head.end())
        name = match["key"].rstrip() if match else ""
        start = match.start("key") if match else head.end()
        position = match.end() if match else head.end()
        follows = text[position : position + 1]
        if closing == ")" and name.endswith(")") and follows != ",":
            name, follows, position = name[:-1].rstrip(), ")", position - 1
        if follows in {",", closing} and follows:
            return name, start, position + 1, follows
        # A field where the key should be, or a line that ends without a comma.
        if follows == "=" or not name:
            return "", head.end(), head.end(), ","
        span = Span(start, start + len(name))
        self._tell.warning(f"a comma is missing behind the key `{name}`", span)
        return name, start, position, ","

    def _strings(self, head: re.Match[str]) -> StringDefinition:
        closing = _CLOSING[head["open"]]
        fields, end, _ = self._fields(head.end(), closing, "`@string`")
        return StringDefinition(tuple(fields), head.start(), end)

    def _preamble(self, head: re.Match[str]) -> Preamble:
        pieces, position = self._pieces(head.end(), "@preamble")
        position = self._skip_space(position)
        if self._text[position : position + 1] == _CLOSING[head["open"]]:
            return Preamble(pieces, head.start(), position + 1)
        self._tell.error("`@preamble` is not closed", Span(head.start(), head.end()))
        return Preamble(pieces, head.start(), max(position, head.end()))

    def _comment(self, head: re.Match[str]) -> Comment:
        start, opening = head.start(), head["open"]
        if opening == "(":
            end = self._text.find(")", head.end())
            line = _LINE.match(self._text, start)
            stop = line.end() if line else head.end()
            return Comment(start, end + 1 if start < end < stop else stop)
        end = self._closing_brace(head.end(), len(self._text))
        if end >= 0:
            return Comment(start, end + 1)
        self._tell.error(
            "`@comment` is not closed", Span(start, head.end()), "close it with `}`"
        )
        return Comment(start, self._next_entry(head.end()))

    # --- fields

    def _fields(
        self, position: int, closing: str, owner: str
    ) -> tuple[list[Field], int, bool]:
        """Fields up to the closing delimiter, the place behind it, if it is there."""
        text, pattern = self._text, _FIELD[closing]
        fields: list[Field] = []
        add, next_entry = fields.append, self._next_entry
        match = pattern.match(text, position)
        while True:
            # A value that reaches into a later entry may lack a brace.
            if match is not None and next_entry(position) >= match.end():
                name, braced, quoted, number, macro, follows = match.groups()
                if braced is not None:
                    kind, value, start, end = BRACES, braced, *match.span(2)
                    start, end = start - 1, end + 1
                elif quoted is not None:
                    kind, value, start, end = QUOTES, quoted, *match.span(3)
                    start, end = start - 1, end + 1
                elif number is not None:
                    kind, value, start, end = NUMBER, number, *match.span(4)
                else:
                    kind, value, start, end = MACRO, macro, *match.span(5)
                add(Field(name, kind, value, match.start(1), start, end))
                position = match.end()
                if follows != ",":
                    return fields, position, True
            else:
                field, position, closed = self._slow_field(position, closing, owner)
                if field is not None:
                    fields.append(field)
                if closed is not None:
                    return fields, position, closed
            match = pattern.match(text, position)

    def _slow_field(
        self, position: int, closing: str, owner: str
    ) -> tuple[Field | None, int, bool | None]:
        """One field or the end: the field, the place behind it, whether it closed."""
        text = self._text
        position = self._skip_space(position)
        char = text[position : position + 1]
        if char == closing:
            return None, position + 1, True
        if char == ",":
            return None, position + 1, None
        if not char or position >= self._next_entry(position):
            return self._unclosed(position, owner)
        name = _NAME.match(text, position)
        if name is None:
            return self._skip_stray(position, closing, owner)
        value = self._skip_space(name.end())
        if text[value : value + 1] != "=":
            return self._skip_stray(position, closing, owner)
        value = self._skip_space(value + 1)
        pieces, _ = self._pieces(value, name[0])
        field = Field.of(name[0], position, value, pieces)
        if not pieces:
            span = Span(position, name.end())
            self._tell.warning(f"the field `{name[0]}` has no value", span)
        return self._behind_value(field, closing, owner)

    def _behind_value(
        self, field: Field, closing: str, owner: str
    ) -> tuple[Field, int, bool | None]:
        text = self._text
        position = self._skip_space(field.end)
        char = text[position : position + 1]
        if char == ",":
            return field, position + 1, None
        if char == closing:
            return field, position + 1, True
        at_end = not char or position >= self._next_entry(position)
        if at_end and (cut := self._cut(field)) is not None:
            return cut, cut.end, None
        if not at_end and _FIELD_HEAD.match(text, position):
            span = Span(field.end, field.end)
            message = f"a comma is missing behind the field `{field.name}`"
            self._tell.warning(message, span, "put a comma between fields")
            return field, position, None
        if not at_end:
            _, position, closed = self._skip_stray(position, closing, owner)
            return field, position, closed
        _, position, closed = self._unclosed(position, owner)
        return field, position, closed

    def _cut(self, field: Field) -> Field | None:
        """A value that took the entry's closing brace, cut where a field follows."""
        start, line = (
            field.value_start,
            _FIELD_LINE.search(self._text, field.value_start, field.end),
        )
        if field.delimiter is not BRACES or line is None:
            return None
        self._tell_unclosed_value(field.name, start)
        end = start + len(self._text[start : line.start()].rstrip(" \t\r\n,"))
        return field._replace(text=self._text[start + 1 : end], end=end)

    def _unclosed(self, position: int, owner: str) -> tuple[None, int, bool]:
        end = position
        while position < len(self._text) and end and self._text[end - 1].isspace():
            end -= 1
        span = Span(max(end - 1, 0), end)
        message = f"{owner} is not closed"
        self._tell.error(message, span, "a closing brace is missing here or before")
        return None, end, False

    def _skip_stray(
        self, position: int, closing: str, owner: str
    ) -> tuple[None, int, bool | None]:
        """Go on behind text that is no field: at the next comma or field."""
        text, stop = self._text, self._next_entry(position)
        limit = min(self._next_field(position + 1), stop)
        depth, end = 0, limit
        for match in _STRAY_END.finditer(text, position, limit):
            char = match[0]
            if depth == 0 and char in {",", closing}:
                end = match.start()
                break
            depth += (char == "{") - (char == "}")
            if depth < 0:
                end = match.end()
                break
        end = max(end, position + 1)
        stray = text[position:end].strip()
        shown = " ".join(stray[:40].split())
        self._tell.error(
            f"`{shown}` is no field; it is left out",
            Span(position, position + len(stray)),
            f"{owner} has fields `name = {{value}}`, with commas between them",
        )
        return None, end, None

    # --- values

    def _pieces(self, position: int, name: str) -> tuple[tuple[Piece, ...], int]:
        """Operands joined by ``#``, and the place behind the last one."""
        pieces: list[Piece] = []
        end = position
        while True:
            position = self._skip_space(position)
            piece = self._piece(position, name)
            if piece is None:
                return tuple(pieces), end
            pieces.append(piece)
            end = piece.end
            position = self._skip_space(end)
            if self._text[position : position + 1] != "#":
                return tuple(pieces), end
            position += 1

    def _piece(self, position: int, name: str) -> Piece | None:
        text = self._text
        char = text[position : position + 1]
        if char == "{":
            return self._delimited(position, name, BRACES)
        if char == '"':
            return self._delimited(position, name, QUOTES)
        match = _NAME.match(text, position)
        if match is None:
            return None
        kind = NUMBER if match[0].isdigit() else MACRO
        return Piece(kind, match[0], position, match.end())

    def _delimited(self, start: int, name: str, kind: Delimiter) -> Piece:
        text = self._text
        find = self._closing_brace if kind is BRACES else self._closing_quote
        line = self._next_entry(start)
        end = find(start + 1, line)
        if end < 0 and (far := self._look_ahead(start, line, find)) >= 0:
            self._tell_entries_inside(name, start, far)
            end = far
        if end >= 0:
            return Piece(kind, text[start + 1 : end], start, end + 1)
        self._tell_unclosed_value(name, start)
        stop = min(self._next_field(start), line)
        end = start + len(text[start:stop].rstrip(" \t\r\n,"))
        content = text[start + 1 : end]
        if stop == line:
            # The entry's own closing brace stays the entry's.
            content = content.removesuffix("}").rstrip()
            end = start + 1 + len(content)
        return Piece(kind, content, start, end)

    def _look_ahead(
        self, start: int, line: int, find: Callable[[int, int], int]
    ) -> int:
        """The end of a value that contains what looks like an entry, or -1.

        It is one value if a field's end follows; else a brace is missing.
        """
        if self._budget <= 0:
            return -1
        stop = min(len(self._text), line + self._budget)
        end = find(start + 1, stop)
        self._budget -= (end if end >= 0 else stop) - line
        if end < 0:
            return -1
        follows = _SPACE.match(self._text, end + 1)
        behind = self._text[follows.end() : follows.end() + 1] if follows else ""
        return end if behind in {",", "}", ")", "#"} else -1

    def _closing_brace(self, position: int, stop: int) -> int:
        """The brace that closes the one before ``position``, or -1."""
        if self._braces.knows(position - 1, stop):
            return self._braces.closing(position - 1)
        depth = 1
        for match in BRACE.finditer(self._text, position, stop):
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                return match.start()
        self._braces.learn(self._text, position - 1, stop)
        return -1

    def _closing_quote(self, position: int, stop: int) -> int:
        """The quotation mark outside of braces, or -1."""
        while match := _BRACE_OR_QUOTE.search(self._text, position, stop):
            if match[0] == '"':
                return match.start()
            end = self._closing_brace(match.end(), stop) if match[0] == "{" else -1
            if end < 0:
                return -1
            position = end + 1
        return -1

    # --- places

    def _skip_space(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    # --- messages

    def _tell_unclosed_value(self, name: str, start: int) -> None:
        message = f"the value of `{name}` is not closed"
        hint = "a closing brace or quotation mark is missing"
        self._tell.error(message, Span(start, start + 1), hint)

    def _tell_entries_inside(self, name: str, start: int, end: int) -> None:
        found = _ENTRY_LINE.finditer(self._text, start, end)
        keys = ", ".join(f"`{match['key'] or ''}`" for match in found)
        message = f"the value of `{name}` contains what looks like entries: {keys}"
        hint = "if they are entries, a closing brace is missing before them"
        self._tell.warning(message, Span(start, start + 1), hint)
