"""From references to findings, and from findings to mended files."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lupusrefs.api.access import Progress, opener, references_of, store_path
from lupusrefs.config import Settings
from lupusrefs.errors import InputError
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.memory import Memory
from lupusrefs.model.reference import Library, Reference
from lupusrefs.policy import Policy
from lupusrefs.sources import SourceFile, read_sources
from lupusrefs.store import Store

if TYPE_CHECKING:
    from lupusrefs.baseline import Baseline
    from lupusrefs.checker import Checked
    from lupusrefs.findings import Finding
    from lupusrefs.fixer import Plan
    from lupusrefs.lock import Lock


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is wanted of a check beside its references.

    Attributes:
        files: path -> file, for the ignores beside entries.
        baseline: the findings that are known.
        handles: ask the resolver about every DOI, whatever its agency says.
        landing: look whether the page of every DOI is still there.
        lock: the lock file; None where there is none.
        lock_use: what it is for: ``dismissals``, ``answers`` or ``update``.
    """

    files: Mapping[str, SourceFile] = field(default_factory=dict)
    baseline: Baseline | None = None
    handles: bool = False
    landing: bool = False
    lock: Lock | None = None
    lock_use: str = "dismissals"


@dataclass(slots=True)
class CheckRun:
    """What a call of :func:`check` did.

    Attributes:
        checked: one for each reference, in the order given.
        general: what was found that belongs to no reference: stale ignores.
        errors: ignores that cannot be read.
        requests: how many requests were sent, by service; empty if none.
        warnings: what went wrong with the store.
    """

    checked: list[Checked] = field(default_factory=list)
    general: tuple[Finding, ...] = ()
    errors: list[InputError] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)


def check(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
    options: CheckOptions | None = None,
) -> CheckRun:
    """Compare references with what is registered.

    Args:
        sources: references, a library, or texts such as ``refs.bib`` or ``10.1000/1``.
        settings: default is what environment and configuration file say.
        offline: answer from the store and the bundled snapshot alone.
        refresh: ask even where the store has an answer.
        progress: called with the number of DOIs settled since the last call.
        options: what else is wanted.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
    run = CheckRun()
    each = check_each(
        sources,
        run,
        settings=settings,
        offline=offline,
        refresh=refresh,
        progress=progress,
        options=options,
    )
    run.checked.extend(each)
    return run


def check_each(
    sources: Iterable[Reference | str] | Library,
    run: CheckRun,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
    options: CheckOptions | None = None,
) -> Iterator[Checked]:
    """:func:`check` for inputs that do not fit into memory: one reference at a time.

    Args:
        sources: as of :func:`check`, taken only as far as they are needed.
        run: takes all but the references; complete when the last one was given.
        settings: as of :func:`check`, and so are the others.
        offline: answer from the store and the bundled snapshot alone.
        refresh: ask even where the store has an answer.
        progress: called with the number of DOIs settled since the last call.
        options: what else is wanted.
    """
    portions = _check_portions(
        sources,
        run,
        settings or Settings.load(),
        options or CheckOptions(),
        offline=offline,
        refresh=refresh,
        progress=progress,
    )
    taken: list[list[Checked]] = []

    async def take() -> None:
        # Not returned, for the reason given in `resolve`.
        with contextlib.suppress(StopAsyncIteration):
            taken.append(await anext(portions))

    with asyncio.Runner() as runner:
        while True:
            runner.run(take())
            if not taken:
                return
            yield from taken.pop()


async def check_async(
    sources: Iterable[Reference | str] | Library,
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    progress: Progress = lambda _: None,
    options: CheckOptions | None = None,
) -> CheckRun:
    """:func:`check` for a running event loop."""
    run = CheckRun()
    portions = _check_portions(
        sources,
        run,
        settings or Settings.load(),
        options or CheckOptions(),
        offline=offline,
        refresh=refresh,
        progress=progress,
    )
    async for portion in portions:
        run.checked.extend(portion)
    return run


async def _check_portions(
    sources: Iterable[Reference | str] | Library,
    run: CheckRun,
    settings: Settings,
    options: CheckOptions,
    *,
    offline: bool,
    refresh: bool,
    progress: Progress,
) -> AsyncIterator[list[Checked]]:
    # Here, because `resolve` and `export` need nothing of it.
    from lupusrefs.checker import Checker, LockUse  # noqa: PLC0415
    from lupusrefs.doi_health import HealthQuestions  # noqa: PLC0415

    with Store(store_path(settings)) as store:
        checker = Checker(
            Memory(store, datetime.now(UTC), refresh=refresh),
            _policy(settings),
            options.baseline,
            None if offline else opener(settings, run),
            options.files,
            HealthQuestions(options.handles, options.landing),
            options.lock,
            LockUse(options.lock_use),
            progress,
        )
        async for portion in checker.check(_stream(sources, settings)):
            yield portion
        run.general, run.errors = checker.general_findings(), checker.errors
        run.warnings = store.warnings


def fix(
    paths: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    unsafe: bool = False,
    only: Iterable[str] = (),
    write: bool = False,
) -> Plan:
    """Check files, and work out what would mend them.

    Args:
        paths: the files.
        settings: default is what environment and configuration file say.
        offline: answer from the store and the bundled snapshot alone.
        refresh: ask even where the store has an answer.
        unsafe: also what is only proposed.
        only: the ids of the rules whose findings are looked at; all if empty.
        write: mend the files, each in one step.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a file cannot be read in full, or not be written.
    """
    from lupusrefs.fixer import plan  # noqa: PLC0415 - as in check

    settings = settings or Settings.load()
    read = read_sources(
        [str(path) for path in paths], max_bytes=settings.max_file_mb * 1_000_000
    )
    if read.errors:
        raise read.errors[0]
    refuse_errors(read.diagnostics)
    run = check(
        read.references,
        settings=settings,
        offline=offline,
        refresh=refresh,
        options=CheckOptions(files=read.files),
    )
    found = ((one.reference, one.findings) for one in run.checked)
    planned = plan(found, read.files, unsafe=unsafe, only=frozenset(only))
    for path in planned.paths if write else ():
        planned.write(path)
    return planned


def _policy(settings: Settings) -> Policy:
    return Policy(
        settings.profile,
        settings.severity,
        tuple(one.to_ignore() for one in settings.ignore),
        # The user's own day, as on the wall: for ignores that expire.
        date.today(),  # noqa: DTZ011
    )


def _stream(
    sources: Iterable[Reference | str] | Library, settings: Settings
) -> Iterator[Reference]:
    """The references one at a time, where they come so."""
    if isinstance(sources, Library):
        yield from sources.values()
        return
    for one in sources:
        if isinstance(one, Reference):
            yield one
        else:
            yield from references_of([one], settings)
