"""``lupusrefs add``: append registered works to a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lupusrefs.commands import options

app = options.new_app()


@app.command()
def add(
    identifiers: Annotated[
        list[str],
        typer.Argument(metavar="ID", help="DOI, arXiv id, PMID or PMCID."),
    ],
    to: Annotated[
        Path,
        typer.Option("--to", metavar="FILE", help="The library; begun if it is new."),
    ],
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            "--diff",
            help="Write nothing: show as a unified diff what would change.",
        ),
    ] = False,
    mirror: options.Mirror = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Append registered works to a library, in its own format.

    New keys and the layout of new entries follow the file's own, and nothing else in it
    changes. Works whose DOI is already there are left out.
    """
    from lupusrefs.commands.lookup import items_of  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.session import Session, exit_code  # noqa: PLC0415
    from lupusrefs.library_file import LibraryFile  # noqa: PLC0415
    from lupusrefs.sources import Sources, read_identifiers  # noqa: PLC0415

    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
    )
    library = LibraryFile.open(to, session.settings.max_file_mb * 1_000_000)
    references = read_identifiers(identifiers)
    found = items_of(session, references, offline=offline, refresh=refresh)
    addition = library.addition(found.items)
    if dry_run:
        session.terminal.write_diff(library.diff(addition), library.patch(addition))
    else:
        library.write(addition)
    for item in addition.items:
        verb = "would add" if dry_run else "added"
        session.terminal.note(f"{verb} {item.id} to {to}")
    for item in library.present(found.items):
        session.terminal.note(f"{item.doi or item.id} is already in {to}")
    session.close(found.run)
    raise typer.Exit(exit_code(Sources(), found.outcomes))
