"""Groups, macros and choices.

Source: CSL 1.0.2 specification, "Group", "Choose", "Macro", "Delimiter".
"""

from __future__ import annotations

import pytest

from csl.making import NOTHING, item, shown

_URL = item(URL="http://example.com")
_RETRIEVED = (
    '<group delimiter=" "><text term="retrieved"/><text term="from"/>'
    '<text variable="URL"/></group>'
)


def test_the_example_of_groups() -> None:
    """Without an URL it does not generate output."""
    assert shown(_RETRIEVED, _URL) == "retrieved from http://example.com"
    assert shown(_RETRIEVED) == NOTHING


_CALLS = {
    "text": '<text variable="title"/>',
    "number": '<number variable="volume"/>',
    "date": '<date variable="issued" form="text"/>',
    "names": '<names variable="author"/>',
    "macro": '<text macro="title"/>',
    "choose": '<choose><if type="book"><text variable="title"/></if></choose>',
    "group": '<group><text variable="title"/></group>',
    "locator": '<text variable="locator"/>',
    "label": '<text variable="citation-label"/>',
}


@pytest.mark.parametrize("call", _CALLS)
def test_a_group_whose_variables_are_empty_is_suppressed(call: str) -> None:
    """Whatever calls them, directly or via a macro."""
    layout = f'<group prefix="("><text value="x"/>{_CALLS[call]}</group>'
    macros = {"title": '<text variable="title"/>'}
    assert shown(layout, macros=macros) == NOTHING
    full = item(title="T", volume="1", issued=2020, author="A")
    assert shown(layout, full, macros=macros, locator="7").startswith("(x")


def test_a_group_that_calls_no_variable_is_shown() -> None:
    """It is not suppressed, then."""
    assert (
        shown('<group prefix="("><text value="x"/><text term="in"/></group>') == "(xin"
    )
    assert shown("<group/>") == NOTHING


def test_one_variable_is_enough() -> None:
    """Of all that are called."""
    layout = (
        '<group delimiter=", "><text value="x"/><text variable="title"/>'
        '<text variable="publisher"/></group>'
    )
    assert shown(layout, item(publisher="P")) == "x, P"


def test_a_group_in_a_group_is_a_variable_of_it() -> None:
    """A non-empty one is treated as a non-empty variable."""
    inner = '<group><text value="y"/></group>'
    layout = f'<group><text variable="title"/>{inner}</group>'
    assert shown(layout) == "y"
    suppressed = '<group><text value="x"/><group><text value="y"/>{}</group></group>'
    assert shown(suppressed.format('<text variable="title"/>')) == NOTHING
    assert (
        shown(suppressed.format('<text variable="title"/>'), item(title="T")) == "xyT"
    )


def test_a_macro_in_a_group_is_a_variable_of_it() -> None:
    """If it is not empty, even if it calls none."""
    macros = {"m": '<text value="y"/>', "empty": '<text variable="title"/>'}
    layout = '<group><text variable="title"/><text macro="{}"/></group>'
    assert shown(layout.format("m"), macros=macros) == "y"
    assert shown(layout.format("empty"), macros=macros) == NOTHING


def test_what_is_suppressed_leaves_the_rest_alone() -> None:
    """Groups beside each other do not know of each other."""
    layout = f'{_RETRIEVED}<group><text value="x"/><text variable="title"/></group>'
    assert shown(layout, item(title="T")) == "xT"
    assert shown(layout, _URL) == "retrieved from http://example.com"


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        (
            '<group delimiter=", "><text value="a"/><text value="b"/></group>',
            "a, b",
        ),
        # Only between pieces that are not empty.
        (
            (
                '<group delimiter=", "><text variable="genre"/><text value="a"/>'
                '<text variable="title"/><text variable="genre"/><text value="b"/>'
                "</group>"
            ),
            "a, T, b",
        ),
        # Not in a group, macro, date or names in it.
        (
            (
                '<group delimiter=": "><text term="retrieved"/><group>'
                '<text value="&lt;"/><text variable="title"/><text value="&gt;"/>'
                "</group></group>"
            ),
            "retrieved: <T>",
        ),
        (
            '<group delimiter=", "><text macro="m"/><text value="c"/></group>',
            "ab, c",
        ),
        (
            (
                '<group delimiter=", "><date variable="issued">'
                '<date-part name="month"/><date-part name="year"/></date>'
                '<text value="c"/></group>'
            ),
            "May2020, c",
        ),
        (
            (
                '<group delimiter="/"><names variable="author editor"/>'
                '<text value="c"/></group>'
            ),
            "A BC D/c",
        ),
        # But in the output of a choice.
        (
            (
                '<group delimiter=", "><choose><if type="book"><text value="a"/>'
                '<text value="b"/></if></choose><text value="c"/></group>'
            ),
            "a, b, c",
        ),
        (
            (
                '<group delimiter=", "><choose><if type="map"/><else-if type="book">'
                '<text value="a"/><text value="b"/></else-if></choose></group>'
            ),
            "a, b",
        ),
        (
            (
                '<group delimiter=", "><choose><if type="map"/><else><choose>'
                '<if type="book"><text value="a"/><text value="b"/></if></choose>'
                '<text value="c"/></else></choose><text value="d"/></group>'
            ),
            "a, b, c, d",
        ),
    ],
)
def test_delimiters(layout: str, text: str) -> None:
    """They delimit non-empty pieces, and do not reach into delimiting elements."""
    data = item(
        title="T",
        author="A B",
        editor="C D",
        issued={"date-parts": [[2020, 5]]},
    )
    macros = {"m": '<text value="a"/><text value="b"/>'}
    assert shown(layout, data, macros=macros) == text


def test_affixes_and_formatting_of_a_group() -> None:
    """They are applied to its output as a whole."""
    layout = (
        '<group delimiter=", " prefix="(" suffix=")" font-style="italic">'
        '<text variable="title"/><text value="x"/></group>'
    )
    assert shown(layout, item(title="T"), html=True) == "(<i>T, x</i>)"
    assert shown(layout, html=True) == NOTHING


def test_macros_may_call_macros() -> None:
    """And each call has a formatting of its own."""
    macros = {
        "title": '<text variable="title"/>',
        "both": '<text macro="title" font-style="italic"/>'
        '<text macro="title" prefix=" "/>',
    }
    layout = '<text macro="both" quotes="true" suffix="."/>'
    assert shown(layout, item(title="T"), macros=macros, html=True) == "“<i>T</i> T”."


def test_the_example_of_macros() -> None:
    """The title in italics if the item is a book."""
    macro = (
        '<choose><if type="book"><text variable="title" font-style="italic"/></if>'
        '<else><text variable="title"/></else></choose>'
    )
    for kind, html in (("book", "<i>T</i>"), ("map", "T")):
        data = item(title="T", type=kind)
        assert shown('<text macro="t"/>', data, macros={"t": macro}, html=True) == html


def test_the_example_of_choices() -> None:
    """The date when it exists, a term when it does not."""
    layout = (
        '<choose><if variable="issued"><date variable="issued" form="numeric"/></if>'
        '<else><text term="no date"/></else></choose>'
    )
    assert shown(layout, item(issued=2020)) == "2020"
    assert shown(layout) == "no date"


def test_a_macro_that_is_never_called_is_never_compiled() -> None:
    """A style may have what nobody uses."""
    assert (
        shown('<text value="x"/>', macros={"unused": '<text variable="title"/>'}) == "x"
    )
