"""A reference beside the work of its DOI: every field, then the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from lupusrefs.compare.comparison import (
    COMPARED,
    FieldComparison,
    State,
    finding,
)
from lupusrefs.compare.containers import compare_container
from lupusrefs.compare.dates import compare_year
from lupusrefs.compare.doi_kinds import compare_doi_kind, is_of_another_kind
from lupusrefs.compare.identifiers import compare_identifiers
from lupusrefs.compare.identity import Facts, Identity, Verdict, decide
from lupusrefs.compare.missing import compare_doi_missing, compare_missing
from lupusrefs.compare.numbers import compare_numbers
from lupusrefs.compare.pages import compare_pages
from lupusrefs.compare.people import compare_people, first_author_state, sides_of
from lupusrefs.compare.preprints import compare_preprint
from lupusrefs.compare.publishers import compare_publisher
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.stage import compare_stage
from lupusrefs.compare.titles import compare_title
from lupusrefs.compare.types import compare_type
from lupusrefs.compare.updates import compare_status
from lupusrefs.findings import Confidence, Finding, Severity, order
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_NOTHING: Final[Mapping[str, Work]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WorkComparison:
    """What comparing a reference with a work came to.

    Attributes:
        work: what the reference was compared with.
        verdict: whether it is the same work.
        fields: every field, in the order of comparing.
        findings: what is to be reported, the worst first.
    """

    work: Work
    verdict: Verdict
    fields: tuple[FieldComparison, ...]
    findings: tuple[Finding, ...]

    @property
    def compared(self) -> int:
        """How many fields both sides have, in a form that can be compared."""
        return sum(one.state in COMPARED for one in self.fields)

    @property
    def is_verified(self) -> bool:
        """Whether silence is agreement: title, and first author or year (P9)."""
        states = {one.field: one.state for one in self.fields}
        further = (states.get("author"), states.get("issued"))
        return states.get("title") in COMPARED and any(s in COMPARED for s in further)


def compare(
    reference: Item,
    work: Work,
    related: Mapping[str, Work] = _NOTHING,
    *,
    this_year: int | None = None,
) -> WorkComparison:
    """Compare a reference with the work that is registered under its DOI.

    Args:
        reference: what is cited.
        work: what is registered.
        related: works that the record names, by folded DOI, as far as they are known:
            notices, and the other side of a preprint.
        this_year: the year of the run, for dates in the future; None skips that rule.
    """
    sides = sides_of(reference, work)
    people = compare_people(reference, work, sides)
    year = compare_year(reference, work, this_year=this_year)
    volume, issue = compare_numbers(reference, work)
    pages = compare_pages(reference, work)
    container = compare_container(reference, work)
    first_author = first_author_state(reference, work, sides)
    corroborated = first_author in (State.EQUAL, State.EQUIVALENT) and year.agrees
    title = compare_title(reference, work, corroborated=corroborated)
    verdict = decide(Facts(title, first_author, year, (container, volume, pages)))
    details = (
        compare_publisher(reference, work),
        *compare_identifiers(reference, work),
        compare_type(reference, work),
    )
    fields = (title, people, year, container, volume, issue, pages, *details)
    found = _findings(reference, work, related, verdict, fields)
    return WorkComparison(work, verdict, fields, tuple(sorted(found, key=order)))


def _findings(
    reference: Item,
    work: Work,
    related: Mapping[str, Work],
    verdict: Verdict,
    fields: tuple[FieldComparison, ...],
) -> Iterator[Finding]:
    """What is reported: identity before fields, and one finding for one cause."""
    kind = compare_doi_kind(reference, work, related)
    yield from kind
    if is_of_another_kind(kind):
        return
    if verdict.identity is Identity.OTHER:
        yield _other_work(reference, work, verdict, fields[0])
        return
    yield from compare_status(reference, work, related)
    if verdict.identity is Identity.UNSURE:
        yield _other_work(reference, work, verdict, fields[0])
    preprint = compare_preprint(reference, work, related)
    yield from preprint
    covered = _COVERED_BY_PREPRINT if _is_cited_as_article(preprint) else ()
    for one in fields:
        for found in one.findings:
            if found.rule.id not in covered:
                yield _capped(found) if verdict.identity is Identity.UNSURE else found
    agrees = verdict.identity is Identity.SAME
    stage = compare_stage(reference, work, agrees=agrees)
    yield from stage
    # What is no longer ahead of print lacks its volume and pages for that reason.
    certain = agrees and verdict.confidence is Confidence.CERTAIN
    yield from compare_missing(reference, work, certain=certain, already=stage)
    yield from compare_doi_missing(reference, work, certain=certain)


# A preprint that is cited as an article has neither its journal nor its type (P11).
_COVERED_BY_PREPRINT: Final = frozenset(
    ("container-mismatch", "container-unrecognised", "type-mismatch")
)


def _is_cited_as_article(findings: tuple[Finding, ...]) -> bool:
    return any(one.rule.id == "preprint-cited-as-article" for one in findings)


def _capped(found: Finding) -> Finding:
    """Where it may be another work, nothing that follows from that is an error."""
    if found.severity is not Severity.ERROR:
        return found
    return replace(found, severity=Severity.WARNING)


def _other_work(
    reference: Item, work: Work, verdict: Verdict, title: FieldComparison
) -> Finding:
    registered = title.registered or work.title or "without a title"
    unsure = verdict.identity is Identity.UNSURE
    may_be = "may be" if unsure else "is"
    is_likely = verdict.confidence is Confidence.LIKELY
    return finding(
        "doi-of-another-work",
        reference,
        f"{work.doi or work.id} {may_be} the DOI of another work: {verdict.reason}",
        field="DOI",
        cited=reference.title,
        registered=registered,
        forms=(title.cited_form, title.registered_form),
        path=record_path(work, "title"),
        severity=Severity.WARNING if unsure and is_likely else None,
        confidence=verdict.confidence,
        hint="look up the DOI of the work that is meant, or cite the registered one",
    )
