"""What two aligned lists of names come to: differences, each once (P11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lupusrefs.compare.creators import Creators, creators
from lupusrefs.compare.name_alignment import Alignment, Pair, align
from lupusrefs.compare.name_forms import Kind, NameForm, Reading
from lupusrefs.compare.name_match import SAME_FAMILY, Degree, match_given
from lupusrefs.model.names import Name

# Lists are cut there by usual styles, also without a mark (comparison.md B55): 3
# (Vancouver, AMA), 6 (NLM, APA 6), 7 (Chicago), 10 (MLA and physics).
_LIMITS: Final = frozenset((1, 3, 6, 7, 10))
# Before an ellipsis and the last name: APA 6 and APA 7.
_LIMITS_BEFORE_LAST: Final = frozenset((6, 19))
_SEVERAL: Final = 2
_ENOUGH: Final = 3  # others that align make an odd one evident (B58, author-added)


class Difference(StrEnum):
    """One way in which two lists differ."""

    NOBODY = "nobody of the cited is registered"
    FIRST = "the first author is somebody else"
    FAMILY = "a family name differs"
    GIVEN = "a given name differs"
    GIVEN_WORD = "a given name differs behind its initial"
    MISSING = "somebody is missing"
    ONLY_FIRST = "only the first author is cited"
    ADDED = "somebody is added"
    FEWER = "the registry lists fewer"
    ORDER = "the order differs"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two lists, and in what they differ.

    Attributes:
        cited: the cited list.
        registered: the registered list.
        alignment: the two side by side.
        differences: kinds of difference, and the positions they are at: of pairs in
            the alignment, else in the list that has more.
        reasons: why other differences do not count.
        is_comparable: whether anybody can be compared at all.
    """

    cited: Creators
    registered: Creators
    alignment: Alignment
    differences: dict[Difference, tuple[int, ...]]
    reasons: tuple[str, ...]
    is_comparable: bool = True

    @property
    def left_over(self) -> int:
        """How much does not fit."""
        alignment = self.alignment
        unpaired = len(alignment.added) + len(alignment.missing)
        return len(self.differences) + unpaired

    @property
    def agreeing(self) -> int:
        """How many cited people are registered."""
        return sum(pair.match.degree >= SAME_FAMILY for pair in self.alignment.pairs)


def judge_names(
    names: tuple[Name, ...], registered: tuple[Name, ...], container: str = ""
) -> Judgement:
    """Compare a cited list with a registered one.

    Args:
        names: the cited list.
        registered: the registered list.
        container: the journal in one folded word, which is no author.
    """
    cited, beside = creators(names), creators(registered, container)
    real = _real_people(cited, beside)
    if real:
        cited = creators(names, real=real)
        beside = creators(registered, container, real=real)
    judgement = judge(cited, beside)
    if judgement.left_over and (cited.is_ambiguous or beside.is_ambiguous):
        split = judge(
            creators(names, is_split=cited.is_ambiguous, real=real),
            creators(registered, container, is_split=beside.is_ambiguous, real=real),
        )
        if split.left_over < judgement.left_over:
            return split
    return judgement


def _real_people(cited: Creators, registered: Creators) -> frozenset[Name]:
    """Who looks like a group or a placeholder, and is a person on the other side."""
    found: set[Name] = set()
    for side, other in ((cited, registered), (registered, cited)):
        if not side.doubtful:
            continue
        known = {
            key: form
            for form in (*other.people, *other.nobodies)
            for key in form.readings[0].keys
        }
        for form in side.doubtful:
            for reading in form.readings:
                beside = next(
                    (known[key] for key in reading.keys if key in known), None
                )
                if beside is not None and _is_person(form, reading, beside):
                    found |= {form.name, beside.name}
    return frozenset(found)


def _is_person(form: NameForm, reading: Reading, beside: NameForm) -> bool:
    given = beside.readings[0].given
    if form.kind is Kind.NOBODY or not (given and reading.given):
        return form.kind is Kind.NOBODY
    return match_given(reading.given, given).agrees


def judge(cited: Creators, registered: Creators) -> Judgement:
    """Compare two lists; without people in both, nothing can be said."""
    if not (cited.people and registered.people):
        nothing = Alignment((), (), ())
        return Judgement(cited, registered, nothing, {}, (), is_comparable=False)
    return _Judge(cited, registered, align(cited.people, registered.people)).judge()


class _Judge:
    def __init__(
        self, cited: Creators, registered: Creators, alignment: Alignment
    ) -> None:
        self._cited = cited
        self._registered = registered
        self._alignment = alignment
        self._pairs = alignment.pairs
        self._found: dict[Difference, tuple[int, ...]] = {}
        self._reasons: dict[str, None] = {}

    def judge(self) -> Judgement:
        known = [p for p in self._pairs if p.match.degree is not Degree.UNKNOWN]
        for pair in self._pairs:
            if pair.match.reason is not None:
                self._reasons[pair.match.reason] = None
        is_comparable = bool(known) or bool(self._alignment.added)
        if is_comparable:
            self._compare()
        return Judgement(
            self._cited,
            self._registered,
            self._alignment,
            self._found,
            tuple(self._reasons),
            is_comparable,
        )

    def _compare(self) -> None:
        alike = [p for p in self._pairs if p.match.degree > Degree.OTHER]
        if not alike:
            self._find_nobody()
            return
        self._find_substitutes()
        self._find(Difference.GIVEN, Degree.INITIAL, Degree.MIDDLE)
        if Difference.GIVEN not in self._found:
            self._find(Difference.GIVEN_WORD, Degree.WORD)
        self._find_missing()
        self._find_added()
        if self._alignment.is_moved:
            self._found[Difference.ORDER] = ()
            self._reasons["author order differs"] = None

    def _find_nobody(self) -> None:
        if all(self._registered.people[p.registered].is_weak for p in self._pairs):
            self._reasons["registered names cannot be told from bylines"] = None
            return
        count = len(self._cited.people)
        self._found[Difference.NOBODY if count > 1 else Difference.FIRST] = (0,)

    def _find(self, difference: Difference, *degrees: Degree) -> None:
        found = [i for i, p in enumerate(self._pairs) if p.match.degree in degrees]
        if found:
            self._found[difference] = tuple(found)

    def _find_substitutes(self) -> None:
        """Somebody stands in the place of somebody else."""
        found = [i for i, p in enumerate(self._pairs) if self._is_substitute(p)]
        if found and self._pairs[found[0]].cited == 0:
            first = self._pairs[found[0]]
            if first.match.degree is Degree.OTHER:
                self._found[Difference.FIRST] = (found.pop(0),)
        if found:
            self._found[Difference.FAMILY] = tuple(found)

    def _is_substitute(self, pair: Pair) -> bool:
        is_other = pair.match.degree in (Degree.OTHER, Degree.SLIP)
        return is_other and not self._registered.people[pair.registered].is_weak

    def _find_missing(self) -> None:
        missing = [
            at
            for at in self._not_cut(self._alignment.missing)
            if not self._registered.people[at].is_weak and not self._is_twin(at)
        ]
        if not missing:
            return
        nobodies = len(self._cited.nobodies)
        if len(missing) <= nobodies:
            return
        count, total = len(self._cited.people), len(self._registered.people)
        last = max((pair.registered for pair in self._pairs), default=-1)
        is_prefix = missing[0] > last and last + 1 == count
        if is_prefix and count == 1:
            self._found[Difference.ONLY_FIRST] = tuple(missing)
        elif is_prefix and {count, count + len(self._cited.groups)} & _LIMITS:
            self._reasons["no et al."] = None
        elif self._is_before_last(missing, total):
            self._reasons["no ellipsis before the last author"] = None
        else:
            self._found[Difference.MISSING] = tuple(missing)

    def _is_before_last(self, missing: list[int], total: int) -> bool:
        """The first so many and the last, without an ellipsis (B55)."""
        count = len(self._cited.people)
        return (
            count - 1 in _LIMITS_BEFORE_LAST
            and len(missing) >= _SEVERAL
            and missing[0] == count - 1
            and missing[-1] == total - 2
        )

    def _not_cut(self, missing: tuple[int, ...]) -> Sequence[int]:
        """Those whom the list does not say that it leaves out."""
        if self._cited.is_cut:
            last = max((pair.registered for pair in self._pairs), default=-1)
            return [at for at in missing if at < last]
        gap = self._cited.gap
        if gap is None:
            return missing
        before = [p.registered for p in self._pairs if p.cited < gap]
        behind = [p.registered for p in self._pairs if p.cited >= gap]
        start, end = max(before, default=-1), min(behind, default=1 << 30)
        return [at for at in missing if not start < at < end]

    def _is_twin(self, at: int) -> bool:
        """Whether a registered name is the repetition of one that was found (B53)."""
        form = self._registered.people[at]
        return any(
            self._registered.people[other].readings == form.readings
            for other in (at - 1, at + 1, 0)
            if other != at and 0 <= other < len(self._registered.people)
        )

    def _find_added(self) -> None:
        added = self._alignment.added
        if self._registered.is_cut:
            last = max((pair.cited for pair in self._pairs), default=-1)
            added = tuple(at for at in added if at < last)
        added = tuple(at for at in added if not self._cited.people[at].is_weak)
        if not added:
            return
        aligned = sum(pair.match.degree >= SAME_FAMILY for pair in self._pairs)
        if added == (0,):
            # The registry omits first authors (B58).
            is_exact = aligned == len(self._cited.people) - 1 and not self._found
            groups = self._cited.group_keys & self._registered.group_keys
            if (
                aligned + len(groups) >= _ENOUGH
                and is_exact
                and not self._alignment.missing
            ):
                self._reasons["registry lists fewer authors"] = None
            else:
                self._found[Difference.FIRST] = (0,)
        elif self._is_tail(added) and aligned < _ENOUGH:
            # Old records end early (B58), and lists of two are added to: an info.
            self._reasons["registry lists fewer authors"] = None
            self._found[Difference.FEWER] = added
        else:
            self._found[Difference.ADDED] = added

    def _is_tail(self, added: tuple[int, ...]) -> bool:
        """Whether the record has nothing but the begin of the list."""
        is_all = not self._alignment.missing and not self._found
        return is_all and added[0] == len(self._registered.people)
