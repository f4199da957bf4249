"""Labels of items ("Ferr78"), where they have none of their own.

CSL 1.0.2, appendix IV, leaves them to the processor; the letters are those of
citeproc-js.
"""

from __future__ import annotations

import pytest

from csl.making import cite, dated, item, named, shown, style
from lupusrefs.csl.citation_label import citation_label
from lupusrefs.csl.item import Item


@pytest.mark.parametrize(
    ("author", "year", "label"),
    [
        ("Doe", 1965, "Doe65"),
        ("Ann Ferrero", 1978, "Ferr78"),
        ("A Roe; B Noll", 1978, "RoNo78"),
        ("A Roe; B Noll; C Sy", 2004, "RoNS04"),
        ("A Roe; B Noll; C Sy; D Vu", 2004, "RNSV04"),
        ("A Roe; B Noll; C Sy; D Vu; E Wu", 2004, "RNSV04"),
    ],
)
def test_letters_of_names_and_digits_of_the_year(
    author: str, year: int, label: str
) -> None:
    """The more authors, the fewer letters of each."""
    assert citation_label(Item(item(author=author, issued=year))) == label


def test_what_stands_in_for_authors() -> None:
    """Editors; institutions by their first letters; nothing for nothing."""
    assert citation_label(Item(item(editor="A Doe", issued=2020))) == "Doe20"
    who = item(author=named({"literal": "W H O rg"}), issued=dated(2021, 5))
    assert citation_label(Item(who)) == "WHOr21"
    assert citation_label(Item(item(author="A Doe"))) == "Doe"
    assert citation_label(Item(item(issued=2020))) == "20"
    assert citation_label(Item(item(issued={"literal": "soon"}))) == ""


def test_a_label_of_its_own_counts() -> None:
    """It is a variable like others."""
    data = item(author="A Doe", citation_label="X1")
    assert (
        shown('<text variable="citation-label" prefix="[" suffix="]"/>', data) == "[X1]"
    )


def test_items_of_one_label_are_told_apart_by_a_letter() -> None:
    """The year suffix goes behind the label."""
    made = style(
        '<citation disambiguate-add-year-suffix="true"><layout delimiter=", ">'
        '<text variable="citation-label"/></layout></citation>'
    )
    both = [item(name, author="A Doe", issued=2020) for name in "pq"]
    assert cite(made, *both) == "Doe20a, Doe20b"
    assert cite(made, both[0]) == "Doe20"


def test_an_item_without_a_label_shows_nothing() -> None:
    """A group around it is suppressed, as around any empty variable."""
    layout = (
        '<group prefix="["><text value="label: "/>'
        '<text variable="citation-label"/></group><text value="x"/>'
    )
    assert shown(layout, item()) == "x"
