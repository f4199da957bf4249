"""EndNote's tagged export: read, written, and as libraries write it.

Source: EndNote's manual, "Creating a Tagged EndNote Import File"; refer(1). The
examples are made up.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats import enw
from lupusrefs.formats.endnote.types import KINDS, Kind
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference

ARTICLE = """\
%0 Journal Article
%A Moreau, Ana
%A J. H. van den Berg
%A Mouse Group,
%D 2021
%T Of mice
%J Annals of Rodents
%V 12
%N 3
%P 204-209
%8 August 5
%@ 1234-5679
%R 10.1000/mice
%U https://example.org/mice
%X What mice do.

Much.
%K mouse
cheese
%G en
%F moreau2021
"""


def load(text: str) -> Loaded:
    """Read a text as the file ``refs.enw``."""
    return enw.load(SourceText("refs.enw", text))


def one(text: str) -> Reference:
    """The only reference of a text with nothing wrong."""
    loaded = load(text)
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``severity line:column message``."""
    return [
        f"{one.severity} {one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


def test_an_article() -> None:
    """Every usual tag has its CSL variable; a text may have a blank line."""
    assert one(ARTICLE).to_csl() == {
        "id": "moreau2021",
        "type": "article-journal",
        "author": [
            {"family": "Moreau", "given": "Ana"},
            {"family": "van den Berg", "given": "J. H."},
            {"literal": "Mouse Group"},
        ],
        "title": "Of mice",
        "container-title": "Annals of Rodents",
        "issued": {"date-parts": [[2021, 8, 5]]},
        "volume": "12",
        "issue": "3",
        "page": "204-209",
        "DOI": "10.1000/mice",
        "URL": "https://example.org/mice",
        "ISSN": "1234-5679",
        "keyword": "mouse; cheese",
        "language": "en",
        "abstract": "What mice do.\nMuch.",
    }


def test_places() -> None:
    """Of the record and of a value."""
    reference = one(ARTICLE)
    assert reference.location is not None
    assert reference.location.span is not None
    assert reference.location.span.start == 0
    place = reference.places["title"]
    assert (place.line, place.column) == (6, 4)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_type_is_read_and_written_back(kind: Kind) -> None:
    """By EndNote's name for it."""
    reference = one(f"%0 {kind.name}\n%T T\n")
    assert reference.type == kind.type
    assert enw.dump([reference]).startswith(f"%0 {kind.name}\n")


def test_records_begin_with_their_type_or_behind_a_blank_line() -> None:
    """EndNote's way and refer's."""
    loaded = load("%0 Book\n%T A\n%0 Thesis\n%T B\n\n%I Press\n\n%T C\n")
    assert [one.title for one in loaded.references] == ["A", "B", "C"]
    assert [one.publisher for one in loaded.references] == [None, "Press", None]
    refer = load("%T A\n%I Press\n\n\n%T B\n%J Journal\n\n%T C\n%B Book\n\n%A D, E\n")
    assert [one.type for one in refer.references] == [
        *("book", "article-journal", "chapter", "document"),
    ]
    assert refer.diagnostics == ()


def test_what_stands_outside_records_is_told() -> None:
    """Text is nobody's loss; a tag may be."""
    loaded = load("Some Library\n%T A\n\n%K lost\n")
    assert len(loaded.references) == 1
    assert told(loaded) == [
        "warning 1:1 text outside a record is ignored",
        "error 4:1 `%K` stands outside a record; it is ignored",
    ]
    assert told(load(""))[0].endswith("the file has no records")


def test_an_unknown_type_is_told() -> None:
    """With a guess."""
    loaded = load("%0 Jornal Article\n\n%0 Xyzzy\n%T A\n")
    message = "is not a type of EndNote; it is read as a document"
    assert told(loaded) == [
        f"warning 1:4 `Jornal Article` {message}",
        f"warning 3:4 `Xyzzy` {message}",
    ]
    assert [one.hint for one in loaded.diagnostics] == [
        "did you mean `Journal Article`?",
        "write `Generic` for any other",
    ]


def test_labels_are_keys_where_each_record_has_its_own() -> None:
    """EndNote's users write anything there."""
    both = load("%0 Book\n%T A\n%F a1\n\n%0 Book\n%T B\n%F b1\n")
    assert [one.id for one in both.references] == ["a1", "b1"]
    same = load("%0 Book\n%T Bread\n%F red\n\n%0 Book\n%T Cheese\n%F red\n")
    assert [one.id for one in same.references] == ["anonbread", "anoncheese"]
    assert [one.citation_label for one in same.references] == ["red", "red"]
    some = load("%0 Book\n%T Bread\n%F red\n\n%0 Book\n%T Cheese\n")
    assert [one.id for one in some.references] == ["anonbread", "anoncheese"]


@pytest.mark.parametrize(
    ("lines", "editors", "translators"),
    [
        ("%E A, B", "B A", ""),
        ("%Y A, B", "B A", ""),
        ("%E A, B\n%Y C, D", "B A", "D C"),
        ("%B Series\n%E A, B\n%Y C, D", "D C", ""),
        ("%Y A, B\n%? C, D", "B A", "D C"),
    ],
)
def test_the_people_of_a_book(lines: str, editors: str, translators: str) -> None:
    """EndNote's table, and what libraries write."""
    book = one(f"%0 Book\n%T T\n{lines}\n")
    assert ", ".join(map(str, book.editor)) == editors
    assert ", ".join(map(str, book.translator)) == translators


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Geoffrey Chaucer", Name("Chaucer", "Geoffrey")),
        ("Herbert H. Clark Jr.", Name("Clark", "Herbert H.", suffix="Jr.")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("Plato", Name(literal="Plato")),
    ],
)
def test_names_in_reading_order(name: str, expected: Name) -> None:
    """Groups have words that persons have not."""
    (author,) = one(f"%T T\n%A {name}\n").author
    assert author == expected


@pytest.mark.parametrize(
    ("kind", "line", "variable", "value"),
    [
        ("Book", "%N 7", "collection_number", "7"),
        ("Book Section", "%N 7", "collection_number", "7"),
        ("Report", "%N 7", "number", "7"),
        ("Report", "%R TR-7", "number", "TR-7"),
        ("Newspaper Article", "%N 7", "issue", "7"),
        ("Book", "%P 173 s.", "number_of_pages", "173 s."),
        ("Thesis", "%9 Ph.D.", "genre", "Ph.D."),
        ("Journal Article", "%R https://doi.org/10.1000/x", "doi", None),
        ("Journal Article", "%R urn:x/10.1000/x", "doi", None),
        ("Journal Article", "%R oai:10:1", "doi", None),
        ("Journal Article", "%2 PMC3654245", "pmcid", "PMC3654245"),
    ],
)
def test_numbers_depend_on_the_type(
    kind: str, line: str, variable: str, value: str | None
) -> None:
    """EndNote's table; %R is a DOI only if it looks like one."""
    reference = one(f"%0 {kind}\n%T T\n{line}\n")
    if variable == "doi":
        value = line[3:] if "doi.org" in line else None
    assert getattr(reference, variable) == value


def test_other_commentary_is_a_note_in_refer() -> None:
    """In EndNote's files the tag has the other title."""
    assert one("%T A\n%O seen\n").note == "seen"
    article = one("%0 Journal Article\n%T A\n%O Ann\n%J Annals\n")
    assert article.container_title_short == "Ann"


def test_what_csl_has_no_variable_for_is_kept() -> None:
    """And written back."""
    text = "%0 Journal Article\n%T A\n%M 123\n%+ Oslo\n Norway\n%$ x\n%F a\n"
    reference = one(text)
    assert reference.origin is not None
    assert (reference.origin.family, reference.origin.kind) == (
        "enw",
        "Journal Article",
    )
    assert reference.origin.fields == (
        ("%M", "123"),
        ("%+", "Oslo\nNorway"),
        ("%$", "x"),
    )
    assert enw.dump([reference]) == (
        "%0 Journal Article\n%T A\n%M 123\n%+ Oslo\nNorway\n%$ x\n%F a\n"
    )


def test_items_are_written() -> None:
    """Each variable in its tag, in one order; the key is the label."""
    item = Item(
        id="moreau2021",
        type="article-journal",
        title="Of <i>mice</i>",
        author=(Name("Moreau", "Ana"), Name(literal="Mouse Group")),
        container_title="Annals of Rodents",
        issued=Date(PartialDate(2021, 8, 5)),
        volume="12",
        issue="3",
        page="204-209",
        doi="10.1000/mice",
        abstract="What\n%A mice do.",
        keyword="mouse; cheese",
    )
    text = enw.dump([item])
    assert text == (
        "%0 Journal Article\n"
        "%A Moreau, Ana\n"
        "%A Mouse Group,\n"
        "%D 2021\n"
        "%T Of <i>mice</i>\n"
        "%J Annals of Rodents\n"
        "%V 12\n"
        "%N 3\n"
        "%P 204-209\n"
        "%8 2021/08/05/\n"
        "%R 10.1000/mice\n"
        "%X What\n"
        " %A mice do.\n"
        "%K mouse\n"
        "%K cheese\n"
        "%F moreau2021\n"
    )
    assert one(text).to_csl() == item.to_csl()
    assert enw.dump([]) == ""
    assert enw.dump([item, item]).count("\n\n%0 ") == 1


@pytest.mark.parametrize(
    ("csl_type", "fields"),
    [
        ("book", "title collection_title collection_number publisher edition isbn"),
        ("chapter", "title container_title collection_title collection_number page"),
        ("report", "title number publisher collection_title"),
        ("paper-conference", "title container_title event_title event_place publisher"),
        ("thesis", "title publisher genre number"),
        ("webpage", "title container_title url medium"),
        ("patent", "title number publisher"),
        ("article-newspaper", "title container_title issue section edition"),
    ],
)
def test_what_the_format_holds_comes_back(csl_type: str, fields: str) -> None:
    """Every variable with a value that only it has."""
    values: dict[str, object] = {name: f"{name} value" for name in fields.split()}
    values |= {"isbn": "0-8044-2957-X"} if "isbn" in values else {}
    values |= {"page": "7-12"} if "page" in values else {}
    item = Item.model_validate({"id": "a", "type": csl_type, **values})
    assert one(enw.dump([item])).to_csl() == item.to_csl()
