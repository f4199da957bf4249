"""EndNote's XML, read and written.

The records are our own, after EndNote's document type definition and the table of
fields in its manual; the forms of other exporters after what they write.
"""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats import endnote_xml
from lupusrefs.formats.endnote.types import KINDS
from lupusrefs.formats.endnote_xml.elements import kind_of_record, type_number
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import OPEN_END, Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import TYPES, ItemType
from strategies import libraries


def load(text: str) -> Loaded:
    """Read a text as the file ``refs.xml``."""
    return endnote_xml.load(decode(text.encode(), "refs.xml"))


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``line:column message``."""
    return [
        f"{one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


def one(elements: str, kind: str = "Journal Article", number: int = 17) -> Reference:
    """The reference of a record with these elements, about which nothing is said."""
    loaded = load(
        f'<xml><records><record><ref-type name="{kind}">{number}</ref-type>'
        f"{elements}</record></records></xml>"
    )
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def rest(reference: Reference) -> list[tuple[str, str]]:
    """What of a reference no CSL variable holds."""
    assert reference.origin is not None
    return list(reference.origin.fields)


def as_item(reference: Reference) -> Item:
    """The reference without what only a file has."""
    fields = {field: getattr(reference, field) for field in Item.model_fields}
    return Item.model_validate(fields)


def again(item: Item) -> Reference:
    """The item written and read, about which nothing is said."""
    loaded = load(endnote_xml.dump([item]))
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


ARTICLE = """\
<?xml version="1.0" encoding="UTF-8" ?><xml><records><record>
<database name="My.enl" path="C:\\My.enl">My.enl</database>
<source-app name="EndNote" version="20.4">EndNote</source-app>
<rec-number>7</rec-number>
<foreign-keys><key app="EN" db-id="0xx">7</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors>
<author><style face="normal" font="default" size="100%">Moreau, Ada</style></author>
<author><style face="normal" size="100%">Lupus Study Group,</style></author>
</authors></contributors>
<auth-address><style face="normal">Utrecht&#xD;Lyon</style></auth-address>
<titles><title><style face="normal" font="default" size="100%">On </style>\
<style face="italic" font="default" size="100%">Borrelia </style>\
<style face="normal" font="default" size="100%">and IL</style>\
<style face="subscript" font="default" size="100%">2</style></title>\
<secondary-title><style face="normal" font="default" size="100%">Ann Lupus</style>\
</secondary-title></titles>
<periodical><full-title><style face="normal">Annals of Lupus</style></full-title>\
<abbr-1><style face="normal">Ann Lupus</style></abbr-1></periodical>
<pages><style face="normal">16-33</style></pages>
<volume><style face="normal">102</style></volume>
<number><style face="normal">4</style></number>
<keywords><keyword><style face="normal">lupus</style></keyword>\
<keyword><style face="normal">B cells, memory</style></keyword></keywords>
<dates><year><style face="normal">2015</style></year>\
<pub-dates><date><style face="normal">Mar 3</style></date></pub-dates></dates>
<isbn><style face="normal">1532-1827 (Electronic)&#xD;0007-0920 (Linking)</style></isbn>
<accession-num><style face="normal">25647015</style></accession-num>
<electronic-resource-num><style face="normal">10.5555/nephritis</style>\
</electronic-resource-num>
<abstract><style face="normal">AIM: none.&#xD;RESULT: &lt;1 &amp; more.</style>\
</abstract>
<label><style face="normal">Moreau2015</style></label>
<notes><style face="normal">Moreau&#xD;England</style></notes>
<urls><related-urls><url><style face="normal">https://example.org/n</style></url>\
</related-urls><pdf-urls><url>internal-pdf://n.pdf</url></pdf-urls></urls>
<remote-database-provider><style face="normal">Nlm</style></remote-database-provider>
<language><style face="normal">eng</style></language>
<access-date><style face="normal">2021/08/05</style></access-date>
<custom2><style face="normal">PMC4453943</style></custom2>
</record></records></xml>
"""


def test_an_article() -> None:
    """Runs become CSL's rich text; what is the library's own is kept aside."""
    loaded = load(ARTICLE)
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    csl = as_item(reference).to_csl()
    assert csl == {
        "id": "Moreau2015",
        "type": "article-journal",
        "author": [
            {"family": "Moreau", "given": "Ada"},
            {"literal": "Lupus Study Group"},
        ],
        "title": "On <i>Borrelia</i> and IL<sub>2</sub>",
        "container-title": "Annals of Lupus",
        "container-title-short": "Ann Lupus",
        "issued": {"date-parts": [[2015, 3, 3]]},
        "accessed": {"date-parts": [[2021, 8, 5]]},
        "volume": "102",
        "issue": "4",
        "page": "16-33",
        "DOI": "10.5555/nephritis",
        "URL": "https://example.org/n",
        "PMID": "25647015",
        "PMCID": "PMC4453943",
        "ISSN": "1532-1827, 0007-0920",
        "keyword": "lupus; B cells, memory",
        "language": "eng",
        "abstract": "AIM: none.\nRESULT: <1 & more.",
        "note": "Moreau\nEngland",
    }
    assert rest(reference) == [
        ("rec-number", "7"),
        ("foreign-keys/key@app=EN@db-id=0xx", "7"),
        ("auth-address", "Utrecht\nLyon"),
        ("urls/pdf-urls/url", "internal-pdf://n.pdf"),
        ("remote-database-provider", "Nlm"),
    ]


def test_an_article_comes_back() -> None:
    """Written and read again, every value is there, and what was kept aside."""
    (first,) = load(ARTICLE).references
    second = again(first)
    assert as_item(second) == as_item(first)
    assert set(rest(second)) == set(rest(first))
    assert endnote_xml.dump([second]) == endnote_xml.dump([first])


def test_every_value_knows_its_place() -> None:
    """The record and each value stand where their elements begin."""
    (reference,) = load(ARTICLE).references
    assert str(reference.location) == "refs.xml:1:54"
    assert str(reference.places["volume"]) == "refs.xml:15:1"
    assert str(reference.places["id"]) == "refs.xml:23:1"


def test_without_runs_of_styled_text() -> None:
    """Zotero and others write bare text, laid out in lines."""
    found = one(
        """
        <source-app name="Zotero">Zotero</source-app>
        <contributors>
            <authors>
                <author>Moreau, Ada</author>
                <author>Lupus Study Group</author>
                <author>Ada Moreau</author>
            </authors>
        </contributors>
        <titles>
            <title>A title over
                two lines
            </title>
            <secondary-title>
                <style face="normal">Annals of</style>
                <style face="normal"> Lupus</style>
            </secondary-title>
        </titles>
        <dates><year>2015</year><pub-dates><date>2015-03-03</date></pub-dates></dates>
        <urls><web-urls><url>https://example.org/n</url></web-urls></urls>
        """
    )
    assert found.author == (
        Name("Moreau", "Ada"),
        Name(literal="Lupus Study Group"),
        Name(literal="Ada Moreau"),
    )
    assert found.title == "A title over two lines"
    assert found.container_title == "Annals of Lupus"
    assert found.issued == Date(PartialDate(2015, 3, 3))
    assert found.url == "https://example.org/n"
    assert rest(found) == []


def test_names_in_reading_order() -> None:
    """To EndNote itself a name without a comma is a person's."""
    authors = "<authors><author>Ada Moreau</author><author>WHO,</author></authors>"
    found = one(f"<contributors>{authors}</contributors>")
    assert found.author == (Name("Moreau", "Ada"), Name(literal="WHO"))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ('<style face="bold italic">x</style>', "<b><i>x</i></b>"),
        (
            '<style face="italic">a</style><style face="italic"> b</style>',
            "<i>a b</i>",
        ),
        ('<style face="superscript">+</style>', "<sup>+</sup>"),
        ('<style face="normal" font="Symbol">b</style>-cells', "β-cells"),
        ('TNF-<style face="italic" font="Symbol">a</style>', "TNF-<i>α</i>"),
        ("a<i>b</i>", "a<i>b</i>"),
        ('<style face="italic"> </style>x', "x"),
    ],
)
def test_faces(runs: str, text: str) -> None:
    """Several faces of a run, runs that go on, Greek of old libraries, HTML."""
    assert one(f"<titles><title>{runs}</title></titles>").title == text


@pytest.mark.parametrize(
    ("kind", "number", "item"),
    [
        ("Journal Article", 17, "article-journal"),
        ("Book Section", 5, "chapter"),
        ("Conference Proceedings", 10, "paper-conference"),
        ("Thesis", 32, "thesis"),
        ("Web Page", 12, "webpage"),
        ("Newspaper Article", 23, "article-newspaper"),
        ("Computer Program", 9, "software"),
        ("Journal Article", 0, "article-journal"),
        ("My own type", 6, "book"),
    ],
)
def test_types_by_name_or_number(kind: str, number: int, item: str) -> None:
    """The name goes first; a library may have given another one."""
    assert one("", kind, number).type == item


@pytest.mark.parametrize(
    ("element", "message", "hint"),
    [
        (
            '<ref-type name="Jornal Article">99</ref-type>',
            "1:23 `Jornal Article` is not a type of EndNote; it is read as a document",
            "did you mean `Journal Article`?",
        ),
        (
            "<ref-type>99</ref-type>",
            "1:23 `99` is not a type of EndNote; it is read as a document",
            'write `<ref-type name="Generic">13</ref-type>` for any other type',
        ),
    ],
)
def test_unknown_types_are_told(element: str, message: str, hint: str) -> None:
    """The record is read all the same."""
    loaded = load(f"<xml><records><record>{element}</record></records></xml>")
    assert told(loaded) == [message]
    assert loaded.diagnostics[0].hint == hint
    assert loaded.references[0].type == "document"


def test_a_record_without_a_type() -> None:
    """Is a document."""
    loaded = load(
        "<records><record><titles><title>T</title></titles></record></records>"
    )
    assert [(ref.type, ref.title) for ref in loaded.references] == [("document", "T")]


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("Book", ("author", "collection_editor", "editor", "translator")),
        ("Book Section", ("author", "editor", "collection_editor", "translator")),
        ("Film or Broadcast", ("director", None, "producer", "performer")),
    ],
)
def test_contributors_by_type(kind: str, roles: tuple[str | None, ...]) -> None:
    """Who is meant by the second, third and subsidiary author depends on the type."""
    groups = ("authors", "secondary-authors", "tertiary-authors", "subsidiary-authors")
    people = "".join(
        f"<{group}><author>A{number}, B</author></{group}>"
        for number, group in enumerate(groups)
    )
    series = "<titles><secondary-title>S</secondary-title></titles>"
    found = one(f"<contributors>{people}</contributors>{series}", kind)
    for number, role in enumerate(roles):
        if role is not None:
            assert getattr(found, role) == (Name(f"A{number}", "B"),)


TYPED = "<secondary-title>J</secondary-title>"


@pytest.mark.parametrize(
    ("titles", "title", "short"),
    [
        (TYPED, "J", None),
        (f"{TYPED}|<full-title>J</full-title>", "J", None),
        ("|<full-title>Journal</full-title><abbr-1>J</abbr-1>", "Journal", "J"),
        (f"{TYPED}|<full-title>Journal</full-title><abbr-1>J</abbr-1>", "Journal", "J"),
        (
            "<secondary-title>Journal</secondary-title><alt-title>J</alt-title>",
            "Journal",
            "J",
        ),
        (f"{TYPED}|<full-title>Other</full-title><abbr-1>O</abbr-1>", "J", "O"),
    ],
)
def test_a_journal_and_its_abbreviation(
    titles: str, title: str, short: str | None
) -> None:
    """The full name is the better one, where the one typed is its abbreviation."""
    typed, _, listed = titles.partition("|")
    found = one(f"<titles>{typed}</titles><periodical>{listed}</periodical>")
    assert (found.container_title, found.container_title_short) == (title, short)


def test_a_periodical_in_a_record_of_another_type() -> None:
    """What is in the list of journals is one, whatever the type says."""
    titles = "<titles><secondary-title>J</secondary-title></titles>"
    found = one(f"{titles}<periodical><full-title>J</full-title></periodical>", "Book")
    assert (found.container_title, found.collection_title) == ("J", None)
    series = again(Item(id="a", type="book", container_title="C", collection_title="S"))
    assert (series.container_title, series.collection_title) == ("C", "S")


@pytest.mark.parametrize(
    ("written", "doi", "left"),
    [
        ("10.5555/a", "10.5555/a", []),
        ("https://doi.org/10.5555/a", "https://doi.org/10.5555/a", []),
        (
            "S0140-6736(12)6 [pii]&#xD;10.5555/a [doi]",
            "10.5555/a",
            ["S0140-6736(12)6 [pii] 10.5555/a [doi]"],
        ),
        ("arXiv:2101.00001", None, ["arXiv:2101.00001"]),
    ],
)
def test_the_electronic_resource_number(
    written: str, doi: str | None, left: list[str]
) -> None:
    """Is a DOI, or has one among other identifiers, or none."""
    name = "electronic-resource-num"
    found = one(f"<{name}>{written}</{name}>")
    assert found.doi == doi
    kept = [" ".join(text.split()) for path, text in rest(found) if path == name]
    assert kept == left


def test_an_accession_number_of_another_database() -> None:
    """Only beside PubMed's name it is a PMID."""
    found = one(
        "<accession-num>WOS:0001</accession-num>"
        "<remote-database-name>Web of Science</remote-database-name>"
    )
    assert (found.pmid, found.archive) == (None, "Web of Science")
    assert rest(found) == [("accession-num", "WOS:0001")]


def test_labels_are_keys_where_each_has_its_own() -> None:
    """Otherwise they say something else, and keys are made."""
    title = "<titles><title>On cells</title></titles>"
    records = "".join(
        f"<record>{title}<label>{label}</label></record>"
        for label in ("a1", "seen", "seen", "not a key")
    )
    loaded = load(f"<xml><records>{records}</records></xml>")
    assert [(ref.id, ref.citation_label) for ref in loaded.references] == [
        ("a1", None),
        ("anoncells", "seen"),
        ("anoncellsa", "seen"),
        ("anoncellsb", "not a key"),
    ]
    assert loaded.diagnostics == ()


def test_what_no_variable_holds_is_kept() -> None:
    """With styles, line breaks and attributes; an empty element says nothing."""
    found = one(
        '<titles><translated-title><style face="italic">Le</style> loup'
        '</translated-title></titles><image name="image" file="a.png"/>'
        "<custom4>x&#xD;y</custom4><caption/>"
        '<contributors><translated-authors><author role="x=/y">Do, J</author>'
        "</translated-authors></contributors>"
    )
    kept = [
        ("titles/translated-title", "<i>Le</i> loup"),
        ("image@name=image@file=a.png", ""),
        ("custom4", "x\ny"),
        ("contributors/translated-authors/author@role=x%3D%2Fy", "Do, J"),
    ]
    assert rest(found) == kept
    assert sorted(rest(again(found))) == sorted(kept)


def test_a_broken_file() -> None:
    """What stands before and behind the break is read, and the break is told."""
    loaded = load(
        "<xml><records><record><titles><title>A</title></titles></record>\n"
        "<record><titles><title>B</title></titls></record>\n"
        "<record><titles><title>C</title></titles></record></records></xml>"
    )
    assert [ref.title for ref in loaded.references] == ["A", "B", "C"]
    assert loaded.has_errors
    assert loaded.diagnostics[0].location.line == 2


@pytest.mark.parametrize("text", ["<xml><records/></xml>", "<html></html>"])
def test_a_file_without_records(text: str) -> None:
    """Is told to have none."""
    assert told(load(text)) == ["1:1 the file has no records"]


# --- writing ------------------------------------------------------------------


def test_an_item_is_written() -> None:
    """In EndNote's order of elements, each text in a run."""
    item = Item(
        id="moreau",
        type="article-journal",
        author=(Name("Moreau", "Ada"), Name(literal="WHO"), OTHERS),
        title="On <i>B.</i> & IL<sub>2</sub>",
        container_title="Annals",
        issued=Date(PartialDate(2015, 3, 3)),
        abstract="a\nb",
    )

    def run(text: str, face: str = "normal") -> str:
        return f'<style face="{face}" font="default" size="100%">{text}</style>'

    assert endnote_xml.dump([item]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<xml><records>\n"
        '<record><source-app name="lupusrefs">lupusrefs</source-app>'
        '<ref-type name="Journal Article">17</ref-type>'
        f"<contributors><authors><author>{run('Moreau, Ada')}</author>"
        f"<author>{run('WHO,')}</author><author>{run('et al.')}</author>"
        "</authors></contributors>"
        f"<titles><title>{run('On ')}{run('B.', 'italic')}{run(' &amp; IL')}"
        f"{run('2', 'subscript')}</title>"
        f"<secondary-title>{run('Annals')}</secondary-title></titles>"
        f"<periodical><full-title>{run('Annals')}</full-title></periodical>"
        f"<dates><year>{run('2015')}</year>"
        f"<pub-dates><date>{run('Mar 3')}</date></pub-dates></dates>"
        f"<abstract>{run('a&#xD;b')}</abstract>"
        f"<label>{run('moreau')}</label></record>\n"
        "</records></xml>\n"
    )


def test_a_long_list() -> None:
    """Ten thousand authors or keywords cost no more than their size."""
    authors = "<author>A, B</author>" * 10_000
    words = "<keyword>a</keyword>" * 10_000
    found = one(
        f"<contributors><authors>{authors}</authors></contributors>"
        f"<keywords>{words}</keywords>"
    )
    assert len(found.author) == 10_000
    assert found.keyword == "; ".join("a" * 10_000)


def test_no_items() -> None:
    """Give a file with no records."""
    assert endnote_xml.dump([]).endswith("<xml><records>\n</records></xml>\n")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.code))
def test_every_kind_has_a_number(kind: object) -> None:
    """Its own, or that of the nearest that EndNote has; the name is read back."""
    known = next(one for one in KINDS if one == kind)
    assert type_number(known) in range(2, 62)
    assert kind_of_record(known.name, "") == known


@pytest.mark.parametrize("item", sorted(TYPES))
def test_every_type_is_written(item: ItemType) -> None:
    """With its title, whatever became of the type."""
    assert again(Item(id="a", type=item, title="T")).title == "T"


@pytest.mark.parametrize(
    "date",
    [
        Date(PartialDate(2015)),
        Date(PartialDate(2015, 3)),
        Date(PartialDate(2015, 12, 31)),
        Date(PartialDate(2015, season=3)),
        Date(PartialDate(2015), circa=True),
        Date(PartialDate(2015, 3, 3), PartialDate(2015, 4)),
        Date(PartialDate(2015), PartialDate(2016)),
        Date(PartialDate(2015), OPEN_END),
        Date(PartialDate(44)),
        Date(PartialDate(-43, 3)),
        Date(literal="in press"),
    ],
)
def test_dates(date: Date) -> None:
    """Year and words, as EndNote prints them; the rest in EDTF."""
    assert again(Item(id="a", type="book", issued=date)).issued == date


def test_a_pmid_is_an_accession_number() -> None:
    """Beside the name of PubMed's provider, which then says no more."""
    found = again(Item(id="a", type="article-journal", pmid="123"))
    assert (found.pmid, found.source) == ("123", None)
    beside = again(Item(id="a", type="article-journal", pmid="1", archive="PubMed"))
    assert (beside.pmid, beside.archive, rest(beside)) == ("1", "PubMed", [])
    other = again(Item(id="a", type="article-journal", pmid="1", source="Scopus"))
    assert (other.pmid, other.source) == (None, "Scopus")


def test_illegal_characters_are_dropped() -> None:
    """XML allows them nowhere, not even as references."""
    title = "a\x00\x0b\ufffe\ud800b]]>"
    assert again(Item(id="a", type="book", title=title)).title == "ab]]>"


def test_origins_that_no_file_had() -> None:
    """Paths that are none are left out: the file stays well-formed."""
    origin = Origin(
        "endnote-xml",
        'Bo"ok<',
        (("a b", "x"), ("1", "x"), ("a@b=1@b=2", "x"), ("", "x"), ("misc1", "<&>")),
    )
    reference = Reference(id="a", type="document", origin=origin)
    loaded = load(endnote_xml.dump([reference]))
    assert [rest(found) for found in loaded.references] == [[("misc1", "<&>")]]


# --- laws ---------------------------------------------------------------------

WORDS = st.text(
    st.characters(categories=["L", "Nd"], max_codepoint=0x17F), min_size=2, max_size=8
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NAMES = st.one_of(
    st.builds(Name, family=WORDS, given=WORDS),
    st.builds(Name, family=WORDS, given=WORDS, suffix=st.sampled_from(["Jr.", "III"])),
    st.builds(Name, literal=TEXTS.map("Group {}".format)),
)
RICH = st.sampled_from(["On <i>B.</i> cells", "IL<sub>2</sub> & <b><i>x</i></b>"])
HELD: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(
        (
            *("container_title", "title_short", "publisher", "publisher_place"),
            *("volume", "issue", "edition", "call_number", "archive", "language"),
            *("abstract", "note", "annote", "genre", "collection_title"),
            *("number_of_volumes", "archive_location"),
        ),
        TEXTS,
    ),
    "title": TEXTS | RICH,
    "author": st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    "editor": st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    "translator": st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    "page": st.sampled_from(["1-9", "e12", "S1-S4"]),
    "doi": st.sampled_from(["10.5555/a", "10.5555/(b)<c>"]),
    "isbn": st.just("978-3-642-41404-6"),
    "url": st.just("https://example.org/a?b&c"),
    "accessed": st.just(Date(PartialDate(2021, 8, 5))),
    "issued": st.sampled_from([Date(PartialDate(2015, 3, 3)), Date(PartialDate(2015))]),
    "keyword": st.lists(TEXTS, min_size=1, max_size=3).map("; ".join),
}


@st.composite
def held_items(draw: st.DrawFn) -> Item:
    """A chapter whose every value has a place in EndNote."""
    chosen = draw(st.lists(st.sampled_from(sorted(HELD)), max_size=8, unique=True))
    fields = {field: draw(HELD[field]) for field in chosen}
    return Item.model_validate({"id": "a", "type": "chapter", **fields})


@given(held_items())
def test_what_has_a_place_is_read_again(item: Item) -> None:
    """load(dump(items)) gives every value, and nothing more."""
    assert as_item(again(item)).to_csl() == item.to_csl()


@given(libraries())
def test_any_items_give_well_formed_xml(library: list[Item]) -> None:
    """One record an item, whatever their texts."""
    text = endnote_xml.dump(library)
    expat.ParserCreate().Parse(text.encode(), True)  # noqa: FBT003 - positional only
    loaded = load(text)
    assert len(loaded.references) == len(library)
    assert not loaded.has_errors
    assert endnote_xml.dump(library) == text


PIECES = st.sampled_from(
    [
        *("<xml>", "<records>", "<record>", "</record>", "<ref-type name='Book'>6"),
        *("</ref-type>", "<titles>", "<title>", "</title>", "</titles>", "<style"),
        *(" face='italic'>", "</style>", "x", "&", "&#xD;", "<!--", "-->", "<label>"),
        *("</label>", "<dates><year>", "2015", "</year></dates>", "\n", "<isbn>"),
        *("</isbn>", "<![CDATA[", "]]>", "<!DOCTYPE a [", "]>", "10.5555/a", "\x00"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_no_text_is_too_much(text: str) -> None:
    """Whatever a file has, reading it raises nothing."""
    text = text.encode("utf-8", "replace").decode()
    assert isinstance(load(text), Loaded)
