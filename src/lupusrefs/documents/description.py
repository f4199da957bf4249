"""An item in words, for a list that has it only as data."""

from __future__ import annotations

from lupusrefs.model.item import Item
from lupusrefs.model.markup import plain


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
