"""Names, dates, pages and serial numbers as RIS and EndNote have them.

Source: "RIS Format Specifications" (2001) for names and dates; EndNote's manual,
"Author Names", for groups.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats.endnote.dates import date_text, parse_date, with_year
from lupusrefs.formats.endnote.field import SlotField
from lupusrefs.formats.endnote.issued import issued
from lupusrefs.formats.endnote.names import name_text, parse_name, split_names
from lupusrefs.formats.endnote.pages import Pages, read_pages
from lupusrefs.formats.endnote.serials import split_serials
from lupusrefs.formats.endnote.types import find_kind, near_code
from lupusrefs.model.dates import parse_edtf
from lupusrefs.model.location import Span
from lupusrefs.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Moreau, Ana", Name("Moreau", "Ana")),
        ("Burger,D.R.", Name("Burger", "D.R.")),
        ("Moreau, Ana, Jr.", Name("Moreau", "Ana", suffix="Jr.")),
        ("Moreau, Jr., Ana", Name("Moreau", "Ana", suffix="Jr.")),
        ("Mason, SA", Name("Mason", "SA")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("World Health Organization,", Name(literal="World Health Organization")),
        ("Univ. of X,, Oslo", Name(literal="Univ. of X, Oslo")),
        ("Doe, Inc.", Name(literal="Doe, Inc.")),
        (", Ana", Name(literal=", Ana")),
        ("J. Moreau", Name("Moreau", "J.")),
        ("J.-P. de la Tour III", Name("de la Tour", "J.-P.", suffix="III")),
        ("Ana Moreau", Name(literal="Ana Moreau")),
        ("Moreau A.", Name(literal="Moreau A.")),
        ("余敏", Name(literal="余敏")),
        ("et al.", OTHERS),
        ("Al, Et", OTHERS),
        ("and others", OTHERS),
        (" , ", None),
        ("", None),
    ],
)
def test_names_are_read(text: str, name: Name | None) -> None:
    """Persons have a comma or initials, groups have neither or end with a comma."""
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Moreau", Name("Moreau", "Ana")),
        ("Ana Maria Moreau", Name("Moreau", "Ana Maria")),
        ("Moreau A.", Name(literal="Moreau A.")),
        ("Beijing Zoo", Name(literal="Beijing Zoo")),
        ("Team 3", Name(literal="Team 3")),
        ("One Two Three Four Five Six", Name(literal="One Two Three Four Five Six")),
    ],
)
def test_names_in_reading_order_are_read(text: str, name: Name) -> None:
    """Only where a format allows them."""
    assert parse_name(text, reading_order=True) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name("Moreau", "Ana"), "Moreau, Ana"),
        (Name("Moreau", "Ana", suffix="Jr."), "Moreau, Ana, Jr."),
        (Name("Moreau", suffix="Jr."), "Moreau, , Jr."),
        (Name("Berg", "Jan", non_dropping_particle="van den"), "van den Berg, Jan"),
        (Name("Alembert", "Jean", non_dropping_particle="d'"), "d'Alembert, Jean"),
        (Name("Tour", "Ana", dropping_particle="de la"), "Tour, Ana de la"),
        (Name("A, B", "C, D"), "A B, C D"),
        (Name("Plato"), "Plato,"),
        (Name(given="Plato"), "Plato,"),
        (Name(literal="The Group"), "The Group,"),
        (Name(literal="Group, Oslo"), "Group,, Oslo"),
        (Name(literal=" "), ""),
        (Name(family=" "), ""),
        (OTHERS, "et al."),
    ],
)
def test_names_are_written(name: Name, text: str) -> None:
    """Commas of a name part it no further."""
    assert name_text(name) == text


def test_fields_of_several_names() -> None:
    """Against all rules; an entity has a semicolon, too."""
    assert split_names("Moreau, A.; Berg, B.") == ["Moreau, A.", "Berg, B."]
    assert split_names("M&uuml;ller; A") == ["M&uuml;ller; A"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021"),
        ("[2021]", "2021"),
        ("c2021.", "2021"),
        ("2021/08/05/", "2021-08-05"),
        ("2021/8/5", "2021-08-05"),
        ("2021/00/00", "2021"),
        ("2021///", "2021"),
        ("2021///Aug", "2021-08"),
        ("2021///nonsense", "2021"),
        ("2021/08//Aug2021:Part 1", "2021-08"),
        ("2021/08//2020-08/2022", "2021-08"),
        ("2021/02/31", "2021-02"),
        ("20210805", "2021-08-05"),
        ("2021-08-05", "2021-08-05"),
        ("2021-08-05 12:30:00", "2021-08-05"),
        ("2021-08/2021-09", "2021-08/2021-09"),
        ("August 5, 2021", "2021-08-05"),
        ("5 Aug 2021", "2021-08-05"),
        ("2021 Aug", "2021-08"),
        ("2021 Sept-Oct", "2021-09/2021-10"),
        ("2021 Dec-Jan", "2021-12/2022-01"),
        ("2-7 December 2007", "2007-12-02/2007-12-07"),
        ("Feb 31, 2021", None),
        ("Jan Feb Mar 2021", None),
        ("2021 Feb 30-31", None),
        ("2021 Feb 3-31", "2021-02-03"),
        ("08/2021", "2021-08"),
        ("01/22/2009", "2009-01-22"),
        ("22/09/2020", "2020-09-22"),
        ("Winter 2021", "2021-24"),
        ("Fall-Winter 2021", "2021-23/2021-24"),
        ("5/2010", "2010-05"),
        ("17", None),
        ("2021 or so", "2021"),
        ("sometime in 2021", None),
        ("2021 3 4 5", None),
        ("in press", None),
        ("x" * 60 + " 2021", None),
    ],
)
def test_dates_are_read(text: str, expected: str | None) -> None:
    """Slashes, ISO 8601, words; what is none is None."""
    date = parse_date(text)
    assert (str(date) if date else None) == expected


def test_dates_without_a_year() -> None:
    """The year is that of another field, unless they have one."""
    assert str(with_year("MAY 12", 2010)) == "2010-05-12"
    assert with_year("MAY 2012", 2010) is None
    assert with_year("mayor", 2010) is None
    assert with_year("x" * 50, 2010) is None


@pytest.mark.parametrize(
    "edtf", ["2021-08-05", "2021-22", "2021~", "2020/2021", "y12000"]
)
def test_dates_are_written_so_that_they_can_be_read(edtf: str) -> None:
    """Each as itself."""
    date = parse_edtf(edtf)
    assert date is not None
    assert str(parse_date(date_text(date))) == edtf


def test_fields_that_repeat_a_date_are_not_kept() -> None:
    """Less precise ones say nothing new; ranges and other years do."""

    def field(number: int, slot: str, text: str) -> SlotField:
        return SlotField(slot, slot, (text,), Span(number, number))

    fields = [
        field(0, "year", "2021"),
        field(1, "date", "2021/08/05/"),
        field(2, "old-date", "2021/08//"),
        field(3, "old-date", "2021/08//2021-08/2021-09"),
        field(4, "date", "soon"),
    ]
    found, unused = issued(fields)
    assert found is not None
    assert (str(found[0]), found[1]) == ("2021-08-05", fields[1])
    assert unused == fields[3:]
    assert issued([]) == (None, [])
    assert issued(fields[4:]) == (None, fields[4:])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", None),
        ("1", "9", Pages("1-9")),
        ("1-9", "9", Pages("1-9")),
        ("1-9", "12", Pages("1-9-12")),
        ("", "9", Pages("9")),
        ("n.pag.", "", None),
        ("--", "", Pages("--")),
    ],
)
def test_pages_are_read(first: str, last: str, expected: Pages | None) -> None:
    """From two fields."""
    assert read_pages(first, last, is_whole_book=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234-5679", ([], ["1234-5679"])),
        ("ISSN 1234-567X", ([], ["1234-567X"])),
        ("e-ISSN: 1234567x (online)", ([], ["1234567x"])),
        ("0-521-46674-1\\0-521-46128-6", (["0-521-46674-1", "0-521-46128-6"], [])),
        ("8203107354", (["8203107354"], [])),
        ("8203107355", None),
        ("978-3-642-41404-6 (eBook)", (["978-3-642-41404-6"], [])),
        ("1234-5679 and more", None),
        ("ISSN", None),
        ("", None),
    ],
)
def test_serial_numbers(
    text: str, expected: tuple[list[str], list[str]] | None
) -> None:
    """By their shape, ISBNs first."""
    assert split_serials(text) == expected


def test_kinds_by_code_name_and_alias() -> None:
    """However spelled."""
    kind = find_kind("JOUR")
    assert kind is not None
    assert find_kind(" jour ") == kind == find_kind("journal-article")
    assert find_kind("Dissertation") == find_kind("THES")
    assert find_kind("nothing") is None
    assert near_code("JUOR") == "JOUR"
