"""Writing hayagriva YAML that hayagriva reads, and that says the same when read again.

Source of the forms: hayagriva's ``docs/file-format.md``. What hayagriva refuses was
tried with the program itself.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats import hayagriva
from lupusrefs.formats.hayagriva.values import (
    is_duration,
    is_language,
    is_numeric,
    is_url,
)
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import OPEN_END, Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Origin, Reference
from lupusrefs.model.variables import TYPES, ItemType
from strategies import libraries


def read(text: str) -> tuple[Reference, ...]:
    """The references of a text, about which nothing is said."""
    loaded = hayagriva.load(decode(text.encode(), "refs.yml"))
    assert loaded.diagnostics == ()
    return loaded.references


def as_item(reference: Reference) -> Item:
    """The reference without what only a file has."""
    fields = {field: getattr(reference, field) for field in Item.model_fields}
    return Item.model_validate(fields)


def again(item: Item) -> Item:
    """The item written and read."""
    (reference,) = read(hayagriva.dump([item]))
    return as_item(reference)


def written(**fields: object) -> str:
    """The text of an item of the id ``a``, without its first line."""
    text = hayagriva.dump([Item.model_validate({"id": "a", **fields})])
    assert text.startswith("a:\n")
    return text.removeprefix("a:\n")


def test_an_article() -> None:
    """Its journal is its parent, its identifiers are serial numbers."""
    item = Item(
        id="nephritis",
        type="article-journal",
        author=(Name("Moreau", "Ada"), Name("Lindqvist", "Per")),
        title='A trial of <i>rituximab</i> in <span class="nocase">LN</span>',
        container_title="Annals of Lupus",
        container_title_short="Ann Lupus",
        issued=Date(PartialDate(2020, 10, 14)),
        volume="102",
        issue="S1",
        page="16-33",
        publisher="Society Press",
        publisher_place="Utrecht",
        doi="10.5555/nephritis",
        pmid="12345678",
        url="https://example.org/",
        accessed=Date(PartialDate(2021, 1)),
    )
    assert hayagriva.dump([item]) == (
        "nephritis:\n"
        "  type: article\n"
        "  title: A trial of rituximab in {LN}\n"
        "  author:\n"
        "  - Moreau, Ada\n"
        "  - Lindqvist, Per\n"
        "  date: 2020-10-14\n"
        "  page-range: 16-33\n"
        "  url:\n"
        "    value: https://example.org/\n"
        "    date: 2021-01\n"
        "  serial-number:\n"
        "    doi: 10.5555/nephritis\n"
        "    pmid: '12345678'\n"
        "  parent:\n"
        "    type: periodical\n"
        "    title:\n"
        "      value: Annals of Lupus\n"
        "      short: Ann Lupus\n"
        "    volume: 102\n"
        "    issue: S1\n"
        "    publisher:\n"
        "      name: Society Press\n"
        "      location: Utrecht\n"
    )


def test_a_chapter_of_an_edited_book_in_a_series() -> None:
    """The editor is the book's, the series is the book's parent."""
    text = written(
        type="chapter",
        title="On B cells",
        editor=(Name("Shan", "C."),),
        container_title="Studies",
        collection_title="Annals",
        collection_number="7",
        edition="2",
    )
    assert text == (
        "  type: anthos\n"
        "  title: On B cells\n"
        "  parent:\n"
        "    type: anthology\n"
        "    title: Studies\n"
        "    editor: Shan, C.\n"
        "    edition: 2\n"
        "    parent:\n"
        "      type: anthology\n"
        "      title: Annals\n"
        "      volume: 7\n"
    )


def test_a_paper_at_a_conference() -> None:
    """The event, the original and the source are parents, too."""
    text = written(
        type="paper-conference",
        container_title="Papers",
        event_title="Meeting",
        event_place="Lyon",
        event_date=Date(PartialDate(2019)),
        chair=(Name("Sole", "Bo"),),
        original_title="Alt",
        original_author=(Name("Plato"),),
        source="Archive",
    )
    assert text == (
        "  type: article\n"
        "  parent:\n"
        "  - type: proceedings\n"
        "    title: Papers\n"
        "  - type: conference\n"
        "    title: Meeting\n"
        "    affiliated:\n"
        "    - role: director\n"
        "      names: Sole, Bo\n"
        "    date: 2019\n"
        "    location: Lyon\n"
        "  - type: original\n"
        "    title: Alt\n"
        "    author:\n"
        "      name: Plato\n"
        "  - type: repository\n"
        "    title: Archive\n"
    )


@pytest.mark.parametrize(
    "item",
    [
        *("article", "article-journal", "article-newspaper", "book", "broadcast"),
        *("chapter", "collection", "document", "entry", "entry-encyclopedia", "event"),
        *("figure", "graphic", "legal_case", "legislation", "manuscript"),
        *("motion_picture", "musical_score", "paper-conference", "patent"),
        *("performance", "periodical", "post", "post-weblog", "report", "software"),
        *("song", "speech", "thesis", "webpage"),
    ],
)
@pytest.mark.parametrize("title", [None, "Whole"])
def test_types_that_hayagriva_has(item: ItemType, title: str | None) -> None:
    """With or without a container they are read as what they were."""
    found = again(Item(id="a", type=item, container_title=title))
    assert found.type == item
    placeless = item in {"book", "collection", "event", "periodical"}
    assert found.container_title == (None if placeless else title)


@pytest.mark.parametrize("item", sorted(TYPES))
def test_every_type_is_written(item: ItemType) -> None:
    """The types that hayagriva lacks become the next best one."""
    assert again(Item(id="a", type=item, title="T")).title == "T"


@pytest.mark.parametrize(
    ("name", "person"),
    [
        (Name("Doe", "Janet"), "Doe, Janet"),
        (Name(literal="UNICEF"), "UNICEF"),
        (OTHERS, "others"),
        (Name("Plato"), "name: Plato"),
        (Name("Gogh", "Vincent", "van"), "van Gogh, Vincent"),
        (
            Name("Humrich", "Jens", non_dropping_particle="von"),
            "name: von Humrich\n    given-name: Jens",
        ),
        (
            Name("King", "Martin", suffix="Jr."),
            "name: King\n    given-name: Martin\n    suffix: Jr.",
        ),
        (Name("Do, e", "Janet"), "name: Do, e\n    given-name: Janet"),
        (Name(literal="Marks, Spencer & Co"), "name: Marks, Spencer & Co"),
        (Name(literal="van Gogh Museum"), "name: van Gogh Museum"),
        (Name(literal="Study participants"), "name: Study participants"),
        (Name("Foo bar", "X"), "name: Foo bar\n    given-name: X"),
        (Name("Gogh", "V", "Van"), "name: Gogh\n    given-name: V\n    prefix: Van"),
    ],
)
def test_persons(name: Name, person: str) -> None:
    """A string where it says it all; a particle that stays is part of the name."""
    text = written(author=(name,))
    if "name:" in person:
        assert text == f"  type: misc\n  author:\n    {person}\n"
    else:
        assert text == f"  type: misc\n  author: {person}\n"
    assert again(Item(id="a", author=(name,))).author == (name,)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (Name(given="Prince"), Name(literal="Prince")),
        (Name(" Do\n e", " J."), Name("Do e", "J.")),
        (Name("M&uuml;ller", "<i>J</i>"), Name("Müller", "J")),
        (Name("d'Alembert", "J", non_dropping_particle=""), Name("d'Alembert", "J")),
        (
            Name("Alembert", "J", non_dropping_particle="d'"),
            Name("d'Alembert", "J"),
        ),
    ],
)
def test_what_persons_cannot_say(name: Name, found: Name) -> None:
    """The text of a name stays all the same."""
    assert again(Item(id="a", author=(name,))).author == (found,)


def test_nobody_is_not_written() -> None:
    """A name of blanks is no person."""
    assert written(author=(Name(literal=" "), Name("\n"))) == "  type: misc\n"


@pytest.mark.parametrize(
    ("date", "text", "found"),
    [
        (Date(PartialDate(2003)), "2003", None),
        (Date(PartialDate(2003, 6)), "2003-06", None),
        (Date(PartialDate(2003, 6, 21), circa=True), "~2003-06-21", None),
        (Date(PartialDate(44)), "'0044'", None),
        (Date(PartialDate(-43, 3, 15)), "-0043-03-15", None),
        (Date(PartialDate(12000)), "12000", None),
        (Date(PartialDate(-12000)), "-12000", None),
        (Date(PartialDate(12000, 5), circa=True), "12000", Date(PartialDate(12000))),
        (Date(PartialDate(2003), OPEN_END), "2003", Date(PartialDate(2003))),
        (Date(PartialDate(2003, season=1)), "2003", Date(PartialDate(2003))),
    ],
)
def test_dates(date: Date, text: str, found: Date | None) -> None:
    """Of a range there is the first date, of a season the year."""
    assert written(issued=date) == f"  type: misc\n  date: {text}\n"
    assert again(Item(id="a", issued=date)).issued == (found or date)


@pytest.mark.parametrize(
    "fields",
    [
        {"issued": Date(literal="in press")},
        {"number_of_pages": "many"},
        {"number_of_pages": "0²"},
        {"number_of_volumes": "three"},
        {"dimensions": "21 x 30 cm"},
        {"language": "de, en"},
        {"url": "example.org", "accessed": Date(PartialDate(2021))},
        {"keyword": "lupus", "medium": "print", "categories": ("a",)},
        {"type": "thesis", "authority": "TU"},
    ],
)
def test_what_has_no_place_is_left_out(fields: dict[str, object]) -> None:
    """Hayagriva would refuse the whole file, or say something else."""
    kind = "thesis" if "type" in fields else "misc"
    assert written(**fields) == f"  type: {kind}\n"


def test_an_authority_beside_a_publisher() -> None:
    """It is an organization, for reports and theses, too."""
    item = Item(id="a", type="thesis", authority="TU", publisher="Press")
    assert again(item) == item


@pytest.mark.parametrize(
    ("text", "string"),
    [
        (r"5$ {a} \b", r"5\$ \{a\} \\b"),
        ("AT&T < IBM", "AT&T < IBM"),
        ("a &amp; b", "a & b"),
        ("CO<sub>2</sub>", "CO2"),
        (
            '<span class="nocase">The <i>{x}</i> <span class="nocase">y</span></span>',
            r"{The \{x\} y}",
        ),
    ],
)
def test_strings(text: str, string: str) -> None:
    """Braces, dollars and backslashes of a text are escaped, styles left out."""
    (line,) = written(title=text).splitlines()[1:]
    assert line in {f"  title: {string}", f"  title: '{string}'"}


@pytest.mark.parametrize(
    "text",
    [
        *("1984", "1e3", "0x1F", "0o17", ".5", "1_000", "no", "null", "~", "true"),
        *("1:20", "2021-08-05", "a: b", "# a", "- a", " a ", "a\nb\n", "", "'", '"'),
        *("{x}", "$x$", "\\", "a\x85b", "\x1b", "\ufeff", "😀", "<<", "=", "&a", "*a"),
    ],
)
def test_a_tricky_text_stays_text(text: str) -> None:
    """YAML takes none of them for a number, a date or a mark."""
    item = Item(id="a", title=text, page=text, number=text, doi=text)
    found = again(item)
    expected = text or None
    assert (found.title, found.page) == (expected, expected)
    assert (found.number, found.doi) == (expected, expected)


def test_a_short_form_alone_is_the_title() -> None:
    """A reader is better off with the abbreviation than with nothing."""
    item = Item(id="a", type="article-journal", container_title_short="Ann Lupus")
    assert again(item).container_title == "Ann Lupus"


def test_keys_are_kept_or_made() -> None:
    """As everywhere a DOI is no key to cite with."""
    items = [Item(id="b-1"), Item(id="10.5555/x", title="On cells"), Item(id="1")]
    text = hayagriva.dump(items)
    assert [one.id for one in read(text)] == ["b-1", "anoncells", "1"]


def test_an_empty_library() -> None:
    """Is an empty mapping."""
    assert hayagriva.dump([]) == "{}\n"


OWN = """\
a:
  type: scene
  title:
    value: Of $x^2$ and {Y}
    sentence-case: of y
  author:
    name: Watkins
    given-name: Gloria
    alias: hooks
  affiliated:
  - role: holder
    names: Doe, Jane
  volume: 1-2
  serial-number:
    serial: e1
    arxiv: '2101.1'
  parent:
  - type: performance
    title: Whole
    volume: 3
    page-total: '12'
    time-range: 00:57-06:21
  - type: exhibition
    title: Show
    organization: Us
  - type: web
    note: n
    url: https://example.org/
  runtime: '22:00'
"""


def test_what_the_file_had_beyond_csl_is_given_back() -> None:
    """Written and read again, nothing is missing, and nothing new."""
    (first,) = read(OWN)
    text = hayagriva.dump([first])
    (second,) = read(text)
    assert as_item(second) == as_item(first)
    assert first.origin is not None
    assert second.origin is not None
    assert second.origin.kind == "scene"
    assert second.origin.titles == {"title": "Of $x^2$ and {Y}"}
    assert dict(second.origin.fields) == dict(first.origin.fields)
    assert len(first.origin.fields) == 12
    assert hayagriva.dump([second]) == text


def test_truth_values_stay_what_they_are() -> None:
    """Hayagriva takes no text for one, nor a truth value for a text."""
    text = "a: {type: chapter, parent: {note: {value: 'no', verbatim: true}}}\n"
    (first,) = read(text)
    assert "value: 'no'" in hayagriva.dump([first])
    assert "verbatim: true" in hayagriva.dump([first])


def test_what_the_item_says_goes_first() -> None:
    """Where a value and what the file had are in each other's way."""
    fields = (("title", "old"), ("title.value.x", "old"), ("page-range.x", "old"))
    origin = Origin("hayagriva", "book", fields)
    reference = Reference(id="a", type="book", title="T", page="1", origin=origin)
    assert hayagriva.dump([reference]) == (
        "a:\n  type: book\n  title: T\n  page-range: 1\n"
    )


def test_math_of_another_format_is_text() -> None:
    """TeX is no Typst: an unknown command would break the document."""
    assert (
        written(title=r"Of $\alpha$") == "  type: misc\n  title: Of \\$\\\\alpha\\$\n"
    )


def test_a_changed_type_wins() -> None:
    """The file's own type is used as long as it means the item's."""
    (first,) = read("a: {type: anthos, title: T, parent: {type: book, runtime: x}}\n")
    assert "type: anthos" in hayagriva.dump([first])
    changed = first.model_copy(update={"type": "report"})
    assert "type: report" in hayagriva.dump([changed])
    (found,) = read(hayagriva.dump([changed]))
    assert found.type == "report"


@pytest.mark.parametrize("text", ["300", "xii, 300", "12 vols", "1-5", "c1", "-3"])
def test_numeric(text: str) -> None:
    """A number with something before and behind it."""
    assert is_numeric(text)


@pytest.mark.parametrize("text", ["", "many", "1 2 3", "12 pages long", "9" * 20, "Ⅻ"])
def test_not_numeric(text: str) -> None:
    """Nothing that is none."""
    assert not is_numeric(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a?b#c", True),
        ("HTTP://user@example.org:8080", True),
        ("http://münchen.example", True),
        ("ftp://127.0.0.1/x", True),
        ("urn:isbn:978", True),
        ("mailto:a@b.c", True),
        ("example.org", False),
        ("//example.org", False),
        ("http://a b.c/", False),
        ("http://example.org:99999", False),
        ("http://256.1.1.1", False),
        ("http://xn--a.example", False),
        ("http://-a.example", False),
        ("http://", False),
        ("file:///etc", False),
        ("", False),
    ],
)
def test_addresses(text: str, is_one: bool) -> None:
    """Whole ones, with a host that every program takes for one."""
    assert is_url(text) is is_one


def test_languages_and_durations() -> None:
    """As Unicode and the description have them."""
    assert all(map(is_language, ("de", "zh-Hans", "en-US", "de-1996", "english")))
    assert not any(map(is_language, ("", "e", "en US", "de-", "i-default")))
    assert all(map(is_duration, ("13:42", "01:42:21,802", "1:00:00:00", "138:00")))
    assert not any(map(is_duration, ("", "2 h", "01:78:00", "12", "1:2")))


# --- laws ---------------------------------------------------------------------

WORDS = st.text(
    st.characters(categories=["L", "Nd", "P", "S"], exclude_characters="<&"),
    min_size=1,
    max_size=8,
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NUMBERS = st.integers(0, 5000).map(str) | TEXTS
CAPITALS = st.text("ABCDEFGH", min_size=1, max_size=6)
NAMES = st.one_of(
    st.builds(Name, family=TEXTS.map("A".__add__), given=TEXTS),
    st.builds(Name, family=CAPITALS, given=CAPITALS, dropping_particle=WORDS),
    st.builds(Name, family=CAPITALS, given=CAPITALS, suffix=WORDS),
    st.builds(
        Name,
        family=CAPITALS,
        given=CAPITALS,
        non_dropping_particle=st.sampled_from(["von", "van der", "de la"]),
    ),
    st.builds(Name, literal=TEXTS),
)
LISTS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
DATES = st.builds(
    Date,
    st.one_of(
        st.builds(PartialDate, st.integers(-9999, 9999)),
        st.builds(PartialDate, st.integers(-9999, 9999), st.integers(1, 12)),
        st.builds(PartialDate, st.integers(-9999, 9999), st.just(12), st.just(31)),
    ),
    circa=st.booleans(),
)
HELD: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(
        (
            *("title", "container_title", "collection_title", "event_title"),
            *("event_place", "genre", "archive", "archive_location", "call_number"),
            *("authority", "publisher", "publisher_place", "note", "annote"),
            *("abstract", "original_title", "original_publisher", "source", "doi"),
            *("original_publisher_place", "pmid", "pmcid", "isbn", "issn", "version"),
        ),
        TEXTS,
    ),
    **dict.fromkeys(
        (
            *("volume", "issue", "page", "edition", "chapter_number", "number"),
            *("collection_number", "printing_number"),
        ),
        NUMBERS,
    ),
    **dict.fromkeys(("number_of_pages", "number_of_volumes"), st.just("xii, 300")),
    **dict.fromkeys(
        (
            *("author", "editor", "translator", "compiler", "composer", "director"),
            *("contributor", "illustrator", "narrator", "organizer", "performer"),
            *("producer", "executive_producer", "script_writer", "series_creator"),
            *("chair", "curator", "collection_editor", "container_author"),
            "original_author",
        ),
        LISTS,
    ),
    **dict.fromkeys(("issued", "event_date", "original_date"), DATES),
    "language": st.sampled_from(["de", "en-US", "zh-Hans"]),
    "dimensions": st.sampled_from(["13:42", "01:42:21,802"]),
    "url": st.sampled_from(["https://example.org/a", "urn:isbn:978"]),
}
WHOLE_TYPES: list[ItemType] = [
    *("article", "article-journal", "broadcast", "chapter", "document", "entry"),
    *("entry-encyclopedia", "figure", "graphic", "legal_case", "motion_picture"),
    *("paper-conference", "performance", "software", "song", "speech", "webpage"),
]


@st.composite
def held_items(draw: st.DrawFn) -> Item:
    """An item whose every value has a place in hayagriva."""
    chosen = draw(st.lists(st.sampled_from(sorted(HELD)), max_size=8, unique=True))
    fields = {field: draw(HELD[field]) for field in chosen}
    fields |= {"id": "a", "type": draw(st.sampled_from(WHOLE_TYPES))}
    return Item.model_validate(fields)


@given(held_items())
def test_what_has_a_place_is_read_again(item: Item) -> None:
    """load(dump(items)) gives every value, and nothing more."""
    assert again(item).to_csl() == item.to_csl()


@given(libraries())
def test_any_items_can_be_written(library: list[Item]) -> None:
    """One entry an item, and nothing is wrong with the text."""
    text = hayagriva.dump(library)
    loaded = hayagriva.load(decode(text.encode(), "refs.yml"))
    assert len(loaded.references) == len(library)
    assert not library or loaded.diagnostics == ()
    assert text.endswith("\n")
    assert hayagriva.dump(library) == text
