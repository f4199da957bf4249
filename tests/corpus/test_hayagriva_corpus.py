"""Hayagriva's own example file, as another project keeps it for its importer."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.score import rows
from lupusrefs.formats import hayagriva
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode
from lupusrefs.model.item import Item

pytestmark = pytest.mark.corpus


def load(text: str) -> Loaded:
    """Read a text as a hayagriva file."""
    return hayagriva.load(decode(text.encode(), "basic.yml"))


def test_the_example_is_read_and_given_back(corpus: Path) -> None:
    """All 41 entries, nothing to complain about, and every value again when written."""
    found = rows(corpus / "formats" / "jabref_importers.jsonl")
    (text,) = [str(row["input"]) for row in found if row["format"] == "basic.yml"]
    first = load(text)
    assert first.diagnostics == ()
    entries = [line for line in text.split("\n") if line.rstrip().endswith(":")]
    assert len(first.references) == sum(not line.startswith(" ") for line in entries)
    second = load(hayagriva.dump(first.references))
    assert second.diagnostics == ()
    for before, after in zip(first.references, second.references, strict=True):
        fields = [*Item.model_fields, "origin"]
        for field in fields[:-1]:
            assert getattr(after, field) == getattr(before, field), (before.id, field)
        assert before.origin is not None
        assert after.origin is not None
        assert set(after.origin.fields) == set(before.origin.fields), before.id
        assert after.origin.kind == before.origin.kind
