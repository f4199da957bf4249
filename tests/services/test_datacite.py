"""DataCite's lists and single records (registries.md 3)."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import httpx
import pytest
import respx

from lupusrefs.errors import ServiceRejected, UnexpectedReply
from lupusrefs.services.batch import MAX_URL_BYTES
from lupusrefs.services.datacite import DataCite
from lupusrefs.services.protocol import ListAnswer
from lupusrefs.transport.message import Request
from services.replies import (
    Line,
    Said,
    Told,
    always,
    last_segment,
    parameters,
    run,
    say,
)

BASE = "https://api.datacite.org"
MISSING = {
    "errors": [
        {"status": "404", "title": "The resource you are looking for doesn't exist."}
    ]
}


def resource(doi: str, **attributes: object) -> dict[str, object]:
    """A small JSON:API resource."""
    named = {"doi": doi, "titles": [{"title": f"On {doi}"}], "state": "findable"}
    return {"id": doi, "type": "dois", "attributes": {**named, **attributes}}


def a_list(*items: object) -> Said:
    """The answer to a list request."""
    return say({"data": items, "meta": {"total": len(items)}})


def ids_in(url: str) -> list[str]:
    """The DOIs of a list request."""
    return parameters(url)["ids"].split(",")


def knows(*dois: str) -> Told:
    """A DataCite that has these; as the real one, in lower case only."""

    def answer(request: Request) -> Said:
        if "ids=" in request.url:
            asked = ids_in(request.url)
            return a_list(*(resource(doi) for doi in dois if doi in asked))
        doi = last_segment(request.url)
        return say({"data": resource(doi)}) if doi in dois else say(MISSING, 404)

    return Told(answer)


def fetch_list(told: Told, *dois: str, mailto: str | None = None) -> ListAnswer:
    """Ask a new service for several DOIs."""
    return run(DataCite(told, BASE, mailto).fetch_list(dois))


# --- lists --------------------------------------------------------------------------


def test_a_list_is_asked_in_lower_case() -> None:
    """Queries are case-sensitive (3); what is found has the key of the DOI asked."""
    told = knows("10.5061/dryad.8515x")
    answer = fetch_list(told, "10.5061/DRYAD.8515X", mailto="reader@example.org")
    assert answer.found["10.5061/dryad.8515x"].title == "On 10.5061/dryad.8515x"
    (url,) = told.urls
    assert urlsplit(url).path == "/dois"
    assert ids_in(url) == ["10.5061/dryad.8515x"]
    assert parameters(url)["mailto"] == "reader@example.org"


def test_the_page_holds_all_that_was_asked() -> None:
    """Else a second page would be needed for what the default of 25 cuts off."""
    told = knows()
    fetch_list(told, *(f"10.5072/{i}" for i in range(60)))
    assert int(parameters(told.urls[0])["page[size]"]) >= 60
    assert len(ids_in(told.urls[0])) == 60


@pytest.mark.parametrize("doi", ["10.5072/a#b", "10.5072/a+b", "10.5072/a%2fb?c&d"])
def test_odd_characters_arrive_as_they_are(doi: str) -> None:
    """Percent-encoded once."""
    told = knows()
    fetch_list(told, doi, "10.5072/next")
    assert ids_in(told.urls[0]) == [doi, "10.5072/next"]


def test_batches_fit_the_budget() -> None:
    """All of them, and nothing is lost."""
    service = DataCite(knows(), BASE)
    dois = [f"10.5281/zenodo.{i}" for i in range(2000)]
    batches = service.batches(dois)
    assert [doi for batch in batches for doi in batch] == dois
    assert max(len(service._list_url(b)) for b in batches) <= MAX_URL_BYTES


def test_a_comma_cannot_be_listed() -> None:
    """It separates the ids."""
    assert not DataCite.lists("10.5072/a,b")
    assert DataCite.lists("10.5072/ab")


def test_limits_depend_on_the_mail_address() -> None:
    """500 in five minutes, 1000 with an address (3)."""
    told = knows()
    fetch_list(told, "10.5072/a")
    fetch_list(told, "10.5072/a", mailto="reader@example.org")
    paces = [(one.limit.requests, one.limit.interval_s) for one in told.asked]
    assert paces == [(500, 300.0), (1000, 300.0)]


def test_what_a_list_does_not_show_is_silently_absent() -> None:
    """The public API shows findable DOIs only: an absent one may be registered."""
    answer = fetch_list(knows("10.5072/a"), "10.5072/a", "10.5072/hidden")
    assert list(answer.found) == ["10.5072/a"]
    assert answer.is_silent_on("10.5072/hidden")


def test_resources_that_nobody_asked_for_are_dropped() -> None:
    """A proxy that mixes answers up must not make a verdict."""
    told = always(a_list(resource("10.5072/other")))
    assert fetch_list(told, "10.5072/a") == ListAnswer()


@pytest.mark.parametrize("attributes", [None, 7, {}, {"doi": None}, {"doi": "x"}])
def test_an_unreadable_resource_costs_only_itself(attributes: object) -> None:
    """It is known which DOI cannot be judged, and the others are found."""
    broken = {"id": "10.5072/a", "attributes": attributes}
    told = always(a_list(broken, resource("10.5072/b"), 7, None))
    answer = fetch_list(told, "10.5072/A", "10.5072/b")
    assert list(answer.found) == ["10.5072/b"]
    assert isinstance(answer.failed["10.5072/a"], UnexpectedReply)


@pytest.mark.parametrize(
    "body", [say({"data": {}}), say({}), say([]), say(None), Said(200, b"<html>")]
)
def test_an_answer_that_is_no_list_fails_every_doi(body: Said) -> None:
    """It is an outage."""
    answer = fetch_list(always(body), "10.5072/a", "10.5072/b")
    assert set(answer.failed) == {"10.5072/a", "10.5072/b"}


@pytest.mark.parametrize("status", [401, 404, 422, 429, 500])
def test_a_status_that_is_no_answer_fails_every_doi(status: int) -> None:
    """404 of a list means the wrong address."""
    error = fetch_list(always(Said(status)), "10.5072/a").failed["10.5072/a"]
    assert isinstance(error, ServiceRejected)
    assert error.status == status


def test_a_list_that_is_too_long_is_halved() -> None:
    """414, and both halves are asked."""

    def answer(request: Request) -> Said:
        if len(request.url) > 600:
            return Said(414)
        return a_list(*map(resource, ids_in(request.url)))

    dois = [f"10.5072/{i:020}" for i in range(40)]
    assert set(fetch_list(Told(answer), *dois).found) == set(dois)


# --- single records -----------------------------------------------------------------


def test_a_single_record_is_asked_in_lower_case() -> None:
    """As one encoded segment; the mail address stays out of what is kept."""
    told = knows("10.5072/a,b/c")
    service = DataCite(told, BASE, "reader@example.org")
    work = run(service.fetch_one("10.5072/A,B/C"))
    assert work is not None
    assert work.doi == "10.5072/a,b/c"
    assert urlsplit(told.urls[0]).path == "/dois/10.5072%2Fa%2Cb%2Fc"
    assert work.provenance.url == f"{BASE}/dois/10.5072%2Fa%2Cb%2Fc"


@respx.mock
def test_not_found_is_not_a_verdict() -> None:
    """404 means that DataCite does not show it (3)."""
    respx.get(f"{BASE}/dois/10.5072%2Fnone").respond(404, json=MISSING)
    assert Line().run(lambda c: DataCite(c, BASE).fetch_one("10.5072/none")) is None


def test_a_single_record_of_another_doi_is_no_answer() -> None:
    """DataCite does not merge DOIs."""
    told = always(say({"data": resource("10.5072/other")}))
    with pytest.raises(UnexpectedReply, match="another"):
        run(DataCite(told, BASE).fetch_one("10.5072/a"))


@pytest.mark.parametrize("data", [None, 7, [], {}, {"attributes": 7}])
def test_a_single_answer_without_a_resource_is_a_failure(data: object) -> None:
    """Nothing can be said."""
    with pytest.raises(UnexpectedReply):
        run(DataCite(always(say({"data": data})), BASE).fetch_one("10.5072/a"))


@respx.mock
def test_beyond_the_limit_the_wait_asked_for_is_kept() -> None:
    """429 (3); ``Retry-After`` where there is one goes before waits of our own."""
    found = httpx.Response(200, json={"data": resource("10.5072/a")})
    slower = httpx.Response(429, headers={"retry-after": "7"})
    respx.get(url__startswith=BASE).mock(side_effect=[slower, found])
    line = Line()
    work = line.run(lambda client: DataCite(client, BASE).fetch_one("10.5072/a"))
    assert work is not None
    assert line.time.now_s >= 7


def test_lists_and_singles_share_one_pace() -> None:
    """DataCite counts requests per address (3)."""
    told = knows("10.5072/a")
    service = DataCite(told, BASE)

    async def both() -> None:
        await asyncio.gather(
            service.fetch_list(["10.5072/a"]), service.fetch_one("10.5072/a")
        )

    run(both())
    assert len({(one.lane, one.limit) for one in told.asked}) == 1


# --- searches -----------------------------------------------------------------------


def test_a_search_looks_for_any_of_the_words() -> None:
    """In titles; signs of the query language never get there."""
    told = always(a_list(resource("10.5072/b"), resource("10.5072/a")))
    service = DataCite(told, BASE, "reader@example.org")
    found = run(service.search('wolves "of" yellow* (stone) park', 20))
    assert [one.id for one in found] == ["10.5072/b", "10.5072/a"]
    asked = parameters(told.urls[0])
    assert asked["query"] == "titles.title:(wolves OR park)"
    assert asked["page[size]"] == "20"
    assert asked["mailto"] == "reader@example.org"


def test_what_is_no_resource_is_left_out_of_a_search() -> None:
    """It has no DOI, and so could not be cited."""
    told = always(a_list({"id": "x"}, resource("10.5072/a")))
    found = run(DataCite(told, BASE).search("wolves", 20))
    assert [one.id for one in found] == ["10.5072/a"]


def test_an_unreadable_search_is_an_error() -> None:
    """Ignorance is not "nothing found"."""
    with pytest.raises(UnexpectedReply):
        run(DataCite(always(say({"data": 7})), BASE).search("wolves", 20))
