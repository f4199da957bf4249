"""What is in the store, for people and programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lupusrefs.store import TIME_TO_LIVE, Kind, Store

_MEANINGS: Final = {
    Kind.WORK: "registered works",
    Kind.NOT_REGISTERED: "DOIs that are not registered",
    Kind.NO_METADATA: "registered DOIs without metadata",
    Kind.PREFIX: "prefixes and their agency",
    Kind.IDENTIFIER: "PMIDs and PMCIDs and their DOI",
    Kind.SEARCH: "searches for references without a DOI",
}


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """Where the store is, its size in bytes, and how many answers of each kind."""

    path: str
    size_bytes: int
    answers: Mapping[Kind, int]


def facts(store: Store) -> StoreFacts:
    """What there is to say about a store."""
    path = store.path
    size = path.stat().st_size if path is not None and path.is_file() else 0
    counts = store.count()
    return StoreFacts(str(path), size, {kind: counts.get(kind, 0) for kind in Kind})


def to_text(facts: StoreFacts) -> str:
    """A few lines for a person."""
    lines = [f"{facts.path} ({facts.size_bytes / 1000:.0f} kB)"]
    lines += [
        f"{number:8}  {_MEANINGS[kind]} (kept {TIME_TO_LIVE[kind].days} days)"
        for kind, number in facts.answers.items()
    ]
    return "\n".join(lines) + "\n"


def to_json(facts: StoreFacts) -> str:
    """The same as JSON."""
    data = {
        "schema": "lupusrefs.cache-info/1",
        "path": facts.path,
        "size_bytes": facts.size_bytes,
        "answers": facts.answers,
        "time_to_live_days": {kind: TIME_TO_LIVE[kind].days for kind in Kind},
    }
    return json.dumps(data, indent=2) + "\n"
