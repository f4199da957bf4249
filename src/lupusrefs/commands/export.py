"""``lupusrefs export``: references and registered works in a writer's format."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.formats.names import FormatName

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.model.item import Item
    from lupusrefs.selection import Selection

app = options.new_app()


class Target(StrEnum):
    """The formats that are written: without those that are only read."""

    BIBTEX = FormatName.BIBTEX
    BIBLATEX = FormatName.BIBLATEX
    CSL_JSON = FormatName.CSL_JSON
    CSL_YAML = FormatName.CSL_YAML
    RIS = FormatName.RIS
    NBIB = FormatName.NBIB
    ENW = FormatName.ENW
    ENDNOTE_XML = FormatName.ENDNOTE_XML
    HAYAGRIVA = FormatName.HAYAGRIVA


@app.command()
def export(
    sources: options.Sources = None,
    to: Annotated[
        Optional[Target],  # noqa: UP045
        typer.Option(
            "--to",
            "-t",
            help="Format to write; by the name of --output, else bibtex.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    only: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--only",
            metavar="KEY",
            help="Write the references with these keys alone; may be repeated, and "
            "have several keys with commas.",
            show_default=False,
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="VARIABLE,...",
            help="Sort by CSL variables, `year` or `key`, such as `author,-issued`; "
            "with `-`, the largest first.",
            show_default=False,
        ),
    ] = "",
    fields: Annotated[
        str,
        typer.Option(
            "--fields",
            metavar="VARIABLE,...",
            help="Write these CSL variables alone, or with `-` before each all others.",
            show_default=False,
        ),
    ] = "",
    keys: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--keys",
            metavar="PATTERN",
            help="Make new keys, such as `{family}{year}{title-word}`; without it "
            "they stay as they are.",
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
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            help="Show each value that the format cannot hold, and say how many "
            "requests went to whom.",
        ),
    ] = False,
) -> None:
    """Write references as BibTeX, BibLaTeX, RIS or another format.

    References of files are written as the files have them; of identifiers, what is
    registered is looked up and written, under a key made of author, year and title.
    What the format cannot hold is told on standard error.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.lookup import items_of  # noqa: PLC0415
    from lupusrefs.commands.session import Session, exit_code  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415

    selection = _selection(only or (), sort, fields, keys)
    target = FormatName(to) if to else _format_of(output)
    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
    )
    read = session.read(sources, read_as)
    found = items_of(session, read.references, offline=offline, refresh=refresh)
    selected = selection.of(found.items)
    for unknown in selected.unknown:
        session.terminal.say(*messages.of_error(unknown.error))
        read.errors.append(unknown.error)
    text = api.export(selected.items, target)
    session.terminal.write(text, output)
    if not quiet:
        _tell_losses(session.terminal, selected.items, target, text)
    session.close(found.run)
    raise typer.Exit(exit_code(read, found.outcomes))


def _selection(
    only: Sequence[str], sort: str, fields: str, keys: str | None
) -> Selection:
    """What is wanted; a word that is not understood ends the run with the usage."""
    from lupusrefs.selection import InvalidSelection, Selection  # noqa: PLC0415

    try:
        return Selection.parse(only=only, sort=sort, fields=fields, keys=keys)
    except InvalidSelection as error:
        hint = f"; {error.hint}" if error.hint else ""
        option = f"--{error.option}"
        raise typer.BadParameter(f"{error}{hint}", param_hint=option) from None


def _format_of(output: Path | None) -> FormatName:
    """The format that a file's name stands for."""
    from lupusrefs.formats.catalogue import FORMATS  # noqa: PLC0415

    suffix = output.suffix.lower() if output else ""
    named = [name for name, known in FORMATS.items() if suffix in known.suffixes]
    written = [name for name in named if FORMATS[name].dump is not None]
    if named and not written:
        message = f"{named[0]} is only read, not written; choose another with --to"
        raise typer.BadParameter(message, param_hint="--output")
    return written[0] if written else FormatName.BIBTEX


def _tell_losses(
    terminal: Terminal, items: list[Item], target: FormatName, text: str
) -> None:
    """Say what the format cannot hold; where asked, value by value."""
    from lupusrefs.formats.loss import losses  # noqa: PLC0415
    from lupusrefs.reports import losses as report  # noqa: PLC0415

    found = losses(items, target, text=text)
    for sentence in report.summary(found, target):
        terminal.note(sentence)
    if terminal.verbose:
        for sentence in report.details(found):
            terminal.note(sentence)
    elif found:
        terminal.note("--verbose shows each value", "hint")
