"""Single names as a style writes them.

Source: CSL 1.0.2 specification, "Name-part Order", "Name-part Formatting", "Name
Particles".
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from csl.making import item, shown

_GOGH = {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}
_THIRD = {**_GOGH, "suffix": "III"}
_HUMBOLDT = {
    "family": "Humboldt",
    "given": "Alexander",
    "dropping-particle": "von",
    "suffix": "Jr.",
}
_BOTH = {**_GOGH, "dropping-particle": "de"}
_HAKIM = {"family": "Hakim", "given": "Tawfiq", "non-dropping-particle": "al-"}
_MAO = {"family": "毛", "given": "泽东"}
_WHO = {"literal": "World Health Organization"}

_INVERTED = 'name-as-sort-order="all"'
_SHORT = 'form="short"'
_NEVER = 'demote-non-dropping-particle="never"'
_SORT_ONLY = 'demote-non-dropping-particle="sort-only"'
_DISPLAY = 'demote-non-dropping-particle="display-and-sort"'


def _name(
    person: Mapping[str, object],
    attributes: str = "",
    style: str = "",
    parts: str = "",
    *,
    html: bool = False,
) -> str:
    layout = f'<names variable="author"><name {attributes}>{parts}</name></names>'
    return shown(layout, item(author=[person]), attributes=style, html=html)


@pytest.mark.parametrize(
    ("person", "attributes", "style", "name"),
    [
        # The overview of orders in "Name-part Order".
        (_THIRD, "", "", "Vincent van Gogh III"),
        (_HUMBOLDT, "", "", "Alexander von Humboldt Jr."),
        (_THIRD, _INVERTED, _NEVER, "van Gogh, Vincent, III"),
        (_THIRD, _INVERTED, _SORT_ONLY, "van Gogh, Vincent, III"),
        (_THIRD, _INVERTED, _DISPLAY, "Gogh, Vincent van, III"),
        (_THIRD, _INVERTED, "", "Gogh, Vincent van, III"),
        (_HUMBOLDT, _INVERTED, _NEVER, "Humboldt, Alexander von, Jr."),
        (_HUMBOLDT, _INVERTED, _DISPLAY, "Humboldt, Alexander von, Jr."),
        (_BOTH, _INVERTED, _DISPLAY, "Gogh, Vincent de van"),
        (_BOTH, _INVERTED, _NEVER, "van Gogh, Vincent de"),
        (_BOTH, "", "", "Vincent de van Gogh"),
        (_THIRD, _SHORT, "", "van Gogh"),
        (_HUMBOLDT, _SHORT, "", "Humboldt"),
        (_HAKIM, _SHORT, "", "al-Hakim"),
        (_HAKIM, "", "", "Tawfiq al-Hakim"),
        (_HAKIM, _INVERTED, _NEVER, "al-Hakim, Tawfiq"),
        (_HAKIM, _INVERTED, _DISPLAY, "Hakim, Tawfiq al-"),
        (_MAO, "", "", "毛泽东"),
        (_MAO, _INVERTED, "", "毛泽东"),
        (_MAO, _SHORT, "", "毛"),
        # Non-personal names lack name-parts.
        (_WHO, "", "", "World Health Organization"),
        (_WHO, _INVERTED, "", "World Health Organization"),
        (_WHO, _SHORT, "", "World Health Organization"),
        # A family name alone.
        ({"family": "Plato"}, "", "", "Plato"),
        ({"family": "Plato"}, _INVERTED, "", "Plato"),
        ({**_GOGH, "given": ""}, _INVERTED, _DISPLAY, "Gogh, van"),
        ({**_GOGH, "given": ""}, "", "", "van Gogh"),
    ],
)
def test_the_order_of_parts(
    person: Mapping[str, object], attributes: str, style: str, name: str
) -> None:
    """By form, order, demotion and script."""
    assert _name(person, attributes, style) == name


def test_particles_that_are_joined_with_an_apostrophe() -> None:
    """No space goes behind them."""
    person = {"family": "Aubignac", "given": "Jean", "dropping-particle": "d’"}
    assert _name(person) == "Jean d’Aubignac"
    assert _name(person, _INVERTED) == "Aubignac, Jean d’"
    both = {**person, "non-dropping-particle": "von"}
    assert _name(both, _INVERTED) == "Aubignac, Jean d’von"
    assert _name({**both, "dropping-particle": "de"}, _INVERTED) == (
        "Aubignac, Jean de von"
    )


def test_the_separator_of_inverted_parts() -> None:
    """``sort-separator``, a comma and a space where it is not set."""
    assert _name(_THIRD, f'{_INVERTED} sort-separator="; "') == "Gogh; Vincent van; III"
    assert _name(_MAO, f'{_INVERTED} sort-separator="; "') == "毛泽东"


def test_given_names_may_be_initials_in_any_order() -> None:
    """Particles and suffixes stay whole."""
    initials = 'initialize-with=". "'
    assert _name(_THIRD, initials) == "V. van Gogh III"
    assert _name(_THIRD, f"{initials} {_INVERTED}") == "Gogh, V. van, III"
    assert _name(_THIRD, f"{initials} {_SHORT}") == "van Gogh"


def test_a_space_that_does_not_break_takes_the_place_of_another() -> None:
    """It may end ``initialize-with``."""
    assert _name(_HAKIM, 'initialize-with=".\u00a0"') == "T. al-Hakim"


def test_a_suffix_may_have_a_comma() -> None:
    """The name says so (CSL-JSON, ``comma-suffix``)."""
    person = {"family": "Doe", "given": "John", "suffix": "Jr.", "comma-suffix": True}
    assert _name(person) == "John Doe, Jr."
    assert _name(person, _INVERTED) == "Doe, John, Jr."


def test_an_order_of_its_own() -> None:
    """CSL-JSON, ``static-ordering``: the family name comes first, with no comma."""
    person = {"family": "Vo", "given": "Nguyen", "static-ordering": True}
    assert _name(person) == "Vo Nguyen"
    assert _name(person, _INVERTED) == "Vo Nguyen"
    assert _name({**person, "given": ""}) == "Vo"


_CAPS = '<name-part name="family" text-case="uppercase"/>'
_BOLD = '<name-part name="{}" font-weight="bold"/>'
_AFFIXES = '<name-part name="{}" prefix="[" suffix="]"/>'


@pytest.mark.parametrize(
    ("person", "attributes", "style", "parts", "name"),
    [
        ({"family": "Doe", "given": "Jane"}, "", "", _CAPS, "Jane DOE"),
        # Formatting of the family name: also of the particle that is kept.
        (_THIRD, "", "", _CAPS, "Vincent VAN GOGH III"),
        (_THIRD, _INVERTED, _NEVER, _CAPS, "VAN GOGH, Vincent, III"),
        (_THIRD, _INVERTED, _DISPLAY, _CAPS, "GOGH, Vincent VAN, III"),
        (_THIRD, _SHORT, "", _CAPS, "VAN GOGH"),
        (
            _GOGH,
            _INVERTED,
            _DISPLAY,
            _BOLD.format("family"),
            "<b>Gogh</b>, Vincent <b>van</b>",
        ),
        # Formatting of the given name: also of the particle that can be dropped.
        (_HUMBOLDT, "", "", _BOLD.format("given"), "<b>Alexander von</b> Humboldt Jr."),
        (
            _HUMBOLDT,
            _INVERTED,
            "",
            _BOLD.format("given"),
            "Humboldt, <b>Alexander von</b>, Jr.",
        ),
        (_HUMBOLDT, _SHORT, "", _BOLD.format("given"), "Humboldt"),
        # Affixes of the given name enclose particles that are demoted.
        (_GOGH, _INVERTED, _DISPLAY, _AFFIXES.format("given"), "Gogh, [Vincent van]"),
        (_GOGH, _INVERTED, _NEVER, _AFFIXES.format("given"), "van Gogh, [Vincent]"),
        (_GOGH, "", "", _AFFIXES.format("given"), "[Vincent] van Gogh"),
        # Those of the family name enclose particles before it.
        (_GOGH, "", "", _AFFIXES.format("family"), "Vincent [van Gogh]"),
        (_GOGH, _INVERTED, _NEVER, _AFFIXES.format("family"), "[van Gogh], Vincent"),
        (_GOGH, _INVERTED, _DISPLAY, _AFFIXES.format("family"), "[Gogh], Vincent van"),
        # An inverted name's suffix is outside.
        (
            _THIRD,
            _INVERTED,
            _NEVER,
            _AFFIXES.format("family"),
            "[van Gogh], Vincent, III",
        ),
        (_MAO, "", "", _BOLD.format("family"), "<b>毛</b>泽东"),
        (_MAO, "", "", _BOLD.format("given"), "毛<b>泽东</b>"),
        (_WHO, "", "", _CAPS, "WORLD HEALTH ORGANIZATION"),
        (_WHO, "", "", _BOLD.format("given"), "World Health Organization"),
    ],
)
def test_formatting_of_parts(
    person: Mapping[str, object], attributes: str, style: str, parts: str, name: str
) -> None:
    """What ``cs:name-part`` of "given" and of "family" is about."""
    assert _name(person, attributes, style, parts, html=True) == name


def test_both_parts_may_be_formatted() -> None:
    """There may be one or two ``cs:name-part``."""
    parts = _BOLD.format("given") + '<name-part name="family" font-style="italic"/>'
    html = _name({"family": "Doe", "given": "Jane"}, parts=parts, html=True)
    assert html == "<b>Jane</b> <i>Doe</i>"


def test_markup_in_names() -> None:
    """As in any value."""
    person = {"family": "Doe<sup>1</sup>", "given": "<i>J</i>"}
    assert _name(person, html=True) == "<i>J</i> Doe<sup>1</sup>"
    assert _name({"literal": "<b>W</b>HO"}, html=True) == "<b>W</b>HO"
