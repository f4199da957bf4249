"""A line of a page, as the text of the document is made of."""

from __future__ import annotations

from dataclasses import dataclass

from lupusrefs.documents.pdf.paragraphs import Beginning
from lupusrefs.model.location import Location


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page.

    Attributes:
        text: what it reads.
        place: of its first character.
        is_first: whether it is the first of a column.
        beginning: what tells whether a paragraph begins with it.
        is_full: whether it ends where most lines of the column end.
        size: of its font.
        turn: how it is turned, as for :meth:`Box.turned`.
        height: where it stands, from 0 at the top of the page to 1 at its bottom.
        linked: how many characters of the next line belong to the address at the end of
            this one, as a link over both shows.
    """

    text: str
    place: Location
    is_first: bool
    beginning: Beginning
    is_full: bool
    size: float
    turn: int
    height: float
    linked: int = 0

    @property
    def begins(self) -> bool:
        """Whether a paragraph begins with it."""
        return self.beginning.is_apart or bool(self.beginning.is_opening)
