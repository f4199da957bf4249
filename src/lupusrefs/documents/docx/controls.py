"""The content controls of a story while they are read.

Source: ISO/IEC 29500-1 (ECMA-376, part 1), 17.5.2 (``sdt``, ``docPartGallery``,
``bibliography``, ``showingPlcHdr``, ``tag``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lupusrefs.documents.docx import field_codes


@dataclass(slots=True)
class Control:
    """A content control.

    Attributes:
        tag: what a program has written on it.
        is_list: whether it has a reference list.
        is_empty: whether it only says what is to be filled in.
        is_open: whether it counts among the open reference lists.
    """

    tag: str = ""
    is_list: bool = False
    is_empty: bool = False
    is_open: bool = False


@dataclass(slots=True)
class Controls:
    """The content controls that are open.

    Attributes:
        lists: how many of them are reference lists.
    """

    lists: int = 0
    _open: list[Control] = field(default_factory=list)
    # Its properties may stand where there is no control: nobody looks at this one.
    _nowhere: Control = field(default_factory=Control)

    def begin(self) -> None:
        """A control begins."""
        self._open.append(Control())

    @property
    def innermost(self) -> Control:
        """The control whose properties are read."""
        return self._open[-1] if self._open else self._nowhere

    def name(self, tag: str) -> None:
        """The tag of the innermost control."""
        self.innermost.tag = tag
        self.innermost.is_list = self.innermost.is_list or field_codes.is_list(tag)

    def open(self) -> Control | None:
        """The content of the innermost control begins."""
        if not self._open:
            return None
        control = self._open[-1]
        if control.is_list and not control.is_empty:
            control.is_open = True
            self.lists += 1
        return control

    def end(self) -> None:
        """The innermost control is over."""
        self.lists -= self._open.pop().is_open
