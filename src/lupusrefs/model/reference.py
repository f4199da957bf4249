"""What the user's file claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import Field

from lupusrefs.model.item import Item
from lupusrefs.model.location import Location


class Reference(Item):
    """A CSL item as a file has it, and where it stands there.

    Attributes:
        location: the place of the entry, or None where it came from no file.
        places: CSL variable -> the place of its value, for messages and fixes.
    """

    location: Location | None = None
    places: dict[str, Location] = Field(default_factory=dict)


class Library(Mapping[str, Reference]):
    """Citation key -> reference, in the order of the files; of one key the first.

    >>> len(Library([]))
    0
    """

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._by_key: dict[str, Reference] = {}
        for reference in references:
            self._by_key.setdefault(reference.id, reference)

    def __getitem__(self, key: str) -> Reference:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def __repr__(self) -> str:
        return f"Library({len(self)} references)"
