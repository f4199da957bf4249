"""Laws of RIS and EndNote's export: no text crashes, and what they hold survives."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from lupusrefs.formats import enw, ris
from lupusrefs.formats.equivalence import same_value
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference
from strategies import libraries

FORMATS = pytest.mark.parametrize("module", [ris, enw], ids=["ris", "enw"])
# What the readers look for, to be strung together in every wrong way.
PIECES = (
    *(
        "TY  - JOUR",
        "TY - BOOK",
        "ty  -x",
        "ER  - ",
        "ER",
        "AU  - ",
        "A2  -",
        "  TI  - ",
    ),
    *("PY  - ", "DA  - ", "Y1  - ", "SP  - ", "EP  - ", "SN  - ", "DO  - ", "UR  - "),
    *(
        "N1  - Record ID: 1",
        "N1  - Volume ID: 2",
        "KW  - ",
        "ID  - ",
        "C3  - ",
        "M3  - ",
    ),
    *("%0 Book", "%0", "%A ", "%T x", "%E ", "%Y ", "%B ", "%R ", "%F ", "%O ", "%N 1"),
    *("2021/08/05/", "2021", "///", "AUG 5", "WIN", "1-5", "1234-5679", "10.1000/x"),
    *("Moreau, Ana", "et al.", ",", ",,", ";", "[pmid]", "\r\n", "\r", "\n", "\n\n"),
    *("\ufeff", "\u2028", "\x00", " ", "\t", "-", "é", "\U0001f600"),
)
FILES = st.lists(
    st.sampled_from(PIECES) | st.just("\n") | st.text(max_size=6), max_size=40
).map("".join)


def load(module: ModuleType, text: str) -> tuple[Reference, ...]:
    """The references of a text."""
    loaded: Loaded = module.load(SourceText("f", text))
    return loaded.references


def dump(module: ModuleType, items: Iterable[Item]) -> str:
    """The items as a text."""
    text: str = module.dump(items)
    return text


def values(item: Item) -> dict[str, JsonValue]:
    """The CSL values of an item."""
    return item.to_csl()


def is_same(before: Item, after: Item) -> bool:
    """Whether both say the same, but for the dashes of page ranges."""
    one, two = values(before), values(after)
    return one.keys() == two.keys() and all(
        same_value(variable, one[variable], two[variable]) for variable in one
    )


@FORMATS
@given(text=FILES | st.text())
def test_no_text_crashes_a_reader(module: ModuleType, text: str) -> None:
    """Every place is in the text; what was read can be written."""
    references = load(module, text)
    for reference in references:
        assert reference.id
        for place in (reference.location, *reference.places.values()):
            assert place is not None
            assert place.span is not None
            assert 0 <= place.span.start <= place.span.end <= len(text)
    again = load(module, dump(module, references))
    assert len(again) == len(references)


@FORMATS
@given(library=libraries())
def test_what_was_read_survives_writing(
    module: ModuleType, library: list[Item]
) -> None:
    """Whatever a file says, read, write, read keeps every value of it."""
    first = load(module, dump(module, library))
    assert len(first) == len(library)
    text = dump(module, first)
    second = load(module, text)
    assert all(map(is_same, first, second))
    assert dump(module, second) == text


WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12),
    min_size=1,
    max_size=8,
).map(" ".join)
PERSONS = st.builds(
    Name,
    st.text(st.characters(categories=["Lu"]), min_size=2, max_size=9).map(str.title),
    st.text(st.characters(categories=["Lu"]), min_size=2, max_size=9).map(str.title),
    suffix=st.none() | st.just("Jr."),
)
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.just(28)),
    st.builds(PartialDate, st.integers(1, 9999), season=st.integers(1, 4)),
)


@st.composite
def held_items(draw: st.DrawFn) -> Item:
    """Items of which both formats hold everything."""
    csl_type = draw(st.sampled_from(["article-journal", "chapter", "paper-conference"]))
    groups = st.builds(Name, literal=WORDS.map("The {} Group".format))
    fields: dict[str, object] = {
        "id": "key",
        "type": csl_type,
        "author": (
            *draw(st.lists(PERSONS | groups, max_size=4)),
            *draw(st.sampled_from([(), (OTHERS,)])),
        ),
        "editor": tuple(draw(st.lists(PERSONS, max_size=2))),
        "translator": tuple(draw(st.lists(PERSONS, max_size=2))),
        "issued": Date(draw(DATES), draw(st.none() | DATES), draw(st.booleans())),
        "accessed": Date(draw(DATES)),
        "doi": draw(st.sampled_from([None, "10.1234/x[a]", "https://doi.org/10.1/x"])),
        "url": draw(st.none() | st.just("https://example.org/a")),
        "page": draw(st.sampled_from([None, "7", "204-209", "e12", "1-5, 9", "5-5"])),
        "keyword": draw(st.none() | st.lists(WORDS, min_size=1).map("; ".join)),
        "abstract": draw(st.none() | st.lists(WORDS, min_size=1).map("\n".join)),
        "note": draw(st.none() | st.lists(WORDS, min_size=1).map("\n".join)),
        "issn": draw(st.sampled_from([None, "1234-5679", "1234-5679, 2345-6789"])),
        "isbn": draw(st.sampled_from([None, "9783642414046"])),
    }
    for field in (
        *("title", "title_short", "container_title", "container_title_short", "volume"),
        *("collection_title", "publisher", "publisher_place", "language", "archive"),
        *("source", "call_number", "annote"),
    ):
        fields[field] = draw(st.none() | WORDS)
    return Item.model_validate(fields)


@FORMATS
@given(library=st.lists(held_items(), min_size=1, max_size=2))
def test_what_the_format_holds_survives(
    module: ModuleType, library: list[Item]
) -> None:
    """load(dump(items)) gives every value back."""
    library = [
        item.model_copy(update={"id": f"key{n}"}) for n, item in enumerate(library)
    ]
    read = load(module, dump(module, library))
    assert [values(one) for one in read] == [values(one) for one in library]
