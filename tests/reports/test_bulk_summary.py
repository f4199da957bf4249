"""The summary of a bulk check."""

from __future__ import annotations

from collections import Counter

import pytest

from lupusrefs.bulk.comparing import Counts
from lupusrefs.bulk.run import BulkRun
from lupusrefs.reports.bulk_summary import summary_lines


def test_all_that_there_is_to_say() -> None:
    """In the order of their severity, and the most frequent rules first."""
    counts = Counts(
        references=1_234_567,
        statuses=Counter({"unavailable": 2, "resolved": 1_234_565}),
        severities=Counter(info=3, error=1),
        rules=Counter(retracted=1, corrected=1, **{"year-mismatch": 2}),
        ignored=Counter(config=4, baseline=1),
        answers=Counter(store=5, mirror=1_234_560),
    )
    run = BulkRun(counts, skipped=1, resumed=234_567)
    first, *others = summary_lines(run, 100)
    assert first == (
        "1,234,567 references in 1 min 40 s, 10,000 a second "
        "(234,567 of them by an earlier run)"
    )
    assert others == [
        "  1,234,565 resolved, 2 could not be asked about",
        "  answers: 1,234,560 from a mirror, 5 from the store",
        "1 error, 3 infos; 5 ignored",
        "          2  year-mismatch",
        "          1  corrected",
        "          1  retracted",
        "1 file skipped: not of references",
    ]


def test_nothing_at_all() -> None:
    """An empty file."""
    assert list(summary_lines(BulkRun(), 0.25)) == [
        "0 references in 0.2 s",
        "nothing found",
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59.4, "59.4 s"), (59.6, "1 min 0 s"), (3600, "1 h 0 min"), (7265, "2 h 1 min")],
)
def test_how_long_it_took(seconds: float, expected: str) -> None:
    """In what is easy to read."""
    first = next(summary_lines(BulkRun(), seconds))
    assert first == f"0 references in {expected}"
