"""Where things stand on a page, in points of 1/72 inch, from the lower left corner.

Source: ISO 32000-2, 8.3.2.3 (user space).
"""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def turned(self, turn: int) -> Box:
        """The rectangle as one sees it who turns the page so that text is upright.

        Args:
            turn: by how many quarters of a circle the text is turned, counterclockwise:
                1 for text that is read upwards.
        """
        left, bottom, right, top = self
        match turn:
            case 1:
                return Box(bottom, -right, top, -left)
            case 2:
                return Box(-right, -top, -left, -bottom)
            case 3:
                return Box(-top, left, -bottom, right)
        return self

    def has(self, x: float, y: float) -> bool:
        """Whether the point is in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Glyph(NamedTuple):
    """A character where it stands, as one sees it who reads it upright.

    Attributes:
        char: the character; a blank one has no place.
        left: where it begins.
        right: where the next one would begin.
        baseline: the line that it stands on.
        size: of its font, which is about the distance of lines set without leading.
        turn: as for :meth:`Box.turned`.
    """

    char: str
    left: float
    right: float
    baseline: float
    size: float
    turn: int
