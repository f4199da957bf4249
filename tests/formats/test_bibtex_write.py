"""BibTeX, written: entry types, fields, dates and the shape of the file.

Expected values follow "BibTeXing" (btxdoc, O. Patashnik, 1988), section 3, unless a
test names another source.
"""

from __future__ import annotations

import re

import pytest

from lupusrefs.formats.bibtex import dump_bibtex as dump
from lupusrefs.model.dates import OPEN_END, Date, PartialDate, parse_edtf
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import TYPES

_FIELD = re.compile(r"^  (\w+) = (.*),$", re.MULTILINE)


def _type(item: Item) -> str:
    return dump([item]).partition("{")[0]


def _fields(item: Item) -> dict[str, str]:
    return dict(_FIELD.findall(dump([item])))


def test_a_whole_article() -> None:
    """A seed work (registries.md 6, title cut) becomes what one writes by hand."""
    item = Item(
        id="10.1038/s41591-022-02017-5",
        type="article-journal",
        title="Anti-CD19 CAR T cell therapy for refractory SLE",
        author=(Name("Mackensen", "Andreas"), Name("Müller", "Fabian"), OTHERS),
        container_title="Nature Medicine",
        volume="28",
        issue="10",
        page="2124–2132",
        issued=Date(PartialDate(2022, 10)),
        doi="10.1038/s41591-022-02017-5",
        url="https://doi.org/10.1038/s41591-022-02017-5",
        pmid="36109639",
    )
    assert dump([item]) == (
        "@article{mackensen2022anti,\n"
        "  author = {Mackensen, Andreas and Müller, Fabian and others},\n"
        "  title = {Anti-{CD19} {CAR} {T} cell therapy for refractory {SLE}},\n"
        "  journal = {Nature Medicine},\n"
        "  volume = {28},\n"
        "  number = {10},\n"
        "  pages = {2124--2132},\n"
        "  year = {2022},\n"
        "  month = oct,\n"
        "  doi = {10.1038/s41591-022-02017-5},\n"
        "  pmid = {36109639},\n"
        "}\n"
    )


def test_no_items_give_an_empty_file() -> None:
    """Nothing to write is no text, not even a line end."""
    assert dump([]) == ""


def test_entries_are_parted_by_one_blank_line() -> None:
    """Two entries have one blank line between them and a line end after the last."""
    text = dump([Item(id="a", title="One"), Item(id="b", title="Two")])
    assert text == "@misc{a,\n  title = {One},\n}\n\n@misc{b,\n  title = {Two},\n}\n"


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        (Item(id="x", type="article-journal"), "@article"),
        (Item(id="x", type="article-magazine"), "@article"),
        (Item(id="x", type="article-newspaper"), "@article"),
        (Item(id="x", type="review-book", container_title="Isis"), "@article"),
        (Item(id="x", type="paper-conference"), "@inproceedings"),
        (Item(id="x", type="chapter"), "@incollection"),
        (
            Item(id="x", type="entry-encyclopedia", container_title="Britannica"),
            "@incollection",
        ),
        (Item(id="x", type="entry-encyclopedia"), "@misc"),
        (Item(id="x", type="book"), "@book"),
        (Item(id="x", type="book", event_title="LICS 2014"), "@proceedings"),
        (
            Item(
                id="x", type="book", title="Proceedings of X", author=(Name("Ng", "K"),)
            ),
            "@book",
        ),
        (Item(id="x", type="book", genre="user's guide"), "@manual"),
        (Item(id="x", type="pamphlet"), "@booklet"),
        (Item(id="x", type="thesis"), "@phdthesis"),
        (Item(id="x", type="thesis", genre="PhD thesis"), "@phdthesis"),
        (Item(id="x", type="thesis", genre="Habilitation"), "@phdthesis"),
        (Item(id="x", type="thesis", genre="Master's thesis"), "@mastersthesis"),
        (Item(id="x", type="thesis", genre="Masterarbeit"), "@mastersthesis"),
        (Item(id="x", type="thesis", genre="M.Sc. thesis"), "@mastersthesis"),
        (Item(id="x", type="thesis", genre="Diplomarbeit"), "@mastersthesis"),
        (Item(id="x", type="report"), "@techreport"),
        (Item(id="x", type="standard"), "@techreport"),
        (Item(id="x", type="manuscript"), "@unpublished"),
        (Item(id="x", type="article"), "@misc"),
        (Item(id="x", type="article", container_title="eLife", volume="9"), "@article"),
        (Item(id="x", type="dataset"), "@misc"),
        (Item(id="x", type="software"), "@misc"),
        (Item(id="x", type="webpage"), "@misc"),
        (Item(id="x", type="patent"), "@misc"),
        (Item(id="x"), "@misc"),
    ],
)
def test_entry_type(item: Item, entry: str) -> None:
    """Each CSL type has the entry that btxdoc, section 3.1, describes for it."""
    assert _type(item) == entry


@pytest.mark.parametrize("csl_type", sorted(TYPES))
def test_every_csl_type_has_a_standard_entry(csl_type: str) -> None:
    """Only entries that the standard styles know are written (btxdoc, 3.1)."""
    standard = (
        "article book booklet conference inbook incollection inproceedings manual"
        " mastersthesis misc phdthesis proceedings techreport unpublished"
    )
    item = Item.model_validate({"id": "x", "type": csl_type})
    assert _type(item).removeprefix("@") in standard.split()


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        (Item(id="x", type="thesis", publisher="FAU"), "school", "{FAU}"),
        (Item(id="x", type="thesis", genre="Habilitation"), "type", "{Habilitation}"),
        (Item(id="x", type="report", publisher="WHO"), "institution", "{WHO}"),
        (Item(id="x", type="report", number="TR-2019-3"), "number", "{TR-2019-3}"),
        (Item(id="x", type="standard", number="9001"), "type", "{Standard}"),
        (
            Item(id="x", type="book", genre="manual", publisher="GNU"),
            "organization",
            "{GNU}",
        ),
        (Item(id="x", type="book", publisher="Wiley"), "publisher", "{Wiley}"),
        (Item(id="x", type="book", publisher_place="Bonn"), "address", "{Bonn}"),
        (Item(id="x", type="book", edition="2"), "edition", "{Second}"),
        (Item(id="x", type="book", edition="3rd ed."), "edition", "{Third}"),
        (Item(id="x", type="book", edition="12"), "edition", "{12th}"),
        (Item(id="x", type="book", edition="22"), "edition", "{22nd}"),
        (Item(id="x", type="book", edition="Revised"), "edition", "{Revised}"),
        (Item(id="x", type="book", collection_title="LNCS"), "series", "{LNCS}"),
        (Item(id="x", type="book", collection_number="42"), "number", "{42}"),
        (Item(id="x", type="chapter", container_title="B"), "booktitle", "{B}"),
        (Item(id="x", type="paper-conference", event_title="E"), "booktitle", "{E}"),
        (
            Item(id="x", type="paper-conference", event_place="Rome"),
            "address",
            "{Rome}",
        ),
        (Item(id="x", type="book", editor=(Name("Ng", "K"),)), "editor", "{Ng, K}"),
        (Item(id="x", type="article-journal", issue="21–22"), "number", "{21--22}"),
        (
            Item(id="x", type="article-journal", issue="4", supplement_number="1"),
            "number",
            "{4 (Suppl. 1)}",
        ),
        (Item(id="x", type="manuscript"), "note", "{Unpublished}"),
        (Item(id="x", type="software", version="1.2"), "note", "{Version 1.2}"),
        (Item(id="x", type="article", genre="preprint"), "note", "{preprint}"),
        (Item(id="x", type="dataset", publisher="Zenodo"), "howpublished", "{Zenodo}"),
        (
            Item(id="x", type="webpage", container_title="A site", publisher="P"),
            "howpublished",
            "{A site}",
        ),
        (
            Item(id="x", type="patent", number="US 7347809"),
            "howpublished",
            "{Patent US 7347809}",
        ),
        (
            Item(id="x", type="motion_picture", director=(Name("Varda", "Agnès"),)),
            "author",
            "{Varda, Agnès}",
        ),
        (Item(id="x", status="in press"), "note", "{in press}"),
        (Item(id="x", note="first", status="in press"), "note", "{in press; first}"),
        (Item(id="x", keyword="SLE, B cells"), "keywords", "{SLE, B cells}"),
        (Item(id="x", abstract="<p>A</p>\n<p>B</p>"), "abstract", "{A B}"),
        (Item(id="x", isbn="978-0-12-000000-0"), "isbn", "{978-0-12-000000-0}"),
        (Item(id="x", pmcid="PMC2806746"), "pmcid", "{PMC2806746}"),
    ],
)
def test_field(item: Item, field: str, value: str) -> None:
    """A variable stands in the field that btxdoc, section 3.2, or usage gives it."""
    assert _fields(item)[field] == value


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("204-209", "204--209"),
        ("204–209", "204--209"),
        ("E27-E29", "E27--E29"),
        ("1-5, 9, 11", "1--5, 9, 11"),
        ("e0162213", "e0162213"),
        ("A43", "A43"),
        # Registered so at Crossref (registries.md 2.5): no plain range.
        ("29-5410-29-5410", "29-5410-29-5410"),
    ],
)
def test_pages(pages: str, written: str) -> None:
    """A range has two hyphens, an article number is left alone (btxdoc, "pages")."""
    item = Item(id="x", type="article-journal", page=pages)
    assert _fields(item)["pages"] == f"{{{written}}}"


def test_article_number_without_pages() -> None:
    """CSL's number of an article stands for its pages, as styles have no other."""
    item = Item(id="x", type="article-journal", number="198301", issue="19")
    assert _fields(item)["pages"] == "{198301}"
    assert _fields(item)["number"] == "{19}"


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        (Date(PartialDate(2021, 8, 5)), "{2021}", "aug"),
        (Date(PartialDate(2021)), "{2021}", None),
        (Date(PartialDate(2021, season=1)), "{2021}", "{Spring}"),
        (Date(PartialDate(1850), circa=True), "{circa 1850}", None),
        (Date(PartialDate(2019, 3), PartialDate(2020, 4)), "{2019--2020}", None),
        (
            Date(PartialDate(2019, 3), PartialDate(2019, 4)),
            "{2019}",
            "mar # {--} # apr",
        ),
        (Date(PartialDate(2019, 3), PartialDate(2019, 3)), "{2019}", "mar"),
        (Date(PartialDate(2019), OPEN_END), "{2019--}", None),
        (Date(PartialDate(-43)), "{44 BC}", None),
        (Date(literal="about 1984"), "{about 1984}", None),
        (Date(literal="in press"), None, None),
    ],
)
def test_date(date: Date, year: str | None, month: str | None) -> None:
    """The year ends in four numerals where it can; months are macros (btxdoc, 3.2)."""
    fields = _fields(Item(id="x", type="book", issued=date))
    assert (fields.get("year"), fields.get("month")) == (year, month)


def test_every_month_is_a_macro_of_the_standard_styles() -> None:
    """The macros are those that btxdoc, section 3.2, lists under "month"."""
    macros = [
        _fields(Item(id="x", issued=Date(PartialDate(2021, month))))["month"]
        for month in range(1, 13)
    ]
    assert " ".join(macros) == "jan feb mar apr may jun jul aug sep oct nov dec"


def test_words_instead_of_a_date_are_a_note() -> None:
    """Words such as "in press" are no year: styles would sort and label by it."""
    item = Item(id="x", type="article-journal", issued=Date(literal="in press"))
    assert _fields(item) == {"date": "{in press}", "note": "{in press}"}


def test_a_date_keeps_its_day() -> None:
    """BibTeX has no field for the day of the month; many programs read ``day``."""
    item = Item(id="x", type="article-journal", issued=parse_edtf("2021-08-05"))
    assert _fields(item) == {"year": "{2021}", "month": "aug", "day": "{5}"}


def test_a_range_of_days_is_also_written_as_biblatex_has_it() -> None:
    """Year and month cannot hold it (biblatex manual, 2.3.8)."""
    item = Item(id="x", issued=parse_edtf("2018-12-03/2018-12-06"))
    assert _fields(item)["date"] == "{2018-12-03/2018-12-06}"


@pytest.mark.parametrize(
    ("doi", "written"),
    [
        ("10.1007/978-3-319-45856-4_22", "10.1007/978-3-319-45856-4_22"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        # A registered SICI (registries.md 5): nothing of it may be escaped.
        (
            "10.1002/(SICI)1097-0037(199712)30:4<263::AID-NET4>3.0.CO;2-H",
            "10.1002/(SICI)1097-0037(199712)30:4<263::AID-NET4>3.0.CO;2-H",
        ),
        ("10.1000/a#b%20c&d~e", "10.1000/a#b%20c&d~e"),
        ("10.1000/{a\\b", "10.1000/%7Ba%5Cb"),
    ],
)
def test_doi_is_written_raw(doi: str, written: str) -> None:
    r"""``\url`` and ``\doi`` read verbatim; an escape would get into the link."""
    assert _fields(Item(id="x", doi=doi))["doi"] == f"{{{written}}}"


def test_url_is_written_raw() -> None:
    """A URL keeps what LaTeX would have escaped elsewhere; a space is encoded."""
    url = "https://example.org/~a_b?c=1&d=50%25#e f"
    fields = _fields(Item(id="x", url=url))
    assert fields["url"] == "{https://example.org/~a_b?c=1&d=50%25#e%20f}"


def test_url_that_repeats_the_doi_is_left_out() -> None:
    """Styles print both fields, so the same link would stand there twice."""
    item = Item(id="x", doi="10.1000/ABC", url="http://dx.doi.org/10.1000/abc")
    assert _fields(item) == {"doi": "{10.1000/ABC}"}


def test_web_page_says_when_it_was_seen() -> None:
    """Without a DOI, the date of access is for the reader, too."""
    item = Item(
        id="x",
        type="webpage",
        title="Lupus",
        url="https://example.org/",
        accessed=parse_edtf("2026-11-22"),
    )
    assert _fields(item) == {
        "title": "{Lupus}",
        "entrysubtype": "{webpage}",
        "url": "{https://example.org/}",
        "urldate": "{2026-11-22}",
        "note": "{Accessed 2026-11-22}",
    }


@pytest.mark.parametrize(
    ("item", "eprint"),
    [
        (Item(id="x", type="article", doi="10.48550/arXiv.2101.00001"), "2101.00001"),
        (
            Item(id="x", url="https://arxiv.org/abs/hep-th/9901001v3"),
            "hep-th/9901001v3",
        ),
        (Item(id="x", number="arXiv:1706.03762 [cs.CL]"), "1706.03762"),
    ],
)
def test_arxiv_eprint(item: Item, eprint: str) -> None:
    """Preprints of arXiv have its fields (info.arxiv.org/help/hypertex/bibstyles)."""
    fields = _fields(item)
    assert fields["eprint"] == f"{{{eprint}}}"
    assert fields["archiveprefix"] == "{arXiv}"


def test_arxiv_primary_class() -> None:
    """The class in brackets after a new identifier has its own field."""
    item = Item(id="x", number="arXiv:1706.03762 [cs.CL]")
    assert _fields(item)["primaryclass"] == "{cs.CL}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&D", r"R\&D"),
        ("50% of $5", r"50\% of \$5"),
        ("#1 a_b", r"\#1 a\_b"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("}", r"\textbraceright{}"),
        ("~ ^", r"\textasciitilde{} \textasciicircum{}"),
        ("a\\b", r"a\textbackslash{}b"),
        ("p < 0.05 | q > 1", r"p \textless{} 0.05 \textbar{} q \textgreater{} 1"),
        ("é ü – “ß”", "é ü – “ß”"),
        ("two\nlines\u00a0and\ta\x00tab", "two lines~and atab"),
        ("Taylor &amp; Francis", r"Taylor \& Francis"),
    ],
)
def test_special_characters(text: str, written: str) -> None:
    """LaTeX's ten special characters are escaped, braces without a bare brace."""
    assert _fields(Item(id="x", publisher=text))["publisher"] == f"{{{written}}}"
