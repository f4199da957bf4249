"""BibTeX, written: authors and editors.

Sources: btxdoc, section 4 ("von Last, Jr, First"); bibtex.web, "von_token_found", for
which words BibTeX takes for particles.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats.bibtex.names import name_list
from lupusrefs.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name("Humrich", "Jens Y"), "Humrich, Jens Y"),
        (
            Name("Spee-Mayer", "Caroline", non_dropping_particle="von"),
            "von Spee-Mayer, Caroline",
        ),
        (
            Name(
                "Fontaine",
                "Jean",
                dropping_particle="de",
                non_dropping_particle="La",
            ),
            "de La Fontaine, Jean",
        ),
        (Name("Alembert", "Jean", dropping_particle="d’"), "d’Alembert, Jean"),
        (Name("Kindi", "Yusuf", non_dropping_particle="al-"), "al-Kindi, Yusuf"),
        (Name("King", "Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Name("King", suffix="Jr."), "{King Jr.}"),
        (Name("García Márquez", "Gabriel"), "García Márquez, Gabriel"),
        (Name("van der Waals", "Johannes"), "van der Waals, Johannes"),
        (Name("Ortega y Gasset", "José"), "{Ortega y Gasset}, José"),
        (Name("Abd-el-Kader", "M."), "{Abd-el-Kader}, M."),
        (Name("bell hooks"), "{bell hooks}"),
        (Name("hooks", "bell"), "hooks, bell"),
        # To BibTeX, which skips the bytes of "Ö", this begins with a small "s".
        (Name("Östlund Berg", "Bengt"), "{Östlund Berg}, Bengt"),
        (Name("Kim"), "Kim"),
        (Name("García Márquez"), "{García Márquez}"),
        (Name("Neumann", non_dropping_particle="von"), "von Neumann"),
        (Name(given="Plato"), "Plato"),
        (Name("others"), "{others}"),
        (Name("Smith and Sons", "A."), "{Smith and Sons}, A."),
        (Name("And", "A."), "{And}, A."),
        (Name("Smith", "A., PhD"), "Smith, {A., PhD}"),
        (Name(literal="World Health Organization"), "{World Health Organization}"),
        (Name(literal="Müller & Co., and more"), r"{Müller \& Co., and more}"),
        (
            Name(literal="The GET{}-Group"),
            r"{The GET\textbraceleft{}\textbraceright{}-Group}",
        ),
        (Name("Ng", ""), "Ng"),
        (Name(literal=" "), ""),
    ],
)
def test_name(name: Name, written: str) -> None:
    """BibTeX finds the parts that the name has, and no others."""
    assert name_list([name]) == written


def test_names_are_joined_by_and() -> None:
    """Names are separated by "and", however many there are (btxdoc, section 4)."""
    names = [Name("A", "B"), Name("C", "D"), Name("E", "F")]
    assert name_list(names) == "A, B and C, D and E, F"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_cut_list_ends_with_and_others(place: int) -> None:
    """BibTeX knows "and others" at the end only (btxdoc, section 4)."""
    names = [Name("A", "B"), Name("C", "D")]
    names.insert(place, OTHERS)
    assert name_list(names) == "A, B and C, D and others"


def test_others_alone_are_nobody() -> None:
    """A list of "others" only names nobody."""
    assert name_list([OTHERS]) == ""
