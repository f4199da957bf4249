"""What a bulk check came to, in a few lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lupusrefs.findings import Severity
from lupusrefs.model.outcome import Status

if TYPE_CHECKING:
    from lupusrefs.bulk.run import BulkRun

# Rules that are named; the rows have all of them.
_RULES: Final = 10
_STATUSES: Final = {
    Status.RESOLVED: "resolved",
    Status.NO_METADATA: "registered without metadata",
    Status.NOT_REGISTERED: "not registered",
    Status.MALFORMED: "with a malformed identifier",
    Status.NO_IDENTIFIER: "without an identifier",
    Status.UNAVAILABLE: "could not be asked about",
}
_SOURCES: Final = {
    "mirror": "from a mirror",
    "store": "from the store",
    "network": "asked for",
    "snapshot": "from the bundled snapshot",
}


def summary_lines(run: BulkRun, seconds: float) -> Iterator[str]:
    """The lines of the summary.

    Args:
        run: what was done.
        seconds: how long it took.
    """
    counts = run.counts
    new = counts.references - run.resumed
    rate = f", {new / seconds:,.0f} a second" if seconds > 0 and new else ""
    earlier = f" ({run.resumed:,} of them by an earlier run)" if run.resumed else ""
    yield f"{_of(counts.references, 'reference')} in {_time(seconds)}{rate}{earlier}"
    statuses = [
        f"{counts.statuses[status]:,} {words}"
        for status, words in _STATUSES.items()
        if counts.statuses[status]
    ]
    if statuses:
        yield "  " + ", ".join(statuses)
    answers = [
        f"{counts.answers[source]:,} {words}"
        for source, words in _SOURCES.items()
        if counts.answers[source]
    ]
    if answers:
        yield "  answers: " + ", ".join(answers)
    found = [
        _of(counts.severities[severity], severity)
        for severity in Severity
        if counts.severities[severity]
    ]
    ignored = sum(counts.ignored.values())
    more = f"; {ignored:,} ignored" if ignored else ""
    yield (", ".join(found) or "nothing found") + more
    for rule, number in _frequent(run):
        yield f"  {number:>9,}  {rule}"
    if run.skipped:
        yield f"{_of(run.skipped, 'file')} skipped: not of references"


def _frequent(run: BulkRun) -> list[tuple[str, int]]:
    """The most frequent rules; of equally many in the order of their names."""
    rules = sorted(run.counts.rules.items(), key=lambda one: (-one[1], one[0]))
    return rules[:_RULES]


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{seconds:.1f} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
