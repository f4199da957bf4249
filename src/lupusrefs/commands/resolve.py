"""``lupusrefs resolve``: who registered each reference, and what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lupusrefs.commands import options

if TYPE_CHECKING:
    from lupusrefs.api import Run

app = options.new_app()


class ReportFormat(StrEnum):
    """How the outcome is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    YAML = "yaml"


@app.command()
def resolve(
    sources: options.Sources = None,
    report: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to write the outcome.")
    ] = ReportFormat.TABLE,
    output: options.Output = None,
    write_lock: Annotated[
        bool,
        typer.Option(
            "--write-lock",
            help="Write what is registered to the lock file, for `check --locked`.",
        ),
    ] = False,
    lock: options.Lock = None,
    read_as: options.ReadAs = None,
    mirror: options.Mirror = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show who registered each reference, and what is registered.

    Every DOI is looked up at its registration agency. A registry that cannot be asked
    leaves a reference "not asked", never "not registered". Without a SOURCE, the files
    that the configuration names are read, else refs.yaml, references.* or all *.bib
    here, else the bundled seed references.
    """
    from lupusrefs.commands.session import (  # noqa: PLC0415 - the library, late
        Session,
        exit_code,
        is_unread,
    )

    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
        flags={"lock": lock},
    )
    read = session.read(sources, read_as)
    run = session.resolve(read.references, offline=offline, refresh=refresh)
    session.terminal.write(_report(run, report, to_file=output is not None), output)
    if write_lock:
        session.write_lock(run, offline=offline, is_whole=not is_unread(read))
    session.close(run)
    raise typer.Exit(exit_code(read, (one.outcome for one in run.resolutions)))


def _report(run: Run, report: ReportFormat, *, to_file: bool) -> str:
    pairs = [(one.reference, one.outcome) for one in run.resolutions]
    if report is ReportFormat.TABLE:
        from lupusrefs.reports.console import table_text  # noqa: PLC0415

        return table_text(pairs, to_file=to_file)
    from lupusrefs.reports import data  # noqa: PLC0415
    from lupusrefs.reports.wire import resolve_report  # noqa: PLC0415

    writers = {
        ReportFormat.JSON: data.to_json,
        ReportFormat.JSONL: data.to_jsonl,
        ReportFormat.CSV: data.to_csv,
        ReportFormat.YAML: data.to_yaml,
    }
    return writers[report](resolve_report(pairs))
