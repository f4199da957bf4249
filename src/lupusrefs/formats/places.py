"""Where the values of a reference stand, found out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lupusrefs.formats.text import SourceText
from lupusrefs.model.location import Location


class Places(Mapping[str, Location]):
    """CSL variable -> place; lines are counted only for the places that are looked at.

    Args:
        source: the file.
        spans: CSL variable -> begin and end of its value, in characters.
    """

    __slots__ = ("_source", "_spans")

    def __init__(self, source: SourceText, spans: dict[str, tuple[int, int]]) -> None:
        self._source = source
        self._spans = spans

    def __getitem__(self, variable: str) -> Location:
        return self._source.location(*self._spans[variable])

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __repr__(self) -> str:
        return f"Places({', '.join(f'{name}: {self[name]}' for name in self)})"
