"""The identifiers that a document mentions."""

from __future__ import annotations

import pytest

from lupusrefs.documents.document import Document, DocumentFile, DocumentKind, Link
from lupusrefs.documents.mentions import find_mentions
from lupusrefs.documents.text import read
from lupusrefs.model.identifier_text import find_identifiers
from lupusrefs.model.location import Location


def document(text: str, *links: Link) -> Document:
    """A plain text with links."""
    plain = read(DocumentFile("a.txt", text.encode()))
    return Document("a.txt", DocumentKind.TEXT, plain.text, links=links)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("see arXiv:2101.00001v2.", "arxiv", "2101.00001v2"),
        ("at https://arxiv.org/abs/hep-th/9901001,", "arxiv", "hep-th/9901001"),
        ("PMID: 34347960; next", "pmid", "34347960"),
        ("https://pubmed.ncbi.nlm.nih.gov/34347960/", "pmid", "34347960"),
        ("(PMC2806746)", "pmcid", "PMC2806746"),
        (
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2806746/",
            "pmcid",
            "PMC2806746",
        ),
        ("ISBN 978-0-306-40615-7.", "isbn", "9780306406157"),
        ("ISBN: 0-306-40615-2", "isbn", "0306406152"),
        ("doi:10.1000/182.", "doi", "10.1000/182"),
        ("PubMed ID 34347960", "pmid", "34347960"),
        ("arXiv:2101. 00001", "arxiv", "2101.00001"),
        ("ISBN 978 – 0 – 306 – 40615 – 7", "isbn", "9780306406157"),
    ],
)
def test_a_label_or_url_shows_an_identifier(text: str, kind: str, value: str) -> None:
    """Each kind in the spellings that prose has."""
    assert [(one.kind, one.value) for one in find_identifiers(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2021 we saw 34347960 cells",
        "ISBN 978-0-306-40615-8",
        "arXiv:2113.00001",
        "the PMC cohort of 1234",
        "my-pubmed 12 years",
    ],
)
def test_a_number_alone_is_none(text: str) -> None:
    """Without a label, or with a wrong check digit, there is nothing."""
    assert find_identifiers(text) == []


def test_a_number_within_a_doi_is_no_second_one() -> None:
    """The arXiv number in arXiv's DOI is told once, as the DOI."""
    found = find_identifiers("https://doi.org/10.48550/arXiv.2101.00001")
    assert [(one.kind, one.value) for one in found] == [
        ("doi", "10.48550/arXiv.2101.00001")
    ]


def test_a_link_that_is_shown_is_one_mention() -> None:
    """The text of a link and its target are the same mention."""
    link = Link("https://doi.org/10.1000/182", Location("a.txt", 1, 5))
    found = find_mentions(document("see doi:10.1000/182 there", link))
    assert [(one.value, one.location.column) for one in found] == [("10.1000/182", 9)]


def test_a_link_behind_other_words_is_one_more() -> None:
    """Where the reader sees "here", the target alone has the DOI."""
    link = Link("https://doi.org/10.1000/999", Location("a.txt", 1, 1), "here")
    found = find_mentions(document("here and doi:10.1000/182", link))
    assert [one.value for one in found] == ["10.1000/182", "10.1000/999"]


def test_a_line_that_repeats_itself_is_told_once() -> None:
    """A DOI and its URL in one line are one mention; in the next line another."""
    text = "doi:10.1000/182 https://doi.org/10.1000/182\n10.1000/182"
    found = find_mentions(document(text))
    assert [str(one.location) for one in found] == ["a.txt:1:5", "a.txt:2:1"]


def test_the_readings_of_a_doubtful_doi_are_kept() -> None:
    """Whether the bracket belongs to it, the registry decides."""
    found = find_mentions(document("(10.1000/182(9))"))
    assert found[0].candidates[0] == found[0].value
