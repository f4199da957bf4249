"""Dates and their ranges.

Source: CSL 1.0.2 specification, "Date", "Date-part", "Date Ranges", "AD and BC",
"Seasons", "Localized Date Formats", "Locale Options".
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from csl.making import NOTHING, dated, item, shown, style
from lupusrefs.csl import CiteItem, Processor
from lupusrefs.csl.dates import sort_key, year_suffix
from lupusrefs.csl.item import DateValue, Day
from lupusrefs.csl.output.tree import text_of
from lupusrefs.styles.packages import locale_text

_MAY = dated(2008, 5, 3)


def _date(
    parts: str, value: object = _MAY, attributes: str = "", language: str | None = None
) -> str:
    """What ``cs:date`` with some parts shows of a date."""
    layout = f'<date variable="issued" {attributes}>{parts}</date>'
    return shown(layout, item(issued=value), language=language)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ('name="day"', "3"),
        ('name="day" form="numeric"', "3"),
        ('name="day" form="numeric-leading-zeros"', "03"),
        ('name="day" form="ordinal"', "3rd"),
        ('name="month"', "May"),
        ('name="month" form="numeric"', "5"),
        ('name="month" form="numeric-leading-zeros"', "05"),
        ('name="year"', "2008"),
        ('name="year" form="long"', "2008"),
        ('name="year" form="short"', "08"),
        ('name="month" text-case="uppercase"', "MAY"),
        ('name="year" prefix="(" suffix=")"', "(2008)"),
    ],
)
def test_forms_of_parts(part: str, text: str) -> None:
    """The forms that the specification lists ("Date-part")."""
    assert _date(f"<date-part {part}/>") == text


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ("", "January"),
        ('form="long"', "January"),
        ('form="short"', "Jan."),
        ('form="short" strip-periods="true"', "Jan"),
        ('form="short" strip-periods="false"', "Jan."),
    ],
)
def test_names_of_months(attributes: str, text: str) -> None:
    """Abbreviations have periods in the locale, which can be removed."""
    assert _date(f'<date-part name="month" {attributes}/>', dated(2008, 1)) == text


def test_parts_come_in_the_order_of_the_style() -> None:
    """With the delimiter of the date; those that the date has not are left out."""
    parts = '<date-part name="day"/><date-part name="month"/><date-part name="year"/>'
    delimiter = 'delimiter=" "'
    assert _date(parts, attributes=delimiter) == "3 May 2008"
    assert _date(parts, dated(2008, 5), delimiter) == "May 2008"
    assert _date(parts, dated(2008), delimiter) == "2008"
    assert _date('<date-part name="day"/>', dated(2008)) == NOTHING


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('form="text"', "May 3, 2008"),
        ('form="text" date-parts="year-month-day"', "May 3, 2008"),
        ('form="text" date-parts="year-month"', "May 2008"),
        ('form="text" date-parts="year"', "2008"),
        ('form="numeric"', "2008-05-03"),
        ('form="numeric" date-parts="year-month"', "2008-05"),
        ('form="text" prefix="(" suffix=")"', "(May 3, 2008)"),
        ('form="text" text-case="uppercase"', "MAY 3, 2008"),
        ('form="no-such-form"', NOTHING),
    ],
)
def test_localized_dates(attributes: str, text: str) -> None:
    """The format is the locale's; the style says how much of it is shown."""
    assert _date("", attributes=attributes) == text


def test_a_style_overrides_parts_of_localized_dates() -> None:
    """But not their order and their affixes, which are the locale's."""
    parts = (
        '<date-part name="year" form="short" prefix="!" suffix="?"/>'
        '<date-part name="month" form="numeric"/>'
    )
    assert _date(parts, attributes='form="text"') == "5 3, 08"


def test_localized_dates_have_the_formatting_of_the_locale() -> None:
    """But not its affixes, which belong to the style ("Localized Date Formats")."""
    own = (
        '<locale><date form="text" prefix="(" suffix=")" font-style="italic"'
        ' text-case="uppercase"><date-part name="month" suffix=" "/>'
        '<date-part name="year"/></date></locale>'
    )
    data = item(issued=_MAY)
    layout = '<date variable="issued" form="text" {}/>'
    html = shown(layout.format(""), data, locales=own, html=True)
    assert html == "<i>MAY 2008</i>"
    affixed = layout.format('prefix="[" suffix="]" text-case="lowercase"')
    html = shown(affixed, data, locales=own, html=True)
    assert html == "[<i>may 2008</i>]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dated([2008, 5, 1], [2008, 5, 4]), "1-4 May 2008"),
        (dated([2008, 5], [2008, 7]), "May–July 2008"),
        (dated([2008, 5], [2009, 6]), "May 2008/June 2009"),
        (dated([2008, 5, 1], [2008, 6, 4]), "1 May–4 June 2008"),
        (dated([2008, 5, 1], [2009, 6, 4]), "1 May 2008/4 June 2009"),
        (dated([2008], [2009]), "2008/2009"),
        (dated([2008, 5, 1], [2008, 5, 1]), "1 May 2008"),
    ],
)
def test_ranges(value: Mapping[str, object], text: str) -> None:
    """The delimiter is that of the largest part that differs ("Date Ranges")."""
    parts = (
        '<date-part name="day" suffix=" " range-delimiter="-"/>'
        '<date-part name="month" suffix=" "/>'
        '<date-part name="year" range-delimiter="/"/>'
    )
    assert _date(parts, value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dated([2008, 5, 1], [2008, 5, 4]), "May 1–4, 2008"),
        (dated([2008, 5], [2008, 7]), "May–July 2008"),
        (dated([2008, 5, 1], [2009, 6, 4]), "May 1, 2008–June 4, 2009"),
    ],
)
def test_ranges_of_localized_dates(value: Mapping[str, object], text: str) -> None:
    """An en dash is the default."""
    assert _date("", value, 'form="text"') == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dated([2008, 5, 1], [2008, 5, 4]), "1–4 May 2008"),
        (dated([2008, 5], [2008, 7]), "May–July 2008"),
        (dated([2008], [2009]), "2008–2009"),
    ],
)
def test_ranges_with_a_delimiter_between_parts(
    value: Mapping[str, object], text: str
) -> None:
    """It goes between the parts, not into the range."""
    parts = '<date-part name="day"/><date-part name="month"/><date-part name="year"/>'
    assert _date(parts, value, 'delimiter=" "') == text


def test_ranges_of_dates_that_begin_with_the_year() -> None:
    """What the ends share is written once, in front."""
    value = dated([2008, 5, 1], [2008, 5, 4])
    assert _date("", value, 'form="numeric"') == "2008-05-01–04"


def test_a_range_of_parts_that_are_not_shown_is_one_date() -> None:
    """Both ends look the same."""
    year = '<date-part name="year"/>'
    assert _date(year, dated([2008, 5], [2008, 7])) == "2008"
    month = '<date-part name="month"/>'
    assert _date(month, dated([2008, 5, 1], [2008, 5, 7])) == "May"


def test_an_open_range_ends_with_a_dash() -> None:
    """CSL-JSON writes it with an empty end."""
    assert _date('<date-part name="year"/>', dated([2008], [0])) == "2008–"
    assert _date('<date-part name="day"/>', dated([2008], [0])) == NOTHING


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (79, "79AD"),
        (999, "999AD"),
        (1000, "1000"),
        (2008, "2008"),
        (-44, "44BC"),
        (-2500, "2500BC"),
    ],
)
def test_eras(year: int, text: str) -> None:
    """Years of less than four digits have one, and those before Christ."""
    assert _date('<date-part name="year"/>', dated(year)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dated(2009, season=1), "Spring 2009"),
        (dated(2009, season=4), "Winter 2009"),
        (dated(2009, 23), "Autumn 2009"),
        (dated(2009, season="Trinity Term"), "Trinity Term 2009"),
        (dated([2009, 21], [2009, 22]), "Spring–Summer 2009"),
    ],
)
def test_seasons(value: Mapping[str, object], text: str) -> None:
    """A season takes the place of the month ("Seasons")."""
    parts = '<date-part name="month" suffix=" "/><date-part name="year"/>'
    assert _date(parts, value) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [(1, "1er janvier 2005"), (2, "2 janvier 2005"), (0, "janvier 2005")],
)
def test_only_the_first_day_is_an_ordinal_in_french(day: int, text: str) -> None:
    """``limit-day-ordinals-to-day-1``; the ordinal agrees with the month."""
    value = dated(2005, 1, day)
    assert _date("", value, 'form="text"', language="fr-FR") == text


def test_all_days_are_ordinals_elsewhere() -> None:
    """That is the default of the option."""
    parts = '<date-part name="month" suffix=" "/><date-part name="day" form="ordinal"/>'
    assert _date(parts, dated(2005, 1, 22)) == "January 22nd"


def test_what_is_no_date_is_printed_as_it_is() -> None:
    """In whatever form; affixes are around it, too."""
    value = {"literal": "the <i>fourth</i> day"}
    assert _date("", value, 'form="text" prefix="(" suffix=")"') == "(the fourth day)"


@pytest.mark.parametrize(
    ("attributes", "parts", "text"),
    [
        ('form="text" date-parts="year"', "", "in press"),
        ("", '<date-part name="year"/>', "in press"),
        ("", '<date-part name="day"/><date-part name="year"/>', "in press"),
        ("", '<date-part name="month"/><date-part name="day"/>', NOTHING),
        ("", "", NOTHING),
    ],
)
def test_what_is_no_date_stands_for_the_year(
    attributes: str, parts: str, text: str
) -> None:
    """A style that shows month and day by themselves shows it once."""
    assert _date(parts, {"literal": "in press"}, attributes) == text


def test_formatting_of_a_date_and_its_parts() -> None:
    """The affixes of a part are outside of its formatting."""
    layout = (
        '<date variable="issued" prefix="(" suffix=")" font-style="italic">'
        '<date-part name="year" prefix="[" suffix="]" font-weight="bold"/></date>'
    )
    assert shown(layout, item(issued=2008), html=True) == "(<i>[<b>2008</b>]</i>)"


def test_approximate_dates() -> None:
    """The example of "Approximate Dates"."""
    layout = (
        '<choose><if is-uncertain-date="issued">'
        '<text term="circa" form="short" suffix=" "/></if></choose>'
        '<date variable="issued"><date-part name="year"/></date>'
    )
    assert shown(layout, item(issued=2005)) == "2005"
    assert shown(layout, item(issued=dated(2003, circa=True))) == "ca. 2003"


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [
        ("en-US", "text", "March 1, 2008"),
        ("en-US", "numeric", "03/01/2008"),
        ("de-DE", "text", "1. März 2008"),
        ("de-DE", "numeric", "01.03.2008"),
        ("fr-FR", "text", "1 mars 2008"),
        ("fr-FR", "numeric", "01/03/2008"),
    ],
)
def test_dates_of_the_official_locales(language: str, form: str, text: str) -> None:
    """The files of the installed package are understood."""
    made = style(f'<date variable="issued" form="{form}"/>')
    data = item(issued=dated(2008, 3, 1))
    content = Processor(made, [data], locale_text, language).citation([CiteItem("i")])
    assert text_of(content) == text


@pytest.mark.parametrize(
    ("number", "letters"),
    [(0, "a"), (1, "b"), (25, "z"), (26, "aa"), (27, "ab"), (51, "az"), (52, "ba")],
)
def test_year_suffixes(number: int, letters: str) -> None:
    """Behind "z" come "aa", "ab", ..., "az", "ba" ("Disambiguation")."""
    assert year_suffix(number) == letters


def test_sort_keys_are_in_the_order_of_time() -> None:
    """Less specific dates first, ranges behind single dates ("Sorting Variables")."""
    ordered = [
        DateValue(Day(-100)),
        DateValue(Day(-50)),
        DateValue(Day(50)),
        DateValue(Day(100)),
        DateValue(Day(2000)),
        DateValue(Day(2000), Day(2001)),
        DateValue(Day(2000), Day(2005)),
        DateValue(Day(2000, 5)),
        DateValue(Day(2000, 5, 1)),
        DateValue(Day(2002), Day(2003)),
        DateValue(Day(2002), Day(2009)),
    ]
    keys = [sort_key(date) for date in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_what_has_no_place_in_time_has_no_key() -> None:
    """No date, and one that is only words."""
    assert sort_key(None) == ""
    assert sort_key(DateValue(None, literal="soon")) == ""


def test_seasons_do_not_count_in_sorting() -> None:
    """Their order differs between the hemispheres."""
    assert sort_key(DateValue(Day(2000, season="1"))) == sort_key(DateValue(Day(2000)))
