"""What a record says has happened to its work, and how far that is to be believed.

No entry is believed for being there: links run backwards, comments are linked as
retractions, and records name themselves (registries.md 2.4). What another record says
of itself decides where that is known; else the verdict is less sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lupusrefs.compare.notices import (
    FATAL,
    RETRACTION_WATCH,
    Kind,
    is_about,
    kind_of_type,
    notice_kind,
    own_doi,
    status_of_title,
)
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.relations import newer_versions
from lupusrefs.findings import Confidence
from lupusrefs.model.dates import Date
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Update, Work

STATE_PATH: Final = "attributes.state"
# DataCite: the record is kept, but no longer shown (DataCite, "DOI states").
_HIDDEN: Final = frozenset(("registered",))
_GONE: Final = frozenset(("withdrawn", "removed", "deleted", "tombstone"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice, or what stands for one.

    Attributes:
        kind: what it does.
        confidence: how sure that is.
        doi: of the notice; None where the record itself says it.
        date: of the notice.
        label: the registry's wording.
        source: who told the registry.
        path: where it stands in the record.
    """

    kind: Kind
    confidence: Confidence
    doi: str | None = None
    date: Date | None = None
    label: str | None = None
    source: str | None = None
    path: str | None = None

    @property
    def is_credible(self) -> bool:
        """Whether more than a doubtful link speaks for it."""
        return self.confidence is not Confidence.POSSIBLE


def entries(work: Work, related: Mapping[str, Work]) -> Iterator[Entry]:
    """Everything that a record says has happened to its work.

    Args:
        work: what is registered.
        related: works that the record names, by folded DOI, as far as they are known.
    """
    yield from _by_title(work)
    if work.updated_by or work.updates:
        yield from _by_itself(work)
        yield from _by_others(work, related)
    if work.relations:
        for doi in newer_versions(work):
            yield Entry(
                Kind.NEW_VERSION,
                Confidence.CERTAIN,
                doi,
                path=record_path(work, "relation"),
            )
    if work.state in _HIDDEN:
        yield Entry(Kind.WITHDRAWAL, Confidence.POSSIBLE, path=STATE_PATH)
    elif work.state in _GONE:
        yield Entry(Kind.WITHDRAWAL, Confidence.LIKELY, path=STATE_PATH)


def _by_title(work: Work) -> Iterator[Entry]:
    for title in work.titles or (work.title,):
        if kind := status_of_title(title):
            path = record_path(work, "title")
            yield Entry(kind, Confidence.LIKELY, label=title, path=path)
            return


def _by_itself(work: Work) -> Iterator[Entry]:
    """Entries that name the work itself: there is no notice to look at (U6).

    Of Retraction Watch's that means that the notice has no DOI: it is no slip.
    """
    own = own_doi(work)
    seen: set[Kind] = set()
    for member, updates in (
        ("updated-by", work.updated_by),
        ("update-to", work.updates),
    ):
        for update in updates:
            kind = kind_of_type(update)
            if fold(update.doi) != own or kind is Kind.NEW_VERSION or kind in seen:
                continue
            seen.add(kind)
            path = record_path(work, member)
            is_told = update.source == RETRACTION_WATCH
            confidence = Confidence.LIKELY if is_told else Confidence.POSSIBLE
            yield _entry(kind, confidence, (update,), path, doi=None)


def _by_others(work: Work, related: Mapping[str, Work]) -> Iterator[Entry]:
    own = own_doi(work)
    by_notice: dict[str, list[Update]] = {}
    for update in work.updated_by:
        by_notice.setdefault(fold(update.doi), []).append(update)
    updated = {fold(u.doi) for u in work.updates if kind_of_type(u) in FATAL}
    for doi, updates in by_notice.items():
        if doi != own:
            kind, confidence = _believed(
                updates, related.get(doi), work, mutual=doi in updated
            )
            path = record_path(work, "updated-by")
            yield _entry(kind, confidence, tuple(updates), path, doi=updates[0].doi)


def _entry(
    kind: Kind,
    confidence: Confidence,
    updates: tuple[Update, ...],
    path: str,
    *,
    doi: str | None,
) -> Entry:
    """An entry of what the registry says in one or more places (U5, U7)."""
    shown = next((u for u in updates if kind_of_type(u) is kind), updates[0])
    sources = dict.fromkeys(u.source for u in updates if u.source)
    return Entry(
        kind=kind,
        confidence=confidence,
        doi=doi,
        date=shown.date,
        label=shown.label or shown.type,
        source=" and ".join(sources) or None,
        path=path,
    )


def _believed(
    updates: list[Update], notice: Work | None, work: Work, *, mutual: bool
) -> tuple[Kind, Confidence]:
    """What one notice does to the work, and how sure that is."""
    kinds = [kind_of_type(update) for update in updates]
    kind = min(kinds)
    watched = any(
        kind_of_type(update) is kind and update.source == RETRACTION_WATCH
        for update in updates
    )
    if notice is not None:
        return _by_notice(kind, notice, work, watched=watched, mutual=mutual)
    if kind in FATAL and mutual and not watched:
        return kind, Confidence.POSSIBLE
    sure = watched or kind not in FATAL or kinds.count(kind) > 1
    return kind, Confidence.CERTAIN if sure else Confidence.LIKELY


def _by_notice(
    kind: Kind, notice: Work, work: Work, *, watched: bool, mutual: bool
) -> tuple[Kind, Confidence]:
    """A notice says of itself what it is; a comment says that it is none (U3, U4)."""
    stated = notice_kind(notice)
    if stated is not None:
        if watched and stated not in FATAL:
            # Retraction Watch reads the notice; a title may be the bare "Erratum".
            return min(kind, stated), Confidence.CERTAIN
        if stated is Kind.CORRECTION and kind in FATAL:
            # The type is chosen by hand; a journal may title all its notices alike
            # (10.1371/journal.pone.0022730: a retraction titled "Correction").
            return kind, Confidence.LIKELY
        return _strictest(kind, stated), Confidence.CERTAIN
    status = status_of_title(notice.title)
    if status is not None and is_about(notice, work):
        return min(kind, status), Confidence.CERTAIN
    if kind not in FATAL or watched:
        return kind, Confidence.CERTAIN
    own = own_doi(work)
    names_us = any(
        fold(u.doi) == own and kind_of_type(u) in FATAL for u in notice.updates
    )
    if names_us and not mutual and status is None:
        return kind, Confidence.LIKELY
    return kind, Confidence.POSSIBLE


def _strictest(registered: Kind, stated: Kind) -> Kind:
    """The title of a notice makes its type precise: a retraction's is no erratum."""
    if registered in FATAL:
        return min(registered, stated) if stated in FATAL else stated
    if stated is Kind.CORRECTION or registered is Kind.PARTIAL:
        return registered
    return stated
