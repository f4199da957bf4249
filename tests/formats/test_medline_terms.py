"""MEDLINE's dates, names, titles, identifiers, languages and publication types.

Examples after MEDLINE/PubMed Data Element (Field) Descriptions (NLM) and the Web of
Science's table of field tags.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.medline.dates import read_date, written_date
from lupusrefs.formats.medline.languages import language_tag, medline_code
from lupusrefs.formats.medline.terms import (
    PUBLICATION_TYPES,
    csl_type,
    full_name,
    identifier_kind,
    issn_of,
    item_type,
    person,
    short_name,
    short_person,
    title_with_stop,
    title_without_stop,
)
from lupusrefs.model.dates import OPEN_END, Date, parse_edtf
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import TYPES
from strategies import partial_dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2021", "2021"),
        ("2021 Aug", "2021-08"),
        ("2021 Aug 5", "2021-08-05"),
        ("2013 06 10", "2013-06-10"),
        ("2021 Jul-Aug", "2021-07/2021-08"),
        ("1998 Dec-1999 Jan", "1998-12/1999-01"),
        ("1998 Dec 15-31", "1998-12-15/1998-12-31"),
        ("2000 Jul 29-Aug 4", "2000-07-29/2000-08-04"),
        ("2021 Spring", "2021-21"),
        ("2000 Spring-Summer", "2000-21/2000-22"),
        ("2020 Winter-2021 Spring", "2020-24/2021-21"),
        ("1978-1979", "1978/1979"),
        ("1998-99", "1998/1999"),
        ("2013 06-07", "2013-06/2013-07"),
        ("-0043-21", "-0043-21"),
        ("SPR 2011", "2011-21"),
        ("FAL-WIN 2006", "2006-23/2006-24"),
        ("DEC 16 2020", "2020-12-16"),
        ("FEB 21-23, 2005", "2005-02-21/2005-02-23"),
        ("2020-Dec", "2020-12"),
        ("04 2006", "2006-04"),
        ("September 2020", "2020-09"),
        ("2021-08-05", "2021-08-05"),
        ("2021~", "2021~"),
        ("2021-5", "2021-05"),
    ],
)
def test_a_date_is_read_whole(text: str, edtf: str) -> None:
    """MEDLINE's forms, the Web of Science's with the year last, and EDTF."""
    date, is_all = read_date(text)
    assert (date, is_all) == (_edtf(edtf), True)
    assert read_date(written_date(date)) == (date, True)


def _edtf(text: str) -> Date:
    date = parse_edtf(text)
    assert date is not None
    return date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021 Suppl", _edtf("2021")),
        ("2003 1st Quart", _edtf("2003")),
        ("Article 10 2019", _edtf("2019")),
        ("2021 Aug-Jul", _edtf("2021")),
        ("2021 Feb 30", _edtf("2021")),
        ("2021 Foo 3", _edtf("2021")),
        ("2021 Jan 1 2", _edtf("2021")),
        ("2021 Early Spring", _edtf("2021")),
        ("2021 ²", _edtf("2021")),
        ("2021-100", _edtf("2021")),
        ("2021 " + "Jan " * 20, _edtf("2021")),
    ],
)
def test_of_other_words_the_year_counts(text: str, date: Date) -> None:
    """The reader is told that there is more in the text."""
    assert read_date(text) == (date, False)


@pytest.mark.parametrize("text", ["in press", "1998, thesis publ. 1997", "-", "12"])
def test_words_without_one_year_stay_words(text: str) -> None:
    """Which year would it be?"""
    assert read_date(text) == (Date(literal=text), True)
    assert written_date(Date(literal=text)) == text


@given(partial_dates(), st.none() | partial_dates() | st.just(OPEN_END), st.booleans())
def test_every_date_that_edtf_can_write_reads_back(
    start: object, end: object, circa: object
) -> None:
    """In MEDLINE's words where it has some."""
    date = Date(start, end, circa=circa)  # type: ignore[arg-type]  # from strategies
    if parse_edtf(str(date)) == date:
        assert read_date(written_date(date))[0] == date


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Smith, John D", Name("Smith", "John D")),
        ("Smith, John D Jr", Name("Smith", "John D", suffix="Jr")),
        ("Smith, John, PhD", Name("Smith", "John", suffix="PhD")),
        ("Smith, , PhD", Name("Smith", suffix="PhD")),
        ("van der Berg, Ann", Name("van der Berg", "Ann")),
        ("de la Cruz", Name("de la Cruz")),
        ("et al.", OTHERS),
    ],
)
def test_a_name_in_full(text: str, name: Name) -> None:
    """Family, Given; what a reader makes of it is written again."""
    assert person(text) == name
    if name != OTHERS:
        assert full_name(name) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Smith JD", Name("Smith", "JD")),
        ("van der Berg JD 2nd", Name("van der Berg", "JD", suffix="2nd")),
        ("Brown J.M.", Name("Brown", "J.M.")),
        ("Selvamani", Name("Selvamani")),
        ("Jane Smith", Name(literal="Jane Smith")),
        ("van Groen, Maaike M.", Name("van Groen", "Maaike M.")),
        ("et al", OTHERS),
    ],
)
def test_a_short_name(text: str, name: Name) -> None:
    """Family and initials; words that are none may be anybody."""
    assert short_person(text) == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (Name("Wagener", "Jan-Robin P"), "Wagener JRP"),
        (Name("Hiles", "I D"), "Hiles ID"),
        (Name("Litt", "JS"), "Litt JS"),
        (Name("Humrich", "Jens", non_dropping_particle="von"), "von Humrich J"),
        (Name("King", "M. L.", suffix="Jr."), "King ML Jr"),
        (Name("Selvamani"), "Selvamani"),
    ],
)
def test_initials_are_made(name: Name, short: str) -> None:
    """Of each part of a given name; initials stay what they are."""
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Zotero: a manager.", "Zotero: a manager"),
        ("What is it?", "What is it?"),
        ("[Treatment of lupus].", "[Treatment of lupus]"),
        ("Vitamin D.", "Vitamin D"),
        ("Health in the U.S.", "Health in the U.S."),
        ("As told by Smith et al.", "As told by Smith et al."),
        ("And then...", "And then..."),
        ("Genentech Inc..", "Genentech Inc."),
    ],
)
def test_the_full_stop_of_a_title_is_medlines(written: str, title: str) -> None:
    """Where it is part of the title, it stays; both ways."""
    assert title_without_stop(written) == title
    assert title_with_stop(title) == written


@given(st.text(st.sampled_from("ab.?! U"), min_size=1, max_size=8))
def test_a_title_reads_back(title: str) -> None:
    """But for one that ends in just two full stops, as the writer's docstring says."""
    title = title.strip()
    if title.strip(". ") and not title.replace(" ", "").endswith(".."):
        assert title_without_stop(title_with_stop(title)) == title


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1000/a[b] [doi]", ("10.1000/a[b]", "doi")),
        ("S0140-6736(20)1 [pii]", ("S0140-6736(20)1", "pii")),
        ("doi:10.1000/a", ("10.1000/a", "doi")),
        ("http://dx.doi.org/10.1000/A", ("10.1000/A", "doi")),
        ("https://doi.org/", ("https://doi.org/", "url")),
        ("http://eric.ed.gov/?id=1", ("http://eric.ed.gov/?id=1", "url")),
        ("10.1000/a", ("10.1000/a", "doi")),
        ("e1042", ("e1042", "")),
    ],
)
def test_kinds_of_identifiers(text: str, found: tuple[str, str]) -> None:
    """By label, by URL, or by shape."""
    assert identifier_kind(text) == found


def test_issn() -> None:
    """With the medium behind it, and a label before it."""
    assert issn_of("0955-2359 (Print)") == issn_of("EISSN-0955-2359") == "0955-2359"
    assert issn_of("none") == "none"


def test_languages() -> None:
    """Codes, names in any case, tags; what is unknown stays."""
    codes = ("eng", "ENG", "English", "en", "de-AT", "mul")
    assert list(map(language_tag, codes)) == ["en", "en", "en", "en", "de-AT", "mul"]
    assert [medline_code(tag) for tag in ("en", "de-AT", "mul")] == [
        "eng",
        "de-AT",
        "mul",
    ]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_has_a_publication_type(kind: str) -> None:
    """That is read again, unless it is an article of a journal."""
    assert csl_type(PUBLICATION_TYPES[kind]) == kind


@pytest.mark.parametrize(
    ("names", "in_journal", "in_book", "kind"),
    [
        (["Journal Article", "Review"], True, False, "article-journal"),
        (["Journal Article", "Preprint"], True, False, "article"),
        (["Newspaper Article"], True, False, "article-newspaper"),
        (["Interview"], True, False, "article-journal"),
        (["Dataset", "Journal Article"], True, False, "article-journal"),
        (["Dataset"], False, False, "dataset"),
        (["Journal Articles", "Reports - Research"], False, False, "article-journal"),
        (["Reports - Evaluative"], False, False, "report"),
        (["Dissertations/Theses - Masters Theses"], False, False, "thesis"),
        (["Review"], False, True, "chapter"),
        (["Congress"], False, True, "paper-conference"),
        ([], False, False, "article-journal"),
        (["Portrait"], False, False, "article-journal"),
    ],
)
def test_the_type_of_a_record(
    names: list[str], in_journal: bool, in_book: bool, kind: str
) -> None:
    """What stands in a journal is its article, whatever it is about."""
    assert item_type(names, in_journal=in_journal, in_book=in_book) == kind
