"""What a planted mistake is, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case
from accuracy.pool import Pool
from lupusrefs.findings import RULES, Finding, Group, Severity


class Skip(Enum):
    """A mistake that is none: the record has this value as well."""

    REGISTERED = "registered"


Plant: TypeAlias = Callable[[Case, Random, Pool], Case | Skip | None]


@dataclass(frozen=True, slots=True)
class Corruption:
    """One mistake.

    Attributes:
        name: in the tables.
        group: what it is about; the row of comparison.md 7.3.
        rules: ids of the rules one of which has to appear.
        fields: CSL variables one of which the finding has to name.
        plant: makes the mistake; None where it cannot be made.
        severity: the least severity that counts as found.
        bar: the least share that has to be found; None where there is no bar.
        together: the name under which several share their bar.
    """

    name: str
    group: str
    rules: frozenset[str]
    fields: frozenset[str | None]
    plant: Plant
    severity: Severity = Severity.WARNING
    bar: float | None = None
    together: str = ""

    def is_found(self, finding: Finding) -> bool:
        """Whether this finding is the one, however bad it is said to be."""
        return finding.rule.id in self.rules

    def is_right(self, finding: Finding) -> bool:
        """Whether it is, is bad enough, and names the field."""
        return (
            self.is_found(finding)
            and finding.severity.is_at_least(self.severity)
            and finding.field in self.fields
        )


def rules_of(*groups: Group) -> frozenset[str]:
    """The ids of all rules of some groups."""
    return frozenset(id_ for id_, rule in RULES.items() if rule.group in groups)


TITLE: Final = rules_of(Group.TITLE)
AUTHOR: Final = rules_of(Group.AUTHOR)
YEAR: Final = rules_of(Group.YEAR)
CONTAINER: Final = rules_of(Group.CONTAINER)
DOI: Final = rules_of(Group.DOI)
