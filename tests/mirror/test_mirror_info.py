"""What a mirror says of itself, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import filelock
import pytest

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import layout
from lupusrefs.mirror.info import DamagedSource, SearchState, Unfinished, info
from lupusrefs.mirror.layout import Retractions, SearchIndex
from lupusrefs.mirror.manifest import Plan, SourceNote, TaskPart, as_line
from lupusrefs.mirror.search_index import digest_of
from lupusrefs.reports.mirror import duration, size, to_text
from lupusrefs.reports.mirror_wire import MirrorInfoReport, to_json
from mirror.written import row, write_description, write_mirror

NO_RETRACTIONS = (
    "those of the registries alone; --retraction-watch of `update` adds more"
)
ROWS = [row(f"10.5555/{n}", "crossref" if n % 4 else "datacite") for n in range(2000)]


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """Two thousand records, and an alias."""
    write_mirror(tmp_path / "mirror", [*ROWS, row("10.5555/alias", is_alias=True)])
    return tmp_path / "mirror"


def lines_of(folder: Path) -> dict[str, str]:
    """The text for people: label -> what stands behind it."""
    lines = to_text(info(str(folder))).splitlines()[1:]
    return {line[2:13].strip(): line[13:].strip() for line in lines}


def test_for_people(mirror: Path) -> None:
    """Short, aligned, and no more than there is to say."""
    (mirror / "sources.jsonl").write_text("")
    text = to_text(info(str(mirror)))
    total = sum(path.stat().st_size for path in mirror.rglob("*") if path.is_file())
    buckets = sum(path.stat().st_size for path in (mirror / "buckets").iterdir())
    assert text.splitlines() == [
        str(mirror),
        "              records   complete to   newest record",
        "  Crossref      1,500   2026-03-31    2026-03-01 00:00 UTC",
        "  DataCite        500   2026-03-31    2026-03-01 00:00 UTC",
        "  kept        what comparing and rendering need",
        "  aliases     1 DOI merged into another",
        f"  retractions {NO_RETRACTIONS}",
        "  search      no index; `mirror build --search` makes one",
        "  sources     1 data file, 1.0 kB",
        f"  size        {size(total)}; 4 buckets, {buckets / 2000:.0f} bytes a record",
    ]


def test_all_that_there_may_be(mirror: Path) -> None:
    """Retractions, an index, whole records, damaged sources, lines set aside."""
    description = info(str(mirror)).description
    assert description is not None
    retractions = Retractions(
        rows=2345, as_of=date(2026, 3, 30), bytes=1, sha256="0" * 64
    )
    index = SearchIndex(documents=2000, of=digest_of(description.buckets))
    changed = {
        "retractions": retractions,
        "search": index,
        "whole": True,
        "rejected": 3,
        "sources": 2,
        "damaged": 1,
        "source_bytes": 212_400_000_000,
    }
    write_description(mirror, description.model_copy(update=changed))
    notes = [note("a/0.json.gz"), note("b/1.json.gz", "it ends early", "member x: bad")]
    (mirror / "sources.jsonl").write_text("".join(map(as_line, notes)))
    told = lines_of(mirror)
    assert told["kept"] == "whole records"
    assert told["retractions"] == (
        "2,345 notices of Retraction Watch, the youngest of 2026-03-30"
    )
    assert told["search"] == "an index of 2,000 records"
    assert told["sources"] == "2 data files, 212 GB; 1 damaged"
    assert told[""] == "b/1.json.gz: it ends early; member x: bad"
    assert told["rejected"] == "3 lines, with the reasons in rejected.jsonl"
    old = index.model_copy(update={"of": "0" * 64})
    write_description(mirror, description.model_copy(update={**changed, "search": old}))
    assert "out of date" in lines_of(mirror)["search"]


def note(source: str, *damage: str) -> SourceNote:
    """A line of ``sources.jsonl``."""
    return SourceNote(
        source=source,
        bytes=10,
        mtime_ns=1,
        build=1,
        as_of={"crossref": date(2026, 3, 31)},
        records=1,
        rejected=0,
        damage=damage,
    )


def test_many_damaged_sources_are_counted(mirror: Path) -> None:
    """The first ten are named."""
    damaged = tuple(DamagedSource(f"{n}.gz", "it ends early") for n in range(15))
    text = to_text(replace(info(str(mirror)), damaged=damaged))
    assert "9.gz: it ends early" in text
    assert "10.gz" not in text
    assert "and 5 more" in text


def test_for_programs(mirror: Path) -> None:
    """The same, as its schema says."""
    found = info(str(mirror))
    text = to_json(found)
    report = MirrorInfoReport.model_validate_json(text)
    assert json.loads(text)["schema"] == "lupusrefs.mirror-info/1"
    assert (report.records, report.aliases, report.buckets) == (2000, 1, 4)
    by_name = {one.name: one for one in report.registries}
    assert by_name["crossref"].records == 1500
    assert by_name["crossref"].as_of == date(2026, 3, 31)
    assert (report.search, report.retractions, report.build) == ("none", None, None)
    assert report.is_built
    assert report.bytes == found.bytes > report.records


def test_at_a_url(mirror: Path) -> None:
    """The same of a place that fsspec knows."""
    here, there = info(str(mirror)), info(f"file://{mirror}")
    assert replace(there, location=here.location) == here


def plan_of(folder: Path, tasks: int) -> None:
    """A build that has begun."""
    work = folder / "work"
    for name in ("tasks", "buckets", "runs"):
        (work / name).mkdir(parents=True)
    part = (TaskPart(source=0),)
    plan = Plan(build=1, whole=False, buckets=8, sources=(), tasks=(part,) * tasks)
    (work / "plan.json").write_text(plan.model_dump_json())


def test_a_first_build_that_is_not_finished(tmp_path: Path) -> None:
    """There is no mirror yet; how far it is."""
    plan_of(tmp_path, 3)
    (tmp_path / "work/tasks/00000.json").write_text("{}")
    (tmp_path / "work/tasks/00000.rejected.jsonl").write_text("")
    found = info(str(tmp_path))
    assert found.description is None
    assert found.unfinished == Unfinished(1, 3, 0, 8)
    assert "a build is at 1 of 3 tasks; run it again to go on" in to_text(found)
    report = MirrorInfoReport.model_validate_json(to_json(found))
    assert (report.is_built, report.records, report.sources) == (False, 0, None)
    assert report.build is not None
    assert (report.build.tasks, report.build.is_going_on) == (3, False)


def test_a_build_that_goes_on_now(tmp_path: Path) -> None:
    """Nobody is told to run it again."""
    plan_of(tmp_path, 3)
    with filelock.FileLock(tmp_path / layout.LOCK):
        found = info(str(tmp_path))
    assert found.unfinished == Unfinished(0, 3, 0, 8, is_going_on=True)
    assert "a build is at 0 of 3 tasks\n" in to_text(found)
    assert info(str(tmp_path)).unfinished == Unfinished(0, 3, 0, 8)


def test_a_later_build_that_is_not_finished(mirror: Path) -> None:
    """The mirror is there all the while."""
    plan_of(mirror, 1)
    (mirror / "work/tasks/00000.json").write_text("{}")
    (mirror / "work/buckets/0003.json").write_text("{}")
    found = info(str(mirror))
    assert found.description is not None
    assert found.unfinished == Unfinished(1, 1, 1, 8)
    assert "a build is at 1 of 8 buckets, all sources read" in to_text(found)
    (mirror / "work/plan.json").write_text("")
    assert "a build is at its begin" in to_text(info(str(mirror)))


def test_no_mirror(tmp_path: Path) -> None:
    """An empty folder, none at all, or a description that cannot be read."""
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(MirrorError, match="is no mirror") as caught:
            info(str(place))
        assert "mirror build" in str(caught.value.hint)
    (tmp_path / layout.DESCRIPTION).write_text("[]")
    with pytest.raises(MirrorError, match="cannot be read"):
        info(str(tmp_path))


def test_a_list_of_sources_that_cannot_be_read(mirror: Path) -> None:
    """Says which file it is."""
    (mirror / "sources.jsonl").write_text("half a li")
    with pytest.raises(MirrorError, match=r"sources\.jsonl cannot be read"):
        info(str(mirror))


def test_states_of_search() -> None:
    """Their names are the contract."""
    assert [str(one) for one in SearchState] == ["none", "current", "out-of-date"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (10_500, "10 kB"),
        (999_600, "1.0 MB"),
        (98_200_000_000, "98 GB"),
        (10**16, "10000 TB"),
    ],
)
def test_sizes(number: int, text: str) -> None:
    """In the unit that leaves few digits."""
    assert size(number) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "1 s"),
        (59, "59 s"),
        (61, "1 min"),
        (12_000, "3 h 20 min"),
        (40_000, "11 h"),
        (90_000, "1 day"),
        (200_000, "2 days"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    """As one would say them."""
    assert duration(seconds) == text
