"""Processes that do jobs: in which order they come, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from lupusrefs.workers import ATTEMPTS, Pool, WorkerDied

# A retired worker's warnings are no one's: those of this project are errors.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def late(number: int) -> int:
    """The number; the first takes long."""
    time.sleep(0.0 if number else 0.6)
    return number


def process(_: int) -> tuple[int, bool, str]:
    """Who does it, whether Ctrl-C is nothing to it, and what it did first."""
    ignores = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return os.getpid(), ignores, os.environ.get("LUPUSREFS_TEST_BEGUN", "")


def begin(word: str) -> None:
    """What a new process does first."""
    os.environ["LUPUSREFS_TEST_BEGUN"] = word


def die(job: Path) -> str:
    """The job's name; one that is fatal kills its process, and leaves a trace."""
    with job.open("a", encoding="utf-8") as file:
        file.write("x")
    if job.name == "fatal":
        os._exit(9)
    return job.name


def test_results_as_they_come_and_in_order() -> None:
    """From the same processes."""
    with Pool(2) as pool:
        came = [result for _, result in pool.done(late, range(4))]
        assert sorted(came) == [0, 1, 2, 3]
        assert came[0] != 0
        assert list(pool.in_order(late, range(4))) == [0, 1, 2, 3]


def test_one_process_is_this_one() -> None:
    """And nothing is begun."""
    with Pool(1, (begin, ("never",))) as pool:
        assert [found[::2] for found in pool.in_order(process, [0])] == [
            (os.getpid(), "")
        ]


def test_a_process_begins_as_it_is_told() -> None:
    """Ctrl-C is for the one that has started it."""
    with Pool(2, (begin, ("so",)), patient=True) as pool:
        for pid, ignores, word in pool.in_order(process, range(3)):
            assert pid != os.getpid()
            assert ignores
            assert word == "so"


def test_who_kills_each_time_is_found(tmp_path: Path) -> None:
    """After three times; those beside it are not blamed, and no one is left out."""
    jobs = [tmp_path / name for name in ("a", "fatal", "b", "c")]
    done: list[str] = []
    with Pool(2) as pool, pytest.raises(WorkerDied) as caught:
        done += pool.in_order(die, jobs)
    assert caught.value.job == tmp_path / "fatal"
    assert (tmp_path / "fatal").read_text(encoding="utf-8") == "x" * ATTEMPTS


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """Killed by force, too."""
    script = """
        import os, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[1])
        from test_workers import process
        from lupusrefs.workers import Pool
        if __name__ == "__main__":
            with Pool(2) as pool:
                pids = {pid for pid, *_ in pool.in_order(process, range(8))}
                print(*pids, flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
    """
    path = tmp_path / "killed.py"
    path.write_text(dedent(script), encoding="utf-8")
    command = [sys.executable, str(path), str(Path(__file__).parent)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == -signal.SIGKILL
    pids = list(map(int, run.stdout.split()))
    assert pids
    end = time.monotonic() + 10
    while any(map(_is_alive, pids)):
        assert time.monotonic() < end
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended and that nobody has asked about is there still.
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return status.parent.exists()
