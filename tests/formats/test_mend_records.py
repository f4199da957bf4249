"""Mending tagged records and EndNote's XML: the lines and elements of one record."""

from __future__ import annotations

import pytest

from lupusrefs.findings import Change, Value
from lupusrefs.formats.mend import CannotMend
from lupusrefs.formats.names import FormatName
from lupusrefs.model.names import OTHERS, Name
from mending import day, mended, mended_by

RIS, ENW, NBIB = FormatName.RIS, FormatName.ENW, FormatName.NBIB
RECORD = """TY  - JOUR
ID  - a
AU  - Mackensen, D.
AU  - Oh, Bo
TI  - A title
   of two lines
JO  - Nature Medicine
T2  - Nature Medicine
PY  - 2007
VL  - 3
SP  - 1
EP  - 5
N1  - Kept as it is
ER  -

"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("issued", day(2010), "PY  - 2007", "PY  - 2010"),
        ("issued", day(2010, 8), "2007\n", "2010\nDA  - 2010/08//\n"),
        ("issued", None, "PY  - 2007\n", ""),
        ("volume", "12", "VL  - 3", "VL  - 12"),
        ("volume", None, "VL  - 3\n", ""),
        ("issue", "4", "VL  - 3\n", "VL  - 3\nIS  - 4\n"),
        ("page", "7-9", "SP  - 1\nEP  - 5", "SP  - 7\nEP  - 9"),
        ("page", "e7", "SP  - 1\nEP  - 5", "SP  - e7"),
        ("page", None, "SP  - 1\nEP  - 5\n", ""),
        ("title", "Another", "A title\n   of two lines", "Another"),
        ("container-title", "Cell", "Nature Medicine", "Cell"),
        ("DOI", "10.1000/x", "EP  - 5\n", "EP  - 5\nDO  - 10.1000/x\n"),
        ("author", (Name("Mackensen", "A."), Name("Oh", "Bo")), "n, D.", "n, A."),
        ("author", (Name("Oh", "Bo"),), "AU  - Mackensen, D.\n", ""),
        (
            "author",
            (Name("Mackensen", "D."), Name("Oh", "Bo"), OTHERS),
            "Oh, Bo\n",
            "Oh, Bo\nAU  - et al.\n",
        ),
    ],
)
def test_ris_changes_line_by_line(
    variable: str, value: Value | None, old: str, new: str
) -> None:
    """The journal in both of its tags, pages in theirs."""
    assert mended(RECORD, RIS, variable, value) == RECORD.replace(old, new)


@pytest.mark.parametrize(
    ("before", "date", "after"),
    [
        ("Y1  - 2007/08/05/", day(2010), "Y1  - 2010///"),
        ("PY  - 2007/08/05", day(2010, 9, 6), "PY  - 2010/09/06"),
        ("PY  - 2007\nDA  - 2007-08-05", day(2010, 9), "PY  - 2010\nDA  - 2010-09"),
        ("PY  - 2007\nDA  - NOV", day(2010), "PY  - 2010"),
        ("PY  - 2007\nDA  - NOV", day(2010, 8), "PY  - 2010\nDA  - 2010/08//"),
        ("TI  - T", day(2010), "TI  - T\nPY  - 2010"),
    ],
)
def test_dates_of_ris_keep_their_form(before: str, date: Value, after: str) -> None:
    """Years, slashes, ISO 8601, months in words."""
    text = "TY  - JOUR\nID  - a\n%s\nER  - \n"
    assert mended(text % before, RIS, "issued", date) == text % after


def test_a_range_in_the_first_page_stays_there() -> None:
    """With its own dash."""
    text = "TY  - JOUR\nID  - a\nSP  - 1–5\nER  - \n"
    assert mended(text, RIS, "page", "11-15") == text.replace("1–5", "11–15")


def test_a_tag_that_means_the_same_is_used() -> None:
    """A file may have the older tags."""
    text = "TY  - JOUR\nID  - a\nA1  - Oh, Bo\nT1  - Old\nJF  - Cell\nER  - \n"
    changes = [
        Change("author", (Name("Oh", "Bo"), Name("Ng", "Al"))),
        Change("title", "New"),
        Change("container-title", "Nature"),
    ]
    assert mended_by(text, RIS, changes) == (
        "TY  - JOUR\nID  - a\nA1  - Oh, Bo\nA1  - Ng, Al\nT1  - New\nJF  - Nature\n"
        "ER  - \n"
    )


def test_a_doi_that_is_read_from_a_note_is_not_written_over() -> None:
    """The note would say another one."""
    text = "TY  - JOUR\nID  - a\nN1  - doi: 10.1000/x\nER  - \n"
    with pytest.raises(CannotMend, match="note"):
        mended(text, RIS, "DOI", "10.1000/y")


def test_a_made_key_may_change_with_the_author() -> None:
    """Where the record has none of its own."""
    text = "TY  - JOUR\nAU  - Oh, Bo\nTI  - T\nER  - \n"
    assert "Ng, Al" in mended(text, RIS, "author", (Name("Ng", "Al"),))


def test_enw() -> None:
    """Lines with percent signs."""
    text = "%0 Journal Article\n%A Oh, Bo\n%T A title\n%J Cell\n%D 2007\n%P 1-5\n\n"
    changes = [
        Change("author", (Name("Oh", "Bo"), Name("Ng", "Al"))),
        Change("issued", day(2010, 8)),
        Change("page", None),
        Change("DOI", "10.1/x"),
    ]
    assert mended_by(text, ENW, changes) == (
        "%0 Journal Article\n%A Oh, Bo\n%A Ng, Al\n%T A title\n%J Cell\n%R 10.1/x\n"
        "%D 2010\n%8 2010/08//\n\n"
    )


MEDLINE = """PMID- 123
DP  - 2007 Aug
TI  - Old title.
PG  - 1-5
LID - 10.1000/x [doi]
FAU - Mackensen, Daniel
AU  - Mackensen D
AD  - A department with a name that is so long that it goes on in the line below, as
      NLM has it.
LA  - eng
PT  - Journal Article
TA  - Nat Med
JT  - Nature medicine
AID - 10.1000/x [doi]
"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("issued", day(2010, 9), "2007 Aug", "2010 Sep"),
        ("title", "New title", "Old title.", "New title."),
        ("page", "11-15", "1-5", "11-15"),
        ("DOI", "10.1000/y", "10.1000/x", "10.1000/y"),
        ("volume", "3", "DP  -", "VI  - 3\nDP  -"),
        (
            "author",
            (Name("Mackensen", "Andreas"),),
            "Daniel\nAU  - Mackensen D",
            "Andreas\nAU  - Mackensen A",
        ),
        (
            "author",
            (Name("Mackensen", "Daniel"), Name("Oh", "Bo")),
            "NLM has it.\n",
            "NLM has it.\nFAU - Oh, Bo\nAU  - Oh B\n",
        ),
    ],
)
def test_nbib(variable: str, value: Value | None, old: str, new: str) -> None:
    """All lines of an author together; the DOI in both of its tags."""
    if variable == "volume":
        result = mended(MEDLINE, NBIB, variable, value)
        assert sorted(result.splitlines()) == sorted([*MEDLINE.splitlines(), "VI  - 3"])
    else:
        assert mended(MEDLINE, NBIB, variable, value) == MEDLINE.replace(old, new)


def test_long_lines_of_nbib_go_on_below() -> None:
    """Indented by six blanks."""
    result = mended(MEDLINE, NBIB, "title", "long words " * 12 + "end")
    assert "\n      words long" in result or "\n      long words" in result


STYLED = '<style face="normal" font="default" size="100%">%s</style>'
ENDNOTE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records><record>'
    '<ref-type name="Journal Article">17</ref-type><contributors><authors><author>'
    f"{STYLED.replace('%s', 'Oh, Bo')}</author></authors></contributors><titles><title>"
    f"{STYLED.replace('%s', 'A &lt; B')}</title></titles><volume>3</volume><dates>"
    f"<year>{STYLED.replace('%s', '2007')}</year></dates></record></records></xml>\n"
)


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("title", "B & A", "A &lt; B", "B &amp; A"),
        ("volume", "4", "<volume>3", "<volume>4"),
        ("volume", None, "<volume>3</volume>", ""),
        ("issued", day(2010), "2007", "2010"),
        ("author", (Name("Oh", "Al"),), "Oh, Bo", "Oh, Al"),
        (
            "author",
            None,
            ENDNOTE[ENDNOTE.index("<contri") : ENDNOTE.index("<titles>")],
            "",
        ),
        (
            "page",
            "1-5",
            "<volume>",
            f"<pages>{STYLED.replace('%s', '1-5')}</pages><volume>",
        ),
    ],
)
def test_endnote_xml(variable: str, value: Value | None, old: str, new: str) -> None:
    """Text inside its runs; elements in the order of EndNote's document type."""
    result = mended(ENDNOTE, FormatName.ENDNOTE_XML, variable, value)
    assert result == ENDNOTE.replace(old, new)


def test_xml_in_lines_gets_lines() -> None:
    """A new element has the indentation of those before it."""
    text = (
        '<xml><records>\n<record>\n  <ref-type name="Journal Article">17</ref-type>\n'
        "  <titles>\n    <title>T</title>\n  </titles>\n</record>\n</records></xml>\n"
    )
    result = mended(text, FormatName.ENDNOTE_XML, "volume", "3")
    assert (
        f"</titles>\n  <volume>{STYLED.replace('%s', '3')}</volume>\n</record>"
        in result
    )


def test_what_is_only_read_is_not_mended() -> None:
    """Web of Science's format has no writer."""
    text = "FN Clarivate\nVR 1.0\nPT J\nAU Oh, B\nTI T\nPY 2007\nER\n\nEF\n"
    with pytest.raises(CannotMend, match="only read"):
        mended(text, FormatName.ISI, "volume", "3")
