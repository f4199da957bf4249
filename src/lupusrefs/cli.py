"""The Typer app, and the one place where errors become text and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lupusrefs import __version__
from lupusrefs.commands import add, cache, export, resolve
from lupusrefs.errors import LupusrefsError
from lupusrefs.exit_codes import ExitCode

app = typer.Typer(
    name="lupusrefs",
    help="Resolve, verify and export the references of a paper.",
    no_args_is_help=True,
    # Plain help: it is the same in a pipe and a terminal, and needs no import of rich.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("resolve")(resolve.resolve)
app.command("export")(export.export)
app.command("add")(add.add)
app.add_typer(cache.app, name="cache")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lupusrefs {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Resolve, verify and export the references of a paper."""


def main() -> None:
    """Run the command line; never ends in a traceback for what users can cause."""
    try:
        app()
    except LupusrefsError as error:
        from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415
        from lupusrefs.reports import messages  # noqa: PLC0415

        Terminal().say(*messages.of_error(error))
        sys.exit(ExitCode.INPUT)
