"""``docs/reports.md`` names every member and column of the reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lupusrefs.reports.check_data import CSV_COLUMNS
from lupusrefs.reports.check_wire import (
    ChangeWire,
    CheckedReference,
    CheckReport,
    ComparisonWire,
    EditWire,
    EvidenceWire,
    FieldWire,
    FindingWire,
    FixCountWire,
    FixWire,
    IgnoredWire,
    StatusCheckWire,
    SummaryWire,
)
from lupusrefs.reports.wire import ResolvedReference

PAGE = Path(__file__).parents[2] / "docs" / "reports.md"
MODELS = (
    ChangeWire,
    CheckReport,
    ComparisonWire,
    EditWire,
    EvidenceWire,
    FieldWire,
    FindingWire,
    FixCountWire,
    FixWire,
    IgnoredWire,
    StatusCheckWire,
    SummaryWire,
)


@pytest.fixture(scope="module")
def code() -> set[str]:
    """Everything in code spans on the page."""
    text = re.sub(
        r"^```.*?^```$", "", PAGE.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_members(model: type[CheckReport], code: set[str]) -> None:
    """Each is explained."""
    names = {field.alias or name for name, field in model.model_fields.items()}
    assert names <= code


def test_columns_and_members_of_a_reference(code: set[str]) -> None:
    """Those of CSV, and those that ``resolve`` has not."""
    assert set(CSV_COLUMNS) <= code
    own = set(CheckedReference.model_fields) - set(ResolvedReference.model_fields)
    assert own <= code
