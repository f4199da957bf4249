"""The Web of Science's tagged export.

Records of our own, after the Web of Science's table "Core Collection Field Tags".
"""

from __future__ import annotations

import pytest

from lupusrefs.formats import isi
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference

ARTICLE = """\
PT J
AU Doe, JM
   Roe, R
AF Doe, Jane M.
   Roe, Rae
CA Invented Study Grp
TI An invented trial of
   nothing
SO JOURNAL OF INVENTIONS
LA English
DT Article
DE nothing; trials, invented
ID MORE WORDS
AB There was none.
CR Poe E, 1999, J INV, V1, P1, DOI 10.9999/cited
   Poe E, 2000, J INV, V2, P2
PU INVENTORS
PI NOWHERE
SN 1234-5679
EI 2345-6789
JI J. Inv.
PD AUG 5
PY 2021
VL 12
IS 4
SU 1
BP 567
EP 569
AR 1042
DI 10.1234/inv.2021.5
EA JUN 2021
PM 31234567
UT WOS:000000000000001
ER
"""


def load(text: str) -> Loaded:
    """Read a text as the file ``f.ciw``."""
    return isi.load(SourceText("f.ciw", text))


def one(fields: str) -> Reference:
    """The reference of the fields, about which nothing is said."""
    loaded = load(f"FN Clarivate Analytics Web of Science\nVR 1.0\n{fields}\nER\n\nEF")
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def rest(reference: Reference) -> list[tuple[str, str]]:
    """The fields of its origin."""
    assert reference.origin is not None
    return list(reference.origin.fields)


def test_an_article_is_read() -> None:
    """Every variable that the export has a field for."""
    (reference,) = load(ARTICLE).references
    assert reference.to_csl() == {
        "id": "doe2021invented",
        "type": "article-journal",
        "author": [
            {"family": "Doe", "given": "Jane M."},
            {"family": "Roe", "given": "Rae"},
            {"literal": "Invented Study Grp"},
        ],
        "title": "An invented trial of nothing",
        "container-title": "JOURNAL OF INVENTIONS",
        "container-title-short": "J. Inv.",
        "issued": {"date-parts": [[2021, 8, 5]]},
        "available-date": {"date-parts": [[2021, 6]]},
        "volume": "12",
        "issue": "4",
        "supplement-number": "1",
        "page": "567-569",
        "number": "1042",
        "publisher": "INVENTORS",
        "publisher-place": "NOWHERE",
        "DOI": "10.1234/inv.2021.5",
        "PMID": "31234567",
        "ISSN": "1234-5679, 2345-6789",
        "keyword": "nothing; trials, invented",
        "language": "en",
        "abstract": "There was none.",
    }
    assert reference.origin is not None
    assert (reference.origin.family, reference.origin.kind) == ("isi", "J")
    assert rest(reference) == [
        ("DT", "Article"),
        ("ID", "MORE WORDS"),
        (
            "CR",
            "Poe E, 1999, J INV, V1, P1, DOI 10.9999/cited\nPoe E, 2000, J INV, V2, P2",
        ),
        ("UT", "WOS:000000000000001"),
    ]


def test_everything_has_its_place() -> None:
    """The record, and the field of each variable."""
    text = f"FN x\n{ARTICLE}"
    (reference,) = load(text).references
    assert reference.location is not None
    assert (reference.location.line, reference.location.column) == (2, 1)
    span = reference.places["DOI"].span
    assert span is not None
    assert text[span.start : span.end] == "10.1234/inv.2021.5"
    assert set(reference.places) == set(reference.to_csl()) - {"id", "type"}


def test_several_records() -> None:
    """ER ends one, and PT begins one where ER is missing."""
    assert len(load(f"{ARTICLE}\n{ARTICLE}\nEF\n").references) == 2
    loaded = load("PT J\nTI A\nPT J\nTI B\n")
    assert [one.title for one in loaded.references] == ["A", "B"]
    assert [one.message for one in loaded.diagnostics] == [
        "the file ends within this record, without `ER`"
    ]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("PT J\nDT Article; Proceedings Paper\nCT C", "article-journal"),
        ("PT C", "paper-conference"),
        ("PT B\nTI A\nSO B\nDT Proceedings Paper", "paper-conference"),
        ("PT B\nTI A\nSO B\nDT Article; Book Chapter", "chapter"),
        ("PT B\nTI A.\nSO A", "book"),
        ("PT B\nTI A\nSO B\nDT Book", "book"),
        ("PT S\nTI A\nSO B", "chapter"),
        ("PT P", "patent"),
        ("PT J\nDT Dissertation/Thesis", "thesis"),
        ("PT J\nDT Data set", "dataset"),
        ("TI A", "article-journal"),
    ],
)
def test_types(fields: str, kind: str) -> None:
    """By publication type, document type, and whether the source is the title."""
    assert one(fields).type == kind


def test_a_part_of_a_book() -> None:
    """Editors, authors and groups of the book, its series, the conference."""
    reference = one(
        "PT S\nAU Doe, J\nBA Poe, E\nGP IEEE\nBE Roe, R\nTI A\nSO B, VOL 2\nSE Series\n"
        "CT 7th Conference\nCY FEB 21-23, 2005\nCL Nowhere\nBN 978-1; 978-2\nD2 10.1/b"
    )
    assert reference.editor == (Name("Roe", "R"),)
    assert reference.container_author == (Name("Poe", "E"), Name(literal="IEEE"))
    assert reference.collection_title == "Series"
    assert reference.event_title == "7th Conference"
    assert str(reference.event_date) == "2005-02-21/2005-02-23"
    assert reference.event_place == "Nowhere"
    assert (reference.isbn, reference.doi) == ("978-1, 978-2", None)
    assert ("D2", "10.1/b") in rest(reference)


def test_a_whole_book() -> None:
    """Its source is its title; its authors and its DOI have fields of their own."""
    reference = one("PT B\nBA Poe, E\nSO Book of things\nD2 10.1234/b")
    assert (reference.type, reference.title) == ("book", "Book of things")
    assert (reference.author, reference.doi) == ((Name("Poe", "E"),), "10.1234/b")
    assert reference.container_title is None


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ("PD SPR\nPY 2011", "2011-21"),
        ("PD JAN-FEB\nPY 2011", "2011-01/2011-02"),
        ("PD DEC 16 2020\nPY 2020", "2020-12-16"),
        ("PD 2020-Dec\nPY 2020", "2020-12"),
        ("PD 04 2006\nPY 2006", "2006-04"),
        ("PY 2006", "2006"),
        ("PD AUG 2006", "2006-08"),
        ("PD 1998, thesis publ. 1997\nPY 1998", "1998"),
        ("PD DEC 2019\nPY 2020", "2020"),
        ("PD in press", "in press"),
        ("PD AUG 2006 Suppl", "2006"),
    ],
)
def test_dates(fields: str, edtf: str) -> None:
    """Month and day apart from the year, or together; PY wins a quarrel."""
    assert str(one(f"PT J\n{fields}").issued) == edtf


def test_what_a_date_does_not_say_is_kept() -> None:
    """The whole field."""
    assert rest(one("PT J\nPD Suppl\nPY 1998")) == [("PD", "Suppl")]


@pytest.mark.parametrize(
    ("fields", "page"),
    [
        ("BP 82\nEP 82", "82"),
        ("BP 82", "82"),
        ("EP 84", "84"),
        ("PS 82-4", "82-4"),
        ("BP 82\nEP 84\nPS 82-4", "82-84"),
        ("BP 411-1\nEP 411-3\nPS 411-1-3", "411-1-3"),
    ],
)
def test_pages(fields: str, page: str) -> None:
    """First and last, or the one field of other databases."""
    assert one(f"PT J\n{fields}").page == page


@pytest.mark.parametrize("text", ["UNSP 1042", "ARTN 1042", "1042"])
def test_article_numbers(text: str) -> None:
    """Without the words before them."""
    assert one(f"PT J\nAR {text}").number == "1042"


def test_numbers_of_parts_and_patents() -> None:
    """PN is a part of an issue, or a patent."""
    assert one("PT J\nPN 2").part_number == "2"
    assert one("PT P\nPN US1").number == "US1"


def test_names_as_other_databases_write_them() -> None:
    """In one line, with mail addresses, without commas; nobody is nobody."""
    reference = one(
        "PT J\nAU Doe, Jane; Roe, Rae\n   Poe, Ed (ed@example.org)\n   Foe F\n"
        "   World Org of Things"
    )
    assert reference.author == (
        Name("Doe", "Jane"),
        Name("Roe", "Rae"),
        Name("Poe", "Ed"),
        Name("Foe", "F"),
        Name(literal="World Org of Things"),
    )
    assert one("PT J\nAU [Anonymous]").author == ()
    fewer = one("PT J\nAU Doe, J\n   Roe, R\nAF Doe, Jane")
    assert fewer.author == (Name("Doe", "J"), Name("Roe", "R"))


def test_inspec_and_medline() -> None:
    """INSPEC's scripts become rich text; MEDLINE's full stop goes."""
    inspec = one("PT J\nUT INSPEC:1\nTI LiNbO/sub 3/ and He/sup +/\nDE a/ b; c")
    assert inspec.title == "LiNbO<sub>3</sub> and He<sup>+</sup>"
    assert inspec.keyword is None
    assert ("DE", "a/ b; c") in rest(inspec)
    assert one("PT J\nUT MEDLINE:1\nTI Nothing.").title == "Nothing"
    assert one("PT J\nUT WOS:1\nTI Nothing/sub 3/.").title == "Nothing/sub 3/."


def test_a_file_that_has_lost_its_indents() -> None:
    """A line that begins with two capitals is a field only where that is known."""
    reference = one("PT J\nTI About the\nXY chromosome\nAU Doe, J\nRoe, R\nAB OF it")
    assert reference.title == "About the XY chromosome"
    assert reference.author == (Name("Doe", "J"), Name("Roe", "R"))
    assert reference.abstract == "OF it"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("FN ISI Export Format\nVR 1.0\nEF\n", "there is no Web of Science record"),
        ("hello", "text before the first field belongs to no record"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    """With its place."""
    loaded = load(text)
    assert loaded.references == ()
    assert any(one.message.startswith(told) for one in loaded.diagnostics)
