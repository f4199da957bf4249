"""The processor as a whole: languages, threads, and input that is out to hurt."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from csl.making import (
    LOCALES,
    NOTHING,
    cite,
    dated,
    entries,
    item,
    named,
    processor,
    shown,
    style,
)
from lupusrefs.csl import CiteItem, Processor, Style, StyleError, writer
from lupusrefs.csl.output.tree import text_of

_TERM = '<text term="and"/>'


@pytest.mark.parametrize(
    ("default", "wanted", "word"),
    [
        ("", None, "and"),
        ("de-DE", None, "und"),
        ("de-AT", None, "und"),
        ("de-DE", "fr-FR", "et"),
        ("", "fr-CA", "et"),
        ("xx-XX", None, "and"),
    ],
)
def test_the_language(default: str, wanted: str | None, word: str) -> None:
    """The caller's, else the style's, else American English."""
    attributes = f'default-locale="{default}"' if default else ""
    assert shown(_TERM, attributes=attributes, language=wanted) == word


def test_items_of_one_id_are_one_item() -> None:
    """The first of them."""
    made = style(bibliography='<text variable="title"/>')
    assert entries(made, item("1", title="a"), item("1", title="b")) == ["a"]


def test_a_citation_of_nothing() -> None:
    """It has no printed form."""
    engine = processor(style(), [])
    assert text_of(engine.citation([])) == NOTHING
    assert engine.registry.items == []


def test_some_of_the_items_may_be_registered() -> None:
    """In their order, sorted or not; an unknown id is a mistake of the caller."""
    made = style(
        bibliography='<bibliography><sort><key variable="title"/></sort><layout>'
        '<text variable="title"/></layout></bibliography>'
    )
    engine = processor(made, [item(name, title=name) for name in "abc"])
    registry = engine.register(["c", "a"])
    assert [one.id for one in registry.items] == ["a", "c"]
    unsorted = engine.register(["c", "a"], is_sorted=False)
    assert [one.id for one in unsorted.items] == ["c", "a"]
    assert [one.id for one in engine.bibliography(registry).entries] == ["a", "c"]
    with pytest.raises(KeyError):
        engine.register(["nobody"])


# --- the same, always ----------------------------------------------------------------

_WHOLE = (
    '<citation disambiguate-add-year-suffix="true" disambiguate-add-givenname="true"'
    ' disambiguate-add-names="true" collapse="year"><sort><key macro="author"/></sort>'
    '<layout prefix="(" suffix=")" delimiter="; "><group delimiter=" ">'
    '<text macro="author"/><date variable="issued"><date-part name="year"/></date>'
    "</group></layout></citation>"
)
_ENTRY = (
    '<bibliography subsequent-author-substitute="---"><sort><key macro="author"/>'
    '<key variable="title"/></sort><layout suffix="."><group delimiter=". ">'
    '<text macro="author"/><date variable="issued" form="text"/>'
    '<text variable="title" text-case="title" quotes="true"/>'
    '<text variable="page"/></group></layout></bibliography>'
)
_AUTHOR = (
    '<names variable="author"><name initialize-with=". " et-al-min="3"'
    ' et-al-use-first="1"/><substitute><text variable="title"/></substitute></names>'
)
_FAMILIES = ("Doe", "Roe", "van Gogh", "Müller", "毛")


def _many() -> list[Mapping[str, object]]:
    return [
        item(
            str(number),
            author=named(
                *(
                    {"family": _FAMILIES[(number + one) % 5], "given": "Ann Bea"[one:]}
                    for one in range(number % 4)
                )
            ),
            issued=dated(2000 + number % 3, 1 + number % 12),
            title=f'a <i>tale</i> of "{number % 7}"',
            page=f"{number}-{number + 9}",
        )
        for number in range(60)
    ]


def _everything(engine: Processor) -> str:
    html = writer("html")
    found = engine.bibliography()
    cites = [CiteItem(one) for one in engine.items]
    return html.bibliography(found.entries, found.layout) + html.inline(
        engine.citation(cites)
    )


def _engine() -> Processor:
    made = style(_WHOLE, _ENTRY, {"author": _AUTHOR}, 'page-range-format="minimal"')
    return processor(made, _many())


def test_the_same_input_gives_the_same_output() -> None:
    """From one processor twice, and from another."""
    engine = _engine()
    first = _everything(engine)
    assert _everything(engine) == first
    assert _everything(_engine()) == first


def test_threads_may_share_a_processor() -> None:
    """Eight of them get the bytes that one gets."""
    expected = _everything(_engine())
    engine = _engine()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: _everything(engine), range(16)))
    assert set(found) == {expected}


# --- input that is out to hurt --------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE style [<!ENTITY a "b">]><style>&a;</style>',
        "<style><citation><layout>",
        "<style><citation><layout>" + "<group>" * 300,
        (
            "<style><macro name='m'><text macro='m'/></macro>"
            "<citation><layout><text macro='m'/></layout></citation></style>"
        ),
        "<style>\udcff</style>",
        "\x00",
        "",
        "{}",
    ],
)
def test_a_hostile_style_is_an_error_with_a_place(text: str) -> None:
    """Never a crash, an endless loop or a full disk."""
    with pytest.raises(StyleError) as caught:
        Style.parse(text, "hostile.csl")
    assert caught.value.location is not None
    assert caught.value.location.file == "hostile.csl"


@pytest.mark.parametrize(
    "layout",
    [
        "<group>" * 100 + '<text value="x"/>' + "</group>" * 100,
        '<choose><if type="book">' * 50 + '<text value="x"/>' + "</if></choose>" * 50,
        '<names variable="author"><substitute>' * 50
        + '<text value="x"/>'
        + "</substitute></names>" * 50,
    ],
)
def test_deep_styles_are_rendered(layout: str) -> None:
    """Far deeper than people nest them."""
    assert shown(layout) == "x"


def test_macros_that_call_each_other_in_a_long_chain_are_refused() -> None:
    """They recur in no circle, and would still exhaust the stack."""
    macros = {f"m{one}": f'<text macro="m{one + 1}"/>' for one in range(400)}
    macros["m400"] = '<text value="x"/>'
    with pytest.raises(StyleError) as caught:
        style('<text macro="m0"/>', macros=macros)
    assert caught.value.location is not None
    assert caught.value.location.line == 1


_ODD: list[object] = [
    *(None, True, 7, 1.5, "", "text", [], ["x"], [None], [[]], {}, {"x": 1}),
    *({"literal": 3}, {"date-parts": None}, {"date-parts": [[None]]}, {"raw": 5}),
    *([{"family": None}], [{"literal": {}}], [{"family": ["x"]}], "<i>", "\x00", "“"),
    *({"date-parts": [["x", "y"]]}, {"date-parts": [[10**9, 99, 99]]}, "-" * 50),
]


@pytest.mark.parametrize("value", _ODD, ids=str)
def test_items_may_have_anything_in_them(value: object) -> None:
    """Whatever is in a variable, the others are rendered."""
    layout = (
        '<text variable="title"/><names variable="author"/><number variable="volume"/>'
        '<date variable="issued" form="text"/><text variable="page"/>'
        '<text value="end"/>'
    )
    data = dict.fromkeys(("title", "author", "volume", "issued", "page", "note"), value)
    made = style(
        f"<citation><sort><key variable='issued'/><key variable='author'/></sort>"
        f"<layout>{layout}</layout></citation>"
    )
    text = cite(made, {"id": "i", **data}, {"id": "j"}, html=True)
    assert text.count("end") == 2


def test_a_lone_surrogate_in_an_item_does_no_harm() -> None:
    """What comes out can be encoded."""
    html = shown('<text variable="title"/>', item(title="a\ud800b"), html=True)
    assert html.encode("utf-8")


def test_locales_may_be_missing_or_broken() -> None:
    """None are needed; one that cannot be read is an error that names it."""
    layout = '<text value="x" quotes="true"/>'
    engine = processor(style(layout), [item()], locales={})
    assert text_of(engine.citation([CiteItem("i")])) == "“x”"
    with pytest.raises(StyleError) as caught:
        processor(style(), [], language="de-DE", locales={**LOCALES, "de-DE": "<"})
    assert caught.value.location is not None
    assert caught.value.location.file == "locales-de-DE.xml"


@pytest.mark.parametrize("language", ["de", "fr-FR", ""])
def test_entries_do_not_depend_on_those_before_them(language: str) -> None:
    """What was worked out for one item, in its language, is not that of the next."""
    layout = (
        '<group delimiter=" "><names variable="editor"><name form="short" and="text"/>'
        '<label text-case="title" prefix=" "/></names><label variable="page"'
        ' text-case="title"/><text variable="title" text-case="title"/>'
        '<text term="in" text-case="title"/></group>'
    )
    made = style(bibliography=layout)
    first = item("1", editor="A Doe; B Roe", page="3", title="a day")
    first = {**first, "language": language}
    second = item("2", editor="A Doe; B Roe", page="3", title="a day")
    alone = entries(made, second)
    assert alone == ["Doe and Roe Editors Page A Day In"]
    assert entries(made, first, second)[1:] == alone
    assert entries(made, second, first)[:1] == alone
    assert entries(made, second, first)[1:] == entries(made, first)
