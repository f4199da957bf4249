"""Registered names in the style in which a list of names is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lupusrefs.compare.name_words import PARTICLES
from lupusrefs.compare.text import clean
from lupusrefs.model.names import Name

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[\s\u2009-]*){1,5}")
_PART: Final = re.compile(r"[^\W\d_][^\s.]*\.?")


# "AJ" beside a family name that is not in capitals itself: two initials.
_RUN: Final = re.compile(r"(?<![\w-])[^\W\d_]{2,3}(?![\w-])")


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How a list writes its names.

    Attributes:
        has_initials: whether given names are initials.
        stop: what follows an initial.
        gap: what stands between two.
        is_upper: whether family names are in capitals.
    """

    has_initials: bool = False
    stop: str = "."
    gap: str = " "
    is_upper: bool = False

    def write(self, name: Name) -> Name:
        """A registered name in this style."""
        if name.literal is not None:
            return Name(literal=clean(name.literal))
        family, given = clean(name.family or ""), clean(name.given or "")
        if self.has_initials:
            given = self._initials(given if family.isupper() else _spaced(given))
        return replace(
            name,
            family=(family.upper() if self.is_upper else family) or None,
            given=given or None,
        )

    def _initials(self, given: str) -> str:
        return self.gap.join(
            self._joined(word) for word in _PART.findall(given) if word not in PARTICLES
        )

    def _joined(self, word: str) -> str:
        hyphen = "-" if self.stop else ""
        parts = [part for part in re.split("[-‐‑]", word) if part[:1].isalpha()]
        return hyphen.join(part[0].upper() + self.stop for part in parts)


def _spaced(given: str) -> str:
    """Initials that are registered in a run, one by one."""
    return _RUN.sub(lambda run: " ".join(run[0]) if run[0].isupper() else run[0], given)


def style_of(names: Sequence[Name]) -> NameStyle:
    """The style of a cited list; of one without given names that of full names."""
    given = [name.given for name in names if name.given]
    families = [name.family for name in names if name.family]
    has_initials = bool(given) and all(_is_initials(text) for text in given)
    several = [text for text in given if len(re.findall(r"[^\W\d_]", text)) > 1]
    return NameStyle(
        has_initials,
        "." if not given or any("." in text for text in given) else "",
        " " if not several or any(" " in text for text in several) else "",
        bool(families) and all(text.isupper() for text in families),
    )


def _is_initials(given: str) -> bool:
    letters = re.sub(r"[^\w]", "", given)
    is_run = letters.isupper() and len(letters) <= len("JYMAB")
    return is_run and _INITIALS.fullmatch(given.strip()) is not None
