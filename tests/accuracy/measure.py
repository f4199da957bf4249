"""Everything that is measured, over two processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from accuracy import (
    baselines,
    citations,
    clean,
    hostile,
    lists,
    mistakes,
    repairs,
    status,
)
from accuracy.pool import Pool
from accuracy.records import Recorded, can_be_cited, recorded
from accuracy.status import Status

_PROCESSES: Final = 2
_CHUNKS: Final = 32
# A baseline costs more than we do, and its rates need no third digit.
_BASELINE_STEP: Final = 20
_REPAIR_STEP: Final = 6
_HOSTILE_STEP: Final = 100


@dataclass(frozen=True, slots=True)
class Part:
    """What one share of the records came to."""

    clean: clean.Clean
    mistakes: mistakes.Mistakes
    repairs: repairs.Repairs
    baselines: baselines.Baselines


@dataclass(frozen=True, slots=True)
class Accuracy:
    """All results."""

    records: int
    citable: int
    part: Part
    citations: citations.Citations
    status: Status
    lists: Status
    hostile: hostile.Hostile


@dataclass(frozen=True, slots=True)
class Corpus:
    """The records, those that a clean reference can be made of, and their pool."""

    recorded: tuple[Recorded, ...]
    citable: tuple[Recorded, ...]
    pool: Pool


def load(corpus: Path) -> Corpus:
    """Read the corpus."""
    records = recorded(corpus)
    citable = tuple(one for one in records if can_be_cited(one.work))
    return Corpus(records, citable, Pool(records, (one.work for one in citable)))


def measure(corpus: Path, *, step: int = 1) -> Accuracy:
    """All of it; with ``step`` only every so-manieth record."""
    read = load(corpus)
    return Accuracy(
        records=len(read.recorded),
        citable=len(read.citable),
        part=_in_parallel(read, step),
        citations=citations.measure(read.recorded),
        status=status.measure(corpus, read.recorded),
        lists=lists.measure(read.citable),
        hostile=hostile.measure(read.citable[::_HOSTILE_STEP]),
    )


def measure_part(read: Corpus, records: Sequence[tuple[int, Recorded]]) -> Part:
    """One share of the records, each with its number."""
    ones = [record for _, record in records]
    some = [record for at, record in records if at % _REPAIR_STEP == 0]
    few = [record for at, record in records if at % _BASELINE_STEP == 0]
    return Part(
        clean.measure(ones),
        mistakes.measure(ones, read.pool),
        repairs.measure(some, read.pool),
        baselines.measure(few, read.pool),
    )


# A forked process has what was read before; nothing is sent to it.
_READ: list[Corpus] = []


def _in_parallel(read: Corpus, step: int) -> Part:
    _READ[:] = [read]
    whole = Part(
        clean.Clean(), mistakes.Mistakes(), repairs.Repairs(), baselines.Baselines()
    )
    with get_context("fork").Pool(_PROCESSES) as processes:
        tasks = [(chunk, step) for chunk in range(_CHUNKS)]
        for part in processes.imap(_measure_chunk, tasks):
            whole.clean.merge(part.clean)
            whole.mistakes.merge(part.mistakes)
            whole.repairs.merge(part.repairs)
            whole.baselines.merge(part.baselines)
    return whole


def _measure_chunk(task: tuple[int, int]) -> Part:
    chunk, step = task
    read = _READ[0]
    return measure_part(read, list(_share(read, chunk, step)))


def _share(read: Corpus, chunk: int, step: int) -> Iterator[tuple[int, Recorded]]:
    chosen = islice(enumerate(read.citable), 0, None, step)
    return islice(enumerate(one for _, one in chosen), chunk, None, _CHUNKS)
