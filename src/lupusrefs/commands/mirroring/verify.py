"""``lupusrefs mirror verify``: whether a mirror still holds what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lupusrefs.commands import options
from lupusrefs.commands.mirroring.arguments import Jobs, Location
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.mirror.verify import Verified


def verify(
    location: Location,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Make the damaged files, and just those, anew from the data files "
            "that they came from.",
        ),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Compare the sizes of the files only.")
    ] = False,
    jobs: Jobs = None,
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
    if repair and found.buckets:
        found = _repaired(terminal, location, found, jobs, quick=quick)
    elif found.buckets:
        terminal.note(
            f"`lupusrefs mirror verify {location} --repair` makes them anew from the "
            "data files that they came from",
            "hint",
        )
    _note(terminal, found)
    raise typer.Exit(ExitCode.FINDINGS if found.damaged else ExitCode.CLEAN)


def _verified(terminal: Terminal, location: str, *, quick: bool) -> Verified:
    from lupusrefs import api  # noqa: PLC0415 - the library, late

    described = api.mirror_info(location).description
    total = sum(one.bytes for one in described.buckets) if described else 0
    with terminal.progress(total, "Reading the mirror") as step:
        return api.verify_mirror(location, quick=quick, progress=step)


def _repaired(
    terminal: Terminal,
    location: str,
    found: Verified,
    jobs: int | None,
    *,
    quick: bool,
) -> Verified:
    """Make the damaged buckets anew, and look at all of it again."""
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.mirroring.bars import bars  # noqa: PLC0415
    from lupusrefs.errors import MirrorError  # noqa: PLC0415
    from lupusrefs.mirror.location import is_url  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415
    from lupusrefs.reports.mirror import counted, of_damage  # noqa: PLC0415

    if is_url(location):
        message = "a mirror is repaired in a folder of this machine"
        terminal.say(*messages.of_error(MirrorError(message)))
        return found
    try:
        with bars(terminal) as shown:
            api.repair_mirror(
                location, found.buckets, jobs=jobs, progress=shown.building
            )
    except MirrorError as error:
        terminal.say(*messages.of_error(error))
        return found
    terminal.note(f"{counted(len(found.buckets), 'file')} made anew")
    again = _verified(terminal, location, quick=quick)
    for line in of_damage(again.damaged).splitlines():
        terminal.say(*messages.of_error(MirrorError(f"still damaged: {line}")))
    return again


def _note(terminal: Terminal, found: Verified) -> None:
    """Say what else there is to know."""
    from lupusrefs.mirror import layout  # noqa: PLC0415 - the library, late
    from lupusrefs.reports.mirror import counted, size  # noqa: PLC0415

    if not found.damaged:
        files = f"{counted(found.files, 'file')}, {size(found.bytes)}"
        terminal.note(f"{files}: all as they were written")
    if any(one.name == layout.RETRACTIONS for one in found.damaged):
        terminal.note(
            "`lupusrefs mirror update --retraction-watch FILE` writes "
            f"{layout.RETRACTIONS} anew",
            "hint",
        )
    for name in found.strays:
        terminal.note(f"{name} is no part of the mirror", "warning")
    if found.search is False:
        terminal.note(
            "the search index is not of these records: it is out of date", "warning"
        )
    if found.unfinished:
        terminal.note("a build is not finished: run it again to go on")
