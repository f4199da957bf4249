"""CSL-JSON as plain data -> references: for millions of them, that each cost little.

A file of one list is read with the place of every value
(:mod:`lupusrefs.formats.csl_json`); a line of JSON Lines is its own place. What is
usual is taken as it is; all else is read by the very functions of that reader, so that
a value means the same here and there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from lupusrefs.formats import tree
from lupusrefs.formats.csl_values import (
    ValueProblem,
    read_custom,
    read_date,
    read_list,
    read_names,
    read_text,
    read_type,
)
from lupusrefs.formats.json_tree import parse_json
from lupusrefs.formats.text import Diagnostics, decode
from lupusrefs.model.dates import Date, date_from_csl, parse_edtf
from lupusrefs.model.location import Diagnostic, Location, Span
from lupusrefs.model.names import NAME_PARTS, Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import (
    DATES,
    MEMBERS,
    NAMES,
    VARIABLES,
    field_name,
)

Value: TypeAlias = object
_Kind: TypeAlias = Literal["text", "names", "date", "list", "custom", "type"]

_KINDS: Final[Mapping[str, _Kind]] = {
    **dict.fromkeys(NAMES, "names"),
    **dict.fromkeys(DATES, "date"),
    "categories": "list",
    "custom": "custom",
    "type": "type",
}
# Member of an item -> variable, field of a reference, how it is read.
_MEMBERS: Final[Mapping[str, tuple[str, str, _Kind]]] = {
    name: (variable, field_, _KINDS.get(variable, "text"))
    for name, (variable, field_) in MEMBERS.items()
}
_READERS: Final[Mapping[_Kind, Callable[[tree.Node], object]]] = {
    "text": read_text,
    "names": read_names,
    "date": read_date,
    "list": read_list,
    "custom": read_custom,
}
_NOWHERE: Final = Span(0, 0)
_TEXT_PARTS: Final = {
    part: attribute
    for part, attribute in NAME_PARTS.items()
    if attribute not in {"comma_suffix", "static_ordering"}
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it stands in its file.

    Attributes:
        number: of its line or row, from 1.
        data: its members.
    """

    number: int
    data: Mapping[str, object]


class OnePlace(Mapping[str, Location]):
    """The variables of a reference, all at the place of the reference.

    Args:
        location: the place.
        fields: the fields that the reference has.
    """

    __slots__ = ("_fields", "_location")

    def __init__(self, location: Location, fields: Mapping[str, object]) -> None:
        self._location = location
        self._fields = fields

    def __getitem__(self, variable: str) -> Location:
        if field_name(variable) in self._fields:
            return self._location
        raise KeyError(variable)

    def __iter__(self) -> Iterator[str]:
        return (one for one in VARIABLES if field_name(one) in self._fields)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(slots=True)
class ItemReader:
    """Reads items of one file.

    Attributes:
        file: the file, for places.
        problems: what could not be read.
    """

    file: str
    problems: list[Diagnostic] = field(default_factory=list)

    def entry(self, number: int, line: bytes) -> Entry | None:
        """One line of JSON Lines; None where it cannot be read.

        Args:
            number: of the line.
            line: what it has, not only blanks.
        """
        import msgspec  # noqa: PLC0415 - an extra

        data: object
        try:
            data = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            # It may be one that the exact reader can read, such as half a character;
            # and that knows best what is wrong with it.
            data = self._exactly(number, line)
            if data is None:
                return None
        if not isinstance(data, dict):
            what = tree.kind(_node(data))
            self._complain(number, f"a reference must be an object, not {what}")
            return None
        return Entry(number, data)

    def _exactly(self, number: int, line: bytes) -> object:
        source = decode(line, self.file)
        found = Diagnostics(source)
        nodes = parse_json(source, found)
        problems = [one for one in found.collected() if one.is_error]
        for one in problems:
            place = Location(self.file, number, one.location.column)
            self.problems.append(Diagnostic(one.message, place, one.hint))
        if problems or len(nodes) != 1:
            return None
        return tree.plain(nodes[0])

    def reference(self, entry: Entry) -> Reference:
        """The reference of an item."""
        location = Location(self.file, entry.number, 1)
        values: dict[str, object] = {}
        for name, value in entry.data.items():
            member = _MEMBERS.get(name)
            if member is None or value is None:
                continue
            variable, field_, kind = member
            read = self._value(variable, kind, value, location)
            if read is not None and field_ not in values:
                values[field_] = read
        places = OnePlace(location, dict(values))
        values.setdefault("id", str(entry.number))
        values["location"] = location
        values["places"] = places
        return Reference.model_validate(values)

    def _value(
        self, variable: str, kind: _Kind, value: object, location: Location
    ) -> object:
        match kind:
            case "text":
                if type(value) is str:
                    return value
                if type(value) is int:
                    return str(value)
            case "type":
                return self._type(value, location)
            case "names" if type(value) is list:
                if (names := _usual_names(value)) is not None:
                    return names
            case "date":
                if (date := _usual_date(value)) is not None:
                    return date
            case _:
                pass
        try:
            return _READERS[kind](_node(value))
        except ValueProblem as problem:
            message = f"`{variable}`: {problem}"
            self.problems.append(Diagnostic(message, location, problem.hint))
            return None

    def _type(self, value: object, location: Location) -> str | None:
        text = value if isinstance(value, str) else json.dumps(value)[:60]
        try:
            return read_type(text, _NOWHERE)
        except ValueProblem as problem:
            self.problems.append(Diagnostic(str(problem), location, problem.hint))
            return None

    def _complain(self, number: int, message: str) -> None:
        hint = 'a line is one item: {"id": "...", "title": "...", ...}'
        place = Location(self.file, number, 1)
        self.problems.append(Diagnostic(message, place, hint))


def text_of(data: Mapping[str, object], variable: str) -> str | None:
    """A variable of an item whose values are text.

    Raises:
        ValueProblem: the value is none that a text variable takes.
    """
    value = data.get(variable)
    if value is None or type(value) is str:
        return value
    return read_text(_node(value))


def _usual_names(value: Sequence[object]) -> tuple[Name, ...] | None:
    """Names of texts only; None where a closer look is needed."""
    names: list[Name] = []
    for one in value:
        if type(one) is not dict:
            return None
        parts: dict[str, str] = {}
        for part, text in one.items():
            attribute = _TEXT_PARTS.get(part)
            if attribute is None or type(text) is not str:
                return None
            if text:
                parts[attribute] = text
        if parts:
            names.append(
                Name(
                    family=parts.get("family"),
                    given=parts.get("given"),
                    dropping_particle=parts.get("dropping_particle"),
                    non_dropping_particle=parts.get("non_dropping_particle"),
                    suffix=parts.get("suffix"),
                    literal=parts.get("literal"),
                )
            )
    return tuple(names)


def _usual_date(value: object) -> Date | None:
    """A date of numbers, or text; None where a closer look is needed."""
    if type(value) is str:
        return parse_edtf(value) or Date(literal=value)
    if type(value) is not dict or value.keys() != {"date-parts"}:
        return None
    try:
        return date_from_csl(value)
    except ValueError:
        return None


def _node(value: object) -> tree.Node:
    """Plain data as a tree, for the readers of values.

    Raises:
        TypeError: it is no JSON.
    """
    match value:
        case None:
            return tree.Scalar("null", None, _NOWHERE)
        case bool():
            return tree.Scalar(json.dumps(value), value, _NOWHERE)
        case str():
            return tree.Scalar(value, value, _NOWHERE)
        case int() | float():
            return tree.Scalar(json.dumps(value), value, _NOWHERE)
        case list() | tuple():
            return tree.Sequence(tuple(map(_node, value)), _NOWHERE)
        case dict():
            entries = tuple(
                (tree.Scalar(str(key), str(key), _NOWHERE), _node(one))
                for key, one in value.items()
            )
            return tree.Mapping(entries, _NOWHERE)
        case _:
            raise TypeError(f"{type(value).__name__} is no JSON")
