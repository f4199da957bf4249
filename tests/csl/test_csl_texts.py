"""``cs:text``, ``cs:number`` and ``cs:label``.

Source: CSL 1.0.2 specification, "Text", "Number", "Label", "Citation" (the note on
uppercase), appendix IV.
"""

from __future__ import annotations

import pytest

from csl.making import LOCALES, NOTHING, cite, entries, item, processor, shown, style
from lupusrefs.csl import CiteItem, OutputOptions, Processor
from lupusrefs.csl.output.tree import text_of


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ('<text variable="title"/>', "A title"),
        ('<text variable="title" form="long"/>', "A title"),
        ('<text variable="title" form="short"/>', "Title"),
        ('<text variable="title-short"/>', "Title"),
        ('<text variable="container-title"/>', "A journal"),
        # If the short form is unavailable, the long form is rendered.
        ('<text variable="container-title" form="short"/>', "A journal"),
        ('<text variable="publisher" form="short"/>', "P"),
        ('<text variable="genre"/>', NOTHING),
        ('<text term="page"/>', "page"),
        ('<text term="page" plural="true"/>', "pages"),
        ('<text term="page" plural="false"/>', "page"),
        ('<text term="page" form="short" plural="true"/>', "pp."),
        ('<text term="section" form="symbol"/>', "§"),
        ('<text term="editor" form="verb"/>', "edited by"),
        ('<text term="editor" form="verb-short"/>', "edited by"),
        ('<text term="no such term"/>', NOTHING),
        ('<text value=" – "/>', " – "),
        ('<text value=""/>', NOTHING),
        ("<text/>", NOTHING),
        ('<text macro="m"/>', "A title!"),
    ],
)
def test_what_text_selects(layout: str, text: str) -> None:
    """A variable, a macro, a term or a value."""
    data = item(
        title="A title", title_short="Title", container_title="A journal", publisher="P"
    )
    macros = {"m": '<text variable="title"/><text value="!"/>'}
    assert shown(layout, data, macros=macros) == text


def test_terms_and_values_may_have_markup() -> None:
    """Raised characters of a term are superscripts ("Terms")."""
    own = '<locale><terms><term name="edition">3ᵉ éd.</term></terms></locale>'
    html = shown('<text term="edition"/>', locales=own, html=True)
    assert html == "3<sup>e</sup> éd."


def test_the_number_of_a_citation_is_that_in_the_bibliography() -> None:
    """``citation-number``, from 1."""
    layout = '<text variable="citation-number"/>'
    made = style(
        f'<citation><layout delimiter=", ">{layout}</layout></citation>',
        '<bibliography><sort><key variable="title"/></sort>'
        f"<layout>{layout}</layout></bibliography>",
    )
    items = [item(name, title=name) for name in "cab"]
    assert cite(made, *items) == "3, 1, 2"
    assert entries(made, *items) == ["1", "2", "3"]


def test_variables_of_the_cite() -> None:
    """Locators and the number of the first note are nothing in a bibliography."""
    layout = (
        '<text variable="locator" suffix="|"/><text value="x"/>'
        '<text variable="first-reference-note-number" prefix="|"/>'
    )
    assert shown(layout, item(), locator="12-15", first_note=3) == "12–15|x|3"
    assert shown(layout, item()) == "x"
    assert entries(style(bibliography=layout), item()) == ["x"]


@pytest.mark.parametrize("tag", ["text", "number"])
@pytest.mark.parametrize(
    "variable",
    ["volume", "number", "edition", "citation-number", "page-first", "page", "locator"],
)
def test_numbers_may_be_asked_for_in_two_ways(tag: str, variable: str) -> None:
    """What a number is by itself is the same in ``cs:text`` and ``cs:number``."""
    data = item(volume="1", number="1", edition="1", page="1-9")
    expected = "1–9" if variable == "page" else "1"
    layout = f'<{tag} variable="{variable}" prefix="(" suffix=")"/>'
    attributes = 'page-range-format="expanded"'
    text = shown(layout, data, attributes=attributes, locator="1")
    assert text == f"({expected})"


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("", "2", "2"),
        ("numeric", "2", "2"),
        ("ordinal", "2", "2nd"),
        ("long-ordinal", "2", "second"),
        ("long-ordinal", "4", "4th"),
        ("roman", "2", "ii"),
        ("ordinal", "2, 3", "2nd, 3rd"),
        ("long-ordinal", "2, 3", "second, third"),
        ("roman", "2, 3", "ii, iii"),
        ("ordinal", "Special edition", "Special edition"),
        ("numeric", "Special edition", "Special edition"),
        ("ordinal", "2E", "2E"),
        ("roman", "2E", "2E"),
    ],
)
def test_forms_of_numbers(form: str, value: str, text: str) -> None:
    """The forms of the specification ("Number")."""
    attribute = f'form="{form}"' if form else ""
    assert (
        shown(f'<number variable="edition" {attribute}/>', item(edition=value)) == text
    )


def test_a_number_that_is_not_there_is_nothing() -> None:
    """It is an empty variable."""
    assert shown('<number variable="edition" form="ordinal" suffix="!"/>') == NOTHING


@pytest.mark.parametrize(
    ("variable", "value", "text"),
    [
        ("page", "3", "page"),
        ("page", "5-7", "pages"),
        ("page", "5–7", "pages"),
        ("page", "1, 5", "pages"),
        ("volume", "2", "volume"),
        ("volume", "2 & 4", "volumes"),
        ("number-of-volumes", "1", "volume"),
        ("number-of-volumes", "3", "volumes"),
        ("edition", "2", "edition"),
        ("edition", "", NOTHING),
    ],
)
def test_labels(variable: str, value: str, text: str) -> None:
    """Plural as their variable is; counts are plural from two on."""
    data = item(**{variable.replace("-", "_"): value})
    assert shown(f'<label variable="{variable}"/>', data) == text


@pytest.mark.parametrize(
    ("attributes", "one", "two"),
    [
        ("", "page", "pages"),
        ('plural="contextual"', "page", "pages"),
        ('plural="always"', "pages", "pages"),
        ('plural="never"', "page", "page"),
        ('form="short"', "p.", "pp."),
        ('form="symbol"', "p.", "pp."),
        ('form="short" strip-periods="true" prefix="(" suffix=".)"', "(p.)", "(pp.)"),
        ('text-case="capitalize-first"', "Page", "Pages"),
    ],
)
def test_attributes_of_labels(attributes: str, one: str, two: str) -> None:
    """Form, plural, and all that formats."""
    layout = f'<label variable="page" {attributes}/>'
    assert shown(layout, item(page="3")) == one
    assert shown(layout, item(page="3-4")) == two


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("", "page"),
        ("page", "page"),
        ("chapter", "chapter"),
        ("section", "section"),
        ("sub-verbo", "sub verbo"),
        ("sub verbo", "sub verbo"),
        ("no-such-locator", NOTHING),
    ],
)
def test_the_label_of_a_locator_is_the_cites(label: str, text: str) -> None:
    """It is the term of the locator type."""
    assert shown('<label variable="locator"/>', locator="3", label=label) == text


def test_a_label_without_a_locator_is_nothing() -> None:
    """The term is only rendered if the variable is not empty."""
    layout = '<label variable="locator" prefix="("/>'
    assert shown(layout) == NOTHING
    assert entries(style(bibliography=layout + '<text value="x"/>'), item()) == ["x"]


def test_the_example_of_labels() -> None:
    """It gives "page 3" or "pages 5-7"."""
    layout = (
        '<group delimiter=" "><label variable="page"/><text variable="page"/></group>'
    )
    attributes = 'page-range-format="expanded"'
    assert shown(layout, item(page="3")) == "page 3"
    assert shown(layout, item(page="5-7"), attributes=attributes) == "pages 5–7"


_NOTE = 'class="note"'


def test_a_term_that_begins_a_note_begins_a_sentence() -> None:
    """The first character of a note should be uppercased ("Citation")."""
    ibid = '<text term="ibid"/><text term="in" prefix=", "/>'
    assert shown(ibid, attributes=_NOTE) == "Ibid., in"
    assert shown(ibid) == "ibid., in"
    assert shown(f'<group prefix="(">{ibid}</group>', attributes=_NOTE) == "(Ibid., in"
    cased = '<text term="ibid" text-case="uppercase"/>'
    assert shown(cased, attributes=_NOTE) == "IBID."


def test_a_term_behind_text_does_not_begin_a_note() -> None:
    """In the middle of a note it is printed as it is."""
    ibid = '<text term="ibid"/>'
    assert shown(ibid, attributes=_NOTE, prefix="see ") == "see ibid."
    assert shown(ibid, attributes=_NOTE, prefix="See. ") == "See. Ibid."
    made = style(
        f'<citation><layout delimiter="; ">{ibid}</layout></citation>', attributes=_NOTE
    )
    assert cite(made, item("1"), item("2")) == "Ibid.; ibid."


def test_the_year_suffix_may_be_placed_by_the_style() -> None:
    """Then it is nowhere else, and has the formatting of its element."""
    layout = (
        '<date variable="issued"><date-part name="year"/></date>'
        '<names variable="author" prefix=" "/>'
        '<text variable="year-suffix" prefix="-" font-style="italic"/>'
    )
    made = style(
        '<citation disambiguate-add-year-suffix="true">'
        f'<layout delimiter="; ">{layout}</layout></citation>'
    )
    items = [item(name, author="A Doe", issued=2020) for name in "xy"]
    html = cite(made, *items, html=True)
    assert html == "2020 A Doe-<i>a</i>; 2020 A Doe-<i>b</i>"
    assert cite(made, items[0]) == "2020 A Doe"


def test_abbreviations_are_short_forms() -> None:
    """Of values that have none of their own (citeproc-js manual, "Abbreviations")."""
    made = style(
        '<group delimiter="|"><text variable="container-title" form="short"/>'
        '<text variable="container-title"/></group>'
    )
    options = OutputOptions(abbreviations={"container-title": {"A journal": "AJ"}})

    def shortened(**variables: str) -> str:
        data = item(**variables)
        made_with = Processor(made, [data], LOCALES.get, options=options)
        return text_of(made_with.citation([CiteItem("i")]))

    assert shortened(container_title="A journal") == "AJ|A journal"
    assert shortened(container_title="B") == "B|B"
    own = shortened(container_title="A journal", container_title_short="J")
    assert own == "J|A journal"


def test_terms_can_be_asked_for() -> None:
    """In the plural, as for a heading."""
    made = processor(style(), [])
    assert made.term("page") == "pages"
    assert made.term("no such term") == ""


@pytest.mark.parametrize("language", ["", "en", "fr-FR", "de"])
def test_labels_are_in_the_language_of_the_style(language: str) -> None:
    """An English term has title case, whatever the item's language is."""
    layout = (
        '<label variable="page" text-case="title"/>'
        '<names variable="editor"><name form="short"/>'
        '<label text-case="title" prefix=", "/></names>'
    )
    data = item(page="3", editor="A Doe", language=language)
    assert shown(layout, data) == "PageDoe, Editor"


def test_abbreviations_are_for_the_bibliography_too() -> None:
    """They may be formatted, and are of any variable that has a short form."""
    made = style(
        bibliography='<text variable="publisher" form="short" text-case="uppercase"/>'
    )
    options = OutputOptions(abbreviations={"publisher": {"A press": "Ap"}})
    items = [item("1", publisher="A press"), item("2", publisher="A press house")]
    engine = Processor(made, items, LOCALES.get, options=options)
    found = [text_of(one.content) for one in engine.bibliography().entries]
    assert found == ["AP", "A PRESS HOUSE"]
