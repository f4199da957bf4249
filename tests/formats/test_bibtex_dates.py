"""Dates of BibTeX and BibLaTeX.

Cases follow the biblatex manual, section 2.3.8, for ``date`` and ``btxdoc``, section
3.2, for ``year`` and ``month``, which hold what people write.
"""

from __future__ import annotations

import pytest
from hypothesis import given

from lupusrefs.formats.bibtex import dates
from lupusrefs.formats.bibtex.parse_dates import parse_date, parse_year
from lupusrefs.model.dates import Date
from strategies import dates as any_dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1850", "1850"),
        ("1997/", "1997/.."),
        ("1997/..", "1997/.."),
        ("1997/unknown", "1997/.."),
        ("1967-02", "1967-02"),
        ("2009-01-31", "2009-01-31"),
        ("1988/1992", "1988/1992"),
        ("2002-01/2002-02", "2002-01/2002-02"),
        ("1995-03-30/1995-04-05", "1995-03-30/1995-04-05"),
        ("2004-04-05T14:34:00", "2004-04-05"),
        ("0000", "0000"),
        ("-0876", "-0876"),
        ("1723~", "1723~"),
        ("2004-22", "2004-22"),
        ("19uu", "1900/1999"),
        ("199X", "1990/1999"),
        ("5 May 2021", "2021-05-05"),
        ("May 5th, 2021", "2021-05-05"),
        ("05.06.2021", "2021-06-05"),
        ("2021/6/5", "2021-06-05"),
        ("Spring 2021", "2021-21"),
        ("May 2021", "2021-05"),
        ("(2021)", "2021"),
        ("forthcoming", ""),
        ("Vol. 3 of 2021", ""),
        ("2021-13", ""),
    ],
)
def test_date(text: str, edtf: str) -> None:
    """EDTF, and what is written instead; no guess where it is more than a date."""
    assert str(parse_date(text) or "") == edtf


@pytest.mark.parametrize(
    ("year", "month", "day", "edtf", "used"),
    [
        ("2010", "", "", "2010", False),
        ("2010", "August", "", "2010-08", True),
        ("2010", "aug", "5", "2010-08-05", True),
        ("2010", "August~10", "", "2010-08-10", True),
        ("2010", "July 30th", "", "2010-07-30", True),
        ("2010", "sept.", "", "2010-09", True),
        ("2010", "9", "", "2010-09", True),
        ("2010", "Fall", "", "2010-23", True),
        ("2010", "March--April", "", "2010-03/2010-04", True),
        ("2010", "Mar/Apr", "", "2010-03/2010-04", True),
        ("2010", "Octember", "", "2010", False),
        ("2010", "13", "", "2010", False),
        ("2010", "feb", "31", "2010-02", True),
        ("2010--2012", "", "", "2010/2012", False),
        ("1998-99", "", "", "1998/1999", False),
        ("1998--", "", "", "1998/..", False),
        ("circa 1990", "", "", "1990~", False),
        ("(about 1984)", "", "", "1984~", False),
        ("44 BC", "", "", "-0043", False),
        ("[1999]", "", "", "1999", False),
        ("in press", "", "", "in press", False),
        ("", "aug", "", "", False),
    ],
)
def test_year_and_month(year: str, month: str, day: str, edtf: str, used: bool) -> None:
    """The date, and whether the month is in it; else it stays a foreign field."""
    date, month_used = parse_year(year, month, day)
    assert str(date or "") == edtf
    assert month_used is used


@given(any_dates())
def test_biblatex_dates_come_back(date: Date) -> None:
    """What is written is read as the same date; a literal stays a literal."""
    ((_, text),) = dates.biblatex(date)
    if date.start is not None:
        plain = Date(date.start, date.end, date.circa)
        assert parse_date(text or "") == plain
