"""References as six citation styles print them: several habits at once.

The text itself is not parsed back here; what a reader of the text would get is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import Final

from accuracy.case import Case, Step, cited, dialects
from accuracy.dialects.abbreviations import iso4
from accuracy.dialects.authors import initials
from lupusrefs.model.names import OTHERS, Name

_RANGE: Final = re.compile(r"(\d+)[-–](\d+)")


def _people(
    names: tuple[Name, ...], stop: str, gap: str, most: int, shown: int
) -> tuple[Name, ...]:
    """Initials, and beyond ``most`` names only the first ``shown``."""
    short = tuple(
        n
        if not n.given or n.family == "al."
        else replace(n, given=initials(n.given, stop=stop, gap=gap))
        for n in names
    )
    return short if len(short) <= most else (*short[:shown], OTHERS)


def _sentence(title: str) -> str:
    first, *rest = title.split(" ")
    kept = (w if any(c.isupper() for c in w[1:]) else w.lower() for w in rest)
    return " ".join([first, *kept])


def _short_range(page: str | None) -> str | None:
    found = _RANGE.fullmatch(page or "")
    if not found or len(found[1]) != len(found[2]) or found[2] <= found[1]:
        return page
    first, last = found.groups()
    same = next(i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    return f"{first}-{last[same:]}"


def _vancouver(case: Case, _: Random) -> Case | None:
    ref = case.reference
    return cited(
        case,
        author=_people(ref.author, "", "", 6, 6),
        title=_sentence(ref.title or "").rstrip(".") + ".",
        container_title=iso4(ref.container_title or "", dots=False)
        or ref.container_title,
        page=_short_range(ref.page),
        publisher=None,
    )


def _apa(case: Case, _: Random) -> Case | None:
    ref = case.reference
    people = _people(ref.author, ".", " ", 10**6, 0)
    if len(people) > len("twenty authors......"):
        people = (*people[:19], Name(literal="…"), people[-1])
    return cited(
        case,
        author=people,
        title=_sentence(ref.title or ""),
        page=ref.page.replace("-", "–") if ref.page else None,
        doi=f"https://doi.org/{ref.doi}" if ref.doi else None,
    )


def _nature(case: Case, _: Random) -> Case | None:
    ref = case.reference
    return cited(
        case,
        author=_people(ref.author, ".", " ", 5, 1),
        container_title=iso4(ref.container_title or "", dots=True)
        or ref.container_title,
        issue=None,
        page=ref.page.replace("-", "–") if ref.page else None,
    )


def _ieee(case: Case, _: Random) -> Case | None:
    ref = case.reference
    return cited(
        case,
        author=_people(ref.author, ".", " ", 6, 1),
        title=f"“{ref.title},”" if ref.title else None,
        container_title=iso4(ref.container_title or "", dots=True)
        or ref.container_title,
        volume=f"vol. {ref.volume}" if ref.volume else None,
        issue=f"no. {ref.issue}" if ref.issue else None,
        page=f"pp. {ref.page}" if ref.page else None,
    )


def _chicago(case: Case, _: Random) -> Case | None:
    ref = case.reference
    people = ref.author if len(ref.author) <= 10 else (*ref.author[:7], OTHERS)
    return cited(
        case,
        author=people,
        title=f"“{ref.title}.”" if ref.title else None,
        page=_short_range(ref.page),
        doi=f"https://doi.org/{ref.doi}" if ref.doi else None,
    )


def _physics(case: Case, _: Random) -> Case | None:
    """Physical Review's: no title, first page, short journal."""
    ref = case.reference
    return cited(
        case,
        author=_people(ref.author, ".", " ", 10, 1),
        title=None,
        container_title=iso4(ref.container_title or "", dots=True)
        or ref.container_title,
        issue=None,
        page=re.split("[-–]", ref.page)[0] if ref.page else None,
    )


_STYLES: Final[dict[str, Step]] = {
    "Vancouver": _vancouver,
    "APA": _apa,
    "Nature": _nature,
    "IEEE": _ieee,
    "Chicago": _chicago,
    "Physical Review": _physics,
}
DIALECTS: Final = dialects("style", _STYLES)
