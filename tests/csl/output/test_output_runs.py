"""Trees as runs and lines, and the characters and URLs that formats can hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from csl.output.trees import bold, italic, numbered, said, seen, trees
from lupusrefs.csl.output.characters import one_line, printable
from lupusrefs.csl.output.lines import Line, lines
from lupusrefs.csl.output.runs import Block, Run, blocks, nested, spaces_outside
from lupusrefs.csl.output.tree import Inline, Link, Tag, Tagged
from lupusrefs.csl.output.urls import encoded, is_safe


def runs(*content: Inline) -> list[Run]:
    """The runs of a content without displays."""
    return [run for block in blocks(content) for run in block.runs]


def test_a_reset_ends_what_is_around_it() -> None:
    """An upright title within italics is a run without a mark."""
    assert runs(italic("of ", Tagged(Tag.NO_ITALIC, ["E. coli"]), " cells")) == [
        Run("of ", (Tag.ITALIC,)),
        Run("E. coli"),
        Run(" cells", (Tag.ITALIC,)),
    ]


def test_values_of_one_attribute_exclude_each_other() -> None:
    """Bold within light is bold alone; italics twice are italics once."""
    assert runs(Tagged(Tag.LIGHT, [bold("a")])) == [Run("a", (Tag.BOLD,))]
    assert runs(italic(italic("a"))) == [Run("a", (Tag.ITALIC,))]
    assert runs(Tagged(Tag.NO_BOLD, ["a"])) == [Run("a")]


def test_superscripts_add_up() -> None:
    """2^{n_i} keeps both, until a baseline takes them back."""
    both = (Tag.SUPERSCRIPT, Tag.SUBSCRIPT)
    raised = Tagged(both[0], ["n", Tagged(both[1], ["i"])])
    assert runs(raised)[1] == Run("i", both)
    assert nested(runs(raised)) == [raised]
    alone = Tagged(both[0], [Tagged(both[1], ["i"])])
    assert nested(runs(alone)) == [alone]
    assert runs(Tagged(both[0], [Tagged(Tag.BASELINE, ["x"])])) == [Run("x")]


def test_adjacent_texts_are_one_run() -> None:
    """Strings side by side are one text; empty ones are none."""
    assert runs("a", "", "b", italic()) == [Run("ab")]
    assert blocks(["", italic("")]) == []


def test_a_link_in_a_link_leads_where_the_outer_one_does() -> None:
    """No format nests links."""
    outer, inner = "https://a.example", "https://b.example"
    assert runs(Link(outer, [Link(inner, ["x"])])) == [Run("x", (), outer)]


def test_an_unsafe_link_is_its_text() -> None:
    """An URL is somebody's data: nothing that runs or reads files is linked."""
    for href in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", ""):
        assert not is_safe(href)
        assert runs(Link(href, ["x"])) == [Run("x")]


def test_displays_are_lifted_out_of_formatting() -> None:
    """A block in italics is a block of italic runs; what follows is none."""
    found = blocks([italic("a", Tagged(Tag.BLOCK, ["b"]), Tagged(Tag.BLOCK, ["c"]))])
    marks = (Tag.ITALIC,)
    assert found == [
        Block(None, [Run("a", marks)]),
        Block(Tag.BLOCK, [Run("b", marks)]),
        Block(Tag.BLOCK, [Run("c", marks)]),
    ]


@given(trees())
def test_nesting_keeps_every_formatting(content: list[Inline]) -> None:
    """The least nested tree says the same in the same formattings."""
    tree = nested(runs(*content))
    assert said(tree) == said(content)
    assert seen(tree) == seen(content)
    apart = spaces_outside(tree)
    assert said(apart) == said(content)
    assert seen(apart) == seen(content)


def test_the_longer_formatting_stands_outside() -> None:
    """Bold over all of it, italics over a part."""
    found = nested(runs(italic(bold("a"), Tagged(Tag.NO_ITALIC, [bold("b")]))))
    assert found == [Tagged(Tag.BOLD, [Tagged(Tag.ITALIC, ["a"]), "b"])]


def test_blanks_move_out_of_tags() -> None:
    """Also out of two at once; a tag around blanks alone is gone."""
    tree = spaces_outside([italic(" ", bold(" a "), "b "), bold("  "), "c"])
    assert tree == [
        "  ",
        Tagged(Tag.ITALIC, [Tagged(Tag.BOLD, ["a"]), " b"]),
        "   c",
    ]


def test_content_without_display_is_one_line_as_it_is() -> None:
    """Its blanks are the processor's; nothing has no line."""
    assert lines([" a "]) == [Line(body=[Run(" a ")])]
    assert lines([]) == []


def test_margin_and_rest_share_a_line() -> None:
    """Blanks between them are the format's business; a suffix belongs to the rest."""
    assert lines([" ", *numbered("1. ", " Text"), "."]) == [
        Line(margin=[Run("1.")], body=[Run("Text"), Run(".")])
    ]


def test_text_after_the_margin_is_the_rest() -> None:
    """A style may leave it without a display."""
    margin = Tagged(Tag.LEFT_MARGIN, ["1"])
    assert lines([margin, " a", italic("b")]) == [
        Line([Run("1")], [Run("a"), Run("b", (Tag.ITALIC,))])
    ]
    assert lines([*numbered("1", "a"), " b"]) == [
        Line([Run("1")], [Run("a"), Run(" "), Run("b")])
    ]


def test_lines_begin_and_end_without_blanks() -> None:
    """Also if these stand in a formatting of their own."""
    margin = Tagged(Tag.LEFT_MARGIN, [italic(" "), "1", italic(" ")])
    assert lines([margin]) == [Line(margin=[Run("1")])]


def test_blocks_have_lines_of_their_own() -> None:
    """What follows a block begins a line, unless it is the suffix of the layout."""
    block = Tagged(Tag.BLOCK, ["A "])
    indent = Tagged(Tag.INDENT, ["B"])
    assert lines(["x", block, indent, "."]) == [
        Line(body=[Run("x")]),
        Line(body=[Run("A")]),
        Line(body=[Run("B"), Run(".")], indented=True),
    ]
    assert lines([block, "y"]) == [Line(body=[Run("A")]), Line(body=[Run("y")])]


def test_the_rest_without_a_margin_is_a_line() -> None:
    """As in a style that has it alone."""
    right = Tagged(Tag.RIGHT_INLINE, ["a"])
    assert lines([right, right]) == [Line(body=[Run("a")]), Line(body=[Run("a")])]


def test_what_cannot_be_printed_is_dropped() -> None:
    """Controls and surrogates go, breaks are blanks on a line."""
    assert printable("a\x00\ud800b\n\uffff\t") == "ab\n\t"
    assert one_line("a\r\n\u2028b\x7f") == "a b"
    assert one_line("né") == printable("né") == "né"


@given(st.text())
def test_an_encoded_url_is_a_uri(href: str) -> None:
    """ASCII without blanks, quotes and brackets; what is a URI stays as it is."""
    found = encoded(href)
    assert found.isascii()
    assert not set(found) & set(' "\\<>^`{|}\n')
    assert encoded(found) == found
