"""The first author's family name as a key, for what needs no more of the people."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lupusrefs.compare.text import words
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

_PARTICLES: Final = frozenset(
    (
        *("von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das"),
        *("du", "la", "le", "les", "zu", "zum", "zur", "ter", "ten", "af", "av"),
        *("el", "al", "bin", "ibn", "y", "e"),
    )
)
_SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd"))


def first_family(item: Item) -> str:
    """The first author's family name without particles; empty where there is none.

    >>> from lupusrefs.model.names import Name
    >>> first_family(Item(id="x", author=(Name(family="von Spee-Mayer"),)))
    'speemayer'
    """
    names = item.author or item.editor
    return family_key(names[0]) if names and not names[0].is_others else ""


def family_key(name: Name) -> str:
    """A family name in one word, folded, without particles and suffixes."""
    return _key(name.family or name.literal or name.given or "")


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    parts = list(words(text))
    while len(parts) > 1 and parts[0] in _PARTICLES:
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return "".join(parts)
