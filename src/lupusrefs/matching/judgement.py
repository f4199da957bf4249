"""Whether a work is the one that a reference means, from the evidence on both.

Never by a registry's score, and never by the title alone: the title of an article is
that of its meeting abstract, its preprint, its erratum and its reprints, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lupusrefs.findings import Confidence
from lupusrefs.matching.evidence import Agreement, Facts

# Titles of fewer letters, and numbers of fewer digits, agree by chance.
_LONG_TITLE: Final = 18
_SHORT_TITLE: Final = 10
_VERY_LONG_TITLE: Final = 45
_FEW_DIGITS: Final = 2
_DIGITS: Final = 4
_MANY_DIGITS: Final = 6
_TWO: Final = 2
_MANY_OTHERS: Final = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether it is the work that is meant.

    Attributes:
        confidence: how sure that is; None where it is not.
        reason: why, in words.
        is_near: whether it deserves to be shown all the same.
    """

    confidence: Confidence | None
    reason: str
    is_near: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the work is taken for the one that is meant."""
        return self.confidence is not None


def judge(facts: Facts) -> Judgement:
    """Judge a work by its evidence."""
    near = facts.title >= Agreement.PART or (facts.author.is_good and facts.is_placed)
    if facts.trouble is not None:
        return Judgement(None, facts.trouble, is_near=near)
    match facts.title:
        case Agreement.AGREES:
            judged = _by_title(facts)
        case Agreement.SLIGHT:
            judged = _by_slight_title(facts)
        case Agreement.PART:
            judged = _by_changed_title(facts)
        case Agreement.ABSENT:
            judged = _by_place(facts)
        case _:
            judged = _by_other_title(facts)
    return Judgement(judged.confidence, judged.reason, is_near=near)


def _yes(reason: str, *, certain: bool = True) -> Judgement:
    return Judgement(Confidence.CERTAIN if certain else Confidence.LIKELY, reason)


def _no(reason: str) -> Judgement:
    return Judgement(None, reason)


def _by_title(facts: Facts) -> Judgement:
    """The titles are equal: who, where and when have to agree with that."""
    is_long = facts.letters >= _LONG_TITLE
    if facts.is_placed and facts.author.is_good:
        return _yes("title, first author, volume and page agree")
    if facts.against >= _TWO and not facts.container.is_good:
        return _no("the title agrees, but it is cited in another place")
    if facts.author is Agreement.DIFFERS:
        return _by_title_of_others(facts)
    if facts.author is Agreement.PART and facts.is_whole:
        return _no("it is the book that the cited chapter is in")
    if facts.container.is_good:
        return _by_title_in_container(facts, is_long=is_long)
    if facts.container is Agreement.DIFFERS:
        number = facts.volume.is_good or facts.page.is_good
        number = number and facts.digits >= _DIGITS - 1
        if facts.author.is_good and facts.year.is_good and number:
            return _yes("title, author, year and a number agree", certain=False)
        return _no("the title agrees, but it is cited in something else")
    return _by_title_without_place(facts, is_long=is_long)


def _by_title_of_others(facts: Facts) -> Judgement:
    numbers_agree = facts.is_placed and facts.digits >= _DIGITS
    if numbers_agree and facts.container.is_good and facts.year.is_good:
        return _yes("all but the first author agrees", certain=False)
    return _no("the title agrees, the first author differs")


def _by_title_in_container(facts: Facts, *, is_long: bool) -> Judgement:
    if facts.volume is Agreement.DIFFERS and facts.page is Agreement.DIFFERS:
        # The authors' reply, or the next part, has the title, too.
        return _no("the title and the journal agree, but volume and page differ")
    if facts.page is Agreement.DIFFERS and not facts.volume.is_good:
        # The chapter stands in the next edition, too, on other pages.
        is_same_year = facts.year is Agreement.AGREES
        if facts.author.is_good and is_same_year and facts.letters >= _SHORT_TITLE:
            return _yes("title, first author, book and year agree", certain=False)
        return _no("the title and the book agree, but the page differs")
    if facts.author.is_good:
        if facts.year is Agreement.DIFFERS and not (
            facts.volume.is_good or facts.page.is_good
        ):
            return _no("title, first author and journal agree, but the year differs")
        certain = facts.year.is_good or facts.volume.is_good or facts.page.is_good
        return _yes("title, first author and journal agree", certain=certain)
    if facts.is_placed:
        return _yes("title, journal, volume and page agree", certain=False)
    in_issue = facts.volume.is_good and facts.of("issue").is_good
    if facts.year.is_good and (is_long or in_issue):
        return _yes("title, journal and year agree", certain=False)
    return _no("the title and the journal agree, and too little else")


def _by_title_without_place(facts: Facts, *, is_long: bool) -> Judgement:
    """Neither side has a journal for the other to differ from."""
    number = facts.volume.is_good or facts.page.is_good
    if facts.author.is_good:
        is_other_page = facts.page is Agreement.DIFFERS and not facts.volume.is_good
        if is_other_page and facts.year is not Agreement.AGREES:
            return _no("title and first author agree, but year and page differ")
        if facts.year.is_good and (is_long or number or facts.others):
            certain = is_long and facts.year is Agreement.AGREES
            return _yes("title, first author and year agree", certain=certain)
        if facts.year is Agreement.ABSENT and is_long and not facts.against:
            return _yes("title and first author agree", certain=False)
        if facts.year.is_good and facts.letters >= _SHORT_TITLE and not facts.against:
            return _yes("title, author and year agree", certain=False)
        return _no("title and first author agree, and too little else")
    if facts.is_placed and facts.year.is_good and facts.digits >= _DIGITS:
        return _yes("title, year, volume and page agree", certain=False)
    if (
        facts.author is Agreement.ABSENT
        and facts.year is Agreement.AGREES
        and facts.letters >= _VERY_LONG_TITLE
        and not facts.against
    ):
        return _yes("a long title and the year agree", certain=False)
    return _no("the title agrees, and too little else")


def _by_slight_title(facts: Facts) -> Judgement:
    """A letter differs, or the subtitle is left out: more has to agree."""
    if facts.is_placed and facts.author >= Agreement.PART:
        return _yes("first author, volume and page agree, the title nearly")
    everything = facts.is_placed and facts.container.is_good and facts.year.is_good
    if everything and facts.digits >= _DIGITS:
        return _yes("journal, volume, page, year agree, title nearly", certain=False)
    if facts.against >= _TWO or facts.author is Agreement.DIFFERS:
        return _no("the title agrees nearly, and too little else")
    if facts.author.is_good and facts.year.is_good:
        is_there = facts.volume is not Agreement.DIFFERS and (
            facts.page is not Agreement.DIFFERS or facts.volume.is_good
        )
        if facts.container.is_good and is_there:
            return _yes("first author, journal and year agree, the title nearly")
        is_long = facts.letters >= _LONG_TITLE
        if is_long and not facts.against:
            return _yes("first author and year agree, the title nearly", certain=False)
        if facts.volume.is_good or facts.page.is_good:
            return _yes("first author, year and a number agree", certain=False)
    return _no("the title agrees nearly, and too little else")


def _by_changed_title(facts: Facts) -> Judgement:
    """A word differs: a slip, or another part of a series by the same people."""
    if facts.author.is_good and facts.is_placed:
        certain = facts.year.is_good and facts.digits >= _DIGITS
        return _yes("first author, volume and page agree", certain=certain)
    if (
        facts.author.is_good
        and facts.container.is_good
        and facts.year.is_good
        and (facts.volume.is_good or facts.page.is_good)
        and not facts.against
    ):
        return _yes("first author, journal, year and a number agree", certain=False)
    return _no("a word of the title differs, and too little else agrees")


def _by_place(facts: Facts) -> Judgement:
    """One side has no title that says anything: the place has to do."""
    if facts.author.is_good:
        return _by_author_and_place(facts)
    if facts.author is Agreement.DIFFERS:
        return _no("without a title, and the first author differs")
    everything = facts.container.is_good and facts.is_placed and facts.year.is_good
    if everything and facts.digits >= _MANY_DIGITS:
        return _yes("journal, volume, page and year agree", certain=False)
    return _no("there is too little that agrees")


def _by_author_and_place(facts: Facts) -> Judgement:
    if facts.is_placed:
        all_others = facts.others == facts.more > 0
        tells = facts.digits >= _FEW_DIGITS or all_others
        if facts.container.is_good and facts.year.is_good and tells:
            certain = facts.container is Agreement.AGREES
            return _yes("first author, journal, volume and page agree", certain=certain)
        if facts.container.is_good and facts.others and facts.digits >= _DIGITS:
            return _yes("authors, journal, volume and page agree", certain=False)
        sure = facts.digits >= _DIGITS and facts.container is not Agreement.DIFFERS
        if facts.year.is_good and sure:
            return _yes("first author, year, volume and page agree", certain=False)
        return _no("first author, volume and page agree, and too little else")
    if not (facts.container.is_good and facts.year is Agreement.AGREES):
        return _no("there is too little that agrees")
    if facts.is_generic and facts.of("title") is Agreement.AGREES:
        in_issue = facts.volume.is_good and facts.of("issue").is_good
        if facts.page.is_good or (in_issue and facts.page is Agreement.ABSENT):
            return _yes("heading, author, journal, year, number agree", certain=False)
    numbers = facts.page.is_good and facts.digits >= _DIGITS - 1
    if numbers and facts.volume is not Agreement.DIFFERS:
        return _yes("first author, journal, year and page agree", certain=False)
    # So many people have written one paper in a volume, if no page says otherwise.
    is_list = facts.others == facts.more >= _MANY_OTHERS
    numbers_agree = (
        facts.volume is not Agreement.DIFFERS and facts.page is Agreement.ABSENT
    )
    if is_list and numbers_agree:
        return _yes("all authors, journal and year agree", certain=False)
    return _no("there is too little that agrees")


def _by_other_title(facts: Facts) -> Judgement:
    """Another title: a translation, where all else is the same."""
    if (
        facts.may_be_translated
        and facts.author.is_good
        and facts.is_placed
        and facts.container.is_good
        and facts.year.is_good
        and facts.digits >= _DIGITS
    ):
        return _yes("the title differs, all else agrees: a translation?", certain=False)
    return _no("the title differs")
