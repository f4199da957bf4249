"""``lupusrefs export``: references and registered works in a writer's format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.formats.names import FormatName

app = options.new_app()


@app.command()
def export(
    sources: options.Sources = None,
    to: Annotated[
        Optional[FormatName],  # noqa: UP045
        typer.Option(
            "--to",
            "-t",
            help="Format to write; by the name of --output, else bibtex.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    read_as: options.ReadAs = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write references as BibTeX, CSL-JSON or CSL-YAML.

    References of files are written as the files have them; of identifiers, what is
    registered is looked up and written, under a key made of author, year and title.
    """
    from lupusrefs.commands.lookup import items_of  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.session import Session, exit_code  # noqa: PLC0415
    from lupusrefs.formats.catalogue import FORMATS  # noqa: PLC0415

    session = Session(mailto=mailto, timeout_s=timeout, quiet=quiet, verbose=verbose)
    read = session.read(sources, read_as)
    found = items_of(session, read.references, offline=offline, refresh=refresh)
    target = to or _format_of(output)
    session.terminal.write(FORMATS[target].dump(found.items), output)
    session.close(found.run)
    raise typer.Exit(exit_code(read, found.outcomes))


def _format_of(output: Path | None) -> FormatName:
    """The format that a file's name stands for."""
    from lupusrefs.formats.catalogue import FORMATS  # noqa: PLC0415

    suffix = output.suffix.lower() if output else ""
    by_suffix = {ending: name for name in FORMATS for ending in FORMATS[name].suffixes}
    return by_suffix.get(suffix, FormatName.BIBTEX)
