"""The people of a reference beside those of a work (comparison.md 2.2, 3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.creators import Creators
from lupusrefs.compare.name_forms import family_key
from lupusrefs.compare.name_match import Degree
from lupusrefs.compare.people_findings import (
    PeopleFindings,
    listed,
    normal_form,
    placeholder,
)
from lupusrefs.compare.people_judgement import Difference, Judgement, judge_names
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.text import fold
from lupusrefs.findings import Finding
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.work import Work

__all__ = ["Sides", "compare_people", "family_key", "first_author_state", "sides_of"]

Names: TypeAlias = tuple[Name, ...]

_CITED: Final = ("author", "editor", "translator")
# Who stands in a record for its authors, or beside them (B59).
_ROLES: Final = ("author", "editor", "translator", "chair")
_GRADES: Final = {
    Difference.NOBODY: Grade.WHOLE,
    Difference.FIRST: Grade.WHOLE,
    Difference.FAMILY: Grade.PART,
    Difference.MISSING: Grade.PART,
    Difference.ADDED: Grade.PART,
    Difference.GIVEN: Grade.SLIGHT,
    Difference.GIVEN_WORD: Grade.SLIGHT,
}
# What is equal as written, or absent, has no other form.
_TOLD: Final = frozenset((State.EQUIVALENT, State.DIFFERENT, State.NOT_COMPARABLE))
_WORST_FIRST: Final = (Grade.WHOLE, Grade.PART, Grade.SLIGHT)
_HARMLESS: Final = frozenset(
    (Difference.ORDER, Difference.ONLY_FIRST, Difference.FEWER)
)
_LETTERS: Final = re.compile("[a-z]+")


@dataclass
class Sides:
    """What is compared with what.

    The first author is asked for as well as all of them: both look at the same lists.

    Attributes:
        field: the cited variable.
        names: the cited list.
        role: the registered variable.
        registered: the registered list.
        container: the journal in one word, which is no author.
        literal_state: what the lists come to as they are written; None where that is
            not plain.
    """

    field: str
    names: Names
    role: str
    registered: Names
    container: str
    literal_state: State | None = dataclass_field(init=False, default=None)

    def __post_init__(self) -> None:
        if not self.names:
            self.literal_state = State.ABSENT_CITED
        elif not self.registered:
            self.literal_state = State.ABSENT_REGISTERED
        elif self.names == self.registered:
            self.literal_state = State.EQUAL

    @cached_property
    def judgement(self) -> Judgement:
        """The two lists side by side."""
        return judge_names(self.names, self.registered, self.container)


def compare_people(
    reference: Item, work: Work, sides: Sides | None = None
) -> FieldComparison:
    """Compare the cited people with the registered ones.

    The cited authors, else the cited editors or translators, beside the registered
    authors; where these are others, beside those who edited or translated (B59).

    Args:
        reference: what is cited.
        work: what is registered.
        sides: ``sides_of`` the two, where more is asked of them.
    """
    sides = sides or sides_of(reference, work)
    state = sides.literal_state
    if state is not None:
        return _compared(sides, state)
    judgement = sides.judgement
    cited, registered = judgement.cited, judgement.registered
    if cited.nobodies and (registered.people or registered.groups):
        return _with_placeholders(reference, work, sides, judgement)
    if not (cited.people and registered.people):
        return _without_people(sides, cited, registered)
    other = _in_another_role(sides, work, judgement)
    if other is not None:
        return other
    return _judged(sides, judgement, _findings(reference, work, sides, judgement))


def first_author_state(
    reference: Item, work: Work, sides: Sides | None = None
) -> State:
    """What became of the first author alone.

    Another initial, a misspelt name and another place in the list are the same
    author still.

    Args:
        reference: what is cited.
        work: what is registered.
        sides: ``sides_of`` the two, where more is asked of them.
    """
    sides = sides or sides_of(reference, work)
    state = sides.literal_state
    if state is not None:
        return state
    judgement = sides.judgement
    nobodies = judgement.cited.nobodies
    if not judgement.is_comparable or (nobodies and nobodies[0].name == sides.names[0]):
        return State.NOT_COMPARABLE
    other = _in_another_role(sides, work, judgement)
    if other is not None:
        return other.state
    return _first_state(judgement)


def _first_state(judgement: Judgement) -> State:
    if _is_bad(judgement):
        return State.DIFFERENT
    first = next(iter(judgement.alignment.pairs), None)
    if first is None or first.cited or first.match.degree <= Degree.UNKNOWN:
        return State.NOT_COMPARABLE
    is_equal = first.registered == 0 and first.match.degree is Degree.EQUAL
    return State.EQUAL if is_equal else State.EQUIVALENT


def sides_of(reference: Item, work: Work) -> Sides:
    """Who of a reference is compared with whom of a work."""
    field, names = _first_filled(reference, _CITED)
    role, registered = _first_filled(work, (field, *_ROLES))
    container = _joined(work.container_title or "")
    return Sides(field, names, role, registered, container)


def _first_filled(item: Item, fields: tuple[str, ...]) -> tuple[str, Names]:
    """The first of the variables that names anybody; the authors if none does."""
    for field in fields:
        names: Names = getattr(item, field)
        if names:
            return field, names
    return "author", ()


@lru_cache(maxsize=512)
def _joined(container: str) -> str:
    return "".join(_LETTERS.findall(fold(container)))


def _compared(
    sides: Sides,
    state: State,
    *reasons: str,
    grade: Grade = Grade.NONE,
    findings: tuple[Finding, ...] = (),
) -> FieldComparison:
    return FieldComparison(
        field="author",
        state=state,
        grade=grade,
        cited=listed(sides.names),
        registered=listed(sides.registered),
        cited_form=normal_form(sides.names) if state in _TOLD else "",
        registered_form=normal_form(sides.registered) if state in _TOLD else "",
        reason=", ".join(reasons) or None,
        findings=findings,
    )


def _without_people(
    sides: Sides, cited: Creators, registered: Creators
) -> FieldComparison:
    """One side has groups only, or nobody who can be compared."""
    if not cited.groups and not cited.people:
        return _compared(sides, State.ABSENT_CITED)
    if not registered.groups and not registered.people:
        return _compared(sides, State.ABSENT_REGISTERED)
    if cited.group_keys & registered.group_keys:
        return _compared(sides, State.EQUIVALENT)
    return _compared(sides, State.NOT_COMPARABLE, "group author not compared")


def _with_placeholders(
    reference: Item, work: Work, sides: Sides, judgement: Judgement
) -> FieldComparison:
    cited, registered = judgement.cited, judgement.registered
    path = record_path(work, sides.role)
    instead = listed([form.name for form in registered.people + registered.groups])
    field = sides.field
    found = [placeholder(reference, field, cited.nobodies, path, instead)]
    if judgement.is_comparable:
        found += _findings(reference, work, sides, judgement)
    findings = tuple(found)
    return _compared(sides, State.DIFFERENT, grade=Grade.PART, findings=findings)


def _is_bad(judgement: Judgement) -> bool:
    found = judgement.differences
    return bool(found) and (Difference.NOBODY in found or Difference.FIRST in found)


def _in_another_role(
    sides: Sides, work: Work, judgement: Judgement
) -> FieldComparison | None:
    """The cited people as those who edited or translated the work (B59)."""
    is_own = sides.role == sides.field
    if not _is_bad(judgement) if is_own else _is_whole(judgement):
        return None
    for role in _ROLES:
        names: Names = getattr(work, role)
        if role != sides.role and names:
            other = replace(sides, role=role, registered=names)
            if other.judgement.agreeing > judgement.agreeing and _is_whole(
                other.judgement
            ):
                return _compared(other, State.EQUIVALENT, f"matched as {role}s")
    if is_own:
        return None
    # Nobody says who is in the role that is cited.
    reason = f"{sides.field}s cited, {sides.role}s registered"
    state = State.ABSENT_REGISTERED if sides.field == "author" else State.NOT_COMPARABLE
    return _compared(sides, state, reason)


def _is_whole(judgement: Judgement) -> bool:
    return judgement.is_comparable and judgement.differences.keys() <= _HARMLESS


def _judged(
    sides: Sides, judgement: Judgement, findings: tuple[Finding, ...]
) -> FieldComparison:
    grades = {_GRADES.get(difference) for difference in judgement.differences}
    grade = next((grade for grade in _WORST_FIRST if grade in grades), Grade.NONE)
    reasons = list(judgement.reasons)
    if not judgement.is_comparable:
        return _compared(sides, State.NOT_COMPARABLE, *reasons)
    if sides.role != sides.field:
        reasons.append(f"matched as {sides.role}s")
    if grade is not Grade.NONE:
        return _compared(sides, State.DIFFERENT, grade=grade, findings=findings)
    cited, registered = judgement.cited.groups, judgement.registered.groups
    if registered and not cited:
        reasons.append("group author omitted")
    if Difference.ONLY_FIRST in judgement.differences:
        reasons.append("only the first author cited")
    state = State.EQUIVALENT
    return _compared(sides, state, *reasons, findings=findings)


def _findings(
    reference: Item, work: Work, sides: Sides, judgement: Judgement
) -> tuple[Finding, ...]:
    path = record_path(work, sides.role)
    has_lead = work.has_lead and sides.role == "author"
    found = PeopleFindings(
        reference, sides.field, sides.names, path, judgement, has_lead=has_lead
    )
    return tuple(found.all())
