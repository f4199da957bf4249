"""PMIDs and PMCIDs to DOIs (registries.md 4)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import respx

from lupusrefs.errors import RateLimited, ServiceRejected, UnexpectedReply
from lupusrefs.services.pubmed import IdentifierAnswer, PubMed
from lupusrefs.transport.message import Request
from services.replies import FETCHED, Line, Said, Told, always, parameters, run, say

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
PMC = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1"


def summary(uid: str, doi: str | None) -> dict[str, object]:
    """One record of esummary, with a DOI among its other numbers or without."""
    ids = [{"idtype": "pubmed", "idtypen": 1, "value": uid}]
    if doi is not None:
        ids.append({"idtype": "doi", "idtypen": 3, "value": doi})
    return {"uid": uid, "title": "A title.", "articleids": ids}


def summaries(records: Iterable[dict[str, object]]) -> Said:
    """The answer of esummary."""
    by_uid = {str(record["uid"]): record for record in records}
    header = {"type": "esummary", "version": "0.3"}
    return say({"header": header, "result": {"uids": list(by_uid), **by_uid}})


def everything_known(request: Request) -> Said:
    """An esummary that gives every PMID the DOI 10.5555/<PMID>."""
    uids = parameters(request.url)["id"].split(",")
    return summaries(summary(uid, f"10.5555/{uid}") for uid in uids)


def pmids(said: Said | Told, *ids: str, mailto: str | None = None) -> IdentifierAnswer:
    """Ask for the DOIs of PMIDs."""
    told = said if isinstance(said, Told) else always(said)
    return run(PubMed(told, EUTILS, PMC, mailto).fetch_dois_of_pmids(ids))


def pmcids(said: Said | Told, *ids: str, mailto: str | None = None) -> IdentifierAnswer:
    """Ask for the DOIs of PMCIDs."""
    told = said if isinstance(said, Told) else always(said)
    return run(PubMed(told, EUTILS, PMC, mailto).fetch_dois_of_pmcids(ids))


# --- PubMed -------------------------------------------------------------------------


def test_pmids_with_and_without_a_doi() -> None:
    """A record without a DOI is there all the same."""
    said = summaries([summary("34347960", "10.1056/NEJMc2107725"), summary("2", None)])
    answer = pmids(said, "34347960", "2")
    assert answer.dois == {"34347960": "10.1056/NEJMc2107725", "2": None}
    assert (answer.unknown, answer.failed) == (set(), {})
    assert answer.fetched == FETCHED


def test_esummary_is_asked_as_ncbi_wishes() -> None:
    """With ``tool`` and ``email``; all ids in one request (4)."""
    told = Told(everything_known)
    pmids(told, "1", "2", "3", mailto="reader@example.org")
    (url,) = told.urls
    assert url.startswith(f"{EUTILS}/esummary.fcgi?")
    assert parameters(url) == {
        "db": "pubmed",
        "retmode": "json",
        "id": "1,2,3",
        "tool": "lupusrefs",
        "email": "reader@example.org",
    }
    assert (told.asked[0].limit.requests, told.asked[0].limit.interval_s) == (3, 1.0)


def test_an_unknown_pmid_has_an_error_in_its_record() -> None:
    """PubMed's own word that there is none."""
    error: dict[str, object] = {
        "uid": "99999999",
        "error": "cannot get document summary",
    }
    answer = pmids(summaries([error, summary("2", None)]), "99999999", "2")
    assert answer.unknown == {"99999999"}
    assert answer.dois == {"2": None}


def test_a_pmid_without_a_record_says_nothing() -> None:
    """An answer to other ids is no verdict on this one."""
    answer = pmids(summaries([summary("2", None)]), "1", "2")
    assert isinstance(answer.failed["1"], UnexpectedReply)
    assert answer.dois == {"2": None}
    assert answer.unknown == set()


def test_more_than_200_ids_are_several_requests() -> None:
    """Above 200, NCBI wants POST (4)."""
    told = Told(everything_known)
    ids = [str(number) for number in range(1, 451)]
    answer = pmids(told, *ids)
    assert answer.dois == {uid: f"10.5555/{uid}" for uid in ids}
    asked = [parameters(url)["id"].split(",") for url in told.urls]
    assert [len(batch) for batch in asked] == [200, 200, 50]
    assert [uid for batch in asked for uid in batch] == ids


def test_a_batch_that_fails_does_not_cost_the_others() -> None:
    """Its ids have failed, the others are known."""

    def answer(request: Request) -> Said:
        first = parameters(request.url)["id"].startswith("1,")
        return Said(503) if first else everything_known(request)

    ids = [str(number) for number in range(1, 302)]
    answered = pmids(Told(answer), *ids)
    assert set(answered.failed) == set(ids[:200])
    assert set(answered.dois) == set(ids[200:])


@pytest.mark.parametrize(
    "articleids",
    [
        None,
        7,
        [7],
        [{"idtype": "doi"}],
        [{"idtype": "doi", "value": ""}],
        [{"idtype": "doi", "value": 7}],
    ],
)
def test_article_ids_of_wrong_types_hold_no_doi(articleids: object) -> None:
    """The record is there."""
    said = summaries([{"uid": "1", "articleids": articleids}])
    assert pmids(said, "1").dois == {"1": None}


@pytest.mark.parametrize(
    "body",
    [
        say({"error": "API rate limit exceeded"}),
        say({"esummaryresult": ["Invalid uid 1 at position=0"]}),
        say({"result": []}),
        say([]),
        Said(200, b"<eSummaryResult></eSummaryResult>"),
        Said(200, b""),
        Said(404),
        Said(500),
    ],
)
def test_an_answer_without_records_says_nothing(body: Said) -> None:
    """Every id has failed, and none is unknown."""
    answer = pmids(body, "1", "2")
    assert set(answer.failed) == {"1", "2"}
    assert (answer.dois, answer.unknown) == ({}, set())


@respx.mock
def test_too_fast_for_ncbi() -> None:
    """429 as JSON: slower, and then given up."""
    problem = {"error": "API rate limit exceeded", "count": "4", "limit": "3"}
    route = respx.get(url__startswith=EUTILS).respond(429, json=problem)
    answer = Line().run(lambda c: PubMed(c, EUTILS, PMC).fetch_dois_of_pmids(["1"]))
    assert isinstance(answer.failed["1"], RateLimited)
    assert route.call_count == 3


# --- PMC's id converter -------------------------------------------------------------


def converted(*records: object) -> Said:
    """The answer of the id converter."""
    return say({"status": "ok", "response-date": "2026-11-22", "records": records})


def test_pmcids_with_and_without_a_doi() -> None:
    """As recorded of the converter, with what it repeats of the question."""
    answer = pmcids(
        converted(
            {"requested-id": "PMC2883744", "pmcid": "PMC2883744", "pmid": "20495566",
             "doi": "10.1038/ng.590"},
            {"pmcid": "PMC1", "pmid": "1"},
        ),
        "PMC2883744",
        "PMC1",
    )  # fmt: skip
    assert answer.dois == {"PMC2883744": "10.1038/ng.590", "PMC1": None}
    assert answer.fetched == FETCHED


def test_the_converter_is_asked_as_documented() -> None:
    """``ids``, ``format``, ``tool`` and ``email`` (4)."""
    told = always(converted())
    pmcids(told, "PMC1", "PMC2", mailto="reader@example.org")
    (url,) = told.urls
    assert url.startswith(f"{PMC}/articles/?")
    assert parameters(url) == {
        "ids": "PMC1,PMC2",
        "format": "json",
        "tool": "lupusrefs",
        "email": "reader@example.org",
    }


@pytest.mark.parametrize("status", [200, 400, 404])
@pytest.mark.parametrize("words", ["Identifier not found in PMC", "invalid article id"])
def test_an_unknown_pmcid(status: int, words: str) -> None:
    """Its record says so, whatever the status (the second wording is recorded)."""
    record = {"requested-id": "PMC9", "status": "error", "errmsg": words}
    body = converted(record, {"pmcid": "PMC1", "doi": "10.5555/1"}).body
    answer = pmcids(Said(status, body), "PMC9", "PMC1")
    assert answer.unknown == {"PMC9"}
    assert answer.dois == {"PMC1": "10.5555/1"}


def test_a_pmcid_without_a_record_says_nothing() -> None:
    """It has failed."""
    answer = pmcids(converted(7, {"pmcid": "PMC7", "doi": "10.5555/7"}), "PMC1")
    assert isinstance(answer.failed["PMC1"], UnexpectedReply)
    assert (answer.dois, answer.unknown) == ({}, set())


@pytest.mark.parametrize(
    "body",
    [say({"status": "error"}, 400), say({"records": {}}), say([]), Said(404, b"gone")],
)
def test_no_records_say_nothing(body: Said) -> None:
    """Every id has failed, and none is unknown."""
    answer = pmcids(body, "PMC1", "PMC2")
    assert set(answer.failed) == {"PMC1", "PMC2"}
    assert answer.unknown == set()


def test_a_refusal_is_told() -> None:
    """The reason stands with every id."""
    error = pmcids(Said(403), "PMC1").failed["PMC1"]
    assert isinstance(error, ServiceRejected)
    assert error.status == 403


def test_more_than_200_pmcids_are_several_requests() -> None:
    """Up to 200 ids a call (4)."""

    def answer(request: Request) -> Said:
        ids = parameters(request.url)["ids"].split(",")
        return converted(*({"pmcid": one, "doi": f"10.5555/{one}"} for one in ids))

    told = Told(answer)
    answered = pmcids(told, *(f"PMC{number}" for number in range(1, 302)))
    assert len(answered.dois) == 301
    assert len(told.urls) == 2
