"""Edits: everything outside their spans stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.model.edit import Edit, apply_edits
from lupusrefs.model.location import Span


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits inside it that do not overlap, in any order."""
    text = draw(st.text(max_size=30))
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=False)]
    edits = [Edit(span, draw(st.text(max_size=5))) for span in spans]
    return text, draw(st.permutations(edits))


@given(edited())
def test_nothing_outside_the_spans_changes(case: tuple[str, list[Edit]]) -> None:
    """The pieces between the spans are all there, in order, with the new texts."""
    text, edits = case
    expected, position = "", 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        expected += text[position : edit.span.start] + edit.text
        position = edit.span.end
    assert apply_edits(text, edits) == expected + text[position:]


@given(st.text())
def test_no_edit_changes_nothing(text: str) -> None:
    """Nor does one that puts in what is there."""
    assert apply_edits(text, []) == text
    assert apply_edits(text, [Edit(Span(0, len(text)), text)]) == text


@given(edited())
def test_edits_can_be_undone(case: tuple[str, list[Edit]]) -> None:
    """The old text of every span in its new place gives the old text."""
    text, edits = case
    undo, shift = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start = edit.span.start + shift
        old = text[edit.span.start : edit.span.end]
        undo.append(Edit(Span(start, start + len(edit.text)), old))
        shift += len(edit.text) - len(old)
    assert apply_edits(apply_edits(text, edits), undo) == text


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        ([(0, 3), (2, 4)], "overlaps"),
        ([(2, 4), (0, 3)], "overlaps"),
        ([(0, 5), (1, 2)], "overlaps"),
        ([(1, 3), (1, 3)], "overlaps"),
        ([(3, 2)], "overlaps"),
        ([(-1, 1)], "overlaps"),
        ([(4, 6)], "outside"),
        ([(6, 6)], "outside"),
    ],
)
def test_impossible_edits_are_refused(spans: list[tuple[int, int]], says: str) -> None:
    """Half-applied edits would break the file."""
    edits = [Edit(Span(*span), "x") for span in spans]
    with pytest.raises(ValueError, match=says):
        apply_edits("12345", edits)


def test_insertions_at_one_place_stay_in_the_order_given() -> None:
    """Two lists of new entries, say."""
    edits = [Edit(Span(1, 1), "z"), Edit(Span(1, 1), "a"), Edit(Span(0, 1), "-")]
    assert apply_edits("12", edits) == "-za2"


def test_edits_may_touch() -> None:
    """One ends where the next begins; an insertion goes before it."""
    edits = [Edit(Span(2, 4), "b"), Edit(Span(0, 2), "a"), Edit(Span(2, 2), "|")]
    assert apply_edits("12345", edits) == "a|b5"
