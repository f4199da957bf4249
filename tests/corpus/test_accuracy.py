"""The bars of the comparison, on every so-manieth record of the corpus.

``make accuracy`` measures all of them and writes docs/accuracy.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from accuracy import citations, clean, hostile, mistakes, repairs, status
from accuracy.measure import Corpus, load

pytestmark = pytest.mark.corpus

# A prime, so that no journal's run of neighbouring DOIs falls between two records.
_STEP: Final = 23


@pytest.fixture(scope="module")
def read(corpus: Path) -> Corpus:
    """The corpus, read once."""
    return load(corpus)


@pytest.fixture(scope="module")
def planted(read: Corpus) -> mistakes.Mistakes:
    """Every mistake in the sample."""
    return mistakes.measure(read.citable[::_STEP], read.pool)


def test_clean_references_are_not_reported(read: Corpus) -> None:
    """Of 100 clean references at most 0.3 get a warning, 0.05 an error."""
    result = clean.measure(read.citable[::_STEP])
    total = result.total()
    assert total.references > 10_000
    assert 100 * total.alarms.share <= 0.3, result.alarms[:20]
    assert 100 * total.errors / total.references <= 0.05, result.alarms[:20]


def test_mistakes_are_found(planted: mistakes.Mistakes) -> None:
    """Every planted mistake is found as often as its bar says, by its own field."""
    # A sample may miss its bar by chance: its 95 % interval has to reach the bar.
    missed = {
        name: rate.percent()
        for name, (bar, rate) in planted.bars().items()
        if rate.interval[1] < bar
    }
    assert not missed, [one for one in planted.misses if one.name in missed]


def test_real_errors_of_citers_are_found(read: Corpus) -> None:
    """Every error in a recorded reference list that a person saw is reported."""
    result = citations.measure(read.recorded)
    assert result.expected >= 10
    assert not result.missed
    assert result.precision.share >= 0.9, result.reports
    assert all(one.label for one in result.reports), result.reports


def test_notices_and_corrections_are_no_retractions(corpus: Path, read: Corpus) -> None:
    """Every question on a retraction, correction or notice has the right answer."""
    result = status.measure(corpus, read.recorded)
    assert len(result) >= 10
    assert {name: q.failed[:3] for name, q in result.items() if q.failed} == {}


def test_safe_fixes_are_right(read: Corpus) -> None:
    """After a safe fix its finding is gone, and nothing new is said."""
    result = repairs.measure(read.citable[:: 5 * _STEP], read.pool)
    assert result.made[True] > 100
    assert [one for one in result.wrong if one.safe] == []


def test_broken_records_are_harmless(read: Corpus) -> None:
    """No crash and no warning on records that are broken or malicious."""
    result = hostile.measure(read.citable[:: 25 * _STEP])
    assert result.alarms == []
