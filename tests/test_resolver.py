"""From identifiers to outcomes: PMIDs, arXiv ids, store, offline, refresh."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from asking import Asker
from lupusrefs.errors import Offline, ServiceRejected
from lupusrefs.memory import Memory
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.store import Kind, Store
from registry.faults import FAULTS
from registry.server import Registry

# The loopback registry's own records (tests/registry/own/others.json).
ARTICLE, NOTICE = "10.5555/lupus.2021.101", "10.5555/lupus.2022.115"
PMID_OF_ARTICLE, PMID_OF_NOTICE = "PMID:34999901", "PMID:34999902"
PMID_WITHOUT_DOI, UNKNOWN_PMID = "PMID:10999903", "PMID:10000001"
PMCID_OF_ARTICLE, UNKNOWN_PMCID = "PMC9999901", "PMC1"
PREPRINT = "arXiv:2101.99999"  # registered at DataCite
NEW_PAPER = "arXiv:2611.01234"  # of today: at arXiv only
NO_PAPER = "arXiv:2611.09999"


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """The polite pool, and an empty store."""
    registry.records.arxiv["2611.01234"] = {
        "version": "1",
        "title": "An invented paper of today",
        "authors": ["Ada Vorab"],
        "published": "2026-11-21T18:00:00Z",
        "updated": "2026-11-21T18:00:00Z",
        "category": "q-bio.CB",
    }
    return Asker(registry, tmp_path)


def work_of(outcome: Outcome) -> Work:
    """The work of what is resolved, by a live or fresh answer."""
    assert isinstance(outcome, Resolved), outcome
    assert outcome.error is None
    return outcome.work


def age(ask: Asker, days: int) -> None:
    """Make every stored answer older."""
    with Store(ask.folder / "store.sqlite") as store:
        answers = list(store)
        store.clear()
        past = timedelta(days=days)
        store.put(type(a)(a.subject, a.kind, a.body, a.fetched - past) for a in answers)


def kinds(ask: Asker) -> dict[str, Kind]:
    """What is stored: subject -> kind."""
    with Store(ask.folder / "store.sqlite") as store:
        return {answer.subject: answer.kind for answer in store}


# --- PubMed -------------------------------------------------------------------------


def test_a_pmid_leads_to_its_doi(ask: Asker) -> None:
    """One request to PubMed, one to Crossref."""
    assert work_of(ask.outcome(PMID_OF_ARTICLE)).doi == ARTICLE
    assert ask.asked == {"crossref": 1, "pubmed": 1}


def test_many_pmids_are_one_request(ask: Asker) -> None:
    """And so are their DOIs, with the one that was given as a DOI."""
    sources = (PMID_OF_ARTICLE, PMID_OF_NOTICE, ARTICLE, PMID_OF_ARTICLE)
    works = [work_of(outcome).doi for outcome in ask.outcomes(*sources)]
    assert works == [ARTICLE, NOTICE, ARTICLE, ARTICLE]
    assert ask.asked == {"crossref": 1, "pubmed": 1}


def test_a_pmcid_leads_to_its_doi(ask: Asker) -> None:
    """By PMC's converter."""
    assert work_of(ask.outcome(PMCID_OF_ARTICLE)).doi == ARTICLE
    assert ask.asked == {"crossref": 1, "pmc": 1}


def test_a_pmid_without_a_doi(ask: Asker) -> None:
    """There is nothing to ask Crossref about."""
    outcome = ask.outcome(PMID_WITHOUT_DOI)
    assert outcome == NoIdentifier("PubMed knows no DOI for 10999903")
    assert ask.asked == {"pubmed": 1}


@pytest.mark.parametrize(
    ("source", "identifier", "authority"),
    [
        (UNKNOWN_PMID, "PMID 10000001", "pubmed"),
        (UNKNOWN_PMCID, "PMC1", "pmc"),
    ],
)
def test_unknown_to_its_authority(
    ask: Asker, source: str, identifier: str, authority: str
) -> None:
    """PubMed and PMC know what they have given out."""
    outcome = ask.outcome(source)
    assert isinstance(outcome, NotRegistered)
    assert (outcome.identifier, outcome.answered_by) == (identifier, authority)
    assert ask.asked == {authority: 1}


def test_a_doi_that_pubmed_gives_may_be_none(ask: Asker) -> None:
    """Said, and not guessed at."""
    ask.registry.records.pubmed["5"] = {"doi": "see the publisher's page"}
    outcome = ask.outcome("PMID:5")
    assert isinstance(outcome, NoIdentifier)
    assert "no DOI" in (outcome.note or "")


def test_pubmed_is_down(ask: Asker) -> None:
    """Its identifiers are unavailable, the DOIs beside them are resolved."""
    ask.registry.set_fault("pubmed", FAULTS["forbidden"])
    by_pmid, by_doi = ask.outcomes(PMID_OF_ARTICLE, NOTICE)
    assert isinstance(by_pmid, Unavailable)
    assert by_pmid.identifier == "PMID 34999901"
    assert isinstance(by_pmid.error, ServiceRejected)
    assert work_of(by_doi).doi == NOTICE
    assert not any(subject.startswith("pmid:") for subject in kinds(ask))


def test_a_second_run_asks_nothing(ask: Asker) -> None:
    """Of identifiers of every kind, the unknown ones included."""
    sources = [
        PMID_OF_ARTICLE, PMID_WITHOUT_DOI, UNKNOWN_PMID, PMCID_OF_ARTICLE,
        UNKNOWN_PMCID, PREPRINT, NEW_PAPER,
    ]  # fmt: skip
    first = ask.outcomes(*sources)
    assert ask.outcomes(*sources) == first
    assert ask.asked == {}


# --- arXiv --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", [PREPRINT, "arXiv:2101.99999v1", "https://arxiv.org/abs/2101.99999v2"]
)
def test_an_arxiv_id_is_its_doi(ask: Asker, source: str) -> None:
    """DataCite has it; arXiv's API is not asked."""
    assert work_of(ask.outcome(source)).doi == "10.48550/arxiv.2101.99999"
    assert ask.asked == {"datacite": 1}


@pytest.mark.parametrize(
    "source",
    [
        NEW_PAPER,
        "10.48550/arXiv.2611.01234",
        "https://doi.org/10.48550/arXiv.2611.01234v1",
    ],
)
def test_a_paper_whose_doi_is_not_registered_yet(ask: Asker, source: str) -> None:
    """The authority says no, and arXiv has it."""
    work = work_of(ask.outcome(source))
    assert work.title == "An invented paper of today"
    assert work.provenance.answered_by == "arxiv"
    assert (work.doi, work.agency) == (None, None)
    assert ask.asked == {"arxiv": 1, "crossref": 1, "datacite": 1, "doi": 1}


def test_a_paper_by_its_doi_in_the_url(ask: Asker) -> None:
    """However the reference names it."""
    url = "https://doi.org/10.48550/arXiv.2611.01234"
    reference = Reference(id="new", url=url)
    assert work_of(ask.outcome(reference)).provenance.answered_by == "arxiv"


def test_what_arxiv_said_is_kept(ask: Asker) -> None:
    """The same outcome in the next run, and offline."""
    first = ask.outcome(NEW_PAPER)
    assert ask.outcome(NEW_PAPER) == first
    assert ask.outcome(NEW_PAPER, offline=True) == first
    assert ask.asked == {}


def test_a_paper_that_nobody_has(ask: Asker) -> None:
    """Not registered, after arXiv was asked once; in both runs."""
    twice = ask.outcomes(NO_PAPER, f"{NO_PAPER}v2")
    assert {type(outcome) for outcome in twice} == {NotRegistered}
    assert ask.asked["arxiv"] == 1
    assert isinstance(ask.outcome(NO_PAPER), NotRegistered)
    assert ask.asked == {}


def test_arxiv_is_down(ask: Asker) -> None:
    """Ignorance; and the handle API's no is not stored as the last word."""
    ask.registry.set_fault("arxiv", FAULTS["forbidden"])
    outcome = ask.outcome(NEW_PAPER)
    assert isinstance(outcome, Unavailable)
    assert outcome.error.service == "arxiv"
    ask.registry.set_fault("arxiv", None)
    assert work_of(ask.outcome(NEW_PAPER)).provenance.answered_by == "arxiv"


# --- what needs no asking -----------------------------------------------------------


def test_what_names_nothing_is_not_asked_about(ask: Asker) -> None:
    """In the order given, and without a request."""
    references = (Reference(id="a", doi="10.1056"), Reference(id="b", title="A title"))
    malformed, nothing = ask.outcomes(*references)
    assert isinstance(malformed, Malformed)
    assert nothing == NoIdentifier()
    assert ask.run(*references).requests == {}


# --- offline ------------------------------------------------------------------------


def test_offline_answers_from_the_store(ask: Asker) -> None:
    """What was asked once is known, and nobody is asked."""
    sources = [ARTICLE, PMID_OF_NOTICE, PREPRINT, UNKNOWN_PMID]
    online = ask.outcomes(*sources)
    assert ask.outcomes(*sources, offline=True) == online
    assert ask.asked == {}


@pytest.mark.parametrize(
    ("source", "identifier"),
    [
        (ARTICLE, ARTICLE),
        (PMID_OF_ARTICLE, "PMID 34999901"),
        (PMCID_OF_ARTICLE, PMCID_OF_ARTICLE),
        (PREPRINT, "10.48550/arXiv.2101.99999"),
    ],
)
def test_offline_without_an_answer(ask: Asker, source: str, identifier: str) -> None:
    """Unavailable, with a hint; no request is sent."""
    outcome = ask.outcome(source, offline=True)
    assert isinstance(outcome, Unavailable)
    assert outcome.identifier == identifier
    assert isinstance(outcome.error, Offline)
    assert outcome.error.hint
    assert ask.asked == {}


def test_offline_with_old_answers(ask: Asker) -> None:
    """Beyond their time to live they are still the best there is."""
    sources = [ARTICLE, PMID_OF_NOTICE, PMCID_OF_ARTICLE, PREPRINT]
    online = ask.outcomes(*sources)
    age(ask, 100)
    assert ask.outcomes(*sources, offline=True) == online
    assert ask.asked == {}


def test_offline_with_an_old_pmid_whose_doi_is_not_stored(ask: Asker) -> None:
    """The DOI is known, and nothing about it."""
    ask.outcome(PMID_OF_ARTICLE)
    with Store(ask.folder / "store.sqlite") as store:
        kept = [a for a in store if a.kind is Kind.IDENTIFIER]
        store.clear()
        store.put(kept)
    age(ask, 100)
    outcome = ask.outcome(PMID_OF_ARTICLE, offline=True)
    assert isinstance(outcome, Unavailable)
    assert outcome.identifier == ARTICLE


def test_offline_does_not_believe_an_old_no(ask: Asker) -> None:
    """Registries only ever gain DOIs."""
    assert isinstance(ask.outcome("10.5555/none"), NotRegistered)
    assert isinstance(ask.outcome("10.5555/none", offline=True), NotRegistered)
    age(ask, 3)
    assert isinstance(ask.outcome("10.5555/none", offline=True), Unavailable)


def test_the_snapshot_answers_offline(ask: Asker) -> None:
    """The bundled facts on a seed work (registries.md 6), marked as such."""
    work = work_of(ask.outcome("10.1038/s41591-022-02017-5", offline=True))
    assert work.provenance.answered_by == "snapshot"
    assert ask.asked == {}


# --- freshness ----------------------------------------------------------------------


def test_old_answers_are_asked_again(ask: Asker) -> None:
    """After their time to live; the prefix is remembered for longer."""
    ask.outcomes(ARTICLE, "10.5072/data.4001")
    age(ask, 61)
    assert work_of(ask.outcome("10.5072/data.4001")).agency == "DataCite"
    assert ask.asked == {"datacite": 1}


def test_refresh_asks_again_and_stores(ask: Asker) -> None:
    """What the store says does not count, what is answered is stored."""
    sources = [ARTICLE, PMID_OF_NOTICE]
    ask.outcomes(*sources)
    ask.outcomes(*sources, refresh=True)
    assert ask.asked == {"crossref": 1, "pubmed": 1}
    ask.outcomes(*sources)
    assert ask.asked == {}


def test_refresh_sees_what_has_been_registered_since(ask: Asker) -> None:
    """A "not registered" of yesterday is no more."""
    doi = "10.5555/soon"
    assert isinstance(ask.outcome(doi), NotRegistered)
    ask.registry.records._agencies[doi] = "KISTI"
    assert isinstance(ask.outcome(doi), NotRegistered)
    assert isinstance(ask.outcome(doi, refresh=True), NoMetadata)
    assert isinstance(ask.outcome(doi), NoMetadata)


def test_refresh_during_an_outage_falls_back(ask: Asker) -> None:
    """The older answer, with the reason why it is not a newer one."""
    ask.outcomes(ARTICLE, PMID_OF_NOTICE)
    for service in ("crossref", "pubmed"):
        ask.registry.set_fault(service, FAULTS["forbidden"])
    for outcome in ask.outcomes(ARTICLE, PMID_OF_NOTICE, refresh=True):
        assert isinstance(outcome, Resolved)
        assert isinstance(outcome.error, ServiceRejected)


def test_an_answer_is_believed_for_sixty_days(ask: Asker) -> None:
    """Memory judges by the clock it is given."""
    ask.outcome(ARTICLE)
    with Store(ask.folder / "store.sqlite") as store:
        later = Memory(store, datetime.now(UTC) + timedelta(days=59))
        assert list(later.recall([f"doi:{ARTICLE}"])) == [f"doi:{ARTICLE}"]
        much_later = Memory(store, datetime.now(UTC) + timedelta(days=61))
        assert much_later.recall([f"doi:{ARTICLE}"]) == {}
