"""``lupusrefs mirror build``: a mirror of data files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.mirror.build import BuildOptions, BuildReport


def build(
    folder: Annotated[
        Path,
        typer.Option(
            "--to",
            metavar="DIR",
            help="The mirror's folder; it is made, or added to.",
            show_default=False,
        ),
    ],
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Argument(
            metavar="SOURCE",
            help="Data files of Crossref or DataCite, or folders of them: JSON Lines, "
            "or documents with `items`; plain, gzipped or in a tar. None with --search "
            "only makes the index.",
            show_default=False,
        ),
    ] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Keep records whole, not only what comparing and rendering need.",
        ),
    ] = False,
    search: Annotated[
        bool,
        typer.Option("--search", help="Build the index for `lupusrefs match`, too."),
    ] = False,
    jobs: Annotated[
        Optional[int],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--jobs",
            metavar="N",
            min=1,
            help="How many processes (as many as there are processors if not set).",
            show_default=False,
        ),
    ] = None,
    buckets: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--buckets",
            metavar="N",
            min=1,
            help="How many files of records (as suits the sources if not set).",
            show_default=False,
        ),
    ] = None,
    restart: Annotated[
        bool,
        typer.Option("--restart", help="Throw away a build that is not finished."),
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Make a mirror of the registries' data files, or add files to one.

    A build that was stopped, at whatever moment, goes on where it stopped when the same
    command is given again. Lines that are no records are set aside, with the reason, in
    DIR/rejected.jsonl. The exit code is 3 if a file could not be read to its end.
    """
    if not sources and not search:
        raise typer.BadParameter(
            "name data files, or folders of them", param_hint="SOURCE"
        )
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415 - library, late
    from lupusrefs.extras import extra  # noqa: PLC0415

    with extra("mirror", "a mirror"):
        from lupusrefs.mirror.build import BuildOptions  # noqa: PLC0415 - an extra

    terminal = Terminal(quiet=quiet)
    wanted = BuildOptions(
        # Left out, it is as the mirror has it.
        whole=full or None,
        jobs=jobs,
        buckets=buckets,
        restart=restart,
        search=search,
    )
    report = _built(terminal, sources or [], folder, wanted)
    _show(terminal, folder, report)
    raise typer.Exit(ExitCode.CLEAN if report.is_complete else ExitCode.INPUT)


def _built(
    terminal: Terminal, sources: list[str], folder: Path, wanted: BuildOptions
) -> BuildReport:
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.mirroring.bars import bars  # noqa: PLC0415

    try:
        with bars(terminal) as shown:
            return api.build_mirror(
                sources, folder, options=wanted, progress=shown.building
            )
    except KeyboardInterrupt:
        terminal.note("stopped; the same command goes on where it stopped")
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _show(terminal: Terminal, folder: Path, report: BuildReport) -> None:
    """Say what came of it, on standard error."""
    from lupusrefs.errors import InputError  # noqa: PLC0415 - the library, late
    from lupusrefs.model.location import Location  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415
    from lupusrefs.reports.mirror_build import of_build, warnings_of  # noqa: PLC0415

    for name, what in (*report.missing, *report.damaged):
        place = Location.of_file(name)
        terminal.say(*messages.of_error(InputError(what, location=place)))
    for warning in warnings_of(report, folder):
        terminal.note(warning, "warning")
    for line in of_build(report, folder):
        terminal.note(line)
