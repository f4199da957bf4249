"""Run a program, and measure it with all that it starts: time and memory.

Memory is what the processes of the tree have resident, added up every 50 ms. Pages
that two processes share are counted twice, so the sum is an upper bound; it needs
Linux's `/proc`.

Usage: python -m bench.scale_process   (measures something known)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

INTERVAL_S: Final = 0.05
_MB: Final = 1_000_000
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_KNOWN_MB: Final = 200
_KNOWN: Final = """
import subprocess, sys, time
kept = b"x" * {mb}_000_000
child = "import time; kept = b'x' * {mb}_000_000; time.sleep(1)"
started = [subprocess.Popen([sys.executable, "-c", child]) for _ in range(2)]
for one in started:
    one.wait()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A program that has ended.

    Attributes:
        wall_s: from its start to its end.
        cpu_s: of the processor, of it and of all that it waited for.
        peak_mb: the most that the tree had resident at one time, megabytes.
        status: its exit code; negative for the signal that ended it.
        said: what it wrote to stderr.
        killed: processes of it that were ended on purpose.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    status: int
    said: str
    killed: tuple[int, ...] = ()


class Tree:
    """A process and its descendants."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self.killed: list[int] = []

    def members(self) -> Iterator[int]:
        """Their ids; the first is the process itself."""
        waiting = [self.pid]
        while waiting:
            pid = waiting.pop()
            yield pid
            with suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    waiting += map(int, (task / "children").read_text().split())

    def resident(self) -> int:
        """Bytes in memory."""
        total = 0
        for pid in self.members():
            with suppress(OSError, IndexError):
                total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return total * _PAGE

    def busiest_child(self) -> int | None:
        """The descendant that has used the processor most."""
        used = {pid: _cpu_s(pid) for pid in self.members() if pid != self.pid}
        return max(used, key=used.__getitem__, default=None)

    def kill(self, pid: int) -> None:
        """End one of them at once."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.killed.append(pid)

    def watch(self, ended: threading.Event) -> None:
        """Note the highest sum until it has ended."""
        while not ended.wait(INTERVAL_S):
            self.peak = max(self.peak, self.resident())


def _cpu_s(pid: int) -> float:
    with suppress(OSError):
        # The name of a program may have blanks, and ends with the last parenthesis.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    after_s: float | None = None,
    then: Callable[[Tree], None] | None = None,
) -> Run:
    """Run a program to its end.

    Args:
        command: program and arguments.
        folder: where it runs.
        environment: added to that of this process.
        after_s: so many seconds after the start...
        then: ...something is done to it.
    """
    said = folder / "stderr.txt"
    with said.open("wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        tree, ended = Tree(process.pid), threading.Event()
        watcher = threading.Thread(target=tree.watch, args=(ended,))
        watcher.start()
        timer = threading.Timer(after_s or 0, then or _nothing, (tree,))
        if then:
            timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        ended.set()
        timer.cancel()
        watcher.join()
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        # Of one that was killed, what it has started is left as the kernel leaves it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return Run(
        wall,
        usage.ru_utime + usage.ru_stime,
        tree.peak / _MB,
        code,
        said.read_text(encoding="utf-8", errors="replace"),
        tuple(tree.killed),
    )


def _nothing(tree: Tree) -> None:
    del tree


def kill(tree: Tree) -> None:
    """End the process itself at once, as the kernel does when memory runs out."""
    tree.kill(tree.pid)


def kill_a_child(tree: Tree) -> None:
    """End the descendant that works most."""
    if (pid := tree.busiest_child()) is not None:
        tree.kill(pid)


def main() -> None:
    """Measure a tree of three processes whose memory is known."""
    bare = run([sys.executable, "-c", "import time; time.sleep(0.3)"], Path(), {})
    known = run([sys.executable, "-c", _KNOWN.format(mb=_KNOWN_MB)], Path(), {})
    expected = 3 * (_KNOWN_MB + bare.peak_mb)
    print(f"expected {expected:.0f} MB, measured {known.peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
