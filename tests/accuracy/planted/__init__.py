"""Mistakes that citers make, one at a time, by the groups of comparison.md 7.3."""

from __future__ import annotations

from typing import Final

from accuracy.planted import authors, dois, numbers, status, titles
from accuracy.planted.corruption import Corruption

CORRUPTIONS: Final[tuple[Corruption, ...]] = (
    *dois.CORRUPTIONS,
    *titles.CORRUPTIONS,
    *authors.CORRUPTIONS,
    *numbers.CORRUPTIONS,
    *status.CORRUPTIONS,
)
