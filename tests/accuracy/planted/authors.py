"""Mistakes in the list of authors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case, cited
from accuracy.planted.corruption import AUTHOR, Corruption, Plant, Skip
from accuracy.pool import Pool, letters
from lupusrefs.findings import Severity
from lupusrefs.model.names import Name

People: TypeAlias = tuple[Name, ...]
Change: TypeAlias = Callable[[People, Random, Pool], People | Skip | None]

_ENOUGH: Final = 3  # comparison.md, author-missing and author-added: others align
_MANY: Final = 5
_LONG: Final = 5  # words of a person's name
_PLACEHOLDERS: Final = (
    Name(family="Author", given="A."),
    Name(family="Last", given="First"),
    Name(literal="Unknown"),
)


def _planted(change: Change) -> Plant:
    def plant(case: Case, random: Random, pool: Pool) -> Case | Skip | None:
        people = case.reference.author
        if not all(map(_is_person, people)):
            return None
        after = change(people, random, pool)
        return cited(case, author=after) if isinstance(after, tuple) else after

    return plant


def _is_person(name: Name) -> bool:
    """Whether it is a person with a Latin name, not a group or letters in its place."""
    family = letters(name.family or "")
    is_latin = len(family) > 1 and max(family) < "\u0250"
    return is_latin and "." not in str(name.family) and len(str(name).split()) <= _LONG


def _first_replaced(people: People, random: Random, pool: Pool) -> People:
    return (pool.person(random, people), *people[1:])


def _initial(people: People, random: Random, _: Pool) -> People | None:
    """The first author's initial, as in the seed: "D" for "Andreas"."""
    given = people[0].given or ""
    if not given[:1].isalpha():
        return None
    own = {word[0].upper() for word in re.findall(r"\w+", given)}
    other = random.choice([c for c in "ABCDEFGHJKLMNPRSTW" if c not in own])
    return (replace(people[0], given=f"{other}."), *people[1:])


def _later_initial(people: People, random: Random, pool: Pool) -> People | None:
    if len(people) < 2:
        return None
    at = random.randrange(1, len(people))
    changed = _initial(people[at:], random, pool)
    return (*people[:at], *changed) if changed else None


def _neighbour(people: People, random: Random, _: Pool) -> People | Skip | None:
    """A family name copied from the line above or below."""
    if len(people) < 2:
        return None
    at = random.randrange(len(people))
    other = people[at - 1 if at else 1]
    if letters(other.family or "") == letters(people[at].family or ""):
        return Skip.REGISTERED
    changed = replace(people[at], family=other.family)
    return (*people[:at], changed, *people[at + 1 :])


def _removed(people: People, random: Random, _: Pool) -> People | None:
    if len(people) < _ENOUGH:
        return None
    at = random.randrange(1, len(people) - 1)
    return (*people[:at], *people[at + 1 :])


def _added(people: People, random: Random, pool: Pool) -> People | None:
    if len(people) < _ENOUGH:
        return None
    at = random.randrange(1, len(people))
    return (*people[:at], pool.person(random, people), *people[at:])


def _all_replaced(people: People, random: Random, pool: Pool) -> People | None:
    if len(people) < 2:
        return None
    others: list[Name] = []
    for _ in people[:_MANY]:
        others.append(pool.person(random, (*people, *others)))
    return tuple(others)


def _placeholder(people: People, random: Random, _: Pool) -> People:
    return (random.choice(_PLACEHOLDERS), *people[1:])


def _exchanged(people: People, _: Random, __: Pool) -> People | Skip | None:
    if len(people) < 2:
        return None
    first, second, *rest = people
    if letters(first.family or "") == letters(second.family or ""):
        return Skip.REGISTERED
    return (second, first, *rest)


def _two_of_many(people: People, _: Random, __: Pool) -> People | None:
    return people[:2] if len(people) > _MANY else None


_FIELD: Final = frozenset({"author"})
_CHANGES: Final[dict[str, tuple[Change, float | None]]] = {
    "first author replaced": (_first_replaced, 0.99),
    "initial of the first author": (_initial, 0.99),
    "initial of a later author": (_later_initial, 0.99),
    "family name of a neighbour": (_neighbour, 0.99),
    "author in the middle missing": (_removed, 0.99),
    "author added": (_added, 0.99),
    "all authors replaced": (_all_replaced, 0.99),
    "placeholder for the first author": (_placeholder, 0.99),
    "two of many authors": (_two_of_many, None),
}
CORRUPTIONS: Final = (
    *(
        Corruption(name, "author", AUTHOR, _FIELD, _planted(change), bar=bar)
        for name, (change, bar) in _CHANGES.items()
    ),
    Corruption(
        "first two authors exchanged",
        "author",
        AUTHOR,
        _FIELD,
        _planted(_exchanged),
        severity=Severity.INFO,
        bar=0.99,
    ),
)
