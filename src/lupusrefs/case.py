"""One DOI on its way to an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lupusrefs.errors import InvalidIdentifier, ServiceError
from lupusrefs.memory import Verdict
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.identifiers import ARXIV_PREFIX, ArxivId
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.services.protocol import ListAnswer


@dataclass(slots=True, eq=False)
class Case:
    """One DOI on its way to an outcome.

    Attributes:
        doi: as the user gave it.
        names: the readings to try, the best first; behind an alias, its target.
        outcome: None until it is settled.
        failures: agency -> why its registry could not be asked or understood.
        followed: keys of the DOIs that aliases have led to.
        told: whether it has been reported as settled.
    """

    doi: Doi
    names: tuple[str, ...]
    outcome: Outcome | None = None
    failures: dict[str, ServiceError] = field(default_factory=dict)
    followed: set[str] = field(default_factory=set)
    told: bool = False

    @classmethod
    def of(cls, doi: Doi) -> Case:
        """A case that nothing is known about yet."""
        return cls(doi, doi.candidates)

    @property
    def prefix(self) -> str:
        """The prefix of the best reading."""
        return self.names[0].partition("/")[0]

    @property
    def paper(self) -> ArxivId | None:
        """The arXiv paper, if this is arXiv's own DOI of one."""
        if self.doi.prefix != ARXIV_PREFIX:
            return None
        try:
            return ArxivId.parse(self.doi.name)
        except InvalidIdentifier:
            return None

    @property
    def subjects(self) -> list[str]:
        """The readings of what the user gave, as the store names them."""
        return [f"doi:{fold(name)}" for name in self.doi.candidates]

    def recall(self, found: Mapping[str, Verdict]) -> bool:
        """Settle the case by stored verdicts, if they suffice.

        The best reading that is registered counts; "not registered" only when it is
        known of every reading.
        """
        verdicts = [found.get(subject) for subject in self.subjects]
        for verdict in verdicts:
            if verdict is None:
                return False
            if not isinstance(verdict, NotRegistered):
                self.outcome = verdict
                return True
        self.outcome = verdicts[0]
        return True

    def take(self, answer: ListAnswer) -> ServiceError | None:
        """Settle the case by the best reading that a list has.

        Gives back why not, where a better reading could not be asked about: the work
        of a worse one may be another work.
        """
        for name in self.names:
            if work := answer.found.get(fold(name)):
                self.outcome = Resolved(work)
                return None
            if error := answer.failed.get(fold(name)):
                return error
        return None

    def fail(self, error: ServiceError, agency: str | None = None) -> None:
        """Settle the case as unknown."""
        self.outcome = Unavailable(str(self.doi), error, agency)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """What to store: under every reading asked that it was not, else the best."""
        match self.outcome:
            case NotRegistered() as verdict:
                return dict.fromkeys(self.subjects, verdict)
            case Resolved() | NoMetadata() as verdict:
                return {self.subjects[0]: verdict}
            case _:
                return {}

    @property
    def failure(self) -> ServiceError | None:
        """The first reason why a registry could say nothing."""
        return next(iter(self.failures.values()), None)
