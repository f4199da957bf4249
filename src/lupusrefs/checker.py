"""References beside the registries: what is cited, what is registered, what differs.

References are taken in portions: however many there are, only one portion and a few
words about each of the others are in memory.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from lupusrefs import snapshot
from lupusrefs.baseline import Baseline
from lupusrefs.compare.candidates import Candidates
from lupusrefs.compare.duplicates import Duplicates
from lupusrefs.compare.identifiers import identifier_findings
from lupusrefs.compare.linked import linked
from lupusrefs.compare.outcomes import outcome_findings
from lupusrefs.compare.recognise import known_work
from lupusrefs.compare.updates import related_dois
from lupusrefs.compare.work import WorkComparison, compare
from lupusrefs.doi_health import (
    DoiHealth,
    HealthQuestions,
    examine,
    health_findings,
)
from lupusrefs.errors import InputError, InvalidDoi, Offline
from lupusrefs.findings import Finding, Group, order
from lupusrefs.formats.text import SourceText
from lupusrefs.identify import identify
from lupusrefs.ignores import EntryIgnores, has_comments, ignores_of
from lupusrefs.input_files import SourceFile
from lupusrefs.lock import Lock
from lupusrefs.manuscripts import Manuscripts
from lupusrefs.matching.reread import reread
from lupusrefs.memory import Memory
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.edit import Edit
from lupusrefs.model.outcome import (
    NoIdentifier,
    NoMetadata,
    Outcome,
    Resolved,
    Unavailable,
    is_incomplete,
)
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Work
from lupusrefs.policy import Ignore, Ignored, Policy
from lupusrefs.resolver import OpenRegistries, Progress, Resolver
from lupusrefs.sources import ARGUMENTS

if TYPE_CHECKING:
    from lupusrefs.matcher import Match
    from lupusrefs.route import Registries

# So many DOIs fill the registries' lists; and so many works fit into a few megabytes.
PORTION: Final = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """One reference and everything there is to say about it.

    Attributes:
        reference: what is cited.
        outcome: what resolving it came to.
        comparison: every field beside the registered one; None where no work is known.
        findings: those that count, the worst first.
        ignored: those that somebody has decided to live with.
        edits: index of a finding -> what mending it changes in the file, where that
            was asked for.
    """

    reference: Reference
    outcome: Outcome
    comparison: WorkComparison | None
    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()
    edits: Mapping[int, tuple[Edit, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is known beside a reference and its work.

    Attributes:
        related: works that records name, by folded DOI.
        health: what was learnt of DOIs beside their metadata.
        candidates: works that a reference may mean instead.
    """

    related: Mapping[str, Work]
    health: DoiHealth
    candidates: Candidates


class Searches(StrEnum):
    """Which references without an identifier are searched for at the registries.

    In a library the DOI is for its owner to add (``match --add``); a document has been
    printed as it is, and the work that is meant has to be found first.
    """

    NONE = "none"
    OF_DOCUMENTS = "of-documents"
    ALL = "all"


class LockUse(StrEnum):
    """What a lock file is used for.

    ``dismissals``: for the conflicts that it says are dismissed. ``answers``: in place
    of the registries. ``update``: to say what has changed, and to be renewed.
    """

    DISMISSALS = "dismissals"
    ANSWERS = "answers"
    UPDATE = "update"


@dataclass(slots=True)
class Checker:
    """Checks references, portion after portion.

    Attributes:
        memory: what is known without asking.
        policy: what counts, and how much.
        baseline: what was known before; None where everything counts.
        open_registries: opens the way to the registries; None means offline.
        files: path -> file, for ignores beside entries.
        manuscripts: the documents among the inputs.
        searches: which of the references without an identifier are searched for.
        questions: what to ask beside the metadata.
        lock: the lock file; None where there is none.
        lock_use: what it is for beside the conflicts that it says are dismissed.
        progress: called with the number of DOIs settled since the last call.
        errors: ignores that cannot be read.
        duplicates: remembers the references, for those that come again.
    """

    memory: Memory
    policy: Policy
    baseline: Baseline | None = None
    open_registries: OpenRegistries | None = None
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    manuscripts: Manuscripts = field(default_factory=Manuscripts)
    searches: Searches = Searches.OF_DOCUMENTS
    questions: HealthQuestions = field(default_factory=HealthQuestions)
    lock: Lock | None = None
    lock_use: LockUse = LockUse.DISMISSALS
    progress: Progress = lambda _: None
    errors: list[InputError] = field(default_factory=list)
    duplicates: Duplicates = field(default_factory=Duplicates)
    _beside: list[Ignore] = field(default_factory=list)
    _texts: dict[str, SourceText | None] = field(default_factory=dict)

    async def check(
        self, references: Iterable[Reference]
    ) -> AsyncIterator[list[Checked]]:
        """Every reference as checked, in the order given, a portion at a time."""
        rest = iter(references)
        async with AsyncExitStack() as stack:
            opened = kept_open(self.open_registries, stack)
            while portion := list(islice(rest, PORTION)):
                yield await self._check_portion(portion, opened)

    def general_findings(self) -> tuple[Finding, ...]:
        """What was found that belongs to no reference.

        Citations without an entry, entries without a citation; and ignores without an
        effect, which no ignore covers, lest one with wildcards hide that it is idle.
        """
        citing, _ = self.policy.apply(self.manuscripts.findings)
        stale = (
            ignore.stale_finding(is_expired=is_expired)
            for ignore, is_expired in self.stale_ignores()
        )
        counting = [*citing, *self.policy.graded(stale)]
        if self.baseline is not None:
            counting, _ = self.baseline.apply(counting)
        return tuple(counting)

    def stale_ignores(self) -> Iterator[tuple[Ignore, bool]]:
        """The ignores that ignored nothing so far, each with whether it has expired."""
        return self.policy.stale(self._beside, self._unasked())

    def _unasked(self) -> frozenset[str]:
        """The rules that nothing in this run could have found."""
        locked = self.lock is not None and self.lock_use is LockUse.ANSWERS
        updated = self.lock is not None and self.lock_use is LockUse.UPDATE
        rules: set[str] = set()
        if locked or self.open_registries is None or not self.questions.landing:
            rules.add("landing-page-gone")
        if not locked:
            rules |= {"lock-missing", "lock-differs"}
        if not updated:
            rules.add("registry-changed")
        return frozenset(rules)

    async def _check_portion(
        self, references: Sequence[Reference], opened: OpenRegistries | None
    ) -> list[Checked]:
        if self.lock is not None and self.lock_use is LockUse.ANSWERS:
            return self._checked_by_lock(self.lock, references)
        outcomes = await self._resolve(references, opened)
        matches = await self._match(references, outcomes, opened)
        for at, match in matches.items():
            if match.error is not None and not isinstance(match.error, Offline):
                outcomes[at] = Unavailable(references[at].id, match.error)
        pairs = zip(references, outcomes, strict=True)
        found = [self._work(*pair) for pair in pairs]
        for at, match in matches.items():
            found[at] = match.work or found[at]
        works = linked(found)
        related = await self._related([one for one in works if one], opened)
        health = await self._examine(outcomes, opened)
        known = [one for one in works if one]
        around = _Surroundings(
            related, health, Candidates(lambda: (*known, *snapshot.works()))
        )
        rows = zip(references, outcomes, works, strict=True)
        return [self._checked(*row, around) for row in rows]

    async def _resolve(
        self, references: Sequence[Reference], opened: OpenRegistries | None
    ) -> list[Outcome]:
        resolver = Resolver(self.memory, opened, self.progress)
        return await resolver.resolve([identify(one) for one in references])

    async def _examine(
        self, outcomes: Sequence[Outcome], opened: OpenRegistries | None
    ) -> DoiHealth:
        return await examine(outcomes, self.questions, self.memory, opened)

    async def _match(
        self,
        references: Sequence[Reference],
        outcomes: Sequence[Outcome],
        opened: OpenRegistries | None,
    ) -> dict[int, Match]:
        """Index -> what was found by searching, where nothing else leads to a work."""
        wanted = [
            at
            for at, outcome in enumerate(outcomes)
            if isinstance(outcome, NoIdentifier) and self._is_searched(references[at])
        ]
        if not wanted:
            return {}
        from lupusrefs.matcher import Matcher  # noqa: PLC0415 - most lists have DOIs

        matcher = Matcher(self.memory, opened)
        matches = await matcher.match([references[at] for at in wanted])
        return dict(zip(wanted, matches, strict=True))

    def _is_searched(self, reference: Reference) -> bool:
        match self.searches:
            case Searches.NONE:
                return False
            case Searches.OF_DOCUMENTS:
                return self.manuscripts.hold(reference)
            case Searches.ALL:
                return True

    @staticmethod
    def _work(reference: Reference, outcome: Outcome | None) -> Work | None:
        """The work to compare with: the resolved one, else one that is recognised."""
        if isinstance(outcome, Resolved):
            return outcome.work
        if isinstance(outcome, NoIdentifier):
            return known_work(reference, snapshot.works())
        return None

    async def _related(
        self, works: Sequence[Work], opened: OpenRegistries | None
    ) -> dict[str, Work]:
        """The works that others name, and whose own words can change a verdict."""
        known = {fold(work.id): work for work in works}
        named = dict.fromkeys(name for work in works for name in related_dois(work))
        dois = [doi for name in named if (doi := _doi(name)) and doi.key not in known]
        if not dois:
            return known
        resolver = Resolver(self.memory, opened)
        for doi, outcome in zip(dois, await resolver.resolve(dois), strict=True):
            if isinstance(outcome, Resolved):
                known[doi.key] = outcome.work
        return known

    def _checked(
        self,
        reference: Reference,
        outcome: Outcome,
        work: Work | None,
        around: _Surroundings,
    ) -> Checked:
        found = [
            *outcome_findings(reference, outcome, around.health.prefixes, work),
            *health_findings(reference, outcome, around.health),
        ]
        updates = self.lock if self.lock_use is LockUse.UPDATE else None
        if updates is not None and isinstance(outcome, NoMetadata):
            updates.take_without_metadata(reference, outcome)
        if work is None:
            found += around.candidates.year_findings(reference)
        elif updates is not None and isinstance(outcome, Resolved):
            # Without what other records of the list say of it: only the registry's own
            # words are held against those of another day.
            found += updates.renew(reference, outcome.work, around.related)
        return self._judged(reference, outcome, work, around, found)

    def _checked_by_lock(
        self, lock: Lock, references: Sequence[Reference]
    ) -> list[Checked]:
        """A portion by what is locked alone."""
        candidates = Candidates(lambda: (*lock.works.values(), *snapshot.works()))
        around = _Surroundings(lock.works, DoiHealth(), candidates)
        outcomes = [lock.outcome(one) for one in references]
        pairs = zip(references, outcomes, strict=True)
        works = linked([self._work(*pair) for pair in pairs])
        rows = zip(references, outcomes, works, strict=True)
        return [self._locked(lock, *row, around) for row in rows]

    def _locked(
        self,
        lock: Lock,
        reference: Reference,
        outcome: Outcome | None,
        work: Work | None,
        around: _Surroundings,
    ) -> Checked:
        if outcome is None:
            cited = reference.doi or reference.id
            outcome = Unavailable(cited, lock.silence)
            found = [lock.mismatch(reference)]
            return self._judged(reference, outcome, None, around, found)
        found = list(outcome_findings(reference, outcome, work=work))
        return self._judged(reference, outcome, work, around, found)

    def _judged(
        self,
        reference: Reference,
        outcome: Outcome,
        work: Work | None,
        around: _Surroundings,
        found: list[Finding],
    ) -> Checked:
        """Compare with the work, look for duplicates, and apply the policy."""
        comparison = None
        if work is None:
            # Check digits need no registry: most books have no DOI.
            found += identifier_findings(reference)
        else:
            this_year = self.policy.today.year
            comparison = compare(reference, work, around.related, this_year=this_year)
            if again := reread(reference, work, comparison.findings):
                reference = again
                comparison = compare(again, work, around.related, this_year=this_year)
            found += around.candidates.named(reference, comparison.findings)
        if _is_argument(reference):
            # It cites nothing but itself: no field of it is missing.
            found = [one for one in found if one.rule.group is not Group.MISSING]
        else:
            found += self.duplicates.seen(reference, work)
        if self.manuscripts.hold(reference):
            # A person edits a document; what is to be changed, the message says.
            found = [replace(one, fix=None) for one in found]
        beside = self._ignores(reference)
        if is_incomplete(outcome):
            self.policy.spare(reference.id, beside.ignores)
        counting, ignored = self.policy.apply(found, beside.ignores)
        counting.sort(key=order)
        if self.lock is not None:
            counting, dismissed = self.lock.apply(counting)
            ignored += dismissed
        if self.baseline is not None:
            counting, known = self.baseline.apply(counting)
            ignored += known
        ignored.sort(key=lambda one: order(one.finding))
        return Checked(reference, outcome, comparison, tuple(counting), tuple(ignored))

    def _commented(self, path: str) -> SourceText | None:
        """The text of a file in which an entry can have ignores in comments."""
        if path not in self._texts:
            file = self.files.get(path)
            has_any = file is not None and has_comments(file.source)
            self._texts[path] = file.source if file and has_any else None
        return self._texts[path]

    def _ignores(self, reference: Reference) -> EntryIgnores:
        location = reference.location
        beside = ignores_of(
            reference, self._commented(location.file) if location else None
        )
        self._beside += beside.ignores
        self.errors += beside.errors
        return beside


def kept_open(
    open_registries: OpenRegistries | None, stack: AsyncExitStack
) -> OpenRegistries | None:
    """The same way to the registries for every portion: paces and connections stay."""
    if open_registries is None:
        return None
    opened: list[Registries] = []

    @asynccontextmanager
    async def same() -> AsyncIterator[Registries]:
        if not opened:
            opened.append(await stack.enter_async_context(open_registries()))
        yield opened[0]

    return same


def _doi(name: str) -> Doi | None:
    try:
        return Doi.parse(name)
    except InvalidDoi:
        return None


def _is_argument(reference: Reference) -> bool:
    """Whether it is an identifier from the command line: named twice, meant twice."""
    location = reference.location
    return location is not None and location.file == ARGUMENTS
