"""What will be found once what is found now is mended.

Of one thing that is wrong twice, such as two names of a list, a check tells the worse:
the other comes to light when that is mended. ``fix`` mends both at once, so that a
second run has nothing to propose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from lupusrefs.findings import Change, Finding
from lupusrefs.fixer import Repair, wanted_repairs
from lupusrefs.formats.mend.values import changed, needed
from lupusrefs.model.reference import Reference

Found: TypeAlias = tuple[Reference, Sequence[Finding]]
Look: TypeAlias = Callable[[Sequence[Reference]], Iterable[Sequence[Finding]]]

# Each round mends more of a reference; who is not done by then never will be.
_ROUNDS: Final = 5


def foreseen(
    found: Iterable[Found],
    look: Look,
    *,
    unsafe: bool = False,
    only: Collection[str] = (),
) -> list[Found]:
    """The findings, and those that show when what ``fix`` mends is mended.

    Args:
        found: each reference with its findings.
        look: gives the findings of references as they would be then.
        unsafe: as of ``fixer.plan``.
        only: as of ``fixer.plan``.
    """
    cases = [_Case(one, list(findings)) for one, findings in found]
    waiting = [one for one in cases if one.is_mended(unsafe=unsafe, only=only)]
    for _ in range(_ROUNDS):
        if not waiting:
            break
        looks = zip(waiting, look([one.after for one in waiting]), strict=True)
        more = [one for one, findings in looks if one.take(findings, unsafe, only)]
        waiting = [one for one in more if one.is_mended(unsafe=unsafe, only=only)]
    return [(one.reference, one.findings) for one in cases]


class _Case:
    """A reference, its findings, and how it would be without them.

    Attributes:
        reference: as it stands in the file.
        findings: so far.
        after: the reference once they are mended.
    """

    def __init__(self, reference: Reference, findings: list[Finding]) -> None:
        self.reference = reference
        self.findings = findings
        self.after = reference
        self._repairs: list[Repair] = []
        # What lost against another change, or was tried, does not come again.
        self._tried: set[Change] = set(_changes(findings))

    def is_mended(self, *, unsafe: bool, only: Collection[str]) -> bool:
        """Whether anything is, and how the reference would then be."""
        self._repairs = wanted_repairs(
            self.reference, self.findings, unsafe=unsafe, only=only
        )
        changes = [change for one in self._repairs for change in one.changes]
        self.after = changed(self.reference, changes)
        return bool(changes)

    def take(
        self, findings: Sequence[Finding], unsafe: bool, only: Collection[str]
    ) -> bool:
        """Add what is new; gives whether anything is."""
        new = [
            one
            for one in findings
            if one.fix is not None
            and (one.fix.safe or unsafe)
            and (not only or one.rule.id in only)
            and needed(self.after, one.fix.changes)
            and not self._tried.issuperset(one.fix.changes)
        ]
        if not new:
            return False
        # A new value was made from the values that earlier findings want.
        values = {change.variable: change for change in _changes(new)}
        mended = {id(one) for repair in self._repairs for one in repair.findings}
        self.findings = [
            _with_values(one, values) if id(one) in mended else one
            for one in self.findings
        ]
        self.findings += new
        self._tried.update(values.values())
        return True


def _changes(findings: Iterable[Finding]) -> Iterable[Change]:
    return [change for one in findings if one.fix for change in one.fix.changes]


def _with_values(finding: Finding, values: dict[str, Change]) -> Finding:
    if finding.fix is None:
        return finding
    changes = tuple(values.get(one.variable, one) for one in finding.fix.changes)
    return replace(finding, fix=replace(finding.fix, changes=changes))
