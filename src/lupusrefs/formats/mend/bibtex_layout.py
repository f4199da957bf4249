"""Where fields of a BibTeX entry go, come and stand: edits of one entry's text.

New fields have the layout of the entry's others, or of its neighbours' where it has
none. A field in lines of its own goes with these lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lupusrefs.formats.append.bibtex_style import Style, style_of
from lupusrefs.formats.append.place import line_end, line_start, newline
from lupusrefs.formats.bibtex.syntax import Delimiter, Entry, Field
from lupusrefs.model.edit import Edit
from lupusrefs.model.location import Span

_COMMA: Final = re.compile(r"\s*,")
_GAP: Final = re.compile(r"\s*,\s*")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]*", re.ASCII)


class EntryEdits:
    """The edits of one entry.

    Args:
        text: the file.
        entry: one of its entries, with a key.
        neighbours: entries that show how the file is laid out.
    """

    def __init__(self, text: str, entry: Entry, neighbours: Sequence[Entry]) -> None:
        self._text = text
        self._entry = entry
        # Of a repeated field the first counts.
        self.fields: dict[str, Field] = {}
        for one in entry.fields:
            self.fields.setdefault(one.name.lower(), one)
        self._style = style_of(text, [entry] if entry.fields else neighbours)
        self._set: dict[str, str] = {}
        self._removed: set[str] = set()
        self._new: list[tuple[str, str, tuple[str, ...]]] = []

    def replace(self, name: str, value: str) -> None:
        """Put a value, delimiters included, in the place of a field's."""
        self._set[name] = value

    def remove(self, name: str) -> None:
        """Take a field out."""
        self._removed.add(name)

    def insert(self, name: str, value: str, before: Iterable[str]) -> None:
        """Put a field in.

        Args:
            name: in lower case.
            value: with delimiters.
            before: the fields that it comes behind, if they are there.
        """
        self._new.append((name, value, tuple(before)))

    def delimited(self, text: str, like: Field | None) -> str:
        """A LaTeX source in the delimiters of a field, or as the entry's others."""
        if like is not None and like.delimiter is Delimiter.BRACES:
            return f"{{{text}}}"
        if like is not None and like.delimiter is Delimiter.QUOTES:
            return _quoted(text)
        is_bare = like is not None or self._style.bare_numbers
        if is_bare and _NUMBER.fullmatch(text):
            return text
        return _quoted(text) if self._style.quotes else f"{{{text}}}"

    def edits(self) -> list[Edit]:
        """All of them, none over another."""
        edits = [
            Edit(self.fields[name].span, value) for name, value in self._set.items()
        ]
        edits += self._removals()
        edits += self._insertions()
        return edits

    # -- removing

    def _removals(self) -> list[Edit]:
        gone = {self.fields[name] for name in self._removed}
        # Those at the end go together with the comma that was before them.
        tail: list[Field] = []
        for one in reversed(self._entry.fields):
            if one not in gone or _COMMA.match(self._text, one.end):
                break
            tail.append(one)
        if tail:
            number = len(self._entry.fields)
            while number and self._entry.fields[number - 1] in gone:
                number -= 1
            tail = list(self._entry.fields[number:])
            start = self._before(number)
            edits = [Edit(Span(start, tail[-1].end), "")]
        else:
            edits = []
        return edits + [
            Edit(self._with_comma(one), "")
            for one in self._entry.fields
            if one in gone and one not in tail
        ]

    def _before(self, number: int) -> int:
        """The end of what stands before a field, its comma included if there is."""
        if number:
            return self._entry.fields[number - 1].end
        return self._entry.key_span.end

    def _with_comma(self, one: Field) -> Span:
        """A field with the comma behind it, and its lines if they are its own."""
        text = self._text
        comma = _COMMA.match(text, one.end)
        end = comma.end() if comma else one.end
        start, line = line_start(text, one.start), line_end(text, end)
        if not text[start : one.start].strip() and not text[end:line].strip():
            return Span(start, line + len(_line_break(text, line)))
        place = self._entry.fields.index(one)
        before = self._before(place)
        if _GAP.fullmatch(text, before, one.start):
            return Span(before, one.end)
        return Span(one.start, end)

    # -- inserting

    def _insertions(self) -> list[Edit]:
        """New fields behind those that they usually come behind."""
        edits: list[Edit] = []
        names = [*self.fields, *(name for name, _, _ in self._new)]
        longest = max(map(len, names), default=0)
        # What comes behind another new field follows it.
        at: dict[str, int] = {}
        for name, value, before in self._new:
            anchor = self._anchor(before, at)
            at[name] = anchor
            style = self._style
            spelt = _spelt(name, style)
            field = (
                style.alignment.indent(spelt)
                + spelt
                + style.alignment.assign(spelt, longest)
                + value
            )
            is_first = anchor == self._entry.key_span.end
            gap = style.first if is_first else style.between
            inserted = (gap + field).replace("\n", newline(self._text))
            edits.append(Edit(Span(anchor, anchor), inserted))
        return edits

    def _anchor(self, before: Sequence[str], at: Mapping[str, int]) -> int:
        """The place behind the nearest of the fields that come before."""
        for name in reversed(before):
            if name in at:
                return at[name]
            if name in self.fields and name not in self._removed:
                return self.fields[name].end
        for one in reversed(self._entry.fields):
            if one.name.lower() not in self._removed:
                return one.end
        return self._entry.key_span.end


def _line_break(text: str, index: int) -> str:
    if text.startswith("\r\n", index):
        return "\r\n"
    return text[index : index + 1]


def _quoted(text: str) -> str:
    """A value in quotation marks; in braces, if it has such marks outside of them."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == '"' and depth == 0:
            return f"{{{text}}}"
    return f'"{text}"'


def _spelt(name: str, style: Style) -> str:
    """A field's name in the case that the file has it in."""
    if name in style.names:
        return style.names[name]
    match style.name_case:
        case "capital":
            return name.capitalize()
        case "upper":
            return name.upper()
        case _:
            return name
