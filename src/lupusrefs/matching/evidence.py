"""What speaks for and against a work being the one that is cited."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final


class Agreement(IntEnum):
    """What became of one field, the best last.

    ``DIFFERS``: both sides say something, and not the same. ``ABSENT``: one of them
    says nothing. ``PART``: a good part of it is the same, as of a title in which a word
    differs. ``SLIGHT``: a letter, a year, a subtitle makes the difference.
    """

    DIFFERS = 0
    ABSENT = 1
    PART = 2
    SLIGHT = 3
    AGREES = 4

    @property
    def is_good(self) -> bool:
        """Whether both sides say the same, but for a trifle."""
        return self >= Agreement.SLIGHT


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """One field of a reference beside that of a work.

    Attributes:
        field: the CSL variable.
        agreement: what it came to.
        cited: the cited value, or what of the text was taken for it.
        registered: the registered value.
        note: what else is to be said, such as "the main title only".
    """

    field: str
    agreement: Agreement
    cited: str = ""
    registered: str = ""
    note: str | None = None


# Numbers of fewer digits agree by chance: the 4 of "4(11)" and of "Apr 4".
_DIGITS: Final = 4
_NOTHING: Final = FieldEvidence("", Agreement.ABSENT)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a judgement rests on.

    Attributes:
        fields: CSL variable -> its evidence.
        letters: how many letters the registered title has that was compared.
        is_generic: whether that title is one that many works have.
        others: how many further registered authors are cited, too.
        more: how many further authors are registered.
        digits: how many digits of volume and pages agree: 3 may be chance, 6 are none.
        trouble: why the work cannot be meant, whatever its fields say.
        is_whole: whether the work is a book or the like, which has no place in
            something larger.
        may_be_translated: whether the two titles may be in two languages.
    """

    fields: dict[str, FieldEvidence] = field(default_factory=dict)
    letters: int = 0
    is_generic: bool = False
    others: int = 0
    more: int = 0
    digits: int = 0
    trouble: str | None = None
    is_whole: bool = False
    may_be_translated: bool = False

    def of(self, name: str) -> Agreement:
        """What became of a field."""
        return self.fields.get(name, _NOTHING).agreement

    @property
    def title(self) -> Agreement:
        """What became of the title; a generic one says nothing."""
        return Agreement.ABSENT if self.is_generic else self.of("title")

    @property
    def author(self) -> Agreement:
        """What became of the first author."""
        return self.of("author")

    @property
    def year(self) -> Agreement:
        """What became of the year."""
        return self.of("issued")

    @property
    def container(self) -> Agreement:
        """What became of the journal or book."""
        return self.of("container-title")

    @property
    def volume(self) -> Agreement:
        """What became of the volume."""
        return self.of("volume")

    @property
    def page(self) -> Agreement:
        """What became of the first page, or the number of the article."""
        return self.of("page")

    @property
    def is_placed(self) -> bool:
        """Whether volume and first page agree, and not by chance."""
        if not (self.volume.is_good and self.page.is_good):
            return False
        return self.digits >= _DIGITS or self.container.is_good

    @property
    def against(self) -> int:
        """How many of container, volume and page differ."""
        return sum(
            one is Agreement.DIFFERS for one in (self.container, self.volume, self.page)
        )

    @property
    def weight(self) -> float:
        """How much agrees, to put works in an order; it decides nothing else."""
        weights = {"title": 4.0, "author": 2.0, "container-title": 2.0, "page": 2.0}
        total = 0.0
        for name, one in self.fields.items():
            worth = weights.get(name, 1.0)
            total += worth * _SHARE[one.agreement]
        return total + (self.others / self.more if self.more else 0.0)


_SHARE: Final = {
    Agreement.DIFFERS: -1.0,
    Agreement.ABSENT: 0.0,
    Agreement.PART: 0.25,
    Agreement.SLIGHT: 0.75,
    Agreement.AGREES: 1.0,
}
