"""The command line as a Markdown page, from the Typer app itself."""

import re
from collections.abc import Iterator
from typing import TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from lupusrefs.cli import app

Command: TypeAlias = TyperCommand | TyperGroup

_HEAD = """\
# The command line

This page is generated from the program: `lupusrefs COMMAND --help` says the same.
What the exit codes mean is in [exit-codes.md](exit-codes.md); what can be set once
for all runs is in [configuration.md](configuration.md).
"""
# Typer shows the Python type of an argument; users need not know it.
_PYTHON_TYPE = re.compile(r" <(?:str|list\[str\]|path|file)>$")


def markdown() -> str:
    """The whole page."""
    sections = (_section(*found) for found in walk())
    return "\n".join([_HEAD, *sections])


def walk() -> Iterator[tuple[Command, typer.Context]]:
    """Every command with its context, groups before what is in them."""
    root = get_command(app)
    yield from _walk(_checked(root), "lupusrefs", None)


def _walk(
    command: Command, name: str, parent: typer.Context | None
) -> Iterator[tuple[Command, typer.Context]]:
    settings = {} if parent else dict(command.context_settings)
    context = typer.Context(command, info_name=name, parent=parent, **settings)
    yield command, context
    if isinstance(command, TyperGroup):
        for child in command.list_commands(context):
            found = _checked(command.get_command(context, child))
            yield from _walk(found, child, context)


def _checked(command: object) -> Command:
    if not isinstance(command, TyperCommand | TyperGroup):
        raise TypeError(f"{command!r} is no command of Typer")
    return command


def _section(command: Command, context: typer.Context) -> str:
    """One command: what it does, how it is called, its arguments and options."""
    depth = len(context.command_path.split())
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [
        f"{'#' * (depth + 1)} `{context.command_path}`",
        "",
        (command.help or "").strip(),
        "",
        "```text",
        usage,
        "```",
        "",
    ]
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        if records := _records(command, context, kind):
            lines += [f"{title}:", "", *records, ""]
    if isinstance(command, TyperGroup):
        lines += ["Commands:", "", *_commands(command, context), ""]
    return "\n".join(lines)


def _records(command: Command, context: typer.Context, kind: str) -> list[str]:
    """A line for each parameter of a kind."""
    return [
        f"- `{_PYTHON_TYPE.sub('', record[0])}`: {' '.join(record[1].split())}"
        for parameter in command.get_params(context)
        if parameter.param_type_name == kind
        if (record := parameter.get_help_record(context))
    ]


def _commands(group: TyperGroup, context: typer.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = _checked(group.get_command(context, name))
        first_line = (command.help or "").strip().partition("\n")[0]
        path = f"{context.command_path} {name}"
        yield f"- [`{path}`](#{path.replace(' ', '-')}): {first_line}"
