"""``lupusrefs match``: the registered works of references without a DOI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from lupusrefs.commands import options

if TYPE_CHECKING:
    from lupusrefs import api
    from lupusrefs.commands.session import Session
    from lupusrefs.exit_codes import ExitCode
    from lupusrefs.fixer import Plan
    from lupusrefs.formats.names import FormatName
    from lupusrefs.matcher import Match
    from lupusrefs.model.reference import Reference
    from lupusrefs.sources import Sources

app = options.new_app()


class ReportFormat(StrEnum):
    """How the outcome is written."""

    CONSOLE = "console"
    JSON = "json"


@app.command()
def match(
    sources: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the older spelling faster
        typer.Argument(
            metavar="SOURCE|TEXT",
            help="Reference files, documents, references as they are typed, or `-`: "
            "standard input, with one reference a line if it is no reference file.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to write the outcome.")
    ] = ReportFormat.CONSOLE,
    output: options.Output = None,
    add: Annotated[
        bool,
        typer.Option(
            "--add", help="Write the DOIs that are certain into the reference files."
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            "--diff",
            help="Write nothing: show as a unified diff what --add would change.",
        ),
    ] = False,
    read_as: options.ReadAs = None,
    mirror: options.Mirror = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    mailto: options.Mailto = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find the registered works of references that have no DOI.

    Mirrors with an index are searched, then Crossref, then DataCite; what is found is
    judged by its fields, never by the registry's score, and never by the title alone.
    Where two works agree equally well, or none well enough, none is named. Exit code 1
    means: for some reference there is no match.
    """
    from lupusrefs.commands.session import Session  # noqa: PLC0415 - the library, late

    session = Session(
        mirror=mirror,
        mailto=mailto,
        timeout_s=timeout,
        quiet=quiet,
        verbose=verbose,
    )
    read = _read(session, sources or (), read_as)
    run = _matched(session, read.references, offline=offline, refresh=refresh)
    if dry_run:
        _show(session, _planned(run.matches, read))
    else:
        text = _report(run.matches, report, to_file=output is not None, verbose=verbose)
        session.terminal.write(text, output)
        if add:
            _write(session, _planned(run.matches, read))
    session.close_run(run, len(run.matches))
    raise typer.Exit(_exit_code(read, run.matches))


def _read(
    session: Session, arguments: Sequence[str], read_as: FormatName | None
) -> Sources:
    """Files and texts in the order in which they are named."""
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.input_files import STDIN  # noqa: PLC0415
    from lupusrefs.sources import Sources, read_sources  # noqa: PLC0415

    if not arguments:
        return session.read((), read_as)
    whole = Sources()
    max_bytes = session.settings.max_file_mb * 1_000_000
    for argument in arguments:
        if api.is_reference_text(argument):
            position = len(whole.references) + 1
            whole.references.append(api.text_reference(argument, position))
            continue
        if argument == STDIN:
            read = _of_stdin(read_as, max_bytes)
        else:
            read = read_sources([argument], read_as=read_as, max_bytes=max_bytes)
        whole.references += read.references
        whole.files |= read.files
        whole.diagnostics += read.diagnostics
        whole.errors += read.errors
    session.terminal.show_problems(whole)
    return whole


def _of_stdin(read_as: FormatName | None, max_bytes: int) -> Sources:
    """Standard input: a reference a line, unless it is a file of another kind."""
    from lupusrefs.errors import InputError  # noqa: PLC0415 - the library, late
    from lupusrefs.formats.catalogue import (  # noqa: PLC0415
        FORMATS,
        recognise_by_content,
    )
    from lupusrefs.input_files import STDIN, Manuscript, open_input  # noqa: PLC0415
    from lupusrefs.scanner import scan  # noqa: PLC0415
    from lupusrefs.sources import Sources  # noqa: PLC0415

    try:
        file = open_input(STDIN, read_as=read_as, max_bytes=max_bytes)
        if isinstance(file, Manuscript):
            scanned = scan(file.file, file.kind)
            found = [one.reference for one in scanned.references]
            return Sources(found, diagnostics=list(scanned.document.diagnostics))
    except InputError as error:
        return Sources(errors=[error])
    if read_as is None and recognise_by_content(file.source.text) is None:
        return Sources(list(_texts(file.source.text)))
    loaded = FORMATS[file.name].load(file.source)
    return Sources(list(loaded.references), {STDIN: file}, list(loaded.diagnostics))


def _texts(text: str) -> Iterator[Reference]:
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.input_files import STDIN  # noqa: PLC0415
    from lupusrefs.model.location import Location  # noqa: PLC0415

    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield api.text_reference(line.strip(), number, Location(STDIN, number, 1))


def _matched(
    session: Session, references: Sequence[Reference], *, offline: bool, refresh: bool
) -> api.MatchRun:
    from lupusrefs import api  # noqa: PLC0415 - the library, late
    from lupusrefs.exit_codes import ExitCode  # noqa: PLC0415

    is_quick = offline and not session.settings.mirrors
    steps = 0 if is_quick else len(references)
    with session.terminal.progress(steps, "Searching the registries") as step:
        try:
            return api.match(
                references,
                settings=session.settings,
                offline=offline,
                refresh=refresh,
                progress=step,
            )
        except KeyboardInterrupt:
            session.terminal.note("stopped; what was answered so far is in the store")
            raise SystemExit(ExitCode.INTERRUPTED) from None


def _report(
    matches: Sequence[Match], report: ReportFormat, *, to_file: bool, verbose: bool
) -> str:
    if report is ReportFormat.JSON:
        from lupusrefs.reports.match_wire import to_json  # noqa: PLC0415 - as above

        return to_json(matches)
    from lupusrefs.reports.matches import match_text  # noqa: PLC0415

    return match_text(matches, to_file=to_file, verbose=verbose)


def _planned(matches: Iterable[Match], read: Sources) -> Plan:
    """What writes the DOIs that are certain into the files."""
    from lupusrefs.fixer import plan  # noqa: PLC0415 - only where it is asked for
    from lupusrefs.matcher import doi_findings  # noqa: PLC0415

    found = [(one.reference, doi_findings(one)) for one in matches]
    return plan([pair for pair in found if pair[1]], read.files)


def _show(session: Session, planned: Plan) -> None:
    from lupusrefs.reports.repairs import (  # noqa: PLC0415 - as above
        annotated_diff,
        annotated_patch,
    )

    for path in planned.paths:
        diff, patch = annotated_diff(planned, path), annotated_patch(planned, path)
        session.terminal.write_diff(diff, patch)
    _say_left(session, planned)


def _write(session: Session, planned: Plan) -> None:
    for path in planned.paths:
        planned.write(path)
        keys = ", ".join(one.reference.id for one in planned.of(path))
        session.terminal.note(f"added the DOI in {path}: {keys}")
    _say_left(session, planned)


def _say_left(session: Session, planned: Plan) -> None:
    """Say which DOIs were not written, and why."""
    for one in planned.unmade:
        where = f"{one.location}: " if one.location else ""
        text = f"{where}the DOI cannot be added here: {one.reason}"
        session.terminal.note(text, "warning")
    if planned.left_out:
        keys = ", ".join(one.key for one in planned.left_out)
        session.terminal.note(f"likely, and so not added: {keys}")


def _exit_code(read: Sources, matches: Iterable[Match]) -> ExitCode:
    """Unread input, then what has no match, then what could not be asked."""
    from lupusrefs.commands.session import is_unread  # noqa: PLC0415 - as above
    from lupusrefs.exit_codes import ExitCode  # noqa: PLC0415
    from lupusrefs.matcher import Status  # noqa: PLC0415

    matches = list(matches)
    if is_unread(read):
        return ExitCode.INPUT
    if any(one.status in {Status.NONE, Status.AMBIGUOUS} for one in matches):
        return ExitCode.FINDINGS
    is_incomplete = any(one.error is not None for one in matches)
    return ExitCode.INCOMPLETE if is_incomplete else ExitCode.CLEAN
