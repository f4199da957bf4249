"""YAML text -> tree, by composing events: no scalar is ever interpreted.

``safe_load`` would read ``page: 1:20`` as 80, ``volume: 012`` as 10 and ``no`` as
False, and drop duplicate keys without a word (YAML 1.1, sections 10.2 and 3.2.1.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence
from lupusrefs.model.location import Span

# libyaml is about ten times faster; its pure Python twin gives the same events.
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
        if not lost or isinstance(error, _Refused):
            _report(error, 0, len(text), diagnostics)
        return trees


def yaml_parts(
    source: SourceText, diagnostics: Diagnostics, list_keys: Collection[str]
) -> Iterator[Part]:
    """The entries of a YAML stream one by one, and the roots that have no list of them.

    Where the stream breaks the grammar, what is behind the last whole entry is read
    entry by entry.

    Args:
        source: the file.
        diagnostics: told of what cannot be read.
        list_keys: the members of an outermost mapping that may have the entries; the
            first of them that is there has them.
    """
    text = _printable(source, diagnostics)
    last = -1
    try:
        for part in _parts(text, diagnostics, list_keys):
            if part.is_entry:
                last = part.node.span.start
            yield part
    except yaml.YAMLError as error:
        trees, lost = _entry_by_entry(text, diagnostics, behind=last)
        if not lost or isinstance(error, _Refused):
            _report(error, 0, len(text), diagnostics)
        for tree in trees:
            yield Part(tree, is_entry=False)


def _parts(
    text: str, diagnostics: Diagnostics, list_keys: Collection[str]
) -> Iterator[Part]:
    # A list under one of the other keys may not be the one: the first key counts.
    first, *others = list_keys
    sure = {first, *(() if first in text else others)}
    builder = _Builder(0, diagnostics, sure)
    for event in yaml.parse(_Chunks(text), Loader=_Loader):
        if (entry := builder.passed(event)) is not None:
            yield Part(entry, is_entry=True)
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            builder.take(event)
        elif isinstance(event, yaml.DocumentEndEvent):
            if builder.root is not None and not builder.had_entries:
                yield Part(builder.root, is_entry=False)
            builder = _Builder(0, diagnostics, sure)


class _Chunks:
    """A text as a file: libyaml would make a copy of all of it at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def read(self, size: int = 1, /) -> str:
        """The next characters."""
        start = self._position
        self._position += size
        return self._text[start : self._position]


def _printable(source: SourceText, diagnostics: Diagnostics) -> str:
    for match in _NOT_PRINTABLE.finditer(source.text):
        diagnostics.warning(
            f"the control character U+{ord(match[0]):04X} is not allowed in YAML",
            Span(match.start(), match.end()),
            "delete it; it is often left over from copying out of a PDF",
        )
    return _NOT_PRINTABLE.sub("\ufffd", source.text)


def _documents(text: str, offset: int, diagnostics: Diagnostics) -> Iterator[Node]:
    """The tree of each document; ``offset`` is where ``text`` begins in the file."""
    builder = _Builder(offset, diagnostics)
    for event in yaml.parse(_Chunks(text), Loader=_Loader):
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            builder.take(event)
        elif isinstance(event, yaml.DocumentEndEvent):
            if builder.root is not None:
                yield builder.root
            builder = _Builder(offset, diagnostics)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet.

    Attributes:
        start: where it begins.
        is_mapping: whether it is a mapping, else a list.
        anchor: its name for aliases.
        is_passing: its items are handed on and not kept.
        parts: what it has so far.
    """

    start: int
    is_mapping: bool
    anchor: str | None
    is_passing: bool = False
    parts: list[Node] = field(default_factory=list)


class _Builder:
    """Parser events -> tree (YAML 1.1, section 3.1: composing a node graph).

    From events and not from PyYAML's own nodes, because its composer calls itself at
    every level: a file of brackets would end the process, not the reading.

    Args:
        offset: where the text begins in the file.
        diagnostics: told of what cannot be read.
        list_keys: the members of the root whose items are ``passed`` on, one by one,
            and are not in the tree; None where all is in it.
    """

    def __init__(
        self,
        offset: int,
        diagnostics: Diagnostics,
        list_keys: Collection[str] | None = None,
    ) -> None:
        self.root: Node | None = None
        self.had_entries = False
        self._newest: Node | None = None
        self._list_keys = list_keys
        self._offset = offset
        self._diagnostics = diagnostics
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._by_alias = 0

    def take(self, event: yaml.NodeEvent | yaml.CollectionEndEvent) -> None:
        """Go on by one event.

        Raises:
            yaml.YAMLError: the document is refused, see the message.
        """
        if isinstance(event, yaml.ScalarEvent):
            self._finish(self._scalar(event), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _MAX_DEPTH:
                raise _Refused(event, f"nested more than {_MAX_DEPTH} levels deep")
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            start = self._span(event).start
            passing = not is_mapping and self._is_entry_list(event.anchor)
            self._open.append(_Open(start, is_mapping, event.anchor, passing))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            span = Span(done.start, self._span(event).end)
            if done.is_mapping:
                self._finish(self._mapping(done.parts, span), done.anchor)
            else:
                self._finish(Sequence(tuple(done.parts), span), done.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._finish(self._aliased(event), None)

    def passed(self, event: yaml.Event) -> Node | None:
        """The newest entry, once, if ``event`` shows that all of it is there."""
        if self._newest is None:
            return None
        # Where an indent is wrong, an entry ends too early, and the list with it.
        if isinstance(event, yaml.CollectionEndEvent) and self._open[-1].is_passing:
            return None
        entry, self._newest = self._newest, None
        return entry

    def _is_entry_list(self, anchor: str | None) -> bool:
        """Whether the list that begins here is the root, or the root's first of them.

        What has a name may be wanted again, and is kept.
        """
        if self._list_keys is None or anchor or self.had_entries:
            return False
        match self._open:
            case []:
                return True
            case [_Open(is_mapping=True, anchor=None, parts=parts)] if len(parts) % 2:
                *before, key = parts[::2]
                return (
                    isinstance(key, Scalar)
                    and key.text in self._list_keys
                    and all(
                        not isinstance(one, Scalar) or one.text not in self._list_keys
                        for one in before
                    )
                )
        return False

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            raise AssertionError("both parsers mark every event")
        return Span(start.index + self._offset, end.index + self._offset)

    def _finish(self, node: Node, anchor: str | None) -> None:
        """Put a whole node where it belongs."""
        if anchor:
            self._anchors[anchor] = node
        if self._open and self._open[-1].is_passing:
            self._newest = node
            self.had_entries = True
        elif self._open:
            self._open[-1].parts.append(node)
        else:
            self.root = node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        # style is None (libyaml: "") for a plain scalar: only that can be null.
        null = not event.style and event.value in _NULLS
        return Scalar(event.value, None if null else event.value, self._span(event))

    def _aliased(self, event: yaml.AliasEvent) -> Node:
        name = event.anchor
        if name not in self._anchors:
            if any(one.anchor == name for one in self._open):
                raise _Refused(event, f"the alias {name!r} contains itself")
            raise _Refused(event, f"found undefined alias {name!r}")
        node = self._anchors[name]
        if name not in self._sizes:
            self._sizes[name] = self._size(node, event)
        self._by_alias += self._sizes[name]
        self._bound(event)
        return node

    def _size(self, node: Node, event: yaml.AliasEvent) -> int:
        """How many nodes a repetition stands for; counting stops at the bound."""
        size, rest = 0, [node]
        while rest:
            size += 1
            if self._by_alias + size > _MAX_NODES_BY_ALIAS:
                self._by_alias += size
                self._bound(event)
            match rest.pop():
                case Sequence(items):
                    rest.extend(items)
                case Mapping(entries):
                    rest.extend(value for _, value in entries)
        return size

    def _bound(self, event: yaml.AliasEvent) -> None:
        if self._by_alias > _MAX_NODES_BY_ALIAS:
            raise _Refused(event, "aliases that multiply into too much text")

    def _mapping(self, parts: list[Node], span: Span) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        merged: list[Mapping] = []
        for key, value in zip(parts[::2], parts[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._diagnostics.error("a key must be text", key.span)
            elif key.text == "<<" and key.span.end - key.span.start == len("<<"):
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
        return Mapping(tuple(entries.values()), span)


def _merge_sources(value: Node) -> list[Mapping]:
    """What ``<<`` merges in (yaml.org/type/merge.html): a mapping, or several."""
    nodes = value.items if isinstance(value, Sequence) else (value,)
    return [node for node in nodes if isinstance(node, Mapping)]


class _Refused(yaml.YAMLError):
    """A stream that YAML allows and we do not; reported as broken YAML is."""

    def __init__(self, event: yaml.Event, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.problem_mark = event.start_mark


_LIST_KEY: Final = re.compile(r"^references[ \t]*:[ \t]*(?:#.*)?$", re.MULTILINE)
_ITEM: Final = re.compile(r"^( *)- ", re.MULTILINE)


def _entry_by_entry(
    text: str, diagnostics: Diagnostics, *, behind: int = -1
) -> tuple[list[Node], int]:
    """Each entry of the list composed on its own; also how many were lost."""
    trees: list[Node] = []
    lost = 0
    for start, end in _entries(text):
        if start <= behind:
            continue
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
