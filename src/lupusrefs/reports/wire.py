"""The JSON contracts: what ``--format json`` promises, as models.

``docs/schemas/`` is generated from here. A change that breaks a reader gets a new
number behind the slash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from lupusrefs.errors import ServiceError
from lupusrefs.identify import doi_of
from lupusrefs.model.location import Location
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    Outcome,
    Resolved,
    Status,
    Unavailable,
    authority_of,
    status_of,
)
from lupusrefs.model.reference import Reference


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class LocationWire(_Wire):
    """A place in an input file.

    Attributes:
        file: the file.
        line: 1-based line; of a PDF the line of the page, of a docx the paragraph; 0
            for the file as a whole.
        column: 1-based, in characters.
        page: 1-based page; only there where there are pages.
    """

    file: str
    line: int
    column: int
    page: Annotated[
        int | None,
        Field(
            exclude_if=lambda page: page is None, json_schema_extra={"left-out": True}
        ),
    ] = None

    @classmethod
    def of(cls, location: Location) -> LocationWire:
        """The place in the contract."""
        return cls(
            file=location.file,
            line=location.line,
            column=location.column,
            page=location.page or None,
        )


class ErrorWire(_Wire):
    """Why there is no better answer.

    Attributes:
        kind: ``service-unreachable``, ``rate-limited``, ``offline``, ``malformed`` ...
        message: what happened.
        hint: what to do next.
        service: which registry, where one was asked.
        url: what was asked, without credentials.
    """

    kind: str
    message: str
    hint: str | None = None
    service: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, error: ServiceError) -> ErrorWire:
        """The error of a service in the contract."""
        return cls(
            kind=_kind(error),
            message=str(error),
            hint=error.hint,
            service=error.service,
            url=error.url or None,
        )


class ResolvedReference(_Wire):
    """One reference and what the registries say.

    Attributes:
        key: its citation key.
        doi: the DOI, in the reading that was found, else the best one.
        status: what it came to.
        agency: who registered the DOI.
        answered_by: who said so, ``mirror`` for a local mirror; ``snapshot`` is never
            a live answer.
        fetched: when, ISO 8601 in UTC.
        work: what is registered, as CSL-JSON.
        location: where the reference stands.
        error: why there is no answer, or why an older one stands in.
    """

    key: str
    doi: str | None
    status: Status
    agency: str | None
    answered_by: str | None
    fetched: datetime | None
    work: dict[str, JsonValue] | None
    location: LocationWire | None
    error: ErrorWire | None


class ResolveReport(_Wire):
    """``lupusrefs resolve --format json``."""

    schema_: Annotated[Literal["lupusrefs.resolve/1"], Field(alias="schema")] = (
        "lupusrefs.resolve/1"
    )
    references: tuple[ResolvedReference, ...]
    summary: dict[Status, int]


def resolve_report(pairs: Iterable[tuple[Reference, Outcome]]) -> ResolveReport:
    """The report of a run."""
    references = tuple(resolved_reference(*pair) for pair in pairs)
    counts = Counter(one.status for one in references)
    return ResolveReport(
        references=references, summary={status: counts[status] for status in Status}
    )


def resolved_reference(reference: Reference, outcome: Outcome) -> ResolvedReference:
    """One row of the report."""
    agency, answered_by, fetched = authority_of(outcome)
    work = outcome.work if isinstance(outcome, Resolved) else None
    return ResolvedReference(
        key=reference.id,
        doi=doi_of(reference, outcome),
        status=status_of(outcome),
        agency=agency,
        answered_by=answered_by,
        fetched=fetched,
        work=work.to_csl() if work else None,
        location=LocationWire.of(reference.location) if reference.location else None,
        error=_error(outcome),
    )


def _error(outcome: Outcome) -> ErrorWire | None:
    match outcome:
        case (
            Resolved(error=ServiceError() as error)
            | NoMetadata(error=ServiceError() as error)
            | Unavailable(error=error)
        ):
            return ErrorWire.of(error)
        case Malformed(_, message, hint):
            return ErrorWire(kind="malformed", message=message, hint=hint)
        case NoIdentifier(str(note)):
            return ErrorWire(kind="no-identifier", message=note)
        case _:
            return None


def _kind(error: ServiceError) -> str:
    """``ServiceUnreachable`` -> ``service-unreachable``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
