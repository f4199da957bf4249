"""The other works that a mistake may come from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import unquote

from accuracy.dialects.abbreviations import iso4
from accuracy.records import Recorded, shown
from lupusrefs.model.names import Name
from lupusrefs.model.work import Work

_ISSN: Final = re.compile(r"[\dXx-]{8,9}")
_LETTERS: Final = re.compile(r"[\W_]+")
_TRIES: Final = 30
_LATIN_LIMIT: Final = "\u0250"


@dataclass(frozen=True, slots=True)
class Container:
    """A journal or book that occurs, and its ISSNs."""

    title: str
    issns: frozenset[str]


class Pool:
    """Works that can be cited, by what they share; and parts, journals, notices."""

    def __init__(self, recorded: Sequence[Recorded], citable: Iterable[Work]) -> None:
        self.works = tuple(citable)
        self.parts = _by_registered_type(one.work for one in recorded)
        self._by_doi = {one.doi: one.work for one in reversed(recorded)}
        self._by_container: dict[str, list[Work]] = defaultdict(list)
        self._by_author: dict[str, list[Work]] = defaultdict(list)
        containers: dict[str, set[str]] = defaultdict(set)
        for work in self.works:
            if family := first_family(work):
                self._by_author[letters(family)].append(work)
            if work.container_title:
                title = shown(work.container_title)
                self._by_container[letters(title)].append(work)
                if work.type == "article-journal":
                    containers[title].update(_ISSN.findall(work.issn or ""))
        self.containers = tuple(
            Container(title, frozenset(issns))
            for title, issns in sorted(containers.items())
        )
        self._by_word: dict[str, list[Container]] = defaultdict(list)
        for one in self.containers:
            for word in sorted(_specific(one.title)):
                self._by_word[word].append(one)

    def by_doi(self, text: str) -> Work | None:
        """The work of a DOI in whatever spelling."""
        name = unquote(text).lower()
        return self._by_doi.get(name[name.find("10.") :])

    def any_work(self, random: Random) -> Work:
        """Any other work."""
        return random.choice(self.works)

    def same_container(self, work: Work, random: Random) -> Work | None:
        """Another work of the same journal or book."""
        title = shown(work.container_title or "")
        return _other(self._by_container.get(letters(title), ()), work, random)

    def same_author(self, work: Work, random: Random) -> Work | None:
        """Another work of the same first author."""
        family = first_family(work) or ""
        return _other(self._by_author.get(letters(family), ()), work, random)

    def person(self, random: Random, but: Iterable[Name]) -> Name:
        """Somebody who is not among these."""
        taken = {letters(name.family_with_particle) for name in but}
        for _ in range(_TRIES):
            name = random.choice(self.any_work(random).author)
            key = letters(name.family or "")
            is_latin = len(key) > 1 and max(key) < _LATIN_LIMIT
            if name.given and is_latin and key not in taken:
                return name
        return Name(family="Quisling-Example", given="Zebulon")

    def container(self, work: Work, random: Random) -> Container | None:
        """Any journal or book that is not the work's own."""
        for _ in range(_TRIES):
            one = random.choice(self.containers)
            if not is_same_container(one, work):
                return one
        return None

    def container_like(self, work: Work, random: Random) -> Container | None:
        """One of the same field: it shares a word that is no title word's stem."""
        own = sorted(_specific(shown(work.container_title or "")))
        like = [one for word in own for one in self._by_word.get(word, ())]
        return self._not_own(like, work, random)

    def offshoot(self, work: Work, random: Random) -> Container | None:
        """A parent or a daughter: one name is how the other begins."""
        own = shown(work.container_title or "").casefold()
        related = [
            one
            for one in self.containers
            if _is_offshoot(own, one.title.casefold())
            or _is_offshoot(one.title.casefold(), own)
        ]
        return self._not_own(related, work, random)

    def _not_own(
        self, containers: Sequence[Container], work: Work, random: Random
    ) -> Container | None:
        others = [one for one in containers if not is_same_container(one, work)]
        return random.choice(others) if others else None


def letters(text: str) -> str:
    """Letters and digits alone."""
    return _LETTERS.sub("", text.casefold())


def first_family(work: Work) -> str | None:
    """The family name of the first person."""
    return next((name.family for name in work.author if name.family), None)


def is_same_container(one: Container, work: Work) -> bool:
    """Whether it is a registered name of the work's own journal, or shares an ISSN."""
    own = [shown(text) for text in work.container_titles if text]
    if any(issn in (work.issn or "") for issn in one.issns):
        return True
    forms = {letters(form) for text in own for form in _forms(text)}
    return any(letters(form) in forms for form in _forms(one.title))


def _forms(title: str) -> tuple[str, ...]:
    bare = re.sub(r"^the\s+|\s*\(.*\)$|\s*[:=/].*$", "", title.casefold())
    short = iso4(title, dots=False)
    return (title, bare, short) if short else (title, bare)


_COMMON_WORDS: Final = (
    "journal international research science sciences review reviews annals archives "
    "proceedings letters advances and the for"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def _specific(title: str) -> frozenset[str]:
    words = re.findall(r"[a-z]{4,}", title.casefold())
    return frozenset(words) - _COMMON


def _is_offshoot(parent: str, daughter: str) -> bool:
    return bool(parent) and daughter.startswith((f"{parent} ", f"{parent}: "))


def _other(works: Sequence[Work], work: Work, random: Random) -> Work | None:
    others = [one for one in works if one.id.lower() != work.id.lower()]
    return random.choice(others) if others else None


def _by_registered_type(works: Iterable[Work]) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if work.registered_type:
            found[work.registered_type].append(work)
    return found
