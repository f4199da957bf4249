"""The tree that YAML and JSON have in common, every node with its span.

Both readers build it and one module maps it to references, so that a value means
the same in both formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pydantic import JsonValue

from lupusrefs.model.location import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, truth value or null.

    Attributes:
        text: what was written, unescaped; numbers in their own spelling.
        value: the typed value. YAML's scalars are always text (or null), because
            ``1:20``, ``012`` and ``no`` must stay what they are.
        span: where it stands.
    """

    text: str
    value: str | int | float | bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """An object; keys are unique, a repeated key was reported by the reader."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        for scalar, node in self.entries:
            if scalar.text == key:
                return node
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


class Part(NamedTuple):
    """What a reader that goes through a file hands on as soon as it has it.

    Attributes:
        node: an entry of the file's list, or the root of a document.
        is_entry: which of the two it is.
    """

    node: Node
    is_entry: bool


def plain(node: Node) -> JsonValue:
    """The node as plain JSON data."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def kind(node: Node) -> str:
    """What the node is, in words for a message."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=bool()):
            return "true or false"
        case Scalar(value=int() | float()):
            return "a number"
        case Scalar(value=None):
            return "empty"
        case Scalar():
            return "text"
