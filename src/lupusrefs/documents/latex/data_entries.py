"""Entries that a LaTeX document has as fields -> items."""

from __future__ import annotations

from lupusrefs.documents.description import described
from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.latex.source import LatexView
from lupusrefs.formats.bibtex.convert import convert
from lupusrefs.formats.bibtex.record import Record
from lupusrefs.formats.bibtex.syntax import Entry
from lupusrefs.model.location import Span
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
