"""A search index over recorded works: the stand-in for a registry's search.

Okapi BM25 over the words of title, people, container, year, volume and pages (Robertson
and Zaragoza, "The Probabilistic Relevance Framework", 2009): as blunt as a registry's.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from accuracy.records import recorded
from lupusrefs.compare.text import words
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work

_K: Final = 1.2
_B: Final = 0.75
ROWS: Final = 20


class Searched(Protocol):
    """What finds works by words."""

    def search(
        self, query: str, *, rows: int = ROWS, without: Iterable[str] = ()
    ) -> list[Work]:
        """The works that share the most telling words with a query, the best first."""
        ...


class Index:
    """Works by their words.

    Args:
        works: what can be found.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {}
        self._postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        """Add a work; of one DOI the first counts."""
        key = fold(work.doi or work.id)
        if key in self.works:
            return
        self.works[key] = work
        counts = Counter(_words(work))
        self._lengths[key] = sum(counts.values())
        for word, count in counts.items():
            self._postings[word][key] = count

    def search(
        self, query: str, *, rows: int = ROWS, without: Iterable[str] = ()
    ) -> list[Work]:
        """The works that share the most telling words with a query.

        Args:
            query: what is sought.
            rows: how many works at most.
            without: DOIs that are left out, as if they were not registered.
        """
        mean = sum(self._lengths.values()) / max(1, len(self._lengths))
        hidden = {fold(doi) for doi in without}
        scores: defaultdict[str, float] = defaultdict(float)
        for word in set(words(query)):
            found = self._postings.get(word, {})
            rare = math.log(
                1 + (len(self.works) - len(found) + 0.5) / (len(found) + 0.5)
            )
            for key, count in found.items():
                length = 1 - _B + _B * self._lengths[key] / mean
                scores[key] += rare * count * (_K + 1) / (count + _K * length)
        pairs = ((score, key) for key, score in scores.items() if key not in hidden)
        return [self.works[key] for _, key in heapq.nlargest(rows, pairs)]


def _words(work: Work) -> Iterator[str]:
    people = (*work.author, *work.editor)
    texts = [*(work.titles or (work.title,)), *work.subtitles, *work.container_titles]
    texts += [work.container_title, work.volume, work.issue, work.page, work.publisher]
    texts += [work.article_number, str(work.issued or "")]
    for text in (*map(str, people), *filter(None, texts)):
        yield from words(text)


def recorded_works(corpus: Path) -> Iterator[Work]:
    """Every recorded work of a corpus; of several answers on one DOI the first."""
    seen: set[str] = set()
    for one in recorded(corpus):
        if one.doi not in seen:
            seen.add(one.doi)
            yield one.work
