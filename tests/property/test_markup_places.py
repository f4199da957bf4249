"""Laws of the readers of markup: whatever the file, every character has its place."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from lupusrefs.documents.catalogue import read
from lupusrefs.documents.document import Document, DocumentFile, DocumentKind

PIECES = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b>", "</b>", "<br>", "<br/>", "<div id=a>", "</div>"),
            *("<a href='https://doi.org/10.1000/1'>", "</a>", "<li>", "<ol>", "</ol>"),
            *("<h2>References</h2>", "<table>", "<td>", "</table>", "<pre>", "</pre>"),
            *("&amp;", "&lt;", "&eacute;", "&#233;", "&nbsp;", "&bogus;", "&", "<"),
            *(" ", "\n", "\r\n", "  \t", "word", "Doe J. 2001.", "é", "😀", '"', "'"),
            *("<!-- c -->", "<!--", "-->", "<![CDATA[x]]>", "<?p?>", "</x>", "<x y='"),
            *("<ref id='r'>", "</ref>", "<mixed-citation>", "</mixed-citation>"),
            *("<name>", "<surname>", "</surname>", "</name>", "<bibl>", "</bibl>"),
            *("<title>", "</title>", "<script>", "</script>", ">", "/>", "=", "\\n"),
        ]
    ),
    max_size=30,
).map("".join)
XML = (DocumentKind.JATS, DocumentKind.TEI)


def check(found: Document, text: str) -> None:
    """Each character stands at its place, or is what something there stands for."""
    shown = found.text.text
    for at, char in enumerate(shown):
        span = found.text.location(at).span
        # Of what parts two pieces, the place is behind the first one.
        if char in " \n\t.,:–" or span is None:
            continue
        assert text[span.start] in {char, "&", "\\"}
    for listed in found.listed:
        assert listed.location.column >= 1
    assert len(shown) <= len(text) * 4


@given(PIECES)
@settings(deadline=None)
def test_html(text: str) -> None:
    """Pages, however broken."""
    check(read(DocumentFile("a", text.encode()), DocumentKind.HTML), text)


@given(PIECES)
@settings(deadline=None)
def test_jats_and_tei(text: str) -> None:
    """XML, up to where it breaks."""
    article = f"<article><body>{text}</body></article>"
    for kind in XML:
        whole = (
            article if kind is DocumentKind.JATS else f"<TEI><text>{text}</text></TEI>"
        )
        check(read(DocumentFile("a", whole.encode()), kind), whole)


@given(PIECES, PIECES, st.booleans())
@settings(deadline=None)
def test_notebooks(words: str, page: str, is_ascii: bool) -> None:
    """Cells and outputs, with and without escapes."""
    cells = [
        {"cell_type": "markdown", "source": words.splitlines(keepends=True)},
        {"cell_type": "code", "source": "", "outputs": [{"data": {"text/html": page}}]},
    ]
    text = json.dumps({"cells": cells}, ensure_ascii=is_ascii, indent=1)
    check(read(DocumentFile("a", text.encode()), DocumentKind.NOTEBOOK), text)
