"""What NCBI, the PMC id converter and arXiv answer (registries.md 4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from registry.messages import Answer, dump, html
from registry.records import fold

if TYPE_CHECKING:
    from registry.messages import Json, Record, Request
    from registry.records import Records

MAX_IDS = 200
_ARXIV_ID = re.compile(
    r"^(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$"
)
_ATOM = "application/atom+xml; charset=UTF-8"


class PubMed:
    """E-utilities: ``esummary.fcgi?db=pubmed&id=...&retmode=json``."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @staticmethod
    def buckets(request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""
        return "pubmed", "pubmed"

    @staticmethod
    def refusal() -> Answer:
        """429 as JSON."""
        problem: Record = {"error": "API rate limit exceeded", "count": "4"}
        return Answer(429, dump(problem | {"limit": "3"}))

    def answer(self, request: Request) -> Answer:
        """One summary for each PMID; an unknown one has ``error`` in its place."""
        if not request.rest.endswith("/esummary.fcgi"):
            return html(404, "404 Not Found")
        if request.parameters.get("retmode") != "json":
            return Answer(200, b"<eSummaryResult></eSummaryResult>", "text/xml")
        uids = [uid for uid in request.parameters.get("id", "").split(",") if uid]
        if request.method == "GET" and len(uids) > MAX_IDS:
            return html(414, "414 Request-URI Too Long")
        listed: list[Json] = [*uids]
        result: Record = {"uids": listed}
        result |= {uid: self._summary(uid) for uid in uids}
        header: Json = {"type": "esummary", "version": "0.3"}
        body = dump({"header": header, "result": result})
        answer = Answer(200, body, "application/json; charset=UTF-8")
        return answer.with_headers(("x-ratelimit-limit", "3"))

    def _summary(self, uid: str) -> Json:
        known = self._records.pubmed.get(uid)
        if known is None:
            return {"uid": uid, "error": "cannot get document summary"}
        ids: list[Json] = [{"idtype": "pubmed", "idtypen": 1, "value": uid}]
        if "doi" in known:
            ids.append({"idtype": "doi", "idtypen": 3, "value": known["doi"]})
        if "pmcid" in known:
            ids.append({"idtype": "pmc", "idtypen": 8, "value": known["pmcid"]})
        return {
            "uid": uid,
            "pubdate": "2021 Nov",
            "source": "Inv J Lupus Res",
            "title": "An invented summary.",
            "articleids": ids,
        }


class PmcConverter:
    """The id converter: articles in PMC only, one kind of identifier a call."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def answer(self, request: Request) -> Answer:
        """One record for each identifier; unknown ones have an ``errmsg``."""
        ids = [one for one in request.parameters.get("ids", "").split(",") if one]
        if not ids or len(ids) > MAX_IDS:
            text = f"The number of ids must be between 1 and {MAX_IDS}"
            return Answer(400, dump({"status": "error", "message": text}))
        reply: Record = {
            "status": "ok",
            "response-date": "2026-11-22 12:00:00",
            "records": [self._converted(one) for one in ids],
        }
        return Answer(200, dump(reply))

    def _converted(self, wanted: str) -> Json:
        for pmid, known in self._records.pubmed.items():
            pmcid = known.get("pmcid")
            names = (pmid, (pmcid or "").lower(), known.get("doi"))
            if pmcid and fold(wanted) in names:
                found: Record = {"doi": known.get("doi"), "pmcid": pmcid, "pmid": pmid}
                return {"requested-id": wanted} | found
        text = "Identifier not found in PMC"
        return {"requested-id": wanted, "status": "error", "errmsg": text}


class Arxiv:
    """The Atom API: ``query?id_list=``; ten entries unless ``max_results`` says so."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @staticmethod
    def buckets(request: Request) -> tuple[str, str]:
        """The rate bucket and the concurrency pool of a request."""
        return "arxiv", "arxiv"

    @staticmethod
    def refusal() -> Answer:
        """429; the text is arXiv's, the status from reports."""
        return Answer(429, b"Rate exceeded.", "text/plain")

    def answer(self, request: Request) -> Answer:
        """A feed of the known ones; one misspelt id spoils the whole request."""
        if not request.rest.endswith("/query"):
            return html(404, "404 Not Found")
        ids = [one for one in request.parameters.get("id_list", "").split(",") if one]
        for wanted in ids:
            if not _ARXIV_ID.match(wanted):
                return Answer(400, _feed([_error_entry(wanted)], request), _ATOM)
        start = request.integer("start", 0) or 0
        size = request.integer("max_results", 10) or 0
        entries = [self._entry(wanted) for wanted in ids]
        known = [entry for entry in entries if entry]
        return Answer(200, _feed(known[start : start + size], request), _ATOM)

    def _entry(self, wanted: str) -> str:
        found = _ARXIV_ID.match(wanted)
        number = found["id"] if found else ""
        known = self._records.arxiv.get(number)
        if known is None:
            return ""
        authors = known["authors"]
        names = authors if isinstance(authors, list) else []
        parts = [
            f"<id>http://arxiv.org/abs/{number}v{known['version']}</id>",
            f"<updated>{known['updated']}</updated>",
            f"<published>{known['published']}</published>",
            f"<title>{escape(str(known['title']))}</title>",
            "<summary>  An invented abstract.\n</summary>",
            *(f"<author><name>{escape(str(n))}</name></author>" for n in names),
            _extension("doi", known.get("doi")),
            _extension("journal_ref", known.get("journal_ref")),
            f'<category term="{known["category"]}"/>',
        ]
        return "<entry>\n    " + "\n    ".join(filter(None, parts)) + "\n  </entry>"


def _extension(name: str, value: Json) -> str:
    if value is None:
        return ""
    namespace = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f"<arxiv:{name} {namespace}>{escape(str(value))}</arxiv:{name}>"


def _error_entry(wanted: str) -> str:
    name = escape(wanted)
    address = f"http://arxiv.org/api/errors#incorrect_id_format_for_{name}"
    text = f"incorrect id format for {name}"
    return (
        f"<entry><id>{address}</id><title>Error</title><summary>{text}"
        f"</summary></entry>"
    )


def _feed(entries: list[str], request: Request) -> bytes:
    listed = escape(request.parameters.get("id_list", ""))
    opensearch = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    total = "opensearch:totalResults"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <title>ArXiv Query: id_list={listed}</title>",
        f"  <{total} {opensearch}>{len(entries)}</{total}>",
        *(f"  {entry}" for entry in entries),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()
