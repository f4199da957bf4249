"""What ``render`` and ``cite`` share: their options, and what they say beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from lupusrefs.csl.output.formats import OutputFormat
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal

_SHOWN: Final = 10


_SUFFIXES: Final = {
    ".html": OutputFormat.HTML,
    ".htm": OutputFormat.HTML,
    ".md": OutputFormat.MARKDOWN,
    ".markdown": OutputFormat.MARKDOWN,
    ".qmd": OutputFormat.MARKDOWN,
    ".tex": OutputFormat.LATEX,
    ".rtf": OutputFormat.RTF,
    ".typ": OutputFormat.TYPST,
    ".rst": OutputFormat.RST,
    ".xml": OutputFormat.DOCX,
}
Style = Annotated[
    Optional[str],  # noqa: UP045 - Typer reads the older spelling faster
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="A CSL style: its id (nature), title, journal or ISSN, or a .csl file "
        "(apa if not set). `lupusrefs styles` finds one.",
        show_default=False,
    ),
]
Locale = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--locale",
        metavar="LANGUAGE",
        help="Language, such as de-DE, instead of the style's own.",
        show_default=False,
    ),
]
To = Annotated[
    Optional[OutputFormat],  # noqa: UP045
    typer.Option(
        "--to",
        "-t",
        help="Format to write; by the name of --output, else text.",
        show_default=False,
    ),
]


def target_of(to: OutputFormat | None, output: Path | None) -> OutputFormat:
    """The format that is asked for, or that the file's name stands for.

    Raises:
        typer.BadParameter: the file's name stands for one that is not written.
    """
    if to is not None:
        return to
    suffix = output.suffix.lower() if output is not None else ""
    if suffix == ".docx":
        message = (
            "no whole Word file is written: --to docx gives the paragraphs of one, "
            "--to rtf a file that Word opens"
        )
        raise typer.BadParameter(message, param_hint="--output")
    return _SUFFIXES.get(suffix, OutputFormat.TEXT)


@contextmanager
def style_told(terminal: Terminal) -> Iterator[None]:
    """Say all that is wrong with a style that is no valid CSL, and end the run."""
    from lupusrefs.csl.errors import InvalidStyle  # noqa: PLC0415 - the library, late

    try:
        yield
    except InvalidStyle as error:
        terminal.show_diagnostics(error.diagnostics)
        raise typer.Exit(ExitCode.INPUT) from None


def tell_missing(
    terminal: Terminal, missing: Mapping[str, Iterable[str]], style: str
) -> None:
    """Say which fields the style wanted in vain."""
    shown = list(missing.items())
    if not terminal.verbose:
        shown = shown[:_SHOWN]
    for key, variables in shown:
        terminal.note(f"{key}: {style} wants {', '.join(variables)}", "warning")
    if more := len(missing) - len(shown):
        what = "1 more reference lacks" if more == 1 else f"{more} more references lack"
        terminal.note(f"{what} fields that {style} wants; --verbose names them")


def repeated_ids(ids: Sequence[str]) -> list[str]:
    """The ids that come more than once: of those only the first is rendered."""
    seen: set[str] = set()
    again: dict[str, None] = {}
    for one in ids:
        if one in seen:
            again[one] = None
        seen.add(one)
    return list(again)
