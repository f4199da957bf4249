"""BibTeX, written: citation keys."""

from __future__ import annotations

import pytest

from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.item import Item
from lupusrefs.model.keys import citation_keys, made_key
from lupusrefs.model.names import Name


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
