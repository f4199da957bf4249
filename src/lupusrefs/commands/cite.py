"""``lupusrefs cite``: citations as they stand in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from lupusrefs.commands import options, rendering

if TYPE_CHECKING:
    from lupusrefs.csl.rendering import CiteItem
    from lupusrefs.errors import InputError
    from lupusrefs.model.reference import Library

app = options.new_app()

# What is written for a label beside its abbreviations.
_ALSO: Final = {"§": "section", "s": "section", "article": "article-locator"}


@app.command()
def cite(
    keys: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY",
            help="Citation keys; with a locator behind a comma: 'doe2020, p. 12'.",
        ),
    ],
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--in",
            metavar="SOURCE",
            help="The references that the text cites, all of them, since what a "
            "citation shows depends on the others; may be repeated.",
            show_default=False,
        ),
    ] = None,
    style: rendering.Style = None,
    locale: rendering.Locale = None,
    to: rendering.To = None,
    output: options.Output = None,
    separate: Annotated[
        bool,
        typer.Option("--separate", help="One citation for each key, line by line."),
    ] = False,
    author_only: Annotated[
        bool, typer.Option("--author-only", help="The names alone.")
    ] = False,
    suppress_author: Annotated[
        bool, typer.Option("--suppress-author", help="Without the names.")
    ] = False,
    composite: Annotated[
        bool,
        typer.Option(
            "--composite", help="The names in the text, the rest as a citation."
        ),
    ] = False,
    read_as: options.ReadAs = None,
    quiet: options.Quiet = False,
) -> None:
    """Write citations as they stand in a text.

    All keys make one citation, such as (Doe, 2020; Roe, 2021), or with --separate one
    each.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.session import Session, exit_code  # noqa: PLC0415
    from lupusrefs.model.reference import Library  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415

    target = rendering.target_of(to, output)
    if author_only + suppress_author + composite > 1:
        message = "choose one of --author-only, --suppress-author and --composite"
        raise typer.BadParameter(message)
    session = Session(asks=False, quiet=quiet)
    read = session.read(sources, read_as)
    library = Library(read.references)
    wanted: list[CiteItem] = []
    for text in keys:
        one = _cite_item(text, library)
        if one is None:
            error = _unknown(text, library)
            session.terminal.say(*messages.of_error(error))
            read.errors.append(error)
            continue
        one.suppress_author, one.author_only = suppress_author, author_only
        wanted.append(one)
    with rendering.style_told(session.terminal):
        set_ = api.typeset(library, style, locale=locale, settings=session.settings)
    session.terminal.show_diagnostics(set_.problems)
    clusters = [[one] for one in wanted] if separate else [wanted]
    lines = [
        set_.cite(cluster, to=target, composite=composite)
        for cluster in clusters
        if cluster
    ]
    if lines:
        session.terminal.write("\n".join(lines) + "\n", output)
    raise typer.Exit(exit_code(read, ()))


def _cite_item(text: str, library: Library) -> CiteItem | None:
    """What is cited; None if no reference has the key."""
    from lupusrefs.csl.rendering import CiteItem  # noqa: PLC0415 - the library, late

    if text in library:
        return CiteItem(text)
    key, comma, rest = text.partition(",")
    if not comma or key.strip() not in library:
        return None
    label, locator = _locator(rest.strip())
    return CiteItem(key.strip(), locator=locator, label=label)


def _locator(text: str) -> tuple[str, str]:
    """Label and locator of what stands behind a key; a bare number is a page.

    >>> _locator("chapter 3"), _locator("ch. 3"), _locator("12-15")
    (('chapter', '3'), ('chapter', '3'), ('', '12-15'))
    """
    from lupusrefs.csl.locators import LOCATORS, split_label  # noqa: PLC0415 - late

    word, _, rest = text.partition(" ")
    name = _ALSO.get(word.lower(), word.lower())
    if name in LOCATORS and rest.strip():
        return name, rest.strip()
    return split_label(text)


def _unknown(text: str, library: Library) -> InputError:
    from difflib import get_close_matches  # noqa: PLC0415 - for a message only

    from lupusrefs.errors import InputError  # noqa: PLC0415 - the library, late

    key = text.partition(",")[0].strip()
    near = get_close_matches(key, list(library), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "name its file with --in"
    return InputError(f"no reference has the key `{key}`", hint=hint)
