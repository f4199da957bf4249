"""Words and addresses that the ends of lines break are joined where that is sure."""

from __future__ import annotations

import pytest

from documents.pdf.pdf_builder import Page, Pdf
from documents.pdf.pdf_pages import (
    document,
    text_of,
)
from lupusrefs.documents.pdf.hyphens import Hyphenation, word_joint
from lupusrefs.documents.pdf.joints import Joint
from lupusrefs.model.doi_text import find_dois


def joined(*lines: str) -> list[str]:
    """Lines of one paragraph as they are read."""
    page = Page()
    page.column(72, 700, lines)
    return text_of(Pdf([page])).splitlines()


def test_a_word_that_a_line_breaks_is_one() -> None:
    """It stands where it begins, and the rest of the line below."""
    pdf = Pdf()
    pdf.page().column(72, 700, ["the resp-", "iratory tract, and", "not respiratory"])
    text = document(pdf).text
    assert text.text == "the respiratory\ntract, and\nnot respiratory"
    assert text.location(text.text.index("iratory")).line == 2
    assert text.location(text.text.index("tract")).column == 9


def test_its_punctuation_comes_with_a_word() -> None:
    """A comma does not begin a line."""
    lines = joined("in the collabo-", "ration), which", "a collaboration")
    assert lines[:2] == ["in the collaboration),", "which"]


def test_a_document_that_breaks_words_breaks_unknown_ones_too() -> None:
    """Others break lines at hyphens that are there anyway."""
    broken = ("a mole-", "cule of a pro-", "tein and some enzy-", "me of a kind")
    assert joined(*broken) == list(broken)
    lines = joined("molecule and protein", *broken)
    assert lines[1:] == ["a molecule", "of a protein", "and some enzyme", "of a kind"]


def test_a_soft_hyphen_is_never_meant_to_be_seen() -> None:
    """Even where the document breaks no other word."""
    assert word_joint("an enzy\u00ad", "me", Hyphenation.of([])) == Joint(7, 2)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("the AT-", "LAS experiment"),  # a name
        ("of Jean-", "Pierre"),
        ("pages 12-", "14 of it"),
        ("pre-", "war"),  # nothing before it: it may be the end of an address
        ("both pre-", "and postnatal"),
        ("https://example.org/some-", "where else"),
        ("an end -", "and more"),
        ("to the micro-", "RNA of it"),
        ("by inter-", "net2.com"),
    ],
)
def test_what_may_keep_its_hyphen_is_left_as_it_is(line: str, following: str) -> None:
    """Only what is sure is joined."""
    assert joined(line, following) == [line, following]


def test_a_compound_keeps_its_hyphen() -> None:
    """If the text has it elsewhere, or both parts are words, or the first is such."""
    assert joined("a well-", "known one")[0] == "a well-known"
    assert joined("a piezo-driven one", "of piezo-", "driven ones")[1] == (
        "of piezo-driven"
    )
    assert (
        joined("state of the spin", "the spin-", "state of it")[1] == "the spin-state"
    )
    assert joined("a state-of-the-", "art one")[0] == "a state-of-the-art"
    assert joined("his network is", "a work of the net", "by net-", "work it")[2] == (
        "by network"
    )


def test_addresses_are_joined_where_none_can_end() -> None:
    """Whatever the place of the break."""
    whole = "https://doi.org/10.1234/abc.def"
    for at in (6, 7, 8, 16, 18, 19, 22, 23):
        lines = joined(f"See {whole[:at]}", f"{whole[at:]} and more")
        assert lines == [f"See {whole}", "and more"], at


def test_a_suffix_goes_on_with_a_hyphen() -> None:
    """No sentence begins so."""
    lines = joined("See doi:10.1234/abc", "-HP071 and more")
    assert lines == ["See doi:10.1234/abc-HP071", "and more"]


def test_a_doi_that_is_broken_in_its_suffix_is_found() -> None:
    """The line break stays, and is no blank."""
    pdf = Pdf()
    pdf.page().column(72, 700, ["doi:10.1234/abc.2020-", "1234 was registered"])
    text = text_of(pdf)
    assert text == "doi:10.1234/abc.2020-\n1234 was registered"
    assert find_dois(text)[0].doi.name == "10.1234/abc.2020-1234"
