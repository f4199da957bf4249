"""Laws of the formats that are read and written: what is dumped is loaded again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.append import append_items
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import decode
from lupusrefs.model.dates import Date
from lupusrefs.model.edit import apply_edits
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.variables import DATES, NAMES, NUMBERS, STRINGS, field_name
from strategies import TRICKY, dates, items, libraries, names

READ_AND_WRITTEN = [FormatName.CSL_YAML, FormatName.CSL_JSON]


def loaded(text: str, name: FormatName) -> list[Item]:
    """The items of a text without their places; nothing may be wrong with them."""
    load = FORMATS[name].load
    assert load is not None
    found = load(decode(text.encode("utf-8"), "refs"))
    assert found.diagnostics == ()
    return [
        Item.model_validate({field: getattr(one, field) for field in Item.model_fields})
        for one in found.references
    ]


def _dump(name: FormatName, library: list[Item]) -> str:
    dump = FORMATS[name].dump
    assert dump is not None
    return dump(library)


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
@given(library=libraries())
def test_what_is_dumped_is_loaded_again(name: FormatName, library: list[Item]) -> None:
    """load(dump(items)) == items, and nothing is reported."""
    assert loaded(_dump(name, library), name) == library


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
@given(library=libraries())
def test_a_second_dump_is_the_first(name: FormatName, library: list[Item]) -> None:
    """Same input, same output: no order or clock leaks in."""
    text = _dump(name, library)
    assert _dump(name, loaded(text, name)) == text


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
def test_every_variable_survives(name: FormatName) -> None:
    """Each with a value that only it has."""
    fields: dict[str, object] = {"id": "all", "type": "book"}
    for number, variable in enumerate((*NUMBERS, *STRINGS)):
        fields[field_name(variable)] = f"value {number}"
    for number, variable in enumerate(NAMES):
        fields[field_name(variable)] = (Name(f"family {number}", "given"),)
    for number, variable in enumerate(DATES):
        fields[field_name(variable)] = Date(literal=f"date {number}")
    item = Item.model_validate(
        {**fields, "categories": ("a", "b"), "custom": {"a": "b"}}
    )
    assert item.model_fields_set == set(Item.model_fields)
    assert loaded(_dump(name, [item]), name) == [item]


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
@pytest.mark.parametrize("text", TRICKY)
def test_a_tricky_text_survives_everywhere(name: FormatName, text: str) -> None:
    """As id, title, page, name, date, category, key and value of one's own data."""
    item = Item(
        id=text,
        title=text,
        page=text,
        pmid=text,
        author=(Name(family=text, given=text), Name(literal=text)),
        issued=Date(literal=text),
        categories=(text,),
        custom={text: text, "list": [text]},
    )
    assert loaded(_dump(name, [item]), name) == [item]


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
@given(date=dates(), name_=names())
def test_every_date_and_name_survives(
    name: FormatName, date: Date, name_: Name
) -> None:
    """Ranges, seasons, years of nine digits, words; particles, suffixes, literals."""
    item = Item(id="a", issued=date, author=(name_,))
    assert loaded(_dump(name, [item]), name) == [item]


@st.composite
def written_files(draw: st.DrawFn, name: FormatName) -> tuple[str, list[Item]]:
    """A file of references as somebody may have written it, and what is in it."""
    library = draw(st.lists(items(), min_size=1, max_size=3, unique_by=lambda i: i.id))
    text = _dump(name, library)
    if name is FormatName.CSL_JSON:
        return text, library
    head, _, entries = text.partition("\n")
    if draw(st.booleans()):
        entries = "".join(f"  {line}" for line in entries.splitlines(keepends=True))
    comment = draw(st.sampled_from(["", "# a comment\n", "\n", "---\n# a\n\n"]))
    tail = draw(st.sampled_from(["", "\n", "# the end\n", "\n\n# the end", "a: b\n"]))
    text = f"{comment}{head}\n{entries}{tail}"
    return text.rstrip("\n") if draw(st.booleans()) else text, library


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(data=st.data())
def test_appending_changes_nothing_that_was_there(
    name: FormatName, newline: str, data: st.DataObject
) -> None:
    """Every character outside the edit stays, and the old references with it."""
    text, old = data.draw(written_files(name))
    text = text.replace("\n", newline)
    ids = {item.id for item in old}
    new = data.draw(items().filter(lambda item: item.id not in ids))
    edit = append_items(decode(text.encode(), "refs"), name, [new])
    result = apply_edits(text, [edit])
    assert result[: edit.span.start] == text[: edit.span.start]
    assert result[edit.span.start + len(edit.text) :] == text[edit.span.end :]
    assert edit.span.start == edit.span.end
    assert loaded(result, name) == [*old, new]
    assert newline == "\n" or result.count("\n") == result.count("\r\n")
