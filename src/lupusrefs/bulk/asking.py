"""Between the phases: what no mirror has is looked up in the store, or asked.

The conductor does it, for there is one store and one pace at which registries may be
asked. What it learns goes to the partitions as answers of a store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from lupusrefs.bulk.handed import Failure, Handed, handed_answer
from lupusrefs.bulk.keys import Key, identifier_of, keys_of, subject_of
from lupusrefs.checker import PORTION
from lupusrefs.compare.updates import related_dois
from lupusrefs.doi_health import HealthQuestions, examine
from lupusrefs.errors import InvalidDoi, Offline
from lupusrefs.identify import Identifier
from lupusrefs.memory import Memory, stored_answer
from lupusrefs.mirror.lookup import ANSWERED_BY as MIRROR
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.identifiers import Pmcid, Pmid
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)
from lupusrefs.model.work import Work
from lupusrefs.resolver import OpenRegistries, Resolver
from lupusrefs.store import Answer, Kind, Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a partition wants to know.

    Attributes:
        keys: the DOIs that it cites, with their readings.
        missing: those among them that no mirror has.
        related: the DOIs that no mirror has, of those that its works name.
    """

    keys: Sequence[Key]
    missing: Collection[str]
    related: Sequence[Key]


@dataclass(slots=True)
class Asking:
    """Finds out what is to be handed to partitions.

    Attributes:
        store: what was answered before, and is now.
        memory: on that store, with the mirrors.
        open_registries: opens the way to the registries; None means offline.
        refresh: whether what is stored is asked about again.
        progress: called with the number of identifiers settled since the last call.
        prefixes: prefix -> whether anybody registers under it, as far as it was asked.
    """

    store: Store
    memory: Memory
    open_registries: OpenRegistries | None
    refresh: bool
    progress: Callable[[int], None] = lambda _: None
    prefixes: dict[str, bool] = field(default_factory=dict)

    @property
    def has_nothing(self) -> bool:
        """Whether nobody is asked, and nothing is stored."""
        return self.open_registries is None and not sum(self.store.count().values())

    async def hand(self, wanted: Wanted) -> Handed | None:
        """What is known of a partition's identifiers; None where that is nothing."""
        known = self._stored(wanted.keys)
        questions = self._questions(wanted, known)
        outcomes: dict[str, Outcome] = {}
        for portion in _portions(list(questions.items())):
            resolver = Resolver(self.memory, self.open_registries, self.progress)
            asked = await resolver.resolve([one for _, one in portion])
            outcomes |= zip((subject for subject, _ in portion), asked, strict=True)
        stored = self.memory.recall(known, stale=True)
        settled = (*outcomes.values(), *stored.values())
        prefixes = await self._examine(settled)
        works = [one.work for one in settled if isinstance(one, Resolved)]
        answers = {one.subject: one for one in self._all_stored(wanted, works)}
        related = await self._related(wanted, works)
        answers |= self.store.get(related)
        # What a mirror has said is not stored.
        known_works = related | {f"doi:{fold(work.id)}": work for work in works}
        for subject, work in known_works.items():
            if work.provenance.answered_by == MIRROR:
                answers.setdefault(subject, stored_answer(subject, Resolved(work)))
        failures = {
            subject: failure
            for subject, outcome in outcomes.items()
            if (failure := _failure(outcome)) is not None
        }
        if not answers and not failures:
            return None
        return Handed(
            answers=tuple(map(handed_answer, answers.values())),
            failures=failures,
            prefixes=prefixes,
            asked=self._asked(questions, known),
        )

    def _asked(
        self, questions: Iterable[str], stored: Mapping[str, Answer]
    ) -> frozenset[str]:
        """The subjects that a registry was asked about, and not the store."""
        if self.open_registries is None:
            return frozenset()
        now = datetime.now(UTC)
        return frozenset(
            subject
            for subject in questions
            if self.refresh
            or subject not in stored
            or not stored[subject].is_fresh(now)
        )

    async def _examine(self, outcomes: Iterable[Outcome]) -> dict[str, bool]:
        """Whether anybody registers under the prefixes of what nobody has registered.

        Each is asked about once in a run.
        """
        unknown = {
            outcome.identifier.partition("/")[0]: outcome
            for outcome in outcomes
            if isinstance(outcome, NotRegistered)
        }
        new = [one for prefix, one in unknown.items() if prefix not in self.prefixes]
        health = await examine(
            new, HealthQuestions(), self.memory, self.open_registries
        )
        self.prefixes.update(health.prefixes)
        return {one: self.prefixes[one] for one in unknown if one in self.prefixes}

    def _stored(self, keys: Iterable[Key]) -> dict[str, Answer]:
        return self.store.get(map(subject_of, keys))

    def _questions(
        self, wanted: Wanted, stored: Mapping[str, Answer]
    ) -> dict[str, Identifier]:
        """Subject -> what is to be asked about it."""
        questions: dict[str, Identifier] = {}
        for names in dict.fromkeys(key.names for key in wanted.keys):
            identifier = identifier_of(names)
            if isinstance(identifier, Pmid | Pmcid):
                # A mirror may have the work whose DOI the store knows.
                if self.open_registries is not None or names[0] in stored:
                    questions[names[0]] = identifier
            elif self.open_registries is not None and self._is_open(
                identifier, wanted.missing, stored
            ):
                questions[f"doi:{identifier.key}"] = identifier
        return questions

    def _is_open(
        self, doi: Doi, missing: Collection[str], stored: Mapping[str, Answer]
    ) -> bool:
        """Whether neither a mirror nor the store settles a DOI."""
        for name in doi.candidates:
            key = fold(name)
            if key not in missing:
                return self.refresh and f"doi:{key}" in stored
            answer = stored.get(f"doi:{key}")
            if answer is None or self.refresh or not self.memory.recall([f"doi:{key}"]):
                return True
            if answer.kind is not Kind.NOT_REGISTERED:
                return False
        return False

    async def _related(self, wanted: Wanted, works: Sequence[Work]) -> dict[str, Work]:
        """Subject -> a work that others name, where the partition's rows have none."""
        dois: dict[str, Doi] = {}
        for key in wanted.related:
            dois.setdefault(key.names[0], Doi(key.names[0], key.names[0], key.names))
        own = {fold(work.id) for work in works}
        for name in (name for work in works for name in related_dois(work)):
            try:
                doi = Doi.parse(name)
            except InvalidDoi:
                continue
            if doi.key not in own:
                dois.setdefault(doi.name, doi)
        found: dict[str, Work] = {}
        for portion in _portions(list(dois.values())):
            resolver = Resolver(self.memory, self.open_registries)
            outcomes = await resolver.resolve(portion)
            for doi, outcome in zip(portion, outcomes, strict=True):
                if isinstance(outcome, Resolved):
                    found[f"doi:{doi.key}"] = outcome.work
        return found

    def _all_stored(self, wanted: Wanted, works: Iterable[Work]) -> Iterable[Answer]:
        """All that the store has of a partition's identifiers and of some works."""
        subjects = dict.fromkeys(map(subject_of, wanted.keys))
        subjects |= dict.fromkeys(f"doi:{fold(work.id)}" for work in works)
        found = self.store.get(subjects)
        dois = self.memory.recall_dois(
            (s for s, one in found.items() if one.kind is Kind.IDENTIFIER), stale=True
        )
        for doi in filter(None, dois.values()):
            try:
                keys = keys_of(Doi.parse(doi))
            except InvalidDoi:
                continue
            found |= self._stored(keys)
        unknown = {
            f"prefix:{subject.removeprefix('doi:').partition('/')[0]}"
            for subject, one in found.items()
            if one.kind is Kind.NOT_REGISTERED
        }
        return (*found.values(), *self.store.get(unknown).values())


def _portions(rest: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rest), PORTION):
        yield rest[start : start + PORTION]


def _failure(outcome: Outcome) -> Failure | None:
    """Why nobody could be asked, where that was tried."""
    match outcome:
        case Unavailable(error=error, agency=agency) if not isinstance(error, Offline):
            return Failure.of(error, agency)
        case Resolved(error=error) | NoMetadata(error=error) if error is not None:
            return Failure.of(error)
        case _:
            return None
