"""What a build says when it cannot go on, and what it leaves behind."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import dedent

import filelock
import pyarrow as pa
import pytest

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import buckets, plan, runs
from lupusrefs.mirror.build import BuildOptions, BuildReport, build, rebuild_buckets
from lupusrefs.mirror.workers import Workers
from lupusrefs.workers import WorkerDied
from mirror.samples import crossref, write_data, write_lines

OPTIONS = BuildOptions(jobs=1, buckets=2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A data file."""
    return write_lines(tmp_path / "data" / "a.jsonl", map(crossref, range(50)))


def make(folder: Path, source: Path) -> BuildReport:
    """Build in this process."""
    return build([str(source)], folder, OPTIONS)


def files_in(folder: Path) -> set[str]:
    """The names of all files in a folder, but for the lock."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths} - {"build.lock"}


def test_two_builds_at_once(source: Path, tmp_path: Path) -> None:
    """The second says who is at work, and touches nothing."""
    folder = tmp_path / "mirror"
    (folder / "work").mkdir(parents=True)
    (folder / "work" / "process").write_text("4711\n")
    with filelock.FileLock(folder / "build.lock"):
        for attempt in (
            lambda: make(folder, source),
            lambda: rebuild_buckets(folder, [0]),
        ):
            with pytest.raises(MirrorError, match=r"another .*\(process 4711\)"):
                attempt()
    assert files_in(folder) == {"work/process"}
    assert make(folder, source).records == 50


def test_a_folder_with_other_things_is_left_alone(source: Path, tmp_path: Path) -> None:
    """Nothing of it is overwritten or deleted, not even what is called as ours is."""
    folder = tmp_path / "thesis"
    write_data(folder / "work" / "chapter.txt", b"mine")
    write_data(folder / "notes.txt", b"mine")
    with pytest.raises(MirrorError, match=r"is no mirror, and not empty: it has notes"):
        make(folder, source)
    assert files_in(folder) == {"work/chapter.txt", "notes.txt"}


@pytest.fixture(params=["run", "bucket", "note"])
def _full_disk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A disk that is full when one of the kinds of files is written."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fail(*_: object, **__: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        if request.param == "run":
            patch.setattr(pa, "OSFile", fail)
        elif request.param == "bucket":
            patch.setattr(buckets._Hashed, "write", fail)
        else:
            patch.setattr(os, "fsync", fail)
        yield


@pytest.mark.usefixtures("_full_disk")
def test_a_full_disk(source: Path, tmp_path: Path) -> None:
    """It is said with how much is done; no half-written file is left."""
    folder = tmp_path / "mirror"
    with pytest.raises(MirrorError, match="No space left on device") as no:
        make(folder, source)
    assert "make room: the same command goes on" in str(no.value.hint)
    left = files_in(folder)
    assert not [name for name in left if name.endswith(".tmp")]
    assert "mirror.json" not in left


def test_a_build_goes_on_when_there_is_room(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done before the disk was full is not done again."""
    folder = tmp_path / "mirror"

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(buckets._Hashed, "write", fail)
        with pytest.raises(MirrorError, match=r"1 of 1 parts of the sources"):
            make(folder, source)
    report = make(folder, source)
    assert report.has_resumed
    assert report.description.records == 50


def test_a_real_limit_of_the_system(source: Path, tmp_path: Path) -> None:
    """Where files may not grow, as where the disk is full."""
    script = """
        import resource, signal, sys
        from pathlib import Path
        from lupusrefs.errors import MirrorError
        from lupusrefs.mirror.build import BuildOptions, build
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
        try:
            build([sys.argv[1]], Path(sys.argv[2]), BuildOptions(jobs=1, buckets=2))
        except MirrorError as error:
            print(error)
    """
    folder = tmp_path / "mirror"
    command = [sys.executable, "-c", dedent(script), str(source), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannot be written: " in run.stdout
    assert "File too large" in run.stdout
    assert not [name for name in files_in(folder) if name.endswith(".tmp")]
    assert make(folder, source).has_resumed


def test_a_source_that_must_not_be_read(source: Path, tmp_path: Path) -> None:
    """It is named, and the others are read; later it is tried again."""
    gone = tmp_path / "data" / "b.jsonl"
    gone.symlink_to(tmp_path / "nowhere")
    report = build([str(source.parent)], tmp_path / "mirror", OPTIONS)
    assert report.missing == ((str(gone), "No such file or directory"),)
    assert report.records == 50
    write_lines(tmp_path / "nowhere", [crossref(70)])
    report = build([str(source.parent)], tmp_path / "mirror", OPTIONS)
    assert report.is_complete
    assert report.description.records == 51


def test_a_source_that_cannot_be_opened(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found out when it is read: it is not noted as read."""
    folder = tmp_path / "mirror"
    monkeypatch.setattr(plan, "is_gzip", lambda _: False)
    with monkeypatch.context() as patch:
        patch.setattr(runs, "data_files", _unreadable)
        report = make(folder, source)
    assert report.missing == ((str(source), "it cannot be opened: Input/output error"),)
    assert (folder / "sources.jsonl").read_text() == ""
    assert make(folder, source).records == 50


def _unreadable(*_: object) -> Iterator[None]:
    from lupusrefs.mirror.json_blocks import Damaged  # noqa: PLC0415 - one use

    raise Damaged("it cannot be opened: Input/output error")
    yield


def test_a_damaged_bucket_is_named_when_more_is_added(
    source: Path, tmp_path: Path
) -> None:
    """With the way to mend it; the mirror stays as it is."""
    folder = tmp_path / "mirror"
    make(folder, source)
    before = (folder / "mirror.json").read_bytes()
    (folder / "buckets" / "0000.parquet").write_bytes(b"damaged")
    more = write_lines(tmp_path / "more.jsonl", map(crossref, range(40, 60)))
    with pytest.raises(MirrorError, match="cannot be read") as no:
        make(folder, more)
    assert str(no.value.location).endswith("0000.parquet")
    assert "--repair" in str(no.value.hint)
    assert (folder / "mirror.json").read_bytes() == before


def test_a_damaged_description(source: Path, tmp_path: Path) -> None:
    """It is named."""
    folder = tmp_path / "mirror"
    make(folder, source)
    (folder / "mirror.json").write_text("{")
    with pytest.raises(MirrorError, match="cannot be read") as no:
        make(folder, source)
    assert str(no.value.location).endswith("mirror.json")


def test_a_damaged_plan_can_be_thrown_away(source: Path, tmp_path: Path) -> None:
    """It is named, and ``--restart`` said."""
    folder = tmp_path / "mirror"
    make(folder, source)
    write_data(folder / "work" / "plan.json", b'{"of":"another version"}')
    more = write_lines(tmp_path / "more.jsonl", [crossref(99)])
    with pytest.raises(MirrorError, match="cannot be read") as no:
        make(folder, more)
    assert "--restart" in str(no.value.hint)
    options = BuildOptions(jobs=1, restart=True)
    assert build([str(more)], folder, options).description.records == 51


def _die_once(marker: str) -> int:
    """Kill the process that does it, the first time."""
    path = Path(marker)
    if path.name.startswith("poison"):
        os._exit(9)
    if path.name.startswith("fatal") and not path.exists():
        path.touch()
        os._exit(9)
    return len(path.name)


def test_a_job_whose_worker_dies_is_done_again(tmp_path: Path) -> None:
    """In a new process; jobs that were under way beside it, too."""
    names = [f"a{n}" for n in range(4)] + ["fatal"] + [f"b{n}" for n in range(4)]
    jobs = [str(tmp_path / name) for name in names]
    with Workers(2) as workers:
        done = dict(workers.done(_die_once, jobs))
        assert done == {job: len(Path(job).name) for job in jobs}
        # One that always kills its process is given up, and named.
        with pytest.raises(WorkerDied) as no:
            dict(workers.done(_die_once, [jobs[0], str(tmp_path / "poison"), jobs[1]]))
    assert no.value.job == str(tmp_path / "poison")


def test_files_that_kill_their_worker_are_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a way to try again."""

    def died(_: Workers, *arguments: Sequence[object]) -> Iterator[object]:
        yield from ()
        raise WorkerDied(arguments[1][0])

    monkeypatch.setattr(Workers, "done", died)
    with pytest.raises(MirrorError, match=rf"died 3 times: {source}") as no:
        make(tmp_path / "mirror", source)
    assert "--jobs" in str(no.value.hint)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_a_long_record_needs_little_memory(tmp_path: Path) -> None:
    """A record of 50 MB among others: it is read, within a tenth of what is allowed."""
    path = tmp_path / "long.jsonl"
    long = {"DOI": "10.5555/long", "reference": [{"key": "x" * 1000}] * 50_000}
    with path.open("w", encoding="utf-8") as file:
        for record in (crossref(1), long, crossref(2)):
            file.write(json.dumps(record) + "\n")
    assert path.stat().st_size > 50_000_000
    script = """
        import sys
        from pathlib import Path
        from lupusrefs.mirror.build import BuildOptions, build
        options = BuildOptions(jobs=1, buckets=2)
        report = build([sys.argv[1]], Path(sys.argv[2]), options)
        print(report.description.records, report.rejected)
        status = Path("/proc/self/status").read_text()
        # Not what getrusage() has: that counts from the fork, with the parent's memory.
        print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
    """
    command = [
        sys.executable,
        "-c",
        dedent(script),
        str(path),
        str(tmp_path / "mirror"),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    counts, peak_mb = run.stdout.splitlines()
    assert counts == "3 0"
    assert int(peak_mb) < 400
