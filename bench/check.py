"""Measure `lupusrefs check` from a full store: a thousand references, and many more.

The works are made up (tests/registry/synthetic.py), and so are the references that cite
them: every tenth with a mistake, the others as citation styles have them. Whole
processes are measured, start of Python included; nothing is asked of anybody.

Usage: python bench/check.py [--quick]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from lupusrefs.formats.bibtex.write import dump_bibtex  # noqa: E402
from lupusrefs.formats.csl_json import dump as dump_json  # noqa: E402
from lupusrefs.memory import Memory  # noqa: E402
from lupusrefs.model.item import Item  # noqa: E402
from lupusrefs.model.names import OTHERS, Name  # noqa: E402
from lupusrefs.model.outcome import Resolved  # noqa: E402
from lupusrefs.model.work import Work  # noqa: E402
from lupusrefs.services.crossref_record import read_record  # noqa: E402
from lupusrefs.store import Store  # noqa: E402
from registry.messages import Record  # noqa: E402 - the tests' own registry
from registry.synthetic import synthetic_work  # noqa: E402

FEW, MANY = 1_000, 100_000
RUNS = 5
PORTION = 5_000
# A mistake in every so many references.
MISTAKES = 10


@dataclass(frozen=True)
class Measured:
    """One process: seconds of the wall clock and of the processor, peak memory."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def works(count: int) -> Iterator[Work]:
    """Made-up works as a registry has them."""
    now = datetime.now(UTC)
    for index in range(count):
        record: Record = synthetic_work(index)
        yield read_record(record, "https://api.crossref.org/works", now)


def cited(index: int, work: Work) -> Item:
    """The work as somebody cites it: initials, a short list, a short journal."""
    authors = [
        Name(name.family, "".join(part[0] for part in (name.given or "").split()))
        for name in work.author
        if name.family
    ]
    shown = (*authors[:3], OTHERS) if len(authors) > len("abc") else tuple(authors)
    year = work.issued
    return Item(
        id=f"work{index}",
        type="article-journal",
        author=shown,
        title=work.title,
        container_title=work.container_title_short or work.container_title,
        issued=year,
        volume=f"{work.volume}9" if index % MISTAKES == 0 else work.volume,
        issue=work.issue,
        page=work.page,
        doi=work.doi,
    )


def prepare(folder: Path, count: int) -> None:
    """A full store, and the same references as BibTeX and CSL-JSON."""
    items: list[Item] = []
    with Store(folder / "cache" / "store.sqlite") as store:
        memory = Memory(store, datetime.now(UTC))
        portion: dict[str, Resolved] = {}
        for index, work in enumerate(works(count)):
            portion[f"doi:{(work.doi or '').lower()}"] = Resolved(work)
            items.append(cited(index, work))
            if len(portion) == PORTION:
                memory.remember(portion)
                portion = {}
        memory.remember(portion)
    (folder / "refs.bib").write_text(dump_bibtex(items), encoding="utf-8")
    (folder / "refs.json").write_text(dump_json(items), encoding="utf-8")


def measure(folder: Path, arguments: Sequence[str]) -> Measured:
    """Run ``lupusrefs check`` once."""
    environment = {**os.environ, "LUPUSREFS_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-m", "lupusrefs", "check", "--offline", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(f"{command} failed")
    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_mb)


def row(count: int, arguments: Sequence[str], runs: int) -> str:
    """A row of the table: the median of several runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: the peak that the system reports of a child counts
        # from its fork, when it had the memory of its parent.
        subprocess.run(
            [sys.executable, __file__, "--prepare", str(folder), str(count)], check=True
        )
        found = [measure(folder, arguments) for _ in range(runs)]
    wall = statistics.median(one.wall_s for one in found)
    cpu = statistics.median(one.cpu_s for one in found)
    peak = max(one.peak_mb for one in found)
    shown = f"`check --offline {' '.join(arguments)}`"
    return f"| {count:,} | {shown} | {wall:.2f} s | {cpu:.2f} s | {peak:.0f} MB |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the many")
    parser.add_argument("--prepare", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.prepare:
        folder, count = options.prepare
        prepare(Path(folder), int(count))
        return
    many = MANY // 10 if options.quick else MANY
    today = datetime.now(UTC).date().isoformat()
    print(f"Measured {today}, Python {platform.python_version()}.\n")
    print("| references | command | wall clock | processor | peak memory |")
    print("|---|---|---|---|---|")
    print(row(FEW, ["refs.bib"], RUNS), flush=True)
    print(row(FEW, ["refs.json", "--format", "json"], RUNS), flush=True)
    for name in ("refs.bib", "refs.json"):
        print(row(many, [name, "--format", "jsonl"], 1), flush=True)


if __name__ == "__main__":
    main()
