"""Which registry is asked for which DOI, and how often (registries.md 1 to 3)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from asking import Asker
from lupusrefs.errors import ServiceRejected
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.work import Work
from lupusrefs.store import Store
from registry.faults import FAULTS
from registry.records import Records
from registry.server import Registry

# The loopback registry's own records (tests/registry/own/SOURCES.md).
ARTICLE = "10.5555/lupus.2021.101"
SICI = "10.5555/(sici)1521-4141(199904)29:4<1117::aid-lup7>3.0.co;2-p"
FULL_STOP = "10.5555/lupus.2014.12.36."
COMMA = "10.5555/lupus.2016.a,b.7"
MERGED, SUCCESSOR = "10.5555/preprint.77", "10.5555/preprint.77.v5"
DATA, SOFTWARE = "10.5072/data.4001", "10.5072/software.lupuscount"
HIDDEN = "10.5072/data.hidden"  # registered at DataCite, not findable
MEDRA, EMPTY = "10.5555/medra.8105", "10.5555/medra.empty"
KISTI = "10.5555/kisti.2011.28"
PUBLIC = "10.5555/12345678"
SHORT = "10/abcd"  # of ARTICLE
UNKNOWN = "10.5555/nobody.registered.this"


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Asker:
    """The polite pool, and an empty store."""
    return Asker(registry, tmp_path)


def work_of(outcome: Outcome) -> Work:
    """The work of a DOI that is resolved."""
    assert isinstance(outcome, Resolved), outcome
    assert outcome.error is None
    return outcome.work


def many(registry: Registry, count: int) -> list[str]:
    """So many invented Crossref DOIs, which the registry now has."""
    registry.records = Records(synthetic=count)
    registry.registries.crossref._records = registry.records
    return [f"10.5555/bench.{number}" for number in range(count)]


# --- one agency's DOI ---------------------------------------------------------------


@pytest.mark.parametrize("doi", [ARTICLE, SICI, FULL_STOP])
def test_a_crossref_doi_is_one_list_request(ask: Asker, doi: str) -> None:
    """The list has nearly everything; nobody else is asked."""
    assert work_of(ask.outcome(doi.upper())).doi == doi
    assert ask.asked == {"crossref": 1}
    assert len(ask.listed("crossref")) == 1


def test_a_doi_with_a_comma_is_asked_singly(ask: Asker) -> None:
    """It would break the filter (2.3)."""
    assert work_of(ask.outcome(COMMA)).doi == COMMA
    assert ask.asked == {"crossref": 1}
    assert ask.listed("crossref") == []


def test_a_datacite_doi_of_an_unknown_prefix(ask: Asker) -> None:
    """Crossref's list, then DataCite's."""
    work = work_of(ask.outcome(DATA))
    assert (work.doi, work.agency) == (DATA, "DataCite")
    assert ask.asked == {"crossref": 1, "datacite": 1}


def test_datacite_prefixes_start_at_datacite(ask: Asker) -> None:
    """10.48550 is arXiv's (4): no request to Crossref, which would be a 404."""
    work = work_of(ask.outcome("10.48550/arXiv.2101.99999"))
    assert work.agency == "DataCite"
    assert ask.asked == {"datacite": 1}


def test_a_prefix_learnt_in_one_run_is_used_in_the_next(ask: Asker) -> None:
    """10.5072 is DataCite's."""
    ask.outcome(DATA)
    assert work_of(ask.outcome(SOFTWARE)).agency == "DataCite"
    assert ask.asked == {"datacite": 1}


def test_a_prefix_is_only_a_hint(ask: Asker) -> None:
    """A Crossref DOI under a prefix learnt as DataCite's is found all the same."""
    with Store(ask.folder / "store.sqlite") as store:
        Memory(store, datetime.now(UTC)).remember_agency("10.5555", "DataCite")
    assert work_of(ask.outcome(ARTICLE)).agency == "Crossref"
    assert ask.asked == {"datacite": 1, "crossref": 1}


@pytest.mark.parametrize("in_lists", [True, False])
def test_a_merged_doi_is_its_successor(ask: Asker, *, in_lists: bool) -> None:
    """Whether lists know it under its successor's name is not on record (2.2, 7.8)."""
    ask.registry.registries.crossref.merged_in_lists = in_lists
    assert work_of(ask.outcome(MERGED)).doi == SUCCESSOR


def test_a_merged_doi_beside_its_successor(ask: Asker) -> None:
    """Both are the successor's work, and both are remembered."""
    works = [work_of(one).doi for one in ask.outcomes(MERGED, SUCCESSOR)]
    assert works == [SUCCESSOR, SUCCESSOR]
    ask.outcomes(MERGED, SUCCESSOR)
    assert ask.asked == {}


# --- other agencies, and none -------------------------------------------------------


def test_another_agency_is_asked_by_content_negotiation(ask: Asker) -> None:
    """MEDRA has no list: the handle, the agency, its server (1.4)."""
    work = work_of(ask.outcome(MEDRA))
    assert (work.doi, work.agency) == (MEDRA, "mEDRA")
    assert work.title == "Un lavoro noto soltanto a mEDRA"
    assert work.provenance.answered_by == "doi.org"
    assert ask.asked["medra"] == 1


def test_204_is_registered_without_metadata(ask: Asker) -> None:
    """The agency is known, and that is all (1.4)."""
    outcome = ask.outcome(EMPTY)
    assert isinstance(outcome, NoMetadata)
    assert (outcome.doi, outcome.agency) == (EMPTY, "mEDRA")


@pytest.mark.parametrize(("doi", "agency"), [(KISTI, "KISTI"), (PUBLIC, "Public")])
def test_an_agency_without_csl_json(ask: Asker, doi: str, agency: str) -> None:
    """Its landing page is no failure (1.5)."""
    outcome = ask.outcome(doi)
    assert isinstance(outcome, NoMetadata)
    assert outcome.agency == agency
    assert ask.asked["landing"] == 1


def test_a_page_of_an_agency_with_csl_json(ask: Asker) -> None:
    """Of mEDRA it is an outage: unavailable, and who registered it."""
    ask.registry.set_fault("medra", FAULTS["bot-page-html"])
    outcome = ask.outcome(MEDRA)
    assert isinstance(outcome, Unavailable)
    assert outcome.agency == "mEDRA"
    assert "HTML" in str(outcome.error)


def test_registered_at_datacite_but_not_findable(ask: Asker) -> None:
    """The public API does not show it (3): registered, no metadata."""
    outcome = ask.outcome(HIDDEN)
    assert isinstance(outcome, NoMetadata)
    assert outcome.agency == "DataCite"


def test_not_registered_is_the_handle_apis_word(ask: Asker) -> None:
    """Two lists and one handle; no agency is asked about what does not exist."""
    outcome = ask.outcome(UNKNOWN)
    assert isinstance(outcome, NotRegistered)
    assert (outcome.identifier, outcome.answered_by) == (UNKNOWN, "doi.org")
    assert ask.asked == {"crossref": 1, "datacite": 1, "doi": 1}


def test_doira_speaks_where_the_handle_api_cannot(ask: Asker) -> None:
    """It is the other authority (1.1, 1.2)."""
    ask.registry.set_fault("doi", FAULTS["forbidden"], times=1)
    assert isinstance(ask.outcome(UNKNOWN), NotRegistered)
    assert [one.path_and_query for one in ask.sent("doi")][1].startswith("/doi/doiRA/")


def test_the_agency_of_a_prefix_is_asked_once(ask: Asker) -> None:
    """However many of its DOIs wait for it; the list's own order is kept."""
    ask.outcomes(MEDRA, EMPTY, KISTI)
    prefixes = [r for r in ask.sent("doi") if r.path_and_query.endswith("/10.5555")]
    assert len(prefixes) == 1


# --- readings -----------------------------------------------------------------------


def test_a_trailing_full_stop_that_belongs_to_the_doi(ask: Asker) -> None:
    """The registry decides, in one request for both readings (5)."""
    assert work_of(ask.outcome(FULL_STOP)).doi == FULL_STOP
    assert ask.listed("crossref") == [[FULL_STOP, FULL_STOP.rstrip(".")]]


def test_a_trailing_full_stop_that_ends_a_sentence(ask: Asker) -> None:
    """The trimmed reading is the registered one."""
    assert work_of(ask.outcome(f"{ARTICLE}.")).doi == ARTICLE
    assert ask.asked == {"crossref": 1}
    ask.outcome(f"{ARTICLE}.")
    assert ask.asked == {}


def test_no_reading_is_registered(ask: Asker) -> None:
    """All of them are asked about before that is said, and it is kept of all."""
    outcome = ask.outcome(f"{UNKNOWN}.)")
    assert isinstance(outcome, NotRegistered)
    assert outcome.identifier == f"{UNKNOWN}.)"
    readings = len(Doi.parse(f"{UNKNOWN}.)").candidates)
    assert readings > 1
    assert ask.asked == {"crossref": 1, "datacite": 1, "doi": readings}
    ask.outcome(f"{UNKNOWN}.)")
    assert ask.asked == {}


# --- aliases ------------------------------------------------------------------------


def test_a_short_doi_is_expanded_first(ask: Asker) -> None:
    """Only doi.org knows it (5): one handle, then the list."""
    assert work_of(ask.outcome(f"https://doi.org/{SHORT[3:]}")).doi == ARTICLE
    assert ask.asked == {"doi": 1, "crossref": 1}
    ask.outcome(SHORT)
    assert ask.asked == {}


def test_a_short_doi_of_a_datacite_doi(ask: Asker) -> None:
    """The prefix that counts is the target's."""
    ask.registry.records.short_dois["10/efgh"] = "10.48550/arxiv.2101.99999"
    assert work_of(ask.outcome("10/efgh")).agency == "DataCite"
    assert ask.asked == {"doi": 1, "datacite": 1}


def test_an_unknown_short_doi(ask: Asker) -> None:
    """Handle code 102 is no verdict; 100 is."""
    assert isinstance(ask.outcome("10/zzzz"), NotRegistered | Unavailable)
    assert "crossref" not in ask.asked


def test_an_alias_is_followed(ask: Asker) -> None:
    """A DOI whose handle has ``HS_ALIAS`` is the other DOI's work."""
    ask.registry.records.short_dois["10.5555/alias"] = DATA
    work = work_of(ask.outcome("10.5555/alias"))
    assert work.doi == DATA
    ask.outcome("10.5555/alias")
    assert ask.asked == {}


@pytest.mark.parametrize(
    "aliases",
    [
        {"10.5555/loop": "10.5555/loop"},
        {"10.5555/loop": "10.5555/back", "10.5555/back": "10.5555/loop"},
        {"10.5555/loop": "10/loop", "10/loop": "10.5555/loop"},
        {"10.5555/loop": "not a DOI"},
    ],
)
def test_an_alias_loop_ends(ask: Asker, aliases: dict[str, str]) -> None:
    """Registered, and that is all that can be known of it."""
    ask.registry.records.short_dois.update(aliases)
    outcome = ask.outcome("10.5555/loop")
    assert isinstance(outcome, NoMetadata)
    assert outcome.agency == "unknown"
    assert ask.asked["doi"] <= 5


@pytest.mark.parametrize(("length", "kind"), [(3, Resolved), (6, NoMetadata)])
def test_a_chain_of_aliases(ask: Asker, length: int, kind: type) -> None:
    """More than three in a row are as good as a loop."""
    chain = [*(f"10.5555/alias.{number}" for number in range(length)), DATA]
    ask.registry.records.short_dois.update(pairwise(chain))
    assert isinstance(ask.outcome(chain[0]), kind)


def test_an_unknown_agency_teaches_nothing_of_its_prefix(ask: Asker) -> None:
    """After an alias that leads nowhere, the prefix's DOIs are asked as before."""
    ask.registry.records.short_dois["10.5072/loop"] = "10.5072/loop"
    ask.outcome(DATA)
    ask.outcome("10.5072/loop")
    work_of(ask.outcome(SOFTWARE))
    assert ask.asked == {"datacite": 1}


def test_an_alias_teaches_nothing_of_its_own_prefix(ask: Asker) -> None:
    """What was learnt is that of the work: 10.5072 is DataCite's."""
    ask.registry.records.short_dois["10.5555/alias"] = DATA
    ask.outcome("10.5555/alias")
    work_of(ask.outcome(ARTICLE))
    assert ask.asked == {"crossref": 1}
    work_of(ask.outcome(SOFTWARE))
    assert ask.asked == {"datacite": 1}


# --- as few requests as the registries allow ----------------------------------------


def test_a_hundred_crossref_dois_are_one_or_two_requests(ask: Asker) -> None:
    """One list, as far as the URL's budget holds (2.3)."""
    dois = many(ask.registry, 100)
    outcomes = ask.outcomes(*dois)
    assert [work_of(outcome).doi for outcome in outcomes] == dois
    assert ask.asked == {"crossref": 1}


def test_a_mixed_library(ask: Asker) -> None:
    """Each list once, each straggler what it needs, and nothing more."""
    dois = [*many(ask.registry, 30), ARTICLE, DATA, SOFTWARE, UNKNOWN, COMMA]
    outcomes = ask.outcomes(*dois)
    assert sum(isinstance(outcome, Resolved) for outcome in outcomes) == 34
    assert isinstance(outcomes[dois.index(UNKNOWN)], NotRegistered)
    # A list and the comma; a list; the handle of what nobody has.
    assert ask.asked == {"crossref": 2, "datacite": 1, "doi": 1}


def test_nothing_is_asked_twice_in_one_run(ask: Asker) -> None:
    """Of all kinds of DOIs at once."""
    dois = [ARTICLE, COMMA, DATA, HIDDEN, MEDRA, EMPTY, KISTI, UNKNOWN, SHORT]
    ask.outcomes(*dois, "10.5555/unknown,with.a.comma", "10.5555/nobody.either")
    targets = [one.path_and_query for one in ask.registry.log]
    assert sorted(targets) == sorted(set(targets))


def test_a_comma_doi_of_another_agency_is_asked_once_at_each(ask: Asker) -> None:
    """Crossref and DataCite have said no already when its agency is found."""
    doi = "10.5555/medra.a,b"
    ask.registry.records._agencies[doi] = "mEDRA"
    assert isinstance(ask.outcome(doi), NoMetadata)
    targets = [one.path_and_query for one in ask.registry.log]
    assert sorted(targets) == sorted(set(targets))


def test_duplicates_are_asked_once(ask: Asker) -> None:
    """In whatever spelling."""
    spellings = (
        ARTICLE,
        ARTICLE.upper(),
        f"https://doi.org/{ARTICLE}",
        f"doi:{ARTICLE}",
    )
    outcomes = ask.outcomes(*spellings)
    assert [work_of(outcome).doi for outcome in outcomes] == [ARTICLE] * 4
    assert ask.listed("crossref") == [[ARTICLE]]


def test_a_second_run_asks_nothing(ask: Asker) -> None:
    """Works, registered ones without metadata and unregistered ones are stored."""
    dois = [ARTICLE, COMMA, MERGED, DATA, HIDDEN, MEDRA, EMPTY, KISTI, SHORT, UNKNOWN]
    first = ask.outcomes(*dois)
    second = ask.outcomes(*dois)
    assert second == first
    assert ask.asked == {}


def test_a_proxy_with_little_room_is_learnt(ask: Asker) -> None:
    """Refused by 414, halved, and then asked in batches that fit (2.3)."""
    dois = many(ask.registry, 60)
    ask.registry.max_url_bytes = 1500
    ask.flags["crossref_token"] = "plus"  # noqa: S105 - for its pace
    outcomes = ask.outcomes(*dois)
    assert [work_of(outcome).doi for outcome in outcomes] == dois
    refused = [one for one in ask.sent("crossref") if one.status == 414]
    assert len(refused) <= 2


def test_no_room_for_a_list_at_all(ask: Asker) -> None:
    """What a list refuses even alone is asked as a single record."""
    ask.registry.max_url_bytes = 300
    ask.flags["crossref_token"] = "plus"  # noqa: S105 - for its pace
    outcomes = ask.outcomes(ARTICLE, FULL_STOP, DATA)
    assert [work_of(one).doi for one in outcomes] == [ARTICLE, FULL_STOP, DATA]


def test_progress_adds_up_to_the_number_of_dois(ask: Asker) -> None:
    """Of every kind, aliases and failures included; duplicates count once."""
    ask.registry.records.short_dois["10.5555/alias"] = ARTICLE
    ask.registry.set_fault("medra", FAULTS["forbidden"])
    dois = [
        ARTICLE, COMMA, MERGED, DATA, HIDDEN, MEDRA, KISTI, SHORT, "10.5555/alias",
        UNKNOWN, "10/zzzz", FULL_STOP,
    ]  # fmt: skip
    settled: list[int] = []
    outcomes = ask.outcomes(*dois, ARTICLE, progress=settled.append)
    assert isinstance(outcomes[dois.index(MEDRA)], Unavailable)
    assert sum(settled) == len(dois)
    again: list[int] = []
    ask.outcomes(*dois, progress=again.append)
    assert sum(again) == len(dois)


# --- outages ------------------------------------------------------------------------


def test_a_crossref_outage_leaves_its_dois_unavailable(ask: Asker) -> None:
    """Registered, and Crossref's own failure is the reason given."""
    ask.registry.set_fault("crossref", FAULTS["forbidden"])
    outcome = ask.outcome(ARTICLE)
    assert isinstance(outcome, Unavailable)
    assert outcome.agency == "Crossref"
    assert isinstance(outcome.error, ServiceRejected)
    assert outcome.error.service == "crossref"


def test_an_agencys_own_failure_says_more_than_the_resolvers(ask: Asker) -> None:
    """Where both are down."""
    ask.registry.fault = FAULTS["forbidden"]
    outcome = ask.outcome(ARTICLE)
    assert isinstance(outcome, Unavailable)
    assert outcome.error.service == "crossref"


def test_one_service_down_does_not_cost_the_others(ask: Asker) -> None:
    """DataCite's DOIs are resolved while Crossref is blocked, and the reverse."""
    ask.registry.set_fault("crossref", FAULTS["forbidden"])
    assert work_of(ask.outcome(DATA)).agency == "DataCite"
    ask.registry.set_fault("crossref", None)
    ask.registry.set_fault("datacite", FAULTS["forbidden"])
    assert work_of(ask.outcome(ARTICLE)).agency == "Crossref"


def test_an_outage_is_not_stored(ask: Asker) -> None:
    """The next run asks again."""
    ask.registry.set_fault("crossref", FAULTS["forbidden"])
    assert isinstance(ask.outcome(ARTICLE), Unavailable)
    ask.registry.set_fault("crossref", None)
    assert work_of(ask.outcome(ARTICLE)).doi == ARTICLE


def test_the_plus_token_is_crossrefs_alone(ask: Asker) -> None:
    """It pays for Crossref's pace, and stands in no store."""
    token = "very-secret-plus-key"  # noqa: S105 - invented
    ask.flags["crossref_token"] = token
    outcomes = ask.outcomes(ARTICLE, COMMA, DATA, MEDRA, UNKNOWN)
    assert all(token not in repr(outcome) for outcome in outcomes)
    assert all(token not in one.path_and_query for one in ask.registry.log)
    stored = b"".join(path.read_bytes() for path in ask.folder.iterdir())
    assert token.encode() not in stored
    assert b"reader@example.org" not in stored
