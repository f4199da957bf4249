"""arXiv ids, PMIDs, PMCIDs and ISBNs, and the choice between them."""

from __future__ import annotations

import pytest

from lupusrefs.errors import InvalidDoi, InvalidIdentifier
from lupusrefs.model.doi import Doi
from lupusrefs.model.identifiers import (
    ArxivId,
    Isbn,
    Pmcid,
    Pmid,
    parse_identifier,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("arXiv:1706.03762v5", ArxivId("1706.03762", 5)),
        ("arXiv: 1706.03762 [cs.CL]", ArxivId("1706.03762")),
        ("0704.0001", ArxivId("0704.0001")),
        ("https://arxiv.org/abs/1706.03762v2", ArxivId("1706.03762", 2)),
        ("https://arxiv.org/pdf/1706.03762v2.pdf", ArxivId("1706.03762", 2)),
        ("http://export.arxiv.org/abs/hep-th/9901001", ArxivId("hep-th/9901001")),
        ("math.GT/0309136", ArxivId("math/0309136")),
        ("cond-mat.mes-hall/0309136v1", ArxivId("cond-mat/0309136", 1)),
        ("10.48550/arXiv.1706.03762", ArxivId("1706.03762")),
        ("https://doi.org/10.48550/arXiv.hep-th/9901001", ArxivId("hep-th/9901001")),
    ],
)
def test_an_arxiv_id_is_read(text: str, expected: ArxivId) -> None:
    """Both schemes of info.arxiv.org, with URLs and arXiv's own DOIs."""
    assert ArxivId.parse(text) == expected
    assert ArxivId.parse(str(expected)) == expected


def test_the_doi_of_an_arxiv_id_has_no_version() -> None:
    """DataCite has 10.48550/arXiv.1706.03762 (recorded), for all versions."""
    doi = ArxivId.parse("1706.03762v5").doi
    assert doi == Doi.parse("10.48550/arxiv.1706.03762")
    assert ArxivId.parse("math.GT/0309136").doi.name == "10.48550/arXiv.math/0309136"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2313.01234", "they look like"),
        ("0703.0001", "April 2007"),
        ("2301.1234", "5 digits"),
        ("1310.25900", "4 digits"),
        ("asdf", "they look like"),
    ],
)
def test_a_wrong_arxiv_id_is_refused(text: str, hint: str) -> None:
    """The month and the number of digits follow the scheme."""
    with pytest.raises(InvalidIdentifier) as raised:
        ArxivId.parse(text)
    assert hint in (raised.value.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "12082125",
        "PMID: 12082125",
        "pmid12082125",
        "PubMed ID: 12082125",
        "info:pmid/12082125",
        "https://pubmed.ncbi.nlm.nih.gov/12082125/",
        "http://www.ncbi.nlm.nih.gov/pubmed/12082125?dopt=Abstract",
        "https://europepmc.org/article/MED/12082125",
    ],
)
def test_a_pmid_is_read(text: str) -> None:
    """The identifier of idutils' tests, in the spellings of its registries."""
    assert Pmid.parse(text) == Pmid("12082125")
    assert parse_identifier(text) == Pmid("12082125")
    assert str(Pmid.parse(text)) == "12082125"


@pytest.mark.parametrize("text", ["123456789", "0", "PMC2631623", "", "12a"])
def test_a_wrong_pmid_is_refused(text: str) -> None:
    """One to eight digits, not all zero."""
    with pytest.raises(InvalidIdentifier, match="not a PubMed identifier"):
        Pmid.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "PMC2631623",
        "pmc2631623",
        "PMCID: PMC2631623",
        "PMC2631623.1",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC2631623/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2631623/pdf/x.pdf",
        "https://europepmc.org/articles/PMC2631623",
        "https://europepmc.org/article/PMC/PMC2631623",
    ],
)
def test_a_pmcid_is_read(text: str) -> None:
    """Version, file and host come off; the letters stay."""
    assert Pmcid.parse(text) == Pmcid("PMC2631623")
    assert parse_identifier(text) == Pmcid("PMC2631623")
    assert str(Pmcid.parse(text)) == "PMC2631623"


@pytest.mark.parametrize("text", ["2631623", "PMC", "PMC0", "PMC12x"])
def test_a_wrong_pmcid_is_refused(text: str) -> None:
    """A number without letters would be a PMID."""
    with pytest.raises(InvalidIdentifier, match="PubMed Central"):
        Pmcid.parse(text)


@pytest.mark.parametrize(
    ("text", "isbn13"),
    [
        ("9783468111242", "9783468111242"),
        ("978-3-905673-82- 1", "9783905673821"),
        ("978‐3‐905673‐82‐1", "9783905673821"),
        ("ISBN-13: 978-3-905673-82-1", "9783905673821"),
        ("9798847781275", "9798847781275"),
        ("0-9752298-0-x", "9780975229804"),
        ("urn:isbn:0451450523", "9780451450524"),
        ("ISBN 0451450523", "9780451450524"),
    ],
)
def test_an_isbn_is_read(text: str, isbn13: str) -> None:
    """Ten or thirteen digits; the ten-digit number has a thirteen-digit twin."""
    isbn = Isbn.parse(text)
    assert isbn.isbn13 == isbn13
    assert isbn == Isbn.parse(isbn13)
    assert Isbn.parse(str(isbn)) == isbn
    assert parse_identifier(text) == isbn


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("9783468111243", "the last would be 2"),
        ("0451450524", "the last would be 3"),
        ("12345", "ten or thirteen"),
        ("9790060115615", "not 979-0"),
    ],
)
def test_a_wrong_isbn_is_refused(text: str, hint: str) -> None:
    """A checksum catches one mistyped digit; 979-0 is printed music."""
    with pytest.raises(InvalidIdentifier) as raised:
        Isbn.parse(text)
    assert hint in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("10.1056/NEJMc2107725", Doi),
        ("https://doi.org/d8dn", Doi),
        ("10.48550/arXiv.1706.03762", Doi),
        ("10.1000/1706.03762", Doi),
        ("1706.03762", ArxivId),
        ("hep-th/9901001v3", ArxivId),
        ("arXiv:1706.03762", ArxivId),
        ("https://arxiv.org/abs/1706.03762", ArxivId),
        ("73513537", Pmid),
        ("9783468111242", Isbn),
        ("0975229 80X", Isbn),
    ],
)
def test_the_shape_decides_the_kind(text: str, kind: type) -> None:
    """Up to eight digits are a PMID, ten or thirteen an ISBN, arXiv's DOI a DOI."""
    assert isinstance(parse_identifier(text), kind)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("10.10O0/12", InvalidDoi, "letters"),
        ("https://x.org/10.1000/abc", InvalidDoi, "'10.'"),
        ("doi:asdf", InvalidDoi, "'10.'"),
        ("refs.bib", InvalidIdentifier, "known here"),
        ("", InvalidIdentifier, "known here"),
        ("0077-5606", InvalidIdentifier, "known here"),
        ("1234567890", InvalidIdentifier, "checksum"),
        ("arXiv:asdf", InvalidIdentifier, "arXiv"),
        ("PMC", InvalidIdentifier, "PubMed Central"),
    ],
)
def test_the_nearest_kind_complains(
    text: str, error: type[InvalidIdentifier], words: str
) -> None:
    """What looks like a DOI is refused as a DOI, and so on."""
    with pytest.raises(InvalidIdentifier, match=words) as raised:
        parse_identifier(text)
    assert type(raised.value) is error
    assert raised.value.hint is not None or error is InvalidDoi


def test_leading_zeros_are_no_part_of_a_pmid() -> None:
    """PubMed answers about 1234 when 0001234 is asked."""
    url = "https://pubmed.ncbi.nlm.nih.gov/0001234/"
    assert Pmid.parse(url) == Pmid.parse("1234")
