"""What a registry can be asked about a reference."""

from __future__ import annotations

import pytest

from lupusrefs.identify import identify
from lupusrefs.model.doi import Doi
from lupusrefs.model.identifiers import ArxivId, Pmcid, Pmid
from lupusrefs.model.item import Item
from lupusrefs.model.outcome import Malformed, NoIdentifier

PAPER = ArxivId("2101.00001")


def item(**fields: object) -> Item:
    """An item with some fields."""
    return Item.model_validate({"id": "a", **fields})


@pytest.mark.parametrize(
    "text",
    [
        "10.1056/NEJMc2107725",
        "https://doi.org/10.1056/nejmc2107725",
        "doi:10.1056/NEJMC2107725",
    ],
)
def test_the_doi_goes_first(text: str) -> None:
    """In any spelling, and whatever other identifiers there are."""
    found = identify(
        item(doi=text, pmid="34347960", pmcid="PMC1", url="https://arxiv.org/abs/2101.00001")
    )  # fmt: skip
    assert found == Doi.parse("10.1056/NEJMc2107725")


@pytest.mark.parametrize(
    "text",
    [
        "10.48550/arXiv.2101.00001",
        "10.48550/arxiv.2101.00001v2",
        "https://doi.org/10.48550/arXiv.2101.00001",
        "arXiv:2101.00001",
        "https://arxiv.org/abs/2101.00001",
    ],
)
def test_an_arxiv_id_in_the_doi_field(text: str) -> None:
    """ArXiv's own DOIs have no version (registries.md 4)."""
    found = identify(item(doi=text))
    assert isinstance(found, ArxivId)
    assert found.doi.key == "10.48550/arxiv.2101.00001"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/34347960/", Pmid("34347960")),
        ("PMID: 34347960", Pmid("34347960")),
        ("PMC2806746", Pmcid("PMC2806746")),
    ],
)
def test_another_identifier_in_the_doi_field(text: str, found: object) -> None:
    """It still names the work."""
    assert identify(item(doi=text)) == found


@pytest.mark.parametrize(
    "text", ["34347960", "not a doi", "10.1056", "978-0-306-40615-7"]
)
def test_what_is_none_is_malformed(text: str) -> None:
    """A bare number is too little to go by, and an ISBN is no DOI."""
    found = identify(item(doi=text))
    assert isinstance(found, Malformed)
    assert found.text == text
    assert found.message


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://doi.org/10.5555/a", Doi.parse("10.5555/a")),
        ("https://journal.example/doi/full/10.5555/a", Doi.parse("10.5555/a")),
        ("https://arxiv.org/abs/2101.00001", PAPER),
        ("https://doi.org/10.48550/arXiv.2101.00001", PAPER),
        ("https://doi.org/10.48550/arXiv.2101.00001v1", ArxivId("2101.00001", 1)),
        ("https://pubmed.ncbi.nlm.nih.gov/34347960/", Pmid("34347960")),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2806746/", Pmcid("PMC2806746")),
    ],
)
def test_an_identifier_inside_the_url(url: str, found: object) -> None:
    """It goes before PMID and PMCID."""
    assert identify(item(url=url, pmid="1", doi=" ")) == found


def test_a_url_that_names_nothing_is_passed_over() -> None:
    """The PMID is asked about."""
    assert identify(item(url="https://journal.example/", pmid="1")) == Pmid("1")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"pmid": "34347960"}, Pmid("34347960")),
        ({"pmid": "PMID: 34347960", "pmcid": "PMC1"}, Pmid("34347960")),
        ({"pmcid": "PMC2806746"}, Pmcid("PMC2806746")),
        ({"pmid": " ", "pmcid": "PMC2806746"}, Pmcid("PMC2806746")),
    ],
)
def test_numbers_of_pubmed(fields: dict[str, str], found: object) -> None:
    """PMID before PMCID; a blank one is none."""
    assert identify(item(**fields)) == found


@pytest.mark.parametrize("fields", [{"pmid": "x"}, {"pmcid": "2806746"}])
def test_malformed_numbers_of_pubmed(fields: dict[str, str]) -> None:
    """The text is told."""
    found = identify(item(**fields))
    assert isinstance(found, Malformed)
    assert found.text in fields.values()


@pytest.mark.parametrize(
    "fields",
    [
        {"archive": "arXiv", "archive_location": "2101.00001"},
        {"publisher": "arXiv", "number": "2101.00001"},
        {"publisher": "arXiv", "number": "arXiv:2101.00001"},
        {"number": "arXiv:2101.00001"},
        {"archive": "arXiv", "archive_location": "q-bio.CB", "number": "2101.00001"},
    ],
)
def test_an_arxiv_id_beside_its_archive(fields: dict[str, str]) -> None:
    """As reference managers write preprints."""
    assert identify(item(**fields)) == PAPER


def test_a_number_elsewhere_is_no_arxiv_id() -> None:
    """2101.00001 may be a report's number."""
    assert isinstance(identify(item(number="2101.00001")), NoIdentifier)


def test_an_isbn_alone_is_not_asked_about() -> None:
    """The note says why."""
    found = identify(item(isbn="9780306406157"))
    assert isinstance(found, NoIdentifier)
    assert "ISBN" in (found.note or "")


def test_nothing_to_ask_about() -> None:
    """No note either."""
    assert identify(item(title="A title")) == NoIdentifier()
