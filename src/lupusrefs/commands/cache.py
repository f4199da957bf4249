"""``lupusrefs cache``: the store of registries' answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lupusrefs.commands import options

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.store import Store

app = options.new_app(help="Look after the store of registries' answers.")


class InfoFormat(StrEnum):
    """How the description of the store is written."""

    TEXT = "text"
    JSON = "json"


@app.command()
def info(
    report: Annotated[
        InfoFormat, typer.Option("--format", "-f", help="How to write it.")
    ] = InfoFormat.TEXT,
) -> None:
    """Say where the store is, how large, and what is in it."""
    from lupusrefs.reports import store as report_store  # noqa: PLC0415

    with _opened() as (store, terminal):
        facts = report_store.facts(store)
        as_json = report is InfoFormat.JSON
        terminal.write(
            report_store.to_json(facts) if as_json else report_store.to_text(facts)
        )


@app.command()
def clear() -> None:
    """Forget every answer."""
    with _opened() as (store, terminal):
        number = store.clear()
        terminal.note(f"{number} answer{'' if number == 1 else 's'} forgotten")


@app.command("export")
def export_store(output: options.Output = None) -> None:
    """Write the store as JSON Lines, to carry to another machine."""
    with _opened() as (store, terminal):
        terminal.write("".join(f"{line}\n" for line in store.export_lines()), output)


@app.command("import")
def import_store(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="An exported store, or `-`.")
    ],
) -> None:
    """Add what `cache export` wrote.

    Of two answers on one subject the younger stays.
    """
    from lupusrefs.input_files import read_text  # noqa: PLC0415

    with _opened() as (store, terminal):
        text = read_text(file, max_bytes=10**9).text
        # Not splitlines(): a title may contain U+2028, which only looks like an end.
        lines = text.removesuffix("\n").split("\n") if text else []
        number = store.import_lines(lines, file)
        terminal.note(f"{number} answer{'' if number == 1 else 's'} read")


@contextmanager
def _opened() -> Iterator[tuple[Store, Terminal]]:
    """The configured store and a terminal; warnings are shown at the end."""
    from lupusrefs.api import store_path  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415
    from lupusrefs.config import Settings  # noqa: PLC0415
    from lupusrefs.store import Store  # noqa: PLC0415

    terminal = Terminal()
    with Store(store_path(Settings.load())) as store:
        yield store, terminal
    for warning in store.warnings:
        terminal.note(warning, "warning")
