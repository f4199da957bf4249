"""Works registered at Crossref: what a reference says of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Facts:
    """What a reference says, whatever its style."""

    authors: list[tuple[str, str]]
    title: str
    container: str = ""
    short: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    publisher: str = ""
    doi: str = ""
    editors: list[tuple[str, str]] = field(default_factory=list)
    book: str = ""


def read_facts(corpus: Path) -> list[Facts]:
    """The usable records of the registry, in the order of their names."""
    facts: list[Facts] = []
    for path in sorted((corpus / "registry" / "crossref").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if (one := _facts(record)) is not None:
            facts.append(one)
    return facts


def _facts(record: dict) -> Facts | None:  # type: ignore[type-arg]
    title = _first(record, "title")
    authors = [
        (str(one["family"]), str(one.get("given", "")))
        for one in record.get("author") or ()
        if one.get("family")
    ]
    dates = (record.get("issued") or {}).get("date-parts") or [[None]]
    year, month, day = [*(dates[0] or [0]), 0, 0, 0][:3]
    if not (title and authors and year) or re.search(r"[<>&\\$]", title):
        return None
    return Facts(
        authors=authors[:30],
        title=title.rstrip("."),
        container=_first(record, "container-title"),
        short=_first(record, "short-container-title"),
        volume=str(record.get("volume") or ""),
        issue=str(record.get("issue") or ""),
        page=str(record.get("page") or record.get("article-number") or ""),
        year=int(year),
        month=int(month or 0),
        day=int(day or 0),
        publisher=str(record.get("publisher") or ""),
        doi=str(record.get("DOI") or ""),
    )


def _first(record: dict, key: str) -> str:  # type: ignore[type-arg]
    values = record.get(key) or [""]
    return " ".join(str(values[0] or "").split())
