"""arXiv's feed (registries.md 4)."""

from __future__ import annotations

import pytest

from lupusrefs.errors import ServiceRejected, UnexpectedReply
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.names import Name
from lupusrefs.model.work import Work
from lupusrefs.services.arxiv import Arxiv
from services.replies import FETCHED, Said, Told, always, parameters, run

BASE = "https://export.arxiv.org/api"
ENTRY = """<entry>
    <id>http://arxiv.org/abs/2101.99999v2</id>
    <updated>2021-03-01T18:00:00Z</updated>
    <published>2021-01-31T18:00:00Z</published>
    <title>An invented
      preprint &amp; more</title>
    <summary>An abstract.</summary>
    <author><name>Ada  Vorab</name></author>
    <author><name>José M. de la Prueba</name></author>
    <author><name>The Consortium</name></author>
    <author><name>Suharto</name></author>
    <author><name> </name></author>
  </entry>"""
# What arXiv gives for an id that it cannot read.
ERROR = """<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title><summary>incorrect id format for x</summary></entry>"""


def feed(*entries: str, before: str = "") -> Said:
    """An Atom feed."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    inside = f"<title>ArXiv Query: id_list=2101.99999</title>{''.join(entries)}"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{inside}</feed>'
    return Said(200, (head + before + atom).encode())


def fetch(said: Said | Told, text: str = "2101.99999") -> Work | None:
    """Ask for one paper."""
    told = said if isinstance(said, Told) else always(said)
    return run(Arxiv(told, BASE).fetch_one(ArxivId.parse(text)))


def test_a_paper() -> None:
    """The entry as a work, under the DOI that arXiv will register."""
    work = fetch(feed(ENTRY))
    assert work is not None
    assert work.id == "10.48550/arXiv.2101.99999"
    assert work.doi is None  # nobody has registered it yet
    assert work.title == "An invented preprint & more"
    assert work.author == (
        Name(given="Ada", family="Vorab"),
        Name(given="José M. de la", family="Prueba"),
        Name(given="The", family="Consortium"),
        Name(literal="Suharto"),
    )
    assert str(work.issued) == "2021-01-31"
    assert (work.type, work.publisher, work.agency) == ("article", "arXiv", None)
    assert work.archive_location == "2101.99999"
    assert work.url == "https://arxiv.org/abs/2101.99999"
    assert work.provenance.answered_by == "arxiv"
    assert work.provenance.fetched == FETCHED


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2101.99999v2", "2101.99999"),
        ("Q-BIO/0109001", "q-bio/0109001"),
        ("math.GT/0309136", "math/0309136"),
    ],
)
def test_a_paper_is_asked_without_version(text: str, asked: str) -> None:
    """The DOI has none either (4); one entry is enough."""
    told = always(feed())
    fetch(told, text)
    (url,) = told.urls
    assert url.startswith(f"{BASE}/query?")
    assert parameters(url) == {"id_list": asked, "max_results": "1"}


def test_one_request_in_three_seconds() -> None:
    """ArXiv's terms of use (4)."""
    told = always(feed())
    fetch(told)
    limit = told.asked[0].limit
    assert (limit.requests, limit.interval_s, limit.concurrency) == (1, 3.0, 1)


@pytest.mark.parametrize("said", [feed(), feed(ERROR)])
def test_an_unknown_id_is_no_entry_or_an_error_entry(said: Said) -> None:
    """Both mean that arXiv does not have it."""
    assert fetch(said) is None


def test_an_old_id_is_recognised_with_its_subject_class() -> None:
    """``math.GT/0309136`` is ``math/0309136``, as arXiv shows it."""
    entry = ENTRY.replace("2101.99999v2", "math.GT/0309136v1")
    work = fetch(feed(entry), "math/0309136")
    assert work is not None
    assert work.archive_location == "math/0309136"


def test_the_entry_of_another_paper_is_no_answer() -> None:
    """A proxy that mixes answers up must not make a verdict."""
    with pytest.raises(UnexpectedReply):
        fetch(feed(ENTRY.replace("2101.99999", "2101.00001")))


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!doctype feed SYSTEM "file:///etc/hostname">',
    ],
)
def test_a_document_type_is_refused(before: str) -> None:
    """It may define entities that explode; feeds have none."""
    with pytest.raises(UnexpectedReply):
        fetch(feed(ENTRY, before=before))


@pytest.mark.parametrize(
    "body", [b"", b"Rate exceeded.", b"<html><body>x", b'{"feed":1}', b"\xff\xfe"]
)
def test_a_body_that_is_no_feed_is_a_failure(body: bytes) -> None:
    """Not "unknown"."""
    with pytest.raises(UnexpectedReply):
        fetch(Said(200, body))


@pytest.mark.parametrize(
    "body", [b"<html><body>maintenance</body></html>", b"<feed><entry/></feed>"]
)
def test_a_page_that_happens_to_be_xml_is_a_failure(body: bytes) -> None:
    """Only an Atom feed can say that there is no such paper."""
    with pytest.raises(UnexpectedReply):
        fetch(Said(200, body))


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_a_status_that_is_no_answer(status: int) -> None:
    """It says nothing about the paper."""
    with pytest.raises(ServiceRejected):
        fetch(Said(status))


def test_an_entry_that_says_little() -> None:
    """A title and authors may be missing; the date may be nonsense."""
    work = fetch(feed("<entry><id>http://arxiv.org/abs/2101.99999</id></entry>"))
    assert work is not None
    assert (work.title, work.author, work.issued) == (None, (), None)
