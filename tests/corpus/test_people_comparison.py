"""Recorded lists of authors, cited in every harmless way and with planted mistakes."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from accuracy.case import Case, Dialect, cite
from accuracy.dialects import authors, damaged_names
from accuracy.planted.authors import CORRUPTIONS
from accuracy.planted.corruption import Corruption, Skip
from accuracy.pool import Pool
from accuracy.records import Recorded, can_be_cited, recorded
from lupusrefs.compare.people import compare_people
from lupusrefs.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpus

# Every so many records are enough to notice that something has changed.
STEP = 4
SEED = 20260101


@pytest.fixture(scope="module")
def records(corpus: Path) -> tuple[Recorded, ...]:
    """Every recorded answer."""
    return recorded(corpus)


@pytest.fixture(scope="module")
def pool(records: tuple[Recorded, ...]) -> Pool:
    """Works that people of mistakes come from."""
    works = [one.work for one in records if can_be_cited(one.work)]
    return Pool(records, works)


def alarms(case: Case) -> list[str]:
    """The rules that warn, or worse."""
    found = compare_people(case.reference, case.work).findings
    return [f.rule.id for f in found if f.severity.is_at_least(Severity.WARNING)]


def clean(pool: Pool, dialect: Dialect) -> list[Case]:
    """The cases to which a dialect makes a difference."""
    random = Random(SEED)
    cases = (Case(cite(work), work) for work in pool.works[::STEP])
    return [case for one in cases if (case := dialect.apply(one, random))]


def test_clean_lists_raise_no_alarm(pool: Pool) -> None:
    """At most one in a thousand, over all dialects together."""
    total = 0
    false: list[tuple[str, str, list[str]]] = []
    for dialect in (*authors.DIALECTS, *damaged_names.DIALECTS):
        for case in clean(pool, dialect):
            total += 1
            if found := alarms(case):
                false.append((dialect.name, case.work.id, found))
    assert total > 20_000
    assert len(false) <= total / 1000, false


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda c: c.name)
def test_planted_mistakes_are_found(pool: Pool, corruption: Corruption) -> None:
    """At least 99 in a hundred, by a rule on authors that names the field."""
    random = Random(SEED)
    total = 0
    missed: list[str] = []
    for work in pool.works[::STEP]:
        case = corruption.plant(Case(cite(work), work), random, pool)
        if case is None or isinstance(case, Skip):
            continue
        total += 1
        found = compare_people(case.reference, case.work).findings
        if not any(map(corruption.is_right, found)):
            missed.append(work.id)
    assert total > 100
    assert len(missed) <= total / 100, missed
