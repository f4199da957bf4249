"""Given names as initials.

Source: CSL 1.0.2 specification, "Name" (initialize, initialize-with), "Hyphenation of
Initialized Names".
"""

from __future__ import annotations

import pytest

from csl.making import item, shown
from lupusrefs.csl.initials import initials


@pytest.mark.parametrize(
    ("given", "mark", "result"),
    [
        ("John Edward", ". ", "J. E."),
        ("John Edward", ".", "J.E."),
        ("John Edward", " ", "J E"),
        ("John Edward", "", "JE"),
        ("J. E.", ". ", "J. E."),
        ("J.E.", ". ", "J. E."),
        ("J E", ".", "J.E."),
        ("Élodie", ".", "É."),
        ("Jean-Luc", ".", "J.-L."),
        ("Jean-Luc", ". ", "J.-L."),
        ("Jean\u2010Luc", ".", "J.-L."),
        ("J.-L.", ".", "J.-L."),
        # "Chih-jen" is one name, and the next one is another.
        ("Chih-jen Wei", ". ", "C. W."),
        ("Mary Jo-ann Kay", "", "MJK"),
        # Particles are no given names.
        ("Jean de", ". ", "J. de"),
        ("Jean de", ".", "J. de"),
        ("Luc d'", ". ", "L. d'"),
        ("", ". ", ""),
        ("-", ". ", ""),
    ],
)
def test_the_mark_is_put_behind_every_initial(
    given: str, mark: str, result: str
) -> None:
    """Given names, whole or initials already, are one letter and the mark."""
    assert initials(given, mark, initialize=True, hyphen=True) == result


@pytest.mark.parametrize(
    ("given", "mark", "result"),
    [
        ("Jean-Luc", ".", "J.L."),
        ("Jean-Luc", ". ", "J. L."),
        ("Jean-Luc Marie", ".", "J.L.M."),
        ("Jean-Luc", "", "JL"),
    ],
)
def test_hyphens_may_go(given: str, mark: str, result: str) -> None:
    """``initialize-with-hyphen`` of ``cs:style`` set to ``false``."""
    assert initials(given, mark, initialize=True, hyphen=False) == result


@pytest.mark.parametrize(
    ("given", "mark", "result"),
    [
        ("James T", ".", "James T."),
        ("James T.", ".", "James T."),
        ("James Tiberius", ".", "James Tiberius"),
        ("J T", ". ", "J. T."),
        ("T. James", ".", "T. James"),
        ("Jean-Luc", ".", "Jean-Luc"),
        ("Jean-Luc", ". ", "Jean-Luc"),
        ("Jean-Luc M", ". ", "Jean-Luc M."),
        ("M.E", ".", "M.E."),
        ("M.E", ". ", "M. E."),
        ("M.-E", ". ", "M.-E."),
        ("", ".", ""),
    ],
)
def test_names_that_are_not_initialized_keep_marked_initials(
    given: str, mark: str, result: str
) -> None:
    """``initialize="false"``: "James T Kirk" becomes "James T. Kirk"."""
    assert initials(given, mark, initialize=False, hyphen=True) == result


@pytest.mark.parametrize(
    ("given", "result"),
    [
        # What follows a hyphen in small letters is no name of its own.
        ("Chih-jen", "C."),
        ("Wei Chih-jen", "W. C."),
        # Quotation marks and brackets are no initials.
        ("Mary (Molly)", "M. M."),
        ("Mary “Molly” Ann", "M. M. A."),
        # Nor are numbers.
        ("John 3rd", "J. 3rd"),
    ],
)
def test_what_has_an_initial(given: str, result: str) -> None:
    """Words that begin with a capital, whatever mark is before it ("Name")."""
    assert initials(given, ". ", initialize=True, hyphen=True) == result


def test_a_letter_of_two_is_one() -> None:
    """Transcribed names begin with what is one letter where they come from."""
    assert initials("TSerendorjiin", ".", initialize=True, hyphen=True) == "Ts."


def test_a_mark_may_be_a_space_that_does_not_break() -> None:
    """It is kept as it is."""
    mark = ".\u00a0"
    assert initials("John Edward", mark, initialize=True, hyphen=True) == "J.\u00a0E."


@pytest.mark.parametrize(
    ("attributes", "result"),
    [
        ('initialize-with=". "', "J.-L. Picard"),
        ('initialize-with="." initialize="false"', "Jean-Luc Picard"),
        ("", "Jean-Luc Picard"),
    ],
)
def test_the_attributes_of_a_name(attributes: str, result: str) -> None:
    """Without ``initialize-with`` given names are whole."""
    layout = f'<names variable="author"><name {attributes}/></names>'
    assert shown(layout, item(author="Jean-Luc Picard")) == result


def test_the_hyphen_is_a_global_option() -> None:
    """It stands on ``cs:style``."""
    layout = '<names variable="author"><name initialize-with="."/></names>'
    name = shown(
        layout,
        item(author="Jean-Luc Picard"),
        attributes='initialize-with-hyphen="false"',
    )
    assert name == "J.L. Picard"
