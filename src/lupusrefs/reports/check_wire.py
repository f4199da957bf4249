"""The JSON contract of ``check``, of which ``check.schema.json`` is generated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from lupusrefs.compare.comparison import COMPARED, State
from lupusrefs.findings import Change, Confidence, Evidence, Finding, Fix, Severity
from lupusrefs.fingerprints import fingerprint
from lupusrefs.model.dates import Date
from lupusrefs.model.edit import Edit
from lupusrefs.policy import Ignored
from lupusrefs.reports.checked import Checked, Comparison
from lupusrefs.reports.tally import Tally, reason_not_compared
from lupusrefs.reports.wire import LocationWire, ResolvedReference, resolved_reference


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class EvidenceWire(_Wire):
    """The two sides as they were compared.

    Attributes:
        cited: the cited value in its normal form.
        registered: the registered value in its normal form.
        path: where the registered value stands in the registry's record.
    """

    cited: str
    registered: str
    path: str | None


class EditWire(_Wire):
    """Replace the characters from `start` to before `end` of the file by `text`.

    Attributes:
        start: offset of the first character, from 0, of the decoded text.
        end: offset behind the last one.
        text: what comes in its place.
    """

    start: int
    end: int
    text: str


class ChangeWire(_Wire):
    """What a fix sets.

    Attributes:
        variable: the CSL variable.
        value: its new value as in CSL-JSON; null where it goes.
    """

    variable: str
    value: JsonValue


class FixWire(_Wire):
    """What would mend a reference.

    Attributes:
        safe: whether `lupusrefs fix --write` makes it; else it takes `--unsafe`.
        changes: what it sets; all of them or none.
        edits: the same as edits of the file; empty where none were worked out.
    """

    safe: bool
    changes: tuple[ChangeWire, ...]
    edits: tuple[EditWire, ...]


class FindingWire(_Wire):
    """One discrepancy.

    Attributes:
        rule: the id of the rule.
        severity: what follows if it is true.
        confidence: how sure it is.
        field: the CSL variable; null for the reference as a whole.
        message: what was found, in one sentence.
        cited: the cited value, verbatim.
        registered: the registered value, verbatim.
        hint: what to do.
        evidence: the forms that were compared.
        location: where the value stands, else the reference.
        related: other places that belong to it.
        fix: what would mend it.
        fingerprint: stays the same while the finding does, wherever it moves.
        docs: where the rule is documented.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    field: str | None
    message: str
    cited: str | None
    registered: str | None
    hint: str | None
    evidence: EvidenceWire | None
    location: LocationWire | None
    related: tuple[LocationWire, ...]
    fix: FixWire | None
    fingerprint: str
    docs: str


class IgnoredWire(_Wire):
    """A finding that does not count.

    Attributes:
        finding: what was found.
        reason: why it does not count.
        source: who says so: `config`, `entry`, `baseline` or `lock`.
    """

    finding: FindingWire
    reason: str
    source: str


class FieldWire(_Wire):
    """What became of one field.

    Attributes:
        field: the CSL variable.
        state: what it came to; only `different` can lead to a finding.
        reason: why the values count as equivalent, or cannot be compared.
    """

    field: str
    state: State
    reason: str | None


class ComparisonWire(_Wire):
    """What was compared.

    Attributes:
        compared: fields with a value on both sides.
        absent: fields that one side has not.
        not_comparable: fields whose values do not admit a comparison.
        fields: each of them.
    """

    compared: int
    absent: int
    not_comparable: int
    fields: tuple[FieldWire, ...]


class CheckedReference(ResolvedReference):
    """One reference, what the registries say, and what was found.

    Attributes:
        key: its citation key.
        doi: the DOI, in the reading that was found, else the best one.
        status: what resolving it came to.
        agency: who registered the DOI.
        answered_by: who said so, `mirror` for a local mirror; `snapshot` is never a
            live answer.
        fetched: when, ISO 8601 in UTC.
        work: what is registered, as CSL-JSON.
        location: where the reference stands.
        error: why there is no answer, or why an older one stands in.
        comparison: what was compared; null where there was nothing to compare with.
        not_compared: why it cannot be called sound; null where enough was compared.
        findings: what was found, the worst first.
        ignored: what was found and does not count.
    """

    comparison: ComparisonWire | None
    not_compared: str | None
    findings: tuple[FindingWire, ...]
    ignored: tuple[IgnoredWire, ...]


class StatusCheckWire(_Wire):
    """How far a clean list is free of retracted works.

    Attributes:
        works: how many works were checked for retractions and corrections.
        unknown: of how many references the status is unknown.
        oldest: the day of the oldest answer.
        newest: the day of the newest.
        answered_by: who answered, and for how many works.
    """

    works: int
    unknown: int
    oldest: date | None
    newest: date | None
    answered_by: dict[str, int]


class FixCountWire(_Wire):
    """How many findings have a fix, safe or to be looked at first."""

    safe: int
    proposed: int


class SummaryWire(_Wire):
    """The run in numbers.

    Attributes:
        references: how many there were.
        sound: how many were compared without a finding.
        compared: how many were compared: the title, and the people or the year.
        not_compared: why the others were not, and how many.
        findings: severity and number.
        rules: rule and number, in the order of their ids.
        fixes: how many findings have a fix.
        ignored: who says that findings do not count, and how many.
        status_check: what is known of retractions.
    """

    references: int
    sound: int
    compared: int
    not_compared: dict[str, int]
    findings: dict[Severity, int]
    rules: dict[str, int]
    fixes: FixCountWire
    ignored: dict[str, int]
    status_check: StatusCheckWire


class CheckReport(_Wire):
    """``lupusrefs check --format json``.

    Attributes:
        schema: name and version of this contract.
        references: in the order of the input.
        general: what was found that belongs to no reference, such as an unused ignore.
        summary: the run in numbers.
    """

    schema_: Annotated[Literal["lupusrefs.check/1"], Field(alias="schema")] = (
        "lupusrefs.check/1"
    )
    references: tuple[CheckedReference, ...]
    general: tuple[FindingWire, ...]
    summary: SummaryWire


def check_report(
    checked: Iterable[Checked], general: Iterable[Finding] = ()
) -> CheckReport:
    """The report of a run.

    Args:
        checked: the references.
        general: findings that belong to no reference; asked for when all references
            have come, as in every report.
    """
    tally = Tally()
    references = tuple(map(checked_reference, tally.counting(checked)))
    general = tuple(general)
    tally.add_findings(general)
    return CheckReport(
        references=references,
        general=tuple(map(finding_wire, general)),
        summary=summary_wire(tally),
    )


def checked_reference(checked: Checked) -> CheckedReference:
    """One member of ``references``, and one line of JSON Lines."""
    resolved = _resolved(checked)
    # Built from checked parts: to check them again would take a third of the time.
    return CheckedReference.model_construct(
        **{name: getattr(resolved, name) for name in ResolvedReference.model_fields},
        comparison=_comparison(checked.comparison),
        not_compared=reason_not_compared(checked),
        findings=tuple(
            finding_wire(found, checked.edits.get(number, ()))
            for number, found in enumerate(checked.findings)
        ),
        ignored=tuple(map(_ignored, checked.ignored)),
    )


def _resolved(checked: Checked) -> ResolvedReference:
    """What the registries say, be it of a work that no identifier has led to."""
    row = resolved_reference(checked.reference, checked.outcome)
    if row.work is not None or checked.comparison is None:
        return row
    work = checked.comparison.work
    known = {
        "agency": work.agency,
        "answered_by": work.provenance.answered_by,
        "fetched": work.provenance.fetched,
        "work": work.to_csl(),
    }
    return row.model_copy(update=known)


def finding_wire(finding: Finding, edits: Sequence[Edit] = ()) -> FindingWire:
    """A finding in the contract.

    Args:
        finding: what was found.
        edits: what mending it changes in the file.
    """
    return FindingWire(
        rule=finding.rule.id,
        severity=finding.severity,
        confidence=finding.confidence,
        field=finding.field,
        message=finding.message,
        cited=finding.cited,
        registered=finding.registered,
        hint=finding.hint,
        evidence=_evidence(finding.evidence),
        location=LocationWire.of(finding.location) if finding.location else None,
        related=tuple(map(LocationWire.of, finding.related)),
        fix=_fix(finding.fix, edits) if finding.fix else None,
        fingerprint=fingerprint(finding),
        docs=finding.rule.docs,
    )


def summary_wire(tally: Tally) -> SummaryWire:
    """The numbers in the contract; of what can be listed, also the zeros."""
    return SummaryWire(
        references=tally.references,
        sound=tally.sound,
        compared=tally.compared,
        not_compared=dict(sorted(tally.not_compared.items())),
        findings={severity: tally.severities[severity] for severity in Severity},
        rules=dict(sorted(tally.rules.items())),
        fixes=FixCountWire(safe=tally.safe, proposed=tally.proposed),
        ignored=dict(sorted(tally.ignored.items())),
        status_check=StatusCheckWire(
            works=tally.works,
            unknown=tally.references - tally.works,
            oldest=tally.oldest,
            newest=tally.newest,
            answered_by=dict(sorted(tally.answered_by.items())),
        ),
    )


def _comparison(comparison: Comparison | None) -> ComparisonWire | None:
    if comparison is None:
        return None
    states = [one.state for one in comparison.fields]
    compared = sum(state in COMPARED for state in states)
    not_comparable = states.count(State.NOT_COMPARABLE)
    return ComparisonWire(
        compared=compared,
        absent=len(states) - compared - not_comparable,
        not_comparable=not_comparable,
        fields=tuple(
            FieldWire(field=one.field, state=one.state, reason=one.reason)
            for one in comparison.fields
        ),
    )


def _evidence(evidence: Evidence | None) -> EvidenceWire | None:
    if evidence is None:
        return None
    return EvidenceWire(
        cited=evidence.cited, registered=evidence.registered, path=evidence.path
    )


def _fix(fix: Fix, edits: Sequence[Edit]) -> FixWire:
    return FixWire(
        safe=fix.safe,
        changes=tuple(
            ChangeWire(variable=one.variable, value=_value(one)) for one in fix.changes
        ),
        edits=tuple(
            EditWire(start=one.span.start, end=one.span.end, text=one.text)
            for one in edits
        ),
    )


def _value(change: Change) -> JsonValue:
    match change.value:
        case Date() as value:
            return value.to_csl()  # type: ignore[return-value]
        case tuple() as names:
            return [dict(name.to_csl()) for name in names]
        case value:
            return value


def _ignored(ignored: Ignored) -> IgnoredWire:
    return IgnoredWire(
        finding=finding_wire(ignored.finding),
        reason=ignored.reason,
        source=ignored.source,
    )
