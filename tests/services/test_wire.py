"""Fields of registries' records: what is not what it should be is absent."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.services.wire import Many, Maybe, Text, Texts, Wire, WireDate, known


class Part(Wire):
    """An entry that needs a name."""

    name: str


class Record(Wire):
    """One field of every kind."""

    text: Text = None
    texts: Texts = ()
    date: WireDate = None
    part: Maybe[Part] = None
    parts: Annotated[Many[Part], Field(alias="the-parts")] = ()


def read(**fields: object) -> Record:
    """Read a record with some fields."""
    return Record.model_validate(fields)


@pytest.mark.parametrize(
    "nothing",
    ["", "  ", "null", "NULL", "n/a", "-", "(:unav)", "(:Unav)", "(:unkn)", "(:tba)"],
)
def test_placeholders_are_absent(nothing: str) -> None:
    """Publishers write many things for nothing (DataCite's ``(:unav)`` and kin)."""
    assert read(text=nothing).text is None
    assert read(texts=[nothing, "a title"]).texts == ("a title",)


@pytest.mark.parametrize("value", [True, None, ["x"], {"x": "y"}])
def test_what_is_no_text_is_absent(value: object) -> None:
    """A list, an object or a truth value is no volume."""
    assert read(text=value).text is None


def test_numbers_are_text() -> None:
    """DataCite's publication year is a number, volumes are sometimes."""
    assert read(text=2021).text == "2021"
    assert read(text=0).text == "0"


def test_line_breaks_and_runs_of_spaces_mean_nothing() -> None:
    """They are left over from XML (registries.md 2.5, 10.2307/1221794)."""
    assert read(text=" Two\n    lines\t") == read(text="Two lines")


def test_other_spaces_stay() -> None:
    """U+2005 stands in a recorded title (10.1136/annrheumdis-2016-209124.79)."""
    assert read(text="A3.02\u2005Low").text == "A3.02\u2005Low"


def test_one_text_in_place_of_a_list_is_a_list_of_one() -> None:
    """Content negotiation has ``title`` as text, REST as a list."""
    assert read(texts="A title").texts == ("A title",)
    assert read(texts={"x": 1}).texts == ()


@pytest.mark.parametrize(
    "date",
    [
        {"date-parts": [[None]]},
        {"date-parts": [["x"]]},
        {"date-parts": [[2021, 13]]},
        {"date-parts": 7},
        {},
        "2021",
        [[2021]],
        None,
    ],
)
def test_an_impossible_date_is_absent(date: object) -> None:
    """``[[null]]`` is "unknown" (registries.md 2.5), the others are slips."""
    assert read(date=date).date is None


def test_a_date_has_the_precision_it_was_given() -> None:
    """A year, a month or a day."""
    assert read(date={"date-parts": [[2021, 8]]}).date == Date(PartialDate(2021, 8))


def test_an_unreadable_entry_costs_only_itself() -> None:
    """Of a list, what can be read is read."""
    parts = [{"name": "a"}, {"name": 7}, "b", None, {}, {"name": "c"}]
    assert read(**{"the-parts": parts}).parts == (Part(name="a"), Part(name="c"))


def test_a_single_object_is_a_list_of_one() -> None:
    """Older records have an object where newer ones have a list."""
    assert read(**{"the-parts": {"name": "a"}}).parts == (Part(name="a"),)
    assert read(**{"the-parts": None}).parts == ()


def test_an_unreadable_object_is_absent() -> None:
    """And a readable one is read."""
    assert read(part="Anonymous").part is None
    assert read(part={"name": "a"}).part == Part(name="a")


def test_unknown_fields_are_none_of_our_business() -> None:
    """Registries add fields without asking."""
    assert read(text="x", invented_in_2027=[1]) == read(text="x")


def test_known_keeps_what_says_something() -> None:
    """A Work has no empty values."""
    fields = known(a="x", b=None, c="", d=(), e=("y",))
    assert fields == {"a": "x", "e": ("y",)}
