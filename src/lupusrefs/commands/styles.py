"""``lupusrefs styles``: find a CSL style."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.exit_codes import ExitCode

if TYPE_CHECKING:
    from lupusrefs.commands.terminal import Terminal
    from lupusrefs.errors import UnknownStyle
    from lupusrefs.styles.catalogue import Catalogue
    from lupusrefs.styles.info import Style

app = options.new_app()

_LINES: Final = 20  # a screen
# Shown to those who do not know what to look for.
_MUCH_USED: Final = (
    "apa",
    "nlm-citation-sequence",
    "american-medical-association",
    "icmje",
    "nature",
    "science",
    "cell",
    "the-lancet",
    "bmj",
    "plos",
    "elsevier-vancouver",
    "springer-basic-author-date",
    "ieee",
    "association-for-computing-machinery",
    "american-chemical-society",
    "harvard-cite-them-right",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "modern-language-association",
    "mhra-notes",
)


class ReportFormat(StrEnum):
    """How the styles are written."""

    TABLE = "table"
    JSON = "json"


@app.command()
def styles(
    words: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Argument(
            metavar="WORDS",
            help="Words of the id or title, or how they begin (ann rheum dis); or an "
            "ISSN.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--show",
            metavar="STYLE",
            help="Show all about one style: an id, a title, a URL or a .csl file.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--check",
            metavar="FILE",
            help="Say what is wrong with a style or locale file, with line and column.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--limit",
            metavar="NUMBER",
            min=1,
            help="How many styles are listed (20 if not set; in JSON, all).",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to write the styles.")
    ] = ReportFormat.TABLE,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """Find a CSL style by its id, title, journal or ISSN.

    The styles are those of the official CSL repository, of ten thousand journals. The
    first column is the id by which a style is used. Outside a terminal the columns are
    separated by tabs. Without WORDS some much used styles are listed. The exit code is
    1 if nothing was found, or --check found an error.
    """
    from lupusrefs.errors import UnknownStyle  # noqa: PLC0415 - the library, late
    from lupusrefs.reports import messages  # noqa: PLC0415

    if show is not None and words:
        raise typer.BadParameter("give WORDS or --show, not both", param_hint="--show")
    if check is not None:
        raise typer.Exit(_checked(check, quiet=quiet))
    with _opened(quiet=quiet) as (catalogue, terminal):
        try:
            if show is not None:
                text = _details(catalogue, show, report)
            else:
                text = _listing(catalogue, terminal, words or (), limit, report, output)
        except UnknownStyle as error:
            terminal.say(*messages.of_error(error))
            raise typer.Exit(ExitCode.FINDINGS) from None
        terminal.write(text, output)


def _checked(path: Path, *, quiet: bool) -> ExitCode:
    """Say what is wrong with a style file; findings are its errors.

    Raises:
        InputError: it cannot be read, or is no XML.
    """
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415 - library, late
    from lupusrefs.csl import Style  # noqa: PLC0415
    from lupusrefs.styles.local import read_text  # noqa: PLC0415

    terminal = Terminal(quiet=quiet)
    problems = Style.problems(read_text(path), str(path))
    terminal.show_diagnostics(problems)
    errors = sum(one.is_error for one in problems)
    if not errors:
        terminal.note(f"{path} is valid CSL 1.0.2")
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN


def _details(catalogue: Catalogue, name: str, report: ReportFormat) -> str:
    """One style.

    Raises:
        UnknownStyle: there is none, or several.
    """
    found = catalogue.find(name)
    if report is ReportFormat.JSON:
        return _json([found.style], 1)
    from lupusrefs.reports.styles import to_details  # noqa: PLC0415

    return to_details(found)


def _listing(
    catalogue: Catalogue,
    terminal: Terminal,
    words: Sequence[str],
    limit: int | None,
    report: ReportFormat,
    output: Path | None,
) -> str:
    """The styles that match, or those that are much used.

    Raises:
        UnknownStyle: nothing matches.
    """
    is_json = report is ReportFormat.JSON
    most = limit if limit is not None or is_json else _LINES
    text = " ".join(words)
    if text.strip():
        found = catalogue.search(text, most)
        if not found.total:
            raise _nothing(catalogue, text)
        listed, total = found.styles, found.total
        if (more := total - len(listed)) and not is_json:
            terminal.note(f"... and {more} more; --limit {total} lists all")
    else:
        listed, total = _much_used(catalogue)[:most], sum(catalogue.counts)
        independent, dependent = catalogue.counts
        terminal.note(
            f"there are {independent} styles, and {dependent} journals that use one of "
            "them; these are much used, WORDS find others"
        )
    if is_json:
        return _json(listed, total)
    from lupusrefs.reports.styles import to_lines, to_table  # noqa: PLC0415

    for_people = output is None and sys.stdout.isatty()
    return to_table(listed) if for_people else to_lines(listed)


def _nothing(catalogue: Catalogue, text: str) -> UnknownStyle:
    """No style has all of the words."""
    from lupusrefs.errors import UnknownStyle  # noqa: PLC0415
    from lupusrefs.styles.catalogue import listed  # noqa: PLC0415

    near = catalogue.nearest(text)
    hint = "give fewer words, or only how they begin"
    return UnknownStyle(
        f"no style has the words `{text[:60]}`",
        name=text,
        nearest=near,
        hint=f"did you mean {listed(near)}? Else {hint}" if near else hint,
    )


def _much_used(catalogue: Catalogue) -> tuple[Style, ...]:
    found = map(catalogue.get, _MUCH_USED)
    return tuple(one.style for one in found if one is not None)


def _json(listed: Sequence[Style], total: int) -> str:
    from lupusrefs.reports.styles_wire import to_json  # noqa: PLC0415

    return to_json(listed, total)


@contextmanager
def _opened(*, quiet: bool) -> Iterator[tuple[Catalogue, Terminal]]:
    """The catalogue and a terminal; warnings are shown at the end."""
    from lupusrefs.api import store_path  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.terminal import Terminal  # noqa: PLC0415
    from lupusrefs.config import Settings  # noqa: PLC0415
    from lupusrefs.styles.catalogue import Catalogue  # noqa: PLC0415

    terminal = Terminal(quiet=quiet)
    # The index lies beside the store.
    with Catalogue(store_path(Settings.load()).parent) as catalogue:
        try:
            yield catalogue, terminal
        finally:
            for warning in catalogue.warnings:
                terminal.note(warning, "warning")
