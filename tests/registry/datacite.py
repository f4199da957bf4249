"""What api.datacite.org and data.crosscite.org answer (registries.md 1.4 and 3)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from registry.messages import Answer, dump, html, redirect
from registry.negotiated import datacite_item, rendered
from registry.records import fold, is_findable

if TYPE_CHECKING:
    from registry.messages import Json, Record, Request
    from registry.records import Records

DEFAULT_SIZE = 25
MAX_SIZE = 1000
_JSON = "application/json; charset=utf-8"
_HEADERS = (
    ("server", "nginx/1.24.0 + Phusion Passenger(R) 6.1.2"),
    ("x-anonymous-consumer", "true"),
    ("vary", "Accept,Accept-Encoding"),
)
_MISSING = "The resource you are looking for doesn't exist."
_WORD = re.compile(r"\w+")
_NUMBER = "page[number]"
_UPDATED = re.compile(r"updated:\[(?P<first>\S+) TO (?P<last>\S+)\]")
_TERM = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>(?:[^\s"()\\]|\\.)+)')


def _error(status: int, title: str) -> Answer:
    errors: Json = [{"status": str(status), "title": title}]
    return Answer(status, dump({"errors": errors}), _JSON)


class DataCite:
    """The REST API: one resource, or a list of them."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @staticmethod
    def buckets(request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""
        return "datacite-identified" if request.is_polite else "datacite", "datacite"

    @staticmethod
    def refusal() -> Answer:
        """429; its body is not on record."""
        return html(429, "429 Too Many Requests")

    def answer(self, request: Request) -> Answer:
        """What DataCite says."""
        return self._routed(request).with_headers(*_HEADERS)

    def _routed(self, request: Request) -> Answer:
        if request.rest.rstrip("/") == "/dois":
            return self._list(request)
        if request.rest.startswith("/dois/"):
            raw = self._shown(fold(request.decoded("/dois/")), request)
            if raw is not None:
                return Answer(200, b'{"data":' + raw + b"}", _JSON)
        return _error(404, _MISSING)

    def _shown(self, doi: str, request: Request) -> bytes | None:
        """The serialised resource, if it is findable, in the shape asked for."""
        resource = self._records.datacite.record(doi)
        if resource is None or not is_findable(resource):
            return None
        attributes = resource.get("attributes")
        if not isinstance(attributes, dict):
            return None
        publisher = attributes.get("publisher")
        changed = False
        if request.parameters.get("publisher") == "true" and publisher:
            attributes["publisher"] = {"name": publisher}
            changed = True
        fields = request.parameters.get("fields[dois]")
        if fields:
            kept = fields.split(",")
            resource["attributes"] = {k: v for k, v in attributes.items() if k in kept}
            changed = True
        return dump(resource) if changed else self._records.datacite.raw(doi)

    def _list(self, request: Request) -> Answer:
        size = min(request.integer("page[size]", DEFAULT_SIZE) or 0, MAX_SIZE)
        # Its cursors are other than that; but each leads to the next page.
        paging = "page[cursor]" if "page[cursor]" in request.parameters else _NUMBER
        number = request.integer(paging, 1) or 1
        found = [
            raw
            for doi in sorted(self._asked(request), key=lambda d: d[::-1])
            if (raw := self._shown(doi, request)) is not None
        ]
        pages = -(-len(found) // size) if size else 0
        meta: Record = {"total": len(found), "totalPages": pages, "page": number}
        links: Record = {"self": f"{request.origin}{request.target}"}
        if number < pages:
            following = request.parameters | {paging: str(number + 1)}
            path = f"{request.origin}{request.path}"
            links["next"] = f"{path}?{urlencode(following)}"
        page = b",".join(found[(number - 1) * size : number * size])
        tail = dump({"meta": meta, "links": links})[1:]
        return Answer(200, b'{"data":[' + page + b"]," + tail, _JSON)

    def _asked(self, request: Request) -> set[str]:
        """The DOIs asked for as they are spelt: only lower case ever matches."""
        ids = request.parameters.get("ids")
        if ids is not None:
            return set(ids.split(","))
        query = request.parameters.get("query", "")
        if query.startswith("titles.title:"):
            return self._titled({_term(found) for found in _TERM.finditer(query[13:])})
        if updated := _UPDATED.fullmatch(query):
            return self._updated(updated["first"], updated["last"])
        inside = query.removeprefix("doi:").removeprefix("id:").strip()
        return {_term(found) for found in _TERM.finditer(inside)} - {"OR"}

    def _updated(self, first: str, last: str) -> set[str]:
        """The DOIs of resources that were changed last between two moments."""
        found = set()
        for doi in self._records.datacite.dois():
            resource = self._records.datacite.record(doi) or {}
            attributes = resource.get("attributes")
            moment = attributes.get("updated") if isinstance(attributes, dict) else ""
            if first <= str(moment) and (last == "*" or str(moment) <= last):
                found.add(doi)
        return found

    def _titled(self, words: set[str]) -> set[str]:
        """The DOIs of works with any of some words in a title."""
        found = set()
        for doi in self._records.datacite.dois():
            resource = self._records.datacite.record(doi) or {}
            attributes = resource.get("attributes")
            titles = attributes.get("titles") if isinstance(attributes, dict) else None
            if words & set(_WORD.findall(json.dumps(titles).casefold())):
                found.add(doi)
        return found


def _term(found: re.Match[str]) -> str:
    text = found["quoted"] if found["quoted"] is not None else found["bare"]
    return re.sub(r"\\(.)", r"\1", text)


class Crosscite:
    """data.crosscite.org: where doi.org sends those who want DataCite's metadata."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @staticmethod
    def buckets(request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""
        return "crosscite", "crosscite"

    @staticmethod
    def refusal() -> Answer:
        """429; its body is not on record."""
        return html(429, "429 Too Many Requests")

    def answer(self, request: Request) -> Answer:
        """Metadata, 404 text, or 303 to the landing page for an unknown type."""
        doi = fold(unquote(request.rest[1:]))
        if self._records.agency(doi) != "DataCite":
            return Answer(404, _MISSING.encode(), "text/plain")
        item = datacite_item(self._records, doi)
        resource = self._records.datacite.record(doi)
        if item is None or (resource is not None and not is_findable(resource)):
            return Answer(404, _MISSING.encode(), "text/plain")
        answer = rendered(request.headers.get("accept", ""), json.loads(dump(item)))
        landing = f"{request.origin}/landing/{quote(doi, safe='')}"
        return answer or redirect(303, landing)
