"""Jupyter's notebooks."""

from __future__ import annotations

import json

import pytest

from documents.markup_made import place_of
from lupusrefs.documents.document import Document, DocumentFile, DocumentKind
from lupusrefs.documents.notebook import read

FILE = "a.ipynb"


def document(text: str) -> Document:
    """The document of a file."""
    return read(DocumentFile(FILE, text.encode()))


def notebook(*cells: dict[str, object], **metadata: object) -> str:
    """A notebook, as Jupyter writes it."""
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1)


def markdown(*lines: str) -> dict[str, object]:
    """A cell of Markdown."""
    return {"cell_type": "markdown", "metadata": {}, "source": lines}


def code(source: str, *outputs: dict[str, object]) -> dict[str, object]:
    """A cell of code, with its outputs."""
    return {"cell_type": "code", "source": source, "outputs": outputs}


def data(**forms: object) -> dict[str, object]:
    """An output in several forms; the first part of their names is text."""
    bundle = {f"text/{name}": form for name, form in forms.items()}
    return {"output_type": "display_data", "data": {"image/png": "10.1000/i", **bundle}}


def test_cells_and_outputs_in_their_order() -> None:
    """Of an output in several forms one is read; images are not."""
    text = notebook(
        markdown("# Title\n", "Words."),
        code(
            "# see 10.1000/c\nx",
            {"output_type": "stream", "name": "stdout", "text": ["out\n", "more"]},
            data(html="<p>a &amp; <b>b</b>", plain="no"),
            data(plain="<Figure>"),
            data(),
            {"output_type": "error", "ename": "E", "traceback": ["10.1000/t"]},
        ),
        {"cell_type": "raw", "source": "raw"},
        markdown("  \n"),
    )
    found = document(text)
    assert found.kind is DocumentKind.NOTEBOOK
    assert found.text.text == (
        "# Title\nWords.\n\n# see 10.1000/c\nx\n\nout\nmore\n\na & b\n\n<Figure>\n\nraw"
    )
    assert not found.diagnostics


def test_characters_know_their_places_in_the_json() -> None:
    """Behind escapes, in another line of the cell, and in HTML in an output."""
    text = notebook(
        markdown('Say "hé" \\alpha\n', "and 😀 [@key] here"),
        code("", data(html='<i title="t">deep &lt; "sea"</i>')),
    )
    found = document(text)
    shown = found.text.text
    assert shown == 'Say "hé" \\alpha\nand 😀 [@key] here\n\ndeep < "sea"'
    for part, needle in (
        ("Say", "Say"),
        ('"hé', '\\"h'),
        ("é", "\\u00e9"),
        ("alpha", "alpha"),
        ("and", "and"),
        ("😀", "\\ud83d"),
        ("here", "here"),
        ("deep", "deep"),
        ("<", "&lt;"),
        ('"sea', '\\"sea'),
        ("sea", "sea"),
    ):
        place = found.text.location(shown.index(part))
        assert str(place) == place_of(text, needle, FILE), part
    assert str(found.citations[0].location) == place_of(text, "key]", FILE)
    span = found.text.location(shown.index("here"), shown.index("here") + 4).span
    assert span is not None
    assert text[span.start : span.end] == "here"


def test_escapes_of_every_kind() -> None:
    """Half of a character is no character."""
    escapes = r"\t\r\b\f\/\"\\ A \ud83d x"
    text = f'{{"cells": [{{"cell_type": "code", "source": "{escapes}"}}]}}'
    assert document(text).text.text == '\t\r\b\f/"\\ A \ufffd x'


def test_markdown_cells_are_read_as_markdown() -> None:
    """Citations, links, libraries, entries and metadata, with their places."""
    text = notebook(
        {
            "cell_type": "raw",
            "source": ["---\n", "title: T\n", "bibliography: refs.bib\n", "---\n"],
        },
        markdown(
            "As [@doe, p. 3] and [this](https://doi.org/10.1000/x).\n",
            "\n",
            "```\n",
            "@code\n",
            "```\n",
            '\n<div id="ref-doe" class="csl-entry">Doe. *T*. <https://e.org/></div>\n',
        ),
    )
    found = document(text)
    assert found.work is not None
    assert found.work.title == "T"
    assert [one.path for one in found.libraries] == ["refs.bib"]
    assert str(found.libraries[0].location) == place_of(text, "refs.bib", FILE)
    assert [one.key for one in found.citations] == ["doe"]
    assert "https://doi.org/10.1000/x" in [one.target for one in found.links]
    assert str(found.links[0].location) == place_of(text, "https://doi.org", FILE)
    assert [one.text for one in found.listed] == ["Doe. T. https://e.org/"]
    assert str(found.listed[0].location) == place_of(text, "<div id", FILE)
    inner = found.listed[0].links[0]
    assert str(inner.location) == place_of(text, "https://e.org", FILE)


def test_what_is_wrong_with_a_cell_is_told_in_its_place() -> None:
    """Such as metadata that is no YAML."""
    text = notebook(
        markdown("---\n", "title: [T\n", "---\n"),
        markdown("\ufeffx @y"),
        markdown("\x00\x01 x"),
    )
    found = document(text)
    assert {one.location.file for one in found.diagnostics} <= {FILE}
    assert [one.key for one in found.citations] == ["y"]


def test_links_in_html_outputs() -> None:
    """With the place of their target."""
    text = notebook(code("x", data(html=["<p>\n", '<a href="https://e.org/a">b</a>'])))
    found = document(text)
    assert [(one.target, one.text) for one in found.links] == [("https://e.org/a", "b")]
    assert str(found.links[0].location) == place_of(text, "https://e.org", FILE)


KEPT = {
    "type": "article-journal",
    "title": "Foo",
    "author": [{"family": "Lee", "given": "A"}],
    "issued": {"year": 2010},
    "DOI": "10.1000/foo",
    "zotero": "x",
}


def test_references_that_programs_keep() -> None:
    """cite2c's, and those of the citation manager; with what cites them."""
    text = notebook(
        markdown(
            '<cite data-cite="1/AB">(Lee)</cite> <b data-cite="doe,roe">x</b>',
            ' <cite data-cite="undefined"></cite> <a href="#zotero%7C7%2FX">y</a>',
            ' <a href="#section">z</a>',
        ),
        cite2c={"citations": {"1/AB": KEPT, "bad": "x"}},
        **{"citation-manager": {"items": {"zotero": {"7/X": KEPT, "8": {}}, "n": 3}}},
    )
    found = document(text)
    assert [one.key for one in found.listed] == ["1/AB", "zotero|7/X", "zotero|8"]
    assert found.listed[0].item is not None
    assert found.listed[0].item.id == "1/AB"
    assert found.listed[0].item.issued is not None
    assert found.listed[0].text.startswith("A Lee. Foo.")
    keys = [one.key for one in found.citations]
    assert keys == ["1/AB", "doe", "roe", "zotero|7/X"]
    assert str(found.citations[1].location) == place_of(text, "doe", FILE)


def test_what_a_notebook_says_of_itself() -> None:
    """Its title and authors, where it has some."""
    authors = [{"name": "Ann Lee"}, {"name": 3}, "x", {}]
    found = document(notebook(title="T", authors=authors)).work
    assert found is not None
    assert found.to_csl() == {
        "type": "document",
        "author": [{"family": "Lee", "given": "Ann"}, {"literal": "3"}],
        "title": "T",
    }
    assert document(notebook(authors=authors)).work is None
    assert document(notebook(title=["x"], authors="y")).work is None


def test_the_older_format() -> None:
    """Sheets, headings, input, and outputs without a bundle."""
    text = json.dumps(
        {
            "worksheets": [
                {
                    "cells": [
                        {"cell_type": "heading", "level": 1, "source": ["Head"]},
                        {"cell_type": "html", "source": "<p>a<p>b"},
                        {
                            "cell_type": "code",
                            "input": ["x = 1"],
                            "outputs": [
                                {"output_type": "pyout", "text": ["1"]},
                                {
                                    "output_type": "pyout",
                                    "html": "<b>2</b>",
                                    "text": "3",
                                },
                            ],
                        },
                    ]
                }
            ],
            "nbformat": 3,
        }
    )
    assert document(text).text.text == "Head\n\na\n\nb\n\nx = 1\n\n1\n\n2"


@pytest.mark.parametrize(
    ("text", "expected", "errors"),
    [
        ("", "", 0),
        ("[1]", "", 1),
        ("x", "", 1),
        ('{"cells": {"cell_type": "code"}}', "", 0),
        ('{"cells": [1, {"source": ["a", 2, null]}], "metadata": 3}', "a", 0),
        (
            (
                '{"cells": [{"id": "a", "cell_type": "code", "source": "x"},'
                ' {"id": "b" 3}, {"id": "c", "cell_type": "code", "source": "y"}]}'
            ),
            "y",
            1,
        ),
        ("[" * 5000, "", 1),
    ],
)
def test_what_is_no_notebook_or_a_broken_one(
    text: str, expected: str, errors: int
) -> None:
    """It is told, and what can be read is read."""
    found = document(text)
    assert found.text.text == expected
    assert sum(one.is_error for one in found.diagnostics) == errors
