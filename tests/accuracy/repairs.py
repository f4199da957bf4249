"""Fixes: made, and compared again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from accuracy.case import Case, cite
from accuracy.dialects import DIALECTS
from accuracy.planted import CORRUPTIONS
from accuracy.pool import Pool
from accuracy.rates import Rate
from accuracy.records import Recorded
from accuracy.subject import findings
from lupusrefs.findings import Finding, Fix, Group, Severity
from lupusrefs.model.reference import Reference
from lupusrefs.model.variables import field_name


@dataclass(frozen=True, slots=True)
class WrongFix:
    """A fix after which the finding is still there, or another one is."""

    case: str
    doi: str
    safe: bool
    rule: str
    why: str


@dataclass(slots=True)
class Repairs:
    """The result: fixes made, and those that were wrong, safe ones apart.

    Not checked are those that put in a DOI whose record is not here.
    """

    made: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    wrong: list[WrongFix] = field(default_factory=list)
    unchecked: int = 0

    def rate(self, *, safe: bool) -> Rate:
        """Wrong ones among those made."""
        wrong = sum(one.safe is safe for one in self.wrong)
        return Rate(wrong, self.made[safe])

    def merge(self, other: Repairs) -> None:
        """Add the other's counts."""
        for safe, made in other.made.items():
            self.made[safe] += made
        self.wrong += other.wrong
        self.unchecked += other.unchecked


def apply(fix: Fix, reference: Reference) -> Reference:
    """The reference with all changes of a fix, read back as a file would give it."""
    fields: dict[str, object] = {}
    for change in fix.changes:
        name = field_name(change.variable)
        default = Reference.model_fields[name].default
        fields[name] = default if change.value is None else change.value
    return Reference.model_validate({**_given(reference), **fields})


def _given(reference: Reference) -> dict[str, object]:
    names = reference.model_fields_set - {"places", "location", "origin"}
    return {name: getattr(reference, name) for name in names}


def measure(records: Iterable[Recorded], pool: Pool) -> Repairs:
    """Every fix that is offered on damaged and on clean references."""
    result = Repairs()
    for record in records:
        case = Case(cite(record.work), record.work)
        for name, changed in _cases(case, record, pool):
            before = findings(changed)
            for found in before:
                if found.fix is not None:
                    _try(result, _Trial(name, changed, before, found, found.fix), pool)
    return result


def _cases(case: Case, record: Recorded, pool: Pool) -> Iterator[tuple[str, Case]]:
    yield "as registered", case
    for dialect in DIALECTS:
        if dialect.group in {"absence", "identifier", "numbers"}:
            changed = dialect.apply(case, Random(f"{record.doi} {dialect.name}"))
            if changed:
                yield dialect.name, changed
    for corruption in CORRUPTIONS:
        random = Random(f"{record.doi} {record.source} {corruption.name}")
        planted = corruption.plant(case, random, pool)
        if isinstance(planted, Case):
            yield corruption.name, planted


@dataclass(frozen=True, slots=True)
class _Trial:
    """One fix of one finding on one reference."""

    name: str
    case: Case
    before: tuple[Finding, ...]
    found: Finding
    fix: Fix

    def why_wrong(self, after: Sequence[Finding]) -> str:
        """What is still or newly said; "" if the fix is right."""
        if any(_key(one) == _key(self.found) for one in after):
            return "the finding is still there"
        known = set(map(_key, self.before))
        for one in after:
            # Of a work that is known only now its status may well be told. Of a
            # proposal a person judges; but a new warning shows that it is a bad one.
            told = one.rule.group is Group.STATUS and one.severity is Severity.INFO
            counts = self.fix.safe or one.severity is not Severity.INFO
            if counts and not told and _key(one) not in known:
                return f"now {one.rule.id}: {one.message}"
        return ""


def _key(found: Finding) -> tuple[str, str | None]:
    return found.rule.id, found.field


def _try(result: Repairs, trial: _Trial, pool: Pool) -> None:
    fixed = apply(trial.fix, trial.case.reference)
    work = pool.by_doi(fixed.doi) if fixed.doi else trial.case.work
    if work is None:
        result.unchecked += 1
        return
    if work.id.lower() == trial.case.work.id.lower():
        work = trial.case.work  # as damaged, or from the same registry
    result.made[trial.fix.safe] += 1
    if why := trial.why_wrong(findings(Case(fixed, work))):
        doi, rule = trial.case.work.id, trial.found.rule.id
        result.wrong.append(WrongFix(trial.name, doi, trial.fix.safe, rule, why))
