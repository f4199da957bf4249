"""Retraction Watch's database as one CSV file (registries.md 2.4)."""

from __future__ import annotations

from typing import Final

from lupusrefs.services.protocol import Fetcher
from lupusrefs.transport.message import MEBIBYTE, Limit, Request

SERVICE: Final = "retraction-watch"
# One file, now and then; the host publishes no pace.
_LIMIT: Final = Limit(requests=1, interval_s=1.0, concurrency=1)
# 60,000 notices had some 60 million bytes.
_MAX_BYTES: Final = 512 * MEBIBYTE


class RetractionWatch:
    """Asks for the file, wherever it is published.

    Args:
        fetcher: the transport.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def fetch(self, url: str) -> bytes:
        """The file's bytes.

        Args:
            url: http or https.

        Raises:
            ServiceError: it could not be had.
        """
        reply = await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                limit=_LIMIT,
                accept="text/csv, */*;q=0.1",
                expects_json=False,
                max_bytes=_MAX_BYTES,
            )
        )
        return reply.body
