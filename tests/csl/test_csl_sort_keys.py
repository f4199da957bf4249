"""What names, dates, numbers and texts are sorted by.

Source: CSL 1.0.2 specification, "Sorting Variables", "Sorting Macros".
"""

from __future__ import annotations

import pytest

from csl.making import dated, item, named, processor, sorted_ids, style
from lupusrefs.csl import Citation, CiteItem, Document

_AUTHOR = '<key variable="author"/>'
_TITLE = '<key variable="title"/>'


def _names(attributes: str) -> dict[str, str]:
    return {"m": f'<names variable="author"><name {attributes}/></names>'}


@pytest.mark.parametrize("word", ["text", "symbol"])
@pytest.mark.parametrize("form", ["short", "long"])
def test_the_word_between_names_plays_no_part(word: str, form: str) -> None:
    """Doe & Zed come behind Doe, Alt, & R, whatever the last name is joined by."""
    items = (
        item("3", author="Doe; Zed"),
        item("1", author="Doe; Alt; R"),
        item("2", author="Doe; Bat; R"),
    )
    macros = _names(f'and="{word}" form="{form}"')
    assert sorted_ids('<key macro="m"/>', *items, macros=macros) == "123"
    assert sorted_ids(_AUTHOR, *items, attributes=f'and="{word}"') == "123"


@pytest.mark.parametrize(
    "options",
    [
        'name-form="short"',
        'name-form="count"',
        'et-al-min="2" et-al-use-first="1"',
        'et-al-min="2" et-al-use-first="1" et-al-use-last="true"',
        'et-al-min="1" et-al-use-first="0"',
    ],
)
def test_names_by_variable_are_all_of_them_in_full(options: str) -> None:
    """``form="long"`` and no abbreviation, whatever cites show of them."""
    items = (
        item("4", author="B Doe"),
        item("3", author="A Doe; B Roe; C Poe"),
        item("1", author="A Doe"),
        item("2", author="A Doe; A Roe; D Poe"),
    )
    assert sorted_ids(_AUTHOR, *items, attributes=options) == "1234"


def test_a_family_name_comes_before_those_that_begin_with_it() -> None:
    """Given names are the lesser part of a key ("Name-part Order")."""
    lopez = named({"family": "Garcia Lopez", "given": "Ann"})
    items = (item("2", author=lopez), item("1", author="Zoe Garcia"))
    assert sorted_ids(_AUTHOR, *items) == "12"
    for attributes in ("", 'name-as-sort-order="all"', 'initialize-with=". "'):
        macros = _names(attributes)
        assert sorted_ids('<key macro="m"/>', *items, macros=macros) == "12"


@pytest.mark.parametrize("article", ["a", "An", "the", "The"])
def test_articles_of_institutions_do_not_count(article: str) -> None:
    """English articles that precede a name ("Sorting Variables")."""
    items = (
        item("3", author="Gamma"),
        item("2", author=named({"literal": f"{article} Beta Group"})),
        item("1", author="Ax"),
    )
    assert sorted_ids(_AUTHOR, *items) == "123"
    assert sorted_ids('<key macro="m"/>', *items, macros=_names("")) == "123"


def test_numbers_of_names_are_numbers() -> None:
    """Ten names are more than two."""
    items = (item("2", author="; ".join("ABCDEFGHIJ")), item("1", author="A; B"))
    macros = _names('form="count"')
    assert sorted_ids('<key macro="m"/>', *items, macros=macros) == "12"


@pytest.mark.parametrize(
    "date",
    [
        '<date variable="issued" form="text"/>',
        '<date variable="issued" form="numeric" date-parts="year-month-day"/>',
        (
            '<date variable="issued"><date-part name="month"/>'
            '<date-part name="day" prefix=" "/><date-part name="year" prefix=", "/>'
            "</date>"
        ),
    ],
)
def test_dates_in_macros_are_in_the_order_of_time(date: str) -> None:
    """In the format YYYYMMDD, whatever it is that cites show."""
    items = (
        item("9", issued=dated(2001, 1)),
        item("8", issued=dated(2000, 12, 1)),
        item("7", issued=dated(2000, 5, 20)),
        item("6", issued=dated(2000, 5, 3)),
        item("5", issued=dated([2000], [2001])),
        item("4", issued=2000),
        item("3", issued=50),
        item("2", issued=-50),
        item("1", issued=-100),
    )
    keys = '<key macro="m"/>'
    assert sorted_ids(keys, *items, macros={"m": date}) == "123456789"


@pytest.mark.parametrize(
    ("parts", "order"),
    [("year", "2143"), ("year-month", "1243"), ("year-month-day", "1234")],
)
def test_dates_in_macros_count_as_far_as_they_are_shown(parts: str, order: str) -> None:
    """What ``date-parts`` leaves out does not: the second key decides."""
    items = (
        item("4", issued=dated(2000, 7, 9), title="c"),
        item("3", issued=dated(2000, 7, 8), title="d"),
        item("2", issued=dated(2000, 6, 9), title="a"),
        item("1", issued=dated(2000, 5, 9), title="b"),
    )
    macros = {"m": f'<date variable="issued" form="text" date-parts="{parts}"/>'}
    keys = f'<key macro="m"/>{_TITLE}'
    assert sorted_ids(keys, *items, macros=macros) == order


@pytest.mark.parametrize(("first", "second"), [("Apple", "apple"), ("apple", "APPLE")])
def test_case_does_not_count(first: str, second: str) -> None:
    """The second key decides between texts that differ by it alone."""
    keys = '{}<key variable="issued"/>'
    items = (item("2", title=second, issued=2), item("1", title=first, issued=1))
    assert sorted_ids(keys.format(_TITLE), *items) == "12"
    people = (item("2", author=second, issued=2), item("1", author=first, issued=1))
    assert sorted_ids(keys.format(_AUTHOR), *people) == "12"


def test_texts_that_begin_with_digits_are_texts() -> None:
    """Numbers are the values of number variables alone."""
    items = (
        item("b", title="20 days", volume="20"),
        item("a", title="100 years", volume="100"),
    )
    assert sorted_ids(_TITLE, *items) == "ab"
    macros = {"m": '<text variable="title"/>'}
    assert sorted_ids('<key macro="m"/>', *items, macros=macros) == "ab"
    assert sorted_ids('<key variable="volume"/>', *items) == "ba"


@pytest.mark.parametrize(
    ("direction", "order"), [("ascending", "bcad"), ("descending", "dacb")]
)
@pytest.mark.parametrize("key", ['variable="citation-number"', 'macro="m"'])
def test_citation_numbers_are_sorted_anew_in_a_growing_document(
    key: str, direction: str, order: str
) -> None:
    """A place by number depends on what else is cited, in macros, too."""
    number = '<text variable="citation-number"/>'
    made = style(
        number,
        f'<bibliography><sort><key {key} sort="{direction}"/></sort>'
        f"<layout>{number}</layout></bibliography>",
        {"m": number},
    )
    document = Document(processor(made, [item(name) for name in "abcd"]))
    document.update(Citation("2", [CiteItem("a"), CiteItem("d")]))
    assert {one.id for one in document.registry.items} == {"a", "d"}
    document.update(Citation("1", [CiteItem("b"), CiteItem("c")]), after=[("2", 0)])
    assert "".join(one.id for one in document.registry.items) == order
