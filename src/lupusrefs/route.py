"""Which registry is asked for which DOI, in which batches (registries.md 1 to 3).

Crossref's list, then DataCite's for what Crossref does not have (the other way round
where the prefix is known to be DataCite's); then the handle API, which alone can say
"not registered"; then, for what is registered, its agency. Every failure on the way
leaves "unavailable": ignorance is never a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final, Protocol

from lupusrefs.case import Case
from lupusrefs.errors import InvalidDoi, ServiceError
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.outcome import (
    NoMetadata,
    NotRegistered,
    Resolved,
)
from lupusrefs.model.work import Agency
from lupusrefs.services.arxiv import Arxiv
from lupusrefs.services.doi_org import SERVICE as DOI_ORG
from lupusrefs.services.doi_org import DoiOrg, HandleRecord
from lupusrefs.services.protocol import ListAnswer, ListService, Registry
from lupusrefs.services.pubmed import PubMed

# A short DOI is an alias, and an alias may name another; more in a row is a loop.
_MAX_ALIASES: Final = 3
_UNKNOWN_AGENCY: Final = "unknown"


class Registries(Protocol):
    """The services that resolving needs."""

    @property
    def crossref(self) -> Registry:
        """Crossref's REST API."""
        ...

    @property
    def datacite(self) -> Registry:
        """DataCite's REST API."""
        ...

    @property
    def doi_org(self) -> DoiOrg:
        """The resolver: handles, agencies, content negotiation."""
        ...

    @property
    def pubmed(self) -> PubMed:
        """NCBI's E-utilities and id converter."""
        ...

    @property
    def arxiv(self) -> Arxiv:
        """The API of arXiv."""
        ...


class Router:
    """Asks the registries about DOIs and remembers what they say.

    Args:
        registries: whom to ask.
        memory: where prefixes are known from and answers go to.
        progress: called with the number of DOIs settled since the last call.
    """

    def __init__(
        self,
        registries: Registries,
        memory: Memory,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._registries = registries
        self._memory = memory
        self._progress = progress
        self._agency_of_prefix: dict[str, asyncio.Task[str | None]] = {}
        # What an agency was asked for singly, and does not have.
        self._denied: set[tuple[str, str]] = set()

    async def ask(self, cases: Sequence[Case]) -> None:
        """Settle every case."""
        short = [case for case in cases if case.doi.is_short]
        await asyncio.gather(*(self._guarded(case, self._expand) for case in short))
        await self._ask_lists(_open(cases))
        left = _open(cases)
        await asyncio.gather(
            *(self._guarded(case, self._settle_by_handle) for case in left)
        )
        self._memory.remember(
            {
                subject: verdict
                for case in cases
                for subject, verdict in case.verdicts.items()
            }
        )

    # -- the lists ---------------------------------------------------------------

    async def _ask_lists(self, cases: Sequence[Case]) -> None:
        """Both agencies' lists, each case at its likelier agency first."""
        hints = self._memory.recall_agencies(case.prefix for case in cases)
        at_crossref: list[Case] = []
        at_datacite: list[Case] = []
        for case in cases:
            is_datacite = hints.get(case.prefix) == Agency.DATACITE
            (at_datacite if is_datacite else at_crossref).append(case)
        await asyncio.gather(
            self._ask_list(Agency.CROSSREF, at_crossref),
            self._ask_list(Agency.DATACITE, at_datacite),
        )
        await asyncio.gather(
            self._ask_list(Agency.DATACITE, at_crossref),
            self._ask_list(Agency.CROSSREF, at_datacite),
        )

    def _list_service(self, agency: str) -> ListService | None:
        match agency:
            case Agency.CROSSREF:
                return self._registries.crossref
            case Agency.DATACITE:
                return self._registries.datacite
            case _:
                return None

    async def _ask_list(self, agency: Agency, cases: Sequence[Case]) -> None:
        """Settle by one agency's list what it has; the others stay open."""
        cases = [case for case in cases if case.outcome is None]
        service = self._list_service(agency)
        if not cases or service is None:
            return
        names = dict.fromkeys(name for case in cases for name in case.names)
        listed = [name for name in names if service.lists(name)]
        single = [name for name in names if not service.lists(name)]
        answers = await asyncio.gather(
            *(self._fetch_list(service, batch) for batch in service.batches(listed))
        )
        # Behind the lists, because Crossref bounds both kinds together.
        singles = await asyncio.gather(
            *(_fetch_single(service, name) for name in single)
        )
        whole = ListAnswer.of([*answers, *singles])
        self._denied |= {
            (agency, fold(name)) for name in single if whole.is_silent_on(name)
        }
        for case in cases:
            if error := case.take(whole):
                case.failures[agency] = error
        self._tell(cases)

    async def _fetch_list(
        self, service: ListService, batch: Sequence[str]
    ) -> ListAnswer:
        """One batch, stored at once: a run that is cut off has not asked in vain."""
        answer = await service.fetch_list(batch)
        self._memory.remember(
            {f"doi:{key}": Resolved(work) for key, work in answer.found.items()}
        )
        return answer

    # -- the resolver ------------------------------------------------------------

    async def _guarded(
        self, case: Case, settle: Callable[[Case], Awaitable[None]]
    ) -> None:
        """Let a failure settle the case, and nothing else than the case."""
        try:
            await settle(case)
        except ServiceError as error:
            # An agency's own failure says more than the resolver's after it.
            case.fail(case.failure or error)
        self._tell([case])

    def _tell(self, cases: Iterable[Case]) -> None:
        """Report what has been settled; each case once, however it came to it."""
        new = [case for case in cases if case.outcome is not None and not case.told]
        for case in new:
            case.told = True
        if new:
            self._progress(len(new))

    async def _expand(self, case: Case) -> None:
        """Put the DOI in a short DOI's place; only doi.org knows it."""
        record = await self._registries.doi_org.fetch_handle(case.names[0])
        if not record.registered:
            case.outcome = NotRegistered(record.doi, DOI_ORG, record.fetched)
        elif not self._follow(case, record):
            case.outcome = _without_metadata(record)

    def _follow(self, case: Case, record: HandleRecord) -> bool:
        """Go on with the DOI that this one stands for, if it stands for one."""
        try:
            target = Doi.parse(record.alias or "")
        except InvalidDoi:
            return False
        if target.is_short or target.key in case.followed:
            return False
        case.followed.add(target.key)
        case.names = (target.name,)
        return len(case.followed) <= _MAX_ALIASES

    async def _settle_by_handle(self, case: Case) -> None:
        """Is it registered at all, and if so, what does its agency say?"""
        record = await self._registered(case)
        if isinstance(record, NotRegistered):
            case.outcome = await self._at_arxiv(case) or record
        elif record.alias is None:
            await self._ask_agency(case, record)
        elif not self._follow(case, record):
            case.outcome = _without_metadata(record)
        else:
            await self._ask_lists([case])
            if case.outcome is None:
                await self._settle_by_handle(case)

    async def _registered(self, case: Case) -> HandleRecord | NotRegistered:
        """The first reading that is registered, or the authority's no to them all."""
        answered = None
        for name in case.names:
            record = await self._handle(name)
            if record.registered:
                return record
            answered = answered or record
        if answered is None:
            raise AssertionError("a DOI has at least one reading")
        return NotRegistered(answered.doi, DOI_ORG, answered.fetched)

    async def _handle(self, name: str) -> HandleRecord:
        """The handle API's word, or doiRA's where that cannot be had."""
        try:
            return await self._registries.doi_org.fetch_handle(name)
        except ServiceError as error:
            try:
                agency = await self._registries.doi_org.fetch_agency(name)
            except ServiceError:
                raise error from None
            registered = agency.agency is not None
            return HandleRecord(name, registered, None, agency.fetched)

    async def _at_arxiv(self, case: Case) -> Resolved | None:
        """A paper of today may be at arXiv before its DOI is registered."""
        paper = case.paper
        work = await self._registries.arxiv.fetch_one(paper) if paper else None
        return Resolved(work) if work else None

    # -- the agency --------------------------------------------------------------

    async def _ask_agency(self, case: Case, record: HandleRecord) -> None:
        """What the agency of a registered DOI says that its list did not say.

        The prefix's agency is asked first, because one question to doiRA then serves
        every DOI under it; a prefix does not fix the agency for ever, so that where
        it has nothing, doiRA is asked about the DOI itself.
        """
        name, prefix = record.doi, record.doi.partition("/")[0]
        hinted = await self._prefix_agency(prefix)
        if hinted and await self._settle_at(case, name, hinted):
            return
        try:
            exact = await self._registries.doi_org.fetch_agency(name)
        except ServiceError:
            # Who registered it cannot be had; those two registered nearly all.
            for likely in (Agency.CROSSREF, Agency.DATACITE):
                if likely != hinted and await self._settle_at(case, name, likely):
                    return
            raise
        agency = exact.agency or hinted or _UNKNOWN_AGENCY
        if agency != hinted and await self._settle_at(case, name, agency):
            return
        case.outcome = NoMetadata(name, agency, DOI_ORG, record.fetched)

    async def _settle_at(self, case: Case, name: str, agency: str) -> bool:
        """Ask one agency; whether that settled the case."""
        if error := case.failures.get(agency):
            case.fail(error, agency)
            return True
        if (agency, fold(name)) in self._denied:
            return False
        service = self._list_service(agency)
        try:
            if service is not None:
                work = await service.fetch_one(name)
            else:
                work = await self._registries.doi_org.negotiate(name, agency)
        except ServiceError as error:
            case.fail(error, agency)
            return True
        if work is not None:
            case.outcome = Resolved(work)
        return work is not None

    async def _prefix_agency(self, prefix: str) -> str | None:
        """Who registers under a prefix; asked once, however many DOIs wait for it."""
        if prefix not in self._agency_of_prefix:
            ask = self._ask_prefix(prefix)
            self._agency_of_prefix[prefix] = asyncio.create_task(ask)
        return await self._agency_of_prefix[prefix]

    async def _ask_prefix(self, prefix: str) -> str | None:
        known = self._memory.recall_agencies([prefix]).get(prefix)
        if known:
            return known
        try:
            record = await self._registries.doi_org.fetch_agency(prefix)
        except ServiceError:
            # Only a hint was lost; the DOI itself is asked about next.
            return None
        if record.agency:
            self._memory.remember_agency(prefix, record.agency)
        return record.agency


def _open(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.outcome is None]


def _without_metadata(record: HandleRecord) -> NoMetadata:
    """Registered, and that is all that can be known of it."""
    return NoMetadata(record.doi, _UNKNOWN_AGENCY, DOI_ORG, record.fetched)


async def _fetch_single(service: ListService, name: str) -> ListAnswer:
    try:
        work = await service.fetch_one(name)
    except ServiceError as error:
        return ListAnswer(failed={fold(name): error})
    return ListAnswer(found={fold(name): work} if work else {})
