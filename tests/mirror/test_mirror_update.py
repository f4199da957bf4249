"""A mirror is brought up to date."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from lupusrefs.config import Endpoints, Settings
from lupusrefs.errors import InputError, MirrorError, ServiceUnreachable
from lupusrefs.mirror import layout
from lupusrefs.mirror.changes import FetchProgress
from lupusrefs.mirror.layout import Description, RegistryName
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.retraction_watch import Notice, RetractionsRead
from lupusrefs.mirror.update import (
    RegistryUpdate,
    add_retractions,
    fetch_changes,
    first_days,
    settle,
)
from lupusrefs.mirror.verify import verify
from lupusrefs.registries import connect
from lupusrefs.services.paging import ChangingRegistry
from mirror.changing import Changing
from mirror.written import AS_OF, row, write_description, write_mirror
from registry.server import Registry
from unprivileged import shared_folder, without_privileges

TODAY = AS_OF + timedelta(days=2)
BEFORE = AS_OF - timedelta(days=1)


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """Three records of two registries."""
    rows = [row("10.5555/1"), row("10.5555/2"), row("10.5061/3", "datacite")]
    write_mirror(tmp_path / "mirror", rows)
    return tmp_path / "mirror"


def described(folder: Path) -> Description:
    """What the mirror says of itself."""
    return Mirror.open(str(folder)).description


def as_of(folder: Path) -> dict[str, date | None]:
    """Up to which day each registry is complete."""
    parts = described(folder).registries.items()
    return {str(name): part.as_of for name, part in parts}


def fetched(
    folder: Path, crossref: Changing, datacite: Changing
) -> tuple[RegistryUpdate, ...]:
    """Ask both of them."""
    days = first_days(described(folder), TODAY)
    asked = {"crossref": crossref, "datacite": datacite}
    told: list[FetchProgress] = []
    registries = {name: asked[name] for name in days}
    return asyncio.run(fetch_changes(folder, registries, days, TODAY, told.append))


def test_from_which_day_on(mirror: Path) -> None:
    """A day before the one up to which it is complete, or as was said."""
    description = described(mirror)
    assert first_days(description, TODAY) == {"crossref": BEFORE, "datacite": BEFORE}
    since = date(2020, 1, 1)
    assert set(first_days(description, TODAY, since).values()) == {since}
    with pytest.raises(MirrorError, match="2026-04-03 is not there yet"):
        first_days(description, TODAY, TODAY + timedelta(days=1))


def test_it_is_not_known_from_which_day_on(mirror: Path) -> None:
    """To guess would leave records out."""
    description = described(mirror)
    part = description.registries["crossref"].model_copy(update={"as_of": None})
    registries = {**description.registries, "crossref": part}
    description = description.model_copy(update={"registries": registries})
    with pytest.raises(MirrorError, match="its newest is of 2026-03-01") as caught:
        first_days(description, TODAY)
    assert "--from" in str(caught.value.hint)
    assert first_days(description, TODAY, BEFORE)["crossref"] == BEFORE


def test_both_are_fetched_and_settled(mirror: Path) -> None:
    """Then the mirror is complete up to the day on which they were asked."""
    crossref = Changing({AS_OF: [1, 2, 3]})
    both = fetched(mirror, crossref, Changing({}))
    assert [one.changes.records for one in both if one.changes] == [3, 0]
    assert as_of(mirror) == {"crossref": AS_OF, "datacite": AS_OF}
    assert settle(mirror, both) == described(mirror)
    assert as_of(mirror) == {"crossref": TODAY, "datacite": TODAY}
    assert [path.name for path in (mirror / "updates").iterdir()] == [
        f"crossref-{BEFORE}.jsonl.gz"
    ]
    assert not verify(str(mirror)).damaged


def test_an_outage_of_one_is_no_loss_to_the_other(mirror: Path) -> None:
    """The other is settled; what came of the first is kept, and its day stands."""
    gone = ServiceUnreachable("no connection", service="crossref", url="")
    crossref = Changing({AS_OF: [1, 2, 3]}, lambda _, page: gone if page else None)
    both = fetched(mirror, crossref, Changing({AS_OF: [7]}))
    assert [one.error for one in both] == [gone, None]
    settle(mirror, both)
    assert as_of(mirror) == {"crossref": AS_OF, "datacite": TODAY}
    left = sorted(path.name for path in (mirror / "updates").iterdir())
    assert left == [
        "crossref.part",
        "crossref.state",
        f"datacite-{BEFORE}.jsonl.gz",
    ]


def test_a_mirror_never_becomes_older(mirror: Path) -> None:
    """As with --from and a clock that is behind."""
    days = {"crossref": BEFORE, "datacite": BEFORE}
    description = described(mirror)
    both = asyncio.run(
        fetch_changes(
            mirror,
            {name: Changing({}) for name in description.registries},
            {name: days[name] for name in description.registries},
            BEFORE,
        )
    )
    settle(mirror, both)
    assert as_of(mirror) == {"crossref": AS_OF, "datacite": AS_OF}


def test_what_cannot_be_written_ends_all(mirror: Path) -> None:
    """It is no outage of a registry."""
    (mirror / "updates").write_bytes(b"a file in the way")
    with pytest.raises(InputError, match="cannot be written"):
        fetched(mirror, Changing({AS_OF: [1]}), Changing({}))


def test_retractions_are_replaced(mirror: Path) -> None:
    """The description tells of those that are there now."""
    read = RetractionsRead([Notice("10.5555/1", "10.5555/n", "retraction", AS_OF)])
    assert add_retractions(mirror, read) == described(mirror)
    retractions = described(mirror).retractions
    assert retractions is not None
    assert (retractions.rows, retractions.as_of) == (1, AS_OF)
    more = RetractionsRead([*read.notices, Notice("10.5555/2", "", "correction", None)])
    add_retractions(mirror, more)
    assert not verify(str(mirror)).damaged
    with Mirror.open(str(mirror)) as opened:
        (update,) = opened.find(["10.5555/1"])["10.5555/1"].updated_by
    assert (update.doi, update.type) == ("10.5555/n", "retraction")


def test_no_mirror_to_update(tmp_path: Path) -> None:
    """Nothing is made of it."""
    with pytest.raises(MirrorError, match="is no mirror"):
        settle(tmp_path, ())
    with pytest.raises(MirrorError, match="is no mirror"):
        add_retractions(tmp_path, RetractionsRead([Notice("10.1/1", "", "x", None)]))
    assert list(tmp_path.iterdir()) == []


def test_a_mirror_that_may_not_be_written() -> None:
    """What it had stays."""
    with shared_folder() as folder:
        mirror = folder / "mirror"
        write_description(mirror, write_mirror(mirror, [row("10.5555/1")]))
        before = (mirror / layout.DESCRIPTION).read_bytes()
        with without_privileges(), pytest.raises(InputError, match="cannot be written"):
            add_retractions(
                mirror, RetractionsRead([Notice("10.5555/1", "", "retraction", None)])
            )
        assert (mirror / layout.DESCRIPTION).read_bytes() == before
        assert not (mirror / layout.RETRACTIONS).exists()


@pytest.mark.parametrize("mailto", [None, "reader@example.org"])
def test_over_the_network(mirror: Path, registry: Registry, mailto: str | None) -> None:
    """As the registries answer: all that was indexed since, in few requests."""
    settings = Settings(endpoints=Endpoints(**registry.endpoints), mailto=mailto)
    days: dict[RegistryName, date] = {
        "crossref": date(2026, 5, 14),
        "datacite": date(2021, 1, 1),
    }

    async def fetch() -> tuple[RegistryUpdate, ...]:
        async with connect(settings, in_bulk=True) as services:
            registries: dict[RegistryName, ChangingRegistry] = {
                "crossref": services.crossref,
                "datacite": services.datacite,
            }
            return await fetch_changes(mirror, registries, days, date(2026, 5, 20))

    both = asyncio.run(fetch())
    records = {one.registry: one.changes.records for one in both if one.changes}
    assert records == {"crossref": 10, "datacite": 4}
    assert (registry.requests("crossref"), registry.requests("datacite")) == (2, 2)
    (path,) = both[0].changes.files if both[0].changes else ()
    lines = gzip.decompress(path.read_bytes()).splitlines()
    dois = {json.loads(line)["DOI"] for line in lines}
    assert dois == set(registry.records.crossref.dois())
