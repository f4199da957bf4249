"""A registered work in one short line: enough to see whether it is the one meant."""

from __future__ import annotations

import unicodedata
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.markup import plain
from lupusrefs.model.pages import with_dash

_SHOWN_NAMES: Final = 3
_CONTROL: Final = frozenset({"Cc", "Cf", "Cs"})


def authors(item: Item) -> str:
    """The first three family names: "Mackensen, Müller, Mougiakakos et al."."""
    names = [name for name in item.creators if not name.is_others]
    shown = ", ".join(name.family_with_particle for name in names[:_SHOWN_NAMES])
    cut = len(names) < len(item.creators) or len(names) > _SHOWN_NAMES
    return printable(f"{shown} et al." if shown and cut else shown)


def year(item: Item) -> str:
    """The year of publication, or the literal date, or nothing."""
    if item.issued is None:
        return ""
    return str(item.issued.year or item.issued.literal or "")


def title(item: Item) -> str:
    """The title without markup."""
    return printable(plain(item.title)) if item.title else "(no title registered)"


def place(item: Item) -> str:
    """Container, volume, issue and pages: "Nat Med 28(10):2124–2132"."""
    container = item.container_title or item.container_title_short or item.publisher
    numbers = item.volume or ""
    if item.issue:
        numbers += f"({item.issue})"
    pages = item.page or item.page_first or item.number
    if pages:
        numbers += (":" if numbers else "") + with_dash(pages, "–")
    return printable(" ".join(filter(None, (plain(container or ""), numbers))))


def short_doi(item: Item) -> str:
    """The DOI as it is registered."""
    return printable(item.doi or "")


def printable(text: str) -> str:
    """The text without anything that could steer a terminal."""
    return "".join(c for c in text if unicodedata.category(c) not in _CONTROL)
