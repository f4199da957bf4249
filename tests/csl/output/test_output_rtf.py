"""RTF, read back by a small reader."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from csl.output.trees import bold, entries, italic, numbered, said, texts, trees
from lupusrefs.csl.output.rtf import RtfWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged

WRITER = RtfWriter()
_TOKEN = re.compile(
    r"\\u(-?\d+) \?|\\([\\{}])|\{\\\*\\fldinst\{[^{}]*\}\}|\\[a-z]+-?\d* ?|[{}\n]",
)


def read(rtf: str) -> str:
    """The text, without control words and instructions of fields."""
    assert rtf.isascii()

    def meaning(found: re.Match[str]) -> str:
        code, sign = found.groups()
        return chr(int(code) % 0x10000) if code else sign or ""

    units = _TOKEN.sub(meaning, rtf)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


@given(texts())
def test_text_reads_back(text: str) -> None:
    """Braces, backslashes and all of Unicode."""
    assert read(WRITER.inline([text])) == said([text])


@given(trees())
def test_trees_read_back(content: list[Inline]) -> None:
    """With balanced groups."""
    text = WRITER.inline(content)
    assert read(text) == said(content)
    bare = re.sub(r"\\[\\{}]", "", text)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a\b{c}", r"a\\b\{c\}"),
        ("é", r"\u233 ?"),
        ("–", r"\u8211 ?"),
        ("\uff21", r"\u-223 ?"),
        ("𝛽", r"\u-10187 ?\u-8451 ?"),
    ],
)
def test_unicode_in_signed_units(text: str, expected: str) -> None:
    """16 bits with a sign, two of them beyond the Basic Multilingual Plane."""
    assert WRITER.inline([text]) == expected


def test_runs_are_groups() -> None:
    """Flat, with all their words."""
    content: list[Inline] = [
        italic("a", bold("b")),
        Tagged(Tag.SUPERSCRIPT, ["c"]),
        "d",
    ]
    assert WRITER.inline(content) == r"{\i a}{\i\b b}{\super c}d"


def test_a_link_is_one_field() -> None:
    """Also if its text has formattings."""
    link = Link("https://a.example/{x}", ["a", italic("b")])
    assert WRITER.inline([link]) == (
        r'{\field{\*\fldinst{HYPERLINK "https://a.example/%7Bx%7D"}}'
        r"{\fldrslt{a{\i b}}}}"
    )


def test_paragraphs() -> None:
    """Hanging, with space after the last line of an entry."""
    found = entries(["A"], [Tagged(Tag.BLOCK, ["B"]), Tagged(Tag.INDENT, ["c"])])
    layout = Layout(hanging_indent=True, line_spacing=2)
    assert WRITER.bibliography(found, layout) == (
        "{\\pard\\li720\\fi-720\\sl480\\slmult1\\sa240 A\\par}\n"
        "{\\pard\\li720\\fi-720\\sl480\\slmult1 B\\par}\n"
        "{\\pard\\li720\\fi0\\sl480\\slmult1\\sa240 c\\par}\n"
    )
    assert WRITER.inline(found[1].content) == "B\\line\nc"
    assert WRITER.bibliography([], layout) == ""


@pytest.mark.parametrize(
    ("align", "expected"),
    [
        ("flush", r"{\pard\tx600\li600\fi-600 [1]\tab A\par}"),
        ("margin", r"{\pard\tx0\li0\fi-600 [1]\tab A\par}"),
    ],
)
def test_numbers_have_a_tab(align: str, expected: str) -> None:
    """As wide as the widest first field and a blank."""
    layout = Layout(second_field_align=align, max_offset=4, entry_spacing=0)
    found = WRITER.bibliography(entries(numbered("[1]", "A")), layout)
    assert found == f"{expected}\n"


def test_a_document() -> None:
    """A header, a font, and the end of both."""
    assert WRITER.standalone("{\\pard A\\par}\n") == (
        "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0"
        "{\\fonttbl{\\f0\\froman Times New Roman;}}\\f0\\fs24\n{\\pard A\\par}\n}\n"
    )
