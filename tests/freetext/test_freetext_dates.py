"""Dates as references write them."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.dates import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2007", "2007"),
        ("(2004, May)", "2004-05"),
        ("Aug 31 2015", "2015-08-31"),
        ("August 31, 2015", "2015-08-31"),
        ("31. August 2015", "2015-08-31"),
        ("2015 Aug 31", "2015-08-31"),
        ("2015-08-31", "2015-08-31"),
        ("2015-08", "2015-08"),
        ("31.08.2015", "2015-08-31"),
        ("8/31/2015", "2015-08-31"),
        ("31/8/2015", "2015-08-31"),
        ("5/5/2015", "2015-05-05"),
        ("5/8/2015", "2015"),
        ("26-30 August 2019", "2019-08-26/2019-08-30"),
        ("September-October, 1964", "1964-09/1964-10"),
        ("June 28 - July 2, 2010", "2010-06-28/2010-07-02"),
        ("Fall 2011", "2011-23"),
        ("1998–99", "1998/1999"),
        ("1998/1999", "1998/1999"),
        ("1998-1999", "1998/1999"),
        ("1988 [1964]", "1988"),
        ("ca. 1850", "1850~"),
        ("février 2009", "2009-02"),
        ("31 February 2009", "2009"),
        ("2015-13-45", "2015"),
        ("99.99.2015", "2015"),
        ("31.02.2015", "2015"),
        ("mai-juin 2009", "2009-05/2009-06"),
        ("n.d.", "n.d."),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(text: str, expected: str) -> None:
    """Year, month and day in any order; what is not certain is left out."""
    found = parse_date(text)
    assert found is not None
    assert str(found.date) == expected


@pytest.mark.parametrize("text", ["", "in press", "vol. 12", "12345"])
def test_what_is_no_date_is_none(text: str) -> None:
    """Words and numbers that are no date give nothing."""
    assert parse_date(text) is None


def test_the_letter_of_a_year_is_told_apart() -> None:
    """The letter that tells works of one year apart is not part of the date."""
    found = parse_date("2007a")
    assert found is not None
    assert (str(found.date), found.suffix) == ("2007", "a")
