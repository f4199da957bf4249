"""Items as RIS: what each variable becomes, and that reading gives it back."""

from __future__ import annotations

import pytest

from lupusrefs.formats import ris
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate, parse_edtf
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import TYPES


def load(text: str) -> list[Reference]:
    """The references of a text that has nothing wrong."""
    loaded = ris.load(SourceText("refs.ris", text))
    assert loaded.diagnostics == ()
    return list(loaded.references)


def again(item: Item) -> Item:
    """The item after writing and reading."""
    (reference,) = load(ris.dump([item]))
    fields = {field: getattr(reference, field) for field in Item.model_fields}
    return Item.model_validate(fields)


def body(item: Item) -> list[str]:
    """The lines of the item's record between ``TY`` and ``ID``."""
    lines = ris.dump([item]).splitlines()
    assert lines[0].startswith("TY  - ")
    assert lines[-1] == "ER  - "
    return [line for line in lines[1:-1] if not line.startswith("ID  - ")]


def test_an_article() -> None:
    """Each variable in its tag, in one order."""
    item = Item(
        id="moreau2021",
        type="article-journal",
        title="Of <i>mice</i>",
        author=(Name("Moreau", "Ana"), Name(literal="Mouse Group, Oslo"), OTHERS),
        container_title="Annals of Rodents",
        container_title_short="Ann Rod",
        issued=Date(PartialDate(2021, 8, 5)),
        accessed=Date(PartialDate(2022)),
        volume="12",
        issue="3",
        page="204–209",
        number="e7",
        doi="10.1000/mice",
        url="https://example.org/mice",
        issn="1234-5679, 2345-6789",
        pmid="26957754",
        pmcid="PMC4756000",
        keyword="mouse; cheese",
        abstract="What\n\nmice do.",
    )
    assert ris.dump([item]) == (
        "TY  - JOUR\n"
        "TI  - Of <i>mice</i>\n"
        "AU  - Moreau, Ana\n"
        "AU  - Mouse Group,, Oslo\n"
        "AU  - et al.\n"
        "T2  - Annals of Rodents\n"
        "J2  - Ann Rod\n"
        "DA  - 2021/08/05/\n"
        "PY  - 2021\n"
        "Y2  - 2022///\n"
        "VL  - 12\n"
        "IS  - 3\n"
        "C7  - e7\n"
        "SP  - 204\n"
        "EP  - 209\n"
        "SN  - 1234-5679\n"
        "SN  - 2345-6789\n"
        "DO  - 10.1000/mice\n"
        "U1  - 26957754[pmid]\n"
        "U2  - PMC4756000[pmcid]\n"
        "UR  - https://example.org/mice\n"
        "AB  - What\n"
        "mice do.\n"
        "KW  - mouse\n"
        "KW  - cheese\n"
        "ID  - moreau2021\n"
        "ER  - \n"
    )


def test_records_are_parted_by_a_blank_line() -> None:
    """No items are no file."""
    assert ris.dump([]) == ""
    text = ris.dump([Item(id="a"), Item(id="b")])
    assert text == "TY  - GEN\nID  - a\nER  - \n\nTY  - GEN\nID  - b\nER  - \n"


# What of each type RIS has a place for, and exporters fill.
HELD = {
    "article-journal": (
        "title title_short container_title container_title_short collection_title"
        " volume issue page number abstract note annote keyword language doi url issn"
        " pmid pmcid archive archive_location source call_number citation_label"
        " reviewed_title section publisher publisher_place event_title genre"
        " collection_number"
    ),
    "article-newspaper": "title container_title edition page issue volume section issn",
    "bill": "title container_title authority number volume page section",
    "book": (
        "title collection_title collection_number edition volume publisher isbn issn"
        " publisher_place number_of_volumes number_of_pages container_title"
        " container_title_short genre"
    ),
    "chapter": (
        "title container_title collection_title collection_number edition volume page"
        " publisher publisher_place chapter_number isbn number_of_volumes number"
    ),
    "dataset": "title container_title version publisher publisher_place doi url",
    "entry-encyclopedia": "title container_title page publisher edition volume isbn",
    "graphic": "title dimensions genre publisher",
    "hearing": "title section authority number publisher publisher_place page",
    "legal_case": "title container_title authority volume page",
    "legislation": "title container_title number volume page section",
    "manuscript": "title container_title number archive_location genre publisher",
    "map": "title collection_title scale edition publisher",
    "musical_score": "title container_title collection_title volume section publisher",
    "paper-conference": (
        "title container_title event_title event_place publisher_place collection_title"
        " page volume issue publisher isbn number"
    ),
    "patent": "title number publisher publisher_place page container_title authority",
    "report": "title collection_title collection_number number publisher page isbn",
    "software": "title collection_title version edition publisher isbn",
    "song": "title collection_title dimensions number publisher isbn",
    "speech": "title event_title publisher publisher_place collection_title",
    "standard": "title number publisher publisher_place genre",
    "thesis": "title genre number publisher publisher_place number_of_pages",
    "webpage": "title container_title publisher medium url edition language",
}


@pytest.mark.parametrize("csl_type", HELD)
def test_what_ris_holds_comes_back(csl_type: str) -> None:
    """Every variable with a value that only it has."""
    fields: dict[str, object] = {"id": "key", "type": csl_type}
    for field in HELD[csl_type].split():
        fields[field] = f"{field} value"
    fields |= {
        "editor": (Name("Moreau", "Ana"),),
        "doi": "10.1000/mice" if "doi" in fields else None,
        "isbn": "0-8044-2957-X" if "isbn" in fields else None,
        "issn": "1234-5679" if "issn" in fields else None,
        "page": "7-12" if "page" in fields else None,
        "issued": Date(PartialDate(2021, 8)),
    }
    item = Item.model_validate(fields)
    assert again(item).to_csl() == item.to_csl()


@pytest.mark.parametrize(
    ("csl_type", "roles"),
    [
        ("book", "author editor translator"),
        ("chapter", "author editor collection_editor translator"),
        ("classic", "author editor translator"),
        ("dataset", "author producer editor"),
        ("motion_picture", "author performer collection_editor editor"),
        ("motion_picture", "director producer performer editor"),
        ("musical_score", "composer editor collection_editor producer"),
        ("paper-conference", "author editor collection_editor translator"),
        ("personal_communication", "author recipient editor translator"),
        ("post-weblog", "author editor illustrator"),
        ("report", "author editor"),
        ("thesis", "author editor contributor"),
        ("map", "author editor translator"),
    ],
)
def test_people_come_back(csl_type: str, roles: str) -> None:
    """In the roles that the type has."""
    fields: dict[str, object] = {"id": "key", "type": csl_type}
    for role in roles.split():
        fields[role] = (Name(role, "A. B.", suffix="Jr."), Name(literal=f"{role} Co"))
    item = Item.model_validate(fields)
    assert again(item).to_csl() == item.to_csl()


def test_a_series_editor_needs_a_series() -> None:
    """Without one, the tag means the book's own editor."""
    editor = (Name("Moreau", "Ana"),)
    series = Item(id="a", type="book", collection_editor=editor, collection_title="S")
    assert again(series).to_csl() == series.to_csl()
    alone = series.model_copy(update={"collection_title": None})
    assert body(alone) == []


def test_the_author_of_a_score_is_written_as_its_composer() -> None:
    """Better there than nowhere."""
    author = (Name("Moreau", "Ana"),)
    item = again(Item(id="a", type="musical_score", author=author))
    assert item.composer == author


@pytest.mark.parametrize("csl_type", sorted(TYPES))
def test_every_type_is_written(csl_type: str) -> None:
    """And most are read back as what they were."""
    item = Item.model_validate({"id": "a", "type": csl_type, "doi": "10.1000/x"})
    others = {
        "collection": "document",
        "entry": "entry-encyclopedia",
        "event": "document",
        "interview": "personal_communication",
        "performance": "motion_picture",
        "post": "post-weblog",
        "review": "article-journal",
        "review-book": "article-journal",
        "treaty": "regulation",
    }
    assert again(item).type == others.get(csl_type, csl_type)


@pytest.mark.parametrize(
    ("edtf", "lines"),
    [
        ("2021", ["DA  - 2021///", "PY  - 2021"]),
        ("2021-08", ["DA  - 2021/08//", "PY  - 2021"]),
        ("2021-21", ["DA  - 2021///Spring", "PY  - 2021"]),
        ("2021-08~", ["DA  - 2021/08//2021-08~", "PY  - 2021"]),
        ("2021-08/2022", ["DA  - 2021/08//2021-08/2022", "PY  - 2021"]),
        ("2021/..", ["DA  - 2021///2021/..", "PY  - 2021"]),
        ("0044", ["DA  - 0044///", "PY  - 0044"]),
        ("-0044-03-15", ["DA  - -0044-03-15", "PY  - -0044-03-15"]),
        ("y12000", ["DA  - y12000", "PY  - y12000"]),
    ],
)
def test_dates(edtf: str, lines: list[str]) -> None:
    """Ranges and uncertainty in EDTF behind the day, where the format has free text."""
    item = Item(id="a", issued=parse_edtf(edtf))
    assert body(item) == lines
    assert str(again(item).issued) == edtf


def test_words_for_a_date_stand_in_the_year() -> None:
    """They are read back as words."""
    item = Item(id="a", issued=Date(literal="in press, they say"))
    assert body(item) == ["PY  - in press, they say"]
    assert again(item) == item
    assert body(Item(id="a", issued=Date(literal=" "))) == []


def test_in_press() -> None:
    """The status is the type."""
    item = Item(id="a", type="article-journal", status="in press")
    assert ris.dump([item]).startswith("TY  - INPR\n")
    assert again(item) == item


def test_a_conference_without_proceedings() -> None:
    """An empty C3 says that T2 is the conference."""
    item = Item(id="a", type="paper-conference", event_title="RodentCon")
    assert body(item) == ["C3  - ", "T2  - RodentCon"]
    assert again(item) == item
    both = item.model_copy(update={"container_title": "Mice", "event_place": "Oslo"})
    assert body(both) == [
        *("C3  - Mice", "T2  - RodentCon", "C1  - ", "CY  - Oslo"),
    ]
    assert again(both) == both
    assert body(Item(id="a", type="paper-conference", event_title=" ")) == []


def test_lines_that_look_like_tags_are_indented() -> None:
    """No abstract ends a record."""
    text = "first\nER  - \nTY  - JOUR\nER\nab - c"
    item = Item(id="a", abstract=text, note=text)
    assert "\nER  - \nTY" not in ris.dump([item])
    assert again(item).abstract == text.replace("ER  - ", "ER  -")


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\rb", " a  \n\n  b "])
def test_line_breaks(text: str) -> None:
    """They stay in prose, and are blanks elsewhere."""
    item = again(Item(id="a", abstract=text, note=text, title=text))
    assert (item.abstract, item.note, item.title) == ("a\nb", "a\nb", "a b")


def test_control_characters_are_left_out() -> None:
    """A file with them is taken for a binary one."""
    assert body(Item(id="a", title="a\x00b\x1b", publisher="\x07")) == ["TI  - ab"]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("5-5", ["SP  - 5-5"]),
        ("e12", ["SP  - e12"]),
        ("1-5, 9", ["SP  - 1-5, 9"]),
        ("204-209", ["SP  - 204", "EP  - 209"]),
    ],
)
def test_pages(page: str, lines: list[str]) -> None:
    """A plain range is two fields."""
    item = Item(id="a", page=page)
    assert body(item) == lines
    assert again(item) == item


def test_pages_of_a_book_are_told_from_their_number() -> None:
    """A single page is written as a range."""
    item = Item(id="a", type="book", page="7")
    assert body(item) == ["SP  - 7", "EP  - 7"]
    assert again(item) == item


def test_keywords_with_semicolons_in_them_stay_one() -> None:
    """Where splitting would lose something."""
    item = Item(id="a", keyword="a; ; b")
    assert body(item) == ["KW  - a; ; b"]
    assert again(item) == item


# --- back into the family -----------------------------------------------------

FILE = """\
TY  - EJOUR
TI  - Mice
XX  - one
AD  - Oslo
Norway
M3  - Article
ID  - mice
ER  -
"""


def test_what_a_file_had_beyond_csl_is_written_back() -> None:
    """The type, and fields of several lines."""
    references = load(FILE)
    assert ris.dump(references) == (
        "TY  - EJOUR\nTI  - Mice\nXX  - one\nAD  - Oslo\nNorway\nM3  - Article\n"
        "ID  - mice\nER  - \n"
    )


def test_the_type_of_the_file_stays_only_as_long_as_it_is_right() -> None:
    """A user who corrects the type means it."""
    (reference,) = load(FILE)
    book = reference.model_copy(update={"type": "book"})
    assert ris.dump([book]).startswith("TY  - BOOK\n")
    (press,) = load("TY  - INPR\nER  - \n")
    printed = press.model_copy(update={"status": None})
    assert ris.dump([printed]).startswith("TY  - JOUR\n")


def test_an_unknown_type_is_written_back() -> None:
    """As long as nobody says what it is."""
    loaded = ris.load(SourceText("refs.ris", "TY  - XYZZY\nER  - \n"))
    (reference,) = loaded.references
    assert ris.dump([reference]).startswith("TY  - XYZZY\n")
    book = reference.model_copy(update={"type": "book"})
    assert ris.dump([book]).startswith("TY  - BOOK\n")


def test_fields_of_another_family_are_not_ris() -> None:
    """A BibTeX field is in the loss report, not in the file."""
    reference = Reference(
        id="a", origin=Origin("bibtex", "misc", (("file", "a.pdf"), ("XX", "b")))
    )
    assert body(reference) == []
    strange = Reference(id="a", origin=Origin("ris", "GEN", (("long", "b"),)))
    assert body(strange) == []


def test_an_id_that_is_no_key_is_written_back() -> None:
    """And the made key is not."""
    references = load("TY  - JOUR\nTI  - Bread\nID  - two words\nER  - \n")
    assert ris.dump(references) == (
        "TY  - JOUR\nTI  - Bread\nID  - two words\nER  - \n"
    )
