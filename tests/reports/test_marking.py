"""The words that differ between a cited and a registered text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.reports.marking import Pieces, marked, one_line, shortened


def shown(pieces: Pieces) -> str:
    """The text with brackets around what differs."""
    return "".join(f"[{p.text}]" if p.differs else p.text for p in pieces)


@pytest.mark.parametrize(
    ("cited", "registered", "left", "right"),
    [
        (
            "A snapshopt of it",
            "A snapshot of it",
            "A [snapshopt] of it",
            "A [snapshot] of it",
        ),
        ("one two three", "one three", "one [two] three", "one three"),
        ("one three", "one two three", "one three", "one [two] three"),
        (
            "Mackensen, D",
            "Mackensen, Andreas",
            "Mackensen, [D]",
            "Mackensen, [Andreas]",
        ),
        (
            "Müller, F; Berg, A",
            "Muller, F; Berg, B",
            "Müller, F; Berg, [A]",
            "Muller, F; Berg, [B]",
        ),
        (
            "Berg, A; Wu, X",
            "Berg, Ada; Wu, Y",
            "Berg, A; Wu, [X]",
            "Berg, Ada; Wu, [Y]",
        ),
        ("type 1 disease", "type 2 disease", "type [1] disease", "type [2] disease"),
        ("1999", "1998", "1999", "1998"),
        ("10.1038/ABC", "10.1038/abc", "10.1038/[ABC]", "10.1038/[abc]"),
        ("same", "same", "same", "same"),
        ("", "only here", "", "only here"),
        ("a b x y c", "a b z w c", "a b [x y] c", "a b [z w] c"),
    ],
)
def test_what_is_marked(cited: str, registered: str, left: str, right: str) -> None:
    """Words that differ in more than case, accents and being an initial."""
    ours, theirs = marked(cited, registered)
    assert (shown(ours), shown(theirs)) == (left, right)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_text(cited: str, registered: str) -> None:
    """Nothing is lost or added by marking."""
    ours, theirs = marked(cited, registered)
    assert "".join(piece.text for piece in ours) == one_line(cited)
    assert "".join(piece.text for piece in theirs) == one_line(registered)


def test_long_agreement_is_left_out() -> None:
    """Of a long equal stretch only the ends that border on a difference are shown."""
    same = " ".join(f"word{number}" for number in range(60))
    ours, _ = marked(f"{same} here {same}", f"{same} there {same}")
    text = shown(shortened(ours))
    assert text.startswith("…")
    assert "word59 [here] word0" in text
    assert len(text) < 120
    middle, _ = marked(f"x {same} y", f"p {same} q")
    assert shown(shortened(middle)).startswith("[x] word0")
    assert shown(shortened(middle)).endswith("word59 [y]")


def test_hostile_texts_are_bounded() -> None:
    """A hundred thousand words take no time, and no more room than two thousand."""
    ours, theirs = marked("a " * 100_000, "b a " * 100_000)
    assert sum(len(piece.text) for piece in (*ours, *theirs)) < 4_100


def test_nothing_steers_the_terminal() -> None:
    """Escapes, line breaks and bidirectional overrides are gone."""
    assert one_line("a\x1b[2J\nb\u202ec\u2028d") == "a[2J bc d"
