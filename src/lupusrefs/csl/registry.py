"""The items that are cited: their order, their numbers, and what tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.csl.disambiguate import Disambiguator
from lupusrefs.csl.engine import Engine
from lupusrefs.csl.item import Item
from lupusrefs.csl.rendering import Disambiguation, Rendering
from lupusrefs.csl.sort import Places, in_order, places_of

_NOTHING: Final = Disambiguation()


@dataclass(frozen=True, slots=True)
class Registry:
    """What is known of a set of cited items.

    Attributes:
        items: in the order of the bibliography.
        numbers: item id -> citation number, from 1.
        more: item id -> what it shows to be told from others.
        looks: item id -> what it would look like without that.
    """

    items: Sequence[Item]
    numbers: Mapping[str, int]
    more: Mapping[str, Disambiguation]
    looks: Mapping[str, str]

    def suffix(self, item_id: str) -> int | None:
        """The year suffix of an item, counted from 0."""
        return self.more[item_id].suffix


class Registrar:
    """Makes registries, and remembers what does not depend on the other items.

    Args:
        engine: the compiled style.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._disambiguator = Disambiguator(engine)
        self._places: dict[str, Places] = {}

    def register(self, items: Sequence[Item], *, is_sorted: bool = True) -> Registry:
        """Sort, number and tell apart items.

        Args:
            items: in the order in which they are cited.
            is_sorted: as the style sorts its bibliography; else they stay as they are.
        """
        first = {item.id: number for number, item in enumerate(items, start=1)}
        sorts = is_sorted and self._engine.has_bibliography
        keys = self._engine.bibliography.keys if sorts else []
        # A place by number changes with the company.
        remembers = not any(key.is_number for key in keys)

        def places(item: Item) -> Places:
            known = self._places.get(item.id) if remembers else None
            if known is None:
                rendering = Rendering(
                    item, _NOTHING, in_bibliography=True, citation_number=first[item.id]
                )
                known = self._places[item.id] = places_of(rendering, keys)
            return known

        ordered = in_order(items, keys, places) if keys else list(items)
        numbers = {item.id: number for number, item in enumerate(ordered, start=1)}
        if any(key.is_number and key.descending for key in keys):
            count = len(ordered)
            numbers = {id_: count - number + 1 for id_, number in numbers.items()}
        more, looks = self._disambiguator.run(ordered, numbers)
        return Registry(ordered, numbers, more, looks)
