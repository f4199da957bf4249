"""Two lists of names side by side: who is whom, who is missing, who is new."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final, NamedTuple

from lupusrefs.compare.name_forms import NameForm
from lupusrefs.compare.name_match import Degree, Match, match

# So many namesakes are looked at for one name: records list thousands of people.
_NAMESAKES: Final = 16


class Pair(NamedTuple):
    """A cited name and the registered one beside it, by their positions."""

    cited: int
    registered: int
    match: Match


class Alignment(NamedTuple):
    """Two lists side by side.

    Attributes:
        pairs: names beside each other, in the order of the cited list; also of
            different people, where one stands in the place of the other.
        added: positions of cited names beside nobody.
        missing: positions of registered names beside nobody.
    """

    pairs: tuple[Pair, ...]
    added: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def is_moved(self) -> bool:
        """Whether people who are in both lists stand in another order."""
        found = [p.registered for p in self.pairs if p.match.degree > Degree.UNKNOWN]
        return any(a > b for a, b in pairwise(found))


def align(cited: Sequence[NameForm], registered: Sequence[NameForm]) -> Alignment:
    """Put two lists side by side."""
    aligner = _Aligner(cited, registered)
    aligner.pair_ends()
    if not aligner.is_done:
        aligner.pair_by_key(Degree.EQUIVALENT)
        aligner.pair_by_key(Degree.MIDDLE)
        aligner.pair_gaps()
    return aligner.alignment()


@dataclass
class _Aligner:
    cited: Sequence[NameForm]
    registered: Sequence[NameForm]
    of_cited: dict[int, Pair] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    @property
    def is_done(self) -> bool:
        return len(self.of_cited) == len(self.cited)

    def pair_ends(self) -> None:
        """What agrees from the begin on, and from the end."""
        count = min(len(self.cited), len(self.registered))
        start = 0
        while start < count and self._pair(start, start, Degree.EQUIVALENT):
            start += 1
        end = 1
        while end <= count - start and self._pair(
            len(self.cited) - end, len(self.registered) - end, Degree.EQUIVALENT
        ):
            end += 1

    def _pair(self, at: int, other: int, least: int) -> bool:
        found = match(self.cited[at], self.registered[other])
        if found.degree < least:
            return False
        self._keep(Pair(at, other, found))
        return True

    def _keep(self, pair: Pair) -> None:
        self.of_cited[pair.cited] = pair
        self.used.add(pair.registered)

    def pair_by_key(self, least: int) -> None:
        """People wherever they stand, by their family names."""
        index = self._index()
        for at, form in enumerate(self.cited):
            if at in self.of_cited:
                continue
            candidates = self._candidates(form, index)
            found = [
                Pair(at, other, match(form, self.registered[other]))
                for other in candidates
            ]
            good = [pair for pair in found if pair.match.degree >= least]
            if good:
                self._keep(min(good, key=_preference))

    def _index(self) -> dict[str, list[int]]:
        index: defaultdict[str, list[int]] = defaultdict(list)
        for other, form in enumerate(self.registered):
            if other not in self.used:
                for key in _places(form):
                    index[key].append(other)
        for others in index.values():
            others.reverse()
        return index

    def _candidates(self, form: NameForm, index: dict[str, list[int]]) -> list[int]:
        found: dict[int, None] = {}
        for key in _keys(form):
            others = index.get(key)
            if not others:
                continue
            while others and others[-1] in self.used:
                others.pop()
            free = (other for other in reversed(others) if other not in self.used)
            found |= dict.fromkeys(islice(free, _NAMESAKES))
        return list(found)

    def pair_gaps(self) -> None:
        """Whoever is left, beside whoever is left between the same neighbours."""
        bounds = self._in_order()
        for (start, other), (end, other_end) in pairwise(bounds):
            left = [i for i in range(start + 1, end) if i not in self.of_cited]
            free = [i for i in range(other + 1, other_end) if i not in self.used]
            if len(left) != len(free):
                self._pair_similar(left, free)
                left = [at for at in left if at not in self.of_cited]
                free = [beside for beside in free if beside not in self.used]
            for at, beside in zip(left, free, strict=False):
                self._pair(at, beside, Degree.OTHER)

    def _pair_similar(self, left: list[int], free: list[int]) -> None:
        """In a gap of two lengths, those first whose family names are alike."""
        for at in left[:_NAMESAKES]:
            for beside in free[:_NAMESAKES]:
                if beside not in self.used and self._pair(at, beside, Degree.SLIP):
                    break

    def _in_order(self) -> list[tuple[int, int]]:
        """The longest run of pairs in the order of both lists, with both ends."""
        pairs = [self.of_cited[at] for at in sorted(self.of_cited)]
        kept = _increasing([pair.registered for pair in pairs])
        inner = [(pairs[i].cited, pairs[i].registered) for i in kept]
        return [(-1, -1), *inner, (len(self.cited), len(self.registered))]

    def alignment(self) -> Alignment:
        return Alignment(
            tuple(self.of_cited[at] for at in sorted(self.of_cited)),
            tuple(at for at in range(len(self.cited)) if at not in self.of_cited),
            tuple(i for i in range(len(self.registered)) if i not in self.used),
        )


def _preference(pair: Pair) -> tuple[int, int, int]:
    """The better match first, then the nearest, then the earlier."""
    distance = abs(pair.cited - pair.registered)
    return -pair.match.degree, distance, pair.registered


def _keys(form: NameForm) -> Iterable[str]:
    """What a cited name is looked up by; the most telling first."""
    return dict.fromkeys((*_with_initial(form), *_families(form), *_given(form, "")))


def _places(form: NameForm) -> Iterable[str]:
    """What a registered name is found by."""
    return dict.fromkeys((*_with_initial(form), *_families(form), *_given(form, "~")))


def _with_initial(form: NameForm) -> Iterator[str]:
    reading = form.readings[0]
    initial = reading.given[0][0][0] if reading.given else ""
    for key in reading.keys:
        yield f"{key} {initial}"


def _families(form: NameForm) -> Iterator[str]:
    for reading in form.readings:
        yield from reading.keys
        yield reading.family[0]
        yield reading.family[-1]


def _given(form: NameForm, mark: str) -> Iterator[str]:
    """Family and given name may be exchanged (B37): one is the key to the other.

    The mark keeps the given names of one list from those of the other.
    """
    for given in form.readings[0].given:
        if len(joined := "".join(given)) > 1:
            yield mark + joined
    if not mark:
        for key in form.readings[0].keys:
            yield f"~{key}"


def _increasing(numbers: list[int]) -> list[int]:
    """Positions of a longest increasing subsequence, by patience sorting."""
    tops: list[int] = []
    positions: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(positions[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        positions[pile : pile + 1] = [position]
    kept: list[int] = []
    at = positions[-1] if positions else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return kept[::-1]
