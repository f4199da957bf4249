"""How citers and styles write the authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

from accuracy.case import cited_people, dialects, each, respelt
from lupusrefs.model.names import OTHERS, Name

People: TypeAlias = tuple[Name, ...]
Change: TypeAlias = Callable[[People], People | None]

_PARTICLE: Final = re.compile(
    r"(?P<particle>(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|ten|ter|zu)\s+)+)"
    r"(?P<family>\S.*)",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_GROUP: Final = re.compile(
    "group|consorti|collaborat|committee|network|team|society|investigators|initiative",
    re.IGNORECASE,
)
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe"})
# Short forms that people publish under.
_NICKNAMES: Final = {
    "William": "Bill",
    "Robert": "Bob",
    "Richard": "Dick",
    "James": "Jim",
    "Michael": "Mike",
    "Thomas": "Tom",
    "Edward": "Ted",
    "Elizabeth": "Liz",
    "Margaret": "Peggy",
    "Anthony": "Tony",
    "Katherine": "Kate",
}


def initials(given: str, *, stop: str = ".", gap: str = " ", hyphen: str = "-") -> str:
    """Initials: of "Jean-Luc P." with the defaults "J.-L. P."."""
    names = []
    for name in re.split(r"[\s.]+", given.replace("\u2009", " ")):
        parts = [part for part in re.split(r"[-‐]", name) if part]
        names.append(hyphen.join(part[0].upper() + stop for part in parts))
    return gap.join(filter(None, names))


def _with_initials(stop: str, gap: str, hyphen: str) -> Change:
    def change(name: Name) -> Name:
        if not name.given:
            return name
        short = initials(name.given, stop=stop, gap=gap, hyphen=hyphen)
        return replace(name, given=short or name.given)

    return each(change)


def _first_initial(name: Name) -> Name:
    return replace(name, given=name.given[:1] + ".") if name.given else name


def _first_given_only(name: Name) -> Name:
    return replace(name, given=name.given.split()[0]) if name.given else name


def _family_upper(name: Name) -> Name:
    return replace(name, family=(name.family or "").upper())


def _all_upper(name: Name) -> Name:
    return replace(
        _family_upper(name), given=name.given.upper() if name.given else None
    )


def _reading_order(name: Name) -> Name:
    return Name(literal=str(name)) if name.given else name


def _family_first(name: Name) -> Name:
    return Name(literal=f"{name.family}, {name.given}") if name.given else name


def _vancouver_literal(name: Name) -> Name:
    if not name.given:
        return name
    return Name(
        literal=f"{name.family} {initials(name.given, stop='', gap='', hyphen='')}"
    )


def _particle_apart(name: Name) -> Name:
    found = _PARTICLE.fullmatch(name.family or "")
    if not found:
        return name
    particle = found["particle"].strip()
    return replace(name, non_dropping_particle=particle, family=found["family"])


def _particle_to_given(name: Name) -> Name:
    found = _PARTICLE.fullmatch(name.family or "")
    if not (found and name.given):
        return name
    given = f"{name.given} {found['particle'].strip()}"
    return replace(name, given=given, family=found["family"])


def _particle_capital(name: Name) -> Name:
    found = _PARTICLE.fullmatch(name.family or "")
    if not found:
        return name
    return replace(name, family=found["particle"].title() + found["family"])


def _particle_dropped(name: Name) -> Name:
    found = _PARTICLE.fullmatch(name.family or "")
    return replace(name, family=found["family"]) if found else name


def _suffix_in_family(name: Name) -> Name:
    if not _is_suffix(name):
        return name
    return replace(name, family=f"{name.family}, {name.suffix}", suffix=None)


def _suffix_in_given(name: Name) -> Name:
    if not _is_suffix(name):
        return name
    return replace(name, given=f"{name.given or ''}, {name.suffix}", suffix=None)


def _suffix_dropped(name: Name) -> Name:
    return replace(name, suffix=None) if _is_suffix(name) else name


def _is_suffix(name: Name) -> bool:
    return bool(name.suffix and _SUFFIX.fullmatch(name.suffix))


def _german(name: Name) -> Name:
    return respelt(name, _spelt_out)


def _spelt_out(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_GERMAN).replace("ß", "ss")


def _nickname(name: Name) -> Name:
    first, _, rest = (name.given or "").partition(" ")
    short = _NICKNAMES.get(first)
    return replace(name, given=f"{short} {rest}".strip()) if short else name


def _last_of_compound(name: Name) -> Name:
    parts = (name.family or "").split()
    is_double = len(parts) == 2 and all(part[:1].isupper() for part in parts)
    long = is_double and min(map(len, parts)) > 2
    return replace(name, family=parts[-1]) if long else name


def _hyphen_of_compound(name: Name) -> Name:
    return replace(name, family=re.sub(r"(?<=\w)-(?=[A-Z])", " ", name.family or ""))


def _degree(name: Name) -> Name:
    return replace(name, suffix=name.suffix or "PhD")


def _cut(count: int, *ending: Name) -> Change:
    """The first names of a longer list, and how the cut is marked."""

    def change(people: People) -> People | None:
        return (*people[:count], *ending) if len(people) > count else None

    return change


def _with_last(people: People) -> People | None:
    """APA 7: the first nineteen, an ellipsis and the last, from the 21st on."""
    if len(people) <= len("twenty authors......"):
        return None
    return (*people[:19], Name(literal="…"), people[-1])


def _no_groups(people: People) -> People | None:
    persons = tuple(name for name in people if not _is_group(name))
    return persons if persons and persons != people else None


def _on_behalf(people: People) -> People | None:
    return tuple(
        Name(literal=f"on behalf of the {n}") if _is_group(n) else n for n in people
    )


def _is_group(name: Name) -> bool:
    """Not so of persons whom a registry keeps in one string."""
    return bool(name.literal and _GROUP.search(name.literal))


def _group_added(people: People) -> People:
    return (*people, Name(literal="the ABC Study Group"))


_ET_AL: Final = Name(family="al.", given="et")
_ET_AL_LITERAL: Final = Name(literal="et al.")

_CHANGES: Final[dict[str, Change]] = {
    "initials J. L.": _with_initials(".", " ", "-"),
    "initials J.L.": _with_initials(".", "", "-"),
    "initials JL": _with_initials("", "", ""),
    "initials J L": _with_initials("", " ", "-"),
    "first initial only": each(_first_initial),
    "first given name only": each(_first_given_only),
    "no given names": each(lambda name: replace(name, given=None)),
    "family in capitals": each(_family_upper),
    "names in capitals": each(_all_upper),
    "name in one string": each(_reading_order),
    "name in one string, family first": each(_family_first),
    "name in one string, as Smith JL": each(_vancouver_literal),
    "particle apart": each(_particle_apart),
    "particle with given": each(_particle_to_given),
    "particle with capital": each(_particle_capital),
    "particle dropped": each(_particle_dropped),
    "suffix in family": each(_suffix_in_family),
    "suffix in given": each(_suffix_in_given),
    "suffix dropped": each(_suffix_dropped),
    "umlauts as ae oe ue": each(_german),
    "nickname": each(_nickname),
    "second half of a double surname": each(_last_of_compound),
    "double surname without hyphen": each(_hyphen_of_compound),
    "degree as suffix": each(_degree),
    "1 and others": _cut(1, OTHERS),
    "3 and others": _cut(3, OTHERS),
    "6 and others": _cut(6, OTHERS),
    "10 and others": _cut(10, OTHERS),
    "3 et al. as a name": _cut(3, _ET_AL),
    "3 et al. as a group": _cut(3, _ET_AL_LITERAL),
    "first 1, unmarked": _cut(1),
    "first 3, unmarked": _cut(3),
    "first 6, unmarked": _cut(6),
    "first 10, unmarked": _cut(10),
    "first 19, ellipsis, last": _with_last,
    "consortium dropped": _no_groups,
    "consortium on behalf of": _on_behalf,
    "consortium added": _group_added,
}
DIALECTS: Final = dialects(
    "author", {name: cited_people(change) for name, change in _CHANGES.items()}
)
