"""The paragraphs of a Word document, one after another, and what is found in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lupusrefs.documents.document import Link, Listed
from lupusrefs.documents.docx.numbering import Numbering
from lupusrefs.documents.docx.properties import Styles
from lupusrefs.documents.placed_text import TextBuilder
from lupusrefs.model.location import Location

# "[12] ", "12. ", "(12) ", or a number and a tab, as citation programs set it.
_NUMBER: Final = re.compile(
    r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|\d{1,4}(?=\t))\s*"
)


class Cell(NamedTuple):
    """A cell of a table: the running numbers of its row and its own; 0 for none."""

    row: int = 0
    number: int = 0


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph while it is read.

    Attributes:
        number: 1-based, in reading order.
        cell: where in a table it stands.
        pieces: its text so far; ``length`` characters.
        style: the id of its style.
        list_id: of the list in which it is numbered; empty where its style tells.
        level: in that list, 0-based.
        in_list: whether it stands in what the markup shows to be a reference list.
        runs_on: whether its end was deleted, so that the next one goes on with it.
        links: that begin in it.
        after: the paragraphs of the text boxes that hang on it.
    """

    number: int
    cell: Cell
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    style: str = ""
    list_id: str = ""
    level: int = 0
    in_list: bool = False
    runs_on: bool = False
    links: list[Link] = field(default_factory=list)
    after: list[Paragraph] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add text at its end."""
        self.pieces.append(text)
        self.length += len(text)


class FieldCode(NamedTuple):
    r"""An instruction of a field, or what else carries a citation.

    Attributes:
        instruction: such as ``CITATION Smi20 \l 1033``.
        data: the data that the field carries beside, in base64; empty for none.
        location: where the field begins.
    """

    instruction: str
    data: str
    location: Location


@dataclass(slots=True)
class Collected:
    """What has been read of a document, in reading order.

    Attributes:
        file: its path.
        styles: of paragraphs.
        numbering: of paragraphs.
        text: of all paragraphs.
        entries: the paragraphs that the markup shows to be entries of the list.
        links: those that are not in ``entries``.
        fields: those that carry citations.
        paragraphs: how many there were.
        notes: kind and id of a note -> its number, by the order of the references to
            them; a mark of the author's own is none.
    """

    file: str
    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    text: TextBuilder = field(default_factory=TextBuilder)
    entries: list[Listed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    fields: list[FieldCode] = field(default_factory=list)
    paragraphs: int = 0
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    _last: Paragraph | None = None

    def begin(self, cell: Cell) -> Paragraph:
        """The next paragraph."""
        self.paragraphs += 1
        return Paragraph(self.paragraphs, cell)

    def place(self, paragraph: Paragraph) -> Location:
        """Where the text of a paragraph ends by now."""
        return Location(self.file, paragraph.number, paragraph.length + 1)

    def refer(self, kind: str, note: str) -> None:
        """A note is referred to."""
        if (kind, note) not in self.notes:
            self._numbers[kind] += 1
            self.notes[kind, note] = self._numbers[kind]

    def end(self, paragraph: Paragraph) -> None:
        """A paragraph is over: it is told, and what hangs on it."""
        waiting = [paragraph]
        while waiting:
            one = waiting.pop()
            self._tell(one)
            waiting.extend(reversed(one.after))

    def _tell(self, paragraph: Paragraph) -> None:
        text = "".join(paragraph.pieces)
        place = Location(self.file, paragraph.number, 1)
        label = self._label(paragraph)
        if text.strip():
            self.text.gap(self._gap(paragraph))
            # It is no part of the text, whose characters are counted from 1.
            self.text.placed(label, place)
            self.text.placed(text, place)
            self._last = paragraph
        elif self._last is not None and not paragraph.runs_on:
            self._last.runs_on = False
        if self._is_entry(paragraph, text):
            shown = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
            links = tuple(paragraph.links)
            self.entries.append(Listed(" ".join(shown.split()), place, links=links))
        else:
            self.links += paragraph.links

    def _label(self, paragraph: Paragraph) -> str:
        """The number that Word puts before a paragraph, and what parts it off."""
        if paragraph.runs_on and not "".join(paragraph.pieces).strip():
            return ""  # it was deleted
        number, level = paragraph.list_id, paragraph.level
        if not number:
            number, level = self.styles.numbering(paragraph.style)
        label = self.numbering.label(number, level) if number else ""
        return f"{label}\t" if label else ""

    def _gap(self, paragraph: Paragraph) -> str:
        last = self._last
        if last is None or last.runs_on:
            return ""
        here, there = paragraph.cell, last.cell
        if here.row and here.row == there.row and here.number != there.number:
            return "\t"
        return "\n\n"

    def _is_entry(self, paragraph: Paragraph, text: str) -> bool:
        is_list_style = self.styles.is_list(paragraph.style)
        if not text.strip() or is_list_style is False:
            return False
        return paragraph.in_list or bool(is_list_style)
