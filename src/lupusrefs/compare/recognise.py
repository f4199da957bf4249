"""A reference without an identifier, found among works that are known already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.text import is_absent, words
from lupusrefs.compare.title_generic import is_generic
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_FIRST_PAGE: Final = re.compile(r"\w[\w.:]*")
_NOT_DIGITS: Final = re.compile(r"\D+")


def known_work(reference: Item, works: Iterable[Work]) -> Work | None:
    """The one work among a few that a reference can only mean, or None.

    Title and first author must be equal, and so must volume and first page, or the
    container and the year: a meeting abstract often has the title of the article that
    follows it (registries.md 6). A wrong year alone is no hindrance.
    """
    title = "".join(words(reference.title or ""))
    family = first_family(reference)
    if not title or not family or is_generic(title):
        return None
    found = [
        work
        for work in works
        if family == first_family(work)
        and title == "".join(words(work.title or ""))
        and _is_same_place(reference, work)
    ]
    return found[0] if len(found) == 1 else None


def _is_same_place(reference: Item, work: Work) -> bool:
    ours, theirs = place_of(reference), place_of(work)
    if all(ours) and all(theirs):
        return ours == theirs
    # One number that differs tells them apart; one that agrees is not enough.
    pairs = zip(ours, theirs, strict=True)
    if any(one and other and one != other for one, other in pairs):
        return False
    if not reference.container_title and not any(ours) and not reference.issued:
        # The title and all authors are everything that is cited, and all agree.
        return _same_people(reference, work)
    years = (
        reference.issued.year if reference.issued else None,
        work.issued.year if work.issued else None,
    )
    same_year = years[0] is not None and years[0] == years[1]
    return same_year and _is_same_container(reference, work)


def place_of(item: Item) -> tuple[str, str]:
    """Volume and first page in a form in which they can be compared."""
    volume = "" if is_absent(item.volume) else _NOT_DIGITS.sub("", item.volume or "")
    pages = item.page or item.page_first or item.number
    first = None if is_absent(pages) else _FIRST_PAGE.search(pages or "")
    return volume, first[0].casefold().lstrip("0") if first else ""


def _same_people(reference: Item, work: Work) -> bool:
    def key(item: Item) -> list[tuple[str, ...]]:
        return [words(name.family_with_particle) for name in item.author]

    return len(reference.author) > 1 and key(reference) == key(work)


def _is_same_container(reference: Item, work: Work) -> bool:
    cited = {
        words(text)
        for text in (reference.container_title, reference.container_title_short)
        if text
    }
    registered = (work.container_title, work.container_title_short)
    named = {words(text) for text in (*registered, *work.container_titles) if text}
    return bool(cited & named)
