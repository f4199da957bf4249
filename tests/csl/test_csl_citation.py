"""Citations: several cites in one place, grouped and collapsed.

Source: CSL 1.0.2 specification, "Layout", "Cite Grouping", "Cite Collapsing", "Range
Delimiters".
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from csl.making import NOTHING, Data, cite, item, named, processor, style
from lupusrefs.csl import CiteItem
from lupusrefs.csl.output.tree import text_of

_AUTHOR_YEAR = (
    '<group delimiter=" "><names variable="author">'
    '<name form="short" et-al-min="2" et-al-use-first="1"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)
_SUFFIX = 'disambiguate-add-year-suffix="true"'


def _work(id_: str, author: str, year: int) -> Data:
    return item(id_, author=author, issued=year)


def _cite(
    options: str,
    *items: Data,
    delimiter: str = "; ",
    layout: str = _AUTHOR_YEAR,
    cites: Sequence[CiteItem] | None = None,
    attributes: str = "",
) -> str:
    made = style(
        f'<citation {options}><layout prefix="(" suffix=")" delimiter="{delimiter}">'
        f"{layout}</layout></citation>",
        '<text variable="title"/>',
        attributes=attributes,
    )
    return cite(made, *items, cites=cites)


_FOUR = (
    _work("1", "J Doe", 1999),
    _work("2", "A Smith", 2002),
    _work("3", "J Doe", 2006),
    _work("4", "J Doe; X Y", 2007),
)


def test_cites_have_a_delimiter_between_them() -> None:
    """And the affixes of the layout around them all ("Layout")."""
    assert _cite("", *_FOUR[:2]) == "(Doe 1999; Smith 2002)"
    number = '<text variable="citation-number"/>'
    assert _cite("", *_FOUR[:2], delimiter=", ", layout=number) == "(1, 2)"
    assert _cite("", *_FOUR[:2], delimiter="") == "(Doe 1999Smith 2002)"


def test_the_example_of_grouping() -> None:
    """Grouped cites are moved to the place of the first of the group."""
    assert _cite("", *_FOUR) == "(Doe 1999; Smith 2002; Doe 2006; Doe et al. 2007)"
    assert _cite('cite-group-delimiter="; "', *_FOUR) == (
        "(Doe 1999; Doe 2006; Smith 2002; Doe et al. 2007)"
    )


def test_cites_in_a_group_have_their_own_delimiter() -> None:
    """``cite-group-delimiter`` is for cites within a group."""
    assert _cite('cite-group-delimiter=", "', *_FOUR) == (
        "(Doe 1999, Doe 2006; Smith 2002; Doe et al. 2007)"
    )


def test_grouping_takes_what_stands_in_for_names() -> None:
    """Output through ``cs:substitute`` is compared, too."""
    layout = (
        '<names variable="author"><substitute><text variable="publisher"/></substitute>'
        '</names><date variable="issued" prefix=" "><date-part name="year"/></date>'
    )
    items = (
        item("1", publisher="P", issued=1999),
        item("2", publisher="Q", issued=2000),
        item("3", publisher="P", issued=2001),
    )
    found = _cite('collapse="year"', *items, layout=layout)
    assert found == "(P 1999, 2001; Q 2000)"


def test_cites_without_names_are_no_group() -> None:
    """They stay where they are."""
    items = (item("1", issued=1), item("2", author="A Doe"), item("3", issued=3))
    assert _cite('cite-group-delimiter=", "', *items) == "(1AD; Doe; 3AD)"


@pytest.mark.parametrize(
    ("options", "delimiter", "text"),
    [
        ('collapse="year"', ", ", "(Doe 1999, 2001, Jones 2000, Brown 2001)"),
        # The delimiter in a group is ", " where the style does not say.
        ('collapse="year"', "; ", "(Doe 1999, 2001; Jones 2000; Brown 2001)"),
        (
            'collapse="year" cite-group-delimiter=","',
            "; ",
            "(Doe 1999,2001; Jones 2000; Brown 2001)",
        ),
        (
            'collapse="year" after-collapse-delimiter="; "',
            ", ",
            "(Doe 1999, 2001; Jones 2000, Brown 2001)",
        ),
    ],
)
def test_names_are_shown_once_in_a_group(
    options: str, delimiter: str, text: str
) -> None:
    """``collapse="year"``, with the examples of its delimiters."""
    items = (
        _work("1", "J Doe", 1999),
        _work("2", "J Doe", 2001),
        _work("3", "A Jones", 2000),
        _work("4", "B Brown", 2001),
    )
    assert _cite(options, *items, delimiter=delimiter) == text


_FIVE = [_work(name, "J Doe", 2000) for name in "abcdef"]


@pytest.mark.parametrize(
    ("options", "cited", "text"),
    [
        (f'{_SUFFIX} collapse="year"', "ab", "(Doe 2000a, 2000b)"),
        (f'{_SUFFIX} collapse="year-suffix"', "ab", "(Doe 2000a, b)"),
        (f'{_SUFFIX} collapse="year-suffix"', "abc", "(Doe 2000a, b, c)"),
        (
            f'{_SUFFIX} collapse="year-suffix" year-suffix-delimiter=","',
            "ab",
            "(Doe 2000a,b)",
        ),
        (
            f'{_SUFFIX} collapse="year-suffix-ranged" year-suffix-delimiter=","',
            "abce",
            "(Doe 2000a–c,e)",
        ),
        (f'{_SUFFIX} collapse="year-suffix-ranged"', "abcdef", "(Doe 2000a–f)"),
        (f'{_SUFFIX} collapse="year-suffix-ranged"', "acde", "(Doe 2000a, c–e)"),
        (f'{_SUFFIX} collapse="year-suffix-ranged"', "ab", "(Doe 2000a, b)"),
        (f'{_SUFFIX} collapse="year-suffix-ranged"', "ace", "(Doe 2000a, c, e)"),
        # Without letters there is nothing more to collapse.
        ('collapse="year-suffix"', "ab", "(Doe 2000, 2000)"),
        ('collapse="year-suffix-ranged"', "abc", "(Doe 2000, 2000, 2000)"),
    ],
)
def test_years_are_shown_once_in_a_group(options: str, cited: str, text: str) -> None:
    """``year-suffix`` and ``year-suffix-ranged``."""
    cites = [CiteItem(name) for name in cited]
    assert _cite(options, *_FIVE, delimiter=", ", cites=cites) == text


def test_years_that_differ_are_shown() -> None:
    """Within a group of the same names."""
    items = (*_FIVE[:2], _work("x", "J Doe", 2001), _work("y", "J Doe", 2001))
    found = _cite(f'{_SUFFIX} collapse="year-suffix"', *items, delimiter=", ")
    assert found == "(Doe 2000a, b, 2001a, b)"


_LOCATED = (
    f'<group delimiter=", ">{_AUTHOR_YEAR}<group delimiter=" ">'
    '<label variable="locator" form="short"/><text variable="locator"/></group></group>'
)


def test_a_locator_prevents_a_cite_from_collapsing_further() -> None:
    """The example of "Cite Collapsing"."""
    cites = [CiteItem(name, locator="5" if name == "d" else "") for name in "abcdef"]
    options = f'{_SUFFIX} collapse="year-suffix-ranged" year-suffix-delimiter=","'
    found = _cite(options, *_FIVE, delimiter=", ", layout=_LOCATED, cites=cites)
    assert found == "(Doe 2000a–c, 2000d, p. 5, 2000e,f)"


_NUMBERED = [item(str(number)) for number in range(1, 10)]


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        ("1235", "(1–3, 5)"),
        ("321", "(3, 2, 1)"),
        ("12", "(1, 2)"),
        ("1", "(1)"),
        ("135", "(1, 3, 5)"),
        ("123567", "(1–3, 5–7)"),
        ("13456", "(1, 3–6)"),
        ("123321", "(1–3, 3, 2, 1)"),
    ],
)
def test_ranges_of_numbers(cited: str, text: str) -> None:
    """Only increasing ranges collapse."""
    cites = [CiteItem(number) for number in cited]
    number = '<text variable="citation-number"/>'
    options = 'collapse="citation-number"'
    found = _cite(options, *_NUMBERED, delimiter=", ", layout=number, cites=cites)
    assert found == text
    assert "–" not in _cite("", *_NUMBERED, delimiter=", ", layout=number, cites=cites)


@pytest.mark.parametrize(
    "more",
    [CiteItem("2", locator="5"), CiteItem("2", suffix="!"), CiteItem("2", prefix="~")],
)
def test_numbers_with_more_do_not_collapse(more: CiteItem) -> None:
    """What they have would be lost."""
    cites = [CiteItem("1"), more, CiteItem("3")]
    layout = '<text variable="citation-number"/><text variable="locator" prefix=": "/>'
    options = 'collapse="citation-number"'
    found = _cite(options, *_NUMBERED, delimiter=", ", layout=layout, cites=cites)
    assert "–" not in found


def test_a_locator_that_is_not_shown_changes_nothing() -> None:
    """Nothing is lost: the style has no place for it."""
    cites = [CiteItem("1"), CiteItem("2", locator="5"), CiteItem("3")]
    layout = '<text variable="citation-number"/>'
    options = 'collapse="citation-number"'
    found = _cite(options, *_NUMBERED, delimiter=", ", layout=layout, cites=cites)
    assert found == "(1–3)"


def test_cites_are_sorted_before_they_collapse() -> None:
    """With ``cs:sort``, numbers come in order."""
    made = style(
        '<citation collapse="citation-number"><sort><key variable="citation-number"/>'
        '</sort><layout delimiter=", "><text variable="citation-number"/></layout>'
        "</citation>",
        '<text value="x"/>',
    )
    cites = [CiteItem(number) for number in "3125"]
    assert cite(made, *_NUMBERED, cites=cites) == "1–3, 5"


# --- the affixes of cites, and cites without names ---------------------------------


@pytest.mark.parametrize(
    ("prefix", "suffix", "text"),
    [
        ("see ", "", "(see Doe 2000)"),
        ("see", "", "(see Doe 2000)"),
        ("<i>see</i> ", "", "(see Doe 2000)"),
        ("", ", and others", "(Doe 2000, and others)"),
        ("", "and others", "(Doe 2000 and others)"),
        ("", "<b>bold</b>", "(Doe 2000 bold)"),
        ("e.g. ", ".", "(e.g. Doe 2000.)"),
        ("e.g.,", "", "(e.g., Doe 2000)"),
        ("<i>see</i>", "", "(see Doe 2000)"),
        ("see (", ")", "(see (Doe 2000))"),
        ("", "[sic]", "(Doe 2000 [sic])"),
        ("", "(a reprint)", "(Doe 2000 (a reprint))"),
        ("", "; passim", "(Doe 2000; passim)"),
        ("see", "and others", "(see Doe 2000 and others)"),
        ("[see]", "“again”", "([see] Doe 2000 “again”)"),
    ],
)
def test_a_cite_has_affixes_of_its_own(prefix: str, suffix: str, text: str) -> None:
    """They may have markup, and words among them get a space."""
    cites = [CiteItem("a", prefix=prefix, suffix=suffix)]
    assert _cite("", _FIVE[0], cites=cites) == text


def test_a_prefix_may_bring_its_own_delimiter() -> None:
    """Then that of the layout is left out."""
    items = (_work("1", "A", 1), _work("2", "B", 2))
    cites = [CiteItem("1"), CiteItem("2", prefix=", but ")]
    assert _cite("", *items, cites=cites) == "(A 1AD, but B 2AD)"


def test_cites_that_show_nothing_are_left_out() -> None:
    """Their delimiter goes with them, their affixes do not."""
    layout = '<text variable="title"/>'
    items = (item("1", title="A"), item("2"), item("3", title="C"))
    assert _cite("", *items, layout=layout) == "(A; C)"
    cites = [CiteItem("1"), CiteItem("2", prefix="x", suffix="y")]
    assert _cite("", *items, layout=layout, cites=cites).startswith("(A; x")
    assert _cite("", items[1], layout=layout) == NOTHING


def _with(cites: Sequence[CiteItem], *, layout: str = _AUTHOR_YEAR) -> str:
    area = f'<citation><layout prefix="(" suffix=")" delimiter="; ">{layout}</layout>'
    made = style(f"{area}</citation>")
    items = [_work("1", "J Doe", 2000), _work("2", "A Roe", 2001), item("3", title="T")]
    return text_of(processor(made, items).citation(cites))


def test_the_author_may_be_left_out_or_alone() -> None:
    """For names that stand in the text."""
    assert _with([CiteItem("1", suppress_author=True)]) == "(2000)"
    assert _with([CiteItem("1", author_only=True)]) == "Doe"
    assert (
        _with([CiteItem("1", suppress_author=True), CiteItem("2")])
        == "(2000; Roe 2001)"
    )


def test_an_author_that_something_stands_in_for_may_be_left_out() -> None:
    """What stands in is left out in its place; of later names nothing is."""
    layout = (
        '<names variable="author"><substitute><names variable="editor"/>'
        '<text variable="title"/></substitute></names>'
        '<text variable="title" prefix="|"/><names variable="translator" prefix="/"/>'
    )
    made = style(f'<citation><layout delimiter="; ">{layout}</layout></citation>')

    def shown(**variables: object) -> str:
        data = item("x", **variables)
        cites = [CiteItem("x", suppress_author=True)]
        return text_of(processor(made, [data]).citation(cites))

    translator = named("A Doe")
    assert shown(title="T", translator=translator) == "/A Doe"
    assert shown(title="T", editor="E", translator=translator) == "|T/A Doe"
    assert shown(title="T", author="B", translator=translator) == "|T/A Doe"


def test_names_in_the_text_and_the_rest_behind_them() -> None:
    """The first cite gives the names; all of them make the rest."""
    made = style(
        f'<citation><layout prefix="(" suffix=")" delimiter="; ">{_AUTHOR_YEAR}'
        "</layout></citation>"
    )
    engine = processor(made, [_work("1", "J Doe", 2000), _work("2", "A Roe", 2001)])
    both = [CiteItem("1"), CiteItem("2")]
    assert text_of(engine.composite(both)) == "Doe (2000; Roe 2001)"
    assert text_of(engine.composite(both[:1])) == "Doe (2000)"
