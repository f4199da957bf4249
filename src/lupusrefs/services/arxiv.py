"""arXiv's API: papers so new that their DOI is not registered yet (registries.md 4)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from lupusrefs.errors import InvalidIdentifier, UnexpectedReply
from lupusrefs.model.dates import parse_edtf
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.names import Name
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services.protocol import Fetcher
from lupusrefs.services.wire import known
from lupusrefs.transport.message import Limit, Reply, Request

SERVICE: Final = "arxiv"
# arXiv's terms: one request in three seconds, one connection.
_LIMIT: Final = Limit(requests=1, interval_s=3.0, concurrency=1)
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
# Feeds have no document type; where one comes, it may define entities that explode.
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Arxiv:
    """Questions to arXiv's API.

    Args:
        fetcher: the transport.
        base_url: ``https://export.arxiv.org/api``, or a stand-in for it.
    """

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher = fetcher
        self._base_url = base_url

    async def fetch_one(self, identifier: ArxivId) -> Work | None:
        """The paper; None where arXiv does not have it.

        Raises:
            ServiceError: arXiv could not be asked, or not be understood.
        """
        url = f"{self._base_url}/query?id_list={quote(identifier.id)}&max_results=1"
        reply = await self._fetcher.fetch(
            Request(
                service=SERVICE,
                url=url,
                limit=_LIMIT,
                accept="application/atom+xml",
                expects_json=False,
            )
        )
        entry = _feed(reply).find(f"{_ATOM}entry")
        address = "" if entry is None else entry.findtext(f"{_ATOM}id") or ""
        # An unknown id gives no entry, or one whose id is an error page.
        if entry is None or "/api/errors" in address:
            return None
        if not _is_about(address, identifier):
            raise _unexpected("another paper", reply)
        return _work(entry, identifier, reply.url, reply.fetched)


def _feed(reply: Reply) -> ET.Element:
    if not _DOCTYPE.search(reply.body):
        try:
            root = ET.fromstring(reply.body)  # noqa: S314 - the guard is above
        except ET.ParseError:
            pass
        else:
            # A page of somebody else's may well be XML, and has no entries either.
            if root.tag == f"{_ATOM}feed":
                return root
    raise _unexpected("something that is no Atom feed", reply)


def _is_about(address: str, identifier: ArxivId) -> bool:
    """Whether an entry's id, ``http://arxiv.org/abs/...``, is the one asked for."""
    try:
        return ArxivId.parse(address).id == identifier.id
    except InvalidIdentifier:
        return False


def _unexpected(what: str, reply: Reply) -> UnexpectedReply:
    return UnexpectedReply(
        f"arxiv answered with {what}",
        service=SERVICE,
        url=reply.url,
        hint="try again later",
    )


def _work(entry: ET.Element, identifier: ArxivId, url: str, fetched: datetime) -> Work:
    names = [
        " ".join((author.findtext(f"{_ATOM}name") or "").split())
        for author in entry.iter(f"{_ATOM}author")
    ]
    title = " ".join((entry.findtext(f"{_ATOM}title") or "").split())
    published = entry.findtext(f"{_ATOM}published") or ""
    return Work.model_validate(
        known(
            id=str(identifier.doi),
            type="article",
            author=tuple(_name(name) for name in names if name),
            title=title,
            titles=(title,) if title else (),
            issued=parse_edtf(published[: len("2021-08-05")]),
            publisher="arXiv",
            archive="arXiv",
            archive_location=identifier.id,
            url=f"https://arxiv.org/abs/{identifier.id}",
            provenance=Provenance(answered_by=SERVICE, url=url, fetched=fetched),
        )
    )


def _name(text: str) -> Name:
    """Split a name at its last word: the feed gives it in reading order."""
    given, _, family = text.rpartition(" ")
    return Name(family=family, given=given) if given else Name(literal=text)
