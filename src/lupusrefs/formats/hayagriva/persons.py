"""Hayagriva's persons and CSL's names.

A person is a string, "Family, Given", or a mapping of its parts. A prefix that stands
before the family name is CSL's dropping particle to hayagriva; the particle that stays
("van Gogh") is part of the name.

Source: hayagriva's description of its file format, "Person"; N. Markey, "Tame the
BeaST", page 24, for how prefix and name are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lupusrefs.model.markup import plain
from lupusrefs.model.names import Name

PARTS: Final = ("name", "given-name", "prefix", "suffix", "alias")
_MOST_PARTS: Final = 3  # of a string
# The description has the suffix last, the program second: both are met.
_SUFFIX: Final = re.compile(r"(?:jr|sr|[ivx]+|[2-9](?:nd|rd|th))\.?", re.IGNORECASE)
_GLUE: Final = ("'", "’", "-", "‐")


def read_person(text: str) -> Name | None:
    """A person written as a string; None where it has too many commas for one.

    >>> read_person("von der Leyen, Ursula").dropping_particle
    'von der'
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > _MOST_PARTS:
        return None
    if not parts[0] or len(parts) == 1:
        return Name(literal=text.strip(" ,") or text)
    prefix, family = _split_prefix(parts[0])
    if not family:
        prefix, family = None, parts[0]
    given, suffix = parts[1], parts[2] if len(parts) == _MOST_PARTS else None
    if suffix and _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    return Name(
        family=family,
        given=given or None,
        dropping_particle=prefix,
        suffix=suffix or None,
    )


def read_parts(parts: Mapping[str, str]) -> Name | None:
    """A person written as a mapping; None where it has no name."""
    name = " ".join(parts.get("name", "").split())
    given, prefix, suffix = (
        parts.get(part) or None for part in ("given-name", "prefix", "suffix")
    )
    if not name:
        return None
    if not (given or prefix or suffix):
        # As a string it would be an institution: see write_person.
        return Name(family=name) if _is_one_name(name) else Name(literal=name)
    particle, family = (None, name) if prefix else _split_particle(name)
    return Name(
        family=family,
        given=given,
        dropping_particle=prefix,
        non_dropping_particle=particle,
        suffix=suffix,
    )


def write_person(name: Name) -> str | dict[str, str]:
    """A name as a person: a string for what has one part, else its parts.

    Empty where there is no name.
    """
    family = _clean(name.family)
    if name.literal is not None or not family:
        literal = _clean(name.literal) or _clean(name.given) or _clean(name.suffix)
        return literal if _is_one_name(literal) else {"name": literal}
    # A family name alone is a mapping, so that it is not read as an institution.
    parts = {
        "name": _with_particle(_clean(name.non_dropping_particle), family),
        "given-name": _clean(name.given),
        "prefix": _clean(name.dropping_particle),
        "suffix": _clean(name.suffix),
    }
    return {part: text for part, text in parts.items() if text}


def short_person(parts: Mapping[str, str]) -> str | None:
    """The parts as a string, where it says the same."""
    if parts.keys() - {"name", "given-name", "prefix"} or "given-name" not in parts:
        return None
    family = " ".join(parts[part] for part in ("prefix", "name") if part in parts)
    given = parts["given-name"]
    if "," in family + given or any(text != text.strip() for text in parts.values()):
        return None
    if _split_prefix(family) != (parts.get("prefix"), parts["name"]):
        return None
    return f"{family}, {given}"


def _clean(text: str | None) -> str:
    """A part of a name in one line, without markup and entities."""
    if not text:
        return ""
    return plain(text) if "<" in text or "&" in text else " ".join(text.split())


def _is_one_name(text: str) -> bool:
    """Whether hayagriva takes the string as one name, without commas and prefix."""
    return "," not in text and text == text.strip() and not _split_prefix(text)[0]


def _split_prefix(text: str) -> tuple[str | None, str]:
    """The prefix, and the name that is left: nothing, if the last word is small.

    The prefix goes to the last word that begins with a small letter; where all words
    do, to the last but one.
    """
    words = text.split()
    small = [word[0].islower() for word in words]
    if not any(small) or len(words) == 1:
        return None, text
    after = len(words) - 1 if all(small) else len(small) - small[::-1].index(True)
    return " ".join(words[:after]), " ".join(words[after:])


def _split_particle(name: str) -> tuple[str | None, str]:
    """The words with small letters that a name begins with, and the rest."""
    words = name.split(" ")
    capital = next((i for i, word in enumerate(words) if not word[:1].islower()), 0)
    if capital == 0 or not words[capital]:
        return None, name
    return " ".join(words[:capital]), " ".join(words[capital:])


def _with_particle(particle: str, family: str) -> str:
    if not particle or particle.endswith(_GLUE):
        return particle + family
    return f"{particle} {family}"
