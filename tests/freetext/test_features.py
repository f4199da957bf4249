"""What the model is told of a word."""

from __future__ import annotations

import pytest

from lupusrefs.freetext.features import features
from lupusrefs.freetext.marks import Marks, gap_shape
from lupusrefs.freetext.tokens import tokenise
from lupusrefs.freetext.words import word


def _of(text: str, at: int) -> set[str]:
    return set(features(text, tokenise(text))[at])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Lupus", "Aa"),
        ("in", "aa"),
        ("a", "a"),
        ("J", "A"),
        ("JY", "AA"),
        ("KAHAN", "AAAA"),
        ("McKee", "AxA"),
        ("pH", "aA"),
        ("中", "c"),
        ("12", "d2"),
        ("2007", "d4year"),
        ("2007a", "dxyeara"),
        ("1998-99", "d-dyears"),
        ("123–130", "d-d"),
        ("12345678", "d+"),
        ("2nd", "dth"),
        ("e0162213", "ad"),
        ("S12", "Ad"),
        ("3D", "dx"),
        ("XIV", "AAAroman"),
        ("———", "dash"),
    ],
)
def test_the_shape_of_a_word(text: str, shape: str) -> None:
    """Capitals, digits, years and roman numbers are told apart."""
    assert word(text, "").shape == shape


def test_a_number_is_known_by_its_shape_alone() -> None:
    """The model learns no single number, and of an identifier only its kind."""
    assert not any(one.startswith("w=") for one in word("123", "").own)
    assert word("10.1234/x", "DOI").own == ("id=DOI",)


def test_gaps_are_folded() -> None:
    """Kinds of quotation marks, dashes and blanks are one each."""
    assert gap_shape(" « ") == '_"_'
    assert gap_shape("</i>, ") == ",_"
    assert gap_shape(" . ") == "._"


def test_quotations_and_brackets_are_followed() -> None:
    """A mark opens, closes, or does either; the other kind inside is text."""
    marks = Marks()
    marks.read("“")
    assert marks.quoted == '"'
    marks.read("’ ‘")
    assert (marks.quoted, marks.quotes_seen) == ('"', 1)
    marks.read("” (")
    assert (marks.quoted, marks.bracket) == ("", "(")
    marks.read(') "')
    assert (marks.quoted, marks.bracket) == ('"', "")
    marks.read('"')
    assert marks.quoted == ""


def test_years_divide_a_reference() -> None:
    """Each word knows whether the year has been."""
    text = "Lee A 2001 Lupus 1999 12 2003"
    places = [
        next(one for one in row if one.startswith("yr="))
        for row in features(text, tokenise(text))
    ]
    assert places == [
        *("yr=before", "yr=before", "yr=first", "yr=amid"),
        *("yr=amid", "yr=amid", "yr=last"),
    ]
    assert "yr=only" in _of("Lee 2001", 1)
    assert "yr=after" in _of("Lee 2001 Lupus", 2)
    assert "yr=none" in _of("Lee", 0)


def test_words_that_announce_are_remembered() -> None:
    """What "In", "vol." and "eds." say is known to every word behind them."""
    assert "me=elv" in _of("Lee (eds) vol 5", 3)
    assert "me=il" in _of("the lupus In: Book", 3)


def test_nothing_has_no_features() -> None:
    """An empty string is no sequence."""
    assert features("", []) == []
