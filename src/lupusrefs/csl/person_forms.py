"""One name as a style writes it.

Source: CSL 1.0.2 specification, "Name-part Order", "Name-part Formatting".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lupusrefs.csl.formatting import Frame, frame_of
from lupusrefs.csl.initials import initials
from lupusrefs.csl.person import Person
from lupusrefs.csl.rich_text import parse
from lupusrefs.csl.stream import Token

_PLAIN: Final = frame_of({})
# How much of a given name is shown.
NOTHING: Final = 0
INITIALS: Final = 1
WHOLE: Final = 2
# English articles before the names of institutions do not count in sorting.
_ARTICLE: Final = re.compile(r"^(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_JOINING: Final = ("'", "’", "-", "\u02bb", "\u2010", "\u2011")


class PersonForm:
    """How a single name is written.

    Args:
        options: of ``cs:name``.
        frames: ``family`` and ``given`` -> what goes around the part.
        style: the options of ``cs:style``.

    Attributes:
        base: how much of a given name the style shows where nothing else is said.
        levels: how much it can show, the least first.
    """

    def __init__(
        self,
        options: Mapping[str, str],
        frames: Mapping[str, Frame],
        style: Mapping[str, str],
    ) -> None:
        self._options = options
        self._style = style
        self._family = frames.get("family", _PLAIN)
        self._given = frames.get("given", _PLAIN)
        self._bare_family, self._family_affixes = _parted(self._family)
        self._bare_given, self._given_affixes = _parted(self._given)
        self._separator = options.get("sort-separator", ", ")
        self._mark = options.get("initialize-with")
        self._initialize = options.get("initialize", "true") != "false"
        self._hyphen = style.get("initialize-with-hyphen", "true") != "false"
        demote = style.get("demote-non-dropping-particle", "display-and-sort")
        self._demotes = demote == "display-and-sort"
        self._sorts_demoted = demote != "never"
        self._is_sorting = False
        # By what is shown, and whether it is inverted: what a person looks like. One
        # dictionary for all of them is lighter than one for each.
        self._written: tuple[dict[Person, tuple[Token, ...]], ...] = tuple(
            {} for _ in range(2 * (WHOLE + 1))
        )
        if options.get("form") == "short":
            self.base = NOTHING
        else:
            self.base = WHOLE if self._mark is None else INITIALS
        # Without a mark there are no initials.
        self.levels = (WHOLE,) if self._mark is None else (INITIALS, WHOLE)

    @property
    def has_initials(self) -> bool:
        """Whether given names can be shown as initials."""
        return self._mark is not None and self._initialize

    def for_sorting(self) -> PersonForm:
        """The form in a sort key: family name first, nothing around the parts."""
        form = PersonForm(self._options, {}, self._style)
        form._is_sorting = True
        return form

    def tokens(
        self, person: Person, *, is_inverted: bool, level: int = NOTHING
    ) -> tuple[Token, ...]:
        """The name; ``level`` is how much of the given name is shown at least."""
        if self._mark is None and level == INITIALS:
            level = WHOLE
        level = max(level, self.base)
        written = self._written[2 * level + is_inverted]
        tokens = written.get(person)
        if tokens is None:
            built: list[Token] = []
            if self._is_sorting:
                built.append(self._key(person, level))
            elif person.literal:
                self._add(built, person.literal, self._family)
            elif not person.is_spaced:
                self._joined(built, person, level)
            elif level == NOTHING:
                self._short(built, person)
            elif is_inverted or person.static:
                self._inverted(built, person, level)
            else:
                self._displayed(built, person, level)
            tokens = written[person] = tuple(built)
        return tokens

    def _key(self, person: Person, level: int) -> str:
        """A name in a sort key: its parts in the order of their weight.

        They are parted by what comes before any letter and blank, so that Garcia comes
        before Garcia Lopez ("Name-part Order", sort keys).
        """
        if person.literal:
            return _ARTICLE.sub("", person.literal)
        family, particles = person.family, person.dropping
        if self._sorts_demoted:
            particles = _with_particle(person.dropping, person.non_dropping)
        else:
            family = _with_particle(person.non_dropping, person.family)
        given = self._given_of(person, level)
        parts = [family] if level == NOTHING else [family, particles, given]
        return "\0".join([*parts, person.suffix] if person.suffix else parts)

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
        if person.static:
            self._add_family(built, person)
            if given:
                built.append(" ")
                self._add(built, given, self._given)
            return
        demoted = person.non_dropping if self._demotes else ""
        if self._demotes:
            self._add(built, person.family, self._family)
        else:
            self._add_family(built, person)
        # "Alexander von": the particle that can be dropped goes with the given name.
        given = f"{given} {person.dropping}".strip()
        if given or demoted:
            built.append(self._separator)
            self._add_given(built, given, demoted)
        if person.suffix:
            built.append(self._separator)
            built += parse(person.suffix)

    def _add_given(self, built: list[Token], given: str, demoted: str) -> None:
        """The given name before a demoted particle, in one pair of affixes.

        The particle has the formatting of the family name that it belongs to.
        """
        start = len(built)
        built += parse(given)
        self._bare_given.close(built, start, "en")
        if demoted:
            if given and not given.endswith(_JOINING):
                built.append(" ")
            at = len(built)
            built += parse(demoted)
            self._bare_family.close(built, at, "en")
        self._given_affixes.close(built, start)


def _parted(frame: Frame) -> tuple[Frame, Frame]:
    """A frame without its affixes, and the affixes alone."""

    def marks(tokens: Sequence[Token]) -> tuple[Token, ...]:
        return tuple(token for token in tokens if not isinstance(token, str))

    def texts(tokens: Sequence[Token]) -> tuple[Token, ...]:
        return tuple(token for token in tokens if isinstance(token, str))

    bare = Frame(marks(frame.head), marks(frame.tail), frame.text_case)
    return bare, Frame(texts(frame.head), texts(frame.tail))


def _with_particle(particle: str, family: str) -> str:
    if not particle or not family:
        return particle or family
    space = "" if particle.endswith(_JOINING) else " "
    return f"{particle}{space}{family}"
