"""NCBI: PMID and PMCID -> DOI (registries.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from lupusrefs.errors import ServiceError, UnexpectedReply
from lupusrefs.services.protocol import Fetcher
from lupusrefs.transport.message import Limit, Reply, Request

_EUTILS: Final = Limit(requests=3, interval_s=1.0, concurrency=3)
# The converter publishes no figure; it is NCBI's, so NCBI's is kept.
_CONVERTER: Final = Limit(requests=3, interval_s=1.0, concurrency=1)
_MAX_IDS: Final = 200
_TOOL: Final = "lupusrefs"


@dataclass(slots=True)
class IdentifierAnswer:
    """What a registry said about the DOIs of several identifiers.

    Attributes:
        dois: identifier -> DOI; None where the record is there but has no DOI.
        unknown: identifiers that the registry says it does not have.
        failed: identifier -> why nothing can be said about it.
        fetched: when the last reply came, UTC; None while there is none.
    """

    dois: dict[str, str | None] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    failed: dict[str, ServiceError] = field(default_factory=dict)
    fetched: datetime | None = None


class PubMed:
    """Questions to NCBI's E-utilities and to PMC's id converter.

    Args:
        fetcher: the transport.
        eutils_url: base URL of the E-utilities.
        pmc_url: base URL of the id converter's API.
        mailto: mail address, which NCBI asks for, or None.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        eutils_url: str,
        pmc_url: str,
        mailto: str | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._eutils_url = eutils_url
        self._pmc_url = pmc_url
        self._mailto = mailto

    async def fetch_dois_of_pmids(self, pmids: Sequence[str]) -> IdentifierAnswer:
        """The DOIs of PubMed records; never raises a ServiceError."""
        answer = IdentifierAnswer()
        for batch in _batches(pmids):
            query = self._query({"db": "pubmed", "retmode": "json"}, "id", batch)
            url = f"{self._eutils_url}/esummary.fcgi?{query}"
            request = Request(service="pubmed", url=url, limit=_EUTILS)
            try:
                _read_summaries(await self._fetcher.fetch(request), batch, answer)
            except ServiceError as error:
                answer.failed |= dict.fromkeys(batch, error)
        return answer

    async def fetch_dois_of_pmcids(self, pmcids: Sequence[str]) -> IdentifierAnswer:
        """The DOIs of articles in PMC; never raises a ServiceError."""
        answer = IdentifierAnswer()
        for batch in _batches(pmcids):
            query = self._query({"format": "json"}, "ids", batch)
            url = f"{self._pmc_url}/articles/?{query}"
            request = Request(
                service="pmc",
                url=url,
                limit=_CONVERTER,
                # An unknown id may make the whole answer a 400 with its record.
                allowed=frozenset({200, 400, 404}),
            )
            try:
                _read_conversions(await self._fetcher.fetch(request), batch, answer)
            except ServiceError as error:
                answer.failed |= dict.fromkeys(batch, error)
        return answer

    def _query(self, parameters: dict[str, str], key: str, ids: Sequence[str]) -> str:
        parameters["tool"] = _TOOL
        if self._mailto:
            parameters["email"] = self._mailto
        return urlencode(parameters | {key: ",".join(ids)}, safe="@,")


def _batches(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _MAX_IDS] for start in range(0, len(ids), _MAX_IDS)]


def _read_summaries(
    reply: Reply, pmids: Sequence[str], answer: IdentifierAnswer
) -> None:
    document = reply.json()
    result = document.get("result") if isinstance(document, dict) else None
    answer.fetched = reply.fetched
    if not isinstance(result, dict):
        raise _unexpected(reply)
    for pmid in pmids:
        record = result.get(pmid)
        if not isinstance(record, dict) or record.get("error"):
            # esummary names every id it was asked; one without a record is not there.
            if isinstance(record, dict):
                answer.unknown.add(pmid)
            else:
                answer.failed[pmid] = _unexpected(reply)
            continue
        answer.dois[pmid] = _article_doi(record.get("articleids"))


def _article_doi(article_ids: object) -> str | None:
    for entry in article_ids if isinstance(article_ids, list) else ():
        if isinstance(entry, dict) and entry.get("idtype") == "doi":
            value = entry.get("value")
            if isinstance(value, str) and value:
                return value
    return None


def _read_conversions(
    reply: Reply, pmcids: Sequence[str], answer: IdentifierAnswer
) -> None:
    document = reply.json()
    records = document.get("records") if isinstance(document, dict) else None
    answer.fetched = reply.fetched
    if not isinstance(records, list):
        raise _unexpected(reply)
    for record in records:
        if not isinstance(record, dict):
            continue
        for pmcid in {str(record.get(k, "")) for k in ("requested-id", "pmcid")}:
            if pmcid not in pmcids:
                continue
            doi = record.get("doi")
            if record.get("status") == "error" or record.get("errmsg"):
                answer.unknown.add(pmcid)
            else:
                answer.dois[pmcid] = doi if isinstance(doi, str) and doi else None
    for pmcid in pmcids:
        if pmcid not in answer.dois and pmcid not in answer.unknown:
            answer.failed[pmcid] = _unexpected(reply)


def _unexpected(reply: Reply) -> UnexpectedReply:
    return UnexpectedReply(
        f"{reply.service} answered with JSON that has no records",
        service=reply.service,
        url=reply.url,
        hint="try again later",
    )
