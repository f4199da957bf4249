"""Rules, and findings by them: what ``check`` reports.

A finding never says that the citation is wrong: it says what is cited, what is
registered, and by which rule the two do not go together (comparison.md, P2).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from lupusrefs.model.dates import Date
from lupusrefs.model.location import Location
from lupusrefs.model.names import Name

DOCS_PAGE: Final = "docs/rules.md"


class Severity(StrEnum):
    """What follows if a finding is true; not how sure it is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _SEVERITIES.index(self)

    def is_at_least(self, other: Severity) -> bool:
        """Whether this is as bad as ``other``, or worse."""
        return self.rank <= other.rank


_SEVERITIES: Final = list(Severity)


class Confidence(StrEnum):
    """How sure a finding is.

    ``certain``: both sides are clean, and the work is the one that is meant.
    ``likely``: one guard could not be checked. ``possible``: one damaged or single
    source; such a finding is at most an info.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Group(StrEnum):
    """What a rule is about; the order is the one of reports and documentation."""

    DOI = "doi"
    STATUS = "status"
    TITLE = "title"
    AUTHOR = "author"
    YEAR = "year"
    NUMBERS = "numbers"
    CONTAINER = "container"
    IDENTIFIERS = "identifiers"
    TYPE = "type"
    MISSING = "missing"
    LIBRARY = "library"
    LOCK = "lock"
    IGNORES = "ignores"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of discrepancy.

    Attributes:
        id: its name in reports, settings and the documentation.
        group: what it is about.
        severity: how bad it is unless the evidence or the policy says otherwise.
        summary: one sentence without a full stop.
    """

    id: str
    group: Group
    severity: Severity
    summary: str

    @property
    def docs(self) -> str:
        """Where the rule is documented, in the repository."""
        return f"{DOCS_PAGE}#{self.id}"


Value: TypeAlias = str | Date | tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One CSL variable of a reference to set, or with None to remove."""

    variable: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a reference.

    Attributes:
        safe: whether nobody could object (comparison.md, section 4: **S**); else it
            is a proposal to be looked at.
        changes: what to set; as one: all of them or none.
    """

    safe: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The two sides as they were compared, and where the registered one stands.

    Attributes:
        cited: the cited value in its normal form.
        registered: the registered value in its normal form.
        path: where in the registry's record it stands, such as
            ``message.issued.date-parts``; None where there is no record.
    """

    cited: str = ""
    registered: str = ""
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One discrepancy.

    Attributes:
        rule: which kind it is.
        key: the citation key of the reference.
        field: the CSL variable it is about; None for the reference as a whole.
        message: what was found, in one sentence without a full stop.
        cited: the cited value, verbatim.
        registered: the registered value, verbatim.
        severity: how bad it is, as the evidence allows.
        confidence: how sure it is.
        evidence: the normal forms that were compared.
        location: where the value, else the reference, stands.
        fix: what would mend it.
        hint: what to do about it, where that is not plain from the message.
        related: other places that belong to it, such as the first of two duplicates.
    """

    rule: Rule
    key: str
    field: str | None
    message: str
    cited: str | None = None
    registered: str | None = None
    severity: Severity
    confidence: Confidence = Confidence.CERTAIN
    evidence: Evidence | None = None
    location: Location | None = None
    fix: Fix | None = None
    hint: str | None = None
    related: tuple[Location, ...] = ()


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# Source of the ids and severities: comparison.md, section 4; those that are ours have
# a word why.
_TABLE: Final[Mapping[Group, tuple[tuple[str, Severity, str], ...]]] = {
    Group.DOI: (
        ("doi-malformed", _E, "the DOI is none in any spelling"),
        ("doi-not-found", _E, "the DOI is not registered anywhere"),
        # One layer above doi-not-found: nobody registers under such a prefix.
        ("doi-prefix-unknown", _E, "no agency registers DOIs under this prefix"),
        ("doi-unverifiable", _I, "no registry could be asked about the DOI"),
        # One layer below "resolved": registered, and nothing to compare with.
        ("doi-without-metadata", _I, "the DOI is registered, but without metadata"),
        ("doi-of-another-work", _E, "the DOI belongs to another work"),
        ("doi-not-canonical", _I, "the DOI is not written in its canonical form"),
        ("doi-alias", _I, "the DOI has been merged into another one"),
        ("doi-is-component", _W, "the DOI is that of a figure, table or supplement"),
        ("doi-is-journal", _E, "the DOI is that of a whole journal or issue"),
        ("doi-is-container", _W, "the DOI is that of the whole book or proceedings"),
        ("doi-is-review", _W, "the DOI is that of a peer review"),
        ("doi-is-notice", _W, "the DOI is that of a correction or retraction notice"),
        ("doi-is-fragment", _W, "the DOI is that of a part such as the abstract"),
        ("landing-page-gone", _W, "the page that the DOI leads to is gone"),
    ),
    Group.STATUS: (
        ("retracted", _E, "the work has been retracted"),
        ("retracted-and-replaced", _E, "the work has been retracted and replaced"),
        ("withdrawn", _E, "the work has been withdrawn"),
        ("partially-retracted", _W, "part of the work has been retracted"),
        ("expression-of-concern", _W, "there is an expression of concern"),
        ("corrected", _I, "a correction of the work has been published"),
        ("reinstated", _I, "the work was retracted, and has been reinstated"),
        ("new-version-exists", _I, "a newer version of the work is registered"),
        ("preprint-cited-as-article", _W, "a preprint is cited as a journal article"),
        ("preprint-now-published", _I, "the preprint has been published since"),
        (
            "ahead-of-print-now-in-issue",
            _W,
            "cited as ahead of print, and no longer so",
        ),
        ("notice-cited-instead-of-work", _I, "a notice is cited, not the work"),
    ),
    Group.TITLE: (
        ("title-word-changed", _W, "a word of the title differs"),
        ("title-number-changed", _W, "a number in the title differs"),
        ("title-letter-changed", _W, "a letter of the title differs"),
        ("title-truncated-wrongly", _I, "the title ends in the middle of a phrase"),
    ),
    Group.AUTHOR: (
        ("first-author-mismatch", _W, "the first author is somebody else"),
        ("author-given-mismatch", _W, "a given name or initial differs"),
        ("author-family-mismatch", _W, "a family name differs"),
        ("author-missing", _W, "an author is missing from the list"),
        ("author-added", _W, "an author is cited who is not registered"),
        ("author-list-fabricated", _E, "none of the cited authors is registered"),
        ("author-placeholder", _W, "an author is a placeholder, not a name"),
        ("author-order-changed", _I, "the authors stand in another order"),
    ),
    Group.YEAR: (
        ("year-mismatch", _W, "the year differs from every registered date"),
        ("year-in-future", _E, "the year lies in the future"),
        ("year-before-volume", _W, "the year does not go with the volume"),
    ),
    Group.NUMBERS: (
        ("volume-mismatch", _W, "the volume differs"),
        ("issue-mismatch", _I, "the issue differs"),
        ("page-mismatch", _W, "the first page differs"),
        ("last-page-mismatch", _I, "the last page differs"),
        ("article-number-mismatch", _W, "the article number differs"),
    ),
    Group.CONTAINER: (
        ("container-mismatch", _W, "the journal or book is another one"),
        ("container-is-offshoot", _W, "the journal is a sister of the registered one"),
        ("container-unrecognised", _I, "the journal name was not recognised"),
        ("publisher-mismatch", _I, "the publisher differs"),
    ),
    Group.IDENTIFIERS: (
        ("isbn-invalid", _W, "the check digit of the ISBN is wrong"),
        ("issn-invalid", _W, "the check digit of the ISSN is wrong"),
        ("isbn-of-another-work", _W, "the ISBN belongs to another book"),
    ),
    Group.TYPE: (("type-mismatch", _I, "the type of the work differs"),),
    Group.MISSING: (
        ("field-missing", _I, "a registered field is not cited"),
        ("url-instead-of-doi", _I, "the DOI stands in the URL only"),
        # The plain fact; doi-missing-but-registered names the DOI.
        ("doi-missing", _I, "the reference has no DOI"),
        ("doi-missing-but-registered", _I, "the work has a DOI that is not cited"),
    ),
    Group.LIBRARY: (
        ("duplicate-key", _E, "two references have the same key"),
        ("duplicate-doi", _W, "two references have the same DOI"),
        ("duplicate-reference", _W, "two references cite the same work"),
        # The two are one work to most readers, and rightly cited both at times.
        ("preprint-and-article", _I, "a preprint and its article are both cited"),
        # Of a manuscript and the libraries that it names.
        ("citation-without-entry", _E, "the text cites a key that no entry has"),
        ("entry-never-cited", _I, "the text cites none of these entries"),
    ),
    Group.LOCK: (
        ("lock-missing", _E, "the reference is not in the lock file"),
        ("lock-differs", _E, "the reference has another DOI than the locked one"),
        ("registry-changed", _I, "the registry says something else than was locked"),
    ),
    Group.IGNORES: (
        ("ignore-unused", _W, "an ignore ignores nothing"),
        ("ignore-expired", _W, "an ignore has expired"),
    ),
}
RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        id_: Rule(id_, group, severity, summary)
        for group, rows in _TABLE.items()
        for id_, severity, summary in rows
    }
)
_ORDER: Final = {id_: number for number, id_ in enumerate(RULES)}


def unknown_rule(rule: str) -> tuple[str, str]:
    """What to say of a rule that there is not: a message and a hint."""
    near = difflib.get_close_matches(rule, RULES, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"{DOCS_PAGE} lists them"
    return f"there is no rule `{rule[:60]}`", hint


def order(finding: Finding) -> tuple[int, int, str, str]:
    """Sort key: the worst first, then in the order of the rules."""
    return (
        finding.severity.rank,
        _ORDER[finding.rule.id],
        finding.field or "",
        finding.message,
    )
