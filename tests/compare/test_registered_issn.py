"""An ISSN whose check digit is wrong, at the registry as well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.identifiers import compare_identifiers
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work


@pytest.mark.parametrize(
    ("cited", "rules"),
    [
        ("1234-987X", []),
        ("1234987X", []),
        ("1234-9871", ["issn-invalid"]),
        ("0028-0836", []),
    ],
)
def test_issn_as_registered(cited: str, rules: list[str]) -> None:
    """Who copies the registry's mistake is not told of it."""
    work = Work(
        id="10.1234/x",
        issn="1234-987X, 0028-0836",
        provenance=Provenance(
            answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
        ),
    )
    found = compare_identifiers(Reference(id="k", issn=cited), work)
    assert [one.rule.id for field in found for one in field.findings] == rules
