"""What is known while one item is rendered in one place.

Compiled elements are closures ``(Rendering) -> None`` that append tokens to ``out``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from lupusrefs.csl.item import DateValue, Item
from lupusrefs.csl.locators import split_label
from lupusrefs.csl.person import Person
from lupusrefs.csl.stream import Token


class Position(IntEnum):
    """Where a cite stands among those of its item (CSL 1.0.2, "Choose", position)."""

    FIRST = 0
    SUBSEQUENT = 1
    IBID = 2
    IBID_WITH_LOCATOR = 3


@dataclass(slots=True)
class Disambiguation:
    """What an item shows more than its style's least, to be told from others.

    Attributes:
        names: how many names of each list are shown; None for the style's.
        givens: how much of each given name: 0 nothing, 1 initials, 2 all.
        suffix: the year suffix, counted from 0; None for none.
        condition: ``disambiguate="true"`` holds.
    """

    names: list[int] | None = None
    givens: list[list[int]] | None = None
    suffix: int | None = None
    condition: bool = False

    def shown(self, index: int) -> int:
        """How many names of a list are shown at least."""
        names = self.names
        return names[index] if names is not None and index < len(names) else 0

    def levels(self, index: int) -> list[int]:
        """How much of each given name of a list is shown at least."""
        givens = self.givens
        return givens[index] if givens is not None and index < len(givens) else []


@dataclass(slots=True)
class CiteItem:
    """One cite of a citation.

    Attributes:
        id: of the item.
        locator: such as ``12-15``; empty for none.
        label: what the locator counts; where it does not say, what the locator begins
            with (``ch. 3``), else ``page``.
        prefix: put before, may have markup.
        suffix: put behind.
        suppress_author: leave out the names.
        author_only: the names alone.
        position: where it stands; computed for citations of a document.
        near_note: whether the last cite of the item is a few notes away.
        first_note: the number of the note that cites the item first; 0 for none.
    """

    id: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    position: Position = Position.FIRST
    near_note: bool = False
    first_note: int = 0

    def __post_init__(self) -> None:
        label, locator = split_label(self.locator)
        if not self.label:
            self.label, self.locator = label, locator


@dataclass(slots=True)
class NamesShown:
    """What a list of names came to, for disambiguation.

    Attributes:
        total: how many names there are.
        shown: how many were shown.
        base: how much of each given name the style shows (see Disambiguation).
        levels: more of a given name that can be shown, the least first.
        persons: the persons.
    """

    total: int
    shown: int
    base: int
    levels: tuple[int, ...]
    persons: tuple[Person, ...]


class Rendering:
    """The state of rendering one item once.

    Attributes:
        item, fields, names, dates: the item, and its variables.
        out: the tokens so far.
        called: a variable was looked at since the begin of the innermost group.
        rendered: one of them was not empty.
        cite: the cite; None in a bibliography and where only the item matters.
        more: what the item shows to be told from others.
        quashed: variables that stood in for names; they are not shown again.
        substituting: what is shown stands in for names, and is not shown again.
        sorting: only the order matters: names are whole and inverted.
        citation_number: of the item.
        names_lists: the lists of names that were shown, where somebody asks.
        list_index: which list of names comes next.
        year_done: the year with its suffix has been shown.
        suppress: the first names are left out.
        missing: variables that were wanted and are not there, where somebody asks.
        comparing: the text is compared with those of other items.
        capitalizes: a term that begins the citation begins a sentence.
    """

    __slots__ = (
        "called",
        "capitalizes",
        "citation_number",
        "cite",
        "comparing",
        "dates",
        "fields",
        "first_names",
        "in_bibliography",
        "item",
        "key_names",
        "list_index",
        "missing",
        "more",
        "names",
        "names_lists",
        "only_year_suffix",
        "out",
        "quashed",
        "rendered",
        "sorting",
        "substituting",
        "suppress",
        "year_done",
    )

    def __init__(
        self,
        item: Item,
        more: Disambiguation,
        cite: CiteItem | None = None,
        *,
        in_bibliography: bool = False,
        citation_number: int = 0,
    ) -> None:
        self.item = item
        self.fields = item.fields
        self.names = item.names
        self.dates: dict[str, DateValue] = item.dates
        self.out: list[Token] = []
        self.called = False
        self.rendered = False
        self.cite = cite
        self.more = more
        self.quashed: set[str] | None = None
        self.capitalizes = False
        self.comparing = False
        self.substituting = False
        self.sorting = False
        self.key_names: tuple[int, int, bool] | None = None
        self.citation_number = citation_number
        self.names_lists: list[NamesShown] | None = None
        self.list_index = 0
        self.year_done = False
        self.suppress = False
        self.first_names = True
        self.only_year_suffix = False
        self.missing: list[str] | None = None
        self.in_bibliography = in_bibliography

    def take(self, variable: str) -> bool:
        """Whether a variable that has a value is shown.

        What has stood in for names is not shown again ("Substitute").
        """
        if self.quashed is not None and variable in self.quashed:
            return False
        if self.substituting:
            if self.quashed is None:
                self.quashed = set()
            self.quashed.add(variable)
        self.rendered = True
        return True

    def lack(self, variable: str) -> None:
        """Note that a variable was wanted that has no value."""
        if self.missing is not None:
            self.missing.append(variable)

    @property
    def position(self) -> Position:
        """Where the cite stands."""
        return self.cite.position if self.cite is not None else Position.FIRST


Renderer: TypeAlias = Callable[[Rendering], None]
Condition: TypeAlias = Callable[[Rendering], bool]
