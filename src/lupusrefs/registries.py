"""The way to the registries: one client, one service each."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from lupusrefs import __version__
from lupusrefs.config import Settings
from lupusrefs.services.arxiv import Arxiv
from lupusrefs.services.crossref import Crossref
from lupusrefs.services.datacite import DataCite
from lupusrefs.services.doi_org import DoiOrg
from lupusrefs.services.pubmed import PubMed
from lupusrefs.services.retraction_watch import RetractionWatch
from lupusrefs.transport.message import MEBIBYTE

# For one page of a thousand whole records, or a file of sixty million bytes.
_BULK_READ_S: Final = 120.0
_BULK_TOTAL_S: Final = 600.0
_BULK_BYTES: Final = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Services:
    """Every registry that can be asked.

    Attributes:
        requests: how many requests were sent to each service so far.
    """

    crossref: Crossref
    datacite: DataCite
    doi_org: DoiOrg
    pubmed: PubMed
    arxiv: Arxiv
    retraction_watch: RetractionWatch
    requests: Counter[str]


@asynccontextmanager
async def connect(
    settings: Settings, *, in_bulk: bool = False
) -> AsyncIterator[Services]:
    """Open the way to the registries; connections are made when they are needed.

    Args:
        settings: whom to ask, and who asks.
        in_bulk: for answers of thousands of records, in a run that nobody watches:
            they are larger, take longer to come, and an outage is waited for.
    """
    # Here, because httpx takes a tenth of a second to import, and a run that is
    # answered from the store does not need it.
    from lupusrefs.transport.body import Bounds  # noqa: PLC0415
    from lupusrefs.transport.client import Client, TransportSettings  # noqa: PLC0415
    from lupusrefs.transport.retry import RetryPolicy  # noqa: PLC0415

    endpoints = settings.endpoints
    mailto = settings.mailto
    contact = f" (mailto:{mailto})" if mailto else ""
    token = settings.crossref_token
    transport = TransportSettings(
        user_agent=f"lupusrefs/{__version__}{contact}",
        read_timeout_s=min(15.0, settings.timeout_s),
        connect_timeout_s=min(5.0, settings.timeout_s),
        total_timeout_s=settings.timeout_s,
        trusted_origins=frozenset(endpoints.model_dump().values()),
    )
    if in_bulk:
        transport = replace(
            transport,
            read_timeout_s=_BULK_READ_S,
            total_timeout_s=max(_BULK_TOTAL_S, settings.timeout_s),
            retry=RetryPolicy(attempts=6, wait_initial_s=1.0, wait_max_s=60.0),
            bounds=Bounds(_BULK_BYTES, _BULK_BYTES),
        )
    async with Client(transport) as client:
        yield Services(
            crossref=Crossref(
                client,
                endpoints.crossref,
                mailto,
                token.get_secret_value() if token else None,
            ),
            datacite=DataCite(client, endpoints.datacite, mailto),
            doi_org=DoiOrg(client, endpoints.doi),
            pubmed=PubMed(client, endpoints.pubmed, endpoints.pmc, mailto),
            arxiv=Arxiv(client, endpoints.arxiv),
            retraction_watch=RetractionWatch(client),
            requests=client.requests,
        )
