"""Measure a mirror of millions of records, and checks of references against it.

The data files and the references are made from the recorded answers of the corpus
(bench/scale_sample.py says how they compare with the real ones). Whole processes are
measured, start of Python included; memory is that of all processes of a command added
up (bench/scale_process.py). Measurements that are compared with each other take turns.

Usage: python -m bench.scale [--quick] [--records N] [--runs N] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import orjson
from bench import scale_baseline, scale_sample, scale_sums
from bench.scale_baseline import Taken
from bench.scale_process import Run, Tree, kill, kill_a_child, run
from bench.scale_sample import ROOT, Size, number_of, registry_of, templates

from lupusrefs.findings import RULES, Group
from lupusrefs.model.doi_spelling import fold

RECORDS: Final = 2_000_000
QUICK: Final = 10
REFERENCES: Final = (50_000, 100_000, 200_000)
LARGER: Final = 4
LOOKUPS: Final = 2_000
RUNS: Final = 3
# The bars of the issue.
BUILD_RATIO, BUILD_MB = 0.5, 1_500
LOOKUP_MS: Final = 20
CHECK_S, CHECK_MB = 60, 2_000
LARGER_RATIO, DASK_RATIO, LINEAR_RATIO = 1.3, 1.3, 1.15
FOUND_SHARE: Final = 0.95
# Of the disk: bytes for a record of the data files and of a mirror, at most.
_RECORD_BYTES: Final = 1_700
_OK: Final = frozenset((0, 1, 4))  # clean, findings, and DOIs that nobody could look up


@dataclass(frozen=True, slots=True)
class Checked:
    """A bulk check that was run.

    Attributes:
        run: how it went.
        output: its findings.
    """

    run: Run
    output: Path


@dataclass(slots=True)
class Bench:
    """What is measured, and where.

    Attributes:
        folder: for all of it.
        records: in the smaller mirror.
        processes: how many a command may use.
        runs: of each measurement; the median counts.
        scale: by how much everything is smaller (``--quick``).
        failed: bars that were missed.
    """

    folder: Path
    records: int
    processes: int
    runs: int
    scale: int
    failed: list[str] = field(default_factory=list)

    @property
    def mirror(self) -> Path:
        """The mirror of part 0."""
        return self.folder / "mirror"

    def part(self, number: int) -> Path:
        """The folder of data files of one part."""
        return self.folder / f"sample-{self.records}" / f"part{number}"

    def lupusrefs(
        self,
        arguments: Sequence[str],
        *,
        after_s: float | None = None,
        then: Callable[[Tree], None] | None = None,
        may_fail: bool = False,
    ) -> Run:
        """Run a command; its cache is empty.

        Raises:
            SystemExit: it failed.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            command = [sys.executable, "-m", "lupusrefs", *arguments]
            own = {"LUPUSREFS_CACHE_DIR": f"{name}/cache"}
            done = run(command, Path(name), own, after_s=after_s, then=then)
        if done.status not in _OK and not may_fail:
            shown = " ".join(arguments)
            raise SystemExit(f"`{shown}` ended with {done.status}:\n{done.said}")
        return done

    def build(self, parts: Sequence[int], to: Path) -> Run:
        """Build a mirror anew from some parts."""
        shutil.rmtree(to, ignore_errors=True)
        return self.lupusrefs(self.build_command(parts, to))

    def build_command(self, parts: Sequence[int], to: Path) -> list[str]:
        """The command that builds a mirror, or goes on with it."""
        sources = [str(self.part(number)) for number in parts]
        return ["mirror", "build", *sources, "--to", str(to)]

    def check(
        self,
        count: int,
        mirror: Path,
        *extra: str,
        after_s: float | None = None,
        then: Callable[[Tree], None] | None = None,
    ) -> Checked:
        """Check references against a mirror, from the beginning."""
        name = "-".join((mirror.name, str(count), *extra)).replace("/", "")
        output = self.folder / "findings" / f"{name}.jsonl"
        shutil.rmtree(output.parent, ignore_errors=True)
        output.parent.mkdir()
        arguments = ["check", str(self.references(count)), "--mirror", str(mirror)]
        arguments += ["--offline", "-o", str(output), *extra]
        return Checked(self.lupusrefs(arguments, after_s=after_s, then=then), output)

    def references(self, count: int) -> Path:
        """The file of so many references."""
        return self.folder / f"sample-{self.records}" / f"references-{count}.jsonl"

    def bar(self, what: str, *, met: bool) -> str:
        """The last cell of a row."""
        if not met:
            self.failed.append(what)
        return "yes" if met else "**no**"


def row(*cells: str) -> None:
    """Print one line of a table."""
    print(f"| {' | '.join(cells)} |", flush=True)


def header(*cells: str) -> None:
    """Print the first lines of a table."""
    print()
    row(*cells)
    row(*("---" for _ in cells))


def median(runs: Sequence[Run]) -> Run:
    """The run whose wall clock is the median, with the highest peak of all."""
    middle = sorted(runs, key=lambda one: one.wall_s)[len(runs) // 2]
    peak = max(one.peak_mb for one in runs)
    return replace(middle, peak_mb=peak)


def digest(file: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """File of a folder -> its SHA-256."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): digest(one) for one in files}


def size_of(folder: Path) -> int:
    """Bytes of all files."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def prepare(bench: Bench) -> Size:
    """Make the data files of all parts, and the references.

    Raises:
        SystemExit: the disk is too small.
    """
    # The data files of all parts, their mirror, and three of the smaller one.
    wanted = bench.records * _RECORD_BYTES * (2 * LARGER + 3)
    free = shutil.disk_usage(bench.folder).free + size_of(bench.folder)
    if free < wanted:
        raise SystemExit(
            f"{bench.folder} has {free / 1e9:.0f} GB free, {wanted / 1e9:.0f} are "
            "needed: see --keep and --records"
        )
    small, *others = (
        scale_sample.make(bench.part(number), bench.records, number)
        for number in range(LARGER)
    )
    for count in REFERENCES:
        file = bench.references(count // bench.scale)
        scale_sample.references(file, bench.records, count // bench.scale)
    each = f"{small.json / small.records:,.0f} bytes of JSON and "
    each += f"{small.gz / small.records:,.0f} of gzip"
    print(
        f"{small.records:,} records in {len(scale_sample.data_files(bench.part(0)))} "
        f"files, {each} each; {LARGER} times as many for the larger mirror "
        f"({sum((one.gz for one in others), small.gz) / 1e9:.1f} GB)."
    )
    return small


def build_table(bench: Bench, size: Size) -> Run:
    """The rows about building; the build."""
    readers: dict[str, list[Taken]] = {name: [] for name in scale_baseline.READERS}
    runs: list[Run] = []
    for _ in range(bench.runs):
        for name, found in readers.items():
            found.append(scale_baseline.take(bench.part(0), name, bench.processes))
        runs.append(bench.build((0,), bench.mirror))
    taken = {name: scale_baseline.middle(found) for name, found in readers.items()}
    fastest, built = scale_baseline.fastest(taken), median(runs)
    header(
        f"building, {bench.processes} processes, median of {bench.runs}",
        *("seconds", "of the processor", "records/s", "MB/s of gzip", "MB/s of JSON"),
        "its time, in that of the build",
    )
    for name, one in taken.items():
        shown = f"{name}, the fastest that parses" if name == fastest else name
        _build_row(shown, one, size, f"{one.wall_s / built.wall_s:.2f}")
    whole = Taken(built.wall_s, built.cpu_s)
    _build_row("**`lupusrefs mirror build`**", whole, size, "")
    header("of the build", "measured", "bar", "met")
    ratio = taken[fastest].wall_s / built.wall_s
    row(
        f"speed, in that of {fastest}",
        f"{ratio:.2f}",
        f"at least {BUILD_RATIO}",
        bench.bar("build speed", met=ratio >= BUILD_RATIO),
    )
    row(
        "peak memory",
        f"{built.peak_mb:,.0f} MB",
        f"under {BUILD_MB:,} MB",
        bench.bar("build memory", met=built.peak_mb < BUILD_MB),
    )
    row(
        "the same by the processor's time, which other programs do not change",
        *(f"{taken[fastest].cpu_s / built.cpu_s:.2f}", "", ""),
    )
    row(
        "on disk",
        f"{size_of(bench.mirror) / size.records:,.0f} bytes a record",
        "",
        "",
    )
    return built


def _build_row(name: str, taken: Taken, size: Size, ratio: str) -> None:
    row(
        name,
        f"{taken.wall_s:.2f}",
        f"{taken.cpu_s:.2f}",
        f"{size.records / taken.wall_s:,.0f}",
        f"{size.gz / taken.wall_s / 1e6:,.0f}",
        f"{size.json / taken.wall_s / 1e6:,.0f}",
        ratio,
    )


def lookup_table(bench: Bench) -> None:
    """The rows about one DOI."""
    random, keys = Random(scale_sample.SEED), list[str]()  # noqa: S311 - no secret
    for index in random.sample(range(bench.records), LOOKUPS):
        registry = registry_of(index)
        record = orjson.loads(templates().copy(registry, number_of(0, index)))
        keys.append(fold(record["id" if registry == "datacite" else "DOI"]))
    file = bench.folder / "dois.txt"
    file.write_text("\n".join(keys), encoding="utf-8")
    command = [sys.executable, "-m", "bench.scale_lookup", str(bench.mirror), str(file)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    header("one DOI, `Mirror.find`", "median", "99th percentile", "bar", "met")
    cold, warm = found["cold"], found["warm"]
    row(
        f"warm, {LOOKUPS // 2:,} random ones after as many others",
        f"{warm['median']:.1f} ms",
        f"{warm['p99']:.1f} ms",
        f"at most {LOOKUP_MS} ms",
        bench.bar("one DOI", met=warm["p99"] <= LOOKUP_MS),
    )
    row(
        "cold, opened anew and not in the system's cache",
        *(f"{cold['median']:.1f} ms", f"{cold['p99']:.1f} ms", "", ""),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found of what was planted.

    Attributes:
        references: how many it tells of.
        planted: mistakes that were made.
        found: of them, those of which a fitting rule tells.
        clean: references without a mistake that are in the mirror.
        alarms: of them, those of which more than a hint is said, but for the status of
            the work.
    """

    references: int
    planted: int
    found: int
    clean: int
    alarms: int


def judge(references: Path, output: Path) -> Verdict:
    """Compare the output of a check with what was planted."""
    side = references.with_suffix(".expected.jsonl")
    expected = {one.key: one for one in scale_sample.read_expected(side)}
    rules: dict[str, set[str]] = {}
    warned: set[str] = set()
    with output.open("rb") as lines:
        for line in lines:
            told = orjson.loads(line)
            rule, key = told["rule"], told["key"]
            said = rules.setdefault(key, set())
            if rule is None:
                continue
            said.add(rule)
            # That a work is retracted, or a preprint published, is true of clean ones.
            is_status = RULES[rule].group is Group.STATUS
            if told["severity"] != "info" and not is_status:
                warned.add(key)
    mistakes = [one for one in expected.values() if one.rules]
    return Verdict(
        references=len(rules),
        planted=len(mistakes),
        found=sum(not rules.get(m.key, set()).isdisjoint(m.rules) for m in mistakes),
        clean=len(rules.keys() - expected.keys()),
        alarms=len(warned - expected.keys()),
    )


def check_table(bench: Bench) -> tuple[float, float]:
    """The rows about checking, and about a larger mirror.

    Returns:
        Seconds of one core for a reference, and for a row of the mirror that is read.
    """
    counts = [count // bench.scale for count in REFERENCES]
    larger = bench.folder / "mirror-larger"
    built = bench.build(range(LARGER), larger)
    runs: dict[tuple[Path, int], list[Run]] = {}
    verdicts: dict[tuple[Path, int], Verdict] = {}
    wanted = [*((bench.mirror, count) for count in counts), (larger, counts[-1])]
    for _ in range(bench.runs):
        for mirror, count in wanted:
            checked = bench.check(count, mirror)
            runs.setdefault((mirror, count), []).append(checked.run)
            verdict = judge(bench.references(count), checked.output)
            if verdict.references != count:
                raise SystemExit(f"of {count} references {verdict.references} are told")
            verdicts[mirror, count] = verdict
    header(
        f"`check`, {bench.processes} processes, median of {bench.runs}",
        *("seconds", "of the processor", "references/s", "peak memory"),
        *("planted mistakes found", "clean references warned of"),
    )
    for mirror, count in wanted:
        one, verdict = median(runs[mirror, count]), verdicts[mirror, count]
        times = (
            f"a mirror {LARGER} times as large" if mirror is larger else "the mirror"
        )
        row(
            f"{count:,} references, {times}",
            f"{one.wall_s:.2f}",
            f"{one.cpu_s:.2f}",
            f"{count / one.wall_s:,.0f}",
            f"{one.peak_mb:,.0f} MB",
            f"{verdict.found:,} of {verdict.planted:,}",
            f"{verdict.alarms:,} of {verdict.clean:,}",
        )
    done = {key: median(some) for key, some in runs.items()}
    _check_bars(bench, counts, done)
    last = verdicts[bench.mirror, counts[-1]]
    share = last.found / last.planted
    row(
        "planted mistakes found",
        f"{share:.1%}",
        f"at least {FOUND_SHARE:.0%}",
        bench.bar("planted mistakes", met=share >= FOUND_SHARE),
    )
    row(
        f"building the mirror {LARGER} times as large",
        f"{built.wall_s:.1f} s, {built.peak_mb:,.0f} MB",
        f"under {BUILD_MB:,} MB",
        bench.bar("memory of the larger build", met=built.peak_mb < BUILD_MB),
    )
    shutil.rmtree(larger)
    return scale_sums.of_checks(
        (bench.records, LARGER * bench.records),
        (done[bench.mirror, counts[-1]].cpu_s, done[larger, counts[-1]].cpu_s),
        counts[-1],
    )


def _check_bars(
    bench: Bench, counts: Sequence[int], done: dict[tuple[Path, int], Run]
) -> None:
    few, most = done[bench.mirror, counts[0]], done[bench.mirror, counts[-1]]
    header("of the checks", "measured", "bar", "met")
    limit = CHECK_S / bench.scale
    row(
        f"{counts[-1]:,} references",
        f"{most.wall_s:.1f} s",
        f"at most {limit:g} s",
        bench.bar("seconds of a check", met=most.wall_s <= limit),
    )
    peak = max(one.peak_mb for one in done.values())
    row(
        "peak memory",
        f"{peak:,.0f} MB",
        f"under {CHECK_MB:,} MB",
        bench.bar("memory of a check", met=peak < CHECK_MB),
    )
    times = counts[-1] / counts[0]
    linear = most.wall_s / few.wall_s / times
    row(
        f"time of {times:g} times the references, by {times:g}",
        f"{linear:.2f}",
        f"at most {LINEAR_RATIO}",
        bench.bar("linear", met=linear <= LINEAR_RATIO),
    )
    (larger,) = (one for (mirror, _), one in done.items() if mirror != bench.mirror)
    ratio = larger.wall_s / most.wall_s
    row(
        f"time against a mirror {LARGER} times as large",
        f"{ratio:.2f} times",
        f"at most {LARGER_RATIO}",
        bench.bar("larger mirror", met=ratio <= LARGER_RATIO),
    )
    row(
        "the same by the processor's time",
        *(f"{larger.cpu_s / most.cpu_s:.2f} times", "", ""),
    )


def engine_table(bench: Bench) -> None:
    """The rows about Dask, and a worker that dies."""
    count = REFERENCES[-1] // bench.scale
    dask = ("--engine", "dask")
    local_runs, dask_runs = list[Run](), list[Run]()
    outputs = set[str]()
    for _ in range(bench.runs):
        for some, extra in ((local_runs, ()), (dask_runs, dask)):
            checked = bench.check(count, bench.mirror, *extra)
            some.append(checked.run)
            outputs.add(digest(checked.output))
    local, spread = median(local_runs), median(dask_runs)
    half = spread.wall_s / 2
    header(f"engines, {count:,} references", "measured", "bar", "met")
    row("local", f"{local.wall_s:.2f} s", "", "")
    row("Dask", f"{spread.wall_s:.2f} s, {spread.peak_mb:,.0f} MB", "", "")
    ratio = spread.wall_s / local.wall_s
    row(
        "Dask in the time of local",
        f"{ratio:.2f} times",
        f"at most {DASK_RATIO}",
        bench.bar("Dask", met=ratio <= DASK_RATIO),
    )
    row(
        "the same bytes from both, every time",
        "yes" if len(outputs) == 1 else "no",
        "yes",
        bench.bar("same bytes", met=len(outputs) == 1),
    )
    for name, extra in (("Dask", dask), ("local", ())):
        hurt = bench.check(count, bench.mirror, *extra, after_s=half, then=kill_a_child)
        same = digest(hurt.output) in outputs and bool(hurt.run.killed)
        row(
            f"{name}, one worker killed after {half:.1f} s",
            f"{hurt.run.wall_s:.2f} s, {'the same' if same else 'other'} bytes",
            "the same bytes",
            bench.bar(f"{name}, a worker killed", met=same),
        )


def resume_table(bench: Bench, whole_s: float) -> None:
    """The rows about a build that was killed."""
    other = bench.folder / "mirror-resumed"
    shutil.rmtree(other, ignore_errors=True)
    command = bench.build_command((0,), other)
    killed = bench.lupusrefs(command, after_s=whole_s / 2, then=kill, may_fail=True)
    resumed = bench.lupusrefs(command)
    before, after = digests(bench.mirror), digests(other)
    names = before.keys() | after.keys()
    differing = sorted(name for name in names if before.get(name) != after.get(name))
    same = not differing
    header(
        "a build that is killed (SIGKILL) and started again", "measured", "bar", "met"
    )
    row(
        f"killed after {killed.wall_s:.1f} s of {whole_s:.1f} s (status "
        f"{killed.status}), resumed",
        f"{resumed.wall_s:.1f} s more",
        "",
        "",
    )
    row(
        f"files of the mirror that are the same, of {len(names):,}",
        f"{len(names) - len(differing):,}"
        + (f" (not {', '.join(differing[:3])})" if differing else ""),
        "all",
        bench.bar("resumed build", met=same),
    )
    shutil.rmtree(other)


@contextmanager
def kept_or_not(folder: Path | None) -> Iterator[Path]:
    """A folder to work in."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        yield Path(name)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--records", type=int, help=f"of the mirror; {RECORDS:,}")
    parser.add_argument("--runs", type=int, default=RUNS, help="of each measurement")
    parser.add_argument("--keep", type=Path, help="work here, and leave the sample")
    options = parser.parse_args()
    scale = QUICK if options.quick else 1
    cores = len(os.sched_getaffinity(0))
    busy = os.getloadavg()[0]
    print(
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python "
        f"{platform.python_version()} on {cores} cores (load {busy:.1f} before)."
    )
    with kept_or_not(options.keep) as folder:
        records = options.records or RECORDS // scale
        bench = Bench(folder, records, cores, options.runs, scale)
        size = prepare(bench)
        built = build_table(bench, size)
        lookup_table(bench)
        reference_s, row_s = check_table(bench)
        engine_table(bench)
        resume_table(bench, built.wall_s)
        figures = scale_sums.Figures(
            built.cpu_s / records,
            size_of(bench.mirror) / records,
            reference_s,
            row_s,
        )
    print(
        f"\nOf the processor: {figures.build_s * 1e6:.1f} µs for a record, "
        f"{reference_s * 1e6:.0f} µs for a reference and {row_s * 1e6:.2f} µs for a "
        "row of the mirror that is read for it. Thus:\n"
    )
    print("\n".join(scale_sums.lines(figures)))
    if bench.failed:
        print(f"\nNot met: {', '.join(bench.failed)}.")


if __name__ == "__main__":
    main()
