"""The scan report for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lupusrefs.documents.document import EVERYTHING
from lupusrefs.documents.mentions import Mention
from lupusrefs.documents.scan import Scan, ScannedReference
from lupusrefs.model.identifier_text import IdentifierKind
from lupusrefs.model.item import Item
from lupusrefs.model.location import Location
from lupusrefs.reports import citation
from lupusrefs.reports.printed import printed

# A field below it is named, for somebody has to look.
_UNSURE: Final = 0.5
_NAMES: Final = {
    IdentifierKind.DOI: "DOI",
    IdentifierKind.ARXIV: "arXiv",
    IdentifierKind.PMID: "PMID",
    IdentifierKind.PMCID: "PMCID",
    IdentifierKind.ISBN: "ISBN",
}


def scan_text(scans: Sequence[Scan], *, to_file: bool = False) -> str:
    """Every document: what it is, its reference list, what else it mentions.

    Args:
        scans: the documents, in the order to show.
        to_file: the text goes to a file: no colour, and not the terminal's width.
    """

    def draw(console: Console) -> None:
        for number, scan in enumerate(scans):
            if number:
                console.print()
            _print(console, scan)

    return printed(draw, to_file=to_file)


def _print(console: Console, scan: Scan) -> None:
    console.print(_heading(scan))
    if scan.work is not None:
        console.print(_own(scan.work))
    others = tuple(_beside(scan))
    if scan.references or others:
        console.print(_table(scan.references, others))


def _heading(scan: Scan) -> Text:
    """The document, and how much there is in it."""
    citations = len({one.key for one in scan.document.citations} - {EVERYTHING})
    counts = (
        _count(len(scan.references), "reference"),
        _count(len(scan.mentions), "identifier"),
        _count(citations, "cited key") if citations else "",
    )
    said = ", ".join(filter(None, counts))
    if libraries := [one.path for one in scan.document.libraries]:
        said += f"; its library is {citation.printable(', '.join(libraries))}"
    return Text.assemble((citation.printable(scan.file), "bold"), f": {said}")


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _own(work: Item) -> Text:
    """What the document itself is."""
    text = Text("  it is ", style="dim")
    text.append(citation.title(work) if work.title else "(without a title)", "default")
    who = " ".join(filter(None, (citation.authors(work), citation.year(work))))
    rest = [who, citation.place(work), citation.short_doi(work)]
    for line in filter(None, rest):
        text.append(f"; {line}")
    return text


def _beside(scan: Scan) -> Iterator[Mention]:
    """The identifiers that no row of the reference list shows already."""
    shown = {
        text.casefold()
        for one in (*(listed.reference for listed in scan.references), scan.work)
        if one is not None
        for text in (one.doi, one.pmid, one.pmcid, one.isbn)
        if text
    }
    seen: set[str] = set()
    for mention in scan.mentions:
        folded = mention.value.casefold()
        if folded not in shown and folded not in seen:
            seen.add(folded)
            yield mention


def _table(
    references: Sequence[ScannedReference], mentions: Sequence[Mention]
) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=True)
    rows = [
        *((_where(one.reference.location), _reference(one)) for one in references),
        *((_where(one.location), _mention(one)) for one in mentions),
    ]
    width = max(len("Place"), *(len(place) for place, _ in rows))
    table.add_column("Place", width=width, style="dim")
    table.add_column("What stands there", ratio=1, overflow="fold")
    for number, (place, what) in enumerate(rows):
        if 0 < number <= len(references):
            table.add_row()
        table.add_row(place, what)
    return table


def _where(location: Location | None) -> str:
    """Line and column, or page and line."""
    if location is None or location.line == 0:
        return "-"
    if location.page:
        return f"p. {location.page}, line {location.line}"
    return f"{location.line}:{location.column}"


def _reference(scanned: ScannedReference) -> Text:
    reference = scanned.reference
    text = Text(citation.printable(reference.id), style="bold")
    title = citation.title(reference) if reference.title else "(no title read)"
    text.append(f"  {title}", style="default")
    who = " ".join(
        filter(None, (citation.authors(reference), citation.year(reference)))
    )
    line = ". ".join(filter(None, (who.rstrip("."), citation.place(reference))))
    status = citation.printable(reference.status or "")
    if line or status:
        text.append("\n" + ", ".join(filter(None, (line, status))), style="dim")
    for identifier in _identifiers(reference):
        text.append(f"\n{identifier}", style="blue")
    if unsure := _unsure(scanned):
        text.append(f"\nnot sure: {', '.join(unsure)}", style="yellow")
    return text


def _identifiers(item: Item) -> Iterable[str]:
    if item.doi:
        return [citation.short_doi(item)]
    others = (("PMID", item.pmid), ("PMCID", item.pmcid), ("ISBN", item.isbn))
    return [citation.printable(f"{name} {text}") for name, text in others if text]


def _unsure(scanned: ScannedReference) -> list[str]:
    """The variables that may have been read wrongly."""
    low = (one.variable for one in scanned.fields if one.confidence < _UNSURE)
    return list(dict.fromkeys(low))


def _mention(mention: Mention) -> Text:
    text = Text(f"{_NAMES[mention.kind]} ", style="dim")
    text.append(citation.printable(mention.value), style="blue")
    return text
