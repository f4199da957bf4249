"""Markdown of any kind is read without a traceback, and in its own places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.documents.document import DocumentFile
from lupusrefs.documents.markdown.read import read

PIECES = st.sampled_from(
    [
        *(
            "`",
            "``",
            "```\n",
            "~~~ r\n",
            "```{note}\n",
            "<!--",
            "-->",
            "---\n",
            "...\n",
        ),
        *("@a", "@{", "}", "[@b; -@c]", "[", "](", ")", "<a b=", ">", "*", "_", "\\"),
        *("\n", "\r\n", "\n\n", "    ", "- ", "> ", " ", "word", "title: x\n"),
        *("references:\n- id: a\n", "nocite: '@n'\n", "bibliography: b.bib\n"),
        *("{cite}`k`", "\\cite{l}", "::: {#ref-a}\n", ":::\n", '<div id="ref-b">'),
        *("</div>", "https://a.b/", "@doi:10.1000/1(", "[x]: ", "(@e) ", "author: [a"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    """Every key stands where it is said to stand, and so does the text."""
    found = read(DocumentFile("a.md", text.encode()))
    for one in found.citations:
        span = one.location.span
        assert span is not None
        assert text[span.start : span.end] == one.key
    for at, char in enumerate(found.text.text):
        place = found.text.location(at, at + 1).span
        assert place is not None
        assert text[place.start : place.end] == char
