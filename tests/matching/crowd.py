"""Made-up works that share their words with real ones: a search is not to be easy."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from accuracy.records import Json


def crowd(records: Sequence[Json], size: int) -> Iterator[Json]:
    """Works made of the parts of others: half a title each of two, authors of a third.

    Args:
        records: Crossref's records of works with a title and authors.
        size: how many are made; the same number makes the same works.
    """
    chance = random.Random(size)
    for number in range(size):
        one, other, third, fourth = chance.choices(records, k=4)
        yield {
            "DOI": f"10.5555/crowd.{number}",
            "type": "journal-article",
            "title": [_mixed(chance, _title(one), _title(other))],
            "author": _some(chance, one, third),
            "container-title": fourth.get("container-title") or [],
            "volume": str(chance.randint(1, 200)),
            "page": _pages(chance),
            "issued": {"date-parts": [[chance.randint(1970, 2024)]]},
        }


def _title(record: Json) -> list[str]:
    title = record.get("title")
    return str(title[0]).split() if isinstance(title, list) and title else []


def _mixed(chance: random.Random, one: list[str], other: list[str]) -> str:
    head, tail = one[: (len(one) + 1) // 2], other[len(other) // 2 :]
    words = head + tail if chance.random() < 0.5 else tail + head
    return " ".join(words)


def _some(chance: random.Random, one: Json, third: Json) -> list[JsonValue]:
    """A few authors of each."""
    authors: list[JsonValue] = []
    for record in (one, third):
        named = record.get("author")
        if isinstance(named, list) and named:
            authors += chance.sample(named, min(len(named), 2))
    chance.shuffle(authors)
    return authors


def _pages(chance: random.Random) -> str:
    first = chance.randint(1, 3000)
    return f"{first}-{first + chance.randint(1, 30)}"
