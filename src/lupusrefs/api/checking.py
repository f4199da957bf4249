"""From references to findings, and from findings to mended files."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import (
    AsyncIterator,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lupusrefs.api.access import Progress, opener, references_of
from lupusrefs.api.opening import open_memory
from lupusrefs.config import Settings
from lupusrefs.errors import InputError
from lupusrefs.findings import RULES, unknown_rule
from lupusrefs.formats.loaded import refuse_errors
from lupusrefs.input_files import SourceFile
from lupusrefs.manuscripts import Manuscripts
from lupusrefs.model.reference import Library, Reference
from lupusrefs.policy import Policy
from lupusrefs.sources import Sources, read_sources

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
        files: path -> file, for the ignores beside entries; None where the files are
            those that the call itself reads.
        manuscripts: the documents, likewise.
        searches: which references without an identifier are searched for: ``none``,
            ``of-documents`` or ``all``.
        baseline: the findings that are known.
        handles: ask the resolver about every DOI, whatever its agency says.
        landing: look whether the page of every DOI is still there.
        lock: the lock file; None where there is none.
        lock_use: what it is for: ``dismissals``, ``answers`` or ``update``.
    """

    files: Mapping[str, SourceFile] | None = None
    manuscripts: Manuscripts | None = None
    searches: Literal["none", "of-documents", "all"] = "of-documents"
    baseline: Baseline | None = None
    handles: bool = False
    landing: bool = False
    lock: Lock | None = None
    lock_use: Literal["dismissals", "answers", "update"] = "dismissals"


@dataclass(slots=True)
class CheckRun:
    """What a call of :func:`check` did.

    Attributes:
        checked: one for each reference, in the order given.
        general: what was found that belongs to no reference: stale ignores.
        errors: ignores that cannot be read.
        requests: how many requests were sent, by service; empty if none.
        warnings: what went wrong with the store and the mirrors.
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
        offline: answer from store, mirrors and the bundled snapshot.
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
        offline: answer from store, mirrors and the bundled snapshot.
        refresh: ask even where the store has an answer.
        progress: called with the number of DOIs settled since the last call.
        options: what else is wanted.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full; what came
            before it has been given.
        RuntimeError: an event loop is running; use :func:`check_async`.
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
    """:func:`check` for a running event loop.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a text is a file that cannot be read, or not in full.
    """
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
    from lupusrefs.checker import (  # noqa: PLC0415
        Checker,
        LockUse,
        Searches,
    )
    from lupusrefs.doi_health import HealthQuestions  # noqa: PLC0415

    read = Sources()
    with open_memory(settings, refresh=refresh) as memory:
        checker = Checker(
            memory,
            _policy(settings),
            options.baseline,
            None if offline else opener(settings, run),
            read.files if options.files is None else options.files,
            read.manuscripts if options.manuscripts is None else options.manuscripts,
            Searches(options.searches),
            HealthQuestions(options.handles, options.landing),
            options.lock,
            LockUse(options.lock_use),
            progress,
        )
        async for portion in checker.check(references_of(sources, settings, read)):
            yield portion
        run.general, run.errors = checker.general_findings(), checker.errors
        run.warnings = memory.warnings


def fix(
    paths: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    offline: bool = False,
    refresh: bool = False,
    unsafe: bool = False,
    only: Iterable[str] = (),
    write: bool = False,
    options: CheckOptions | None = None,
) -> Plan:
    """Check files, and work out what would mend them.

    Args:
        paths: the files.
        settings: default is what environment and configuration file say.
        offline: answer from store, mirrors and the bundled snapshot.
        refresh: ask even where the store has an answer.
        unsafe: also what is only proposed.
        only: the ids of the rules whose findings are looked at; all if empty.
        write: mend the files, each in one step.
        options: what else is wanted of the check, such as the lock file whose
            dismissed conflicts are left alone.

    Raises:
        ConfigError: a setting is impossible.
        InputError: a file cannot be read in full, or not be written.
        ValueError: ``only`` names a rule that there is not.
    """
    rules = frozenset(only)
    if unknown := sorted(rules - RULES.keys()):
        raise ValueError("; ".join(unknown_rule(unknown[0])))
    settings = settings or Settings.load()
    read = read_sources(
        [str(path) for path in paths], max_bytes=settings.max_file_mb * 1_000_000
    )
    if read.errors:
        raise read.errors[0]
    refuse_errors(read.diagnostics)
    wanted = replace(
        options or CheckOptions(),
        files=read.files,
        manuscripts=read.manuscripts,
    )
    run = check(
        read.references,
        settings=settings,
        offline=offline,
        refresh=refresh,
        options=wanted,
    )
    planned = plan_fixes(
        run.checked, wanted, settings=settings, unsafe=unsafe, only=rules
    )
    for path in planned.paths if write else ():
        planned.write(path)
    return planned


def plan_fixes(
    checked: Iterable[Checked],
    options: CheckOptions,
    *,
    settings: Settings,
    unsafe: bool = False,
    only: Collection[str] = (),
) -> Plan:
    """Work out what would mend references that have been checked.

    Args:
        checked: the references.
        options: as of the check; ``files`` are those that they stand in.
        settings: as of the check.
        unsafe: also what is only proposed.
        only: the ids of the rules whose findings are looked at; all if empty.
    """
    from lupusrefs.fixer import plan  # noqa: PLC0415 - as in check
    from lupusrefs.foresight import foreseen  # noqa: PLC0415

    # To look ahead uses up no baseline and changes no lock.
    ahead = replace(
        options,
        baseline=replace(options.baseline) if options.baseline else None,
        manuscripts=Manuscripts(),
        lock_use="answers" if options.lock_use == "answers" else "dismissals",
    )

    def look(references: Sequence[Reference]) -> list[tuple[Finding, ...]]:
        run = check(references, settings=settings, offline=True, options=ahead)
        return [one.findings for one in run.checked]

    found = ((one.reference, one.findings) for one in checked)
    more = foreseen(found, look, unsafe=unsafe, only=only)
    return plan(more, options.files or {}, unsafe=unsafe, only=only)


def _policy(settings: Settings) -> Policy:
    return Policy(
        settings.profile,
        settings.severity,
        settings.ignores,
        # In UTC, for the verdict must not depend on where the machine stands.
        datetime.now(UTC).date(),
    )
