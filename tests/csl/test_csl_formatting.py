"""Affixes, quotation marks and formatting around what an element emits.

Source: CSL 1.0.2 specification, "Formatting", "Affixes", "Quotes", "Strip-periods",
"Display", "Text-case".
"""

from __future__ import annotations

import pytest

from csl.making import NOTHING, cite, entries, item, shown, style

_TITLE = item(title="a.b")


@pytest.mark.parametrize(
    ("attributes", "html"),
    [
        ('font-style="italic"', "<i>a.b</i>"),
        ('font-style="oblique"', "<em>a.b</em>"),
        ('font-style="normal"', "a.b"),
        (
            'font-variant="small-caps"',
            '<span style="font-variant:small-caps;">a.b</span>',
        ),
        ('font-variant="normal"', "a.b"),
        ('font-weight="bold"', "<b>a.b</b>"),
        ('font-weight="light"', '<span style="font-weight:lighter;">a.b</span>'),
        ('font-weight="normal"', "a.b"),
        (
            'text-decoration="underline"',
            '<span style="text-decoration:underline;">a.b</span>',
        ),
        ('text-decoration="none"', "a.b"),
        ('vertical-align="sup"', "<sup>a.b</sup>"),
        ('vertical-align="sub"', "<sub>a.b</sub>"),
        ('quotes="true"', "“a.b”"),
        ('quotes="false"', "a.b"),
        ('strip-periods="true"', "ab"),
        ('strip-periods="false"', "a.b"),
        ('text-case="uppercase"', "A.B"),
    ],
)
def test_each_attribute(attributes: str, html: str) -> None:
    """The values that the specification lists; the defaults do nothing."""
    assert shown(f'<text variable="title" {attributes}/>', _TITLE, html=True) == html


@pytest.mark.parametrize(
    ("attributes", "html"),
    [
        ('font-style="italic"', ".x(<i>a.b</i>)y."),
        ('quotes="true"', ".x(“a.b”)y."),
        ('strip-periods="true"', ".x(ab)y."),
        ('text-case="uppercase"', ".x(A.B)y."),
    ],
)
def test_affixes_are_outside_of_all_else(attributes: str, html: str) -> None:
    """Outside of formatting, quotes, strip-periods and text-case ("Affixes")."""
    layout = f'<text variable="title" prefix=".x(" suffix=")y." {attributes}/>'
    assert shown(layout, _TITLE, html=True) == html


def test_a_group_brings_affixes_into_reach() -> None:
    """The workaround that the specification names."""
    layout = (
        '<group font-style="italic" prefix="[" suffix="]">'
        '<text variable="title" prefix="(" suffix=")"/></group>'
    )
    assert shown(layout, _TITLE, html=True) == "[<i>(a.b)</i>]"


def test_the_affixes_of_a_layout_are_in_its_formatting() -> None:
    """They are the exception."""
    area = '<{0}><layout prefix="(" suffix=")" font-style="italic">{1}</layout></{0}>'
    text = '<text variable="title"/>'
    made = style(area.format("citation", text), area.format("bibliography", text))
    assert cite(made, _TITLE, html=True) == "<i>(a.b)</i>"
    assert entries(made, _TITLE, html=True) == ["<i>(a.b)</i>"]


@pytest.mark.parametrize("element", ["text", "number", "date", "names"])
def test_an_element_without_output_has_no_affixes(element: str) -> None:
    """They are only rendered if the element produces output."""
    layout = f'<{element} variable="issued" prefix="(" suffix=")" font-style="italic"/>'
    assert shown(layout) == NOTHING


def test_formattings_nest_in_one_order() -> None:
    """All of them may be on one element."""
    html = shown(
        '<text variable="title" font-style="italic" font-weight="bold" quotes="true"'
        ' vertical-align="sup" prefix="(" suffix=")"/>',
        _TITLE,
        html=True,
    )
    assert html == "(“<sup><b><i>a.b</i></b></sup>”)"


@pytest.mark.parametrize(
    ("outer", "inner", "html"),
    [
        ("italic", "italic", '<i>a <span style="font-style:normal;">b</span></i>'),
        ("italic", "normal", '<i>a <span style="font-style:normal;">b</span></i>'),
        ("normal", "italic", "a <i>b</i>"),
    ],
)
def test_a_formatting_takes_back_that_around_it(
    outer: str, inner: str, html: str
) -> None:
    """Italics in italics are upright; ``normal`` is upright in italics."""
    layout = (
        f'<group font-style="{outer}"><text value="a "/>'
        f'<text value="b" font-style="{inner}"/></group>'
    )
    assert shown(layout, html=True) == html


@pytest.mark.parametrize(
    ("display", "html"),
    [
        ("block", '\n\n    <div class="csl-block">(a.b)</div>\n'),
        ("left-margin", '\n    <div class="csl-left-margin">(a.b)</div>'),
        ("right-inline", '<div class="csl-right-inline">(a.b)</div>\n  '),
        ("indent", '\n    <div class="csl-indent">(a.b)</div>\n  '),
        ("no-such-display", "(a.b)"),
    ],
)
def test_display_is_around_the_affixes(display: str, html: str) -> None:
    """Blocks are all that an element emits ("Display")."""
    layout = f'<text variable="title" display="{display}" prefix="(" suffix=")"/>'
    assert entries(style(bibliography=layout), _TITLE, html=True) == [html]


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ('<text term="edition" form="short" strip-periods="true"/>', "ed"),
        ('<text term="edition" text-case="capitalize-first"/>', "Edition"),
        ('<text value="a.b" strip-periods="true" suffix="."/>', "ab."),
        ('<label variable="page" form="short" strip-periods="true"/>', "p"),
        (
            '<number variable="edition" form="long-ordinal" text-case="uppercase"/>',
            "THIRD",
        ),
        ('<text macro="m" text-case="uppercase" strip-periods="true"/>', "AB"),
        ('<text macro="m" quotes="true" prefix="("/>', "(“a.b”"),
    ],
)
def test_changes_of_text_wherever_they_may_stand(layout: str, text: str) -> None:
    """On terms, values, labels, numbers and macros."""
    data = item(title="a.b", edition="3", page="7")
    assert shown(layout, data, macros={"m": '<text variable="title"/>'}) == text


def test_markup_of_a_value_stays_under_changes() -> None:
    """Case and periods change in the text alone."""
    data = item(title="<i>a.</i>b.")
    layout = '<text variable="title" text-case="uppercase" strip-periods="true"/>'
    assert shown(layout, data, html=True) == "<i>A</i>B"
    layout = '<text variable="title" strip-periods="true"/>'
    assert shown(layout, data, html=True) == "<i>a</i>b"
