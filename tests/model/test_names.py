"""Names: parts in reading order, what a short citation shows, CSL-JSON."""

from __future__ import annotations

import pytest

from lupusrefs.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("name", "whole", "short"),
    [
        (Name("Mackensen", "Andreas"), "Andreas Mackensen", "Mackensen"),
        (
            Name("Spee-Mayer", "C", non_dropping_particle="von"),
            "C von Spee-Mayer",
            "von Spee-Mayer",
        ),
        (
            Name("Humboldt", "Alexander", dropping_particle="von"),
            "Alexander von Humboldt",
            "Humboldt",
        ),
        (Name("King", "Martin Luther", suffix="Jr."), "Martin Luther King Jr.", "King"),
        (Name("Plato"), "Plato", "Plato"),
        (Name(given="Madonna"), "Madonna", "Madonna"),
        (Name(literal="World Bank"), "World Bank", "World Bank"),
        (Name("ignored", literal="World Bank"), "World Bank", "World Bank"),
        (Name(), "", ""),
    ],
)
def test_a_name_as_text(name: Name, whole: str, short: str) -> None:
    """In reading order; and as (Name, year) shows it."""
    assert str(name) == whole
    assert name.family_with_particle == short


def test_csl_has_no_empty_parts() -> None:
    """CSL's spelling; flags only where they are set."""
    name = Name("King", "", suffix="Jr.", comma_suffix=True)
    assert name.to_csl() == {"family": "King", "suffix": "Jr.", "comma-suffix": True}
    assert Name().to_csl() == {}


def test_others_stands_for_the_names_left_out() -> None:
    """Pandoc's convention: the literal `others`, and nothing like it."""
    assert OTHERS.is_others
    assert OTHERS.to_csl() == {"literal": "others"}
    assert Name(literal="others") == OTHERS
    assert not Name("others").is_others
    assert not Name(literal="Others").is_others
