"""Recorded works, and which of them a clean reference can be made from."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import JsonValue, ValidationError

from lupusrefs.formats import csl_json
from lupusrefs.formats.text import decode
from lupusrefs.model.work import Provenance, Work
from lupusrefs.services import crossref_record, datacite_record

Json: TypeAlias = Mapping[str, JsonValue]

FETCHED: Final = datetime(2024, 1, 1, tzinfo=UTC)
# What is no work of its own to cite with a title of its own.
_PART_TYPES: Final = (
    "component journal journal-issue journal-volume peer-review book-series "
    "proceedings-series report-series book-set reference-entry grant"
)
_PARTS: Final = frozenset(_PART_TYPES.split())
# Prefixes for tests, whose records say anything.
_TEST_PREFIXES: Final = ("10.5555/", "10.50505/", "10.5072/")
_STATUS: Final = re.compile(
    r"\W*(?:retract|withdraw|expression of concern)", re.IGNORECASE
)
# A name and attributes; "<a title in brackets>" is none.
_TAG: Final = re.compile(r"</?[A-Za-z][\w:]*(?:\s+[\w:-]+=[^<>]*)?\s*/?>")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer.

    Attributes:
        work: what our reader makes of it.
        source: ``crossref``, ``datacite`` or ``csl``.
        references: the structured entries of the work's own reference list.
    """

    work: Work
    source: str
    references: tuple[Json, ...] = ()

    @property
    def doi(self) -> str:
        """The DOI in lower case."""
        return self.work.id.lower()


def recorded(corpus: Path) -> tuple[Recorded, ...]:
    """Every readable record, one per DOI and source, ordered by DOI."""
    found: dict[tuple[str, str], Recorded] = {}
    for source, record in answers(corpus):
        work = read(source, record)
        if work is not None:
            references = record.get("reference")
            one = Recorded(work, source, tuple(_objects(references)))
            found.setdefault((one.doi, source), one)
    return tuple(found[key] for key in sorted(found))


def read(source: str, record: Json) -> Work | None:
    """The work of one answer, or None where it is no record."""
    try:
        if source == "crossref":
            return crossref_record.read_record(record, "", FETCHED)
        if source == "datacite":
            return datacite_record.read_resource(record, "", FETCHED)
        return _negotiated(record)
    except ValidationError:
        return None


def answers(corpus: Path) -> Iterator[tuple[str, Json]]:
    """Every recorded answer: who gave it, and its record."""
    for source in ("crossref", "datacite", "csl"):
        for file in sorted((corpus / "registry" / source).glob("*.json")):
            record = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(record, dict):
                yield source, record
    file = corpus / "resolve" / "registered_records.jsonl"
    for line in file.read_text(encoding="utf-8").split("\n"):
        row = json.loads(line) if line.strip() else {}
        record = row.get("record")
        if not isinstance(record, dict):
            continue
        if row["agency"] == "datacite" and "attributes" not in record:
            record = {"id": row["doi"], "attributes": record}
        yield row["agency"], record


def _negotiated(record: Json) -> Work | None:
    """The work of a CSL-JSON answer, as doi.org's service makes it."""
    doi = record.get("DOI")
    loaded = csl_json.load(decode(json.dumps(record).encode(), "recorded"))
    if not (loaded.references and isinstance(doi, str)):
        return None
    item = loaded.references[0]
    left_out = {"location", "places", "custom", "origin"}
    names = item.model_fields_set - left_out
    return Work.model_validate(
        {
            **{name: getattr(item, name) for name in names},
            "id": doi,
            "doi": doi,
            "titles": (item.title,) if item.title else (),
            "container_titles": (item.container_title,) if item.container_title else (),
            "provenance": Provenance(answered_by="doi.org", fetched=FETCHED),
        }
    )


def _objects(value: object) -> Iterator[Json]:
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict):
            yield entry


def can_be_cited(work: Work) -> bool:
    """Whether a citer can make a clean reference of the record (comparison.md 7.1).

    It has a title with a word in it that is not its own DOI, a personal author and a
    year, and is no part, journal, review or test of a registry. Retracted works and
    works with a notice are measured apart: of them something has to be said.
    """
    title = shown(work.title or "")
    return bool(
        _WORD.search(title)
        and title.lower() != work.id.lower()
        and any(_WORD.search(name.family or "") for name in work.author)
        and not any((name.family or "").startswith("&") for name in work.author)
        and work.issued
        and work.issued.year
        and work.registered_type not in _PARTS
        and not _STATUS.match(title)
        and not work.updated_by
        and not work.id.startswith(_TEST_PREFIXES)
    )


def shown(text: str) -> str:
    """A registered text as a reader sees it: no tags, no entities, single spaces."""
    for _ in range(3):
        text = html.unescape(text)
    return " ".join(_TAG.sub("", text).split())


def is_even(doi: str) -> bool:
    """Which half a record is in, by its prefix: a publisher is in one half only."""
    prefix = doi.partition("/")[0]
    return hashlib.sha256(prefix.encode()).digest()[0] % 2 == 0
