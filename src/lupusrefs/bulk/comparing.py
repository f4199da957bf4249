"""Last phase: a partition beside its works, by the ordinary checker.

Nobody is asked: what is known stands in the files of the phases before.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from lupusrefs.baseline import Baseline
from lupusrefs.bulk.context import Context
from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.handed import Handed, read_handed
from lupusrefs.bulk.joining import PartitionMirror
from lupusrefs.bulk.keys import keys_of, subject_of
from lupusrefs.bulk.plan import Partition
from lupusrefs.bulk.reading import Group, Reading
from lupusrefs.bulk.rows import Row, as_lines, as_table, general_row, rows_of
from lupusrefs.checker import Checked, Checker, Searches
from lupusrefs.compare.duplicates import Duplicates
from lupusrefs.doi_health import DoiHealth
from lupusrefs.findings import Finding
from lupusrefs.fingerprints import fingerprint
from lupusrefs.formats.garbage import uncollected
from lupusrefs.identify import identify
from lupusrefs.memory import Memory
from lupusrefs.mirror.lookup import ANSWERED_BY as MIRROR
from lupusrefs.model.item import Item
from lupusrefs.model.location import Diagnostic
from lupusrefs.model.outcome import (
    NoMetadata,
    Outcome,
    Resolved,
    Unavailable,
    authority_of,
    is_incomplete,
    status_of,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.policy import UNKNOWN, Ignored
from lupusrefs.resolver import OpenRegistries
from lupusrefs.snapshot import ANSWERED_BY as SNAPSHOT
from lupusrefs.store import Store

PARTS: Final = "parts"
BASELINE: Final = "baseline.json"
# Problems of a partition that are told one by one.
_TOLD: Final = 10
_KNOWN: Final = "known when the baseline was written"


@dataclass(frozen=True, slots=True)
class CompareTask:
    """Compare the references of a partition.

    Attributes:
        context: of the run.
        partition: what to read.
        rows: for each mirror the files of its rows.
        batch: the number of the partition in its round.
        handed: the file of what the conductor knows; None where that is nothing.
    """

    context: Context
    partition: Partition
    rows: tuple[tuple[str, ...], ...]
    batch: int
    handed: str | None

    def __str__(self) -> str:
        """What was compared, where nobody came to its end."""
        return f"the references of {self.partition}"


class Problem(BaseModel):
    """What could not be read.

    Attributes:
        file: the file.
        line: the line or row; 0 for the file as a whole.
        column: of the line, from 1.
        message: what is wrong.
        hint: what to do about it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int
    column: int
    message: str
    hint: str | None


class Counts(BaseModel):
    """A partition, or a run, in numbers.

    Attributes:
        references: how many there were.
        rows: how many rows were written.
        statuses: what resolving came to.
        sound: how many references were compared and nothing was found.
        severities: findings by severity.
        rules: findings by rule.
        ignored: who says that findings do not count, and how many.
        failing: how many findings make the run fail.
        incomplete: of how many references no registry answered.
        answers: where works come from: ``mirror``, ``store``, ``network`` or
            ``snapshot``.
        unread: how many problems there were with what was read.
        problems: the first of them.
        used_ignores: which ignores of the configuration were of use.
    """

    model_config = ConfigDict(extra="forbid")

    references: int = 0
    rows: int = 0
    statuses: Counter[str] = Counter()
    sound: int = 0
    severities: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    ignored: Counter[str] = Counter()
    failing: int = 0
    incomplete: int = 0
    answers: Counter[str] = Counter()
    unread: int = 0
    problems: list[Problem] = []
    used_ignores: set[int] = set()

    def add(self, other: Counts) -> None:
        """Count those of another one as well."""
        self.references += other.references
        self.rows += other.rows
        self.sound += other.sound
        self.failing += other.failing
        self.incomplete += other.incomplete
        self.unread += other.unread
        for name in ("statuses", "severities", "rules", "ignored", "answers"):
            getattr(self, name).update(getattr(other, name))
        left = max(_TOLD - len(self.problems), 0)
        self.problems += other.problems[:left]
        self.used_ignores |= other.used_ignores

    def add_findings(self, findings: Iterable[Finding], context: Context) -> None:
        """Count findings."""
        for found in findings:
            self.severities[str(found.severity)] += 1
            self.rules[found.rule.id] += 1
            fails = context.fail_on.fails(found.severity)
            self.failing += found.rule.id != UNKNOWN and fails

    def add_problems(self, problems: Iterable[Diagnostic]) -> None:
        """Count what could not be read."""
        for one in problems:
            self.unread += 1
            if len(self.problems) < _TOLD:
                place = one.location
                self.problems.append(
                    Problem(
                        file=place.file,
                        line=place.line,
                        column=place.column,
                        message=one.message,
                        hint=one.hint,
                    )
                )


def part_name(number: int, output: str) -> str:
    """The file of a partition's rows."""
    return f"{PARTS}/{number:06d}.{output}"


def counts_name(number: int) -> str:
    """The file of a partition's numbers: where it is, the partition is done."""
    return f"{PARTS}/{number:06d}.json"


def compare_partition(task: CompareTask) -> Counts:
    """Write the rows of a partition.

    Raises:
        InputError: a file cannot be written.
        MirrorError: a mirror cannot be read.
        OSError: a file of another phase cannot be read.
    """
    context = task.context
    handed = read_handed(context.folder, task.handed)
    counts = Counts()
    rows: list[Row] = []
    reading = Reading(task.partition, context.options.max_bytes)
    mirrors = [
        PartitionMirror(context, number, files, task.batch)
        for number, files in enumerate(task.rows)
    ]
    with Store(None) as store:
        store.put(handed.stored())
        memory = Memory(store, context.begun, mirrors=mirrors)
        checking = _Checking(context, memory, handed, counts, rows)
        # What is made here lives as long as a portion; to look for cycles among it
        # takes longer than to compare it.
        with asyncio.Runner() as runner, uncollected():
            for group in reading.groups():
                runner.run(checking.take(group))
    counts.add_problems(reading.problems)
    counts.rows = len(rows)
    number = task.partition.number
    content = (as_table if context.options.output == "parquet" else as_lines)(rows)
    context.folder.write(part_name(number, context.options.output), content)
    context.folder.write(counts_name(number), counts.model_dump_json().encode())
    return counts


@dataclass(slots=True)
class _Checking:
    """One partition under way."""

    context: Context
    memory: Memory
    handed: Handed
    counts: Counts
    rows: list[Row]

    async def take(self, group: Group) -> None:
        """Check the references of a group."""
        checker = _PartitionChecker(
            self.memory,
            self.context.policy(),
            _baseline(self.context),
            files={group.name: group.file} if group.file else {},
            searches=Searches.NONE,
            duplicates=Duplicates() if group.is_one_list else _Unrelated(),
            handed=self.handed,
        )
        async for portion in checker.check(group.references):
            for one in portion:
                self._count(one)
                self.rows.extend(rows_of(one))
        ignores = self.context.options.ignores
        stale = list(checker.stale_ignores())
        idle = {ignore for ignore, _ in stale}
        used = (at for at, ignore in enumerate(ignores) if ignore not in idle)
        self.counts.used_ignores.update(used)
        # Those of the configuration may be of use to another partition.
        beside = (
            ignore.stale_finding(is_expired=is_expired)
            for ignore, is_expired in stale
            if ignore not in ignores
        )
        general = list(checker.policy.graded(beside))
        self.counts.add_findings(general, self.context)
        self.rows.extend(map(general_row, general))
        self.counts.add_problems(
            Diagnostic(str(error), error.location, error.hint)
            for error in checker.errors
            if error.location is not None
        )

    def _count(self, checked: Checked) -> None:
        counts = self.counts
        counts.references += 1
        counts.statuses[str(status_of(checked.outcome))] += 1
        counts.incomplete += is_incomplete(checked.outcome)
        comparison = checked.comparison
        if comparison is not None and comparison.is_verified:
            counts.sound += not checked.findings
        counts.add_findings(checked.findings, self.context)
        counts.ignored.update(one.source for one in checked.ignored)
        if (source := self._source(checked)) is not None:
            counts.answers[source] += 1

    def _source(self, checked: Checked) -> str | None:
        """Where the answer on a reference comes from."""
        _, answered_by, _ = authority_of(checked.outcome)
        if answered_by is None or answered_by in {MIRROR, SNAPSHOT}:
            return answered_by
        asked = self.handed.asked
        keys = keys_of(identify(checked.reference)) if asked else ()
        return "store" if asked.isdisjoint(map(subject_of, keys)) else "network"


@dataclass(slots=True)
class _PartitionChecker(Checker):
    """A checker that is told what the conductor has met.

    Attributes:
        handed: what it knows.
    """

    handed: Handed = field(default_factory=Handed)

    async def _resolve(
        self, references: Sequence[Reference], opened: OpenRegistries | None
    ) -> list[Outcome]:
        outcomes = await super(_PartitionChecker, self)._resolve(references, opened)
        if not self.handed.failures:
            return outcomes
        return [
            self._as_asked(*pair) for pair in zip(references, outcomes, strict=True)
        ]

    def _as_asked(self, reference: Reference, outcome: Outcome) -> Outcome:
        """The outcome with the reason why nobody could be asked."""
        keys = keys_of(identify(reference))
        failure = self.handed.failures.get(subject_of(keys[0])) if keys else None
        if failure is None:
            return outcome
        match outcome:
            case Unavailable(identifier):
                return Unavailable(identifier, failure.error, failure.agency)
            case Resolved() | NoMetadata():
                return replace(outcome, error=failure.error)
            case _:
                return outcome

    async def _examine(
        self, outcomes: Sequence[Outcome], opened: OpenRegistries | None
    ) -> DoiHealth:
        health = await super(_PartitionChecker, self)._examine(outcomes, opened)
        health.prefixes |= self.handed.prefixes
        return health


class _Unrelated(Duplicates):
    """References of many lists: that two cite one work is as it should be."""

    def seen(self, reference: Item, work: Work | None) -> tuple[Finding, ...]:  # noqa: ARG002
        """Nothing comes again."""
        return ()


@dataclass(slots=True)
class _KnownAnywhere(Baseline):
    """A baseline of a run in parts: what is known is so wherever it comes."""

    marks: frozenset[str] = frozenset()

    def apply(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Ignored]]:
        """Sort findings into the new ones and the known ones."""
        new: list[Finding] = []
        known: list[Ignored] = []
        for found in findings:
            if fingerprint(found) in self.marks:
                known.append(Ignored(found, _KNOWN, "baseline"))
            else:
                new.append(found)
        return new, known


def _baseline(context: Context) -> Baseline | None:
    if context.options.baseline is None:
        return None
    marks = _marks(context.folder, context.options.baseline)
    return _KnownAnywhere(Path(BASELINE), (), marks=marks)


@lru_cache(maxsize=2)
def _marks(folder: Folder, digest: str) -> frozenset[str]:  # noqa: ARG001 - of another baseline
    return frozenset(json.loads(folder.read(BASELINE)))
