"""Crossref's free-text queries, as a plain bag of words."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.messages import Json, Record
    from registry.records import Folder

_WORD = re.compile(r"\w+")
_INDEXED = ("title", "author", "container-title", "issued", "volume", "page")


def _words(value: Json) -> list[str]:
    return _WORD.findall(json.dumps(value, ensure_ascii=False).casefold())


class Index:
    """Words of the works and how rare each is; reads every work when built."""

    def __init__(self, works: Folder) -> None:
        self._postings: defaultdict[str, list[str]] = defaultdict(list)
        self._size = 0
        for doi in works.dois():
            work = works.record(doi) or {}
            self._size += 1
            for word in set(_words(_cited(work))):
                self._postings[word].append(doi)

    def ranked(self, query: str) -> list[tuple[str, float]]:
        """DOIs and scores, best first; the score is relevance and no proof."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in set(_words(query)):
            found = self._postings.get(word, ())
            for doi in found:
                scores[doi] += math.log1p(self._size / len(found))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _cited(work: Record) -> Json:
    """What a reference would say of a work: names without their other keys."""
    cited: list[Json] = [work.get(key) for key in _INDEXED if key != "author"]
    authors = work.get("author")
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict):
            cited += [author.get("family"), author.get("given"), author.get("name")]
    return cited
