"""Whether a DOI is of the cited work at all (comparison.md, 5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lupusrefs.compare.comparison import FieldComparison, Grade, State
from lupusrefs.compare.languages import may_be_translation
from lupusrefs.findings import Confidence

# So many further fields that differ make it certain, or another work of a series.
_TWO = 2
_THREE = 3


class Identity(StrEnum):
    """The verdict; ``unsure`` is told as an info, ``other`` in place of all else."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is the same work, how sure that is, and why."""

    identity: Identity
    confidence: Confidence
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict rests on.

    Attributes:
        title: the comparison of the titles.
        first_author: what became of the first author alone.
        year: the comparison of the years.
        further: container, volume and pages.
    """

    title: FieldComparison
    first_author: State
    year: FieldComparison
    further: tuple[FieldComparison, ...]

    @property
    def is_author_same(self) -> bool:
        """Whether both name the same first author."""
        return self.first_author in {State.EQUAL, State.EQUIVALENT}

    @property
    def is_author_other(self) -> bool:
        """Whether both name one, and not the same."""
        return self.first_author is State.DIFFERENT

    @property
    def differing(self) -> int:
        """How many of the further fields differ."""
        return _count(one.differs for one in self.further)

    @property
    def agreeing(self) -> int:
        """How many of the further fields agree."""
        return _count(one.agrees for one in self.further)


def _count(bits: Iterable[bool]) -> int:
    return sum(bits)


def decide(facts: Facts) -> Verdict:
    """The verdict, from the title, then from who wrote it and when."""
    title = facts.title
    if title.agrees or (title.differs and title.grade is Grade.SLIGHT):
        return _by_equal_title(facts)
    if not title.differs:
        return _without_title(facts)
    if title.grade is Grade.PART:
        return _by_changed_title(facts)
    return _by_other_title(facts)


def _by_equal_title(facts: Facts) -> Verdict:
    proved = facts.is_author_same + facts.year.agrees + facts.agreeing
    confidence = Confidence.CERTAIN if proved else Confidence.LIKELY
    return Verdict(Identity.SAME, confidence, "the titles agree")


def _by_changed_title(facts: Facts) -> Verdict:
    """A word differs: a slip, or another part of a series by the same people."""
    against = facts.differing + facts.year.differs
    if facts.is_author_other:
        # In another volume of one journal only the journal agrees.
        if against >= _THREE or (against >= _TWO and not facts.agreeing):
            reason = "a word of the title, the first author and the rest differ"
            return Verdict(Identity.OTHER, Confidence.LIKELY, reason)
        reason = "a word of the title and the first author differ"
        return Verdict(Identity.UNSURE, Confidence.POSSIBLE, reason)
    if facts.differing >= _TWO:
        reason = "a word of the title differs, and so does the rest"
        return Verdict(Identity.OTHER, Confidence.LIKELY, reason)
    sure = facts.is_author_same and (facts.year.agrees or facts.agreeing)
    confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
    return Verdict(Identity.SAME, confidence, "the titles differ in a word only")


def _by_other_title(facts: Facts) -> Verdict:
    if facts.is_author_other:
        sure = facts.differing + facts.year.differs >= _TWO
        confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
        reason = "the title and the first author differ"
        return Verdict(Identity.OTHER, confidence, reason)
    if facts.is_author_same and facts.year.agrees and not facts.differing:
        if may_be_translation(facts.title.cited, facts.title.registered):
            reason = "the titles differ, all else agrees: a translation?"
            return Verdict(Identity.UNSURE, Confidence.POSSIBLE, reason)
        reason = "the titles differ, all else agrees"
        return Verdict(Identity.UNSURE, Confidence.LIKELY, reason)
    if facts.differing or facts.year.differs:
        sure = facts.differing + facts.year.differs >= _TWO
        confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
        reason = "the title differs, and so does more"
        return Verdict(Identity.OTHER, confidence, reason)
    reason = "the titles differ, and nothing else can be compared"
    return Verdict(Identity.UNSURE, Confidence.POSSIBLE, reason)


def _without_title(facts: Facts) -> Verdict:
    if facts.is_author_same and (facts.year.agrees or facts.agreeing):
        confidence = Confidence.CERTAIN if facts.agreeing else Confidence.LIKELY
        return Verdict(Identity.SAME, confidence, "author and date agree")
    if facts.is_author_other and facts.year.differs and facts.differing >= _TWO:
        reason = "first author, year, and two more fields differ"
        return Verdict(Identity.OTHER, Confidence.LIKELY, reason)
    if facts.agreeing >= _TWO:
        return Verdict(Identity.SAME, Confidence.LIKELY, "place and numbers agree")
    reason = "there is too little to compare"
    return Verdict(Identity.UNKNOWN, Confidence.POSSIBLE, reason)
