"""Crossref's lists and single records (registries.md 2)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
import pytest
import respx

from lupusrefs.errors import (
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.model.work import Work
from lupusrefs.services.batch import MAX_URL_BYTES
from lupusrefs.services.crossref import Crossref
from lupusrefs.services.crossref_record import SELECTED
from lupusrefs.services.protocol import ListAnswer
from lupusrefs.transport.message import Limit, Request
from registry.crossref import SELECTS
from services.replies import Line, Said, Told, always, parameters, run, say

BASE = "https://api.crossref.org"
# Recorded (registries.md 5, 1.4 and 2.2).
SICI = "10.1002/1096-9861(20010212)430:3<283::aid-cne1031>3.0.co;2-v"
ODD = (
    "10.1000/a#b",
    "10.1000/a%2Fb",
    "10.1000/a?b&c=d",
    "10.1000/a+b",
    "10.1000/[ä]\\",
)
MERGED, SUCCESSOR = "10.26434/chemrxiv.5406907", "10.26434/chemrxiv.5406907.v5"
TOKEN = "very-secret-plus-key"  # noqa: S105 - invented


def record(doi: str, **fields: object) -> dict[str, object]:
    """A small record."""
    return {"DOI": doi, "type": "journal-article", "title": [f"On {doi}"], **fields}


def a_list(*items: object, status: int = 200) -> Said:
    """The answer to a list request."""
    message = {"total-results": len(items), "items": items}
    return say(
        {"status": "ok", "message-type": "work-list", "message": message}, status
    )


def single(message: object, url: str | None = None) -> Said:
    """The answer to a single-record request."""
    return say({"status": "ok", "message-type": "work", "message": message}, url=url)


def names_in(url: str) -> list[str]:
    """The DOIs of the filter, as Crossref splits it: at every comma."""
    parts = parameters(url)["filter"].split(",")
    assert all(part.startswith("doi:") for part in parts)
    return [part.removeprefix("doi:") for part in parts]


def knows(*dois: str) -> Told:
    """A Crossref that has these, whatever it is asked with."""

    def answer(request: Request) -> Said:
        asked = {name.lower() for name in names_in(request.url)}
        return a_list(*(record(doi) for doi in dois if doi in asked))

    return Told(answer)


def refusal(kind: str, value: str) -> Said:
    """A 400, in the shape that is on record (registries.md 2.2)."""
    text = f"{kind}: {value}"
    message = [{"type": kind, "value": value, "message": text}]
    body = {"status": "failed", "message-type": "validation-failure"}
    return say({**body, "message": message}, 400)


def fetch_list(told: Told, *dois: str, **options: str) -> ListAnswer:
    """Ask a new service for several DOIs."""
    return run(Crossref(told, BASE, **options).fetch_list(dois))


def fetch_one(told: Told, doi: str, **options: str) -> Work | None:
    """Ask a new service for one DOI."""
    return run(Crossref(told, BASE, **options).fetch_one(doi))


# --- the list's request -------------------------------------------------------------


def test_a_list_is_a_filter_of_repeated_dois() -> None:
    """Repeated ``doi:`` means OR; ``rows`` is at least their number (2.3)."""
    told = knows()
    dois = [f"10.5555/{i}" for i in range(50)]
    fetch_list(told, *dois, mailto="reader@example.org")
    (url,) = told.urls
    assert url.startswith(f"{BASE}/works?")
    assert names_in(url) == dois
    asked = parameters(url)
    assert int(asked["rows"]) >= 50  # the default is 20
    assert asked["mailto"] == "reader@example.org"
    assert asked["select"] == SELECTED


def test_everything_selected_can_be_selected() -> None:
    """Crossref refuses a whole request for one unknown name in ``select``."""
    assert set(SELECTED.split(",")) <= set(SELECTS.split(", "))


@pytest.mark.parametrize("doi", [SICI, *ODD])
def test_odd_characters_arrive_as_they_are(doi: str) -> None:
    """What has a meaning in a URL is percent-encoded once."""
    told = knows()
    fetch_list(told, doi, "10.5555/next")
    assert names_in(told.urls[0]) == [doi, "10.5555/next"]
    assert urlsplit(told.urls[0]).fragment == ""
    assert told.urls[0].isascii()


def test_a_plus_in_the_mail_address_stays_one() -> None:
    """An unencoded plus is a space in a query."""
    told = knows()
    fetch_list(told, "10.5555/1", mailto="ada+doi@example.org")
    assert parameters(told.urls[0])["mailto"] == "ada+doi@example.org"


def test_batches_fill_urls_but_not_beyond_the_budget() -> None:
    """A hundred DOIs of usual length are one request or two (2.3)."""
    service = Crossref(knows(), BASE, "reader@example.org")
    dois = [f"10.1016/j.cell.2021.{i:05}" for i in range(1000)]
    batches = service.batches(dois)
    assert [doi for batch in batches for doi in batch] == dois
    urls = [service._list_url(batch) for batch in batches]
    assert max(map(len, urls)) <= MAX_URL_BYTES
    assert len(batches[0]) > 90


def test_a_comma_cannot_be_listed() -> None:
    """It would split the filter (2.3)."""
    assert not Crossref.lists("10.5555/lupus.2016.a,b.7")
    assert Crossref.lists(SICI)


@pytest.mark.parametrize(
    ("options", "list_pace", "single_pace"),
    [
        ({}, Limit(1, 1.0, 1), Limit(5, 1.0, 1)),
        ({"mailto": "reader@example.org"}, Limit(3, 1.0, 3), Limit(10, 1.0, 3)),
    ],
)
def test_pools_have_the_published_pace(
    options: Mapping[str, str], list_pace: Limit, single_pace: Limit
) -> None:
    """Figures since 2025-12-01 (2.1); headers never raise the pace of lists."""
    told = Told(
        lambda r: a_list() if "filter=" in r.url else single(record("10.5555/1"))
    )
    fetch_list(told, "10.5555/1", **options)
    fetch_one(told, "10.5555/1", **options)
    listed, alone = told.asked
    assert (listed.limit, alone.limit) == (list_pace, single_pace)
    assert (listed.lane, alone.lane) == ("list", "single")
    assert (listed.capped, alone.capped) == (True, False)


def test_plus_has_one_pace_for_both() -> None:
    """150 a second (2.1)."""
    service = Crossref(knows(), BASE, None, TOKEN)
    assert service.list_limit == service.single_limit
    assert service.list_limit.requests == 150


# --- the list's answer --------------------------------------------------------------


def test_found_is_found_in_any_order_and_case() -> None:
    """Order is not ours: match by folded DOI (2.3)."""
    answer = fetch_list(knows("10.5555/b", "10.5555/a"), "10.5555/A", "10.5555/B")
    assert {key: work.doi for key, work in answer.found.items()} == {
        "10.5555/a": "10.5555/a",
        "10.5555/b": "10.5555/b",
    }
    work = answer.found["10.5555/a"]
    assert work.title == "On 10.5555/a"
    assert work.provenance.answered_by == "crossref"


def test_unknown_dois_are_silently_absent() -> None:
    """Absence is no verdict: neither found nor failed (2.3)."""
    answer = fetch_list(knows("10.5555/a"), "10.5555/a", "10.5555/none")
    assert answer.is_silent_on("10.5555/none")
    assert not answer.is_silent_on("10.5555/A")


def test_records_that_nobody_asked_for_are_dropped() -> None:
    """A proxy that mixes answers up must not make a verdict."""
    answer = fetch_list(always(a_list(record("10.5555/other"))), "10.5555/a")
    assert answer == ListAnswer()


def test_a_merged_doi_comes_back_under_its_successors_name() -> None:
    """The successor's ``aliases`` names the old one (2.2; 7, number 8)."""
    told = always(a_list(record(SUCCESSOR, aliases=[MERGED])))
    answer = fetch_list(told, MERGED.upper())
    assert answer.found[MERGED].doi == SUCCESSOR


def test_a_record_of_its_own_goes_before_an_alias() -> None:
    """Whatever the order of the list."""
    items = [record("10.5555/a"), record("10.5555/b", aliases=["10.5555/a"])]
    for order in (items, items[::-1]):
        answer = fetch_list(always(a_list(*order)), "10.5555/a", "10.5555/b")
        assert answer.found["10.5555/a"].doi == "10.5555/a"


@pytest.mark.parametrize("broken", [7, None, "x", [], {}, {"DOI": 7}, {"DOI": ""}])
def test_an_unreadable_record_costs_only_itself(broken: object) -> None:
    """The others of the list are found."""
    told = always(a_list(broken, record("10.5555/b")))
    answer = fetch_list(told, "10.5555/a", "10.5555/b")
    assert list(answer.found) == ["10.5555/b"]
    assert answer.is_silent_on("10.5555/a")


@pytest.mark.parametrize(
    "body",
    [
        say({"message": {}}),
        say({"message": {"items": {}}}),
        say({"message": []}),
        say([]),
        say("ok"),
        Said(200, b"<html>Just a moment...</html>"),
        Said(200, b""),
    ],
)
def test_an_answer_that_is_no_list_fails_every_doi(body: Said) -> None:
    """It is an outage, and no DOI is silently absent."""
    answer = fetch_list(always(body), "10.5555/a", "10.5555/b")
    assert set(answer.failed) == {"10.5555/a", "10.5555/b"}
    assert isinstance(answer.failed["10.5555/a"], UnexpectedReply)


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503, 504])
def test_a_status_that_is_no_answer_fails_every_doi(status: int) -> None:
    """404 of a list means the wrong address, not unknown DOIs."""
    answer = fetch_list(always(Said(status)), "10.5555/a")
    error = answer.failed["10.5555/a"]
    assert isinstance(error, ServiceRejected)
    assert error.status == status


# --- refusals -----------------------------------------------------------------------


def select_hater(request: Request) -> Said:
    """A mirror that does not know one of the selected names."""
    if "select" in parameters(request.url):
        return refusal("select-not-available", "posted")
    return a_list(*(record(name) for name in names_in(request.url)))


def test_without_select_where_select_is_refused() -> None:
    """Asked again at once, and from then on without."""
    told = Told(select_hater)
    service = Crossref(told, BASE)

    async def twice() -> tuple[ListAnswer, ListAnswer]:
        first = await service.fetch_list(["10.5555/a", "10.5555/b"])
        return first, await service.fetch_list(["10.5555/c"])

    first, second = run(twice())
    assert set(first.found) == {"10.5555/a", "10.5555/b"}
    assert set(second.found) == {"10.5555/c"}
    assert ["select" in parameters(url) for url in told.urls] == [True, False, False]


def test_select_is_refused_to_several_batches_at_once() -> None:
    """Each of those that were on their way is asked again, and none is halved."""
    told = Told(select_hater)
    service = Crossref(told, BASE)

    async def both() -> list[ListAnswer]:
        batches = (["10.5555/a", "10.5555/b"], ["10.5555/c"])
        return await asyncio.gather(*map(service.fetch_list, batches))

    first, second = run(both())
    assert set(first.found) == {"10.5555/a", "10.5555/b"}
    assert set(second.found) == {"10.5555/c"}
    assert len(told.urls) == 4


def test_a_400_for_one_doi_costs_only_that_doi() -> None:
    """It may still be asked for as a single record."""

    def answer(request: Request) -> Said:
        names = names_in(request.url)
        if "10.5555/bad" in names:
            return refusal("filter-not-valid", "10.5555/bad")
        return a_list(*(record(name) for name in names))

    dois = ["10.5555/a", "10.5555/b", "10.5555/bad", "10.5555/c"]
    answered = fetch_list(Told(answer), *dois)
    assert set(answered.found) == {"10.5555/a", "10.5555/b", "10.5555/c"}
    assert answered.is_silent_on("10.5555/bad")


def test_a_url_that_is_too_long_for_a_proxy_is_halved() -> None:
    """414 from something with less room than we thought (2.3)."""

    def answer(request: Request) -> Said:
        if len(request.url) > 1500:
            return Said(414)
        return a_list(*(record(name) for name in names_in(request.url)))

    told = Told(answer)
    dois = [f"10.5555/{i:020}" for i in range(80)]
    assert set(fetch_list(told, *dois).found) == set(dois)


# --- single records -----------------------------------------------------------------


@pytest.mark.parametrize(
    "doi", [SICI, *ODD, "10.5555/lupus.2016.a,b.7", "10.1000/a/../b"]
)
def test_a_single_record_is_one_encoded_segment(doi: str) -> None:
    """``quote(doi, safe="")`` is accepted (2.2)."""
    told = always(single(record(doi)))
    work = fetch_one(told, doi)
    assert work is not None
    path = urlsplit(told.urls[0]).path
    assert path.startswith("/works/10.")
    assert path.count("/") == 2
    assert httpx.URL(told.urls[0]).path == f"/works/{doi}"


def test_a_single_record_is_asked_politely_and_without_select() -> None:
    """``select`` is refused here with 400 (2.2)."""
    told = always(single(record("10.5555/a")))
    work = fetch_one(told, "10.5555/A", mailto="reader@example.org")
    assert parameters(told.urls[0]) == {"mailto": "reader@example.org"}
    assert work is not None
    assert work.provenance.url == f"{BASE}/works/10.5555%2FA"  # no mail address


@pytest.mark.parametrize("kind", ["text/plain", "application/json;charset=utf-8"])
@respx.mock
def test_not_found_is_bare_text_under_any_type(kind: str) -> None:
    """In 21 of 61 recordings under a JSON content type (2.2)."""
    respx.get(url__startswith=BASE).respond(
        404, text="Resource not found.", headers={"content-type": kind}
    )
    assert Line().run(lambda c: Crossref(c, BASE).fetch_one("10.5555/none")) is None


@respx.mock
def test_a_merged_doi_redirects_to_its_successor() -> None:
    """301 by a relative ``Location``; the DOI returned differs (2.2, recorded)."""
    respx.get(f"{BASE}/works/10.26434%2Fchemrxiv.5406907").respond(
        301, headers={"location": "/works/10.26434%2Fchemrxiv.5406907.v5"}
    )
    respx.get(f"{BASE}/works/10.26434%2Fchemrxiv.5406907.v5").respond(
        json={"message": record(SUCCESSOR)}
    )
    work = Line().run(lambda client: Crossref(client, BASE).fetch_one(MERGED))
    assert work is not None
    assert work.doi == SUCCESSOR
    assert work.provenance.url == f"{BASE}/works/10.26434%2Fchemrxiv.5406907.v5"


def test_a_single_record_of_another_doi_is_no_answer() -> None:
    """Without a redirect and without an alias it was not what we asked for."""
    with pytest.raises(UnexpectedReply, match="another"):
        fetch_one(always(single(record("10.5555/other"))), "10.5555/a")


def test_a_single_record_may_name_the_doi_as_an_alias() -> None:
    """A mirror may answer a merged DOI without a redirect."""
    work = fetch_one(always(single(record(SUCCESSOR, aliases=[MERGED]))), MERGED)
    assert work is not None
    assert work.doi == SUCCESSOR


@pytest.mark.parametrize("message", [7, None, [], {}, {"DOI": 7}, {"title": ["x"]}])
def test_a_single_answer_without_a_record_is_a_failure(message: object) -> None:
    """Not "unknown": nothing can be said."""
    with pytest.raises(UnexpectedReply):
        fetch_one(always(single(message)), "10.5555/a")


@respx.mock
def test_429_is_html_without_a_hint_how_long() -> None:
    """Asked again after waits of our own, then given up as rate-limited (2.1)."""
    page = "<html><body><h1>429 Too Many Requests</h1></body></html>"
    route = respx.get(url__startswith=BASE).respond(429, html=page)
    line = Line()
    with pytest.raises(RateLimited):
        line.run(lambda client: Crossref(client, BASE).fetch_one("10.5555/a"))
    assert route.call_count == 3
    assert any(wait_s >= 0.5 for wait_s in line.time.slept)


@respx.mock
def test_a_block_is_not_asked_again() -> None:
    """403 is a manual block (2.1)."""
    route = respx.get(url__startswith=BASE).respond(403)
    with pytest.raises(ServiceRejected, match="403"):
        Line().run(lambda client: Crossref(client, BASE).fetch_one("10.5555/a"))
    assert route.call_count == 1


# --- the Plus token -----------------------------------------------------------------


def bearer(request: httpx.Request) -> str | None:
    """The credentials of a request."""
    found: str | None = request.headers.get("Crossref-Plus-API-Token")
    return found


@respx.mock
def test_the_token_is_sent_to_crossref_in_its_header() -> None:
    """``Crossref-Plus-API-Token: Bearer KEY`` (2.1)."""
    respx.get(url__startswith=BASE).respond(json={"message": {"items": []}})
    answer = Line().run(
        lambda client: Crossref(client, BASE, None, TOKEN).fetch_list(["10.5555/a"])
    )
    assert answer.failed == {}
    (call,) = respx.calls
    assert bearer(call.request) == f"Bearer {TOKEN}"
    assert TOKEN not in str(call.request.url)


@respx.mock
def test_the_token_does_not_follow_a_redirect_to_another_host() -> None:
    """Nor does it come back."""
    respx.get(f"{BASE}/works/10.5555%2Fa").respond(
        301, headers={"location": "https://elsewhere.example/works/10.5555%2Fa"}
    )
    respx.get("https://elsewhere.example/works/10.5555%2Fa").respond(
        json={"message": record("10.5555/a")}
    )
    work = Line().run(lambda c: Crossref(c, BASE, None, TOKEN).fetch_one("10.5555/a"))
    assert work is not None
    first, second = (call.request for call in respx.calls)
    assert bearer(first) == f"Bearer {TOKEN}"
    assert bearer(second) is None


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401),
        httpx.Response(403),
        httpx.Response(429, headers={"retry-after": "7200"}),
        httpx.Response(503),
        httpx.Response(200, html="<html>login</html>"),
        httpx.Response(200, json={"message": 7}),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
    ],
)
def test_errors_and_logs_do_not_tell_the_token(
    answer: httpx.Response | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong; nor the mail address in the URL."""
    caplog.set_level(logging.DEBUG)

    def network(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ServiceError) as caught:
        Line(network).run(
            lambda c: Crossref(c, BASE, "ada@example.org", TOKEN).fetch_one("10.5555/a")
        )
    error = caught.value
    told = (
        f"{error} {error!r} {error.url} {error.hint} {error.__cause__!r} {caplog.text}"
    )
    assert TOKEN not in told
    assert "ada@example.org" not in told


def test_a_request_does_not_show_the_token() -> None:
    """Requests may be printed while debugging."""
    told = knows()
    fetch_list(told, "10.5555/a", token=TOKEN)
    assert dict(told.asked[0].secret_headers) == {
        "Crossref-Plus-API-Token": f"Bearer {TOKEN}"
    }
    assert TOKEN not in repr(told.asked[0])


def test_an_outage_is_told_for_every_doi() -> None:
    """The error is the transport's own."""
    error = ServiceUnreachable("no connection", service="crossref", url=BASE)
    answer = fetch_list(always(error), "10.5555/A", "10.5555/b")
    assert answer.failed == {"10.5555/a": error, "10.5555/b": error}


# --- searches -----------------------------------------------------------------------


def search(told: Told, query: str, mailto: str | None = None) -> list[Work]:
    """Search a new service."""
    return list(run(Crossref(told, BASE, mailto).search(query, 20)))


def test_a_search_asks_for_all_that_becomes_a_work() -> None:
    """In the list's lane and at its pace; the ranking is kept, the score is not."""
    told = always(a_list(record("10.1000/b", score=9.5), record("10.1000/a", score=9)))
    found = search(told, "Doe & Roe: wolves, 1999; 12:34", "reader@example.org")
    assert [one.id for one in found] == ["10.1000/b", "10.1000/a"]
    (request,) = told.asked
    assert (request.lane, request.capped) == ("list", True)
    assert request.limit.requests == 3
    asked = parameters(request.url)
    assert asked["query.bibliographic"] == "Doe & Roe: wolves, 1999; 12:34"
    assert (asked["rows"], asked["select"]) == ("20", SELECTED)
    assert asked["mailto"] == "reader@example.org"


def test_a_search_survives_a_mirror_without_select() -> None:
    """It is asked again for all fields, and so is everything after it."""

    def answer(request: Request) -> Said:
        if "select" in parameters(request.url):
            return say({"message": "select is not known"}, 400)
        return a_list(record("10.1000/a"))

    told = Told(answer)
    service = Crossref(told, BASE)
    assert [one.id for one in run(service.search("a", 5))] == ["10.1000/a"]
    run(service.search("b", 5))
    assert len(told.asked) == 3


def test_what_is_no_record_is_left_out_of_a_search() -> None:
    """It has no DOI, and so could not be cited."""
    told = always(a_list(7, {"title": ["x"]}, record("10.1000/a")))
    assert [one.id for one in search(told, "a")] == ["10.1000/a"]


@pytest.mark.parametrize("message", [{}, {"items": 7}, {"items": None}])
def test_an_unreadable_search_is_an_error(message: object) -> None:
    """Ignorance is not "nothing found"."""
    told = always(say({"status": "ok", "message": message}))
    with pytest.raises(UnexpectedReply):
        search(told, "a")


def test_a_refused_search_is_an_error() -> None:
    """With its status."""
    with pytest.raises(ServiceRejected) as refused:
        search(always(say({"message": "no"}, 400)), "a")
    assert refused.value.status == 400
