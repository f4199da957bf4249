"""What stands in for names that an item has not.

Source: CSL 1.0.2 specification, "Substitute".
"""

from __future__ import annotations

import pytest

from csl.making import (
    NOTHING,
    bibliography,
    item,
    shown,
    style,
)

_AUTHOR = (
    '<names variable="author"><name form="short"/><substitute>'
    '<names variable="editor"/><text macro="title"/></substitute></names>'
)
_MACROS = {"author": _AUTHOR, "title": '<text variable="title" quotes="true"/>'}


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        ({"author": "A Doe", "editor": "B Roe", "title": "T"}, "Doe"),
        ({"editor": "B Roe", "title": "T"}, "Roe"),
        ({"title": "T"}, "“T”"),
        ({}, NOTHING),
    ],
)
def test_the_first_that_is_not_empty_stands_in(
    variables: dict[str, str], text: str
) -> None:
    """Elements of ``cs:substitute`` are tried in order."""
    assert shown('<text macro="author"/>', item(**variables), macros=_MACROS) == text


def test_what_stood_in_is_not_shown_again() -> None:
    """In the rest of the output, whatever it is called by."""
    rest = (
        '<text macro="author"/><group prefix="|"><names variable="editor"/></group>'
        '<text variable="title" prefix="|"/><text macro="title" prefix="|"/>'
    )
    assert shown(rest, item(title="T"), macros=_MACROS) == "“T”"
    data = item(editor="B Roe", title="T")
    assert shown(rest, data, macros=_MACROS) == "Roe|T|“T”"


def test_dates_and_numbers_may_stand_in_too() -> None:
    """They are suppressed as other variables are."""
    layout = (
        '<group delimiter="|"><names variable="author"><substitute>'
        '<date variable="issued" form="text"/></substitute></names>'
        '<date variable="issued" form="text"/><number variable="volume"/></group>'
    )
    assert shown(layout, item(issued=2020, volume="7")) == "2020|7"
    layout = layout.replace('<date variable="issued" form="text"/></sub', "</sub")
    layout = layout.replace("<substitute>", '<substitute><number variable="volume"/>')
    assert shown(layout, item(issued=2020, volume="7")) == "7|2020"


def test_what_was_shown_before_is_not_suppressed() -> None:
    """If it was rendered earlier, it is shown twice."""
    layout = '<text variable="title" suffix="|"/><text macro="author"/>'
    assert shown(layout, item(title="T"), macros=_MACROS) == "T|“T”"


def test_a_group_around_what_is_suppressed_is_empty() -> None:
    """Substituted variables are considered empty for it."""
    layout = (
        '<text macro="author"/><group prefix=" "><text value="in "/>'
        '<text variable="title"/></group>'
    )
    assert shown(layout, item(title="T"), macros=_MACROS) == "“T”"


def test_a_shorthand_has_the_options_of_the_outer_names() -> None:
    """``cs:names`` without children inherits ``cs:name`` and ``cs:et-al``."""
    cut = '<name form="short" et-al-min="2" et-al-use-first="1"/>'
    cut += '<et-al term="and others"/>'
    layout = (
        f'<names variable="author">{cut}<substitute><names variable="editor"/>'
        '<names variable="translator"><name/></names></substitute></names>'
    )
    assert shown(layout, item(editor="A Doe; B Roe")) == "Doe and others"
    assert shown(layout, item(translator="A Doe; B Roe")) == "A Doe, B Roe"


def test_several_variables_may_stand_in() -> None:
    """With a delimiter of their own, or with that of the outer names."""
    layout = (
        '<names variable="author" delimiter=" / "><name form="short"/><substitute>'
        '<names variable="editor translator"{}/></substitute></names>'
    )
    data = item(editor="A Doe", translator="B Roe")
    assert shown(layout.format(""), data) == "Doe / Roe"
    assert shown(layout.format(' delimiter="; "'), data) == "Doe; Roe"


def test_substitutes_may_have_substitutes() -> None:
    """Each in its turn."""
    layout = (
        '<names variable="author"><substitute><names variable="editor"><name/>'
        '<substitute><text variable="publisher"/></substitute></names>'
        '<text variable="title"/></substitute></names>'
        '<text variable="title" prefix="|"/>'
    )
    assert shown(layout, item(title="T", publisher="P")) == "P|T"
    assert shown(layout, item(title="T")) == "T"


def test_what_stands_in_is_not_missed() -> None:
    """The bibliography tells the variables that an item lacks."""
    made = style(bibliography='<text macro="author"/>', macros=_MACROS)
    assert bibliography(made, item(title="T")).missing == {}
    missing = bibliography(made, item()).missing["i"]
    assert set(missing) == {"author", "editor", "title"}
