"""``lupusrefs scan``: the identifiers and references inside documents."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options
from lupusrefs.commands.export import Target
from lupusrefs.formats.names import FormatName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupusrefs.documents.scan import Scan

app = options.new_app()


class ReportFormat(StrEnum):
    """How the findings are written."""

    TABLE = "table"
    JSON = "json"


@app.command()
def scan(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT",
            help="Text, Markdown, LaTeX, HTML, JATS, TEI, docx, PDF, notebook, Typst, "
            "reStructuredText or AsciiDoc; `-` for standard input.",
        ),
    ],
    report: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to write what is found.")
    ] = ReportFormat.TABLE,
    to: Annotated[
        Optional[Target],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Option(
            "--to",
            "-t",
            help="Write the references as a library of this format instead.",
            show_default=False,
        ),
    ] = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """Find the references and identifiers inside documents.

    The reference list is found, parted and read, and each reference told with its
    place, to jump to; so is every DOI, arXiv id, PMID, PMCID and ISBN in the text and
    behind links. Nothing is asked of anybody: `lupusrefs check DOCUMENT` goes on to
    find their DOIs and to compare them with what is registered.
    """
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.commands.session import Session  # noqa: PLC0415
    from lupusrefs.errors import LupusrefsError  # noqa: PLC0415
    from lupusrefs.exit_codes import ExitCode  # noqa: PLC0415
    from lupusrefs.reports import messages  # noqa: PLC0415

    session = Session(asks=False, quiet=quiet)
    scans: list[Scan] = []
    failed = False
    for path in dict.fromkeys(documents):
        try:
            scans.append(api.scan(path, settings=session.settings))
        except LupusrefsError as error:
            session.terminal.say(*messages.of_error(error))
            failed = True
    for one in scans:
        session.terminal.show_diagnostics(one.document.diagnostics)
        failed = failed or any(found.is_error for found in one.document.diagnostics)
    session.terminal.write(_text(scans, report, to, to_file=output is not None), output)
    raise typer.Exit(ExitCode.INPUT if failed else ExitCode.CLEAN)


def _text(
    scans: Sequence[Scan], report: ReportFormat, to: Target | None, *, to_file: bool
) -> str:
    if to is not None:
        from lupusrefs import api  # noqa: PLC0415 - as above

        return api.export(api.scanned_library(scans), FormatName(to))
    if report is ReportFormat.JSON:
        from lupusrefs.reports.scan_wire import to_json  # noqa: PLC0415

        return to_json(scans)
    from lupusrefs.reports.scan import scan_text  # noqa: PLC0415

    return scan_text(scans, to_file=to_file)
