"""What a registry has changed, fetched day by day, whatever comes between."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lupusrefs.errors import (
    MirrorError,
    RateLimited,
    ServiceError,
    ServiceRejected,
    ServiceUnreachable,
    UnexpectedReply,
)
from lupusrefs.mirror.changes import Changes, ChangesFetch, FetchProgress
from lupusrefs.services.paging import Page
from mirror.changing import Changing
from unprivileged import shared_folder, without_privileges

MONDAY = date(2026, 3, 30)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def gone(status: int) -> ServiceRejected:
    """What is said to a cursor that is over."""
    return ServiceRejected("no", service="crossref", url="", status=status)


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records are many."""
    monkeypatch.setattr("lupusrefs.mirror.changes._FEW", 1)


def unreachable() -> ServiceError:
    """An outage."""
    return ServiceUnreachable("no connection", service="crossref", url="")


def fetch(
    folder: Path,
    registry: Changing,
    today: date = WEDNESDAY,
    progress: Callable[[FetchProgress], None] = lambda _: None,
    since: date = MONDAY,
) -> Changes:
    """Fetch what is not there yet."""
    changes = ChangesFetch(folder, "crossref", since, today, clock=lambda: 0.0)
    return asyncio.run(changes.fetch(registry, progress))


def numbers(changes: Changes) -> dict[str, list[int]]:
    """File -> the records in it."""
    return {
        path.name: [
            int(json.loads(line)["DOI"].removeprefix("10.5555/"))
            for line in gzip.decompress(path.read_bytes()).splitlines()
        ]
        for path in changes.files
    }


def names(folder: Path) -> list[str]:
    """The files of ``updates/``."""
    return sorted(path.name for path in (folder / "updates").iterdir())


ALL = {MONDAY: [1, 2, 3, 4, 5], WEDNESDAY: [6, 7]}
WHOLE = {
    "crossref-2026-03-30.jsonl.gz": [1, 2, 3, 4, 5],
    "crossref-2026-04-01.jsonl.gz": [6, 7],
}


def test_day_by_day(tmp_path: Path) -> None:
    """A day without changes has no file; the last day is open."""
    registry = Changing(ALL)
    told: list[FetchProgress] = []
    changes = fetch(tmp_path, registry, progress=told.append)
    assert numbers(changes) == WHOLE
    assert (changes.records, changes.since, changes.as_of) == (7, MONDAY, WEDNESDAY)
    assert registry.asked == [
        (MONDAY, False, None),
        (TUESDAY, False, None),
        (WEDNESDAY, True, None),
    ]
    assert [one.records for one in told] == [2, 4, 5, 5, 7, 7]
    assert {(one.total, one.kept) for one in told} == {(7, 0)}
    # The clock stands still: what is left is told by the published pace.
    assert (told[0].remaining_s, told[-1].remaining_s) == (0.5, 0.0)


def test_nothing_new(tmp_path: Path) -> None:
    """No file; the day counts all the same."""
    registry = Changing({})
    changes = fetch(tmp_path, registry)
    assert len(registry.asked) == 1
    assert (changes.files, changes.records, changes.as_of) == ((), 0, WEDNESDAY)


def test_a_mirror_that_is_ahead_of_today(tmp_path: Path) -> None:
    """As one with a record of a wrong date is: nothing is asked."""
    registry = Changing(ALL)
    changes = fetch(tmp_path, registry, today=MONDAY, since=WEDNESDAY)
    assert (changes.files, changes.as_of, registry.asked) == ((), MONDAY, [])


def test_a_registry_that_does_not_count(tmp_path: Path) -> None:
    """How long it takes is not known then."""
    told: list[FetchProgress] = []
    registry = Changing(ALL, tells_total=False)
    assert numbers(fetch(tmp_path, registry, progress=told.append)) == WHOLE
    assert {(one.total, one.remaining_s) for one in told} == {(None, None)}


@pytest.mark.parametrize("page", [0, 1, 2])
def test_an_interrupted_day_goes_on_at_its_cursor(tmp_path: Path, page: int) -> None:
    """Or at its begin, where there is none yet."""
    registry = Changing(ALL, lambda _, at: unreachable() if at == page else None)
    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, registry)
    registry = Changing(ALL)
    told: list[FetchProgress] = []
    assert numbers(fetch(tmp_path, registry, progress=told.append)) == WHOLE
    assert registry.asked[0] == (MONDAY, False, str(page) if page else None)
    assert {(one.total, one.kept) for one in told} == {(7, 2 * page)}


@pytest.mark.parametrize("status", [400, 404, 410, 500])
def test_a_cursor_that_is_over_begins_its_day_anew(tmp_path: Path, status: int) -> None:
    """The days before stay."""
    days = {MONDAY: [1, 2, 3], TUESDAY: [4, 5, 6, 7, 8]}

    def outage(day: date, page: int) -> ServiceError | None:
        return unreachable() if (day, page) == (TUESDAY, 2) else None

    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, Changing(days, outage))
    assert ChangesFetch(tmp_path, "crossref", MONDAY, WEDNESDAY).kept == 7
    over = iter([gone(status)])
    registry = Changing(days, lambda _, page: next(over, None) if page == 2 else None)
    changes = fetch(tmp_path, registry)
    assert [*numbers(changes).values()] == [[1, 2, 3], [4, 5, 6, 7, 8]]
    assert registry.asked[:2] == [(TUESDAY, False, "2"), (TUESDAY, False, None)]


def test_a_pause_is_not_the_end_of_a_cursor(tmp_path: Path) -> None:
    """What is there is kept for the next time."""
    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, Changing(ALL, lambda _, page: unreachable() if page else None))
    paused = RateLimited("too many requests", service="crossref", url="")
    with pytest.raises(RateLimited):
        fetch(tmp_path, Changing(ALL, lambda _, page: paused if page else None))
    registry = Changing(ALL)
    assert numbers(fetch(tmp_path, registry)) == WHOLE
    assert registry.asked[0] == (MONDAY, False, "1")


def test_a_part_that_is_damaged_begins_anew(tmp_path: Path) -> None:
    """Cut short, or with more behind it than the state knows of."""
    stop = Changing(ALL, lambda _, page: unreachable() if page == 2 else None)
    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, stop)
    part = tmp_path / "updates" / "crossref.part"
    part.write_bytes(part.read_bytes()[:-1])
    assert ChangesFetch(tmp_path, "crossref", MONDAY, WEDNESDAY).kept == 0
    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, stop)
    # As when it was interrupted between the page and the state.
    part.write_bytes(part.read_bytes() + b"half a page")
    assert numbers(fetch(tmp_path, Changing(ALL))) == WHOLE


def test_a_state_that_is_damaged_begins_anew(tmp_path: Path) -> None:
    """It is ours alone."""
    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, Changing(ALL, lambda _, page: unreachable() if page else None))
    (tmp_path / "updates" / "crossref.state").write_text('{"schema": "other"')
    assert numbers(fetch(tmp_path, Changing(ALL))) == WHOLE


def test_a_part_that_had_no_name_yet_gets_it(tmp_path: Path) -> None:
    """Interrupted between the state, which says that it is whole, and the name."""

    def outage(day: date, _: int) -> ServiceError | None:
        return unreachable() if day == TUESDAY else None

    with pytest.raises(ServiceUnreachable):
        fetch(tmp_path, Changing(ALL, outage))
    updates = tmp_path / "updates"
    (updates / "crossref-2026-03-30.jsonl.gz").rename(updates / "crossref.part")
    registry = Changing(ALL)
    assert numbers(fetch(tmp_path, registry)) == WHOLE
    assert registry.asked[0] == (TUESDAY, False, None)


def test_a_day_that_was_not_over_is_asked_for_again(tmp_path: Path) -> None:
    """Not on the same day, but on the next; both files count."""
    assert fetch(tmp_path, Changing({MONDAY: [1, 2, 3]}), today=MONDAY).records == 3
    again = Changing({MONDAY: [1, 2, 3, 4]})
    assert fetch(tmp_path, again, today=MONDAY).records == 3
    assert again.asked == []
    later = Changing({MONDAY: [1, 2, 3, 4], TUESDAY: [5]})
    assert numbers(fetch(tmp_path, later, today=TUESDAY)) == {
        "crossref-2026-03-30.jsonl.gz": [1, 2, 3],
        "crossref-2026-03-30-2.jsonl.gz": [1, 2, 3, 4],
        "crossref-2026-03-31.jsonl.gz": [5],
    }


def test_few_changes_are_asked_for_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many days there are; and not again on the same day."""
    monkeypatch.setattr("lupusrefs.mirror.changes._FEW", 2)
    registry = Changing({MONDAY: [1], WEDNESDAY: [2]})
    changes = fetch(tmp_path, registry)
    assert numbers(changes) == {"crossref-2026-03-30.jsonl.gz": [1, 2]}
    assert (registry.asked, changes.as_of) == ([(MONDAY, True, None)], WEDNESDAY)
    assert fetch(tmp_path, registry).records == 2
    assert len(registry.asked) == 1
    registry.changed_on[WEDNESDAY + timedelta(days=1)] = [3, 4, 5]
    later = fetch(tmp_path, registry, today=WEDNESDAY + timedelta(days=1))
    assert [*numbers(later).values()] == [[1, 2], [1], [2], [3, 4, 5]]


def test_settled_means_that_nothing_is_left_but_the_data(tmp_path: Path) -> None:
    """The next update begins with nothing, and takes other names."""
    fetch(tmp_path, Changing(ALL))
    ChangesFetch(tmp_path, "crossref", MONDAY, WEDNESDAY).settle()
    assert names(tmp_path) == sorted(WHOLE)
    assert ChangesFetch(tmp_path, "crossref", MONDAY, WEDNESDAY).kept == 0
    assert len(fetch(tmp_path, Changing(ALL)).files) == 2
    assert "crossref-2026-03-30-2.jsonl.gz" in names(tmp_path)


def test_a_registry_that_never_ends_is_stopped(tmp_path: Path) -> None:
    """As behind a proxy that ignores cursors."""

    class Endless(Changing):
        async def changed(
            self, first: date, last: date | None, cursor: str | None = None
        ) -> AsyncIterator[Page]:
            while True:
                yield Page(tuple({"DOI": "10.5555/1"} for _ in range(999)), "*", 999)

    with pytest.raises(UnexpectedReply, match="and sent more than"):
        fetch(tmp_path, Endless({}))


def test_a_registry_that_leaves_records_out_is_told(tmp_path: Path) -> None:
    """A page that is short in the middle would be taken for the last."""

    class Short(Changing):
        async def changed(
            self, first: date, last: date | None, cursor: str | None = None
        ) -> AsyncIterator[Page]:
            yield Page(({"DOI": "10.5555/1"},), None, 5)

    with pytest.raises(
        UnexpectedReply, match="has 5 records of 2026-03-30, and sent 1"
    ):
        fetch(tmp_path, Short(ALL))
    assert numbers(fetch(tmp_path, Changing(ALL))) == WHOLE


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Says so, with its name."""
    with shared_folder() as folder, without_privileges():
        folder_of_root = folder / "mirror"
        with pytest.raises(MirrorError, match="cannot be written") as caught:
            fetch(folder_of_root, Changing(ALL))
    assert caught.value.location is not None
    assert caught.value.hint
