"""What became of references that were resolved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lupusrefs.model.outcome import Outcome
    from lupusrefs.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Resolution:
    """One reference and what became of it."""

    reference: Reference
    outcome: Outcome


@dataclass(slots=True)
class Run:
    """What a call of :func:`lupusrefs.resolve` did.

    Attributes:
        resolutions: one for each reference, in the order given.
        requests: how many requests were sent, by service; empty if none.
        warnings: what went wrong with the store and the mirrors.
    """

    resolutions: list[Resolution] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
