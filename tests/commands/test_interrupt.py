"""Ctrl-C and closed pipes: a run that is stopped ends quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from registry.faults import FAULTS
from registry.server import Registry

COMMAND = [sys.executable, "-m", "lupusrefs"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send there")
def test_an_interrupt_is_no_traceback(registry: Registry, tmp_path: Path) -> None:
    """Its own exit code, and a word on what was kept."""
    registry.set_fault(None, FAULTS["hang"])
    environment = {**os.environ, **registry.environment}
    environment["LUPUSREFS_CACHE_DIR"] = str(tmp_path)
    with subprocess.Popen(
        [*COMMAND, "resolve", "10.5555/lupus.2021.101"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        patience = time.monotonic() + 30
        while registry.requests() == 0 and time.monotonic() < patience:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "what was answered so far is in the store" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "rest", ["check --offline", "fix --offline", "explain year-mismatch"]
)
def test_a_full_disk_is_no_traceback_and_no_finding(tmp_path: Path, rest: str) -> None:
    """1 would say that something is wrong with the references."""
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(COMMAND)} {rest} -q > /dev/full"],
        env={**os.environ, "LUPUSREFS_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.stderr == "error: cannot be written or read: No space left on device\n"
    assert done.returncode == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_was_closed_leads_nowhere(tmp_path: Path, closed: str) -> None:
    """The exit code is the answer, then."""
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(COMMAND)} check --offline {closed}"],
        env={**os.environ, "LUPUSREFS_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    """`lupusrefs export | head -1` must not complain."""
    script = f"{' '.join(COMMAND)} export --offline -q | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        env={**os.environ, "LUPUSREFS_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.stdout == "@article{mougiakakos2021,\n"
    assert done.stderr == ""
    assert done.returncode == 0
