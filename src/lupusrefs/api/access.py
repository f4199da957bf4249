"""How a call reaches its references, the store and the registries."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lupusrefs.config import Settings
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.model.reference import Library, Reference
from lupusrefs.sources import Sources, read_sources

if TYPE_CHECKING:
    from lupusrefs.registries import Services

Progress: TypeAlias = Callable[[int], None]


class _Counting(Protocol):
    """A run that says how many requests were sent."""

    requests: Counter[str]


def opener(
    settings: Settings, run: _Counting
) -> Callable[[], AbstractAsyncContextManager[Services]]:
    """The way to the registries, which tells the run how many requests were sent."""

    @asynccontextmanager
    async def open_registries() -> AsyncIterator[Services]:
        # Here, because what is answered from the store needs no registry.
        from lupusrefs.registries import connect  # noqa: PLC0415

        async with connect(settings) as services:
            run.requests = services.requests
            yield services

    return open_registries


def references_of(
    sources: Iterable[Reference | str] | Library,
    settings: Settings,
    taken: Sources | None = None,
) -> Iterator[Reference]:
    """The references of a library, or of texts that name files and identifiers.

    Args:
        sources: taken only as far as they are needed.
        settings: the size of the largest file that is read.
        taken: takes every file that is read, before the first of its references comes.

    Raises:
        InputError: a text is a file that cannot be read, or not in full.
    """
    for one in sources.values() if isinstance(sources, Library) else sources:
        if isinstance(one, Reference):
            yield one
            continue
        read = read_sources([one], max_bytes=settings.max_file_mb * 1_000_000)
        if read.errors:
            raise read.errors[0]
        refuse_errors(read.diagnostics)
        if taken is not None:
            taken.files |= read.files
            taken.manuscripts.add(read.manuscripts)
        yield from read.references


def store_path(settings: Settings) -> Path:
    """Where the store is: the configured folder, else the platform's for caches."""
    if settings.cache_dir is not None:
        return settings.cache_dir.expanduser() / "store.sqlite"
    import platformdirs  # noqa: PLC0415 - needed in this branch only

    return Path(platformdirs.user_cache_dir("lupusrefs")) / "store.sqlite"
