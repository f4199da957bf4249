"""The rows of a bulk check beside what an ordinary check says."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import chain

from bulk.lists import Bulk, Item
from lupusrefs import Checked, api
from lupusrefs.fingerprints import fingerprint
from lupusrefs.model.outcome import authority_of, status_of

COLUMNS = (
    "key",
    "status",
    "rule",
    "severity",
    "confidence",
    "field",
    "message",
    "cited",
    "registered",
    "fingerprint",
    "agency",
    "answered_by",
)


def ordinary(
    bulk: Bulk, items: list[Item], *, offline: bool = True
) -> list[tuple[object, ...]]:
    """What an ordinary check says of the same references, without duplicates."""
    path = bulk.folder / "all.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    run = api.check([str(path)], settings=bulk.settings, offline=offline)
    return list(chain.from_iterable(map(_rows, run.checked)))


def _rows(one: Checked) -> list[tuple[object, ...]]:
    head = one.reference.id, str(status_of(one.outcome))
    tail = authority_of(one.outcome)
    found: list[tuple[object, ...]] = [
        (
            *head,
            found.rule.id,
            found.severity,
            found.confidence,
            found.field,
            found.message,
            found.cited,
            found.registered,
            fingerprint(found),
            *tail,
        )
        for found in one.findings
        if not found.rule.id.startswith("duplicate")
    ]
    return found or [(*head, *[None] * 8, *tail)]


def as_ordinary(row: Item) -> tuple[object, ...]:
    """A row of a bulk check in the same order."""
    fetched = row["fetched"]
    moment = datetime.fromisoformat(fetched) if isinstance(fetched, str) else None
    return (*(row[name] for name in COLUMNS), moment)
