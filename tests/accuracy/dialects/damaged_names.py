"""Registered names damaged as comparison.md 3.2 has found them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

from accuracy.case import dialects, each, registered_people, respelt
from accuracy.dialects.authors import initials
from accuracy.dialects.character import mojibake
from lupusrefs.model.names import Name

People: TypeAlias = tuple[Name, ...]
Change: TypeAlias = Callable[[People], People | None]

_ENOUGH: Final = 3  # persons that make a change of one of them evident


def _initial_in_family(name: Name) -> Name:
    if not name.given:
        return name
    return replace(name, family=f"{name.given[0]}. {name.family}", given=None)


def _lower(name: Name) -> Name:
    return replace(name, family=(name.family or "").lower())


def _upper(name: Name) -> Name:
    return replace(name, family=(name.family or "").upper())


def _swapped(name: Name) -> Name:
    return replace(name, family=name.given, given=name.family) if name.given else name


def _whole_in_family(name: Name) -> Name:
    whole = f"{name.given or ''} {name.family}".strip()
    return replace(name, family=whole, given=None)


def _whole_in_family_first(name: Name) -> Name:
    whole = f"{name.family} {name.given or ''}".strip()
    return replace(name, family=whole, given=None)


def _junk_suffix(name: Name) -> Name:
    return replace(name, suffix="Reviewer")


def _degree(name: Name) -> Name:
    return replace(name, family=f"{name.family}, Ph.D")


def _title(name: Name) -> Name:
    return replace(name, given=f"Dr. {name.given}") if name.given else name


def _initials(name: Name) -> Name:
    return replace(name, given=initials(name.given) or None) if name.given else name


def _no_given(name: Name) -> Name:
    return replace(name, given=None)


def _mojibake(name: Name) -> Name:
    return respelt(name, mojibake)


def _lost_letters(name: Name) -> Name:
    family = re.sub(r"(?<=\w)[à-öø-ÿ](?=\w)", "\ufffd", name.family or "")
    return replace(name, family=family)


def _no_accents(name: Name) -> Name:
    table = str.maketrans("áàâãåçéèêëíìîïñóòôõúùûýäöü", "aaaaaceeeeiiiinoooouuuyaou")
    return replace(name, family=(name.family or "").translate(table))


def _hair_space(name: Name) -> Name:
    return (
        replace(name, given=name.given.replace(" ", "\u200a")) if name.given else name
    )


def _first_letter_lost(people: People) -> People | None:
    first, *rest = people
    family = first.family or ""
    if len(family) < 5 or not family.isalpha() or not first.given or not rest:
        return None
    return (replace(first, family=family[1:]), *rest)


def _joined(people: People) -> People | None:
    """Two people in one field (B39)."""
    if len(people) < 2 or not all(name.given for name in people[:2]):
        return None
    both = f"{people[0].given} {people[0].family}, {people[1].given} {people[1].family}"
    return (Name(family=both), *people[2:])


def _with(*others: Name, first: bool = False) -> Change:
    def change(people: People) -> People:
        return (*others, *people) if first else (*people, *others)

    return change


def _duplicated(people: People) -> People:
    return (people[0], *people)


def _first_omitted(people: People) -> People | None:
    """The registry begins with the second author; three or more remain (B58)."""
    return people[1:] if len(people) > _ENOUGH else None


def _none(_: People) -> People:
    return ()


def _rotated(people: People) -> People | None:
    """The first author last, as in a record that lost the order (B57)."""
    return (*people[1:], people[0]) if len(people) >= _ENOUGH else None


_CHANGES: Final[dict[str, Change]] = {
    "initial in the family name": each(_initial_in_family),
    "registered family in capitals": each(_upper),
    "registered family in lower case": each(_lower),
    "family and given exchanged": each(_swapped),
    "whole name as family": each(_whole_in_family),
    "whole name as family, family first": each(_whole_in_family_first),
    "two people in one name": _joined,
    "junk as suffix": each(_junk_suffix),
    "degree in the family name": each(_degree),
    "Dr. in the given name": each(_title),
    "registered initials only": each(_initials),
    "registered without given names": each(_no_given),
    "registered names as Latin-1": each(_mojibake),
    "registered letters lost": each(_lost_letters),
    "registered without accents": each(_no_accents),
    "hair space between initials": each(_hair_space),
    "first letter lost": _first_letter_lost,
    "consortium registered beside": _with(Name(literal="ABC Study Group")),
    "consortium registered first": _with(
        Name(literal="The ABC Consortium"), first=True
    ),
    "affiliation as an author": _with(
        Name(literal="Department of Physics, University of Oslo, Norway")
    ),
    "staff as an author": _with(Name(literal="The Journal Staff")),
    "&NA; as an author": _with(Name(family="&NA;")),
    "et al. as an author": _with(Name(family="et al.")),
    "author registered twice": _duplicated,
    "first author not registered": _first_omitted,
    "no authors registered": _none,
    "first author registered last": _rotated,
}
DIALECTS: Final = dialects(
    "registry damage",
    {name: registered_people(change) for name, change in _CHANGES.items()},
)
