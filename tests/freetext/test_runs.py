"""Labelled words as fields."""

from __future__ import annotations

import pytest

from lupusrefs.freetext import labels as l
from lupusrefs.freetext.runs import Run, label_runs, run_span, without_names
from lupusrefs.freetext.tokens import tokenise


def test_neighbours_of_one_label_are_a_run() -> None:
    """Runs are as long as they can be, and cover all words."""
    runs = list(label_runs(["a", "a", "b", "a"]))
    assert runs == [Run("a", 0, 2), Run("b", 2, 3), Run("a", 3, 4)]
    assert list(label_runs([])) == []


@pytest.mark.parametrize(
    ("label", "text", "bare"),
    [
        (l.PAGE, "pp. 12-34", "12-34"),
        (l.VOLUME, "vol. 5", "5"),
        (l.VOLUME, "제28권", "28"),
        (l.ISSUE, "no. 3", "3"),
        (l.CONTAINER, "In: Handbook in Parts", "Handbook in Parts"),
        (l.EDITOR, "In Lee A, Wu B (eds.)", "Lee A, Wu B"),
        (l.EDITOR, "edited by Lee A", "Lee A"),
        (l.EDITOR, "In von Aue H, de Boer A, eds.", "von Aue H, de Boer A"),
        (l.EDITOR, "sous la direction de Lee A", "Lee A"),
        (l.TRANSLATOR, "Edited and translated by Lee A", "Lee A"),
        (l.TITLE, "In the beginning", "In the beginning"),
    ],
)
def test_the_words_that_name_a_field_are_no_part_of_it(
    label: str, text: str, bare: str
) -> None:
    """They stand before or behind, and only of their own field."""
    tokens = tokenise(text)
    run = without_names(tokens, Run(label, 0, len(tokens)))
    assert run is not None
    assert text[tokens[run.first].start : tokens[run.end - 1].end] == bare


def test_what_has_nothing_but_names_is_no_field() -> None:
    """A lone "pp." says nothing."""
    assert without_names(tokenise("pp."), Run(l.PAGE, 0, 1)) is None


@pytest.mark.parametrize(
    ("label", "text", "covered"),
    [
        (l.TITLE, "“What is lupus?”", "What is lupus?"),
        (l.TITLE, "Lupus (SLE). ", "Lupus (SLE)"),
        (l.TITLE, "(Re)reading.", "(Re)reading"),
        (l.TITLE, "“Lupus” today.", "“Lupus” today"),
        (l.TITLE, '"Lupus" today.', '"Lupus" today'),
        (l.TITLE, "Reading “Lupus”.", "Reading “Lupus”"),
        (l.TITLE, 'Reading "Lupus".', 'Reading "Lupus"'),
        (l.TITLE, "Lupus.", "Lupus"),
        (l.TITLE, "(A (b) c.", "A (b) c"),
        (l.CONTAINER, "Proc. Natl. Acad. Sci.", "Proc. Natl. Acad. Sci."),
        (l.CONTAINER, "Nature.", "Nature"),
    ],
)
def test_punctuation_that_belongs_to_a_field_is_kept(
    label: str, text: str, covered: str
) -> None:
    """Brackets and quotes with both ends inside, question marks, abbreviations."""
    tokens = tokenise(text)
    span = run_span(text, tokens, Run(label, 0, len(tokens)))
    assert text[span.start : span.end] == covered
