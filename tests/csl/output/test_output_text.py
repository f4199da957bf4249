"""Plain text."""

from __future__ import annotations

from hypothesis import given

from csl.output.trees import bold, entries, italic, numbered, said, trees
from lupusrefs.csl.output.text import TextWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged

WRITER = TextWriter()
NUMBERED = Layout(second_field_align="flush", max_offset=4, entry_spacing=0)


@given(trees())
def test_only_the_text_is_left(content: list[Inline]) -> None:
    """Neither markup nor URLs."""
    assert WRITER.inline(content) == said(content)
    text = WRITER.bibliography(entries(content), Layout())
    assert text == (f"{said(content)}\n" if said(content) else "")


def test_entries_are_paragraphs() -> None:
    """With as many empty lines between them as the style says."""
    found = entries(["A"], [], [italic("B"), Link("https://a.example", [bold("c")])])
    assert WRITER.bibliography(found, Layout()) == "A\n\nBc\n"
    assert WRITER.bibliography(found, Layout(entry_spacing=0)) == "A\nBc\n"
    assert WRITER.bibliography([], Layout()) == ""


def test_numbers_are_padded() -> None:
    """So that all texts begin in one column."""
    found = entries(numbered("[9]", "A"), numbered("[10]", " B"))
    assert WRITER.bibliography(found, NUMBERED) == "[9]  A\n[10] B\n"
    assert WRITER.bibliography(found, Layout(entry_spacing=0)) == "[9] A\n[10] B\n"


def test_blocks_are_lines() -> None:
    """An indented one begins with blanks, also within formatting."""
    found = entries([bold(Tagged(Tag.BLOCK, ["A"])), Tagged(Tag.INDENT, ["b"])])
    assert WRITER.bibliography(found, NUMBERED) == "A\n    b\n"
    assert WRITER.inline(found[0].content) == "A\n    b"


def test_a_margin_alone_is_a_line() -> None:
    """Nothing stands beside it."""
    found = entries([Tagged(Tag.LEFT_MARGIN, ["[1] "])])
    assert WRITER.bibliography(found, NUMBERED) == "[1]\n"
    assert WRITER.standalone("x") == "x"
