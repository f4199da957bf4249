"""Annotated references of two sources, read by the parser of free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lupusrefs.freetext.model import Model, shipped_model
from lupusrefs.freetext.parse import read_labels
from measure_freetext import FIELDS, Score, as_annotated, by_meaning
from train_freetext import annotated, train

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from freetext_example import Example

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[Example]:
    """All annotated references."""
    return annotated(corpus)


def _score(model: Model, rows: Iterable[Example]) -> Score:
    score = Score()
    for row in rows:
        read = read_labels(model, row.text, row.tokens)
        score.add(by_meaning(row, row.labels), by_meaning(row, read.labels))
    return score


@pytest.mark.parametrize("subset", ["gold", "core", "good", "evaluation", "corpus"])
def test_the_model_that_ships_has_not_got_worse(
    rows: list[Example], subset: str
) -> None:
    """It was trained on these very rows: this shows regressions, and nothing else."""
    sample = [row for row in rows if row.subset == subset][::4]
    score = _score(shipped_model(), sample)
    assert score.f1(*FIELDS) >= 0.95


def test_references_that_were_not_seen_are_read(
    rows: list[Example], tmp_path: Path
) -> None:
    """A small model of one half reads the best-checked rows of the other half.

    It shows that the way works on references that are new, with a quarter of the data
    and few iterations; the figures that count are those of ``measure_freetext.py``.
    """
    mine = [row for row in rows if row.half == 0 and row.subset != "ugly"]
    others = [row for row in rows if row.half == 1 and row.subset == "gold"]
    train(mine[::2], tmp_path / "small", {"max_iterations": 25})
    score = _score(Model((tmp_path / "small").read_bytes()), others)
    assert score.f1(*FIELDS) >= 0.9


def test_every_row_is_labelled(rows: list[Example]) -> None:
    """Every row of both sources fits its segments, and has fields."""
    assert len(rows) > 7_000
    for row in rows:
        assert len(row.tokens) == len(row.labels)
        assert as_annotated(row)
