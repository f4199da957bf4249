"""Edits: everything outside their spans stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edits import edited
from lupusrefs.model.edit import (
    Edit,
    ImpossibleEdits,
    OverlappingEdits,
    apply_edits,
)
from lupusrefs.model.location import Span


@given(edited(st.text(max_size=30)))
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


@given(edited(st.text(max_size=30)))
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
        ([(3, 2)], "outside"),
        ([(-1, 1)], "outside"),
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


def test_two_edits_of_the_same_characters_are_both_told() -> None:
    """Even where they say the same: one of them does not know of the other."""
    first, second = Edit(Span(1, 3), "a"), Edit(Span(2, 4), "b")
    with pytest.raises(OverlappingEdits) as caught:
        apply_edits("12345", [second, first])
    assert (caught.value.first, caught.value.second) == (first, second)
    assert str(caught.value) == (
        "the edit of characters 2 to 4 overlaps the one of characters 1 to 3"
    )
    with pytest.raises(OverlappingEdits):
        apply_edits("12345", [first, first])
    assert issubclass(OverlappingEdits, ImpossibleEdits)


def test_an_insertion_inside_a_replacement_is_refused() -> None:
    """At its ends it stands beside it."""
    replacement = Edit(Span(1, 4), "x")
    with pytest.raises(OverlappingEdits):
        apply_edits("12345", [replacement, Edit(Span(2, 2), "|")])
    ends = [Edit(Span(1, 1), "<"), replacement, Edit(Span(4, 4), ">")]
    assert apply_edits("12345", ends) == "1<x>5"
