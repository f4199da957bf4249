"""The order of cites and entries.

Source: CSL 1.0.2 specification, "Sorting".
"""

from __future__ import annotations

import pytest

from csl.making import cite, dated, entries, item, named, sorted_ids, style
from lupusrefs.csl.sort import collation_key

_TITLE = '<key variable="title"/>'


def test_without_sort_the_order_is_that_of_citing() -> None:
    """In the bibliography and in a citation."""
    layout = '<text variable="title"/>'
    made = style(f"<citation><layout>{layout}</layout></citation>", layout)
    items = [item(name, title=name) for name in "bca"]
    assert entries(made, *items) == ["b", "c", "a"]
    assert cite(made, *items) == "bca"


def test_cites_are_sorted_too() -> None:
    """Within each citation, by keys of its own."""
    made = style(
        f"<citation><sort>{_TITLE}</sort><layout>"
        '<text variable="title"/></layout></citation>'
    )
    assert cite(made, *[item(name, title=name) for name in "bca"]) == "abc"


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        (_TITLE, "1243"),
        ('<key variable="title" sort="ascending"/>', "1243"),
        # Equal and missing ones keep their order.
        ('<key variable="title" sort="descending"/>', "2143"),
        ('<key variable="publisher"/>', "4213"),
        ('<key variable="publisher" sort="descending"/>', "1342"),
        # The second key decides where the first one does not.
        (f'<key variable="publisher"/>{_TITLE}', "2413"),
        ('<key variable="publisher" sort="descending"/>' + _TITLE, "1324"),
    ],
)
def test_keys_and_directions(keys: str, order: str) -> None:
    """An item with an empty value comes last in both directions."""
    items = (
        item("4", publisher="A"),
        item("1", title="x", publisher="B"),
        item("3", publisher="B"),
        item("2", title="y", publisher="A"),
    )
    assert sorted_ids(keys, *items) == order


@pytest.mark.parametrize(
    ("titles", "sorted_titles"),
    [
        (("b", "A", "C"), ("A", "b", "C")),
        (("zoe", "Ärzte", "arm"), ("arm", "Ärzte", "zoe")),
        (("ab", "a b"), ("a b", "ab")),
        (("<i>b</i>", "a", "<b>c</b>"), ("a", "<i>b</i>", "<b>c</b>")),
        (("“b”", "a", "(c)"), ("a", "“b”", "(c)")),
    ],
)
def test_texts(titles: tuple[str, ...], sorted_titles: tuple[str, ...]) -> None:
    """Without regard to case and markup."""
    items = [item(str(sorted_titles.index(one)), title=one) for one in titles]
    assert sorted_ids(_TITLE, *items) == "".join(map(str, range(len(titles))))


def test_names_are_sorted_family_name_first() -> None:
    """All of them inverted, in the long form ("Sorting Variables")."""
    items = (
        item("3", author="A Doe; A Roe"),
        item("2", author="Z Adams"),
        item("1", author="B Adams"),
        item("4", author="A Doe; Z Roe"),
        item("5", author=named({"literal": "WHO"})),
    )
    assert sorted_ids('<key variable="author"/>', *items) == "12345"


@pytest.mark.parametrize(
    ("demote", "order"),
    [("never", "Hv"), ("sort-only", "vH"), ("display-and-sort", "vH"), ("", "vH")],
)
def test_particles_that_are_demoted_do_not_count_first(demote: str, order: str) -> None:
    """The name "van Gogh" appears under V, or under G ("Name Particles")."""
    gogh = {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}
    attributes = f'demote-non-dropping-particle="{demote}"' if demote else ""
    items = (item("v", author=[gogh]), item("H", author="Ann Hill"))
    assert (
        sorted_ids('<key variable="author"/>', *items, attributes=attributes) == order
    )


def test_dates_by_variable() -> None:
    """By year, month and day; before Christ inversely; ranges behind single dates."""
    items = (
        item("9", issued=dated([2002], [2009])),
        item("3", issued=50),
        item("8", issued=dated([2002], [2003])),
        item("5", issued=2000),
        item("1", issued=-100),
        item("7", issued=dated(2000, 5)),
        item("2", issued=-50),
        item("6", issued=dated([2000], [2001])),
        item("4", issued=100),
    )
    assert sorted_ids('<key variable="issued"/>', *items) == "123456789"


def test_seasons_are_ignored() -> None:
    """The next key decides."""
    items = (
        item("2", issued=dated(2000, season=1), title="b"),
        item("1", issued=dated(2000, season=4), title="a"),
    )
    assert sorted_ids(f'<key variable="issued"/>{_TITLE}', *items) == "12"


def test_words_for_a_date_are_no_value() -> None:
    """An item with them comes last."""
    items = (item("2", issued={"literal": "soon"}), item("1", issued=2000))
    assert sorted_ids('<key variable="issued"/>', *items) == "12"
    assert sorted_ids('<key variable="issued" sort="descending"/>', *items) == "12"


@pytest.mark.parametrize(
    "keys",
    [
        '<key variable="volume"/>',
        '<key macro="volume"/>',
    ],
)
def test_numbers_are_sorted_as_numbers(keys: str) -> None:
    """By variable, and by ``cs:number`` in a macro."""
    items = (
        item("3", volume="100"),
        item("1", volume="9"),
        item("2", volume="10"),
        item("4", volume="Special"),
    )
    macros = {"volume": '<number variable="volume" form="ordinal"/>'}
    assert sorted_ids(keys, *items, macros=macros) == "1234"


def test_the_citation_number_as_a_key() -> None:
    """Descending, the last cited comes first."""
    key = '<key variable="citation-number" sort="{}"/>'
    items = [item(name) for name in "abc"]
    assert sorted_ids(key.format("ascending"), *items) == "abc"
    assert sorted_ids(key.format("descending"), *items) == "cba"


def test_labels_as_keys() -> None:
    """Made labels, too."""
    items = (item("2", author="B", issued=2000), item("1", citation_label="A"))
    assert sorted_ids('<key variable="citation-label"/>', *items) == "12"


_MACROS = {
    "author": '<names variable="author"><name form="short"/><label form="short"/>'
    '<substitute><names variable="editor"/><text variable="title"/></substitute>'
    "</names>",
    "count": '<names variable="author"><name form="count"/></names>',
    "year": '<date variable="issued"><date-part name="year"/></date>',
    "first": '<names variable="author"><name form="short" et-al-min="2"'
    ' et-al-use-first="1"/></names>',
}


def test_macros_have_what_stands_in_for_names() -> None:
    """One of the advantages of sorting by them ("Sorting Macros")."""
    items = (
        item("3", title="C"),
        item("1", author="X A", title="Z"),
        item("2", editor="X B"),
    )
    assert sorted_ids('<key macro="author"/>', *items, macros=_MACROS) == "123"


def test_macros_may_count_names() -> None:
    """``form="count"``."""
    items = (
        item("2", author="A; B"),
        item("1", author="Z"),
        item("3", author="A; B; C"),
    )
    assert sorted_ids('<key macro="count"/>', *items, macros=_MACROS) == "123"


def test_macros_give_the_parts_of_a_date_that_they_render() -> None:
    """The month does not count where only the year is shown."""
    items = (
        item("2", issued=dated(2000, 5), title="b"),
        item("1", issued=dated(2000, 7), title="a"),
        item("3", issued=dated(2001, 1), title="a"),
    )
    assert sorted_ids(f'<key macro="year"/>{_TITLE}', *items, macros=_MACROS) == "123"
    assert sorted_ids(f'<key variable="issued"/>{_TITLE}', *items) == "213"
    month = (
        '<date variable="issued"><date-part name="year"/>'
        '<date-part name="month" form="long" prefix="-"/></date>'
    )
    assert sorted_ids(f'<key macro="m"/>{_TITLE}', *items, macros={"m": month}) == "213"


def test_labels_and_et_al_are_no_part_of_a_key() -> None:
    """A list that is cut sorts as its first name alone does."""
    items = (item("2", author="A; X", title="b"), item("1", author="A", title="a"))
    assert sorted_ids(f'<key macro="first"/>{_TITLE}', *items, macros=_MACROS) == "12"
    edited = (
        item("2", editor="A", title="b"),
        item("1", editor="A; B", title="a"),
    )
    macros = {
        "e": '<names variable="editor" et-al-min="2" et-al-use-first="1">'
        "<name/><label/></names>"
    }
    assert sorted_ids(f'<key macro="e"/>{_TITLE}', *edited, macros=macros) == "12"


@pytest.mark.parametrize(
    ("attributes", "order"),
    [
        ("", "21"),
        ('names-min="2" names-use-first="1"', "12"),
        ('names-min="4" names-use-first="1"', "21"),
        ('names-min="2" names-use-first="1" names-use-last="true"', "21"),
    ],
)
def test_a_key_may_cut_names_by_itself(attributes: str, order: str) -> None:
    """``names-min``, ``names-use-first`` and ``names-use-last`` of ``cs:key``."""
    items = (
        item("2", author="A; B; C", title="b"),
        item("1", author="A; X; Y", title="a"),
    )
    macros = {"a": '<names variable="author"/>'}
    keys = f'<key macro="a" {attributes}/>{_TITLE}'
    assert sorted_ids(keys, *items, macros=macros) == order


def test_formatting_does_not_count() -> None:
    """The key is the text ("without rich text markup")."""
    macros = {
        "t": '<choose><if type="book"><text variable="title" font-style="italic"/></if>'
        '<else><text variable="title" font-weight="bold"/></else></choose>'
    }
    items = (item("2", title="b"), item("1", title="a", type="map"))
    assert sorted_ids('<key macro="t"/>', *items, macros=macros) == "12"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a b", "ab"),
        ("a-b", "ab"),
        ("abc", "äbd"),
        ("abc", "ábc"),
        ("Straße", "Strassen"),
        ("Oslo", "Østby"),
        ("Lodz", "Łódź 2"),
        ("", "a"),
        ("1", "a"),
    ],
)
def test_collation(first: str, second: str) -> None:
    """Letters first, then accents; spaces before letters; punctuation not at all."""
    assert collation_key(first) < collation_key(second)


def test_punctuation_does_not_count() -> None:
    """An apostrophe, brackets, an exclamation mark."""
    assert collation_key("O'Neil")[0] == collation_key("Oneil")[0]
    assert collation_key("(A.)")[0] == collation_key("a")[0]
    assert collation_key("É!")[0] == collation_key("e")[0]
