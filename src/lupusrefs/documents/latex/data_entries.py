"""Entries that a LaTeX document has as fields -> items."""

from __future__ import annotations

from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.latex.source import LatexView
from lupusrefs.formats.bibtex.convert import convert
from lupusrefs.formats.bibtex.record import Record
from lupusrefs.formats.bibtex.syntax import Entry
from lupusrefs.model.item import Item
from lupusrefs.model.location import Span
from lupusrefs.model.markup import plain
from lupusrefs.model.reference import Reference


def listed_entry(
    kind: str,
    key: str,
    fields: dict[str, str],
    seen: LatexView,
    span: Span,
    links: tuple[Link, ...] = (),
) -> Listed:
    """An entry with its item.

    Args:
        kind: the type of entry, as BibTeX or biblatex name it.
        key: by what it is cited.
        fields: name in a ``.bib`` file -> LaTeX.
        seen: the file.
        span: where it stands there.
        links: where it points to.
    """
    entry = Entry(kind, key, span.start, (), span.start, span.end)
    record = Record(entry, kind.lower(), key, fields, {})
    location = seen.source.location(span.start, span.end)
    values = convert(record, biblatex=True).values
    item = Reference.model_validate({**values, "id": key, "location": location})
    return Listed(described(item), location, key, item, links)


def described(item: Item) -> str:
    """An item in words, in the usual order: what a list would show of it.

    >>> described(Item(id="a", title="Lupus", volume="3", page="1-9"))
    'Lupus. 3. 1-9.'
    """
    numbers = f"{item.volume or ''}{f'({item.issue})' if item.issue else ''}"
    parts = (
        ", ".join("et al" if one.is_others else str(one) for one in item.creators),
        plain(item.title or ""),
        plain(item.container_title or ""),
        numbers,
        item.page,
        item.publisher,
        str(item.issued) if item.issued else "",
        item.doi or item.url,
    )
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
