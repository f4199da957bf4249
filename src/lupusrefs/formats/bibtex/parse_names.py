r"""BibTeX's author and editor fields -> CSL names.

The parts are BibTeX's (``name_parts``) or those that biblatex's extended format names
(``extended_names``). CSL keeps with the family name only what is not a particle: of
"von Berlichingen zu Hornberg" the particle is "von" (biber does the same).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import is_normalized

from lupusrefs.formats.bibtex.comma_lists import comma_list, sign_list
from lupusrefs.formats.bibtex.extended_names import (
    extended_parts,
    is_extended,
    own_useprefix,
)
from lupusrefs.formats.bibtex.name_parts import (
    NameParts,
    braced,
    is_lower,
    name_parts,
    split_list,
    words,
)
from lupusrefs.formats.bibtex.names import PARTICLES
from lupusrefs.formats.bibtex.parse_latex import plain
from lupusrefs.model.names import OTHERS, Name

__all__ = ["NameParts", "name_parts", "parse_names", "split_list"]

_OTHERS: Final = re.compile(
    r"\{*\s*(?:\\emph\{|\\textit\{|\\(?:em|it)\s)?\s*"
    r"(?:(?:and )?others|et\.?,?[\s~]*al\.?,?|al\.?,\s*et\.?)\s*\}*",
    re.IGNORECASE,
)
_ET_AL: Final = re.compile(
    r"(?<=.)[\s,~]+(?:\{?\\emph\{)?\{?et\.?[\s~]al\.?\}*\s*$", re.IGNORECASE
)
# Most names by far: capitalised words, "First Last" or "Last, First", with nothing in
# them that needs a closer look.
_WORD: Final = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_USUAL: Final = re.compile(
    rf"(?P<last>{_WORD}(?:[ ]{_WORD})*+),[ ](?P<first>{_WORD}(?:[ ]{_WORD})*+)"
    rf"|(?P<given>{_WORD}(?:[ ]{_WORD})*)[ ]"
    rf"(?P<family>(?!(?:[JjSs][Rr]|I{{2,3}}|IV|[Aa][Ll])\b){_WORD})"
)
_MAX_OTHERS: Final = 40  # characters of what stands for others
_SUFFIX: Final = re.compile(r"[JSjs]r\.?|II|III|IV")
_DEGREE: Final = re.compile(r"M\.?D\.?|Ph\.?D\.?|M\.?Sc\.?|MPH|MBBS")
# "Rabi, II" has initials.
_JUNIOR: Final = re.compile(r"[JSjs]r\.?|III")
_MIN_WORDS: Final = 2  # before a suffix without commas: "Martin King Jr."


def parse_names(source: str, *, useprefix: bool | None = None) -> tuple[Name, ...]:
    r"""The names of an author or editor field.

    "and others" is the name ``others``; what is wholly in braces is a literal.

    Args:
        source: LaTeX, without the field's own delimiters.
        useprefix: biblatex's option: whether particles stay with the family name, as
            BibTeX's styles have it. A name's own option goes before it.

    >>> [str(name) for name in parse_names(r"G{\"o}del, Kurt and {WHO} and others")]
    ['Kurt Gödel', 'WHO', 'others']
    """
    drops = useprefix is False
    names: list[Name] = []
    for member in _members(source):
        names.extend(_names(member, drops_particle=drops))
    return tuple(names)


def _members(source: str) -> list[str]:
    """The names of the list; in the extended format quotes hide an "and", too."""
    members = split_list(source)
    if '="' not in source and '"family' not in source and '"given' not in source:
        return members
    joined: list[str] = []
    for member in members:
        if joined and joined[-1].count('"') % 2 and is_extended(joined[-1]):
            joined[-1] += f" and {member}"
        else:
            joined.append(member)
    return joined


@lru_cache(maxsize=32768)
def _names(source: str, *, drops_particle: bool) -> tuple[Name, ...]:
    """One name, what else has commas for "and", and "et al." at the end of it."""
    usual = _USUAL.fullmatch(source)
    if usual is not None and is_normalized("NFC", source):
        last, first, given, family = usual.groups()
        if not (last and _JUNIOR.fullmatch(first)):
            return (Name(last or family, first or given),)
    if len(source) <= _MAX_OTHERS and _OTHERS.fullmatch(source):
        return (OTHERS,)
    rest = _without_et_al(source)
    found = tuple(
        name
        for member in sign_list(rest)
        for one in comma_list(member) or (member,)
        if (name := _name(one, drops_particle=drops_particle))
    )
    return found if rest == source else (*found, OTHERS)


def _without_et_al(source: str) -> str:
    tail = source[-_MAX_OTHERS:]
    if "al" not in tail.lower():
        return source
    return source[: len(source) - len(tail)] + _ET_AL.sub("", tail)


def _name(source: str, *, drops_particle: bool) -> Name | None:
    source = source.strip(" \t\r\n,;")
    content = braced(source)
    if content is not None and not _is_letter_group(content):
        literal = plain(content)
        return Name(literal=literal) if literal else None
    if is_extended(source):
        return _extended(source, drops_particle=drops_particle)
    return _of_parts(_settled(source), drops_particle=drops_particle)


def _is_letter_group(content: str) -> bool:
    r"""Whether the braces are those of an accent: a name like ``{\'E}``."""
    return content.startswith("\\") and len(plain(content)) == 1


def _settled(source: str) -> NameParts:
    """The parts, with the suffix where people put it."""
    parts = name_parts(source)
    if parts.jr:
        # "Smith, John, Jr." and "MD": the last two are in each other's place.
        is_title = _SUFFIX.fullmatch(parts.first) or _DEGREE.fullmatch(parts.first)
        if is_title and not _SUFFIX.fullmatch(parts.jr):
            return NameParts(parts.jr, parts.von, parts.last, parts.first)
        return parts
    if _JUNIOR.fullmatch(parts.first):
        # "Sammy Davis, Jr.", but "van Dyke, Jr."
        whole = f"{parts.von} {parts.last}".strip()
        inner = parts if is_lower(whole) else name_parts(whole)
        given = "" if inner is parts else inner.first
        return NameParts(given, inner.von, inner.last, parts.first)
    before = words(f"{parts.first} {parts.von}")
    many = len(before) >= _MIN_WORDS
    if many and _SUFFIX.fullmatch(parts.last) and "," not in source:
        inner = name_parts(" ".join(before))
        return NameParts(inner.first, inner.von, inner.last, parts.last)
    return parts


def _of_parts(parts: NameParts, *, drops_particle: bool) -> Name | None:
    particle, family = _particle(parts)
    given, suffix = plain(parts.first), plain(parts.jr)
    if particle and not given and _is_given(particle):
        particle, given = "", particle
    if not (particle or family or given):
        return Name(literal=suffix) if suffix else None
    if not family:
        # "aa": BibTeX's last name; and "First" alone, which a comma went before.
        family, particle = particle, ""
        if not family:
            return Name(family=given, suffix=suffix or None)
    return _built(family, given, particle, suffix, drops_particle=drops_particle)


def _is_given(particle: str) -> bool:
    """Whether what BibTeX takes for "von" is a name in small letters: "bell hooks"."""
    return not any(word in PARTICLES for word in particle.split())


def _particle(parts: NameParts) -> tuple[str, str]:
    """The words in lower case at the head of von and Last, and the rest of them.

    What else BibTeX counts to "von" belongs to the family name: "Berlichingen zu" of
    "von Berlichingen zu Hornberg", all of "Carreño de" of "Carreño de Miranda".
    """
    if not parts.von:
        return "", plain(parts.last)
    von = words(parts.von)
    count = 0
    while count < len(von) and is_lower(von[count]):
        count += 1
    rest = " ".join((*von[count:], parts.last))
    return plain(" ".join(von[:count])), plain(rest)


def _built(
    family: str, given: str, particle: str, suffix: str, *, drops_particle: bool
) -> Name:
    if not (particle or suffix):
        return Name(family, given or None)
    return Name(
        family=family,
        given=given or None,
        dropping_particle=particle if particle and drops_particle else None,
        non_dropping_particle=particle if particle and not drops_particle else None,
        suffix=suffix or None,
    )


def _extended(source: str, *, drops_particle: bool) -> Name | None:
    parts = extended_parts(source)
    own = own_useprefix(parts)
    if own is not None:
        drops_particle = not own
    family, given, particle, suffix = (
        plain(parts.get(key, "")) for key in ("family", "given", "prefix", "suffix")
    )
    if not family:
        family, given = given, ""
    if not family:
        return None
    return _built(family, given, particle, suffix, drops_particle=drops_particle)
