"""What is written while LaTeX is read: pieces of text, open groups, waiting accents.

The pieces are one flat list and the open groups a stack, so that 100,000 open braces
cost no more than 100,000 letters. The place of an opening tag is kept empty until its
group ends: there may be no text in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.formats.bibtex.latex_accents import SPACING, accented
from lupusrefs.formats.bibtex.latex_commands import NOCASE, Tags

Case = Callable[[str], str]

NO_TAGS: Final[Tags] = ("", "")
# More accents than this on one letter are no text.
_MAX_ACCENTS: Final = 8


@dataclass(slots=True)
class _Group:
    """A group of the source that is still open.

    Attributes:
        index: where in the pieces its opening tag goes.
        written: how much had been written before it.
        tags: what goes around it, if there is text in it.
        accents: how many accents waited for a letter when it was opened.
        case: changes its letters.
        switches: styles that hold to its end, as (index, written, tags).
        is_quote: whether it is a quotation.
        is_protected: whether it is, or is in, what keeps its case.
    """

    index: int = 0
    written: int = 0
    tags: Tags = NO_TAGS
    accents: int = 0
    case: Case | None = None
    switches: list[tuple[int, int, Tags]] = field(default_factory=list)
    is_quote: bool = False
    is_protected: bool = False


class LatexOutput:
    """The text of one field, as far as it is read.

    Attributes:
        quotes: how many quotations are open.
    """

    def __init__(self, *, markup: bool) -> None:
        self.quotes = 0
        self._markup = markup
        self._pieces: list[str] = []
        self._written = 0
        self._accents: list[str] = []
        self._group = _Group()
        self._outer: list[_Group] = []

    @property
    def is_protected(self) -> bool:
        """Whether what comes next keeps its case anyway."""
        return self._group.is_protected

    def write(self, text: str) -> None:
        """Text; accents that wait go on its first character."""
        if not text:
            return
        if self._group.case is not None:
            text = self._group.case(text)
        if self._accents:
            for mark in reversed(self._accents):
                text = accented(text, mark)
            self._accents.clear()
        self._pieces.append(text)
        self._written += 1

    def write_formula(self, text: str) -> None:
        """Text that takes no accent and has no case."""
        self.end_accents()
        self._pieces.append(text)
        self._written += 1

    def accent(self, mark: str) -> None:
        """An accent for the letter that comes next."""
        if len(self._accents) < _MAX_ACCENTS:
            self._accents.append(mark)

    def end_accents(self, kept: int = 0) -> None:
        r"""Accents that found no letter: ``\~{}``."""
        for mark in self._accents[kept:]:
            self._pieces.append(SPACING.get(mark, ""))
            self._written += 1
        del self._accents[kept:]

    def open(
        self,
        tags: Tags,
        *,
        case: Case | None = None,
        is_quote: bool = False,
        protects: bool = False,
    ) -> None:
        """Begin a group."""
        outer = self._group
        self._outer.append(outer)
        self._group = _Group(
            index=len(self._pieces),
            written=self._written,
            tags=tags,
            accents=len(self._accents),
            case=case or outer.case,
            is_quote=is_quote,
            is_protected=protects or outer.is_protected,
        )
        self.quotes += is_quote
        if tags is not NO_TAGS:
            self._pieces.append("")

    def switch(self, tags: Tags) -> None:
        """A style up to the end of the group."""
        self._group.switches.append((len(self._pieces), self._written, tags))
        self._pieces.append("")

    def close(self) -> None:
        """End the group that was begun last; more ends than begins are ignored."""
        if not self._outer:
            return
        group = self._group
        self._end_switches(group)
        self.end_accents(max(group.accents - 1, 0))
        self.quotes -= group.is_quote
        if self._written > group.written and group.tags is not NO_TAGS:
            self._surround(group.index, group.tags)
        self._group = self._outer.pop()

    def finished(self) -> str:
        """All that was written, every group closed."""
        while self._outer:
            # What is not closed was hardly meant to protect all the rest.
            if self._group.tags is NOCASE:
                self._group.tags = NO_TAGS
            self.close()
        self._end_switches(self._group)
        self.end_accents()
        return "".join(self._pieces)

    def _end_switches(self, group: _Group) -> None:
        for index, written, tags in reversed(group.switches):
            if self._written > written:
                self._surround(index, tags)

    def _surround(self, index: int, tags: Tags) -> None:
        if tags[0].startswith("<") and not self._markup:
            return
        if tags is NOCASE and not self._has_letters(index):
            return
        self._pieces[index] = tags[0]
        self._pieces.append(tags[1])

    def _has_letters(self, index: int) -> bool:
        # Protected groups are in no other, so that all of this is read once only.
        return any(map(str.isalpha, "".join(self._pieces[index + 1 :])))
