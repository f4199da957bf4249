"""``lupusrefs check``: does the reference list say what is registered?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lupusrefs.api import CheckRun
    from lupusrefs.checker import Checked
    from lupusrefs.config import Settings
    from lupusrefs.findings import Finding, Severity
    from lupusrefs.policy import FailOn
    from lupusrefs.sources import Sources, SourceStream

app = options.new_app()


class EngineName(StrEnum):
    """Who does the work of a bulk check."""

    LOCAL = "local"
    DASK = "dask"


class ReportFormat(StrEnum):
    """How the findings are written."""

    CONSOLE = "console"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    MARKDOWN = "markdown"
    HTML = "html"


@app.command()
def check(
    sources: options.Sources = None,
    report: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to write the findings.")
    ] = ReportFormat.CONSOLE,
    output: options.Output = None,
    fail_on: options.FailOn = None,
    profile: options.Profile = None,
    baseline: Annotated[
        Optional[Path],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Only what is not in this file counts.",
            show_default=False,
        ),
    ] = None,
    write_baseline: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write today's findings to FILE, for --baseline.",
            show_default=False,
        ),
    ] = None,
    handles: Annotated[
        bool,
        typer.Option("--handles", help="Ask doi.org about every DOI, too."),
    ] = False,
    landing: Annotated[
        bool,
        typer.Option(
            "--landing", help="Look whether the page of every DOI is still there."
        ),
    ] = False,
    match: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option(
            "--match/--no-match",
            help="Search the registries for references without a DOI; of documents "
            "this is done if not forbidden.",
            show_default=False,
        ),
    ] = None,
    locked: Annotated[
        bool,
        typer.Option(
            "--locked", help="Ask nobody: compare with what the lock file has."
        ),
    ] = False,
    update_lock: Annotated[
        bool,
        typer.Option(
            "--update-lock",
            help="Ask everybody again, report what has changed since, and lock it.",
        ),
    ] = False,
    lock: options.Lock = None,
    dismiss: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--dismiss",
            metavar="KEY:RULE",
            help="Write into the lock file that this finding does not count until the "
            "cited or the registered value changes; needs --reason.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--reason", metavar="TEXT", help="Why, for --dismiss.", show_default=False
        ),
    ] = None,
    engine: Annotated[
        Optional[EngineName],  # noqa: UP045
        typer.Option(
            "--engine",
            help="Who does the work of a bulk check, which folders, JSON Lines, "
            "Parquet and URLs are checked by: processes here, or Dask.",
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Dask's scheduler, such as tcp://10.0.0.1:8786; a cluster of this "
            "machine if not given.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--jobs",
            min=1,
            help="How many processes a bulk check has (one a processor if not set).",
            show_default=False,
        ),
    ] = None,
    work: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--work",
            metavar="DIR",
            help="Where a bulk check keeps what is not finished: a folder or URL that "
            "all workers reach (FILE.partial beside -o FILE if not set).",
            show_default=False,
        ),
    ] = None,
    read_as: options.ReadAs = None,
    mirror: options.Mirror = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Compare every reference with what is registered.

    What differs is reported, with both sides and the place in the file; what is merely
    written otherwise is not. Exit code 1 means: there is a finding at or above
    --fail-on. A registry that cannot be asked is told apart, with exit code 4:
    ignorance is never a verdict. Without a SOURCE, the files that the configuration
    names are read, else refs.yaml, references.* or all *.bib here, else the bundled
    seed references.

    Folders, JSON Lines (.jsonl, .ndjson, also .gz), Parquet and URLs (s3://...) make it
    a bulk check, of millions of references against a --mirror: one row a finding, as
    JSON Lines, or as Parquet to -o FILE.parquet. The same command again goes on where
    one was stopped.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.baseline import Baseline  # noqa: PLC0415
    from lupusrefs.commands import bulk_checking  # noqa: PLC0415
    from lupusrefs.commands.checking import (  # noqa: PLC0415
        Dismissals,
        Ending,
        Watch,
        lock_of,
    )
    from lupusrefs.commands.session import Session  # noqa: PLC0415

    asking = {"--handles": handles, "--landing": landing}
    if bulk_checking.is_wanted(sources, engine):
        bulk_checking.refuse(
            asking
            | {
                "--match": bool(match),
                "--locked": locked,
                "--update-lock": update_lock,
                "--lock": lock is not None,
                "--dismiss": bool(dismiss),
                "--write-baseline": write_baseline is not None,
                "--from": read_as is not None,
                "--format": report not in _OF_BULK,
                "--scheduler": scheduler is not None and engine is not EngineName.DASK,
            }
        )
        session = Session(
            mirror=mirror,
            mailto=mailto,
            timeout_s=timeout,
            quiet=quiet,
            verbose=verbose,
            flags={"fail_on": fail_on, "profile": profile, "baseline": baseline},
        )
        wanted_of_bulk = api.BulkOptions(
            output=output,
            work=work,
            offline=offline,
            refresh=refresh,
            engine="dask" if engine is EngineName.DASK else "local",
            jobs=jobs,
            scheduler=scheduler,
        )
        raise typer.Exit(bulk_checking.check(session, sources, wanted_of_bulk))
    bulk_checking.refuse_alone(
        {"--scheduler": scheduler, "--jobs": jobs, "--work": work}
    )
    if locked:
        _refuse_asking(asking | {"--update-lock": update_lock})
    dismissals = Dismissals.parse(dismiss or (), reason)
    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
        flags={
            "fail_on": fail_on,
            "profile": profile,
            "baseline": baseline,
            "lock": lock,
        },
    )
    for name in (name for name in asking if asking[name] and offline):
        session.terminal.note(f"{name} asks nobody with --offline", "warning")
    settings = session.settings
    known = settings.baseline if write_baseline is None else None
    wanted = api.CheckOptions(
        baseline=Baseline.load(known) if known else None,
        handles=handles,
        landing=landing,
        searches="of-documents" if match is None else "all" if match else "none",
        lock=lock_of(
            settings.lock,
            must_exist=locked,
            may_begin=update_lock or bool(dismissals.wanted),
        ),
        lock_use="answers" if locked else "update" if update_lock else "dismissals",
    )
    streams = report in _STREAMED
    read = (session.stream if streams else session.read)(sources, read_as)
    run = api.CheckRun()
    checked = session.check(
        read, run, offline=offline, refresh=refresh or update_lock, options=wanted
    )
    watch = Watch(
        settings.fail_on,
        keeps_findings=write_baseline is not None or bool(dismissals.wanted),
        keeps_keys=update_lock,
    )
    lines = _report(
        watch.watched(checked),
        run,
        read,
        report,
        settings,
        verbose=verbose,
        to_file=output is not None,
    )
    session.terminal.write(lines, output)
    if streams:
        session.terminal.show_problems(read)
    ending = Ending(
        session,
        watch,
        wanted,
        dismissals,
        write_baseline,
        # What reads SARIF takes a failure for a crash of the tool; who wants one asks.
        never_fails=report is ReportFormat.SARIF and fail_on is None,
    )
    raise typer.Exit(ending.exit_code(read, run))


def _refuse_asking(options: Mapping[str, bool]) -> None:
    """Refuse to leave out without a word what was asked for.

    Raises:
        typer.BadParameter: an option is given that needs the registries.
    """
    for name, is_given in options.items():
        if is_given:
            message = "asks the registries, which --locked forbids"
            raise typer.BadParameter(message, param_hint=name)


def _report(
    checked: Iterator[Checked],
    run: CheckRun,
    read: Sources | SourceStream,
    report: ReportFormat,
    settings: Settings,
    *,
    verbose: bool,
    to_file: bool,
) -> Iterable[str]:
    """The report in pieces, each as soon as it is known."""
    if report in _WITH_EDITS:
        from lupusrefs.commands.checking import with_edits  # noqa: PLC0415

        checked = with_edits(checked, read.files)
    general = _general(run)
    match report:
        case ReportFormat.CONSOLE:
            from lupusrefs.reports.findings_console import check_text  # noqa: PLC0415

            return [check_text(checked, general, to_file=to_file, verbose=verbose)]
        case ReportFormat.JSON:
            from lupusrefs.reports.check_data import to_json  # noqa: PLC0415
            from lupusrefs.reports.check_wire import check_report  # noqa: PLC0415

            return [to_json(check_report(checked, general))]
        case ReportFormat.JSONL:
            from lupusrefs.reports.check_data import jsonl_lines  # noqa: PLC0415

            return jsonl_lines(checked, general)
        case ReportFormat.CSV:
            from lupusrefs.reports.check_data import csv_lines  # noqa: PLC0415

            return csv_lines(checked, general)
        case _:
            return [_document(checked, general, read, report, settings)]


def _general(run: CheckRun) -> Iterator[Finding]:
    """What belongs to no reference: known when the last one is, so asked for late."""
    yield from run.general


def _document(
    checked: Iterator[Checked],
    general: Iterator[Finding],
    read: Sources | SourceStream,
    report: ReportFormat,
    settings: Settings,
) -> str:
    """A report for another program, or for a browser."""
    match report:
        case ReportFormat.SARIF:
            from lupusrefs.reports.sarif import to_sarif  # noqa: PLC0415

            texts = {path: file.source for path, file in read.files.items()}
            return to_sarif(checked, general, texts)
        case ReportFormat.JUNIT:
            from lupusrefs.reports.junit import to_junit  # noqa: PLC0415

            return to_junit(checked, general, fail_on=_severity(settings.fail_on))
        case ReportFormat.GITHUB:
            from lupusrefs.reports.github import to_github  # noqa: PLC0415

            return to_github(checked, general)
        case ReportFormat.MARKDOWN:
            from lupusrefs.reports.markdown import to_markdown  # noqa: PLC0415

            return to_markdown(checked, general)
        case _:
            from lupusrefs.reports.html.page import to_html  # noqa: PLC0415

            return to_html(checked, general)


# The reports that are written reference by reference: a list of any length will do.
_STREAMED = frozenset((ReportFormat.JSONL, ReportFormat.CSV))
# What a bulk check writes.
_OF_BULK = frozenset((ReportFormat.CONSOLE, ReportFormat.JSONL))
# The reports that say what a fix changes in the file.
_WITH_EDITS = frozenset((ReportFormat.JSON, ReportFormat.JSONL, ReportFormat.SARIF))


def _severity(fail_on: FailOn) -> Severity:
    """What counts as a failure in a report that has to say so of each finding."""
    from lupusrefs.findings import Severity  # noqa: PLC0415
    from lupusrefs.policy import FailOn  # noqa: PLC0415

    return Severity.ERROR if fail_on is FailOn.NEVER else Severity(fail_on)
