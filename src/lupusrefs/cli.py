"""The Typer app, and the one place where errors become text and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from lupusrefs import __version__
from lupusrefs.errors import LupusrefsError
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

# Command -> the first line of its help; its module in lupusrefs.commands has its name.
# Here and not only there, so that `--help` need not import every command.
COMMANDS: Final = {
    "resolve": "Show who registered each reference, and what is registered.",
    "check": "Compare every reference with what is registered.",
    "fix": "Show as a diff what would mend the references, or mend them.",
    "scan": "Find the references and identifiers inside documents.",
    "match": "Find the registered works of references that have no DOI.",
    "explain": "Explain a rule, or the evidence behind the verdict on a key.",
    "export": "Write references as BibTeX, BibLaTeX, RIS or another format.",
    "add": "Append registered works to a library, in its own format.",
    "render": "Write a formatted bibliography in the style of a journal.",
    "cite": "Write citations as they stand in a text.",
    "styles": "Find a CSL style by its id, title, journal or ISSN.",
    "cache": "Look after the store of registries' answers.",
    "mirror": "Build and look after a local mirror of the registries.",
}


class LazyCommands(TyperGroup):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """All commands, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """Build the command from its module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"lupusrefs.commands.{cmd_name}")
        command = get_command(module.app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    name="lupusrefs",
    cls=LazyCommands,
    help="Resolve, verify and export the references of a paper.",
    no_args_is_help=True,
    # Plain help: it is the same in a pipe and a terminal, and needs no import of rich.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    _open_closed_streams()
    try:
        app()
    except OSError as error:
        _end_of_output(error)
        sys.exit(ExitCode.INPUT)
    except LupusrefsError as error:
        from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415
        from lupusrefs.reports import messages  # noqa: PLC0415

        Terminal().say(*messages.of_error(error))
        sys.exit(ExitCode.INPUT)


def _open_closed_streams() -> None:
    """Let a standard stream that was closed (``>&-``) lead nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nowhere)


def _end_of_output(error: OSError) -> None:
    """Say that no more can be written, mostly for a full disk."""
    where = f"{error.filename}: " if error.filename else ""
    message = f"error: {where}cannot be written or read: {error.strerror or error}\n"
    with contextlib.suppress(OSError):
        sys.stderr.write(message)
    # The interpreter flushes again at its end: let that go nowhere.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
