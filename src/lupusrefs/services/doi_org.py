"""doi.org: handle API, doiRA and content negotiation (registries.md 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from lupusrefs.errors import InvalidDoi, UnexpectedReply
from lupusrefs.formats import csl_json
from lupusrefs.formats.text import decode
from lupusrefs.model.doi import Doi, quote_name, resolver_url
from lupusrefs.model.work import Provenance, Work, agency_name
from lupusrefs.services.protocol import Fetcher
from lupusrefs.transport.message import MEBIBYTE, Limit, Reply, Request

SERVICE: Final = "doi.org"
CSL_JSON: Final = "application/vnd.citationstyles.csl+json"
# No limit is published for the handle API and doiRA; sixteen at once is what a browser
# with a few tabs does. Content negotiation counts 1000 in 5 minutes (registries.md 3).
_LOOKUP: Final = Limit(requests=50, interval_s=1.0, concurrency=16)
_NEGOTIATE: Final = Limit(requests=1000, interval_s=300.0, concurrency=4)

# Whose server a page is on is not known before: one pace for them all, and a slow one.
_LANDING: Final = Limit(requests=10, interval_s=1.0, concurrency=8)
_ANY_STATUS: Final = frozenset(
    int(status)
    for status in HTTPStatus
    if not 300 <= status < 400  # noqa: PLR2004
)
_PAGE_BYTES: Final = 32 * MEBIBYTE
# Names of the resolver: a publisher's URL may lead back to it, and a page that it has
# not is no page of the publisher's.
_RESOLVERS: Final = frozenset({"doi.org", "dx.doi.org"})

# Handle.net REST API: response code -> whether the handle is registered. Success, no
# value of the type asked for, not found; the other codes say nothing.
_CODES: Final = {1: True, 200: True, 100: False}
# doiRA's answers that there is no such DOI (registries.md 1.2); they come with
# HTTP 200. "Invalid DOI" is also said of unregistered DOIs under a known prefix.
_NO_SUCH_DOI: Final = frozenset({"doi does not exist", "invalid doi"})
# Agencies that are on record as serving CSL-JSON: from them, HTML is a failure.
_SERVES_CSL: Final = frozenset({"Crossref", "DataCite", "mEDRA", "JaLC"})


@dataclass(frozen=True, slots=True)
class HandleRecord:
    """The handle API's word on a DOI.

    Attributes:
        doi: the DOI asked for.
        registered: whether the handle exists.
        alias: the DOI that this one stands for, or None (``HS_ALIAS``); how a short
            DOI names its long one.
        fetched: when, UTC.
    """

    doi: str
    registered: bool
    alias: str | None
    fetched: datetime


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    """doiRA's word on a DOI.

    Attributes:
        doi: the DOI asked for.
        agency: who registered it, or None where there is no such DOI.
        fetched: when, UTC.
    """

    doi: str
    agency: str | None
    fetched: datetime


@dataclass(frozen=True, slots=True)
class LandingPage:
    """What a DOI leads to.

    Attributes:
        doi: the DOI asked for.
        url: where it ended, after redirects.
        status: the HTTP status there.
        fetched: when, UTC.
    """

    doi: str
    url: str
    status: int
    fetched: datetime

    @property
    def is_gone(self) -> bool:
        """Whether its publisher says that there is no such page.

        Only 404 and 410 say so: 401, 403, 202, 429 and 5xx are how publishers answer
        programs (peers.md, "false broken DOI").
        """
        return self.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class DoiOrg:
    """Questions to one DOI resolver.

    Args:
        fetcher: the transport.
        base_url: ``https://doi.org``, or a stand-in for it.
    """

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher = fetcher
        self._base_url = base_url

    async def fetch_handle(self, doi: str) -> HandleRecord:
        """Whether the DOI is registered: the authority's answer.

        Raises:
            ServiceError: the handle API could not be asked, or gave another code
                than "success", "no such value" or "not found".
        """
        url = f"{self._base_url}/api/handles/{quote_name(doi)}"
        reply = await self._look_up(url, "handles", HTTPStatus.NOT_FOUND)
        document = reply.json()
        if not isinstance(document, dict):
            raise _unexpected("no handle", reply)
        _expect(document.get("handle"), doi, reply)
        code = document.get("responseCode")
        # Exactly a number: True is 1 to Python, and no code at all.
        if type(code) is not int or code not in _CODES:
            raise _unexpected(f"handle response code {code!r:.20}", reply)
        return HandleRecord(
            doi, _CODES[code], _alias(document.get("values")), reply.fetched
        )

    async def fetch_agency(self, doi: str) -> AgencyRecord:
        """Who registered the DOI.

        Raises:
            ServiceError: doiRA could not be asked, or not be understood.
        """
        url = f"{self._base_url}/doiRA/{quote_name(doi)}"
        reply = await self._look_up(url, "doiRA")
        document = reply.json()
        entry = document[0] if isinstance(document, list) and document else document
        if isinstance(entry, dict):
            _expect(entry.get("DOI"), doi, reply)
            agency, status = entry.get("RA"), entry.get("status")
            if isinstance(agency, str) and agency.strip():
                return AgencyRecord(doi, agency_name(agency), reply.fetched)
            if isinstance(status, str) and status.strip().casefold() in _NO_SUCH_DOI:
                return AgencyRecord(doi, None, reply.fetched)
        raise _unexpected("no agency and no status", reply)

    async def negotiate(self, doi: str, agency: str) -> Work | None:
        """The work as its agency serves it; None where it serves no metadata.

        Raises:
            ServiceError: the agency could not be asked, or not be understood.
        """
        allowed = frozenset(
            {
                HTTPStatus.OK,
                HTTPStatus.NO_CONTENT,
                HTTPStatus.NOT_FOUND,
                HTTPStatus.NOT_ACCEPTABLE,
            }
        )
        url = resolver_url(doi, f"{self._base_url}/")
        reply = await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                lane="negotiate",
                limit=_NEGOTIATE,
                accept=CSL_JSON,
                allowed=allowed,
                # An agency that knows no CSL-JSON sends its landing page.
                expects_json=False,
            )
        )
        if reply.status != HTTPStatus.OK:
            return None
        if agency not in _SERVES_CSL and _is_page(reply):
            return None
        reply.json()
        return _work(reply, doi, agency)

    async def fetch_landing(self, doi: str) -> LandingPage:
        """The page that the DOI leads to, redirects followed.

        Raises:
            ServiceError: there was no answer, or one by the resolver itself.
        """
        url = resolver_url(doi, f"{self._base_url}/")
        reply = await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                lane="landing",
                limit=_LANDING,
                accept="text/html, application/xhtml+xml, */*;q=0.8",
                allowed=_ANY_STATUS,
                expects_json=False,
                max_bytes=_PAGE_BYTES,
            )
        )
        host = urlsplit(reply.url).hostname
        if reply.url.startswith(f"{self._base_url}/") or host in _RESOLVERS:
            raise _unexpected("a page of its own", reply)
        return LandingPage(doi, reply.url, reply.status, reply.fetched)

    async def _look_up(self, url: str, lane: str, *allowed: HTTPStatus) -> Reply:
        return await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                lane=lane,
                limit=_LOOKUP,
                allowed=frozenset({HTTPStatus.OK, *allowed}),
                max_bytes=MEBIBYTE,
            )
        )


def _alias(values: object) -> str | None:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict) and value.get("type") == "HS_ALIAS":
            data = value.get("data")
            target = data.get("value") if isinstance(data, dict) else None
            if isinstance(target, str):
                return target
    return None


def _is_page(reply: Reply) -> bool:
    return reply.body.lstrip()[:1] == b"<"


def _work(reply: Reply, doi: str, agency: str) -> Work:
    """The served CSL-JSON, read as leniently as a user's file."""
    loaded = csl_json.load(decode(reply.body, reply.url))
    if not loaded.references:
        raise _unexpected("no CSL-JSON item", reply)
    item = loaded.references[0]
    fields = {
        name: getattr(item, name)
        for name in item.model_fields_set - {"location", "places", "custom"}
    }
    name = _registered_name(item.doi or doi, doi)
    _expect(name, doi, reply)
    titles = (item.title,) if item.title else ()
    containers = (item.container_title,) if item.container_title else ()
    return Work.model_validate(
        {
            **fields,
            "id": name,
            "doi": name,
            "agency": agency,
            "titles": titles,
            "container_titles": containers,
            "provenance": Provenance(
                answered_by=SERVICE, url=reply.url, fetched=reply.fetched
            ),
        }
    )


def _registered_name(text: str, doi: str) -> str:
    """The DOI an agency writes into its item, in whatever spelling."""
    if text.casefold() == doi.casefold():
        return text
    try:
        return Doi.parse(text).name
    except InvalidDoi:
        return doi


def _expect(name: object, doi: str, reply: Reply) -> None:
    """Refuse an answer that names another DOI than the one asked for.

    Raises:
        UnexpectedReply: something mixed answers up.
    """
    if isinstance(name, str) and name.casefold() != doi.casefold():
        raise _unexpected("another DOI's record", reply)


def _unexpected(what: str, reply: Reply) -> UnexpectedReply:
    return UnexpectedReply(
        f"doi.org answered with {what}",
        service=SERVICE,
        url=reply.url,
        hint="try again later",
    )
