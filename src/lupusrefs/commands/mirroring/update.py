"""``lupusrefs mirror update``: what registries have changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.commands.mirroring.arguments import Folder, Jobs
from lupusrefs.exit_codes import ExitCode


def update(
    folder: Folder,
    since: Annotated[
        Optional[datetime],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--from",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="From which day on the registries are asked (if not set, a day before "
            "the one up to which the mirror is complete).",
            show_default=False,
        ),
    ] = None,
    retraction_watch: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--retraction-watch",
            metavar="FILE|URL",
            help="Take in Retraction Watch's database, a CSV file.",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Ask the registries of a mirror for all that they changed since.

    What they answer is kept as data files in DIR/updates and put into the mirror. An
    update that was interrupted goes on where it stopped. The exit code is 4 if a
    registry could not be asked to the end.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.mirroring.bars import bars  # noqa: PLC0415
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415
    from lupusrefs.config import Settings  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415
    from lupusrefs.reports.mirror import of_update  # noqa: PLC0415

    terminal = Terminal(quiet=quiet, verbose=verbose)
    settings = Settings.load({"mailto": mailto, "timeout_s": timeout})
    try:
        with bars(terminal) as shown:
            run = api.update_mirror(
                folder,
                settings=settings,
                since=since.date() if since else None,
                retraction_watch=retraction_watch,
                jobs=jobs,
                fetching=shown.fetching,
                building=shown.building,
            )
    except KeyboardInterrupt:
        terminal.note("stopped; what came is kept: the next update goes on there")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    for error in run.errors:
        terminal.say(*messages.of_error(error))
    terminal.write(of_update(run))
    if terminal.verbose:
        each = [f"{name} {count}" for name, count in sorted(run.requests.items())]
        total = sum(run.requests.values())
        terminal.note(f"requests sent: {', '.join([str(total), *each])}")
    raise typer.Exit(ExitCode.INCOMPLETE if run.errors else ExitCode.CLEAN)
