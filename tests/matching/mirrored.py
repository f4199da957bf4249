"""Works in a mirror, and its search in place of the stand-in."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from accuracy.records import Json, answers
from lupusrefs.mirror.build import BuildOptions, build
from lupusrefs.mirror.search import MirrorSearch
from lupusrefs.mirror.search_index import build_index
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.names import Name
from lupusrefs.model.work import Work
from matching.crowd import crowd
from matching.index import ROWS

_SOURCES: Final = ("crossref", "datacite")


class MirrorIndex:
    """What :class:`matching.index.Index` does, by way of a mirror.

    Args:
        folder: the mirror.

    Attributes:
        built: how many documents were indexed, and in how many seconds.
        seconds: how long each search took, from the words to the works.
    """

    def __init__(self, folder: Path) -> None:
        start = time.perf_counter()
        documents = build_index(folder).documents
        self.built = (documents, time.perf_counter() - start)
        self.seconds: list[float] = []
        self._search = MirrorSearch.open(str(folder))

    def has(self, work: Work) -> bool:
        """Whether the mirror has a work."""
        return fold(work.id) in self._search.mirror.find([fold(work.id)])

    def search(
        self, query: str, *, rows: int = ROWS, without: Iterable[str] = ()
    ) -> list[Work]:
        """As of the stand-in."""
        hidden = {fold(doi) for doi in without}
        start = time.perf_counter()
        found = self._search.search(query, rows + len(hidden))
        self.seconds.append(time.perf_counter() - start)
        return [one for one in found if fold(one.id) not in hidden][:rows]


def recorded_mirror(corpus: Path, folder: Path, size: int) -> MirrorIndex:
    """A mirror of all that Crossref and DataCite answered, and of look-alikes of it.

    Args:
        corpus: the recorded answers.
        folder: where the mirror is written, and its data files.
        size: how many look-alikes.
    """
    known = {name: list(_first(corpus, name)) for name in _SOURCES}
    real = [one for one in known["crossref"] if one.get("title") and one.get("author")]
    crossref = itertools.chain(known["crossref"], crowd(real, size))
    return _built(folder, {"crossref": crossref, "datacite": known["datacite"]})


def made_mirror(folder: Path, works: Iterable[Work]) -> MirrorIndex:
    """A mirror of works of which there are no records.

    Args:
        folder: where the mirror is written, and its data file.
        works: what it has.
    """
    return _built(folder, {"crossref": map(_record_of, works)})


def _built(folder: Path, records: dict[str, Iterable[Json]]) -> MirrorIndex:
    folder.mkdir(parents=True)
    sources = []
    for name, some in records.items():
        file = folder / f"{name}.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{json.dumps(one)}\n" for one in some)
        sources.append(str(file))
    build(sources, folder / "mirror", BuildOptions(), lambda _: None)
    return MirrorIndex(folder / "mirror")


def _first(corpus: Path, source: str) -> Iterator[Json]:
    """A registry's answers, of each DOI the first, as the recorded works are."""
    seen: set[str] = set()
    for name, record in answers(corpus):
        doi = fold(str(record.get("DOI") or record.get("id")))
        if name == source and doi not in seen:
            seen.add(doi)
            yield record


def _record_of(work: Work) -> Json:
    """What Crossref would say of a work."""
    record: dict[str, JsonValue] = {
        "DOI": work.id,
        "type": work.registered_type,
        "title": [work.title or ""],
        "author": [_author(name) for name in work.author],
        "container-title": [work.container_title] if work.container_title else [],
        "publisher": work.publisher,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
    }
    if work.issued is not None and work.issued.year is not None:
        record["issued"] = {"date-parts": [[work.issued.year]]}
    return record


def _author(name: Name) -> dict[str, JsonValue]:
    if name.literal is not None:
        return {"name": name.literal}
    return {"family": name.family_with_particle, "given": name.given}
