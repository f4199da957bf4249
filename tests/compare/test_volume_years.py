"""The year of a volume, by other works in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lupusrefs.compare.volume_years import VolumeYears
from lupusrefs.model.dates import Date, PartialDate
from lupusrefs.model.names import Name
from lupusrefs.model.reference import Reference
from lupusrefs.model.work import Provenance, Work

PROVENANCE = Provenance(
    answered_by="crossref", fetched=datetime(2026, 1, 1, tzinfo=UTC)
)


def work(volume: str, year: int, journal: str = "Invented Journal of Lupus") -> Work:
    """A registered work of a volume."""
    return Work(
        id=f"10.5555/{volume}.{year}",
        doi=f"10.5555/{volume}.{year}",
        author=(Name("Erfunden", "E"),),
        volume=volume,
        issued=Date(PartialDate(year)),
        container_title=journal,
        container_titles=(journal,),
        provenance=PROVENANCE,
    )


def cited(volume: str, year: int, journal: str = "Invented J Lupus") -> Reference:
    """A reference without a DOI."""
    return Reference(
        id="a",
        volume=volume,
        issued=Date(PartialDate(year)),
        container_title=journal,
    )


def test_a_year_that_the_volume_cannot_have() -> None:
    """Volume 107 of a journal is of 2010, so nothing in it is of 2007."""
    (found,) = VolumeYears([work("107", 2010)]).compare(cited("107", 2007))
    assert found.rule.id == "year-before-volume"
    assert (found.cited, found.registered) == ("2007", "2010")


@pytest.mark.parametrize(
    ("works", "reference"),
    [
        ([work("107", 2010)], cited("107", 2011)),
        ([work("107", 2010)], cited("107", 2009)),
        ([work("106", 2009)], cited("107", 2007)),
        ([work("107", 2010, "Annals of Something Else")], cited("107", 2007)),
        ([work("107", 2010), work("107", 1985)], cited("107", 2007)),
        ([], cited("107", 2007)),
    ],
    ids=[
        "the year after",
        "the year before",
        "no record",
        "other journal",
        "numbered anew",
        "none",
    ],
)
def test_nothing_is_said_without_proof(works: list[Work], reference: Reference) -> None:
    """A border, another journal or a second series of numbers proves nothing."""
    assert VolumeYears(works).compare(reference) == ()
