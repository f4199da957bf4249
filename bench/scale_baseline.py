"""Measure what only reading data files costs: to decompress and to parse them.

The same files that a mirror is built from, in as many processes as there are cores,
whole processes timed. Each reader gets a document, or a line, at a time:

- `gzip alone`: decompressed (ISA-L, as the build does it), and nothing else.
- `orjson`: Python objects of all of it.
- `msgspec`: the same; `msgspec, DOI only`: one field of a record, the rest skipped.
- `pysimdjson`: simdjson's tape of all of it; no Python objects but the DOI's.

The fastest of those that parse is what a build is compared with.

Usage: python -m bench.scale_baseline FOLDER [--runs N] [--processes N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

import msgspec
import orjson
import simdjson
from isal import igzip

Reader: TypeAlias = Callable[[bytes, bool], int]

GZIP_ALONE: Final = "gzip alone"


class _Doi(msgspec.Struct):
    """A record of either registry, of which only the DOI is kept."""

    DOI: str | None = None
    id: str | None = None


class _Items(msgspec.Struct):
    items: list[_Doi]


def _lines(text: bytes) -> Sequence[bytes]:
    return text.splitlines()


def _nothing(text: bytes, is_lines: bool) -> int:
    del is_lines
    return len(text) > 0


def _orjson(text: bytes, is_lines: bool) -> int:
    if is_lines:
        return sum("id" in r or "DOI" in r for r in map(orjson.loads, _lines(text)))
    return len(orjson.loads(text)["items"])


def _msgspec(text: bytes, is_lines: bool) -> int:
    decoder = msgspec.json.Decoder()
    if is_lines:
        return sum("id" in r or "DOI" in r for r in map(decoder.decode, _lines(text)))
    return len(decoder.decode(text)["items"])


def _msgspec_doi(text: bytes, is_lines: bool) -> int:
    if is_lines:
        decoder = msgspec.json.Decoder(_Doi)
        return sum(bool(r.DOI or r.id) for r in map(decoder.decode, _lines(text)))
    return len(msgspec.json.Decoder(_Items).decode(text).items)


def _simdjson(text: bytes, is_lines: bool) -> int:
    # Its types say what any JSON may be; these files are objects.
    parser: Any = simdjson.Parser()
    if not is_lines:
        return len([one["DOI"] for one in parser.parse(text)["items"]])
    count = 0
    for line in _lines(text):
        # A parser holds one document at a time: the last one has to be let go.
        record = parser.parse(line)
        count += bool(record.get("DOI") or record.get("id"))
        del record
    return count


READERS: Final[dict[str, Reader]] = {
    GZIP_ALONE: _nothing,
    "orjson": _orjson,
    "msgspec": _msgspec,
    "msgspec, DOI only": _msgspec_doi,
    "pysimdjson": _simdjson,
}


def _read(reader: str, file: Path) -> int:
    text = igzip.decompress(file.read_bytes())  # type: ignore[no-untyped-call]
    return READERS[reader](text, ".jsonl" in file.name)


def read_all(folder: Path, reader: str, processes: int) -> int:
    """Read all data files of a folder; how many records they have."""
    files = sorted(folder.rglob("*.gz"))
    with ProcessPoolExecutor(processes) as pool:
        return sum(pool.map(partial(_read, reader), files))


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading took.

    Attributes:
        wall_s: seconds of the wall clock.
        cpu_s: seconds of the processor, of all processes.
    """

    wall_s: float
    cpu_s: float


def take(folder: Path, reader: str, processes: int) -> Taken:
    """Run a whole process that reads all files of a folder.

    Raises:
        SystemExit: it failed.
    """
    command = [sys.executable, "-m", "bench.scale_baseline", str(folder)]
    command += ["--only", reader, "--processes", str(processes)]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    wall = time.perf_counter() - started
    return Taken(wall, usage.ru_utime + usage.ru_stime)


def middle(found: Sequence[Taken]) -> Taken:
    """The medians."""
    return Taken(
        statistics.median(one.wall_s for one in found),
        statistics.median(one.cpu_s for one in found),
    )


def measure(folder: Path, processes: int, runs: int) -> dict[str, Taken]:
    """Reader -> the medians; the readers take turns."""
    taken: dict[str, list[Taken]] = {name: [] for name in READERS}
    for _ in range(runs):
        for name, found in taken.items():
            found.append(take(folder, name, processes))
    return {name: middle(found) for name, found in taken.items()}


def fastest(found: Mapping[str, Taken]) -> str:
    """The fastest reader that parses."""
    parsing = (name for name in found if name != GZIP_ALONE)
    return min(parsing, key=lambda name: found[name].wall_s)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="of data files")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        read_all(options.folder, options.only, options.processes)
        return
    print(f"| reader | median of {options.runs} | processor |\n|---|---|---|")
    found = measure(options.folder, options.processes, options.runs)
    for name, taken in found.items():
        print(f"| {name} | {taken.wall_s:.2f} s | {taken.cpu_s:.2f} s |")


if __name__ == "__main__":
    main()
