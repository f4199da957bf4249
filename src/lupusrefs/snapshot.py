"""The bundled snapshot: sourced facts on the seed works, for a machine without network.

It answers only where no registry can be asked, and never counts as a live answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats import csl_yaml
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date, parse_edtf
from lupusrefs.model.doi import Doi
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, RegisteredDate, Update, Work

ANSWERED_BY: Final = "snapshot"
_FILE: Final = "snapshot.yaml"


def find(subjects: Iterable[str]) -> dict[str, Work]:
    """The works of the snapshot among ``subjects``.

    A subject is spelled as in the store: ``doi:`` and the DOI's key, ``pmid:`` or
    ``pmcid:`` and the number.
    """
    known = _by_subject()
    return {subject: known[subject] for subject in subjects if subject in known}


@cache
def works() -> tuple[Work, ...]:
    """Every work of the snapshot, in the order of the file."""
    data = files("lupusrefs.data").joinpath(_FILE).read_bytes()
    return tuple(map(_work, csl_yaml.load(decode(data, _FILE)).references))


@cache
def _by_subject() -> dict[str, Work]:
    subjects: dict[str, Work] = {}
    for work in works():
        if work.doi:
            subjects[f"doi:{Doi.parse(work.doi).key}"] = work
        if work.pmid:
            subjects[f"pmid:{work.pmid}"] = work
        if work.pmcid:
            subjects[f"pmcid:{work.pmcid}"] = work
    return subjects


def _work(entry: Reference) -> Work:
    """A work of an entry: CSL fields, and the registry's facts under ``custom``."""
    custom = entry.custom
    online = _date(custom.get("online"))
    containers = (entry.container_title, entry.container_title_short)
    updates = custom.get("updated-by")
    return Work(
        **{
            field: getattr(entry, field)
            for field in Item.model_fields
            if field in entry.model_fields_set and field != "custom"
        },
        agency=_text(custom.get("agency")),
        titles=(entry.title,) if entry.title else (),
        container_titles=tuple(title for title in containers if title),
        dates=(RegisteredDate(kind="online", date=online),) if online else (),
        updated_by=tuple(map(_update, updates if isinstance(updates, list) else ())),
        provenance=Provenance(answered_by=ANSWERED_BY, fetched=_day(custom["date"])),
    )


def _update(entry: JsonValue) -> Update:
    if not isinstance(entry, dict):
        raise TypeError(f"{_FILE}: an update must be a mapping")
    return Update(
        doi=str(entry["DOI"]),
        type=str(entry["type"]),
        label=_text(entry.get("label")),
        date=_date(entry.get("date")),
    )


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: JsonValue) -> Date | None:
    return parse_edtf(value) if isinstance(value, str) else None


def _day(value: JsonValue) -> datetime:
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
