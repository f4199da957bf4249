"""The names of an item, with their particles found.

Source: CSL 1.0.2 specification, "Names", "Name-part Order", and citeproc-js manual,
"Names" (particles written into family or given name, affixes written into the given).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# "van der ", "d'", "al-": small letters before a family name that has a capital.
_LEADING: Final = re.compile(
    r"((?:(?:[^\W\d_A-ZÀ-ÖØ-Þ][^\s\d_A-ZÀ-ÖØ-Þ'’\u02bb-]*[’'\u02bb]?\s+)+"
    r"(?:[^\W\d_A-ZÀ-ÖØ-Þ]{1,4}['’\u02bb-](?=[^\s]))?"
    r"|[^\W\d_A-ZÀ-ÖØ-Þ]{1,4}['’\u02bb-](?=[^\W\d_])))(?=[\"“]?[^\W\d_])"
)
# Scripts that write given name and family name with a space between them, or that are
# transcribed so; the others (Chinese, Japanese, Korean) join family and given name.
_SPACED: Final = re.compile(
    r"[-0-9a-zA-Z\u00c0-\u024f\u0370-\u052f\u0531-\u058f\u0590-\u06ff\u0700-\u0e5b"
    r"\u10a0-\u10ff\u1e00-\u1fff]"
)


class Person:
    """A name of an item.

    Attributes:
        family: without particles.
        given: given names, or initials.
        dropping: particle that goes where the given name goes.
        non_dropping: particle that stays with the family name.
        suffix: "Jr.", "III".
        comma_suffix: a comma goes before the suffix.
        static: the family name always comes first.
        literal: the whole name, where it is not a person's; else empty.
        is_spaced: the parts are written with spaces between them.
    """

    __slots__ = (
        "comma_suffix",
        "dropping",
        "family",
        "given",
        "is_spaced",
        "literal",
        "non_dropping",
        "static",
        "suffix",
    )

    def __init__(self, name: Mapping[str, object]) -> None:
        self.literal = _text(name, "literal")
        self.family = _text(name, "family")
        self.given = _text(name, "given")
        self.dropping = _text(name, "dropping-particle")
        self.non_dropping = _text(name, "non-dropping-particle")
        self.suffix = _text(name, "suffix")
        self.comma_suffix = _is_set(name.get("comma-suffix"))
        self.static = _is_set(name.get("static-ordering"))
        if not self.literal and _is_set(name.get("isInstitution")):
            self.literal = self.family
        if self.literal:
            self.family = self.given = ""
        elif not self.family:
            self.family, self.given = self.given, ""
        else:
            self._find_particles()
        whole = self.literal or self.family + self.given
        self.is_spaced = _SPACED.search(whole) is not None
        # Made when it is first wanted: most persons are in no bibliography twice.

    @property
    def key(self) -> tuple[str, ...]:
        """What tells persons apart."""
        return (
            self.literal,
            self.non_dropping,
            self.family,
            self.dropping,
            self.given,
            self.suffix,
        )

    def _find_particles(self) -> None:
        given, comma, suffix = self.given.partition(",")
        if comma and suffix.strip("! ") and not self.suffix:
            # "John, Jr.", or with "!" where the comma is to be shown.
            self.given, self.suffix = given.rstrip(), suffix.lstrip("! ").rstrip()
            self.comma_suffix = self.comma_suffix or suffix.startswith("!")
        family = self.family
        if len(family) > 1 and family[0] in '"“' and family[-1] in '"”':
            self.family = family[1:-1]
        elif not self.non_dropping and not family[:1].isupper():
            match = _LEADING.match(family)
            if match and match.end() < len(family):
                self.non_dropping = match[1].strip()
                self.family = family[match.end() :].strip()
        if not self.dropping and " " in self.given:
            words = self.given.split()
            kept = len(words)
            while kept > 1 and words[kept - 1][0].islower():
                kept -= 1
            if kept < len(words):
                self.dropping = " ".join(words[kept:])
                self.given = " ".join(words[:kept])


def _text(name: Mapping[str, object], part: str) -> str:
    value = name.get(part)
    if isinstance(value, str):
        return value
    return str(value) if value not in (None, False) else ""


def _is_set(value: object) -> bool:
    return value not in (None, False, "", 0, "0", "false")
