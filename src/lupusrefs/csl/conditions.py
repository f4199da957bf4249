"""``cs:if`` and its kin: what is tested (CSL 1.0.2 specification, "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from lupusrefs.csl.numbers import is_numeric
from lupusrefs.csl.rendering import Condition, Position, Rendering
from lupusrefs.csl.xml import Element

if TYPE_CHECKING:
    from lupusrefs.csl.environment import Environment

_POSITIONS: Final = {
    "first": lambda p: p is Position.FIRST,
    "subsequent": lambda p: p is not Position.FIRST,
    "ibid": lambda p: p in {Position.IBID, Position.IBID_WITH_LOCATOR},
    "ibid-with-locator": lambda p: p is Position.IBID_WITH_LOCATOR,
}


def compile_condition(element: Element, environment: Environment) -> Condition:
    """The test of ``cs:if`` or ``cs:else-if``."""
    match = element.get("match", "all")
    tests: list[Condition] = []
    for attribute, make in _TESTS.items():
        values = element.get(attribute).split()
        if attribute == "type" and len(values) > 1 and match != "all":
            # Most conditions are lists of types: one look does for all of them.
            tests.append(_one_of_types(frozenset(values)))
            continue
        for value in values:
            tests.append(make(value, environment))  # noqa: PERF401 - two loops
    return _combined(tests, match)


def _one_of_types(names: frozenset[str]) -> Condition:
    return lambda rendering: rendering.item.type in names


def _combined(tests: Sequence[Condition], match: str) -> Condition:
    """One test of several; "all" of none holds, as in the specification's default."""
    if len(tests) == 1 and match != "none":
        return tests[0]
    # What decides: of "all" the first that fails, of the others the first that holds.
    decides, result = (False, False) if match == "all" else (True, match == "any")

    def test(rendering: Rendering) -> bool:
        for one in tests:
            if one(rendering) is decides:
                return result
        return not result

    return test


def _disambiguate(value: str, environment: Environment) -> Condition:
    environment.has_disambiguate = True
    if value == "false":
        return lambda rendering: not rendering.more.condition
    return lambda rendering: rendering.more.condition


def _is_numeric(variable: str, _environment: Environment) -> Condition:
    def test(rendering: Rendering) -> bool:
        return is_numeric(text_of(variable, rendering))

    return test


def _is_uncertain(variable: str, _environment: Environment) -> Condition:
    def test(rendering: Rendering) -> bool:
        date = rendering.dates.get(variable)
        return date is not None and date.circa

    return test


def _locator(label: str, _environment: Environment) -> Condition:
    wanted = "sub-verbo" if label == "sub verbo" else label

    def test(rendering: Rendering) -> bool:
        cite = rendering.cite
        if cite is None or not cite.locator:
            return False
        own = cite.label or "page"
        return (own.replace(" ", "-")) == wanted

    return test


def _position(name: str, environment: Environment) -> Condition:
    environment.has_position = True
    if name == "near-note":
        return lambda rendering: rendering.cite is not None and rendering.cite.near_note
    if name == "far-note":
        return lambda rendering: (
            rendering.cite is not None
            and (
                rendering.position is not Position.FIRST
                and not rendering.cite.near_note
            )
        )
    holds = _POSITIONS.get(name)
    if holds is None:
        return lambda _rendering: False

    def test(rendering: Rendering) -> bool:
        return not rendering.in_bibliography and holds(rendering.position)

    return test


def _type(name: str, _environment: Environment) -> Condition:
    return lambda rendering: rendering.item.type == name


def _variable(name: str, _environment: Environment) -> Condition:
    if name == "locator":
        return lambda rendering: (
            rendering.cite is not None and bool(rendering.cite.locator)
        )
    if name == "first-reference-note-number":
        return lambda rendering: (
            rendering.cite is not None and bool(rendering.cite.first_note)
        )
    if name == "citation-number":
        return lambda rendering: bool(rendering.citation_number)
    if name == "year-suffix":
        return lambda rendering: rendering.more.suffix is not None
    if name == "page-first":
        name = "page"

    def test(rendering: Rendering) -> bool:
        return (
            name in rendering.fields
            or name in rendering.names
            or name in rendering.dates
        )

    return test


_TESTS: Final[dict[str, Callable[[str, Environment], Condition]]] = {
    "disambiguate": _disambiguate,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain,
    "locator": _locator,
    "position": _position,
    "type": _type,
    "variable": _variable,
}


def text_of(variable: str, rendering: Rendering) -> str:
    """The text of a variable, of the item or of the cite; empty for none."""
    if variable == "locator":
        return rendering.cite.locator if rendering.cite is not None else ""
    if variable == "citation-number":
        return str(rendering.citation_number) if rendering.citation_number else ""
    if variable == "first-reference-note-number":
        note = rendering.cite.first_note if rendering.cite is not None else 0
        return str(note) if note else ""
    if variable == "page-first":
        page = rendering.fields.get("page-first") or rendering.fields.get("page", "")
        return first_page(page)
    return rendering.fields.get(variable, "")


def first_page(pages: str) -> str:
    """The first page of a page field."""
    for index, char in enumerate(pages):
        if char in "-–—,;& " and index:
            return pages[:index]
    return pages
