"""Paths and contents -> the text of a record.

Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition, 2.2 (characters) and
2.11 (line ends, which is why a carriage return is written as a reference).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from lupusrefs.formats.endnote_xml.elements import ORDER, RICH, SLOTS, decoded
from lupusrefs.formats.endnote_xml.styled import runs

# What no document may have, not even as a character reference.
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME: Final = re.compile(r"(?!xml)[^\W\d][\w.-]*", re.IGNORECASE)
_REFERENCES: Final = {"\r": "&#xD;", "\n": "&#xD;", "\t": " "}
# These EndNote itself writes without runs of styled text.
_BARE: Final = frozenset(("foreign-keys", "rec-number", "ref-type", "source-app"))
_PLACE: Final = {name: place for place, name in enumerate(ORDER)}


def legal(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


@dataclass(slots=True)
class _Node:
    """The elements with one path: their contents, or what is below them."""

    contents: list[str] = field(default_factory=list)
    below: dict[str, _Node] = field(default_factory=dict)


class Fields:
    """The elements of one record, by their paths."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, path: str, text: str) -> None:
        """Another element with a text; not if its path is none."""
        parts = path.split("/")
        if not all(map(_is_part, parts)):
            return
        node = self._root
        for part in parts:
            node = node.below.setdefault(part, _Node())
        node.contents.append(_content(path, text))

    def text(self) -> str:
        """The elements in EndNote's order."""
        in_order = sorted(self._root.below.items(), key=_place)
        return "".join(piece for part in in_order for piece in _elements(*part))


def _place(item: tuple[str, _Node]) -> int:
    return _PLACE.get(_top(item[0]), len(_PLACE))


def _top(path: str) -> str:
    """The name of the element in the record."""
    return decoded(path.partition("/")[0].partition("@")[0])


def _elements(part: str, node: _Node) -> Iterator[str]:
    name, *attributes = part.split("@")
    tag = decoded(name)
    pairs = (one.partition("=") for one in attributes)
    start = tag + "".join(
        f" {decoded(key)}={quoteattr(legal(decoded(value)))}" for key, _, value in pairs
    )
    for content in node.contents:
        yield f"<{start}>{content}</{tag}>"
    if node.below:
        below = (piece for one in node.below.items() for piece in _elements(*one))
        yield f"<{start}>{''.join(below)}</{tag}>"


def _is_part(part: str) -> bool:
    """Whether it has names that XML allows; a path may be anybody's invention."""
    name, *attributes = part.split("@")
    keys = [decoded(one.partition("=")[0]) for one in attributes]
    names = [decoded(name), *keys]
    return all(map(_NAME.fullmatch, names)) and len(keys) == len(set(keys))


def _content(path: str, text: str) -> str:
    """A text as runs of styled text."""
    text = legal(text)
    if _top(path) in _BARE:
        return escape(text, _REFERENCES)
    slot = SLOTS.get(path)
    if slot is not None and slot not in RICH:
        return _run("normal", text)
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n")):
        found += [("normal", "\n")] if number else []
        found += runs(line)
    by_face = groupby(found, key=itemgetter(0))
    return "".join(
        _run(face, "".join(piece for _, piece in pieces)) for face, pieces in by_face
    )


def _run(face: str, text: str) -> str:
    if not text:
        return ""
    content = escape(text, _REFERENCES)
    return f'<style face="{face}" font="default" size="100%">{content}</style>'
