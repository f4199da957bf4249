"""The layers of a DOI's health beside its metadata."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from lupusrefs.doi_health import DoiHealth, HealthQuestions, examine
from lupusrefs.errors import ServiceUnreachable
from lupusrefs.memory import Memory
from lupusrefs.model.outcome import NoMetadata, NotRegistered, Outcome, Resolved
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services.doi_org import AgencyRecord, HandleRecord, LandingPage
from lupusrefs.store import Store

if TYPE_CHECKING:
    from lupusrefs.route import Registries

NOW = datetime(2026, 11, 25, tzinfo=UTC)
KNOWN = Resolved(
    Work(
        id="10.5555/a",
        doi="10.5555/a",
        provenance=Provenance(answered_by="crossref", fetched=NOW),
    )
)
MISSING = NotRegistered("10.99999/x", "doi.org", NOW)


@dataclass
class Resolver:
    """A resolver that knows nothing of anything, or cannot be reached."""

    reachable: bool = True

    def _check(self) -> None:
        if not self.reachable:
            raise ServiceUnreachable("no connection", service="doi.org", url="")

    async def fetch_agency(self, doi: str) -> AgencyRecord:
        """Nobody registers under it."""
        self._check()
        return AgencyRecord(doi, None, NOW)

    async def fetch_handle(self, doi: str) -> HandleRecord:
        """It is not registered."""
        self._check()
        return HandleRecord(doi, registered=False, alias=None, fetched=NOW)

    async def fetch_landing(self, doi: str) -> LandingPage:
        """Its page is gone."""
        self._check()
        return LandingPage(doi, "https://journal.example/a", 404, NOW)


def ask(
    *outcomes: Outcome, questions: HealthQuestions, reachable: bool = True
) -> DoiHealth:
    """Examine these outcomes at such a resolver."""

    @asynccontextmanager
    async def registries() -> AsyncIterator[Registries]:
        yield cast("Registries", SimpleNamespace(doi_org=Resolver(reachable)))

    with Store(None) as store:
        return asyncio.run(examine(outcomes, questions, Memory(store, NOW), registries))


def test_everything_that_is_wanted_is_asked() -> None:
    """Prefixes of what is not registered, handles and pages of what is."""
    health = ask(KNOWN, MISSING, questions=HealthQuestions(handles=True, landing=True))
    assert health.prefixes == {"10.99999": False}
    assert health.handles == {"10.5555/a": False}
    assert health.pages["10.5555/a"].is_gone


def test_a_doi_without_metadata_has_a_page_nevertheless() -> None:
    """The page is all there is to look at; that it is registered is known."""
    bare = NoMetadata("10.5555/b", "KISTI", "doi.org", NOW)
    health = ask(bare, questions=HealthQuestions(handles=True, landing=True))
    assert health.handles == {}
    assert health.pages["10.5555/b"].is_gone


def test_nothing_that_is_not_wanted_is_asked() -> None:
    """The prefix alone belongs to the verdict."""
    health = ask(KNOWN, MISSING, questions=HealthQuestions())
    assert health == DoiHealth(prefixes={"10.99999": False})


def test_what_cannot_be_asked_is_not_known() -> None:
    """Ignorance is never a verdict: neither gone, nor there."""
    questions = HealthQuestions(handles=True, landing=True)
    assert ask(KNOWN, MISSING, questions=questions, reachable=False) == DoiHealth()


def test_offline_nothing_is_asked() -> None:
    """What is known of prefixes is known, and no more."""
    with Store(None) as store:
        memory = Memory(store, NOW)
        memory.remember_agency("10.99999", "Crossref")
        outcomes: list[Outcome] = [KNOWN, MISSING]
        questions = HealthQuestions(handles=True, landing=True)
        health = asyncio.run(examine(outcomes, questions, memory, None))
    assert health == DoiHealth(prefixes={"10.99999": True})
