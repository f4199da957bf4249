"""The fields of a story while they are read: instruction, data, result.

Source: ISO/IEC 29500-1 (ECMA-376, part 1), 17.16.18 (``fldChar``), 17.16.19
(``fldSimple``), 17.16.23 (``instrText``), 17.16.9 (``fldData``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.document import Link
from lupusrefs.documents.docx import field_codes
from lupusrefs.documents.docx.paragraphs import FieldCode, Paragraph
from lupusrefs.model.location import Location

_DEEPEST: Final = 32  # Word itself stops at twenty fields in each other


@dataclass(slots=True)
class _Field:
    """A field while it is read.

    Attributes:
        paragraph: in which it begins.
        place: where.
        instruction: its pieces.
        data: the same of what it carries beside.
        result: the first piece of its result in ``paragraph``; None before it.
        is_list: whether its result is a reference list.
    """

    paragraph: Paragraph | None
    place: Location
    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    result: int | None = None
    is_list: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open.

    Attributes:
        lists: how many of them are reference lists.
    """

    lists: int = 0
    _open: list[_Field] = field(default_factory=list)
    _instructions: int = 0  # how many have not come to their result
    _unread: int = 0  # how many are nested too deep

    def begin(self, paragraph: Paragraph | None, place: Location) -> None:
        """A field begins."""
        if len(self._open) >= _DEEPEST:
            self._unread += 1
            return
        self._open.append(_Field(paragraph, place))
        self._instructions += 1

    def instruct(self, text: str) -> None:
        """A piece of the instruction of the innermost field."""
        one = self._innermost()
        if one and one.result is None:
            one.instruction.append(text)

    def carry(self, data: str) -> None:
        """A piece of the data of the innermost field."""
        if one := self._innermost():
            one.data.append(data)

    def _innermost(self) -> _Field | None:
        return self._open[-1] if self._open and not self._unread else None

    def takes(self, text: str) -> bool:
        """Whether a text that would be shown is part of an instruction.

        The result of a field in another's instruction is part of that one.
        """
        if not self._instructions:
            return False
        outer = next(one for one in reversed(self._open) if one.result is None)
        outer.instruction.append(text)
        return True

    def separate(self) -> None:
        """The instruction of the innermost field is over, its result begins."""
        one = self._innermost()
        if one is None or one.result is not None:
            return
        one.result = len(one.paragraph.pieces) if one.paragraph else 0
        one.is_list = field_codes.is_list("".join(one.instruction))
        self._instructions -= 1
        self.lists += one.is_list

    def end(self) -> FieldCode | None:
        """The innermost field is over.

        A link is told to its paragraph; what carries a citation is the result.
        """
        if self._unread:
            self._unread -= 1
            return None
        if not self._open:
            return None
        one = self._open.pop()
        self._instructions -= one.result is None
        self.lists -= one.is_list
        instruction = "".join(one.instruction).strip()
        target = field_codes.link_target(instruction)
        if target and one.paragraph and one.result is not None:
            text = "".join(one.paragraph.pieces[one.result :]).strip()
            one.paragraph.links.append(Link(target, one.place, text))
        elif field_codes.is_citation(instruction):
            return FieldCode(instruction, "".join(one.data), one.place)
        return None
