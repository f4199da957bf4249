"""A build that is killed, at whatever moment, goes on where it stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from lupusrefs.errors import MirrorError
from lupusrefs.mirror import plan
from lupusrefs.mirror.build import BuildOptions, BuildProgress, build
from mirror.samples import EPOCH_MS, crossref, write_lines, write_sample

OPTIONS = BuildOptions(jobs=1, buckets=2)

# Builds `folder/1`, `folder/2` ... and is killed each time before another of its steps:
# all that a build does shows by a file that gets its name.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from lupusrefs.mirror import plan
    from lupusrefs.mirror.build import BuildOptions, build

    plan._LEAST_TASK_BYTES = plan._MOST_TASK_BYTES = 1
    os.fsync = lambda _: None
    steps = 0

    def killing(original):
        def rename(self, target):
            global steps
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(self, target)
        return rename

    Path.replace, Path.rename = killing(Path.replace), killing(Path.rename)
    folder, sources = Path(sys.argv[1]), sys.argv[2:]
    at = 0
    while True:
        at += 1
        child = os.fork()
        if not child:
            build(sources, folder / str(at), BuildOptions(jobs=1, buckets=2))
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break
    print(at - 1)
"""


@pytest.fixture
def _small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """One data file a task, and no waiting for the disk."""
    monkeypatch.setattr(plan, "_LEAST_TASK_BYTES", 1)
    monkeypatch.setattr(plan, "_MOST_TASK_BYTES", 1)
    monkeypatch.setattr(os, "fsync", lambda _: None)


def content(folder: Path) -> dict[str, bytes]:
    """All files of a mirror, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "build.lock"
    }


def killed_at_each_step(folder: Path, *sources: Path) -> list[Path]:
    """The folders of builds that were killed, each at another step."""
    command = [sys.executable, "-c", dedent(KILLED), str(folder), *map(str, sources)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [folder / str(at) for at in range(1, int(run.stdout) + 1)]


@pytest.mark.usefixtures("_small_tasks")
def test_a_build_that_was_killed_goes_on(tmp_path: Path) -> None:
    """At every step; it gives the same bytes, and nothing is left behind."""
    sample = write_sample(tmp_path / "sample", crossref_records=24)
    whole = tmp_path / "whole"
    build([str(sample)], whole, OPTIONS)
    wanted = content(whole)
    folders = killed_at_each_step(tmp_path / "killed", sample)
    # Six data files in two steps each, two buckets in two, and begin and end.
    assert len(folders) == 2 + 6 * 2 + 2 * 2 + 6
    resumed = []
    for folder in folders:
        report = build([str(sample)], folder, OPTIONS)
        resumed.append(report.has_resumed)
        assert content(folder) == wanted, folder.name
        assert not (folder / "work").exists()
    # Before the plan is there, and when all is in place, there is nothing to resume.
    assert resumed == [False] * 2 + [True] * 19 + [False] * 3


@pytest.mark.usefixtures("_small_tasks")
def test_an_addition_that_was_killed_goes_on(tmp_path: Path) -> None:
    """And a reader finds the old mirror until all of the new one is there."""
    first = write_lines(tmp_path / "first.jsonl", map(crossref, range(20)))
    newer = [crossref(n, indexed_ms=EPOCH_MS * 2) for n in range(15, 25)]
    more = write_lines(tmp_path / "more.jsonl", newer)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    build([str(first)], whole, OPTIONS)
    old = json.loads((whole / "mirror.json").read_bytes())
    build([str(more)], whole, OPTIONS)
    new = json.loads((whole / "mirror.json").read_bytes())
    wanted = content(whole)
    for at in range(1, 30):
        build([str(first)], killed / str(at), OPTIONS)
    folders = killed_at_each_step(killed, more)
    assert len(folders) > 12
    seen = []
    for folder in folders:
        described = json.loads((folder / "mirror.json").read_bytes())
        assert described in (old, new)
        seen.append(described == new)
        for bucket in described["buckets"]:
            assert (folder / bucket["name"]).stat().st_size == bucket["bytes"]
        build([str(more)], folder, OPTIONS)
        assert content(folder) == wanted, folder.name
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


@pytest.mark.usefixtures("_small_tasks")
def test_what_is_done_is_not_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C after the third task: two thirds are left to do."""
    for number in range(9):
        works = [crossref(10 * number + n) for n in range(10)]
        write_lines(tmp_path / "data" / f"{number}.jsonl", works)
    source, folder = str(tmp_path / "data"), tmp_path / "mirror"
    told: list[BuildProgress] = []

    def interrupt(at: BuildProgress) -> None:
        if at.records == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([source], folder, OPTIONS, interrupt)
    (tmp_path / "data" / "0.jsonl").chmod(0)
    report = build([source], folder, OPTIONS, told.append)
    assert told[0].records == 30
    assert report.has_resumed
    assert report.records == 90


@pytest.mark.usefixtures("_small_tasks")
def test_another_build_does_not_go_on(tmp_path: Path) -> None:
    """It says what is being built, and how to throw that away."""
    one = write_lines(tmp_path / "one.jsonl", map(crossref, range(9)))
    two = write_lines(tmp_path / "two.jsonl", map(crossref, range(5, 15)))
    folder = tmp_path / "mirror"

    def interrupt(at: BuildProgress) -> None:
        if at.phase == "sorting":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([str(one)], folder, OPTIONS, interrupt)
    with pytest.raises(
        MirrorError, match=r"not finished: 1 source of .*one\.jsonl"
    ) as no:
        build([str(two)], folder, OPTIONS)
    assert "--restart" in str(no.value.hint)
    restart = BuildOptions(jobs=1, buckets=2, restart=True)
    report = build([str(two)], folder, restart)
    assert report.description.records == 10
    assert not report.has_resumed
    clean = tmp_path / "clean"
    build([str(two)], clean, OPTIONS)
    assert content(folder) == content(clean)


def test_workers_end_with_their_build(tmp_path: Path) -> None:
    """After a kill no process of the build is left, and the build goes on at once."""
    for number in range(40):
        works = [crossref(100 * number + n) for n in range(100)]
        write_lines(tmp_path / "data" / f"{number}.jsonl", works)
    script = """
        import os, sys
        from pathlib import Path
        from lupusrefs.mirror import plan
        from lupusrefs.mirror.build import BuildOptions, build
        if __name__ == "__main__":
            plan._LEAST_TASK_BYTES = plan._MOST_TASK_BYTES = 1
            tell = lambda at: print(at.records, flush=True)
            build([sys.argv[1]], Path(sys.argv[2]), BuildOptions(jobs=2), tell)
    """
    main = tmp_path / "main.py"
    main.write_text(dedent(script))
    data, folder = str(tmp_path / "data"), tmp_path / "mirror"
    process = subprocess.Popen(
        [sys.executable, main, data, folder],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    while process.stdout.readline() in {"0\n", "100\n"}:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    # The session is that of the build: when it is empty, all of them have ended.
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    process.stdout.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "_LEAST_TASK_BYTES", 1)
        patch.setattr(plan, "_MOST_TASK_BYTES", 1)
        report = build([data], folder, BuildOptions(jobs=1))
    assert report.has_resumed
    assert report.description.records == 4000
