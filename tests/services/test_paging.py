"""All that a registry changed since a day, page by page (registries.md 2.3 and 3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from urllib.parse import urlencode

import pytest

from lupusrefs.errors import ServiceRejected, ServiceUnreachable, UnexpectedReply
from lupusrefs.services import paging
from lupusrefs.services.crossref import Crossref
from lupusrefs.services.datacite import DataCite
from lupusrefs.services.paging import Page
from lupusrefs.services.retraction_watch import RetractionWatch
from lupusrefs.transport.message import Request
from services.replies import Said, Told, always, parameters, run, say

CROSSREF = "https://api.crossref.org"
DATACITE = "https://api.datacite.org"
DAY = date(2026, 3, 30)
# As Crossref's are: base64, with signs that a query must encode.
CURSORS = ["*", "DnF1ZXJ5+/AA==", "AoJ/+z9b&rows=1"]


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two records."""
    monkeypatch.setattr("lupusrefs.services.crossref.ROWS", 2)
    monkeypatch.setattr("lupusrefs.services.datacite.ROWS", 2)


async def _all(pages: AsyncIterator[Page]) -> list[Page]:
    return [page async for page in pages]


def crossref_page(*dois: str, cursor: str | None = None, total: int = 5) -> Said:
    """One page of Crossref."""
    message: dict[str, object] = {
        "total-results": total,
        "items": [{"DOI": doi, "reference": [{"key": "1"}]} for doi in dois],
    }
    if cursor is not None:
        message["next-cursor"] = cursor
    return say({"status": "ok", "message-type": "work-list", "message": message})


def five_records(request: Request) -> Said:
    """Crossref with five changed records."""
    place = CURSORS.index(parameters(request.url)["cursor"])
    dois = [f"10.1000/{number}" for number in range(5)][2 * place : 2 * place + 2]
    following = CURSORS[place + 1] if place < 2 else CURSORS[2]
    return crossref_page(*dois, cursor=following)


def test_crossref_is_asked_by_cursor_until_a_page_is_short() -> None:
    """Whole records (no `select`), each cursor encoded, the mail address with it."""
    told = Told(five_records)
    pages = run(_all(Crossref(told, CROSSREF, "me@example.org").changed(DAY, None)))
    assert [len(page.records) for page in pages] == [2, 2, 1]
    assert [page.cursor for page in pages] == [*CURSORS[1:], None]
    assert {page.total for page in pages} == {5}
    asked = [parameters(url) for url in told.urls]
    assert [one["cursor"] for one in asked] == CURSORS
    assert asked[0] == {
        "filter": "from-index-date:2026-03-30",
        "rows": "2",
        "cursor": "*",
        "mailto": "me@example.org",
    }
    (first,) = {request.limit for request in told.asked}
    assert first == Crossref(told, CROSSREF, "me@example.org").list_limit
    assert {request.max_bytes for request in told.asked} == {paging.MAX_PAGE_BYTES}


def test_crossref_goes_on_behind_a_cursor() -> None:
    """As after an interruption."""
    told = Told(five_records)
    pages = run(_all(Crossref(told, CROSSREF).changed(DAY, None, CURSORS[1])))
    assert [page.records for page in pages][-1] == (
        {"DOI": "10.1000/4", "reference": [{"key": "1"}]},
    )
    assert len(told.asked) == 2


def test_crossref_of_some_days_and_how_many() -> None:
    """Both in one filter."""
    told = always(crossref_page("10.1000/1"))
    crossref = Crossref(told, CROSSREF)
    pages = run(_all(crossref.changed(DAY, date(2026, 3, 31))))
    assert [len(page.records) for page in pages] == [1]
    assert run(crossref.count_changed(DAY)) == 5
    assert [parameters(url).get("rows") for url in told.urls] == ["2", "0"]
    assert [parameters(url)["filter"] for url in told.urls] == [
        "from-index-date:2026-03-30,until-index-date:2026-03-31",
        "from-index-date:2026-03-30",
    ]


def test_a_cursor_that_is_over_is_rejected() -> None:
    """With 404 and JSON (registries.md 2.2)."""
    told = always(Said(404, b'{"status":"failed","message-type":"resource-failure"}'))
    with pytest.raises(ServiceRejected) as caught:
        run(_all(Crossref(told, CROSSREF).changed(DAY, None, "old")))
    assert caught.value.status == 404


@pytest.mark.parametrize(
    "said",
    [
        say({"message": {"items": "none"}}),
        say({"message": []}),
        say([]),
        crossref_page("10.1000/1", "10.1000/2"),
    ],
)
def test_a_page_that_is_none_is_told(said: Said) -> None:
    """It has no items, or is full and does not say how to go on."""
    with pytest.raises(UnexpectedReply):
        run(_all(Crossref(always(said), CROSSREF).changed(DAY, None)))


def datacite_page(*dois: str, following: str | None, total: object = 3) -> Said:
    """One page of DataCite."""
    links: dict[str, object] = {"self": f"{DATACITE}/dois"}
    if following is not None:
        query = urlencode({"page[cursor]": following, "page[size]": 1000})
        # The link may name the host behind a proxy.
        links["next"] = f"http://internal.example/dois?{query}"
    data = [{"id": doi, "attributes": {"doi": doi}} for doi in dois]
    return say({"data": data, "links": links, "meta": {"total": total}})


def test_datacite_is_asked_by_cursor_until_there_is_no_next() -> None:
    """On the endpoint that is configured, whatever host the link has."""

    def answer(request: Request) -> Said:
        if parameters(request.url)["page[cursor]"] == "1":
            return datacite_page("10.5061/a", "10.5061/b", following="MTY0,MTAu=")
        return datacite_page("10.5061/c", following=None)

    told = Told(answer)
    pages = run(_all(DataCite(told, DATACITE, "me@example.org").changed(DAY, None)))
    assert [len(page.records) for page in pages] == [2, 1]
    assert [page.total for page in pages] == [3, 3]
    assert all(url.startswith(f"{DATACITE}/dois?") for url in told.urls)
    assert parameters(told.urls[0]) == {
        "query": "updated:[2026-03-30T00:00:00Z TO *]",
        "page[size]": "2",
        "page[cursor]": "1",
        "mailto": "me@example.org",
    }
    assert parameters(told.urls[1])["page[cursor]"] == "MTY0,MTAu="


def test_datacite_of_some_days_and_how_many() -> None:
    """To the end of the last one."""
    told = always(datacite_page("10.5061/a", following=None, total=7))
    datacite = DataCite(told, DATACITE)
    assert len(run(_all(datacite.changed(DAY, date(2026, 3, 31))))) == 1
    assert run(datacite.count_changed(DAY)) == 7
    assert [parameters(url)["query"] for url in told.urls] == [
        "updated:[2026-03-30T00:00:00Z TO 2026-04-01T00:00:00Z]",
        "updated:[2026-03-30T00:00:00Z TO *]",
    ]
    assert parameters(told.urls[1])["page[size]"] == "0"


def test_datacite_ends_with_an_empty_page() -> None:
    """Though it names a next one; a total that is no number is none."""
    told = always(datacite_page(following="2", total="many"))
    (page,) = run(_all(DataCite(told, DATACITE).changed(DAY, None)))
    assert (page.records, page.cursor, page.total) == ((), None, None)


def test_datacite_that_repeats_itself_is_told() -> None:
    """It would never end."""
    told = always(datacite_page("10.5061/a", following="1"))
    with pytest.raises(UnexpectedReply, match="the same page again"):
        run(_all(DataCite(told, DATACITE).changed(DAY, None)))


def test_retraction_watch_is_bytes() -> None:
    """Whatever its type is said to be."""
    told = always(Said(200, b"\xef\xbb\xbfRecord ID,Title\n"))
    url = "https://example.org/retraction_watch.csv"
    assert run(RetractionWatch(told).fetch(url)).startswith(b"\xef\xbb\xbfRecord")
    gone = ServiceUnreachable("no connection", service="retraction-watch", url=url)
    with pytest.raises(ServiceUnreachable):
        run(RetractionWatch(always(gone)).fetch(url))
