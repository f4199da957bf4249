"""Items -> a BibTeX file."""

from __future__ import annotations

from collections.abc import Iterable

from lupusrefs.formats.bibtex.entry_types import entry_type
from lupusrefs.formats.bibtex.fields import fields
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys


def dump(items: Iterable[Item]) -> str:
    """A BibTeX file of the items, one entry each, in their order.

    The text is UTF-8 once encoded, also where the items are not: lone surrogates are
    left out. No items give an empty file.
    """
    items = list(items)
    keys = citation_keys(items)
    return "\n".join(_entry(*pair) for pair in zip(items, keys, strict=True))


def _entry(item: Item, key: str) -> str:
    entry = entry_type(item)
    lines = [f"  {name} = {value},\n" for name, value in fields(item, entry)]
    return f"@{entry}{{{key},\n{''.join(lines)}}}\n"
