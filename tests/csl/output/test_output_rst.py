"""reStructuredText; read back where docutils is installed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given

from csl.output.trees import (
    HREFS,
    Seen,
    bold,
    entries,
    italic,
    numbered,
    seen,
    squeezed,
    trees,
)
from lupusrefs.csl.output.rst import RstWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged
from lupusrefs.csl.output.urls import encoded

WRITER = RstWriter()
# The order in which one of several formattings is chosen.
_CHOICE = ("link", "superscript", "subscript", "bold", "italic")
_TARGETS = {encoded(href) for href in HREFS}
_NAMES = {
    "emphasis": "italic",
    "strong": "bold",
    "reference": "link",
    "superscript": "superscript",
    "subscript": "subscript",
}


def chosen(content: list[Inline]) -> Seen:
    """The characters with the one formatting that is left of theirs."""
    found = []
    for char, marks in seen(content):
        names = {"italic" if mark == "oblique" else mark for mark in marks}
        one = next((name for name in _CHOICE if name in names), None)
        found.append((char, frozenset({one} if one else ())))
    return found


def read(node: Any, marks: frozenset[str] = frozenset()) -> Seen:
    """The characters of a docutils node."""
    found: Seen = []
    for child in node.children:
        if child.tagname == "#text":
            found += [(char, marks) for char in child.astext()]
        elif child.tagname == "reference" and child["refuri"] not in _TARGETS:
            # docutils makes links of URLs and addresses that are none here.
            found += read(child, marks)
        elif child.tagname != "target":
            found += read(child, marks | {_NAMES.get(child.tagname, child.tagname)})
    return found


@given(trees())
def test_docutils_reads_the_same(content: list[Inline]) -> None:
    """One paragraph, with one formatting for each character."""
    core = pytest.importorskip("docutils.core")
    if not seen(content):
        return
    quiet = {"warning_stream": io.StringIO(), "report_level": 1, "halt_level": 2}
    text = f"{WRITER.inline(content)}\n\nnext\n"
    document = core.publish_doctree(text, settings_overrides=quiet)
    assert [child.tagname for child in document.children] == ["paragraph"] * 2
    assert squeezed(read(document.children[0])) == chosen(content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*b `c` |d| \\", r"a\*b \`c\` \|d\| " + "\\\\"),
        ("a_b a_ _b", r"a_b a\_ \_b"),
        ("1. a", r"\1. a"),
        ("(iv) a", r"\(iv) a"),
        ("A. Smith", r"\A. Smith"),
        ("Smith, A.", "Smith, A."),
        ("- a", r"\- a"),
        (".. a", r"\.. a"),
        (":a: b", r"\:a: b"),
        ("????", r"\????"),
        (r"\\", r"\ \\\\"),
        ("a::", r"a:\:"),
        ("[1] a", "[1] a"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, expected: str) -> None:
    """And nothing else, where it stands."""
    assert WRITER.inline([text]) == expected


def test_markup_is_parted_from_words() -> None:
    """By an escaped blank, which is none."""
    raised = Tagged(Tag.SUPERSCRIPT, ["e"])
    content: list[Inline] = ["a", italic("b"), "c ", bold("d"), ", ", raised]
    assert WRITER.inline(content) == "a\\ *b*\\ c **d**, :sup:`e`"


def test_markup_does_not_nest() -> None:
    """Bold rather than italic; blanks stand outside."""
    assert WRITER.inline([italic("a ", bold("b"))]) == "*a* **b**"
    assert WRITER.inline(["a", italic(" b "), "c"]) == "a *b* c"
    assert WRITER.inline([italic(" "), "a::", italic("b")]) == "a::\\ *b*"


def test_links_are_anonymous() -> None:
    """Angle brackets in the text, underscores at the end of the URL are escaped."""
    link = Link("https://a.example/b_", ["x<y"])
    assert WRITER.inline([link]) == r"`x\<y <https://a.example/b\_>`__"


def test_a_bibliography() -> None:
    """Paragraphs, and a line block where an entry has lines."""
    found = entries(
        numbered("[1]", "A"), [Tagged(Tag.BLOCK, ["B"]), Tagged(Tag.INDENT, ["c"])]
    )
    assert WRITER.bibliography(found, Layout()) == "[1] A\n\n| B\n|   c\n"
