"""Clean references in every dialect: nothing has to be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from accuracy.case import Case, Dialect, cite
from accuracy.dialects import DIALECTS
from accuracy.rates import Rate
from accuracy.records import Recorded, is_even
from accuracy.subject import findings
from lupusrefs.findings import Finding, Severity

AS_IS: Final = "as registered"
THREE: Final = "three at random"
_TRIPLES: Final = 3  # for each record


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding of at least a warning on a clean reference."""

    dialect: str
    doi: str
    rule: str
    severity: str
    message: str
    cited: str
    registered: str


@dataclass(slots=True)
class Tally:
    """What is said of the references of one dialect and half."""

    references: int = 0
    warned: int = 0
    errors: int = 0
    infos: int = 0

    def add(self, found: Iterable[Finding]) -> None:
        """Count one reference."""
        severities = Counter(one.severity for one in found)
        self.references += 1
        self.warned += bool(severities[Severity.WARNING] + severities[Severity.ERROR])
        self.errors += bool(severities[Severity.ERROR])
        self.infos += severities[Severity.INFO]

    def merge(self, other: Tally) -> None:
        """Add the counts of the other one."""
        self.references += other.references
        self.warned += other.warned
        self.errors += other.errors
        self.infos += other.infos

    @property
    def alarms(self) -> Rate:
        """References with a warning or an error."""
        return Rate(self.warned, self.references)


@dataclass(slots=True)
class Clean:
    """The result: tallies by (group, dialect, half), and every false alarm."""

    tallies: dict[tuple[str, str, bool], Tally] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    info_rules: Counter[str] = field(default_factory=Counter)

    def add(self, group: str, name: str, case: Case) -> None:
        """Compare one reference, and count it."""
        found = findings(case)
        key = (group, name, is_even(case.work.id))
        self.tallies.setdefault(key, Tally()).add(found)
        for one in found:
            if one.severity is Severity.INFO:
                self.info_rules[one.rule.id] += 1
            else:
                self.alarms.append(_alarm(name, case, one))

    def merge(self, other: Clean) -> None:
        """Add the other's counts."""
        for key, tally in other.tallies.items():
            self.tallies.setdefault(key, Tally()).merge(tally)
        self.alarms += other.alarms
        self.info_rules += other.info_rules

    def total(
        self,
        *,
        group: str | None = None,
        name: str | None = None,
        even: bool | None = None,
    ) -> Tally:
        """The sum of the tallies that fit."""
        total = Tally()
        for (one_group, one_name, one_even), tally in self.tallies.items():
            fits = group in (None, one_group) and name in (None, one_name)
            if fits and even in (None, one_even):
                total.merge(tally)
        return total


def _alarm(name: str, case: Case, found: Finding) -> Alarm:
    return Alarm(
        dialect=name,
        doi=case.work.id,
        rule=found.rule.id,
        severity=str(found.severity),
        message=found.message,
        cited=found.cited or "",
        registered=found.registered or "",
    )


def measure(records: Iterable[Recorded]) -> Clean:
    """Every dialect on every record, then three at random."""
    result = Clean()
    for record in records:
        case = Case(cite(record.work), record.work)
        result.add(AS_IS, AS_IS, case)
        for dialect in DIALECTS:
            changed = dialect.apply(case, Random(f"{record.doi} {dialect.name}"))
            if changed is not None:
                result.add(dialect.group, dialect.name, changed)
        for changed in mixed(case, record):
            result.add(THREE, THREE, changed)
    return result


def mixed(case: Case, record: Recorded) -> Iterator[Case]:
    """Three dialects of three groups, one after the other."""
    for turn in range(_TRIPLES):
        random = Random(f"{record.doi} {record.source} {turn}")
        chosen: dict[str, Dialect] = {}
        while len(chosen) < len(("one", "two", "three")):
            dialect = random.choice(DIALECTS)
            chosen.setdefault(dialect.group, dialect)
        changed = case
        for dialect in chosen.values():
            changed = dialect.apply(changed, random) or changed
        if changed != case:
            yield changed
