"""Markdown documents: text, links, identifiers as keys, lists, libraries."""

from __future__ import annotations

import pytest

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.markdown.read import read
from lupusrefs.model.location import Span


def document(text: str) -> Document:
    """A document of this text."""
    return read(DocumentFile("a.md", text.encode()))


def links(text: str) -> list[tuple[str, str]]:
    """Targets and texts of the links, each of which stands where it is said to."""
    found = document(text).links
    for link in found:
        span = link.location.span
        assert span is not None
        assert text[span.start : span.end] in {link.target, link.text.removeprefix("@")}
    return [(link.target, link.text) for link in found]


def test_the_text_stands_where_it_stands() -> None:
    """All but metadata and comments is text; code is, too."""
    text = "---\ntitle: T\n---\nOne <!-- 10.1000/no --> two\n\n```\n10.1000/1\n```\n"
    found = document(text)
    assert found.kind is DocumentKind.MARKDOWN
    assert found.text.text == "\nOne  two\n\n```\n10.1000/1\n```\n"
    at = found.text.text.index("10.1000/1")
    place = found.text.location(at, at + 9)
    assert str(place) == "a.md:7:1"
    assert place.span == Span(text.index("10.1000/1"), text.index("10.1000/1") + 9)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_ends_of_lines(end: str) -> None:
    """Files from elsewhere read the same, in the same places."""
    text = (
        "---\ntitle: T\nbibliography: a.bib\n---\n\n@a\n\n```\n@b\n```\n\n"
        "[c]: http://c.d\n\n```{bibliography} b.bib\n```\n" + LIST
    )
    one, other = document(text), document(text.replace("\n", end))
    for kind in ("citations", "libraries", "links"):
        assert getattr(one, kind) == getattr(other, kind)
    assert other.work == one.work
    assert [(x.key, x.text) for x in other.listed] == [
        (x.key, x.text) for x in one.listed
    ]


def test_an_empty_file() -> None:
    """It says nothing, and nothing is wrong with it."""
    assert document("") == Document("a.md", DocumentKind.MARKDOWN, prose="")


def test_links() -> None:
    """Definitions, inline links, autolinks, attributes and bare addresses."""
    assert links(
        "[lab]: https://a.b/1 'Title'\n[l2]: <https://a.b/2>\n[^1]: A note.\n"
        '[a [b] c](https://a.b/(3) "t") [d]( <https://a.b/4> ) [e](#place)\n'
        "<https://a.b/5> <doi:10.1000/6> <a href='https://a.b/7'>x</a>\n"
        "(see https://a.b/8). [https://a.b/9] *https://a.b/10*, \\](https://a.b/11)\n"
    ) == [
        ("https://a.b/1", "lab"),
        ("https://a.b/2", "l2"),
        ("https://a.b/(3)", "a [b] c"),
        ("https://a.b/4", "d"),
        ("https://a.b/5", "https://a.b/5"),
        ("doi:10.1000/6", "doi:10.1000/6"),
        ("https://a.b/7", "https://a.b/7"),
        ("https://a.b/8", "https://a.b/8"),
        ("https://a.b/9", "https://a.b/9"),
        ("https://a.b/10", "https://a.b/10"),
        ("https://a.b/11", ""),
    ]


def test_code_and_comments_point_nowhere() -> None:
    """Their addresses are no links."""
    assert links("`https://a.b` <!-- https://a.b -->\n\n```\nhttps://a.b\n```") == []


def test_keys_that_are_identifiers() -> None:
    """Manubot's keys are citations and links; an address is a link anyway."""
    text = (
        "[@doi:10.1000/1; @pmid:123] @url:https://a.b/c @tag:x\n\n"
        "[@tag:x]: doi:10.1000/2\n"
    )
    assert links(text) == [
        ("doi:10.1000/1", "@doi:10.1000/1"),
        ("pmid:123", "@pmid:123"),
        ("https://a.b/c", "https://a.b/c"),
        ("doi:10.1000/2", "@tag:x"),
    ]
    assert [one.key for one in document(text).citations] == [
        *("doi:10.1000/1", "pmid:123", "url:https://a.b/c", "tag:x"),
    ]


def test_a_doi_with_brackets_as_a_key() -> None:
    """Pandoc ends the key before the bracket; the DOI that is meant goes on."""
    found = document("[@doi:10.1016/S0893-6080(05)80056-5] @doi:10.1000/1( x")
    assert [one.key for one in found.citations] == [
        *("doi:10.1016/S0893-6080", "doi:10.1000/1"),
    ]
    assert [one.target for one in found.links] == [
        *("doi:10.1016/S0893-6080(05)80056-5", "doi:10.1000/1"),
    ]


LIST = """Text [@doe] https://a.b.

::: {#refs .references .csl-bib-body}
::: {#ref-doe .csl-entry}
1. Doe, J. *A title*\\. [**Bold**]{.x}, <https://doi.org/10.1000/1>. [See](http://c.d)
:::

::: {#ref-roe .csl-entry}
Roe never closed.
::: {#ref-poe .csl-entry}
Poe <i>closed</i>.
:::
:::

<div id="ref-zoe" class="csl-entry">Zoe, _Z_ 1.</div>
https://e.f
"""


def test_a_list_that_pandoc_wrote() -> None:
    """Each block is an entry, with its key and its links."""
    found = document(LIST)
    assert [(one.key, one.text) for one in found.listed] == [
        ("doe", "Doe, J. A title. Bold, https://doi.org/10.1000/1. See"),
        ("roe", "Roe never closed."),
        ("poe", "Poe closed."),
        ("zoe", "Zoe, Z 1."),
    ]
    first = found.listed[0]
    assert str(first.location) == "a.md:4:1"
    assert [one.target for one in first.links] == [
        *("https://doi.org/10.1000/1", "http://c.d"),
    ]
    assert [one.target for one in found.links] == ["https://a.b", "https://e.f"]


def test_an_entry_of_pages_is_none() -> None:
    """A block that goes on for pages is no entry."""
    assert document(f"::: {{#ref-a}}\n{'x ' * 20_000}\n:::\n").listed == ()


def test_the_bibliography_directive() -> None:
    """MyST's directive names the libraries."""
    found = document("```{bibliography} refs.bib more.bib\n:filter: x\n```\n")
    assert [(one.path, str(one.location)) for one in found.libraries] == [
        ("refs.bib", "a.md:1:19"),
        ("more.bib", "a.md:1:28"),
    ]


def test_bytes_that_are_no_text() -> None:
    """A binary file is told of."""
    (told,) = read(DocumentFile("a.md", b"\x00\x01\x02" * 50)).diagnostics
    assert told.is_error


def test_references_in_code_are_examples() -> None:
    """The prose has blanks in their place, and all else where it is in the text."""
    text = "<!-- no -->\nReferences\n\n```\n1. Umbra V. On Bells. 2019.\n```\nAfter.\n"
    found = read(DocumentFile("a.md", text.encode()))
    assert found.prose is not None
    assert len(found.prose) == len(found.text.text)
    assert "Umbra" in found.text.text
    assert found.prose.split() == ["References", "After."]
    assert found.prose.index("After.") == found.text.text.index("After.")
