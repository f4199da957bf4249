"""Reading hayagriva YAML, after the description of the format that its makers publish.

The description is ``docs/file-format.md`` of hayagriva; the entries here are our own.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats import hayagriva
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference


def load(text: str) -> Loaded:
    """Read a text as the file ``refs.yml``."""
    return hayagriva.load(decode(text.encode(), "refs.yml"))


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``line:column message``."""
    return [
        f"{one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


def one(fields: str) -> Reference:
    """The reference of an entry with these fields, about which nothing is said."""
    indented = "".join(f"    {line}\n" for line in fields.splitlines())
    loaded = load(f"key:\n{indented}")
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def rest(reference: Reference) -> dict[str, str]:
    """What of a reference no CSL variable holds."""
    assert reference.origin is not None
    return dict(reference.origin.fields)


ARTICLE = """\
nephritis:
    type: Article
    title: A trial in nephritis
    author: ["Moreau, Ada", "Lindqvist, Per"]
    date: 2020-10-14
    page-range: 16-33
    serial-number:
        doi: 10.5555/nephritis
        pmid: "12345678"
        issn: 1234-5679
    parent:
        type: Periodical
        title: {value: Annals of Lupus, short: Ann Lupus}
        volume: 102
        issue: 16
        publisher: {name: Society Press, location: Utrecht}
"""


def test_an_article_in_a_periodical() -> None:
    """What contains an entry is its parent, and becomes CSL's container."""
    (reference,) = load(ARTICLE).references
    assert reference.to_csl() == {
        "id": "nephritis",
        "type": "article-journal",
        "author": [
            {"family": "Moreau", "given": "Ada"},
            {"family": "Lindqvist", "given": "Per"},
        ],
        "title": "A trial in nephritis",
        "container-title": "Annals of Lupus",
        "container-title-short": "Ann Lupus",
        "issued": {"date-parts": [[2020, 10, 14]]},
        "volume": "102",
        "issue": "16",
        "page": "16-33",
        "publisher": "Society Press",
        "publisher-place": "Utrecht",
        "DOI": "10.5555/nephritis",
        "PMID": "12345678",
        "ISSN": "1234-5679",
    }
    assert rest(reference) == {}


def test_every_value_knows_its_place() -> None:
    """The entry stands where its key does, a value where it begins."""
    (reference,) = load(ARTICLE).references
    assert str(reference.location) == "refs.yml:1:1"
    assert str(reference.places["title"]) == "refs.yml:3:12"
    assert str(reference.places["DOI"]) == "refs.yml:8:14"
    assert str(reference.places["volume"]) == "refs.yml:14:17"


@pytest.mark.parametrize(
    ("kind", "parent", "item"),
    [
        ("article", None, "article"),
        ("article", "periodical", "article-journal"),
        ("article", "newspaper", "article-newspaper"),
        ("article", "proceedings", "paper-conference"),
        ("article", "blog", "post-weblog"),
        ("article", "reference", "entry-encyclopedia"),
        ("article", "conference", "article"),
        ("article", "repository", "article"),
        ("anthos", "anthology", "chapter"),
        ("chapter", "book", "chapter"),
        ("entry", "reference", "entry-encyclopedia"),
        ("entry", None, "entry"),
        ("book", "book", "book"),
        ("video", None, "motion_picture"),
        ("video", "video", "broadcast"),
        ("audio", None, "song"),
        ("audio", "audio", "broadcast"),
        ("audio", "book", "musical_score"),
        ("artwork", "exhibition", "graphic"),
        ("artwork", "article", "figure"),
        ("web", "blog", "post-weblog"),
        ("web", None, "webpage"),
        ("thread", None, "webpage"),
        ("tweet", None, "post"),
        ("case", None, "legal_case"),
        ("repository", None, "software"),
    ],
)
def test_the_parent_makes_the_type(kind: str, parent: str | None, item: str) -> None:
    """An article in a blog is a blog post, one in proceedings a conference paper."""
    below = f"\nparent: {{type: {parent}}}" if parent else ""
    assert one(f"type: {kind}{below}").type == item


@pytest.mark.parametrize(
    ("kind", "item"),
    [("article", "article-journal"), ("chapter", "chapter"), ("entry", "entry-ency")],
)
def test_a_parent_has_a_default_type(kind: str, item: str) -> None:
    """An article's parent is a periodical unless it says otherwise."""
    found = one(f"type: {kind}\nparent: {{title: Whole}}")
    assert found.type.startswith(item)
    assert found.container_title == "Whole"


def test_types_are_written_in_any_case() -> None:
    """The description calls the field case insensitive."""
    assert one("type: THESIS").type == "thesis"


def test_the_parent_of_a_book_is_its_series() -> None:
    """And so is the parent of what contains a chapter."""
    book = one("type: book\nvolume: 6\nparent: {type: book, title: All, volume: 2}")
    assert (book.container_title, book.volume) == (None, "6")
    assert (book.collection_title, book.collection_number) == ("All", "2")
    chapter = one(
        "type: anthos\nparent:\n  title: Studies\n  volume: 34\n"
        "  editor: Shan, C. E.\n  parent: {title: Annals, volume: 7}"
    )
    assert (chapter.container_title, chapter.volume) == ("Studies", "34")
    assert (chapter.collection_title, chapter.collection_number) == ("Annals", "7")
    assert chapter.editor == (Name("Shan", "C. E."),)


def test_several_parents_have_their_own_meaning() -> None:
    """The conference is the event, the repository the source, the original the origin.

    Of a further parent the address counts; the rest of it stays the file's own.
    """
    found = one(
        "type: article\n"
        "parent:\n"
        "  - {type: proceedings, title: Papers}\n"
        "  - {type: conference, title: Meeting, location: Lyon, date: 2019-05}\n"
        "  - {type: repository, title: Archive}\n"
        "  - {type: original, title: Alt, date: 1899, publisher: Erst}\n"
        "  - {type: video, runtime: '13:42', url: 'https://example.org/v'}\n"
    )
    assert found.type == "paper-conference"
    assert (found.event_title, found.event_place) == ("Meeting", "Lyon")
    assert found.event_date == Date(PartialDate(2019, 5))
    assert found.source == "Archive"
    assert (found.original_title, found.original_publisher) == ("Alt", "Erst")
    assert found.original_date == Date(PartialDate(1899))
    assert found.url == "https://example.org/v"
    assert rest(found) == {"parent[5].type": "video", "parent[5].runtime": "13:42"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Plain text", "Plain text"),
        ("The {BERT} model", 'The <span class="nocase">BERT</span> model'),
        ("{A {nested} one}", '<span class="nocase">A nested one</span>'),
        (r"\{not protected\} \\ 5\$", r"{not protected} \ 5$"),
        (r"C:\dir", r"C:\dir"),
        ("open {end", 'open <span class="nocase">end</span>'),
        ("of $x_{1}^2$ and {$y$}", 'of $x_{1}^2$ and <span class="nocase">$y$</span>'),
    ],
)
def test_braces_keep_capitals(written: str, text: str) -> None:
    """In CSL it is a span of the class nocase that does."""
    assert one(f"title: '{written}'").title == text


def test_a_string_with_parts() -> None:
    """It has a short form, and may be verbatim as a whole."""
    found = one("title:\n  value: The {ZIB} Tasks\n  verbatim: true\n  short: ZIB")
    assert found.title == '<span class="nocase">The ZIB Tasks</span>'
    assert found.title_short == '<span class="nocase">ZIB</span>'


def test_a_stray_brace_is_told() -> None:
    """Hayagriva refuses the whole file for it."""
    loaded = load("a:\n  title: 'x } y'\n")
    assert told(loaded) == ["2:10 `title`: a closing brace that nothing opened"]
    assert not loaded.has_errors
    assert loaded.references[0].title == "x } y"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("'Doe, Janet'", Name("Doe", "Janet")),
        ("UNICEF", Name(literal="UNICEF")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("'Luther King, Martin, Jr.'", Name("Luther King", "Martin", suffix="Jr.")),
        ("'King, Jr., Martin'", Name("King", "Martin", suffix="Jr.")),
        ("'von der Leyen, Ursula'", Name("Leyen", "Ursula", "von der")),
        ("'Des Egdens, Britta'", Name("Des Egdens", "Britta")),
        ("'bell, hooks'", Name("bell", "hooks")),
        ("'Foo bar, X'", Name("Foo bar", "X")),
        ("'de la fontaine, J'", Name("fontaine", "J", "de la")),
        ("', Prince'", Name(literal="Prince")),
        ("{name: Watkins, given-name: Gloria}", Name("Watkins", "Gloria")),
        ("{name: Gogh, prefix: van, given-name: V}", Name("Gogh", "V", "van")),
        (
            "{name: van Gogh, given-name: Vincent}",
            Name("Gogh", "Vincent", non_dropping_particle="van"),
        ),
        ("{name: Plato}", Name("Plato")),
        ("{name: van Gogh Museum}", Name(literal="van Gogh Museum")),
        ("{name: 'Marks, Spencer & Co'}", Name(literal="Marks, Spencer & Co")),
    ],
)
def test_persons(person: str, name: Name) -> None:
    """A string without a comma is an institution; the prefix is a dropping particle."""
    assert one(f"author: [{person}]").author == (name,)
    assert one(f"author: {person}").author == (name,)


def test_roles() -> None:
    """Roles have CSL variables, or stay the file's own; humps and dashes are alike."""
    found = one(
        "type: video\n"
        "affiliated:\n"
        "  - {role: Director, names: 'Campi, Ada'}\n"
        "  - {role: CastMember, names: ['Sole, Bo', {name: X, alias: Y}]}\n"
        "  - {role: cast-member, names: 'Lund, Cy'}\n"
        "  - {role: cinematography, names: 'Foto, Di'}\n"
    )
    assert found.director == (Name("Campi", "Ada"),)
    assert found.performer == (Name("Sole", "Bo"), Name("X"), Name("Lund", "Cy"))
    assert rest(found) == {
        "affiliated.cast-member[2].alias": "Y",
        "affiliated.cinematography[1]": "Foto, Di",
    }


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2003", Date(PartialDate(2003))),
        ("1949-05", Date(PartialDate(1949, 5))),
        ("2003-06-21", Date(PartialDate(2003, 6, 21))),
        ("~2003-06", Date(PartialDate(2003, 6), circa=True)),
        ("0000", Date(PartialDate(0))),
        ("-0043-03-15", Date(PartialDate(-43, 3, 15))),
        ("12000", Date(PartialDate(12000))),
    ],
)
def test_dates(written: str, date: Date) -> None:
    """A year, a month or a day; 0 is the year before 1."""
    assert one(f"date: {written}").issued == date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("in press", Date(literal="in press")),
        ("2003-13", Date(literal="2003-13")),
        ("2003/2004", Date(PartialDate(2003), PartialDate(2004))),
        ("2003-21", Date(PartialDate(2003, season=1))),
    ],
)
def test_what_hayagriva_has_no_dates_for(written: str, date: Date) -> None:
    """It is read all the same, and told: hayagriva would refuse the file."""
    loaded = load(f"a:\n  date: {written}\n")
    assert loaded.references[0].issued == date
    assert told(loaded) == [f"2:9 `date`: `{written}` is not a date"]
    assert not loaded.has_errors


def test_addresses_and_numbers() -> None:
    """An address may say when it was visited; a bare serial number is the number."""
    found = one(
        "url: {value: 'https://example.org/', date: 2020-11-12}\n"
        "serial-number: v2.5\nrevision: 3\n"
    )
    assert found.url == "https://example.org/"
    assert found.accessed == Date(PartialDate(2020, 11, 12))
    assert found.number == "v2.5"
    assert rest(found) == {"revision": "3"}


def test_serial_numbers_by_scheme() -> None:
    """Those without a variable stay the file's own."""
    found = one(
        "serial-number: {serial: e12, version: '2', isbn: 978-1, arxiv: '2101.1'}"
    )
    assert (found.number, found.version, found.isbn) == ("e12", "2", "978-1")
    assert rest(found) == {"serial-number.arxiv": "2101.1"}


def test_fields_of_before_version_0_4() -> None:
    """DOI, ISBN and ISSN were fields of their own."""
    found = one("doi: 10.5555/a\nisbn: 978-1\nissn: 1234-5679")
    assert (found.doi, found.isbn, found.issn) == ("10.5555/a", "978-1", "1234-5679")


def test_an_organization_publishes_reports_and_theses() -> None:
    """Elsewhere it is the authority."""
    assert one("type: thesis\norganization: TU").publisher == "TU"
    both = one("type: report\norganization: Agency\npublisher: Press")
    assert (both.publisher, both.authority) == ("Press", "Agency")
    assert one("type: case\norganization: Court").authority == "Court"


def test_where_an_exhibition_is() -> None:
    """The location of what takes place is the event's, of a book the publisher's."""
    assert one("type: exhibition\nlocation: Lyon").event_place == "Lyon"
    assert one("type: book\nlocation: Lyon").publisher_place == "Lyon"


def test_the_volume_is_that_of_the_container() -> None:
    """The article's own one stays the file's own."""
    found = one("type: article\nvolume: 1-2\nparent: {volume: 61-62}")
    assert found.volume == "61-62"
    assert rest(found) == {"volume": "1-2"}


def test_what_no_variable_holds_is_kept() -> None:
    """In the order of the file, with a path that says where it stood."""
    found = one(
        "type: chapter\ntime-range: 00:57-06:21\n"
        "parent:\n  page-total: 9\n  tongus: [1, {a.b: c}]"
    )
    assert found.origin is not None
    assert (found.origin.family, found.origin.kind) == ("hayagriva", "chapter")
    assert found.origin.fields == (
        ("time-range", "00:57-06:21"),
        ("parent.page-total", "9"),
        ("parent.tongus[1]", "1"),
        ("parent.tongus[2].a%2Eb", "c"),
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "a: {type: bok}",
            "1:11 `type`: `bok` is not a type of hayagriva; read as `misc`",
            "did you mean `book`?",
        ),
        (
            "a: {titel: b}",
            "1:5 `titel`: hayagriva has no such field; it is ignored",
            "did you mean `title`?",
        ),
        ("a: {volume: [1]}", "1:13 `volume`: must be text, not a list", "a text with"),
        ("a: {title: [b]}", "1:12 `title`: must be text, not a list", "a text with"),
        (
            "a: {title: {short: b}}",
            "1:12 `title`: a string needs a `value`",
            "write the text itself below it, as `value:`",
        ),
        (
            "a: {author: [[b]]}",
            "1:14 `author`: a person cannot be a list",
            "write `Family, Given`",
        ),
        (
            "a: {author: {given-name: b}}",
            "1:13 `author[1]`: a person needs a name",
            "write `name:` and `given-name:`",
        ),
        (
            "a: {author: {name: b, suffix: [c]}}",
            "1:31 `author[1].suffix`: must be text, not a list",
            "a text with",
        ),
        (
            "a: {editor: 'a, b, c, d'}",
            "1:13 `editor`: too many commas for one person",
            "one person a line",
        ),
        (
            "a: {affiliated: [Doe]}",
            "1:18 `affiliated`: a group of persons needs role and names",
            "write `- role: translator` and `names:` below it",
        ),
        (
            "a: {parent: Nature}",
            "1:13 `parent`: a parent must be a mapping of fields, not text",
            "write its fields below `parent:`, indented",
        ),
        ("a: {date: [1]}", "1:11 `date`: must be a date, not a list", "write `2021"),
        (
            "a: b",
            "1:1 `a`: must be a mapping of fields, not text",
            "write its fields below the key, indented",
        ),
        (
            "references: [{id: a}]",
            "1:1 `references`: must be a mapping of fields, not a list",
            "this looks like CSL-YAML, not like hayagriva",
        ),
        ("- a", "1:1 no entries here, but a list", "a hayagriva file has keys"),
        ("", "1:1 the file is empty", "a hayagriva file has keys"),
    ],
)
def test_problems_have_places_and_hints(text: str, message: str, hint: str) -> None:
    """Each is told where it stands, with what to do about it."""
    loaded = load(text)
    assert told(loaded) == [message]
    assert (loaded.diagnostics[0].hint or "").startswith(hint)


def test_the_rest_is_read() -> None:
    """One bad value does not cost the others."""
    loaded = load("a:\n  type: bok\n  title: A\n  volume: [1]\nb: x\nc: {title: C}\n")
    assert [one.title for one in loaded.references] == ["A", "C"]
    assert len(loaded.diagnostics) == 3


def test_a_broken_entry_does_not_cost_the_others() -> None:
    """What breaks YAML's grammar is told with its place in the file."""
    loaded = load("a:\n  title: A\nbad:\n  title: b: c\nz:\n  title: Z\n")
    assert [(one.id, one.title) for one in loaded.references] == [
        ("a", "A"),
        ("z", "Z"),
    ]
    assert told(loaded) == [
        "4:11 not valid YAML: mapping values are not allowed in this context"
    ]
    assert str(loaded.references[1].places["title"]) == "refs.yml:6:10"


def test_a_file_that_breaks_outside_of_all_entries() -> None:
    """Nothing is lost without a word."""
    loaded = load("]\na:\n  title: A\n")
    assert loaded.has_errors
    assert [one.title for one in loaded.references] == ["A"]


def test_a_repeated_key_stays() -> None:
    """The second entry is read as well, and told."""
    loaded = load("a: {title: A, note: x, note: y}\nb: {}\na:\n  title: B\n")
    assert [(one.id, one.title) for one in loaded.references] == [
        ("a", "A"),
        ("b", None),
        ("a", "B"),
    ]
    assert told(loaded) == [
        "1:24 the key 'note' stands twice in this entry",
        "3:1 the id `a` stands twice; the first is in line 1",
    ]


def test_values_stay_as_written() -> None:
    """No scalar is interpreted, and an empty one is absent."""
    found = one("volume: 012\nissue: 1:20\nedition:\nchapter: no\npage-range: ~")
    assert (found.volume, found.issue, found.chapter_number) == ("012", "1:20", "no")
    assert (found.edition, found.page) == (None, None)


def test_several_series_of_one_container() -> None:
    """One is the series, in a list or not; of several none is."""
    listed = one("type: chapter\nparent: {title: B, parent: [{title: S}]}")
    assert listed.collection_title == "S"
    several = one("type: chapter\nparent: {parent: [{title: S, note: }, {title: T}]}")
    assert several.collection_title is None
    assert rest(several) == {
        "parent.parent[1].title": "S",
        "parent.parent[2].title": "T",
    }


def test_the_number_of_a_container_is_its_own() -> None:
    """It is not the number of what it contains."""
    found = one("type: chapter\nparent: {serial-number: 7}")
    assert found.number is None
    assert rest(found) == {"parent.serial-number": "7"}


def test_nobody_is_left_out() -> None:
    """Blanks in a list of persons are no persons."""
    found = one("author: [' ', null, 'Doe, J', ~]\neditor: []\nurl: {value: 'x:y'}")
    assert (found.author, found.editor) == ((Name("Doe", "J"),), ())


def test_the_series_of_an_exhibition() -> None:
    """Is an anthology; another exhibition is the event that it belongs to."""
    assert one("type: exhibition\nparent: {type: anthology, title: A}").collection_title
    assert one("type: exhibition\nparent: {type: exhibition, title: A}").event_title


def test_a_repeated_key_in_a_file_with_a_list() -> None:
    """Places in what is read apart are those of the file."""
    loaded = load("a: {}\na:\n  author:\n  - Doe, J\n  - {name: X}\n  - [y]\n")
    assert loaded.references[1].author == (Name("Doe", "J"), Name("X"))
    assert told(loaded) == [
        "2:1 the id `a` stands twice; the first is in line 1",
        "6:5 `author`: a person cannot be a list",
    ]


def test_anchors_are_followed() -> None:
    """A journal that several articles share is written once."""
    loaded = load(
        "a: {type: article, parent: &j {title: J}}\nb: {type: article, parent: *j}\n"
    )
    assert [one.container_title for one in loaded.references] == ["J", "J"]


PIECES = st.sampled_from(
    [
        *("a:", "\n", "  ", "title: ", "parent:\n", "type: article", "- ", "[", "]"),
        *("{", "}", "author: ", "x, y", "serial-number: ", "doi: ", "'", '"', "\\"),
        *("affiliated:", "role: ", "names: ", "date: 2020", "url: ", "$", "\t", "&b"),
        *("*b", "#", "---\n", ": ", "value: ", "short: ", "<<: ", "\x00", "null"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_no_text_is_too_much(text: str) -> None:
    """Whatever a file has, reading it raises nothing."""
    text = text.encode("utf-8", "replace").decode()
    loaded = load(text)
    for reference in loaded.references:
        assert isinstance(reference, Item)


def test_hostile_files_end() -> None:
    """Depth, length and repetition cost no more than their size."""
    deep = "a: " + "{parent: " * 5000 + "x" + "}" * 5000
    assert load(deep).has_errors
    assert load("a:\n  title: '" + "{" * 300_000 + "'\n").references[0].title
    assert load("a:\n  author: '" + "a, " * 100_000 + "'\n").references[0].author
    assert load("a: {x\n" * 500).has_errors
