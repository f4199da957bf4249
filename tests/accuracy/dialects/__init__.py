"""Harmless ways to write a reference, by the groups of comparison.md 7.2.

None of these modules calls the code under test, but the readers and writers of file
formats, whose round trip is what is measured there.
"""

from __future__ import annotations

from typing import Final

from accuracy.case import Dialect
from accuracy.dialects import (
    absence,
    authors,
    character,
    containers,
    damage,
    damaged_names,
    dates,
    identifiers,
    numbers,
    round_trip,
    styles,
    titles,
)

DIALECTS: Final[tuple[Dialect, ...]] = (
    *character.DIALECTS,
    *titles.DIALECTS,
    *authors.DIALECTS,
    *dates.DIALECTS,
    *numbers.DIALECTS,
    *containers.DIALECTS,
    *identifiers.DIALECTS,
    *styles.DIALECTS,
    *round_trip.DIALECTS,
    *absence.DIALECTS,
    *damage.DIALECTS,
    *damaged_names.DIALECTS,
)
