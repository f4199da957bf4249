"""Values of number variables in the form that a style wants.

Source: CSL 1.0.2 specification, "Number", "Range Delimiters", "Page Ranges"; labels in
values are those of the citeproc-js manual, "Locators".
"""

from __future__ import annotations

import pytest

from csl.making import element, environment, item, locale, shown
from lupusrefs.csl.environment import Environment
from lupusrefs.csl.number_values import NumberForm
from lupusrefs.csl.stream import plain


def _form(
    variable: str, form: str = "numeric", *, pages: str = "", own: str = ""
) -> NumberForm:
    options = {"page-range-format": pages} if pages else {}
    area = element("<citation><layout/></citation>")
    around = Environment(locale("en-US", own), {}, options, area, "en-US")
    return NumberForm(variable, form, around, is_text=False)


def _value(form: NumberForm, value: str) -> str:
    return plain(list(form.tokens(value)))


@pytest.mark.parametrize(
    ("variable", "value", "result"),
    [
        # The locator always has an en dash instead of hyphens.
        ("locator", "5-7", "5–7"),
        ("locator", "5 - 7", "5–7"),
        ("locator", "5--7, 9-10", "5–7, 9–10"),
        ("locator", "5 & 7", "5 & 7"),
        ("locator", "iv-vi", "iv–vi"),
        ("locator", "verso", "verso"),
    ],
)
def test_locators(variable: str, value: str, result: str) -> None:
    """With or without ``page-range-format`` ("Range Delimiters")."""
    assert _value(_form(variable), value) == result
    assert _value(_form(variable, pages="expanded"), value) == result


@pytest.mark.parametrize("tag", ["text", "number"])
@pytest.mark.parametrize(
    ("variable", "result"),
    [
        ("number", "690-2"),
        ("version", "690-2"),
        ("section", "690-2"),
        ("collection-number", "690-2"),
        ("volume", "690–2"),
        ("issue", "690–2"),
    ],
)
def test_hyphens_of_identifiers(tag: str, variable: str, result: str) -> None:
    """ISO 690-2 is no range; volumes 1-2 are one ("Range Delimiters")."""
    data = {**item(), variable: "690-2"}
    assert shown(f'<{tag} variable="{variable}"/>', data) == result


@pytest.mark.parametrize(
    ("pages", "result"),
    [
        ("expanded", "321–328"),
        ("minimal", "321–8"),
        ("minimal-two", "321–28"),
        ("chicago", "321–28"),
    ],
)
def test_pages_take_the_format_of_the_style(pages: str, result: str) -> None:
    """An option of ``cs:style`` ("Page Ranges")."""
    assert _value(_form("page", pages=pages), "321-328") == result
    assert _value(_form("locator", pages=pages), "321-328") == result
    attributes = f'page-range-format="{pages}"'
    for tag in ("text", "number"):
        layout = f'<{tag} variable="page"/>'
        assert shown(layout, item(page="321-328"), attributes=attributes) == result


def test_page_ranges_have_the_delimiter_of_the_locale() -> None:
    """The term ``page-range-delimiter``; an en dash where it is not defined."""
    own = '<locale><terms><term name="page-range-delimiter">{}</term></terms></locale>'
    assert _value(_form("page", pages="expanded", own=own.format("-")), "1-3") == "1-3"
    empty = _form("page", pages="expanded", own=own.format(""))
    assert _value(empty, "1-3") == "1–3"


def test_the_ampersand_is_that_of_the_locale() -> None:
    """Between numbers, with one space before and one after."""
    own = '<locale><terms><term name="and" form="symbol">+</term></terms></locale>'
    assert _value(_form("locator", own=own), "3&5") == "3 + 5"
    assert _value(_form("locator"), "3  &5") == "3 & 5"


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("7, p. 3-8", "7, pp. 3–8"),
        ("7, p. 3", "7, p. 3"),
        ("7, ch. 2", "7, chapter 2"),
        # What the locale has no term for stays, and so does what is no label.
        ("7, fol. 2", "7, fol. 2"),
        ("7, xyz. 2", "7, xyz. 2"),
        ("p. 3", "p. 3"),
    ],
)
def test_labels_in_a_locator_become_terms(value: str, result: str) -> None:
    """All but the first: that is the label of the cite."""
    assert _value(_form("locator"), value) == result


@pytest.mark.parametrize(
    ("form", "value", "result"),
    [
        ("ordinal", "2", "2nd"),
        ("ordinal", "2, 3", "2nd, 3rd"),
        ("ordinal", "2 & 3", "2nd & 3rd"),
        ("long-ordinal", "2", "second"),
        ("long-ordinal", "12", "12th"),
        ("roman", "4", "iv"),
        # With any text that is no number the value is rendered as it is.
        ("ordinal", "Special edition", "Special edition"),
        ("ordinal", "2nd edition, 3", "2nd edition, 3"),
        ("roman", "2E", "2E"),
        ("ordinal", "2, p. 3", "2nd, p. 3"),
    ],
)
def test_forms(form: str, value: str, result: str) -> None:
    """Each number of a value takes the form."""
    assert _value(_form("edition", form), value) == result


def test_ordinals_agree_with_the_noun() -> None:
    """Édition is feminine ("Gender-specific Ordinals")."""
    around = environment(language="fr-FR")
    feminine = NumberForm("edition", "ordinal", around, is_text=False)
    neuter = NumberForm("volume", "ordinal", around, is_text=False)
    assert _value(feminine, "1") == "1re"
    assert _value(neuter, "1") == "1e"


def test_markup_is_read_in_text_alone() -> None:
    """``cs:number`` takes the value as it is, ``cs:text`` reads its markup."""
    data = item(number="<i>7</i>")
    assert shown('<text variable="number"/>', data, html=True) == "<i>7</i>"
    assert shown('<number variable="number"/>', data, html=True).startswith("&#60;i")
