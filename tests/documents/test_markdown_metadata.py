"""What the YAML metadata of a Markdown file says."""

from __future__ import annotations

import pytest

from lupusrefs.documents.document import Document, DocumentFile
from lupusrefs.documents.markdown.read import read
from lupusrefs.model.names import Name

DOE, ROE = Name("Doe", "Jane Q."), Name("Roe", "John")


def document(yaml: str, rest: str = "Text.\n") -> Document:
    """A document with this metadata."""
    return read(DocumentFile("a.qmd", f"---\n{yaml}\n---\n{rest}".encode()))


def test_the_work() -> None:
    """Title, authors, date and DOI."""
    work = document(
        'title: "On lupus"\nsubtitle: A study\nauthor: Jane Q. Doe\n'
        "date: 5 May 2021\ndoi: https://doi.org/10.1000/1"
    ).work
    assert work is not None
    assert work.title == "On lupus: A study"
    assert work.author == (DOE,)
    assert str(work.issued) == "2021-05-05"
    assert work.doi == "10.1000/1"


@pytest.mark.parametrize(
    "yaml",
    [
        "author: Jane Q. Doe and John Roe",
        "author: Jane Q. Doe, John Roe",
        "author: [Jane Q. Doe, John Roe]",
        "author:\n- Jane Q. Doe^[University of X, Y]\n- John Roe^1^",
        "author:\n- name: Jane Q. Doe\n  affiliation: X\n- name: John Roe $^2$",
        "author:\n- name: {given: Jane Q., family: Doe}\n- name: {literal: John Roe}",
        "authors:\n- given: Jane Q.\n  family: Doe\n- first: John\n  last: Roe",
        "author:\n- Jane Q. Doe:\n    institute: x\n- John Roe:\n    institute: y",
        "author:\n- name: Jane Q. Doe\n- {x: y}\n- {a: b, c: d}\n- [x]\n- John Roe",
    ],
)
def test_authors(yaml: str) -> None:
    """A text, a list of texts, or of persons with affiliations."""
    work = document(yaml).work
    assert work is not None
    assert work.author == (DOE, ROE)


def test_quartos_citation() -> None:
    """The DOI, date and journal may stand under ``citation``."""
    work = document(
        "title: T\ndoi: not a doi\ncitation:\n  doi: 10.1000/1\n  issued: 2020-01\n"
        "  container-title: J"
    ).work
    assert work is not None
    assert (work.doi, work.container_title) == ("10.1000/1", "J")
    assert str(work.issued) == "2020-01"


@pytest.mark.parametrize(
    "yaml", ["output: html", "title:\nauthor:\ndate: today", "text", "date: 2020"]
)
def test_metadata_that_says_nothing(yaml: str) -> None:
    """No title, author or DOI: no work."""
    assert document(yaml).work is None


def test_a_date_that_is_code() -> None:
    """What a report computes is no date."""
    work = document("title: T\ndate: '`r Sys.Date()`'").work
    assert work is not None
    assert work.issued is None


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("bibliography: refs.bib", ["refs.bib"]),
        ("bibliography: [a.bib, b.json]", ["a.bib", "b.json"]),
        (
            "bibliography:\n  main: a.bib\n  other: [b.bib]\n  x: {y: z}",
            ["a.bib", "b.bib"],
        ),
        ("bibliography:", []),
        ("bibliography: [[a]]", []),
    ],
)
def test_libraries(yaml: str, expected: list[str]) -> None:
    """One, several, or several with names."""
    assert [one.path for one in document(yaml).libraries] == expected


def test_places_of_libraries() -> None:
    """A library is named in its place in the file."""
    (one,) = document("title: T\nbibliography: refs.bib").libraries
    assert str(one.location) == "a.qmd:3:15"


def test_nocite() -> None:
    """Keys that are listed though the text does not cite them; "*" is all of them."""
    found = document("nocite: |\n  @a, @b\nother: '@c'", "[@d] and @fig-x\n")
    assert [one.key for one in found.citations] == ["a", "b", "d"]
    assert str(found.citations[1].location) == "a.qmd:3:8"
    everything = document("nocite: '@*'").citations
    assert [one.key for one in everything] == ["*"]


def test_references_in_the_metadata() -> None:
    """CSL items are the reference list."""
    (one,) = document(
        "references:\n- id: doe\n  type: book\n  title: T\n"
        "  author: [{family: Doe, given: J.}]\n  issued: 1999"
    ).listed
    assert one.key == "doe"
    assert one.text == "J. Doe. T. 1999."
    assert one.item is not None
    assert one.item.title == "T"
    assert str(one.location) == "a.qmd:3:3"
    assert document("references: refs.bib").listed == ()


def test_metadata_at_the_end() -> None:
    """Pandoc reads further blocks; a line of dashes across the page is none."""
    text = (
        "One.\n\n---\nnot metadata\n\n---\n\nTwo [@doe].\n\n"
        "---\nreferences:\n- id: doe\n  title: T\n...\n"
    )
    found = read(DocumentFile("a.md", text.encode()))
    assert [one.key for one in found.listed] == ["doe"]
    assert str(found.listed[0].location) == "a.md:12:3"
    assert "not metadata" in found.text.text
    assert "references" not in found.text.text


def test_of_two_blocks_the_first_counts() -> None:
    """The title is that of the first block that has one."""
    found = document(
        "bibliography: a.bib", "\n---\ntitle: Two\n---\n\n---\ntitle: X\n---\n"
    )
    assert found.work is not None
    assert found.work.title == "Two"
    assert [one.path for one in found.libraries] == ["a.bib"]


def test_a_block_that_is_not_closed_is_text() -> None:
    """Without its end it is no metadata."""
    found = read(DocumentFile("a.md", b"---\ntitle: T\n"))
    assert found.work is None
    assert "title" in found.text.text


def test_broken_yaml_is_told_once() -> None:
    """The metadata at the begin is meant as YAML; later blocks may be no YAML."""
    (told,) = document("title: a: b").diagnostics
    assert told.location.line == 2
    assert document("title: T", "\n---\na: b: c\n---\n").diagnostics == ()


def test_so_many_blocks() -> None:
    """What has more blocks than anybody writes is read up to a bound."""
    blocks = "\n---\nbibliography: x.bib\n---\n" * 30
    assert len(read(DocumentFile("a.md", blocks.encode())).libraries) == 20
