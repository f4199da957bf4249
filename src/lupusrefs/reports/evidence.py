"""Who registered a work, who said so, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    NotRegistered,
    Resolved,
    Unavailable,
)
from lupusrefs.model.work import Work
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.citation import printable


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from.

    Attributes:
        identifier: the DOI, or what else was asked for.
        agency: who registered it; None where nobody did, or nobody says.
        answered_by: ``crossref``, ``doi.org``, ``mirror``, ``snapshot`` ...
        fetched: when that was, in UTC.
        url: what was asked, without credentials.
        error: why it is an older answer.
    """

    identifier: str
    agency: str | None
    answered_by: str
    fetched: datetime
    url: str | None = None
    error: str | None = None


def source_of(checked: Checked) -> Source | None:
    """Where the answer comes from; None where nobody has answered."""
    match checked.outcome:
        case Resolved(work, error):
            return _of_work(work, str(error) if error else None)
        case NoMetadata(doi, agency, answered_by, fetched, error):
            why = str(error) if error else None
            return Source(doi, agency, answered_by, fetched, None, why)
        case NotRegistered(identifier, answered_by, fetched):
            return Source(identifier, None, answered_by, fetched)
        case NoIdentifier():
            known = checked.comparison
            return _of_work(known.work, None) if known is not None else None
        case Malformed() | Unavailable():
            return None
        case outcome:
            assert_never(outcome)


def _of_work(work: Work, error: str | None) -> Source:
    said = work.provenance
    return Source(
        identifier=work.doi or work.id,
        agency=work.agency,
        answered_by=said.answered_by,
        fetched=said.fetched,
        url=said.url,
        error=error,
    )


def evidence_line(checked: Checked) -> str | None:
    """One line: "10.1038/… is registered with Crossref (crossref, 2026-11-22)"."""
    source = source_of(checked)
    if source is None:
        return None
    if isinstance(checked.outcome, NoIdentifier):
        what = "is the work, by title, author and place"
    elif source.agency is not None:
        what = f"is registered with {source.agency}"
    elif isinstance(checked.outcome, NotRegistered):
        what = "is not registered"
    else:
        what = "is registered"
    by = "bundled snapshot" if source.answered_by == "snapshot" else source.answered_by
    when = f"{source.fetched:%Y-%m-%d}"
    return printable(f"{source.identifier} {what} ({by}, {when})")
