"""The report of ``match`` for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from lupusrefs.findings import Confidence
from lupusrefs.matcher import Match, Status
from lupusrefs.matching.evidence import Agreement
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work
from lupusrefs.reports import citation
from lupusrefs.reports.printed import printed

_SHOWN: Final = 100
_STYLES: Final = {
    Status.MATCHED: "green",
    Status.NONE: "yellow",
    Status.AMBIGUOUS: "yellow",
    Status.UNAVAILABLE: "magenta",
    Status.HAS_IDENTIFIER: "cyan",
}
_WORDS: Final = {
    Status.MATCHED: "matched",
    Status.NONE: "no match",
    Status.AMBIGUOUS: "ambiguous",
    Status.UNAVAILABLE: "not asked",
    Status.HAS_IDENTIFIER: "has an identifier",
}
_SAID: Final = {
    "title": "title",
    "author": "first author",
    "issued": "year",
    "container-title": "journal or book",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
}


def match_text(
    matches: Sequence[Match], *, to_file: bool = False, verbose: bool = False
) -> str:
    """Every reference with the work that it means, and a summary.

    Args:
        matches: in the order to show.
        to_file: the text goes to a file: no colour, and not the terminal's width.
        verbose: also which fields agree, and what else came near.
    """

    def draw(console: Console) -> None:
        for match in matches:
            for line in _lines(match, verbose=verbose):
                console.print(line)
            console.print()
        console.print(summary(matches))

    return printed(draw, to_file=to_file)


def summary(matches: Sequence[Match]) -> Text:
    """One line: how many of what."""
    counts = Counter(match.status for match in matches)
    total = len(matches)
    line = Text(f"{total} reference{'' if total == 1 else 's'}")
    for number, status in enumerate(one for one in Status if counts[one]):
        line.append(": " if number == 0 else ", ")
        line.append(f"{counts[status]} {_WORDS[status]}", style=_STYLES[status])
    return line


def _lines(match: Match, *, verbose: bool) -> Iterator[Text]:
    yield _head(match)
    status, verdict = match.status, match.verdict
    line = Text("  ")
    line.append(_WORDS[status], style=_STYLES[status])
    if named := match.doi or (match.work.id if match.work else match.identifier):
        line.append(f"  {citation.printable(str(named))}", style="bold")
    if verdict is not None and verdict.reason:
        likely = verdict.confidence is Confidence.LIKELY
        line.append(f"  ({'likely: ' if likely else ''}{verdict.reason})", style="dim")
    yield line
    if match.work is not None:
        yield Text(f"  {_work(match.work)}")
        yield from _differences(match)
    if match.error is not None:
        yield Text(f"  {citation.printable(str(match.error))}", style="magenta")
    if verdict is not None and (verbose or status is not Status.MATCHED):
        for one in verdict.candidates:
            yield _candidate(one.work, one.reason)


def _head(match: Match) -> Text:
    reference = match.reference
    said = reference.text if reference.text is not None else _cited(reference)
    head = Text(citation.printable(reference.id), style="bold")
    place = reference.location
    if place is not None and not place.file.startswith("<"):
        head.append(f"  {citation.printable(place.file)}:{place.line}", style="dim")
    head.append(f"  {_short(said)}", style="not bold")
    return head


def _cited(item: Item) -> str:
    named = citation.authors(item), citation.year(item), item.title or ""
    return _sentences(*named, citation.place(item))


def _work(work: Work) -> str:
    said = (citation.authors(work), citation.year(work), citation.title(work))
    return _sentences(*said, citation.place(work))


def _sentences(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part)


def _short(text: str) -> str:
    line = citation.printable(" ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"


def _differences(match: Match) -> Iterator[Text]:
    """What the reference says otherwise: nobody shall overlook a wrong year."""
    for one in match.verdict.evidence if match.verdict else ():
        # Of a text it is not known what it has in place of a registered number.
        if one.agreement is Agreement.DIFFERS and one.cited and one.field in _SAID:
            said = f"cited {one.cited}, registered {one.registered}"
            yield Text(f"  {_SAID[one.field]} differs: {said}", style="yellow")


def _candidate(work: Work, reason: str) -> Text:
    line = Text("  not ", style="dim")
    line.append(citation.printable(work.doi or work.id))
    line.append(f"  {_short(_work(work))}")
    line.append(f"  ({reason})", style="dim")
    return line
