"""The year of a volume, as other works of the same journal have it.

For references that nothing is registered of: a volume appears in one year, or on the
border of two, and another work in it says which (comparison.md, 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lupusrefs.compare.comparison import finding
from lupusrefs.compare.containers import compare_container
from lupusrefs.compare.numbers import compare_numbers
from lupusrefs.compare.record_path import record_path
from lupusrefs.findings import Confidence, Finding
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

# Works of one volume number that are looked at: of many, most are of other journals.
_MANY: Final = 50
_BORDER: Final = 1


class VolumeYears:
    """Works by their volume.

    Args:
        works: registered works, of any journals.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self._works: dict[str, list[Work]] = {}
        for work in works:
            if work.volume and work.issued and work.issued.year and work.author:
                same = self._works.setdefault(work.volume.strip(), [])
                if len(same) < _MANY:
                    same.append(work)

    def compare(self, reference: Item) -> tuple[Finding, ...]:
        """Whether the cited year goes with the cited volume; silent without a record.

        Args:
            reference: one of which no work is known.
        """
        year = reference.issued.year if reference.issued else None
        if year is None or not reference.volume or not reference.container_title:
            return ()
        beside = self._beside(reference)
        years = sorted({y for work in beside for y in _years(work)})
        # Two spans of years for one volume: the journal was numbered anew.
        if not years or years[-1] - years[0] > 2 * _BORDER:
            return ()
        if years[0] - _BORDER <= year <= years[-1] + _BORDER:
            return ()
        work = beside[0]
        found = finding(
            "year-before-volume",
            reference,
            f"cited {year} for volume {reference.volume}, in which "
            f"{work.doi or work.id} is of {_year(work)}",
            field="issued",
            cited=str(reference.issued),
            registered=_year(work),
            forms=(str(year), ", ".join(map(str, years))),
            path=record_path(work, "issued"),
            confidence=Confidence.LIKELY,
            hint="look up the year; or the volume is another one",
        )
        return (found,)

    def _beside(self, reference: Item) -> list[Work]:
        """The works of the same volume of the same journal."""
        same = self._works.get((reference.volume or "").strip(), ())
        return [
            work
            for work in same
            if compare_container(reference, work).agrees
            and compare_numbers(reference, work)[0].agrees
        ]


def _year(work: Work) -> str:
    return str(work.issued.year) if work.issued else ""


def _years(work: Work) -> set[int]:
    """Every year in which the work can be said to have appeared."""
    kinds = {"print", "online", "published", "other"}
    dates = [one.date for one in work.dates if one.kind in kinds]
    dates += [work.issued] if work.issued else []
    return {date.year for date in dates if date.year is not None}
