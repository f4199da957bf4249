"""Of the works that a search has found, the one that is meant, or an honest none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lupusrefs.findings import Confidence
from lupusrefs.matching.evidence import Agreement, Facts, FieldEvidence
from lupusrefs.matching.judgement import Judgement, judge
from lupusrefs.matching.kinds import is_preprint, same_work
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work

# So many works that come near are shown.
_SHOWN: Final = 5


class Choice(StrEnum):
    """What looking at the works came to."""

    MATCHED = "matched"
    NONE = "none"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that comes near, and why it was not taken, or is not the only one."""

    work: Work
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which work a reference means.

    Attributes:
        choice: what it came to.
        work: the work; None unless it is ``matched``.
        confidence: how sure that is.
        reason: why.
        evidence: the fields of the work, or of the nearest one.
        candidates: other works that come near, the nearest first.
    """

    choice: Choice
    work: Work | None = None
    confidence: Confidence | None = None
    reason: str = ""
    evidence: tuple[FieldEvidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    work: Work
    facts: Facts
    judgement: Judgement

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """What is likelier to be meant comes first."""
        confidence = self.judgement.confidence
        return (
            confidence is not None,
            confidence is Confidence.CERTAIN,
            self.facts.weight,
        )


def choose(works: Iterable[Work], facts_of: Callable[[Work], Facts]) -> Verdict:
    """Choose among works.

    Args:
        works: what was found, in any order; repetitions do not count.
        facts_of: the evidence on one of them.
    """
    unique = {fold(work.doi or work.id): work for work in works}
    judged = [_judged(work, facts_of(work)) for work in unique.values()]
    # The same order whatever the registry's was.
    judged.sort(key=lambda one: fold(one.work.doi or one.work.id))
    judged.sort(key=lambda one: one.rank, reverse=True)
    accepted = [one for one in judged if one.judgement.is_accepted]
    if not accepted:
        near = [one for one in judged if one.judgement.is_near]
        evidence = _evidence(near[0].facts) if near else ()
        return Verdict(Choice.NONE, evidence=evidence, candidates=_candidates(near))
    best, *rivals = accepted
    equals = [one for one in rivals if not _is_better(best, one)]
    equals = [one for one in equals if not same_work(best.work, one.work)]
    if equals:
        reason = f"{len(equals) + 1} works agree equally well"
        return Verdict(
            Choice.AMBIGUOUS,
            reason=reason,
            evidence=_evidence(best.facts),
            candidates=_candidates(judged),
        )
    twins = [one for one in rivals if same_work(best.work, one.work)]
    chosen = min((best, *twins), key=_preference)
    return Verdict(
        Choice.MATCHED,
        chosen.work,
        chosen.judgement.confidence,
        chosen.judgement.reason,
        _evidence(chosen.facts),
        _candidates([one for one in judged if one is not chosen]),
    )


def _judged(work: Work, facts: Facts) -> _Judged:
    return _Judged(work, facts, judge(facts))


def _evidence(facts: Facts) -> tuple[FieldEvidence, ...]:
    return tuple(facts.fields.values())


def _candidates(judged: Iterable[_Judged]) -> tuple[Candidate, ...]:
    near = [one for one in judged if one.judgement.is_accepted or one.judgement.is_near]
    return tuple(Candidate(one.work, one.judgement.reason) for one in near[:_SHOWN])


def _preference(one: _Judged) -> tuple[bool, float, str]:
    """Of two DOIs of one work not JSTOR's copy, then the one that says more."""
    doi = fold(one.work.doi or one.work.id)
    return doi.startswith("10.2307/"), -one.facts.weight, doi


def _is_better(best: _Judged, other: _Judged) -> bool:
    """Whether the best one is clearly meant, and not the other.

    By a field that agrees with the one and not with the other, and none the other way
    round; never by a mere sum.
    """
    mine, theirs = best.facts, other.facts
    ahead = behind = 0
    for name in _TELLING:
        ours, others = mine.of(name), theirs.of(name)
        ahead += _beats(ours, others)
        behind += _beats(others, ours)
    if is_preprint(other.work) and not is_preprint(best.work):
        ahead += mine.container.is_good
    return ahead > 0 and (behind == 0 or ahead > behind + 1)


_TELLING: Final = ("title", "author", "issued", "container-title", "volume", "page")


def _beats(one: Agreement, other: Agreement) -> bool:
    return one.is_good and one > other
