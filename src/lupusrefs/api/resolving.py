"""From references to outcomes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lupusrefs.api.access import Progress, opener, references_of
from lupusrefs.api.opening import open_memory
from lupusrefs.api.runs import Resolution, Run
from lupusrefs.config import Settings
from lupusrefs.identify import identify
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.outcome import NoMetadata, Resolved
from lupusrefs.model.reference import Library, Reference
from lupusrefs.resolver import Resolver

if TYPE_CHECKING:
    from lupusrefs.lock import Lock


def resolve(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
) -> Run:
    """Ask the registries about references, or about identifiers in any spelling.

    Args:
        sources: references, a library, or texts such as ``10.1000/1`` or ``PMID:1``.
        settings: default is what environment and configuration file say.
        offline: answer from store, mirrors and the bundled snapshot.
        refresh: ask even where the store has an answer.
        progress: called with the number of DOIs settled since the last call.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
    runs: list[Run] = []

    async def keep() -> None:
        run = await resolve_async(
            sources,
            settings=settings,
            offline=offline,
            refresh=refresh,
            progress=progress,
        )
        runs.append(run)

    # The coroutine returns nothing, because asyncio writes out the result of its main
    # task while it restores the signal handlers: a tenth of a second for a thousand.
    asyncio.run(keep())
    return runs[0]


async def resolve_async(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
) -> Run:
    """:func:`resolve` for a running event loop.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
    settings = settings or Settings.load()
    run = Run()
    with open_memory(settings, refresh=refresh) as memory:
        references = list(references_of(sources, settings))
        resolver = Resolver(
            memory, None if offline else opener(settings, run), progress
        )
        outcomes = await resolver.resolve([identify(one) for one in references])
        run.warnings = memory.warnings
    run.resolutions = [
        Resolution(*pair) for pair in zip(references, outcomes, strict=True)
    ]
    return run


async def lock_async(
    run: Run, lock: Lock, *, settings: Settings, offline: bool = False
) -> None:
    """Lock what a run has resolved, and the notices that verdicts rest on.

    What the lock has of other references stays: ``lock.prune`` forgets it.

    Args:
        run: what was resolved.
        lock: takes it; nothing is written to disk.
        settings: as of the run.
        offline: as of the run.

    Raises:
        ConfigError: a setting is impossible.
    """
    from lupusrefs.compare.updates import related_dois  # noqa: PLC0415 - as in check

    named: dict[str, None] = {}
    for one in run.resolutions:
        if isinstance(one.outcome, Resolved):
            lock.take(one.reference, one.outcome.work)
            named |= dict.fromkeys(related_dois(one.outcome.work))
        elif isinstance(one.outcome, NoMetadata):
            lock.take_without_metadata(one.reference, one.outcome)
    notices = await resolve_async(
        [Reference(id=name, doi=name) for name in named],
        settings=settings,
        offline=offline,
    )
    run.requests += notices.requests
    lock.take_related(
        {
            # By the name that the record has for it, which may be an alias.
            fold(one.reference.id): one.outcome.work
            for one in notices.resolutions
            if isinstance(one.outcome, Resolved)
        }
    )
