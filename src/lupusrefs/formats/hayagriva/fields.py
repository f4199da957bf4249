"""The fields of one entry while it is read: what was taken, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from lupusrefs.formats.hayagriva.paths import coded
from lupusrefs.formats.hayagriva.strings import Formatted, read_string
from lupusrefs.formats.text import Diagnostics, SourceText
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence, kind
from lupusrefs.model.location import Location
from lupusrefs.model.variables import field_name


class Fields:
    """The members of a mapping, taken one by one.

    Args:
        node: the mapping.
        path: of the mapping in its entry; empty for the entry itself.
    """

    def __init__(self, node: Mapping, path: str) -> None:
        self.node = node
        self._path = path
        self._members = {
            key.text: (key, value)
            for key, value in node
            if not (isinstance(value, Scalar) and value.value is None)
        }

    def take(self, name: str) -> Node | None:
        """The value of a member, which then counts as read."""
        _, value = self._members.pop(name, (None, None))
        return value

    def has(self, name: str) -> bool:
        """Whether the member is there and was not taken yet."""
        return name in self._members

    def path(self, name: str) -> str:
        """The path of a member."""
        return f"{self._path}.{coded(name)}" if self._path else coded(name)

    def left(self) -> Iterator[tuple[str, Scalar, Node]]:
        """Path, key and value of the members that nobody took."""
        for name, (key, value) in self._members.items():
            yield self.path(name), key, value


class Findings:
    """What is known of one entry so far: CSL variables, places, and the rest.

    Attributes:
        values: field of a reference -> its value.
        places: CSL variable -> the place of its value.
        rest: path and node of what no variable holds.
        titles: CSL variable -> the string as written, where CSL cannot say it all.
    """

    def __init__(self, source: SourceText, diagnostics: Diagnostics) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self.values: dict[str, object] = {}
        self.places: dict[str, Location] = {}
        self.rest: list[tuple[str, Node]] = []
        self.titles: dict[str, str] = {}

    def has(self, variable: str) -> bool:
        """Whether the variable has a value."""
        return field_name(variable) in self.values

    def put(self, variable: str, value: object, node: Node) -> None:
        """A value of a variable, and where it stands."""
        self.values[field_name(variable)] = value
        span = node.span
        self.places[variable] = self._source.location(span.start, span.end)

    def wrong(self, path: str, message: str, node: Node, hint: str = "") -> None:
        """Something was lost."""
        text = f"`{path[:60]}`: {message}"
        self._diagnostics.error(text, node.span, hint or None)

    def odd(self, path: str, message: str, node: Node, hint: str = "") -> None:
        """Something looks wrong, but was read."""
        text = f"`{path[:60]}`: {message}"
        self._diagnostics.warning(text, node.span, hint or None)

    def text(self, fields: Fields, name: str, variable: str) -> None:
        """A field that is plain text; one too many is left."""
        if not fields.has(name) or self.has(variable):
            return
        if (node := fields.take(name)) is not None:
            self.text_at(fields.path(name), node, variable)

    def text_at(self, path: str, node: Node, variable: str) -> None:
        """A value that is plain text."""
        if isinstance(node, Scalar):
            self.put(variable, node.text, node)
        else:
            self.not_text(path, node)

    def not_text(self, path: str, node: Node) -> None:
        """Say that a value should have been a text."""
        hint = "a text with ': ' in it needs quotes around it"
        self.wrong(path, f"must be text, not {kind(node)}", node, hint)

    def string(
        self, fields: Fields, name: str, variable: str, short: str | None = None
    ) -> None:
        """A formattable string; one too many is left."""
        if not fields.has(name) or self.has(variable):
            return
        if (node := fields.take(name)) is not None:
            self.string_at(fields.path(name), node, variable, short)

    def string_at(
        self, path: str, node: Node, variable: str, short: str | None = None
    ) -> None:
        """A formattable string: a text, or a mapping with it and a short form."""
        if isinstance(node, Scalar):
            self._formatted(variable, path, node, read_string(node.text))
        elif isinstance(node, Mapping):
            self._string_of_parts(Fields(node, path), path, variable, short)
        elif isinstance(node, Sequence):
            self.not_text(path, node)

    def _string_of_parts(
        self, parts: Fields, path: str, variable: str, short: str | None
    ) -> None:
        value = parts.take("value")
        verbatim = parts.take("verbatim")
        protect = isinstance(verbatim, Scalar) and verbatim.text == "true"
        if isinstance(value, Scalar):
            formatted = read_string(value.text, verbatim=protect)
            self._formatted(variable, path, value, formatted)
        else:
            hint = "write the text itself below it, as `value:`"
            self.wrong(path, "a string needs a `value`", parts.node, hint)
        if short is not None and not self.has(short):
            brief = parts.take("short")
            if isinstance(brief, Scalar):
                formatted = read_string(brief.text, verbatim=protect)
                self._formatted(short, path, brief, formatted)
        self.leave(parts)

    def _formatted(
        self, variable: str, path: str, node: Scalar, read: Formatted
    ) -> None:
        self.put(variable, read.text, node)
        if read.has_math:
            self.titles[variable] = node.text
        if read.stray is not None:
            hint = r"hayagriva refuses the file; write `\}` for a brace of the text"
            self.odd(path, "a closing brace that nothing opened", node, hint)

    def leave(self, fields: Fields) -> None:
        """Keep what nobody took."""
        self.rest += [(path, value) for path, _, value in fields.left()]
