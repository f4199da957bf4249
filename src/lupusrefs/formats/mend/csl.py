"""Mend CSL-YAML and CSL-JSON: the members of an item, dates in the form they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.csl_items import LIST_KEYS
from lupusrefs.formats.csl_yaml import yaml_data
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.mend.cannot import CannotMend, cannot_mend
from lupusrefs.formats.mend.json_tree import JsonMender
from lupusrefs.formats.mend.tree import Difference, TreeMender
from lupusrefs.formats.mend.yaml_tree import YamlMender
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, plain
from lupusrefs.formats.tree import Sequence as List
from lupusrefs.formats.yaml_tree import parse_yaml
from lupusrefs.model.dates import Date
from lupusrefs.model.edit import Edit
from lupusrefs.model.item import WIRE_NAMES
from lupusrefs.model.reference import Reference

_YEAR_KEYS: Final = ("year", "month", "day")


class CslMender:
    """The edits of the items of one file."""

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._is_json = name is FormatName.CSL_JSON
        self._mender: TreeMender = (
            JsonMender(source) if self._is_json else YamlMender(source)
        )
        diagnostics = Diagnostics(source)
        parse = parse_json if self._is_json else parse_yaml
        roots = parse(source, diagnostics)
        self._items = {node.span.start: node for root in roots for node in _items(root)}

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one of the other.

        Raises:
            CannotMend: it cannot be done in this item.
        """
        span = old.location.span if old.location else None
        node = self._items.get(span.start) if span else None
        if node is None:
            raise cannot_mend("its entry is not found in the file any more", old)
        self._mender.made = []
        before, after = self._data(old), self._data(new)
        differences = [
            _difference(node, variable, old, new, before, after)
            for field, variable in WIRE_NAMES.items()
            if getattr(old, field) != getattr(new, field)
        ]
        try:
            self._mender.change(node, differences, list(after))
        except CannotMend as error:
            raise cannot_mend(str(error), old) from None
        return self._mender.made

    def _data(self, reference: Reference) -> dict[str, JsonValue]:
        return reference.to_csl() if self._is_json else yaml_data(reference)


def _items(root: Node) -> Iterator[Mapping]:
    """Whatever may be an item: they are found by where they begin."""
    nodes: Sequence[Node] = root.items if isinstance(root, List) else ()
    if isinstance(root, Mapping):
        yield root
        for key in LIST_KEYS:
            found = root.get(key)
            nodes = [*nodes, *(found.items if isinstance(found, List) else ())]
    yield from (node for node in nodes if isinstance(node, Mapping))


def _difference(
    node: Mapping,
    variable: str,
    old: Reference,
    new: Reference,
    before: dict[str, JsonValue],
    after: dict[str, JsonValue],
) -> Difference:
    """A variable before and after; a date as the file has its dates."""
    field = variable.replace("-", "_").lower()
    found = node.get(variable)
    value = getattr(new, field)
    if found is not None and isinstance(value, Date):
        return Difference(variable, plain(found), _dated(found, value))
    del old
    return Difference(variable, before.get(variable), after.get(variable))


def _dated(node: Node, date: Date) -> JsonValue:
    """A date in the shape of another one."""
    csl: dict[str, JsonValue] = date.to_csl()  # type: ignore[assignment]
    parts = csl.get("date-parts")
    is_simple = isinstance(parts, list) and csl.keys() == {"date-parts"}
    match node:
        case Scalar():
            return str(date) if date.start is None or date.literal is None else csl
        case Mapping() if is_simple and node.get("year") and len(_rows(parts)) == 1:
            return dict(zip(_YEAR_KEYS, _rows(parts)[0], strict=False))
        case Mapping() if (
            date.start is not None
            and date.literal is None
            and (node.get("raw") or node.get("edtf"))
        ):
            key = "raw" if node.get("raw") else "edtf"
            return {key: str(date)}
        case List() if is_simple:
            rows = _rows(parts)
            if all(isinstance(item, Mapping) for item in node.items):
                return [dict(zip(_YEAR_KEYS, row, strict=False)) for row in rows]
            is_one = all(isinstance(item, Scalar) for item in node.items)
            whole: JsonValue = rows[0] if is_one and len(rows) == 1 else parts
            return whole
        case _:
            return csl


def _rows(parts: JsonValue) -> list[list[JsonValue]]:
    rows = parts if isinstance(parts, list) else []
    return [row for row in rows if isinstance(row, list)]
