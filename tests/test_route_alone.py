"""The router with registries made for one purpose, and no network at all."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from lupusrefs.case import Case
from lupusrefs.errors import ServiceError, ServiceUnreachable
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.work import Provenance, Work
from lupusrefs.route import Router
from lupusrefs.services.doi_org import AgencyRecord, HandleRecord
from lupusrefs.services.protocol import ListAnswer
from lupusrefs.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DOI = "10.5555/a"


def down(service: str) -> ServiceError:
    """Why nothing can be said."""
    return ServiceUnreachable("down", service=service, url="")


def a_work(doi: str, agency: str | None = None) -> Work:
    """A small work."""
    said = Provenance(answered_by="fake", fetched=NOW)
    return Work(id=doi, doi=doi, title=f"On {doi}", agency=agency, provenance=said)


@dataclass(slots=True)
class Agency:
    """An agency that lists some DOIs, and has others as single records only.

    Attributes:
        listed: what its list has.
        single: what it gives as a single record, or why it does not.
        failed: what its list cannot say anything about.
        asked: the DOIs it was asked for singly.
        chance: how many turns an answer takes; None answers at once.
    """

    name: str
    listed: frozenset[str] = frozenset()
    single: dict[str, Work | ServiceError] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    chance: random.Random | None = None

    async def _wait(self) -> None:
        for _ in range(self.chance.randrange(20) if self.chance else 0):
            await asyncio.sleep(0)

    @staticmethod
    def lists(doi: str) -> bool:
        """No comma."""
        return "," not in doi

    @staticmethod
    def batches(dois: Sequence[str]) -> list[list[str]]:
        """Three at a time."""
        return [list(dois[start : start + 3]) for start in range(0, len(dois), 3)]

    async def fetch_list(self, dois: Sequence[str]) -> ListAnswer:
        """What the list has, and what it failed at."""
        await self._wait()
        return ListAnswer(
            {doi: a_work(doi, self.name) for doi in dois if doi in self.listed},
            {doi: down(self.name) for doi in dois if doi in self.failed},
        )

    async def fetch_one(self, doi: str) -> Work | None:
        """A single record."""
        self.asked.append(doi)
        await self._wait()
        found = self.single.get(doi)
        if isinstance(found, ServiceError):
            raise found
        return found


@dataclass(slots=True)
class Resolver:
    """The resolver: DOIs ending in "none" are not registered, "down" it cannot say.

    Attributes:
        agencies: DOI or prefix -> agency, as doiRA says; it is down for the others.
    """

    agencies: dict[str, str] = field(default_factory=dict)
    chance: random.Random | None = None
    negotiated: list[tuple[str, str]] = field(default_factory=list)

    async def _wait(self) -> None:
        for _ in range(self.chance.randrange(20) if self.chance else 0):
            await asyncio.sleep(0)

    async def fetch_handle(self, doi: str) -> HandleRecord:
        """The handle API's word."""
        await self._wait()
        if doi.endswith("down"):
            raise down("doi.org")
        return HandleRecord(doi, not doi.endswith("none"), None, NOW)

    async def fetch_agency(self, doi: str) -> AgencyRecord:
        """DoiRA's word."""
        await self._wait()
        if doi not in self.agencies:
            raise down("doi.org")
        return AgencyRecord(doi, self.agencies[doi], NOW)

    async def negotiate(self, doi: str, agency: str) -> Work | None:
        """No agency serves metadata here."""
        self.negotiated.append((doi, agency))
        await self._wait()
        return None


@dataclass(slots=True)
class World:
    """All that the router needs."""

    crossref: Agency = field(default_factory=lambda: Agency("Crossref"))
    datacite: Agency = field(default_factory=lambda: Agency("DataCite"))
    doi_org: Resolver = field(default_factory=Resolver)
    pubmed: None = None
    arxiv: None = None

    def outcomes(
        self, *dois: str, agency_of_prefix: str | None = None
    ) -> list[Outcome | None]:
        """Route some DOIs."""
        cases = [Case.of(Doi.parse(doi)) for doi in dois]
        with Store(None) as store:
            memory = Memory(store, NOW)
            if agency_of_prefix:
                memory.remember_agency("10.5555", agency_of_prefix)
            registries: Any = self
            asyncio.run(Router(registries, memory).ask(cases))
        return [case.outcome for case in cases]

    def outcome(self, doi: str, agency_of_prefix: str | None = None) -> Outcome | None:
        """Route one DOI."""
        (outcome,) = self.outcomes(doi, agency_of_prefix=agency_of_prefix)
        return outcome


# --- whatever order the answers come in ---------------------------------------------


def settled(seed: int) -> list[str]:
    """What the same questions come to, with answers in another order."""
    chance = random.Random(seed)
    kinds = ("work", "kisti", "down", "none", "data", "a,none")
    dois = [f"10.5555/{number}.{kinds[number % 6]}" for number in range(42)]
    world = World(
        Agency("Crossref", frozenset(d for d in dois if d.endswith("work"))),
        Agency("DataCite", frozenset(d for d in dois if d.endswith("data"))),
        Resolver(dict.fromkeys([d for d in dois if d.endswith("kisti")], "KISTI")),
    )
    world.crossref.chance = world.datacite.chance = world.doi_org.chance = chance
    outcomes = world.outcomes(*dois)
    found = [type(outcome) for outcome in outcomes[:6]]
    assert found == [
        Resolved, NoMetadata, Unavailable, NotRegistered, Resolved, NotRegistered
    ]  # fmt: skip
    return [repr(outcome) for outcome in outcomes]


def test_outcomes_do_not_depend_on_the_order_of_answers() -> None:
    """Same input, same output."""
    first = settled(0)
    assert all(settled(seed) == first for seed in range(1, 6))


# --- who registered it cannot be had ------------------------------------------------


@pytest.mark.parametrize("name", ["crossref", "datacite"])
def test_without_doira_the_two_large_agencies_are_asked(name: str) -> None:
    """They registered nearly all; single records know merged DOIs, lists may not."""
    world = World()
    getattr(world, name).single[DOI] = a_work(DOI)
    assert world.outcome(DOI) == Resolved(a_work(DOI))


def test_without_doira_nobody_is_asked_twice() -> None:
    """The prefix's agency has said no already; then the reason is told."""
    world = World()
    outcome = world.outcome(DOI, agency_of_prefix="Crossref")
    assert isinstance(outcome, Unavailable)
    assert outcome.error.service == "doi.org"
    assert world.crossref.asked == [DOI]
    assert world.datacite.asked == [DOI]


# --- a prefix does not fix the agency for ever --------------------------------------


def test_a_doi_that_has_moved_to_another_agency() -> None:
    """DoiRA is asked about the DOI itself where the prefix's agency has nothing."""
    world = World()
    world.doi_org.agencies = {DOI: "Crossref"}
    world.crossref.single[DOI] = a_work(DOI)
    assert world.outcome(DOI, agency_of_prefix="mEDRA") == Resolved(a_work(DOI))
    assert world.doi_org.negotiated == [(DOI, "mEDRA")]


def test_the_agency_that_has_nothing_is_not_asked_again() -> None:
    """DoiRA only confirms it: registered, no metadata."""
    world = World()
    world.doi_org.agencies = {DOI: "KISTI"}
    outcome = world.outcome(DOI, agency_of_prefix="KISTI")
    assert isinstance(outcome, NoMetadata)
    assert world.doi_org.negotiated == [(DOI, "KISTI")]


# --- failures -----------------------------------------------------------------------


def test_a_list_that_failed_is_not_asked_again_singly() -> None:
    """Its failure is the reason: the registry is down."""
    world = World(crossref=Agency("Crossref", failed=frozenset({DOI})))
    world.doi_org.agencies = {"10.5555": "Crossref"}
    outcome = world.outcome(DOI)
    assert isinstance(outcome, Unavailable)
    assert (outcome.agency, outcome.error.service) == ("Crossref", "Crossref")
    assert world.crossref.asked == []


def test_a_list_that_failed_does_not_hide_the_other() -> None:
    """What DataCite lists is resolved though Crossref's list failed."""
    world = World(
        crossref=Agency("Crossref", failed=frozenset({DOI})),
        datacite=Agency("DataCite", listed=frozenset({DOI})),
    )
    assert isinstance(world.outcome(DOI), Resolved)


def test_a_list_that_failed_does_not_hide_the_authoritys_no() -> None:
    """Not registered is not registered."""
    doi = "10.5555/none"
    world = World(crossref=Agency("Crossref", failed=frozenset({doi})))
    assert isinstance(world.outcome(doi), NotRegistered)


def test_a_worse_reading_does_not_stand_in_for_one_that_failed() -> None:
    """The trimmed DOI may be another work than the one that was written."""
    world = World(
        crossref=Agency(
            "Crossref", listed=frozenset({DOI}), failed=frozenset({f"{DOI}."})
        )
    )
    world.doi_org.agencies = {"10.5555": "Crossref"}
    assert isinstance(world.outcome(f"{DOI}."), Unavailable)


def test_a_single_record_that_fails_leaves_its_doi_unavailable() -> None:
    """A DOI with a comma, whose agency is known."""
    doi = "10.5555/a,b"
    world = World()
    world.crossref.single[doi] = down("Crossref")
    world.doi_org.agencies = {"10.5555": "Crossref"}
    outcome = world.outcome(doi)
    assert isinstance(outcome, Unavailable)
    assert outcome.error.service == "Crossref"
    assert world.crossref.asked == [doi]
