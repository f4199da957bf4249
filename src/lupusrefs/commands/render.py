"""``lupusrefs render``: a formatted bibliography in any CSL style."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from lupusrefs.commands import options, rendering
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupusrefs.commands.session import Session
    from lupusrefs.model.item import Item
    from lupusrefs.sources import Sources

app = options.new_app()


class Gate(StrEnum):
    """What is done with a reference that must not be cited unknowingly."""

    REFUSE = "refuse"
    MARK = "mark"


# Rule -> what is put behind the entry.
_MARKS: Final = {
    "retracted": "[retracted]",
    "retracted-and-replaced": "[retracted and replaced]",
    "withdrawn": "[withdrawn]",
    "partially-retracted": "[partially retracted]",
    "expression-of-concern": "[expression of concern]",
}
_REFUSED: Final = frozenset(("retracted", "retracted-and-replaced", "withdrawn"))


@app.command()
def render(
    sources: options.Sources = None,
    style: rendering.Style = None,
    locale: rendering.Locale = None,
    to: rendering.To = None,
    output: options.Output = None,
    only: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--only",
            metavar="KEY",
            help="Render the references with these keys alone; may be repeated, and "
            "have several keys with commas.",
            show_default=False,
        ),
    ] = None,
    group_by: Annotated[
        str,
        typer.Option(
            "--group-by",
            metavar="VARIABLE",
            help="A heading for each `type`, `year`, or value of a CSL variable.",
            show_default=False,
        ),
    ] = "",
    links: Annotated[
        bool, typer.Option("--links", help="Make links of DOIs and addresses.")
    ] = False,
    gate: Annotated[
        Optional[Gate],  # noqa: UP045
        typer.Option(
            "--gate",
            help="Check the references first: `refuse` writes nothing if one is "
            "retracted or withdrawn, `mark` says so behind its entry.",
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
            help="Name every reference that lacks a field, and say how many requests "
            "went to whom.",
        ),
    ] = False,
) -> None:
    """Write a formatted bibliography in the style of a journal.

    References of files are rendered as the files have them; of identifiers, what is
    registered is looked up. Fields that the style wants and a reference lacks are told
    on standard error.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.lookup import items_of  # noqa: PLC0415
    from lupusrefs.commands.session import Session, exit_code  # noqa: PLC0415

    target = rendering.target_of(to, output)
    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
    )
    read = session.read(sources, read_as)
    found = items_of(session, read.references, offline=offline, refresh=refresh)
    items = _selected(session, read, found.items, only) if only else found.items
    marks: dict[str, str] = {}
    if gate is not None:
        marks = _marks(session, read, items, offline=offline, refresh=refresh)
        if gate is Gate.REFUSE and _is_refused(session, marks):
            raise typer.Exit(ExitCode.FINDINGS)
    _tell_again(session, items)
    try:
        with rendering.style_told(session.terminal):
            rendered = api.render(
                items,
                style,
                to=target,
                locale=locale,
                group_by=group_by,
                links=links,
                marks=marks,
                settings=session.settings,
            )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--group-by") from None
    session.terminal.write(rendered.text, output)
    session.terminal.show_diagnostics(rendered.problems)
    for warning in rendered.warnings:
        session.terminal.note(warning, "warning")
    for key in rendered.left_out:
        message = f"{key}: {rendered.style} shows nothing of a reference like this"
        session.terminal.note(message, "warning")
    rendering.tell_missing(session.terminal, rendered.missing, rendered.style)
    session.close(found.run)
    raise typer.Exit(exit_code(read, found.outcomes))


def _selected(
    session: Session, read: Sources, items: list[Item], only: list[str]
) -> list[Item]:
    """The items with some keys; what has none is told, and is an unread input."""
    from lupusrefs.reports import messages  # noqa: PLC0415 - the library, late
    from lupusrefs.selection import Selection  # noqa: PLC0415

    selected = Selection.parse(only=only).of(items)
    for unknown in selected.unknown:
        session.terminal.say(*messages.of_error(unknown.error))
        read.errors.append(unknown.error)
    return selected.items


def _marks(
    session: Session,
    read: Sources,
    items: Iterable[Item],
    *,
    offline: bool,
    refresh: bool,
) -> dict[str, str]:
    """What is to be said of references that have been retracted, by their ids."""
    from lupusrefs.api import CheckRun  # noqa: PLC0415 - few runs need it

    run = CheckRun()
    found: dict[str, str] = {}
    for one in session.check(read, run, offline=offline, refresh=refresh):
        for finding in one.findings:
            if finding.rule.id in _MARKS:
                mark = _MARKS[finding.rule.id]
                found.setdefault(one.reference.id, mark)
                if one.reference.doi:
                    found.setdefault(one.reference.doi.lower(), mark)
    session.close_run(run, len(read.references))
    marks = {
        item.id: found.get(item.id) or found.get((item.doi or "").lower())
        for item in items
    }
    return {item_id: mark for item_id, mark in marks.items() if mark}


def _is_refused(session: Session, marks: dict[str, str]) -> bool:
    """Whether there is a reference that the gate does not let pass; says which."""
    from lupusrefs.reports import messages  # noqa: PLC0415

    refused = {_MARKS[rule] for rule in _REFUSED}
    bad = {key: mark for key, mark in marks.items() if mark in refused}
    for key, mark in bad.items():
        session.terminal.say(messages.note("error", f"{key}: {mark.strip('[]')}"))
    if bad:
        hint = "nothing was written; `lupusrefs explain KEY` shows the evidence"
        session.terminal.say(messages.note("hint", hint))
    return bool(bad)


def _tell_again(session: Session, items: Iterable[Item]) -> None:
    for key in rendering.repeated_ids([item.id for item in items]):
        message = f"{key}: several references have this key, the first is rendered"
        session.terminal.note(message, "warning")
