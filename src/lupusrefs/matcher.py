"""References without a DOI -> the works that they mean, by way of the registries.

Mirrors are searched, then Crossref, then DataCite, each where those before have nothing
that is good enough. What is found is judged by its fields (:mod:`lupusrefs.matching`);
where a registry could not be asked, nothing is said to be missing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Final, Protocol, TypeAlias

from lupusrefs import snapshot
from lupusrefs.compare.comparison import finding, proposal, safe_fix
from lupusrefs.errors import Offline, ServiceError
from lupusrefs.findings import Change, Confidence, Finding
from lupusrefs.identify import Identifier, identify
from lupusrefs.matching.choice import Choice, Verdict, choose
from lupusrefs.matching.cited_text import CitedText
from lupusrefs.matching.evidence import Facts
from lupusrefs.matching.fields import facts_of_reference
from lupusrefs.matching.found import facts_of_text
from lupusrefs.matching.query import query_of, query_of_text, telling_words
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.outcome import Malformed, NoIdentifier
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.services.protocol import SearchService

# The one that is meant is hardly ever further down.
ROWS: Final = 20
# Fewer words find everything.
_FEWEST: Final = 3
# So many references are in work at once; the pace is the limiter's business.
_AT_ONCE: Final = 24


class Status(StrEnum):
    """What looking for the work of a reference came to."""

    MATCHED = "matched"
    NONE = "none"
    AMBIGUOUS = "ambiguous"
    UNAVAILABLE = "unavailable"
    HAS_IDENTIFIER = "has-identifier"


@dataclass(frozen=True, slots=True)
class Match:
    """A reference and the work that it means, as far as that is known.

    Attributes:
        reference: what is cited.
        identifier: what it has already; None where a work was looked for.
        verdict: what was found; None where it has an identifier.
        error: why a registry could not be asked.
    """

    reference: Reference
    identifier: Identifier | None = None
    verdict: Verdict | None = None
    error: ServiceError | None = None

    @property
    def status(self) -> Status:
        """What it came to."""
        if self.identifier is not None:
            return Status.HAS_IDENTIFIER
        choice = self.verdict.choice if self.verdict else Choice.NONE
        if self.error is not None and choice is not Choice.MATCHED:
            return Status.UNAVAILABLE
        return Status(choice.value)

    @property
    def work(self) -> Work | None:
        """The work that is meant."""
        return self.verdict.work if self.verdict else None

    @property
    def doi(self) -> str | None:
        """The DOI of the work, or the one that the reference has."""
        if self.work is not None:
            # One of the snapshot may have no DOI.
            return self.work.doi
        match self.identifier:
            case Doi() as doi:
                return doi.name
            case ArxivId() as paper:
                return str(paper.doi)
            case _:
                return None


class Searchable(Protocol):
    """The services that matching needs."""

    @property
    def crossref(self) -> SearchService:
        """Crossref's REST API."""
        ...

    @property
    def datacite(self) -> SearchService:
        """DataCite's REST API."""
        ...


OpenSearch: TypeAlias = Callable[[], "AbstractAsyncContextManager[Searchable]"]
Progress: TypeAlias = Callable[[int], None]
_Search: TypeAlias = Callable[[], Awaitable[tuple[Work, ...]]]


@dataclass(slots=True)
class Matcher:
    """Finds works, each question asked once however often it comes up.

    Attributes:
        memory: what is known without asking.
        open_registries: opens the way to the registries; None means offline.
        progress: called with the number of references settled since the last call.
    """

    memory: Memory
    open_registries: OpenSearch | None = None
    progress: Progress = lambda _: None
    _searches: dict[str, asyncio.Task[tuple[Work, ...]]] = field(default_factory=dict)

    async def match(self, references: Sequence[Reference]) -> list[Match]:
        """The match of every reference, in the order given."""
        settled: dict[int, Match] = {}
        rest: dict[int, _Question] = {}
        for at, reference in enumerate(references):
            question = self._in_mirrors(_Question.of(reference))
            match = self._known(question)
            if match is None:
                rest[at] = question
            else:
                settled[at] = match
                self.progress(1)
        if rest and self.open_registries is None:
            error = _offline(self.memory.searched)
            settled |= {at: self._fall_back(one, error) for at, one in rest.items()}
            self.progress(len(rest))
        elif rest and self.open_registries is not None:
            async with self.open_registries() as registries:
                asked = (self._guarded(one, registries) for one in rest.values())
                settled |= zip(rest, await _gather(asked), strict=True)
        return [settled[at] for at in range(len(references))]

    def _in_mirrors(self, question: _Question) -> _Question:
        """The question with what comes near in the mirrors; none of it is stored."""
        if question.identifier is not None or not question.query:
            return question
        found = self.memory.search_mirrors(question.query, ROWS)
        return replace(question, mirrored=tuple(question.near(found)))

    def _known(self, question: _Question) -> Match | None:
        """What needs no asking."""
        if question.identifier is not None:
            return Match(question.reference, question.identifier)
        if not question.query:
            return question.answer(Verdict(Choice.NONE, reason="it says nothing"))
        found = question.mirrored
        verdict = question.choose(found)
        for subject in question.subjects:
            if verdict.choice is not Choice.NONE:
                break
            stored = self.memory.recall_search(subject)
            if stored is None:
                return None
            found += stored
            verdict = question.choose(found)
        return question.answer(verdict)

    async def _guarded(self, question: _Question, registries: Searchable) -> Match:
        try:
            match = await self._ask(question, registries)
        except ServiceError as error:
            match = self._fall_back(question, error)
        self.progress(1)
        return match

    async def _ask(self, question: _Question, registries: Searchable) -> Match:
        found = question.mirrored
        verdict = question.choose(found)
        for subject, ask in question.searches(registries):
            found += await self._search(question, subject, ask)
            verdict = question.choose(found)
            if verdict.choice is not Choice.NONE:
                break
        return question.answer(verdict)

    async def _search(
        self,
        question: _Question,
        subject: str,
        ask: _Search,
    ) -> tuple[Work, ...]:
        """Search once, and keep what comes near: the rest is noise."""
        known = self.memory.recall_search(subject)
        if known is not None:
            return known
        if subject not in self._searches:
            self._searches[subject] = asyncio.ensure_future(ask())
        found = await self._searches[subject]
        self.memory.remember_search(subject, question.near(found))
        return found

    def _fall_back(self, question: _Question, error: ServiceError) -> Match:
        """What mirrors, older answers and the snapshot say: nobody can be asked."""
        works = [*snapshot.works(), *question.mirrored]
        for subject in (question.at_crossref, question.at_datacite):
            works += self.memory.recall_search(subject, stale=True) or ()
        verdict = question.choose(works)
        # Offline the user has asked for what is stored: nothing failed.
        if verdict.choice is Choice.MATCHED and isinstance(error, Offline):
            return question.answer(verdict)
        return Match(question.reference, verdict=verdict, error=error)


@dataclass(frozen=True, slots=True)
class _Question:
    """A reference on its way to a match.

    Attributes:
        reference: what is cited.
        identifier: what it has already.
        query: what a registry is asked.
        words: what titles are searched for.
        facts_of: the evidence of the reference on a work.
        mirrored: what comes near in the mirrors.
    """

    reference: Reference
    identifier: Identifier | None
    query: str
    words: tuple[str, ...]
    facts_of: Callable[[Work], Facts]
    mirrored: tuple[Work, ...] = ()

    @classmethod
    def of(cls, reference: Reference) -> _Question:
        found = identify(reference)
        identifier = None if isinstance(found, Malformed | NoIdentifier) else found
        if reference.text is not None:
            text = reference.text
            identifier = identifier or next((m.doi for m in find_dois(text)), None)
            facts_of = partial(facts_of_text, CitedText.of(text))
            words = telling_words(text)
            return cls(reference, identifier, query_of_text(text), words, facts_of)
        words = telling_words(reference.title or "")
        about = partial(facts_of_reference, reference)
        return cls(reference, identifier, query_of(reference), words, about)

    @property
    def has_title(self) -> bool:
        """Whether there are words enough for a search among titles."""
        return len(self.words) >= _FEWEST

    @property
    def subjects(self) -> tuple[str, ...]:
        """How the store names the searches, in the order in which they are made."""
        return (self.at_crossref, *([self.at_datacite] if self.has_title else []))

    def searches(self, registries: Searchable) -> Iterator[tuple[str, _Search]]:
        """The searches, each with the store's name of it."""
        yield self.at_crossref, partial(registries.crossref.search, self.query, ROWS)
        if self.has_title:
            words = " ".join(self.words)
            yield self.at_datacite, partial(registries.datacite.search, words, ROWS)

    @property
    def at_crossref(self) -> str:
        """How the store names the search at Crossref."""
        return _subject("crossref", self.query)

    @property
    def at_datacite(self) -> str:
        """How the store names the search at DataCite."""
        return _subject("datacite", " ".join(self.words))

    def choose(self, works: Iterable[Work]) -> Verdict:
        """The work that is meant, among some."""
        return choose(works, self.facts_of)

    def near(self, works: Iterable[Work]) -> list[Work]:
        """What of some works comes near, the best first: the rest is noise."""
        verdict = self.choose(works)
        near = [one.work for one in verdict.candidates]
        return near if verdict.work is None else [verdict.work, *near]

    def answer(self, verdict: Verdict) -> Match:
        """The match of a verdict that nothing is missing from."""
        return Match(self.reference, verdict=verdict)


def _subject(service: str, query: str) -> str:
    digest = hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()
    return f"search:{service}:{digest[:32]}"


async def _gather(matches: Iterable[Awaitable[Match]]) -> list[Match]:
    """All of them, not too many at once."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def gated(match: Awaitable[Match]) -> Match:
        async with gate:
            return await match

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(gated(one)) for one in matches]
    return [task.result() for task in tasks]


def _offline(mirrors: Sequence[str]) -> Offline:
    """Why a registry was not asked.

    Args:
        mirrors: where those are that were searched.
    """
    if mirrors:
        named = f"mirror{'s' if len(mirrors) > 1 else ''} {', '.join(mirrors)}"
        message = f"not found in the {named}, and --offline forbids to search further"
    else:
        message = "not in the store, and --offline forbids to search"
    return Offline(
        message,
        service="store",
        url="",
        hint="run once without --offline to fill the store",
    )


def doi_findings(match: Match) -> tuple[Finding, ...]:
    """That the reference lacks the DOI of its work: safe to mend if it is certain."""
    verdict, doi = match.verdict, match.doi
    if verdict is None or verdict.work is None or doi is None:
        return ()
    certain = verdict.confidence is Confidence.CERTAIN
    found = finding(
        "doi-missing-but-registered",
        match.reference,
        f"no DOI is cited, registered is {doi}: {verdict.reason}",
        registered=doi,
        confidence=verdict.confidence or Confidence.LIKELY,
        fix=(safe_fix if certain else proposal)(Change("DOI", doi)),
    )
    return (found,)
