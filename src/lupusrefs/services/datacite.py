"""DataCite's REST API: lists of DOIs, and searches (registries.md 3)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pydantic import ValidationError

from lupusrefs.errors import ServiceError, UnexpectedReply
from lupusrefs.model.doi import quote_name
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work
from lupusrefs.services.batch import MAX_LIST_BYTES, ListedRegistry
from lupusrefs.services.datacite_record import read_doi, read_resource
from lupusrefs.services.paging import MAX_PAGE_BYTES, ROWS, Page, count
from lupusrefs.services.protocol import Fetcher, ListAnswer, is_about
from lupusrefs.transport.message import Limit, Reply, Request

SERVICE: Final = "datacite"
# Per address and 5 minutes (registries.md 3). How many at once is not published.
_ANONYMOUS: Final = Limit(requests=500, interval_s=300.0, concurrency=4)
_IDENTIFIED: Final = Limit(requests=1000, interval_s=300.0, concurrency=4)
_MAX_ROWS: Final = 1000


class DataCite(ListedRegistry):
    """Questions to one DataCite endpoint.

    Args:
        fetcher: the transport.
        base_url: ``https://api.datacite.org``, or a mirror of it.
        mailto: mail address for the higher limit, or None.
    """

    def __init__(
        self, fetcher: Fetcher, base_url: str, mailto: str | None = None
    ) -> None:
        self._fetcher = fetcher
        self._base_url = base_url
        self._mailto = mailto
        super().__init__(_MAX_ROWS)

    @property
    def list_limit(self) -> Limit:
        """The published pace of lists; single records share it."""
        return _IDENTIFIED if self._mailto else _ANONYMOUS

    async def fetch_one(self, doi: str) -> Work | None:
        """The work of one DOI; None where DataCite does not show it.

        Raises:
            ServiceError: DataCite could not be asked, or not be understood.
        """
        query = (
            f"?{urlencode({'mailto': self._mailto}, safe='@')}" if self._mailto else ""
        )
        url = f"{self._base_url}/dois/{quote_name(fold(doi))}{query}"
        reply = await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                limit=self.list_limit,
                allowed=frozenset({HTTPStatus.OK, HTTPStatus.NOT_FOUND}),
            )
        )
        if reply.status == HTTPStatus.NOT_FOUND:
            return None
        document = reply.json()
        resource = document.get("data") if isinstance(document, dict) else None
        work = _work(resource, reply)
        if isinstance(work, ServiceError):
            raise work
        if not is_about(work, doi):
            raise _unreadable(reply.url, "another DOI's record")
        return work

    async def search(self, query: str, rows: int) -> tuple[Work, ...]:
        """The works whose titles have most of some words, the most relevant first.

        Args:
            query: words between spaces, each letters and digits only: other signs
                mean something in DataCite's query language (Elasticsearch,
                "Query string query").
            rows: how many works at most.

        Raises:
            ServiceError: DataCite could not be asked, or not be understood.
        """
        # Its default is that every word must be there.
        words = " OR ".join(word for word in query.split() if word.isalnum())
        parameters = {
            "query": f"titles.title:({words})",
            "page[size]": str(rows),
            "sort": "relevance",
        }
        if self._mailto:
            parameters["mailto"] = self._mailto
        url = f"{self._base_url}/dois?{urlencode(parameters, safe='@')}"
        reply = await self._fetch_list(url, MAX_LIST_BYTES)
        read = (_work(item, reply) for item in _items(reply))
        return tuple(one for one in read if isinstance(one, Work))

    async def count_changed(self, first: date) -> int | None:
        """How many findable DOIs were changed since a day; None if it does not say.

        Args:
            first: the day, in UTC; included.

        Raises:
            ServiceError: DataCite could not be asked, or not be understood.
        """
        parameters = {"query": _updated(first, None), "page[size]": "0"}
        return _page(await self._ask_changed(parameters)).total

    async def changed(
        self, first: date, last: date | None, cursor: str | None = None
    ) -> AsyncIterator[Page]:
        """All findable DOIs that were changed last on some days, page by page.

        Args:
            first: in UTC; included.
            last: likewise; None for all days since.
            cursor: of a page that was read before, to go on behind it.

        Raises:
            ServiceError: a page could not be had, or not be understood; a cursor that
                is not valid any more is rejected.
        """
        at: str | None = cursor or "1"
        while at is not None:
            parameters = {
                "query": _updated(first, last),
                "page[size]": str(ROWS),
                "page[cursor]": at,
            }
            reply = await self._ask_changed(parameters)
            page = _page(reply)
            if page.cursor == at:
                raise _unreadable(reply.url, "the same page again")
            yield page
            at = page.cursor

    async def _ask_changed(self, parameters: dict[str, str]) -> Reply:
        if self._mailto:
            parameters = {**parameters, "mailto": self._mailto}
        url = f"{self._base_url}/dois?{urlencode(parameters)}"
        return await self._fetch_list(url, MAX_PAGE_BYTES)

    async def _fetch_list(self, url: str, max_bytes: int) -> Reply:
        limit = self.list_limit
        request = Request(service=SERVICE, url=url, limit=limit, max_bytes=max_bytes)
        return await self._fetcher.fetch(request)

    def _list_url(self, dois: Sequence[str]) -> str:
        # Queries are case-sensitive, and DataCite keeps DOIs in lower case.
        ids = ",".join(quote(fold(doi), safe="/:()") for doi in dois)
        parameters = {"page[size]": str(min(max(len(dois), 1), _MAX_ROWS))}
        if self._mailto:
            parameters["mailto"] = self._mailto
        return f"{self._base_url}/dois?{urlencode(parameters, safe='@')}&ids={ids}"

    async def _ask_list(self, dois: Sequence[str]) -> ListAnswer:
        url = self._list_url(dois)
        reply = await self._fetch_list(url, MAX_LIST_BYTES)
        return _read_list(reply, dois)


def _read_list(reply: Reply, dois: Sequence[str]) -> ListAnswer:
    return ListAnswer.about(
        dois, ((read_doi(item), _work(item, reply)) for item in _items(reply))
    )


def _updated(first: date, last: date | None) -> str:
    # The first moment of the day behind may be there twice, which does no harm.
    until = f"{last + timedelta(days=1)}T00:00:00Z" if last else "*"
    return f"updated:[{first}T00:00:00Z TO {until}]"


def _page(reply: Reply) -> Page:
    items = _items(reply)
    document = reply.json()
    links = document.get("links") if isinstance(document, dict) else None
    meta = document.get("meta") if isinstance(document, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    total = count(meta.get("total")) if isinstance(meta, dict) else None
    # Of the link only the cursor is taken: behind a proxy it may name another host.
    cursor = _cursor_of(following) if isinstance(following, str) and items else None
    return Page(tuple(items), cursor, total)


def _cursor_of(url: str) -> str | None:
    cursors = parse_qs(urlsplit(url).query).get("page[cursor]", [])
    return cursors[0] if cursors else None


def _items(reply: Reply) -> list[object]:
    document = reply.json()
    items = document.get("data") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise _unreadable(reply.url)
    return items


def _work(resource: object, reply: Reply) -> Work | ServiceError:
    try:
        return read_resource(resource, reply.url, reply.fetched)
    except ValidationError:
        return _unreadable(reply.url)


def _unreadable(url: str, what: str = "JSON that is no record") -> UnexpectedReply:
    return UnexpectedReply(
        f"datacite answered with {what}",
        service=SERVICE,
        url=url,
        hint="try again later; if it stays so, the endpoint is not DataCite's API",
    )
