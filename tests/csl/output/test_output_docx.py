"""WordprocessingML, read back by an XML parser."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given

from csl.output.trees import bold, entries, italic, numbered, said, trees
from lupusrefs.csl.output.docx import DocxWriter
from lupusrefs.csl.output.tree import Inline, Layout, Link, Tag, Tagged

WRITER = DocxWriter()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(xml: str) -> ET.Element:
    """The document of a body."""
    return ET.fromstring(  # noqa: S314 - our own document
        WRITER.standalone(xml).encode()
    )


@given(trees())
def test_trees_read_back(content: list[Inline]) -> None:
    """Every text is XML, and what it was."""
    root = read(WRITER.bibliography(entries(content), Layout()))
    assert "".join([text.text or "" for text in root.iter(f"{W}t")]) == said(content)


def test_runs() -> None:
    """With their properties in the order of the schema."""
    content: list[Inline] = [
        "a & ",
        italic(bold("b")),
        Tagged(Tag.SUPERSCRIPT, [Tagged(Tag.SUBSCRIPT, ["c"])]),
    ]
    assert WRITER.inline(content) == (
        '<w:r><w:t xml:space="preserve">a &amp; </w:t></w:r>'
        "<w:r><w:rPr><w:b/><w:i/></w:rPr>"
        '<w:t xml:space="preserve">b</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr>'
        '<w:t xml:space="preserve">c</w:t></w:r>'
    )


def test_a_link_is_a_field() -> None:
    """Begin, instruction, separator, result, end."""
    found = WRITER.inline([Link("https://a.example/?a&b", ["x"])])
    root = read(f"<w:p>{found}</w:p>")
    assert [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")] == [
        "begin",
        "separate",
        "end",
    ]
    code = next(root.iter(f"{W}instrText")).text
    assert code == ' HYPERLINK "https://a.example/?a&b" '


def test_paragraphs_hang() -> None:
    """In Word's style for bibliographies."""
    layout = Layout(hanging_indent=True, line_spacing=2)
    assert WRITER.bibliography(entries(["A"]), layout) == (
        '<w:p><w:pPr><w:pStyle w:val="Bibliography"/>'
        '<w:spacing w:after="240" w:line="480" w:lineRule="auto"/>'
        '<w:ind w:left="720" w:hanging="720"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">A</w:t></w:r></w:p>\n'
    )


def test_numbers_have_a_tab() -> None:
    """A stop at the left edge of the text."""
    layout = Layout(second_field_align="flush", max_offset=3)
    root = read(WRITER.bibliography(entries(numbered("[1]", "A")), layout))
    stop = next(root.iter(f"{W}tabs"))[0]
    assert stop.attrib == {f"{W}val": "left", f"{W}pos": "480"}
    runs = [run[0].tag.removeprefix(W) for run in root.iter(f"{W}r")]
    assert runs == ["t", "tab", "t"]


def test_blocks_are_paragraphs() -> None:
    """Within a citation they are line breaks."""
    content = [Tagged(Tag.BLOCK, ["A"]), Tagged(Tag.INDENT, ["b"])]
    root = read(WRITER.bibliography(entries(content), Layout()))
    indents = [ind.get(f"{W}left") for ind in root.iter(f"{W}ind")]
    assert indents == ["0", "720"]
    assert WRITER.inline(content).count("<w:br/>") == 1
