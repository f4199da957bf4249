"""Styles for people and for shell tools; :mod:`styles_wire` has them as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lupusrefs.reports.citation import printable
from lupusrefs.styles.found import FoundStyle
from lupusrefs.styles.info import Style

COLUMNS = ("Style", "Title", "Format", "Depends on")


def to_lines(styles: Iterable[Style]) -> str:
    """One line a style, its columns separated by tabs, without a header."""
    return "".join("\t".join(_cells(style)) + "\n" for style in styles)


def to_table(styles: Sequence[Style]) -> str:
    """A table as wide as the terminal."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to import
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for style in styles:
        name, *others = _cells(style)
        table.add_row(Text(name, "bold"), *map(Text, others))
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def to_details(found: FoundStyle) -> str:
    """All that is known of one style, for a person."""
    style = found.style
    rows = [
        ("title", style.title),
        ("short title", style.title_short),
        ("former ids", ", ".join(style.aliases)),
        ("depends on", _parent(found)),
        ("class", style.style_class),
        ("format", style.citation_format),
        ("language", style.default_locale),
        ("fields", ", ".join(style.fields)),
        ("ISSN", ", ".join(style.issns)),
        ("updated", style.updated),
        ("file", str(style.path)),
    ]
    return "".join([f"{printable(style.id)}\n", *_aligned(rows)])


def _aligned(rows: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for label, value in rows:
        if value:
            yield f"  {label:<11}  {printable(value)}\n"


def _parent(found: FoundStyle) -> str | None:
    if found.parent is None:
        return None
    above = found.lookup(found.parent)
    return f"{found.parent} ({above.title if above else 'which is not there'})"


def _cells(style: Style) -> tuple[str, str, str, str]:
    kind = style.citation_format or style.style_class or ""
    cells = (style.id, style.title, kind, style.parent or "")
    # A tab or a line end in a style of the user's own would be another cell.
    first, second, third, last = (printable(" ".join(one.split())) for one in cells)
    return first, second, third, last
