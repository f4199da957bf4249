"""Tree -> references: what the members of a CSL item mean, in YAML and JSON alike.

Source: ``csl-data.json`` (CSL 1.0.2) for the shape; pandoc's manual, "Specifying
bibliographic data", for what CSL-YAML allows besides; registries.md 1.4 for the
CSL-JSON that registries serve, which is not quite CSL-JSON.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingType
from typing import Final

from lupusrefs.formats.csl_values import (
    ValueProblem,
    read_custom,
    read_date,
    read_list,
    read_names,
    read_text,
    read_type,
)
from lupusrefs.formats.places import Places
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Part, Scalar, Sequence, kind
from lupusrefs.model.location import Span
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import (
    DATES,
    MEMBERS,
    NAMES,
    VARIABLES,
)

# Containers of a list of items: pandoc's YAML, Zotero's and citeproc-js' JSON.
LIST_KEYS: Final = ("references", "items")
# How many foreign fields a message names.
_SHOWN: Final = 5
_READERS: Final[MappingType[str, Callable[[Node], object]]] = dict.fromkeys(
    DATES, read_date
) | {"categories": read_list, "custom": read_custom}
_NAMES: Final = frozenset(NAMES)


def read_items(
    parts: Iterable[Part], source: SourceText, diagnostics: Diagnostics
) -> Iterator[Reference]:
    """The references of all parts, in order; what cannot be read is reported."""
    reader = _Reader(source, diagnostics)
    nothing = True
    for node, is_entry in parts:
        nothing = nothing and isinstance(node, Scalar) and node.value is None
        for entry in (node,) if is_entry else _entries(node, diagnostics):
            if reference := reader.reference(entry):
                yield reference
    reader.finish()
    if nothing and not diagnostics.collected():
        hint = "a reference file has a list `references:` of entries with `id:`"
        diagnostics.empty(hint)


def entry_list(root: Mapping) -> Sequence | None:
    """The list that the entries of a file are in, where it has one."""
    for key in LIST_KEYS:
        if (found := root.get(key)) is not None:
            return found if isinstance(found, Sequence) else None
    return None


def _entries(root: Node, diagnostics: Diagnostics) -> tuple[Node, ...]:
    """The nodes that should be items."""
    if isinstance(root, Sequence):
        return root.items
    if isinstance(root, Mapping):
        # `references` is a CSL variable, too: text, in an item that has an id.
        if any(root.get(key) for key in ("id", "type", "DOI")) and not any(
            isinstance(root.get(key), Sequence) for key in LIST_KEYS
        ):
            return (root,)
        for key in LIST_KEYS:
            match root.get(key):
                case Sequence() as found:
                    return found.items
                case Scalar(value=None):
                    return ()
                case None:
                    continue
                case found:
                    message = f"`{key}` must be a list of references, not {kind(found)}"
                    diagnostics.error(message, found.span, "begin each entry with `- `")
                    return ()
    if isinstance(root, Scalar) and root.value is None:
        return ()
    hint = "a reference file has a list `references:` of entries with `id:`"
    diagnostics.error(f"no references here, but {kind(root)}", root.span, hint)
    return ()


class _Reader:
    """Reads the items of one file; remembers their keys."""

    def __init__(self, source: SourceText, diagnostics: Diagnostics) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._first_line: dict[str, int] = {}
        self._foreign: dict[str, Span] = {}

    def reference(self, node: Node) -> Reference | None:
        if not isinstance(node, Mapping):
            message = f"a reference must be a mapping of fields, not {kind(node)}"
            self._diagnostics.error(message, node.span, "write `- id: key`")
            return None
        values: dict[str, object] = {}
        spans: dict[str, tuple[int, int]] = {}
        for key, value in node.entries:
            member = MEMBERS.get(key.text)
            if member is None:
                self._unknown(key)
                continue
            variable, field = member
            read = self._value(variable, value)
            if read is not None and variable not in spans:
                values[field] = read
                spans[variable] = (value.span.start, value.span.end)
        values["id"] = self._key(node, values, spans.get("id"))
        values["location"] = self._source.location(node.span.start, node.span.end)
        values["places"] = Places(self._source, spans)
        return Reference.model_validate(values)

    def _value(self, variable: str, node: Node) -> object:
        if isinstance(node, Scalar) and node.value is None:
            return None
        if variable == "type":
            return self._type(node)
        try:
            if variable in _NAMES:
                return read_names(node, lambda problem: self._warn(variable, problem))
            return _READERS.get(variable, read_text)(node)
        except ValueProblem as problem:
            self._diagnostics.error(
                f"`{variable}`: {problem}", problem.span, problem.hint
            )
            return None

    def _warn(self, variable: str, problem: ValueProblem) -> None:
        message = f"`{variable}`: {problem}"
        self._diagnostics.warning(message, problem.span, problem.hint)

    def _type(self, node: Node) -> str | None:
        text = node.text if isinstance(node, Scalar) else kind(node)
        try:
            return read_type(text, node.span)
        except ValueProblem as problem:
            self._diagnostics.error(str(problem), problem.span, problem.hint)
            return None

    def _unknown(self, key: Scalar) -> None:
        """A slip of the pen is told at once; foreign fields together at the end."""
        name = key.text[:60]
        if near := difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.8):
            message = f"`{name}` is not a CSL variable; it is ignored"
            self._diagnostics.warning(message, key.span, f"did you mean `{near[0]}`?")
        else:
            self._foreign.setdefault(name, key.span)

    def finish(self) -> None:
        """Tell of the fields that other programs left in the file."""
        names = list(self._foreign)
        if names:
            shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            self._diagnostics.warning(
                f"not CSL variables, ignored: {shown}{more}",
                self._foreign[names[0]],
                "put your own data under `custom:`",
            )

    def _key(
        self,
        node: Mapping,
        values: dict[str, object],
        place: tuple[int, int] | None,
    ) -> str:
        """The citation key; a missing one is made up, a repeated one reported."""
        if place is None:
            made_up = values.get("citation_key") or values.get("doi")
            key = str(made_up or f"entry-{len(self._first_line) + 1}")
            span = Span(node.span.start, node.span.start)
            hint = "give every entry an `id:`, the key you cite it with"
            self._diagnostics.warning(f"no id; called `{key}` here", span, hint)
        else:
            key, span = str(values["id"]), Span(*place)
        first = self._first_line.get(key)
        if first is None:
            self._first_line[key] = self._source.location(span.start).line
        else:
            self._diagnostics.error(
                f"the id `{key}` stands twice; the first is in line {first}",
                span,
                "give one of them another id",
            )
        return key
