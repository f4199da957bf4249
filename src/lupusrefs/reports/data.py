"""The resolve report as data: JSON, JSON Lines, YAML, CSV."""

from __future__ import annotations

import csv
import io
from typing import Final

from pydantic import JsonValue

from lupusrefs.formats.csl_yaml import dump_data
from lupusrefs.model.item import Item
from lupusrefs.reports.wire import ResolvedReference, ResolveReport

CSV_COLUMNS: Final = (
    "key",
    "doi",
    "status",
    "agency",
    "answered_by",
    "fetched",
    "author",
    "issued",
    "title",
    "container-title",
    "file",
    "line",
    "column",
    "error",
)


def to_json(report: ResolveReport) -> str:
    """One JSON document, as ``docs/schemas/resolve.schema.json`` describes it."""
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def to_jsonl(report: ResolveReport) -> str:
    """One line a reference, each a member of ``references``."""
    return "".join(
        one.model_dump_json(by_alias=True) + "\n" for one in report.references
    )


def to_yaml(report: ResolveReport) -> str:
    """The JSON document as YAML."""
    return dump_data(_data(report))


def to_csv(report: ResolveReport) -> str:
    """One row a reference, with a header; for spreadsheets and shell tools."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(one) for one in report.references)
    return out.getvalue()


def _data(report: ResolveReport) -> JsonValue:
    data: JsonValue = report.model_dump(mode="json", by_alias=True)
    return data


def _row(one: ResolvedReference) -> dict[str, object]:
    work = one.work or {}
    item = Item.model_validate(work, strict=False) if work else None
    location = one.location
    return {
        "key": one.key,
        "doi": one.doi,
        "status": one.status,
        "agency": one.agency,
        "answered_by": one.answered_by,
        "fetched": one.fetched.isoformat() if one.fetched else None,
        "author": "; ".join(map(str, item.creators)) if item else None,
        "issued": item.issued if item else None,
        "title": item.title if item else None,
        "container-title": item.container_title if item else None,
        "file": location.file if location else None,
        "line": location.line if location else None,
        "column": location.column if location else None,
        "error": one.error.message if one.error else None,
    }
