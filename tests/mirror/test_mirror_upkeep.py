"""A mirror over its life: built, verified, repaired, brought up to date."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import filelock
import pytest

from commands.invoke import Invoke, invoke
from lupusrefs import mirror_info, repair_mirror, update_mirror, verify_mirror
from lupusrefs.commands.mirroring.bars import Bars
from lupusrefs.commands.terminal import Terminal
from lupusrefs.config import Endpoints, Settings
from lupusrefs.errors import InputError, MirrorError, ServiceRejected
from lupusrefs.mirror import layout
from lupusrefs.mirror.build import BuildOptions, build
from lupusrefs.mirror.changes import FetchProgress
from lupusrefs.mirror.info import SearchState
from lupusrefs.mirror.layout import Description
from lupusrefs.mirror.lookup import Mirror
from lupusrefs.mirror.stages import BuildProgress
from lupusrefs.reports.mirror import of_update
from mirror.samples import crossref, datacite, write_lines
from mirror.written import contents
from registry.faults import FAULTS
from registry.server import Registry
from unprivileged import shared_folder, without_privileges

__all__ = ["invoke"]

SINCE = date(2026, 5, 14)
# What the registries of the tests have changed since.
CHANGED = 10
ONE = BuildOptions(jobs=1, buckets=4)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Data files: fifty records of Crossref, ten of DataCite."""
    folder = tmp_path / "data files"
    write_lines(folder / "crossref" / "0.jsonl.gz", map(crossref, range(25)))
    write_lines(folder / "crossref" / "1.jsonl", map(crossref, range(25, 50)))
    write_lines(folder / "datacite" / "0.jsonl.gz", map(datacite, range(10)))
    return folder


@pytest.fixture
def mirror(tmp_path: Path, sources: Path) -> Path:
    """Of Crossref alone."""
    folder = tmp_path / "mirror"
    build([str(sources / "crossref")], folder, ONE)
    return folder


@pytest.fixture
def settings(registry: Registry) -> Settings:
    """Those who ask the registries of the tests."""
    registry.limiter.enabled = False
    endpoints = Endpoints(**registry.endpoints)
    return Settings(endpoints=endpoints, mailto="reader@example.org")


def described(folder: Path) -> Description:
    """What the mirror says of itself."""
    return Mirror.open(str(folder)).description


# --- repair -------------------------------------------------------------------------


def test_damaged_buckets_are_made_anew_alone(mirror: Path) -> None:
    """They have the same bytes as before; the others are not touched."""
    before = contents(mirror)
    (mirror / "buckets/0001.parquet").unlink()
    path = mirror / "buckets/0002.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)
    sound = (mirror / "buckets/0000.parquet").stat()
    found = verify_mirror(str(mirror))
    assert found.buckets == (1, 2)
    told: list[BuildProgress] = []
    repair_mirror(mirror, found.buckets, jobs=1, progress=told.append)
    assert told
    assert not verify_mirror(str(mirror)).damaged
    assert contents(mirror) == before
    assert (mirror / "buckets/0000.parquet").stat().st_mtime_ns == sound.st_mtime_ns


def test_repair_from_the_command_line(invoke: Invoke, mirror: Path) -> None:
    """What was damaged is named; the exit code is that of the end."""
    assert invoke("mirror", "verify", str(mirror)).code == 0
    (mirror / "buckets/0003.parquet").write_bytes(b"")
    shown = invoke("mirror", "verify", str(mirror))
    size = described(mirror).buckets[3].bytes
    assert shown.out == (f"buckets/0003.parquet: has 0 bytes instead of {size:,}\n")
    assert (shown.code, "--repair" in shown.err) == (1, True)
    assert invoke("mirror", "verify", str(mirror), "--quick").code == 1
    mended = invoke("mirror", "verify", str(mirror), "--repair", "--jobs", "1")
    assert (mended.code, mended.out) == (0, shown.out)
    assert "note: 1 file made anew" in mended.err
    quiet = invoke("mirror", "verify", str(mirror), "--repair", "-q", "--jobs=1")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


@pytest.mark.parametrize("loss", ["gone", "changed"])
def test_a_source_that_is_missing_is_named(
    invoke: Invoke, mirror: Path, sources: Path, loss: str
) -> None:
    """Nothing can be made anew without it; the damage stays told."""
    lost = sources / "crossref" / "1.jsonl"
    if loss == "gone":
        lost.unlink()
    else:
        write_lines(lost, map(crossref, range(3)))
    (mirror / "buckets/0000.parquet").unlink()
    shown = invoke("mirror", "verify", str(mirror), "--repair", "--jobs", "1")
    assert shown.code == 1
    assert f"{lost} " in shown.err.replace("is gone", "").replace("has changed", "")
    assert "buckets/0000.parquet: is missing" in shown.out
    assert not (mirror / "work").exists()


def test_a_url_is_not_repaired(invoke: Invoke, mirror: Path) -> None:
    """It is a place to read from."""
    (mirror / "buckets/0000.parquet").unlink()
    shown = invoke("mirror", "verify", f"file://{mirror}", "--repair")
    assert shown.code == 1
    assert "repaired in a folder of this machine" in shown.err


# --- search ---------------------------------------------------------------------------


def test_an_index_for_a_mirror_that_is_there(
    mirror: Path, sources: Path, settings: Settings
) -> None:
    """Made though there is nothing new to read; an update brings it up to date."""
    assert mirror_info(str(mirror)).search is SearchState.NONE
    with_search = BuildOptions(jobs=1, search=True)
    report = build([str(sources / "crossref")], mirror, with_search)
    assert report.read == 0
    assert report.description == described(mirror)
    assert mirror_info(str(mirror)).search is SearchState.CURRENT
    assert verify_mirror(str(mirror)).search is True
    update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    assert mirror_info(str(mirror)).search is SearchState.CURRENT
    build([str(sources / "datacite")], mirror, BuildOptions(jobs=1))
    assert mirror_info(str(mirror)).search is SearchState.OUT_OF_DATE
    assert verify_mirror(str(mirror)).search is False


# --- update -------------------------------------------------------------------------


def test_an_update_brings_what_was_changed(
    mirror: Path, settings: Settings, registry: Registry
) -> None:
    """It is found afterwards; the mirror is complete up to today."""
    today = datetime.now(UTC).date()
    fetching: list[FetchProgress] = []
    building: list[BuildProgress] = []
    run = update_mirror(
        mirror,
        settings=settings,
        since=SINCE,
        jobs=1,
        fetching=fetching.append,
        building=building.append,
    )
    assert run.errors == []
    assert run.requests["crossref"] == registry.requests("crossref") == 2
    assert registry.requests("datacite") == 0
    assert of_update(run) == (
        f"Crossref: 10 records since 2026-05-14; complete to {today}\n"
    )
    assert fetching[-1].records == fetching[-1].total == CHANGED
    assert building
    part = described(mirror).registries["crossref"]
    assert (part.records, part.as_of) == (50 + CHANGED, today)
    with Mirror.open(str(mirror)) as opened:
        (work,) = opened.find(["10.5555/lupus.2021.101"]).values()
    assert work.provenance is not None
    assert work.provenance.fetched.date() == today
    assert not verify_mirror(str(mirror)).damaged


def test_an_update_brings_nothing_new(mirror: Path, settings: Settings) -> None:
    """The second one on a day; it asks for one day more than it must."""
    update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    before = contents(mirror / "buckets")
    run = update_mirror(mirror, settings=settings, jobs=1)
    assert "nothing new since" in of_update(run)
    assert run.build is None
    assert contents(mirror / "buckets") == before


def test_what_was_fetched_mends_a_bucket(mirror: Path, settings: Settings) -> None:
    """Data files of updates are sources like any others."""
    update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    (bucket, *_) = (mirror / "buckets").iterdir()
    bucket.unlink()
    repair_mirror(mirror, verify_mirror(str(mirror)).buckets, jobs=1)
    assert not verify_mirror(str(mirror)).damaged


def test_an_outage_is_no_loss(
    mirror: Path, settings: Settings, registry: Registry, sources: Path
) -> None:
    """The other registry is brought up to date; this one the next time."""
    build([str(sources / "datacite")], mirror, BuildOptions(jobs=1))
    registry.set_fault("crossref", FAULTS["forbidden"])
    run = update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    (error,) = run.errors
    assert isinstance(error, ServiceRejected)
    today = datetime.now(UTC).date()
    parts = described(mirror).registries
    assert parts["datacite"].as_of == today
    assert parts["crossref"].as_of != today
    assert "Crossref: not asked to the end since 2026-05-14" in of_update(run)
    registry.set_fault("crossref", None)
    update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    assert described(mirror).registries["crossref"].as_of == today


@pytest.mark.parametrize(
    "fault",
    [
        "bot-page-html",
        "broken-types",
        "deep-json",
        "duplicate-keys",
        "empty-body",
        "invalid-utf8",
        "missing-records",
        "nan",
        "not-found-text",
        "redirect-loop",
        "redirect-private",
        "truncated-json",
        "unauthorized",
        "wrong-records",
    ],
)
def test_whatever_a_registry_answers(
    mirror: Path, settings: Settings, registry: Registry, fault: str
) -> None:
    """It is told; or it is JSON that nobody can doubt, and read as far as it can be.

    The records that the mirror had are there afterwards.
    """
    before = described(mirror).registries["crossref"].as_of
    registry.set_fault("crossref", FAULTS[fault])
    run = update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    part = described(mirror).registries["crossref"]
    if fault in {"broken-types", "duplicate-keys", "wrong-records"}:
        assert part.records >= 50
    else:
        assert len(run.errors) == 1
        assert (part.records, part.as_of) == (50, before)
    assert not verify_mirror(str(mirror)).damaged
    with Mirror.open(str(mirror)) as opened:
        assert len(opened.find(f"10.5555/bench.{number}" for number in range(50))) == 50


@pytest.mark.parametrize("stop", ["reading", "sorting"])
def test_an_update_that_was_interrupted_while_it_built(
    mirror: Path, settings: Settings, registry: Registry, stop: str
) -> None:
    """Nothing is fetched again; the mirror is whole all the while."""

    def interrupt(at: BuildProgress) -> None:
        if at.phase == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_mirror(
            mirror, settings=settings, since=SINCE, jobs=1, building=interrupt
        )
    assert described(mirror).registries["crossref"].records == 50
    assert not verify_mirror(str(mirror)).damaged
    asked = registry.requests("crossref")
    update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    assert described(mirror).registries["crossref"].records == 50 + CHANGED
    assert registry.requests("crossref") == asked


def test_a_build_of_the_user_is_not_thrown_away(
    mirror: Path, settings: Settings, registry: Registry, sources: Path
) -> None:
    """It is to be finished first; nobody is asked before."""

    def interrupt(_: BuildProgress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([str(sources / "datacite")], mirror, BuildOptions(jobs=1), interrupt)
    with pytest.raises(MirrorError, match="not finished"):
        update_mirror(mirror, settings=settings, since=SINCE, jobs=1)
    assert registry.requests() == 0


def test_one_writer_at_a_time(
    mirror: Path, settings: Settings, registry: Registry
) -> None:
    """The second one is told so at once."""
    with filelock.FileLock(mirror / layout.LOCK), pytest.raises(MirrorError):
        update_mirror(mirror, settings=settings, since=SINCE)
    assert registry.requests() == 0


def test_no_mirror_is_made_by_an_update(tmp_path: Path, settings: Settings) -> None:
    """Nor by a look at it."""
    for call in (
        lambda: update_mirror(tmp_path / "none", settings=settings),
        lambda: mirror_info(str(tmp_path / "none")),
        lambda: verify_mirror(str(tmp_path / "none")),
    ):
        with pytest.raises(MirrorError, match="is no mirror"):
            call()
    assert list(tmp_path.iterdir()) == []


RETRACTIONS = (
    "RetractionDate,RetractionDOI,OriginalPaperDOI,RetractionNature\n"
    "3/1/2024 0:00,10.5555/notice,10.5555/bench.7,Retraction\n"
    "3/1/2024 0:00,10.5555/notice,unavailable,Retraction\n"
    "3/1/2024 0:00,10.5555/notice,10.5555/bench.8,Party\n"
)


def test_retraction_watch_from_a_file(
    mirror: Path, settings: Settings, tmp_path: Path
) -> None:
    """Rows that cannot be used are told; what they say is found with the work."""
    path = tmp_path / "rw.csv"
    path.write_text(RETRACTIONS)
    run = update_mirror(
        mirror, settings=settings, since=SINCE, retraction_watch=str(path), jobs=1
    )
    assert of_update(run).splitlines()[1] == (
        "Retraction Watch: 1 notice; 1 row about works without a DOI; 1 row that "
        "cannot be read: line 4: RetractionNature is `Party`"
    )
    # The build behind it keeps them.
    assert described(mirror).retractions is not None
    with Mirror.open(str(mirror)) as opened:
        (work,) = opened.find(["10.5555/bench.7"]).values()
    assert [one.type for one in work.updated_by] == ["retraction"]
    assert not verify_mirror(str(mirror)).damaged


def test_a_csv_file_that_is_none(
    mirror: Path, settings: Settings, registry: Registry, tmp_path: Path
) -> None:
    """It is refused before anybody is asked for an hour."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    for name in ("x.csv", "nowhere.csv"):
        with pytest.raises(InputError):
            update_mirror(
                mirror, settings=settings, retraction_watch=str(tmp_path / name)
            )
    assert registry.requests() == 0


def test_a_url_of_retraction_watch_that_is_not_there(
    mirror: Path, settings: Settings, registry: Registry
) -> None:
    """The registries are asked all the same; it is told."""
    run = update_mirror(
        mirror,
        settings=settings,
        since=SINCE,
        retraction_watch=f"{registry.origin}/nothing/here.csv",
        jobs=1,
    )
    assert [one.service for one in run.errors] == ["retraction-watch"]
    assert described(mirror).registries["crossref"].records == 50 + CHANGED


def test_an_update_from_the_command_line(
    invoke: Invoke, mirror: Path, registry: Registry
) -> None:
    """What came, and how long it was thought to take; 4 if somebody did not answer."""
    registry.limiter.enabled = False
    command = ("mirror", "update", str(mirror), "--jobs", "1")
    registry.set_fault("crossref", FAULTS["forbidden"])
    shown = invoke(*command, "--from", "2026-05-14", environment=registry.environment)
    assert shown.code == 4
    assert "error: crossref" in shown.err
    registry.set_fault("crossref", None)
    shown = invoke(
        *command, "--from", "2026-05-14", "-v", environment=registry.environment
    )
    assert (shown.code, shown.out.startswith("Crossref: 10 records")) == (0, True)
    assert "requests sent: 2, crossref 2" in shown.err
    assert invoke(*command, "--from", "14.5.2026").code == 2
    gone = invoke("mirror", "update", "nowhere", environment=registry.environment)
    assert (gone.code, "is no mirror" in gone.err) == (3, True)


def test_a_folder_that_may_not_be_written(
    settings: Settings, registry: Registry, sources: Path
) -> None:
    """Nobody is asked for what could not be kept; nothing is repaired there."""
    with shared_folder() as folder:
        mirror = folder / "mirror"
        build([str(sources / "crossref")], mirror, ONE)
        (mirror / layout.LOCK).unlink(missing_ok=True)
        with without_privileges():
            with pytest.raises(MirrorError, match="cannot be written to"):
                update_mirror(mirror, settings=settings, since=SINCE)
            with pytest.raises(MirrorError, match="cannot be written to"):
                repair_mirror(mirror, [0])
            assert mirror_info(str(mirror)).description is not None
        assert registry.requests() == 0


@pytest.mark.parametrize(
    ("name", "package"),
    [("info", "filelock"), ("verify", "pyarrow"), ("update", "msgspec")],
)
def test_a_package_that_is_missing_is_named(
    mirror: Path, name: str, package: str
) -> None:
    """With the extra that it belongs to."""
    program = (
        f"import sys; sys.modules[{package!r}] = None; "
        f"sys.argv = ['lupusrefs', 'mirror', {name!r}, {str(mirror)!r}]; "
        "from lupusrefs.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert f"a mirror needs the package {package}, which is not inst" in done.stderr
    assert 'pip install "lupusrefs[mirror]"' in done.stderr


def test_how_long_an_update_takes_is_told_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the first page, and not if that was the last."""
    shown = Bars(Terminal(), None)
    total = 1_203_400
    for kept in (0, 400_000):
        for records in (kept + 1000, kept + 2000):
            rest_s = (total - records) / 1000 * 3
            at = FetchProgress("crossref", SINCE, records, total, kept, rest_s)
            shown.fetching(at)
        shown.fetching(FetchProgress("datacite", SINCE, 10, 10, 0, 0.0))
        shown = Bars(Terminal(), None)
    crossref = "note: Crossref has 1,203,400 records since 2026-05-14"
    assert capsys.readouterr().err.splitlines() == [
        f"{crossref}: about 1 h to go",
        f"{crossref}, 400,000 of them fetched before: about 40 min to go",
    ]


def test_info_from_the_command_line(invoke: Invoke, mirror: Path) -> None:
    """For people and for programs."""
    assert "Crossref" in invoke("mirror", "info", str(mirror)).out
    shown = invoke("mirror", "info", str(mirror), "--format", "json")
    assert json.loads(shown.out)["records"] == 50
    assert invoke("mirror", "info", "nowhere").code == 3
