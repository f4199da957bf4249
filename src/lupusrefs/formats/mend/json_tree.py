"""Mend JSON: separators, indentation and colons are those of the neighbours."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.append.place import LINE_END, line_start, newline
from lupusrefs.formats.mend.json_tokens import Json
from lupusrefs.formats.mend.members import Flow, Members
from lupusrefs.formats.mend.tree import TreeMender
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar
from lupusrefs.formats.tree import Sequence as List
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

_COLON: Final = re.compile(r"\s*:\s*")
_INDENT: Final = re.compile(r"[ \t]*")


class JsonMender(TreeMender):
    """Collects the edits of one JSON tree."""

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        self._json = Json(source)

    def members(self, node: Mapping | List, spans: Sequence[Span]) -> Members:
        """The members of a node."""
        return Flow(self.text, node.span, spans)

    def scalar(self, node: Scalar, value: JsonValue) -> Edit:
        """The edit that gives a scalar another value."""
        old = self.text[node.span.start : node.span.end]
        return Edit(node.span, self._json.like(value, old))

    def member(self, node: Mapping, key: str, value: JsonValue) -> str:
        """A new member of a mapping."""
        colon = self._colon(node)
        return f"{self._json.scalar(key)}{colon}{self._value(node, value)}"

    def item(self, node: List, value: JsonValue) -> str:
        """A new item of a list."""
        first = node.items[0] if node.items else None
        if first and not LINE_END.search(self.text, first.span.start, first.span.end):
            return self._compact(value, self._colon(first))
        return self._value(node, value)

    def end(self, node: Node) -> int:
        """Where the text of a node ends."""
        return node.span.end

    def rewrite(
        self, parent: Mapping, key: Scalar, node: Node, value: JsonValue
    ) -> Edit:
        """The edit that writes a member of a mapping anew."""
        del key
        return Edit(node.span, self._value(parent, value))

    def _colon(self, node: Node) -> str:
        """What stands between key and value, as in the file's first one."""
        if isinstance(node, List) and node.items:
            return self._colon(node.items[0])
        for key, value in node if isinstance(node, Mapping) else ():
            found = self.text[key.span.end : value.span.start]
            if _COLON.fullmatch(found):
                return found
        return ": "

    def _value(self, parent: Mapping | List, value: JsonValue) -> str:
        """A value as its place has them: in one line, or with a line for each part."""
        indent = self._indent(parent)
        if indent is None or not isinstance(value, dict | list):
            return self._compact(value, self._colon(parent))
        whole = self._lines(value, indent, self._step(indent))
        return whole.replace("\n", newline(self.text))

    def _compact(self, value: JsonValue, colon: str) -> str:
        """A value in one line, with as many spaces as its neighbours have."""
        comma = ", " if colon[-1:].isspace() else ","
        match value:
            case dict():
                parts = (
                    self._json.scalar(key) + colon + self._compact(one, colon)
                    for key, one in value.items()
                )
                return "{" + comma.join(parts) + "}"
            case list():
                return "[" + comma.join(self._compact(v, colon) for v in value) + "]"
            case _:
                return self._json.scalar(value)

    def _lines(self, value: JsonValue, indent: str, step: str) -> str:
        """A value over several lines, as ``json.dumps`` indents it."""
        text = json.dumps(value, ensure_ascii=False, indent=step)
        whole = text.replace("\n", f"\n{indent}")
        if (
            self.source.unencodable(whole) is not None
            or self._json.scalar("é") != '"é"'
        ):
            ascii_text = json.dumps(value, indent=step)
            whole = ascii_text.replace("\n", f"\n{indent}")
        return whole

    def _indent(self, node: Mapping | List) -> str | None:
        """The white space before the members of a node; None where they share lines."""
        match node:
            case Mapping(entries=((first, _), *_)):
                start = first.span.start
            case List(items=(item, *_)):
                start = item.span.start
            case _:
                return None
        begin = line_start(self.text, start)
        lead = self.text[begin:start]
        if begin <= node.span.start or not _INDENT.fullmatch(lead):
            return None
        return lead

    def _step(self, indent: str) -> str:
        """One level of indentation: that of the first indented line of the file."""
        for match in re.finditer(r"(?m)^([ \t]+)\S", self.text[:2000]):
            return match[1]
        return indent or "  "
