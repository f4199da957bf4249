"""Dates: partial, ranged, seasonal, uncertain, in words; EDTF and CSL-JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.model.dates import (
    OPEN_END,
    Date,
    PartialDate,
    date_from_csl,
    parse_edtf,
    partial_date,
)
from strategies import dates, partial_dates

# -- partial dates ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((2021,), "2021"),
        ((2021, 8), "2021-08"),
        ((2021, 8, 5), "2021-08-05"),
        ((800,), "0800"),
        ((0,), "0000"),
        ((-44, 3, 15), "-0044-03-15"),
        ((2021, None, None, 4), "2021-24"),
        # EDTF level 1: years of more than four digits have a letter.
        ((12000,), "y12000"),
        ((-12000, 1), "y-12000-01"),
    ],
)
def test_a_partial_date_as_text(parts: tuple[int, ...], text: str) -> None:
    """ISO 8601 of its own precision; nothing is made up."""
    assert str(PartialDate(*parts)) == text


@pytest.mark.parametrize(
    "parts",
    [
        (2021, 0),
        (2021, 13),
        (2021, None, 5),
        (2021, 4, 31),
        (2021, 2, 30),
        (2021, 8, 0),
        (2021, None, None, 0),
        (2021, None, None, 5),
        (2021, 8, None, 3),
    ],
)
def test_an_impossible_partial_date_is_refused(parts: tuple[int, ...]) -> None:
    """A month without name, a day without month, a season beside a month."""
    with pytest.raises(ValueError, match=r"month|day|season"):
        PartialDate(*parts)


def test_a_leap_day_is_possible_in_every_year() -> None:
    """A misprint must not cost the reference."""
    assert str(PartialDate(2021, 2, 29)) == "2021-02-29"


@given(partial_dates(), partial_dates(), partial_dates())
def test_partial_dates_are_totally_ordered(
    a: PartialDate, b: PartialDate, c: PartialDate
) -> None:
    """Of two that differ one is less; and less is transitive."""
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a <= b) == (a < b or a == b)
    assert (a >= b) == (a > b or a == b)
    first, second, third = sorted([a, b, c])
    assert first <= second <= third
    assert first <= third


def test_a_coarse_date_goes_before_the_finer_ones_in_it() -> None:
    """The year, then its months, then their days."""
    ordered = [(-44,), (2020, 12, 31), (2021,), (2021, 1), (2021, 1, 1), (2021, 2)]
    sorted_dates = sorted(PartialDate(*parts) for parts in reversed(ordered))
    assert sorted_dates == [PartialDate(*parts) for parts in ordered]


@pytest.mark.parametrize(
    ("numbers", "season", "text"),
    [
        ([2021], None, "2021"),
        ([2021, 8, 0], None, "2021-08"),
        ([2021, 0, 0], None, "2021"),
        ([2021, 22], None, "2021-22"),
        ([2021], 3, "2021-23"),
        # The month says more than the season.
        ([2021, 8], 3, "2021-08"),
        ([0], None, "0000"),
    ],
)
def test_numbers_become_a_partial_date(
    numbers: list[int], season: int | None, text: str
) -> None:
    """Trailing zeros mean "not given"; months 21 to 24 are EDTF's seasons."""
    assert str(partial_date(numbers, season)) == text


@pytest.mark.parametrize("numbers", [[], [2021, 8, 5, 1], [2021, 13], [2021, 25]])
def test_too_many_numbers_are_no_date(numbers: list[int]) -> None:
    """Nor is none, nor a month beyond the seasons."""
    with pytest.raises(ValueError, match=r"parts|month"):
        partial_date(numbers)


# -- EDTF ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", Date(PartialDate(2021))),
        (" 2021-08 ", Date(PartialDate(2021, 8))),
        ("2021-8-5", Date(PartialDate(2021, 8, 5))),
        ("2021-08-05T10:00:00Z", Date(PartialDate(2021, 8, 5))),
        ("2021-21", Date(PartialDate(2021, season=1))),
        ("2021~", Date(PartialDate(2021), circa=True)),
        ("2021?", Date(PartialDate(2021), circa=True)),
        ("2021-08%", Date(PartialDate(2021, 8), circa=True)),
        ("-0044", Date(PartialDate(-44))),
        ("y12000", Date(PartialDate(12000))),
        ("Y-17000000", Date(PartialDate(-17000000))),
        ("2020/2021", Date(PartialDate(2020), PartialDate(2021))),
        ("2020-12/2021-01", Date(PartialDate(2020, 12), PartialDate(2021, 1))),
        ("2020/2021~", Date(PartialDate(2020), PartialDate(2021), circa=True)),
        ("2020~/2021", Date(PartialDate(2020), PartialDate(2021), circa=True)),
        ("2020/..", Date(PartialDate(2020), OPEN_END)),
        ("2020/", Date(PartialDate(2020), OPEN_END)),
        ("2020~/..", Date(PartialDate(2020), OPEN_END, circa=True)),
    ],
)
def test_edtf_is_read(text: str, date: Date) -> None:
    """Levels 0 and 1 (Library of Congress, EDTF 2019)."""
    assert parse_edtf(text) == date


@pytest.mark.parametrize(
    "text",
    [
        *("", "in press", "Aug 2021", "2021-13", "2021-02-30", "20210805", "12000"),
        *("2021/08/05", "../2021", "2021/soon", "2021-08-05-01", "y2021", "2021~~"),
    ],
)
def test_what_is_no_edtf_is_none(text: str) -> None:
    """It stays words; nothing is guessed."""
    assert parse_edtf(text) is None


@given(dates())
def test_a_date_as_edtf_is_read_as_the_same_date(date: Date) -> None:
    """parse_edtf(str(d)) == d where there is a calendar date."""
    if date.start is not None and date.literal is None:
        assert parse_edtf(str(date)) == date


# -- CSL-JSON --------------------------------------------------------------------


@given(dates())
def test_a_date_as_csl_is_read_as_the_same_date(date: Date) -> None:
    """date_from_csl(d.to_csl()) == d, seasons at both ends included."""
    assert date_from_csl(date.to_csl()) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2021, 8, 5]]}, Date(PartialDate(2021, 8, 5))),
        ({"date-parts": [["2021", " 8 "]]}, Date(PartialDate(2021, 8))),
        ({"date-parts": [[2021.0]]}, Date(PartialDate(2021))),
        ({"date-parts": [[2021, None]]}, Date(PartialDate(2021))),
        ({"date-parts": [["2021", "", ""]]}, Date(PartialDate(2021))),
        ({"date-parts": [[2020], [2021]]}, Date(PartialDate(2020), PartialDate(2021))),
        ({"date-parts": [[2020], [0]]}, Date(PartialDate(2020), OPEN_END)),
        ({"date-parts": [[2021]], "season": 2}, Date(PartialDate(2021, season=2))),
        ({"date-parts": [[2021]], "season": "22"}, Date(PartialDate(2021, season=2))),
        ({"date-parts": [[2021]], "season": "Fall"}, Date(PartialDate(2021, season=3))),
        ({"date-parts": [[2021]], "circa": True}, Date(PartialDate(2021), circa=True)),
        ({"date-parts": [[2021]], "circa": "false"}, Date(PartialDate(2021))),
        ({"date-parts": [[2021]], "circa": 0}, Date(PartialDate(2021))),
        ({"literal": "in press"}, Date(literal="in press")),
        (
            {"date-parts": [[2021]], "literal": "MMXXI"},
            Date(PartialDate(2021), literal="MMXXI"),
        ),
        ({"raw": "2021-08"}, Date(PartialDate(2021, 8))),
        ({"edtf": "2021-08"}, Date(PartialDate(2021, 8))),
        ({"raw": "2021", "circa": True}, Date(PartialDate(2021), circa=True)),
        ({"raw": "last year"}, Date(literal="last year")),
        ({"raw": "1999", "date-parts": [[2021]]}, Date(PartialDate(2021))),
        # "Unknown", as Crossref says it (registries.md 2.5).
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"date-parts": [[]]}, None),
        ({}, None),
        ({"literal": ""}, None),
    ],
)
def test_csl_json_is_read(value: dict[str, object], date: Date | None) -> None:
    """In every shape that producers give it."""
    assert date_from_csl(value) == date


@pytest.mark.parametrize(
    "value",
    [
        {"date-parts": "2021"},
        {"date-parts": 2021},
        {"date-parts": ["2021"]},
        {"date-parts": [2021]},
        {"date-parts": [[2021], [2022], [2023]]},
        {"date-parts": [[2021, 13]]},
        {"date-parts": [[2021, 2, 30]]},
        {"date-parts": [["about 2021"]]},
        {"date-parts": [[True]]},
        {"date-parts": [[2021.5]]},
        {"date-parts": [[float("nan")]]},
        {"date-parts": [[float("inf")]]},
        {"date-parts": [[10**9]]},
        {"date-parts": [["9" * 5000]]},
        {"date-parts": [[{}]]},
        {"date-parts": [[2021]], "season": 5},
        {"date-parts": [[2021]], "season": "monsoon"},
        {"literal": 5},
    ],
)
def test_what_is_no_csl_date_is_refused(value: dict[str, object]) -> None:
    """With a message, and never with another error than ValueError."""
    with pytest.raises(ValueError, match=r"\w+"):
        date_from_csl(value)


@given(
    st.dictionaries(
        st.sampled_from(["date-parts", "season", "circa", "literal", "raw", "edtf"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner, max_size=4),
            max_leaves=8,
        ),
    )
)
def test_any_object_is_a_date_or_refused(value: dict[str, object]) -> None:
    """Files and registries hold anything."""
    try:
        date = date_from_csl(value)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either answer is right, a crash is not
    else:
        assert date is None or date_from_csl(date.to_csl()) == date


@pytest.mark.parametrize(
    ("date", "text", "year"),
    [
        (Date(), "", None),
        (Date(literal="in press"), "in press", None),
        (Date(PartialDate(2021), literal="MMXXI"), "2021", 2021),
        (Date(PartialDate(2020), PartialDate(2021)), "2020/2021", 2020),
    ],
)
def test_a_date_as_text_and_its_year(date: Date, text: str, year: int | None) -> None:
    """The calendar date where there is one, else the words."""
    assert (str(date), date.year) == (text, year)


def test_csl_has_no_year_0() -> None:
    """On the wire -44 is 44 BC, which ISO 8601 calls -0043 (as pandoc writes it)."""
    date = date_from_csl({"date-parts": [[-44, 3, 15]]})
    assert str(date) == "-0043-03-15"
    assert date is not None
    assert date.to_csl() == {"date-parts": [[-44, 3, 15]]}
