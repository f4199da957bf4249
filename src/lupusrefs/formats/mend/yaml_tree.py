"""Mend YAML: blocks line by line, flow collections as JSON has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.append.place import line_end, line_start, newline
from lupusrefs.formats.mend.cannot import CannotMend
from lupusrefs.formats.mend.members import Block, Flow, Members
from lupusrefs.formats.mend.tree import TreeMender
from lupusrefs.formats.mend.yaml_tokens import Yaml
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar
from lupusrefs.formats.tree import Sequence as List
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

_PROPERTY: Final = ("&", "!")
# A list below its key: how far its dashes are indented beyond the key.
_LIST_BELOW: Final = re.compile(
    r"(?m)^(?P<key>[ \t]*(?:- +)*)[^\s#\-][^\r\n#]*:[ \t]*(?:\r\n|\n|\r)(?P<dash> *)- "
)


class YamlMender(TreeMender):
    """Collects the edits of one YAML tree."""

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        self._yaml = Yaml(source)
        self._newline = newline(source.text)

    def members(self, node: Mapping | List, spans: Sequence[Span]) -> Members:
        """The members of a node."""
        self._refuse_property(node)
        if self._is_flow(node):
            return Flow(self.text, node.span, spans)
        is_list = isinstance(node, List)
        return Block(self.text, spans, self._newline, is_list=is_list)

    def scalar(self, node: Scalar, value: JsonValue) -> Edit:
        """The edit that gives a scalar another value, in its style."""
        self._refuse_property(node)
        start, end = node.span.start, self.end(node)
        column = start - line_start(self.text, start)
        new = self._yaml.like(
            _text(value),
            self.text[start:end],
            flow=self._in_flow(node),
            column=column,
        )
        return Edit(Span(start, end), new.replace("\n", self._newline))

    def member(self, node: Mapping, key: str, value: JsonValue) -> str:
        """A new member of a mapping: lines of a block, or a part of a line."""
        if self._is_flow(node):
            return f"{self._yaml.scalar(key, flow=True)}: {self._flow(value)}"
        indent = self._column(node) * " "
        return "".join(f"{line}\n" for line in self._lines(key, value, indent))

    def item(self, node: List, value: JsonValue) -> str:
        """A new item of a list, likewise."""
        if self._is_flow(node):
            return self._flow(value)
        start = node.items[0].span.start
        lead = self.text[line_start(self.text, start) : start]
        indent = lead[: len(lead) - len(lead.lstrip())]
        if isinstance(node.items[0], Mapping) and self._is_flow(node.items[0]):
            return f"{indent}- {self._flow(value)}\n"
        return "".join(f"{line}\n" for line in self._item_lines(value, indent))

    def end(self, node: Node) -> int:
        """Where the text of a node ends: the parser says where the next one begins."""
        while not self._is_flow(node):
            match node:
                case Mapping(entries=(*_, (_, last))) | List(items=(*_, last)):
                    node = last
                case _:
                    break
        end = node.span.end
        while end > node.span.start and self.text[end - 1].isspace():
            end -= 1
        return end

    def rewrite(
        self, parent: Mapping, key: Scalar, node: Node, value: JsonValue
    ) -> Edit:
        """The edit that writes a member of a mapping anew."""
        self._refuse_property(node)
        span = Span(key.span.start, max(self.end(node), key.span.end))
        if self._is_flow(parent):
            text = f"{self._yaml.scalar(key.text, flow=True)}: {self._flow(value)}"
            return Edit(span, text)
        indent = self._column(parent) * " "
        lines = "\n".join(self._lines(key.text, value, indent))
        colon = self.text[span.end : line_end(self.text, span.end)]
        if span.end == key.span.end and colon.lstrip().startswith(":"):
            span = Span(span.start, self.text.index(":", span.end) + 1)
        whole = lines.removeprefix(indent).replace("\n", self._newline)
        return Edit(span, whole)

    # -- where a node stands

    def _is_flow(self, node: Node) -> bool:
        return self.text[node.span.start : node.span.start + 1] in {"[", "{"}

    def _in_flow(self, node: Scalar) -> bool:
        """Whether a scalar may be inside brackets, where a comma would end it."""
        start = line_start(self.text, node.span.start)
        before = self.text[start : node.span.start]
        after = self.text[node.span.end : node.span.end + 20].lstrip(" ")
        return "[" in before or "{" in before or after[:1] in {",", "]", "}"}

    def _column(self, node: Mapping) -> int:
        """The column of the keys of a block."""
        start = node.entries[0][0].span.start
        return start - line_start(self.text, start)

    def _refuse_property(self, node: Node) -> None:
        if self.text.startswith(_PROPERTY, node.span.start):
            raise CannotMend("it has a YAML anchor or tag, and may stand elsewhere too")

    # -- new text

    @cached_property
    def _dash(self) -> str:
        """What the file indents the dashes of a list by, beyond the key."""
        for match in _LIST_BELOW.finditer(self.text):
            extra = len(match["dash"]) - len(match["key"])
            if extra >= 0 and "references" not in match[0]:
                return " " * min(extra, 8)
        return ""

    def _flow(self, value: JsonValue) -> str:
        match value:
            case dict():
                parts = (
                    f"{self._yaml.scalar(key, flow=True)}: {self._flow(one)}"
                    for key, one in value.items()
                )
                return "{" + ", ".join(parts) + "}"
            case list():
                return "[" + ", ".join(map(self._flow, value)) + "]"
            case _:
                return self._token(value, flow=True)

    def _token(self, value: JsonValue, *, flow: bool = False) -> str:
        if isinstance(value, str):
            return self._yaml.scalar(value, flow=flow)
        return _text(value)

    def _lines(self, key: str, value: JsonValue, indent: str) -> Iterator[str]:
        """A member of a block, line by line."""
        name = self._yaml.scalar(key)
        match value:
            case dict() if value:
                yield f"{indent}{name}:"
                for inner, one in value.items():
                    yield from self._lines(inner, one, f"{indent}  ")
            case list() if any(isinstance(one, dict) for one in value):
                yield f"{indent}{name}:"
                for one in value:
                    yield from self._item_lines(one, f"{indent}{self._dash}")
            case list() if all(isinstance(one, str) for one in value) and value:
                yield f"{indent}{name}:"
                for one in value:
                    yield from self._item_lines(one, f"{indent}{self._dash}")
            case _:
                yield f"{indent}{name}: {self._value(value)}"

    def _value(self, value: JsonValue) -> str:
        if isinstance(value, dict | list):
            return self._flow(value)
        return self._token(value)

    def _item_lines(self, value: JsonValue, indent: str) -> Iterator[str]:
        if not isinstance(value, dict) or not value:
            yield f"{indent}- {self._value(value)}"
            return
        lead = f"{indent}- "
        for key, one in value.items():
            for line in self._lines(key, one, f"{indent}  "):
                yield lead + line.removeprefix(f"{indent}  ")
                lead = f"{indent}  "


def _text(value: JsonValue) -> str:
    """A scalar as plain text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
