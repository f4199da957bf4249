"""Markdown, read back by a CommonMark parser."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from csl.output.trees import (
    Seen,
    bold,
    entries,
    italic,
    numbered,
    seen,
    squeezed,
    texts,
    trees,
)
from lupusrefs.csl.output.markdown import MarkdownWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged

WRITER = MarkdownWriter()
_FACES = (Tag.ITALIC, Tag.BOLD, Tag.NO_BOLD, Tag.OBLIQUE)
_NAMES = {"em": "italic", "strong": "bold", "link": "link"}


def read(text: str) -> Seen:
    """What CommonMark makes of one paragraph."""
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = [token.type for token in tokens]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"]), text
    return squeezed(_read(tokens[1].children or [])) if tokens else []


def _read(tokens: list[Token]) -> Seen:
    found: Seen = []
    marks: list[str] = []
    for token in tokens:
        name = _NAMES.get(token.type.partition("_")[0])
        if token.nesting == 1:
            marks.append(name or token.type)
        elif token.nesting == -1:
            marks.pop()
        else:
            # Inline HTML, code or an image would be text that was no text.
            assert token.type in {"text", "text_special", "hardbreak"}, token
            text = " " if token.type == "hardbreak" else token.content
            found += [(char, frozenset(marks)) for char in text]
    return found


@given(texts())
@example("1. a")
@example("# a")
@example("    a")
@example("a\n\n---\n- b")
@example("===")
@example("&amp; &#38; & AT&T")
@example("![a](b) <b>c</b> <https://d.example>")
def test_text_is_no_markup(text: str) -> None:
    """A parser finds one paragraph with the text as it was."""
    assert read(WRITER.inline([text])) == seen([text])


@given(trees(_FACES))
@example([bold(italic("#"), " a"), "b"])
@example([italic("a", bold("b"), "c")])
@example([italic("(a)"), bold("b"), italic("c")])
@example([bold("x", italic("(", bold("—"), "b")), bold("c")])
@example(["d", bold("b", italic("]-"))])
@example([italic("a", Tagged(Tag.OBLIQUE, ["b"]))])
def test_emphasis_holds_wherever_it_stands(content: list[Inline]) -> None:
    """Beside letters, punctuation and other emphasis."""
    expected = [
        (char, frozenset("italic" if m == "oblique" else m for m in marks))
        for char, marks in seen(content)
    ]
    assert read(WRITER.inline(content)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p < 0.05 & a_b", "p < 0.05 & a_b"),
        ("snake_ _case", r"snake\_ \_case"),
        ("H2O*, [1], `x`", r"H2O\*, \[1\], \`x\`"),
        ("~a^ $5 b|c \\", r"\~a\^ \$5 b\|c \\"),
        ("&lt; &#60; &c", r"\&lt; \&#60; &c"),
        ("a <b> </c>", r"a \<b> \</c>"),
        ("a@b, @key", r"a\@b, \@key"),
        ("a--b...", r"a\--b\..."),
        ('“quoted” isn\'t "it"', '“quoted” isn\'t "it"'),
        ("# a # b", r"\# a # b"),
        ("> a > b", r"\> a > b"),
        ("1. a 2. b", r"1\. a 2. b"),
        ("(iv) a", r"(iv\) a"),
        ("B. Russell", "B. Russell"),
        ("- a - b", r"\- a - b"),
        ("-4 °C", "-4 °C"),
        ("% a", r"\% a"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, expected: str) -> None:
    """And nothing else, where it stands."""
    assert WRITER.inline([text]) == expected


def test_lists_begin_only_lines() -> None:
    """After markup a number is a number."""
    assert WRITER.inline([italic("a"), "1. b"]) == "*a*1. b"


def test_emphasis_within_a_word() -> None:
    """Asterisks, which a letter beside does not disarm."""
    assert WRITER.inline(["un", italic("frigging"), "real"]) == "un*frigging*real"


def test_blanks_leave_emphasis() -> None:
    """A sign beside a blank is none."""
    assert WRITER.inline(["a", italic(" b "), "c"]) == "a *b* c"


def test_letters_beside_punctuation_become_references() -> None:
    """Else the asterisk would belong to the letter."""
    assert WRITER.inline(["a", italic("“b”"), "c"]) == "&#97;*“b”*&#99;"
    assert WRITER.inline(["a_b", italic("(c)"), "d_e"]) == (r"a\_&#98;*(c)*&#100;\_e")


def test_nested_emphasis_that_meets_takes_underscores() -> None:
    """Three signs in a row would be paired by their number."""
    assert WRITER.inline([italic(bold("a"), " b")]) == "*__a__ b*"
    assert WRITER.inline([italic("a ", bold("b"))]) == "*a **b***"


def test_pandocs_markup() -> None:
    """Superscripts, subscripts and spans."""
    content = [
        Tagged(Tag.SUPERSCRIPT, ["1 a"]),
        Tagged(Tag.SUBSCRIPT, ["2"]),
        Tagged(Tag.SMALL_CAPS, ["b"]),
        Tagged(Tag.UNDERLINE, ["c"]),
        Tagged(Tag.LIGHT, ["d"]),
    ]
    assert WRITER.inline(content) == r"^1\ a^~2~[b]{.smallcaps}[c]{.underline}d"


def test_a_superscript_of_more_than_text_is_html() -> None:
    """Pandoc would read a footnote, or what is escaped."""
    inner = Tagged(Tag.SMALL_CAPS, ["a"])
    assert WRITER.inline([Tagged(Tag.SUPERSCRIPT, [inner])]) == (
        "<sup>[a]{.smallcaps}</sup>"
    )
    assert WRITER.inline([Tagged(Tag.SUBSCRIPT, ["*"])]) == r"<sub>\*</sub>"


def test_links() -> None:
    """Parentheses in brackets, entities escaped, a bare URL as itself."""
    doi = "https://doi.org/10.1016/S0140-6736(05)1"
    assert WRITER.inline([Link(doi, ["x"])]) == f"[x](<{doi}>)"
    assert WRITER.inline([Link(doi, [doi])]) == f"<{doi}>"
    amp = Link("https://a.example/?a&lt;", ["x"])
    assert WRITER.inline([amp]) == "[x](https://a.example/?a&amp;lt;)"
    odd = Link("https://a.example/<ü>", ["x"])
    assert WRITER.inline([odd]) == "[x](https://a.example/%3C%C3%BC%3E)"


def test_text_beside_a_link_stays_text() -> None:
    """Neither an image before it nor attributes after it."""
    link = Link("https://a.example", ["x"])
    assert WRITER.inline(["Wow!", link, "{a}"]) == (r"Wow\![x](https://a.example)\{a}")


def test_a_bibliography_of_paragraphs() -> None:
    """With hard line breaks within an entry."""
    found = entries(
        numbered("[1]", italic("A")),
        [Tagged(Tag.BLOCK, ["B"]), Tagged(Tag.INDENT, ["1. c"])],
    )
    assert WRITER.bibliography(found, Layout()) == ("\\[1\\] *A*\n\nB\\\n1\\. c\n")
    assert WRITER.bibliography([], Layout()) == ""
