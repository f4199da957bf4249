"""Files are read reference by reference: the same ones, in memory that stays small."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable

import pytest

from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.csl_items import entry_list
from lupusrefs.formats.json_tree import json_parts
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, Silence, SourceText, decode
from lupusrefs.formats.tree import Mapping
from lupusrefs.model.location import Diagnostic, Span
from lupusrefs.model.reference import Reference

# Two usual records, and one at the end that a reader has something to say about.
RECORDS = {
    FormatName.CSL_JSON: '[{"id": "a", "title": "A"}, {"id": "b"}, {"id": "a"}]',
    FormatName.CSL_YAML: "references:\n- id: a\n  title: A\n- id: b\n- id: a\n",
    FormatName.BIBTEX: "@book{a, title={A}}\n@book{b, title={B}}\n@book{a}\n",
    FormatName.BIBLATEX: "@book{a, title={A}}\n@book{b, title={B}}\n@book{a}\n",
    FormatName.HAYAGRIVA: "a:\n  type: book\n  title: A\nb:\n  type: book\nc: 1\n",
    FormatName.RIS: "TY  - BOOK\nID  - a\nTI  - A\nER  - \n"
    "TY  - BOOK\nTI  - B\nER  - \nTY  - BOOK\nID  - a\nER  - \n",
    FormatName.ENW: "%0 Book\n%F a\n%T A\n\n%0 Book\n%F b\n%T B\n\n%0 Bok\n%F c\n%T C",
    FormatName.NBIB: "PMID- 1\nTI  - A.\n\nPMID- 2\nTI  - B.\n\nPMID- x\nTI  - C.\n",
    FormatName.ISI: "PT J\nTI A\nER\n\nPT J\nTI B\nER\n\nPT J\nTI C\n",
    FormatName.ENDNOTE_XML: "<xml><records><record><titles><title>A</title></titles>"
    "</record><record><titles><title>B</title></titles></record><record>",
    FormatName.PUBMED_XML: "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
    "<PMID>1</PMID></MedlineCitation></PubmedArticle><PubmedArticle>",
}


def _source(text: str) -> SourceText:
    return decode(text.encode(), "refs")


def _read(name: FormatName, text: str) -> tuple[list[Reference], list[Diagnostic]]:
    reading = FORMATS[name].read(_source(text))
    return list(reading), list(reading.diagnostics)


@pytest.mark.parametrize("name", FormatName)
def test_a_stream_gives_what_load_gives(name: FormatName) -> None:
    """The same references and the same diagnostics, in the same order."""
    loaded = FORMATS[name].load(_source(RECORDS[name]))
    references, diagnostics = _read(name, RECORDS[name])
    assert loaded.diagnostics
    assert references == list(loaded.references)
    assert diagnostics == list(loaded.diagnostics)


@pytest.mark.parametrize("name", [name for name in FormatName if FORMATS[name].stream])
def test_the_first_reference_comes_before_the_last_is_read(name: FormatName) -> None:
    """What is wrong with the last record is not known while the first is there."""
    reading = FORMATS[name].read(_source(RECORDS[name]))
    references = iter(reading)
    assert next(references).title == "A"
    assert reading.diagnostics == ()
    assert len(list(references)) == 2
    assert reading.diagnostics


def _json(number: int) -> str:
    return json.dumps([{"id": f"r{n}", "title": "T" * 40} for n in range(number)])


MANY: dict[FormatName, Callable[[int], str]] = {
    FormatName.CSL_JSON: _json,
    FormatName.CSL_YAML: lambda number: (
        "references:\n" + "".join(f"- id: r{n}\n  title: T\n" for n in range(number))
    ),
    FormatName.BIBTEX: lambda number: "".join(
        f"@misc{{r{n}, title={{T}}, crossref={{r0}}}}\n" for n in range(number)
    ),
    FormatName.RIS: lambda number: "".join(
        f"TY  - BOOK\n{f'ID  - r{n}' if n % 2 else 'TI  - T'}\nER  - \n"
        for n in range(number)
    ),
    FormatName.ENW: lambda number: "".join(
        f"%0 Book\n%F r{n}\n%T T\n\n" for n in range(number)
    ),
    FormatName.NBIB: lambda number: "".join(
        f"PMID- {n}\nTI  - T.\n\n" for n in range(number)
    ),
    FormatName.ISI: lambda number: "".join(
        f"PT J\nTI T\nUT {n}\nER\n\n" for n in range(number)
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_memory_does_not_grow_with_the_references(name: FormatName) -> None:
    """Of a thousand references only keys and lines stay: some hundred bytes of each."""
    number = 1000
    source = _source(MANY[name](number))
    next(iter(FORMATS[name].read(source)))  # what is imported and compiled first
    tracemalloc.start()
    try:
        assert sum(1 for _ in FORMATS[name].read(source)) == number
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 700 * number


# --- CSL-JSON


def _ids(name: FormatName, text: str) -> list[str]:
    return [reference.id for reference in _read(name, text)[0]]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('{"items": [{"id": "a"}, {"id": "b"}]}', ["a", "b"]),
        ('{"items": [{"id": "a"}], "references": [{"id": "b"}]}', ["b"]),
        ('{"id": "a", "author": [{"family": "B"}], "items": 1}', ["a"]),
        ('{"id": "a", "items": [{"id": "b"}]}', ["b"]),
        ('{"references": "text", "items": [{"id": "b"}]}', []),
        ('{"references": null, "items": [{"id": "b"}]}', []),
        ('{"items": []}', []),
        ("[]", []),
    ],
)
def test_json_entries_are_where_the_whole_file_says(text: str, ids: list[str]) -> None:
    """In an object, too, of which the end has to be seen first."""
    assert _ids(FormatName.CSL_JSON, text) == ids


def test_an_object_is_told_of_its_repeated_keys_once() -> None:
    """Its lists are looked through before they are read."""
    text = '{"items": [{"id": "a", "id": "b"}]}'
    (found,) = _read(FormatName.CSL_JSON, text)[1]
    assert "stands twice in this entry" in found.message


def test_a_broken_object_is_read_behind_the_break() -> None:
    """As a list that is the whole file."""
    text = '{"items": [{"id" "a"}, {"id": "b"}]}'
    references, (found,) = _read(FormatName.CSL_JSON, text)
    assert [one.id for one in references] == ["b"]
    assert "not valid JSON" in found.message


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"b"}',
        '{ "a" : "b" , "c" : "d" }',
        '{"a":"\\u00e9\\n","b\\t":"c"}',
        '{"a":"b","c":[1,"d",{"e":"f"}],"g":null}',
        '{"a": "\N{GREEK SMALL LETTER ALPHA} \N{MATHEMATICAL BOLD CAPITAL A}"}',
    ],
)
def test_json_nodes_have_their_places(text: str) -> None:
    """Whether a member is read in one step, or piece by piece."""
    source = SourceText("refs", text)
    (part,) = json_parts(source, Diagnostics(source), entry_list)
    assert not part.is_entry
    expected = json.loads(text)
    assert part.node.span == Span(0, len(text))
    assert isinstance(part.node, Mapping)
    for key, value in part.node:
        written = json.loads(text[key.span.start : key.span.end])
        assert written == key.text
        assert json.loads(text[value.span.start : value.span.end]) == expected[written]


def test_half_a_character_is_replaced_in_json() -> None:
    """However it is written."""
    source = SourceText("refs", '[{"id": "a\ud800"}, {"id": "b\\ud800"}]')
    loaded = FORMATS[FormatName.CSL_JSON].load(source)
    assert [one.id for one in loaded.references] == ["a\ufffd", "b\ufffd"]


# --- CSL-YAML


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("- id: a\n- id: b\n", ["a", "b"]),
        ("nocite: x\nreferences:\n- id: a\n- id: b\nlang: en\n", ["a", "b"]),
        ("items:\n- id: a\n", ["a"]),
        ("items:\n- id: a\nreferences:\n- id: b\n", ["b"]),
        ("references:\n- id: a\nitems:\n- id: b\n", ["a"]),
        ("references: &x\n- id: a\nother: *x\n", ["a"]),
        ("references:\n- &x\n  id: a\n  type: book\n- <<: *x\n  id: b\n", ["a", "b"]),
        ("references: []\n", []),
        ("---\nreferences:\n- id: a\n---\n- id: b\n", ["a", "b"]),
        ("references:\n- id: a\n- text\n- id: b\n", ["a", "b"]),
        ("? [references]\n: - id: a\nreferences:\n- id: b\n", ["b"]),
    ],
)
def test_yaml_entries_are_where_the_whole_file_says(text: str, ids: list[str]) -> None:
    """Bare, under either key, with a name, in several documents."""
    assert _ids(FormatName.CSL_YAML, text) == ids


def test_a_list_that_stands_twice_counts_once() -> None:
    """The first one, which has been handed on when the second comes."""
    text = "references:\n- id: a\nreferences:\n- id: b\n"
    references, (found,) = _read(FormatName.CSL_YAML, text)
    assert [one.id for one in references] == ["a"]
    assert "stands twice" in found.message


def test_yaml_is_read_on_behind_an_entry_that_breaks_it() -> None:
    """What came before the break is not read again."""
    text = "references:\n- id: a\n- id: b\n  title: x: y\n- id: c\n"
    references, (found,) = _read(FormatName.CSL_YAML, text)
    assert [one.id for one in references] == ["a", "c"]
    assert found.location.line == 4


def test_an_entry_that_a_wrong_indent_ends_is_lost_as_a_whole() -> None:
    """Half of it would be taken for all of it."""
    text = "references:\n- id: a\n  title: A\n type: book\n- id: b\n"
    references, (found,) = _read(FormatName.CSL_YAML, text)
    assert [one.id for one in references] == ["b"]
    assert found.is_error


def test_entries_before_a_refused_one_keep_what_they_repeat() -> None:
    """An alias of an earlier entry stays known up to the break."""
    text = "- &x\n  id: a\n  type: book\n- <<: *x\n  id: b\n- *y\n- id: c\n"
    references, found = _read(FormatName.CSL_YAML, text)
    assert [one.id for one in references] == ["a", "b", "c"]
    assert references[1].type == "book"
    assert "undefined alias" in found[0].message


# --- BibTeX


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_parent_may_stand_anywhere(*, parent_first: bool) -> None:
    """It is looked for before the first entry is read."""
    child = "@inbook{c, title={C}, crossref={P}}\n"
    parent = "@book{p, title={Whole}, year=1999, crossref={q}}\n"
    text = parent + child if parent_first else child + parent
    references, (found,) = _read(FormatName.BIBTEX, text)
    by_key = {one.id: one for one in references}
    assert by_key["c"].container_title == "Whole"
    assert str(by_key["c"].issued) == "1999"
    assert found.message == "`crossref` names `q`, which is not in this file"


@pytest.mark.parametrize(
    "field",
    [
        "crossref = p",
        "crossref = {p} # {}",
        'CrossRef="p" % c\n # {}',
        "crossref % c\n = {p}",
        "xdata = {x, p}, crossref = {{p}}",
    ],
)
def test_a_parent_is_found_however_it_is_named(field: str) -> None:
    """With macros, joined values and comments only the entries themselves tell."""
    text = f"@inbook{{c, title={{C}}, {field}}}\n@book{{p, title={{W}}, year=1999}}\n"
    references, _ = _read(FormatName.BIBTEX, text)
    assert str(references[0].issued) == "1999"


def test_of_parents_with_one_key_the_first_counts() -> None:
    """The later one is an entry like any other."""
    text = "@book{p, title={A}}@book{p, title={B}}@inbook{c, crossref=p, title={C}}"
    references, _ = _read(FormatName.BIBTEX, text)
    assert [one.title for one in references] == ["A", "B", "C"]
    assert references[2].container_title == "A"


@pytest.mark.parametrize(
    ("field", "publisher"), [("location", "A; B"), ("address", "A and B")]
)
def test_the_dialect_of_an_entry_that_says_nothing(field: str, publisher: str) -> None:
    """The entries behind it tell; in BibLaTeX, "and" joins publishers."""
    text = f"@book{{a, publisher={{A and B}}}}\n@book{{b, {field}={{X}}}}\n"
    assert _read(FormatName.BIBTEX, text)[0][0].publisher == publisher


# --- records


def test_a_made_key_is_no_id_of_a_later_record() -> None:
    """Nor of an earlier one; ids go first, whatever their place."""
    text = (
        "TY  - BOOK\nTI  - Origin\nER  - \n"
        "TY  - BOOK\nID  - anonorigin\nTI  - Origin\nER  - \n"
        "TY  - BOOK\nTI  - Origin\nER  - \n"
    )
    assert _ids(FormatName.RIS, text) == ["anonorigina", "anonorigin", "anonoriginb"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("PMID- 1\n\nTI  - A.\n\nPMID- 2\n\nTI  - B.\n", 2),
        ("PMID- 1\nTI  - A.\n\nTI  - B.\n", 2),
        ("TI  - A.\n\nTI  - B.\n", 2),
        ("x\nPMID- 1\n\nTI  - A.\n", 1),
        ("PMID- 1\n", 1),
    ],
)
def test_blank_lines_between_all_lines_of_nbib(text: str, number: int) -> None:
    """They end no record where there is one behind every line."""
    assert len(_read(FormatName.NBIB, text)[0]) == number


def test_silence_notices_nothing() -> None:
    """What a look ahead sees, is told when it is read."""
    silence = Silence(_source("x"))
    silence.error("a", Span(0, 1))
    silence.warning("b", Span(0, 1))
    assert silence.collected() == ()
