"""Planted mistakes: which are found, and whether the finding names the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from accuracy.case import Case, cite
from accuracy.planted import CORRUPTIONS
from accuracy.planted.corruption import Corruption, Skip
from accuracy.pool import Pool
from accuracy.rates import Rate
from accuracy.records import Recorded, is_even
from accuracy.subject import findings
from lupusrefs.findings import Finding


@dataclass(frozen=True, slots=True)
class Miss:
    """A mistake of which nothing fitting was said."""

    name: str
    doi: str
    cited: str
    registered: str
    said: str


@dataclass(slots=True)
class Recall:
    """The counts of one corruption in one half.

    Attributes:
        planted: how often it was made.
        found: with the rule, the severity and the field that are expected.
        told: with the rule at any severity.
        skipped: mistakes that give another registered value.
    """

    planted: int = 0
    found: int = 0
    told: int = 0
    skipped: int = 0

    def merge(self, other: Recall) -> None:
        """Add the counts of the other one."""
        self.planted += other.planted
        self.found += other.found
        self.told += other.told
        self.skipped += other.skipped

    @property
    def rate(self) -> Rate:
        """Found as expected."""
        return Rate(self.found, self.planted)


@dataclass(slots=True)
class Mistakes:
    """The result: counts by (corruption, half), and what was missed."""

    recalls: dict[tuple[str, bool], Recall] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, one: Corruption, even: bool, case: Case | Skip) -> None:
        """Compare one reference with a mistake in it."""
        recall = self.recalls.setdefault((one.name, even), Recall())
        if isinstance(case, Skip):
            recall.skipped += 1
            return
        found = findings(case)
        recall.planted += 1
        recall.told += any(map(one.is_found, found))
        if any(map(one.is_right, found)):
            recall.found += 1
        else:
            self.misses.append(_miss(one, case, found))

    def merge(self, other: Mistakes) -> None:
        """Add the other's counts."""
        for key, recall in other.recalls.items():
            self.recalls.setdefault(key, Recall()).merge(recall)
        self.misses += other.misses

    def total(self, name: str, *, even: bool | None = None) -> Recall:
        """The counts of one corruption."""
        total = Recall()
        for (one, one_even), recall in self.recalls.items():
            if one == name and even in (None, one_even):
                total.merge(recall)
        return total

    def bars(self) -> dict[str, tuple[float, Rate]]:
        """What has a bar -> the bar, and the rate at which it is found."""
        bars: dict[str, tuple[float, Rate]] = {}
        for one in CORRUPTIONS:
            if one.bar is not None:
                name = one.together or one.name
                _, before = bars.get(name, (one.bar, Rate(0, 0)))
                bars[name] = one.bar, before + self.total(one.name).rate
        return bars


def _miss(one: Corruption, case: Case, found: Iterable[Finding]) -> Miss:
    said = ", ".join(f"{f.rule.id} ({f.severity}, {f.field})" for f in found)
    return Miss(
        name=one.name,
        doi=case.work.id,
        cited=shown_fields(case, one.fields, cited=True),
        registered=shown_fields(case, one.fields, cited=False),
        said=said or "nothing",
    )


def shown_fields(case: Case, fields: Iterable[str | None], *, cited: bool) -> str:
    """The values of some CSL variables on one side."""
    item = case.reference if cited else case.work
    csl = item.to_csl()
    names = [name for name in sorted(filter(None, fields)) if name in csl]
    if "DOI" in names:
        names.insert(0, "title")
    if names == ["author"]:
        return "; ".join(str(name) for name in item.author)
    if names == ["issued"]:
        dates = {str(item.issued)}
        if not cited:
            dates |= {f"{entry.kind} {entry.date}" for entry in case.work.dates}
        return ", ".join(sorted(dates))
    return " | ".join(str(csl.get(name, "")) for name in names)


def measure(records: Iterable[Recorded], pool: Pool) -> Mistakes:
    """Every corruption on every record."""
    result = Mistakes()
    for record in records:
        case = Case(cite(record.work), record.work)
        for corruption in CORRUPTIONS:
            random = Random(f"{record.doi} {record.source} {corruption.name}")
            planted = corruption.plant(case, random, pool)
            if planted is not None:
                result.add(corruption, is_even(record.doi), planted)
    return result
