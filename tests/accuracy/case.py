"""A reference beside the work it cites, and what can be done to either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final, TypeAlias

from accuracy.records import shown
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work

# What a citer copies; the rest of a record nobody writes into a bibliography.
_COPIED: Final = ("volume", "issue", "page", "edition", "publisher", "publisher_place")


@dataclass(frozen=True, slots=True)
class Case:
    """A reference, and the work as it is registered."""

    reference: Reference
    work: Work


Step: TypeAlias = Callable[[Case, Random], Case | None]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One harmless way to write, or to register, a reference.

    Attributes:
        name: in the tables.
        group: the row of comparison.md 7.2.
        apply: the case in this dialect, or None where it makes no difference.
    """

    name: str
    group: str
    apply: Step


def cite(work: Work) -> Reference:
    """The reference that a careful citer makes of a clean record."""
    fields: dict[str, object] = {
        name: shown(value) for name in _COPIED if (value := getattr(work, name))
    }
    if work.container_title:
        fields["container_title"] = shown(work.container_title)
    if work.article_number and not work.page:
        fields["page"] = work.article_number
    year = work.issued.year if work.issued else None
    return Reference.model_validate(
        {
            **fields,
            "id": "cited",
            "type": work.type,
            "author": tuple(map(person, work.author)),
            "title": shown(work.title or ""),
            "issued": Date(PartialDate(year)) if year else None,
            "doi": work.id,
        }
    )


def person(name: Name) -> Name:
    """A registered name as a reader sees it."""
    return replace(respelt(name, shown), suffix=shown(name.suffix or "") or None)


def respelt(name: Name, change: Callable[[str], str]) -> Name:
    """The name with its parts written another way."""
    return replace(
        name,
        family=change(name.family) if name.family else None,
        given=change(name.given) if name.given else None,
        literal=change(name.literal) if name.literal else None,
    )


def cited(case: Case, **fields: object) -> Case | None:
    """The case with other cited fields; None where nothing changes."""
    if _has(case.reference, fields):
        return None
    return Case(case.reference.model_copy(update=fields), case.work)


def registered(case: Case, **fields: object) -> Case | None:
    """The case with other registered fields; None where nothing changes."""
    if _has(case.work, fields):
        return None
    return Case(case.reference, case.work.model_copy(update=fields))


def _has(item: Item, fields: dict[str, object]) -> bool:
    return all(getattr(item, name) == value for name, value in fields.items())


def dialects(group: str, steps: dict[str, Step]) -> tuple[Dialect, ...]:
    """The dialects of one group."""
    return tuple(Dialect(name, group, step) for name, step in steps.items())


def cited_text(field: str, change: Callable[[str], str | None]) -> Step:
    """A step that writes one cited string another way."""

    def step(case: Case, _: Random) -> Case | None:
        before = getattr(case.reference, field)
        after = change(before) if before else None
        return cited(case, **{field: after}) if after else None

    return step


def registered_text(field: str, change: Callable[[str], str | None]) -> Step:
    """A step that registers one string another way, in every place it stands."""
    lists = {"title": "titles", "container_title": "container_titles"}

    def step(case: Case, _: Random) -> Case | None:
        before = getattr(case.work, field)
        after = change(before) if before else None
        if not after or after == before:
            return None
        fields: dict[str, object] = {field: after}
        if field in lists:
            rest = getattr(case.work, lists[field])
            fields[lists[field]] = tuple(after if t == before else t for t in rest)
        return registered(case, **fields)

    return step


def cited_people(change: Callable[[tuple[Name, ...]], tuple[Name, ...] | None]) -> Step:
    """A step that writes the list of authors another way."""

    def step(case: Case, _: Random) -> Case | None:
        after = change(case.reference.author)
        return cited(case, author=after) if after else None

    return step


def registered_people(
    change: Callable[[tuple[Name, ...]], tuple[Name, ...] | None],
) -> Step:
    """A step that registers the list of authors another way."""

    def step(case: Case, _: Random) -> Case | None:
        before = case.work.author
        after = change(before)
        if after is None:
            return None
        # Crossref's `sequence` goes with the person: behind another one, "first"
        # contradicts the place, and nobody is marked as the first any more (B57).
        moved = bool(before) and before[0] in after[1:]
        lead = case.work.has_lead and not moved
        return registered(case, author=after, has_lead=lead)

    return step


def each(
    change: Callable[[Name], Name],
) -> Callable[[tuple[Name, ...]], tuple[Name, ...]]:
    """A change of every person; groups stay as they are."""

    def people(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(change(name) if name.family else name for name in names)

    return people
