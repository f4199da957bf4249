"""What simpler programs would say of the same references (comparison.md, 7.4).

Accepting a title by its similarity, at 85, 90 and 95 of 100, and asking for literal
equality of every field that both sides have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case, cite
from accuracy.dialects import DIALECTS
from accuracy.planted import CORRUPTIONS
from accuracy.pool import Pool
from accuracy.rates import Rate
from accuracy.records import Recorded, shown
from accuracy.subject import findings
from lupusrefs.findings import Severity
from lupusrefs.model.item import Item

Judge: TypeAlias = Callable[[Case, float], bool]

_FIELDS: Final = ("title", "container_title", "volume", "page")


def _similarity(case: Case) -> float:
    """Of the titles in lower case, 0 to 1; 1 where there is nothing to compare."""
    one, other = case.reference.title, case.work.title
    if not (one and other):
        return 1.0
    return SequenceMatcher(None, one.lower(), shown(other).lower()).ratio()


def _is_literally_equal(case: Case) -> bool:
    one, other = _literal(case.reference), _literal(case.work)
    return all(one[name] == other[name] for name in one.keys() & other.keys())


def _literal(item: Item) -> dict[str, str]:
    found = {name: text for name in _FIELDS if (text := getattr(item, name))}
    if item.author and item.author[0].family:
        found["author"] = item.author[0].family
    if item.issued and item.issued.year:
        found["year"] = str(item.issued.year)
    return found


def _ours(case: Case, _: float) -> bool:
    return any(one.severity is not Severity.INFO for one in findings(case))


JUDGES: Final[dict[str, Judge]] = {
    "lupusrefs": _ours,
    "title ≥ 85": lambda _, ratio: ratio < 0.85,
    "title ≥ 90": lambda _, ratio: ratio < 0.90,
    "title ≥ 95": lambda _, ratio: ratio < 0.95,
    "literal equality": lambda case, _: not _is_literally_equal(case),
}


@dataclass(slots=True)
class Baselines:
    """(group of dialects or mistakes, judge) -> references that are reported."""

    clean: dict[tuple[str, str], Rate] = field(default_factory=dict)
    planted: dict[tuple[str, str], Rate] = field(default_factory=dict)

    def merge(self, other: Baselines) -> None:
        """Add the other's counts."""
        for mine, theirs in ((self.clean, other.clean), (self.planted, other.planted)):
            for key, rate in theirs.items():
                mine[key] = mine.get(key, Rate(0, 0)) + rate


def measure(records: Iterable[Recorded], pool: Pool) -> Baselines:
    """Every judge on every dialect and mistake."""
    result = Baselines()
    for record in records:
        case = Case(cite(record.work), record.work)
        for group, changed in _clean(case, record):
            _judge(result.clean, group, changed)
        for group, changed in _planted(case, record, pool):
            _judge(result.planted, group, changed)
    return result


def _judge(rates: dict[tuple[str, str], Rate], group: str, case: Case) -> None:
    ratio = _similarity(case)
    for name, judge in JUDGES.items():
        said = Rate(int(judge(case, ratio)), 1)
        rates[group, name] = rates.get((group, name), Rate(0, 0)) + said


def _clean(case: Case, record: Recorded) -> Iterator[tuple[str, Case]]:
    for dialect in DIALECTS:
        changed = dialect.apply(case, Random(f"{record.doi} {dialect.name}"))
        if changed is not None:
            yield dialect.group, changed


def _planted(case: Case, record: Recorded, pool: Pool) -> Iterator[tuple[str, Case]]:
    for corruption in CORRUPTIONS:
        random = Random(f"{record.doi} {record.source} {corruption.name}")
        planted = corruption.plant(case, random, pool)
        # Those that are told as an info are no warning of anybody's.
        if isinstance(planted, Case) and corruption.severity is not Severity.INFO:
            yield corruption.group, planted
