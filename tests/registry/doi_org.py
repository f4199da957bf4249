"""What doi.org and the servers it redirects to answer (registries.md 1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from registry.messages import CSL_TYPE, Answer, dump, html, redirect
from registry.negotiated import asks_for_metadata, rendered
from registry.records import fold, prefix_of

if TYPE_CHECKING:
    from registry.messages import Json, Record, Request
    from registry.records import Records

_JSON = "application/json;charset=UTF-8"
_DOI = re.compile(r"^10(?:\.\d+)+/.+$", re.DOTALL)
_SHORT_DOI = re.compile(r"^10/[^/]+$")
_PREFIX = re.compile(r"^10(?:\.\d+)+$")
_STATUS_OF_CODE = {1: 200, 200: 200, 100: 404, 102: 400, 301: 400, 2: 500}
# Agencies with a metadata server of their own, played here under a path; of the
# rest no answer to content negotiation is on record (registries.md 1.5).
_METADATA_SERVERS = {"medra": "medra", "jalc": "jalc"}


class DoiOrg:
    """The handle API, doiRA and the redirects."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def answer(self, request: Request) -> Answer:
        """What doi.org says."""
        rest = request.rest
        if rest.startswith("/api/handles/"):
            return self._handle(request)
        for route in ("/doiRA/", "/ra/"):
            if rest.startswith(route):
                return self._agencies(rest.removeprefix(route))
        return self._resolved(request)

    def _handle(self, request: Request) -> Answer:
        spelling = request.decoded("/api/handles/")
        reply = self._handle_record(spelling)
        wanted = _wanted_values(request)
        values = reply.get("values")
        if isinstance(values, list) and wanted is not None:
            kept = [value for value in values if _is_wanted(value, *wanted)]
            # Code 200: registered, but it has no such value (registries.md 1.1).
            reply = reply | ({"values": kept} if kept else {"responseCode": 200})
            if not kept:
                del reply["values"]
        code = reply["responseCode"]
        status = _STATUS_OF_CODE.get(code, 500) if isinstance(code, int) else 500
        return Answer(status, dump(reply), _JSON)

    def _handle_record(self, spelling: str) -> Record:
        doi = fold(spelling)
        recorded = self._records.handles.record(doi)
        if recorded is not None:
            return recorded | {"handle": spelling}
        known: Record = {"responseCode": 1, "handle": spelling}
        target = self._records.short_dois.get(doi)
        if target is not None:
            alias: Json = {"format": "string", "value": target}
            return known | {"values": [_value(1, "HS_ALIAS", alias)]}
        if not _DOI.match(spelling):
            return {"responseCode": 102, "handle": spelling}
        if self._records.agency(doi) is None:
            return {"responseCode": 100, "handle": spelling}
        return known | {"values": _handle_values(doi)}

    def _agencies(self, listed: str) -> Answer:
        # Split before decoding: a comma inside a DOI arrives as %2C.
        spellings = [unquote(part) for part in listed.split(",")]
        elements = [self._agency_of(spelling) for spelling in spellings]
        return Answer(200, dump(elements), _JSON)

    def _agency_of(self, spelling: str) -> Json:
        doi = fold(spelling)
        recorded = self._records.ra.record(doi)
        if recorded is not None:
            return recorded | {"DOI": spelling}
        if _PREFIX.match(doi):
            agency = self._records.agency_of_prefix(doi)
        elif _DOI.match(doi):
            agency = self._records.agency(doi)
        else:
            return {"DOI": spelling, "status": "Invalid DOI"}
        if agency is None:
            return {"DOI": spelling, "status": "DOI does not exist"}
        return {"DOI": spelling, "RA": agency}

    def _resolved(self, request: Request) -> Answer:
        spelling = unquote(request.rest[1:])
        doi = fold(spelling)
        doi = self._records.short_dois.get(doi, doi)
        if not _DOI.match(doi) and not _SHORT_DOI.match(doi):
            return html(400, "Error: Invalid DOI")
        agency = self._records.agency(doi)
        if agency is None:
            return _doi_not_found()
        accept = request.headers.get("accept", "")
        server = _metadata_server(agency) if asks_for_metadata(accept) else None
        if server is None:
            server = "landing/{}"
        # JaLC's Location leaves the slash bare, all others encode it (1.4).
        bare = "/" if server.startswith("jalc") else ""
        path = server.format(quote(doi, safe=bare))
        return redirect(302, f"{request.origin}/{path}")


def _metadata_server(agency: str) -> str | None:
    name = agency.casefold().replace(" ", "")
    if name == "crossref":
        return "crossref/v1/works/{}/transform"
    if name == "datacite":
        return "crosscite/{}"
    return f"{_METADATA_SERVERS[name]}/{{}}" if name in _METADATA_SERVERS else None


def _doi_not_found() -> Answer:
    page = '<!DOCTYPE html>\n<html lang="en-us">\n<head>\n    <meta charset="UTF-8">\n'
    page += "    <title>Error: DOI Not Found</title>\n</head>\n<body>\n"
    page += '<h2 class="title">REPORT AN ERROR</h2>\n</body>\n</html>\n'
    return Answer(404, page.encode(), "text/html;charset=utf-8")


def _value(index: int, kind: str, data: Json) -> Record:
    stamp = "2024-02-03T09:30:00Z"
    head: Record = {"index": index, "type": kind, "data": data}
    return head | {"ttl": 86400, "timestamp": stamp}


def _handle_values(doi: str) -> list[Json]:
    address = f"https://landing.example/{doi}"
    admin: Json = {
        "handle": f"0.na/{prefix_of(doi)}",
        "index": 200,
        "permissions": "111111110010",
    }
    return [
        _value(1, "URL", {"format": "string", "value": address}),
        _value(700050, "700050", {"format": "string", "value": "20240203093000"}),
        _value(100, "HS_ADMIN", {"format": "admin", "value": admin}),
    ]


def _wanted_values(request: Request) -> tuple[str, str] | None:
    """The type and the index asked for, either of them maybe empty."""
    kind = request.parameters.get("type", "")
    index = request.parameters.get("index", "")
    return (kind, index) if kind or index else None


def _is_wanted(value: Json, kind: str, index: str) -> bool:
    if not isinstance(value, dict):
        return False
    own = str(value["type"])
    fits = own == kind or (kind.endswith(".") and f"{own}.".startswith(kind))
    return bool((kind and fits) or (index and str(value["index"]) == index))


class MetadataServer:
    """mEDRA's and JaLC's data servers, known to content negotiation only."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def answer(self, request: Request) -> Answer:
        """CSL-JSON; 204 for a DOI registered without metadata (1.4, unverified)."""
        doi = fold(unquote(request.rest[1:]))
        item = self._records.csl.record(doi)
        if item is None:
            known = self._records.agency(doi) is not None
            return Answer(204 if known else 404, b"", CSL_TYPE)
        answer = rendered(request.headers.get("accept", ""), item)
        return answer or html(406, "406 Not Acceptable")


class LandingPages:
    """The publishers' pages, all on this server: no test leaves the machine."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def answer(self, request: Request) -> Answer:
        """A page that says which DOI it is about."""
        doi = fold(unquote(request.rest[1:]))
        if self._records.agency(doi) is None:
            return html(404, "404 Not Found")
        return html(200, "A landing page", f"<p>{quote(doi)}</p>")
