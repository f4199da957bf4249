"""doi.org: handles, agencies and content negotiation (registries.md 1)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import respx

from lupusrefs.errors import ServiceError, ServiceRejected, UnexpectedReply
from lupusrefs.model.work import Work
from lupusrefs.services.doi_org import (
    AgencyRecord,
    DoiOrg,
    HandleRecord,
    LandingPage,
)
from services.replies import FETCHED, Line, Said, Told, always, run, say

BASE = "https://doi.org"
DOI = "10.5555/a"
CSL_TYPE = "application/vnd.citationstyles.csl+json"
LANDING_PAGE = b"\n <!DOCTYPE html><html><head><title>A paper</title></head></html>"


def handle(code: object, *values: object, status: int = 200) -> Said:
    """The handle API's answer about ``DOI``."""
    body: dict[str, object] = {"responseCode": code, "handle": DOI}
    return say(body | ({"values": values} if values else {}), status)


def value(kind: str, text: str) -> dict[str, object]:
    """One value of a handle."""
    return {"index": 1, "type": kind, "data": {"format": "string", "value": text}}


def fetch_handle(said: Said, doi: str = DOI) -> HandleRecord:
    """Ask a resolver that says so whether ``doi`` is registered."""
    return run(DoiOrg(always(said), BASE).fetch_handle(doi))


def fetch_agency(said: Said, doi: str = DOI) -> AgencyRecord:
    """Ask a resolver that says so who registered ``doi``."""
    return run(DoiOrg(always(said), BASE).fetch_agency(doi))


def negotiate(said: Said, agency: str = "mEDRA", doi: str = DOI) -> Work | None:
    """Ask for the metadata of ``doi``."""
    return run(DoiOrg(always(said), BASE).negotiate(doi, agency))


# --- the handle API -----------------------------------------------------------------


def test_code_1_is_registered() -> None:
    """With or without values: DataCite's test server gives none (1.1, recorded)."""
    expected = HandleRecord(DOI, registered=True, alias=None, fetched=FETCHED)
    url = value("URL", "https://landing.example/a")
    assert fetch_handle(handle(1, url)) == expected
    assert fetch_handle(handle(1)) == expected


def test_code_200_is_registered() -> None:
    """HTTP 200, registered, but no value of the type asked for (1.1)."""
    assert fetch_handle(handle(200)).registered


def test_code_100_is_the_authoritys_no() -> None:
    """HTTP 404 with the code in its body (1.1)."""
    record = fetch_handle(handle(100, status=404))
    assert record == HandleRecord(DOI, registered=False, alias=None, fetched=FETCHED)


@pytest.mark.parametrize(
    ("code", "status"), [(2, 500), (102, 400), (301, 400), (402, 401), (400, 403)]
)
def test_other_codes_say_nothing(code: int, status: int) -> None:
    """Server errors, invalid handles, another server's part, authentication (1.1)."""
    with pytest.raises(ServiceRejected) as caught:
        fetch_handle(handle(code, status=status))
    assert caught.value.status == status


@pytest.mark.parametrize(
    "code", [2, 102, 301, 0, -1, None, "1", "100", True, 1.5, [1], {"code": 100}]
)
@pytest.mark.parametrize("status", [200, 404])
def test_a_code_that_is_none_of_the_three_says_nothing(
    code: object, status: int
) -> None:
    """Whatever the HTTP status beside it."""
    with pytest.raises(UnexpectedReply):
        fetch_handle(handle(code, status=status))


@pytest.mark.parametrize(
    "body",
    [b"Resource not found.", LANDING_PAGE, b"", b"[]", b"7", b'{"message":"no"}'],
)
def test_a_404_without_a_code_is_no_verdict(body: bytes) -> None:
    """Only the code may say "not registered", never the status (1.1)."""
    with pytest.raises(UnexpectedReply):
        fetch_handle(Said(404, body))


def test_an_answer_about_another_handle_says_nothing() -> None:
    """The answer names the handle as it was sent (1.1)."""
    body = {"responseCode": 100, "handle": "10.5555/other"}
    with pytest.raises(UnexpectedReply):
        fetch_handle(say(body, 404))


def test_the_handle_may_come_in_another_case() -> None:
    """ASCII case does not count (registries.md 5)."""
    body = {"responseCode": 100, "handle": "10.5555/A"}
    assert not fetch_handle(say(body, 404)).registered


def test_an_alias_names_another_handle() -> None:
    """``HS_ALIAS``, among whatever other values."""
    alias = value("HS_ALIAS", "10.5555/long")
    record = fetch_handle(handle(1, value("URL", "x"), alias))
    assert record.alias == "10.5555/long"


@pytest.mark.parametrize(
    "broken",
    [7, None, {"type": "HS_ALIAS"}, {"type": "HS_ALIAS", "data": {"value": 7}}],
)
def test_a_broken_value_is_no_alias(broken: object) -> None:
    """It is registered all the same."""
    record = fetch_handle(handle(1, broken))
    assert (record.registered, record.alias) == (True, None)


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.5555/a", "/api/handles/10.5555%2Fa"),
        ("10/abcd", "/api/handles/10%2Fabcd"),
        ("10.5555/a?b#c", "/api/handles/10.5555%2Fa%3Fb%23c"),
        ("10.5555/<1::2>3,4;5", "/api/handles/10.5555%2F%3C1%3A%3A2%3E3%2C4%3B5"),
    ],
)
def test_handles_are_encoded(doi: str, path: str) -> None:
    """Percent-encoded once (registries.md 5)."""
    told = always(say({"responseCode": 1, "handle": doi}))
    assert run(DoiOrg(told, BASE).fetch_handle(doi)).doi == doi
    parts = urlsplit(told.urls[0])
    assert (parts.path, parts.query, parts.fragment) == (path, "", "")


# --- doiRA --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "agency"),
    [
        ("Crossref", "Crossref"),
        ("CrossRef", "Crossref"),
        ("Data Cite", "DataCite"),
        ("DataCite", "DataCite"),
        ("mEDRA", "mEDRA"),
        ("JALC", "JaLC"),
        ("Public", "Public"),
        ("Unknown", "Unknown"),
        ("A new one", "A new one"),
    ],
)
def test_agencies_by_their_usual_name(spelling: str, agency: str) -> None:
    """Spelling drifts; unknown names are kept, and are answers (1.2)."""
    record = fetch_agency(say([{"DOI": DOI, "RA": spelling}]))
    assert record == AgencyRecord(DOI, agency, FETCHED)


@pytest.mark.parametrize("status", ["DOI does not exist", "Invalid DOI"])
def test_a_status_says_that_there_is_no_such_doi(status: str) -> None:
    """With HTTP 200; both were given for unregistered DOIs (1.2)."""
    assert fetch_agency(say([{"DOI": DOI, "status": status}])).agency is None


def test_an_object_in_place_of_the_list() -> None:
    """An element without its list says the same."""
    assert fetch_agency(say({"DOI": DOI, "RA": "KISTI"})).agency == "KISTI"


@pytest.mark.parametrize(
    "body",
    [
        say([]),
        say([7]),
        say({}),
        say([{"DOI": DOI}]),
        say([{"DOI": DOI, "RA": ""}]),
        say([{"DOI": DOI, "RA": None, "status": "Server too busy"}]),
        say([{"DOI": DOI, "status": 404}]),
        say([{"DOI": "10.5555/other", "status": "DOI does not exist"}]),
        Said(200, LANDING_PAGE),
        Said(404, LANDING_PAGE),
        Said(500),
    ],
)
def test_other_answers_say_nothing(body: Said) -> None:
    """An unknown status is not "does not exist"."""
    with pytest.raises(ServiceError):
        fetch_agency(body)


def test_a_comma_is_encoded_for_doira() -> None:
    """A bare one separates DOIs (1.2)."""
    told = always(say([{"DOI": "10.5555/a,b", "RA": "Crossref"}]))
    run(DoiOrg(told, BASE).fetch_agency("10.5555/a,b"))
    assert told.urls == [f"{BASE}/doiRA/10.5555%2Fa%2Cb"]


def test_a_prefix_has_an_agency_too() -> None:
    """A hint for routing only (1.2)."""
    told = always(say([{"DOI": "10.1430", "RA": "mEDRA"}]))
    assert run(DoiOrg(told, BASE).fetch_agency("10.1430")).agency == "mEDRA"


# --- content negotiation ------------------------------------------------------------

ITEM = {
    "type": "article-journal",
    "DOI": DOI,
    "title": "Un lavoro",
    "container-title": "Rivista",
    "author": [{"family": "Inventato", "given": "Aldo"}],
    "issued": {"date-parts": [[2017, 3, 22]]},
    "page": "1-10",
    "an-unknown-key": {"x": [1]},
}


def test_csl_json_becomes_a_work() -> None:
    """As mEDRA and JaLC serve it (1.4, recorded)."""
    work = negotiate(say(ITEM, url="https://data.medra.org/10.5555%2Fa"))
    assert work is not None
    assert (work.id, work.doi, work.agency) == (DOI, DOI, "mEDRA")
    assert (work.title, work.titles) == ("Un lavoro", ("Un lavoro",))
    assert work.container_titles == ("Rivista",)
    assert work.author[0].family == "Inventato"
    assert str(work.issued) == "2017-03-22"
    assert work.provenance.answered_by == "doi.org"
    assert work.provenance.url == "https://data.medra.org/10.5555%2Fa"


@pytest.mark.parametrize(
    "doi", [None, "", "HTTPS://DOI.ORG/10.5555/A", "doi:10.5555/A", "10.5555/A", "?"]
)
def test_the_doi_of_an_item(doi: str | None) -> None:
    """Any spelling of the DOI asked for, or none at all."""
    work = negotiate(say({**ITEM, "DOI": doi}))
    assert work is not None
    assert work.id == work.doi
    assert work.doi.lower() == DOI


def test_the_item_of_another_doi_is_no_answer() -> None:
    """A proxy that mixes answers up must not make a verdict."""
    with pytest.raises(UnexpectedReply, match="another"):
        negotiate(say({**ITEM, "DOI": "10.5555/other"}))


@pytest.mark.parametrize("status", [204, 404, 406])
def test_without_metadata(status: int) -> None:
    """Registered without metadata, none of it here, no such type (1.4)."""
    assert negotiate(Said(status)) is None


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_refusal_is_no_absence(status: int) -> None:
    """It says nothing about the metadata."""
    with pytest.raises(ServiceRejected):
        negotiate(Said(status))


@pytest.mark.parametrize(
    "agency", ["KISTI", "Airiti", "ISTIC", "CNKI", "EIDR", "Public"]
)
def test_a_page_of_an_agency_without_csl_json(agency: str) -> None:
    """The landing page: registered, metadata unavailable (1.5)."""
    assert negotiate(Said(200, LANDING_PAGE), agency) is None


@pytest.mark.parametrize("agency", ["Crossref", "DataCite", "mEDRA", "JaLC"])
def test_a_page_of_an_agency_that_serves_csl_json(agency: str) -> None:
    """A login page or an outage, since they serve CSL-JSON (1.5)."""
    with pytest.raises(UnexpectedReply, match="HTML"):
        negotiate(Said(200, LANDING_PAGE), agency)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"7", b"[]", b"{}", b'"x"', b'{"type":"article"', b"\xff\xfe\x00"],
)
def test_a_body_that_is_no_item_is_a_failure(body: bytes) -> None:
    """Of any agency."""
    with pytest.raises(UnexpectedReply):
        negotiate(Said(200, body), "KISTI")


@pytest.mark.parametrize(
    "item",
    [
        {"title": 7, "author": "Anonymous", "issued": [], "type": 7, "page": {}},
        {"title": ["A title"], "type": "journal-article", "author": [7, {"x": 1}]},
        {"issued": {"date-parts": [["x"]]}, "id": 7, "volume": None},
    ],
)
def test_fields_of_wrong_types_do_not_cost_the_item(item: object) -> None:
    """It is read as leniently as a user's file."""
    work = negotiate(say(item))
    assert work is not None
    assert work.id == DOI


def test_csl_json_is_asked_for_at_the_resolver() -> None:
    """The DOI in a URL that shows it (1.3); an encoded slash is not needed there."""
    told = Told(lambda _: say({**ITEM, "DOI": "10.5555/a<b>#c"}))
    run(DoiOrg(told, BASE).negotiate("10.5555/a<b>#c", "mEDRA"))
    assert told.urls == [f"{BASE}/10.5555/a%3Cb%3E%23c"]
    assert told.asked[0].accept == CSL_TYPE


@respx.mock
def test_the_resolver_redirects_to_the_agency() -> None:
    """302 to mEDRA's server, the DOI encoded (1.4); the type is asked for there too."""
    there = "https://data.medra.org/10.5555%2Fa"
    respx.get(f"{BASE}/10.5555/a").respond(302, headers={"location": there})
    respx.get(there).respond(json=ITEM)
    work = Line().run(lambda client: DoiOrg(client, BASE).negotiate(DOI, "mEDRA"))
    assert work is not None
    assert [call.request.headers["accept"] for call in respx.calls] == [CSL_TYPE] * 2
    assert [str(call.request.url) for call in respx.calls][1] == there


@respx.mock
def test_a_landing_page_at_the_end_of_redirects() -> None:
    """303 to the landing page for an unknown type ends in 200 HTML (1.4)."""
    landing = "https://journal.example/a"
    respx.get(f"{BASE}/10.5555/a").respond(303, headers={"location": landing})
    respx.get(landing).respond(200, html="<html><body>A paper</body></html>")
    line = Line()
    assert line.run(lambda client: DoiOrg(client, BASE).negotiate(DOI, "KISTI")) is None


@respx.mock
def test_text_without_a_charset_is_utf8() -> None:
    """Of ``application/...+json`` too (registries.md 7, number 11)."""
    item = '{"DOI":"10.5555/a","title":"Völkl – 免疫"}'
    respx.get(f"{BASE}/10.5555/a").respond(
        content=item.encode(), headers={"content-type": CSL_TYPE}
    )
    work = Line().run(lambda client: DoiOrg(client, BASE).negotiate(DOI, "JaLC"))
    assert work is not None
    assert work.title == "Völkl – 免疫"


# --- landing pages ------------------------------------------------------------------


def fetch_landing(said: Said) -> LandingPage:
    """Follow ``DOI`` to its page."""
    return run(DoiOrg(always(said), BASE).fetch_landing(DOI))


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_its_publisher_does_not_know_is_gone(status: int) -> None:
    """Only the publisher's own "not found" and "gone" say so."""
    page = fetch_landing(Said(status, b"", "https://journal.example/a"))
    assert page.is_gone
    assert page.url == "https://journal.example/a"


@pytest.mark.parametrize("status", [200, 202, 401, 403, 429, 500, 503])
def test_a_page_that_is_not_shown_to_programs_is_not_gone(status: int) -> None:
    """How publishers answer programs says nothing about the page (peers.md)."""
    assert not fetch_landing(Said(status, b"", "https://journal.example/a")).is_gone


def test_the_resolvers_own_page_is_no_landing_page() -> None:
    """What doi.org says of a DOI is the handle API's business."""
    with pytest.raises(UnexpectedReply):
        fetch_landing(Said(404, b"DOI not found", f"{BASE}/{DOI}"))


@pytest.mark.parametrize("url", [f"http://doi.org/{DOI}", f"https://dx.doi.org/{DOI}"])
def test_a_publishers_url_may_lead_back_to_the_resolver(url: str) -> None:
    """It is no page of the publisher's, whatever the resolver says of it."""
    with pytest.raises(UnexpectedReply):
        fetch_landing(Said(404, b"DOI not found", url))
