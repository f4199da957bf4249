"""What cites show to be told apart.

Cites that look the same get more names, then more of their given names, then what the
style keeps for that case, then a letter behind the year, each only as far as it helps.
Only cites that look the same are ever compared: the work grows with their number, not
with its square.

Source: CSL 1.0.2 specification, "Disambiguation".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lupusrefs.csl.engine import Engine
from lupusrefs.csl.item import Item
from lupusrefs.csl.name_register import BY_CITE, NameRegister
from lupusrefs.csl.person_forms import INITIALS, WHOLE, PersonForm
from lupusrefs.csl.rendering import Disambiguation, NamesShown

_INITIALIZING: Final = frozenset(("initialize", "initialize-with"))
_MOST_STEPS: Final = 500


@dataclass(slots=True)
class _Cite:
    """An item among others.

    Attributes:
        item: the item.
        number: its citation number.
        lists: the lists of names that its cite shows.
        more: what it shows so far.
    """

    item: Item
    number: int
    lists: list[NamesShown]
    more: Disambiguation


class Disambiguator:
    """Finds what each of some items has to show.

    Args:
        engine: the compiled style.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        options = {**engine.style.root.attributes, **engine.citation.options}
        self._adds_names = options.get("disambiguate-add-names") == "true"
        self._adds_givens = options.get("disambiguate-add-givenname") == "true"
        self._rule = options.get("givenname-disambiguation-rule", BY_CITE)
        self._adds_suffix = options.get("disambiguate-add-year-suffix") == "true"
        self._register = NameRegister(self._rule, self._form())
        self._known: dict[str, tuple[str, list[NamesShown]]] = {}

    @property
    def is_needed(self) -> bool:
        """Whether the style tells cites apart at all."""
        # The compiling finds out whether the style asks for ambiguous cites.
        _ = self._engine.citation.render
        return (
            self._adds_names
            or self._adds_givens
            or self._adds_suffix
            or self._engine.citation.environment.has_disambiguate
        )

    def run(
        self, items: Sequence[Item], numbers: Mapping[str, int]
    ) -> tuple[dict[str, Disambiguation], dict[str, str]]:
        """What each item shows, and the text of its cite where nothing is added.

        Args:
            items: in the order in which year suffixes are given.
            numbers: item id -> citation number.
        """
        if not self.is_needed:
            return {item.id: Disambiguation() for item in items}, {}
        looks: dict[str, str] = {}
        cites = []
        for item in items:
            cite, looks[item.id] = self._cite(item, numbers.get(item.id, 0))
            cites.append(cite)
        texts = self._with_givens(cites, list(looks.values()))
        for group in _groups(cites, texts):
            self._resolve(group)
        return {cite.item.id: cite.more for cite in cites}, looks

    def _with_givens(self, cites: Sequence[_Cite], looks: Sequence[str]) -> list[str]:
        """Expand the names that are told apart everywhere; what the cites are then."""
        if not self._adds_givens or self._register.is_idle:
            return list(looks)
        texts = []
        levels = self._register.levels([cite.lists for cite in cites])
        for cite, look, givens in zip(cites, looks, levels, strict=True):
            if givens is None:
                texts.append(look)
            else:
                cite.more = replace(cite.more, givens=givens)
                texts.append(self._text(cite, cite.more))
        return texts

    def _cite(self, item: Item, number: int) -> tuple[_Cite, str]:
        """The cite of an item, and its text."""
        more = Disambiguation()
        # A cite with a number looks different in other company.
        remembers = not self._engine.citation.environment.has_citation_number
        known = self._known.get(item.id) if remembers else None
        if known is None:
            known = self._engine.ambiguous_cite(item, more, number)
            self._known[item.id] = known
        text, lists = known
        return _Cite(item, number, lists, more), text

    def _text(self, cite: _Cite, more: Disambiguation) -> str:
        text, _ = self._engine.ambiguous_cite(cite.item, more, cite.number)
        return text

    def _resolve(self, group: list[_Cite]) -> None:
        remaining = [group]
        if self._adds_names:
            remaining = self._each(remaining, self._by_names)
        if self._adds_givens and self._rule == BY_CITE:
            remaining = self._each(remaining, self._by_givens)
        if self._engine.citation.environment.has_disambiguate:
            remaining = self._each(remaining, self._by_condition)
        if self._adds_suffix:
            for rest in remaining:
                for number, cite in enumerate(rest):
                    cite.more.suffix = number

    @staticmethod
    def _each(
        groups: list[list[_Cite]], step: Callable[[list[_Cite]], list[list[_Cite]]]
    ) -> list[list[_Cite]]:
        return [rest for group in groups for rest in step(group)]

    def _parts(
        self, group: list[_Cite], change: Callable[[_Cite], Disambiguation]
    ) -> list[tuple[list[_Cite], list[Disambiguation]]]:
        """The group, split by what its cites look like after a change."""
        parts: dict[str, tuple[list[_Cite], list[Disambiguation]]] = {}
        for cite in group:
            changed = change(cite)
            cites, changes = parts.setdefault(self._text(cite, changed), ([], []))
            cites.append(cite)
            changes.append(changed)
        return list(parts.values())

    def _split(
        self,
        group: list[_Cite],
        changes: Iterable[Callable[[_Cite], Disambiguation]],
    ) -> list[list[_Cite]]:
        """Try changes one after another; those that tell cites apart are kept."""
        remaining = [group]
        for change in changes:
            following: list[list[_Cite]] = []
            for part in remaining:
                split = self._parts(part, change)
                if len(split) == 1:
                    following.append(part)
                    continue
                for cites, changed in split:
                    for cite, more in zip(cites, changed, strict=True):
                        cite.more = more
                    if len(cites) > 1:
                        following.append(cites)
            remaining = following
            if not remaining:
                break
        return remaining

    def _by_names(self, group: list[_Cite]) -> list[list[_Cite]]:
        hidden = max(sum(one.total - one.shown for one in c.lists) for c in group)
        steps = range(1, min(hidden, _MOST_STEPS) + 1)
        return self._split(group, [_with_names(step) for step in steps])

    def _by_givens(self, group: list[_Cite]) -> list[list[_Cite]]:
        changes: list[Callable[[_Cite], Disambiguation]] = []
        most = max(len(cite.lists) for cite in group)
        for index in range(most):
            of = [cite.lists[index] for cite in group if index < len(cite.lists)]
            longest = max((one.total for one in of), default=0)
            for number in range(min(longest, _MOST_STEPS)):
                for level in (INITIALS, WHOLE):
                    if any(level in one.levels and level > one.base for one in of):
                        changes.append(  # noqa: PERF401 - three loops
                            _with_given(index, number, level, hidden=self._adds_names)
                        )
        return self._split(group, changes)

    def _by_condition(self, group: list[_Cite]) -> list[list[_Cite]]:
        return self._split(group, [_with_condition])

    def _form(self) -> PersonForm:
        options: dict[str, str] = {}
        for attributes in self._engine.citation.environment.names:
            options |= {k: v for k, v in attributes.items() if k in _INITIALIZING}
        for element in self._engine.style.root.walk():
            if element.tag == "name" and "initialize-with" in element.attributes:
                for name in _INITIALIZING & element.attributes.keys():
                    options.setdefault(name, element.get(name))
        options["form"] = "short"
        return PersonForm(options, {}, self._engine.style.root.attributes)


def _groups(cites: Sequence[_Cite], texts: Sequence[str]) -> list[list[_Cite]]:
    """Those that look the same, without those that are alone."""
    by_text: dict[str, list[_Cite]] = {}
    for cite, text in zip(cites, texts, strict=True):
        by_text.setdefault(text, []).append(cite)
    return [group for group in by_text.values() if len(group) > 1]


def _with_names(step: int) -> Callable[[_Cite], Disambiguation]:
    """A change that shows some names more than the style does."""

    def change(cite: _Cite) -> Disambiguation:
        left = step
        names = []
        for one in cite.lists:
            added = min(left, one.total - one.shown)
            left -= added
            names.append(one.shown + added)
        return replace(cite.more, names=names)

    return change


def _with_given(
    index: int, number: int, level: int, *, hidden: bool
) -> Callable[[_Cite], Disambiguation]:
    """A change that shows more of one given name."""

    def change(cite: _Cite) -> Disambiguation:
        if index >= len(cite.lists):
            return cite.more
        one = cite.lists[index]
        names = list(cite.more.names or [each.shown for each in cite.lists])
        if number >= one.total or (number >= names[index] and not hidden):
            return cite.more
        names[index] = max(names[index], number + 1)
        givens = (
            [list(levels) for levels in cite.more.givens]
            if cite.more.givens is not None
            else [[each.base] * each.total for each in cite.lists]
        )
        givens[index][number] = max(givens[index][number], level)
        return replace(cite.more, names=names, givens=givens)

    return change


def _with_condition(cite: _Cite) -> Disambiguation:
    return replace(cite.more, condition=True)
