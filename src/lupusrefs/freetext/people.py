"""The names of an author or editor list, as free text has them.

Commas stand between names and inside of them. Which is which is told by what has
initials, and by what cannot be a whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lupusrefs.formats.bibtex.names import PARTICLES
from lupusrefs.model.names import OTHERS, Name

_MANY: Final = 4_000  # characters of a list that are read
_OTHERS: Final = re.compile(
    r"[\s,;&(\[]{0,4}(?:\b(?:and|und|et|y|e)\s+)?"
    r"(?:\b(?:et\.?\s?al(?:ii|ia)?\b|others\b|u\.\s?a\.|et\s?coll\b|и\s?др\b|y\s?otros\b"
    r"|m\.\s?fl\.|co-?workers\b|colleagues\b|[Cc]ollaborators\b)|等)[\s.,;:)\]]*",
    re.IGNORECASE,
)
_AND: Final = re.compile(
    r"[\s,;]{0,4}(?:\s(?:and|And|AND|und|et|y|og|och|en|и|e|i|with|mit)\s|[&+])\s*"
)
_SEMICOLON: Final = re.compile(r"\s*[;·․・、]\s*|\s+[/|]\s+|\s[–—]\s")
_COMMA: Final = re.compile(r"\s*[,，:]\s*")
_ELLIPSIS: Final = re.compile(r"(?:\.\s?){3,}|…")
_MARKUP: Final = re.compile(r"</?[A-Za-z]{1,12}>")
# Marks of affiliations behind a name.
_DIGITS: Final = re.compile(r"(?<=[^\W\d_])[0-9*†‡§¹²³⁴-⁹]{1,3}(?:,[0-9]{1,2})*(?!\w)")
_BRACKETS: Final = re.compile(r"\s*[\[(][^\])]{0,80}[\])]?")
_SPACED_DOT: Final = re.compile(r"\s+(?=[.,;])")
_UPPER: Final = r"[^\W\d_a-zà-öø-ÿß]"
_INITIALS: Final = re.compile(
    rf"(?:{_UPPER}[a-zß]?\.[-‐‑~ ]{{0,3}})+{_UPPER}?|{_UPPER}{{1,3}}"
    rf"|{_UPPER}(?:[\s-]{_UPPER}){{1,3}}|{_UPPER}{{1,2}}[-‐‑]{_UPPER}{{1,2}}"
    rf"|(?:{_UPPER}[a-z]?\.?[-‐‑ ]?){{1,4}}(?<=\.)"
)
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|2nd|3rd|I{2,3}|IV|jun|sen)\.?", re.IGNORECASE)
_DEGREE: Final = re.compile(r"(?:M\.?D|Ph\.?\s?D|Dr|Prof|MSc|MPH|Bart|Esq|S\.?J)\.?")
# Whole words where the beginning alone is a surname, too: Banks, Boardman.
_ORGANISATION: Final = re.compile(
    r"\b(?:collaborat|consorti|department|départ|institut|universi|minist[eéè]r|ministry"
    r"|committee|comité|comisi|associat|associaç|asociac|organi[sz]ation|organisme|agenc"
    r"|agência|société|sociedad|federation|foundation|parliament|government|académie"
    r"|akademie|librar|museum|investigators|programme|hospital|administration|initiative"
    r"|laborator|gesellschaft|bundesa|bundesm|statisti|corporation"
    r"|(?:groupe?|council|commission|society|cent(?:er|re|ro)|office|team|bureau|nations"
    r"|union|panel|network|company|inc|ltd|gmbh|academy|board|services?|project|program"
    r"|school|college|authority|task force|bank|fund|trust|alliance|verband|verein|news"
    r"|press|staff)\b)",
    re.IGNORECASE,
)
_EAST_ASIAN: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]+"
)
_WORD: Final = re.compile(r"[\w'’-]+\.?")
_FEW: Final = 2  # words of a part that may be a family name alone


def parse_people(text: str) -> tuple[Name, ...]:
    """The names of a list, in order; a list that was cut ends with ``others``.

    >>> [str(name) for name in parse_people("von Spee-Mayer C, Humrich JY, et al.")]
    ['C von Spee-Mayer', 'JY Humrich', 'others']
    >>> [name.family for name in parse_people("Davis, Natalie Zemon and Bo Ek")]
    ['Davis', 'Ek']
    """
    text = _SPACED_DOT.sub("", " ".join(_MARKUP.sub("", text[:_MANY]).split()))
    text = _DIGITS.sub("", text)
    cut = _OTHERS.search(text)
    listed = text[: cut.start()] if cut else text
    rest = text[cut.end() :] if cut else ""
    names = list(_listed(listed))
    if rest.strip(" .,;:"):
        names += _listed(rest)
    if cut:
        names.append(OTHERS)
    return tuple(names)


def _listed(text: str) -> Iterator[Name]:
    text = _ELLIPSIS.sub(", ", text)
    if _is_organisation(text):
        yield Name(literal=_body(text))
        return
    text = _BRACKETS.sub("", text)
    members = [part for part in _SEMICOLON.split(text) if part.strip(" .,&")]
    if len(members) > 1:
        for member in members:
            # "Lee, A.; & Ek, B.": the sign is only for the eye.
            for one in _AND.split(f" {member.strip()} "):
                yield from _members(one)
        return
    pieces = [piece for piece in _AND.split(text) if piece.strip(" .,;&")]
    yield from _members(*pieces)


def _is_organisation(text: str) -> bool:
    """Whether all of it is the name of one body: it has no initials, and says so."""
    if not _ORGANISATION.search(text):
        return False
    words = [word for word in re.split(r"[\s,]+", text) if word]
    dotted = sum(bool(re.fullmatch(rf"(?:{_UPPER}\.-?)+", word)) for word in words)
    return not dotted and text.count(",") <= _FEW and ";" not in text


def _body(text: str) -> str:
    """The name of a body, without the brackets it may stand in."""
    bare = text.strip(" ,;:.&")
    is_inside = bare[:1] in "([" and bare[-1:] in ")]"
    return bare[1:-1].strip() if is_inside else bare


def _members(*pieces: str) -> Iterator[Name]:
    """The names of pieces between which "and" stood; commas still divide them."""
    parts: list[tuple[str, bool]] = []
    for piece in pieces:
        inner = [part.strip() for part in _COMMA.split(piece)]
        inner = [part for part in inner if part.strip(" .&-–—")]
        parts += [(part, at == len(inner) - 1) for at, part in enumerate(inner)]
    at = 0
    while at < len(parts):
        at, name = _next(parts, at)
        if name is not None:
            yield name


def _next(parts: Sequence[tuple[str, bool]], at: int) -> tuple[int, Name | None]:
    """The name that begins with a part, and where the next one begins."""
    part, is_last = parts[at]
    following = "" if is_last or at + 1 == len(parts) else parts[at + 1][0]
    at += 1
    if _SUFFIX.fullmatch(part) or _DEGREE.fullmatch(part):
        return at, None
    name = _alone(part)
    if name is not None and _takes_given(part, following):
        name = None
    if name is None:
        if following and not _ORGANISATION.search(following):
            given, suffix = _without_suffix(following)
            name, at = _family_first(part, given, suffix), at + 1
        else:
            name = _whole(part)
    if at < len(parts) and _SUFFIX.fullmatch(parts[at][0]):
        if name.family is not None:
            name = replace(name, suffix=parts[at][0])
        at += 1
    return at, name


def _without_suffix(given: str) -> tuple[str, str | None]:
    head, _, tail = given.rpartition(" ")
    if head and re.fullmatch(r"(?:Jr|Sr|III)\.?", tail):
        return head, tail
    return given, None


def _alone(part: str) -> Name | None:
    """The part as a whole name, where it can be one; None for "Davis", "de la Cruz"."""
    words = part.split()
    if _EAST_ASIAN.fullmatch(part.replace(" ", "")):
        return Name(literal=part)
    if _ORGANISATION.search(part) and not any(map(_is_initial, words)):
        return Name(literal=_body(part))
    if len(words) == 1 or _INITIALS.fullmatch(part):
        # "J.Smith" and "SmithJ." have no blank.
        glued = re.fullmatch(rf"((?:{_UPPER}\.-?)+)({_UPPER}[\w'’-]{{2,}})", part)
        return _with_particle(glued[2], glued[1]) if glued else None
    if words[0].lower() in PARTICLES and words[0][0].islower():
        rest = words[1:]
        if len(rest) < _FEW or not _is_initial(rest[-1]):
            return None
    return _whole(part)


def _takes_given(part: str, following: str) -> bool:
    """Whether the part is a family name whose given names follow a comma."""
    words = part.split()
    if not following or any(map(_is_initial, words)):
        return False
    if _SUFFIX.fullmatch(following) and len(words) > 1:
        return False
    if _INITIALS.fullmatch(following):
        return True
    # "García Márquez, Gabriel": one word is no whole name.
    return len(words) <= _FEW and _WORD.fullmatch(following) is not None


def _is_initial(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None and not _SUFFIX.fullmatch(word)


def _whole(part: str) -> Name:
    """A name of which all is one part: "Humrich JY", "J. Y. Humrich", "Ann Lee"."""
    words, suffix = part.split(), None
    if len(words) > _FEW and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) == 1:
        return _with_particle(words[0], None, suffix)
    lead = _leading(words)
    if lead:
        return _with_particle(" ".join(words[lead:]), " ".join(words[:lead]), suffix)
    trail = _trailing(words)
    if trail:
        family, given = words[:-trail], words[-trail:]
        return _with_particle(" ".join(family), " ".join(given), suffix)
    capitals = _capitals(words)
    if capitals:
        return _with_particle(
            " ".join(words[:capitals]), " ".join(words[capitals:]), suffix
        )
    return _given_first(words, suffix)


def _leading(words: Sequence[str]) -> int:
    """How many words at the head are initials, a full given name among them."""
    count = 0
    while count < len(words) - 1 and _is_initial(words[count]):
        count += 1
    return count


def _trailing(words: Sequence[str]) -> int:
    """How many words at the end are initials."""
    count = 0
    while count < len(words) - 1 and _is_initial(words[-1 - count]):
        count += 1
    return count


def _capitals(words: Sequence[str]) -> int:
    """How many words at the head are in capitals, and the rest not: KAHAN Marcel."""
    count = 0
    while count < len(words) and len(words[count]) > 1 and words[count].isupper():
        count += 1
    return count if count < len(words) else 0


def _given_first(words: Sequence[str], suffix: str | None) -> Name:
    at = len(words) - 1
    for index in range(1, len(words) - 1):
        if words[index].lower() in PARTICLES and words[index].islower():
            at = index
            break
    return _with_particle(" ".join(words[at:]), " ".join(words[:at]), suffix)


def _family_first(family: str, given: str, suffix: str | None) -> Name:
    # "Rochebrune, A. T. de": the particle went behind.
    words = given.split()
    behind: list[str] = []
    while len(words) > 1 and words[-1].islower() and words[-1] in PARTICLES:
        behind.insert(0, words.pop())
    return _with_particle(" ".join([*behind, family]), " ".join(words), suffix)


def _with_particle(family: str, given: str | None, suffix: str | None = None) -> Name:
    words = family.strip(" ,;:").split()
    count = 0
    while (
        count < len(words) - 1
        and words[count].islower()
        and (words[count] in PARTICLES)
    ):
        count += 1
    bare = " ".join(words[count:])
    # The dot of "Smith." is the list's; that of "St." is in the middle.
    bare = bare[:-1] if bare.endswith(".") and len(bare) > _FEW + 1 else bare
    return Name(
        family=bare or family,
        given=(given or "").strip(" ,;:") or None,
        non_dropping_particle=" ".join(words[:count]) or None,
        suffix=suffix,
    )
