"""What the user's file claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, SkipValidation

from lupusrefs.model.item import Item
from lupusrefs.model.location import Location


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file says of a reference beyond CSL, so that nothing is lost on the way.

    A writer of the same family gives it back; what another format cannot hold is in
    the loss report of an export.

    Attributes:
        family: whose fields these are: ``bibtex`` (also of BibLaTeX), ``ris``,
            ``nbib``, ``enw``, ``isi``, ``endnote-xml``, ``pubmed-xml``, ``hayagriva``.
        kind: the entry type as the file has it, such as ``inproceedings`` or ``JOUR``.
        fields: (name, text) of the fields that no CSL variable holds, as written and
            in the order of the file; a name may repeat.
        titles: CSL variable -> the title with the file's own capitals, where reading
            it has put it into sentence case.
    """

    family: str
    kind: str
    fields: tuple[tuple[str, str], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


class Reference(Item):
    """A CSL item as a file has it, and where it stands there.

    Attributes:
        location: the place of the entry, or None where it came from no file.
        places: CSL variable -> the place of its value, for messages and fixes.
        origin: what the file has of it beyond CSL; None where that is nothing.
        text: the reference as it was typed, where its fields are what was read out of
            that; None where the file itself has fields.
        doubts: CSL variables that may have been read out of it wrongly.
    """

    location: Location | None = None
    # Of a large file nobody looks at most of them: a reader may find them on demand.
    places: Annotated[Mapping[str, Location], SkipValidation] = Field(
        default_factory=dict
    )
    origin: Origin | None = None
    text: str | None = None
    doubts: tuple[str, ...] = ()


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
