"""Styles: their parts, and what is wrong with those that cannot work.

Source: CSL 1.0.2 specification, "Styles - Structure".
"""

from __future__ import annotations

import pytest

from csl.making import NAMESPACE, style
from lupusrefs.csl import Style, StyleError

_CITATION = "<citation><layout><text value='x'/></layout></citation>"


def test_the_parts_of_a_style() -> None:
    """Title, id, class, language, macros, and the two areas."""
    made = Style.parse(
        f'<style xmlns="{NAMESPACE}" class="note" version="1.0" default-locale="de-AT">'
        "<info><title> A\n  title </title><id>urn:x</id>"
        '<link rel="self" href="http://example.org/self"/></info>'
        '<locale xml:lang="de"/><locale/><macro name="m"><text value="x"/></macro>'
        f"{_CITATION}<bibliography><layout/></bibliography></style>",
        "a.csl",
    )
    assert (made.name, made.title, made.id) == ("a.csl", "A title", "urn:x")
    assert (made.is_note, made.default_locale, made.parent) == (True, "de-AT", "")
    assert list(made.macros) == ["m"]
    assert [one.get("lang") for one in made.locales] == ["de", ""]
    assert made.citation is not None
    assert made.bibliography is not None


def test_a_style_needs_no_more_than_a_citation() -> None:
    """Neither title nor bibliography are needed to render."""
    made = Style.parse(f'<style class="in-text">{_CITATION}</style>')
    assert (made.title, made.id, made.default_locale) == ("", "", "")
    assert not made.is_note
    assert made.bibliography is None


def test_a_dependent_style_names_its_parent() -> None:
    """It has nothing but its metadata ("Dependent Styles")."""
    made = Style.parse(
        '<style default-locale="fr-FR"><info><title>T</title><link rel="documentation"'
        ' href="http://a"/><link rel="independent-parent" href="http://b"/></info>'
        "</style>"
    )
    assert (made.parent, made.citation, made.default_locale) == (
        "http://b",
        None,
        "fr-FR",
    )


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("\n<locale/>".strip(), 1, 1),
        ("<style>\n</style>", 1, 1),
        ("<style>\n <citation/></style>", 1, 1),
        (f"<style>{_CITATION}\n  <bibliography/></style>", 2, 3),
        (
            (
                "<style><citation><layout>\n    <text macro='nowhere'/></layout>"
                "</citation></style>"
            ),
            2,
            5,
        ),
        (
            (
                "<style><citation><sort>\n<key macro='nowhere'/></sort><layout/>"
                "</citation></style>"
            ),
            2,
            1,
        ),
        (
            f"<style><macro name='m'>\n\n <text macro='m'/></macro>{_CITATION}</style>",
            3,
            2,
        ),
    ],
)
def test_what_is_no_style_is_refused_with_its_place(
    text: str, line: int, column: int
) -> None:
    """Line and column are those of the element that is wrong."""
    with pytest.raises(StyleError) as caught:
        Style.parse(text, "bad.csl")
    location = caught.value.location
    assert location is not None
    assert (location.file, location.line, location.column) == ("bad.csl", line, column)


@pytest.mark.parametrize(
    ("macros", "cycle"),
    [
        ({"a": "a"}, "a -> a"),
        ({"a": "b", "b": "a"}, "a -> b -> a"),
        ({"a": "b", "b": "c", "c": "b"}, "b -> c -> b"),
        ({"x": "", "a": "x", "b": "c", "c": "d", "d": "b"}, "b -> c -> d -> b"),
    ],
)
def test_macros_that_call_themselves_are_refused(
    macros: dict[str, str], cycle: str
) -> None:
    """They could be rendered forever; the message says which way they call."""
    bodies = {
        name: f'<group><text macro="{called}"/></group>' if called else "<group/>"
        for name, called in macros.items()
    }
    with pytest.raises(StyleError, match=cycle):
        style(macros=bodies)


def test_macros_may_share_a_macro() -> None:
    """That is no recursion, however many ways lead to it."""
    bodies = {
        "a": '<text macro="b"/><text macro="c"/>',
        "b": '<text macro="d"/>',
        "c": '<text macro="d"/><text macro="d"/>',
        "d": '<text value="x"/>',
    }
    assert list(style(macros=bodies).macros) == ["a", "b", "c", "d"]


def test_an_error_about_the_whole_style_names_its_file() -> None:
    """It has no line."""
    error = style().error("it is sad", "cheer it up")
    assert (str(error), error.hint) == ("it is sad", "cheer it up")
    assert str(error.location) == "small.csl"
