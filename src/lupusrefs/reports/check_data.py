"""The check report as data: JSON, JSON Lines, CSV.

JSON Lines and CSV are written as the references come, so that a run of any length
takes the memory of one reference.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from lupusrefs.findings import Finding
from lupusrefs.fingerprints import fingerprint
from lupusrefs.reports.check_wire import (
    CheckReport,
    checked_reference,
    finding_wire,
)
from lupusrefs.reports.checked import Checked
from lupusrefs.reports.mending import safety

CSV_COLUMNS: Final = (
    "key",
    "rule",
    "severity",
    "confidence",
    "field",
    "message",
    "cited",
    "registered",
    "fix",
    "hint",
    "file",
    "line",
    "column",
    "ignored_by",
    "ignored_reason",
    "fingerprint",
)
# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_json(report: CheckReport) -> str:
    """One JSON document, as ``docs/schemas/check.schema.json`` describes it."""
    return report.model_dump_json(by_alias=True, indent=2) + "\n"


def jsonl_lines(
    checked: Iterable[Checked], general: Iterable[Finding] = ()
) -> Iterator[str]:
    """One line a reference, each a member of ``references``.

    Findings that belong to no reference come in a last line, which has no ``key``.
    """
    for one in checked:
        yield checked_reference(one).model_dump_json(by_alias=True) + "\n"
    if found := ",".join(finding_wire(one).model_dump_json() for one in general):
        yield f'{{"general":[{found}]}}\n'


def csv_lines(
    checked: Iterable[Checked], general: Iterable[Finding] = ()
) -> Iterator[str]:
    """One row a finding, with a header; ignored ones say by whom and why."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for one in checked:
        writer.writerows(_row(found) for found in one.findings)
        for ignored in one.ignored:
            row = _row(ignored.finding)
            row["ignored_by"] = ignored.source
            row["ignored_reason"] = _cell(ignored.reason)
            writer.writerow(row)
        if out.tell():
            yield _taken(out)
    writer.writerows(map(_row, general))
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    """What has been written so far; the next row begins an empty buffer."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _row(finding: Finding) -> dict[str, object]:
    place = finding.location
    fix = finding.fix
    return {
        "key": _cell(finding.key),
        "rule": finding.rule.id,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "field": finding.field,
        "message": _cell(finding.message),
        "cited": _cell(finding.cited),
        "registered": _cell(finding.registered),
        "fix": safety(fix) if fix else "",
        "hint": _cell(finding.hint),
        "file": _cell(place.file) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "fingerprint": fingerprint(finding),
    }


def _cell(text: str | None) -> str | None:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text
