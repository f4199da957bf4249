"""Laws of writing BibTeX: whatever the values are, the file stays a file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats.bibtex import dump_bibtex as dump
from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.model.dates import Date
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name

# Arbitrary text, and text made of what BibTeX, LaTeX and markup stumble over.
_TEXT = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [
            *"{}\\$%&#_^~@\"',<>|=:? \nAaÖ1",
            "<i>",
            "</i>",
            "<sub>",
            "&lt;",
            "$x$",
            " and ",
        ]
    ),
    max_size=15,
).map("".join)
_NAMES = st.lists(
    st.builds(
        Name,
        family=st.none() | _TEXT,
        given=st.none() | _TEXT,
        non_dropping_particle=st.none() | _TEXT,
        suffix=st.none() | _TEXT,
    )
    | st.builds(Name, literal=_TEXT),
    max_size=4,
).map(tuple)
_ITEMS = st.lists(
    st.builds(
        Item,
        id=_TEXT,
        type=st.sampled_from(["article-journal", "webpage", "chapter", "report"]),
        author=_NAMES,
        title=_TEXT,
        container_title=_TEXT,
        volume=_TEXT,
        issue=_TEXT,
        page=_TEXT,
        edition=_TEXT,
        publisher=_TEXT,
        doi=_TEXT,
        url=_TEXT,
        number=_TEXT,
        note=_TEXT,
        abstract=_TEXT,
        issued=st.none() | st.builds(Date, literal=_TEXT),
    ),
    max_size=4,
)


def _scan(text: str) -> list[tuple[str, str]]:
    """(key, body) of each entry, found by counting braces only, as BibTeX does."""
    entries: list[tuple[str, str]] = []
    position = 0
    while head := re.compile(r"\s*@[a-z]+\{([^\s,{}]+),").match(text, position):
        depth, end = 1, head.end()
        while depth:
            assert end < len(text), "an entry is not closed"
            depth += (text[end] == "{") - (text[end] == "}")
            end += 1
        entries.append((head[1], text[head.end() : end - 1]))
        position = end
    assert not text[position:].strip(), "text outside of entries"
    return entries


def _split_names(text: str) -> list[str]:
    """Names of a field: separated by "and" between spaces, outside of braces."""
    names, depth, word, words = [], 0, "", list[str]()
    for char in text + " ":
        depth += (char == "{") - (char == "}")
        if char == " " and depth == 0:
            if word.lower() == "and":
                names.append(" ".join(words))
                words = []
            else:
                words.append(word)
            word = ""
        else:
            word += char
    return [*names, " ".join(words)]


@given(_ITEMS)
def test_one_balanced_entry_per_item(items: list[Item]) -> None:
    """Braces balance per entry, there is one entry per item, and no key twice."""
    entries = _scan(dump(items))
    assert len(entries) == len(items)
    assert len({key.lower() for key, _ in entries}) == len(items)


@given(_ITEMS)
def test_every_field_is_one_line(items: list[Item]) -> None:
    """Between the braces of an entry there are lines ``name = {value},`` only."""
    line = re.compile(r"  [a-z]+ = \{[^\n]*\},")
    for _, body in _scan(dump(items)):
        lines = body.strip("\n").split("\n") if body.strip() else []
        assert all(line.fullmatch(each) for each in lines)


@given(_ITEMS)
def test_same_items_give_the_same_file(items: list[Item]) -> None:
    """Nothing but the items decides about the text, and UTF-8 can hold it."""
    assert dump(items).encode() == dump(list(items)).encode()


@given(_NAMES)
def test_bibtex_counts_as_many_names(names: tuple[Name, ...]) -> None:
    """No name is split or joined: each is found again by its own text."""
    written = [text for name in names if (text := name_list([name]))]
    joined = name_list(name for name in names if not name.is_others)
    assert _split_names(joined) == (written or [""])
