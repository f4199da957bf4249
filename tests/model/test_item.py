"""The item: CSL's spelling on the wire, its order, and what it refuses."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Library, Reference
from lupusrefs.model.variables import ORDER, VARIABLES, field_name


def test_csl_has_its_own_spelling_order_and_nothing_empty() -> None:
    """Identity first; what is empty or unset is not written, the type always is."""
    item = Item(
        doi="10.1000/1",
        container_title_short="Nat Med",
        title="T",
        volume="",
        custom={},
        categories=(),
        author=(Name("A", non_dropping_particle="von"),),
        issued=Date(PartialDate(2021, 8)),
        page=None,
        id="a",
    )
    assert list(item.to_csl().items()) == [
        ("id", "a"),
        ("type", "document"),
        ("author", [{"family": "A", "non-dropping-particle": "von"}]),
        ("title", "T"),
        ("container-title-short", "Nat Med"),
        ("issued", {"date-parts": [[2021, 8]]}),
        ("DOI", "10.1000/1"),
    ]


def test_the_fields_are_the_variables_of_csl() -> None:
    """One for each, in both directions."""
    assert {field_name(variable) for variable in VARIABLES} == set(Item.model_fields)
    assert len(ORDER) == len(set(ORDER)) == len(Item.model_fields)


def test_fields_are_set_by_either_spelling() -> None:
    """CSL's from the wire, Python's in code."""
    wire = {"id": "a", "container-title": "T", "DOI": "10.1/x", "URL": "u"}
    assert Item.model_validate(wire) == Item(
        id="a", container_title="T", doi="10.1/x", url="u"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"id": 5},
        {"id": "a", "volume": 12},
        {"id": "a", "type": "artikel"},
        {"id": "a", "titel": "T"},
        {"id": "a", "author": "A"},
        {"id": "a", "issued": "2021"},
        {"id": "a", "issued": {"date-parts": [[2021, 13]]}},
        {"id": "a", "custom": []},
    ],
)
def test_what_csl_does_not_allow_is_refused(fields: dict[str, object]) -> None:
    """Strictly: a number is no text here, and a field must be known."""
    with pytest.raises(ValidationError):
        Item.model_validate(fields)


def test_an_item_cannot_be_changed() -> None:
    """Whoever holds one can rely on it."""
    item = Item(id="a")
    with pytest.raises(ValidationError):
        item.id = "b"  # type: ignore[misc]


def test_json_and_back_is_the_same_item() -> None:
    """How the store keeps works."""
    item = Item(
        id="a",
        author=(Name("A", static_ordering=True), Name(literal="others")),
        issued=Date(PartialDate(2020), PartialDate(2021, season=2), circa=True),
        custom={"deep": [1, None, {"x": 2.5}]},
    )
    assert Item.model_validate_json(item.model_dump_json(by_alias=True)) == item


@pytest.mark.parametrize(
    ("item", "first"),
    [
        (Item(id="a", author=(Name("A"),), editor=(Name("E"),)), "A"),
        (Item(id="a", editor=(Name("E"),), translator=(Name("T"),)), "E"),
        (Item(id="a", translator=(Name("T"),)), "T"),
        (Item(id="a", illustrator=(Name("I"),)), None),
    ],
)
def test_the_creators_are_who_a_short_citation_names(
    item: Item, first: str | None
) -> None:
    """Authors, else editors, else translators."""
    assert [name.family for name in item.creators] == ([first] if first else [])


def test_a_library_is_a_mapping_in_the_order_of_the_file() -> None:
    """Key to reference; of two with one key only one can be there."""
    library = Library([Reference(id="b", title="T"), Reference(id="a")])
    assert list(library) == ["b", "a"]
    assert library["b"].title == "T"
    assert "c" not in library
    assert len(library) == 2
    assert repr(library) == "Library(2 references)"
    assert Library() == {}
