"""What is known without asking: the store's answers as outcomes, mirrors, the snapshot.

The store goes first, then the mirrors in their order; the snapshot answers only where
nobody can be asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from pydantic import ValidationError

from lupusrefs import snapshot
from lupusrefs.errors import MirrorError
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.outcome import NoMetadata, NotRegistered, Resolved
from lupusrefs.model.work import Agency, Work
from lupusrefs.store import Answer, Kind, Store

if TYPE_CHECKING:
    from lupusrefs.mirror.layout import Description
    from lupusrefs.mirror.search import MirrorSearch

Verdict: TypeAlias = Resolved | NoMetadata | NotRegistered

# Prefixes whose records on file are DataCite's: asking there first saves a request.
# Only a hint; what is learnt of a prefix later goes before.
_DATACITE_PREFIXES: Final = frozenset(
    {
        "10.5281",  # Zenodo
        "10.6084",  # figshare
        "10.48550",  # arXiv
        "10.5061",  # Dryad
        "10.17632",  # Mendeley Data
        "10.17605",  # OSF
        "10.7910",  # Harvard Dataverse
        "10.1594",  # PANGAEA
        "10.15468",  # GBIF
        "10.5517",  # CCDC
        "10.13140",  # ResearchGate
        "10.17863",  # Apollo, Cambridge
        "10.18730",
        "10.4224",
        "10.13145",
        "10.18164",
        "10.22002",
        "10.20375",
        "10.5438",  # DataCite itself
    }
)


class LocalRegistry(Protocol):
    """A mirror, as far as it answers for DOIs (:mod:`lupusrefs.mirror.lookup`)."""

    @property
    def location(self) -> str:
        """Where it is, as the user named it."""
        ...

    @property
    def description(self) -> Description:
        """What there is."""
        ...

    @property
    def warnings(self) -> Sequence[str]:
        """What of it could not be read, for the user's eyes."""
        ...

    def find(self, keys: Iterable[str]) -> Mapping[str, Work]:
        """The works of the DOIs that it has, by folded DOI; the others are left out.

        A DOI that it does not have may be registered all the same.
        """
        ...


class Memory:
    """The store, read and written as outcomes, and the mirrors behind it.

    Args:
        store: the store.
        now: the present, UTC.
        refresh: believe nothing that is stored; new answers are still stored.
        mirrors: asked in their order for what the store does not know. What they
            answer is not stored: it is on disk already.
    """

    def __init__(
        self,
        store: Store,
        now: datetime,
        *,
        refresh: bool = False,
        mirrors: Sequence[LocalRegistry] = (),
    ) -> None:
        self._store = store
        self._now = now
        self._refresh = refresh
        self._mirrors = mirrors
        # Keys that no mirror has: a last resort asks about what was just asked.
        self._lacking: set[str] = set()
        self._opened: list[MirrorSearch] | None = None
        self._unsearched: list[str] = []
        self._agencies: dict[str, str] = {}

    @property
    def mirrors(self) -> tuple[str, ...]:
        """Where the mirrors are."""
        return tuple(mirror.location for mirror in self._mirrors)

    @property
    def warnings(self) -> list[str]:
        """What went wrong with the store and the mirrors, for the user's eyes."""
        each = (*self._mirrors, *(self._opened or ()))
        of_mirrors = (warning for one in each for warning in one.warnings)
        found = (*self._store.warnings, *of_mirrors, *self._unsearched)
        return list(dict.fromkeys(found))

    def recall(
        self, subjects: Iterable[str], *, stale: bool = False
    ) -> dict[str, Verdict]:
        """What is known of ``subjects``: stored and still believed, or in a mirror.

        Of a mirror's record and a stored work beyond its time to live the younger
        stands; and a mirror's record proves that a DOI is registered, whatever the
        store says. With ``refresh`` a mirror is asked like any registry; but where the
        store has a younger work, its record is no news, and somebody else is to be
        asked.

        Args:
            subjects: as in the store.
            stale: also answers beyond their time to live, but no stale "not
                registered": registries only ever gain DOIs.
        """
        believes = stale or not self._refresh
        if not believes and not self._mirrors:
            return {}
        wanted = tuple(dict.fromkeys(subjects))
        stored = self._store.get(wanted)
        fresh = {s for s, one in stored.items() if one.is_fresh(self._now)}
        known = {
            subject: verdict
            for subject, answer in stored.items()
            if believes
            if subject in fresh or (stale and answer.kind is not Kind.NOT_REGISTERED)
            if (verdict := _verdict(answer))
        }
        if self._mirrors:
            settled = {
                subject
                for subject in fresh & known.keys()
                if not isinstance(known[subject], NotRegistered)
            }
            found = self._in_mirrors(one for one in wanted if one not in settled)
            for subject, work in found.items():
                answer = stored.get(subject)
                older = _verdict(answer) if answer else None
                if (
                    not isinstance(older, Resolved)
                    or older.work.provenance.fetched <= work.provenance.fetched
                ):
                    known[subject] = Resolved(work)
                elif believes:
                    known[subject] = older
        return known

    def _in_mirrors(self, subjects: Iterable[str]) -> dict[str, Work]:
        """The works that mirrors have, each from the first that has it."""
        keys = [one.removeprefix("doi:") for one in subjects if one.startswith("doi:")]
        found: dict[str, Work] = {}
        left = [key for key in keys if key not in self._lacking]
        for mirror in self._mirrors if left else ():
            found |= mirror.find(left)
            left = [key for key in left if key not in found]
        self._lacking.update(left)
        return {f"doi:{key}": work for key, work in found.items()}

    def remember(self, verdicts: Mapping[str, Verdict]) -> None:
        """Store verdicts by subject, and what they teach about prefixes."""
        answers = [
            stored_answer(subject, verdict) for subject, verdict in verdicts.items()
        ]
        for verdict in verdicts.values():
            # The DOI that was registered: what was asked may be an alias of it.
            doi, agency = _registration(verdict)
            prefix = doi.partition("/")[0]
            if _is_known(agency) and self._agencies.get(prefix) != agency:
                self._agencies[prefix] = agency
                answers.append(self._prefix_answer(prefix, agency))
        self._store.put(answers)

    def recall_agencies(self, prefixes: Iterable[str]) -> dict[str, str]:
        """Who registers under ``prefixes``, as far as it was learnt."""
        wanted = set(prefixes)
        known = dict.fromkeys(wanted & _DATACITE_PREFIXES, str(Agency.DATACITE))
        for answer in self._store.get(f"prefix:{p}" for p in sorted(wanted)).values():
            agency = _load(answer).get("agency")
            if answer.is_fresh(self._now) and isinstance(agency, str):
                known[answer.subject.removeprefix("prefix:")] = agency
        known |= {p: self._agencies[p] for p in wanted if p in self._agencies}
        return known

    def remember_agency(self, prefix: str, agency: str) -> None:
        """Store who registers under a prefix, where somebody is known to."""
        if not _is_known(agency):
            return
        self._agencies[prefix] = agency
        self._store.put([self._prefix_answer(prefix, agency)])

    def _prefix_answer(self, prefix: str, agency: str) -> Answer:
        body = json.dumps({"agency": agency})
        return Answer(f"prefix:{prefix}", Kind.PREFIX, body, self._now)

    def recall_dois(
        self, subjects: Iterable[str], *, stale: bool = False
    ) -> dict[str, str | None]:
        """The DOI of other identifiers; None where theirs is known to be missing."""
        if self._refresh and not stale:
            return {}
        dois: dict[str, str | None] = {}
        for subject, answer in self._store.get(subjects).items():
            # A damaged body does not say that there is no DOI.
            doi = _load(answer).get("doi", ...)
            if answer.kind is not Kind.IDENTIFIER or not isinstance(doi, str | None):
                continue
            if stale or answer.is_fresh(self._now):
                dois[subject] = doi
        return dois

    def remember_dois(self, dois: Mapping[str, str | None]) -> None:
        """Store the DOI of other identifiers."""
        self._store.put(
            Answer(subject, Kind.IDENTIFIER, json.dumps({"doi": doi}), self._now)
            for subject, doi in dois.items()
        )

    def recall_search(
        self, subject: str, *, stale: bool = False
    ) -> tuple[Work, ...] | None:
        """The works that a search has found; None where it is to be made.

        Args:
            subject: as in the store.
            stale: also what is beyond its time to live.
        """
        if self._refresh and not stale:
            return None
        answer = self._store.get([subject]).get(subject)
        if answer is None or answer.kind is not Kind.SEARCH:
            return None
        names = _load(answer).get("dois")
        if not (stale or answer.is_fresh(self._now)) or not isinstance(names, list):
            return None
        subjects = [f"doi:{fold(str(name))}" for name in names]
        known = self.recall(subjects, stale=stale)
        works = [
            verdict.work
            for one in subjects
            if isinstance(verdict := known.get(one), Resolved)
        ]
        return tuple(works) if len(works) == len(subjects) else None

    def search_mirrors(self, query: str, rows: int) -> tuple[Work, ...]:
        """The works that the mirrors find for a query, each as the first one has it.

        Args:
            query: any text.
            rows: how many works of each at most.
        """
        found: dict[str, Work] = {}
        for one in self._searches():
            for work in one.search(query, rows):
                found.setdefault(fold(work.id), work)
        return tuple(found.values())

    @property
    def searched(self) -> tuple[str, ...]:
        """Where the mirrors are that can be searched."""
        return tuple(one.location for one in self._searches())

    def _searches(self) -> list[MirrorSearch]:
        """The indexes of the mirrors; of one that cannot be searched a warning."""
        if self._opened is None:
            self._opened = []
            for mirror in self._mirrors:
                # Here, because most runs have no mirror, or search for nothing.
                from lupusrefs.mirror.search import MirrorSearch  # noqa: PLC0415

                try:
                    self._opened.append(MirrorSearch.of(mirror))
                except MirrorError as error:
                    said = (str(error), error.hint)
                    self._unsearched.append("; ".join(filter(None, said)))
        return self._opened

    def remember_search(self, subject: str, works: Iterable[Work]) -> None:
        """Store what a search has found, each work as if it had been asked for."""
        found = {f"doi:{fold(work.id)}": Resolved(work) for work in works}
        self.remember(found)
        body = json.dumps({"dois": [one.work.id for one in found.values()]})
        self._store.put([Answer(subject, Kind.SEARCH, body, self._now)])

    def last_resort(self, subject: str) -> Resolved | NoMetadata | None:
        """A stale or a mirror's answer, else the snapshot's: nobody can be asked."""
        verdict = self.recall([subject], stale=True).get(subject)
        if isinstance(verdict, Resolved | NoMetadata):
            return verdict
        work = snapshot.find([subject]).get(subject)
        return Resolved(work) if work else None


def _registration(verdict: Verdict) -> tuple[str, str]:
    """A registered DOI and its agency, as far as a verdict tells them."""
    match verdict:
        case Resolved(work):
            return work.id, work.agency or ""
        case NoMetadata(doi=doi, agency=agency):
            return doi, agency
        case NotRegistered():
            return "", ""


def _is_known(agency: str) -> bool:
    """Whether a name is an agency's: doiRA calls some "Unknown" (registries.md 1.2)."""
    return agency.casefold() not in {"", "unknown"}


def stored_answer(subject: str, verdict: Verdict) -> Answer:
    """A verdict as the store keeps it."""
    match verdict:
        case Resolved(work):
            body = work.model_dump_json(by_alias=True, exclude_defaults=True)
            return Answer(subject, Kind.WORK, body, work.provenance.fetched)
        case NoMetadata(doi, agency, answered_by, fetched):
            facts = {"doi": doi, "agency": agency, "answered_by": answered_by}
            return Answer(subject, Kind.NO_METADATA, json.dumps(facts), fetched)
        case NotRegistered(identifier, answered_by, fetched):
            facts = {"identifier": identifier, "answered_by": answered_by}
            return Answer(subject, Kind.NOT_REGISTERED, json.dumps(facts), fetched)


def _verdict(answer: Answer) -> Verdict | None:
    """An answer as an outcome; None where another version wrote it differently."""
    try:
        if answer.kind is Kind.WORK:
            return Resolved(Work.model_validate_json(answer.body))
        facts = _load(answer)
        by = str(facts["answered_by"])
        if answer.kind is Kind.NO_METADATA:
            doi, agency = str(facts["doi"]), str(facts["agency"])
            return NoMetadata(doi, agency, by, answer.fetched)
        if answer.kind is Kind.NOT_REGISTERED:
            return NotRegistered(str(facts["identifier"]), by, answer.fetched)
    except (ValidationError, KeyError):
        pass
    return None


def _load(answer: Answer) -> dict[str, object]:
    """The facts of an answer; none where the body is damaged."""
    try:
        loaded = json.loads(answer.body)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}
