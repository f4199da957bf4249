"""Appending to a file: the new entries, and nothing else that changes."""

from __future__ import annotations

import json

import pytest

from lupusrefs.errors import InputError
from lupusrefs.formats.append import append_items
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.edit import apply_edits
from lupusrefs.model.item import Item

YAML, JSON = FormatName.CSL_YAML, FormatName.CSL_JSON
NEW = Item(id="new", type="book", title="no", issued=Date(PartialDate(2021, 8)))
NEW_YAML = "- id: new\n  type: book\n  title: 'no'\n  issued: 2021-08\n"


def appended(text: str, name: FormatName = YAML, *items: Item) -> str:
    """The text after one edit, which left everything outside its span alone."""
    source = decode(text.encode(), "refs")
    edit = append_items(source, name, items or [NEW])
    result = apply_edits(text, [edit])
    start, end = edit.span.start, edit.span.end
    assert result == text[:start] + edit.text + text[end:]
    load = FORMATS[name].load
    assert load is not None
    before, after = load(source), load(decode(result.encode(), "refs"))
    assert not after.has_errors
    kept, added = len(before.references), list(items or [NEW])
    old = [reference.to_csl() for reference in before.references]
    new = [reference.to_csl() for reference in after.references]
    assert sorted(map(str, new)) == sorted(map(str, old + [i.to_csl() for i in added]))
    assert len(new) == kept + len(added)
    return result


# -- YAML ------------------------------------------------------------------------


def test_yaml_behind_the_last_entry() -> None:
    """The house format."""
    text = "references:\n- id: a\n  title: T\n"
    assert appended(text) == text + NEW_YAML


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "# nothing yet", "---\n"]
)
def test_yaml_begun_anew(text: str) -> None:
    """Comments stay above the list."""
    result = appended(text)
    assert result.startswith(text)
    assert result.endswith("references:\n" + NEW_YAML)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("references:\n", "references:\n"),
        ("references: []\n", "references:\n"),
        ("references: [ ]", "references:\n"),
        ("references: ~\n", "references:\n"),
        ("references: [] # none yet\n", "references: # none yet\n"),
        ("a: b\nreferences: null\n", "a: b\nreferences:\n"),
    ],
)
def test_yaml_into_an_empty_list(text: str, result: str) -> None:
    """As our own export of nothing writes it; a list in brackets becomes a block."""
    assert appended(text) == result + NEW_YAML


def test_yaml_into_an_empty_list_before_another_key() -> None:
    """What follows stays behind it."""
    result = appended("references: []\n\nother: x\n")
    assert result == f"references:\n{NEW_YAML}\nother: x\n"


def test_yaml_without_a_key_above_the_list() -> None:
    """A plain list of entries."""
    assert appended("- id: a\n") == "- id: a\n" + NEW_YAML


def test_yaml_keeps_the_indentation_of_the_list() -> None:
    """Both ways of writing a list below a key are common."""
    text = "references:\n    - id: a\n      title: T\n"
    lines = "".join(f"    {line}\n" for line in NEW_YAML.splitlines())
    assert appended(text) == text + lines


def test_yaml_keeps_blank_lines_between_entries() -> None:
    """Where the file has them; several new entries are separated, too."""
    other = Item(id="other", author=())
    text = "references:\n- id: a\n\n- id: b\n"
    result = appended(text, YAML, NEW, other)
    assert result == f"{text}\n{NEW_YAML}\n- id: other\n  type: document\n"


def test_yaml_without_a_final_newline() -> None:
    """The last line is finished first."""
    assert appended("- id: a\n  title: T") == "- id: a\n  title: T\n" + NEW_YAML


@pytest.mark.parametrize(
    "text", ["- id: a\r\n  title: T\r\n", "- id: a\r\n  title: T", "# x\r\n"]
)
def test_yaml_keeps_the_line_ends_of_windows(text: str) -> None:
    """Every line of the new entry, too."""
    result = appended(text, YAML, NEW, Item(id="b", note="two\nlines"))
    assert result.count("\n") == result.count("\r\n") > 6


def test_yaml_before_the_comments_at_the_end() -> None:
    """A comment behind the list stays behind it."""
    text = "references:\n- id: a\n\n# vim: set ts=2:\n"
    end = "\n# vim: set ts=2:\n"
    assert appended(text) == f"references:\n- id: a\n{NEW_YAML}{end}"


def test_yaml_behind_the_comments_inside_the_last_entry() -> None:
    """They belong to that entry."""
    text = "- id: a\n  title: T # sic\n  # checked 2021\n  # by me\n"
    assert appended(text + "# end\n") == f"{text}{NEW_YAML}# end\n"
    assert appended(text.rstrip("\n")) == text + NEW_YAML


def test_yaml_before_another_key() -> None:
    """A list need not be the last thing in a file."""
    text = "references:\n- id: a\nother: x\n"
    assert appended(text) == f"references:\n- id: a\n{NEW_YAML}other: x\n"


def test_yaml_between_document_marks() -> None:
    """A metadata block, as pandoc writes it."""
    text = "---\nreferences:\n- id: a\n...\n"
    assert appended(text) == f"---\nreferences:\n- id: a\n{NEW_YAML}...\n"


@pytest.mark.parametrize(
    "scalar",
    [
        "|\n    a\n    b\n",
        "|-\n    a\n\n    # no comment\n",
        ">\n    a\n    b\n\n",
        "|+\n    a\n\n\n",
        "|2+\n     a\n\n",
        "&x |+\n    a\n\n",
        "'a\n\n    b'\n",
        '"a\\\n    b" # c\n',
        "a\n    b\n",
        "{x: [1,\n    2]\n    }\n",
    ],
)
def test_yaml_behind_a_value_of_several_lines(scalar: str) -> None:
    """Blank lines that belong to the value (`|+`) still do."""
    field = "custom" if scalar.startswith("{") else "note"
    text = f"- id: a\n  {field}: {scalar}"
    result = appended(text)
    assert result.replace(NEW_YAML, "") == text
    assert result.index(NEW_YAML) >= len(text.rstrip())


@pytest.mark.parametrize(
    "text",
    [
        "- &j\n  id: a\n  title: T\n  volume: 1\n- <<: *j\n  id: b\n  volume: 2\n",
        "- id: a\n  author: &x\n  - family: A\n  title: T\n- id: b\n  author: *x\n",
        "- id: a\n  custom: &x\n    k: v\n  title: T\n- id: b\n  <<: *x\n  # c\n",
    ],
)
def test_yaml_behind_an_entry_that_ends_in_an_alias(text: str) -> None:
    """What it stands for stands elsewhere, and must not be cut in two."""
    assert appended(text) == text + NEW_YAML


def test_yaml_behind_an_entry_that_is_an_alias() -> None:
    """The last dash has nothing but a name behind it."""
    text = "- &j\n  id: a\n  title: T\n- *j\n"
    source = decode(text.encode(), "refs.yaml")
    result = apply_edits(text, [append_items(source, YAML, [NEW])])
    assert result == text + NEW_YAML


@pytest.mark.parametrize(
    "text", ["references: [{id: a}]\n", "references: [\n  {id: a},\n]\n"]
)
def test_a_yaml_list_in_brackets_is_refused_with_a_hint(text: str) -> None:
    """Its own layout could not be kept."""
    with pytest.raises(InputError, match="no list of references") as caught:
        append_items(decode(text.encode(), "refs.yaml"), YAML, [NEW])
    assert caught.value.hint == "write it one `- ` entry below the other"


@pytest.mark.parametrize(
    "text",
    [
        "id: a\ntitle: T\n",
        "just words\n",
        "foo: bar\n",
        "references: {a: b}\n",
        "references: &x\n- id: a\n",
        "references: text\n",
    ],
)
def test_yaml_without_a_list_is_refused(text: str) -> None:
    """A guess could break the file."""
    with pytest.raises(InputError, match="no list of references"):
        append_items(decode(text.encode(), "refs.yaml"), YAML, [NEW])


def test_broken_yaml_is_refused_with_the_place() -> None:
    """What is not understood must not be written to."""
    text = "references:\n- id: a\n- id: [\n- id: c\n"
    with pytest.raises(InputError, match="nothing was added") as caught:
        append_items(decode(text.encode(), "refs.yaml"), YAML, [NEW])
    assert caught.value.location is not None
    assert caught.value.location.line in {3, 4}


# -- JSON ------------------------------------------------------------------------


def test_json_pretty() -> None:
    """As Zotero exports it: indented, a brace in its own line."""
    text = '[\n  {\n    "id": "a"\n  }\n]\n'
    assert appended(text, JSON) == (
        '[\n  {\n    "id": "a"\n  },\n  {\n    "id": "new",\n    "type": "book",\n'
        '    "title": "no",\n    "issued": {\n      "date-parts": [\n        [\n'
        "          2021,\n          8\n        ]\n      ]\n    }\n  }\n]\n"
    )


def test_json_compact() -> None:
    """One line stays one line."""
    text = '[{"id":"a"},{"id":"b"}]'
    new = json.dumps(NEW.to_csl())
    assert appended(text, JSON) == f'[{{"id":"a"}},{{"id":"b"}}, {new}]'


@pytest.mark.parametrize("text", ["[]", "[ ]\n", "[\n]", '{"items": []}', ""])
def test_json_empty(text: str) -> None:
    """The first reference of a list."""
    data = json.loads(appended(text, JSON))
    entries = data["items"] if isinstance(data, dict) else data
    assert entries == [NEW.to_csl()]


@pytest.mark.parametrize("key", ["items", "references"])
def test_json_in_its_usual_wrappings(key: str) -> None:
    """Zotero's API, pandoc's JSON; what stands beside the list stays."""
    text = f'{{"{key}": [\n\t{{"id": "a"}}\n], "more": [1]}}\n'
    data = json.loads(appended(text, JSON))
    assert [entry["id"] for entry in data[key]] == ["a", "new"]
    assert data["more"] == [1]


def test_json_keeps_tabs() -> None:
    """Where entries are indented by tabs, their members are."""
    result = appended('[\n\t{\n\t\t"id": "a"\n\t}\n]\n', JSON)
    assert '\n\t{\n\t\t"id": "new",\n\t\t"type"' in result
    assert "  " not in result


def test_json_keeps_the_line_ends_of_windows() -> None:
    """Line breaks inside a text are escapes, and stay."""
    result = appended('[\r\n  {"id": "a"}\r\n]\r\n', JSON, Item(id="b", note="x\ny"))
    assert result.count("\n") == result.count("\r\n") > 5
    assert json.loads(result)[1]["note"] == "x\ny"


@pytest.mark.parametrize(
    "text", ['{"id": "a"}', "5", '{"items": {}}', "null", '{"other": []}']
)
def test_json_without_a_list_is_refused(text: str) -> None:
    """A single item is no list."""
    with pytest.raises(InputError, match="no list of references"):
        append_items(decode(text.encode(), "refs.json"), JSON, [NEW])


@pytest.mark.parametrize("text", ['[{"id": "a"},]', '[{"id": "a"}', '[{"id": a}]'])
def test_broken_json_is_refused_with_the_place(text: str) -> None:
    """What is not understood must not be written to."""
    with pytest.raises(InputError, match="nothing was added") as caught:
        append_items(decode(text.encode(), "refs.json"), JSON, [NEW])
    assert caught.value.location is not None
    assert caught.value.location.line == 1


# -- other formats ---------------------------------------------------------------


@pytest.mark.parametrize("name", [FormatName.ISI, FormatName.PUBMED_XML])
def test_a_format_that_is_only_read_is_refused_with_a_way_out(name: FormatName) -> None:
    """Export makes a file that can be added to."""
    source = decode(b"FN Clarivate\n", "refs.ciw")
    with pytest.raises(InputError, match=f"of the format {name}") as caught:
        append_items(source, name, [NEW])
    assert "export" in str(caught.value.hint)
