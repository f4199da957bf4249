"""MEDLINE's display format, read and written.

Records of our own, after MEDLINE/PubMed Data Element (Field) Descriptions (NLM).
"""

from __future__ import annotations

import pytest

from lupusrefs.formats import nbib
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import TYPES

ARTICLE = """\
PMID- 31234567
OWN - NLM
STAT- MEDLINE
LR  - 20220101
IS  - 1234-5679 (Electronic)
IS  - 2345-6789 (Linking)
VI  - 12
IP  - Suppl 1
DP  - 2021 Jul-Aug
TI  - An invented trial of nothing in particular, with a title that is long enough to be
      wrapped.
PG  - 567-9
LID - 10.1234/inv.2021.5 [doi]
AB  - BACKGROUND: There was none. RESULTS: Neither.
CI  - (c) 2021 Nobody.
FAU - Doe, Jane M
AU  - Doe JM
AUID- ORCID: 0000-0000-0000-0001
AD  - Department of Nothing, Somewhere.
FAU - van der Berg, Ann Jr
AU  - van der Berg A Jr
CN  - Invented Study Group
LA  - eng
LA  - ger
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20210605
PL  - Germany
TA  - J Inv
JT  - Journal of inventions
JID - 7654321
SB  - IM
CIN - J Inv. 2021;12:600. PMID: 31234568
MH  - *Nothing/therapy
PMC - PMC7654321
OTO - NOTNLM
OT  - nothing
OT  - trials
EDAT- 2021/06/06 06:00
AID - 10.1234/inv.2021.5 [doi]
AID - inv-5 [pii]
PST - ppublish
SO  - J Inv. 2021 Jul-Aug;12(Suppl 1):567-9. doi: 10.1234/inv.2021.5.
"""


def load(text: str) -> Loaded:
    """Read a text as the file ``f.nbib``."""
    return nbib.load(SourceText("f.nbib", text))


def one(text: str) -> Reference:
    """The reference of a text about which nothing is said."""
    loaded = load(text)
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def rest(reference: Reference) -> list[tuple[str, str]]:
    """The fields of its origin."""
    assert reference.origin is not None
    return list(reference.origin.fields)


def again(item: Item) -> Reference:
    """The item, written and read."""
    return one(nbib.dump([item]))


def test_an_article_is_read() -> None:
    """Every variable that MEDLINE has a field for."""
    reference = one(ARTICLE)
    assert reference.to_csl() == {
        "id": "doe2021invented",
        "type": "article-journal",
        "author": [
            {"family": "Doe", "given": "Jane M"},
            {"family": "van der Berg", "given": "Ann", "suffix": "Jr"},
            {"literal": "Invented Study Group"},
        ],
        "title": "An invented trial of nothing in particular, with a title that is long"
        " enough to be wrapped",
        "container-title": "Journal of inventions",
        "container-title-short": "J Inv",
        "issued": {"date-parts": [[2021, 7], [2021, 8]]},
        "available-date": {"date-parts": [[2021, 6, 5]]},
        "volume": "12",
        "issue": "Suppl 1",
        "page": "567-9",
        "publisher-place": "Germany",
        "DOI": "10.1234/inv.2021.5",
        "PMID": "31234567",
        "PMCID": "PMC7654321",
        "ISSN": "1234-5679",
        "keyword": "nothing, trials",
        "language": "en",
        "abstract": "BACKGROUND: There was none. RESULTS: Neither.",
    }


def test_what_csl_has_no_variable_for_stays() -> None:
    """In order; an affiliation stands behind its author's short name."""
    reference = one(ARTICLE)
    assert reference.origin is not None
    assert (reference.origin.family, reference.origin.kind) == (
        "nbib",
        "Journal Article",
    )
    fields = rest(reference)
    at = fields.index(("AU", "Doe JM"))
    assert fields[at : at + 3] == [
        ("AU", "Doe JM"),
        ("AUID", "ORCID: 0000-0000-0000-0001"),
        ("AD", "Department of Nothing, Somewhere."),
    ]
    assert ("LA", "ger") in fields
    assert ("IS", "2345-6789 (Linking)") in fields
    assert ("MH", "*Nothing/therapy") in fields
    assert ("PT", "Randomized Controlled Trial") in fields
    assert not {"PMID", "DOI", "FAU", "CN", "OT"} & {tag for tag, _ in fields}


def test_everything_has_its_place() -> None:
    """The record, and the value of each variable."""
    reference = one("\n" + ARTICLE)
    assert reference.location is not None
    assert (reference.location.line, reference.location.column) == (2, 1)
    text = "\n" + ARTICLE

    def shown(variable: str) -> str:
        span = reference.places[variable].span
        assert span is not None
        return text[span.start : span.end]

    assert shown("page") == "567-9"
    assert shown("DOI") == "10.1234/inv.2021.5 [doi]"
    assert shown("title").split()[-1] == "wrapped."
    assert shown("author").startswith("Doe, Jane M")
    assert shown("author").endswith("Invented Study Group")
    assert set(reference.places) == set(reference.to_csl()) - {"id", "type"}


def test_a_record_of_pubmed_is_written_as_it_was() -> None:
    """Field for field, line for line."""
    assert nbib.dump(load(ARTICLE).references) == ARTICLE


def test_records_are_parted_by_blank_lines_or_begin_with_a_pmid() -> None:
    """Also where a field follows a blank line that is not meant to part anything."""
    assert len(load(f"{ARTICLE}\n\n{ARTICLE}").references) == 2
    assert len(load(f"{ARTICLE}{ARTICLE}").references) == 2
    assert len(load("TI  - A\n\nTI  - B\n\nTI  - C\n").references) == 3
    spaced = ARTICLE.replace("\n", "\n\n") * 2
    assert len(load(spaced).references) == 2
    assert len(load(ARTICLE.replace("\n", "\r\n")).references) == 1


def test_keys_are_made_and_told_apart() -> None:
    """A second record of the same people, year and word gets a letter."""
    keys = [reference.id for reference in load(f"{ARTICLE}\n{ARTICLE}").references]
    assert keys == ["doe2021invented", "doe2021inventeda"]


@pytest.mark.parametrize("line", ["TI  - A title.", "TI- A title.", "TI - A title."])
def test_tags_without_all_their_blanks(line: str) -> None:
    """As other programs write them."""
    assert one(line).title == "A title"


def test_a_pmid_without_a_blank() -> None:
    """But a line of an abstract that begins with two capitals is no field."""
    reference = one("PMID-123\nAB  - On\nIL-6 and\n      STAT- x.\nMH  -\nTI-\n")
    assert reference.pmid == "123"
    assert reference.abstract == "On IL-6 and STAT- x."
    assert reference.title is None


def test_short_names_alone_and_their_end() -> None:
    """Records of before 2002 have no FAU, and some stop at ten authors."""
    reference = one("PMID- 1\nAU  - Doe JM\nAU  - Roe R 2nd\nAU  - et al.\nED  - Poe E")
    assert reference.author == (
        Name("Doe", "JM"),
        Name("Roe", "R", suffix="2nd"),
        OTHERS,
    )
    assert reference.editor == (Name("Poe", "E"),)


def test_short_names_behind_all_full_ones() -> None:
    """They are no further authors."""
    reference = one(
        "PMID- 1\nFAU - Doe, Jane\nFAU - Roe, Rae\nAU  - Doe J\nAU  - Roe R"
    )
    assert reference.author == (Name("Doe", "Jane"), Name("Roe", "Rae"))
    assert rest(reference) == []


def test_fields_that_come_twice_are_kept() -> None:
    """The first counts, unless they are parts of one text."""
    reference = one("PMID- 1\nVI  - 1\nVI  - 2\nTI  - A:\nTI  - b.\nAB  - c\nAB  - d\n")
    assert (reference.volume, reference.title) == ("1", "A: b")
    assert reference.abstract == "c\nd"
    assert rest(reference) == [("VI", "2")]


@pytest.mark.parametrize(
    ("fields", "page"),
    [
        ("VI  - 4\nLID - 1042 [pii]", "1042"),
        ("VI  - 4\nLID - e1000097", "e1000097"),
        ("VI  - 4\nPG  - 1-7\nLID - 1042 [pii]", "1-7"),
        ("VI  - 4\nLID - S0140-6736(20)30183-5 [pii]", None),
        ("LID - 1042 [pii]", None),
    ],
)
def test_the_number_of_an_article_without_pages(fields: str, page: str | None) -> None:
    """MEDLINE's pages of an electronic article; a publisher's id is none."""
    assert one(f"PMID- 1\n{fields}").page == page


def test_an_article_ahead_of_print() -> None:
    """Its status is a variable, and comes back."""
    reference = one("PMID- 1\nTI  - A.\nDP  - 2021 Aug 5\nPST - aheadofprint\n")
    assert reference.status == "ahead of print"
    assert again(reference).status == "ahead of print"
    cited = Item(id="x", status="Online ahead of print", page="1–5")
    assert "PG  - 1-5\n" in nbib.dump([cited])
    assert again(cited).status == "ahead of print"
    assert rest(one("PMID- 1\nPST - epublish\n")) == [("PST", "epublish")]


def test_a_translated_title_keeps_its_brackets() -> None:
    """The original one has a variable; where there is no other, it is the title."""
    reference = one("PMID- 1\nTI  - [On nothing].\nTT  - Uber nichts.\nLA  - ger")
    assert reference.title == "[On nothing]"
    assert reference.original_title == "Uber nichts"
    assert reference.language == "de"
    bare = one("PMID- 1\nTI  - [Not Available].\nTT  - Uber nichts.")
    assert bare.title == "Uber nichts"


def test_books_and_their_parts() -> None:
    """BTI is a part's container, and a whole book's title."""
    book = "PB  - Inventors\nPL  - Nowhere\nFED - Poe, Ed\nED  - Poe E\nPT  - Review\n"
    part = one(f"PMID- 1\nTI  - Nothing.\nBTI - Book of things\n{book}")
    assert (part.type, part.title) == ("chapter", "Nothing")
    assert part.container_title == "Book of things"
    assert (part.publisher, part.publisher_place) == ("Inventors", "Nowhere")
    assert part.editor == (Name("Poe", "Ed"),)
    whole = one(
        f"PMID- 1\nBTI - Book of things\nISBN- 978-3-00-000000-9 (pbk.)\n{book}"
    )
    assert (whole.type, whole.title) == ("book", "Book of things")
    assert whole.isbn == "978-3-00-000000-9"
    for reference in (part, whole):
        second = again(reference)
        assert second.to_csl() == reference.to_csl()
        assert ("PT", "Review") in rest(second)


def test_eric_has_institutions_and_universities() -> None:
    """Where MEDLINE has journals; its tags may be longer, its identifiers URLs."""
    article = one(
        "OWN - ERIC\nTI  - Tests\nAU  - Doe, Jane M.\nJT  - Journal of Tests\n"
        "AID - http://dx.doi.org/10.1234/x\nLID - http://eric.example/?id=1\n"
        "ISSN - EISSN-1234-5679\nLA  - English\nPT  - Journal Articles\n"
        "PT  - Reports - Research\n"
    )
    assert article.type == "article-journal"
    assert article.container_title == "Journal of Tests"
    assert (article.doi, article.url) == ("10.1234/x", "http://eric.example/?id=1")
    assert (article.issn, article.language) == ("1234-5679", "en")
    report = one("OWN - ERIC\nTI  - T\nJT  - Board of Tests\nPT  - Reports - Research")
    assert (report.type, report.publisher) == ("report", "Board of Tests")
    thesis = one(
        "OWN - ERIC\nTI  - T\nJT  - Archive of Theses\nPT  - Dissertations/Theses\n"
        "SO  - Ph.D. Dissertation, University of Tests\n"
    )
    assert (thesis.type, thesis.genre) == ("thesis", "Ph.D. Dissertation")
    assert (thesis.publisher, thesis.archive) == (
        "University of Tests",
        "Archive of Theses",
    )
    assert thesis.places["archive"] != thesis.location


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("no fields here\n", "there is no MEDLINE record in this file"),
        ("PMID- x1\n", "the PMID `x1` is no number"),
        ("a\nPMID- 1\n", "text before the first field belongs to no record; left out"),
        ("TI  -\nAB  -\n", "this record is empty; it was left out"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    """Once, with its place."""
    (found,) = load(text).diagnostics
    assert found.message == told
    assert found.location.file == "f.nbib"


def test_a_date_that_is_not_understood_comes_back() -> None:
    """Its year counts; if the reference has another one, the field is made anew."""
    reference = one("PMID- 1\nDP  - 2003 3rd Quart\n")
    assert str(reference.issued) == "2003"
    assert "DP  - 2003 3rd Quart\n" in nbib.dump([reference])
    other = reference.model_copy(update={"issued": Date(PartialDate(2004))})
    assert "DP  - 2004\n" in nbib.dump([other])


def test_dates_of_electronic_publication() -> None:
    """Eight digits; what is no such day is words, and a month is written in words."""
    reference = one("PMID- 1\nDEP - 20211399\n")
    assert reference.available_date == Date(literal="20211399")
    item = Item(id="x", available_date=Date(PartialDate(2021, 3)))
    assert "DEP - 2021 Mar\n" in nbib.dump([item])
    assert again(item).available_date == item.available_date


def test_affiliations_stay_with_their_authors() -> None:
    """Though one author has gone, and another has come."""
    authors = "".join(
        f"FAU - {family}, Ann\nAU  - {family} A\nAD  - Institute of {family}\n"
        for family in ("Aye", "Bee", "Cee")
    )
    reference = one(f"PMID- 1\nAD  - Of all\n{authors}CN  - Group\nAD  - Of group\n")
    aye, _, cee, group = reference.author
    changed = (Name("New", "N"), aye, cee, group)
    text = nbib.dump([reference.model_copy(update={"author": changed})])
    assert text.splitlines()[1:] == [
        "AD  - Of all",
        "FAU - New, N",
        "AU  - New N",
        "FAU - Aye, Ann",
        "AU  - Aye A",
        "AD  - Institute of Aye",
        "FAU - Cee, Ann",
        "AU  - Cee A",
        "AD  - Institute of Cee",
        "CN  - Group",
        "AD  - Of group",
        "PT  - Journal Article",
    ]


def test_an_item_of_another_format() -> None:
    """Markup goes, long texts are wrapped, names get initials, links their tags."""
    item = Item(
        id="x",
        type="article-journal",
        author=(Name("Humrich", "Jens Y", non_dropping_particle="von"), OTHERS),
        title="<i>In vivo</i> &amp; in vitro",
        abstract=" ".join(["word"] * 40) + "\n<sup>1</sup>",
        container_title="J",
        issued=Date(PartialDate(2021, 8, 5)),
        number="e5",
        doi="10.1234/x",
        url="https://example.org/x",
        note="first\nsecond",
        keyword="a; b, c",
        issn="1234-5679, 2345-6789",
        status="in press",
    )
    lines = nbib.dump([item]).splitlines()
    assert max(map(len, lines)) <= 88
    assert [line for line in lines if not line.startswith((" ", "AB"))] == [
        "IS  - 1234-5679",
        "IS  - 2345-6789",
        "DP  - 2021 Aug 5",
        "TI  - In vivo & in vitro.",
        "PG  - e5",
        "LID - 10.1234/x [doi]",
        "LID - https://example.org/x",
        "FAU - von Humrich, Jens Y",
        "AU  - von Humrich JY",
        "AU  - et al.",
        "PT  - Journal Article",
        "JT  - J",
        "GN  - first",
        "GN  - second",
        "OT  - a",
        "OT  - b, c",
        "AID - 10.1234/x [doi]",
    ]
    second = again(item)
    for field in ("doi", "url", "issn", "note", "keyword", "issued"):
        assert getattr(second, field) == getattr(item, field)
    assert second.author[1] == OTHERS


def test_a_url_that_looks_like_a_doi_stays_one() -> None:
    """And one that is no URL at all."""
    for url in ("https://doi.org/10.1234/x", "ftp://example.org", "10.1234/x"):
        item = Item(id="x", type="webpage", url=url)
        assert (again(item).url, again(item).doi) == (url, None)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_survives(kind: str) -> None:
    """With and without a container."""
    for container in (None, "C"):
        item = Item.model_validate(
            {"id": "x", "type": kind, "title": "T", "container_title": container}
        )
        second = again(item)
        assert (second.type, second.title) == (kind, "T")
        assert second.container_title == container


def test_another_formats_fields_are_not_written() -> None:
    """PubMed's XML has MEDLINE's, but for a few with longer names."""
    fields = (("MH", "Humans"), ("BookAuthor", "Doe, J"))
    for family, kept in (("ris", False), ("pubmed-xml", True), ("nbib", True)):
        item = Reference(id="x", title="T", origin=Origin(family, "", fields))
        text = nbib.dump([item])
        assert ("MH  - Humans" in text) == kept
        assert "Book" not in text


def test_nothing_is_a_file_too() -> None:
    """An empty one."""
    assert nbib.dump([]) == "\n"
