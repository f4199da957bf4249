"""One round of a bulk check: some partitions, from their keys to their rows.

One to ten million references at a time, so that what stands between the phases takes
the same room however many there are.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Final, TypeVar

from lupusrefs.bulk import comparing
from lupusrefs.bulk.asking import Asking, Wanted
from lupusrefs.bulk.comparing import CompareTask
from lupusrefs.bulk.context import Context
from lupusrefs.bulk.engine import Engine
from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.joining import Joined, JoinTask, join
from lupusrefs.bulk.keys import Key, KeysTask, find_keys, read_keys
from lupusrefs.bulk.plan import ROUND, Partition
from lupusrefs.bulk.run import BulkRun
from lupusrefs.checker import kept_open
from lupusrefs.mirror.layout import Description

T = TypeVar("T")
R = TypeVar("R")

# Of the time that a reference takes: its line is looked at for identifiers; a mirror's
# row group is unpacked for it; the rest is reading it in full, and comparing. Against
# a mirror of 2 million records to look up takes half of that; of a large one, more.
_KEYS, _JOIN = 0.05, 0.15
# Where registries are asked, that takes as long as all else, or longer.
_ASK = 0.35
# Bytes of records, unpacked, that one task of a join holds, in a small round and in a
# large one; and by how much zstd has packed them. Each task looks through all keys, and
# each partition into the rows of each task: that there are not too many of both is
# worth some memory.
_JOIN_BYTES: Final = 1 << 25
_MOST_JOIN_BYTES: Final = 1 << 27
_PACKED: Final = 5
# And enough tasks that no worker waits for the last one; a few references make one.
_FEWEST_JOINS: Final = 8
_FEW_REFERENCES: Final = 2_000
# Records name others in one case of ten or so.
_RELATED: Final = 10


@dataclass(slots=True)
class Round:
    """Some partitions.

    Attributes:
        engine: who does the tasks.
        run: takes what they come to.
        tell: told how far the run is: the phase, and the references.
        context: of the run.
        number: which round it is, from 0.
        partitions: all of the round.
        todo: those that are not done.
        base: the references of the rounds before.
    """

    engine: Engine
    run: BulkRun
    tell: Callable[[str, float], None]
    context: Context
    number: int
    partitions: Sequence[Partition]
    todo: Sequence[Partition]
    base: int
    _marks: frozenset[str] = frozenset()
    _done: float = 0

    @property
    def under(self) -> str:
        """The folder of what stands between the phases."""
        return f"rounds/{self.number:04d}"

    @property
    def _range(self) -> tuple[int, int]:
        return self.partitions[0].number, self.partitions[-1].number + 1

    def do(self, mirrors: Sequence[Description], asking: Asking) -> None:
        """All phases."""
        self._marks = self.context.folder.names(self.under)
        with self.run.clock("keys"):
            cited = self._keys()
        with self.run.clock("join"):
            found, missing, named = self._join(mirrors, "cited", cited, named=True)
        with self.run.clock("related"):
            more, unnamed, _ = self._join(mirrors, "related", named, named=False)
        with self.run.clock("ask"):
            handed = self._ask(asking, cited, missing, unnamed)
        with self.run.clock("compare"):
            self._compare([*found, *more], handed)
        self.context.folder.remove(self.under)

    def _each(
        self,
        phase: str,
        function: Callable[[T], R],
        tasks: Sequence[T],
        weights: Sequence[float],
    ) -> Iterator[R]:
        """Do tasks, and tell of each."""
        self.tell(phase, self.base + self._done)
        results = self.engine.run(function, tasks)
        for result, weight in zip(results, weights, strict=True):
            self._done += weight
            self.tell(phase, self.base + self._done)
            yield result

    @property
    def _references(self) -> int:
        return sum(one.references for one in self.partitions)

    def _keys(self) -> list[str]:
        """The files of the keys of all partitions."""
        names = {one.number: f"keys-{one.number:06d}" for one in self.partitions}
        todo = [one for one in self.partitions if names[one.number] not in self._marks]
        self._done += _KEYS * (self._references - sum(one.references for one in todo))
        tasks = [
            KeysTask(self.context, one, f"{self.under}/{names[one.number]}")
            for one in todo
        ]
        weights = [_KEYS * one.references for one in todo]
        for _ in self._each("keys", find_keys, tasks, weights):
            pass
        return [f"{self.under}/{name}" for name in names.values()]

    def _join(
        self,
        mirrors: Sequence[Description],
        stage: str,
        wanted: Sequence[str],
        *,
        named: bool,
    ) -> tuple[list[tuple[int, str]], list[str], list[str]]:
        """Look up keys in one mirror after the other.

        Args:
            mirrors: what they are.
            stage: for the names of files.
            wanted: the files of the keys.
            named: whether it is of interest what the records name.

        Returns:
            the files of rows, each with the number of its mirror; the files of the
            keys that are in none; and those of the keys that are named.
        """
        found: list[tuple[int, str]] = []
        others: list[str] = []
        share = (
            _JOIN * self._references * (0.9 if named else 0.1) / max(len(mirrors), 1)
        )
        for number, mirror in enumerate(mirrors):
            if not wanted or not mirror.buckets:
                self._done += share
                continue
            tasks = [
                JoinTask(
                    self.context,
                    number,
                    buckets,
                    tuple(wanted),
                    self._range,
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-rows",
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-missing",
                    f"{self.under}/{stage}-{number}-{buckets[0]:04d}-named"
                    if named
                    else None,
                )
                for buckets in _bucket_groups(
                    mirror,
                    self._references // (1 if named else _RELATED),
                    _JOIN_BYTES * len(self.partitions) // ROUND,
                )
            ]
            results = self._joined(tasks, share, stage)
            found += [
                (number, task.to)
                for task, one in zip(tasks, results, strict=True)
                if one.found
            ]
            others += [
                task.related
                for task, one in zip(tasks, results, strict=True)
                if one.related and task.related is not None
            ]
            wanted = [
                task.missing
                for task, one in zip(tasks, results, strict=True)
                if one.missing
            ]
        return found, list(wanted), others

    def _joined(
        self, tasks: Sequence[JoinTask], share: float, stage: str
    ) -> list[Joined]:
        """Do the joins that are not done; gives what each came to."""
        folder = self.context.folder
        marks = [f"{task.to}.done" for task in tasks]
        is_done = [mark.rpartition("/")[2] in self._marks for mark in marks]
        todo = [task for task, done in zip(tasks, is_done, strict=True) if not done]
        weight = share / len(tasks)
        self._done += weight * (len(tasks) - len(todo))
        phase = "join" if stage == "cited" else "related"
        new = self._each(phase, join, todo, [weight] * len(todo))
        results: list[Joined] = []
        for mark, done in zip(marks, is_done, strict=True):
            if done:
                results.append(Joined(**json.loads(folder.read(mark))))
            else:
                results.append(next(new))
                told = json.dumps(asdict(results[-1]))
                folder.write(mark, told.encode())
            for warning in results[-1].warnings:
                if warning not in self.run.warnings:
                    self.run.warnings.append(warning)
        # One that is left before its end would be closed, and its last step not taken.
        for _ in new:
            raise AssertionError("there are more results than tasks")
        return results

    # -- what no mirror has ---------------------------------------------------------

    def _ask(
        self,
        asking: Asking,
        cited: Sequence[str],
        missing: Sequence[str],
        named: Sequence[str],
    ) -> dict[int, str]:
        """Number of a partition -> the file of what is known beside the mirrors."""
        if asking.has_nothing:
            return {}
        names: dict[int, str] = {}
        share = _ASK if asking.open_registries is not None else 0.0

        async def ask() -> None:
            async with AsyncExitStack() as stack:
                opened = kept_open(asking.open_registries, stack)
                for one, absent, unnamed in self._unknown(missing, named):
                    name = f"{self.under}/handed-{one.number:06d}"
                    begin = self._done
                    settled = 0

                    def step(number: int, begin: float = begin) -> None:
                        nonlocal settled
                        settled += number
                        self.tell("ask", self.base + begin + share * settled)

                    if name.rpartition("/")[2] not in self._marks:
                        asked = replace(asking, open_registries=opened, progress=step)
                        wanted = self._wanted(one, cited, absent, unnamed)
                        handed = await asked.hand(wanted)
                        text = handed.model_dump_json() if handed is not None else ""
                        self.context.folder.write(name, text.encode())
                    names[one.number] = name
                    self._done = begin + share * one.references
                    self.tell("ask", self.base + self._done)

        asyncio.run(ask())
        return names

    def _unknown(
        self, missing: Sequence[str], named: Sequence[str]
    ) -> Iterator[tuple[Partition, list[Key], list[Key]]]:
        """The partitions to do, each with its keys of the files of either kind.

        A million keys take a quarter of a gigabyte, and a large round has ten: the
        files are read again for each few partitions.
        """
        folder = self.context.folder
        for start in range(0, len(self.todo), ROUND):
            some = self.todo[start : start + ROUND]
            numbers = range(some[0].number, some[-1].number + 1)
            absent = _by_partition(folder, missing, numbers)
            unnamed = _by_partition(folder, named, numbers)
            for one in some:
                yield one, absent.get(one.number, []), unnamed.get(one.number, [])

    def _wanted(
        self,
        partition: Partition,
        cited: Sequence[str],
        missing: Sequence[Key],
        named: Sequence[Key],
    ) -> Wanted:
        at = partition.number - self.partitions[0].number
        content = self.context.folder.read(cited[at])
        return Wanted(
            [key for _, key in read_keys(content)],
            frozenset(key.key for key in missing),
            named,
        )

    # -- the comparison -------------------------------------------------------------

    def _compare(
        self, found: Sequence[tuple[int, str]], handed: dict[int, str]
    ) -> None:
        first = self.partitions[0].number
        files = tuple(
            tuple(name for of, name in found if of == number)
            for number in range(len(self.context.options.mirrors))
        )
        tasks = [
            CompareTask(
                self.context, one, files, one.number - first, handed.get(one.number)
            )
            for one in self.todo
        ]
        begin = self._done
        left = self._references - begin
        total = sum(one.references for one in self.todo) or 1
        weights = [left * one.references / total for one in self.todo]
        for counts in self._each(
            "compare", comparing.compare_partition, tasks, weights
        ):
            self.run.counts.add(counts)


def _by_partition(
    folder: Folder, names: Sequence[str], numbers: range
) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = {}
    for name in names:
        for number, key in read_keys(folder.read(name), numbers):
            found.setdefault(number, []).append(key)
    return found


def _bucket_groups(
    mirror: Description, references: int, most: int
) -> list[tuple[int, int]]:
    """The buckets in groups, so that the records of each fit into little memory.

    Args:
        mirror: which has the buckets.
        references: how many are looked up.
        most: how many bytes of records a task may hold.
    """
    buckets = len(mirror.buckets)
    packed = sum(one.bytes for one in mirror.buckets)
    records = sum(one.rows for one in mirror.buckets) or 1
    wanted = _PACKED * packed // records * min(references, records)
    least = min(references // _FEW_REFERENCES + 1, _FEWEST_JOINS)
    most = min(max(most, _JOIN_BYTES), _MOST_JOIN_BYTES)
    number = max(wanted // most + 1, least)
    number = min(number, buckets)
    edges = [buckets * at // number for at in range(number + 1)]
    return list(pairwise(edges))
