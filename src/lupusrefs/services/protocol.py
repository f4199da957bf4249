"""What services need and what they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lupusrefs.errors import ServiceError
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work
from lupusrefs.transport.message import Reply, Request


class Fetcher(Protocol):
    """The transport, as far as a service knows it."""

    async def fetch(self, request: Request) -> Reply:
        """Ask once, with pacing and retries.

        Raises:
            ServiceError: there is no reply.
        """
        ...


@dataclass(slots=True)
class ListAnswer:
    """What a registry's list said about several DOIs at once.

    A DOI that is in neither mapping is unknown to this registry, which does not
    mean that it is not registered (registries.md 2.3).

    Attributes:
        found: DOI key as asked -> its work.
        failed: DOI key as asked -> why nothing can be said about it.
    """

    found: dict[str, Work] = field(default_factory=dict)
    failed: dict[str, ServiceError] = field(default_factory=dict)

    @classmethod
    def about(
        cls,
        dois: Iterable[str],
        entries: Iterable[tuple[str | None, Work | ServiceError]],
    ) -> ListAnswer:
        """Sort a list's entries to the DOIs asked; what nobody asked is dropped.

        Args:
            dois: what was asked.
            entries: the DOI an entry is about, as far as it can be read, and its
                work, or why it has none.
        """
        asked = {fold(doi) for doi in dois}
        answer = cls()
        for doi, read in entries:
            key = fold(doi or "")
            if isinstance(read, ServiceError):
                if key in asked:
                    answer.failed[key] = read
                continue
            # A merged DOI comes back under its successor's name; a record of its
            # own goes before that.
            for alias in map(fold, read.aliases):
                if alias in asked:
                    answer.found.setdefault(alias, read)
            if fold(read.id) in asked:
                answer.found[fold(read.id)] = read
        return answer

    @classmethod
    def of(cls, answers: Iterable[ListAnswer]) -> ListAnswer:
        """Several answers as one."""
        whole = cls()
        for answer in answers:
            whole.found |= answer.found
            whole.failed |= answer.failed
        return whole

    def is_silent_on(self, doi: str) -> bool:
        """Whether the list said nothing at all about ``doi``."""
        key = fold(doi)
        return key not in self.found and key not in self.failed


def is_about(work: Work, doi: str) -> bool:
    """Whether a record is of the DOI asked for, or of what that was merged into.

    Registries fold more than ASCII when they spell a DOI in lower case.
    """
    wanted = doi.casefold()
    return any(name.casefold() == wanted for name in (work.id, *work.aliases))


class ListService(Protocol):
    """A registry that answers for many DOIs at once."""

    def lists(self, doi: str) -> bool:
        """Whether a list can carry ``doi``; if not, it is asked singly."""
        ...

    def batches(self, dois: Sequence[str]) -> list[list[str]]:
        """Split ``dois`` into what one request can carry."""
        ...

    async def fetch_list(self, dois: Sequence[str]) -> ListAnswer:
        """Ask for all of ``dois``, one batch; never raises a ServiceError."""
        ...

    async def fetch_one(self, doi: str) -> Work | None:
        """Ask for one DOI; None where this registry does not have it.

        Raises:
            ServiceError: the registry could not be asked, or not be understood.
        """
        ...


class SearchService(Protocol):
    """A registry that can be searched."""

    async def search(self, query: str, rows: int) -> tuple[Work, ...]:
        """The works that it finds for a query, the most relevant first.

        Raises:
            ServiceError: the registry could not be asked, or not be understood.
        """
        ...


class Registry(ListService, SearchService, Protocol):
    """A registry that answers for many DOIs at once, and can be searched."""
