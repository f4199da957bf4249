"""What is read out of a reference that is only text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lupusrefs.model.item import Item
from lupusrefs.model.location import Span

#: A confidence from which on a reading is hardly ever wrong.
SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class ReadField:
    """One stretch of a reference string, and what it is.

    Attributes:
        variable: the CSL variable that it gives: ``author``, ``container-title``, ...
        text: the stretch, without the punctuation around it.
        span: where it stands in the string.
        confidence: how sure that is, from 0 to 1: the least probability, by the model,
            of the label of any of its words.
    """

    variable: str
    text: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """A reference string as it was understood.

    Attributes:
        text: the string.
        item: what it means; its ``id`` is empty.
        fields: what each part of the string was taken for, in its order.
        confidence: how sure the whole is, from 0 to 1.
    """

    text: str
    item: Item
    fields: tuple[ReadField, ...]
    confidence: float

    @property
    def doubts(self) -> tuple[str, ...]:
        """The variables that may well have been read wrongly."""
        low = (one.variable for one in self.fields if one.confidence < SURE)
        return tuple(dict.fromkeys(low))
