"""A bibliography in parts: by type, year, or any variable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from lupusrefs.csl.item import Item
from lupusrefs.csl.output.tree import RenderedEntry
from lupusrefs.model.variables import ORDER

_YEAR: Final = "year"
_TYPE: Final = "type"
_OTHERS: Final = "—"


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what entries are grouped.

    Attributes:
        variable: ``type``, ``year``, or a CSL variable.
    """

    variable: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A grouping by its name.

        Raises:
            ValueError: there is no such variable.
        """
        name = text.strip()
        if name not in {_YEAR, _TYPE} and name not in ORDER:
            raise ValueError(f"`{name}` is neither type, year nor a CSL variable")
        return cls(name)

    def groups(
        self,
        entries: Sequence[RenderedEntry],
        items: Mapping[str, Item],
        term: Callable[[str], str],
    ) -> list[tuple[str, list[RenderedEntry]]]:
        """The entries under their headings.

        Groups stand in the order of their first entries, years with the latest first,
        and what has no value comes last.

        Args:
            entries: in their order, which they keep.
            items: id -> item.
            term: the name of a type in the language of the style, in the plural.
        """
        found: dict[str, list[RenderedEntry]] = {}
        for entry in entries:
            value = self._value(items[entry.id])
            found.setdefault(value, []).append(entry)
        names = [name for name in found if name]
        if self.variable == _YEAR:
            names.sort(key=int, reverse=True)
        if "" in found:
            names.append("")
        return [(self._heading(name, term), found[name]) for name in names]

    def _value(self, item: Item) -> str:
        if self.variable == _TYPE:
            return item.type
        if self.variable == _YEAR:
            return _year(item, "issued")
        if self.variable in item.names:
            first = item.names[self.variable][0]
            return first.literal or first.family
        if self.variable in item.dates:
            return _year(item, self.variable)
        return item.fields.get(self.variable, "")

    def _heading(self, name: str, term: Callable[[str], str]) -> str:
        if self.variable == _TYPE and name:
            text = term(name) or name.replace("-", " ").replace("_", " ")
            return text[:1].upper() + text[1:]
        return name or _OTHERS


def _year(item: Item, variable: str) -> str:
    date = item.dates.get(variable)
    return str(date.start.year) if date is not None and date.start is not None else ""
