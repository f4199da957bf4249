"""Trees of an entry as YAML text that YAML 1.1 and 1.2 read alike.

Source: hayagriva's description of its file format, "Data types"; YAML 1.2.2, 10.3.2
(tag resolution), which takes more plain texts for numbers than YAML 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import yaml

from lupusrefs.formats.hayagriva.paths import Tree, decoded, member
from lupusrefs.formats.hayagriva.persons import short_person

Value: TypeAlias = "str | bool | list[Value] | dict[str, Value]"

# The order in which the fields of an entry are written.
_ORDER: Final = (
    *("type", "title", "author", "editor", "affiliated", "date", "page-range"),
    *("volume", "issue", "volume-total", "chapter", "edition", "page-total"),
    *("runtime", "publisher", "organization", "location", "genre", "url"),
    *("serial-number", "language", "archive", "archive-location", "call-number"),
    *("note", "annote", "abstract"),
)
_PLACE: Final = {name: place for place, name in enumerate(_ORDER)}
_PARENT: Final = "parent"
_NAMES: Final = frozenset(("author", "editor"))
# Fields where a plain number is one, and means the same as its text.
_NUMBERS: Final = frozenset(
    (
        "chapter",
        "edition",
        "issue",
        "page-range",
        "page-total",
        "volume",
        "volume-total",
    )
)
_WHOLE_NUMBER: Final = re.compile("0|[1-9][0-9]{0,8}")
_PLAIN_DATE: Final = re.compile("[1-9][0-9]{3}(?:-[0-9]{2}){0,2}|-?[1-9][0-9]{4,8}")
_LIKE_NUMBER: Final = re.compile(
    r"[-+]?(?:0[xob][0-9a-f_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?"
    r"|\.[0-9_]+(?:e[-+]?[0-9]+)?|\.inf|\.nan)",
    re.IGNORECASE,
)
_LINE_WIDTH: Final = 88
_TEXT_TAG: Final = "tag:yaml.org,2002:str"


class _Plain(str):
    """A text that is written without quotes: a number, or a date."""

    __slots__ = ()


_Dumper: Final[type[yaml.SafeDumper]] = type(
    "_Dumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {}
)


def _plain(dumper: yaml.SafeDumper, text: _Plain) -> yaml.ScalarNode:
    # The tag that the plain text resolves to, so that it needs no quotes.
    # The stubs leave `resolve` untyped.
    tag: str = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, str(text))


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if _LIKE_NUMBER.fullmatch(text) else None
    return dumper.represent_scalar(_TEXT_TAG, text, style)


_Dumper.add_representer(_Plain, _plain)
_Dumper.add_representer(str, _text)


def write_yaml(entries: Mapping[str, Tree]) -> str:
    """The text of a file with these entries."""
    data = {key: _entry(tree) for key, tree in entries.items()}
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_LINE_WIDTH,
    )
    return text


def _entry(tree: Tree) -> dict[str, Value]:
    """An entry or a parent, its fields in the usual order."""
    fields: dict[str, Value] = {}
    parents: list[Value] = []
    for name, part in _grouped(tree):
        if name == _PARENT:
            parents += [_entry(one) for one in part if isinstance(one, dict)]
        elif name == "affiliated" and isinstance(part[0], dict):
            fields[name] = [
                {"role": role, "names": _one_or_many(map(_person, persons))}
                for role, persons in _grouped(part[0])
            ]
        elif name in _NAMES:
            fields[name] = _one_or_many(map(_person, part))
        else:
            fields[name] = _one_or_many(_value(name, one) for one in part)
    in_order = sorted(fields, key=lambda name: _PLACE.get(name, len(_PLACE)))
    entry = {name: fields[name] for name in in_order}
    if parents:
        entry[_PARENT] = _one_or_many(parents)
    return entry


def _grouped(tree: Tree) -> list[tuple[str, list[Tree | str]]]:
    """Each name with its value, or with the members of its list in their order."""
    groups: dict[str, list[tuple[int, Tree | str]]] = {}
    for part, value in tree.items():
        found = member(part)
        name, number = found or (part.partition("(")[0], 0)
        groups.setdefault(decoded(name), []).append((number, value))
    return [
        (name, [value for _, value in sorted(group, key=lambda one: one[0])])
        for name, group in groups.items()
    ]


def _one_or_many(values: Iterable[Value]) -> Value:
    found = list(values)
    return found[0] if len(found) == 1 else found


def _person(person: Tree | str) -> Value:
    if isinstance(person, str):
        return person
    parts = {name: text for name, text in person.items() if isinstance(text, str)}
    return short_person(parts) or {**parts}


def _value(name: str, value: Tree | str) -> Value:
    """A value as short as it can be: a string with a short form needs its parts."""
    if isinstance(value, str):
        return _scalar(name, value)
    parts: dict[str, Value] = {
        part: _one_or_many(_value(part, one) for one in found)
        for part, found in _grouped(value)
    }
    match parts:
        case {"value": only} if len(parts) == 1:
            return only
        case {"name": only} if len(parts) == 1 and name == "publisher":
            return only
        case {"serial": only} if len(parts) == 1 and name == "serial-number":
            return only
        case _:
            return parts


def _scalar(name: str, text: str) -> Value:
    if name in _NUMBERS and _WHOLE_NUMBER.fullmatch(text):
        return _Plain(text)
    if name == "date" and _PLAIN_DATE.fullmatch(text):
        return _Plain(text)
    if name == "verbatim" and text in {"true", "false"}:
        return text == "true"
    return text
