"""Who shares a family name with whom, over all cites.

By every rule but ``by-cite`` names are told apart wherever they stand, whether or not
their cites look the same.

Source: CSL 1.0.2 specification, "Disambiguation" (givenname-disambiguation-rule).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from lupusrefs.csl.person import Person
from lupusrefs.csl.person_forms import INITIALS, NOTHING, WHOLE, PersonForm
from lupusrefs.csl.rendering import NamesShown

BY_CITE: Final = "by-cite"
_Shown: TypeAlias = tuple[object, ...]
LevelOf: TypeAlias = Callable[[Person], int]


class NameRegister:
    """Finds how much of given names is shown.

    Args:
        rule: of the style.
        form: how its cites write names.
    """

    def __init__(self, rule: str, form: PersonForm) -> None:
        self._only_first = rule.startswith("primary-name")
        self._only_initials = rule.endswith("with-initials")
        # "No attempt is made" where there are no initials to be shown.
        self.is_idle = rule == BY_CITE or (
            self._only_initials and not form.has_initials
        )
        self._form = form
        self._forms: dict[Person, tuple[_Shown, _Shown, _Shown]] = {}

    def levels(
        self, cites: Sequence[Sequence[NamesShown]]
    ) -> list[list[list[int]] | None]:
        """How much of each given name each cite shows; None for nothing more.

        Args:
            cites: the lists of names of each cite.
        """
        wholes: dict[_Shown, set[_Shown]] = {}
        by_initials: dict[_Shown, set[_Shown]] = {}
        for lists in cites:
            for person in self._counting(lists):
                family, short, whole = self._shown(person)
                wholes.setdefault(family, set()).add(whole)
                by_initials.setdefault(short, set()).add(whole)

        def level(person: Person) -> int:
            family, short, _ = self._shown(person)
            if len(wholes.get(family, ())) < 2:  # noqa: PLR2004 - nobody else
                return NOTHING
            if self._form.has_initials and len(by_initials[short]) == 1:
                return INITIALS
            return NOTHING if self._only_initials else WHOLE

        return [self._of_cite(lists, level) for lists in cites]

    def _of_cite(
        self, lists: Sequence[NamesShown], level: LevelOf
    ) -> list[list[int]] | None:
        found = []
        for one in lists:
            counting = 1 if self._only_first else len(one.persons)
            levels = [level(person) for person in one.persons[:counting]]
            found.append(levels + [NOTHING] * (len(one.persons) - counting))
        return found if any(map(any, found)) else None

    def _counting(self, lists: Iterable[NamesShown]) -> Iterable[Person]:
        for one in lists:
            yield from one.persons[:1] if self._only_first else one.persons

    def _shown(self, person: Person) -> tuple[_Shown, _Shown, _Shown]:
        """A person without given names, with initials, and whole."""
        found = self._forms.get(person)
        if found is None:
            family, initials, whole = (
                self._form.tokens(person, is_inverted=True, level=level)
                for level in (NOTHING, INITIALS, WHOLE)
            )
            found = self._forms[person] = (family, initials, whole)
        return found
