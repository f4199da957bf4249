"""Title, authors and DOI from the first lines, where they are plain."""

from __future__ import annotations

import pytest

from lupusrefs.documents.front_matter import front_matter

JOURNAL_PAGE = """\
Article Text

B2.01 A small trial of an old drug: What we learnt
  1. AB Miller1,2,
  2. C von der Smith1,
  3. D O'Neil2
  1. 1Department of Medicine, Some University, 20000 Town
  2. 2Other Institute, Main Street 1, 20000 Town

An old drug was given to new patients in 2012.
"""
PDF_PAGE = """\
J Small Things (2010) 18:327–335
DOI 10.1000/s10389-010-0315-0
REVIEW ARTICLE
Small things in large rooms:
a way of looking at them
John A. Miller & Jane Smith-Jones &
Peter Brown
Received: 17 September 2009
Abstract
Small things are hard to see.
10.1000/other is cited here.
"""
PRESS_RELEASE = """\
Pioneers of new therapies

01.02.2020 -

For the first time it was done.
Prof. Dr. Jane Miller_Karl Smith

Photo: Jane Miller
"""


def test_a_journal_page() -> None:
    """Numbered authors with the numbers of their affiliations; particles are kept."""
    found = front_matter(JOURNAL_PAGE)
    assert found is not None
    assert found.item.title == "B2.01 A small trial of an old drug: What we learnt"
    names = [str(name) for name in found.item.author]
    assert names == ["AB Miller", "C von der Smith", "D O'Neil"]
    assert JOURNAL_PAGE[found.span.start : found.span.end] == found.item.title
    assert found.item.doi is None


def test_a_page_of_a_pdf() -> None:
    """The title over two lines; the DOI is that of the head."""
    found = front_matter(PDF_PAGE)
    assert found is not None
    title = "Small things in large rooms: a way of looking at them"
    assert found.item.title == title
    assert [name.family for name in found.item.author] == [
        "Miller",
        "Smith-Jones",
        "Brown",
    ]
    assert found.item.doi == "10.1000/s10389-010-0315-0"


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Jane Miller, MD, PhD; Karl Smith, MSc", ["Miller", "Smith"]),
        ("Miller, Jane A.; de Smith, Karl", ["Miller", "Smith"]),
        ("Jane Miller* and Karl Smith†", ["Miller", "Smith"]),
        ("Jane Miller¹,² und Karl Smith³", ["Miller", "Smith"]),
        ("Jane Miller a,b, Karl Smith a", ["Miller", "Smith"]),
        ("JANE MILLER1", ["MILLER"]),
    ],
)
def test_lines_of_authors(authors: str, families: list[str]) -> None:
    """Degrees and marks are no part of a name."""
    text = f"What is known of small things\n{authors}\nDepartment of Things\n"
    found = front_matter(text)
    assert found is not None
    assert [name.family for name in found.item.author] == families


def test_one_author_before_an_abstract() -> None:
    """A name by itself is believed where the abstract follows."""
    text = "What is known of small things\nJane Miller\nZusammenfassung\nViel.\n"
    found = front_matter(text)
    assert found is not None
    assert [str(name) for name in found.item.author] == ["Jane Miller"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        PRESS_RELEASE,
        # A name, and nothing that says what it is.
        "Small things, large rooms, and us\nJane Miller\nIt was a day like others.\n",
        # A chapter.
        "What was said before of all of it\nI. Introduction\nAbstract\n",
        # Behind the abstract there are no authors.
        "What is known of small things\nAbstract\nJane Miller1, Karl Smith2\n",
        # No title before them.
        "REVIEW ARTICLE\nJane Miller1, Karl Smith2\nAbstract\n",
        "Vol. 3, No. 2\nJane Miller1, Karl Smith2\nAbstract\n",
        "Small\nJane Miller1, Karl Smith2\nAbstract\n",
        # The second line ends the title, or is the first author.
        "A study of youth and of\nthe new\nAthletic League\nJane Miller1\nAbstract\n",
        # Too long to be a title.
        "\n".join(["a line of many words that goes on and"] * 7)
        + "\nJane Miller1, Karl Smith2\nAbstract\n",
        # References.
        "Miller J, Smith K. A title. Nature 2001;3:4-5.\nBrown A. Title. 2002;3:4.\n",
    ],
)
def test_what_is_not_plain_is_not_believed(text: str) -> None:
    """None, rather than a wrong title."""
    assert front_matter(text) is None


@pytest.mark.parametrize(
    ("line", "doi"),
    [
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("Things 3, 4 (2010) doi: 10.1000/xyz", "10.1000/xyz"),
        ("We reported on it before in 10.1000/xyz and elsewhere", None),
        ("doi: 10.1000/abc doi: 10.1000/xyz", None),
        ("", None),
    ],
)
def test_the_doi_of_the_document(line: str, doi: str | None) -> None:
    """One that is printed by itself, not one that is spoken of."""
    text = f"{line}\n\nWhat is known of small things\nJane Miller1, Karl Smith2\n"
    found = front_matter(text)
    assert found is not None
    assert found.item.doi == doi


def test_only_the_head_is_read() -> None:
    """What stands behind sixty lines or eight thousand characters is no front."""
    page = "What is known of small things\nJane Miller1, Karl Smith2\n"
    assert front_matter("word\n" * 70 + page) is None
    assert front_matter("word " * 2000 + "\n" + page) is None
