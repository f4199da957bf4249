"""Who made an entry: authors, editors, and the persons affiliated with it.

Source: hayagriva's description of its file format, "List of persons with role".
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from typing import Final

from lupusrefs.formats.hayagriva.fields import Fields, Findings
from lupusrefs.formats.hayagriva.paths import coded
from lupusrefs.formats.hayagriva.persons import PARTS, read_parts, read_person
from lupusrefs.formats.tree import Mapping, Node, Scalar, Sequence, kind
from lupusrefs.model.names import Name

#: Roles that CSL has a variable for; the others stay the file's own.
ROLES: Final = {
    "cast-member": "performer",
    "collaborator": "contributor",
    "compiler": "compiler",
    "composer": "composer",
    "director": "director",
    "executive-producer": "executive-producer",
    "founder": "series-creator",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "producer": "producer",
    "translator": "translator",
    "writer": "script-writer",
}
#: Roles at a conference or an exhibition.
EVENT_ROLES: Final = {"director": "chair", "organizer": "curator"}
_HUMP: Final = re.compile("(?<=[a-z])(?=[A-Z])")


def read_names(findings: Findings, fields: Fields, name: str, variable: str) -> None:
    """The persons of a field, unless the variable has a value already."""
    if findings.has(variable):
        return
    path, node = fields.path(name), fields.take(name)
    if node is not None:
        _put(findings, variable, node, _persons(findings, path, node, 0))


def read_affiliated(
    findings: Findings, fields: Fields, roles: MappingType[str, str]
) -> None:
    """The persons with a role.

    Args:
        findings: get the names.
        fields: of the entry or a parent.
        roles: role -> CSL variable.
    """
    path, node = fields.path("affiliated"), fields.take("affiliated")
    if node is None:
        return
    groups: dict[str, list[Node]] = {}
    for item in _each(node):
        role = item.get("role") if isinstance(item, Mapping) else None
        names = item.get("names") if isinstance(item, Mapping) else None
        if not isinstance(role, Scalar) or names is None:
            hint = "write `- role: translator` and `names:` below it"
            findings.wrong(path, "a group of persons needs role and names", item, hint)
            continue
        word = _HUMP.sub("-", role.text.strip()).lower()
        groups.setdefault(word, []).extend(_each(names))
    for role_name, persons in groups.items():
        variable = roles.get(role_name)
        group = f"{path}.{coded(role_name)}"
        if variable is None or findings.has(variable):
            findings.rest += [
                (f"{group}[{number}]", person)
                for number, person in enumerate(persons, 1)
            ]
            continue
        found: list[Name] = []
        for person in persons:
            found += _persons(findings, group, person, len(found))
        _put(findings, variable, persons[0] if persons else node, found)


def _each(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def _put(findings: Findings, variable: str, node: Node, names: list[Name]) -> None:
    if names:
        findings.put(variable, tuple(names), node)


def _persons(findings: Findings, path: str, node: Node, before: int) -> list[Name]:
    """The persons of a list, or the only one; ``before`` others stand before them."""
    names: list[Name] = []
    for item in _each(node):
        place = f"{path}[{before + len(names) + 1}]"
        match item:
            case Scalar(value=None):
                continue
            case Scalar(text) if not text.strip():
                continue
            case Scalar(text):
                names.append(_of_text(findings, path, item, text))
            case Mapping():
                if (name := _of_parts(findings, place, item)) is not None:
                    names.append(name)
            case _:
                hint = "write `Family, Given`, one person a line after `- `"
                findings.wrong(path, f"a person cannot be {kind(item)}", item, hint)
    return names


def _of_text(findings: Findings, path: str, node: Node, text: str) -> Name:
    name = read_person(text)
    if name is None:
        hint = (
            "one person a line after `- `: `Family, Given` or `Family, Given, Suffix`"
        )
        findings.odd(path, "too many commas for one person", node, hint)
        return Name(literal=text)
    return name


def _of_parts(findings: Findings, path: str, node: Mapping) -> Name | None:
    fields = Fields(node, path)
    parts: dict[str, str] = {}
    for part in PARTS[:-1]:
        value = fields.take(part)
        if isinstance(value, Scalar):
            parts[part] = value.text
        elif value is not None:
            findings.not_text(fields.path(part), value)
    name = read_parts(parts)
    if name is None:
        hint = "write `name:` and `given-name:`"
        findings.wrong(path, "a person needs a name", node, hint)
    findings.leave(fields)
    return name
