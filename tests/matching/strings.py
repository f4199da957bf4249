"""Recorded works as reference strings: in styles, and damaged as by a scanner.

No gold work of the corpus' own sets of strings is among its recorded records, so that
recall can only be measured on strings made from the records: the same styles, and the
same kinds of damage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lupusrefs.api import render
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS
from lupusrefs.model.work import Work

STYLES: Final = (
    "american-chemical-society",
    "american-institute-of-physics",
    "apa",
    "chicago-author-date",
    "elsevier-without-titles",
    "harvard1",
    "ieee",
    "modern-language-association",
    "vancouver",
    "springer-basic-author-date",
    "din-1505-2",
)
_TITLELESS: Final = frozenset(("elsevier-without-titles",))
_NAMED: Final = 3
_NOISE: Final = 0.03
_FIELDS: Final = (
    *("type", "author", "editor", "title", "container_title", "container_title_short"),
    *("issued", "volume", "issue", "page", "number", "publisher", "publisher_place"),
    *("event_title", "edition"),
)


def item_of(work: Work, key: str) -> Item:
    """What a citer has of a work: no identifier, no facts of the registry's own."""
    given = {name: getattr(work, name) for name in _FIELDS}
    return Item.model_validate({"id": key, **{k: v for k, v in given.items() if v}})


def styled(works: Sequence[Work], style: str) -> Iterator[tuple[Work, str]]:
    """Each work in a style of the CSL repository."""
    items = [item_of(work, f"w{at}") for at, work in enumerate(works)]
    for work, item in zip(works, items, strict=True):
        yield work, " ".join(render([item], style).text.split())


def degraded(work: Work, *, authors: int) -> str:
    """The bare values, with full stops between them."""
    names = [str(name) for name in work.author[:authors]]
    year = str(work.issued.year) if work.issued and work.issued.year else ""
    parts = (work.title, work.container_title, year, work.volume, work.issue, work.page)
    return ". ".join([", ".join(names), *(part or "" for part in parts)])


def noisy(text: str, seed: str) -> str:
    """Letters misread, and spaces lost or put in, as by a scanner."""
    dice = random.Random(seed)
    out: list[str] = []
    for char in text:
        hit = dice.random() < _NOISE
        if hit and char == " ":
            continue
        out.append(dice.choice("aeinorstl") if hit and char.isalpha() else char)
        if dice.random() < _NOISE / 2:
            out.append(" ")
    return "".join(out)


def without_subtitle(work: Work) -> Work | None:
    """The work with its main title only; None where it has no subtitle."""
    head, colon, _ = (work.title or "").partition(": ")
    if not colon or len(head.split()) <= _NAMED:
        return None
    return work.model_copy(update={"title": head})


def shortened(work: Work) -> Work:
    """With the first author only, and the journal cut short."""
    name = work.container_title
    short = work.container_title_short or (name and abbreviated(name))
    update: dict[str, object] = {"container_title": short}
    if len(work.author) > 1:
        update["author"] = (work.author[0], OTHERS)
    return work.model_copy(update=update)


_WORD: Final = re.compile(r"[A-Za-z]{5,}")
_SMALL: Final = re.compile(r"\b(?:of|the|and|for|in|on)\s+", re.IGNORECASE)


def abbreviated(name: str) -> str:
    """A journal's name with its long words cut off and its small ones left out."""
    if len(name.split()) == 1:
        return name
    return _WORD.sub(lambda word: f"{word[0][:4]}.", _SMALL.sub("", name))


def structured(work: Work, *, titled: bool) -> Mapping[str, str]:
    """The fields that Crossref keeps of a structured reference."""
    first = work.author[0].family_with_particle if work.author else ""
    found = {
        "author": first,
        "article-title": (work.title or "") if titled else "",
        "journal-title": work.container_title or "",
        "volume": work.volume or "",
        "first-page": re.split(r"[-–]", work.page or work.article_number or "")[0],
        "year": str(work.issued.year) if work.issued and work.issued.year else "",
    }
    return {name: value for name, value in found.items() if value}


def variants(works: Iterable[Work]) -> Iterator[tuple[str, Work, str]]:
    """(name of the set, work, string) for every work in every form."""
    works = list(works)
    for style in STYLES:
        for work, text in styled(works, style):
            yield style, work, text
            if style in {"apa", "american-institute-of-physics"}:
                yield f"{style}-noise", work, noisy(text, f"{style}{work.id}")
    short = [shortened(work) for work in works]
    for (_, text), work in zip(styled(short, "vancouver"), works, strict=True):
        yield "vancouver-short", work, text
    for (_, text), work in zip(
        styled(short, "american-chemical-society"), works, strict=True
    ):
        yield "acs-short", work, text
    for work in works:
        yield "degraded_all_authors", work, degraded(work, authors=99)
        yield "degraded_one_author", work, degraded(work, authors=1)
    mains = [(work, main) for work in works if (main := without_subtitle(work))]
    for (_, text), (work, _main) in zip(
        styled([main for _, main in mains], "apa"), mains, strict=True
    ):
        yield "apa-without-subtitle", work, text
