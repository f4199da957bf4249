"""The names in a MEDLINE record, each in several fields: FAU and AU, CN, FED and ED.

Source: MEDLINE/PubMed Data Element (Field) Descriptions (NLM).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.medline.terms import (
    family_with_particles,
    person,
    short_name,
    short_person,
)
from lupusrefs.model.location import Span
from lupusrefs.model.names import Name

# What belongs to the author before it.
_EXTRAS: Final = frozenset(("AUID", "AD"))
NAME_TAGS: Final = frozenset(("FAU", "AU", "CN", "FED", "ED")) | _EXTRAS


@dataclass(frozen=True, slots=True)
class MedlineField:
    """One field of a record.

    Attributes:
        tag: its abbreviation in the MEDLINE display format.
        text: in one line, not empty; titles and abstracts may have CSL's rich text.
        span: its place in the file.
        name: of a field that is a name, the parts, where the file tells them apart.
    """

    tag: str
    text: str
    span: Span
    name: Name | None = None


@dataclass(slots=True)
class _Author:
    """An author, and the fields that belong to him.

    Attributes:
        name: as CSL has it.
        anchor: tag and text of his AU, or of a group's CN.
        extras: his AUID and AD.
    """

    name: Name
    anchor: tuple[str, str] | None = None
    extras: list[tuple[str, str]] = field(default_factory=list)

    def fields(self) -> list[tuple[str, str]]:
        """What of it a name variable does not hold."""
        derived = ("AU", short_name(self.name))
        anchor = self.anchor or derived
        if anchor[0] == "AU" and anchor != derived:
            return [anchor, *self.extras]
        return [anchor, *self.extras] if self.extras else []


class People:
    """The authors and editors of one record, field by field.

    Args:
        fields: the whole record: where it has names in full, short ones only repeat
            them.
    """

    def __init__(self, fields: Sequence[MedlineField]) -> None:
        self._has_full_editors = any(one.tag == "FED" for one in fields)
        self.authors: list[_Author] = []
        self.editors: list[Name] = []
        self.places: dict[str, Span] = {}
        # Authors in full whose short name has not come yet.
        self._waiting: deque[_Author] = deque()

    def names(self) -> dict[str, tuple[Name, ...]]:
        """CSL variable -> names; none is empty."""
        lists = {
            "author": tuple(author.name for author in self.authors),
            "editor": tuple(self.editors),
        }
        return {variable: names for variable, names in lists.items() if names}

    def author_fields(self) -> list[tuple[str, str]]:
        """What the record says of its authors beyond their names."""
        return [pair for author in self.authors for pair in author.fields()]

    def read(self, one: MedlineField) -> bool:
        """Take a field in; False if it belongs to nobody."""
        if one.tag in _EXTRAS:
            if self.authors:
                self.authors[-1].extras.append((one.tag, one.text))
            return bool(self.authors)
        if one.tag in {"FED", "ED"}:
            return self._editor(one)
        if one.tag == "AU":
            self._short_author(one)
        elif one.tag == "CN":
            name = one.name or Name(literal=one.text)
            self.authors.append(_Author(name, ("CN", one.text)))
        else:
            self.authors.append(_Author(one.name or person(one.text)))
            self._waiting.append(self.authors[-1])
        self._extend("author", one.span)
        return True

    def _short_author(self, one: MedlineField) -> None:
        """AU repeats the FAU before it, or is all there is of an author."""
        # Beside its FAU, as PubMed has it; or all short names behind all full ones.
        for at in (-1, 0):
            if self._waiting and _is_short_for(one.text, self._waiting[at].name):
                self._waiting[at].anchor = ("AU", one.text)
                del self._waiting[at]
                return
        name = one.name or short_person(one.text)
        self.authors.append(_Author(name, ("AU", one.text)))

    def _editor(self, one: MedlineField) -> bool:
        if one.tag == "ED" and self._has_full_editors:
            return bool(self.editors) and one.text == short_name(self.editors[-1])
        read = person if one.tag == "FED" else short_person
        self.editors.append(one.name or read(one.text))
        self._extend("editor", one.span)
        return True

    def _extend(self, variable: str, span: Span) -> None:
        start = self.places.get(variable, span).start
        self.places[variable] = Span(start, span.end)


def _is_short_for(text: str, name: Name) -> bool:
    family = family_with_particles(name)
    return text.casefold().startswith(family.casefold())
