"""The loopback registry answers as the registries do (registries.md 1 to 4)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from registry.limits import Limiter, Rate
from registry.records import Records, is_draft
from registry.server import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE = "10.5555/lupus.2021.101"
NOTICE = "10.5555/lupus.2022.115"
SICI = "10.5555/(sici)1521-4141(199904)29:4<1117::aid-lup7>3.0.co;2-p"
FULL_STOP = "10.5555/lupus.2014.12.36."
COMMA = "10.5555/lupus.2016.a,b.7"
MERGED, SUCCESSOR = "10.5555/preprint.77", "10.5555/preprint.77.v5"
MEDRA = "10.5555/medra.8105"
UNKNOWN = "10.5555/nobody.registered.this"
CSL = {"accept": "application/vnd.citationstyles.csl+json"}


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client that follows nothing and knows no proxy."""
    with httpx.Client(trust_env=False, timeout=10) as opened:
        yield opened


@pytest.fixture
def unlimited(registry: Registry) -> Registry:
    """The registry without its limits, where a test is not about them."""
    registry.limiter.enabled = False
    return registry


def crossref(registry: Registry, doi: str, rest: str = "") -> str:
    """The address of a single Crossref record."""
    return f"{registry.endpoints['crossref']}/works/{quote(doi, safe='')}{rest}"


@pytest.mark.parametrize("doi", [ARTICLE, SICI, FULL_STOP, COMMA])
def test_single_record_is_wrapped(
    doi: str, unlimited: Registry, client: httpx.Client
) -> None:
    """A record comes as the message of a work answer, its DOI in lower case."""
    reply = client.get(crossref(unlimited, doi.upper()))
    assert reply.status_code == 200
    assert reply.json()["message-type"] == "work"
    assert reply.json()["message"]["DOI"] == doi
    assert reply.headers["x-rate-limit-interval"] == "1s"


def test_bare_slash_is_accepted(unlimited: Registry, client: httpx.Client) -> None:
    """The slash of a DOI may stay bare in the path (2.2)."""
    reply = client.get(f"{unlimited.endpoints['crossref']}/works/{ARTICLE}")
    assert reply.json()["message"]["DOI"] == ARTICLE


@pytest.mark.parametrize("doi", [UNKNOWN, "10.5072/data.4001", MEDRA])
def test_unknown_is_bare_text_under_json_type(
    doi: str, unlimited: Registry, client: httpx.Client
) -> None:
    """404 is the text `Resource not found.` under a JSON content type (2.2)."""
    reply = client.get(crossref(unlimited, doi))
    assert (reply.status_code, reply.text) == (404, "Resource not found.")
    assert reply.headers["content-type"].startswith("application/json")


def test_agency_of_another_agencys_doi(
    unlimited: Registry, client: httpx.Client
) -> None:
    """The agency route knows DOIs of all agencies and 404s the rest (2.2)."""
    reply = client.get(crossref(unlimited, "10.5072/data.4001", "/agency"))
    assert reply.json()["message"]["agency"] == {"id": "datacite", "label": "DataCite"}
    assert client.get(crossref(unlimited, UNKNOWN, "/agency")).status_code == 404


def test_merged_doi_redirects_relatively(
    unlimited: Registry, client: httpx.Client
) -> None:
    """A merged DOI answers 301 to its successor, whose aliases name it (2.2)."""
    reply = client.get(crossref(unlimited, MERGED))
    assert reply.status_code == 301
    assert reply.headers["location"].startswith("/")
    landed = client.get(crossref(unlimited, MERGED), follow_redirects=True)
    assert landed.json()["message"]["DOI"] == SUCCESSOR
    assert MERGED in landed.json()["message"]["aliases"]


def test_select_is_refused_on_single_records(
    unlimited: Registry, client: httpx.Client
) -> None:
    """`select` on a single record is 400 `parameter-not-allowed` (2.2)."""
    reply = client.get(crossref(unlimited, ARTICLE, "?select=DOI,title"))
    assert reply.status_code == 400
    assert reply.json() == {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [
            {
                "type": "parameter-not-allowed",
                "value": "select",
                "message": "This route does not support select",
            }
        ],
    }


def listed(
    registry: Registry, client: httpx.Client, dois: list[str], **more: str | int
) -> httpx.Response:
    """A Crossref list of some DOIs."""
    wanted = ",".join(f"doi:{doi}" for doi in dois)
    url = f"{registry.endpoints['crossref']}/works"
    return client.get(url, params={"filter": wanted, **more})


def test_list_leaves_unknown_dois_out(
    unlimited: Registry, client: httpx.Client
) -> None:
    """Unknown DOIs are absent, a merged one comes under its new name (2.3)."""
    asked = [UNKNOWN, ARTICLE.upper(), SICI, MERGED]
    message = listed(unlimited, client, asked, rows=20).json()["message"]
    assert message["total-results"] == 3
    assert {item["DOI"] for item in message["items"]} == {ARTICLE, SICI, SUCCESSOR}


def test_list_order_is_not_the_askers(
    unlimited: Registry, client: httpx.Client
) -> None:
    """The order of a list does not depend on the order of asking (2.3)."""
    asked = [ARTICLE, NOTICE, SICI, FULL_STOP]
    orders = [
        [
            item["DOI"]
            for item in listed(unlimited, client, dois).json()["message"]["items"]
        ]
        for dois in (asked, asked[::-1])
    ]
    assert orders[0] == orders[1]
    assert orders[0] not in (asked, asked[::-1])


def test_rows_default_and_maximum(client: httpx.Client) -> None:
    """20 rows are the default, 1,000 the maximum (2.3)."""
    dois = [f"10.5555/bench.{i}" for i in range(30)]
    records = Records(synthetic=30)
    with Registry(records, limits=False) as opened:
        message = listed(opened, client, dois).json()["message"]
        assert (len(message["items"]), message["total-results"]) == (20, 30)
        assert (
            len(listed(opened, client, dois, rows=30).json()["message"]["items"]) == 30
        )
        assert listed(opened, client, dois, rows=1001).status_code == 400


def test_list_selects_only_known_fields(
    unlimited: Registry, client: httpx.Client
) -> None:
    """A list has the selected fields; `subtype` exists, but cannot be selected."""
    reply = listed(unlimited, client, [ARTICLE], select="DOI,volume")
    assert reply.json()["message"]["items"] == [{"DOI": ARTICLE, "volume": "12"}]
    refused = listed(unlimited, client, [ARTICLE], select="DOI,subtype")
    assert refused.status_code == 400
    assert refused.json()["message"][0]["type"] == "select-not-available"


def test_comma_in_doi_breaks_the_filter(
    unlimited: Registry, client: httpx.Client
) -> None:
    """A DOI that contains a comma is two filters, the second one nonsense (2.3)."""
    assert listed(unlimited, client, [COMMA]).status_code == 400


def test_long_url_is_refused(unlimited: Registry, client: httpx.Client) -> None:
    """A URL over the limit is 414; the limit can be set."""
    unlimited.max_url_bytes = 300
    assert listed(unlimited, client, [ARTICLE]).status_code == 200
    assert listed(unlimited, client, [ARTICLE] * 20).status_code == 414


def test_cursor_walks_to_a_short_page(client: httpx.Client) -> None:
    """Cursors page through; a made-up one is a JSON 404 (2.2, 2.3)."""
    with Registry(Records(synthetic=5), limits=False) as opened:
        dois = [f"10.5555/bench.{i}" for i in range(5)]
        first = listed(opened, client, dois, rows=3, cursor="*").json()["message"]
        cursor = first["next-cursor"]
        rest = listed(opened, client, dois, rows=3, cursor=cursor).json()["message"]
        assert [len(first["items"]), len(rest["items"])] == [3, 2]
        assert {one["DOI"] for one in first["items"] + rest["items"]} == set(dois)
        bad = listed(opened, client, dois, cursor="thing")
        assert bad.status_code == 404
        assert bad.json()["message-type"] == "resource-failure"


def test_changes_since_a_day(unlimited: Registry, client: httpx.Client) -> None:
    """By when they were indexed or updated; the registries' own words for it."""
    works = f"{unlimited.endpoints['crossref']}/works"
    for days, expected in (
        ("from-index-date:2026-05-14", 10),
        ("from-index-date:2026-05-14,until-index-date:2026-05-14", 10),
        ("from-index-date:2026-05-15", 0),
        ("until-index-date:2026-05-13", 0),
    ):
        found = client.get(works, params={"filter": days, "rows": 0}).json()["message"]
        assert (found["total-results"], found["items"]) == (expected, [])
    dois = f"{unlimited.endpoints['datacite']}/dois"
    query = "updated:[2021-01-31T00:00:00Z TO 2024-01-01T00:00:00Z]"
    asked = {"query": query, "page[cursor]": "1", "page[size]": "2"}
    first = client.get(dois, params=asked).json()
    assert first["meta"]["total"] == 3
    second = client.get(first["links"]["next"]).json()
    assert [len(first["data"]), len(second["data"])] == [2, 1]
    assert "next" not in second["links"]


def test_bibliographic_query_ranks(unlimited: Registry, client: httpx.Client) -> None:
    """A free-text query puts the work with most of its words first."""
    url = f"{unlimited.endpoints['crossref']}/works"
    query = "Schwindel 2019 A cure that was never there"
    message = client.get(url, params={"query.bibliographic": query, "rows": 2}).json()
    items = message["message"]["items"]
    assert items[0]["DOI"] == "10.5555/lupus.2019.301"
    assert items[0]["score"] > items[1]["score"]


def test_notices_by_updates_filter(unlimited: Registry, client: httpx.Client) -> None:
    """`filter=updates:` finds the notice of an article (2.4)."""
    url = f"{unlimited.endpoints['crossref']}/works"
    message = client.get(url, params={"filter": f"updates:{ARTICLE}"}).json()["message"]
    assert [item["DOI"] for item in message["items"]] == [NOTICE]


def test_datacite_single_and_missing(unlimited: Registry, client: httpx.Client) -> None:
    """Findable DOIs are served, registered and unknown ones are 404 (3)."""
    base = f"{unlimited.endpoints['datacite']}/dois"
    reply = client.get(f"{base}/10.5072%2FDATA.4002").json()["data"]
    assert reply["attributes"]["version"] == "1.1"
    for doi in ("10.5072/data.hidden", UNKNOWN):
        missing = client.get(f"{base}/{doi}")
        assert missing.status_code == 404
        title = "The resource you are looking for doesn't exist."
        assert missing.json() == {"errors": [{"status": "404", "title": title}]}


@pytest.mark.parametrize(
    "parameters",
    [
        {"ids": "10.5072/data.4001,10.5072/DATA.4002,10.5072/data.hidden"},
        {"query": 'doi:("10.5072/data.4001" OR "10.5072/DATA.4002")'},
        {"query": r"doi:(10.5072\/data.4001 OR 10.5072\/nothing)"},
    ],
)
def test_datacite_lists_match_lower_case_only(
    parameters: dict[str, str], unlimited: Registry, client: httpx.Client
) -> None:
    """DataCite's lists are case-sensitive and leave out what is not public (3)."""
    url = f"{unlimited.endpoints['datacite']}/dois"
    reply = client.get(url, params=parameters | {"page[size]": "100"}).json()
    assert [one["id"] for one in reply["data"]] == ["10.5072/data.4001"]
    assert reply["meta"]["total"] == 1


def test_datacite_lists_have_pages(unlimited: Registry, client: httpx.Client) -> None:
    """`page[size]` cuts a list, and `links.next` is where it goes on."""
    url = f"{unlimited.endpoints['datacite']}/dois"
    ids = "10.5072/data.4001,10.5072/data.4002"
    first = client.get(url, params={"ids": ids, "page[size]": 1}).json()
    second = client.get(first["links"]["next"]).json()
    assert {first["data"][0]["id"], second["data"][0]["id"]} == set(ids.split(","))
    assert "next" not in second["links"]


@pytest.mark.parametrize(
    ("doi", "status", "code"),
    [
        (ARTICLE.upper(), 200, 1),
        (SICI, 200, 1),
        ("10.5072/data.hidden", 200, 1),
        (MEDRA, 200, 1),
        (UNKNOWN, 404, 100),
        ("nonsense", 400, 102),
    ],
)
def test_handle_codes(
    doi: str, status: int, code: int, registry: Registry, client: httpx.Client
) -> None:
    """The handle API tells apart registered, unknown and invalid (1.1)."""
    url = f"{registry.endpoints['doi']}/api/handles/{quote(doi, safe='')}"
    reply = client.get(url)
    assert reply.status_code == status
    assert (reply.json()["responseCode"], reply.json()["handle"]) == (code, doi)


def test_handle_values_by_type(registry: Registry, client: httpx.Client) -> None:
    """`type=URL` picks one value; a type it lacks is code 200, HTTP 200 (1.1)."""
    url = f"{registry.endpoints['doi']}/api/handles/{ARTICLE}"
    values = client.get(url, params={"type": "URL"}).json()["values"]
    assert [value["type"] for value in values] == ["URL"]
    assert len(client.get(url).json()["values"]) == 3
    none = client.get(url, params={"type": "EMAIL"})
    assert (none.status_code, none.json()["responseCode"]) == (200, 200)


def test_short_doi_is_an_alias(registry: Registry, client: httpx.Client) -> None:
    """A shortDOI's handle has an HS_ALIAS; doiRA does not take it (1.2, 5)."""
    base = registry.endpoints["doi"]
    value = client.get(f"{base}/api/handles/10/abcd").json()["values"][0]
    assert (value["type"], value["data"]["value"]) == ("HS_ALIAS", ARTICLE)
    assert client.get(f"{base}/10/abcd").status_code == 302
    elements = client.get(f"{base}/doiRA/10/abcd").json()
    assert elements == [{"DOI": "10/abcd", "status": "Invalid DOI"}]


def test_doi_ra_of_several(registry: Registry, client: httpx.Client) -> None:
    """Several DOIs go to doiRA at once, a comma as %2C; errors are 200 (1.2)."""
    asked = [ARTICLE, quote(COMMA, safe="/"), "10.5072/data.4001", MEDRA, UNKNOWN]
    reply = client.get(f"{registry.endpoints['doi']}/doiRA/{','.join(asked)},10.1234")
    assert reply.status_code == 200
    assert reply.json() == [
        {"DOI": ARTICLE, "RA": "Crossref"},
        {"DOI": COMMA, "RA": "Crossref"},
        {"DOI": "10.5072/data.4001", "RA": "DataCite"},
        {"DOI": MEDRA, "RA": "mEDRA"},
        {"DOI": UNKNOWN, "status": "DOI does not exist"},
        {"DOI": "10.1234", "RA": "Unknown"},
    ]


@pytest.mark.parametrize(
    ("doi", "location", "title"),
    [
        (
            ARTICLE,
            "/crossref/v1/works/10.5555%2Flupus.2021.101/transform",
            "Depletion of <i>B</i> cells in an invented cohort with lupus",
        ),
        (
            "10.5072/data.4001",
            "/crosscite/10.5072%2Fdata.4001",
            "Cells counted in an imagined cohort",
        ),
        (MEDRA, "/medra/10.5555%2Fmedra.8105", "Un lavoro noto soltanto a mEDRA"),
    ],
)
def test_content_negotiation(
    doi: str, location: str, title: str, registry: Registry, client: httpx.Client
) -> None:
    """doi.org sends CSL-JSON's askers to the agency, 302 and %2F (1.4)."""
    reply = client.get(f"{registry.endpoints['doi']}/{doi}", headers=CSL)
    assert reply.status_code == 302
    assert reply.headers["location"] == registry.origin + location
    landed = client.get(reply.headers["location"], headers=CSL)
    assert landed.headers["content-type"] == CSL["accept"]
    assert landed.json()["title"] == title


def test_content_negotiation_without_metadata(
    registry: Registry, client: httpx.Client
) -> None:
    """204 without metadata; an agency without a server ends in HTML (1.4, 1.5)."""
    base = registry.endpoints["doi"]
    empty = client.get(
        f"{base}/10.5555/medra.empty", headers=CSL, follow_redirects=True
    )
    assert (empty.status_code, empty.content) == (204, b"")
    url = f"{base}/10.5555/kisti.2011.28"
    page = client.get(url, headers=CSL, follow_redirects=True)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html")
    assert registry.requests("landing") == 1


def test_datacite_sends_unknown_types_to_the_landing_page(
    registry: Registry, client: httpx.Client
) -> None:
    """DataCite answers an unknown type with 303, so it ends in HTML (1.4)."""
    url = f"{registry.origin}/crosscite/10.5072%2Fdata.4001"
    headers = {"accept": "application/vnd.medra.onixdoi+xml"}
    assert client.get(url, headers=headers).status_code == 303


def test_bibtex_is_one_line(registry: Registry, client: httpx.Client) -> None:
    """Crossref's BibTeX: a leading space, en dashes, no charset (1.4)."""
    headers = {"accept": "application/x-bibtex"}
    reply = client.get(crossref(registry, ARTICLE, "/transform"), headers=headers)
    assert reply.headers["content-type"] == "application/x-bibtex"
    text = reply.content.decode()
    assert text.startswith(" @article{Müller-Krönke_2021,")
    assert "pages={204–209}" in text


@pytest.mark.parametrize(("path", "status"), [(UNKNOWN, 404), ("foo", 400)])
def test_doi_org_errors_are_html(
    path: str, status: int, registry: Registry, client: httpx.Client
) -> None:
    """Not registered is 404, not DOI-shaped 400, both HTML (1.3)."""
    reply = client.get(f"{registry.endpoints['doi']}/{path}")
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("text/html")
    assert client.head(f"{registry.endpoints['doi']}/{path}").content == b""


def test_pubmed_summaries(registry: Registry, client: httpx.Client) -> None:
    """A known PMID has its DOI among the article ids, an unknown one an error."""
    url = f"{registry.endpoints['pubmed']}/esummary.fcgi"
    parameters = {"db": "pubmed", "id": "34999901,1,10999903", "retmode": "json"}
    result = client.get(url, params=parameters).json()["result"]
    assert result["uids"] == ["34999901", "1", "10999903"]
    ids = {one["idtype"]: one["value"] for one in result["34999901"]["articleids"]}
    assert ids["doi"] == ARTICLE
    assert "error" in result["1"]
    assert [one["idtype"] for one in result["10999903"]["articleids"]] == ["pubmed"]
    assert client.post(url, data=parameters).json()["result"] == result


def test_pmc_converter(registry: Registry, client: httpx.Client) -> None:
    """PMC knows its own articles by any identifier, and no others (4)."""
    url = f"{registry.endpoints['pmc']}/"
    reply = client.get(url, params={"ids": "PMC9999901,PMC1", "format": "json"}).json()
    assert [one.get("doi") for one in reply["records"]] == [ARTICLE, None]
    assert reply["records"][1]["status"] == "error"
    only_in_pubmed = client.get(url, params={"ids": "34999902"}).json()["records"]
    assert only_in_pubmed[0]["status"] == "error"


def test_arxiv_feed(unlimited: Registry, client: httpx.Client) -> None:
    """A feed holds the known entries; a misspelt id is 400 (4)."""
    url = f"{unlimited.endpoints['arxiv']}/query"
    feed = client.get(url, params={"id_list": "2101.99999v1,2101.00000,q-bio/0199999"})
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 2
    assert f">{ARTICLE}</arxiv:doi>" in feed.text
    assert client.get(url, params={"id_list": "nonsense"}).status_code == 400


def test_public_pool_refuses_the_second_list(
    registry: Registry, client: httpx.Client
) -> None:
    """Lists run at 1/s, announced as 5; a 429 is HTML without hints (2.1)."""
    first = listed(registry, client, [ARTICLE])
    assert first.headers["x-api-pool"] == "public"
    assert first.headers["x-rate-limit-limit"] == "5"
    assert first.headers["x-concurrency-limit"] == "1"
    second = listed(registry, client, [ARTICLE])
    assert (second.status_code, second.headers["content-type"]) == (429, "text/html")
    hints = {"retry-after", "x-rate-limit-limit", "x-api-pool"}
    assert not hints & set(second.headers)
    assert client.get(crossref(registry, ARTICLE)).status_code == 200


@pytest.mark.parametrize("where", ["parameter", "user-agent"])
def test_polite_pool(where: str, registry: Registry, client: httpx.Client) -> None:
    """An address in either place opens the polite pool: 10 announced, 3 lists."""
    parameters = {"mailto": "a@example.org"} if where == "parameter" else {}
    if where == "user-agent":
        client.headers["user-agent"] = "tests/1 (mailto:a@example.org)"
    replies = [listed(registry, client, [ARTICLE], **parameters) for _ in range(4)]
    assert [one.status_code for one in replies] == [200, 200, 200, 429]
    assert replies[0].headers["x-api-pool"] == "polite"
    assert replies[0].headers["x-rate-limit-limit"] == "10"
    registry.reset()
    assert listed(registry, client, [ARTICLE], **parameters).status_code == 200


def test_sliding_window() -> None:
    """An honest client at the limit passes, one a tenth faster does not."""
    limiter = Limiter()
    limiter.rates["x"] = Rate(5, 1.0)
    honest = [limiter.admit("x", "p", i * 0.2) for i in range(50)]
    assert all(honest)
    hasty = [limiter.admit("x", "p", 100 + i * 0.18) for i in range(50)]
    assert not all(hasty)


def test_concurrency_limit() -> None:
    """The public pool has one request in progress at a time."""
    limiter = Limiter()
    bucket, pool = "crossref-public-single", "crossref-public"
    assert limiter.admit(bucket, pool, 0.0)
    assert not limiter.admit(bucket, pool, 0.1)
    limiter.leave(pool)
    assert limiter.admit(bucket, pool, 0.2)


def test_datacite_and_arxiv_limits(registry: Registry, client: httpx.Client) -> None:
    """The 501st DataCite request in 5 minutes is refused, the 2nd of arXiv in 3 s."""
    registry.limiter.rates["datacite"] = Rate(2, 300)
    url = f"{registry.endpoints['datacite']}/dois/10.5072/data.4001"
    assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]
    url = f"{registry.endpoints['arxiv']}/query?id_list=2101.99999"
    assert [client.get(url).status_code for _ in range(2)] == [200, 429]


def test_log_counts_by_service(registry: Registry, client: httpx.Client) -> None:
    """The log has service, target and status of each request, in order."""
    client.get(crossref(registry, UNKNOWN))
    client.get(f"{registry.endpoints['doi']}/api/handles/{UNKNOWN}")
    assert [(one.service, one.status) for one in registry.log] == [
        ("crossref", 404),
        ("doi", 404),
    ]
    assert registry.log[1].path_and_query == f"/doi/api/handles/{UNKNOWN}"
    assert registry.log[0].time < registry.log[1].time
    assert (registry.requests("doi"), registry.requests()) == (1, 2)


def test_environment_names(registry: Registry) -> None:
    """Each endpoint has its environment variable."""
    assert registry.environment == {
        "LUPUSREFS_CROSSREF_URL": f"{registry.origin}/crossref",
        "LUPUSREFS_DATACITE_URL": f"{registry.origin}/datacite",
        "LUPUSREFS_DOI_URL": f"{registry.origin}/doi",
        "LUPUSREFS_PUBMED_URL": f"{registry.origin}/eutils",
        "LUPUSREFS_PMC_URL": f"{registry.origin}/pmc",
        "LUPUSREFS_ARXIV_URL": f"{registry.origin}/arxiv",
    }


def test_answers_can_be_compressed(client: httpx.Client) -> None:
    """With compression on, answers are gzip for those who accept it."""
    with Registry(compress=True) as opened:
        reply = client.get(crossref(opened, ARTICLE))
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.json()["message"]["DOI"] == ARTICLE


def test_connections_are_kept(registry: Registry, client: httpx.Client) -> None:
    """One connection serves several requests."""
    ports = set()
    for _ in range(3):
        url = f"{registry.endpoints['doi']}/api/handles/{ARTICLE}"
        with client.stream("GET", url) as reply:
            stream = reply.extensions["network_stream"]
            ports.add(stream.get_extra_info("client_addr"))
            reply.read()
    assert len(ports) == 1


def test_serves_as_a_process(client: httpx.Client) -> None:
    """The script prints its endpoints, counts what it is asked, ends on SIGTERM."""
    script = Path(__file__).with_name("serve.py")
    command = [sys.executable, str(script), "--synthetic", "3", "--no-limits"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        endpoints = json.loads(process.stdout.readline())["endpoints"]
        reply = client.get(f"{endpoints['crossref']}/works/10.5555/bench.2")
        assert reply.json()["message"]["DOI"] == "10.5555/bench.2"
        origin = endpoints["doi"].removesuffix("/doi")
        log = client.get(f"{origin}/__log").json()
        assert (log["total"], log["requests"]) == (1, {"crossref": 1})
        client.post(f"{origin}/__reset")
        assert client.get(f"{origin}/__log").json()["total"] == 0
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


@pytest.mark.corpus
def test_every_recorded_work_is_served(
    corpus_registry: Registry, client: httpx.Client
) -> None:
    """Every recorded Crossref work and public DataCite resource is served."""
    corpus_registry.limiter.enabled = False
    records = corpus_registry.records
    works = sorted(records.crossref.dois())
    assert len(works) >= 2500
    for doi in works[::25]:
        reply = client.get(crossref(corpus_registry, doi))
        assert reply.json()["message"] == records.crossref.record(doi)
        assert records.agency(doi) == "Crossref"
    resources = sorted(records.datacite.dois())
    drafts = [doi for doi in resources if is_draft(records.datacite.record(doi) or {})]
    assert len(drafts) == 11
    assert {records.agency(doi) for doi in drafts} == {None}


@pytest.mark.corpus
def test_recorded_merged_doi(corpus_registry: Registry, client: httpx.Client) -> None:
    """The one merged DOI on record redirects as it did (2.2)."""
    reply = client.get(crossref(corpus_registry, "10.26434/chemrxiv.5406907"))
    assert reply.status_code == 301
    assert reply.headers["location"].endswith("10.26434%2Fchemrxiv.5406907.v5")


@pytest.mark.corpus
def test_recorded_handles_and_agencies(
    corpus_registry: Registry, client: httpx.Client
) -> None:
    """Recorded handle and doiRA answers come back as they were (1.1, 1.2)."""
    base = corpus_registry.endpoints["doi"]
    assert client.get(f"{base}/api/handles/10.14454/10703").status_code == 500
    assert client.get(f"{base}/api/handles/10.1000/1").json()["responseCode"] == 1
    asked = "10.9999,10.5061/dryad.8515x"
    elements = client.get(f"{base}/doiRA/{asked}").json()
    assert [one["status"] for one in elements] == ["DOI does not exist", "Invalid DOI"]
