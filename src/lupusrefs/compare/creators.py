"""A list of names, cleared of what is no person in it (comparison.md, B39 to B62)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from lupusrefs.compare.name_forms import Kind, NameForm, cleaned, name_form
from lupusrefs.compare.name_words import (
    is_ellipsis,
    is_group,
    is_marker,
    may_be_marked,
    without_marker,
)
from lupusrefs.compare.text import fold
from lupusrefs.model.names import Name

_JOINTS: Final = re.compile(r"\s*;\s*|\s*,?\s+(?:and|und|et|y|&)\s+|\s+&\s+")
_COMMA: Final = re.compile(r"\s*,\s*")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_INITIAL_IN_FRONT: Final = re.compile(
    r"(?:^|[\s.])[^\W\d_](?:\.\s*|\s+)(?=.*[^\W\d_]{2})"
)
_LETTERS: Final = re.compile("[a-z]+")
_FILLERS: Final = frozenset(("the", "for", "on", "behalf", "of", "and", "a"))
_JOINED: Final = re.compile(r"[;,&]| (?:and|und|et|y) ")


class Creators(NamedTuple):
    """A list of names, by what they are.

    Attributes:
        people: the persons, in order.
        groups: consortia, affiliations, bylines of the staff.
        nobodies: placeholders, such as "A. Author".
        is_cut: whether the list says that there are more.
        is_ambiguous: whether one name in it may as well be two.
        gap: number of persons before an ellipsis in the middle, else None.
    """

    people: tuple[NameForm, ...] = ()
    groups: tuple[NameForm, ...] = ()
    nobodies: tuple[NameForm, ...] = ()
    is_cut: bool = False
    is_ambiguous: bool = False
    gap: int | None = None

    @property
    def group_keys(self) -> frozenset[str]:
        """The groups, each in one word and without articles."""
        return frozenset(map(_group_key, self.groups))

    @property
    def doubtful(self) -> tuple[NameForm, ...]:
        """Those who may be people all the same."""
        return self.groups + self.nobodies


def _group_key(form: NameForm) -> str:
    words = form.readings[0].family
    return "".join(word for word in words if word not in _FILLERS)


def creators(
    names: tuple[Name, ...],
    container: str = "",
    *,
    is_split: bool = False,
    real: frozenset[Name] = frozenset(),
) -> Creators:
    """Take a list apart.

    Args:
        names: the list.
        container: words of the journal in one, which is no author (B51).
        is_split: whether "Ann Lee, Bo Ek" is two people, or else "Bo Ek" the given
            names.
        real: people who look like groups or placeholders.
    """
    people: list[NameForm] = []
    groups: list[NameForm] = []
    nobodies: list[NameForm] = []
    cut_at: int | None = None
    start = container[:1]
    for form, is_end in _parts(names, is_split=is_split):
        if is_end:
            cut_at = len(people)
        if form is None:
            continue
        family = form.readings[0].family
        initial = family[0][:1] if family else ""
        # Of nearly all the first letter tells already.
        may_be = initial == start or not ("a" <= initial <= "z")
        if container and may_be and _is_container(form, container):
            groups.append(form)
        else:
            kind = Kind.PERSON if real and form.name in real else form.kind
            # By identity: the hash of an Enum is computed in Python.
            if kind is Kind.GROUP:
                groups.append(form)
            elif kind is Kind.NOBODY:
                nobodies.append(form)
            else:
                people.append(form)
    is_gap = cut_at is not None and 0 < cut_at < len(people)
    return Creators(
        tuple(people),
        tuple(groups),
        tuple(nobodies),
        is_cut=cut_at is not None and not is_gap,
        is_ambiguous=not is_split
        and any(not name.given and _is_ambiguous(name) for name in names),
        gap=cut_at if is_gap else None,
    )


def _is_container(form: NameForm, container: str) -> bool:
    """Whether a name is that of the journal, whose letters are given (B51)."""
    return container == "".join(_LETTERS.findall(form.text))


@lru_cache(maxsize=2048)
def _single_form(name: Name) -> NameForm | None:
    """The form of a name that is one person's as it stands, as most are; else None.

    (Kept, because the name that is cited is mostly the registered one.)
    """
    if name.family and name.given and not may_be_marked(name.family, name.given):
        return name_form(name)
    return None


def _parts(
    names: tuple[Name, ...], *, is_split: bool
) -> Iterator[tuple[NameForm | None, bool]]:
    """Each form, and whether the list is cut before (a marker) or after it."""
    for name in names:
        if form := _single_form(name):
            yield form, False
            continue
        whole = str(name)
        if name.is_others or is_marker(whole) or is_ellipsis(whole):
            yield None, True
            continue
        short = _without_marker(name)
        for single in _split(short, is_split=is_split):
            yield name_form(single), False
        if short is not name:
            yield None, True


def _without_marker(name: Name) -> Name:
    """The name without an "et al." behind it."""
    for part in ("suffix", "given", "family", "literal"):
        text = getattr(name, part)
        if text and (short := without_marker(f" {text}").strip()) != text.strip():
            return replace(name, **dict.fromkeys((part,), short or None))
    return name


def _split(name: Name, *, is_split: bool) -> Iterator[Name]:
    """The names in one name, which is itself in most cases (B39, B62)."""
    text = _whole_text(name)
    if not text or is_group(tuple(map(fold, text.split()))):
        yield name
        return
    parts = [part for part in _JOINTS.split(text) if part]
    if ";" not in text:
        parts = [one for part in parts for one in _by_commas(part, is_split=is_split)]
    if len(parts) > 1:
        for part in parts:
            yield Name(literal=part)
    else:
        yield name


def _whole_text(name: Name) -> str | None:
    """The text of a name in one string, if several may be in it."""
    if name.given:
        return None
    text = cleaned(name.literal or name.family or "")
    return text if _JOINED.search(text) else None


def _is_ambiguous(name: Name) -> bool:
    text = _whole_text(name)
    if not text or _JOINTS.search(text):
        return False
    parts = _COMMA.split(text)
    return len(parts) == len(("Ann Lee", "Bo Ek")) and all(map(_is_whole, parts))


def _by_commas(text: str, *, is_split: bool) -> list[str]:
    """Names between commas, where these do not stand within one."""
    parts = [part for part in _COMMA.split(text) if part]
    if len(parts) > 1 and all(map(_is_whole, parts)):
        has_initial = _INITIAL_IN_FRONT.search(parts[0]) is not None
        if len(parts) > len(("Ann Lee", "Bo Ek")) or is_split or has_initial:
            return parts
        return [text]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    is_paired = len(parts) % 2 == 0 and len(pairs) > 1
    if is_paired and all(_INITIALS.fullmatch(given) for _, given in pairs):
        return [f"{family}, {given}" for family, given in pairs]
    return [text]


def _is_whole(part: str) -> bool:
    """Whether a part has given name and family name: two words, the last no initial."""
    words = part.split()
    return len(words) > 1 and len(words[-1].rstrip(".")) > 1
