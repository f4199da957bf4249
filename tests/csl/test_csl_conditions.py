"""What ``cs:if`` and ``cs:else-if`` test.

Source: CSL 1.0.2 specification, "Choose".
"""

from __future__ import annotations

from typing import Any

import pytest

from csl.making import Data, dated, entries, item, shown, style
from lupusrefs.csl import Position
from lupusrefs.csl.conditions import first_page

_BOOK = item(
    title="T",
    author="A Doe",
    issued=dated(2020, circa=True),
    accessed=2021,
    edition="2nd",
    number="second",
    volume="3",
    page="7-9",
)


def _holds(condition: str, data: Data = _BOOK, **cite: Any) -> bool:
    layout = (
        f'<choose><if {condition}><text value="y"/></if>'
        '<else><text value="n"/></else></choose>'
    )
    return shown(layout, data, **cite) == "y"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('type="book"', True),
        ('type="thesis"', False),
        ('type="article-book"', False),
        ('variable="title"', True),
        ('variable="author"', True),
        ('variable="issued"', True),
        ('variable="publisher"', False),
        ('variable="page-first"', True),
        ('variable="citation-number"', True),
        ('variable="locator"', False),
        ('variable="year-suffix"', False),
        ('variable="first-reference-note-number"', False),
        ('is-numeric="edition"', True),
        ('is-numeric="number"', False),
        ('is-numeric="issue"', False),
        ('is-numeric="page"', True),
        ('is-numeric="citation-number"', True),
        ('is-uncertain-date="issued"', True),
        ('is-uncertain-date="accessed"', False),
        ('is-uncertain-date="submitted"', False),
        ('locator="page"', False),
        ('position="first"', True),
        ('position="subsequent"', False),
        ('disambiguate="true"', False),
    ],
)
def test_each_condition(condition: str, *, holds: bool) -> None:
    """With one value each."""
    assert _holds(condition) is holds


@pytest.mark.parametrize(
    ("values", "match", "holds"),
    [
        ("title author", "", True),
        ("title publisher", "", False),
        ("publisher genre", "", False),
        ("title author", "all", True),
        ("title publisher", "all", False),
        ("title author", "any", True),
        ("title publisher", "any", True),
        ("publisher genre", "any", False),
        ("title author", "none", False),
        ("title publisher", "none", False),
        ("publisher genre", "none", True),
        ("title", "none", False),
        ("genre", "none", True),
        ("title", "any", True),
    ],
)
def test_several_values(values: str, match: str, *, holds: bool) -> None:
    """``match`` says how many have to hold; all of them where it is not there."""
    attribute = f' match="{match}"' if match else ""
    assert _holds(f'variable="{values}"{attribute}') is holds


@pytest.mark.parametrize(
    ("match", "holds"), [("all", False), ("any", True), ("none", False)]
)
def test_several_conditions(match: str, *, holds: bool) -> None:
    """They count as the values of one do."""
    condition = (
        f'type="book thesis" variable="title" is-numeric="number" match="{match}"'
    )
    assert _holds(condition) is holds


@pytest.mark.parametrize(
    ("label", "wanted", "holds"),
    [
        ("page", "page", True),
        ("", "page", True),
        ("chapter", "page", False),
        ("chapter", "page chapter", False),
        ("sub-verbo", "sub-verbo", True),
        ("sub verbo", "sub-verbo", True),
    ],
)
def test_the_type_of_the_locator(label: str, wanted: str, *, holds: bool) -> None:
    """A locator without a label counts pages."""
    assert _holds(f'locator="{wanted}"', locator="3", label=label) is holds


def test_variables_of_the_cite() -> None:
    """Locator and note number are those of the cite, not of the item."""
    assert _holds('variable="locator"', locator="3")
    assert _holds('is-numeric="locator"', locator="3-5")
    assert _holds('variable="first-reference-note-number"', first_note=4)
    assert _holds('is-numeric="first-reference-note-number"', first_note=4)


_FAR = 'position="far-note"'


@pytest.mark.parametrize(
    ("position", "held"),
    [
        (Position.FIRST, {"first"}),
        (Position.SUBSEQUENT, {"subsequent"}),
        (Position.IBID, {"ibid", "subsequent"}),
        (Position.IBID_WITH_LOCATOR, {"ibid-with-locator", "ibid", "subsequent"}),
    ],
)
def test_positions_hold_with_those_they_imply(
    position: Position, held: set[str]
) -> None:
    """Ibid with locator is ibid, and ibid is subsequent."""
    for name in ("first", "subsequent", "ibid", "ibid-with-locator", "no-such"):
        assert _holds(f'position="{name}"', position=position) is (name in held)


def test_notes_near_and_far() -> None:
    """The cite knows whether the last one is near."""
    near: dict[str, Any] = {"position": Position.SUBSEQUENT, "near_note": True}
    assert _holds('position="near-note"', **near)
    assert _holds('position="near-note subsequent"', **near)
    assert not _holds('position="near-note"', position=Position.SUBSEQUENT)
    assert _holds(_FAR, position=Position.SUBSEQUENT)
    assert not _holds(_FAR, **near)
    assert not _holds(_FAR)


@pytest.mark.parametrize(
    "position", ["first", "subsequent", "ibid", "ibid-with-locator", "near-note"]
)
def test_no_position_holds_in_a_bibliography(position: str) -> None:
    """Within the scope of ``cs:bibliography`` it tests false."""
    layout = (
        f'<choose><if position="{position}"><text value="y"/></if>'
        '<else><text value="n"/></else></choose>'
    )
    assert entries(style(bibliography=layout), _BOOK) == ["n"]


def test_the_year_suffix_is_a_variable() -> None:
    """Of items that have one."""
    layout = (
        '<date variable="issued"><date-part name="year"/></date><choose>'
        '<if variable="year-suffix"><text value="!"/></if></choose>'
    )
    made = style(
        '<citation disambiguate-add-year-suffix="true"><layout>'
        '<names variable="author"/></layout></citation>',
        layout,
    )
    alone = item("1", author="A Doe", issued=2020)
    assert entries(made, alone) == ["2020"]
    assert entries(made, alone, {**alone, "id": "2"}) == ["2020a!", "2020b!"]


def test_the_first_branch_that_holds_is_taken() -> None:
    """Then no other is looked at."""
    layout = (
        '<choose><if type="thesis"><text value="1"/></if>'
        '<else-if variable="title"><text value="2"/></else-if>'
        '<else-if type="book"><text value="3"/></else-if>'
        '<else><text value="4"/></else></choose>'
    )
    assert shown(layout, _BOOK) == "2"
    assert shown(layout, item(type="thesis")) == "1"
    assert shown(layout, item()) == "3"
    assert shown(layout, item(type="map")) == "4"


def test_without_a_branch_nothing_is_shown() -> None:
    """``cs:else`` is optional."""
    one = '<text value="x"/><choose><if type="map"><text value="1"/></if></choose>'
    assert shown(one) == "x"
    two = one.replace(
        "</choose>", '<else-if type="bill"><text value="2"/></else-if></choose>'
    )
    assert shown(two) == "x"


@pytest.mark.parametrize(
    ("pages", "first"),
    [
        ("7-9", "7"),
        ("7–9", "7"),
        ("7", "7"),
        ("7, 9", "7"),
        ("7 & 9", "7"),
        ("S12-S15", "S12"),
        ("-9", "-9"),
        ("", ""),
    ],
)
def test_the_first_page(pages: str, first: str) -> None:
    """``page-first`` of an item that has only ``page``."""
    assert first_page(pages) == first


def test_a_first_page_of_its_own_counts() -> None:
    """It may be none of the range."""
    layout = '<text variable="page-first"/>'
    assert shown(layout, item(page="7-9")) == "7"
    assert shown(layout, item(page="7-9", page_first="e7")) == "e7"
