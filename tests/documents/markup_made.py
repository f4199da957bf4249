"""Places in a piece of markup, for tests that say where something stands."""

from __future__ import annotations

from lupusrefs.formats.text import SourceText


def place_of(text: str, needle: str, file: str = "a.nxml") -> str:
    """Where a piece of a text stands for the first time."""
    return str(SourceText(file, text).location(text.index(needle)))
