"""HTML, compared with the CSL test suite and read back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from csl.output.trees import HREFS, entries, italic, numbered, texts, trees
from lupusrefs.csl.output.characters import printable
from lupusrefs.csl.output.html import HtmlWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, RenderedEntry, Tag, Tagged

WRITER = HtmlWriter()
_RESULT = re.compile(r">>=+ *RESULT *=+>>\r?\n(.*?)\r?\n<<=+ *RESULT", re.DOTALL)
# The white space of the bibliography's own, around its elements.
_LAYOUT = re.compile(r"\n\n?(?: {4}(?=<)| {2}| *\Z)|\n")


class _Text(HTMLParser):
    """Collects text and the places that links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.hrefs: list[str | None] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value for name, value in attrs if name == "href"]


class _Tree(HTMLParser):
    """A bibliography of the suite as entries."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[list[Inline]] = []
        self._open: list[tuple[Tag | None, list[Inline]]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        if "csl-bib-body" in text:
            return
        self._flush(f"{text}")
        if "csl-entry" in text:
            self._open = [(None, [])]
            self.entries.append(self._open[0][1])
            return
        for name, (begin, _) in WRITER.tags.items():
            if begin.strip() == text:
                self._open.append((name, []))

    def handle_endtag(self, tag: str) -> None:
        self._flush("")
        if len(self._open) > 1:
            name, children = self._open.pop()
            assert name is not None
            self._open[-1][1].append(Tagged(name, children))
        elif self._open:
            self._open = []

    def handle_data(self, data: str) -> None:
        self._text += data

    def _flush(self, following: str) -> None:
        """Take what was read; outside of displays, without the layout's blanks."""
        text, self._text = self._text, ""
        if len(self._open) == 1:
            text = _LAYOUT.sub("", text + following)
            text = text.removesuffix(following)
        if text and self._open:
            self._open[-1][1].append(text)


def fixtures(corpus: Path) -> list[tuple[str, str]]:
    """Name and result of all bibliographies of the suite."""
    found = []
    for path in sorted((corpus / "csl-suite").glob("*.txt")):
        match = _RESULT.search(path.read_text(encoding="utf-8"))
        if match and match[1].startswith("<div"):
            found.append((path.name, match[1].replace("\r\n", "\n")))
    return found


@pytest.mark.corpus
def test_the_bibliographies_of_the_suite_to_the_blank(corpus: Path) -> None:
    """Read as a tree and written again, each is what it was."""
    found = fixtures(corpus)
    assert len(found) > 80
    for name, expected in found:
        reader = _Tree()
        reader.feed(expected)
        reader.close()
        assert WRITER.bibliography(entries(*reader.entries), Layout()) == expected, name


def test_special_characters_are_numbers() -> None:
    """As the suite writes them; quotation marks are left."""
    assert WRITER.inline(['a & b < c > "d"']) == 'a &#38; b &#60; c &#62; "d"'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (Tag.ITALIC, "<i>x</i>"),
        (Tag.OBLIQUE, "<em>x</em>"),
        (Tag.BOLD, "<b>x</b>"),
        (Tag.SUPERSCRIPT, "<sup>x</sup>"),
        (Tag.SUBSCRIPT, "<sub>x</sub>"),
        (Tag.SMALL_CAPS, '<span style="font-variant:small-caps;">x</span>'),
        (Tag.NO_ITALIC, '<span style="font-style:normal;">x</span>'),
        (Tag.BASELINE, '<span style="baseline">x</span>'),
    ],
)
def test_each_tag_has_its_element(tag: Tag, expected: str) -> None:
    """The elements of the suite."""
    assert WRITER.inline([Tagged(tag, ["x"])]) == expected


def test_every_tag_is_written() -> None:
    """None is forgotten in the table."""
    assert set(WRITER.tags) == set(Tag)


def test_a_plain_bibliography() -> None:
    """Each entry on a line; no line break at the end; none has no lines."""
    assert WRITER.bibliography(entries(["A"], [italic("B")]), Layout()) == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">A</div>\n'
        '  <div class="csl-entry"><i>B</i></div>\n'
        "</div>"
    )
    assert WRITER.bibliography([], Layout()) == '<div class="csl-bib-body">\n</div>'


def test_margin_and_rest_share_a_line() -> None:
    """Four blanks before them, two before the end of the entry."""
    assert WRITER.bibliography(entries(numbered("[1]", "Text")), Layout()) == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">\n'
        '    <div class="csl-left-margin">[1]</div>'
        '<div class="csl-right-inline">Text</div>\n'
        "  </div>\n"
        "</div>"
    )


def test_blocks_stand_on_lines_of_their_own() -> None:
    """An entry that ends in a block ends on its own line too."""
    block, indent = Tagged(Tag.BLOCK, ["A"]), Tagged(Tag.INDENT, ["B"])
    assert WRITER.bibliography(entries([block, indent, block]), Layout()) == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">\n\n'
        '    <div class="csl-block">A</div>\n\n'
        '    <div class="csl-indent">B</div>\n'
        "  \n\n"
        '    <div class="csl-block">A</div>\n'
        "  </div>\n"
        "</div>"
    )


def test_a_link_cannot_leave_its_attribute() -> None:
    """Quotes and ampersands are escaped; what is unsafe is no link."""
    assert WRITER.inline([Link('https://a.example/?x="&y', ["z"])]) == (
        '<a href="https://a.example/?x=&#34;&#38;y">z</a>'
    )
    assert WRITER.inline([Link("javascript:alert(1)", ["z"])]) == "z"


@given(texts())
def test_text_reads_back(text: str) -> None:
    """A parser finds the text as it was."""
    reader = _Text()
    reader.feed(WRITER.inline([text]))
    reader.close()
    assert reader.text == printable(text)


@given(trees(tuple(Tag)))
def test_trees_read_back(content: list[Inline]) -> None:
    """The text of all tags, blanks aside, and every link."""
    reader = _Text()
    reader.feed(WRITER.bibliography([RenderedEntry("a", content)], Layout()))
    reader.close()
    assert reader.text.split() == _Words().of(content)
    assert set(reader.hrefs) <= set(HREFS)


class _Words:
    """The words of a tree, as displays part them."""

    def of(self, content: list[Inline]) -> list[str]:
        return self._text(content).split()

    def _text(self, content: object) -> str:
        parts = []
        assert isinstance(content, list | tuple)
        for node in content:
            if isinstance(node, str):
                parts.append(printable(node))
            elif isinstance(node, Tagged):
                begin, end = WRITER.tags[node.tag]
                inner = self._text(node.children)
                parts.append(
                    " " * begin.startswith("\n")
                    + inner
                    + " " * end.endswith((" ", "\n"))
                )
            else:
                parts.append(self._text(node.children))
        return "".join(parts)


def test_a_body_is_a_document() -> None:
    """Pages are made elsewhere."""
    assert WRITER.standalone("x") == "x"
