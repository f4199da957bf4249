"""From identifiers to outcomes: what is known, what must be asked, what to say.

:mod:`lupusrefs.route` asks the registries about DOIs; this conductor turns PMIDs,
PMCIDs and arXiv ids into DOIs before, and puts stored answers and the snapshot under
what could not be asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from lupusrefs.case import Case
from lupusrefs.errors import InvalidDoi, Offline, ServiceError
from lupusrefs.identify import Identified
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.identifiers import ArxivId, Pmcid, Pmid
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    NotRegistered,
    Outcome,
    Resolved,
    Unavailable,
)

if TYPE_CHECKING:
    from lupusrefs.route import Registries
    from lupusrefs.services.pubmed import IdentifierAnswer

OpenRegistries: TypeAlias = Callable[[], "AbstractAsyncContextManager[Registries]"]
Progress: TypeAlias = Callable[[int], None]

_SOURCES: Final = {Pmid: ("pmid", "pubmed"), Pmcid: ("pmcid", "pmc")}


@dataclass(slots=True)
class Resolver:
    """Resolves identifiers, each question once however often it is asked.

    Attributes:
        memory: what is known without asking.
        open_registries: opens the way to the registries; None means offline.
        progress: called with the number of DOIs settled since the last call.
    """

    memory: Memory
    open_registries: OpenRegistries | None = None
    progress: Progress = lambda _: None
    _cases: dict[str, Case] = field(default_factory=dict)
    _others: dict[str, Outcome | Doi] = field(default_factory=dict)

    async def resolve(self, identified: Sequence[Identified]) -> list[Outcome]:
        """The outcome of every identifier, in the order given."""
        self._recall_dois(identified)
        self._recall(self._dois(identified))
        if self._open(identified):
            if self.open_registries is None:
                self._settle_offline(identified)
            else:
                async with self.open_registries() as registries:
                    await self._ask(identified, registries)
        return [self._outcome(one) for one in identified]

    def _recall_dois(self, identified: Sequence[Identified]) -> None:
        """What is stored about PMIDs and PMCIDs; an arXiv id needs no asking."""
        subjects = [_subject(one) for one in identified if type(one) in _SOURCES]
        self._others |= self.memory.recall(subjects)
        for subject, doi in self.memory.recall_dois(subjects).items():
            self._others[subject] = _doi_or_none(subject, doi)

    def _dois(self, identified: Iterable[Identified]) -> Iterable[Doi]:
        """The DOIs that are known by now."""
        for one in identified:
            if doi := self._doi(one):
                yield doi

    def _doi(self, one: Identified) -> Doi | None:
        match one:
            case Doi():
                return one
            case ArxivId():
                return one.doi
            case Pmid() | Pmcid():
                known = self._others.get(_subject(one))
                return known if isinstance(known, Doi) else None
            case _:
                return None

    def _recall(self, dois: Iterable[Doi]) -> None:
        """Make a case of every new DOI, settled where the store has the answer."""
        new = [Case.of(doi) for doi in dois if doi.key not in self._cases]
        self._cases |= {case.doi.key: case for case in new}
        new = [case for case in new if self._cases[case.doi.key] is case]
        found = self.memory.recall(s for case in new for s in case.subjects)
        for case in new:
            if case.recall(found):
                self.progress(1)

    def _open(self, identified: Sequence[Identified]) -> bool:
        """Whether anything is left to ask."""
        unknown = any(
            type(one) in _SOURCES and _subject(one) not in self._others
            for one in identified
        )
        return unknown or any(case.outcome is None for case in self._cases.values())

    def _settle_offline(self, identified: Sequence[Identified]) -> None:
        silence = _offline(self.memory.mirrors)
        for one in identified:
            if type(one) in _SOURCES and _subject(one) not in self._others:
                self._others[_subject(one)] = self._unavailable(one, _offline(()))
        self._recall(self._dois(identified))
        for case in self._cases.values():
            if case.outcome is None:
                case.outcome = Unavailable(str(case.doi), silence)
                self._fall_back(case)
                self.progress(1)

    async def _ask(
        self, identified: Sequence[Identified], registries: Registries
    ) -> None:
        # Here, because what is answered from the store needs no registry.
        from lupusrefs.route import Router  # noqa: PLC0415

        await asyncio.gather(
            self._ask_pmids(identified, registries),
            self._ask_pmcids(identified, registries),
        )
        self._recall(self._dois(identified))
        open_cases = [case for case in self._cases.values() if case.outcome is None]
        await Router(registries, self.memory, self.progress).ask(open_cases)
        for case in open_cases:
            self._fall_back(case)

    async def _ask_pmids(
        self, identified: Sequence[Identified], registries: Registries
    ) -> None:
        asked = self._unanswered(identified, Pmid)
        if asked:
            answer = await registries.pubmed.fetch_dois_of_pmids(list(asked))
            self._take(asked, answer)

    async def _ask_pmcids(
        self, identified: Sequence[Identified], registries: Registries
    ) -> None:
        asked = self._unanswered(identified, Pmcid)
        if asked:
            answer = await registries.pubmed.fetch_dois_of_pmcids(list(asked))
            self._take(asked, answer)

    def _unanswered(
        self, identified: Sequence[Identified], kind: type[Pmid | Pmcid]
    ) -> dict[str, Pmid | Pmcid]:
        """Identifiers of one kind that are still to be asked about, by spelling."""
        return {
            str(one): one
            for one in identified
            if isinstance(one, Pmid | Pmcid)
            and isinstance(one, kind)
            and _subject(one) not in self._others
        }

    def _take(self, asked: dict[str, Pmid | Pmcid], answer: IdentifierAnswer) -> None:
        """Keep what a registry said about the DOIs of other identifiers."""
        known: dict[str, str | None] = {}
        for text, one in asked.items():
            subject = _subject(one)
            _, service = _SOURCES[type(one)]
            if text in answer.failed:
                error = answer.failed[text]
                self._others[subject] = self._unavailable(one, error)
            elif text in answer.unknown and answer.fetched:
                verdict = NotRegistered(_spelled(one), service, answer.fetched)
                self.memory.remember({subject: verdict})
                self._others[subject] = verdict
            else:
                known[subject] = answer.dois.get(text)
                self._others[subject] = _doi_or_none(subject, known[subject])
        self.memory.remember_dois(known)

    def _fall_back(self, case: Case) -> None:
        """Put an older answer under what could not be asked."""
        if isinstance(case.outcome, Unavailable):
            for subject in case.subjects:
                if known := self._last_resort(subject, case.outcome.error):
                    case.outcome = known
                    return

    def _last_resort(
        self, subject: str, error: ServiceError
    ) -> Resolved | NoMetadata | None:
        known = self.memory.last_resort(subject)
        # Offline the user has asked for what is stored: nothing failed.
        failed = None if isinstance(error, Offline) else error
        return replace(known, error=failed) if known is not None else None

    def _unavailable(self, one: Identified, error: ServiceError) -> Outcome | Doi:
        """A PMID or PMCID that could not be asked about, or what is known of it."""
        subject = _subject(one)
        stale = self.memory.recall_dois([subject], stale=True)
        if subject in stale:
            return _doi_or_none(subject, stale[subject])
        return self._last_resort(subject, error) or Unavailable(_spelled(one), error)

    def _outcome(self, one: Identified) -> Outcome:
        match one:
            case Malformed() | NoIdentifier():
                return one
            case Pmid() | Pmcid():
                known = self._others[_subject(one)]
                if not isinstance(known, Doi):
                    return known
        doi = self._doi(one)
        outcome = self._cases[doi.key].outcome if doi else None
        if outcome is None:
            raise AssertionError(f"{one} was left without an outcome")
        return outcome


def _subject(one: Identified) -> str:
    """How the store names an identifier that is no DOI."""
    match one:
        case Pmid() | Pmcid():
            return f"{_SOURCES[type(one)][0]}:{one}"
        case _:
            raise AssertionError(f"{one!r} is looked up by its DOI")


def _spelled(one: Identified) -> str:
    return f"PMID {one}" if isinstance(one, Pmid) else str(one)


def _doi_or_none(subject: str, doi: str | None) -> Doi | NoIdentifier:
    kind, _, number = subject.partition(":")
    registry = "PubMed" if kind == "pmid" else "PMC"
    if doi is None:
        return NoIdentifier(f"{registry} knows no DOI for {number}")
    try:
        return Doi.parse(doi)
    except InvalidDoi:
        return NoIdentifier(f"{registry} gives {doi!r} for {number}, which is no DOI")


def _offline(mirrors: Sequence[str]) -> Offline:
    where, hint = "not in the store", "run once without --offline to fill the store"
    if mirrors:
        noun = "mirror" if len(mirrors) == 1 else "mirrors"
        where = f"neither in the store nor in the {noun} {', '.join(mirrors)}"
        hint += ", or bring the mirror up to date: `lupusrefs mirror update`"
    return Offline(
        f"{where}, and --offline forbids to ask", service="store", url="", hint=hint
    )
