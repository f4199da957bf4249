"""The order of texts, names and dates in a list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from lupusrefs.model.collation import date_order, name_order, text_order
from lupusrefs.model.dates import Date, PartialDate, parse_edtf
from lupusrefs.model.names import Name
from strategies import TEXTS, dates, names


@pytest.mark.parametrize(
    "texts",
    [
        ("Aa", "Äb", "ac"),
        # Accents, then case, tell apart what is else the same.
        ("coté", "côté", "cotes"),
        ("resume", "Resume", "résumé"),
        # Word by word, as libraries file.
        ("New York", "Newark"),
        ("2 cells", "10 cells", "a cell"),
        ("Part 002", "Part 10", "Part IX"),
        ("e9", "e10"),
        ("", "“Another”", "<i>Best</i> practice", "[Curie]"),
        ("Łódź", "Lodz Y", "Ødegård", "Oe"),
        ("Zoé", "Алексеев", "王"),
    ],
)
def test_texts_in_order(texts: tuple[str, ...]) -> None:
    """Each comes before the next."""
    for before, after in pairwise(texts):
        assert text_order(before) < text_order(after), (before, after)


def test_numbers_of_any_length_have_a_place() -> None:
    """Python refuses to read numbers of more than 4,300 digits."""
    assert text_order("1" * 9999) < text_order("2" * 9999) < text_order("1" * 10_000)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Name("Ng", "A"), Name("Ng", "B")),
        (Name("Ng"), Name("Ng", "A")),
        (Name("Ng", "Z"), Name("Nga", "A")),
        (Name("Spee-Mayer", "C", non_dropping_particle="von"), Name("Tang")),
        (Name("King", "M"), Name("King", "M", suffix="Jr.")),
        (Name("Smith", "A"), Name(literal="World Bank")),
        (Name(given="Aristotle"), Name("Ng")),
    ],
)
def test_names_in_order(before: Name, after: Name) -> None:
    """By family name without particles, then by given names."""
    assert name_order(before) < name_order(after)


def test_dates_in_order() -> None:
    """What is less precise comes first; a range by its begin, then its end."""
    texts = (
        "-0044",
        "0800",
        "1999",
        "2020",
        "2020-01",
        "2020-01-02",
        "2020-02/2020-03",
    )
    orders = [date_order(date) for text in texts if (date := parse_edtf(text))]
    assert len(orders) == len(texts)
    assert orders == sorted(orders, key=lambda order: order or ())
    assert date_order(Date(literal="in press")) is None
    assert date_order(Date(PartialDate(2020), literal="2020")) is not None


@given(TEXTS, TEXTS)
def test_only_the_same_text_has_the_same_place(one: str, other: str) -> None:
    """So that the order never depends on the order before."""
    assert (text_order(one) == text_order(other)) == (one == other)


@given(names(), dates())
def test_every_name_and_date_has_a_place(name: Name, date: Date) -> None:
    """Nothing raises, and the order is comparable."""
    assert name_order(name) >= ()
    assert (date_order(date) is None) == (date.start is None)
