"""The synchronous door to the library: load, resolve, export.

Whoever already runs an event loop uses :func:`resolve_async`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lupusrefs.config import Settings
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.formats.names import FormatName
from lupusrefs.identify import identify
from lupusrefs.memory import Memory
from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import KeyPattern
from lupusrefs.model.outcome import Outcome
from lupusrefs.model.reference import Library, Reference
from lupusrefs.resolver import Resolver
from lupusrefs.selection import InvalidSelection, Selection
from lupusrefs.sources import load_file, read_sources
from lupusrefs.store import Store

if TYPE_CHECKING:
    from lupusrefs.registries import Services

Progress: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Resolution:
    """One reference and what became of it."""

    reference: Reference
    outcome: Outcome


@dataclass(slots=True)
class Run:
    """What a call of :func:`resolve` did.

    Attributes:
        resolutions: one for each reference, in the order given.
        requests: how many requests were sent, by service; empty if none.
        warnings: what went wrong with the store.
    """

    resolutions: list[Resolution] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)


def load(path: str | Path, *, read_as: FormatName | str | None = None) -> Library:
    """Read a file of references.

    Args:
        path: the file, or ``-`` for standard input.
        read_as: its format, where it is not to be recognised.

    Raises:
        InputError: it cannot be read, or something in it could not; the error
            names the first place. :func:`lupusrefs.sources.load_file` gives all
            diagnostics and what could be read.
    """
    name = FormatName(read_as) if read_as else None
    loaded = load_file(str(path), read_as=name)
    refuse_errors(loaded.diagnostics)
    return loaded.library


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
        offline: answer from the store and the bundled snapshot alone.
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
    """:func:`resolve` for a running event loop."""
    settings = settings or Settings.load()
    references = _references(sources, settings)
    run = Run()

    @asynccontextmanager
    async def open_registries() -> AsyncIterator[Services]:
        # Here, because what is answered from the store needs no registry.
        from lupusrefs.registries import connect  # noqa: PLC0415

        async with connect(settings) as services:
            run.requests = services.requests
            yield services

    with Store(store_path(settings)) as store:
        resolver = Resolver(
            Memory(store, datetime.now(UTC), refresh=refresh),
            None if offline else open_registries,
            progress,
        )
        outcomes = await resolver.resolve([identify(one) for one in references])
        run.warnings = store.warnings
    run.resolutions = [
        Resolution(*pair) for pair in zip(references, outcomes, strict=True)
    ]
    return run


def _references(
    sources: Iterable[Reference | str] | Library, settings: Settings
) -> list[Reference]:
    if isinstance(sources, Library):
        return list(sources.values())
    references: list[Reference] = []
    for one in sources:
        if isinstance(one, Reference):
            references.append(one)
            continue
        read = read_sources([one], max_bytes=settings.max_file_mb * 1_000_000)
        if read.errors:
            raise read.errors[0]
        refuse_errors(read.diagnostics)
        references.extend(read.references)
    return references


def store_path(settings: Settings) -> Path:
    """Where the store is: the configured folder, else the platform's for caches."""
    if settings.cache_dir is not None:
        return settings.cache_dir.expanduser() / "store.sqlite"
    import platformdirs  # noqa: PLC0415 - needed in this branch only

    return Path(platformdirs.user_cache_dir("lupusrefs")) / "store.sqlite"


def export(
    items: Iterable[Item] | Library,
    to: FormatName | str,
    *,
    only: Iterable[str] | str = (),
    sort: Iterable[str] | str = (),
    fields: Iterable[str] | str = (),
    keys: KeyPattern | str | None = None,
) -> str:
    """Write items as text of a format.

    What the format cannot hold is what :func:`lupusrefs.formats.loss.losses` tells.

    Args:
        items: references or works.
        to: the format, such as ``bibtex`` or ``ris``.
        only: the ids of those that are wanted; all if empty.
        sort: CSL variables to sort by, the most important first, with ``-`` before
            one from the largest to the smallest; ``year`` and ``key`` are understood.
        fields: the CSL variables to write, or each with ``-`` those to leave out.
        keys: a pattern to make new ids by, such as ``{family}{year}{title-word}``;
            without one they stay as they are.

    Raises:
        ValueError: there is no such format.
        InvalidSelection: the format is only read, there is no such variable, or the
            pattern is none.
        InputError: ``only`` names an id that no item has.
    """
    name = FormatName(to)
    dump = FORMATS[name].dump
    if dump is None:
        writable = ", ".join(known for known in FORMATS if FORMATS[known].dump)
        hint = f"this version writes: {writable}"
        raise InvalidSelection(f"{name} is only read, not written", "to", hint)
    selection = Selection.parse(only=only, sort=sort, fields=fields, keys=keys)
    chosen: Sequence[Item] = list(
        items.values() if isinstance(items, Library) else items
    )
    selected = selection.of(chosen)
    for unknown in selected.unknown:
        raise unknown.error
    return dump(selected.items)
