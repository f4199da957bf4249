"""Reading hayagriva YAML.

Source: hayagriva's description of its file format.
"""

from __future__ import annotations

from typing import Final

from lupusrefs.formats.hayagriva.documents import entries
from lupusrefs.formats.hayagriva.entry import read_entry
from lupusrefs.formats.hayagriva.fields import Findings
from lupusrefs.formats.hayagriva.paths import lines
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, kind
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Origin, Reference

#: Whose fields a reference has in its ``origin``.
FAMILY: Final = "hayagriva"
# A list under one of these keys is another format.
_CSL_KEYS: Final = frozenset(("references", "items"))


def load(source: SourceText) -> Loaded:
    """The references of a hayagriva file, each with its place."""
    diagnostics = Diagnostics(source)
    reader = _Reader(source, diagnostics)
    found = entries(source, diagnostics)
    references = [
        reference for key, node in found if (reference := reader.reference(key, node))
    ]
    if not found and not diagnostics.collected():
        hint = "a hayagriva file has keys, and below each its fields, indented"
        diagnostics.empty(hint)
    return Loaded(tuple(references), diagnostics.collected())


class _Reader:
    """Reads the entries of one file; remembers their keys."""

    def __init__(self, source: SourceText, diagnostics: Diagnostics) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._first_place: dict[str, Location] = {}

    def reference(self, key: Scalar, node: Node) -> Reference | None:
        """One entry, or None where it is none."""
        if not isinstance(node, Mapping):
            message = (
                f"`{key.text[:60]}`: must be a mapping of fields, not {kind(node)}"
            )
            hint = "write its fields below the key, indented"
            if key.text in _CSL_KEYS:
                hint = "this looks like CSL-YAML, not like hayagriva"
            self._diagnostics.error(message, key.span, hint)
            return None
        place = self._source.location(key.span.start, node.span.end)
        self._remember(key)
        findings = Findings(self._source, self._diagnostics)
        csl_type, entry_kind = read_entry(node, findings)
        rest = sorted(findings.rest, key=lambda line: line[1].span)
        fields = tuple(line for path, left in rest for line in lines(path, left))
        origin = Origin(FAMILY, entry_kind, fields, findings.titles)
        key_place = self._source.location(key.span.start, key.span.end)
        values = {
            **findings.values,
            "id": key.text,
            "type": csl_type,
            "location": place,
            "places": {"id": key_place, **findings.places},
            "origin": origin,
        }
        return Reference.model_validate(values)

    def _remember(self, key: Scalar) -> None:
        place = self._source.location(key.span.start, key.span.end)
        first = self._first_place.setdefault(key.text, place)
        if first is not place:
            message = (
                f"the id `{key.text}` stands twice; the first is in line {first.line}"
            )
            hint = "give one of them another id"
            self._diagnostics.error(message, key.span, hint)
