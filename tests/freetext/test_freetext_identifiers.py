"""What identifies itself in a reference string."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.identifiers import find_identifiers


def _found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X. doi: 10.1234/abc-5.", [("DOI", "10.1234/abc-5")]),
        ("X. https://doi.org/10.1234/abc", [("DOI", "10.1234/abc")]),
        ("X. http://dx.doi. org/10.1234/abc", [("DOI", "10.1234/abc")]),
        ("At https://example.org/a?b=1, today", [("URL", "https://example.org/a?b=1")]),
        ("(http ://example.org/a_(b))", [("URL", "http://example.org/a_(b)")]),
        ("see www.example.org.", [("URL", "www.example.org")]),
        ("arXiv:2005.14165 [cs.CL]", [("arXiv", "2005.14165")]),
        ("arXiv: hep-th/9901001v2", [("arXiv", "hep-th/9901001v2")]),
        ("[hep-ph/9901001]", [("arXiv", "hep-ph/9901001")]),
        ("arXiv:2013.99999", []),
        (
            "PMID: 34347960; PMCID: PMC2806746.",
            [("PMID", "34347960"), ("PMCID", "PMC2806746")],
        ),
        ("PMID: 0", []),
        ("ISBN 978-0-306-40615-7", [("ISBN", "978-0-306-40615-7")]),
        ("ISBN 978 -0-306-40615-7", [("ISBN", "978-0-306-40615-7")]),
        ("ISBN 978-0-306-40615-8", []),
        ("ISSN 0317–8471", [("ISSN", "0317-8471")]),
        ("J Foo. 2015. [Epub ahead of print]", [("status", "Epub ahead of print")]),
        (
            "J Foo 2022. Online ahead of print. doi",
            [("status", "Online ahead of print")],
        ),
        ("J Foo (in press).", [("status", "in press")]),
        ("J Foo, forthcoming", [("status", "forthcoming")]),
        ("Freedom in press conferences", []),
        ("Nothing here", []),
    ],
)
def test_identifiers_are_found_by_their_spelling(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Labels, URLs, checksums and brackets tell identifiers; titles are left alone."""
    assert _found(text) == expected


def test_a_place_covers_the_resolver() -> None:
    """The URL around a DOI is part of it, so that no word of it is left over."""
    text = "X. https://doi.org/10.1234/abc."
    (one,) = find_identifiers(text)
    assert text[one.span.start : one.span.end] == "https://doi.org/10.1234/abc"


def test_a_search_engine_and_a_year_are_no_identifier() -> None:
    """PubMed stands in titles; without its colon the number behind it is not an id."""
    assert find_identifiers("Umbra V. What PubMed 2010 holds. J Nil. 2011.") == []


def test_a_month_that_is_none_is_no_identifier() -> None:
    """The old arXiv numbers begin with year and month."""
    assert find_identifiers("Umbra V, math/9913001, 1999.") == []
