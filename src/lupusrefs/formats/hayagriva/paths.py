"""A tree as lines, each a path with the text at its end, and back.

What a file has beyond CSL is kept as such lines (``Origin.fields``), so that messages
can name it and the writer can graft it back: ``parent.runtime``,
``affiliated.holder[1]``, ``parent[2].title``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence

#: A mapping whose lists are members ``name[1]``, ``name[2]`` and so on.
Tree: TypeAlias = dict[str, "Tree | str"]

_MARKS: Final = re.compile(r"[%.\[\]()]")
_CODED: Final = re.compile(r"%([0-9A-F]{2})")
_MEMBER: Final = re.compile(r"(?P<name>.*)\[(?P<number>[0-9]{1,6})\]", re.DOTALL)


def lines(path: str, node: Node) -> Iterator[tuple[str, str]]:
    """The texts of a node, each with its path."""
    match node:
        case Scalar(value=None):
            return
        case Scalar():
            yield path, node.text
        case Sequence(items):
            for number, item in enumerate(items, 1):
                yield from lines(f"{path}[{number}]", item)
        case Mapping():
            for key, value in node:
                yield from lines(f"{path}.{coded(key.text)}", value)


def coded(key: str) -> str:
    """A key as a part of a path."""
    return _MARKS.sub(lambda mark: f"%{ord(mark[0]):02X}", key)


def decoded(key: str) -> str:
    """The key that a part of a path stands for."""
    return _CODED.sub(lambda code: chr(int(code[1], 16)), key)


def graft(tree: Tree, path: str, text: str) -> bool:
    """Put a text at the end of a path, unless something stands there.

    Returns:
        whether it was put there.
    """
    *parts, last = path.split(".")
    for part in parts:
        child = tree.setdefault(part, {})
        if isinstance(child, str):
            return False
        tree = child
    return tree.setdefault(last, text) is text


def member(part: str) -> tuple[str, int] | None:
    """Name and number of a member of a list; None where the part is none.

    >>> member("names[2]")
    ('names', 2)
    """
    match = _MEMBER.fullmatch(part)
    return (match["name"], int(match["number"])) if match else None
