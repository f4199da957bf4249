"""Dates as people write them (citeproc-js manual, "Dates": the ``raw`` input)."""

from __future__ import annotations

import pytest

from csl.making import item, shown
from lupusrefs.csl.raw_dates import raw_dates


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2004", [[2004]]),
        (" 2004-05 ", [[2004, 5]]),
        ("2004-05-03", [[2004, 5, 3]]),
        ("-0044-03-15", [[-44, 3, 15]]),
        ("May 2004", [[2004, 5]]),
        ("May 5, 2004", [[2004, 5, 5]]),
        ("5 May 2004", [[2004, 5, 5]]),
        ("Sept. 2nd, 2004", [[2004, 9, 2]]),
        ("Winter 2004", [[2004, 24]]),
        ("Fall 2004", [[2004, 23]]),
        ("Spring 2004", [[2004, 21]]),
        ("5.2004", [[2004, 5]]),
        ("5/2004", [[2004, 5]]),
    ],
)
def test_single_dates(text: str, rows: list[list[int]]) -> None:
    """Numbers, and names of months and seasons in English."""
    assert raw_dates(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2004/2005", [[2004], [2005]]),
        ("2004-05/2005-06", [[2004, 5], [2005, 6]]),
        ("2004-05/2004-06", [[2004, 5], [2004, 6]]),
        ("2004–2005", [[2004], [2005]]),
        ("2004 - 2005", [[2004], [2005]]),
        ("May 2004–June 2005", [[2004, 5], [2005, 6]]),
    ],
)
def test_ranges(text: str, rows: list[list[int]]) -> None:
    """Two dates with a slash or dash between them."""
    assert raw_dates(text) == rows


@pytest.mark.parametrize(
    "text",
    ["", "soon", "May", "Foo 2004", "5 6 2004x", "early May 2004", "20045", "5 2004"],
)
def test_what_is_not_understood(text: str) -> None:
    """It is left to be printed as it is."""
    assert raw_dates(text) == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("May 5, 2004", "May 5, 2004"),
        ("5 May 2004", "May 5, 2004"),
        ("2004-05/2004-06", "May–June 2004"),
        ("5/2004", "May 2004"),
        ("Spring 2004", "Spring 2004"),
        ("31/12/2004", "December 31, 2004"),
        ("May–June 2004", "May–June 2004"),
        ("5–6 May 2004", "May 5–6, 2004"),
        ("May 5–6, 2004", "May 5–6, 2004"),
        ("1999–01", "1999–01"),
        ("soon", "soon"),
    ],
)
def test_what_a_style_makes_of_them(raw: str, text: str) -> None:
    """The same as of numbers; what is not understood is printed as it is."""
    layout = '<date variable="issued" form="text"/>'
    assert shown(layout, item(issued={"raw": raw})) == text
