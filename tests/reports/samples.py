"""A small checked library of true facts, for every report to be written of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lupusrefs.compare.comparison import (
    COMPARED,
    FieldComparison,
    State,
    proposal,
    safe_fix,
)
from lupusrefs.errors import ServiceUnreachable
from lupusrefs.findings import (
    RULES,
    Change,
    Confidence,
    Evidence,
    Finding,
    Severity,
)
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Location, Span
from lupusrefs.model.names import Name
from lupusrefs.model.outcome import (
    NoIdentifier,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work
from lupusrefs.policy import Ignored

FETCHED = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
FILE = "refs/lupus list.yaml"
DOI = "10.1038/s41591-022-02017-5"


@dataclass(frozen=True)
class Compared:
    """A comparison as a report sees it."""

    fields: tuple[FieldComparison, ...] = ()
    work: Work = field(default_factory=lambda: work(DOI))

    @property
    def is_verified(self) -> bool:
        """Whether title, and people or year were compared (comparison.md, P9)."""
        names = {one.field for one in self.fields if one.state in COMPARED}
        return "title" in names and bool(names & {"author", "issued"})


@dataclass(frozen=True)
class CheckedSample:
    """A checked reference as a report sees it."""

    reference: Reference
    outcome: Outcome
    comparison: Compared | None = None
    findings: tuple[Finding, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    edits: Mapping[int, Sequence[Edit]] = field(default_factory=dict)


def place(line: int, column: int = 5, length: int = 0) -> Location:
    """A place in the sample's file; with a length it has a span."""
    start = 100 * line + column - 1
    span = Span(start, start + length) if length else None
    return Location(FILE, line, column, span)


def found(rule: str, key: str, message: str, **more: object) -> Finding:
    """A finding by a rule, at its own severity."""
    values: dict[str, object] = {
        "rule": RULES[rule],
        "key": key,
        "field": None,
        "message": message,
        "severity": RULES[rule].severity,
    }
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def work(doi: str = DOI, **fields: object) -> Work:
    """A registered work."""
    said = Provenance(
        answered_by="crossref",
        url=f"https://api.crossref.org/works/{doi}",
        fetched=FETCHED,
    )
    return Work.model_validate(
        {
            "id": doi,
            "type": "article-journal",
            "doi": doi,
            "agency": "Crossref",
            "provenance": said,
            **fields,
        }
    )


def compared(**states: State) -> Compared:
    """A comparison of fields by their state; `_` stands for `-`."""
    return Compared(
        tuple(
            FieldComparison(field=name.replace("_", "-"), state=state)
            for name, state in states.items()
        )
    )


TITLE = "Anti-CD19 CAR T cell therapy for refractory systemic lupus erythematosus"


def mackensen() -> CheckedSample:
    """The wrong initial, the missing pages, and a benign difference."""
    key = "mackensen2022"
    reference = Reference(
        id=key,
        type="article-journal",
        title=TITLE,
        author=(Name("Mackensen", "D"), Name("Müller", "F")),
        issued=Date(PartialDate(2022)),
        container_title="Nat Med",
        doi=DOI,
        location=place(3, 3),
    )
    initial = found(
        "author-given-mismatch",
        key,
        "author 1 is cited as Mackensen, D, and registered as Mackensen, Andreas",
        field="author",
        cited="Mackensen, D; Müller, F",
        registered="Mackensen, Andreas; Müller, Fabian",
        evidence=Evidence("mackensen d", "mackensen a", "message.author"),
        location=place(5, 9, 23),
        fix=proposal(
            Change("author", (Name("Mackensen", "Andreas"), Name("Müller", "Fabian")))
        ),
        hint="look at the title page: a registry can be wrong, too",
    )
    pages = found(
        "field-missing",
        key,
        "pages are registered (2124–2132) and not cited",
        field="page",
        registered="2124-2132",
        location=place(3, 3),
        fix=safe_fix(Change("page", "2124-2132")),
    )
    corrected = found(
        "corrected",
        key,
        "a correction has been registered: 10.1038/s41591-022-02091-9",
        registered="10.1038/s41591-022-02091-9",
        location=place(3, 3),
    )
    comparison = Compared(
        (
            FieldComparison(field="title", state=State.EQUAL),
            FieldComparison(field="author", state=State.DIFFERENT),
            FieldComparison(field="issued", state=State.EQUAL),
            FieldComparison(
                field="container-title",
                state=State.EQUIVALENT,
                reason="abbreviation of Nature Medicine",
            ),
            FieldComparison(field="page", state=State.ABSENT_CITED),
        )
    )
    return CheckedSample(
        reference,
        Resolved(
            work(
                title=TITLE,
                container_title="Nature Medicine",
                issued=Date(PartialDate(2022, 9, 15)),
            )
        ),
        comparison,
        (initial, corrected, pages),
        (Ignored(replace(corrected, rule=RULES["doi-alias"]), "known", "config"),),
        {
            0: (Edit(Span(508, 531), "[Mackensen, Andreas]"),),
            2: (Edit(Span(400, 400), "    page: 2124-2132\n"),),
        },
    )


def retracted() -> CheckedSample:
    """A retracted work, cited knowingly, with another error."""
    key = "wakefield1998"
    doi = "10.1016/s0140-6736(97)11096-0"
    says = found(
        "retracted",
        key,
        "the work has been retracted: 10.1016/s0140-6736(10)60175-4",
        registered="10.1016/s0140-6736(10)60175-4",
        location=place(20, 3),
    )
    year = found(
        "year-mismatch",
        key,
        "the year is cited as 1999, and registered as 1998",
        field="issued",
        cited="1999",
        registered="1998",
        evidence=Evidence("1999", "1998", "message.issued.date-parts"),
        confidence=Confidence.LIKELY,
        location=place(22, 11, 4),
        fix=proposal(Change("issued", Date(PartialDate(1998)))),
    )
    return CheckedSample(
        Reference(
            id=key,
            type="article-journal",
            title="Ileal-lymphoid-nodular hyperplasia",
            author=(Name("Wakefield", "AJ"),),
            issued=Date(PartialDate(1999)),
            doi=doi,
            location=place(20, 3),
        ),
        Resolved(
            work(doi, title="RETRACTED: Ileal-lymphoid-nodular hyperplasia"),
        ),
        compared(title=State.EQUIVALENT, author=State.EQUAL, issued=State.DIFFERENT),
        (year,),
        (Ignored(says, "cited as an example of a retraction", "entry"),),
        {0: (Edit(Span(2210, 2214), "1998"),)},
    )


def not_found() -> CheckedSample:
    """A DOI that nobody registered."""
    key = "made-up"
    return CheckedSample(
        Reference(
            id=key,
            title="A <b>made up</b> & wondrous title",
            doi="10.5555/nowhere",
            issued=Date(PartialDate(2031)),
            location=place(30, 3),
        ),
        NotRegistered("10.5555/nowhere", "doi.org", FETCHED),
        None,
        (
            found(
                "doi-not-found",
                key,
                "10.5555/nowhere is not registered anywhere, says doi.org",
                field="DOI",
                cited="10.5555/nowhere",
                location=place(31, 8, 15),
                related=(place(44, 1),),
            ),
        ),
    )


def unavailable() -> CheckedSample:
    """A DOI that nobody could be asked about."""
    key = "unknown2020"
    error = ServiceUnreachable(
        "no connection", service="crossref", url="https://api.crossref.org/works"
    )
    return CheckedSample(
        Reference(id=key, doi="10.1234/x", location=place(40, 3)),
        Unavailable("10.1234/x", error),
        None,
        (
            found(
                "doi-unverifiable",
                key,
                "nobody could be asked about 10.1234/x",
                field="DOI",
                cited="10.1234/x",
                location=place(40, 3),
            ),
        ),
    )


def clean(number: int = 1) -> CheckedSample:
    """A sound reference."""
    doi = f"10.5555/clean.{number}"
    title = f"Sound work number {number}"
    return CheckedSample(
        Reference(
            id=f"clean{number}",
            type="article-journal",
            title=title,
            author=(Name("Berg", "Ada"),),
            issued=Date(PartialDate(2000 + number % 25)),
            doi=doi,
            location=Location("other.bib", 1 + number, 1),
        ),
        Resolved(work(doi, title=title, issued=Date(PartialDate(2000 + number % 25)))),
        compared(title=State.EQUAL, author=State.EQUAL, issued=State.EQUAL),
    )


def without_identifier() -> CheckedSample:
    """A reference that names nothing a registry could be asked for."""
    return CheckedSample(
        Reference(id="book", type="book", title="A book", location=place(50, 3)),
        NoIdentifier(),
    )


def library() -> list[CheckedSample]:
    """All of them, in the order of their file."""
    return [
        mackensen(),
        retracted(),
        not_found(),
        unavailable(),
        without_identifier(),
        clean(),
    ]


def general() -> tuple[Finding, ...]:
    """A finding that belongs to no reference."""
    return (
        found(
            "ignore-unused",
            "*",
            "the ignore of year-mismatch ignores nothing",
            location=Location("lupusrefs.toml", 7, 1),
        ),
    )


__all__ = [
    "CheckedSample",
    "Severity",
    "clean",
    "found",
    "general",
    "library",
    "mackensen",
    "place",
]
