"""What a BibTeX file consists of: blocks that cover its text without a gap.

Source: ``btxdoc`` (Patashnik, 1988), section 3; ``bibtex.web``, "Reading the database
file(s)"; biber's manual for ``%`` comments and for ``@comment`` with braces.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from lupusrefs.model.location import Span


class Delimiter(Enum):
    """How a piece of a value is written."""

    BRACES = "{}"
    QUOTES = '""'
    NUMBER = "number"
    MACRO = "macro"


class Piece(NamedTuple):
    """One operand of a concatenation.

    Attributes:
        delimiter: how it is written.
        text: the content without its delimiters; a macro's name.
        start: where it begins, delimiter included.
        end: where it ends, delimiter included.
    """

    delimiter: Delimiter
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The piece with its delimiters."""
        return Span(self.start, self.end)


class Field(NamedTuple):
    """``name = piece # piece``.

    Nearly all values are one piece, and large files have a million of them: that piece
    is kept in the field itself.

    Attributes:
        name: as written.
        delimiter: how the only piece is written; None where there is none, or several.
        text: the content of the only piece.
        start: where the name begins.
        value_start: where the value begins.
        end: where the value ends.
        joined: the pieces, where they are several.
    """

    name: str
    delimiter: Delimiter | None
    text: str
    start: int
    value_start: int
    end: int
    joined: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, name: str, start: int, place: int, pieces: tuple[Piece, ...]) -> Field:
        """A field of any number of pieces; ``place`` is where the value should be."""
        if len(pieces) == 1:
            delimiter, text, value_start, end = pieces[0]
            return cls(name, delimiter, text, start, value_start, end)
        value_start = pieces[0].start if pieces else place
        end = pieces[-1].end if pieces else place
        return cls(name, None, "", start, value_start, end, pieces)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The operands; none where the value is missing."""
        if self.delimiter is None:
            return self.joined
        return (Piece(self.delimiter, self.text, self.value_start, self.end),)

    @property
    def name_span(self) -> Span:
        """The name."""
        return Span(self.start, self.start + len(self.name))

    @property
    def span(self) -> Span:
        """The value, delimiters included."""
        return Span(self.value_start, self.end)


class Entry(NamedTuple):
    """``@type{key, fields}``.

    Attributes:
        kind: the entry type as written.
        key: as written; empty where there is none.
        key_start: where the key is, or should be.
        fields: in the order of the file, repeated ones included.
        start: the ``@``.
        end: behind the closing delimiter.
        closed: whether there is one.
    """

    kind: str
    key: str
    key_start: int
    fields: tuple[Field, ...]
    start: int
    end: int
    closed: bool = True

    @property
    def span(self) -> Span:
        """The whole entry."""
        return Span(self.start, self.end)

    @property
    def key_span(self) -> Span:
        """The key."""
        return Span(self.key_start, self.key_start + len(self.key))


class StringDefinition(NamedTuple):
    """``@string{name = value}``; one block may define several."""

    fields: tuple[Field, ...]
    start: int
    end: int


class Preamble(NamedTuple):
    """``@preamble{value}``."""

    pieces: tuple[Piece, ...]
    start: int
    end: int


class Comment(NamedTuple):
    """``@comment{...}``."""

    start: int
    end: int


class Text(NamedTuple):
    """What stands between the blocks: BibTeX ignores it."""

    start: int
    end: int


Block: TypeAlias = Entry | StringDefinition | Preamble | Comment | Text

# Characters that end a name (bibtex.web, "id_class": legal and illegal characters).
NAME: Final = r"[^\s\"#%'(),={}@\\~]+"
# An entry as it begins a line: where reading goes on behind a broken one.
ENTRY_LINE: Final = rf"^[ \t]*@[ \t]*(?P<kind>[A-Za-z]+)\s*[{{(]\s*(?P<key>{NAME})?"
