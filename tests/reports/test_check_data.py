"""The check report as JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from lupusrefs.fingerprints import fingerprint
from lupusrefs.reports.check_data import CSV_COLUMNS, csv_lines, jsonl_lines, to_json
from lupusrefs.reports.check_wire import CheckReport, check_report
from reports.samples import (
    CheckedSample,
    clean,
    found,
    general,
    library,
    mackensen,
)

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "check.schema.json"


def test_the_contract_of_a_finding() -> None:
    """Members and values of a finding, its fix and its edits."""
    report = json.loads(to_json(check_report([mackensen()])))
    assert report["schema"] == "lupusrefs.check/1"
    one = report["references"][0]
    assert one["key"] == "mackensen2022"
    assert one["status"] == "resolved"
    assert one["work"]["container-title"] == "Nature Medicine"
    finding = one["findings"][0]
    assert finding["rule"] == "author-given-mismatch"
    assert finding["severity"] == "warning"
    assert finding["confidence"] == "certain"
    assert finding["field"] == "author"
    assert finding["cited"] == "Mackensen, D; Müller, F"
    assert finding["location"] == {
        "file": "refs/lupus list.yaml",
        "line": 5,
        "column": 9,
    }
    assert finding["evidence"]["path"] == "message.author"
    assert finding["fix"] == {
        "safe": False,
        "changes": [
            {
                "variable": "author",
                "value": [
                    {"family": "Mackensen", "given": "Andreas"},
                    {"family": "Müller", "given": "Fabian"},
                ],
            }
        ],
        "edits": [{"start": 508, "end": 531, "text": "[Mackensen, Andreas]"}],
    }
    assert finding["docs"] == "docs/rules.md#author-given-mismatch"
    assert one["findings"][1]["fix"] is None


def test_what_was_compared_is_counted() -> None:
    """Fields compared, absent and not comparable, with the reason of a benign one."""
    report = json.loads(to_json(check_report([mackensen()])))
    comparison = report["references"][0]["comparison"]
    assert (comparison["compared"], comparison["absent"]) == (4, 1)
    assert comparison["not_comparable"] == 0
    assert comparison["fields"][3] == {
        "field": "container-title",
        "state": "equivalent",
        "reason": "abbreviation of Nature Medicine",
    }
    assert report["references"][0]["not_compared"] is None


def test_the_summary_counts_what_was_looked_at() -> None:
    """Compared and not, why not, fixes, ignores, and works checked for retraction."""
    summary = json.loads(to_json(check_report(library(), general())))["summary"]
    assert summary == {
        "references": 6,
        "sound": 1,
        "compared": 3,
        "not_compared": {"no-identifier": 1, "not-registered": 1, "unavailable": 1},
        "findings": {"error": 1, "warning": 3, "info": 3},
        "rules": {
            "author-given-mismatch": 1,
            "corrected": 1,
            "doi-not-found": 1,
            "doi-unverifiable": 1,
            "field-missing": 1,
            "ignore-unused": 1,
            "year-mismatch": 1,
        },
        "fixes": {"safe": 1, "proposed": 2},
        "ignored": {"config": 1, "entry": 1},
        "status_check": {
            "works": 3,
            "unknown": 3,
            "oldest": "2026-11-22",
            "newest": "2026-11-22",
            "answered_by": {"crossref": 3},
        },
    }


def test_the_report_fits_its_schema() -> None:
    """The published schema accepts a report, and refuses an unknown member."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    report = json.loads(to_json(check_report(library(), general())))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    report["references"][0]["findings"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema)


def test_the_report_is_its_own_model() -> None:
    """What is written can be read back by the model that it is generated from."""
    text = to_json(check_report(library(), general()))
    assert to_json(CheckReport.model_validate_json(text)) == text


def test_json_lines_hold_the_same_references() -> None:
    """One line a reference, each as in the document; the general ones come last."""
    document = json.loads(to_json(check_report(library(), general())))
    lines = [json.loads(line) for line in jsonl_lines(library(), general())]
    assert lines[:-1] == document["references"]
    assert lines[-1] == {"general": document["general"]}
    assert len(list(jsonl_lines(library()))) == len(library())


def test_json_lines_come_as_the_references_do() -> None:
    """Nothing is held back: the first line is there before the second reference."""
    asked: list[int] = []

    def references() -> Iterator[CheckedSample]:
        for number in range(3):
            asked.append(number)
            yield clean(number)

    lines = jsonl_lines(references())
    next(lines)
    assert asked == [0]
    rows = csv_lines(references())
    asked.clear()
    next(rows)
    assert asked == [0]


def test_csv_has_a_row_for_each_finding() -> None:
    """Columns, and the ignored ones with who says so and why."""
    text = "".join(csv_lines(library(), general()))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["rule"] for row in rows] == [
        "author-given-mismatch",
        "corrected",
        "field-missing",
        "doi-alias",
        "year-mismatch",
        "retracted",
        "doi-not-found",
        "doi-unverifiable",
        "ignore-unused",
    ]
    assert [row["fix"] for row in rows[:3]] == ["proposed", "", "safe"]
    assert rows[5]["ignored_by"] == "entry"
    assert rows[5]["ignored_reason"] == "cited as an example of a retraction"
    assert rows[0]["line"] == "5"
    assert "".join(csv_lines([])).strip() == ",".join(CSV_COLUMNS)


def test_csv_runs_no_formula() -> None:
    """A value that a spreadsheet would run is text (OWASP, "CSV Injection")."""
    bad = found("year-mismatch", "=1+1", "year", cited="=HYPERLINK(1)")
    sample = clean()
    text = "".join(
        csv_lines([CheckedSample(sample.reference, sample.outcome, None, (bad,))])
    )
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["cited"] == "'=HYPERLINK(1)"
    assert row["key"] == "'=1+1"


def test_a_fingerprint_outlives_what_moves() -> None:
    """Lines, severity and wording may change; rule, field and values may not."""
    first = mackensen().findings[0]
    same = {
        "rule": "author-given-mismatch",
        "key": first.key,
        "field": "author",
        "cited": "Mackensen, D",
        "registered": "Mackensen, Andreas",
    }

    def mark(**changes: str) -> str:
        values = {**same, **changes}
        rule, key = values.pop("rule"), values.pop("key")
        return fingerprint(found(rule, key, "other words", **values))

    assert mark() == mark(cited="mackensen,  d")
    others = {
        mark(key="other"),
        mark(rule="author-missing"),
        mark(field="editor"),
        mark(cited="Mackensen, E"),
        mark(registered="Mackensen, B"),
    }
    assert len(others | {mark()}) == 6
    assert len(mark()) == 16


def test_every_report_is_the_same_under_any_hash_seed() -> None:
    """JSON, CSV, console, SARIF and all others, byte for byte, in any time zone."""
    script = Path(__file__).with_name("print_all_reports.py")
    outputs = {
        subprocess.run(
            [sys.executable, str(script)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1
