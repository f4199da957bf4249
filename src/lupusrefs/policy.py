"""What a project makes of findings: severities, and those it has decided to live with.

A policy never hides that something was found: what is ignored is counted and stays in
the reports, with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Final

from lupusrefs.findings import RULES, Finding, Severity
from lupusrefs.model.location import Location


class Level(StrEnum):
    """A severity that a rule is set to, or ``off``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class FailOn(StrEnum):
    """From which severity on findings make the run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity makes the run fail."""
        return self is not FailOn.NEVER and severity.is_at_least(Severity(self))


class Profile(StrEnum):
    """A ready-made set of severities.

    ``strict``: for a manuscript before submission; what is incomplete counts, too.
    ``lenient``: for a library that was never tidy; only what leads a reader astray.
    """

    STRICT = "strict"
    DEFAULT = "default"
    LENIENT = "lenient"


_STRICT: Final = dict.fromkeys(
    (
        "corrected",
        "doi-alias",
        "doi-missing",
        "doi-missing-but-registered",
        "field-missing",
        "issue-mismatch",
        "last-page-mismatch",
        "preprint-now-published",
        "title-truncated-wrongly",
        "url-instead-of-doi",
    ),
    Level.WARNING,
)
_LENIENT: Final = dict.fromkeys(
    (
        "ahead-of-print-now-in-issue",
        "article-number-mismatch",
        "author-given-mismatch",
        "author-missing",
        "container-is-offshoot",
        "duplicate-reference",
        "isbn-invalid",
        "issn-invalid",
        "landing-page-gone",
        "page-mismatch",
        "title-letter-changed",
        "title-word-changed",
        "volume-mismatch",
    ),
    Level.INFO,
)
PROFILES: Final[Mapping[Profile, Mapping[str, Level]]] = MappingProxyType(
    {Profile.STRICT: _STRICT, Profile.DEFAULT: {}, Profile.LENIENT: _LENIENT}
)
# What nobody may wave through with a wildcard: it must be named.
NAMED_ONLY: Final = frozenset(
    ("retracted", "retracted-and-replaced", "withdrawn", "partially-retracted")
)
# What says that nothing is known fails nothing, however bad it is set: an outage has
# an exit code of its own.
UNKNOWN: Final = "doi-unverifiable"
_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Ignore:
    """A finding that somebody has decided to live with.

    Attributes:
        rule: the id of a rule, or ``*`` for all but the retractions.
        reason: why; never empty.
        key: the citation key, in which ``*`` stands for anything.
        until: the last day on which it counts.
        source: ``config`` or ``entry``.
        location: where it is written.
    """

    rule: str
    reason: str
    key: str = _ANY
    until: date | None = None
    source: str = "config"
    location: Location | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is meant."""
        if self.rule == _ANY:
            by_rule = finding.rule.id not in NAMED_ONLY
        else:
            by_rule = finding.rule.id == self.rule
        return by_rule and self.fits(finding.key)

    def fits(self, key: str) -> bool:
        """Whether the citation key is meant."""
        return self.key == key or fnmatchcase(key, self.key)

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today

    def stale_finding(self, *, is_expired: bool) -> Finding:
        """That it is of no use, as it has expired or ignores nothing."""
        what = f"the ignore of `{self.rule}` for `{self.key}`"
        rule, message, hint = "ignore-unused", f"{what} ignores nothing", "remove it"
        if is_expired:
            rule, message = "ignore-expired", f"{what} has expired on {self.until}"
            hint = "remove it, or give it another day"
        known = RULES[rule]
        return Finding(
            rule=known,
            key=self.key,
            field=None,
            message=message,
            severity=known.severity,
            location=self.location,
            hint=hint,
        )


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that does not count.

    Attributes:
        finding: what was found.
        reason: why it does not count.
        source: who says so: ``config``, ``entry``, ``baseline`` or ``lock``.
    """

    finding: Finding
    reason: str
    source: str


@dataclass(slots=True)
class Policy:
    """The severities and the ignores of a run; remembers which ignores were of use.

    Attributes:
        profile: the set of severities that the others go above.
        severities: rule id -> what it is set to.
        ignores: of the configuration; those of entries come with each reference.
        today: the day of the run in UTC, for what expires and what lies in the future.
    """

    profile: Profile = Profile.DEFAULT
    severities: Mapping[str, Level] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    today: date = date.min
    _used: set[Ignore] = field(default_factory=set)

    def apply(
        self, findings: Iterable[Finding], beside: Iterable[Ignore] = ()
    ) -> tuple[list[Finding], list[Ignored]]:
        """Sort findings into those that count, with their severity, and the others.

        Args:
            findings: of one reference.
            beside: the ignores that stand beside its entry.
        """
        counting: list[Finding] = []
        ignored: list[Ignored] = []
        own = tuple(beside)
        for found in self.graded(findings):
            if ignore := self._ignore_of(found, own):
                ignored.append(Ignored(found, ignore.reason, ignore.source))
            else:
                counting.append(found)
        return counting, ignored

    def graded(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings with their severity; not those of rules that are off."""
        for finding in findings:
            if (found := self._with_severity(finding)) is not None:
                yield found

    def _with_severity(self, finding: Finding) -> Finding | None:
        level = self.severities.get(finding.rule.id)
        if level is None:
            level = PROFILES[self.profile].get(finding.rule.id)
            # A profile knows the usual case; where the evidence was weaker or
            # stronger than usual, the finding has said so itself.
            if finding.severity is not finding.rule.severity:
                level = None
        if level is None:
            return finding
        if level is Level.OFF:
            return None
        return replace(finding, severity=Severity(level))

    def _ignore_of(self, finding: Finding, beside: tuple[Ignore, ...]) -> Ignore | None:
        for ignore in (*beside, *self.ignores):
            if ignore.covers(finding) and not ignore.is_expired(self.today):
                self._used.add(ignore)
                return ignore
        return None

    def spare(self, key: str, beside: Iterable[Ignore] = ()) -> None:
        """Take the ignores of a reference for used that could not be looked at.

        Ignorance is never a verdict: an outage makes no ignore superfluous.

        Args:
            key: of the reference.
            beside: the ignores that stand beside its entry.
        """
        self._used.update(beside)
        self._used.update(one for one in self.ignores if one.fits(key))

    def stale(
        self, beside: Iterable[Ignore] = (), unasked: Collection[str] = ()
    ) -> Iterator[tuple[Ignore, bool]]:
        """The ignores that ignored nothing, each with whether it has expired.

        Args:
            beside: the ignores of entries that were looked at in this run.
            unasked: the ids of rules that nothing in this run could have found.
        """
        for ignore in (*self.ignores, *beside):
            if ignore.is_expired(self.today):
                yield ignore, True
            elif ignore not in self._used and ignore.rule not in unasked:
                yield ignore, False


def known_rule(rule: str) -> bool:
    """Whether there is such a rule, or it stands for all of them."""
    return rule == _ANY or rule in RULES
