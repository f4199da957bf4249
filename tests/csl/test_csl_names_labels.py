"""Names of several variables, and their labels.

Source: CSL 1.0.2 specification, "Names", "Label in cs:names".
"""

from __future__ import annotations

import pytest

from csl.making import (
    item,
    named,
    shown,
)


def test_variables_are_rendered_in_the_order_of_the_style() -> None:
    """Each by itself, with the delimiter of ``cs:names`` ("Names")."""
    layout = (
        '<names variable="editor translator" delimiter="; ">'
        '<name form="short"/><label prefix=" (" suffix=")"/></names>'
    )
    data = item(editor="A Doe; B Smith", translator="C Johnson")
    assert shown(layout, data) == "Doe, Smith (editors); Johnson (translator)"
    swapped = layout.replace("editor translator", "translator editor")
    assert shown(swapped, data) == "Johnson (translator); Doe, Smith (editors)"
    assert shown(layout, item(translator="C Johnson")) == "Johnson (translator)"


def test_editors_who_are_the_translators_are_named_once() -> None:
    """With a term of their own."""
    layout = (
        '<names variable="{}" delimiter="; ">'
        '<name form="short"/><label prefix=" (" suffix=")"/></names>'
    )
    both = item(editor="Ann Doe", translator="Ann Doe")
    for variables in ("editor translator", "translator editor"):
        assert shown(layout.format(variables), both) == "Doe (editor & translator)"
    others = item(editor="Ann Doe", translator="Bea Doe")
    assert shown(layout.format("editor translator"), others) == (
        "Doe (editor); Doe (translator)"
    )
    authors = item(author="Ann Doe", translator="Ann Doe")
    assert shown(layout.format("author translator"), authors) == "Doe; Doe (translator)"


def test_names_without_a_label_need_no_term() -> None:
    """Editors who are the translators are named once there, too."""
    layout = '<names variable="editor translator" delimiter="; "><name/></names>'
    both = item(editor="Ann Doe; Bea Roe", translator="Ann Doe; Bea Roe")
    assert shown(layout, both) == "Ann Doe, Bea Roe"
    swapped = item(editor="Ann Doe; Bea Roe", translator="Bea Roe; Ann Doe")
    assert shown(layout, swapped) == "Ann Doe, Bea Roe; Bea Roe, Ann Doe"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("long", "Doe (editor & translator)"),
        ("short", "Doe (ed.); Doe (translator)"),
    ],
)
def test_a_label_needs_the_term_in_its_form(form: str, text: str) -> None:
    """Without ``editortranslator`` each has a label of its own."""
    own = '<locale><terms><term name="editortranslator" form="short"/></terms></locale>'
    layout = (
        '<names variable="editor translator" delimiter="; "><name form="short"/>'
        f'<label form="{form}" prefix=" (" suffix=")"/></names>'
    )
    both = item(editor="Ann Doe", translator="Ann Doe")
    assert shown(layout, both, locales=own) == text


@pytest.mark.parametrize(
    ("label", "one", "two"),
    [
        ("<label/>", "Doeeditor", "Doe, Roeeditors"),
        ('<label form="short" prefix=", "/>', "Doe, ed.", "Doe, Roe, eds."),
        ('<label form="verb" prefix=" "/>', "Doe edited by", "Doe, Roe edited by"),
        (
            '<label form="verb-short" prefix=" "/>',
            "Doe edited by",
            "Doe, Roe edited by",
        ),
        ('<label form="symbol" prefix=" "/>', "Doe ed.", "Doe, Roe eds."),
        ('<label plural="always" prefix=" "/>', "Doe editors", "Doe, Roe editors"),
        ('<label plural="never" prefix=" "/>', "Doe editor", "Doe, Roe editor"),
        (
            '<label form="short" strip-periods="true" text-case="uppercase"/>',
            "DoeED",
            "Doe, RoeEDS",
        ),
    ],
)
def test_labels_of_lists(label: str, one: str, two: str) -> None:
    """In any form, singular or plural, formatted."""
    layout = f'<names variable="editor"><name form="short"/>{label}</names>'
    assert shown(layout, item(editor="A Doe")) == one
    assert shown(layout, item(editor="A Doe; B Roe")) == two


def test_where_the_label_stands() -> None:
    """Its position relative to ``cs:name`` determines the order."""
    label = '<label form="verb" suffix=" "/>'
    layout = f'<names variable="editor">{label}<name form="short"/></names>'
    assert shown(layout, item(editor="A Doe")) == "edited by Doe"
    # Without a cs:name it goes where labels of long form go, behind the names.
    layout = f'<names variable="editor">{label}</names>'
    assert shown(layout, item(editor="A Doe")) == "A Doeedited by "


def test_a_label_without_a_term_is_nothing() -> None:
    """Its affixes go with it."""
    layout = '<names variable="guest"><label prefix=" (" suffix=")"/></names>'
    assert shown(layout, item(guest=named("A Doe"))) == "A Doe"


def test_formatting_of_lists() -> None:
    """Of ``cs:names`` around all of it, affixes outside."""
    layout = (
        '<names variable="author" prefix="(" suffix=")" font-style="italic">'
        '<name form="short"/></names>'
    )
    assert shown(layout, item(author="A Doe; B Roe"), html=True) == "(<i>Doe, Roe</i>)"
    layout = '<names variable="author"><name form="short" font-weight="bold"/></names>'
    assert shown(layout, item(author="A Doe"), html=True) == "<b>Doe</b>"
