"""Registered titles that are damaged: the citation is right, and nothing is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.comparison import FieldComparison, State
from lupusrefs.compare.titles import compare_title
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

CITED = "The wolves of the Alps: twelve winters on their tracks"


def compared(cited: str, **fields: object) -> FieldComparison:
    """What becomes of a cited title beside a record."""
    work = Work.model_validate(
        {
            "id": "10.1234/x",
            "doi": "10.1234/x",
            "provenance": Provenance(
                answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
            ),
            **fields,
        }
    )
    return compare_title(Reference(id="k", title=cited), work, corroborated=True)


@pytest.mark.parametrize(
    ("title", "subtitles"),
    [
        # The running head of a record whose title is its DOI (B22, B28).
        ("10.1234/x", ("WOLVES OF THE ALPS",)),
        ("10.1234/x", ("A much longer subtitle that has many more words than it",)),
    ],
)
def test_title_is_the_doi(title: str, subtitles: tuple[str, ...]) -> None:
    """A subtitle behind the DOI is no title either."""
    found = compared(CITED, title=title, titles=(title,), subtitles=subtitles)
    assert found.state is State.ABSENT_REGISTERED
    assert not found.findings


def test_only_an_original_title() -> None:
    """What stands alone in the place of the original title proves nothing (B26)."""
    found = compared(CITED, original_title="ENGLISH")
    assert found.state is State.NOT_COMPARABLE
    assert compared(CITED, original_title=CITED).agrees


@pytest.mark.parametrize(
    ("cited", "title"),
    [
        (CITED, f"Reviews{CITED}"),
        ("A wolf on its own", "EditorialA wolf on its own"),
        ("Les loups des Alpes", "Original ArticleLes loups des Alpes"),
    ],
)
def test_column_is_glued_to_the_title(cited: str, title: str) -> None:
    """Be there an article in front or not (B30)."""
    found = compared(cited, title=title, titles=(title,))
    assert found.state is State.EQUIVALENT
    assert found.reason == "registered title has extra text"


def test_footnote_digit_behind_a_word_with_two_spellings() -> None:
    """The digit keeps "demise" from being spelt "demize" on one side alone (B16)."""
    found = compared("The wolf's demise", title="The wolf's demise1")
    assert found.agrees
