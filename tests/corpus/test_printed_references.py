"""References that are only text: no false alarm, and no mistake missed.

``python scripts/measure_printed.py`` measures more of them, in more styles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from accuracy.printed import MISTAKES, Printed, mistaken, tally
from lupusrefs.api import render
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work
from matching.index import Index, recorded_works
from matching.measure import citable
from matching.strings import item_of

pytestmark = pytest.mark.corpus

# A prime, so that no run of neighbours falls between two of them.
_STEP: Final = 41
_STYLES: Final = ("apa", "vancouver")


@pytest.fixture(scope="module")
def works(corpus: Path) -> list[Work]:
    """Some recorded works."""
    return citable(Index(recorded_works(corpus)), _STEP)


def printed(
    works: list[Work],
    items: list[tuple[int, Item]],
    styles: tuple[str, ...] = _STYLES,
) -> list[Printed]:
    """Each item as the styles print it."""
    return [
        Printed(works[number], " ".join(render([item], style).text.split()))
        for style in styles
        for number, item in items
    ]


def items_of(works: list[Work]) -> list[Item]:
    """What a citer has of each work."""
    return [item_of(work, f"w{number}") for number, work in enumerate(works)]


def test_what_is_printed_as_it_is_registered_is_sound(works: list[Work]) -> None:
    """At most 1 of 50 has an error or warning, by a name that was read wrongly."""
    found = tally(printed(works, list(enumerate(items_of(works)))))
    assert found.number > 100
    assert found.share <= 0.02, found.examples


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_print_is_found(works: list[Work], mistake: str) -> None:
    """At least 9 of 10: some years and volumes are right for another reason."""
    changed = list(mistaken(items_of(works), mistake))
    found = tally(printed(works, changed, _STYLES[1:]))
    assert found.number > 30
    assert found.share >= 0.9
