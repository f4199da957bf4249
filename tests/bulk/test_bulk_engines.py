"""Whoever does the work, and however it is ended: the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self, TypeVar

import pytest

from bulk.deadly import Deadly, refuse, square
from bulk.lists import Bulk, cut_small, item, make_mirror, write_list
from lupusrefs.api import bulk as door
from lupusrefs.api.bulk import BulkOptions, check_bulk
from lupusrefs.bulk import conductor
from lupusrefs.bulk.comparing import compare_partition
from lupusrefs.bulk.dask_engine import Dask
from lupusrefs.bulk.engine import InProcess, Processes
from lupusrefs.bulk.plan import round_size
from lupusrefs.errors import EngineError, InputError, MissingPackage
from lupusrefs.mirror.layout import BucketFile, Description

T = TypeVar("T")
R = TypeVar("R")

# A retired worker's warnings are no one's: those of this project are errors.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def references(bulk: Bulk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty references in fifteen partitions, of four rounds."""
    cut_small(monkeypatch, references=4, partitions=4)
    return write_list(bulk.folder / "refs.jsonl", map(item, range(60)))


def test_a_killed_worker_is_no_loss(tmp_path: Path) -> None:
    """Its tasks are done again, and the results come in their order."""
    tasks = [Deadly(one) for one in range(8)]
    tasks[3] = Deadly(3, tmp_path / "mark")
    with Processes(2) as engine:
        found = list(engine.run(square, tasks))
        assert found == [one**2 for one in range(8)]
        # And the engine goes on.
        assert list(engine.run(square, tasks[:2])) == [0, 1]


def test_a_task_that_kills_whoever_does_it(tmp_path: Path) -> None:
    """It is tried three times, and then told."""
    tasks = [Deadly(1), Deadly(2, tmp_path / "mark", always=True)]
    told = r"3 times in the middle of a task: Deadly\(number=2"
    with Processes(2) as engine, pytest.raises(EngineError, match=told):
        list(engine.run(square, tasks))


def test_an_error_of_a_task_comes_as_it_is() -> None:
    """From another process, too: with its place, and what to do."""
    with Processes(2) as engine, pytest.raises(InputError) as caught:
        list(engine.run(refuse, ["a.jsonl", "b.jsonl"]))
    # Whichever of them is the first to fail.
    assert str(caught.value.location) in {"a.jsonl", "b.jsonl"}
    assert caught.value.hint == "make room"


def test_dask_that_is_not_installed(
    bulk: Bulk, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint names the extra."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackage) as caught:
        bulk.check(references, options=BulkOptions(offline=True, engine="dask"))
    assert caught.value.hint == '`pip install "lupusrefs[dask]"`'


@pytest.mark.parametrize("package", ["duckdb", "msgspec", "pyarrow"])
def test_a_package_of_the_mirror_that_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """The same, before anything is done."""
    path = write_list(tmp_path / "refs.jsonl", [item(1)])
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackage) as caught:
        Bulk(tmp_path).check(path)
    assert caught.value.package == package
    assert caught.value.hint == '`pip install "lupusrefs[mirror]"`'


def test_a_folder_that_vanishes(
    bulk: Bulk, references: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message, not a traceback."""

    class Vanishing(InProcess):
        def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
            for one in inputs:
                yield function(one)
                shutil.rmtree(tmp_path / "out.jsonl.partial" / "rounds")

    monkeypatch.setattr(door, "_engine", lambda _: Vanishing())
    options = BulkOptions(output=tmp_path / "out.jsonl", offline=True)
    with pytest.raises(InputError, match="a file of this run cannot be read"):
        bulk.check(references, options=options)


def test_a_damaged_bucket_is_told(bulk: Bulk, tmp_path: Path) -> None:
    """Once, by whoever read it; the DOIs in it count as not in the mirror."""
    folder = make_mirror(tmp_path / "mirror", records=20)
    (folder / "buckets" / "0001.parquet").write_bytes(b"PAR1" + bytes(100))
    bulk.flags["mirror"] = [str(folder)]
    path = write_list(tmp_path / "twenty.jsonl", map(item, range(20)))
    run, rows = bulk.check(path)
    assert {row["status"] for row in rows} == {"resolved", "unavailable"}
    assert len(run.warnings) == 1
    assert "0001.parquet cannot be read" in run.warnings[0]


def test_dask_gives_the_same_bytes(
    bulk: Bulk, references: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers, one of which is killed in the middle of the comparison."""
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    bulk.check(references, options=BulkOptions(output=here, offline=True, jobs=1))

    class Killing(Dask):
        def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
            results = super().run(function, inputs)
            if function is compare_partition and not killed:
                yield next(results)
                killed.append(self.kill_one())
            yield from results

        def kill_one(self) -> int:
            pids = self._client.run(os.getpid)  # type: ignore[attr-defined]
            pid = int(min(pids.values()))
            os.kill(pid, signal.SIGKILL)
            return pid

    killed: list[int] = []
    monkeypatch.setattr("lupusrefs.bulk.dask_engine.Dask", Killing)
    options = BulkOptions(output=there, offline=True, jobs=2, engine="dask")
    run, _ = bulk.check(references, options=options)
    assert killed
    assert there.read_bytes() == here.read_bytes()
    assert run.counts.references == 60


def test_nobody_at_the_address_of_the_scheduler(
    bulk: Bulk, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message, not a traceback."""
    monkeypatch.setattr("lupusrefs.bulk.dask_engine._TIMEOUT_S", 0.2)
    options = BulkOptions(offline=True, engine="dask", scheduler="tcp://127.0.0.1:1")
    with pytest.raises(EngineError, match="no Dask scheduler answers"):
        bulk.check(references, options=options)


@dataclass(slots=True)
class Failing(InProcess):
    """An engine that ends in the middle, as a run that is killed does.

    Attributes:
        left: how many tasks it does before.
        done: what it did.
    """

    left: int = 1000
    done: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def run(self, function: Callable[[T], R], inputs: Sequence[T]) -> Iterator[R]:
        """The results, until it ends."""
        for one in inputs:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            self.done.append(function.__name__)
            yield function(one)


def test_two_processes_give_the_same_bytes(
    bulk: Bulk, references: Path, tmp_path: Path
) -> None:
    """As one does."""
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    bulk.check(references, options=BulkOptions(output=one, offline=True, jobs=1))
    bulk.check(references, options=BulkOptions(output=two, offline=True, jobs=2))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("after", [0, 5, 9, 20, 27])
def test_a_run_goes_on_where_it_was_ended(
    bulk: Bulk,
    references: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    """At whatever task: no task is done twice, and the bytes are the same."""
    whole, output = tmp_path / "whole.jsonl", tmp_path / "output.jsonl"
    options = BulkOptions(output=whole, offline=True)
    undisturbed = Failing()
    monkeypatch.setattr(door, "_engine", lambda _: undisturbed)
    bulk.check(references, options=options)
    options = replace(options, output=output)
    ended, again = Failing(left=after), Failing()
    monkeypatch.setattr(door, "_engine", lambda _: ended)
    with pytest.raises(KeyboardInterrupt):
        bulk.check(references, options=options)
    assert (tmp_path / "output.jsonl.partial").is_dir()
    assert not output.exists()
    monkeypatch.setattr(door, "_engine", lambda _: again)
    run, _ = bulk.check(references, options=options)
    assert output.read_bytes() == whole.read_bytes()
    assert run.counts.references == 60
    assert len(ended.done) + len(again.done) == len(undisturbed.done)
    assert not (tmp_path / "output.jsonl.partial").exists()


@pytest.mark.parametrize(
    ("records", "partitions"),
    [((), 200), ((2_000_000,), 200), ((2e6, 280e6), 1_750), ((1e9,), 2_000)],
)
def test_a_round_grows_with_the_mirror(
    records: Sequence[float], partitions: int
) -> None:
    """With the largest of them, for each is read in every round."""
    mirrors = [
        Description(
            whole=False,
            registries={},
            aliases=0,
            sources=0,
            source_bytes=0,
            damaged=0,
            rejected=0,
            buckets=tuple(
                BucketFile(name="", rows=int(one / 4), bytes=0, sha256="")
                for _ in range(4)
            ),
        )
        for one in records
    ]
    assert round_size(mirrors) == partitions


def test_rounds_stay_as_they_were_begun(
    bulk: Bulk, references: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a version that would cut them otherwise; the result is the same either way."""
    whole, output = tmp_path / "whole.jsonl", tmp_path / "output.jsonl"
    options = BulkOptions(output=whole, offline=True)
    seen: set[tuple[int, int]] = set()

    def check() -> None:
        check_bulk(
            [str(references)],
            settings=bulk.settings,
            options=options,
            progress=lambda now: seen.add((now.round, now.rounds)),
        )

    monkeypatch.setattr(door, "_engine", lambda _: InProcess())
    check()
    assert {rounds for _, rounds in seen} == {0, 4}
    options = replace(options, output=output)
    monkeypatch.setattr(conductor, "round_size", lambda _: 6)
    monkeypatch.setattr(door, "_engine", lambda _: Failing(left=20))
    with pytest.raises(KeyboardInterrupt):
        check()
    monkeypatch.setattr(door, "_engine", lambda _: InProcess())
    monkeypatch.setattr(conductor, "round_size", lambda _: 15)
    seen.clear()
    check()
    assert {rounds for _, rounds in seen} == {0, 3}
    assert output.read_bytes() == whole.read_bytes()


def test_an_output_in_the_folder_of_the_inputs(
    bulk: Bulk, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no input, and neither is what is not finished; nor is a mirror."""
    folder = references.parent / "lists"
    folder.mkdir()
    bulk.flags["mirror"] = [str(make_mirror(folder / "mirror", records=60))]
    references.rename(folder / references.name)
    options = BulkOptions(output=folder / "out.jsonl", offline=True)
    monkeypatch.setattr(door, "_engine", lambda _: Failing(left=12))
    with pytest.raises(KeyboardInterrupt):
        bulk.check(folder, options=options)
    monkeypatch.setattr(door, "_engine", lambda _: InProcess())
    run, _ = bulk.check(folder, options=options)
    assert run.resumed
    assert not run.was_other
    assert run.counts.references == 60
    # And once more, beside the result of the first time.
    run, _ = bulk.check(folder, options=options)
    assert run.counts.references == 60


def test_another_input_begins_anew(
    bulk: Bulk, references: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done of the old one is gone, and that is told."""
    output = tmp_path / "output.jsonl"
    options = BulkOptions(output=output, offline=True)
    monkeypatch.setattr(door, "_engine", lambda _: Failing(left=12))
    with pytest.raises(KeyboardInterrupt):
        bulk.check(references, options=options)
    write_list(references, map(item, range(30, 40)))
    monkeypatch.setattr(door, "_engine", lambda _: InProcess())
    run, _ = bulk.check(references, options=options)
    assert run.was_other
    assert run.resumed == 0
    assert run.counts.references == 10


def test_a_folder_with_something_else_in_it(
    bulk: Bulk, references: Path, tmp_path: Path
) -> None:
    """Nobody's files are removed."""
    work = tmp_path / "photos"
    work.mkdir()
    (work / "cat.jpg").write_bytes(b"cat")
    options = BulkOptions(work=str(work), offline=True, jobs=1)
    with pytest.raises(InputError, match="no unfinished bulk check"):
        bulk.check(references, options=options)
    assert (work / "cat.jpg").read_bytes() == b"cat"


def test_two_at_once(bulk: Bulk, references: Path, tmp_path: Path) -> None:
    """The second is refused while the first is at work."""
    from filelock import FileLock  # noqa: PLC0415 - where it is held

    work = tmp_path / "work"
    work.mkdir()
    (work / "begun").touch()
    options = BulkOptions(work=str(work), offline=True, jobs=1)
    with FileLock(work / "lock"), pytest.raises(InputError, match="another bulk check"):
        bulk.check(references, options=options)


def test_names_that_look_like_patterns(
    bulk: Bulk, references: Path, tmp_path: Path
) -> None:
    """DuckDB takes names for patterns, where it is let."""
    _, rows = bulk.check(references)
    work = tmp_path / "run [1] * of {a,b}?"
    options = BulkOptions(work=str(work), offline=True, jobs=1)
    _, again = bulk.check(references, options=options)
    assert again == rows


def test_work_at_a_url(bulk: Bulk, references: Path, tmp_path: Path) -> None:
    """All that is between the phases goes through fsspec."""
    _, rows = bulk.check(references)
    options = BulkOptions(work="memory://runs/1", offline=True, jobs=1)
    _, again = bulk.check(references, options=options)
    assert again == rows
