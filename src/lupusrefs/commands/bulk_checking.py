"""``check`` for millions of references: options, progress, summary, exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Final

import typer

from lupusrefs.baseline import Baseline
from lupusrefs.bulk.recognise import is_bulk
from lupusrefs.commands.session import Session
from lupusrefs.exit_codes import ExitCode
from lupusrefs.model.location import Diagnostic, Location
from lupusrefs.reports import messages
from lupusrefs.reports.bulk_summary import summary_lines

if TYPE_CHECKING:
    from lupusrefs.api.bulk import BulkOptions
    from lupusrefs.bulk.run import BulkProgress, BulkRun

_PHASES: Final = {
    "plan": "Looking at the inputs",
    "keys": "Reading identifiers",
    "join": "Looking into the mirror",
    "related": "Looking into the mirror",
    "ask": "Asking the registries",
    "compare": "Comparing",
    "end": "Writing",
}
_WHY: Final = {
    "--format": "a bulk check writes rows: JSON Lines, or Parquet to -o FILE.parquet",
    "--scheduler": "is of --engine dask",
    "--match": "a bulk check does not search: use `lupusrefs match` for what is left",
    "--write-baseline": "a bulk check writes none; the fingerprints are in its rows",
}


def is_wanted(sources: Sequence[str] | None, engine: str | None) -> bool:
    """Whether these sources are for a bulk check."""
    return engine is not None or any(map(is_bulk, sources or ()))


def refuse(given: Mapping[str, bool]) -> None:
    """Refuse options that a bulk check would leave out without a word.

    Args:
        given: option -> whether it was given.

    Raises:
        typer.BadParameter: one was given.
    """
    for name, is_given in given.items():
        if is_given:
            why = _WHY.get(name, "is not for a bulk check (folders, JSON Lines, ...)")
            raise typer.BadParameter(why, param_hint=name)


def refuse_alone(given: Mapping[str, object]) -> None:
    """Refuse options of a bulk check where there is none.

    Args:
        given: option -> its value; None where it was not given.

    Raises:
        typer.BadParameter: one was given.
    """
    for name, value in given.items():
        if value is not None:
            why = "is for a bulk check: name a folder, JSON Lines, or an --engine"
            raise typer.BadParameter(why, param_hint=name)


def check(
    session: Session,
    sources: Sequence[str] | None,
    options: BulkOptions,
) -> ExitCode:
    """Check, say what it came to, and what follows for the exit code.

    Args:
        session: settings and terminal.
        sources: what the user named; else what the configuration names.
        options: what is wanted; the baseline is that of the settings.

    Raises:
        EngineError: the workers cannot be reached, or cannot do their tasks.
        InputError: an input is not there, or a file cannot be written.
    """
    from dataclasses import replace  # noqa: PLC0415 - beside what it is for

    from lupusrefs.api.bulk import check_bulk  # noqa: PLC0415 - extras

    settings, terminal = session.settings, session.terminal
    if not settings.mirrors and not options.offline:
        terminal.note(
            "without a mirror every DOI has to be asked for; with --mirror DIR (see "
            "`lupusrefs mirror build`) a million take minutes"
        )
    if settings.baseline is not None:
        options = replace(options, baseline=Baseline.load(settings.baseline))
    begin = monotonic()
    with _progress(session) as tell:
        try:
            run = check_bulk(
                sources or settings.sources,
                settings=settings,
                options=options,
                take=terminal.write_data,
                progress=tell,
            )
        except KeyboardInterrupt:
            keeps = options.output is not None or options.work is not None
            more = "; the same command goes on from here" if keeps else ""
            terminal.note(f"stopped{more}")
            raise SystemExit(ExitCode.INTERRUPTED) from None
    _say(session, run, monotonic() - begin)
    return _exit_code(run)


def _say(session: Session, run: BulkRun, seconds: float) -> None:
    terminal = session.terminal
    if run.was_other:
        terminal.note(
            "the run that was left unfinished here was another one: begun anew"
        )
    for file, message in run.damaged:
        found = Diagnostic(message, Location.of_file(file))
        terminal.say(*messages.of_diagnostic(found))
    problems = run.counts.problems
    for one in problems:
        place = Location(one.file, one.line, one.column)
        terminal.say(*messages.of_diagnostic(Diagnostic(one.message, place, one.hint)))
    if (left := run.counts.unread - len(problems)) > 0:
        terminal.say(messages.note("error", f"{left:,} more problems of this kind"))
    for found_ in run.general:
        place_ = f"{found_.location}: " if found_.location else ""
        terminal.note(
            f"{place_}{found_.rule.id}: {found_.message}", str(found_.severity)
        )
    session.close_run(run, run.counts.references)
    if not terminal.quiet:
        for line in summary_lines(run, seconds):
            terminal.say([(line, None)])
    if terminal.verbose:
        each = (f"{phase} {spent:.1f} s" for phase, spent in run.seconds.items())
        terminal.note(f"time: {', '.join(each)}")


def _exit_code(run: BulkRun) -> ExitCode:
    if run.damaged or run.counts.unread:
        return ExitCode.INPUT
    if run.counts.failing:
        return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if run.counts.incomplete else ExitCode.CLEAN


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[BulkProgress], None]]:
    """A bar on a terminal; elsewhere nothing, or with --verbose a line a round."""
    terminal = session.terminal
    if not terminal.quiet and sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 - slow to import
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=12),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TextColumn("{task.fields[rate]}"),
            # From the last minutes: the first ones only say how a run begins.
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        console = Console(stderr=True)
        with Progress(
            *columns, console=console, transient=True, speed_estimate_period=120
        ) as bar:
            yield _Bar(bar.update, bar.add_task("", total=1, rate=""))
        return
    yield _Rounds(session) if terminal.verbose else lambda _: None


@dataclass(slots=True)
class _Bar:
    """Moves a bar by references.

    A reference counts by the share of the work that is done for it: its identifiers
    are read, its record is looked up, and it is compared; these take 5, 15 and 80 per
    cent or so. So the rate, and with it the time that remains, is that of all of it.
    """

    update: Callable[..., None]
    task: int
    begin: float = field(default_factory=monotonic)
    first: float | None = None

    def __call__(self, told: BulkProgress) -> None:
        if self.first is None and told.total:
            # What an earlier run has done says nothing about the pace of this one.
            self.first, self.begin = told.done, monotonic()
        spent = monotonic() - self.begin
        done = told.done - (self.first or 0)
        rate = f"{done / spent:,.0f}/s" if spent > 1 and done > 0 else ""
        self.update(
            self.task,
            description=_PHASES.get(told.phase, told.phase),
            total=max(told.total, 1),
            completed=told.done,
            rate=rate,
        )


@dataclass(slots=True)
class _Rounds:
    """Writes a line whenever a round begins."""

    session: Session
    seen: int = 0

    def __call__(self, told: BulkProgress) -> None:
        if told.rounds and told.round != self.seen:
            self.seen = told.round
            self.session.terminal.note(
                f"round {told.round} of {told.rounds}: {told.done:,.0f} of "
                f"{told.total:,} references are done"
            )
