"""Many DOIs in one URL: how many fit, and what to do when they did not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from lupusrefs.errors import ServiceError, ServiceRejected
from lupusrefs.model.doi_spelling import fold
from lupusrefs.services.protocol import ListAnswer
from lupusrefs.transport.message import MEBIBYTE

# No registry publishes its limit (registries.md 2.3). Half of the 8 KiB that most
# servers and proxies take for a request line leaves room for theirs.
MAX_URL_BYTES: Final = 4_000
# A hundred full records with their reference lists come to some ten million bytes.
MAX_LIST_BYTES: Final = 32 * MEBIBYTE
_TOO_MUCH: Final = frozenset({400, 413, 414})
# The URL also names how many DOIs it has: up to three digits more than for one.
_COUNT_BYTES: Final = len("1000") - len("1")
# A single DOI that a registry rejects with 400 is found by halving in about a dozen
# requests; a registry that rejects everything is not asked for ever.
_MAX_REFUSALS: Final = 16


class Batching:
    """Packs DOIs into URLs of bounded length, and learns a lower bound when refused.

    Args:
        url_for: the request's URL for some DOIs.
        ask: sends one such request.
        most: the most DOIs a list returns at once.
    """

    def __init__(
        self,
        url_for: Callable[[Sequence[str]], str],
        ask: Callable[[Sequence[str]], Awaitable[ListAnswer]],
        most: int,
    ) -> None:
        self._url_for = url_for
        self._ask = ask
        self._most = most
        self._max_url_bytes = MAX_URL_BYTES
        self._refusals_left = _MAX_REFUSALS

    def batches(self, dois: Sequence[str]) -> list[list[str]]:
        """Split ``dois``, in order, into lists that each fit one URL."""
        fixed = len(self._url_for([])) + _COUNT_BYTES
        batches: list[list[str]] = []
        length = self._max_url_bytes + 1
        for doi in dois:
            cost = len(self._url_for([doi])) + _COUNT_BYTES - fixed + 1
            if length + cost > self._max_url_bytes or len(batches[-1]) == self._most:
                batches.append([])
                length = fixed
            batches[-1].append(doi)
            length += cost
        return batches

    async def fetch(self, dois: Sequence[str]) -> ListAnswer:
        """Ask; where the request is refused as too much, ask in two halves.

        A DOI that is refused even alone is not a failure of the registry: the answer
        is silent on it, so that it is asked for as a single record.
        """
        if len(dois) > 1 and len(self._url_for(dois)) > self._max_url_bytes:
            return await self._in_halves(dois)
        try:
            answer = await self._ask(dois)
        except ServiceRejected as error:
            self._refusals_left -= error.status in _TOO_MUCH
            if error.status not in _TOO_MUCH or self._refusals_left <= 0:
                return _failed(dois, error)
            if len(dois) == 1:
                return ListAnswer()
            if error.status != HTTPStatus.BAD_REQUEST:
                half = len(self._url_for(dois)) // 2
                self._max_url_bytes = min(self._max_url_bytes, half)
            return await self._in_halves(dois)
        except ServiceError as error:
            return _failed(dois, error)
        self._refusals_left = _MAX_REFUSALS
        return answer

    async def _in_halves(self, dois: Sequence[str]) -> ListAnswer:
        middle = len(dois) // 2
        halves = (dois[:middle], dois[middle:])
        return ListAnswer.of([await self.fetch(half) for half in halves])


def _failed(dois: Sequence[str], error: ServiceError) -> ListAnswer:
    return ListAnswer(failed={fold(doi): error for doi in dois})


class ListedRegistry(ABC):
    """The list side of a registry that answers for many DOIs at once.

    Args:
        most: the most DOIs its list returns at once.
    """

    def __init__(self, most: int) -> None:
        self._batching = Batching(self._list_url, self._ask_list, most)

    @staticmethod
    def lists(doi: str) -> bool:
        """Whether a list can carry the DOI: a comma would split the parameter."""
        return "," not in doi

    def batches(self, dois: Sequence[str]) -> list[list[str]]:
        """Split ``dois`` into what one request can carry."""
        return self._batching.batches(dois)

    async def fetch_list(self, dois: Sequence[str]) -> ListAnswer:
        """The works of ``dois``, asked in one request where it is accepted."""
        return await self._batching.fetch(dois)

    @abstractmethod
    def _list_url(self, dois: Sequence[str]) -> str:
        """The URL of a list request."""

    @abstractmethod
    async def _ask_list(self, dois: Sequence[str]) -> ListAnswer:
        """Send one list request.

        Raises:
            ServiceError: there is no readable answer.
        """
