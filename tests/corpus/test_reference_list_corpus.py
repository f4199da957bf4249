"""Reference lists in real papers: which lines they are, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from measure_reference_list import found_lines, lists, macro, parted, total

if TYPE_CHECKING:
    from pathlib import Path

    from measure_reference_list import Tally

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def documents(corpus: Path) -> list[Tally]:
    """What was found in each labelled document."""
    return list(found_lines(corpus).values())


@pytest.mark.parametrize("half", [0, 1], ids=["looked-at", "held-back"])
def test_lines_of_references_are_found(documents: list[Tally], half: int) -> None:
    """At least 0.95 F1 by line, in both halves of the documents."""
    tallies = documents[half::2]
    assert total(tallies).f1 >= 0.95
    assert macro(tallies) >= 0.86


@pytest.mark.parametrize(
    ("layout", "least"),
    [
        ("[1]", 0.98),
        ("1.", 0.97),
        ("bullets", 0.98),
        ("paragraphs", 0.97),
        ("hanging indent", 0.96),
        ("one to a line", 0.94),
        ("wrapped at 80", 0.84),
        ("wrapped at 50", 0.78),
    ],
)
def test_lists_are_parted(corpus: Path, layout: str, least: float) -> None:
    """Lists of strings in mixed styles come apart where they were put together."""
    assert parted(lists(corpus)[::4], layout).f1 >= least
