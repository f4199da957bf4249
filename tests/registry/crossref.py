"""What api.crossref.org answers (registries.md 2)."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from registry.messages import Answer, dump, html
from registry.negotiated import crossref_item, rendered
from registry.records import fold
from registry.search import Index

if TYPE_CHECKING:
    from registry.limits import Limiter
    from registry.messages import Json, Record, Request
    from registry.records import Records

DEFAULT_ROWS = 20
MAX_ROWS = 1000

# Crossref's own list, in its answer to an unknown select of 2026-10-03. `subtype`,
# `language`, `aliases` and `journal-issue` are in records, but cannot be selected.
SELECTS = (
    "abstract, URL, resource, member, posted, score, created, degree, update-policy, "
    "short-title, license, ISSN, container-title, issued, update-to, issue, prefix, "
    "approved, indexed, article-number, clinical-trial-number, accepted, author, "
    "group-title, DOI, is-referenced-by-count, updated-by, event, chair, "
    "standards-body, original-title, funder, translator, published, archive, "
    "published-print, alternative-id, subject, subtitle, published-online, "
    "publisher-location, content-domain, reference, title, link, type, publisher, "
    "volume, references-count, ISBN, issn-type, assertion, deposited, page, "
    "contributor, content-created, short-container-title, relation, editor"
)
_SELECTABLE = frozenset(SELECTS.split(", "))
_FILTERS = "doi, updates, is-update, type, from-index-date, until-index-date"
_LISTS_ONLY = ("select", "filter", "rows", "offset", "cursor", "sample", "facet")
_QUERIES = ("query", "query.bibliographic", "query.title", "query.author")
_SINGLE = re.compile(r"^/works/(?P<doi>.+?)(?:/(?P<route>agency|transform(?:/.*)?))?$")
_RESOLVER = re.compile(r"^https?://(?:dx\.)?doi\.org/", re.IGNORECASE)

NOT_FOUND = Answer(404, b"Resource not found.", "application/json;charset=utf-8")


def _ok(kind: str, message: bytes) -> Answer:
    head = f'{{"status":"ok","message-type":"{kind}","message-version":"1.0.0",'
    return Answer(200, head.encode() + b'"message":' + message + b"}")


def _refused(kind: str, value: str, text: str) -> Answer:
    problem: Record = {"type": kind, "value": value, "message": text}
    body: Record = {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [problem],
    }
    return Answer(400, dump(body), "application/json;charset=utf-8")


class Crossref:
    """Single records, lists, agencies and transforms.

    Attributes:
        merged_in_lists: whether ``filter=doi:`` finds a merged DOI under its
            successor's name (registries.md 7, number 8); no answer is on record.
    """

    def __init__(self, records: Records, limiter: Limiter) -> None:
        self.merged_in_lists = True
        self._records = records
        self._limiter = limiter
        self._projections: dict[tuple[str, str], bytes] = {}

    @cached_property
    def _index(self) -> Index:
        return Index(self._records.crossref)

    def buckets(self, request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""
        pool = f"crossref-{self._pool(request)}"
        return f"{pool}-{'list' if self._is_list(request) else 'single'}", pool

    @staticmethod
    def _pool(request: Request) -> str:
        if "crossref-plus-api-token" in request.headers:
            return "plus"
        return "polite" if request.is_polite else "public"

    @staticmethod
    def _is_list(request: Request) -> bool:
        return request.rest.removeprefix("/v1").rstrip("/") == "/works"

    def refusal(self) -> Answer:
        """429, neither Retry-After nor rate headers (registries.md 2.1)."""
        text = "\nYou have sent too many requests in a given amount of time.\n"
        page = f"<html><body><h1>429 Too Many Requests</h1>{text}</body></html>\n"
        return Answer(429, page.encode(), "text/html")

    def answer(self, request: Request) -> Answer:
        """What Crossref says, with its rate headers."""
        pool = self._pool(request)
        single = self._limiter.rates[f"crossref-{pool}-single"]
        headers = [
            ("server", "Jetty(9.4.40.v20210413)"),
            # Also on lists, although their limit is lower (registries.md 2.1).
            ("x-rate-limit-limit", str(single.count)),
            ("x-rate-limit-interval", f"{single.per_s:g}s"),
            ("x-api-pool", pool),
        ]
        concurrent = self._limiter.concurrency.get(f"crossref-{pool}")
        if concurrent is not None:
            headers.append(("x-concurrency-limit", str(concurrent)))
        return self._routed(request).with_headers(*headers)

    def _routed(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return html(405, "405 Method Not Allowed")
        if self._is_list(request):
            return self._list(request)
        found = _SINGLE.match(request.rest.removeprefix("/v1"))
        if found is None:
            return NOT_FOUND
        doi = fold(_RESOLVER.sub("", unquote(found["doi"])))
        route = found["route"] or ""
        if route == "agency":
            return self._agency(unquote(found["doi"]), doi)
        if route:
            return self._transform(doi, route, request)
        return self._single(doi, request)

    def _single(self, doi: str, request: Request) -> Answer:
        for name in request.parameters:
            if name in _LISTS_ONLY:
                text = f"This route does not support {name}"
                return _refused("parameter-not-allowed", name, text)
        raw = self._records.crossref.raw(doi)
        if raw is not None:
            return _ok("work", raw)
        successor = self._records.aliases.get(doi)
        if successor is None:
            return NOT_FOUND
        location = f"/{request.service}/works/{quote(successor, safe='')}"
        return Answer(301, b"", "text/plain", (("location", location),))

    def _agency(self, spelling: str, doi: str) -> Answer:
        label = self._records.agency(doi)
        if label is None:
            return NOT_FOUND
        agency: Record = {"id": label.lower().replace(" ", ""), "label": label}
        return _ok("work-agency", dump({"DOI": spelling, "agency": agency}))

    def _transform(self, doi: str, route: str, request: Request) -> Answer:
        accept = unquote(route.removeprefix("transform").removeprefix("/"))
        item = crossref_item(self._records, self._records.aliases.get(doi, doi))
        if item is None:
            return NOT_FOUND
        answer = rendered(accept or request.headers.get("accept", ""), item)
        return answer or html(406, "406 Not Acceptable")

    def _list(self, request: Request) -> Answer:
        rows = request.integer("rows", DEFAULT_ROWS)
        if rows is None or rows > MAX_ROWS:
            value = request.parameters["rows"]
            text = f"Integer specified as {value} but must be a positive integer "
            text += f"less than or equal to {MAX_ROWS}. "
            return _refused("integer-not-valid", value, text)
        select = request.parameters.get("select", "")
        for name in select.split(",") if select else ():
            if name not in _SELECTABLE:
                text = f"Select '{name}' specified but there is no such select for "
                text += f"this route. Valid selects for this route are: {SELECTS}"
                return _refused("select-not-available", name, text)
        found = self._filtered(request.parameters.get("filter", ""))
        if isinstance(found, Answer):
            return found
        ranked = self._queried(request, found)
        return self._page(request, ranked, rows, select)

    def _filtered(self, text: str) -> set[str] | Answer | None:
        """DOIs that pass the filter; None without one."""
        wanted: dict[str, set[str]] = {}
        for part in text.split(",") if text else ():
            name, colon, value = part.partition(":")
            if not colon or name not in _FILTERS.split(", "):
                text = f"Filter '{name}' specified but there is no such filter for "
                text += f"this route. Valid filters for this route are: {_FILTERS}"
                return _refused("filter-not-available", name, text)
            wanted.setdefault(name, set()).add(fold(value))
        if not wanted:
            return None
        if "doi" in wanted:
            found = {self._listed(doi) for doi in wanted.pop("doi")} - {None}
        else:
            found = set(self._records.crossref.dois())
        return {doi for doi in found if doi and self._passes(doi, wanted)}

    def _listed(self, doi: str) -> str | None:
        if doi in self._records.crossref:
            return doi
        return self._records.aliases.get(doi) if self.merged_in_lists else None

    def _passes(self, doi: str, wanted: dict[str, set[str]]) -> bool:
        if not wanted:
            return True
        work = self._records.crossref.record(doi) or {}
        updates = work.get("update-to")
        notices = updates if isinstance(updates, list) else []
        updated = {fold(str(n["DOI"])) for n in notices if isinstance(n, dict)}
        has = {"updates": updated, "type": {str(work.get("type"))}}
        has["is-update"] = {"true" if updated else "false", "1" if updated else "0"}
        day = _index_day(work)
        has["from-index-date"] = {one for one in _days(wanted, "from") if one <= day}
        has["until-index-date"] = {one for one in _days(wanted, "until") if day <= one}
        return all(values & has[name] for name, values in wanted.items())

    def _queried(
        self, request: Request, found: set[str] | None
    ) -> list[tuple[str, float | None]]:
        query = " ".join(request.parameters.get(name, "") for name in _QUERIES)
        if query.strip():
            ranked = self._index.ranked(query)
            return [hit for hit in ranked if found is None or hit[0] in found]
        dois = self._records.crossref.dois() if found is None else found
        # Not the asker's order, but always the same one.
        return [(d, None) for d in sorted(dois, key=lambda d: zlib.crc32(d.encode()))]

    def _page(
        self,
        request: Request,
        ranked: list[tuple[str, float | None]],
        rows: int,
        select: str,
    ) -> Answer:
        cursor = request.parameters.get("cursor")
        start = request.integer("offset", 0) if cursor is None else _offset(cursor)
        if start is None:
            return _bad_cursor(cursor or "")
        page = ranked[start : start + rows]
        items = b",".join(self._item(doi, score, select) for doi, score in page)
        terms: Json = request.parameters.get("query.bibliographic")
        tail: Record = {
            "items-per-page": rows,
            "query": {"start-index": start, "search-terms": terms},
        }
        if cursor is not None:
            tail["next-cursor"] = _cursor(start + len(page))
        head = f'{{"facets":{{}},"total-results":{len(ranked)},"items":['
        return _ok("work-list", head.encode() + items + b"]," + dump(tail)[1:])

    def _item(self, doi: str, score: float | None, select: str) -> bytes:
        if score is None and not select:
            return self._records.crossref.raw(doi) or b"{}"
        projected = self._projections.get((doi, select))
        if projected is None or score is not None:
            work = self._records.crossref.record(doi) or {}
            if score is not None:
                work["score"] = score
            if select:
                work = {key: work[key] for key in select.split(",") if key in work}
            projected = dump(work)
        if score is None:
            self._projections[doi, select] = projected
        return projected


def _index_day(work: Record) -> str:
    """When a record was indexed: ``2026-03-31``."""
    indexed = work.get("indexed")
    return str(indexed.get("date-time"))[:10] if isinstance(indexed, dict) else ""


def _days(wanted: dict[str, set[str]], side: str) -> set[str]:
    return wanted.get(f"{side}-index-date", set())


def _cursor(offset: int) -> str:
    return base64.b64encode(f"loopback cursor {offset:08}+/".encode()).decode()


def _offset(cursor: str) -> int | None:
    if cursor == "*":
        return 0
    try:
        text = base64.b64decode(cursor, validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    number = text.removeprefix("loopback cursor ").removesuffix("+/")
    return int(number) if number.isdigit() else None


def _bad_cursor(value: str) -> Answer:
    problem = {
        "type": "cursor-invalid",
        "value": value,
        "message": "Cursor specified but it is invalid",
    }
    body = {
        "status": "failed",
        "message-type": "resource-failure",
        "message": [problem],
    }
    return Answer(404, json.dumps(body).encode())
