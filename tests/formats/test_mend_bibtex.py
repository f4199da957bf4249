"""Mending BibTeX: values in their own spelling, fields in the entry's own layout."""

from __future__ import annotations

import pytest

from lupusrefs.findings import Change, Value
from lupusrefs.formats.mend import CannotMend
from lupusrefs.formats.names import FormatName
from lupusrefs.model.names import OTHERS, Name
from mending import day, mended, mended_by

BIB = FormatName.BIBTEX
ENTRY = r"""% what stands around it stays
@Article{Oh2001,
  author  = {Mackensen, D. and G{\"o}del, Kurt and others},
  title   = {Anti-{CD19} {CAR} {T} Cel
             Therapy for Lupus},
  journal = "J. Med.",
  year    = 2007,
  month   = aug,
  pages   = {1-5}
}
"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("issued", day(2010, 8), "year    = 2007", "year    = 2010"),
        ("issued", day(2007, 9), "month   = aug", "month   = sep"),
        ("issued", day(2010), "2007,\n  month   = aug,", "2010,"),
        ("container-title", "Nat. Med.", '"J. Med."', '"Nat. Med."'),
        ("page", "11-15", "{1-5}", "{11-15}"),
        ("page", "e7", "{1-5}", "{e7}"),
        ("page", None, ",\n  pages   = {1-5}\n", "\n"),
        ("container-title", None, '  journal = "J. Med.",\n', ""),
        (
            "volume",
            "12",
            '"J. Med.",\n',
            '"J. Med.",\n  volume  = 12,\n',
        ),
        (
            "DOI",
            "10.1000/a_b",
            "month   = aug,\n",
            "month   = aug,\n  doi     = {10.1000/a_b},\n",
        ),
        (
            "author",
            (Name("Mackensen", "A."), Name("Gödel", "Kurt"), OTHERS),
            "Mackensen, D. and",
            "Mackensen, A. and",
        ),
        (
            "author",
            (Name("Mackensen", "D."), Name("Gödel", "Kurt"), Name("Müller", "U.")),
            "Kurt and others",
            r"Kurt and M{\"u}ller, U.",
        ),
        (
            "title",
            "Anti-CD19 CAR T cell therapy for lupus",
            "{T} Cel\n             Therapy",
            "{T} cell\n             Therapy",
        ),
    ],
)
def test_only_what_changes_changes(
    variable: str, value: Value | None, old: str, new: str
) -> None:
    """Delimiters, alignment, protected capitals and line breaks are the file's."""
    assert mended(ENTRY, BIB, variable, value) == ENTRY.replace(old, new)


def test_what_is_said_already_is_no_change() -> None:
    """The DOI in another spelling, a title in other capitals."""
    text = "@misc{a, title = {A Title}, doi = {10.1000/ABC}}\n"
    for variable, value in (("DOI", "10.1000/abc"), ("title", "A title")):
        assert mended(text, BIB, variable, value) == text


@pytest.mark.parametrize(
    ("entry", "variable", "value", "result"),
    [
        (
            '@misc{a, title = "A"}',
            "DOI",
            "10.1/x",
            '@misc{a, title = "A", doi = "10.1/x"}',
        ),
        ("@misc{a, title={A},}", "volume", "3", "@misc{a, title={A}, volume={3},}"),
        (
            "@misc{a,\n\ttitle={A}\n}",
            "volume",
            "3",
            "@misc{a,\n\ttitle={A},\n\tvolume={3}\n}",
        ),
        (
            "@MISC{a,\n  TITLE = {A},\n}",
            "volume",
            "3",
            "@MISC{a,\n  TITLE = {A},\n  VOLUME = {3},\n}",
        ),
        ("@misc{a, title={A}, volume=3}", "volume", None, "@misc{a, title={A}}"),
        ("@misc{a, volume=3, title={A}}", "volume", None, "@misc{a, title={A}}"),
        ("@misc{a, volume=3}", "volume", None, "@misc{a}"),
        ("@misc{a}", "volume", "3", "@misc{a,\n  volume = {3}}"),
        ("@misc{a, volume=3}", "volume", "S1", "@misc{a, volume={S1}}"),
        (
            "@misc{a\n , title={A}\n , year=1\n}",
            "issued",
            None,
            "@misc{a\n , title={A}\n}",
        ),
        ("@misc(a, title={A})", "volume", "3", "@misc(a, title={A}, volume={3})"),
    ],
)
def test_every_layout(
    entry: str, variable: str, value: Value | None, result: str
) -> None:
    """Entries in one line, with tabs, with leading commas, in parentheses."""
    assert mended(entry, BIB, variable, value) == result


def test_an_entry_without_fields_is_laid_out_as_its_neighbours() -> None:
    """There is nothing in itself to go by."""
    text = "@misc{a,\n    title = {A},\n}\n@misc{b}\n"
    assert mended(text, BIB, "volume", "3", place=1) == text.replace(
        "@misc{b}", "@misc{b,\n    volume = {3}}"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date = {2001-05}", "date = {2010-08}"),
        ("date = {2001}, year = 2001", "date = {2010-08}, year = 2010"),
        ("year = {2001}", "year = {2010}, month = aug"),
        ("year = {2001}, month = {May}", "year = {2010}, month = aug"),
    ],
)
def test_a_date_in_the_fields_that_have_it(before: str, after: str) -> None:
    """BibTeX's, BibLaTeX's or both."""
    entry = "@misc{a, title = {A}, %s}\n"
    assert mended(entry % before, BIB, "issued", day(2010, 8)) == entry % after


def test_a_month_that_was_passed_over_goes_with_its_year() -> None:
    """Beside a year that is read as a date it would say something."""
    entry = "@misc{a,\n  year = {10000 BC},\n  month = {Spring},\n}\n"
    after = mended(entry, BIB, "issued", day(1800))
    assert after == "@misc{a,\n  year = {1800},\n}\n"


def test_fields_of_biblatex_stay_its() -> None:
    """A journal is set in ``journaltitle`` where that has it."""
    text = "@article{a, title = {A}, journaltitle = {J}, date = {2001}}\n"
    assert mended(text, BIB, "container-title", "K") == text.replace("{J}", "{K}")
    assert mended(text, FormatName.BIBLATEX, "publisher-place", "Oslo") == text.replace(
        "{J}", "{J}, location = {Oslo}"
    )


def test_title_and_subtitle() -> None:
    """Each in its field; a title without one leaves the other empty."""
    text = "@book{a, title = {Old}, subtitle = {Some {DNA} Words}, year = 1}\n"
    assert mended(text, BIB, "title", "New: Some DNA sentences") == (
        "@book{a, title = {New}, subtitle = {Some {DNA} sentences}, year = 1}\n"
    )
    assert mended(text, BIB, "title", "New") == "@book{a, title = {New}, year = 1}\n"


def test_a_title_in_double_braces_keeps_them() -> None:
    """They protect it as a whole."""
    text = "@misc{a, title = {{The T Cel Age}}}\n"
    assert mended(text, BIB, "title", "The T Cell Age") == text.replace("Cel", "Cell")


def test_names_in_reading_order_stay_so() -> None:
    """A new one is written as the others are."""
    text = "@misc{a, author = {Bo Oh and Jo von Ng}}\n"
    names = (Name("Oh", "Bo"), Name("Ng", "J. K.", non_dropping_particle="von"))
    assert mended(text, BIB, "author", names) == text.replace("Jo von", "J. K. von")


def test_other_characters_are_spelt_as_the_file_has_them() -> None:
    """Commands in a file that has commands, and in one that cannot carry them."""
    ascii_file = r"@misc{a, title = {A}, publisher = {M{\"u}ller}}"
    assert r"{\'e}" in mended(ascii_file, BIB, "title", "Un été")
    latin = "@misc{a, title = {A}, publisher = {Müller}}".encode("latin-1")
    assert r"\H" in mended(latin, BIB, "title", "Erdős und Müller")
    assert "Müller}}" in mended(latin, BIB, "title", "Erdős und Müller")
    assert "Erdős" in mended("@misc{a, title = {é}}", BIB, "title", "Erdős")


def test_several_variables_at_once() -> None:
    """Of which some go and others come."""
    text = "@misc{a,\n  title = {A},\n  volume = {1},\n  year = {2001}\n}\n"
    changes = [
        Change("volume", None),
        Change("issued", None),
        Change("DOI", "10.1/x"),
        Change("page", "5"),
    ]
    assert mended_by(text, BIB, changes) == (
        "@misc{a,\n  title = {A},\n  pages = {5},\n  doi = {10.1/x}\n}\n"
    )


@pytest.mark.parametrize(
    ("text", "variable", "reason"),
    [
        (
            "@string{j = {J}}\n@article{a, journal = j}\n",
            "container-title",
            "string `j`",
        ),
        (
            "@inbook{a, title={A}, crossref={b}}\n@book{b, title={B}, publisher={P}}\n",
            "publisher",
            r"is that of `b` \(crossref\)",
        ),
        (
            "@book{b, title={B}, publisher={P}}\n@inbook{a, title={A}, crossref={b}}\n",
            "publisher",
            "`publisher` of `a`",
        ),
        ("@misc{, title={A}}\n", "publisher", "no key"),
    ],
)
def test_what_is_not_the_entrys_own_is_refused(
    text: str, variable: str, reason: str
) -> None:
    """And what others would get from it, too."""
    with pytest.raises(CannotMend, match=reason):
        mended(text, BIB, variable, "New")


def test_an_undefined_string_may_be_replaced() -> None:
    """It is only a forgotten pair of braces."""
    text = "@article{a, journal = Nature}\n"
    result = mended(text, BIB, "container-title", "Cell")
    assert result == "@article{a, journal = {Cell}}\n"
