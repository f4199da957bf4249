"""What is to be reported of a reference whose work could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from lupusrefs.compare.comparison import finding
from lupusrefs.compare.missing import missing_doi
from lupusrefs.findings import Confidence, Finding
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work

# The variables that identify(...) looks at, in its order.
_IDENTIFIERS: Final = ("DOI", "URL", "PMID", "PMCID", "archive_location", "number")


def outcome_findings(
    reference: Reference,
    outcome: Outcome,
    prefixes: Mapping[str, bool] = MappingProxyType({}),
    work: Work | None = None,
) -> Iterator[Finding]:
    """The findings on a reference that come from its outcome alone.

    Ignorance is never a verdict (comparison.md, P1): what could not be asked is an
    info, which says so.

    Args:
        reference: what is cited.
        outcome: what resolving it came to.
        prefixes: prefix -> whether anybody registers DOIs under it, where it is known.
        work: what a reference without an identifier was recognised as.
    """
    match outcome:
        case Malformed():
            yield _malformed(reference, outcome)
        case NotRegistered():
            yield _not_registered(reference, outcome, prefixes)
        case NoMetadata():
            yield _without_metadata(reference, outcome)
        case Unavailable():
            yield _unavailable(reference, outcome)
        case NoIdentifier():
            if work is None or work.doi is None:
                yield from missing_doi(reference, work)
        case Resolved():
            return
        case _:
            assert_never(outcome)


def _field(reference: Reference) -> str:
    """The variable that holds the identifier."""
    return next((v for v in _IDENTIFIERS if v in reference.places), "DOI")


def _malformed(reference: Reference, outcome: Malformed) -> Finding:
    return finding(
        "doi-malformed",
        reference,
        outcome.message,
        field=_field(reference),
        cited=outcome.text,
        hint=outcome.hint,
    )


def _not_registered(
    reference: Reference, outcome: NotRegistered, prefixes: Mapping[str, bool]
) -> Finding:
    name, by = outcome.identifier, outcome.answered_by
    rule, message = "doi-not-found", f"{name} is not registered, says {by}"
    hint = "look the work up by its title; a very new DOI may be registered in days"
    prefix = name.partition("/")[0]
    if prefixes.get(prefix) is False:
        rule = "doi-prefix-unknown"
        message = f"{name} is not registered, and nobody registers under {prefix}"
        hint = "the prefix, the part before the slash, is misspelt or made up"
    return finding(
        rule, reference, message, field=_field(reference), cited=name, hint=hint
    )


def _without_metadata(reference: Reference, outcome: NoMetadata) -> Finding:
    agency = outcome.agency if outcome.agency != "unknown" else "its agency"
    return finding(
        "doi-without-metadata",
        reference,
        f"{outcome.doi} is registered, but {agency} serves no metadata to compare with",
        field=_field(reference),
        cited=outcome.doi,
        confidence=Confidence.CERTAIN,
    )


def _unavailable(reference: Reference, outcome: Unavailable) -> Finding:
    return finding(
        "doi-unverifiable",
        reference,
        f"{outcome.identifier} was not checked: {outcome.error}",
        field=_field(reference),
        cited=outcome.identifier,
        hint=outcome.error.hint,
    )
