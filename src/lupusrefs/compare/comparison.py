"""What comparing one field, or a whole reference, came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lupusrefs.findings import (
    RULES,
    Change,
    Confidence,
    Evidence,
    Finding,
    Fix,
    Severity,
)
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.model.reference import Reference


class State(StrEnum):
    """What became of one field (comparison.md, P3); only ``different`` may warn."""

    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    ABSENT_CITED = "absent-cited"
    ABSENT_REGISTERED = "absent-registered"
    NOT_COMPARABLE = "not-comparable"


_EQUAL, _EQUIVALENT, _DIFFERENT = State.EQUAL, State.EQUIVALENT, State.DIFFERENT
AGREEING: Final = frozenset((State.EQUAL, State.EQUIVALENT))
COMPARED: Final = AGREEING | {State.DIFFERENT}


class Grade(StrEnum):
    """How different a field is, for the decision whether it is the same work at all.

    ``SLIGHT``: a letter of the title, the initial of an author. ``PART``: a word of
    the title, an author behind the first. ``WHOLE``: another title, another first
    author, another journal.
    """

    NONE = "none"
    SLIGHT = "slight"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldComparison:
    """One field of a reference beside the same field of a work.

    Attributes:
        field: the CSL variable, such as ``issued``.
        state: what it came to.
        grade: how much they differ; ``NONE`` unless ``state`` is ``different``.
        cited: the cited value, verbatim; empty where there is none.
        registered: the registered value that was matched, else the preferred one.
        cited_form: the normal form that was compared.
        registered_form: the same of the registered value.
        reason: why they count as equivalent or cannot be compared, in words, such as
            "subtitle omitted"; None where nothing needs saying.
        findings: what is to be reported if it is the same work.
    """

    field: str
    state: State
    grade: Grade = Grade.NONE
    cited: str = ""
    registered: str = ""
    cited_form: str = ""
    registered_form: str = ""
    reason: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both sides say the same."""
        # Not by a set: the hash of an Enum is computed in Python.
        return self.state is _EQUAL or self.state is _EQUIVALENT

    @property
    def differs(self) -> bool:
        """Whether they do not."""
        return self.state is _DIFFERENT


def finding(
    rule: str,
    reference: Item,
    message: str,
    *,
    field: str | None = None,
    cited: str | None = None,
    registered: str | None = None,
    forms: tuple[str, str] | None = None,
    path: str | None = None,
    severity: Severity | None = None,
    confidence: Confidence = Confidence.CERTAIN,
    fix: Fix | None = None,
    hint: str | None = None,
    related: tuple[Location, ...] = (),
) -> Finding:
    """A finding on a reference, at the place where the field stands.

    Args:
        rule: the id of the rule.
        reference: what it is about.
        message: one sentence without a full stop.
        field: the CSL variable.
        cited: verbatim.
        registered: verbatim.
        forms: cited and registered as they were compared.
        path: where the registered value stands in the registry's record.
        severity: where it is not the rule's own. A ``possible`` finding is an info
            unless this says otherwise (comparison.md, P4).
        confidence: how sure it is.
        fix: what would mend it.
        hint: what to do.
        related: other places.
    """
    known = RULES[rule]
    if severity is None:
        possible = confidence is Confidence.POSSIBLE
        severity = Severity.INFO if possible else known.severity
    evidence = Evidence(*forms, path) if forms else Evidence(path=path)
    return Finding(
        rule=known,
        key=reference.id,
        field=field,
        message=message,
        cited=cited,
        registered=registered,
        severity=severity,
        confidence=confidence,
        evidence=evidence if forms or path else None,
        location=place(reference, field),
        fix=fix,
        hint=hint,
        related=related,
    )


def place(reference: Item, field: str | None) -> Location | None:
    """Where a field of a reference stands, else where the reference does."""
    if not isinstance(reference, Reference):
        return None
    if field is not None and (found := reference.places.get(field)):
        return found
    return reference.location


def proposal(*changes: Change) -> Fix:
    """A fix to be looked at before it is made."""
    return Fix(safe=False, changes=changes)


def safe_fix(*changes: Change) -> Fix:
    """A fix that nobody could object to."""
    return Fix(safe=True, changes=changes)
