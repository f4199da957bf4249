"""What no mirror has is asked for, once, and the answers reach every partition."""

from __future__ import annotations

import pytest

from bulk.lists import Bulk, Item, cut_small, item, write_list
from bulk.ordinary import as_ordinary, ordinary
from lupusrefs.api.bulk import BulkOptions
from lupusrefs.bulk import conductor
from lupusrefs.bulk.handed import Failure
from lupusrefs.errors import (
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
)
from registry.faults import FAULTS
from registry.server import Registry

ONLINE = BulkOptions(jobs=1)
ASKED: list[Item] = [
    item(1),
    {"id": "moved", "DOI": "10.5555/preprint.77.v5", "title": "A preprint"},
    {"id": "network", "DOI": "10.5555/lupus.2021.101", "title": "Of the network"},
    {"id": "retracted", "DOI": "10.5555/lupus.2019.301", "title": "A cure"},
    {"id": "stopped", "DOI": "10.5555/lupus.2014.12.36", "title": "A full stop"},
    {"id": "pmid", "PMID": "34999901", "title": "By its PMID"},
    {"id": "pmid-of-none", "PMID": "10999903", "title": "Without a DOI"},
    {"id": "bare", "DOI": "10.5555/medra.empty", "title": "No metadata"},
    {"id": "nobodys", "DOI": "10.5555/none", "title": "Nobody's"},
    {"id": "no-prefix", "DOI": "10.99999/none", "title": "Nobody's prefix"},
    item(2),
    {"id": "again", "DOI": "10.5555/lupus.2021.101", "title": "Of the network, too"},
]


@pytest.fixture
def online(bulk: Bulk, registry: Registry) -> Bulk:
    """Checks that may ask the loopback registry."""
    bulk.environment = dict(registry.environment)
    bulk.flags["mailto"] = "reader@example.org"
    bulk.options = ONLINE
    return bulk


def test_the_same_as_an_ordinary_check_online(
    online: Bulk, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one partition, and in small ones."""
    expected = ordinary(online, ASKED, offline=False)
    path = write_list(online.folder / "asked.jsonl", ASKED)
    # Each with a store of its own.
    online.folder = online.folder / "again"
    online.folder.mkdir()
    registry.reset()
    run, rows = online.check(path)
    assert [without_time(as_ordinary(row)) for row in rows] == [
        without_time(one) for one in expected
    ]
    assert run.counts.answers["network"] == 9
    assert run.counts.answers["mirror"] == 2
    assert sum(run.requests.values()) == len(registry.log) > 0
    # Another run has all of it in the store; also where a round has more partitions
    # than the conductor has in memory at once.
    registry.reset()
    cut_small(monkeypatch, references=2, partitions=2)
    for size in (2, 5):
        monkeypatch.setattr(conductor, "round_size", lambda _, size=size: size)
        run, again = online.check(path)
        assert again == rows
        assert run.counts.answers["store"] == 9
    assert not [one for one in registry.log if one.service != "doi"]


def without_time(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row without the moment at which somebody answered."""
    return row[:-1]


def test_a_doi_that_many_partitions_cite_is_asked_once(
    online: Bulk, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each of them has its work."""
    cut_small(monkeypatch, references=1, partitions=3)
    items = [dict(ASKED[2], id=f"ref{number}") for number in range(7)]
    run, rows = online.check(write_list(online.folder / "many.jsonl", items))
    assert {row["status"] for row in rows} == {"resolved"}
    # One for the work, and one for what its record names.
    assert run.requests == {"crossref": 2}


def test_a_registry_that_cannot_be_asked(online: Bulk, registry: Registry) -> None:
    """Ignorance is never a verdict, and says why; what a mirror has is not touched."""
    registry.fault = FAULTS["forbidden"]
    path = write_list(online.folder / "asked.jsonl", [ASKED[0], ASKED[2]])
    run, rows = online.check(path)
    statuses = {row["key"]: row["status"] for row in rows}
    assert statuses == {"ref1": "resolved", "network": "unavailable"}
    said = next(str(row["message"]) for row in rows if row["key"] == "network")
    assert "403" in said
    assert run.counts.incomplete == 1
    assert run.counts.failing == 0


@pytest.mark.parametrize(
    "error",
    [
        ServiceUnreachable("no route", service="doi", url="http://a", hint="wait"),
        ServiceRejected("refused", service="doi", url="http://a", status=500),
        RateLimited("slowly", service="doi", url="http://a"),
        ServiceError("somehow", service="doi", url="http://a"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_failure_is_handed_on(error: ServiceError) -> None:
    """With all that a report says of it."""
    text = Failure.of(error, "Crossref").model_dump_json()
    again = Failure.model_validate_json(text).error
    assert type(again) is type(error)
    assert (str(again), again.service, again.url, again.hint) == (
        str(error),
        error.service,
        error.url,
        error.hint,
    )
