"""Fields of a work as markup has them."""

from __future__ import annotations

import pytest

from lupusrefs.documents.markup.item_fields import ItemFields, linked_doi


def csl(fields: ItemFields) -> dict[str, object]:
    """The item of some fields, without its type."""
    item = fields.item("document")
    assert item is not None
    return {key: value for key, value in item.to_csl().items() if key != "type"}


def test_of_nothing_there_is_no_item() -> None:
    """Empty texts, and what is far too long to be one, are nothing."""
    fields = ItemFields()
    fields.text("title", " ; ")
    fields.text("title", None)
    fields.text("volume", "1" * 30_000)
    fields.written_name("author", " ")
    fields.literal("author", None)
    fields.person("author", None)
    fields.name("author", None)
    fields.date("issued", "")
    fields.pages(None, " ")
    fields.doi(None)
    fields.pmid("")
    fields.arxiv("no")
    fields.serial("issn", "none of them")
    fields.serial("issn", "0-521-46674-1")
    fields.url("mailto:a")
    fields.url("https://e.org/" + "x" * 30_000)
    assert "author" not in fields
    assert fields.item("document") is None


def test_the_first_value_counts() -> None:
    """Of texts and dates; serial numbers and names are lists."""
    fields = ItemFields()
    for text in ("A title.", "Another"):
        fields.text("title", text)
        fields.date("issued", "2001" if "A t" in text else "2002")
        fields.serial("issn", "1234-5678" if "A t" in text else "2345-6789")
        fields.written_name("author", "Lee, Ann")
        fields.move("volume", "issue")
    fields.text("volume", "3.")
    fields.move("volume", "issue")
    fields.move("title", "issue")
    assert csl(fields) == {
        "author": [{"family": "Lee", "given": "Ann"}],
        "title": "A title",
        "issued": {"date-parts": [[2001]]},
        "issue": "3",
        "ISSN": "1234-5678, 2345-6789",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lee, Ann", {"family": "Lee", "given": "Ann"}),
        ("Ann Lee", {"family": "Lee", "given": "Ann"}),
        ("A. B. Lee", {"family": "Lee", "given": "A. B."}),
        ("Lee AB", {"family": "Lee", "given": "AB"}),
        ("van der Berg JD", {"family": "van der Berg", "given": "JD"}),
        ("O'Neill-Šmíd J", {"family": "O'Neill-Šmíd", "given": "J"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("et al.", {"literal": "others"}),
    ],
)
def test_names_as_they_are_written(text: str, expected: dict[str, object]) -> None:
    """In either order, and as MEDLINE has them; groups."""
    fields = ItemFields()
    fields.written_name("author", text)
    assert csl(fields) == {"author": [expected]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(2001a).", "2001"),
        ("5 August 2021", "2021-08-05"),
        ("2021/08/05", "2021-08-05"),
        ("ca. 1850, printed 1860", "1850"),
        ("in press", "in press"),
    ],
)
def test_dates_as_they_are_written(text: str, expected: str) -> None:
    """A calendar date, a year among words, words."""
    fields = ItemFields()
    fields.date("issued", text)
    item = fields.item("document")
    assert item is not None
    assert str(item.issued) == expected


def test_identifiers_that_are_none_stay_as_they_are_written() -> None:
    """So that whoever checks them can tell what is wrong with them."""
    fields = ItemFields()
    fields.doi("10.x/nothing")
    fields.pmid("no number")
    fields.pmcid("none")
    assert csl(fields) == {"DOI": "10.x/nothing", "PMID": "no number", "PMCID": "none"}


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1000/a%26b", "10.1000/a&b"),
        ("http://dx.doi.org/10.1000/a", "10.1000/a"),
        ("doi:10.1000/a", "10.1000/a"),
        ("info:doi/10.1000/a", "10.1000/a"),
        ("https://doi.org/help", None),
        ("https://e.org/10.1000/a", None),
        ("https://[broken/10.1000/a", None),
        ("https://doi.org/10.1000/" + "x" * 30_000, None),
    ],
)
def test_links_that_are_dois(url: str, doi: str | None) -> None:
    """Those to resolvers, and URIs; a publisher's page is a page."""
    assert linked_doi(url) == doi
