"""Works that are known in a run anyway, as what a reference may mean instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from lupusrefs.compare.comparison import proposal
from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.titles import same_title, title_key
from lupusrefs.compare.volume_years import VolumeYears
from lupusrefs.findings import Change, Finding
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

_OTHER_WORK: Final = "doi-of-another-work"


class Candidates:
    """Works by their title and by their volume.

    Args:
        works: gives the works; most runs have no use for it.
    """

    def __init__(self, works: Callable[[], Iterable[Work]]) -> None:
        self._works = works

    @cached_property
    def _years(self) -> VolumeYears:
        return VolumeYears(self._works())

    @cached_property
    def _by_title(self) -> dict[str, list[Work]]:
        by_title: dict[str, list[Work]] = {}
        for work in self._works():
            if work.title and work.doi:
                by_title.setdefault(title_key(work.title), []).append(work)
        return by_title

    def year_findings(self, reference: Item) -> tuple[Finding, ...]:
        """Whether the year goes with the volume, of what no work is known of."""
        return self._years.compare(reference)

    def named(self, reference: Item, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings; where the DOI is of another work, the right one is named.

        Two entries whose DOIs were exchanged are known by each other.
        """
        for found in findings:
            work = self._meant(reference) if found.rule.id == _OTHER_WORK else None
            if work is None or work.doi is None:
                yield found
                continue
            yield replace(
                found,
                hint=f"the cited work is registered as {work.doi}",
                fix=proposal(Change("DOI", work.doi)),
            )

    def _meant(self, reference: Item) -> Work | None:
        """The one work that has the cited title and the cited first author."""
        title, family = reference.title or "", first_family(reference)
        if not title or not family:
            return None
        meant = {
            work.id: work
            for work in self._by_title.get(title_key(title), ())
            if first_family(work) == family and same_title(title, work.title or "")
        }
        return next(iter(meant.values())) if len(meant) == 1 else None
