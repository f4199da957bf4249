"""``lupusrefs explain``: what a rule means, or why a reference got its verdict."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.session import Session
    from lupusrefs.sources import Sources

app = options.new_app()


@app.command()
def explain(
    word: Annotated[
        str,
        typer.Argument(metavar="RULE|KEY", help="The id of a rule, or a citation key."),
    ],
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--in",
            metavar="SOURCE",
            help="Where the key is; without it, the files that `check` would read.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    read_as: options.ReadAs = None,
    mirror: options.Mirror = None,
    quiet: options.Quiet = False,
) -> None:
    """Explain a rule, or the evidence behind the verdict on a key.

    Of a key: what was asked of whom and when, what is cited and what is registered, in
    which form they were compared, which rule decided, and why the others did not.
    Nobody is asked: the answers come from the store, as the last check left them, or
    from a mirror.
    """
    from lupusrefs.commands.session import Session  # noqa: PLC0415 - the library, late
    from lupusrefs.findings import RULES  # noqa: PLC0415
    from lupusrefs.reports.explanation import rule_explanation  # noqa: PLC0415
    from lupusrefs.rule_texts import rule_texts  # noqa: PLC0415

    session = Session(asks=False, mirror=mirror, quiet=quiet)
    if (rule := RULES.get(word)) and not sources:
        text = rule_explanation(rule, rule_texts()[word])
        session.terminal.write(text, output)
        return
    read = session.read(sources, read_as)
    session.terminal.write(_of_key(session, read, word), output)


def _of_key(session: Session, read: Sources, key: str) -> str:
    """The evidence on every reference with the key, in the order of the files.

    Raises:
        typer.Exit: there is none.
    """
    from lupusrefs import api  # noqa: PLC0415
    from lupusrefs.commands.checking import lock_of  # noqa: PLC0415
    from lupusrefs.commands.session import is_unread  # noqa: PLC0415
    from lupusrefs.errors import InputError  # noqa: PLC0415
    from lupusrefs.findings import RULES  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415
    from lupusrefs.reports.explanation import key_explanation  # noqa: PLC0415

    if not any(one.id == key for one in read.references):
        keys = [one.id for one in read.references]
        near = difflib.get_close_matches(key, [*keys, *RULES], n=3)
        hint = (
            f"did you mean {', '.join(near)}?" if near else "see `check` for the keys"
        )
        error = InputError(f"neither a rule nor a key here: `{key[:60]}`", hint=hint)
        session.terminal.say(*messages.of_error(error))
        # The key may be in what could not be read.
        raise typer.Exit(ExitCode.INPUT if is_unread(read) else ExitCode.USAGE)
    # All of them, for some findings are about two references.
    run = api.CheckRun()
    lock = lock_of(session.settings.lock, must_exist=False, may_begin=False)
    wanted = api.CheckOptions(lock=lock)
    checked = session.check(read, run, offline=True, refresh=False, options=wanted)
    return "\n".join(key_explanation(one) for one in checked if one.reference.id == key)
