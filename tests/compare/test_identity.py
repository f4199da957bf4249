"""Whether a DOI is of the cited work (comparison.md, 5.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.identity import Facts, Identity, decide
from lupusrefs.findings import Confidence

_EQUAL = FieldComparison(field="issued", state=State.EQUAL)
_OTHER = replace(_EQUAL, state=State.DIFFERENT, grade=Grade.WHOLE)
_ABSENT = replace(_EQUAL, state=State.ABSENT_CITED)


def _facts(
    title: Grade,
    author: State = State.EQUAL,
    year: FieldComparison = _EQUAL,
    further: tuple[FieldComparison, ...] = (_EQUAL, _EQUAL, _EQUAL),
    cited: str = "A study of light in water",
    registered: str = "On the origin of heat",
) -> Facts:
    state = State.EQUAL if title is Grade.NONE else State.DIFFERENT
    compared = FieldComparison(
        field="title", state=state, grade=title, cited=cited, registered=registered
    )
    return Facts(compared, author, year, further)


def test_another_title_where_all_else_agrees() -> None:
    """It may be another work, and is worth a warning."""
    verdict = decide(_facts(Grade.WHOLE))
    assert (verdict.identity, verdict.confidence) == (
        Identity.UNSURE,
        Confidence.LIKELY,
    )


def test_translated_title_where_all_else_agrees() -> None:
    """It may as well be a translation: no more than an info."""
    facts = _facts(Grade.WHOLE, registered="Über den Ursprung der Wärme")
    verdict = decide(facts)
    assert (verdict.identity, verdict.confidence) == (
        Identity.UNSURE,
        Confidence.POSSIBLE,
    )


@pytest.mark.parametrize(
    ("author", "year", "further", "identity"),
    [
        # Another volume of the same journal, by somebody else.
        (State.DIFFERENT, _OTHER, (_EQUAL, _OTHER, _OTHER), Identity.OTHER),
        (State.DIFFERENT, _EQUAL, (_OTHER, _OTHER, _ABSENT), Identity.OTHER),
        (State.DIFFERENT, _EQUAL, (_EQUAL, _EQUAL, _EQUAL), Identity.UNSURE),
        # Another paper of a series by the same people.
        (State.EQUAL, _EQUAL, (_EQUAL, _OTHER, _OTHER), Identity.OTHER),
        # A slip in two fields.
        (State.EQUAL, _EQUAL, (_EQUAL, _EQUAL, _OTHER), Identity.SAME),
        (State.EQUAL, _OTHER, (_EQUAL, _EQUAL, _EQUAL), Identity.SAME),
    ],
)
def test_a_word_of_the_title_differs(
    author: State,
    year: FieldComparison,
    further: tuple[FieldComparison, ...],
    identity: Identity,
) -> None:
    """How much else differs decides whether it is a slip or another work."""
    assert decide(_facts(Grade.PART, author, year, further)).identity is identity
