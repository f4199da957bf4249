"""CSL names -> BibTeX's author and editor fields.

Names are written "von Last, First" or "von Last, Jr, First" and joined by "and"
(btxdoc, section 4; ``bibtex.web``, "von_token_found", for how the parts are told
apart). Braces keep BibTeX from finding parts where there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.formats.bibtex.latex import escape
from lupusrefs.model.markup import plain
from lupusrefs.model.names import OTHERS_LITERAL, Name

# BibTeX separates names by the word "and" in any case, outside braces.
_SEPARATOR: Final = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
# What separates names, or the parts of one, to many programs and to this one.
_SIGNS: Final = re.compile("[,;&]")
# A particle that ends so is written together with the name: d'Alembert, al-Kindi.
_GLUE: Final = ("'", "’", "-", "‐")
# Words that BibTeX may rightly take for the "von" part of a family name.
PARTICLES: Final = frozenset(
    "a af al am an auf av bin da dal dalla dalle das de de' degli dei del della delle"  # noqa: SIM905 - a list of words
    " dello dem den der des di do dos du e el ibn il in la las le les lo los 's 't te"
    " ten ter tho thoe tot und van vande vanden vander vom von vor zu zum zur".split()
)


def name_list(
    names: Iterable[Name], *, divided: bool = False, biblatex: bool = False
) -> str:
    """The names of an author or editor field, without the field's own braces.

    A list that its author cut ends with "and others", wherever the mark stood.

    Args:
        names: the names.
        divided: particles are told apart from family names, so that a family name
            "van de Pol" is meant to be one; else BibTeX may find them.
        biblatex: a particle that is dropped may be told from one that stays, by
            biblatex's extended name format; BibTeX knows the latter only.

    >>> name_list([Name(literal="World Health Organization"), Name("Ng", "Kim")])
    '{World Health Organization} and Ng, Kim'
    """
    names = list(names)
    extended = _extended if biblatex else _never
    written = [
        text
        for name in names
        if not name.is_others
        and (text := extended(name) or _name(name, divided=divided))
    ]
    if written and any(name.is_others for name in names):
        written.append(OTHERS_LITERAL)
    return " and ".join(written)


def _name(name: Name, *, divided: bool) -> str:
    if name.literal is not None:
        literal = escape(plain(name.literal))
        return literal and f"{{{literal}}}"
    given, family = _part(name.given), _family(name, divided=divided)
    if given and family:
        return ", ".join(filter(None, (family, _part(name.suffix), given)))
    return _without_comma(name)


def _never(_: Name) -> str:
    return ""


def _extended(name: Name) -> str:
    """The name in the extended format, where a particle is dropped; else ""."""
    if name.literal is not None or not (name.dropping_particle and name.family):
        return ""
    parts = {
        "family": " ".join(filter(None, (name.non_dropping_particle, name.family))),
        "given": name.given,
        "prefix": name.dropping_particle,
        "suffix": name.suffix,
    }
    texts = {key: escape(plain(text)) for key, text in parts.items() if text}
    written = [f"{key}={{{text}}}" for key, text in texts.items() if text]
    return ", ".join((*written, "useprefix=false"))


def _without_comma(name: Name) -> str:
    """A name of one part: BibTeX would look for given names in several words."""
    particles, family = _particles(name), plain(name.family or name.given or "")
    words = f"{particles}{family} {plain(name.suffix or '')}".strip()
    whole = _SIGNS.search(words) or _SEPARATOR.search(words) or words == OTHERS_LITERAL
    if whole or any(word not in PARTICLES for word in words.split()[:-1]):
        return f"{{{escape(words)}}}"
    return escape(words)


def _part(text: str | None) -> str:
    """Given names or a suffix; in braces where commas or "and" would split them."""
    clean = plain(text or "")
    written = escape(clean)
    return (
        f"{{{written}}}"
        if _SIGNS.search(clean) or _SEPARATOR.search(clean)
        else written
    )


def _family(name: Name, *, divided: bool) -> str:
    """Particles and family name: "von Spee-Mayer", "de La Fontaine", "d'Alembert"."""
    particles, family = _particles(name), plain(name.family or "")
    written = escape(family)
    whole = divided and not particles and " " in family and family[0].islower()
    if whole or _needs_braces(family):
        written = f"{{{written}}}"
    if "," in particles or _SEPARATOR.search(particles):
        return f"{{{escape((particles + family).strip())}}}"
    return (escape(particles) + written).strip()


def _particles(name: Name) -> str:
    """The particles, ready to stand before the family name."""
    particles = ""
    for particle in (name.dropping_particle, name.non_dropping_particle):
        if text := plain(particle or ""):
            particles += text if text.endswith(_GLUE) else f"{text} "
    return particles


def _needs_braces(family: str) -> bool:
    """Whether BibTeX would take the name apart, or take words of it for a particle.

    The words up to the last one that begins with a small letter become "von"; so does
    one whose first letter is not ASCII and whose second is small, because BibTeX skips
    bytes that are no letters to it. A hyphen separates words ("Abd-el-Kader").
    """
    # "=" would be biblatex's extended name format.
    if _SIGNS.search(family) or "=" in family or _SEPARATOR.search(family):
        return True
    words = re.split(r"[\s-]+", family)
    while len(words) > 1 and words[0].lower() in PARTICLES:
        words.pop(0)
    return any(not ("A" <= _first_letter(word) <= "Z") for word in words[:-1])


def _first_letter(word: str) -> str:
    return next((char for char in word if char.isalpha()), "A")
