"""References to matches: searching, storing, offline, outages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from asking import Asker
from lupusrefs import api
from lupusrefs.errors import Offline, ServiceRejected
from lupusrefs.findings import Confidence
from lupusrefs.matcher import Match, Status, doi_findings
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.store import Kind, Store
from registry.faults import FAULTS
from registry.server import Registry

# The loopback registry's own records (tests/registry/own).
ARTICLE, PREPRINT = "10.5555/lupus.2021.101", "10.48550/arxiv.2101.99999"
TEXT = (
    "Müller-Krönke A, et al. Depletion of B cells in an invented cohort with lupus. "
    "Invented J Lupus Res. 2021;12(3):204-209"
)
OTHER = "Nobody N. On nothing that was ever written down. Journal of Nil 1:1 (1900)"
AT_ARXIV = "Vorab A. An invented preprint on arXiv. arXiv, 2021"


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """The polite pool, and an empty store."""
    return Asker(registry, tmp_path)


def matches(
    ask: Asker,
    *sources: str | Reference,
    offline: bool = False,
    refresh: bool = False,
) -> list[Match]:
    """Match; the log of the registry holds the requests of this run only."""
    ask.registry.reset()
    run = api.match(sources, settings=ask.settings, offline=offline, refresh=refresh)
    assert not run.warnings
    assert len(run.matches) == len(sources)
    return run.matches


def structured(**fields: object) -> Reference:
    """The article with fields, without its DOI."""
    given: dict[str, object] = {
        "id": "a",
        "type": "article-journal",
        "title": "Depletion of B cells in an invented cohort with lupus",
        "author": (Name(family="Müller-Krönke", given="Ada"),),
        "container_title": "Invented Journal of Lupus Research",
        "issued": Date(PartialDate(2021)),
        "volume": "12",
        "page": "204-209",
    }
    return Reference.model_validate({**given, **fields})


def test_a_text_finds_its_work(ask: Asker) -> None:
    """One search at Crossref is enough, in the list's lane, with the mail address."""
    (match,) = matches(ask, TEXT)
    assert (match.status, match.doi) == (Status.MATCHED, ARTICLE)
    assert match.verdict is not None
    assert match.verdict.confidence is Confidence.CERTAIN
    assert ask.asked == {"crossref": 1}
    (sent,) = ask.sent("crossref")
    query = parse_qs(urlsplit(sent.path_and_query).query)
    assert query["mailto"] == ["reader@example.org"]
    assert query["rows"] == ["20"]
    assert "Depletion of B cells" in query["query.bibliographic"][0]
    assert "DOI" in query["select"][0]


def test_a_structured_reference_finds_its_work(ask: Asker) -> None:
    """By its fields; the correction of the same title is not taken."""
    (match,) = matches(ask, structured())
    assert (match.status, match.doi) == (Status.MATCHED, ARTICLE)


def test_without_title_the_place_is_enough(ask: Asker) -> None:
    """First author, journal, volume, page and year, as chemists cite."""
    (match,) = matches(ask, structured(title=None))
    assert (match.status, match.doi) == (Status.MATCHED, ARTICLE)


def test_what_is_not_there_is_none(ask: Asker) -> None:
    """Both registries were asked, and neither has it."""
    (match,) = matches(ask, OTHER)
    assert (match.status, match.doi, match.work) == (Status.NONE, None, None)
    assert ask.asked == {"crossref": 1, "datacite": 1}


def test_what_crossref_does_not_have_datacite_may(ask: Asker) -> None:
    """Its titles are searched."""
    (match,) = matches(ask, AT_ARXIV)
    assert (match.status, match.doi) == (Status.MATCHED, PREPRINT)
    (sent,) = ask.sent("datacite")
    query = parse_qs(urlsplit(sent.path_and_query).query)["query"][0]
    assert query.startswith("titles.title:(")
    assert "preprint" in query


def test_nothing_is_searched_twice(ask: Asker) -> None:
    """Neither in one run nor in the next, be the answer a work or none."""
    assert {one.doi for one in matches(ask, TEXT, TEXT)} == {ARTICLE}
    assert ask.asked == {"crossref": 1}
    matches(ask, OTHER, AT_ARXIV)
    again = matches(ask, TEXT, OTHER, AT_ARXIV)
    assert [one.status for one in again] == [
        *(Status.MATCHED, Status.NONE, Status.MATCHED),
    ]
    assert ask.asked == {}


def test_a_matched_work_needs_no_resolving(ask: Asker) -> None:
    """What a search has found is stored as if it had been asked for."""
    matches(ask, TEXT)
    ask.outcome(ARTICLE)
    assert ask.asked == {}


def test_refresh_searches_again(ask: Asker) -> None:
    """Whatever the store remembers."""
    matches(ask, TEXT)
    matches(ask, TEXT, refresh=True)
    assert ask.asked == {"crossref": 1}


def test_a_search_is_not_believed_for_ever(ask: Asker) -> None:
    """After its time to live it is made anew; offline it still serves."""
    matches(ask, TEXT)
    with Store(ask.folder / "store.sqlite") as store:
        answers = list(store)
        assert Kind.SEARCH in {one.kind for one in answers}
        store.clear()
        past = timedelta(days=30)
        store.put(type(a)(a.subject, a.kind, a.body, a.fetched - past) for a in answers)
    (offline,) = matches(ask, TEXT, offline=True)
    assert (offline.status, offline.error) == (Status.MATCHED, None)
    matches(ask, TEXT)
    assert ask.asked == {"crossref": 1}


def test_a_search_whose_works_are_gone_is_made_anew(ask: Asker) -> None:
    """A store from which answers were lost does not make a verdict."""
    matches(ask, TEXT)
    with Store(ask.folder / "store.sqlite") as store:
        answers = [one for one in store if one.kind is Kind.SEARCH]
        store.clear()
        store.put(answers)
    matches(ask, TEXT)
    assert ask.asked == {"crossref": 1}


def test_a_damaged_search_is_made_anew(ask: Asker) -> None:
    """Of a body that says nothing nothing is concluded."""
    matches(ask, TEXT)
    with Store(ask.folder / "store.sqlite") as store:
        answers = [one for one in store if one.kind is Kind.SEARCH]
        now = datetime.now(UTC)
        store.put(type(a)(a.subject, a.kind, "[]", now) for a in answers)
    matches(ask, TEXT)
    assert ask.asked == {"crossref": 1}


def test_offline_ignorance_is_no_verdict(ask: Asker) -> None:
    """What the store does not have is unavailable, never none."""
    (match,) = matches(ask, OTHER, offline=True)
    assert match.status is Status.UNAVAILABLE
    assert isinstance(match.error, Offline)
    assert ask.asked == {}


@pytest.mark.parametrize("service", ["crossref", "datacite"])
def test_an_outage_is_no_verdict(ask: Asker, service: str) -> None:
    """Whichever registry fails, it may have had the work."""
    ask.registry.set_fault(service, FAULTS["forbidden"])
    (match,) = matches(ask, OTHER)
    assert match.status is Status.UNAVAILABLE
    assert isinstance(match.error, ServiceRejected)


def test_in_an_outage_older_answers_stand_in(ask: Asker) -> None:
    """And it is said that they do."""
    matches(ask, TEXT)
    ask.registry.set_fault("crossref", FAULTS["forbidden"])
    (match,) = matches(ask, TEXT, refresh=True)
    assert (match.status, match.doi) == (Status.MATCHED, ARTICLE)
    assert match.error is not None


@pytest.mark.parametrize(
    ("source", "doi"),
    [
        (structured(doi="https://doi.org/10.1000/1"), "10.1000/1"),
        (structured(pmid="123"), None),
        (
            structured(url="https://arxiv.org/abs/2101.99999"),
            "10.48550/arXiv.2101.99999",
        ),
        (f"{TEXT}. doi: 10.1000/2", "10.1000/2"),
    ],
)
def test_what_has_an_identifier_is_not_searched_for(
    ask: Asker, source: str | Reference, doi: str | None
) -> None:
    """In a field, in an address, in the text."""
    (match,) = matches(ask, source)
    assert (match.status, match.doi) == (Status.HAS_IDENTIFIER, doi)
    assert ask.asked == {}


def test_a_malformed_doi_is_no_identifier(ask: Asker) -> None:
    """The work is looked for all the same."""
    (match,) = matches(ask, structured(doi="see the publisher's page"))
    assert (match.status, match.doi) == (Status.MATCHED, ARTICLE)


def test_an_empty_reference_is_none(ask: Asker) -> None:
    """There is nothing to search for."""
    (match,) = matches(ask, Reference(id="x"))
    assert match.status is Status.NONE
    assert ask.asked == {}


def test_many_references_are_matched_in_order(ask: Asker) -> None:
    """Searches run beside each other, the answers stay with their questions."""
    ask.flags = {"crossref_token": "a-plus-key"}
    texts = [f"Nobody N. Paper number {i} of nil. J Nil {i}:{i}" for i in range(40)]
    found = matches(ask, *texts[:20], TEXT, *texts[20:])
    assert [one.doi for one in found] == [None] * 20 + [ARTICLE] + [None] * 20


def test_progress_counts_every_reference(ask: Asker) -> None:
    """Those of the store and those that were asked for."""
    matches(ask, TEXT)
    steps: list[int] = []
    api.match(
        [TEXT, OTHER, structured(doi="10.1000/1")],
        settings=ask.settings,
        progress=steps.append,
    )
    assert sum(steps) == 3


def test_the_doi_of_a_certain_match_is_a_safe_fix(ask: Asker) -> None:
    """And there is nothing to add where nothing was found."""
    found, other = matches(ask, structured(), OTHER)
    (finding,) = doi_findings(found)
    assert finding.rule.id == "doi-missing-but-registered"
    assert finding.fix is not None
    assert finding.fix.safe
    assert finding.fix.changes[0].value == ARTICLE
    assert doi_findings(other) == ()


def test_the_doi_of_a_likely_match_is_a_proposal(ask: Asker) -> None:
    """Somebody has to look at it first."""
    (match,) = matches(ask, structured(volume=None, page=None, container_title=None))
    if match.verdict is not None and match.verdict.confidence is Confidence.LIKELY:
        (finding,) = doi_findings(match)
        assert finding.fix is not None
        assert not finding.fix.safe


def test_the_seed_is_known_offline(ask: Asker) -> None:
    """The snapshot has the article of 2010; the wrong year is no hindrance."""
    text = (
        "Humrich JY, et al. Homeostatic imbalance of regulatory and effector T cells "
        "due to IL-2 deprivation amplifies murine lupus. PNAS 2007;107(1):204-209"
    )
    (match,) = matches(ask, text, offline=True)
    assert match.status is Status.MATCHED
    assert match.work is not None
    assert match.work.volume == "107"


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        (TEXT, True),
        (OTHER, True),
        ("refs.bib", False),
        ("my old references.bib", False),
        ("doi: 10.1000/1", False),
        ("ISBN 978 3 16 148410 0", False),
        ("two words", False),
        ("", False),
        ("a reference with a \0 in it", True),
    ],
)
def test_what_is_taken_for_a_reference(text: str, *, is_text: bool) -> None:
    """Neither a file, be it that it is not there, nor an identifier."""
    assert api.is_reference_text(text) is is_text


def test_a_file_with_a_name_like_a_reference_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that exists always is."""
    monkeypatch.chdir(tmp_path)
    Path("Doe on wolves 1999").touch()
    assert not api.is_reference_text("Doe on wolves 1999")


def test_hostile_texts_end_soon(ask: Asker) -> None:
    """However long they are, and whatever they repeat; nobody has such a work."""
    texts = ["a " * 50_000, "((((" * 9_000 + "x y z", "1 " * 9_000, "\ufffd ~ x " * 99]
    found = matches(ask, *texts, offline=True)
    assert {one.status for one in found} == {Status.UNAVAILABLE}
