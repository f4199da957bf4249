"""Pages: their text with its places, and where they point to."""

from __future__ import annotations

import pytest

from documents.html_made import FILE, page, text_of
from documents.markup_made import place_of
from lupusrefs.documents.document import DocumentFile, DocumentKind
from lupusrefs.documents.html import read
from lupusrefs.documents.html import tree as html_tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>one<p>two <b>b</b>old", "one\n\ntwo bold"),
        ("a<br>b<br/>c<hr>d", "a\nb\nc\nd"),
        ("a <!-- no --> b<!-- <p> -->c<!DOCTYPE x>d<?php e?>f", "a bcdf"),
        ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"),
        ("<table><tr><td>a<td>b<tr><th>c</table>", "a\tb\nc"),
        ("<table><tbody><tr><td>a<tbody><tr><td>b</table>", "a\nb"),
        ("<pre>a  b\n c</pre> d", "a  b\n c\n\nd"),
        ("<pre>a&#10;b</pre>", "a\nb"),
        ("a\n\t  b &#32; c&nbsp;d", "a b c\u00a0d"),
        ("&lt;b&gt; &copy 2 &nosuch; &amp; & < b", "<b> © 2 &nosuch; & & < b"),
        ("<script>a</script>b<style>c</style><noscript>d</noscript>", "b"),
        ("<head><title>T</title><meta></head><body>b", "b"),
        ("<head><title>T</title><p>b", "b"),
        ("<textarea>a<b></textarea>b<svg><title>s</title></svg>", "b"),
        ("<a href=x>a</a><a href=y>b</a> <a>c</a>", "a b c"),
        ("<div>a</p>b</div></div>c", "ab\n\nc"),
        ("<b>a<i>b</b>c</i>d", "abcd"),
        ("<td>a</div></span>b", "ab"),
        ("a<![CDATA[b < c]]>d<![CDATA[]]>", "ab < cd"),
        ("<textarea></textarea><title></title>a", "a"),
        ("<html><body>a</html>b", "a\n\nb"),
        ("<table><tr><td>a</table></td>b", "a\n\nb"),
        ("<p>a</p >b</p", "a\n\nb"),
        ("<P CLASS=X>a</P>b", "a\n\nb"),
        ("<title>never closed <b>x", "never closed x"),
        ("<title>a<title>b</b>c", "abc"),
        ("a<script>b<p>c", "a"),
        ("<!-- never closed > b", "b"),
        ("<!-- a --> b <!-- c > d <!-- e > f", "b d f"),
        ("a <! b", "a"),
        ("a </ b> c", "a c"),
        ("<select><option>a<option>b</select>c", "c"),
        ("", ""),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    """Paragraphs, lines, entities, white space, and what is no text."""
    assert text_of(text) == expected


def test_characters_know_their_places() -> None:
    """Behind tags, entities and line ends."""
    text = "<html><body>\n<p>Smith &amp; Co<br>\r\n <i>two</i>  three &#xE9; &lt;10"
    found = page(text)
    assert found.kind is DocumentKind.HTML
    assert found.text.text == "Smith & Co\ntwo three é <10"
    for part, needle in (
        ("Smith", "Smith"),
        ("&", "&amp;"),
        ("Co", "Co<"),
        ("two", "two"),
        ("three", "three"),
        ("é", "&#xE9"),
        ("<10", "&lt;"),
        ("10", "10"),
    ):
        place = found.text.location(found.text.text.index(part))
        assert str(place) == place_of(text, needle, FILE)


def test_links_that_lead_somewhere() -> None:
    """Outside of the page, or to an identifier; with place and text."""
    text = """<a href="https://doi.org/10.1000/a&amp;b">A <b>b</b></a>
        <a href='//e.org/x'></a><a href=http://e.org/y/>y</a><a href="#top">t</a>
        <a href="mailto:a@b.c">m</a> <a href="/about">about</a>
        <a href="/doi/full/10.1000/182">rel</a><a name="n">n</a>
        <a href="javascript:x()">j</a><area href="doi:10.1000/9"><a href>e</a>
        <script><a href="https://e.org/no"></script>"""
    found = page(text).links
    assert [one.target for one in found] == [
        "https://doi.org/10.1000/a&b",
        "https://e.org/x",
        "http://e.org/y/",
        "/doi/full/10.1000/182",
        "doi:10.1000/9",
    ]
    assert found[0].text == "A b"
    assert str(found[0].location) == place_of(text, "https://doi.org", FILE)
    assert str(found[2].location) == place_of(text, "http://e.org/y", FILE)


def test_a_link_that_carries_data_is_none() -> None:
    """Longer than an address is."""
    assert not page(f'<a href="https://e.org/{"x" * 5000}">a</a>').links


def test_attributes_as_people_write_them() -> None:
    """Quotation marks that are missing or too many, repeated names, stray signs."""
    text = """<a id=1 href = 'https://e.org/1' href="https://e.org/2" / disabled>a</a>
        <a href="https://e.org/3"" class>b</a><a = href=https://e.org/4>c</a>
        <a title="a > b" href="https://e.org/?a=1&lt=2&amp;b=3">d</a>"""
    assert [one.target for one in page(text).links] == [
        "https://e.org/1",
        "https://e.org/3",
        "https://e.org/4",
        "https://e.org/?a=1&lt=2&b=3",
    ]


def test_a_coins_in_the_text_is_a_link() -> None:
    """To its DOI; one without a DOI is none."""
    text = """<span class="x Z3988" title="rft.atitle=A&amp;rft_id=info:doi/10.1000/a">
        </span><span class="Z3988" title="rft.atitle=B"></span><span class="Z3988">
        </span><span title="rft.atitle=C">"""
    found = page(text).links
    assert [one.target for one in found] == ["doi:10.1000/a"]
    assert str(found[0].location) == place_of(text, "rft.atitle=A", FILE)


def test_links_to_the_list_are_citations() -> None:
    """Those to other places are none; a dash stands for what is between."""
    items = "".join(f"<li id=r{n}>Doe J. Work no. {n}. 2001.</li>" for n in range(1, 5))
    text = f"""<p><a href="#r1">1</a>, <a href="#top">up</a> <sup><a href="#r2">2</a>
        &ndash; <a href="/paper#r4">4</a></sup><a href="http://e.org/#r1">x</a></p><h2>References</h2><ol>{items}</ol>"""
    found = page(text).citations
    assert [one.key for one in found] == ["r1", "r2", "r3", "r4"]
    assert str(found[1].location) == place_of(text, "r2", FILE)


def test_what_pandoc_says_is_cited() -> None:
    """By its links, or where it made none, by its list of keys."""
    items = "".join(
        f"<div class=csl-entry id=ref-{n}>Doe J, 2001.</div>" for n in "abc"
    )
    text = f"""<p><span data-cites="a"><a href="#ref-a">Doe</a></span>
        <span data-cites="c b no">(Doe, Roe)</span></p>
        <div class=csl-bib-body>{items}</div>"""
    found = page(text).citations
    assert [one.key for one in found] == ["ref-a", "ref-c", "ref-b"]
    assert str(found[1].location) == place_of(text, "c b no", FILE)


def test_the_encoding_that_a_page_names() -> None:
    """In a meta element, old or new."""
    for meta in (
        '<meta charset="iso-8859-2">',
        '<meta http-equiv=Content-Type content="text/html; charset=ISO-8859-2">',
    ):
        found = read(DocumentFile(FILE, f"{meta}<p>Škoda".encode("iso-8859-2")))
        assert found.text.text == "Škoda"


def test_deep_and_long_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nests too deep stands side by side; the rest is cut, and told."""
    deep = "<div>" * 3000 + "<a href='https://e.org/'>x</a>" + "</div>" * 3000 + "y"
    found = page(deep)
    assert found.text.text.split() == ["x", "y"]
    assert len(found.links) == 1
    monkeypatch.setattr(html_tree, "_MOST_ELEMENTS", 3)
    found = page("<b>a</b><b>b</b><b>c</b><b>d</b><b>e</b>")
    assert found.text.text == "abc"
    assert found.diagnostics[0].is_error


@pytest.mark.parametrize(
    "piece",
    [
        "<a href=",
        '<a b="',
        "<!--",
        "<!",
        "</",
        "<title>",
        "<p",
        "<a b='>",
        "&#",
        "<ul><li>",
    ],
)
def test_pages_of_nothing_but_broken_markup(piece: str) -> None:
    """They are read in one go."""
    assert page(piece * 3000).kind is DocumentKind.HTML
