"""``lupusrefs mirror verify``: whether a mirror still holds what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lupusrefs.commands import options
from lupusrefs.commands.mirroring.arguments import Location
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.mirror.verify import Verified


def verify(
    location: Location,
    quick: Annotated[
        bool, typer.Option("--quick", help="Compare the sizes of the files only.")
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Check that every file of a mirror is what was written.

    Its size and its digest (SHA-256), that it can be read, and that each DOI is where a
    lookup finds it. What is damaged is named, one file a line; the exit code is then 1.
    """
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415 - library, late
    from lupusrefs.reports.mirror import of_damage  # noqa: PLC0415

    terminal = Terminal(quiet=quiet)
    found = _verified(terminal, location, quick=quick)
    terminal.write(of_damage(found.damaged))
    _note(terminal, found)
    raise typer.Exit(ExitCode.FINDINGS if found.damaged else ExitCode.CLEAN)


def _verified(terminal: Terminal, location: str, *, quick: bool) -> Verified:
    from lupusrefs import api  # noqa: PLC0415 - the library, late

    described = api.mirror_info(location).description
    total = sum(one.bytes for one in described.buckets) if described else 0
    with terminal.progress(total, "Reading the mirror") as step:
        return api.verify_mirror(location, quick=quick, progress=step)


def _note(terminal: Terminal, found: Verified) -> None:
    """Say what else there is to know."""
    from lupusrefs.reports.mirror import counted, size  # noqa: PLC0415 - late

    files = f"{counted(found.files, 'file')}, {size(found.bytes)}"
    if not found.damaged:
        terminal.note(f"{files}: all as they were written")
    for name in found.strays:
        terminal.note(f"{name} is no part of the mirror", "warning")
    if found.search is False:
        terminal.note("the search index is older than the records", "warning")
    if found.unfinished:
        terminal.note("a build is not finished: run it again to go on")
