"""Laws of MEDLINE's formats: nothing crashes a reader, and what they hold survives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.formats import isi, nbib, pubmed_xml
from lupusrefs.formats.text import SourceText
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.variables import TYPES
from strategies import libraries

READERS = (nbib.load, pubmed_xml.load, isi.load)
# What the readers look for, to be strung together in every wrong way.
PIECES = (
    *("PMID- ", "TI  - ", "FAU - ", "AU  - ", "AD  - ", "DP  - ", "AID - ", "IS  - "),
    *("BTI - ", "PT  - ", "OWN - ERIC\n", "SO  - ", " [doi]", "2021 Jul-Aug", "\r\n"),
    *("PT J\n", "ER\n", "EF\n", "AU ", "SO ", "BP ", "PD ", "CY ", "/sub 2/", "      "),
    *("<PubmedArticle>", "</PubmedArticle>", "<MedlineCitation>", "<BookDocument>"),
    *("<Article>", "<ArticleTitle>", "</ArticleTitle>", "<math>", "<i>", "</i>", "/>"),
    *("<!DOCTYPE a [", "<!ENTITY a 'b'>", "]>", "<![CDATA[", "]]>", "&a;", "&#0;"),
    *("\n", "\n\n", " ", "<", "&", ",", ";", "-", "[", "]", ".", "\x00", "\ufdd0", "é"),
)
FILES = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(
    "".join
)
WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12),
    min_size=1,
    max_size=30,
).map(" ".join)


@pytest.mark.parametrize("load", READERS)
@given(text=FILES | st.text())
def test_no_text_crashes_a_reader(load: object, text: str) -> None:
    """Every place is in the text; the keys differ; MEDLINE can write what was read."""
    assert callable(load)
    loaded = load(SourceText("f", text))
    for reference in loaded.references:
        for place in (reference.location, *reference.places.values()):
            assert 0 <= place.span.start <= place.span.end <= len(text)
    assert len({reference.id for reference in loaded.references}) == len(
        loaded.references
    )
    written = nbib.load(SourceText("f", nbib.dump(loaded.references)))
    assert len(written.references) == len(loaded.references)


@given(libraries())
def test_every_item_becomes_one_record_of_its_type(library: list[Item]) -> None:
    """Whatever is in it."""
    read = nbib.load(SourceText("f", nbib.dump(library))).references
    assert [one.type for one in read] == [item.type for item in library]


@st.composite
def held_items(draw: st.DrawFn) -> Item:
    """Items of which MEDLINE can hold everything."""
    family = st.text(st.characters(categories=["Lu"]), min_size=2, max_size=8)
    person = st.builds(Name, family.map(str.title), WORDS | st.none())
    names = st.lists(person | st.builds(Name, literal=WORDS), max_size=3)
    text = WORDS | st.none()
    fields: dict[str, object] = {
        "id": "",
        "type": draw(st.sampled_from(sorted(TYPES))),
        "title": draw(WORDS),
        "author": (*draw(names), *draw(st.sampled_from([(), (OTHERS,)]))),
        "editor": tuple(draw(st.lists(person, max_size=2))),
        "issued": Date(PartialDate(draw(st.integers(1, 9999)))),
        "available_date": Date(PartialDate(2021, draw(st.integers(1, 12)))),
        "doi": draw(st.none() | st.just("10.1234/x[a]")),
        "url": draw(st.none() | st.just("https://example.org/a")),
    }
    for field in (
        *("container_title", "original_title", "abstract", "volume", "issue", "page"),
        *("publisher", "publisher_place", "edition", "volume_title", "pmid", "pmcid"),
        *("collection_title", "keyword", "note"),
    ):
        fields[field] = draw(text)
    return Item.model_validate(fields)


@given(st.lists(held_items(), min_size=1, max_size=3))
def test_what_medline_holds_survives(library: list[Item]) -> None:
    """load(dump(items)) gives every value back, and a second dump is the first."""
    dumped = nbib.dump(library)
    loaded = nbib.load(SourceText("f", dumped))
    for before, after in zip(library, loaded.references, strict=True):
        for field in Item.model_fields:
            if field != "id":
                assert getattr(after, field) == getattr(before, field), field
    assert nbib.dump(loaded.references) == dumped
