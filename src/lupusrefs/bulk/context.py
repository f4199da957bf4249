"""What every task of a run needs to know; small, for it goes to every worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lupusrefs.bulk.folder import Folder
from lupusrefs.bulk.plan import Options
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.policy import FailOn, Policy


@dataclass(frozen=True, slots=True)
class Context:
    """A run, as its tasks see it.

    Attributes:
        folder: the folder of the run.
        options: what decides on the result.
        begun: when the run began, UTC.
    """

    folder: Folder
    options: Options
    begun: datetime

    @property
    def fail_on(self) -> FailOn:
        """From which severity on a finding makes the run fail."""
        return FailOn(self.options.fail_on)

    def policy(self) -> Policy:
        """A policy that has seen nothing yet."""
        return Policy(
            self.options.profile,
            self.options.severity,
            self.options.ignores,
            self.begun.date(),
        )

    def mirror(self, number: int) -> Mirror:
        """A mirror, which stays open in this process.

        Raises:
            MirrorError: it cannot be read.
        """
        digest = self.options.mirror_digests[number]
        return _mirror(self.options.mirrors[number], digest)


@lru_cache(maxsize=8)
def _mirror(location: str, digest: str) -> Mirror:  # noqa: ARG001 - another one, if built anew
    return Mirror.open(location)
