"""Mend a tree of YAML or JSON: what differs between old and new data is changed in it.

The tree may say more than the data, such as an ORCID beside a name: that stays. Where
tree and data do not have the same shape, the whole value is written anew.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from pydantic import JsonValue

from lupusrefs.formats.mend.cannot import CannotMend
from lupusrefs.formats.mend.members import Members
from lupusrefs.formats.text import SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar
from lupusrefs.formats.tree import Sequence as List
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

# Other names of members, in trees and not in data.
_ALIASES: Final = {
    "literal": ("name",),
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
}


class Difference(NamedTuple):
    """A member before and after; None where it is not there."""

    key: str
    old: JsonValue
    new: JsonValue


class TreeMender(ABC):
    """Collects the edits of one tree."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.text = source.text
        self.made: list[Edit] = []

    # -- what a syntax is

    @abstractmethod
    def members(self, node: Mapping | List, spans: Sequence[Span]) -> Members:
        """The members of a node, to take out or put in."""

    @abstractmethod
    def scalar(self, node: Scalar, value: JsonValue) -> Edit:
        """The edit that gives a scalar another value."""

    @abstractmethod
    def member(self, node: Mapping, key: str, value: JsonValue) -> str:
        """A new member of a mapping as text."""

    @abstractmethod
    def item(self, node: List, value: JsonValue) -> str:
        """A new item of a list as text."""

    @abstractmethod
    def end(self, node: Node) -> int:
        """Where the text of a node ends."""

    @abstractmethod
    def rewrite(
        self, parent: Mapping, key: Scalar, node: Node, value: JsonValue
    ) -> Edit:
        """The edit that writes a member of a mapping anew."""

    # -- what all have in common

    def change(
        self, node: Mapping, differences: Iterable[Difference], order: Sequence[str]
    ) -> None:
        """Change members of a mapping.

        Args:
            node: the mapping.
            differences: what becomes of which member.
            order: the keys in the order in which they are usually written.

        Raises:
            CannotMend: a value stands elsewhere, by an alias or a merge.
        """
        keys = [key.text for key, _ in node]
        spans = [Span(key.span.start, self.end(value)) for key, value in node]
        self._refuse_foreign(node, spans)
        members = self.members(node, spans)
        is_touched = False
        for one in differences:
            place = _place(keys, one.key)
            if place is None:
                if one.new is not None:
                    after = _anchor(keys, one.key, order)
                    members.insert(after, self.member(node, one.key, one.new))
                    is_touched = True
            elif one.new is None:
                members.remove(place)
                is_touched = True
            else:
                self._set(node, place, one)
        if is_touched:
            self.made += members.edits()

    def _refuse_foreign(self, node: Mapping | List, spans: Sequence[Span]) -> None:
        """Refuse members that stand elsewhere: by an alias, or merged in."""
        position = node.span.start
        for span in spans:
            if not position <= span.start <= span.end:
                raise CannotMend("a part of it stands elsewhere, by a YAML alias")
            position = span.end
        if spans and position > node.span.end:
            raise CannotMend("a part of it stands elsewhere, by a YAML alias")

    def _set(self, parent: Mapping, place: int, one: Difference) -> None:
        key, node = parent.entries[place]
        if not self._mended(node, one.old, one.new):
            self.made.append(self.rewrite(parent, key, node, one.new))

    def _mended(self, node: Node, old: JsonValue, new: JsonValue) -> bool:
        """Change a value in its place, if it has the shape of the data."""
        if old == new:
            return True
        match node, old, new:
            case Scalar(), str() | int() | None, str() | int():
                if node.span.start == node.span.end:
                    return False
                self.made.append(self.scalar(node, new))
                return True
            case List(items=(Scalar() as only,)), str() | int(), str() | int():
                return self._mended(only, old, new)
            case Mapping(), dict(), dict():
                keys = [*old, *(key for key in new if key not in old)]
                differences = [
                    Difference(key, old.get(key), new.get(key))
                    for key in keys
                    if old.get(key) != new.get(key)
                ]
                self.change(node, differences, list(new))
                return True
            case List(), list(), list() if len(node.items) == len(old) and new:
                return self._list(node, old, new)
            case _:
                return False

    def _list(self, node: List, old: list[JsonValue], new: list[JsonValue]) -> bool:
        spans = [Span(item.span.start, self.end(item)) for item in node.items]
        self._refuse_foreign(node, spans)
        members = self.members(node, spans)
        matcher = SequenceMatcher(
            None, list(map(repr, old)), list(map(repr, new)), autojunk=False
        )
        is_touched, removed = False, 0
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind == "equal":
                continue
            both = min(end - start, last - first)
            for at in range(both):
                if not self._item_mended(
                    node.items[start + at], old[start + at], new[first + at]
                ):
                    members.remove(start + at)
                    members.insert(start + at, self.item(node, new[first + at]))
                    is_touched, removed = True, removed + 1
            for place in range(start + both, end):
                members.remove(place)
                is_touched, removed = True, removed + 1
            for value in new[first + both : last]:
                members.insert(start + both - 1, self.item(node, value))
                is_touched = True
        if removed == len(old):
            return False
        if is_touched:
            self.made += members.edits()
        return True

    def _item_mended(self, node: Node, old: JsonValue, new: JsonValue) -> bool:
        """Change an item in its place, unless it is about somebody else."""
        if isinstance(old, dict) and isinstance(new, dict):
            if not any(old.get(key) == value for key, value in new.items()):
                return False
            if not isinstance(node, Mapping):
                return False
        return self._mended(node, old, new)


def _place(keys: Sequence[str], key: str) -> int | None:
    for name in (key, *_ALIASES.get(key, ())):
        if name in keys:
            return keys.index(name)
    return None


def _anchor(keys: Sequence[str], key: str, order: Sequence[str]) -> int:
    """The place of the nearest member that usually comes before; else the last."""
    for name in reversed(order[: order.index(key)] if key in order else ()):
        place = _place(keys, name)
        if place is not None:
            return place
    return len(keys) - 1
