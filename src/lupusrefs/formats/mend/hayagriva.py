"""Mend Hayagriva: what the writer would write otherwise is changed in the entry."""

from __future__ import annotations

import re
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.append.place import dumped
from lupusrefs.formats.hayagriva.documents import entries
from lupusrefs.formats.mend.cannot import CannotMend, cannot_mend
from lupusrefs.formats.mend.tree import Difference
from lupusrefs.formats.mend.yaml_tokens import Plain
from lupusrefs.formats.mend.yaml_tree import YamlMender
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence
from lupusrefs.model.edit import Edit
from lupusrefs.model.reference import Reference

# What the writer has without quotes, being a number or a date.
_PLAIN: Final = re.compile(r"-?[0-9]+(?:-[0-9]{2}){0,2}", re.ASCII)


class HayagrivaMender:
    """The edits of the entries of one file."""

    def __init__(self, source: SourceText, name: FormatName) -> None:
        self._mender = YamlMender(source)
        self._name = name
        self._nodes = {
            key.span.start: node for key, node in entries(source, Diagnostics(source))
        }

    def edits(self, old: Reference, new: Reference) -> list[Edit]:
        """What makes one of the other.

        Raises:
            CannotMend: it cannot be done in this entry.
        """
        span = old.location.span if old.location else None
        node = self._nodes.get(span.start) if span else None
        if not isinstance(node, Mapping):
            raise cannot_mend("its entry is not found in the file any more", old)
        before, after = self._data(old), self._data(new)
        differences = [
            Difference(key, before.get(key), after.get(key))
            for key in dict.fromkeys([*after, *before])
            if before.get(key) != after.get(key)
        ]
        self._mender.made = []
        try:
            self._mender.change(node, differences, list(after))
        except CannotMend as error:
            raise cannot_mend(str(error), old) from None
        return self._mender.made

    def _data(self, reference: Reference) -> dict[str, JsonValue]:
        """The entry as it would be written."""
        source = SourceText("", dumped(self._name, [reference]))
        for _, node in entries(source, Diagnostics(source)):
            data = _data(node, source.text)
            if isinstance(data, dict):
                return data
        return {}


def _data(node: Node, text: str) -> JsonValue:
    match node:
        case Scalar():
            written = text[node.span.start : node.span.end]
            return Plain(node.text) if _PLAIN.fullmatch(written) else node.text
        case Sequence():
            return [_data(item, text) for item in node.items]
        case Mapping():
            return {key.text: _data(value, text) for key, value in node}
