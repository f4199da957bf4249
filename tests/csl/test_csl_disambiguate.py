"""What cites show to be told apart.

Source: CSL 1.0.2 specification, "Disambiguation".
"""

from __future__ import annotations

import pytest

from csl.making import Data, cite, entries, item, style

_NAMES = '<names variable="author"><name form="short" {}/></names>'
_YEAR = '<date variable="issued" prefix=" "><date-part name="year"/></date>'
_GIVEN = 'disambiguate-add-givenname="true"'
_MORE = 'disambiguate-add-names="true"'
_SUFFIX = 'disambiguate-add-year-suffix="true"'
_INITIALS = 'initialize-with=". "'
_CUT = 'et-al-min="3" et-al-use-first="1"'


def _works(*works: tuple[str, int]) -> list[Data]:
    return [
        item(str(number), author=author, issued=year, title=f"T{number}")
        for number, (author, year) in enumerate(works)
    ]


def _cite(
    options: str, *works: tuple[str, int], name: str = "", layout: str = ""
) -> str:
    """A citation of works, each given by its authors and its year."""
    shown = layout or _NAMES.format(name) + _YEAR
    made = style(
        f'<citation {options}><layout delimiter="; ">{shown}</layout></citation>',
        '<text variable="title"/>',
    )
    return cite(made, *_works(*works))


def _rule(name: str) -> str:
    return f'{_GIVEN} givenname-disambiguation-rule="{name}"'


def test_without_options_cites_stay_ambiguous() -> None:
    """All four methods are off where a style does not activate them."""
    assert _cite("", ("John Doe", 1950), ("Jane Doe", 1950)) == "Doe 1950; Doe 1950"


@pytest.mark.parametrize(
    ("first", "second", "name", "text"),
    [
        ("Homer Simpson", "Bart Simpson", _INITIALS, "H. Simpson 1; B. Simpson 1"),
        ("John Doe", "Jane Doe", "", "John Doe 1; Jane Doe 1"),
        # Initials that do not help are followed by whole names.
        ("John Doe", "Jane Doe", _INITIALS, "John Doe 1; Jane Doe 1"),
        # Nothing helps those of the same name.
        ("John Doe", "John Doe", "", "Doe 1; Doe 1"),
        # Disambiguation stops after the first name that eliminates ambiguity.
        ("J Doe; A Roe", "K Doe; B Roe", "", "J Doe, Roe 1; K Doe, Roe 1"),
        ("J Doe; A Roe", "J Doe; B Roe", "", "Doe, A Roe 1; Doe, B Roe 1"),
        # Of lists of different length, too.
        ("J Doe", "K Doe", "", "J Doe 1; K Doe 1"),
    ],
)
def test_given_names_by_cite(first: str, second: str, name: str, text: str) -> None:
    """The default rule: only ambiguous names in ambiguous cites are affected."""
    text = text.replace(" 1", " 1950")
    assert _cite(_GIVEN, (first, 1950), (second, 1950), name=name) == text
    assert _cite(_rule("by-cite"), (first, 1950), (second, 1950), name=name) == text


def test_unambiguous_cites_are_left_alone() -> None:
    """By cite, names that differ in other years are not told apart."""
    works = (("Jane Doe", 1950), ("John Doe", 2000))
    assert _cite(_GIVEN, *works) == "Doe 1950; Doe 2000"


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        ("all-names", "", "Jane Doe, A Roe 1; John Doe, B Roe 2"),
        ("primary-name", "", "Jane Doe, Roe 1; John Doe, Roe 2"),
        ("all-names", _INITIALS, "Jane Doe, A. Roe 1; John Doe, B. Roe 2"),
        # Initials of Doe do not help; those of Roe do.
        ("all-names-with-initials", _INITIALS, "Doe, A. Roe 1; Doe, B. Roe 2"),
        ("primary-name-with-initials", _INITIALS, "Doe, Roe 1; Doe, Roe 2"),
        # No attempt is made when ``initialize-with`` is not set.
        ("all-names-with-initials", "", "Doe, Roe 1; Doe, Roe 2"),
        ("primary-name-with-initials", "", "Doe, Roe 1; Doe, Roe 2"),
    ],
)
def test_names_told_apart_everywhere(rule: str, name: str, text: str) -> None:
    """These rules have the dual purpose of disambiguating cites and names."""
    works = (("Jane Doe; A Roe", 1950), ("John Doe; B Roe", 2000))
    expected = text.replace(" 1;", " 1950;").replace(" 2", " 2000")
    assert _cite(_rule(rule), *works, name=name) == expected


def test_initials_of_first_names_alone() -> None:
    """Those of later names stay hidden, even where they differ."""
    works = (("Bill Doe; A Roe", 1950), ("John Doe; B Roe", 2000))
    found = _cite(_rule("primary-name-with-initials"), *works, name=_INITIALS)
    assert found == "B. Doe, Roe 1950; J. Doe, Roe 2000"


def test_names_that_nobody_shares_stay() -> None:
    """Each name is transformed until it is disambiguated, and no further."""
    works = (("Jane Doe", 1950), ("John Doe", 2000), ("Adam Doe", 1999), ("A Roe", 1))
    found = _cite(_rule("all-names"), *works, name=_INITIALS)
    assert found == "Jane Doe 1950; John Doe 2000; A. Doe 1999; Roe 1AD"


def test_one_person_is_no_two() -> None:
    """Names that cannot be disambiguated remain in their original form."""
    works = (("Jane Doe", 1950), ("Jane Doe", 2000))
    assert _cite(_rule("all-names"), *works) == "Doe 1950; Doe 2000"


def test_names_that_are_hidden_are_added_one_by_one() -> None:
    """Until no more cites can be disambiguated ("disambiguate-add-names")."""
    works = (("A Doe; B Smith; C Zed", 1), ("A Doe; B Roe; C Zed", 1))
    assert _cite(_MORE, *works, name=_CUT) == (
        "Doe, Smith, et al. 1AD; Doe, Roe, et al. 1AD"
    )
    third = (("A Doe; B Smith; C Zed", 1), ("A Doe; B Smith; C Yan", 1))
    assert _cite(_MORE, *third, name=_CUT) == (
        "Doe, Smith, Zed 1AD; Doe, Smith, Yan 1AD"
    )


def test_names_that_do_not_help_stay_hidden() -> None:
    """All of them are the same."""
    works = (("A Doe; B Smith; C Zed", 1), ("A Doe; B Smith; C Zed", 1))
    assert _cite(_MORE, *works, name=_CUT) == "Doe et al. 1AD; Doe et al. 1AD"
    assert _cite("", *works, name=_CUT) == "Doe et al. 1AD; Doe et al. 1AD"


def test_added_names_are_expanded_if_that_helps() -> None:
    """When both methods are active."""
    works = (("A Doe; Ann Smith; C Zed", 1), ("A Doe; Bea Smith; C Zed", 1))
    assert _cite(f"{_MORE} {_GIVEN}", *works, name=_CUT) == (
        "Doe, Ann Smith, et al. 1AD; Doe, Bea Smith, et al. 1AD"
    )


_CONDITION = (
    _NAMES.format("")
    + '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if>'
    '<else><text value="!"/></else></choose>'
)


def test_a_condition_holds_where_it_helps() -> None:
    """It is tried when all before it have failed (method 3)."""
    works = (("J Doe", 1950), ("K Doe", 1950), ("A Roe", 1950))
    assert _cite("", *works, layout=_CONDITION) == "Doe, T0; Doe, T1; Roe!"
    assert _cite(_GIVEN, *works, layout=_CONDITION) == "J Doe!; K Doe!; Roe!"


def test_a_condition_does_not_hold_where_it_does_not_help() -> None:
    """The cites are as ambiguous with it."""
    layout = _CONDITION.replace("title", "publisher")
    works = (("J Doe", 1950), ("K Doe", 1950))
    assert _cite("", *works, layout=layout) == "Doe!; Doe!"
    assert _cite(_SUFFIX, *works, layout=layout + _YEAR) == "Doe! 1950a; Doe! 1950b"


def test_a_letter_is_always_successful() -> None:
    """And comes last (method 4)."""
    works = (("John Doe", 2007), ("John Doe", 2007), ("John Doe", 2008))
    assert _cite(_SUFFIX, *works) == "Doe 2007a; Doe 2007b; Doe 2008"
    told = (("John Doe", 2007), ("Jane Doe", 2007), ("Jane Doe", 2007))
    assert _cite(f"{_SUFFIX} {_GIVEN}", *told) == (
        "John Doe 2007; Jane Doe 2007a; Jane Doe 2007b"
    )


def test_letters_go_on_with_two() -> None:
    """Behind "z" come "aa" and "ab"."""
    found = _cite(_SUFFIX, *[("John Doe", 2007)] * 28).split("; ")
    letters = [one.removeprefix("Doe 2007") for one in found]
    assert letters == [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]


def test_letters_follow_the_order_of_the_bibliography() -> None:
    """Not that of the citation; entries have them, too."""
    year = '<date variable="issued"><date-part name="year"/></date>'
    made = style(
        f'<citation {_SUFFIX}><layout delimiter="; ">{year}</layout></citation>',
        '<bibliography><sort><key variable="title"/></sort>'
        f'<layout>{year}<text variable="title" prefix=" "/></layout></bibliography>',
    )
    items = [item(name, issued=2007, title=name) for name in "cab"]
    assert cite(made, *items) == "2007c; 2007a; 2007b"
    assert entries(made, *items) == ["2007a a", "2007b b", "2007c c"]


def test_the_letter_goes_behind_the_first_year() -> None:
    """And nowhere else; of a range behind its first year."""
    layout = f"{_NAMES.format('')}{_YEAR}{_YEAR}"
    works = (("J Doe", 2007), ("J Doe", 2007))
    assert _cite(_SUFFIX, *works, layout=layout) == "Doe 2007a 2007; Doe 2007b 2007"
    made = style(
        f"<citation {_SUFFIX}><layout delimiter='; '>{_YEAR}</layout></citation>"
    )
    rows = {"date-parts": [[2000], [2001]]}
    ranges = [item(name, issued=rows) for name in "ab"]
    assert cite(made, *ranges) == " 2000a–2001; 2000b–2001"
    words = [item(name, issued={"literal": "soon"}) for name in "ab"]
    assert cite(made, *words) == " soona; soonb"


def test_lists_of_different_number_are_compared() -> None:
    """One cite has an editor more than the other."""
    layout = (
        '<names variable="author editor" delimiter="/"><name form="short"/></names>'
    )
    made = style(
        f'<citation {_GIVEN}><layout delimiter="; ">{layout}</layout></citation>'
    )
    items = [
        item("a", author="J Doe; A Roe"),
        item("b", author="J Doe", editor="A Poe"),
        item("c", author="J Doe; B Roe"),
        item("d", author="J Doe", editor="B Poe"),
    ]
    assert cite(made, *items) == "Doe, A Roe; Doe/A Poe; Doe, B Roe; Doe/B Poe"


def test_names_that_are_whole_cannot_be_expanded() -> None:
    """The long form has all that there is."""
    long = '<names variable="author"/>'
    works = (("John Doe", 1950), ("John Doe", 1950))
    assert _cite(_GIVEN, *works, layout=long) == "John Doe; John Doe"


def test_hidden_names_are_not_shown_for_their_given_names() -> None:
    """Only rendered names are expanded where no names are added."""
    works = (("A Doe; B Smith; C Zed", 1), ("A Doe; B Smith; C Zed; D Yan", 1))
    assert _cite(_GIVEN, *works, name=_CUT) == "Doe et al. 1AD; Doe et al. 1AD"
    assert _cite(f"{_GIVEN} {_MORE}", *works, name=_CUT) == (
        "Doe, Smith, Zed 1AD; Doe, Smith, Zed, et al. 1AD"
    )


def test_one_list_may_look_like_two() -> None:
    """An author and an editor, and two authors."""
    layout = (
        '<names variable="author editor" delimiter=", "><name form="short"/></names>'
    )
    made = style(
        f'<citation {_GIVEN}><layout delimiter="; ">{layout}</layout></citation>'
    )
    one = item("a", author="J Doe", editor="A Roe")
    other = item("b", author="J Doe; B Roe")
    first, second = cite(made, one, other).split("; ")
    assert first != second


@pytest.mark.parametrize("rule", ["by-cite", "all-names", "primary-name"])
def test_given_names_keep_the_mark_of_their_initials(rule: str) -> None:
    """Whole, a given name may still have initials in it ("initialize-with")."""
    works = (("M J Doe", 1950), ("Martin J Doe", 1950))
    found = _cite(_rule(rule), *works, name=_INITIALS)
    assert found == "M. J. Doe 1950; Martin J. Doe 1950"


@pytest.mark.parametrize("which", ["all-names", "primary-name"])
def test_initials_are_shown_where_they_are_unique(which: str) -> None:
    """Not where two of a family have the same ones ("...-with-initials")."""
    works = (("Jane Doe", 1950), ("John Doe", 2000), ("Adam Doe", 1999))
    rule = _rule(f"{which}-with-initials")
    found = _cite(rule, *works, name=_INITIALS)
    assert found == "Doe 1950; Doe 2000; A. Doe 1999"
    for name in ("", f'{_INITIALS} initialize="false"'):
        assert _cite(rule, *works, name=name) == "Doe 1950; Doe 2000; Doe 1999"


def test_entries_show_as_much_of_a_name_as_cites() -> None:
    """Where cites have whole names and no initials, entries have whole ones, too."""
    made = style(
        f"<citation {_GIVEN}><layout>{_NAMES.format('')}{_YEAR}</layout></citation>",
        f'<names variable="author"><name {_INITIALS}/></names>',
    )
    works = _works(("John Doe", 1950), ("Jane Doe", 1950), ("Ann Roe", 1950))
    assert entries(made, *works) == ["John Doe", "Jane Doe", "A. Roe"]
