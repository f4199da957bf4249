"""The resolve report for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final, assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lupusrefs.errors import ServiceError
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Status,
    Unavailable,
    status_of,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Update, Work
from lupusrefs.reports import citation
from lupusrefs.reports.printed import printed

# A longer path shows its last two parts only.
_LONG_PATH: Final = 32
_STYLES: Final = {
    Status.RESOLVED: "green",
    Status.NO_METADATA: "cyan",
    Status.NOT_REGISTERED: "bold red",
    Status.MALFORMED: "bold red",
    Status.NO_IDENTIFIER: "yellow",
    Status.UNAVAILABLE: "magenta",
}
_WORDS: Final = {
    Status.RESOLVED: "resolved",
    Status.NO_METADATA: "no metadata",
    Status.NOT_REGISTERED: "not registered",
    Status.MALFORMED: "malformed",
    Status.NO_IDENTIFIER: "no identifier",
    Status.UNAVAILABLE: "not asked",
}


def table_text(
    pairs: Sequence[tuple[Reference, Outcome]], *, to_file: bool = False
) -> str:
    """The table: which reference, who registered it, what is registered.

    Args:
        pairs: reference and outcome, in the order to show.
        to_file: the text goes to a file: no colour, and not the terminal's width.
    """
    return printed(lambda console: print_table(console, pairs), to_file=to_file)


def print_table(console: Console, pairs: Sequence[tuple[Reference, Outcome]]) -> None:
    """Print the table and its summary on a console."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=True)
    who = [_who(reference) for reference, _ in pairs]
    table.add_column("Reference", width=_who_width(who, console.width), overflow="fold")
    table.add_column("Registered by", min_width=len("not registered"))
    table.add_column("What is registered", ratio=1, overflow="fold")
    for number, (cell, (_, outcome)) in enumerate(zip(who, pairs, strict=True)):
        if number:
            table.add_row()
        table.add_row(cell, _verdict(outcome), _what(outcome))
    if pairs:
        console.print(table)
    console.print(summary(pairs))


def summary(pairs: Iterable[tuple[Reference, Outcome]]) -> Text:
    """One line: how many of what."""
    counts = Counter(status_of(outcome) for _, outcome in pairs)
    total = sum(counts.values())
    line = Text(f"{total} reference{'' if total == 1 else 's'}")
    for number, status in enumerate(s for s in Status if counts[s]):
        line.append(": " if number == 0 else ", ")
        line.append(f"{counts[status]} {_WORDS[status]}", style=_STYLES[status])
    return line


def _who(reference: Reference) -> Text:
    text = Text()
    text.append(citation.printable(reference.id), style="bold")
    place = reference.location
    if place is not None and not place.file.startswith("<"):
        text.append(f"\n{_short_path(place.file)}:{place.line}", style="dim")
    return text


def _who_width(cells: Iterable[Text], console_width: int) -> int:
    """As wide as the longest line in the cells, but no more than a third."""
    lines = [len(line) for cell in cells for line in cell.plain.splitlines()]
    return max(len("Reference"), min(max(lines, default=0), console_width // 3))


def _short_path(path: str) -> str:
    """The end of a long path: enough to recognise the file."""
    path = citation.printable(path)
    if len(path) <= _LONG_PATH:
        return path
    return "…/" + "/".join(PurePath(path).parts[-2:])


def _verdict(outcome: Outcome) -> Text:
    status = status_of(outcome)
    style = _STYLES[status]
    match outcome:
        case Resolved(work):
            text = Text(work.agency or "unknown", style=style)
            said = work.provenance
            # A mirror is a registry, of a day that the reader has to know.
            is_live = said.answered_by not in {"snapshot", "mirror"}
            if not is_live or outcome.error is not None:
                is_meant = said.answered_by == "mirror" and outcome.error is None
                text.append(
                    f"\n{said.answered_by} of {said.fetched:%Y-%m-%d}",
                    "dim" if is_meant else "yellow",
                )
            return text
        case NoMetadata():
            return Text(citation.printable(outcome.agency), style=style)
        case _:
            return Text(_WORDS[status], style=style)


def _what(outcome: Outcome) -> Text:
    match outcome:
        case Resolved(work):
            return _with_reason(_work(work), outcome.error)
        case NoMetadata():
            text = Text(f"{outcome.doi} is registered; its agency serves no metadata")
            return _with_reason(text, outcome.error)
        case NotRegistered():
            return Text(
                f"{outcome.identifier} does not exist, says {outcome.answered_by}"
            )
        case Malformed():
            return _with_hint(outcome.message, outcome.hint)
        case NoIdentifier():
            note = outcome.note or "nothing to ask a registry for"
            return Text(citation.printable(note), style="dim")
        case Unavailable():
            return _with_hint(str(outcome.error), outcome.error.hint)
        case _:
            assert_never(outcome)


def _with_reason(text: Text, error: ServiceError | None) -> Text:
    """Why an older answer stands here."""
    if error is not None:
        text.append(f"\nnot asked now: {error}", style="magenta")
    return text


def _with_hint(message: str, hint: str | None) -> Text:
    text = Text(citation.printable(message))
    if hint:
        text.append(f"\n{citation.printable(hint)}", style="dim")
    return text


def _work(work: Work) -> Text:
    text = Text(citation.title(work))
    who = " ".join(filter(None, (citation.authors(work), citation.year(work))))
    line = ". ".join(filter(None, (who.rstrip("."), citation.place(work))))
    if line:
        text.append(f"\n{line}", style="dim")
    if doi := citation.short_doi(work):
        text.append(f"\n{doi}", style="blue")
    for notice in _notices(work):
        text.append(f"\n{notice}", style="bold yellow")
    return text


def _notices(work: Work) -> list[str]:
    """What the registry says has happened to the work since; never from itself."""
    return [_notice(update) for update in work.updated_by if update.doi != work.doi]


def _notice(update: Update) -> str:
    label = (update.label or update.type).replace("_", " ")
    when = f" ({update.date})" if update.date else ""
    return citation.printable(f"registered since: {label} {update.doi}{when}")
