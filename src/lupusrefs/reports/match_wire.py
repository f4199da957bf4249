"""The JSON contract of ``match``, of which ``match.schema.json`` is generated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from lupusrefs.findings import Confidence
from lupusrefs.matcher import Match, Status
from lupusrefs.matching.choice import Candidate
from lupusrefs.matching.evidence import FieldEvidence
from lupusrefs.reports.wire import ErrorWire, LocationWire


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class EvidenceWire(_Wire):
    """One field of the reference beside that of the work.

    Attributes:
        field: the CSL variable.
        agreement: `agrees`, `slight` (but for a letter, a year, a subtitle), `part` (a
            word differs), `differs`, or `absent` where one side says nothing.
        cited: what the reference has.
        registered: what is registered.
        note: what else is to be said.
    """

    field: str
    agreement: Literal["agrees", "slight", "part", "differs", "absent"]
    cited: str
    registered: str
    note: str | None


class CandidateWire(_Wire):
    """Another work that comes near.

    Attributes:
        doi: its DOI.
        title: its title.
        reason: why it was not taken, or what it has in common with the one that was.
    """

    doi: str
    title: str
    reason: str


class MatchedReference(_Wire):
    """One reference and the work that it means.

    Attributes:
        key: its citation key; of a text `text-1` and so on.
        text: the reference as it was typed, where it is only text.
        status: what looking for it came to.
        doi: the DOI of the work, or the one that the reference has already.
        confidence: how sure the match is: `certain` or `likely`.
        agency: who registered the DOI.
        reason: why, in words.
        work: what is registered, as CSL-JSON.
        location: where the reference stands.
        evidence: the fields of the work, or of the one that comes nearest.
        candidates: other works that come near, the nearest first.
        error: why a registry could not be asked.
    """

    key: str
    text: str | None
    status: Status
    doi: str | None
    confidence: Confidence | None
    agency: str | None
    reason: str | None
    work: dict[str, JsonValue] | None
    location: LocationWire | None
    evidence: tuple[EvidenceWire, ...]
    candidates: tuple[CandidateWire, ...]
    error: ErrorWire | None


class MatchReport(_Wire):
    """``lupusrefs match --format json``."""

    schema_: Annotated[Literal["lupusrefs.match/1"], Field(alias="schema")] = (
        "lupusrefs.match/1"
    )
    references: tuple[MatchedReference, ...]
    summary: dict[Status, int]


def match_report(matches: Iterable[Match]) -> MatchReport:
    """The report of a run."""
    references = tuple(map(_matched, matches))
    counts = Counter(one.status for one in references)
    return MatchReport(
        references=references, summary={status: counts[status] for status in Status}
    )


def to_json(matches: Iterable[Match]) -> str:
    """One JSON document, as ``docs/schemas/match.schema.json`` describes it."""
    return match_report(matches).model_dump_json(by_alias=True, indent=2) + "\n"


def _matched(match: Match) -> MatchedReference:
    reference, verdict, work = match.reference, match.verdict, match.work
    place = reference.location
    return MatchedReference(
        key=reference.id,
        text=reference.text,
        status=match.status,
        doi=match.doi,
        confidence=verdict.confidence if verdict else None,
        agency=work.agency if work else None,
        reason=verdict.reason or None if verdict else None,
        work=work.to_csl() if work else None,
        location=LocationWire.of(place) if place else None,
        evidence=tuple(map(_evidence, verdict.evidence)) if verdict else (),
        candidates=tuple(map(_candidate, verdict.candidates)) if verdict else (),
        error=ErrorWire.of(match.error) if match.error else None,
    )


def _evidence(one: FieldEvidence) -> EvidenceWire:
    return EvidenceWire.model_validate(
        {
            "field": one.field,
            "agreement": one.agreement.name.lower(),
            "cited": one.cited,
            "registered": one.registered,
            "note": one.note,
        }
    )


def _candidate(one: Candidate) -> CandidateWire:
    doi = one.work.doi or one.work.id
    return CandidateWire(doi=doi, title=one.work.title or "", reason=one.reason)
