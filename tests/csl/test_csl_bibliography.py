"""Bibliographies: reference grouping, layout on the page, and what is missing.

Source: CSL 1.0.2 specification, "Bibliography", "Bibliography-specific Options",
"Display".
"""

from __future__ import annotations

import pytest

from csl.making import NOTHING, bibliography, cite, entries, item, processor, style
from lupusrefs.csl import StyleError
from lupusrefs.csl.output.tree import Layout, Tag, Tagged

_NAMES = (
    '<names variable="author"><name form="short" and="symbol" et-al-min="4"'
    ' et-al-use-first="2" delimiter-precedes-last="never"'
    ' delimiter-precedes-et-al="never"/></names>'
)
_YEAR = '<date variable="issued" prefix=". "><date-part name="year"/></date>'
# The entries of "Reference Grouping".
_WORKS = (
    ("Doe", 1999),
    ("Doe", 2000),
    ("Doe; Johnson; Williams", 2001),
    ("Doe; Smith", 2002),
    ("Doe; Stevens; Miller", 2003),
    ("Doe; Stevens; Miller", 2004),
    ("Doe; Williams; Poe; Roe", 2005),
    ("Doe; Williams; Poe; Roe", 2006),
)


def _grouped(options: str, names: str = _NAMES) -> list[str]:
    made = style(
        bibliography=f"<bibliography {options}><layout>{names}{_YEAR}</layout>"
        "</bibliography>"
    )
    works = [
        item(str(number), author=author, issued=year)
        for number, (author, year) in enumerate(_WORKS)
    ]
    return entries(made, *works)


_SUBSTITUTE = 'subsequent-author-substitute="---"'
_RULE = 'subsequent-author-substitute-rule="{}"'
_WHOLE = [
    "Doe. 1999",
    "Doe. 2000",
    "Doe, Johnson & Williams. 2001",
    "Doe & Smith. 2002",
    "Doe, Stevens & Miller. 2003",
    "Doe, Stevens & Miller. 2004",
    "Doe, Williams et al.. 2005",
    "Doe, Williams et al.. 2006",
]


def _line(number: int, names: str) -> str:
    return f"{names}. {_WORKS[number][1]}"


@pytest.mark.parametrize(
    ("rule", "replaced"),
    [
        ("", {1: "---", 5: "---", 7: "---"}),
        (_RULE.format("complete-all"), {1: "---", 5: "---", 7: "---"}),
        (
            _RULE.format("complete-each"),
            {1: "---", 5: "---, --- & ---", 7: "---, --- et al"},
        ),
    ],
)
def test_the_tables_of_complete_matches(rule: str, replaced: dict[int, str]) -> None:
    """All names have to match those of the entry before."""
    expected = [line.replace("..", ".") for line in _WHOLE]
    for number, names in replaced.items():
        expected[number] = _line(number, names)
    assert _grouped(f"{_SUBSTITUTE} {rule}") == expected


@pytest.mark.parametrize(
    ("rule", "replaced"),
    [
        (
            "partial-each",
            {1: "---", 3: "--- & Smith", 5: "---, --- & ---", 7: "---, --- et al"},
        ),
        (
            "partial-first",
            {
                1: "---",
                3: "--- & Smith",
                5: "---, Stevens & Miller",
                7: "---, Williams et al",
            },
        ),
    ],
)
def test_the_tables_of_partial_matches(rule: str, replaced: dict[int, str]) -> None:
    """Matching starts with the first name, up to the first mismatch.

    Of the tables only the lines that the rule changes: in others they leave a first
    name that matches, against the rule's own words.
    """
    found = _grouped(f"{_SUBSTITUTE} {_RULE.format(rule)}")
    for number, names in replaced.items():
        assert found[number] == _line(number, names)
    assert found[0] == "Doe. 1999"


def test_without_the_option_names_are_repeated() -> None:
    """It is off where a style does not set it."""
    assert _grouped("") == [line.replace("..", ".") for line in _WHOLE]


def test_affixes_and_labels_of_names_stay() -> None:
    """The affixes set on ``cs:names`` are not replaced."""
    names = (
        '<names variable="author" prefix="[" suffix="]"><name form="short"/></names>'
    )
    assert _grouped(_SUBSTITUTE, names)[:2] == ["[Doe]. 1999", "[---]. 2000"]


def test_names_are_compared_with_the_entry_before_alone() -> None:
    """An entry without names, or with others, is between them."""
    made = style(
        bibliography=f"<bibliography {_SUBSTITUTE}><layout>{_NAMES}"
        '<text variable="title" prefix="."/></layout></bibliography>'
    )
    items = [
        item("1", author="Doe", title="1"),
        item("2", title="2"),
        item("3", author="Doe", title="3"),
        item("4", author="Doe", title="4"),
        item("5", author="Roe", title="5"),
        item("6", author="Doe", title="6"),
    ]
    assert entries(made, *items) == ["Doe.1", ".2", "Doe.3", "---.4", "Roe.5", "Doe.6"]


def test_only_the_first_names_are_replaced() -> None:
    """Substitution is limited to the first ``cs:names`` rendered."""
    made = style(
        bibliography=f"<bibliography {_SUBSTITUTE}><layout>{_NAMES}"
        '<names variable="editor" prefix="/"/></layout></bibliography>'
    )
    items = [item(name, author="Doe", editor="A Roe") for name in "12"]
    assert entries(made, *items) == ["Doe/A Roe", "---/A Roe"]


def test_what_stands_in_for_names_is_replaced_too() -> None:
    """It is what the names element renders."""
    names = (
        '<names variable="author"><substitute><text variable="title"/></substitute>'
        "</names>"
    )
    made = style(
        bibliography=f"<bibliography {_SUBSTITUTE}><layout>{names}"
        f"{_YEAR}</layout></bibliography>"
    )
    items = [item(str(year), title="Report", issued=year) for year in (2001, 2002)]
    assert entries(made, *items) == ["Report. 2001", "---. 2002"]


def test_the_example_of_a_listing_per_author() -> None:
    """With nothing as substitute the block of names is rendered once."""
    made = style(
        bibliography='<bibliography subsequent-author-substitute=""><layout>'
        '<group display="block"><names variable="author"/></group>'
        '<text variable="title" display="right-inline"/></layout></bibliography>'
    )
    items = [item(title, author="A Doe", title=title) for title in ("one", "two")]
    contents = [list(one.content) for one in bibliography(made, *items).entries]
    title = [Tagged(Tag.RIGHT_INLINE, [text]) for text in ("one", "two")]
    assert contents[0] == [Tagged(Tag.BLOCK, ["A Doe"]), title[0]]
    assert contents[1] == [title[1]]


@pytest.mark.parametrize(
    ("options", "layout"),
    [
        ("", Layout()),
        ('hanging-indent="true"', Layout(hanging_indent=True)),
        ('hanging-indent="false"', Layout()),
        ('line-spacing="2" entry-spacing="0"', Layout(line_spacing=2, entry_spacing=0)),
        ('line-spacing="" entry-spacing="x"', Layout()),
    ],
)
def test_how_entries_stand_on_the_page(options: str, layout: Layout) -> None:
    """The defaults are those of "Whitespace"."""
    made = style(
        bibliography=f'<bibliography {options}><layout><text value="x"/></layout>'
        "</bibliography>"
    )
    assert bibliography(made, item()).layout == layout


@pytest.mark.parametrize("align", ["flush", "margin"])
def test_the_second_field_is_aligned(align: str) -> None:
    """The first field stands in the margin, the others beside it."""
    made = style(
        bibliography=f'<bibliography second-field-align="{align}">'
        '<layout prefix="[" suffix="]">'
        '<text variable="citation-number" suffix=". "/>'
        '<text variable="title"/><text value="!"/></layout></bibliography>'
    )
    items = [item(str(number), title="T") for number in range(10)]
    found = bibliography(made, *items)
    assert found.entries[0].content == [
        Tagged(Tag.LEFT_MARGIN, ["[1. "]),
        Tagged(Tag.RIGHT_INLINE, ["T!]"]),
    ]
    assert found.layout.second_field_align == align
    # In characters, without the space behind it: "[10.".
    assert found.layout.max_offset == 4


def test_fields_without_content_have_no_blocks() -> None:
    """Neither the first one nor the others."""
    made = style(
        bibliography='<bibliography second-field-align="flush"><layout suffix=".">'
        '<text variable="title"/><text variable="publisher"/></layout></bibliography>'
    )
    found = bibliography(
        made, item("1", title="T"), item("2", publisher="P"), item("3")
    )
    assert [one.content for one in found.entries] == [
        [Tagged(Tag.LEFT_MARGIN, ["T"])],
        [Tagged(Tag.RIGHT_INLINE, ["P."])],
    ]
    assert found.layout.max_offset == 1


def test_a_single_field_is_not_aligned() -> None:
    """There is no second one."""
    made = style(
        bibliography='<bibliography second-field-align="flush">'
        '<layout><text variable="title"/></layout></bibliography>'
    )
    assert bibliography(made, item(title="T")).entries[0].content == ["T"]


def test_entries_without_text_are_left_out() -> None:
    """But a numbered list has no gaps."""
    assert entries(style(bibliography='<text variable="title"/>'), item()) == []
    numbered = style(
        bibliography='<group><text variable="citation-number"/></group>'
        '<choose><if type="map"><text variable="title"/></if></choose>'
    )
    assert entries(numbered, item()) == ["1"]
    hidden = style(
        bibliography='<choose><if type="map"><text variable="citation-number"/></if>'
        "</choose>"
    )
    assert entries(hidden, item()) == [f"1. {NOTHING}"]


def test_variables_that_were_wanted_are_told() -> None:
    """Those that the style asks for and an item lacks, in the order of asking."""
    layout = (
        '<names variable="author"/><date variable="issued" form="text"/>'
        '<text variable="title"/><number variable="volume"/>'
        '<choose><if type="map"><text variable="scale"/></if></choose>'
    )
    made = style(bibliography=layout)
    found = bibliography(made, item("1"), item("2", author="A", issued=1, title="T"))
    assert found.missing == {
        "1": ["author", "issued", "title", "volume"],
        "2": ["volume"],
    }


def test_a_style_of_citations_alone_has_no_bibliography() -> None:
    """That is an error which names the style."""
    with pytest.raises(StyleError) as caught:
        processor(style(), [item()]).bibliography()
    assert str(caught.value.location) == "small.csl"


def test_marks_and_parts_of_a_bibliography() -> None:
    """A text may be put behind an entry, and entries be chosen."""
    made = style(bibliography='<text variable="title"/>')
    engine = processor(made, [item(name, title=name) for name in "ab"])
    marked = engine.bibliography(marks={"b": "[retracted]"})
    assert [one.content for one in marked.entries] == [["a"], ["b", " [retracted]"]]
    only = engine.bibliography(only={"b"})
    assert [one.id for one in only.entries] == ["b"]


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        (("A Doe; B Smith; C Zed", "A Doe; B Roe; C Zed"), ["Doe, Smith", "Doe, Roe"]),
        (("John Doe", "Jane Doe"), ["John Doe", "Jane Doe"]),
        (("A Doe; B Smith; C Zed", "A Roe"), ["Doe", "Roe"]),
    ],
)
def test_entries_show_the_names_that_tell_cites_apart(
    authors: tuple[str, str], shown: list[str]
) -> None:
    """Who is added to a cite, or has a given name there, is found in the list, too."""
    names = (
        '<names variable="author"><name form="short" et-al-min="3"'
        ' et-al-use-first="1"/><et-al term="no such term"/></names>'
    )
    made = style(
        '<citation disambiguate-add-names="true" disambiguate-add-givenname="true">'
        f'<layout delimiter="; ">{names}</layout></citation>',
        names,
    )
    items = [item(str(number), author=one) for number, one in enumerate(authors)]
    assert cite(made, *items) == "; ".join(shown)
    assert entries(made, *items) == shown


@pytest.mark.parametrize(
    ("display", "tag"),
    [
        ("block", Tag.BLOCK),
        ("indent", Tag.INDENT),
        ("right-inline", Tag.RIGHT_INLINE),
        ("left-margin", Tag.LEFT_MARGIN),
    ],
)
def test_the_suffix_of_the_layout_is_in_the_last_block(display: str, tag: Tag) -> None:
    """A full stop on a line of its own is of no use ("Display")."""
    made = style(
        bibliography='<bibliography><layout suffix=".">'
        '<text variable="publisher" display="left-margin"/>'
        f'<text variable="title" display="{display}"/></layout></bibliography>'
    )
    data = item(publisher="P", title="T")
    assert bibliography(made, data).entries[0].content == [
        Tagged(Tag.LEFT_MARGIN, ["P"]),
        Tagged(tag, ["T."]),
    ]
    only = bibliography(made, item(publisher="P")).entries[0]
    assert only.content == [Tagged(Tag.LEFT_MARGIN, ["P."])]


def test_a_suffix_behind_text_is_in_no_block() -> None:
    """What follows the last block is not in it."""
    made = style(
        bibliography='<bibliography><layout suffix=".">'
        '<text variable="title" display="block"/><text value="end"/></layout>'
        "</bibliography>"
    )
    content = bibliography(made, item(title="T")).entries[0].content
    assert content == [Tagged(Tag.BLOCK, ["T"]), "end."]


def test_what_has_no_printed_form() -> None:
    """A numbered list says so in its place; any other does without the entry."""
    title = '<choose><if variable="title">{}<text variable="title"/></if></choose>'
    items = [item("1", title="T"), item("2"), item("3", title="U")]
    number = '<text variable="citation-number" suffix=". "/>'
    numbered = style(bibliography=title.format(number))
    assert entries(numbered, *items) == ["1. T", f"2. {NOTHING}", "3. U"]
    found = bibliography(style(bibliography=title.format("")), *items)
    assert [one.id for one in found.entries] == ["1", "3"]


def test_the_widest_field_in_the_margin() -> None:
    """``max_offset`` counts its characters, with the marks around it."""
    layout = '<text variable="citation-number" prefix="[" suffix="] " {}/>'
    layout += '<text variable="title"/>'
    items = [item(str(number), title="A long title") for number in range(100)]
    margin = style(bibliography=layout.format('display="left-margin"'))
    assert bibliography(margin, *items[:9]).layout.max_offset == len("[9]")
    assert bibliography(margin, *items).layout.max_offset == len("[100]")
    assert bibliography(margin).layout.max_offset == 0
    inline = style(bibliography=layout.format(""))
    assert bibliography(inline, *items).layout.max_offset == 0
