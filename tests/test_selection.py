"""Which items, in what order, with which variables and keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs import api
from lupusrefs.errors import InputError
from lupusrefs.formats.names import FormatName
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import KeyPattern
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Library, Origin, Reference
from lupusrefs.model.work import Provenance, Work
from lupusrefs.selection import FieldChoice, InvalidSelection, Selection, SortBy
from strategies import items


def reference(
    key: str, family: str | None = None, year: int | None = None, title: str = "Title"
) -> Reference:
    """A reference of one author."""
    return Reference(
        id=key,
        author=(Name(family, "A."),) if family else (),
        issued=Date(PartialDate(year)) if year else None,
        title=title,
    )


def ids(found: Iterable[Item]) -> list[str]:
    """The ids of items, in order."""
    return [item.id for item in found]


def chosen(selection: Selection, found: Sequence[Item]) -> list[str]:
    """The ids of what is selected."""
    return ids(selection.of(found).items)


NG, OH, LI, NN = (
    reference("ng", "Ng", 2020),
    reference("oh", "Oh", 2021),
    reference("li", "Li", 2020),
    reference("nn"),
)
ALL = [NG, OH, LI, NN]

# --- which ----------------------------------------------------------------------------


def test_by_default_everything_stays_as_it_is() -> None:
    """The same objects in the same order."""
    selected = Selection().of(ALL)
    assert all(one is other for one, other in zip(selected.items, ALL, strict=True))
    assert selected.unknown == []


@pytest.mark.parametrize("only", ["oh,ng", ["oh", "ng"], ["oh, ng", "oh"], ("ng,,oh",)])
def test_only_some_keys(only: str | list[str]) -> None:
    """Repeated, with commas, or both; in the order that they had."""
    assert chosen(Selection.parse(only=only), ALL) == ["ng", "oh"]


def test_a_key_may_have_a_comma() -> None:
    """CSL allows it: the whole is looked for first."""
    odd = reference("a,b")
    assert chosen(Selection.parse(only="a,b"), [odd, *ALL]) == ["a,b"]
    assert chosen(Selection.parse(only=["a,b", "ng"]), [odd, *ALL]) == ["a,b", "ng"]


def test_a_key_that_stands_twice_means_both() -> None:
    """Nothing is dropped."""
    again = reference("ng", "Ng", 1999)
    assert Selection.parse(only="ng").of([*ALL, again]).items == [NG, again]


def test_an_unknown_key_is_told_with_the_ones_like_it() -> None:
    """The others are there."""
    selected = Selection.parse(only="NG,lii,zzzz,oh,lii").of(ALL)
    assert ids(selected.items) == ["oh"]
    assert [one.key for one in selected.unknown] == ["NG", "lii", "zzzz"]
    assert selected.unknown[0].near == ("ng",)
    assert "`li`" in (selected.unknown[1].error.hint or "")
    error = selected.unknown[2].error
    assert str(error) == "no reference has the key `zzzz`"
    assert error.hint is None


def test_many_unknown_keys_are_not_searched_for_one_by_one() -> None:
    """All are told, the first ones with suggestions."""
    selected = Selection.parse(only=[f"ng{n}" for n in range(30)]).of(ALL)
    assert len(selected.unknown) == 30
    assert sum(bool(one.near) for one in selected.unknown) == 10


@pytest.mark.parametrize("only", ["", ",", ["", " , "]])
def test_no_key_at_all_is_a_slip(only: str | list[str]) -> None:
    """An empty variable of a shell must not mean everything."""
    with pytest.raises(InvalidSelection) as caught:
        Selection.parse(only=only)
    assert caught.value.option == "only"


# --- in what order --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("author", ["li", "ng", "oh", "nn"]),
        ("-author", ["oh", "ng", "li", "nn"]),
        ("year", ["ng", "li", "oh", "nn"]),
        ("-issued", ["oh", "ng", "li", "nn"]),
        ("issued,author", ["li", "ng", "oh", "nn"]),
        ("-issued,-author", ["oh", "ng", "li", "nn"]),
        ("key", ["li", "ng", "nn", "oh"]),
        ("-id", ["oh", "nn", "ng", "li"]),
        ("title", ["ng", "oh", "li", "nn"]),
        ("DOI", ["ng", "oh", "li", "nn"]),
        ("doi , container_title", ["ng", "oh", "li", "nn"]),
    ],
)
def test_sort(sort: str, order: list[str]) -> None:
    """What is missing comes last either way; what ties stays as it was."""
    assert chosen(Selection.parse(sort=sort), ALL) == order


def test_a_sort_may_be_given_in_parts() -> None:
    """A list is as good as a text with commas."""
    assert Selection.parse(sort=["-year", "key"]).sort == (
        SortBy("year", descending=True),
        SortBy("id"),
    )


def test_names_sort_by_all_authors_and_shorter_lists_come_first() -> None:
    """By family name, then by given name, then by the next author."""
    b = Name("Ng", "B.")
    authors = [(Name("Ng", "A."), b), (Name("Ng", "A."),), (b,), (Name("Ng"),)]
    found = [Item(id=str(n), author=names) for n, names in enumerate(authors)]
    assert chosen(Selection.parse(sort="author"), found) == ["3", "1", "0", "2"]


def test_numbers_and_lists_sort() -> None:
    """Volume 9 before 10, and without one last."""
    found = [
        Item(id="a", volume="10", categories=("x", "b")),
        Item(id="b", volume="9", categories=("x",)),
        Item(id="c", volume=" "),
    ]
    assert chosen(Selection.parse(sort="volume"), found) == ["b", "a", "c"]
    assert chosen(Selection.parse(sort="categories"), found) == ["b", "a", "c"]


def test_dates_without_a_calendar_date_are_missing() -> None:
    """What is in press has no place among the years."""
    found = [Item(id="a", issued=Date(literal="in press")), NG, NN]
    for sort in ("issued", "year", "-year"):
        assert chosen(Selection.parse(sort=sort), found) == ["ng", "a", "nn"]


@pytest.mark.parametrize(
    ("sort", "hint"),
    [("titel", "`title`"), ("yaer", "`year`"), ("kee", "`key`"), ("zzzz", "CSL")],
)
def test_an_unknown_variable_to_sort_by(sort: str, hint: str) -> None:
    """With what was probably meant."""
    with pytest.raises(InvalidSelection, match=sort) as caught:
        Selection.parse(sort=sort)
    assert caught.value.option == "sort"
    assert hint in (caught.value.hint or "")


def test_ones_own_data_has_no_order() -> None:
    """It may be anything."""
    with pytest.raises(InvalidSelection, match="custom"):
        Selection.parse(sort="custom")


# --- which variables ------------------------------------------------------------------


def test_only_some_variables() -> None:
    """Besides id and type, which every item has; in whatever spelling."""
    item = Item(id="a", type="book", title="T", doi="10.1/x", note="N", title_short="S")
    for fields in ("title,DOI", ["Title", "doi"], "id,title,DOI,type"):
        (found,) = Selection.parse(fields=fields).of([item]).items
        assert found.to_csl() == {
            "id": "a",
            "type": "book",
            "title": "T",
            "DOI": "10.1/x",
        }
    (found,) = Selection.parse(fields="shortTitle,abstract").of([item]).items
    assert found.to_csl() == {"id": "a", "type": "book", "title-short": "S"}


def test_all_variables_but_some() -> None:
    """Each with a minus."""
    item = Item(id="a", title="T", note="N", custom={"a": "b"}, author=(Name("Ng"),))
    (found,) = Selection.parse(fields="-note,-custom").of([item]).items
    assert list(found.to_csl()) == ["id", "type", "author", "title"]
    assert item.note == "N"


def test_fields_of_the_file_are_not_among_those_that_were_named() -> None:
    """They go; where others are left out, they stay; titles follow their variable."""
    origin = Origin(
        "bibtex",
        "inproceedings",
        (("file", "x.pdf"),),
        {"title": "On Things", "title-short": "Things"},
    )
    item = Reference(id="a", title="On things", title_short="things", origin=origin)
    kept = FieldChoice(frozenset(["title"])).of(item).origin
    assert kept == Origin("bibtex", "inproceedings", (), {"title": "On Things"})
    dropped = FieldChoice(frozenset(["title-short"]), dropped=True).of(item).origin
    assert dropped == Origin(
        "bibtex", "inproceedings", (("file", "x.pdf"),), {"title": "On Things"}
    )


def test_a_work_loses_its_article_number_with_its_pages() -> None:
    """Writers take it for the page."""
    said = Provenance(
        answered_by="crossref", fetched=datetime(2026, 11, 22, tzinfo=UTC)
    )
    item = Work(id="a", article_number="e1", title="T", provenance=said)
    (kept,) = Selection.parse(fields="title,page").of([item]).items
    (dropped,) = Selection.parse(fields="-page").of([item]).items
    assert (kept.article_number, dropped.article_number) == ("e1", None)


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ("titel", "`titel` is not", "`title`"),
        ("-titel", "`titel` is not", "`title`"),
        ("zzzz", "`zzzz` is not", "CSL"),
        ("year", "`year` is not", ""),
        ("title,-note", "either", ""),
        ("-note,title", "either", ""),
        ("-id", "`id` cannot", ""),
        ("-note,-type", "`type` cannot", ""),
    ],
)
def test_an_impossible_choice_of_fields(fields: str, message: str, hint: str) -> None:
    """Before anything is read."""
    with pytest.raises(InvalidSelection, match=message) as caught:
        Selection.parse(fields=fields)
    assert caught.value.option == "fields"
    assert hint in (caught.value.hint or "")


@given(items(), st.lists(st.sampled_from(["title", "author", "note"]), min_size=1))
def test_a_choice_and_its_opposite_make_the_whole(item: Item, names: list[str]) -> None:
    """No variable is in both, none in neither."""
    kept = FieldChoice(frozenset(names)).of(item).to_csl()
    rest = FieldChoice(frozenset(names), dropped=True).of(item).to_csl()
    assert {**kept, **rest} == item.to_csl()
    assert kept.keys() & rest.keys() == {"id", "type"} & item.to_csl().keys()


# --- which keys -----------------------------------------------------------------------


def test_new_keys_for_all() -> None:
    """Made before anything is left out: a part has the keys of the whole."""
    again = reference("ng-again", "Ng", 2020)
    found = [NG, again, *ALL[1:]]
    keys = "{family}{year}"
    assert chosen(Selection.parse(keys=keys), found) == [
        *("ng2020", "ng2020a", "oh2021", "li2020", "anon"),
    ]
    part = Selection.parse(keys=keys, only="ng-again,li", fields="DOI", sort="key")
    assert chosen(part, found) == ["li2020", "ng2020a"]
    assert chosen(Selection(keys=KeyPattern.parse("{id:upper}")), [NG]) == ["NG"]


def test_a_bad_pattern_is_an_invalid_selection() -> None:
    """With place and hint."""
    with pytest.raises(InvalidSelection, match="character 2: `auth`") as caught:
        Selection.parse(keys="{auth}")
    assert caught.value.option == "keys"
    assert caught.value.hint == "did you mean `family`?"


# --- the library's door ---------------------------------------------------------------


def test_export_selects() -> None:
    """The same words as on the command line."""
    text = api.export(
        Library(ALL),
        "csl-json",
        only=["ng", "oh"],
        sort="-issued",
        fields="author",
        keys="{family}",
    )
    assert [(one["id"], list(one)) for one in json.loads(text)] == [
        ("oh", ["id", "type", "author"]),
        ("ng", ["id", "type", "author"]),
    ]


def test_export_refuses_what_it_cannot_do() -> None:
    """An unknown key, an unknown variable, a format that is only read."""
    with pytest.raises(InputError, match="`nobody`"):
        api.export(ALL, "csl-json", only=["nobody"])
    with pytest.raises(InvalidSelection, match="`titel`"):
        api.export(ALL, "csl-json", fields="titel")
    with pytest.raises(InvalidSelection, match="isi is only read") as caught:
        api.export(ALL, FormatName.ISI)
    assert caught.value.option == "to"
    assert "bibtex" in (caught.value.hint or "")
