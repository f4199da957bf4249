"""What a check came to, in sentences: for the end of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lupusrefs.findings import Severity
from lupusrefs.model.outcome import Status
from lupusrefs.reports.tally import TOO_LITTLE, Tally

# Why a reference was not compared -> the same in words.
REASONS: Final = {
    Status.RESOLVED: "resolved",
    Status.NO_METADATA: "registered without metadata",
    Status.NOT_REGISTERED: "not registered",
    Status.MALFORMED: "with a malformed identifier",
    Status.NO_IDENTIFIER: "without an identifier",
    Status.UNAVAILABLE: "could not be asked about",
    TOO_LITTLE: "with too little to compare",
}
_SOURCES: Final = {
    "config": "the configuration",
    "entry": "the entry itself",
    "baseline": "the baseline",
    "lock": "the lock file",
}
_PLURALS: Final = {"fix": "fixes", "safe fix": "safe fixes"}


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "reference"), counted(1000, "fix")
    ('1 reference', '1,000 fixes')
    """
    plural = _PLURALS.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


def severities(tally: Tally) -> Iterator[tuple[Severity, str]]:
    """How many findings of each severity there are, without the zeros."""
    for severity in Severity:
        if number := tally.severities[severity]:
            yield severity, counted(number, severity)


def coverage(tally: Tally) -> str:
    """How many references were compared, and why the others were not (P9)."""
    if not tally.references:
        return "no references"
    total = counted(tally.references, "reference")
    if not tally.not_compared:
        return f"{total}, {'' if tally.references == 1 else 'all '}compared"
    why = ", ".join(
        f"{tally.not_compared[reason]:,} {words}"
        for reason, words in REASONS.items()
        if tally.not_compared[reason]
    )
    return f"{total}, {tally.compared:,} compared; not compared: {why}"


def status_check(tally: Tally) -> str | None:
    """How many works were checked for retraction, when and by whom (U17)."""
    if not tally.references:
        return None
    if not tally.works:
        return "no work was checked for retraction"
    days = " to ".join(
        dict.fromkeys(f"{day}" for day in (tally.oldest, tally.newest) if day)
    )
    who = ", ".join(f"{name} {n:,}" for name, n in sorted(tally.answered_by.items()))
    line = f"{counted(tally.works, 'work')} checked for retraction as of {days} ({who})"
    unknown = tally.references - tally.works
    return f"{line}; unknown for {unknown:,}" if unknown else line


def fixes(tally: Tally) -> str | None:
    """What ``lupusrefs fix`` would do about it."""
    parts = []
    if tally.safe:
        parts.append(f"{counted(tally.safe, 'safe fix')}: `lupusrefs fix --write`")
    if tally.proposed:
        what = counted(tally.proposed, "fix")
        parts.append(f"{what} to look at first: `lupusrefs fix --unsafe`")
    return "; ".join(parts) or None


def ignored(tally: Tally) -> str | None:
    """What does not count, and who says so."""
    if not tally.ignored:
        return None
    parts = [
        f"{number:,} by {_SOURCES.get(source, source)}"
        for source, number in sorted(tally.ignored.items())
    ]
    return f"ignored: {', '.join(parts)}"
