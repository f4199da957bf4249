"""What resolving one reference came to: a closed union of six."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, assert_never

from lupusrefs.errors import ServiceError
from lupusrefs.model.work import Work


@dataclass(frozen=True, slots=True)
class Resolved:
    """A registry says what is registered.

    Attributes:
        work: what it says; ``work.provenance`` says who and when.
        error: why no registry could be asked now, where an older answer or the
            bundled snapshot had to stand in; None for a live or fresh answer.
    """

    work: Work
    error: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class NoMetadata:
    """Registered, but its agency serves no metadata.

    Attributes:
        doi: the registered DOI.
        agency: who registered it.
        answered_by: who said so.
        fetched: when, UTC.
        error: as of :class:`Resolved`.
    """

    doi: str
    agency: str
    answered_by: str
    fetched: datetime
    error: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """An authority says that there is no such identifier.

    Only the handle API and doiRA can say so of a DOI (registries.md 1.1, 1.2).

    Attributes:
        identifier: what was asked.
        answered_by: the authority: ``doi.org``, ``pubmed``, ``pmc``.
        fetched: when, UTC.
    """

    identifier: str
    answered_by: str
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Malformed:
    """The identifier is none in any spelling.

    Attributes:
        text: what was written.
        message: what is wrong with it.
        hint: what may have been meant.
    """

    text: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class NoIdentifier:
    """The reference names nothing that a registry could be asked for.

    Attributes:
        note: why, where there is more to say than "it has no DOI".
    """

    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nobody could be asked: ignorance, never a verdict.

    Attributes:
        identifier: what was to be asked.
        error: why that failed.
        agency: who registered the DOI, where that much is known.
    """

    identifier: str
    error: ServiceError
    agency: str | None = None


Outcome: TypeAlias = (
    Resolved | NoMetadata | NotRegistered | Malformed | NoIdentifier | Unavailable
)


def is_incomplete(outcome: Outcome) -> bool:
    """Whether no registry answered, be it that something older stood in."""
    match outcome:
        case Resolved(error=error) | NoMetadata(error=error):
            return error is not None
        case Unavailable():
            return True
        case _:
            return False


class Status(StrEnum):
    """What resolving a reference came to."""

    RESOLVED = "resolved"
    NO_METADATA = "no-metadata"
    NOT_REGISTERED = "not-registered"
    MALFORMED = "malformed"
    NO_IDENTIFIER = "no-identifier"
    UNAVAILABLE = "unavailable"


def status_of(outcome: Outcome) -> Status:
    """The outcome's name in reports."""
    match outcome:
        case Resolved():
            return Status.RESOLVED
        case NoMetadata():
            return Status.NO_METADATA
        case NotRegistered():
            return Status.NOT_REGISTERED
        case Malformed():
            return Status.MALFORMED
        case NoIdentifier():
            return Status.NO_IDENTIFIER
        case Unavailable():
            return Status.UNAVAILABLE
        case _:
            assert_never(outcome)


def authority_of(outcome: Outcome) -> tuple[str | None, str | None, datetime | None]:
    """Who registered it, who said so, and when; None where nobody did."""
    match outcome:
        case Resolved(work):
            said = work.provenance
            return work.agency, said.answered_by, said.fetched
        case NoMetadata():
            return outcome.agency, outcome.answered_by, outcome.fetched
        case NotRegistered():
            return None, outcome.answered_by, outcome.fetched
        case Unavailable():
            return outcome.agency, None, None
        case _:
            return None, None, None
