"""What is known without asking: outcomes and answers, ages, prefixes, last resorts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lupusrefs.errors import ServiceUnreachable
from lupusrefs.memory import Memory, Verdict
from lupusrefs.model.dates import OPEN_END, Date, PartialDate
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.outcome import NoMetadata, NotRegistered, Resolved
from lupusrefs.model.work import (
    Provenance,
    RegisteredDate,
    Relation,
    Update,
    Work,
)
from lupusrefs.store import Answer, Kind, Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DOI = "doi:10.1000/1"
# Cited in the seed document, and so in the snapshot (registries.md 6).
SEED = "doi:10.1038/s41591-022-02017-5"


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store that lives in memory only."""
    with Store(None) as opened:
        yield opened


def work(fetched: datetime = NOW, agency: str | None = "Crossref") -> Work:
    """A small registered work."""
    provenance = Provenance(answered_by="crossref", url=None, fetched=fetched)
    return Work(id="10.1000/1", title="A title", agency=agency, provenance=provenance)


def rich_work() -> Work:
    """A work with something in every field that only registries fill."""
    date = Date(PartialDate(2022, 10), PartialDate(2022, 11, 3), circa=True)
    return Work(
        id="10.1000/1",
        type="article-journal",
        author=(
            Name(family="Spee-Mayer", given="C", non_dropping_particle="von"),
            Name(literal="ATLAS", static_ordering=True),
            OTHERS,
        ),
        issued=date,
        accessed=Date(PartialDate(2020), OPEN_END),
        submitted=Date(literal="in press"),
        page="12–13",
        doi="10.1000/1",
        title='<i>T</i> cells & "quotes"\n\u2028 \U0001f600',
        categories=("a", ""),
        custom={"deep": [1, 2.5, None, {"x": True}]},
        agency="Crossref",
        registered_type="journal-article",
        titles=("One", "Two"),
        subtitles=("Sub",),
        container_titles=("Nature Medicine", "Nat Med"),
        dates=(RegisteredDate(kind="online", date=Date(PartialDate(2022, 9, 15))),),
        article_number="e1",
        updates=(Update(doi="10.1000/0", type="correction", date=date),),
        updated_by=(Update(doi="10.1000/2", type="retraction", source="publisher"),),
        relations=(Relation(type="has-preprint", id="10.1101/1", id_type="doi"),),
        aliases=("10.1000/old",),
        state="findable",
        provenance=Provenance(
            answered_by="crossref", url="https://api.crossref.org/works", fetched=NOW
        ),
    )


# -- outcomes and answers --------------------------------------------------------


@pytest.mark.parametrize(
    "verdict",
    [
        Resolved(work()),
        Resolved(work(agency=None)),
        Resolved(rich_work()),
        NoMetadata("10.1000/1", "mEDRA", "doi.org", NOW),
        NotRegistered("10.1000/Ä", "doi.org", NOW - DAY),
    ],
    ids=["small work", "no agency", "rich work", "no metadata", "not registered"],
)
def test_what_is_remembered_is_recalled_as_it_was(
    store: Store, verdict: Verdict
) -> None:
    """Every field, and the moment of the answer."""
    Memory(store, NOW).remember({DOI: verdict})
    assert Memory(store, NOW).recall([DOI, "doi:10.1000/2"]) == {DOI: verdict}


def test_the_age_of_an_answer_is_that_of_the_registry_s_word(store: Store) -> None:
    """Not of the moment at which it was stored: an old work stays old."""
    Memory(store, NOW).remember({DOI: Resolved(work(NOW - 59 * DAY))})
    assert store.get([DOI])[DOI].fetched == NOW - 59 * DAY
    assert DOI in Memory(store, NOW + DAY).recall([DOI])
    assert Memory(store, NOW + 2 * DAY).recall([DOI]) == {}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.WORK, "{}"),
        (Kind.WORK, '{"id": "10.1000/1", "field-of-tomorrow": 1}'),
        (Kind.WORK, "[]"),
        (Kind.WORK, "no JSON"),
        (Kind.NO_METADATA, '{"doi": "10.1000/1"}'),
        (Kind.NO_METADATA, "null"),
        (Kind.NO_METADATA, "no JSON"),
        (Kind.NOT_REGISTERED, '{"identifier": "10.1000/1"}'),
        (Kind.NOT_REGISTERED, "7"),
        (Kind.NOT_REGISTERED, "{"),
        (Kind.PREFIX, '{"agency": "Crossref"}'),
    ],
)
def test_a_body_of_another_version_is_a_miss(
    store: Store, kind: Kind, body: str
) -> None:
    """It is asked for again, fresh or stale; nothing fails."""
    store.put([Answer(DOI, kind, body, NOW)])
    memory = Memory(store, NOW)
    assert memory.recall([DOI]) == {}
    assert memory.recall([DOI], stale=True) == {}
    assert memory.last_resort(DOI) is None


def test_a_damaged_body_does_not_cost_the_others(store: Store) -> None:
    """One bad row among good ones."""
    store.put([Answer("doi:10.1000/2", Kind.WORK, "{", NOW)])
    memory = Memory(store, NOW)
    memory.remember({DOI: Resolved(work())})
    assert memory.recall([DOI, "doi:10.1000/2"]) == {DOI: Resolved(work())}


# -- ages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verdict",
    [
        Resolved(work(NOW - 400 * DAY)),
        NoMetadata("10.1000/1", "mEDRA", "doi.org", NOW - 400 * DAY),
    ],
    ids=["work", "no metadata"],
)
def test_a_stale_answer_counts_only_where_it_is_asked_for(
    store: Store, verdict: Verdict
) -> None:
    """Better than nothing where no registry can be asked."""
    memory = Memory(store, NOW)
    memory.remember({DOI: verdict})
    assert memory.recall([DOI]) == {}
    assert memory.recall([DOI], stale=True) == {DOI: verdict}
    assert memory.last_resort(DOI) == verdict


def test_a_stale_not_registered_is_never_used(store: Store) -> None:
    """Registries only ever gain DOIs: ignorance is never a verdict."""
    memory = Memory(store, NOW)
    old = NotRegistered("10.1000/1", "doi.org", NOW - 2 * DAY - timedelta(seconds=1))
    memory.remember({DOI: old})
    assert memory.recall([DOI]) == {}
    assert memory.recall([DOI], stale=True) == {}
    assert memory.last_resort(DOI) is None


def test_a_fresh_not_registered_is_believed(store: Store) -> None:
    """For two days (docs/configuration.md), so that a run repeated asks nothing."""
    fresh = NotRegistered("10.1000/1", "doi.org", NOW - 2 * DAY)
    memory = Memory(store, NOW)
    memory.remember({DOI: fresh})
    assert memory.recall([DOI]) == {DOI: fresh}
    assert memory.recall([DOI], stale=True) == {DOI: fresh}


def test_refresh_believes_nothing_and_stores_what_is_new(store: Store) -> None:
    """The next run without it has the new answer."""
    Memory(store, NOW).remember({DOI: NotRegistered("10.1000/1", "doi.org", NOW)})
    later = NOW + timedelta(minutes=1)
    refreshing = Memory(store, later, refresh=True)
    assert refreshing.recall([DOI]) == {}
    refreshing.remember({DOI: Resolved(work(later))})
    assert refreshing.recall([DOI]) == {}
    assert Memory(store, later).recall([DOI]) == {DOI: Resolved(work(later))}


def test_refresh_falls_back_on_the_store(store: Store) -> None:
    """Where nobody can be asked, an old answer beats none."""
    Memory(store, NOW).remember({DOI: Resolved(work())})
    refreshing = Memory(store, NOW + DAY, refresh=True)
    assert refreshing.last_resort(DOI) == Resolved(work())


# -- prefixes --------------------------------------------------------------------


def test_a_work_teaches_who_registers_under_its_prefix(store: Store) -> None:
    """In this run and in later ones; "not registered" teaches nothing."""
    memory = Memory(store, NOW)
    memory.remember(
        {
            "doi:10.1000/1": Resolved(work()),
            "doi:10.2000/1": NoMetadata("10.2000/1", "mEDRA", "doi.org", NOW),
            "doi:10.3000/1": NotRegistered("10.3000/1", "doi.org", NOW),
            "doi:10.4000/1": Resolved(work(agency=None)),
        }
    )
    asked = ["10.1000", "10.2000", "10.3000", "10.4000"]
    learnt = {"10.1000": "Crossref", "10.2000": "mEDRA"}
    assert memory.recall_agencies(asked) == learnt
    assert Memory(store, NOW).recall_agencies(asked) == learnt


def test_an_alias_teaches_nothing_about_its_own_prefix(store: Store) -> None:
    """What was registered counts, and not under which name it was asked for."""
    memory = Memory(store, NOW)
    memory.remember({"doi:10.5555/alias": Resolved(work())})
    known = memory.recall_agencies(["10.5555", "10.1000"])
    assert known == {"10.1000": "Crossref"}


@pytest.mark.parametrize("agency", ["unknown", "Unknown", ""])
def test_an_agency_that_is_not_known_is_not_learnt(store: Store, agency: str) -> None:
    """DoiRA calls some "Unknown" (registries.md 1.2); asking again may help."""
    memory = Memory(store, NOW)
    memory.remember({DOI: NoMetadata("10.1000/1", agency, "doi.org", NOW)})
    memory.remember_agency("10.2000", agency)
    assert memory.recall_agencies(["10.1000", "10.2000"]) == {}
    assert store.count() == {Kind.NO_METADATA: 1}


def test_a_prefix_is_stored_once_in_a_run(store: Store) -> None:
    """A thousand works of one publisher are one fact."""
    memory = Memory(store, NOW)
    memory.remember({f"doi:10.1000/{n}": Resolved(work()) for n in range(1000)})
    assert store.count() == {Kind.WORK: 1000, Kind.PREFIX: 1}


def test_what_was_learnt_goes_before_what_was_built_in(store: Store) -> None:
    """Zenodo's prefix is DataCite's; prefixes move, though."""
    memory = Memory(store, NOW)
    assert memory.recall_agencies(["10.5281", "10.1000"]) == {"10.5281": "DataCite"}
    memory.remember_agency("10.5281", "Crossref")
    assert memory.recall_agencies(["10.5281"]) == {"10.5281": "Crossref"}
    assert Memory(store, NOW).recall_agencies(["10.5281"]) == {"10.5281": "Crossref"}


def test_a_prefix_is_believed_for_a_year(store: Store) -> None:
    """Then it is learnt again."""
    Memory(store, NOW).remember_agency("10.1000", "JaLC")
    assert Memory(store, NOW + 365 * DAY).recall_agencies(["10.1000"])
    assert Memory(store, NOW + 366 * DAY).recall_agencies(["10.1000"]) == {}


@pytest.mark.parametrize("body", ["{", "[]", '{"agency": 5}', "{}"])
def test_a_prefix_of_another_version_is_a_miss(store: Store, body: str) -> None:
    """The hint that is built in counts again."""
    store.put([Answer("prefix:10.5281", Kind.PREFIX, body, NOW)])
    known = Memory(store, NOW).recall_agencies(["10.5281"])
    assert known == {"10.5281": "DataCite"}


# -- other identifiers -----------------------------------------------------------


def test_the_doi_of_another_identifier_is_kept(store: Store) -> None:
    """Also that there is none: it need not be asked for again."""
    dois = {"pmid:34347960": "10.1056/NEJMc2107725", "pmid:1": None}
    Memory(store, NOW).remember_dois(dois)
    asked = [*dois, "pmid:2"]
    assert Memory(store, NOW).recall_dois(asked) == dois
    old = Memory(store, NOW + 61 * DAY)
    assert old.recall_dois(asked) == {}
    assert old.recall_dois(asked, stale=True) == dois


def test_refresh_asks_for_the_doi_again(store: Store) -> None:
    """And falls back on what is stored."""
    Memory(store, NOW).remember_dois({"pmid:1": "10.1000/1"})
    refreshing = Memory(store, NOW, refresh=True)
    assert refreshing.recall_dois(["pmid:1"]) == {}
    assert refreshing.recall_dois(["pmid:1"], stale=True) == {"pmid:1": "10.1000/1"}


def test_what_is_said_of_a_pmid_itself_is_no_doi(store: Store) -> None:
    """That there is no such PMID does not mean that it has no DOI."""
    verdict = NotRegistered("PMID 99999999", "pubmed", NOW)
    memory = Memory(store, NOW)
    memory.remember({"pmid:99999999": verdict})
    assert memory.recall_dois(["pmid:99999999"]) == {}
    assert memory.recall(["pmid:99999999"]) == {"pmid:99999999": verdict}


@pytest.mark.parametrize("body", ["{", "{}", '{"doi": 5}', "null"])
def test_a_damaged_body_does_not_say_that_there_is_no_doi(
    store: Store, body: str
) -> None:
    """Ignorance is no verdict: the registry is asked again."""
    store.put([Answer("pmid:1", Kind.IDENTIFIER, body, NOW)])
    assert Memory(store, NOW).recall_dois(["pmid:1"]) == {}


# -- the last resort -------------------------------------------------------------


def test_the_last_resort_is_the_store_then_the_snapshot(store: Store) -> None:
    """A registry's own word goes before ours, however old."""
    memory = Memory(store, NOW)
    first = memory.last_resort(SEED)
    assert isinstance(first, Resolved)
    assert first.work.provenance.answered_by == "snapshot"
    assert first.work.volume == "28"
    stale = Resolved(work(NOW - 1000 * DAY))
    memory.remember({SEED: stale})
    assert memory.last_resort(SEED) == stale
    assert memory.last_resort("doi:10.1000/nowhere") is None


def test_the_snapshot_stands_in_for_a_stale_not_registered(store: Store) -> None:
    """It was registered since, for all we know."""
    memory = Memory(store, NOW)
    memory.remember({SEED: NotRegistered("x", "doi.org", NOW - 3 * DAY)})
    found = memory.last_resort(SEED)
    assert isinstance(found, Resolved)
    assert found.work.provenance.answered_by == "snapshot"


def test_the_snapshot_is_found_by_other_identifiers(store: Store) -> None:
    """The PNAS article is known by its PMCID only (registries.md 6)."""
    found = Memory(store, NOW).last_resort("pmcid:PMC2806746")
    assert isinstance(found, Resolved)
    assert found.work.page == "204-209"


def test_the_snapshot_is_never_recalled_nor_stored(store: Store) -> None:
    """It answers only where no registry can be asked."""
    memory = Memory(store, NOW)
    assert memory.last_resort(SEED) is not None
    assert memory.recall([SEED]) == {}
    assert memory.recall([SEED], stale=True) == {}
    assert list(store) == []


def test_why_an_older_answer_stood_in_is_not_stored(store: Store) -> None:
    """The error was of that day; the work is what is remembered."""
    error = ServiceUnreachable("no connection", service="crossref", url="")
    memory = Memory(store, NOW)
    memory.remember({DOI: Resolved(work(), error)})
    assert memory.recall([DOI]) == {DOI: Resolved(work())}
    assert "no connection" not in json.dumps([one.body for one in store])
