"""Laws of appending: what was there reads as before, and its bytes are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.errors import InputError
from lupusrefs.formats.append import append_items
from lupusrefs.formats.bibtex.scan import scan
from lupusrefs.formats.bibtex.syntax import Entry
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, SourceText, decode
from lupusrefs.model.item import Item
from lupusrefs.model.reference import Reference
from strategies import items, libraries

WRITTEN = [name for name, known in FORMATS.items() if known.dump is not None]
NEWLINES = st.sampled_from(["\n", "\r\n"])
TAILS = st.sampled_from(["", "\n", "\n\n", " "])
# Parts of BibTeX files, whole and broken.
PARTS = st.sampled_from(
    [
        "@article{a,\n  author = {A},\n  year = 2000,\n}\n",
        '@Book{b, title="B", note={x}}',
        "@misc{c,\n\ttitle\t= {C}\n}\n\n",
        "@misc(d, title = {D})\n",
        "@misc{e, title = {unclosed\n",
        "@misc{f, title = {F}}}\n",
        "@misc{g title = {G}}\n",
        "@string{s = {S}}\n",
        "@comment{c}\n",
        "@comment{unclosed\n",
        "@preamble{",
        "% a comment\n",
        "% @misc{h, title = {H}}\n",
        "words { \n",
        "}",
        "{",
        '"',
        "@",
        "\n",
        "\r\n",
        "é",
    ]
)


def references(source: SourceText, name: FormatName) -> tuple[Reference, ...]:
    """What is in a file."""
    return FORMATS[name].load(source).references


@pytest.mark.parametrize("name", WRITTEN)
@given(library=libraries(), new=items(), newline=NEWLINES, tail=TAILS)
def test_old_references_read_as_before(
    name: FormatName, library: list[Item], new: Item, newline: str, tail: str
) -> None:
    """In every format; and there is one more, behind them."""
    dump = FORMATS[name].dump
    assert dump is not None
    text = dump(library).rstrip("\n").replace("\n", newline)
    data = (text + tail.replace("\n", newline)).encode("utf-8", "replace")
    source = decode(data, "refs")
    before = references(source, name)
    # As `add` gives one: usable everywhere, and nobody else's.
    new = new.model_copy(update={"id": "added:2021"})
    edit = append_items(source, name, [new], before)
    result = source.edited([edit])
    after = references(decode(result, "refs"), name)
    assert [one.to_csl() for one in after[: len(before)]] == [
        one.to_csl() for one in before
    ]
    assert len(after) == len(before) + 1


@given(st.lists(PARTS, max_size=8).map("".join))
def test_an_entry_appended_to_any_bibtex_file_is_read(text: str) -> None:
    """Or the file is refused, and then there is no whole entry in it."""
    name = FormatName.BIBTEX
    source = decode(text.encode(), "refs.bib")
    new = Item(id="new", type="book", title="New")
    before = references(source, name)
    try:
        edit = append_items(source, name, [new], before)
    except InputError:
        blocks = scan(text, Diagnostics(source))
        assert not any(isinstance(one, Entry) and one.closed for one in blocks)
        return
    assert edit.span.start == edit.span.end
    after = references(decode(source.edited([edit]), "refs.bib"), name)
    # Entries without keys are counted, and one may come before them.
    unnamed = {one.id: "" for one in (*before, *after) if one.id.startswith("entry-")}
    values = [
        [
            {**one.to_csl(), "id": unnamed.get(one.id, one.id)}
            for one in read
            if one.id != "new"
        ]
        for read in (before, after)
    ]
    assert values[0] == values[1]
    assert len(after) == len(before) + 1
