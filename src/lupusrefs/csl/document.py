"""The citations of a document, as they are written and changed.

Each change tells which other citations look different now: one that was the first of
its item may be a later one, a year may need a letter.

Source: CSL 1.0.2 specification, "Choose" (position); "Note Distance".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from lupusrefs.csl.citation import Citations, Mode
from lupusrefs.csl.numbers import count_of
from lupusrefs.csl.output.tree import Inline
from lupusrefs.csl.processor import Processor
from lupusrefs.csl.registry import Registry
from lupusrefs.csl.rendering import CiteItem, Disambiguation, Position

_NEAR: Final = 5
_State: TypeAlias = tuple["Citation", list[tuple[CiteItem, int, Disambiguation]]]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of a document.

    Attributes:
        id: unique in the document.
        cites: in the order in which they were written.
        note: the number of the note that it stands in; 0 in the text.
        mode: how it stands in its sentence.
        infix: put between the names and the rest, where it shows them apart.
    """

    id: str
    cites: Sequence[CiteItem]
    note: int = 0
    mode: Mode = Mode.WHOLE
    infix: str = ""


class Document:
    """The citations of one document.

    Args:
        processor: of the style, with all items that may be cited.
    """

    def __init__(self, processor: Processor) -> None:
        self._processor = processor
        self._citations: dict[str, Citation] = {}
        self._order: list[str] = []
        self._shown: dict[str, list[Inline]] = {}
        self._registry: Registry | None = None
        self._registered: list[str] = []
        self._places: dict[str, list[CiteItem]] = {}
        self._states: dict[str, _State] = {}
        self._orders: dict[str, tuple[_State, list[CiteItem]]] = {}
        # Item that is cited more than once -> the note of its first cite.
        self._backs: dict[str, int] = {}
        options = processor.engine.citation.options
        self._near = count_of(options.get("near-note-distance"), _NEAR)

    @property
    def registry(self) -> Registry:
        """The items that are cited."""
        if self._registry is None:
            self._registry = self._processor.register(self._registered)
        return self._registry

    def citations(self) -> Iterator[tuple[str, list[Inline]]]:
        """The citations in order: (id, content)."""
        for key in self._order:
            yield key, self._shown[key]

    def update(
        self,
        citation: Citation,
        before: Sequence[tuple[str, int]] = (),
        after: Sequence[tuple[str, int]] = (),
    ) -> Mapping[str, list[Inline]]:
        """Add or change a citation.

        Args:
            citation: the new one, or the new state of one.
            before: (id, note) of those that stand before it.
            after: (id, note) of those behind it.

        Returns:
            What is new, looks different, or was looked at anew: id -> content.

        Raises:
            UnknownItem: a cite is of no item; the document stays as it was.
        """
        self._processor.require(cite.id for cite in citation.cites)
        self._citations[citation.id] = citation
        for key, note in (*before, *after):
            known = self._citations[key]
            if known.note != note:
                self._citations[key] = replace(known, note=note)
        self._order = [*(key for key, _ in before), citation.id, *(k for k, _ in after)]
        return self._rendered_anew(citation.id)

    def remove(self, citation_id: str) -> Mapping[str, list[Inline]]:
        """Take a citation out.

        Returns:
            What looks different now, or was looked at anew: id -> content.

        Raises:
            KeyError: there is no such citation.
        """
        del self._citations[citation_id]
        self._order.remove(citation_id)
        self._shown.pop(citation_id, None)
        return self._rendered_anew("")

    def _rendered_anew(self, changed: str) -> Mapping[str, list[Inline]]:
        """Render what depends on a change."""
        before = self._registry
        cited = self._cited()
        if before is None or cited != self._registered:
            self._registry, self._registered = None, cited
        return self._render(changed, before)

    def _cited(self) -> list[str]:
        cited: dict[str, None] = {}
        for key in self._order:
            for cite in self._citations[key].cites:
                cited.setdefault(cite.id)
        return list(cited)

    def _render(
        self, changed: str, before: Registry | None
    ) -> Mapping[str, list[Inline]]:
        processor = self._processor
        citations = Citations(processor.engine, processor.items, self.registry)
        placed = dict(self._placed(citations))
        was, self._places = self._places, placed
        touched = self._touched(placed, before)
        new: dict[str, list[Inline]] = {}
        states = self._states
        self._states = {}
        for key, cites in placed.items():
            state = self._state(key, cites)
            self._states[key] = state
            if key != changed and states.get(key) == state:
                content = self._shown[key]
            else:
                citation = self._citations[key]
                tokens = citations.in_mode(cites, citation.mode, citation.infix)
                content = processor.inline(tokens)
            if (
                key == changed
                or self._shown.get(key) != content
                or was.get(key) != cites
                or not touched.isdisjoint(cite.id for cite in cites)
            ):
                new[key] = content
            self._shown[key] = content
        return new

    def _state(self, key: str, cites: Sequence[CiteItem]) -> _State:
        """All that the look of a citation depends on."""
        registry = self.registry
        area = self._processor.engine.citation
        # Numbers change with every new item, and most styles show none.
        numbers = registry.numbers if area.has_numbers else {}
        shown = [
            (cite, numbers.get(cite.id, 0), registry.more[cite.id]) for cite in cites
        ]
        return self._citations[key], shown

    def _ordered(self, key: str, citations: Citations) -> Sequence[CiteItem]:
        """The cites of a citation as the style sorts them."""
        cites = self._citations[key].cites
        if len(cites) < 2:  # noqa: PLR2004 - nothing to sort
            return cites
        state = self._state(key, cites)
        known = self._orders.get(key)
        if known is None or known[0] != state:
            known = self._orders[key] = (state, citations.order(cites))
        return known[1]

    def _touched(
        self, placed: Mapping[str, Sequence[CiteItem]], before: Registry | None
    ) -> set[str]:
        """Items about which something is known now that was not.

        They look like a new one; or they are cited again, or in another first note,
        and a later cite depends on it.
        """
        looks = self.registry.looks
        known = before.looks if before is not None else {}
        new_looks = {looks[one] for one in looks if one not in known}
        touched = {one for one in looks if one in known and looks[one] in new_looks}
        backs: dict[str, int] = {}
        for cites in placed.values():
            for cite in cites:
                if cite.position is not Position.FIRST:
                    backs[cite.id] = cite.first_note
        environment = self._processor.engine.citation.environment
        for item, note in backs.items():
            was = self._backs.get(item)
            if was is None:
                if environment.has_disambiguate:
                    touched.add(item)
            elif was != note:
                touched.add(item)
        self._backs = backs
        return touched

    def _placed(self, citations: Citations) -> Iterator[tuple[str, list[CiteItem]]]:
        """The citations in order, sorted, each cite with its position."""
        # Text and notes are two sequences.
        sequences = (_Sequence(self._near), _Sequence(self._near))
        for key in self._order:
            citation = self._citations[key]
            sequence = sequences[bool(citation.note)]
            yield key, sequence.place(citation.note, self._ordered(key, citations))


class _Sequence:
    """The citations of the text, or those of the notes, in order."""

    def __init__(self, near: int) -> None:
        self._near = near
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._before: list[CiteItem] = []
        self._note = 0
        self._in_note = 0

    def place(self, note: int, cites: Sequence[CiteItem]) -> list[CiteItem]:
        """The cites of the next citation, each with its position."""
        placed: list[CiteItem] = []
        is_new = not note or note != self._note
        for cite in cites:
            position = self._position(cite, placed, is_new=is_new)
            is_first = position is Position.FIRST
            # Text has no notes that could be counted.
            distance = note - self._last.get(cite.id, note)
            near = bool(note) and not is_first and distance <= self._near
            placed.append(
                replace(
                    cite,
                    position=position,
                    first_note=0 if is_first else self._first[cite.id],
                    near_note=near,
                )
            )
            self._first.setdefault(cite.id, note)
            self._last[cite.id] = note
        self._in_note = 1 if is_new else self._in_note + 1
        self._before, self._note = placed, note
        return placed

    def _position(
        self, cite: CiteItem, placed: Sequence[CiteItem], *, is_new: bool
    ) -> Position:
        if cite.id not in self._first:
            return Position.FIRST
        previous: CiteItem | None = None
        if placed:
            previous = placed[-1]
        elif len(self._before) == 1 and (
            # A note of several citations has no one work that "ibid." could mean.
            not is_new or self._in_note == 1
        ):
            previous = self._before[-1]
        if previous is None or previous.id != cite.id:
            return Position.SUBSEQUENT
        if not cite.locator:
            return Position.SUBSEQUENT if previous.locator else Position.IBID
        if not previous.locator:
            return Position.IBID_WITH_LOCATOR
        same = (cite.locator, cite.label or "page") == (
            previous.locator,
            previous.label or "page",
        )
        return Position.IBID if same else Position.IBID_WITH_LOCATOR
