"""LaTeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from csl.output.trees import bold, entries, italic, numbered, said, texts, trees
from lupusrefs.csl.output.latex import LatexWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged

WRITER = LatexWriter()
_MEANINGS = {
    "textbackslash{}": "\\",
    "textasciitilde{}": "~",
    "textasciicircum{}": "^",
    "textless{}": "<",
    "textgreater{}": ">",
    "textbar{}": "|",
    "textquotedbl{}": '"',
    "textasciigrave{}": "`",
    ",": "\u2009",
    "-": "\u00ad",
    "/": "",
}
_TOKEN = re.compile(r"\\(text[a-z]+\{\}|[,/#$%&_{}-])|(---|--)|([\\{}#$%&_^~<>|\"`])")


def read(latex: str) -> str:
    """What TeX makes of text without markup."""

    def meaning(found: re.Match[str]) -> str:
        command, dash, special = found.groups()
        if dash:
            return "—" if dash == "---" else "–"
        if special:
            assert special == "~", latex
            return "\u00a0"
        return _MEANINGS.get(command, command)

    return _TOKEN.sub(meaning, latex)


@given(texts())
def test_text_reads_back(text: str) -> None:
    """No special character is left; ligatures make what was written."""
    expected = said([text]).replace("\u202f", "\u2009")
    assert read(WRITER.inline([text])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 % & #1_a $x$", r"50 \% \& \#1\_a \$x\$"),
        (r"\{~^}", r"\textbackslash{}\{\textasciitilde{}\textasciicircum{}\}"),
        ("a–b—c", "a--b---c"),
        ("a--b", r"a-\/-b"),
        ("-–", r"-\/--"),
        ("''a,,", r"'\/'a,\/,"),
        ("?`", r"?\textasciigrave{}"),
        ("<<", r"\textless{}\/\textless{}"),
        ("a\u00a0b\u202fc", r"a~b\,c"),
        ("Müller “β”", "Müller “β”"),
    ],
)
def test_special_characters(text: str, expected: str) -> None:
    """Commands for what TeX would read as one; an italic correction parts ligatures."""
    assert WRITER.inline([text]) == expected


def test_tags_and_resets() -> None:
    """A reset is just not in the command."""
    content = [
        italic("of ", Tagged(Tag.NO_ITALIC, ["E. coli"]), " ", bold("b")),
        Tagged(Tag.SMALL_CAPS, ["c"]),
        Tagged(Tag.SUPERSCRIPT, ["d"]),
    ]
    assert WRITER.inline(content) == (
        r"\textit{of} E. coli \textit{\textbf{b}}\textsc{c}\textsuperscript{d}"
    )


def test_links_are_escaped_for_an_argument() -> None:
    """Number signs, percent signs and ampersands; the rest is percent-encoded."""
    link = Link("https://a.example/{x}?a&b#c", ["d_e"])
    assert WRITER.inline([link]) == (
        r"\href{https://a.example/\%7Bx\%7D?a\&b\#c}{d\_e}"
    )


@given(trees())
def test_braces_are_balanced(content: list[Inline]) -> None:
    """Each group that is opened is closed."""
    text = WRITER.inline(content)
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")


def test_paragraphs_hang() -> None:
    """Within a group, without an indent of the first line."""
    block = [Tagged(Tag.BLOCK, ["B"]), Tagged(Tag.INDENT, ["c"])]
    found = WRITER.bibliography(
        entries(["A"], [], block), Layout(hanging_indent=True, line_spacing=2)
    )
    assert found == (
        "\\begingroup\n\\linespread{2}\\selectfont\n"
        "\\setlength{\\parindent}{0pt}%\n\\setlength{\\parskip}{1\\baselineskip}%\n"
        "\\hangindent=2em\\relax\nA\n\n"
        "\\hangindent=2em\\relax\nB\\newline\n\\hspace*{2em}c\n"
        "\\par\n\\endgroup\n"
    )
    assert WRITER.bibliography([], Layout()) == ""


def test_numbers_are_labels() -> None:
    """A bracket in one is protected; the widest sets the width."""
    found = WRITER.bibliography(
        entries(
            numbered("[1]", "A"),
            numbered("[10]", "[B]"),
            ["C"],
            [Tagged(Tag.LEFT_MARGIN, ["[2]"]), Tagged(Tag.BLOCK, ["D"])],
        ),
        Layout(second_field_align="flush", entry_spacing=0),
    )
    assert "\\settowidth{\\labelwidth}{[10]}%" in found
    assert "\\setlength{\\itemsep}{0pt}%" in found
    assert found.endswith(
        "\\item[{[1]}] A\n\\item[{[10]}] [B]\n\\item[{}] C\n\\item[{[2]}] D\n"
        "\\end{list}\\par\n\\endgroup\n"
    )


def test_numbers_in_the_margin() -> None:
    """The texts are not indented then."""
    layout = Layout(second_field_align="margin")
    found = WRITER.bibliography(entries(numbered("1", "A")), layout)
    assert "\\setlength{\\leftmargin}{0pt}%" in found
    assert "\\addtolength" not in found
