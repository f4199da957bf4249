"""Citation keys: kept where they can be, else made, and never two the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.key_pattern import DEFAULT, KeyPattern
from lupusrefs.model.keys import (
    KeyStyle,
    citation_keys,
    is_legal,
    made_key,
    new_keys,
)
from lupusrefs.model.names import Name
from strategies import items


def _item(key: str, family: str, year: int, title: str) -> Item:
    date = Date(PartialDate(year))
    return Item(id=key, author=(Name(family, "A."),), issued=date, title=title)


@pytest.mark.parametrize(
    "key", ["mackensen2022", "Mougiakakos:2021", "DBLP:conf/lics/X14", "müller-1", "12"]
)
def test_legal_id_is_kept(key: str) -> None:
    """An id that BibTeX can read stays: documents cite with it."""
    assert citation_keys([_item(key, "Ng", 2020, "Title")]) == [key]


@pytest.mark.parametrize(
    "key",
    [
        "10.1056/NEJMc2107725",
        "doi:10.1056/NEJMc2107725",
        "https://doi.org/10.1056/NEJMc2107725",
        "http://zotero.org/users/1/items/AB",
        *(
            "a b",
            "a,b",
            "{a}",
            'a"b',
            "a#b",
            "a%b",
            "a~b",
            "a\\b",
            "a(b)",
            "a'b",
            "a=b",
        ),
        # \nocite{*} means all entries.
        "*",
        "",
    ],
)
def test_other_id_gets_a_made_key(key: str) -> None:
    """DOIs, URLs and what BibTeX, LaTeX or biber refuse are replaced."""
    assert citation_keys([_item(key, "Ng", 2020, "The Title")]) == ["ng2020title"]


def test_citation_key_variable_is_the_second_choice() -> None:
    """Zotero keeps the user's key apart from the id of the item."""
    item = Item(id="http://zotero.org/users/1/items/AB", citation_key="ng20")
    assert citation_keys([item]) == ["ng20"]


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (
            _item("x", "Mackensen", 2022, "Anti-CD19 CAR T cell therapy"),
            "mackensen2022anti",
        ),
        (_item("x", "Völkl", 2021, "The <i>T</i> cell"), "volkl2021t"),
        (_item("x", "Ødegård", 2021, "Œuvre"), "odegard2021oeuvre"),
        (_item("x", "Weiß", 2021, "Der Änderungen"), "weiss2021anderungen"),
        (_item("x", "Spee-Mayer", 2016, "Low-dose IL-2"), "speemayer2016low"),
        (_item("x", "García Márquez", 1967, "Cien años"), "garciamarquez1967cien"),
        (_item("x", "王", 2020, "β-Catenin"), "anon2020catenin"),
        (Item(id="x", title="On what there is"), "anonthere"),
        (Item(id="x"), "anon"),
        (
            Item(id="x", author=(Name(literal="The World Bank"),), title="Data"),
            "worlddata",
        ),
        (Item(id="x", editor=(Name("Ng", "K"),), title="Data"), "ngdata"),
    ],
)
def test_made_key(item: Item, key: str) -> None:
    """Family name, year and first telling word, in lower-case ASCII."""
    assert made_key(item) == key


def test_same_made_keys_get_letters_in_order() -> None:
    """The first keeps its key, so that a later one does not change it."""
    items = [_item(f"10.1/{n}", "Ng", 2020, "Title") for n in range(4)]
    keys = ["ng2020title", "ng2020titlea", "ng2020titleb", "ng2020titlec"]
    assert citation_keys(items) == keys
    assert citation_keys(items[:2]) == keys[:2]


def test_letters_go_on_after_z() -> None:
    """The 28th of a kind has two letters."""
    items = [_item(f"10.1/{n}", "Ng", 2020, "Title") for n in range(28)]
    assert citation_keys(items)[-2:] == ["ng2020titlez", "ng2020titleaa"]


def test_made_key_never_takes_an_own_id() -> None:
    """An own id goes first even if it comes later in the file."""
    items = [_item("10.1/1", "Ng", 2020, "Title"), Item(id="ng2020title")]
    assert citation_keys(items) == ["ng2020titlea", "ng2020title"]


def test_ids_that_differ_in_case_are_the_same_to_bibtex() -> None:
    """BibTeX folds case: "Ng20" and "ng20" would be a repeated entry."""
    assert citation_keys([Item(id="Ng20"), Item(id="ng20")]) == ["Ng20", "ng20a"]


# -- new keys --------------------------------------------------------------------------


def test_new_keys_replace_own_ones() -> None:
    """All of them, in the order given."""
    items = [_item("mine", "Ng", 2020, "A title"), _item("10.1/2", "Oh", 2021, "Other")]
    pattern = KeyPattern.parse("{family:capital}_{year2}")
    assert new_keys(items, pattern) == ["Ng_20", "Oh_21"]


def test_new_keys_are_none_of_the_taken_ones() -> None:
    """Also where they differ in case alone."""
    items = [_item("x", "Ng", 2020, "Title")] * 2
    taken = ["NG2020TITLE", "ng2020titleb"]
    assert new_keys(items, DEFAULT, taken) == ["ng2020titlea", "ng2020titlec"]


def test_a_letter_that_another_key_has_is_passed_over() -> None:
    """A made key may end as another with its letter does."""
    items = [
        _item("1", "Ng", 2020, ""),
        _item("2", "Ng", 2020, "A B"),
        _item("3", "Ng", 2020, ""),
    ]
    made = ["ng2020", "ng2020b", "ng2020a"]
    assert new_keys(items, DEFAULT) == made
    assert new_keys([*items, items[0]], DEFAULT) == [*made, "ng2020c"]


def test_thousands_of_one_key_take_no_time() -> None:
    """Letters go on where they were: the search does not begin anew for each."""
    items = [Item(id="10.1/x")] * 20_000
    keys = citation_keys(items)  # looking from the start each time takes minutes
    assert len(set(keys)) == len(items)


@pytest.mark.parametrize("separator", ["", "_", "-", ":"])
@pytest.mark.parametrize("word", [False, True])
def test_a_style_is_a_pattern(separator: str, word: bool) -> None:
    """There is one way to make keys."""
    style = KeyStyle(separator, capital=True, word=word, short_year=True)
    parts = ["{family:capital}", "{year2}", "{title-word:capital}"][: 2 + word]
    assert style.pattern == KeyPattern.parse(separator.join(parts))


def test_the_newest_entries_decide_on_the_style() -> None:
    """A library that has changed its style long ago keeps the new one."""
    old = [_item(f"ref{number}", "Ng", 2000, "Title") for number in range(900)]
    new = [_item(f"Ng_{year}", "Ng", year, "Title") for year in range(1001, 1501)]
    assert KeyStyle.of([*old, *new]) == KeyStyle(separator="_", capital=True)


# -- laws ------------------------------------------------------------------------------

_PATTERNS = st.sampled_from(
    [
        *("{family}{year}{title-word}", "{families:capital}{year2}", "{id}", "{doi}"),
        *(
            "{title-words:_}",
            "x{volume}",
            "{journal:initials}-{page}",
            "{type}:{number}",
        ),
    ]
).map(KeyPattern.parse)
_KEYS = st.sampled_from(["", "a", "A", "ab", "10.1/x", "a b", "anon", "anona"])
_ITEMS = st.lists(items(_KEYS) | items(), max_size=5)


@given(_ITEMS, _PATTERNS)
def test_keys_are_legal_and_differ(found: list[Item], pattern: KeyPattern) -> None:
    """To BibTeX, which folds case: own ones, made ones, new ones."""
    for keys in (citation_keys(found), new_keys(found, pattern)):
        assert all(map(is_legal, keys))
        assert len({key.casefold() for key in keys}) == len(found)


@given(_ITEMS, _ITEMS, _PATTERNS)
def test_items_that_are_added_change_no_earlier_key(
    found: list[Item], added: list[Item], pattern: KeyPattern
) -> None:
    """Documents cite with it; an own key of the added one comes first (see above)."""
    assert new_keys([*found, *added], pattern)[: len(found)] == new_keys(found, pattern)
    keys = citation_keys(found)
    without_own = [
        item.model_copy(update={"id": "", "citation_key": None}) for item in added
    ]
    assert citation_keys([*found, *without_own])[: len(found)] == keys


@given(_ITEMS, _PATTERNS)
def test_new_keys_are_own_keys(found: list[Item], pattern: KeyPattern) -> None:
    """A writer that needs legal keys keeps them all."""
    keys = new_keys(found, pattern)
    renamed = [
        item.model_copy(update={"id": key})
        for item, key in zip(found, keys, strict=True)
    ]
    assert citation_keys(renamed) == keys
