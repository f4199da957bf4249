"""One name as a style writes it.

Source: CSL 1.0.2 specification, "Name-part Order", "Name-part Formatting".
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Final

from lupusrefs.csl.formatting import Frame, frame_of
from lupusrefs.csl.initials import initials
from lupusrefs.csl.person import Person
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token

_PLAIN: Final = frame_of({})
_NUMBERS: Final = itertools.count()
# How much of a given name is shown.
NOTHING: Final = 0
INITIALS: Final = 1
WHOLE: Final = 2
_JOINING: Final = ("'", "’", "-", "\u02bb", "\u2010", "\u2011")


class PersonForm:
    """How a single name is written.

    Args:
        options: of ``cs:name``.
        frames: ``family`` and ``given`` -> what goes around the part.
        style: the options of ``cs:style``.

    Attributes:
        base: how much of a given name the style shows where nothing else is said.
        top: how much it can show.
    """

    def __init__(
        self,
        options: Mapping[str, str],
        frames: Mapping[str, Frame],
        style: Mapping[str, str],
    ) -> None:
        self._number = next(_NUMBERS)
        self._options = options
        self._style = style
        self._family = frames.get("family", _PLAIN)
        self._given = frames.get("given", _PLAIN)
        self._bare_family = Frame(
            tuple(t for t in self._family.head if not isinstance(t, str)),
            tuple(t for t in self._family.tail if not isinstance(t, str)),
            self._family.text_case,
        )
        self._family_affixes = Frame(
            tuple(t for t in self._family.head if isinstance(t, str)),
            tuple(t for t in self._family.tail if isinstance(t, str)),
        )
        self._separator = options.get("sort-separator", ", ")
        self._mark = options.get("initialize-with")
        self._initialize = options.get("initialize", "true") != "false"
        self._hyphen = style.get("initialize-with-hyphen", "true") != "false"
        demote = style.get("demote-non-dropping-particle", "display-and-sort")
        self._demotes = demote == "display-and-sort"
        self._sorts_demoted = demote != "never"
        self._is_sorting = False
        if options.get("form") == "short":
            self.base = NOTHING
        else:
            self.base = WHOLE if self._mark is None else INITIALS
        self.top = WHOLE

    @property
    def has_initials(self) -> bool:
        """Whether given names can be shown as initials."""
        return self._mark is not None and self._initialize

    def for_sorting(self) -> PersonForm:
        """The form in a sort key: family name first, nothing around the parts."""
        form = PersonForm(self._options, {}, self._style)
        form._is_sorting = True
        form._demotes = form._sorts_demoted
        return form

    def tokens(
        self, person: Person, *, is_inverted: bool, level: int = NOTHING
    ) -> tuple[Token, ...]:
        """The name; ``level`` is how much of the given name is shown at least."""
        if self._mark is None and level == INITIALS:
            level = WHOLE
        level = max(level, self.base)
        key = (self._number, is_inverted, level)
        if person.shown is None:
            person.shown = {}
        tokens = person.shown.get(key)
        if tokens is None:
            built: list[Token] = []
            if person.literal:
                self._add(built, person.literal, self._family)
            elif not person.is_spaced:
                self._joined(built, person, level)
            elif level == NOTHING:
                self._short(built, person)
            elif is_inverted or person.static:
                self._inverted(built, person, level)
            else:
                self._displayed(built, person, level)
            tokens = person.shown[key] = tuple(built)
        return tokens

    @staticmethod
    def _add(built: list[Token], text: str, frame: Frame) -> None:
        if text:
            start = len(built)
            built += parse(text)
            frame.close(built, start, "en")

    def _given_of(self, person: Person, level: int) -> str:
        if not person.given or level == NOTHING:
            return ""
        if self._mark is None:
            return person.given
        # Whole names keep the mark behind the initials that are among them.
        shortens = self._initialize and level != WHOLE
        return initials(
            person.given, self._mark, initialize=shortens, hyphen=self._hyphen
        )

    def _joined(self, built: list[Token], person: Person, level: int) -> None:
        """Chinese, Japanese, Korean: the family name and the given name, as one."""
        self._add(built, person.family, self._family)
        if level != NOTHING:
            self._add(built, person.given, self._given)

    def _add_family(
        self, built: list[Token], person: Person, dropping: str = ""
    ) -> None:
        """The family name behind its particles, each formatted, in one pair of affixes.

        Args:
            built: appended to.
            person: whose name it is.
            dropping: a particle that is written together with the name ("d'").
        """
        start = len(built)
        for part in (dropping, person.non_dropping, person.family):
            if part:
                at = len(built)
                built += parse(part)
                self._bare_family.close(built, at, "en")
                if part is not person.family and not part.endswith(_JOINING):
                    built.append(" ")
        self._family_affixes.close(built, start)

    def _short(self, built: list[Token], person: Person) -> None:
        self._add_family(built, person)

    def _displayed(self, built: list[Token], person: Person, level: int) -> None:
        given = self._given_of(person, level)
        dropping = person.dropping
        joins_family = dropping.endswith(_JOINING)
        if dropping and not joins_family:
            given = f"{given} {dropping}".strip()
        self._add(built, given, self._given)
        if given and person.family:
            tail = built[-1]
            if not (isinstance(tail, str) and tail.endswith("\u00a0")):
                built.append(" ")
        self._add_family(built, person, dropping if joins_family else "")
        if person.suffix:
            built.append(", " if person.comma_suffix else " ")
            built += parse(person.suffix)

    def _inverted(self, built: list[Token], person: Person, level: int) -> None:
        given = self._given_of(person, level)
        if person.static and not self._is_sorting:
            self._add_family(built, person)
            if given:
                built.append(" ")
                self._add(built, given, self._given)
            return
        if self._demotes:
            particles = _with_particle(person.dropping, person.non_dropping)
            self._add(built, person.family, self._family)
        else:
            particles = person.dropping
            self._add_family(built, person)
        if given or particles:
            built.append(self._separator)
            start = len(built)
            built += parse(given) if given else ()
            if particles:
                if given:
                    built.append(" ")
                self._particles(built, person, particles)
            self._given.close(built, start, "en")
        if person.suffix:
            built.append(self._separator)
            built += parse(person.suffix)

    def _particles(self, built: list[Token], person: Person, particles: str) -> None:
        """A demoted particle has the formatting of the family name, no affixes."""
        if not self._demotes or not person.non_dropping:
            built += parse(particles)
            return
        if person.dropping:
            built += parse(person.dropping)
            built.append("" if person.dropping.endswith(_JOINING) else " ")
        start = len(built)
        built += parse(person.non_dropping)
        self._bare_family.close(built, start, "en")


def _with_particle(particle: str, family: str) -> str:
    if not particle or not family:
        return particle or family
    space = "" if particle.endswith(_JOINING) else " "
    return f"{particle}{space}{family}"
