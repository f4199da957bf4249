"""CSL-YAML: scalars stay what was written, every problem has its place."""

from __future__ import annotations

import pytest

from lupusrefs.formats import csl_yaml
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import decode
from lupusrefs.model.names import OTHERS, Name


def load(text: str | bytes) -> Loaded:
    """Read a text as the file ``refs.yaml``."""
    data = text.encode() if isinstance(text, str) else text
    return csl_yaml.load(decode(data, "refs.yaml"))


def told(loaded: Loaded) -> list[str]:
    """The diagnostics, as ``line:column message``."""
    return [
        f"{one.location.line}:{one.location.column} {one.message}"
        for one in loaded.diagnostics
    ]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("page: 1:20", "1:20"),
        ("page: 0x1F", "0x1F"),
        ("page: 1_000", "1_000"),
        ("page: 10.1000", "10.1000"),
        ("page: no", "no"),
        ("page: 012", "012"),
        ("page: 2021-08-05", "2021-08-05"),
        ("page: .5e3", ".5e3"),
        ("page: '~'", "~"),
    ],
)
def test_scalars_stay_as_written(written: str, field: str) -> None:
    """YAML 1.1 would read these as numbers, truth values and dates."""
    (reference,) = load(f"- id: a\n  {written}\n").references
    assert reference.page == field


def test_empty_values_are_absent() -> None:
    """A key without a value says nothing."""
    (reference,) = load("- {id: a, page: , title: null, author: ~}\n").references
    assert reference.model_fields_set & {"page", "title", "author"} == set()


def test_every_value_knows_its_place() -> None:
    """A reference stands where its first key does, a value where it begins."""
    (reference,) = load("references:\n- id: a\n  title: Lupus\n").references
    assert str(reference.location) == "refs.yaml:2:3"
    assert str(reference.places["title"]) == "refs.yaml:3:10"
    assert reference.places["title"].span is not None
    span = reference.places["title"].span
    assert (span.start, span.end) == (29, 34)


def test_duplicate_key_is_an_error_and_the_first_value_stays() -> None:
    """PyYAML would keep the last without a word."""
    loaded = load("- id: a\n  title: one\n  title: two\n")
    assert told(loaded) == ["3:3 the key 'title' stands twice in this entry"]
    assert loaded.references[0].title == "one"


def test_a_broken_entry_does_not_cost_the_others() -> None:
    """A tab, a stray colon and an unclosed quote: three problems, three survivors."""
    loaded = load(
        "references:\n"
        "- id: a\n  title: A\n"
        "- id: b\n\ttitle: B\n"
        "- id: c\n  title: C\n"
        "- id: d\n  title: D: d: d\n"
        '- id: e\n  title: "E\n'
        "- id: f\n  title: F\n"
    )
    assert [one.id for one in loaded.references] == ["a", "c", "f"]
    assert [one.location.line for one in loaded.diagnostics] == [5, 9, 12]
    hints = [one.hint for one in loaded.diagnostics]
    assert hints[0] == "YAML is indented with spaces, never with tabs"
    assert hints[1] == "a text with ': ' in it needs quotes around it"
    assert hints[2] == "close the quotation mark"


def test_all_problems_of_a_file_are_told() -> None:
    """Wrong type, impossible date, unknown type, unknown field, repeated id."""
    loaded = load(
        "references:\n"
        "- id: a\n"
        "  type: artikel-journal\n"
        "  titel: x\n"
        "  title: {a: b}\n"
        "  issued: 2021-13\n"
        "  author: 5\n"
        "- id: a\n"
        "  issued: {date-parts: [[2021, 13]]}\n"
    )
    assert told(loaded) == [
        "3:9 `artikel-journal` is not a CSL type; read as `document`",
        "4:3 `titel` is not a CSL variable; it is ignored",
        "5:10 `title`: must be text, not a mapping",
        "7:11 `author`: a name cannot be a number",
        "8:7 the id `a` stands twice; the first is in line 2",
        "9:11 `issued`: month 13 is not in 1 to 12",
    ]
    assert loaded.diagnostics[0].hint == "did you mean `article-journal`?"
    assert loaded.diagnostics[1].hint == "did you mean `title`?"
    assert len(loaded.references) == 2


def test_a_warning_that_repeats_is_told_once_with_all_lines() -> None:
    """The same slip in fifty entries is one line."""
    loaded = load("".join(f"- {{id: a{n}, titel: x}}\n" for n in range(50)))
    (line,) = told(loaded)
    assert line.startswith("1:12 `titel` is not a CSL variable; it is ignored")
    lines = (
        "(also in lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "
        "19, 20, 21 and 29 more)"
    )
    assert line.endswith(lines)


def test_foreign_fields_are_told_together() -> None:
    """An export of another program has its own fields in every entry."""
    loaded = load("".join(f"- {{id: a{n}, groups: x, zz: y}}\n" for n in range(50)))
    assert told(loaded) == ["1:12 not CSL variables, ignored: `groups`, `zz`"]
    assert not loaded.has_errors


def test_an_unknown_part_of_a_name_costs_nothing_else() -> None:
    """The names themselves are kept."""
    loaded = load("- {id: a, author: [{familly: B, family: A, given: C}]}\n")
    assert loaded.references[0].author == (Name("A", "C"),)
    assert "no part `familly`" in told(loaded)[0]


def test_anchors_that_explode_are_refused() -> None:
    """Nine levels of nine aliases would be four hundred million names."""
    lines = ['a0: &a0 ["x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    loaded = load("\n".join([*lines, "references:", "- id: a"]) + "\n")
    assert "aliases that multiply" in told(loaded)[0] or loaded.references


def test_an_anchor_that_contains_itself_is_refused() -> None:
    """A cycle must not be followed for ever."""
    loaded = load("- &a\n  id: x\n  custom: {self: *a}\n")
    assert told(loaded) == ["3:18 not valid YAML: the alias 'a' contains itself"]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "{a: " * 100_000])
def test_endless_nesting_is_refused(text: str) -> None:
    """A composer that calls itself at every level would end the process."""
    loaded = load(f"- id: good\n- {text}\n")
    assert loaded.references[0].id == "good"
    assert any("nested more than 60 levels deep" in line for line in told(loaded))


def test_honest_aliases_and_merges_work() -> None:
    """An affiliation or a journal written once and used twice."""
    loaded = load(
        "- &j {id: a, container-title: Lupus, volume: 1}\n"
        "- {<<: *j, id: b, volume: 2}\n"
    )
    assert [one.container_title for one in loaded.references] == ["Lupus", "Lupus"]
    assert [one.volume for one in loaded.references] == ["1", "2"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_a_warning(text: str) -> None:
    """Nothing is lost, but it is hardly what was meant."""
    loaded = load(text)
    assert told(loaded) == ["1:1 the file is empty"]
    assert not loaded.has_errors


def test_an_empty_list_is_no_problem() -> None:
    """A file that awaits its first reference."""
    assert load("references:\n") == load("references: []\n") == Loaded()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("just words\n", "1:1 no references here, but text"),
        ("references: 5\n", "1:13 `references` must be a list of references, not text"),
        ("- a\n- b\n", "1:3 a reference must be a mapping of fields, not text"),
        ("foo: bar\n", "1:1 no references here, but a mapping"),
    ],
)
def test_what_is_no_list_of_references_is_said_so(text: str, message: str) -> None:
    """YAML can be many things."""
    assert told(load(text))[0] == message


def test_a_byte_of_an_old_encoding_is_told_with_its_place_and_read() -> None:
    """A Latin-1 "é" in an otherwise good file."""
    loaded = load(b"- id: a\n  title: caf\xe9\n  volume: 1\n")
    assert told(loaded) == ["2:13 the byte 0xe9 is not UTF-8; read as Windows-1252 “é”"]
    assert not loaded.has_errors
    assert loaded.references[0].title == "café"
    assert loaded.references[0].volume == "1"


def test_byte_order_marks_are_no_content() -> None:
    """Windows editors write them; UTF-16 too."""
    text = "- id: a\n  title: Ü\n"
    for data in (
        b"\xef\xbb\xbf" + text.encode(),
        b"\xff\xfe" + text.encode("utf-16-le"),
        b"\xfe\xff" + text.encode("utf-16-be"),
    ):
        loaded = load(data)
        assert loaded.diagnostics == ()
        assert loaded.references[0].title == "Ü"


def test_control_characters_are_warned_about() -> None:
    """A form feed out of a PDF is forbidden in YAML."""
    loaded = load("- id: a\n  title: x\x0cy\n")
    assert told(loaded) == ["2:11 the control character U+000C is not allowed in YAML"]
    assert loaded.references[0].title == "x\ufffdy"


def test_carriage_returns_count_as_line_ends() -> None:
    """Files from Windows have the same places."""
    loaded = load("references:\r\n- id: a\r\n  titel: x\r\n")
    assert loaded.diagnostics[0].location.line == 3


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2021", "2021"),
        ("2021-08", "2021-08"),
        ("2021-08-05", "2021-08-05"),
        ("2021-22", "2021-22"),
        ("2021~", "2021~"),
        ("2020/2021", "2020/2021"),
        ("2020-01/..", "2020-01/.."),
        ("-0044-03-15", "-0044-03-15"),
        ("{year: 2021, month: 8}", "2021-08"),
        ("[{year: 2020}, {year: 2021, month: 2}]", "2020/2021-02"),
        ("{date-parts: [[2021, 8, 5]]}", "2021-08-05"),
        ("{date-parts: [['2021', '8']], circa: true}", "2021-08~"),
        ("{date-parts: [[2021]], season: 3}", "2021-23"),
        ("{raw: 2021-08}", "2021-08"),
        ("[2021, 8]", "2021-08"),
        ("in press", "in press"),
        ("{literal: in press}", "in press"),
    ],
)
def test_dates_in_every_spelling(written: str, edtf: str) -> None:
    """CSL-JSON's object, EDTF, pandoc's mapping, plain words."""
    loaded = load(f"- id: a\n  issued: {written}\n")
    assert loaded.diagnostics == ()
    assert str(loaded.references[0].issued) == edtf


def test_names_in_every_spelling() -> None:
    """Parts, particles, literals, and the list that was cut."""
    (reference,) = load(
        "- id: a\n"
        "  author:\n"
        "  - {family: Spee-Mayer, given: C, non-dropping-particle: von}\n"
        "  - {literal: World Health Organization}\n"
        "  - ATLAS Collaboration\n"
        "  - literal: others\n"
        "  editor: {family: King, given: Martin Luther, suffix: Jr.}\n"
    ).references
    assert reference.author == (
        Name(family="Spee-Mayer", given="C", non_dropping_particle="von"),
        Name(literal="World Health Organization"),
        Name(literal="ATLAS Collaboration"),
        OTHERS,
    )
    assert reference.editor == (Name("King", "Martin Luther", suffix="Jr."),)


def test_older_spellings_of_variables_are_understood() -> None:
    """CSL-JSON still allows shortTitle, journalAbbreviation and event."""
    (reference,) = load(
        "- {id: a, shortTitle: S, journalAbbreviation: J, event: E}\n"
    ).references
    assert reference.title_short == "S"
    assert reference.container_title_short == "J"
    assert reference.event_title == "E"


def test_an_entry_without_id_gets_one_and_a_warning() -> None:
    """The DOI serves as the key where there is nothing better."""
    loaded = load("- DOI: 10.1000/1\n- title: T\n")
    assert [one.id for one in loaded.references] == ["10.1000/1", "entry-2"]
    assert [one.severity for one in loaded.diagnostics] == ["warning", "warning"]


def test_a_markdown_metadata_block_is_read() -> None:
    """Pandoc takes references between `---` and `---`."""
    loaded = load("---\ntitle: My paper\nreferences:\n- id: a\n---\n")
    assert [one.id for one in loaded.references] == ["a"]


def test_dump_quotes_what_yaml_would_misread() -> None:
    """Other programs read our files with the full YAML schema."""
    (reference,) = load("- {id: a, volume: 012, page: 1:20, title: no}\n").references
    text = csl_yaml.dump([reference])
    assert "volume: '012'" in text
    assert "page: '1:20'" in text or "page: 1:20" in text
    assert "title: 'no'" in text
