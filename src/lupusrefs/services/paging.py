"""Everything that a registry changed on some days, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from lupusrefs.transport.message import MEBIBYTE, Limit

#: The most that lists return at once (registries.md 2.3 and 3).
ROWS: Final = 1000
# Whole records with their reference lists come to ten thousand bytes on average; some
# to millions, but not a thousand of them on one page.
MAX_PAGE_BYTES: Final = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a long answer.

    Attributes:
        records: the registry's JSON objects, whole, in its order.
        cursor: where the next page begins; None after the last.
        total: how many records all pages have by the registry's count; None if it
            does not say.
    """

    records: tuple[object, ...]
    cursor: str | None
    total: int | None


class ChangingRegistry(Protocol):
    """A registry that tells what it changed."""

    @property
    def list_limit(self) -> Limit:
        """The published pace of its lists."""
        ...

    async def count_changed(self, first: date) -> int | None:
        """How many records it changed or indexed since a day; None if it does not say.

        Args:
            first: the day, in UTC; included.

        Raises:
            ServiceError: it could not be asked, or not be understood.
        """
        ...

    def changed(
        self, first: date, last: date | None, cursor: str | None = None
    ) -> AsyncIterator[Page]:
        """All records that it changed or indexed last on some days, page by page.

        Args:
            first: in UTC; included.
            last: likewise; None for all days since.
            cursor: of a page that was read before, to go on behind it.

        Raises:
            ServiceError: a page could not be had, or not be understood. A cursor that
                is not valid any more is a :class:`~lupusrefs.errors.ServiceRejected`.
        """
        ...


def count(value: object) -> int | None:
    """A number of records, as far as the registry's JSON has one."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None
