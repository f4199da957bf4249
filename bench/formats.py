"""Measure reading: BibTeX beside bibtexparser and pybtex, growth, the worst files.

Every run is a process of its own, so that no cache is warm, and what counts is the CPU
time of the reading alone: neither imports and the file system are in it, nor what else
the machine does. Peers take turns with lupusrefs. The files are made up by
``bench/generated.py``.

Usage: python -m bench.formats [--quick] [--runs NUMBER]
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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.generated import BROKEN, DEPTH, PATHOLOGICAL, bibtex

from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import SourceText

ROOT: Final = Path(__file__).parents[1]
ENTRIES: Final = 5000
GROWTH: Final = {1000: 5, 10_000: 3, 100_000: 1}  # entries -> runs
# What no pathological file may take, and where waiting ends.
BAR_S: Final = 2.0
TOO_LONG_S: Final = 120
MB: Final = 1_000_000


@dataclass(frozen=True)
class Run:
    """One job, done once.

    Attributes:
        seconds: CPU time.
        records: how many were read.
        peak: memory of the process at its most, in bytes.
        grown: how much of it came with the reading.
    """

    seconds: float
    records: int
    peak: int
    grown: int


def run(job: str, file: Path, timeout_s: float | None = None) -> Run | None:
    """Do a job in a process of its own; None if it takes too long."""
    command = [sys.executable, "-m", "bench.reading", job, str(file)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout_s,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        sys.exit(f"{job} failed with {done.returncode}:\n{done.stderr[-2000:]}")
    return Run(**json.loads(done.stdout))


def in_turns(jobs: Sequence[str], file: Path, runs: int) -> dict[str, list[Run]]:
    """Do each job so many times, one after the other, so that noise hits all alike."""
    taken: dict[str, list[Run]] = {job: [] for job in jobs}
    for _ in range(runs):
        for job in jobs:
            done = run(job, file)
            if done is not None:
                taken[job].append(done)
    counts = {one.records for all_runs in taken.values() for one in all_runs}
    if len(counts) != 1:
        sys.exit(f"not the same number of records in all: {counts}")
    return taken


def row(*cells: str) -> None:
    """Print one line of a table."""
    print(f"| {' | '.join(cells)} |", flush=True)


def head(*cells: str) -> None:
    """Print the head of a table."""
    print()
    row(*cells)
    row(*["---"] * len(cells))


def seconds(runs: Sequence[Run]) -> str:
    """Median and minimum."""
    taken = [one.seconds for one in runs]
    return f"{statistics.median(taken):.2f} s (min {min(taken):.2f})"


def ratio(own: Sequence[Run], peer: Sequence[Run]) -> str:
    """How many times longer a peer takes: the median over the pairs."""
    pairs = zip(own, peer, strict=True)
    return f"{statistics.median(b.seconds / a.seconds for a, b in pairs):.1f}x"


def memory(runs: Sequence[Run], entries: int) -> str:
    """How much came with each entry; little is lost in what the imports had taken."""
    grown = max(one.grown for one in runs)
    return f"{grown / entries / 1000:.1f} kB" if grown > 10 * MB else "-"


def peers_table(folder: Path, runs: int) -> None:
    """The rows beside other programs."""
    file = folder / "peers.bib"
    file.write_text(bibtex(ENTRIES), encoding="utf-8")
    size = f"{file.stat().st_size / MB:.1f} MB"
    names = [f"{peer} {version(peer)}" for peer in ("bibtexparser", "pybtex")]
    head(
        f"{ENTRIES:,} entries, {size}",
        "lupusrefs",
        names[0],
        "ratio",
        names[1],
        "ratio",
    )
    jobs = ("scan", "bibtexparser", "pybtex")
    own, parser, pybtex = in_turns(jobs, file, runs).values()
    row(
        "to entries and fields (lupusrefs: without loss, with places)",
        *(seconds(own), seconds(parser), ratio(own, parser)),
        *(seconds(pybtex), ratio(own, pybtex)),
    )
    own, parser = in_turns(("bibtex", "bibtexparser, decoded"), file, runs).values()
    row(
        "with LaTeX decoded and names in parts (lupusrefs: CSL references)",
        *(seconds(own), seconds(parser), ratio(own, parser)),
        *("decodes no LaTeX", ""),
    )


def growth_table(folder: Path, *, quick: bool) -> None:
    """The rows about large files."""
    head(
        *("entries", "size", "to entries, each", "memory, each"),
        *("to references, each", "memory, each", "in all"),
    )
    for entries, runs in GROWTH.items():
        if quick and runs == 1:
            continue
        file = folder / f"{entries}.bib"
        file.write_text(bibtex(entries), encoding="utf-8")
        cells = [f"{entries:,}", f"{file.stat().st_size / MB:.1f} MB"]
        for job in ("scan", "bibtex"):
            taken = in_turns((job,), file, runs)[job]
            each_s = statistics.median(one.seconds for one in taken) / entries
            cells += [f"{each_s * 1e6:.0f} µs", memory(taken, entries)]
        median_s = statistics.median(one.seconds for one in taken)
        peak = max(one.peak for one in taken)
        row(*cells, f"{median_s:.1f} s, {peak / MB:.0f} MB")
        file.unlink()


def pathological_table(folder: Path) -> None:
    """The rows about the worst files."""
    head("file", "size", "to references", f"at most {BAR_S:.0f} s")
    file = folder / "worst.bib"
    for name, make in PATHOLOGICAL.items():
        file.write_text(make(), encoding="utf-8")
        done = run("bibtex", file, TOO_LONG_S)
        taken = f"{done.seconds:.2f} s" if done else f"more than {TOO_LONG_S} s"
        is_held = done is not None and done.seconds <= BAR_S
        size = f"{file.stat().st_size / MB:.2f} MB"
        row(name, size, taken, "yes" if is_held else "**no**")


def broken_table(folder: Path) -> None:
    """The rows about files in which every entry is wrong."""
    head(
        f"{DEPTH:,} entries, each with", "size", "to references", "beside nothing wrong"
    )
    file = folder / "broken.bib"
    healthy_s = 0.0
    for name, make in BROKEN.items():
        file.write_text(make(), encoding="utf-8")
        done = run("bibtex", file, TOO_LONG_S)
        size = f"{file.stat().st_size / MB:.2f} MB"
        if done is None:
            row(name, size, f"more than {TOO_LONG_S} s", "")
            continue
        healthy_s = healthy_s or done.seconds
        row(name, size, f"{done.seconds:.2f} s", f"{done.seconds / healthy_s:.1f}x")


def readers_table(folder: Path, runs: int) -> None:
    """The rows about the other formats: what our own writers made of the entries."""
    source = SourceText("x.bib", bibtex(ENTRIES))
    items = FORMATS[FormatName.BIBTEX].load(source).references
    head(f"{ENTRIES:,} records", "size", "to references")
    for name, known in FORMATS.items():
        if known.dump is None:
            continue
        file = folder / f"records.{name}"
        file.write_text(known.dump(items), encoding="utf-8")
        taken = in_turns((name,), file, runs)[name]
        row(f"{name}", f"{file.stat().st_size / MB:.1f} MB", seconds(taken))


def main() -> None:
    """Run everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="without 100,000 entries")
    parser.add_argument("--runs", type=int, default=5, help="of everything else")
    options = parser.parse_args()
    print(
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python "
        f"{platform.python_version()} on {os.cpu_count()} cores "
        f"({platform.system()}, {platform.machine()}); CPU time, median of "
        f"{options.runs} runs in processes of their own."
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers_table(folder, options.runs)
        growth_table(folder, quick=options.quick)
        pathological_table(folder)
        broken_table(folder)
        readers_table(folder, options.runs)


if __name__ == "__main__":
    main()
