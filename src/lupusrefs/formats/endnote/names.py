"""Names as RIS and EndNote write them, one in each field.

Source: "RIS Format Specifications" (2001), "Author Fields": ``Lastname, Firstname,
Suffix``; EndNote's manual, "Author Names": a corporate author ends with a comma, and a
comma inside its name is written twice; names in reading order are read as persons.
"""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.model.names import OTHERS, Name

_OTHERS: Final = re.compile(
    r"(?:and |& ?)?(?:et[\s,]*al(?:ii|iae)?|al\.?, et|others|u\.\s?a)\b[\s.,;]*",
    re.IGNORECASE,
)
# Several names in one field; the semicolon of an entity is none.
_BETWEEN: Final = re.compile(r";\s+")
_ENTITY: Final = re.compile(r"&#?\w{2,8};")
_SUFFIX: Final = re.compile(r"(?:[JS]r|I{2,3}|I?V|VI{0,3}|[2-4](?:nd|rd|th))\b\.?")
# Forms of companies: "Doe, Inc." is no person. "AG" and "SA" are initials.
_COMPANY: Final = re.compile(r"(?:Inc|Incorporated|Ltd|Limited|LLC|Corp|GmbH)\.?")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?)+|[A-Z]")
_PARTICLES: Final = frozenset(
    "af al bin da dal dalla de del della den der des di dos du el la las le los ten ter"  # noqa: SIM905 - a list of words
    " van vander vom von zu zum zur".split()
)
# What groups have in their names, and persons have not.
_GROUP: Final = re.compile(
    r"\b(?:academ(?:y|ia)|administration|agency|alliance|american|and|archives?"
    r"|associat(?:ion|es)|authors?|authority|bank|board|bureau|cent(?:er|re|rum)"
    r"|clinic|collaborati(?:on|ve)|college|commission|committee|company|consortium"
    r"|corporation|council|court|department|dept|division|editors?|european|faculty"
    r"|federa(?:l|tion)|for|foundation|government|group|hospital|initiative|institut[eo]?"
    r"|international|investigators|laborator(?:y|ies)|league|library|ministry|museum"
    r"|national|nations|network|of|office|organi[sz]ation|panel|party|press|program(?:me)?"
    r"|project|publish(?:ers|ing)|research|school|secretariat|service|societ(?:y|ies)"
    r"|staff|stiftung|states|studio|study|survey|team|the|trust|union|universit(?:y|ät"
    r"|é|à|ies)|verein|workshop|zoo)\b|[\d&/:|]",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 5
_LONE: Final = re.compile(r"[\s,]+")


def split_names(text: str) -> list[str]:
    """The names of a field that has several, parted by semicolons against all rules."""
    return [text] if _ENTITY.search(text) else _BETWEEN.split(text)


def parse_name(text: str, *, reading_order: bool = False) -> Name | None:
    """The name that a field holds; None where it holds none.

    Args:
        text: of the field.
        reading_order: whether the format allows "Geoffrey Chaucer"; otherwise a name
            without a comma is a person's only where it has initials.

    >>> str(parse_name("Moreau, Ana, Jr.")), str(parse_name("Moreau,, Inc"))
    ('Ana Moreau Jr.', 'Moreau, Inc')
    """
    text = " ".join(text.split())
    if not _LONE.sub("", text):
        return None
    if _OTHERS.fullmatch(text):
        return OTHERS
    if ",," in text:
        return Name(literal=text.replace(",,", ","))
    if text.endswith(","):
        return Name(literal=text[:-1].rstrip())
    family, comma, rest = (part.strip() for part in text.partition(","))
    if not comma:
        return _without_comma(text, reading_order=reading_order)
    if not family or _COMPANY.fullmatch(rest):
        return Name(literal=text)
    given, _, suffix = (part.strip() for part in rest.partition(","))
    if _SUFFIX.fullmatch(given) and suffix:
        given, suffix = suffix, given
    return Name(family=family, given=given or None, suffix=suffix or None)


def _without_comma(text: str, *, reading_order: bool) -> Name:
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or _GROUP.search(text):
        return Name(literal=text)
    if not reading_order and not any(_INITIALS.fullmatch(word) for word in words[:-1]):
        return Name(literal=text)
    suffix = words.pop() if _SUFFIX.fullmatch(words[-1]) and len(words) > 2 else None  # noqa: PLR2004 - somebody's Jr. has two names before it
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    given, family = " ".join(words[:start]), " ".join(words[start:])
    if _INITIALS.fullmatch(family):
        return Name(literal=text)
    return Name(family=family, given=given, suffix=suffix)


def name_text(name: Name) -> str:
    """The name as one field; empty where there is nothing to write.

    Particles go with the family name, those that are dropped with the given name. A
    person of one name looks like a group: neither format tells them apart.
    """
    if name.is_others:
        return "et al."
    if name.literal is not None:
        literal = " ".join(name.literal.split())
        if not literal or "," in literal:
            return literal.replace(",", ",,")
        return f"{literal},"
    given = _joined(name.given, name.dropping_particle)
    family = _glued(name.non_dropping_particle, name.family)
    if not family:
        family, given = given, ""
    suffix = _joined(name.suffix)
    if not given and not suffix:
        return f"{family}," if family else ""
    return ", ".join((family, given, suffix)[: 3 if suffix else 2])


def _joined(*parts: str | None) -> str:
    """The parts without what would end them."""
    return " ".join(" ".join(filter(None, parts)).replace(",", " ").split())


def _glued(particle: str | None, family: str | None) -> str:
    before, behind = _joined(particle), _joined(family)
    if before.endswith(("'", "’", "-")):
        return before + behind
    return _joined(before, behind)
