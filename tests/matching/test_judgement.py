"""Whether a work is the one that is meant, from what agrees."""

from __future__ import annotations

from typing import Final

import pytest

from lupusrefs.findings import Confidence
from lupusrefs.matching.evidence import Agreement, Facts, FieldEvidence
from lupusrefs.matching.judgement import judge

# One letter for what became of a field.
_STATES: Final = {
    "=": Agreement.AGREES,
    "~": Agreement.SLIGHT,
    "+": Agreement.PART,
    "-": Agreement.DIFFERS,
    ".": Agreement.ABSENT,
}
_FIELDS: Final = (
    *("title", "author", "issued", "container-title", "volume", "issue", "page"),
)
_CERTAIN, _LIKELY = Confidence.CERTAIN, Confidence.LIKELY


def facts(states: str, **others: object) -> Facts:
    """Facts: title, author, year, container, volume, issue, page in this order."""
    fields = {
        name: FieldEvidence(name, _STATES[state])
        for name, state in zip(_FIELDS, states, strict=True)
    }
    given: dict[str, object] = {"letters": 40, "digits": 6, **others}
    return Facts(fields=fields, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("states", "confidence"),
    [
        # title, author, year, container, volume, issue, page
        ("=======", _CERTAIN),
        ("==-.=.=", _CERTAIN),
        ("===-..-", None),
        ("===-=..", _LIKELY),
        ("===-...", None),
        ("==.-=..", None),
        ("=-=====", _LIKELY),
        ("=-===.-", None),
        ("=====.-", _CERTAIN),
        ("====...", _CERTAIN),
        ("==~=...", _CERTAIN),
        ("==.=...", _LIKELY),
        ("==-=...", None),
        ("====-.-", None),
        ("====..-", _LIKELY),
        ("==~=..-", None),
        ("=.====.", _LIKELY),
        ("=.-==.=", _LIKELY),
        ("=.-==..", None),
        ("=.==...", _LIKELY),
        ("===....", _CERTAIN),
        ("==~....", _LIKELY),
        ("==~...-", None),
        ("==.....", _LIKELY),
        ("==-....", None),
        ("=.=.=.=", _LIKELY),
        ("=.=....", None),
        ("=+=....", None),
        ("~+=.=.=", _CERTAIN),
        ("~-=====", _LIKELY),
        ("~-=....", None),
        ("~.===.=", _LIKELY),
        ("~.===..", None),
        ("~=..-.-", None),
        ("~===...", _CERTAIN),
        ("~===-..", None),
        ("~===..-", None),
        ("~==....", _LIKELY),
        ("~==-=..", _LIKELY),
        ("~=-=...", None),
        ("+===.==", _LIKELY),
        ("+=====.", _LIKELY),
        ("+===...", None),
        ("+===-.=", None),
        ("+=-.=.=", _LIKELY),
        ("+======", _CERTAIN),
        ("+-=====", None),
        (".======", _CERTAIN),
        (".==~=.=", _LIKELY),
        (".==.=.=", _LIKELY),
        (".==-=.=", None),
        (".=..=.=", None),
        (".===..=", _LIKELY),
        (".===-.=", None),
        (".=~=..=", None),
        (".===...", None),
        (".-=====", None),
        ("..=====", _LIKELY),
        ("..===..", None),
        ("-======", None),
        ("-==.=.=", None),
        ("-.=====", None),
    ],
)
def test_what_has_to_agree(states: str, confidence: Confidence | None) -> None:
    """Never the title alone, and never against two of journal, volume and page."""
    judged = judge(facts(states))
    assert judged.confidence is confidence, judged.reason
    assert judged.reason


def test_trouble_goes_before_all_agreement() -> None:
    """The work is shown all the same."""
    judged = judge(facts("=======", trouble="it is a figure"))
    assert (judged.confidence, judged.reason, judged.is_near) == (
        *(None, "it is a figure", True),
    )


def test_a_book_by_somebody_named_further_on_is_what_a_chapter_is_in() -> None:
    """For an article it is only another order of the authors."""
    assert judge(facts("=+==...", is_whole=True)).confidence is None
    assert judge(facts("=+==...")).confidence is _LIKELY


@pytest.mark.parametrize(
    ("states", "letters", "confidence"),
    [
        ("===....", 12, _LIKELY),
        ("===....", 6, None),
        ("=.=....", 60, _LIKELY),
        ("~==....", 12, None),
        ("=.==...", 12, None),
    ],
)
def test_short_titles_need_more(
    states: str, letters: int, confidence: Confidence | None
) -> None:
    """And a very long one needs less."""
    assert judge(facts(states, letters=letters)).confidence is confidence


def test_a_translated_title_differs_alone() -> None:
    """Two notes by one author may stand on one page, but hardly in two languages."""
    assert judge(facts("-======", may_be_translated=True)).confidence is _LIKELY
    assert judge(facts("-=====-", may_be_translated=True)).confidence is None


def test_a_heading_counts_with_its_issue() -> None:
    """Many works have it: its author, journal and year have to be there, too."""
    for states in ("====..=", "======."):
        judged = judge(facts(states, is_generic=True, digits=2))
        assert judged.confidence is _LIKELY
    assert judge(facts("=====..", is_generic=True)).confidence is None


def test_a_whole_list_of_authors_counts() -> None:
    """Four of them, where no page is cited."""
    four = facts(".===...", others=3, more=3)
    assert judge(four).confidence is _LIKELY
    assert judge(facts(".===-..", others=3, more=3)).confidence is None
    assert judge(facts(".===...", others=2, more=3)).confidence is None
    assert judge(facts(".-==...", others=3, more=3)).confidence is None


def test_few_digits_agree_by_chance() -> None:
    """Unless the journal agrees with them."""
    assert not facts(".==.=.=", digits=2).is_placed
    assert facts(".====.=", digits=2).is_placed
    assert judge(facts("..===.=", digits=3)).confidence is None


def test_weights_put_works_in_order() -> None:
    """What differs counts against."""
    order = ["=======", "~======", "+======", ".======", "-======"]
    weights = [facts(one).weight for one in order]
    assert weights == sorted(weights, reverse=True)
    assert facts("=======", others=1, more=2).weight > facts("=======").weight
