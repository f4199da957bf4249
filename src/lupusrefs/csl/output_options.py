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
        is_tidy: where citeproc-js leaves a reader with less, more is done: punctuation
            goes that is left over where a field is missing ("A title. ." is
            "A title."), and "n.d." has the letter of a year.
    """

    links: bool = False
    abbreviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_tidy: bool = False


DEFAULT_OUTPUT: Final = OutputOptions()
