"""What a check came to, in numbers: what was found, and what was looked at at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lupusrefs.findings import Finding, Severity
from lupusrefs.model.outcome import Status, status_of
from lupusrefs.reports.checked import Checked

# The title was not, or neither the people nor the year were (comparison.md, P9).
TOO_LITTLE: Final = "too-little-to-compare"
# The CSL-JSON of content negotiation has no room for notices: whom it comes from has
# said nothing of a retraction (comparison.md, U17).
_SILENT: Final = frozenset(("doi.org",))


def reason_not_compared(checked: Checked) -> str | None:
    """Why a reference was not compared: a status, or that there was too little."""
    if checked.comparison is not None and checked.comparison.is_verified:
        return None
    status = status_of(checked.outcome)
    return TOO_LITTLE if status is Status.RESOLVED else status


@dataclass(slots=True)
class Tally:
    """Counts of a run; grows with each reference that is added.

    Attributes:
        references: how many there were.
        sound: how many of them were compared and nothing was found.
        compared: how many were compared.
        not_compared: reason -> how many were not.
        severities: severity -> findings.
        rules: rule id -> findings.
        safe: findings that have a safe fix.
        proposed: findings with a fix to be looked at first.
        ignored: source -> findings that do not count.
        works: how many works were checked for retractions and corrections.
        oldest: the day of the oldest answer that did so.
        newest: the day of the newest.
        answered_by: who said so -> works.
    """

    references: int = 0
    sound: int = 0
    compared: int = 0
    not_compared: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    safe: int = 0
    proposed: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    works: int = 0
    oldest: date | None = None
    newest: date | None = None
    answered_by: Counter[str] = field(default_factory=Counter)

    def counting(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """The same references, counted as they pass by."""
        for one in checked:
            self.add(one)
            yield one

    def add(self, checked: Checked) -> None:
        """Count one reference."""
        self.references += 1
        reason = reason_not_compared(checked)
        if reason is None:
            self.compared += 1
            self.sound += not checked.findings
        else:
            self.not_compared[reason] += 1
        self.add_findings(checked.findings)
        self.ignored.update(one.source for one in checked.ignored)
        if checked.comparison is not None:
            said = checked.comparison.work.provenance
            if said.answered_by not in _SILENT:
                self._add_work(said.answered_by, said.fetched.date())

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Count findings."""
        for found in findings:
            self.severities[found.severity] += 1
            self.rules[found.rule.id] += 1
            if found.fix is not None:
                self.safe += found.fix.safe
                self.proposed += not found.fix.safe

    def _add_work(self, answered_by: str, day: date) -> None:
        self.works += 1
        self.answered_by[answered_by] += 1
        self.oldest = min(self.oldest or day, day)
        self.newest = max(self.newest or day, day)
