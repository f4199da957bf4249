"""Changes to a text by span: everything outside the spans stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lupusrefs.model.location import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters of ``span`` by ``text``; an empty span inserts."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made at once.

    >>> apply_edits("vol. 7", [Edit(Span(5, 6), "12")])
    'vol. 12'

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    pieces: list[str] = []
    position = 0
    # Stable: several insertions at one place stay in the order given.
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < position or edit.span.end < edit.span.start:
            raise ValueError(f"the edit at {edit.span.start} overlaps another one")
        if edit.span.end > len(text):
            raise ValueError(f"the edit at {edit.span.start} is outside the text")
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])
