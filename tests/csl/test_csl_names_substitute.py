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


_OUTER = (
    '<names variable="author"><name form="short" et-al-min="3" et-al-use-first="1"/>'
    '<et-al term="and others"/><label form="short" prefix=" (" suffix=")"/>'
    "<substitute>{}</substitute></names>"
)
_EDITORS = '<names variable="editor"/>'


@pytest.mark.parametrize(
    ("stand_in", "text"),
    [
        ("{}", "Doe and others (eds.)"),
        ('<choose><if type="book">{}</if></choose>', "Doe and others (eds.)"),
        (
            '<choose><if type="map"/><else-if type="book">{}</else-if></choose>',
            "Doe and others (eds.)",
        ),
        (
            '<choose><if type="map"/><else>{}</else></choose>',
            "Doe and others (eds.)",
        ),
        ('<group prefix="[" suffix="]">{}</group>', "[Doe and others (eds.)]"),
        (
            '<group delimiter=", ">{}<text variable="title"/></group>',
            "Doe and others (eds.), T",
        ),
        (
            (
                '<group><choose><if type="book"><group suffix="!">{}</group></if>'
                "</choose></group>"
            ),
            "Doe and others (eds.)!",
        ),
    ],
)
def test_a_shorthand_is_one_at_any_depth(stand_in: str, text: str) -> None:
    """In conditions and groups it has the options of the outer names, too."""
    data = item(editor="A Doe; B Roe; C Poe", title="T")
    assert shown(_OUTER.format(stand_in.format(_EDITORS)), data) == text


def test_the_names_of_a_branch_are_alternatives() -> None:
    """The first that is not empty is shown, and is not shown again."""
    branch = _EDITORS + '<names variable="translator"/><text variable="title"/>'
    layout = _OUTER.format(f'<choose><if type="book">{branch}</if></choose>')
    again = '<names variable="{}" prefix="|"><name form="short"/></names>'
    layout += again.format("editor") + again.format("translator")
    layout += '<text variable="title" prefix="|"/>'
    data = item(editor="A Doe", translator="B Roe", title="T")
    assert shown(layout, data) == "Doe (ed.)|Roe|T"
    assert shown(layout, item(translator="B Roe", title="T")) == "Roe (translator)|T"
    assert shown(layout, item(title="T")) == "T"


@pytest.mark.parametrize("stand_in", ["{}", '<choose><if type="book">{}</if></choose>'])
def test_a_shorthand_has_the_affixes_and_formatting_of_the_outer_names(
    stand_in: str,
) -> None:
    """All the attributes of ``cs:names``, where it has none of its own."""
    layout = (
        '<names variable="author" prefix="(" suffix=")" font-style="italic">'
        f'<name form="short"/><substitute>{stand_in}</substitute></names>'
    )
    data = item(editor="A Doe")
    html = shown(layout.format(_EDITORS), data, html=True)
    assert html == "(<i>Doe</i>)"
    own = _EDITORS.replace("/>", ' prefix="[" suffix="]"/>')
    html = shown(layout.format(own), data, html=True)
    assert html == "[<i>Doe</i>]"


@pytest.mark.parametrize(
    "stand_in",
    [
        '<choose><if type="book"><text variable="title"/></if></choose>',
        '<group prefix="“" suffix="”"><text variable="title"/></group>',
        '<text macro="t"/>',
    ],
)
def test_what_stood_in_at_any_depth_is_not_shown_again(stand_in: str) -> None:
    """Whatever was around it."""
    layout = _OUTER.format(stand_in) + '<text variable="title" prefix="|"/>'
    layout += '<text variable="publisher" prefix="|"/>'
    macros = {"t": '<text variable="title"/>'}
    text = shown(layout, item(title="T", publisher="P"), macros=macros)
    assert text.strip("“”").replace("”|", "|") == "T|P"
