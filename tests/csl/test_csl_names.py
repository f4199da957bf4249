"""Lists of names, their labels, and what stands in for them.

Source: CSL 1.0.2 specification, "Names", "Name", "Et-al", "Substitute", "Label in
cs:names", "Inheritable Name Options".
"""

from __future__ import annotations

from typing import Any

import pytest

from csl.making import (
    NOTHING,
    entries,
    item,
    named,
    processor,
    shown,
    style,
)
from lupusrefs.csl import CiteItem, Position
from lupusrefs.csl.output.tree import text_of

_TWO = "J. Doe; T. Williams"
_THREE = "J. Doe; S. Smith; T. Williams"


def _names(
    authors: str,
    attributes: str = "",
    *,
    inner: str = "",
    style_attributes: str = "",
    language: str | None = None,
    **cite: Any,
) -> str:
    layout = f'<names variable="author"><name {attributes}/>{inner}</names>'
    return shown(
        layout,
        item(author=authors),
        attributes=style_attributes,
        language=language,
        **cite,
    )


@pytest.mark.parametrize(
    ("attributes", "two", "three"),
    [
        # "and", and "delimiter-precedes-last" with it.
        ("", "J. Doe, T. Williams", "J. Doe, S. Smith, T. Williams"),
        (
            'delimiter-precedes-last="never"',
            "J. Doe, T. Williams",
            "J. Doe, S. Smith, T. Williams",
        ),
        (
            'and="text"',
            "J. Doe and T. Williams",
            "J. Doe, S. Smith, and T. Williams",
        ),
        (
            'and="symbol"',
            "J. Doe & T. Williams",
            "J. Doe, S. Smith, & T. Williams",
        ),
        (
            'and="text" delimiter-precedes-last="contextual"',
            "J. Doe and T. Williams",
            "J. Doe, S. Smith, and T. Williams",
        ),
        (
            'and="text" delimiter-precedes-last="always"',
            "J. Doe, and T. Williams",
            "J. Doe, S. Smith, and T. Williams",
        ),
        (
            'and="text" delimiter-precedes-last="never"',
            "J. Doe and T. Williams",
            "J. Doe, S. Smith and T. Williams",
        ),
        (
            (
                'and="text" delimiter-precedes-last="after-inverted-name"'
                ' name-as-sort-order="first"'
            ),
            "Doe, J., and T. Williams",
            "Doe, J., S. Smith and T. Williams",
        ),
        (
            'and="text" delimiter-precedes-last="after-inverted-name"',
            "J. Doe and T. Williams",
            "J. Doe, S. Smith and T. Williams",
        ),
        (
            (
                'and="text" delimiter-precedes-last="after-inverted-name"'
                ' name-as-sort-order="all"'
            ),
            "Doe, J., and Williams, T.",
            "Doe, J., Smith, S., and Williams, T.",
        ),
        ('delimiter="/"', "J. Doe/T. Williams", "J. Doe/S. Smith/T. Williams"),
        (
            'delimiter="; " and="text"',
            "J. Doe and T. Williams",
            "J. Doe; S. Smith; and T. Williams",
        ),
    ],
)
def test_between_names(attributes: str, two: str, three: str) -> None:
    """The examples of ``and`` and ``delimiter-precedes-last``."""
    assert _names(_TWO, attributes) == two
    assert _names(_THREE, attributes) == three


def test_a_single_name_has_nothing_around_it() -> None:
    """Neither delimiter nor "and"."""
    every = (
        'and="text" delimiter-precedes-last="always" et-al-min="2" et-al-use-first="1"'
    )
    assert _names("J. Doe", every) == "J. Doe"


def test_the_word_is_that_of_the_locale() -> None:
    """A language may have none, and one that is joined without spaces."""
    assert _names(_TWO, 'and="text"', language="de-DE") == "J. Doe und T. Williams"
    for term, text in (("", "J. Doe T. Williams"), ("と", "J. DoeとT. Williams")):
        own = f'<locale><terms><term name="and">{term}</term></terms></locale>'
        layout = '<names variable="author"><name and="text"/></names>'
        assert shown(layout, item(author=_TWO), locales=own) == text


def test_the_ampersand_needs_no_term() -> None:
    """``symbol`` selects it, whatever the locale has."""
    layout = '<names variable="author"><name and="symbol"/></names>'
    engine = processor(style(layout), [item(author=_TWO)], locales={})
    assert text_of(engine.citation([CiteItem("i")])) == "J. Doe & T. Williams"


@pytest.mark.parametrize(
    ("how", "one", "two"),
    [
        ("", "J. Doe et al.", "J. Doe, S. Smith, et al."),
        ("contextual", "J. Doe et al.", "J. Doe, S. Smith, et al."),
        ("always", "J. Doe, et al.", "J. Doe, S. Smith, et al."),
        ("never", "J. Doe et al.", "J. Doe, S. Smith et al."),
        ("after-inverted-name", "Doe, J., et al.", "Doe, J., S. Smith et al."),
    ],
)
def test_before_et_al(how: str, one: str, two: str) -> None:
    """The examples of ``delimiter-precedes-et-al``."""
    precedes = f'delimiter-precedes-et-al="{how}"' if how else ""
    inverted = 'name-as-sort-order="first"' if how.startswith("after") else ""
    cut = f'et-al-min="3" {precedes} {inverted}'
    assert _names(_THREE, f'{cut} et-al-use-first="1"') == one
    four = f"{_THREE}; Z. Z"
    assert _names(four, f'{cut} et-al-use-first="2"') == two


@pytest.mark.parametrize(
    ("least", "first", "names"),
    [
        (4, 1, "A, B, C"),
        (3, 1, "A et al."),
        (2, 1, "A et al."),
        (3, 2, "A, B, et al."),
        # A list that would not get shorter stays.
        (3, 3, "A, B, C"),
        (1, 5, "A, B, C"),
    ],
)
def test_when_lists_are_cut(least: int, first: int, names: str) -> None:
    """From ``et-al-min`` names on, to ``et-al-use-first``."""
    cut = f'form="short" et-al-min="{least}" et-al-use-first="{first}"'
    assert _names("A; B; C", cut) == names


def test_both_options_are_needed_to_cut() -> None:
    """Use of the two enables the abbreviation."""
    assert _names("A; B; C", 'et-al-min="2"') == "A, B, C"
    assert _names("A; B; C", 'et-al-use-first="1"') == "A, B, C"
    assert _names("A; B; C", 'et-al-min="" et-al-use-first="x"') == "A, B, C"


def test_subsequent_cites_are_cut_by_their_own_options() -> None:
    """Those that are not set are the ones of first cites."""
    both = (
        'form="short" et-al-min="3" et-al-use-first="2"'
        ' et-al-subsequent-min="2" et-al-subsequent-use-first="1"'
    )
    for position in (Position.SUBSEQUENT, Position.IBID, Position.IBID_WITH_LOCATOR):
        assert _names("A; B", both, position=position) == "A et al."
    assert _names("A; B", both) == "A, B"
    one = 'et-al-min="3" et-al-use-first="2" et-al-subsequent-use-first="1"'
    assert _names("A; B; C", one, position=Position.SUBSEQUENT) == "A et al."
    least = 'et-al-min="3" et-al-use-first="1" et-al-subsequent-min="2"'
    assert _names("A; B", least, position=Position.SUBSEQUENT) == "A et al."


def test_the_last_name_may_be_shown_of_a_list_that_is_cut() -> None:
    """Behind an ellipsis ("et-al-use-last")."""
    cut = 'form="short" et-al-min="4" et-al-use-last="true"'
    assert _names("A; B; C; D", f'{cut} et-al-use-first="1"') == "A, … D"
    assert _names("A; B; C; D", f'{cut} et-al-use-first="2"') == "A, B, … D"
    assert _names("A; B; C", f'{cut} et-al-use-first="1"') == "A, B, C"
    inverted = f'et-al-use-first="1" {cut} name-as-sort-order="all" form="long"'
    inverted = inverted.replace('form="short" ', "")
    assert _names("J. A; J. B; J. C; J. D", inverted) == "A, J., … D, J."


def test_an_ellipsis_stands_for_two_names_at_least() -> None:
    """In place of a single one it would save nothing ("et-al-use-last")."""
    cut = 'form="short" et-al-min="3" et-al-use-last="true"'
    assert _names("A; B; C; D", f'{cut} et-al-use-first="3"') == "A, B, C, et al."
    assert _names("A; B; C", f'{cut} et-al-use-first="2"') == "A, B, et al."
    assert _names("A; B; C", f'{cut} et-al-use-first="1"') == "A, … C"


def test_the_example_of_et_al_use_last() -> None:
    """Six of many names, and the last one."""
    authors = (
        "A. Goffeau; B. G. Barrell; H. Bussey; R. W. Davis; B. Dujon; H. Feldmann; "
        "F. Galibert; J. D. Hoheisel; S. G. Oliver"
    )
    attributes = 'et-al-min="8" et-al-use-first="6" et-al-use-last="true"'
    assert _names(authors, attributes) == (
        "A. Goffeau, B. G. Barrell, H. Bussey, R. W. Davis, B. Dujon, H. Feldmann, "
        "… S. G. Oliver"
    )


def test_the_term_of_lists_that_are_cut() -> None:
    """``cs:et-al`` may choose it and format it."""
    cut = 'form="short" et-al-min="2" et-al-use-first="1"'
    assert _names("A; B", cut, inner='<et-al term="and others"/>') == "A and others"
    layout = (
        f'<names variable="author"><name {cut}/><et-al font-style="italic"/></names>'
    )
    assert shown(layout, item(author="A; B"), html=True) == "A <i>et al.</i>"
    own = '<locale><terms><term name="et-al">{}</term></terms></locale>'
    for term, text in (("", "A"), ("他", "A他")):
        found = shown(layout, item(author="A; B"), locales=own.format(term))
        assert found == text


def test_a_list_that_its_author_has_cut_ends_with_the_term() -> None:
    """As if the style had cut it (pandoc's "others")."""
    authors = [*named("A", "B"), {"literal": "others"}]
    layout = '<names variable="author"><name and="text"/></names>'
    assert shown(layout, item(author=authors)) == "A, B, et al."
    one = [*named("A"), {"literal": "others"}]
    assert shown(layout, item(author=one)) == "A et al."
    # A name like any other, where it is not the last.
    assert shown(layout, item(author=authors[::-1])) == "others, B, and A"


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ('et-al-min="5" et-al-use-first="1"', "A, B, C, et al."),
        ('et-al-min="2" et-al-use-first="1"', "A et al."),
        # The last of all of them is not known.
        ('et-al-min="2" et-al-use-first="1" et-al-use-last="true"', "A et al."),
    ],
)
def test_a_list_is_cut_once(attributes: str, names: str) -> None:
    """By its author, or by the style before that."""
    authors = [*named("A", "B", "C"), {"literal": "others"}]
    layout = f'<names variable="author"><name {attributes}/></names>'
    assert shown(layout, item(author=authors)) == names


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", "J. Doe, S. Smith"),
        ("first", "Doe, J., S. Smith"),
        ("all", "Doe, J., Smith, S."),
    ],
)
def test_which_names_are_inverted(order: str, names: str) -> None:
    """The first one, or all of them."""
    attribute = f'name-as-sort-order="{order}"' if order else ""
    assert _names("J. Doe; S. Smith", attribute) == names


def test_each_variable_has_its_first_name() -> None:
    """``first`` is about each name variable."""
    layout = (
        '<names variable="author editor"><name name-as-sort-order="first"/></names>'
    )
    data = item(author="J. Doe; S. Smith", editor="A. Roe; B. Poe")
    assert shown(layout, data) == "Doe, J., S. SmithRoe, A., B. Poe"


@pytest.mark.parametrize(
    ("attributes", "count"),
    [("", "3"), ('et-al-min="3" et-al-use-first="1"', "1"), ('et-al-min="4"', "3")],
)
def test_the_number_of_names(attributes: str, count: str) -> None:
    """``form="count"``: of those that would be rendered."""
    assert _names(_THREE, f'form="count" {attributes}') == count


def test_no_names_have_no_number() -> None:
    """Nor has a list of which none is shown."""
    layout = '<names variable="author"><name form="count"/></names>'
    assert shown(layout, item()) == NOTHING
    assert _names("A; B", 'form="count" et-al-min="1" et-al-use-first="0"') == NOTHING
    assert _names("A; B", 'et-al-min="1" et-al-use-first="0"') == NOTHING


@pytest.mark.parametrize(
    ("attribute", "text"),
    [
        ('and="text"', "J. Doe, S. Smith, and T. Williams"),
        ('name-form="short"', "Doe, Smith, Williams"),
        ('name-delimiter="/"', "J. Doe/S. Smith/T. Williams"),
        ('name-as-sort-order="first"', "Doe, J., S. Smith, T. Williams"),
        (
            'name-as-sort-order="first" sort-separator=" "',
            "Doe J., S. Smith, T. Williams",
        ),
        ('initialize-with=""', "J Doe, S Smith, T Williams"),
        ('initialize-with="" initialize="false"', "J Doe, S Smith, T Williams"),
        ('et-al-min="3" et-al-use-first="1"', "J. Doe et al."),
        (
            'et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"',
            "J. Doe, et al.",
        ),
        (
            'et-al-min="3" et-al-use-first="1" et-al-use-last="true"',
            "J. Doe, … T. Williams",
        ),
        (
            'and="text" delimiter-precedes-last="never"',
            "J. Doe, S. Smith and T. Williams",
        ),
    ],
)
def test_options_are_inherited(attribute: str, text: str) -> None:
    """From ``cs:style`` and the areas to all names in them."""
    names = '<names variable="author"/>'
    data = item(author=_THREE)
    assert shown(names, data, attributes=attribute) == text
    area = f"<bibliography {attribute}><layout>{names}</layout></bibliography>"
    assert entries(style(bibliography=area), data) == [text]
    macro = style(
        bibliography=area.replace(names, '<text macro="m"/>'), macros={"m": names}
    )
    assert entries(macro, data) == [text]


def test_the_lowest_level_counts() -> None:
    """``cs:name`` over ``cs:bibliography`` over ``cs:style``."""
    data = item(author="A B; C D")
    names = '<names variable="author"><name {}/></names>'
    area = '<bibliography and="symbol"><layout>{}</layout></bibliography>'
    made = style(bibliography=area.format(names.format("")), attributes='and="text"')
    assert entries(made, data) == ["A B & C D"]
    assert shown(names.format(""), data, attributes='and="text"') == "A B and C D"
    made = style(bibliography=area.format(names.format('and="text"')))
    assert entries(made, data) == ["A B and C D"]


def test_the_delimiter_of_lists_is_inherited() -> None:
    """``names-delimiter`` corresponds to ``delimiter`` on ``cs:names``."""
    data = item(author="A B", editor="C D")
    names = '<names variable="author editor" {}/>'
    both = 'names-delimiter=" | "'
    assert shown(names.format(""), data, attributes=both) == "A B | C D"
    own = names.format('delimiter=" + "')
    assert shown(own, data, attributes=both) == "A B + C D"
