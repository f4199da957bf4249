"""Items -> a BibTeX or BibLaTeX file."""

from __future__ import annotations

from collections.abc import Iterable

from lupusrefs.formats.bibtex.entry_types import biblatex_type, entry_type
from lupusrefs.formats.bibtex.fields import Dialect, fields
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys


def dump_bibtex(items: Iterable[Item]) -> str:
    """A BibTeX file of the items, one entry each, in their order.

    The text is UTF-8 once encoded, also where the items are not: lone surrogates are
    left out. No items give an empty file.
    """
    return _dump(items, Dialect.BIBTEX)


def dump_biblatex(items: Iterable[Item]) -> str:
    """The same for BibLaTeX."""
    return _dump(items, Dialect.BIBLATEX)


def _dump(items: Iterable[Item], dialect: Dialect) -> str:
    items = list(items)
    keys = citation_keys(items)
    entries = (_entry(*pair, dialect) for pair in zip(items, keys, strict=True))
    return "\n".join(entries)


def _entry(item: Item, key: str, dialect: Dialect) -> str:
    biblatex = dialect is Dialect.BIBLATEX
    entry = biblatex_type(item) if biblatex else entry_type(item)
    lines = [f"  {name} = {value},\n" for name, value in fields(item, entry, dialect)]
    return f"@{entry}{{{key},\n{''.join(lines)}}}\n"
