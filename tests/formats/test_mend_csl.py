"""Mending CSL-YAML, CSL-JSON and Hayagriva: blocks, flow collections, every quoting."""

from __future__ import annotations

import pytest

from lupusrefs.findings import Change, Value
from lupusrefs.formats.mend import CannotMend
from lupusrefs.formats.names import FormatName
from lupusrefs.model.names import OTHERS, Name
from mending import day, mended, mended_by

YAML, JSON = FormatName.CSL_YAML, FormatName.CSL_JSON
BLOCK = """# a comment
references:
- id: a   # another one
  author:
  - family: Mackensen
    given: D
    ORCID: https://orcid.org/0000-0002-1825-0097
  - literal: others
  title: A title
  issued: 2007-08
  page: 1-5
  status: "in press"  # soon
  custom: {x: [1, 2]}

- {id: b, title: 'T: a', volume: "3"}
"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("title", "Another title", "A title", "Another title"),
        ("title", "A: title", "A title", "'A: title'"),
        ("issued", day(2010), "2007-08", "'2010'"),
        ("issued", day(2010, 9), "2007-08", "2010-09"),
        ("page", "no", "1-5", "'no'"),
        ("status", "out", '"in press"', '"out"'),
        ("status", None, '  status: "in press"  # soon\n', ""),
        ("volume", "12", "  page: 1-5", "  volume: 12\n  page: 1-5"),
        ("volume", "012", "  page: 1-5", "  volume: '012'\n  page: 1-5"),
        ("DOI", "10.1000/x", "# soon\n", "# soon\n  DOI: 10.1000/x\n"),
        (
            "author",
            (Name("Mackensen", "Andreas"), OTHERS),
            "given: D",
            "given: Andreas",
        ),
        (
            "author",
            (Name("Mackensen", "D"), Name("Oh", "Bo"), OTHERS),
            "  - literal",
            "  - family: Oh\n    given: Bo\n  - literal",
        ),
        ("author", (Name("Mackensen", "D"),), "  - literal: others\n", ""),
    ],
)
def test_a_block_changes_line_by_line(
    variable: str, value: Value | None, old: str, new: str
) -> None:
    """Quotes come where YAML would read something else, and stay where they are."""
    assert mended(BLOCK, YAML, variable, value) == BLOCK.replace(old, new)


@pytest.mark.parametrize(
    ("variable", "value", "new"),
    [
        ("volume", "12", "{id: b, title: 'T: a', volume: \"12\"}"),
        ("volume", None, "{id: b, title: 'T: a'}"),
        ("title", None, '{id: b, volume: "3"}'),
        ("title", "It's", "{id: b, title: 'It''s', volume: \"3\"}"),
        ("page", "1, 7", "{id: b, title: 'T: a', volume: \"3\", page: '1, 7'}"),
        (
            "author",
            (Name("Oh", "Bo"),),
            "{id: b, author: [{family: Oh, given: Bo}], title: 'T: a', volume: \"3\"}",
        ),
    ],
)
def test_a_flow_mapping_changes_in_its_line(
    variable: str, value: Value | None, new: str
) -> None:
    """With commas between what is left."""
    old = "{id: b, title: 'T: a', volume: \"3\"}"
    assert mended(BLOCK, YAML, variable, value, place=1) == BLOCK.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("issued: {date-parts: [[2007, 8]]}", "issued: {date-parts: [[2010, 9]]}"),
        ("issued: {year: 2007, month: 8}", "issued: {year: 2010, month: 9}"),
        ("issued: [2007, 8]", "issued: [2010, 9]"),
        ("issued: {raw: 2007-08}", "issued: {raw: 2010-09}"),
        (
            "issued:\n  - year: 2007\n    month: 8",
            "issued:\n  - year: 2010\n    month: 9",
        ),
    ],
)
def test_a_date_keeps_its_form(old: str, new: str) -> None:
    """CSL's, pandoc's and EDTF."""
    text = "- id: a\n  %s\n  title: T\n"
    assert mended(text % old, YAML, "issued", day(2010, 9)) == text % new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">-\n    Old words of\n    a title", ">-\n    New words"),
        ("|-\n    Old words", "|-\n    New words"),
        ("|\n    Old words", "|\n    New words"),
        ('"Old\n    words"', '"New words"'),
        ("Old\n    words", "New words"),
        ("!!str Old", None),
        ("&a Old", None),
    ],
)
def test_a_scalar_keeps_its_style(old: str, new: str | None) -> None:
    """Literal, folded, quoted, over several lines; an anchor is left alone."""
    text = "- id: a\n  title: %s\n  volume: 3\n"
    if new is None:
        with pytest.raises(CannotMend, match="anchor or tag"):
            mended(text % old, YAML, "title", "New words")
    else:
        assert mended(text % old, YAML, "title", "New words") == text % new


def test_long_text_is_folded_as_it_was() -> None:
    """At the indentation that its lines had."""
    text = (
        f"- id: a\n  title: >-\n    {'word ' * 10}\n    {'word ' * 10}\n  volume: 3\n"
    )
    result = mended(text, YAML, "title", "other " * 40 + "end")
    assert all(len(line) <= 88 for line in result.splitlines())
    assert result.count("\n    other") == 3


def test_what_an_alias_shares_is_refused() -> None:
    """Changing it would change the other entry."""
    text = "- id: a\n  author: &x\n  - family: Oh\n- id: b\n  author: *x\n"
    for place in (0, 1):
        with pytest.raises(CannotMend):
            mended(text, YAML, "author", (Name("Ng", "Bo"),), place=place)


def test_a_first_key_beside_the_dash_goes_without_the_dash() -> None:
    """The next one takes its line."""
    text = "- volume: 3\n  id: a\n  title: T\n"
    assert mended(text, YAML, "volume", None) == "- id: a\n  title: T\n"


def test_lists_are_indented_as_the_file_has_them() -> None:
    """Below their key, or not."""
    text = "- id: a\n  author:\n    - family: Oh\n  title: T\n- id: b\n  title: U\n"
    assert mended(text, YAML, "editor", (Name("Ng"),), place=1).endswith(
        "- id: b\n  editor:\n    - family: Ng\n  title: U\n"
    )


def test_the_last_line_may_have_no_end() -> None:
    """Nor has it one afterwards."""
    assert mended("- id: a", YAML, "volume", "3") == "- id: a\n  volume: 3"


# -- JSON

OBJECTS = """[
  {
    "id": "a",
    "title": ["One"],
    "author": [
      {"family": "Mackensen", "given": "D", "sequence": "first"},
      {"literal": "others"}
    ],
    "issued": {
      "date-parts": [
        [2007, 8]
      ]
    },
    "volume": 12,
    "DOI": "10.1000\\/x"
  },
  {"id":"b","title":"T","page":"1-5"}
]
"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("title", "Two", '"One"', '"Two"'),
        ("title", None, '    "title": ["One"],\n', ""),
        ("issued", day(2010), "[2007, 8]", "[2010]"),
        ("volume", "13", "12", "13"),
        ("volume", "S1", "12", '"S1"'),
        ("DOI", "10.1000/y", '\\/x"', '\\/y"'),
        ("DOI", None, ',\n    "DOI": "10.1000\\/x"', ""),
        ("page", "7", "12,\n", '12,\n    "page": "7",\n'),
        (
            "author",
            (Name("Mackensen", "A"), Name("Ng", "Bo"), OTHERS),
            '"D", "sequence": "first"},\n',
            '"A", "sequence": "first"},\n      {"family": "Ng", "given": "Bo"},\n',
        ),
    ],
)
def test_json_keeps_its_layout(
    variable: str, value: Value | None, old: str, new: str
) -> None:
    """Indentation, escaped slashes, what registries add to names."""
    assert mended(OBJECTS, JSON, variable, value) == OBJECTS.replace(old, new)


def test_compact_json_stays_compact() -> None:
    """No blanks where there were none."""
    changes = [Change("author", (Name("Ng", "Bo"),)), Change("page", None)]
    assert (
        '{"id":"b","author":[{"family":"Ng","given":"Bo"}],"title":"T"}'
        in mended_by(OBJECTS, JSON, changes, place=1)
    )


def test_json_in_ascii_stays_so() -> None:
    """Where the file has escapes."""
    text = '[{"id": "a", "title": "\\u00e9"}]\n'
    assert mended(text, JSON, "title", "ä") == text.replace("e9", "e4")


# -- Hayagriva

HAYAGRIVA = """a:
    type: article
    title: A title
    author: ["Mackensen, D.", "Oh, Bo"]
    date: 2007-08
    serial-number:
        doi: "10.1000/x"
    parent:
        type: periodical
        title: Nature
        volume: 3
"""


@pytest.mark.parametrize(
    ("variable", "value", "old", "new"),
    [
        ("title", "Another", "A title", "Another"),
        ("volume", "12", "volume: 3", "volume: 12"),
        ("issued", day(2010), "2007-08", "2010"),
        ("DOI", "10.1000/y", '"10.1000/x"', '"10.1000/y"'),
        ("PMID", "7", '/x"\n', "/x\"\n        pmid: '7'\n"),
        ("container-title", "Cell", "Nature", "Cell"),
        ("page", "1-5", "2007-08\n", "2007-08\n    page-range: 1-5\n"),
        ("author", (Name("Mackensen", "A."), Name("Oh", "Bo")), "n, D.", "n, A."),
    ],
)
def test_hayagriva_changes_where_its_data_stands(
    variable: str, value: Value | None, old: str, new: str
) -> None:
    """In the entry, or in its parent."""
    result = mended(HAYAGRIVA, FormatName.HAYAGRIVA, variable, value)
    assert result == HAYAGRIVA.replace(old, new)
