"""What a bulk check tells while it goes on, and what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from lupusrefs.bulk.comparing import Counts
from lupusrefs.findings import Finding


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far a run is.

    Attributes:
        phase: what is being done.
        done: references, those that are half done in part.
        total: how many there are, as far as that is known.
        round: which of the rounds this is, from 1; 0 before the first.
        rounds: how many there are.
    """

    phase: str
    done: float
    total: int
    round: int = 0
    rounds: int = 0


@dataclass(slots=True)
class BulkRun:
    """What a bulk check came to.

    Attributes:
        counts: the numbers.
        skipped: files of folders that are none of references.
        damaged: inputs that cannot be read, or not to their end.
        general: findings that belong to no reference.
        warnings: what went wrong with the store and the mirrors.
        requests: how many requests were sent, by service.
        resumed: references that were done by an earlier run.
        was_other: whether there was an unfinished run of something else, now gone.
        seconds: how long it took, by phase.
    """

    counts: Counts = field(default_factory=Counts)
    skipped: int = 0
    damaged: tuple[tuple[str, str], ...] = ()
    general: tuple[Finding, ...] = ()
    warnings: list[str] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    was_other: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def clock(self, phase: str) -> Iterator[None]:
        """Count the seconds that are spent within for a phase."""
        begin = monotonic()
        yield
        self.seconds[phase] = self.seconds.get(phase, 0.0) + monotonic() - begin
