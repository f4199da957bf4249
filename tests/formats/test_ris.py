"""RIS as the specifications say, and as exporters and editors write it.

The specifications are Reference Manager's of 2001 ("RIS Format Specifications": form
of a line, names, dates) and EndNote's of 2011 (the same title: the meaning of each tag
in each type). The examples are made up.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats import ris
from lupusrefs.formats.endnote.types import KINDS
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText, decode
from lupusrefs.model.reference import Reference

ARTICLE = """\
TY  - JOUR
AU  - Moreau, Ana
AU  - van den Berg, J. H.
TI  - Of mice
T2  - Annals of Rodents
J2  - Ann Rod
DA  - 2021/08/05/
PY  - 2021
VL  - 12
IS  - 3
SP  - 204
EP  - 9
SN  - 1234-5679
DO  - 10.1000/mice
UR  - https://example.org/mice
AB  - What mice do.
KW  - mouse
KW  - cheese
LA  - en
ID  - moreau2021
"""
ARTICLE += "ER  - \n"


def load(text: str) -> Loaded:
    """Read a text as the file ``refs.ris``."""
    return ris.load(SourceText("refs.ris", text))


def one(text: str) -> Reference:
    """The only reference of a text with nothing wrong."""
    loaded = load(text)
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def record(*lines: str, kind: str = "JOUR") -> Reference:
    """The reference of one record."""
    return one("\n".join((f"TY  - {kind}", *lines, "ER  - \n")))


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``severity line:column message``."""
    return [
        f"{one.severity} {one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


def test_an_article() -> None:
    """Every usual tag has its CSL variable."""
    assert one(ARTICLE).to_csl() == {
        "id": "moreau2021",
        "type": "article-journal",
        "author": [
            {"family": "Moreau", "given": "Ana"},
            {"family": "van den Berg", "given": "J. H."},
        ],
        "title": "Of mice",
        "container-title": "Annals of Rodents",
        "container-title-short": "Ann Rod",
        "issued": {"date-parts": [[2021, 8, 5]]},
        "volume": "12",
        "issue": "3",
        "page": "204-9",
        "DOI": "10.1000/mice",
        "URL": "https://example.org/mice",
        "ISSN": "1234-5679",
        "keyword": "mouse; cheese",
        "language": "en",
        "abstract": "What mice do.",
    }


@pytest.mark.parametrize(
    "change",
    [
        ("  - ", " - "),
        ("  - ", "  -"),
        ("  - ", "\u00a0\u00a0- "),
        ("  - ", "  \u2013 "),
        ("  - ", "    - "),
        ("ER  - \n", "ER\n"),
        ("ER  - \n", "ER  -\n"),
        ("ER  - \n", "ER  - end of it\n"),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("TI  - Of mice\n", "TI  - Of\nmice\n"),
        ("TI  - Of mice\n", "TI  -\n      Of mice\n"),
        ("\nVL", "\n\n\nVL"),
        ("TY  - ", "\ufeffTY  - "),
        ("T2  - ", "JF  - "),
        ("TI  - ", "T1  - "),
        ("PY  - 2021\n", "Y1  - 2021///\n"),
        ("SP  - 204\nEP  - 9\n", "SP  - 204-9\n"),
        ("SP  - 204\nEP  - 9\n", "SP  - 204-9\nEP  - 9\n"),
        ("AB  - ", "N2  - "),
        ("J2  - ", "JA  - "),
        ("AU  - ", "A1  - "),
        ("KW  - mouse\nKW  - cheese\n", "KW  - mouse\ncheese\n"),
        ("SN  - 1234-5679", "SN  - 1234-5679 (Print)"),
        ("AU  - Moreau, Ana\nAU  - ", "AU  - Moreau, Ana; "),
    ],
)
def test_the_same_article_in_other_spellings(change: tuple[str, str]) -> None:
    """What exporters write instead is read as the same."""
    old, new = change
    assert old in ARTICLE
    assert one(ARTICLE.replace(old, new)).to_csl() == one(ARTICLE).to_csl()


def test_small_letters_and_indented_files() -> None:
    """Someone's editor."""
    small = "\n".join(
        line[:2].lower() + line[2:] for line in ARTICLE.splitlines(keepends=False)
    )
    assert one(small).to_csl() == one(ARTICLE).to_csl()
    sloppy = small.replace("  - ", " - ")
    assert one(sloppy).to_csl() == one(ARTICLE).to_csl()
    indented = "".join(f"  {line}" for line in ARTICLE.splitlines(keepends=True))
    assert one(indented).to_csl() == one(ARTICLE).to_csl()


def test_a_file_with_byte_order_mark_and_mixed_line_ends() -> None:
    """Windows."""
    data = b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n", 5).encode()
    (reference,) = ris.load(decode(data, "refs.ris")).references
    assert reference.to_csl() == one(ARTICLE).to_csl()


def test_prose_is_no_tag_even_in_sloppy_files() -> None:
    """With one space before the dash, only tags that there are count."""
    reference = one(
        "TY - JOUR\nTI - T\nAB - Rays:\nUV - is one\nIR - is another\nER - \n"
    )
    assert reference.abstract == "Rays:\nUV - is one\nIR - is another"


def test_places() -> None:
    """Of the record from its first to its last tag, of a value without its tag."""
    reference = one(f"\n{ARTICLE}")
    assert reference.location is not None
    assert reference.location.span is not None
    span = reference.location.span
    assert f"\n{ARTICLE}"[span.start : span.end] == ARTICLE.removesuffix("  - \n")
    place = reference.places["title"]
    assert (place.line, place.column) == (5, 7)
    assert reference.places["id"].line == 21
    assert place.span is not None
    assert f"\n{ARTICLE}"[place.span.start : place.span.end] == "Of mice"


# --- the whole of a file ------------------------------------------------------


def test_a_missing_end_is_told() -> None:
    """The next record begins nevertheless."""
    loaded = load("TY  - JOUR\nTI  - A\nTY  - BOOK\nTI  - B\n")
    assert [reference.title for reference in loaded.references] == ["A", "B"]
    assert told(loaded) == [
        "warning 1:1 the record has no `ER` at its end (also in line 3)"
    ]


def test_a_missing_type_is_told() -> None:
    """Ended by ER, or with a title, it is a record."""
    loaded = load("KW  - a\nER  - \nTI  - B\n\nTY  - JOUR\nER  - \nAU  - C, D\n")
    assert [reference.type for reference in loaded.references] == [
        *("document", "document", "article-journal", "document"),
    ]
    message = "the record has no `TY`; it is read as a document"
    assert told(loaded) == [f"warning 1:1 {message} (also in lines 3, 7)"]


def test_tags_before_the_type_belong_to_the_record() -> None:
    """Some programs write the ID first."""
    assert one("ID  - a\nTY  - JOUR\nER  - \n").id == "a"


def test_what_stands_outside_records_is_told() -> None:
    """Headers of exporters are nobody's loss; a tag may be."""
    loaded = load(
        "Provider: Some Press\n\nTY  - JOUR\nER  - \n\nfree text\nKW  - lost\n"
    )
    assert len(loaded.references) == 1
    assert told(loaded) == [
        "warning 1:1 text outside a record is ignored (also in line 6)",
        "error 7:1 `KW` stands outside a record; it is ignored",
    ]


def test_an_unknown_type_is_told() -> None:
    """With a guess; EndNote's names are taken for what they are."""
    loaded = load(
        "TY  - JUOR\nER  - \nTY  - XYZZY\nER  - \nTY  - Journal Article\nER  -"
    )
    assert told(loaded) == [
        "warning 1:7 `JUOR` is not a RIS type; it is read as a document",
        "warning 3:7 `XYZZY` is not a RIS type; it is read as a document",
    ]
    assert [found.hint for found in loaded.diagnostics] == [
        "did you mean `JOUR`?",
        "write `GEN` for any other type",
    ]
    assert [reference.type for reference in loaded.references] == [
        *("document", "document", "article-journal"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_file_without_records_is_told(text: str) -> None:
    """Nothing is no success."""
    assert told(load(text))[0].endswith("the file has no records")


def test_a_repeated_id_is_an_error_and_both_stay() -> None:
    """Nothing is dropped."""
    loaded = load(f"{ARTICLE}\n{ARTICLE}")
    assert [reference.id for reference in loaded.references] == ["moreau2021"] * 2
    assert told(loaded) == [
        "error 42:7 the id `moreau2021` stands twice; the first is in line 20"
    ]


def test_keys_are_made_without_a_word() -> None:
    """RIS seldom has an ID, and what it has may be no key."""
    loaded = load(
        "TY  - JOUR\nAU  - Moreau, A.\nPY  - 2021\nTI  - The mice\nER  - \n" * 2
        + "TY  - JOUR\nTI  - Cheese\nID  - 10.1000/cheese\nER  - \n"
        + "TY  - JOUR\nTI  - Bread\nID  - two words\nER  - \n"
    )
    assert loaded.diagnostics == ()
    first, second, cheese, bread = loaded.references
    assert (first.id, second.id) == ("moreau2021mice", "moreau2021micea")
    assert (cheese.id, cheese.doi) == ("anoncheese", "10.1000/cheese")
    assert bread.origin is not None
    assert (bread.id, bread.origin.fields) == ("anonbread", (("ID", "two words"),))


# --- types --------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_type_is_read_and_written_back(kind: object) -> None:
    """All of the specification of 2011, and those of 2001 that it dropped."""
    code = getattr(kind, "code", "")
    reference = record("TI  - T", kind=code)
    assert reference.type == getattr(kind, "type", "")
    assert ris.dump([reference]).startswith(f"TY  - {code}\n")


def test_an_unpublished_work_that_can_be_had_is_an_article() -> None:
    """CSL's "article" is a preprint, its "manuscript" is in a drawer."""
    assert record("TI  - T", kind="UNPB").type == "manuscript"
    assert record("DO  - 10.1000/x", kind="UNPB").type == "article"


def test_in_press_is_a_status() -> None:
    """A type of its own in RIS."""
    reference = record("TI  - T", kind="INPR")
    assert (reference.type, reference.status) == ("article-journal", "in press")


# --- people -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "tag", "variable"),
    [
        ("JOUR", "A2", "editor"),
        ("JOUR", "ED", "editor"),
        ("JOUR", "A4", "translator"),
        ("CHAP", "A2", "editor"),
        ("CHAP", "A3", "collection_editor"),
        ("CHAP", "A4", "translator"),
        ("BOOK", "A3", "editor"),
        ("BOOK", "A2", "editor"),
        ("EDBOOK", "AU", "editor"),
        ("THES", "A3", "contributor"),
        ("MPCT", "AU", "director"),
        ("MPCT", "A3", "producer"),
        ("MUSIC", "AU", "composer"),
        ("SOUND", "A2", "performer"),
        ("PCOMM", "A2", "recipient"),
        ("BILL", "A2", "author"),
    ],
)
def test_roles_depend_on_the_type(kind: str, tag: str, variable: str) -> None:
    """EndNote's table; the second authors of a book without a series edited it."""
    (name,) = getattr(record(f"{tag}  - Moreau, Ana", kind=kind), variable)
    assert name.family == "Moreau"


def test_a_book_in_a_series_has_a_series_editor() -> None:
    """As the table says."""
    reference = record("A2  - Moreau, A.", "T2  - Rodent Studies", kind="BOOK")
    assert reference.collection_title == "Rodent Studies"
    assert reference.collection_editor[0].family == "Moreau"


def test_roles_that_csl_has_not_are_kept_aside() -> None:
    """The court reporter of a case, the assignee's own office of a patent."""
    reference = record("A2  - A, B", "TI  - T", kind="CASE")
    assert reference.origin is not None
    assert reference.origin.fields == (("A2", "A, B"),)
    patent = record("A2  - European Patent Office", kind="PAT")
    assert patent.authority == "European Patent Office"


def test_a_list_that_is_cut_ends_with_others() -> None:
    """However it was cut, and wherever the mark stands."""
    for mark in ("et al.", "et al", "others", "et, al", "et al.,"):
        reference = record(f"AU  - {mark}", "AU  - Moreau, A.")
        assert [str(name) for name in reference.author] == ["A. Moreau", "others"]


def test_two_tags_with_one_list_are_one_list() -> None:
    """Some exporters repeat the authors in A1; Web of Science has groups there."""
    reference = record("AU  - A, B", "AU  - C, D", "A1  - A, B", "A1  - IEEE")
    assert [str(name) for name in reference.author] == ["B A", "D C", "IEEE"]


# --- titles -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("JOUR", ["JO  - Ann Rod"], ("Ann Rod", None)),
        ("JOUR", ["JO  - Ann Rod", "JF  - Annals"], ("Annals", "Ann Rod")),
        ("JOUR", ["JO  - Annals", "JF  - Annals"], ("Annals", None)),
        ("JOUR", ["JA  - Ann Rod"], (None, "Ann Rod")),
        ("JOUR", ["J9  - ANN ROD", "JI  - Ann. Rod."], (None, "Ann. Rod.")),
        ("CHAP", ["BT  - The Book"], ("The Book", None)),
        ("ELEC", ["T2  - Some Site"], ("Some Site", None)),
        ("BOOK", ["JF  - A Journal"], ("A Journal", None)),
    ],
)
def test_the_title_of_the_whole(
    kind: str, lines: list[str], expected: tuple[str | None, str | None]
) -> None:
    """Full before abbreviated, whichever tags there are."""
    reference = record(*lines, kind=kind)
    found = (reference.container_title, reference.container_title_short)
    assert found == expected


def test_the_title_of_a_book_may_be_in_bt() -> None:
    """That was so in 2001."""
    assert record("BT  - The Book", kind="BOOK").title == "The Book"
    book = record("TI  - The Book", "BT  - A Whole", kind="BOOK")
    assert (book.title, book.container_title) == ("The Book", "A Whole")


def test_conference_and_proceedings() -> None:
    """T2 and CY are the conference's where C3 and C1 say so."""
    paper = record("T2  - RodentCon", "CY  - Oslo", kind="CONF")
    assert (paper.container_title, paper.publisher_place) == ("RodentCon", "Oslo")
    assert (paper.event_title, paper.event_place) == (None, None)
    paper = record(
        *("T2  - RodentCon", "C3  - Proceedings", "CY  - Oslo", "C1  - Bern"),
        kind="CONF",
    )
    assert (paper.container_title, paper.publisher_place) == ("Proceedings", "Bern")
    assert (paper.event_title, paper.event_place) == ("RodentCon", "Oslo")
    paper = record("T2  - Mice 2022", "CP  - RodentCon", kind="CPAPER")
    assert (paper.container_title, paper.event_title) == ("Mice 2022", "RodentCon")


def test_cp_is_an_issue_or_a_conference() -> None:
    """Reference Manager's and Web of Science's meaning."""
    assert record("CP  - Suppl. 2").issue == "Suppl. 2"
    assert record("CP  - Int Symposium on Mice").event_title == "Int Symposium on Mice"


def test_rich_text_stays_as_it_is() -> None:
    """Zotero writes its tags into RIS."""
    assert record("TI  - Of <i>Mus</i> & H<sub>2</sub>O").title == (
        "Of <i>Mus</i> & H<sub>2</sub>O"
    )


# --- dates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY  - 2021"], "2021"),
        (["PY  - 2021///"], "2021"),
        (["Y1  - 2021/08//"], "2021-08"),
        (["Y1  - 1998///Spring"], "1998-21"),
        (["PY  - 2021", "DA  - 2021/08/05/"], "2021-08-05"),
        (["PY  - 2021", "DA  - AUG 5"], "2021-08-05"),
        (["PY  - 2021", "DA  - SEP-OCT"], "2021-09/2021-10"),
        (["PY  - 2021", "DA  - WIN"], "2021-24"),
        (["PY  - 2021", "DA  - 2021/08//undefined"], "2021-08"),
        (["DA  - 1950/01/01", "Y1  - 1900/01/01"], "1950-01-01"),
        (["PY  - 2015", "Y1  - 2015/09/10"], "2015-09-10"),
        (["PY  - 2013/04/18", "PY  - 2013/02/15/received"], "2013-04-18"),
        (["PY  - 2021", "DA  - 2019/08/05/"], "2021"),
        (["PY  - 2021-08-05"], "2021-08-05"),
        (["PY  - 2021/08/05/2021-08-05/2021-08-07"], "2021-08-05/2021-08-07"),
        (["PY  - in press"], "in press"),
        (["PY  - 2021//05"], "2021"),
        (["PY  - 2021/13/05"], "2021"),
    ],
)
def test_dates_of_issue(lines: list[str], expected: str) -> None:
    """PY gives the year, the other fields what they know of it."""
    assert str(record(*lines).issued) == expected


def test_dates_that_say_something_else_are_kept_aside() -> None:
    """When a paper was received is not when it was issued."""
    reference = record("PY  - 2013", "PY  - 2013/02/15/received", "DA  - 2012/01/01/")
    assert reference.origin is not None
    assert reference.origin.fields == (
        ("PY", "2013/02/15/received"),
        ("DA", "2012/01/01/"),
    )


def test_a_date_that_is_none_is_told_where_it_has_digits() -> None:
    """It is kept as words."""
    loaded = load("TY  - JOUR\nPY  - 20l5\nY2  - the 5th\nER  - \n")
    (reference,) = loaded.references
    assert (str(reference.issued), str(reference.accessed)) == ("20l5", "the 5th")
    assert told(loaded) == [
        "warning 2:7 `PY`: `20l5` is no date; it is kept as words",
        "warning 3:7 `Y2`: `the 5th` is no date; it is kept as words",
    ]


def test_other_dates() -> None:
    """When it was seen; when it was first online, which other types call edition."""
    reference = record("Y2  - 2021/08/05", "ET  - 2020/11/30")
    assert str(reference.accessed) == "2021-08-05"
    assert str(reference.available_date) == "2020-11-30"
    assert record("ET  - 2nd", kind="BOOK").edition == "2nd"
    article = record("ET  - 2nd")
    assert article.origin is not None
    assert article.origin.fields == (("ET", "2nd"),)


# --- pages and numbers --------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["SP  - 204", "EP  - 209"], "204-209"),
        (["SP  - 204", "EP  - 204"], "204"),
        (["SP  - 204", "EP  - +"], "204+"),
        (["EP  - 209"], "209"),
        (["SP  - e0162213"], "e0162213"),
        (["SP  - 1-5, 9"], "1-5, 9"),
        (["SP  - A-1", "EP  - A-5"], "A-1-A-5"),
        (["SP  - xi + 274 pp.-xi + 274 pp."], "xi + 274 pp."),
        (["SP  - 5-5"], "5-5"),
        (["SP  - N.PAG", "EP  - N.PAG"], None),
    ],
)
def test_pages(lines: list[str], expected: str | None) -> None:
    """In two fields, in one, and not at all."""
    assert record(*lines).page == expected


@pytest.mark.parametrize(
    ("lines", "page", "count"),
    [
        (["SP  - 206"], None, "206"),
        (["SP  - 206-206"], None, "206"),
        (["SP  - 1", "EP  - 280"], "1-280", None),
        (["SP  - 69-85"], "69-85", None),
        (["SP  - 7", "EP  - 7"], "7", None),
    ],
)
def test_a_book_has_a_number_of_pages(
    lines: list[str], page: str | None, count: str | None
) -> None:
    """Its SP is "Number of Pages" in the table; exporters give ranges, too."""
    book = record(*lines, kind="BOOK")
    assert (book.page, book.number_of_pages) == (page, count)


@pytest.mark.parametrize(
    ("kind", "lines", "isbn", "issn"),
    [
        ("JOUR", ["SN  - 1234-5679", "SN  - 2345-6789"], None, "1234-5679, 2345-6789"),
        ("JOUR", ["SN  - 1234-5679; 2345-6789"], None, "1234-5679, 2345-6789"),
        ("JOUR", ["SN  - 12345679 (Electronic)"], None, "12345679"),
        (
            "CHAP",
            ["SN  - 1614-9785 978-3-642-41404-6"],
            "978-3-642-41404-6",
            "1614-9785",
        ),
        ("BOOK", ["SN  - 0-8044-2957-X"], "0-8044-2957-X", None),
        ("BOOK", ["SN  - ISBN 9783642414046"], "9783642414046", None),
        ("BOOK", ["SN  - 978 3 642 41404 6"], "978 3 642 41404 6", None),
        ("BOOK", ["SN  - unknown"], "unknown", None),
        ("JOUR", ["SN  - unknown"], None, "unknown"),
        ("JOUR", ["SN  - 1234567890"], None, "1234567890"),
    ],
)
def test_isbn_and_issn(
    kind: str, lines: list[str], isbn: str | None, issn: str | None
) -> None:
    """By their shape; what has none is what the type would have."""
    reference = record(*lines, kind=kind)
    assert (reference.isbn, reference.issn) == (isbn, issn)


@pytest.mark.parametrize(
    ("kind", "line", "variable", "text"),
    [
        ("RPRT", "SN  - TR-12", "number", "TR-12"),
        ("RPRT", "M1  - TR-12", "number", "TR-12"),
        ("PAT", "SN  - 1234-5679", "number", "1234-5679"),
        ("PAT", "IS  - US123", "number", "US123"),
        ("BOOK", "M1  - 7", "collection_number", "7"),
        ("CHAP", "SV  - 7", "collection_number", "7"),
        ("CHAP", "SE  - 3", "chapter_number", "3"),
        ("CONF", "M1  - 2", "issue", "2"),
        ("JOUR", "C7  - 107538", "number", "107538"),
        ("COMP", "ET  - 2.1", "version", "2.1"),
        ("CASE", "PB  - High Court", "authority", "High Court"),
        ("MAP", "C1  - 1:5000", "scale", "1:5000"),
        ("JOUR", "VO  - 8", "volume", "8"),
        ("JOUR", "PU  - Press", "publisher", "Press"),
        ("ELEC", "M3  - video", "medium", "video"),
    ],
)
def test_numbers_depend_on_the_type(
    kind: str, line: str, variable: str, text: str
) -> None:
    """EndNote's table."""
    assert getattr(record(line, kind=kind), variable) == text


# --- identifiers --------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["M3  - doi: 10.1000/mice"],
        ["L3  - https://dx.doi.org/10.1000/mice"],
        ["L3  - 10.1000/mice"],
        ["UR  - https://press.example/doi/full/10.1000/mice"],
        ["N1  - doi:10.1000/mice"],
        ["AN  - 10.1000/mice"],
        ["C5  - https://doi.org/10.1000/mice."],
        ["N1  - Reply to 10.1000/cats", "UR  - https://doi.org/10.1000/mice"],
    ],
)
def test_a_doi_in_another_field_is_found(lines: list[str]) -> None:
    """As long as the field speaks of the work itself."""
    assert record(*lines).doi == "10.1000/mice"


@pytest.mark.parametrize(
    "lines",
    [
        ["N1  - Comment on 10.1000/cats"],
        ["AB  - 10.1000/cats"],
        ["N1  - 10.1000/cats and 10.1000/dogs"],
        ["UR  - https://x.example/10.1000/cats/10.1001/dogs 10.1000/mice"],
        [f"N1  - 10.1000/{'x' * 3000}"],
    ],
)
def test_a_doi_of_another_work_is_not_taken(lines: list[str]) -> None:
    """Notes name what a work comments on."""
    assert record(*lines).doi is None


def test_a_doi_stays_as_the_file_has_it() -> None:
    """And what only repeats it goes."""
    reference = record(
        "DO  - https://doi.org/10.1000/Mice",
        "M3  - doi: 10.1000/mice",
        "N1  - doi: 10.1000/mice",
        "N1  - seen",
        "DO  - 10.1000/book",
    )
    assert (reference.doi, reference.note) == (
        "https://doi.org/10.1000/Mice",
        "seen",
    )
    assert reference.origin is not None
    assert reference.origin.fields == (("DO", "10.1000/book"),)
    assert "note" not in record("DO  - 10.1000/x", "N1  - 10.1000/x").places
    assert record("DO  - 10.1000/x", "N1  - 10.1000/xy").note == "10.1000/xy"
    assert record("DO  - none", "N1  - none").note == "none"


def test_pubmed_identifiers() -> None:
    """Where PubMed Central, PubMed, Dimensions and EndNote put them."""
    pmc = record("U1  - 26957754[pmid]", "U2  - PMC4756000 [PMCID]")
    assert (pmc.pmid, pmc.pmcid) == ("26957754", "PMC4756000")
    assert record("DB  - PubMed", "AN  - 26957754").pmid == "26957754"
    assert record("DB  - PMC", "AN  - PMC3654245").pmcid == "PMC3654245"
    assert record("C2  - PMC3654245").pmcid == "PMC3654245"
    other = record("DB  - Embase", "AN  - 26957754", "C2  - 28384568")
    assert (other.pmid, other.pmcid) == (None, None)
    strange = record("DB  - PubMed", "AN  - x1", "M1  - y")
    assert strange.origin is not None
    assert strange.origin.fields == (("AN", "x1"), ("M1", "y"))


def test_links() -> None:
    """The first is the URL; Web of Science's own protocol is none."""
    reference = record(
        "UR  - <Go to ISI>://WOS:1", "UR  - https://a.example", "https://b.example"
    )
    assert reference.url == "https://a.example"
    assert reference.origin is not None
    assert reference.origin.fields == (
        ("UR", "<Go to ISI>://WOS:1"),
        ("UR", "https://b.example"),
    )


# --- the rest -----------------------------------------------------------------


def test_a_database_says_nothing_new_by_its_type() -> None:
    """CSL's genre is printed: "[Article]" would be wrong."""
    article = record("M3  - Article")
    assert article.genre is None
    assert article.origin is not None
    assert article.origin.fields == (("M3", "Article"),)
    assert record("M3  - Ph.D.", kind="THES").genre == "Ph.D."


def test_what_csl_has_no_variable_for_is_kept() -> None:
    """As written, in the order of the file, with its own type."""
    reference = record("XX  - a", "AD  - Oslo", "second line", "U5  - b", "XX  - c")
    assert reference.origin is not None
    assert reference.origin.family == "ris"
    assert reference.origin.kind == "JOUR"
    assert reference.origin.fields == (
        ("XX", "a"),
        ("AD", "Oslo\nsecond line"),
        ("U5", "b"),
        ("XX", "c"),
    )


def test_several_of_what_should_be_one() -> None:
    """The first counts; the same again is no news."""
    reference = record("TI  - A", "T1  - A", "TI  - B", "SP  - 1", "SP  - 2", "AB  - x")
    assert (reference.title, reference.page) == ("A", "1")
    assert reference.origin is not None
    assert reference.origin.fields == (("TI", "B"), ("SP", "2"))


def test_notes_and_languages_may_repeat() -> None:
    """Joined, so that CSL has all of them."""
    reference = record(
        "N1  - a", "b", "N1  - c", "LA  - en", "LA  - de", "AB  - d", "e"
    )
    assert reference.note == "a\nb\nc"
    assert reference.language == "en, de"
    assert reference.abstract == "d\ne"


def test_procite_has_fields_in_notes() -> None:
    """Its own labels, told by the number of the record."""
    reference = record(
        "N1  - Record Number: 12",
        "VL  - 2nd ed.",
        "N1  - Volume ID: 4",
        "N1  - Place of Publication: Oslo",
        "N1  - Packaging Method: box",
        "N1  - Notes: seen",
        "N1  - free",
        kind="CHAP",
    )
    assert (reference.volume, reference.edition) == ("4", "2nd ed.")
    assert reference.publisher_place == "Oslo"
    assert reference.note == "Packaging Method: box\nseen\nfree"
    assert reference.origin is not None
    assert reference.origin.fields == (("N1", "Record Number: 12"),)
    assert record("N1  - Volume ID: 4").note == "Volume ID: 4"
