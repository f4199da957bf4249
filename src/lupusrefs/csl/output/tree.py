"""What the processor renders: text in tags, the same for every output format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tag(StrEnum):
    """A formatting of CSL 1.0.2 ("Formatting", "Display").

    The ``NO_*`` tags take back one that is around them: a title in italics within
    italics is upright ("flip-flopping").
    """

    ITALIC = "italic"
    OBLIQUE = "oblique"
    NO_ITALIC = "no-italic"
    BOLD = "bold"
    LIGHT = "light"
    NO_BOLD = "no-bold"
    SMALL_CAPS = "small-caps"
    NO_SMALL_CAPS = "no-small-caps"
    UNDERLINE = "underline"
    NO_UNDERLINE = "no-underline"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    BASELINE = "baseline"
    BLOCK = "block"
    LEFT_MARGIN = "left-margin"
    RIGHT_INLINE = "right-inline"
    INDENT = "indent"


@dataclass(frozen=True, slots=True)
class Tagged:
    """Content in one formatting."""

    tag: Tag
    children: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Link:
    """Content that leads somewhere.

    Attributes:
        href: an absolute URL.
    """

    href: str
    children: Sequence[Inline]


Inline = str | Tagged | Link


@dataclass(frozen=True, slots=True)
class Layout:
    """How the entries of a bibliography stand on the page.

    Attributes:
        hanging_indent: all lines of an entry but the first are indented.
        second_field_align: ``flush`` or ``margin``: the first field of each entry
            (a number) is aligned; None if not.
        line_spacing: of the lines of an entry, in lines; at least 1.
        entry_spacing: between entries, in lines.
        max_offset: the widest first field, in characters.
    """

    hanging_indent: bool = False
    second_field_align: str | None = None
    line_spacing: int = 1
    entry_spacing: int = 1
    max_offset: int = 0


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """One entry of a bibliography.

    Attributes:
        id: of the item.
        content: what is printed.
    """

    id: str
    content: Sequence[Inline]


def text_of(content: Sequence[Inline]) -> str:
    """The text of some content, without its formatting."""
    return "".join(
        node if isinstance(node, str) else text_of(node.children) for node in content
    )
