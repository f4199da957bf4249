"""Recorded exchanges, replayed through the client: the right verdict, and no crash."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest

from lupusrefs.errors import RateLimited, ServiceError, ServiceRejected
from lupusrefs.identify import Identified
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import is_doi_name
from lupusrefs.model.identifiers import ArxivId, Pmcid, Pmid
from lupusrefs.model.outcome import NotRegistered, Outcome, Unavailable
from lupusrefs.model.work import Work, agency_name
from lupusrefs.registries import Services
from lupusrefs.resolver import Resolver
from lupusrefs.services.arxiv import Arxiv
from lupusrefs.services.crossref import Crossref
from lupusrefs.services.datacite import DataCite
from lupusrefs.services.doi_org import AgencyRecord, DoiOrg, HandleRecord
from lupusrefs.services.protocol import ListAnswer
from lupusrefs.services.pubmed import IdentifierAnswer, PubMed
from lupusrefs.services.retraction_watch import RetractionWatch
from lupusrefs.store import Store
from lupusrefs.transport.client import Client
from services.replies import FETCHED, Line, Said, always, run, say

pytestmark = pytest.mark.corpus

# The client decompresses; the recorded bodies are plain already.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}
_MAILTO = "reader@example.org"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded exchange."""

    file: str
    method: str
    url: str
    status: int
    headers: dict[str, str]
    body: str

    def __call__(self, _: httpx.Request) -> httpx.Response:
        """Answer anything with what was answered then."""
        headers = {k: v for k, v in self.headers.items() if k not in _OF_THE_WIRE}
        return httpx.Response(self.status, headers=headers, content=self.body.encode())

    @property
    def path(self) -> str:
        """The decoded path of the URL."""
        return unquote(urlsplit(self.url).path)

    @property
    def document(self) -> object:
        """The body as JSON, or None."""
        try:
            parsed: object = json.loads(self.body)
        except ValueError:
            return None
        return parsed

    @property
    def doi(self) -> str:
        """The DOI that the URL is about, else one that nobody asked for."""
        _, found, suffix = self.path.partition("/10.")
        doi = f"10.{suffix.removesuffix('/transform')}"
        return doi if found and is_doi_name(doi) else "10.5555/a"


def exchanges(corpus: Path, folder: str) -> list[Exchange]:
    """All exchanges of a folder."""
    return [
        Exchange(
            path.name,
            str(one["method"]).upper(),
            one["url"],
            one["status"],
            one["headers"],
            one["body"] or "",
        )
        for path in sorted((corpus / "registry" / folder).iterdir())
        for one in [json.loads(path.read_bytes())]
    ]


@pytest.fixture(scope="module")
def errors(corpus: Path) -> list[Exchange]:
    """Statuses 4xx and 5xx, and one 204."""
    return exchanges(corpus, "errors")


@pytest.fixture(scope="module")
def answers(corpus: Path) -> list[Exchange]:
    """Redirects, content negotiation, doiRA, single records, other services."""
    return exchanges(corpus, "exchanges")


def services(client: Client) -> Services:
    """Every registry at its public address."""
    eutils = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    pmc = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1"
    return Services(
        crossref=Crossref(client, "https://api.crossref.org", _MAILTO),
        datacite=DataCite(client, "https://api.datacite.org", _MAILTO),
        doi_org=DoiOrg(client, "https://doi.org"),
        pubmed=PubMed(client, eutils, pmc, _MAILTO),
        arxiv=Arxiv(client, "https://export.arxiv.org/api"),
        retraction_watch=RetractionWatch(client),
        requests=client.requests,
    )


Verdict = (
    Work | HandleRecord | AgencyRecord | ListAnswer | IdentifierAnswer
    | ServiceError | None
)  # fmt: skip
Question = Callable[[Services], Awaitable[Verdict]]


def put(exchange: Exchange, question: Question) -> Verdict:
    """Replay one exchange as the answer to everything one question needs."""

    async def asked(client: Client) -> Verdict:
        try:
            return await question(services(client))
        except ServiceError as error:
            return error

    return Line(exchange).run(asked)


def questions(doi: str) -> dict[str, Question]:
    """Everything that can be asked."""
    paper = ArxivId.parse("2101.00001")
    return {
        "crossref": lambda s: s.crossref.fetch_one(doi),
        "crossref list": lambda s: s.crossref.fetch_list([doi, "10.5555/b"]),
        "datacite": lambda s: s.datacite.fetch_one(doi),
        "datacite list": lambda s: s.datacite.fetch_list([doi, "10.5555/b"]),
        "handle": lambda s: s.doi_org.fetch_handle(doi),
        "agency": lambda s: s.doi_org.fetch_agency(doi),
        "negotiate": lambda s: s.doi_org.negotiate(doi, "mEDRA"),
        "pubmed": lambda s: s.pubmed.fetch_dois_of_pmids(["1", "2"]),
        "pmc": lambda s: s.pubmed.fetch_dois_of_pmcids(["PMC1", "PMC2"]),
        "arxiv": lambda s: s.arxiv.fetch_one(paper),
    }


def told_not_found(exchange: Exchange) -> bool:
    """Whether the body has the handle API's code 100."""
    document = exchange.document
    return isinstance(document, dict) and document.get("responseCode") == 100


def handle_of(exchange: Exchange) -> str:
    """The handle that an answer is about, else the URL's DOI."""
    document = exchange.document
    handle = document.get("handle") if isinstance(document, dict) else None
    return handle if isinstance(handle, str) else exchange.doi


# --- errors -------------------------------------------------------------------------

# Which statuses may mean "not here"; all others are refused, or to be tried later.
ABSENT = {
    "crossref": {404},
    "datacite": {404},
    "negotiate": {204, 404, 406},
}


@pytest.mark.parametrize("name", ["crossref", "datacite", "negotiate"])
def test_an_error_is_absent_refused_or_later(errors: list[Exchange], name: str) -> None:
    """By its status alone, whatever the type and the body say."""
    assert len(errors) > 150
    for exchange in errors:
        verdict = put(exchange, questions(exchange.doi)[name])
        if exchange.status in ABSENT[name]:
            assert verdict is None, exchange.file
        else:
            assert isinstance(verdict, ServiceRejected), exchange.file
            assert verdict.status == exchange.status
            assert isinstance(verdict, RateLimited) == (exchange.status == 429)


def test_only_code_100_says_not_registered(errors: list[Exchange]) -> None:
    """No other 404 makes a handle unregistered (1.1); no error names an agency."""
    said_no = 0
    for exchange in errors:
        asked = questions(handle_of(exchange))
        verdict = put(exchange, asked["handle"])
        if told_not_found(exchange):
            assert isinstance(verdict, HandleRecord)
            assert not verdict.registered
            said_no += 1
        else:
            assert isinstance(verdict, ServiceError), exchange.file
        assert isinstance(put(exchange, asked["agency"]), ServiceError), exchange.file
    assert said_no >= 1


def test_an_error_finds_nothing_in_lists(errors: list[Exchange]) -> None:
    """And says of no identifier that it is unknown."""
    for exchange in errors:
        asked = questions(exchange.doi)
        for name in ("crossref list", "datacite list"):
            listed = put(exchange, asked[name])
            assert isinstance(listed, ListAnswer)
            assert listed.found == {}
        for name in ("pubmed", "pmc"):
            known = put(exchange, asked[name])
            assert isinstance(known, IdentifierAnswer)
            assert (known.unknown, known.dois) == (set(), {})
            assert len(known.failed) == 2
        assert isinstance(put(exchange, asked["arxiv"]), ServiceError), exchange.file


def resolved_by(exchange: Exchange, *identified: Identified) -> list[Outcome]:
    """Resolve while every registry answers everything with one exchange."""

    async def asked(client: Client) -> list[Outcome]:
        class Opened:
            async def __aenter__(self) -> Services:
                return services(client)

            async def __aexit__(self, *_: object) -> None:
                pass

        with Store(None) as store:
            memory = Memory(store, FETCHED)
            return await Resolver(memory, Opened).resolve(identified)

    return Line(exchange).run(asked)


def test_no_error_makes_a_verdict(errors: list[Exchange]) -> None:
    """Every registry answers with it: only code 100 says "not registered"."""
    for exchange in errors:
        one = Doi.registered(handle_of(exchange))
        others = (Pmid("1"), Pmcid("PMC1"), ArxivId.parse("2101.00001"))
        first, *rest = resolved_by(exchange, one, *others)
        if told_not_found(exchange):
            assert isinstance(first, NotRegistered), exchange.file
        else:
            assert isinstance(first, Unavailable), exchange.file
        assert all(isinstance(outcome, Unavailable) for outcome in rest), exchange.file


# --- handles and agencies -----------------------------------------------------------


def test_recorded_handles(corpus: Path) -> None:
    """1 is registered, 100 is not, 2 says nothing about the DOI (1.1)."""
    seen = set()
    for path in sorted((corpus / "registry" / "handles").iterdir()):
        body = json.loads(path.read_bytes())
        code = body["responseCode"]
        said = say(body, {1: 200, 100: 404, 2: 500}[code])
        doi = unquote(path.name.removesuffix(".json"))
        question = DoiOrg(always(said), "https://doi.org").fetch_handle(doi)
        seen.add(code)
        if code == 2:
            with pytest.raises(ServiceRejected):
                run(question)
        else:
            assert run(question).registered is (code == 1)
    assert seen == {1, 2, 100}


def test_recorded_agencies(corpus: Path) -> None:
    """The agency by its usual name, or none where there is a status (1.2)."""
    seen = set()
    for path in sorted((corpus / "registry" / "ra").iterdir()):
        element = json.loads(path.read_bytes())
        doi = unquote(path.name.removesuffix(".json"))
        service = DoiOrg(always(say([element])), "https://doi.org")
        found = run(service.fetch_agency(doi)).agency
        expected = agency_name(element["RA"]) if "RA" in element else None
        assert found == expected, path.name
        seen.add(found)
    assert {None, "Crossref", "DataCite", "mEDRA"} <= seen


# --- answers ------------------------------------------------------------------------


def test_no_recorded_answer_crashes_a_service(answers: list[Exchange]) -> None:
    """Whoever it came from: an answer, or a ServiceError."""
    for exchange in answers:
        for name, question in questions(exchange.doi).items():
            verdict = put(exchange, question)
            if name in {"pubmed", "pmc"}:
                assert isinstance(verdict, IdentifierAnswer)
                assert verdict.unknown == set(), exchange.file
            if name == "handle" and isinstance(verdict, HandleRecord):
                assert verdict.registered, exchange.file


def test_no_recorded_answer_makes_a_false_verdict(answers: list[Exchange]) -> None:
    """Only doiRA's own words say "not registered", where all answer alike."""
    for exchange in answers:
        doi = Doi.registered(exchange.doi)
        (outcome,) = resolved_by(exchange, doi)
        words = "Invalid DOI" in exchange.body or "does not exist" in exchange.body
        assert isinstance(outcome, NotRegistered) <= words, exchange.file


def of_path(found: list[Exchange], *starts: str) -> Iterator[Exchange]:
    """Successful answers to GET whose host and path begin so, and name a DOI."""
    for one in found:
        place = one.url.partition("://")[2]
        if one.method == "GET" and one.status == 200 and place.startswith(starts):
            yield one


def test_recorded_single_records(answers: list[Exchange]) -> None:
    """Single records of Crossref and DataCite are the works asked for."""
    at_crossref = [
        one
        for one in of_path(answers, "api.crossref.org/works/10.")
        if not one.path.endswith("/agency") and isinstance(one.document, dict)
    ]
    at_datacite = list(of_path(answers, "api.datacite.org/dois/10."))
    assert len(at_crossref) >= 4
    assert len(at_datacite) >= 5
    for name, found in (("crossref", at_crossref), ("datacite", at_datacite)):
        for exchange in found:
            work = put(exchange, questions(exchange.doi)[name])
            assert isinstance(work, Work), (exchange.file, work)
            assert work.id.lower() == exchange.doi.lower()
            assert work.title


def test_recorded_agencies_in_exchanges(answers: list[Exchange]) -> None:
    """Of doiRA under both its addresses (1.2)."""
    found = [
        *of_path(answers, "doi.org/ra/10.", "doi.org/doiRA/10."),
        *of_path(answers, "doi.crossref.org/doiRA/10."),
    ]
    assert len(found) >= 20
    for exchange in found:
        document = exchange.document
        assert isinstance(document, list)
        element = document[0]
        record = put(exchange, questions(element["DOI"])["agency"])
        assert isinstance(record, AgencyRecord), exchange.file
        expected = agency_name(element["RA"]) if "RA" in element else None
        assert record.agency == expected


def test_recorded_content_negotiation(answers: list[Exchange]) -> None:
    """CSL-JSON of DataCite, mEDRA and JaLC becomes a work (1.4)."""
    found = [
        one
        for one in of_path(
            answers, "data.crosscite.org/", "data.medra.org/", "japanlinkcenter.org/"
        )
        if "citationstyles" in one.headers.get("content-type", "")
    ]
    assert len(found) >= 6
    for exchange in found:
        work = put(exchange, questions(exchange.doi)["negotiate"])
        assert isinstance(work, Work), (exchange.file, work)
        assert work.id.lower() == exchange.doi
        assert work.title


def test_recorded_csl_json(corpus: Path) -> None:
    """Every item on file is read, its title and authors with it."""
    read = 0
    for path in sorted((corpus / "registry" / "csl").iterdir()):
        item = json.loads(path.read_bytes())
        doi = unquote(path.name.removesuffix(".json"))
        service = DoiOrg(always(Said(200, path.read_bytes())), "https://doi.org")
        work = run(service.negotiate(doi, "mEDRA"))
        assert work is not None
        assert work.id.lower() == doi
        assert " ".join((work.title or "").split()) == " ".join(
            (item.get("title") or "").split()
        )
        named = [one for one in item.get("author") or [] if any(one.values())]
        assert len(work.author) == len(named), path.name
        read += 1
    assert read >= 180


def followed(exchange: Exchange) -> list[str]:
    """The URLs asked where the first one is answered by a recorded redirect."""
    asked: list[str] = []

    def network(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return exchange(request) if len(asked) == 1 else httpx.Response(404)

    async def negotiate(client: Client) -> Work | None:
        return await DoiOrg(client, "http://doi.org").negotiate(exchange.doi, "OP")

    assert Line(network).run(negotiate) is None
    return asked


def test_recorded_redirects_are_followed_to_the_letter(
    answers: list[Exchange],
) -> None:
    """``Location`` keeps its encoded slash, and may leave http for https (1.3, 1.4)."""
    redirects = [one for one in answers if one.status in {301, 302, 303}]
    assert len(redirects) >= 40
    for exchange in redirects:
        _, second = followed(exchange)
        assert second == exchange.headers["location"]


def listing(dois: list[str]) -> Question:
    """Ask Crossref's list for some DOIs."""
    return lambda services: services.crossref.fetch_list(dois)


def test_recorded_lists(corpus: Path) -> None:
    """Every item of a list or search that has a DOI is found under it (2.3)."""
    found = 0
    for exchange in exchanges(corpus, "crossref-queries"):
        document = exchange.document
        assert isinstance(document, dict)
        items = document["message"]["items"]
        dois = [item["DOI"] for item in items if "DOI" in item]
        if not dois:
            continue
        listed = put(exchange, listing(dois))
        assert isinstance(listed, ListAnswer)
        assert set(listed.found) == {doi.lower() for doi in dois}, exchange.file
        found += len(dois)
    assert found >= 50
