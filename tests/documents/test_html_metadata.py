"""What pages say of themselves, and of what they cite, in their heads."""

from __future__ import annotations

import json

import pytest

from documents.html_made import FILE, page, work
from documents.markup_made import place_of


def tags(*pairs: tuple[str, str]) -> str:
    """Meta elements."""
    return "".join(f'<meta name="{name}" content="{text}">' for name, text in pairs)


def linked_data(data: object) -> str:
    """JSON-LD in a page."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            tags(
                ("citation_title", "A &amp; B."),
                ("citation_author", "Lee, Ann"),
                ("citation_author", "Bo Ek"),
                ("citation_journal_title", "J. Mice"),
                ("citation_journal_abbrev", "J. M."),
                ("citation_volume", "12"),
                ("citation_issue", "3"),
                ("citation_firstpage", "1"),
                ("citation_lastpage", "9"),
                ("citation_online_date", "2019/12/30"),
                ("citation_publication_date", "2020/05/03"),
                ("citation_doi", "doi:10.1000/me"),
                ("citation_issn", "1234-5678"),
                ("citation_pmid", "12"),
                ("citation_language", "en"),
                ("citation_publisher", "Press Inc."),
                ("DC.Title", "another"),
                ("DC.Creator", "another"),
            ),
            {
                "type": "article-journal",
                "author": [
                    {"family": "Lee", "given": "Ann"},
                    {"family": "Ek", "given": "Bo"},
                ],
                "title": "A & B",
                "container-title": "J. Mice",
                "container-title-short": "J. M.",
                "issued": {"date-parts": [[2020, 5, 3]]},
                "volume": "12",
                "issue": "3",
                "page": "1-9",
                "publisher": "Press Inc.",
                "DOI": "10.1000/me",
                "PMID": "12",
                "ISSN": "1234-5678",
                "language": "en",
            },
        ),
        (
            tags(
                ("DC.title", "T"),
                ("DC.source", "https://e.org/journal"),
                ("dcterms.creator", "Lee, A.; Ek, B."),
                ("DC.identifier", "urn:x"),
                ("DC.Identifier", "https://doi.org/10.1000/dc"),
                ("dcterms.issued", "2001-02"),
            ),
            {
                "type": "document",
                "author": [
                    {"family": "Lee", "given": "A."},
                    {"family": "Ek", "given": "B."},
                ],
                "title": "T",
                "issued": {"date-parts": [[2001, 2]]},
                "DOI": "10.1000/dc",
            },
        ),
        (
            '<meta property="prism:publicationName" content="P">'
            + tags(("prism.startingPage", "3"), ("prism.doi", "10.1000/p")),
            {
                "type": "article-journal",
                "container-title": "P",
                "page": "3",
                "DOI": "10.1000/p",
            },
        ),
        (
            tags(("bepress_citation_title", "B"), ("citation_isbn", "0-521-46674-1")),
            {"type": "book", "title": "B", "ISBN": "0-521-46674-1"},
        ),
        (
            tags(
                ("citation_title", "T"),
                ("citation_dissertation_institution", "Uni"),
                ("citation_editor", "Ann Lee"),
                ("citation_pmcid", "PMC12"),
            ),
            {
                "type": "thesis",
                "editor": [{"family": "Lee", "given": "Ann"}],
                "title": "T",
                "publisher": "Uni",
                "PMCID": "PMC12",
            },
        ),
        (
            tags(("citation_arxiv_id", "2301.01234")),
            {"type": "article", "URL": "https://arxiv.org/abs/2301.01234"},
        ),
        (
            '<link rel=cite-as href="https://doi.org/10.1000/c"><link rel=icon href=x>',
            {"type": "document", "DOI": "10.1000/c"},
        ),
        (tags(("viewport", "width=1"), ("citation_title", "x" * 30_000)), None),
        ("<title>Only this</title>", None),
    ],
)
def test_what_a_page_is(head: str, expected: dict[str, object] | None) -> None:
    """Highwire's tags before those of others; the type that they imply."""
    assert work(head) == expected


ARTICLE = {
    "@type": "ScholarlyArticle",
    "headline": "H",
    "author": [
        {"@type": "Person", "familyName": "Lee", "givenName": "Ann"},
        {"@type": "Person", "name": "Bo Ek"},
        {"@type": ["Organization"], "name": "The Org"},
        "Cy Dee",
    ],
    "datePublished": "2020-05-03",
    "identifier": [
        {"@type": "PropertyValue", "value": "https://doi.org/10.1000/ld"},
        {"@id": "x"},
        7,
    ],
    "pageStart": 1,
    "pageEnd": "9",
    "publisher": [{"name": "P"}],
    "inLanguage": "en",
    "isPartOf": {
        "@type": "PublicationIssue",
        "issueNumber": "4",
        "isPartOf": {
            "@type": ["PublicationVolume", "Periodical"],
            "volumeNumber": 3,
            "name": "J",
            "issn": ["1234-5678"],
        },
    },
}


NESTED: dict[str, object] = {}
for _ in range(9):
    NESTED = {"isPartOf": NESTED}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"@graph": [{"@type": "WebSite"}, {"mainEntity": ARTICLE}]},
            {
                "type": "article-journal",
                "author": [
                    {"family": "Lee", "given": "Ann"},
                    {"family": "Ek", "given": "Bo"},
                    {"literal": "The Org"},
                    {"family": "Dee", "given": "Cy"},
                ],
                "title": "H",
                "container-title": "J",
                "issued": {"date-parts": [[2020, 5, 3]]},
                "volume": "3",
                "issue": "4",
                "page": "1-9",
                "publisher": "P",
                "DOI": "10.1000/ld",
                "ISSN": "1234-5678",
                "language": "en",
            },
        ),
        (
            {
                "@type": "http://schema.org/Dataset",
                "name": ["D"],
                "sameAs": "10.1000/d",
                "publisher": "P",
                "pagination": "3-4",
                "isPartOf": ["x"],
                "author": {"@type": "Person"},
                "inLanguage": True,
                "datePublished": [],
            },
            {
                "type": "dataset",
                "title": "D",
                "page": "3-4",
                "publisher": "P",
                "DOI": "10.1000/d",
            },
        ),
        ({"@type": "Book", "isPartOf": {"isPartOf": {"@type": "X"}}}, None),
        ({"@type": "Book", "name": "x", **NESTED}, {"type": "book", "title": "x"}),
        ([{"@type": "WebPage", "name": "x"}, 1, None], None),
    ],
)
def test_linked_data(data: object, expected: dict[str, object] | None) -> None:
    """The work of a graph, with issue, volume and journal; other things are none."""
    assert work(linked_data(data)) == expected


def test_linked_data_beside_tags() -> None:
    """The tags go before it, and it fills what they leave open."""
    head = tags(("citation_title", "T"), ("citation_author", "Bo Ek"))
    found = work(head + linked_data(ARTICLE))
    assert found is not None
    assert (found["title"], found["volume"]) == ("T", "3")
    assert found["author"] == [{"family": "Ek", "given": "Bo"}]
    assert found["type"] == "article-journal"


@pytest.mark.parametrize(
    "text",
    ["{", "[" * 100_000, '"x"', " " * 3_000_000, "[{}" + ",{}" * 5000 + "]"],
)
def test_linked_data_that_is_none(text: str) -> None:
    """Broken, nested to break a reader, or far too long."""
    assert work(f'<script type="application/ld+json">{text}</script>') is None


def test_the_identifiers_of_a_page_are_links() -> None:
    """With the place of their value."""
    text = (
        tags(
            ("citation_doi", "10.1000/me"),
            ("citation_pmid", "12"),
            ("citation_arxiv_id", "arXiv:2301.01234"),
            ("citation_pmcid", ""),
            ("dc.identifier", "none"),
        )
        + '<link rel="cite-as" href="https://doi.org/10.1000/me">'
    )
    found = page(text).links
    assert [one.target for one in found] == [
        "doi:10.1000/me",
        "pmid:12",
        "arXiv:2301.01234",
        "doi:10.1000/me",
    ]
    assert str(found[0].location) == place_of(text, "10.1000/me", FILE)


ONE = (
    "citation_title=Paper one; citation_author=AB Smith, C Jones, D Foo;"
    "citation_journal_title=J Foo; citation_publication_date=2001; citation_volume=3;"
    " citation_pages=1-4; citation_doi=10.1000/one; citation_id=CR1"
)
TWO = "Doe J. Free text. 2003. doi:10.1000/two"


def test_references_in_tags() -> None:
    """Taken apart, or as text; with their DOIs; nothing is none."""
    text = tags(
        ("citation_reference", ONE),
        ("citation_reference", TWO),
        ("citation_reference", ""),
    )
    found = page(text).listed
    assert found[0].item is not None
    assert found[0].item.to_csl() == {
        "type": "article-journal",
        "author": [
            {"family": "Smith", "given": "AB"},
            {"family": "Jones", "given": "C"},
            {"family": "Foo", "given": "D"},
        ],
        "title": "Paper one",
        "container-title": "J Foo",
        "issued": {"date-parts": [[2001]]},
        "volume": "3",
        "page": "1-4",
        "DOI": "10.1000/one",
    }
    assert found[0].text.startswith("Paper one; AB Smith, C Jones, D Foo; J Foo; 2001")
    assert (found[1].text, found[1].item) == (TWO, None)
    targets = [link.target for one in found for link in one.links]
    assert targets == ["doi:10.1000/one", "doi:10.1000/two"]
    assert str(found[1].location) == place_of(text, TWO, FILE)


def test_references_as_quarto_writes_them() -> None:
    """With a comma behind each semicolon, and words for nothing."""
    text = tags(
        (
            "citation_reference",
            (
                "citation_title=Literate programs;,citation_author=Ann B. Lee;"
                ",citation_year=1984;,citation_issue=2;,citation_journal_title=undefined;"
            ),
        )
    )
    item = page(text).listed[0].item
    assert item is not None
    assert item.to_csl() == {
        "type": "document",
        "author": [{"family": "Lee", "given": "Ann B."}],
        "title": "Literate programs",
        "issued": {"date-parts": [[1984]]},
        "issue": "2",
    }


def test_references_in_tags_and_in_the_page() -> None:
    """What is seen is the list; the tags say what it means, where they are about it."""
    head = tags(
        ("citation_reference", ONE),
        ("citation_reference", "citation_author=AB Lee, C Ek;citation_doi="),
    )
    listed = """<h2>References</h2><ol><li id=a>Smith AB. <i>Paper One</i>. J Foo 2001.
        <li id=b>Doe J. Free text. 2003.</ol>"""
    first, second = page(head + listed).listed
    assert (first.key, first.text) == ("a", "Smith AB. Paper One. J Foo 2001.")
    assert first.item is not None
    assert first.item.doi == "10.1000/one"
    assert second.item is None
    only = page(tags(("citation_reference", ONE)) + listed).listed
    assert [one.item for one in only] == [None, None]
    other = page(
        tags(("citation_reference", TWO), ("citation_reference", ONE)) + listed
    )
    assert [one.item for one in other.listed] == [None, None]
