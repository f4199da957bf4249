"""What the caller of the processor wants beyond the style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Wishes that no style expresses.

    Attributes:
        links: DOIs, addresses and PubMed's numbers become links.
        abbreviations: variable -> text -> abbreviation, which is the short form of a
            value that has none of its own (citeproc-js manual, "Abbreviations").
    """

    links: bool = False
    abbreviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


DEFAULT_OUTPUT: Final = OutputOptions()
