"""CSL names: persons, and literals for everybody who is not one."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Final

# The literal name that ends a list which its author cut ("et al."): pandoc's and
# BibTeX's convention, so that it survives every format.
OTHERS_LITERAL: Final = "others"

_INITIALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,3}|[A-ZÀ-ÖØ-Þ]-[A-ZÀ-ÖØ-Þ]{1,2}")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a CSL name variable (CSL 1.0.2 specification, "Names").

    A person has ``family`` and usually ``given``; an institution, or anything
    that must be printed as written, has only ``literal``.

    Attributes:
        family: the family name without particles.
        given: given names or initials.
        dropping_particle: particle dropped when only the family name is shown.
        non_dropping_particle: particle that stays with the family name ("von").
        suffix: "Jr.", "III".
        comma_suffix: a comma goes before the suffix.
        static_ordering: the family name always comes first (as in Hungarian).
        literal: the whole name, printed as it is.
    """

    family: str | None = None
    given: str | None = None
    dropping_particle: str | None = None
    non_dropping_particle: str | None = None
    suffix: str | None = None
    comma_suffix: bool = False
    static_ordering: bool = False
    literal: str | None = None

    def __hash__(self) -> int:
        # Half the attributes, for speed: names that are equal in these are rare.
        return hash((self.family, self.given, self.literal))

    @property
    def is_others(self) -> bool:
        """Whether this stands for the names that the list leaves out."""
        return self.literal == OTHERS_LITERAL

    def __str__(self) -> str:
        """The name in reading order: "Jens Y von Humrich Jr."."""
        if self.literal is not None:
            return self.literal
        parts = (
            self.given,
            self.dropping_particle,
            self.non_dropping_particle,
            self.family,
            self.suffix,
        )
        return " ".join(part for part in parts if part)

    def with_spaced_initials(self) -> Name:
        """The same where ``JY`` is two initials: "J. Y.".

        MEDLINE and those who copy it write initials without spaces. A style that wants
        one initial of each name would take two letters for one name. A person whose
        family name is in capitals, too, may have a short given name.
        """
        given, family = self.given or "", self.family or ""
        if not _INITIALS.fullmatch(given) or family == family.upper():
            return self
        parts = given.split("-")
        spaced = "-".join(" ".join(f"{letter}." for letter in part) for part in parts)
        return replace(self, given=spaced)

    @property
    def family_with_particle(self) -> str:
        """What a short citation shows: "von Spee-Mayer", or the literal."""
        if self.literal is not None:
            return self.literal
        parts = (self.non_dropping_particle, self.family)
        return " ".join(part for part in parts if part) or self.given or ""

    def to_csl(self) -> dict[str, str | bool]:
        """The name as a CSL-JSON object, without empty members."""
        return {
            key: value
            for key, attribute in _WIRE_KEYS.items()
            if (value := getattr(self, attribute))
        }


OTHERS: Final = Name(literal=OTHERS_LITERAL)

_WIRE_KEYS: Final = {field.name.replace("_", "-"): field.name for field in fields(Name)}

# Members of a name object in CSL-JSON -> attribute of Name.
NAME_PARTS: Final = dict(_WIRE_KEYS)
