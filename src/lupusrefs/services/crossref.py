"""Crossref's REST API: single records, lists of many, searches (registries.md 2)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode

from pydantic import ValidationError

from lupusrefs.errors import ServiceError, ServiceRejected, UnexpectedReply
from lupusrefs.model.doi import quote_name
from lupusrefs.model.work import Work
from lupusrefs.services.batch import MAX_LIST_BYTES, ListedRegistry
from lupusrefs.services.crossref_record import SELECTED, read_doi, read_record
from lupusrefs.services.paging import MAX_PAGE_BYTES, ROWS, Page, count
from lupusrefs.services.protocol import Fetcher, ListAnswer, is_about
from lupusrefs.transport.message import Limit, Reply, Request, public_url

SERVICE: Final = "crossref"
# The figures since 2025-12-01 (registries.md 2.1). Headers of list answers still
# announce the single-record figures, so they may lower the pace of lists only.
_PUBLIC_SINGLE: Final = Limit(requests=5, interval_s=1.0, concurrency=1)
_PUBLIC_LIST: Final = Limit(requests=1, interval_s=1.0, concurrency=1)
_POLITE_SINGLE: Final = Limit(requests=10, interval_s=1.0, concurrency=3)
_POLITE_LIST: Final = Limit(requests=3, interval_s=1.0, concurrency=3)
_PLUS: Final = Limit(requests=150, interval_s=1.0, concurrency=20)
_PLUS_HEADER: Final = "Crossref-Plus-API-Token"
# The list never returns more (registries.md 2.3).
_MAX_ROWS: Final = 1000


class Crossref(ListedRegistry):
    """Questions to one Crossref endpoint.

    Args:
        fetcher: the transport.
        base_url: ``https://api.crossref.org``, or a mirror of it.
        mailto: mail address for the polite pool, or None.
        token: Metadata Plus key, or None.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        base_url: str,
        mailto: str | None = None,
        token: str | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._base_url = base_url
        self._mailto = mailto
        self._token = token
        self._select = True
        super().__init__(_MAX_ROWS)

    @property
    def list_limit(self) -> Limit:
        """The published pace of lists in this client's pool."""
        if self._token:
            return _PLUS
        return _POLITE_LIST if self._mailto else _PUBLIC_LIST

    @property
    def single_limit(self) -> Limit:
        """The published pace of single records in this client's pool."""
        if self._token:
            return _PLUS
        return _POLITE_SINGLE if self._mailto else _PUBLIC_SINGLE

    async def fetch_one(self, doi: str) -> Work | None:
        """The work of one DOI; None where Crossref does not have it.

        A merged DOI is answered by its successor (registries.md 2.2), so that the
        work's DOI may differ from the one asked for.

        Raises:
            ServiceError: Crossref could not be asked, or not be understood.
        """
        url = f"{self._base_url}/works/{quote_name(doi)}{self._query({})}"
        allowed = frozenset({HTTPStatus.OK, HTTPStatus.NOT_FOUND})
        request = self._request(url, "single", self.single_limit, allowed)
        reply = await self._fetcher.fetch(request)
        if reply.status == HTTPStatus.NOT_FOUND:
            return None
        record = _message(reply)
        work = _work(record, reply)
        if isinstance(work, ServiceError):
            raise work
        # Only a redirect leads to another DOI; else something mixed answers up.
        if reply.url == public_url(url) and not is_about(work, doi):
            raise _unreadable(reply.url, "another DOI's record")
        return work

    def _query(self, parameters: dict[str, str]) -> str:
        if self._mailto:
            parameters = {**parameters, "mailto": self._mailto}
        return f"?{urlencode(parameters, safe='@,')}" if parameters else ""

    def _list_url(self, dois: Sequence[str]) -> str:
        # Slashes and the like may stay bare in a query (RFC 3986, 3.4), and every byte
        # saved is room for another DOI; a semicolon separates for some servers.
        names = ",".join(f"doi:{quote(doi, safe='/:()')}" for doi in dois)
        parameters = {"rows": str(min(max(len(dois), 1), _MAX_ROWS))}
        if self._select:
            parameters["select"] = SELECTED
        return f"{self._base_url}/works{self._query(parameters)}&filter={names}"

    def _request(
        self, url: str, lane: str, limit: Limit, allowed: frozenset[int]
    ) -> Request:
        secrets = ((_PLUS_HEADER, f"Bearer {self._token}"),) if self._token else ()
        return Request(
            service=SERVICE,
            url=url,
            lane=lane,
            limit=limit,
            allowed=allowed,
            capped=lane == "list",
            max_bytes=MAX_LIST_BYTES,
            secret_headers=secrets,
        )

    async def search(self, query: str, rows: int) -> tuple[Work, ...]:
        """The works that Crossref ranks first for a bibliographic query.

        Its score is relevance and proves nothing (registries.md 2.3): that is left out.

        Args:
            query: what is known of a reference, in any order.
            rows: how many works at most.

        Raises:
            ServiceError: Crossref could not be asked, or not be understood.
        """
        reply = await self._fetch_list(lambda: self._search_url(query, rows))
        items = _message(reply).get("items")
        if not isinstance(items, list):
            raise _unreadable(reply.url)
        read = (_work(item, reply) for item in items)
        return tuple(one for one in read if isinstance(one, Work))

    def _search_url(self, query: str, rows: int) -> str:
        parameters = {"query.bibliographic": query, "rows": str(rows)}
        if self._select:
            parameters["select"] = SELECTED
        return f"{self._base_url}/works{self._query(parameters)}"

    async def count_changed(self, first: date) -> int | None:
        """How many records were indexed since a day; None if Crossref does not say.

        Args:
            first: the day, in UTC; included.

        Raises:
            ServiceError: Crossref could not be asked, or not be understood.
        """
        parameters = {"filter": _indexed(first, None), "rows": "0"}
        return count((await self._ask_changed(parameters)).get("total-results"))

    async def changed(
        self, first: date, last: date | None, cursor: str | None = None
    ) -> AsyncIterator[Page]:
        """All records that were indexed last on some days, whole, page by page.

        Args:
            first: in UTC; included.
            last: likewise; None for all days since.
            cursor: of a page that was read before, to go on behind it. Crossref keeps
                it for some minutes (registries.md 2.3).

        Raises:
            ServiceError: a page could not be had, or not be understood; a cursor that
                is not valid any more is rejected.
        """
        at: str | None = cursor or "*"
        while at is not None:
            parameters = {
                "filter": _indexed(first, last),
                "rows": str(ROWS),
                "cursor": at,
            }
            page = _page(await self._ask_changed(parameters), self._base_url)
            yield page
            at = page.cursor

    async def _ask_changed(self, parameters: dict[str, str]) -> dict[str, object]:
        # Whole records: the data files that these are added to have all there is.
        url = f"{self._base_url}/works{self._query(parameters)}"
        limit, allowed = self.list_limit, frozenset({HTTPStatus.OK})
        request = self._request(url, "list", limit, allowed)
        reply = await self._fetcher.fetch(replace(request, max_bytes=MAX_PAGE_BYTES))
        message = _message(reply)
        if not isinstance(message.get("items"), list):
            raise _unreadable(reply.url)
        return message

    async def _ask_list(self, dois: Sequence[str]) -> ListAnswer:
        reply = await self._fetch_list(lambda: self._list_url(dois))
        return _read_list(reply, dois)

    async def _fetch_list(self, url_of: Callable[[], str]) -> Reply:
        allowed = frozenset({HTTPStatus.OK, HTTPStatus.BAD_REQUEST})
        selected = self._select
        request = self._request(url_of(), "list", self.list_limit, allowed)
        reply = await self._fetcher.fetch(request)
        if reply.status == HTTPStatus.BAD_REQUEST:
            if selected and b"select" in reply.body.lower():
                # A mirror that does not know one of the fields: ask for all. Other
                # batches may have been refused, or be on their way, for the same.
                self._select = False
                return await self._fetch_list(url_of)
            raise ServiceRejected(
                "crossref refused the request (HTTP 400)",
                service=SERVICE,
                url=reply.url,
                status=HTTPStatus.BAD_REQUEST,
            )
        return reply


def _indexed(first: date, last: date | None) -> str:
    until = f",until-index-date:{last.isoformat()}" if last else ""
    return f"from-index-date:{first.isoformat()}{until}"


def _page(message: dict[str, object], url: str) -> Page:
    items, following = message["items"], message.get("next-cursor")
    records = tuple(items) if isinstance(items, list) else ()
    total = count(message.get("total-results"))
    if len(records) < ROWS:
        return Page(records, None, total)
    if not isinstance(following, str):
        # Taken for the last, it would leave records out without a word.
        raise _unreadable(url, "a full page without a cursor to the next")
    return Page(records, following, total)


def _read_list(reply: Reply, dois: Sequence[str]) -> ListAnswer:
    items = _message(reply).get("items")
    if not isinstance(items, list):
        raise _unreadable(reply.url)
    return ListAnswer.about(
        dois, ((read_doi(item), _work(item, reply)) for item in items)
    )


def _work(record: object, reply: Reply) -> Work | ServiceError:
    try:
        return read_record(record, reply.url, reply.fetched)
    except ValidationError:
        return _unreadable(reply.url)


def _message(reply: Reply) -> dict[str, object]:
    document = reply.json()
    message = document.get("message") if isinstance(document, dict) else None
    if not isinstance(message, dict):
        raise _unreadable(reply.url)
    return message


def _unreadable(url: str, what: str = "JSON that is no record") -> UnexpectedReply:
    return UnexpectedReply(
        f"crossref answered with {what}",
        service=SERVICE,
        url=url,
        hint="try again later; if it stays so, the endpoint is not Crossref's API",
    )
