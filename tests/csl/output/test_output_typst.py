"""Typst."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from csl.output.trees import bold, entries, italic, numbered, said, texts, trees
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged
from lupusrefs.csl.output.typst import TypstWriter

WRITER = TypstWriter()
_TOKEN = re.compile(r"\\(.)|(~)|#[a-z]+(?:\([^)]*\"\))?\[|\]")


def read(typst: str) -> str:
    """What Typst makes of text and calls."""

    def meaning(found: re.Match[str]) -> str:
        escaped, no_break = found.groups()
        return escaped or ("\u00a0" if no_break else "")

    return _TOKEN.sub(meaning, typst)


@given(texts())
def test_text_reads_back(text: str) -> None:
    """Each backslash stands before what it protects."""
    assert read(WRITER.inline([text])) == said([text])


@given(trees())
def test_trees_read_back(content: list[Inline]) -> None:
    """Blanks leave the brackets, nothing else moves."""
    # A URL with parentheses would need a real parser.
    content = [node for node in content if "(c)" not in repr(node)]
    assert read(WRITER.inline(content)) == said(content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\*_`$#[]<>@~", r"\\\*\_\`\$\#\[\]\<\>\@\~"),
        ('"a" isn\'t', r"\"a\" isn\'t"),
        ("a--b -1 -?", r"a\--b \-1 \-?"),
        ("a-b - c", "a-b - c"),
        ("...", r"\..."),
        ("https://a.b /* c */", r"https:/\/a.b /\* c \*/"),
        ("a\u00a0b", "a~b"),
        ("= a = b", r"\= a = b"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("/ a: b", r"\/ a: b"),
        ("1. a 2. b", r"1\. a 2. b"),
        ("1.5", "1.5"),
        ("Müller “β” (a; b) {c} 50 % & d", "Müller “β” (a; b) {c} 50 % & d"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, expected: str) -> None:
    """And nothing else, where it stands."""
    assert WRITER.inline([text]) == expected


def test_lists_begin_in_content_blocks() -> None:
    """A bracket begins markup anew."""
    assert WRITER.inline(["a ", italic("- b")]) == r"a #emph[\- b]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("(2020)", r"\(2020)"), ("; b", r"\; b"), (".b", r"\.b"), (". B", ". B")],
)
def test_text_after_a_call_does_not_go_on_with_it(text: str, expected: str) -> None:
    """As arguments, a field, or its end."""
    assert WRITER.inline([italic("a"), text]) == f"#emph[a]{expected}"


def test_calls() -> None:
    """A function for each tag."""
    content: list[Inline] = [
        italic("a", bold("b")),
        Tagged(Tag.SUPERSCRIPT, ["c"]),
        Tagged(Tag.LIGHT, ["d"]),
        Link('https://a.example/"x', ["e"]),
    ]
    assert WRITER.inline(content) == (
        '#emph[a#strong[b]]#super[c]#text(weight: "light")[d]'
        '#link("https://a.example/%22x")[e]'
    )


def test_paragraphs_hang() -> None:
    """In a content block, which ends the settings."""
    block = [Tagged(Tag.BLOCK, ["B"]), Tagged(Tag.INDENT, ["1. c"])]
    layout = Layout(hanging_indent=True, line_spacing=2, entry_spacing=0)
    assert WRITER.bibliography(entries(["A"], [], block), layout) == (
        "#[\n#set par(leading: 1.95em)\n"
        "#set par(hanging-indent: 2em, spacing: 0.65em)\n\n"
        "A\n\nB \\\n#h(2em)1\\. c\n]\n"
    )
    assert WRITER.bibliography([], layout) == ""


def test_numbers_are_a_column() -> None:
    """An entry without one spans both columns."""
    layout = Layout(second_field_align="flush")
    found = entries(
        numbered("[1]", "A"),
        ["B"],
        [Tagged(Tag.LEFT_MARGIN, ["2"]), Tagged(Tag.BLOCK, ["C"])],
    )
    assert WRITER.bibliography(found, layout) == (
        "#[\n#grid(columns: (auto, 1fr), column-gutter: 0.65em, "
        "row-gutter: 1.95em,\n"
        "  [\\[1\\]], [A],\n  grid.cell(colspan: 2)[B],\n  [2], [C],\n)\n]\n"
    )
