"""YAML text -> tree, by composing nodes: no scalar is ever interpreted.

``safe_load`` would read ``page: 1:20`` as 80, ``volume: 012`` as 10 and ``no`` as
False, and drop duplicate keys without a word (YAML 1.1, sections 10.2 and 3.2.1.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence
from lupusrefs.model.location import Span

# libyaml is about ten times faster; its pure Python twin gives the same nodes.
_Loader: Final[type[yaml.CSafeLoader | yaml.SafeLoader]] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
# What YAML forbids in a stream (YAML 1.1, section 5.1), and lone surrogates.
_NOT_PRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_MAX_DEPTH: Final = 60
# Aliases repeat a node. An honest file repeats an affiliation; a hostile one
# repeats repetitions until memory ends ("billion laughs").
_MAX_NODES_BY_ALIAS: Final = 50_000
_HINTS: Final = (
    ("tab character", "YAML is indented with spaces, never with tabs"),
    ("mapping values are not allowed", "a text with ': ' in it needs quotes around it"),
    ("expected <block end>", "look at the indentation of this line and the one before"),
    ("could not find expected ':'", "a key ends with a colon and a space"),
    ("undefined alias", "an alias (*name) needs an anchor (&name) before it"),
    ("while scanning a quoted scalar", "close the quotation mark"),
    ("found unexpected end of stream", "close the quotation mark or bracket"),
    ("'\\t'", "YAML is indented with spaces, never with tabs"),
    ("cannot start any token", "put quotes around the text"),
    ("unknown escape character", "in double quotes, write a backslash as \\\\"),
)


def parse_yaml(source: SourceText, diagnostics: Diagnostics) -> list[Node]:
    """The documents of a YAML stream as trees.

    A stream that breaks the grammar is read again entry by entry, so that one bad
    entry does not cost the others; what is lost is reported.
    """
    text = _printable(source, diagnostics)
    try:
        return list(_documents(text, 0, diagnostics))
    except yaml.YAMLError as error:
        trees, lost = _entry_by_entry(text, diagnostics)
        if not lost:
            _report(error, 0, len(text), diagnostics)
        return trees


def _printable(source: SourceText, diagnostics: Diagnostics) -> str:
    for match in _NOT_PRINTABLE.finditer(source.text):
        diagnostics.warning(
            f"the control character U+{ord(match[0]):04X} is not allowed in YAML",
            Span(match.start(), match.end()),
            "delete it; it is often left over from copying out of a PDF",
        )
    return _NOT_PRINTABLE.sub("\ufffd", source.text)


def _documents(text: str, offset: int, diagnostics: Diagnostics) -> Iterator[Node]:
    """Compose each document and convert it; ``offset`` is where ``text`` begins."""
    for root in yaml.compose_all(text, Loader=_Loader):
        if root is not None:
            yield _Converter(offset, diagnostics).convert(root, 0)


class _Converter:
    """yaml's nodes -> tree, with a budget for what aliases multiply."""

    def __init__(self, offset: int, diagnostics: Diagnostics) -> None:
        self._offset = offset
        self._diagnostics = diagnostics
        self._seen: set[int] = set()
        self._by_alias = 0

    def _span(self, node: yaml.Node) -> Span:
        start = node.start_mark.index + self._offset
        return Span(start, node.end_mark.index + self._offset)

    def convert(self, node: yaml.Node, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise _refusal(node, f"nested more than {_MAX_DEPTH} levels deep")
        if id(node) in self._seen:
            self._by_alias += 1
            if self._by_alias > _MAX_NODES_BY_ALIAS:
                raise _refusal(node, "aliases that multiply into too much text")
        self._seen.add(id(node))
        match node:
            case yaml.ScalarNode():
                return self._scalar(node)
            case yaml.SequenceNode():
                items = tuple(self.convert(item, depth + 1) for item in node.value)
                return Sequence(items, self._span(node))
            case yaml.MappingNode():
                return self._mapping(node, depth)
            case _:
                raise _refusal(node, "an unknown kind of node")

    def _scalar(self, node: yaml.ScalarNode) -> Scalar:
        # style is None (libyaml: "") for a plain scalar: only that can be null.
        null = not node.style and node.value in _NULLS
        return Scalar(node.value, None if null else node.value, self._span(node))

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        merged: list[Mapping] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                span = self._span(key_node)
                self._diagnostics.error("a key must be text", span)
                continue
            key = self._scalar(key_node)
            value = self.convert(value_node, depth + 1)
            if key.text == "<<" and not key_node.style:
                merged.extend(_merge_sources(value))
            elif key.text in entries:
                self._diagnostics.error(
                    f"the key {key.text!r} stands twice in this entry",
                    key.span,
                    "the first one is used; delete one of them",
                )
            else:
                entries[key.text] = (key, value)
        for source in merged:
            for key, value in source:
                entries.setdefault(key.text, (key, value))
        return Mapping(tuple(entries.values()), self._span(node))


def _merge_sources(value: Node) -> list[Mapping]:
    """What ``<<`` merges in (yaml.org/type/merge.html): a mapping, or several."""
    nodes = value.items if isinstance(value, Sequence) else (value,)
    return [node for node in nodes if isinstance(node, Mapping)]


def _refusal(node: yaml.Node, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


_LIST_KEY: Final = re.compile(r"^references[ \t]*:[ \t]*(?:#.*)?$", re.MULTILINE)
_ITEM: Final = re.compile(r"^( *)- ", re.MULTILINE)


def _entry_by_entry(text: str, diagnostics: Diagnostics) -> tuple[list[Node], int]:
    """Each entry of the list composed on its own; also how many were lost."""
    trees: list[Node] = []
    lost = 0
    for start, end in _entries(text):
        try:
            trees.extend(_documents(text[start:end], start, diagnostics))
        except yaml.YAMLError as error:
            lost += 1
            _report(error, start, end, diagnostics)
    return trees, lost


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """Where the entries of the reference list begin and end, judged by lines."""
    key = _LIST_KEY.search(text)
    first = _ITEM.search(text, key.end() if key else 0)
    if first is None:
        return
    indent = first[1]
    # An entry ends at the next dash of the same depth, or where the list ends:
    # at a line that is indented less, or is another key beside "references".
    border = re.compile(rf"^{indent}- |^(?! *(?:#|$))(?!{indent}[ \t-])", re.MULTILINE)
    start = first.start()
    while True:
        border_match = border.search(text, start + 1)
        end = border_match.start() if border_match else len(text)
        yield start, end
        if border_match is None or not border_match[0].endswith("- "):
            return
        start = end


def _report(
    error: yaml.YAMLError, start: int, end: int, diagnostics: Diagnostics
) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    index = min(start + mark.index, end) if mark is not None else start
    problem = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None)
    words = f"{context or ''} {problem}"
    hint = next((hint for sign, hint in _HINTS if sign in words), None)
    diagnostics.error(f"not valid YAML: {problem}", Span(index, index), hint)
