"""A story of a Word document, its body or its notes: XML events -> paragraphs.

Read is what a reader sees with all changes accepted: what was inserted, not what was
deleted or moved away; not hidden text, not the text of an empty content control, and
not the replacement that newer programs do not show.

Source: ISO/IEC 29500-1 (ECMA-376, part 1), 17.3 (paragraphs and runs), 17.4 (tables),
17.5.2 (content controls), 17.11 (notes), 17.13.5 (changes), 17.16 (fields and
hyperlinks), 22.1 (formulas); part 3, 9 (alternate content).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from lupusrefs.documents.document import Link
from lupusrefs.documents.docx import field_codes
from lupusrefs.documents.docx.controls import Controls
from lupusrefs.documents.docx.fields import Fields
from lupusrefs.documents.docx.numbering import number_in
from lupusrefs.documents.docx.package import Relation
from lupusrefs.documents.docx.paragraphs import Cell, Collected, FieldCode, Paragraph
from lupusrefs.documents.docx.symbols import symbol, symbols
from lupusrefs.documents.docx.xml_events import Attributes
from lupusrefs.model.location import Location

# Subtrees that nobody sees: deletions, phonetic guides, properties before a change.
_UNSEEN: Final = frozenset(
    (
        *("w:del", "w:moveFrom", "w:rt", "w:pPrChange", "w:rPrChange"),
        *("w:tblPrChange", "w:trPrChange", "w:tcPrChange", "w:sectPrChange"),
    )
)
_MARKS: Final = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    # An optional hyphen shows at the end of a line only, and is part of no word.
    "w:softHyphen": "",
}
_OFF: Final = frozenset(("0", "false", "off", "none"))
# Lines between text and notes, which have no text.
_SEPARATORS: Final = frozenset(
    ("separator", "continuationSeparator", "continuationNotice")
)


@dataclass(slots=True)
class _Hyperlink:
    """A hyperlink while it is read; without a target where it points into the text."""

    target: str
    paragraph: Paragraph
    place: Location
    first: int


@dataclass(slots=True)
class _State:
    """Where the reader is: what is open, innermost last."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    runs: list[tuple[bool, bool]] = field(default_factory=list)  # hidden, in Symbol
    fields: Fields = field(default_factory=Fields)
    controls: Controls = field(default_factory=Controls)
    hyperlinks: list[_Hyperlink | None] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    alternates: list[bool] = field(default_factory=list)
    tables_told: int = 0  # rows and cells so far
    properties: int = 0  # open properties of paragraphs
    note: tuple[str, str] = ("", "")  # its kind and id


class Story:
    """Reads the events of one part.

    Args:
        collected: told of what is found.
        relations: of the part: id -> where it points to.
    """

    def __init__(self, collected: Collected, relations: Mapping[str, Relation]) -> None:
        self._collected = collected
        self._relations = relations
        self._state = _State()
        self._unseen = 0  # depth in a subtree that nobody sees
        self._text: list[str] | None = None
        self._keeps_space = False
        self._is_behind_number = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "w:p": self._paragraph,
            "w:pPr": self._properties,
            "w:pStyle": self._style,
            "w:numId": self._list,
            "w:ilvl": self._level,
            "w:r": self._run,
            "w:rFonts": self._fonts,
            "w:vanish": self._vanish,
            "w:t": self._open_text,
            "m:t": self._open_text,
            "w:instrText": self._open_text,
            "w:fldData": self._open_text,
            "w:sym": self._symbol,
            "w:fldChar": self._field_mark,
            "w:fldSimple": self._simple_field,
            "w:hyperlink": self._hyperlink,
            "a:hlinkClick": self._linked_picture,
            "w:sdt": self._control,
            "w:tag": self._tag,
            "w:bibliography": self._control_is_list,
            "w:docPartGallery": self._gallery,
            "w:showingPlcHdr": self._control_is_empty,
            "w:sdtContent": self._control_content,
            "w:tr": self._row,
            "w:tc": self._cell,
            "mc:AlternateContent": self._alternates,
            "mc:Choice": self._alternative,
            "mc:Fallback": self._alternative,
            "w:footnote": partial(self._note, "footnote"),
            "w:endnote": partial(self._note, "endnote"),
            "w:footnoteReference": partial(self._refer, "footnote"),
            "w:endnoteReference": partial(self._refer, "endnote"),
            "w:footnoteRef": self._number,
            "w:endnoteRef": self._number,
        }
        self._ends = {
            "w:p": self._end_paragraph,
            "w:pPr": self._end_properties,
            "w:r": self._end_run,
            "w:t": self._end_text,
            "m:t": self._end_text,
            "w:instrText": self._end_instruction,
            "w:fldData": self._end_data,
            "w:fldSimple": self._end_field,
            "w:hyperlink": self._end_hyperlink,
            "w:sdt": self._end_control,
            "w:tr": self._end_row,
            "w:tc": self._end_cell,
            "mc:AlternateContent": self._end_alternates,
        }

    # --- events --------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        """A start tag."""
        if self._unseen:
            self._unseen += 1
        elif read := self._starts.get(name):
            read(attributes)
        elif name in _MARKS and self._state.runs and not self._state.properties:
            self._add(_MARKS[name])
        elif name in _UNSEEN:
            self._change(name)

    def end(self, name: str) -> None:
        """An end tag."""
        if self._unseen:
            self._unseen -= 1
        elif read := self._ends.get(name):
            read()

    def text(self, text: str) -> None:
        """Text."""
        if self._text is not None and not self._unseen:
            self._text.append(text)

    def finish(self) -> None:
        """Tell what is open where the part breaks off."""
        while self._state.paragraphs:
            self._end_paragraph()

    # --- paragraphs and runs -------------------------------------------------

    def _paragraph(self, _: Attributes) -> None:
        state = self._state
        row = state.rows[-1] if state.rows else 0
        cell = Cell(row, state.cells[-1] if state.cells else 0)
        state.paragraphs.append(self._collected.begin(cell))

    def _end_paragraph(self) -> None:
        state = self._state
        paragraph = state.paragraphs.pop()
        if state.paragraphs:  # it stands in a text box
            state.paragraphs[-1].after.append(paragraph)
        else:
            self._collected.end(paragraph)

    def _properties(self, _: Attributes) -> None:
        self._state.properties += 1

    def _end_properties(self) -> None:
        self._state.properties -= 1

    def _style(self, attributes: Attributes) -> None:
        if self._state.paragraphs:
            self._state.paragraphs[-1].style = attributes.get("w:val", "")

    def _list(self, attributes: Attributes) -> None:
        if self._state.paragraphs:
            self._state.paragraphs[-1].list_id = attributes.get("w:val", "")

    def _level(self, attributes: Attributes) -> None:
        if self._state.paragraphs:
            level = number_in(attributes.get("w:val", ""))
            self._state.paragraphs[-1].level = level

    def _change(self, name: str) -> None:
        state = self._state
        is_mark = state.properties and name in {"w:del", "w:moveFrom"}
        if is_mark and state.paragraphs:
            state.paragraphs[-1].runs_on = True
        self._unseen = 1

    def _run(self, _: Attributes) -> None:
        self._state.runs.append((False, False))

    def _end_run(self) -> None:
        self._state.runs.pop()

    def _vanish(self, attributes: Attributes) -> None:
        state = self._state
        is_on = attributes.get("w:val", "") not in _OFF
        if is_on and state.runs and not state.properties:
            state.runs[-1] = (True, state.runs[-1][1])

    def _fonts(self, attributes: Attributes) -> None:
        state = self._state
        if attributes.get("w:ascii") == "Symbol" and state.runs:
            state.runs[-1] = (state.runs[-1][0], True)

    # --- text ----------------------------------------------------------------

    def _open_text(self, attributes: Attributes) -> None:
        self._text = []
        self._keeps_space = attributes.get("xml:space") == "preserve"

    def _taken(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def _end_text(self) -> None:
        text = self._taken()
        if not self._keeps_space:
            text = text.strip(" \t\r\n")
        text = text.replace("\n", " ")
        if self._is_behind_number:
            text, self._is_behind_number = text.lstrip(), False
        runs = self._state.runs
        self._add(symbols(text) if runs and runs[-1][1] else text)

    def _symbol(self, attributes: Attributes) -> None:
        self._add(symbol(attributes.get("w:font", ""), attributes.get("w:char", "")))

    def _add(self, text: str) -> None:
        state = self._state
        if not text or (state.runs and state.runs[-1][0]):
            return
        if state.fields.takes(text):
            return
        if state.paragraphs:
            paragraph = state.paragraphs[-1]
            paragraph.add(text)
            paragraph.in_list = (
                paragraph.in_list or state.controls.lists + state.fields.lists > 0
            )

    # --- fields --------------------------------------------------------------

    def _here(self) -> Location:
        if self._state.paragraphs:
            return self._collected.place(self._state.paragraphs[-1])
        return Location(self._collected.file, self._collected.paragraphs + 1, 1)

    def _field_mark(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._begin_field()
        elif kind == "separate":
            self._state.fields.separate()
        elif kind == "end":
            self._end_field()

    def _begin_field(self) -> None:
        state = self._state
        paragraph = state.paragraphs[-1] if state.paragraphs else None
        state.fields.begin(paragraph, self._here())

    def _simple_field(self, attributes: Attributes) -> None:
        self._begin_field()
        self._state.fields.instruct(attributes.get("w:instr", ""))
        self._state.fields.separate()

    def _end_field(self) -> None:
        if code := self._state.fields.end():
            self._collected.fields.append(code)

    def _end_instruction(self) -> None:
        self._state.fields.instruct(self._taken())

    def _end_data(self) -> None:
        self._state.fields.carry(self._taken())

    # --- hyperlinks ----------------------------------------------------------

    def _target(self, attributes: Attributes) -> str:
        relation = self._relations.get(attributes.get("r:id", ""))
        if relation is None or not relation.is_external:
            return ""
        anchor = attributes.get("w:anchor", "")
        return f"{relation.target}#{anchor}" if anchor else relation.target

    def _hyperlink(self, attributes: Attributes) -> None:
        state = self._state
        opened = None
        if (target := self._target(attributes)) and state.paragraphs:
            paragraph = state.paragraphs[-1]
            first = len(paragraph.pieces)
            opened = _Hyperlink(target, paragraph, self._here(), first)
        state.hyperlinks.append(opened)

    def _end_hyperlink(self) -> None:
        one = self._state.hyperlinks.pop()
        if one is not None:
            text = "".join(one.paragraph.pieces[one.first :]).strip()
            one.paragraph.links.append(Link(one.target, one.place, text))

    def _linked_picture(self, attributes: Attributes) -> None:
        if (target := self._target(attributes)) and self._state.paragraphs:
            link = Link(target, self._here())
            self._state.paragraphs[-1].links.append(link)

    # --- content controls ----------------------------------------------------

    def _control(self, _: Attributes) -> None:
        self._state.controls.begin()

    def _tag(self, attributes: Attributes) -> None:
        self._state.controls.name(attributes.get("w:val", ""))

    def _control_is_list(self, _: Attributes) -> None:
        self._state.controls.innermost.is_list = True

    def _gallery(self, attributes: Attributes) -> None:
        if attributes.get("w:val") == "Bibliographies":
            self._control_is_list(attributes)

    def _control_is_empty(self, _: Attributes) -> None:
        self._state.controls.innermost.is_empty = True

    def _control_content(self, _: Attributes) -> None:
        control = self._state.controls.open()
        if control is None:
            return
        if field_codes.is_citation(control.tag):
            code = FieldCode(control.tag, "", self._here())
            self._collected.fields.append(code)
        if control.is_empty:
            self._unseen = 1

    def _end_control(self) -> None:
        self._state.controls.end()

    # --- tables, alternatives, notes -----------------------------------------

    def _row(self, _: Attributes) -> None:
        self._state.tables_told += 1
        self._state.rows.append(self._state.tables_told)

    def _end_row(self) -> None:
        self._state.rows.pop()

    def _cell(self, _: Attributes) -> None:
        self._state.tables_told += 1
        self._state.cells.append(self._state.tables_told)

    def _end_cell(self) -> None:
        self._state.cells.pop()

    def _alternates(self, _: Attributes) -> None:
        self._state.alternates.append(False)

    def _alternative(self, _: Attributes) -> None:
        alternates = self._state.alternates
        if alternates and alternates[-1]:
            self._unseen = 1
        elif alternates:
            alternates[-1] = True

    def _end_alternates(self) -> None:
        self._state.alternates.pop()

    def _note(self, kind: str, attributes: Attributes) -> None:
        if attributes.get("w:type") in _SEPARATORS:
            self._unseen = 1
        self._state.note = (kind, attributes.get("w:id", ""))

    def _refer(self, kind: str, attributes: Attributes) -> None:
        # The mark itself is left out: it would run together with the word before it.
        if attributes.get("w:customMarkFollows", "0") in _OFF:
            self._collected.refer(kind, attributes.get("w:id", ""))

    def _number(self, _: Attributes) -> None:
        """The number of a note before its text."""
        number = self._collected.notes.get(self._state.note)
        if number is not None:
            self._add(f"{number} ")
            self._is_behind_number = True
