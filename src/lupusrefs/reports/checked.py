"""What a report needs of a checked reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from lupusrefs.compare.comparison import FieldComparison
from lupusrefs.findings import Finding
from lupusrefs.model.edit import Edit
from lupusrefs.model.outcome import Outcome
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.policy import Ignored


class Comparison(Protocol):
    """A reference beside a work."""

    @property
    def work(self) -> Work:
        """The work: the resolved one, or the one that the reference is known by."""

    @property
    def fields(self) -> tuple[FieldComparison, ...]:
        """Field by field."""

    @property
    def is_verified(self) -> bool:
        """Whether enough was compared to call a reference sound (comparison.md, P9)."""


class Checked(Protocol):
    """A reference, what became of its identifier, and what was found.

    It is a protocol so that reports need nothing of the machinery that checks.
    """

    @property
    def reference(self) -> Reference:
        """What is cited."""

    @property
    def outcome(self) -> Outcome:
        """What resolving it came to."""

    @property
    def comparison(self) -> Comparison | None:
        """Field by field; None where there was nothing to compare with."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What counts, the worst first."""

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        """What does not count."""

    @property
    def edits(self) -> Mapping[int, Sequence[Edit]]:
        """Index of a finding -> what mending it changes in the file."""
