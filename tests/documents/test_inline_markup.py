"""Markup between words goes, and every character stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.documents.document import DocumentKind
from lupusrefs.documents.inline_markup import without_markup

MARKDOWN, RST = DocumentKind.MARKDOWN, DocumentKind.RST
ASCIIDOC, TYPST = DocumentKind.ASCIIDOC, DocumentKind.TYPST


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (MARKDOWN, "*J Inv Med* **17**(2)", "J Inv Med 17 (2)"),
        (MARKDOWN, "_On Bells_. Nowhere", "On Bells . Nowhere"),
        (MARKDOWN, "[here](https://doi.org/10.5555/a(1)b).", "here ."),
        (MARKDOWN, "<https://doi.org/10.5555/a_b>", "https://doi.org/10.5555/a_b"),
        (MARKDOWN, "On H<sub>2</sub>O \\[sic\\]", "On H 2 O [sic ]"),
        (MARKDOWN, "[On Bells]{.smallcaps} `x`", "[On Bells] x"),
        (MARKDOWN, "* a bullet\n* another", "* a bullet * another"),
        (
            MARKDOWN,
            "10.1007/978_3_540 and snake_case",
            "10.1007/978_3_540 and snake_case",
        ),
        (MARKDOWN, "p < 0.05 and 3 > 2", "p < 0.05 and 3 > 2"),
        (RST, "*J Inv Med* `doi <https://doi.org/10.5555/a>`__.", "J Inv Med doi ."),
        (RST, ":doi:`10.5555/a` and Umbra_ too", "10.5555/a and Umbra too"),
        (ASCIIDOC, "[[umbra]]Umbra. _On Bells_.", "Umbra. On Bells ."),
        (ASCIIDOC, "https://doi.org/10.5555/a[doi], more", "doi , more"),
        (ASCIIDOC, "[.csl-entry]#On Bells#", "#On Bells#"),
        (TYPST, "#emph[J Inv Med] 17 <umbra>", "J Inv Med 17"),
        (TYPST, '#link("https://doi.org/10.5555/a")[doi] \\# 3', "doi # 3"),
        (TYPST, "_On Bells_ and *more*", "On Bells and more"),
        (DocumentKind.TEXT, "*as it is* <b>", "*as it is* <b>"),
        (DocumentKind.NOTEBOOK, "*On Bells*", "On Bells"),
    ],
)
def test_only_the_words_are_left(kind: DocumentKind, text: str, words: str) -> None:
    """Emphasis, links, anchors and escapes; the words and addresses stay."""
    found = without_markup(text, kind)
    assert " ".join(found.split()) == words
    assert len(found) == len(text)


@given(
    st.sampled_from(list(DocumentKind)),
    st.text(alphabet="ab *_`[]()<>#{}\\\n\"'.:/+@", max_size=200),
)
def test_no_character_moves(kind: DocumentKind, text: str) -> None:
    """What is not blanked is where it was, and line ends are what they were."""
    found = without_markup(text, kind)
    assert len(found) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, found, strict=True))
    assert found.count("\n") == text.count("\n")
