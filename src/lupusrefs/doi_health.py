"""The layers of a DOI's health that resolving does not need to ask about.

Is anybody known to register under the prefix? Does the resolver know the DOI, whatever
its agency says? Is the page that it leads to still there?
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lupusrefs.compare.comparison import finding
from lupusrefs.errors import ServiceError
from lupusrefs.findings import Finding
from lupusrefs.memory import Memory
from lupusrefs.model.outcome import NoMetadata, NotRegistered, Outcome, Resolved
from lupusrefs.model.reference import Reference
from lupusrefs.resolver import OpenRegistries

if TYPE_CHECKING:
    from lupusrefs.route import Registries
    from lupusrefs.services.doi_org import LandingPage

# Publishers' servers are not made for us: a few pages at once are plenty.
_PAGES_AT_ONCE: Final = 8


@dataclass(slots=True)
class DoiHealth:
    """What was learnt; what could not be asked is in none of these.

    Attributes:
        prefixes: prefix -> whether anybody registers under it.
        handles: name of a DOI -> whether the resolver knows it.
        pages: name of a DOI -> the page that it leads to.
    """

    prefixes: dict[str, bool] = field(default_factory=dict)
    handles: dict[str, bool] = field(default_factory=dict)
    pages: dict[str, LandingPage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HealthQuestions:
    """What to ask beside the metadata.

    Attributes:
        handles: ask the resolver about every DOI.
        landing: look at the page of every DOI.
    """

    handles: bool = False
    landing: bool = False


async def examine(
    outcomes: Iterable[Outcome],
    questions: HealthQuestions,
    memory: Memory,
    open_registries: OpenRegistries | None,
) -> DoiHealth:
    """Ask what is wanted about the DOIs of these outcomes; offline, nothing."""
    health = DoiHealth()
    unknown: dict[str, None] = {}
    works: dict[str, None] = {}
    bare: dict[str, None] = {}
    for outcome in outcomes:
        match outcome:
            case NotRegistered(identifier) if identifier.startswith("10."):
                unknown[identifier.partition("/")[0]] = None
            case Resolved(work) if work.doi:
                works[work.doi] = None
            case NoMetadata(doi):
                bare[doi] = None
            case _:
                continue
    known = memory.recall_agencies(unknown)
    health.prefixes = dict.fromkeys(known, True)
    prefixes = [prefix for prefix in unknown if prefix not in known]
    # Of a DOI without metadata the resolver has just said that it is registered.
    handles = list(works) if questions.handles else []
    pages = list(works | bare) if questions.landing else []
    if open_registries is None or not (prefixes or handles or pages):
        return health
    async with open_registries() as registries:
        await asyncio.gather(
            _ask_prefixes(prefixes, registries, memory, health),
            _ask_handles(handles, registries, health),
            _ask_pages(pages, registries, health),
        )
    return health


async def _ask_prefixes(
    prefixes: Sequence[str], registries: Registries, memory: Memory, health: DoiHealth
) -> None:
    async def ask(prefix: str) -> None:
        try:
            record = await registries.doi_org.fetch_agency(prefix)
        except ServiceError:
            return
        health.prefixes[prefix] = record.agency is not None
        if record.agency is not None:
            memory.remember_agency(prefix, record.agency)

    await asyncio.gather(*map(ask, prefixes))


async def _ask_handles(
    names: Sequence[str], registries: Registries, health: DoiHealth
) -> None:
    async def ask(name: str) -> None:
        try:
            record = await registries.doi_org.fetch_handle(name)
        except ServiceError:
            return
        health.handles[name] = record.registered

    await asyncio.gather(*map(ask, names))


async def _ask_pages(
    names: Sequence[str], registries: Registries, health: DoiHealth
) -> None:
    free = asyncio.Semaphore(_PAGES_AT_ONCE)

    async def ask(name: str) -> None:
        async with free:
            try:
                health.pages[name] = await registries.doi_org.fetch_landing(name)
            except ServiceError:
                return

    await asyncio.gather(*map(ask, names))


def health_findings(
    reference: Reference, outcome: Outcome, health: DoiHealth
) -> Iterator[Finding]:
    """What the resolver and the publisher's page say of a DOI that is registered."""
    match outcome:
        case Resolved(work) if work.doi:
            name = work.doi
        case NoMetadata(doi):
            name = doi
        case _:
            return
    if health.handles.get(name) is False:
        message = f"{name} is known to its agency, but the resolver does not know it"
        hint = "new DOIs take a while; if it stays so, tell the publisher"
        yield finding(
            "doi-not-found", reference, message, field="DOI", cited=name, hint=hint
        )
    page = health.pages.get(name)
    if page is not None and page.is_gone:
        message = f"{name} leads to {page.url}, which answers {page.status}"
        hint = "the DOI is right; tell the publisher that its page is gone"
        yield finding(
            "landing-page-gone", reference, message, field="DOI", cited=name, hint=hint
        )
