"""Items of CSL-JSON as the processor reads them.

Source: CSL-JSON schema (csl-data.json), CSL 1.0.2 specification, appendix IV.
"""

from __future__ import annotations

import pytest

from csl.making import Data, shown
from lupusrefs.csl.item import DateValue, Day, Item, date_value


def test_text_and_numbers_are_fields() -> None:
    """A number is its digits; what is empty is not there."""
    made = Item(
        {
            "id": 7,
            "type": "book",
            "title": "T",
            "volume": 3,
            "issue": 1.5,
            "page": "",
            "note": None,
            "custom": {"a": "b"},
            "categories": [],
            "flag": True,
            "language": "de-AT",
        }
    )
    assert (made.id, made.type, made.language) == ("7", "book", "de-AT")
    fields = {key: made.fields.get(key) for key in ("title", "volume", "issue")}
    assert fields == {"title": "T", "volume": "3", "issue": "1.5"}
    assert made.fields.keys().isdisjoint({"page", "note", "custom", "flag"})
    assert (made.names, made.dates) == ({}, {})


def test_nothing_has_to_be_there() -> None:
    """An item without an id has an empty one."""
    made = Item({})
    assert (made.id, made.type, made.language) == ("", "", "")


def test_the_short_titles_of_other_programs() -> None:
    """Zotero's and older names of ``title-short`` and ``container-title-short``."""
    made = Item({"shortTitle": "T", "journalAbbreviation": "J"})
    assert made.fields["title-short"] == "T"
    assert made.fields["container-title-short"] == "J"


@pytest.mark.parametrize(
    ("value", "families"),
    [
        ([{"family": "Doe"}, {"family": "Roe", "given": "A"}], ["Doe", "Roe"]),
        ([{"family": "Doe"}, {}, {"given": ""}, "x"], ["Doe"]),
        ([{"literal": "WHO"}], [""]),
        ([{}], None),
        ([], None),
        ("Doe", None),
        (7, None),
    ],
)
def test_names(value: object, families: list[str] | None) -> None:
    """Those that say nothing are left out."""
    made = Item({"author": value})
    persons = made.names.get("author")
    assert (persons and [one.family for one in persons]) == families


def test_names_of_any_variable_are_names() -> None:
    """A list of mappings, whatever it is called."""
    assert "witness" in Item({"witness": [{"family": "Doe"}]}).names


def test_others_are_not_a_person() -> None:
    """Pandoc's convention for a list that its author has cut."""
    made = Item({"author": [{"family": "Doe"}, {"literal": "others"}]})
    assert len(made.names["author"]) == 1
    assert made.truncated == ("author",)
    alone = Item({"author": [{"literal": "others"}]})
    assert (len(alone.names["author"]), alone.truncated) == (1, ())


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ({"date-parts": [[2020]]}, Day(2020)),
        ({"date-parts": [[2020, 5]]}, Day(2020, 5)),
        ({"date-parts": [[2020, 5, 17]]}, Day(2020, 5, 17)),
        ({"date-parts": [["2020", "05", "17"]]}, Day(2020, 5, 17)),
        ({"date-parts": [[2020.0, 5, None]]}, Day(2020, 5)),
        ({"date-parts": [[2020, 0, 0]]}, Day(2020)),
        ({"date-parts": [[2020, "x"]]}, Day(2020)),
        ({"date-parts": [[2020, 0, 17]]}, Day(2020)),
        ({"date-parts": [[2020, 13, 1]]}, Day(2020)),
        ({"date-parts": [[-44, 3, 15]]}, Day(-44, 3, 15)),
        # Seasons, as months above 20 (EDTF) or in words.
        ({"date-parts": [[2020, 21]]}, Day(2020, season="1")),
        ({"date-parts": [[2020, 24]]}, Day(2020, season="4")),
        ({"date-parts": [[2020]], "season": 2}, Day(2020, season="2")),
        ({"date-parts": [[2020]], "season": "23"}, Day(2020, season="3")),
        ({"date-parts": [[2020]], "season": "Trinity"}, Day(2020, season="Trinity")),
        ({"date-parts": [[2020, 5]], "season": 2}, Day(2020, 5)),
        ({"raw": "2020-05-17"}, Day(2020, 5, 17)),
        ({"raw": "2020"}, Day(2020)),
        ({"edtf": "2020-05"}, Day(2020, 5)),
        ("2020-05-17", Day(2020, 5, 17)),
        ({"date-parts": [], "raw": "2020"}, Day(2020)),
    ],
)
def test_dates(value: object, day: Day) -> None:
    """A date has one to three parts, or a season."""
    date = date_value(value)
    assert date == DateValue(day)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (
            {"date-parts": [[2020, 5], [2021, 6, 7]]},
            DateValue(Day(2020, 5), Day(2021, 6, 7)),
        ),
        ({"raw": "2020/2021-05"}, DateValue(Day(2020), Day(2021, 5))),
        ({"date-parts": [[2020], [0]]}, DateValue(Day(2020), is_open=True)),
        ({"date-parts": [[2020]], "circa": True}, DateValue(Day(2020), circa=True)),
        ({"date-parts": [[2020]], "circa": "1"}, DateValue(Day(2020), circa=True)),
        ({"date-parts": [[2020]], "circa": "false"}, DateValue(Day(2020))),
        ({"literal": "Spring term"}, DateValue(None, literal="Spring term")),
        ({"literal": "x", "circa": 1}, DateValue(None, circa=True, literal="x")),
        ({"raw": "some day"}, DateValue(None, literal="some day")),
        ({"raw": "some day", "literal": "x"}, DateValue(None, literal="x")),
        ({"date-parts": [[0]], "literal": "x"}, DateValue(None, literal="x")),
    ],
)
def test_ranges_and_what_is_no_date(value: object, date: DateValue) -> None:
    """A range may be open; what cannot be read is printed as it is."""
    assert date_value(value) == date


@pytest.mark.parametrize(
    "value",
    [
        *({"date-parts": [[0]]}, {"date-parts": [[]]}, {"date-parts": []}),
        *({"date-parts": [["x"]]}, {"date-parts": "2020"}, {"date-parts": [3]}),
        *({}, 7, None, [], {"raw": ""}, {"literal": ""}, {"date-parts": [["2 020"]]}),
    ],
)
def test_dates_that_say_nothing(value: object) -> None:
    """They are as good as none."""
    assert date_value(value) is None
    assert Item({"issued": value}).dates == {}


def test_dates_of_any_variable_are_dates() -> None:
    """A mapping with parts, whatever it is called."""
    made = Item({"embargo": {"date-parts": [[2020]]}, "issued": "2020"})
    assert set(made.dates) == {"embargo", "issued"}


@pytest.mark.parametrize(
    ("note", "variable", "value"),
    [
        ("DOI: 10.1000/x", "DOI", "10.1000/x"),
        ("status: in press\nmore", "status", "in press"),
        ("text {:PMID: 123} text", "PMID", "123"),
        ("see:\nmedium: CD", "medium", "CD"),
    ],
)
def test_variables_in_a_note(note: str, variable: str, value: str) -> None:
    """What Zotero has no field for (citeproc-js manual, "Cheater syntax")."""
    assert Item({"note": note}).fields[variable] == value


@pytest.mark.parametrize(
    "data",
    [
        {"note": "title: other", "title": "T"},
        {"note": "remember: the milk", "title": "T"},
        {"note": "no variables here", "title": "T"},
        {"note": "{:genre: }", "title": "T"},
    ],
)
def test_a_note_changes_nothing_that_is_there(data: Data) -> None:
    """Nor does it make variables of any words."""
    assert Item(data).fields == dict(data)


def test_a_date_in_a_note() -> None:
    """It is read as dates are; one that is there already counts."""
    made = Item({"note": "event-date: 2004-10-01"})
    assert made.dates["event-date"] == DateValue(Day(2004, 10, 1))
    kept = Item({"note": "issued: 1999", "issued": "2020"})
    assert kept.dates["issued"] == DateValue(Day(2020))


@pytest.mark.parametrize("variable", ["event", "event-title"])
def test_an_event_has_one_title_under_two_names(variable: str) -> None:
    """``event`` is the old name of ``event-title`` (CSL 1.0.2, appendix IV)."""
    fields = Item({variable: "ICML"}).fields
    assert (fields["event"], fields["event-title"]) == ("ICML", "ICML")
    for asked in ("event", "event-title"):
        layout = f'<text variable="{asked}"/>'
        assert shown(layout, {"id": "i", variable: "ICML"}) == "ICML"
