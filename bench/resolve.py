"""Measure `lupusrefs resolve` beside habanero, over a loopback registry.

Both ask the same server, one after the other, in the same run: recorded answers (or
made-up ones where the corpus is not there), 150 ms latency, Crossref's published
polite limits. Whole processes are timed, start of Python included.

Usage: python bench/resolve.py [--quick] [--latency SECONDS]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = 20261122
MAILTO = "bench@example.org"
STARTS = 15
HABANERO = """
import json, sys
from habanero import Crossref
dois = json.load(open(sys.argv[1]))
crossref = Crossref(base_url=sys.argv[2], mailto=sys.argv[3])
found = crossref.works(ids=dois)
assert len(found) == len(dois)
"""


@dataclass(frozen=True)
class Server:
    """The loopback registry in a process of its own."""

    endpoints: dict[str, str]

    @property
    def _root(self) -> str:
        return self.endpoints["crossref"].rsplit("/", 1)[0]

    def reset(self) -> None:
        """Forget the log and the limits' windows."""
        request = urllib.request.Request(f"{self._root}/__reset", b"", method="POST")  # noqa: S310 - our own server
        urllib.request.urlopen(request).close()  # noqa: S310 - our own server

    def requests(self) -> int:
        """How many requests came since the last reset."""
        with urllib.request.urlopen(f"{self._root}/__log") as answer:  # noqa: S310 - our own server
            log = json.load(answer)
        return int(log["total"])

    def environment(self, cache: Path) -> dict[str, str]:
        """What makes lupusrefs ask this server and use an own store."""
        urls = {f"LUPUSREFS_{k.upper()}_URL": url for k, url in self.endpoints.items()}
        own = {"LUPUSREFS_CACHE_DIR": str(cache), "LUPUSREFS_MAILTO": MAILTO}
        return {**os.environ, **urls, **own}


@dataclass(frozen=True)
class Dois:
    """What is asked for."""

    crossref: list[str]
    datacite: list[str]
    source: str


@contextmanager
def serving(latency_s: float, corpus: Path | None, synthetic: int) -> Iterator[Server]:
    """Run the loopback registry."""
    command = [sys.executable, str(ROOT / "tests/registry/serve.py"), "--port", "0"]
    command += ["--latency", str(latency_s), "--synthetic", str(synthetic)]
    if corpus:
        command += ["--corpus", str(corpus)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield Server(json.loads(line)["endpoints"])
        finally:
            process.terminate()


def choose(corpus: Path | None) -> Dois:
    """DOIs of recorded works, in a fixed random order; else made-up ones."""
    if corpus is None:
        made_up = [f"10.5555/bench.{number}" for number in range(1000)]
        return Dois(
            made_up, ["10.5072/data.4001", "10.5072/data.4002"], "made-up works"
        )
    found = []
    for folder, key in (("crossref", "DOI"), ("datacite", "id")):
        files = sorted((corpus / "registry" / folder).glob("*.json"))
        names = [str(json.loads(file.read_bytes())[key]) for file in files]
        unique = list(dict.fromkeys(name.lower() for name in names))
        random.Random(SEED).shuffle(unique)  # noqa: S311 - an order, no secret
        found.append(unique)
    return Dois(found[0], found[1], "recorded works")


def library(folder: Path, dois: list[str]) -> Path:
    """A reference file of these DOIs."""
    entries = [
        f"- id: ref{n}\n  DOI: {json.dumps(doi)}\n" for n, doi in enumerate(dois)
    ]
    path = folder / f"refs-{len(dois)}.yaml"
    path.write_text("references:\n" + "".join(entries), encoding="utf-8")
    return path


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Wall seconds of a process, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode not in {0, 1}:
        sys.exit(f"{command} failed with {done.returncode}:\n{done.stderr}")
    return seconds, done.stdout


def lupusrefs(server: Server, dois: list[str], cache: Path) -> tuple[float, int, str]:
    """Seconds, requests and summary of one `lupusrefs resolve`."""
    server.reset()
    command = [sys.executable, "-m", "lupusrefs", "resolve", str(library(cache, dois))]
    seconds, out = timed([*command, "--format", "json"], server.environment(cache))
    summary = json.loads(out)["summary"]
    said = ", ".join(
        f"{number} {status}" for status, number in summary.items() if number
    )
    return seconds, server.requests(), said


def habanero(server: Server, dois: list[str], folder: Path) -> tuple[float, int]:
    """Seconds and requests of habanero for the same DOIs."""
    server.reset()
    path = folder / "dois.json"
    path.write_text(json.dumps(dois), encoding="utf-8")
    url = server.endpoints["crossref"]
    command = [sys.executable, "-c", HABANERO, str(path), url, MAILTO]
    seconds, _ = timed(command, dict(os.environ))
    return seconds, server.requests()


def _count(requests: int) -> str:
    return "1 request" if requests == 1 else f"{requests} requests"


def row(what: str, *cells: str) -> None:
    """Print one line of the table."""
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def resolve_table(server: Server, dois: Dois, *, quick: bool) -> None:
    """The rows about resolving."""
    row("what", "lupusrefs", "habanero 2 (one by one)", "ratio")
    row("---", "---", "---", "---")
    cold = 0.0
    for number in (100, 1000):
        chosen = dois.crossref[:number]
        with tempfile.TemporaryDirectory() as name:
            cache = Path(name)
            cold, requests, said = lupusrefs(server, chosen, cache)
            mine = f"{cold:.2f} s, {_count(requests)} ({said})"
            if quick and number > 100:  # noqa: PLR2004 - the shorter of the two
                row(f"{number} Crossref DOIs, cold", mine, "not run", "")
            else:
                seconds, count = habanero(server, chosen, cache)
                theirs = f"{seconds:.1f} s, {_count(count)}"
                ratio = f"{seconds / cold:.0f}x"
                row(f"{number} Crossref DOIs, cold", mine, theirs, ratio)
            if number == 1000:  # noqa: PLR2004 - the longer of the two
                runs = [lupusrefs(server, chosen, cache) for _ in range(5)]
                stored = statistics.median(seconds for seconds, _, _ in runs)
                asked = sum(count for _, count, _ in runs)
                row(
                    "the same 1000 from the store",
                    f"{stored:.2f} s, {_count(asked)}",
                    "-",
                    "",
                )
    unregistered = [f"10.5555/unregistered.{number}" for number in range(30)]
    malformed = [f"10.x{number}/malformed" for number in range(20)]
    mixed = [*dois.crossref[:800], *dois.datacite[:150], *unregistered, *malformed]
    random.Random(SEED).shuffle(mixed)  # noqa: S311 - an order, no secret
    with tempfile.TemporaryDirectory() as name:
        seconds, requests, said = lupusrefs(server, mixed, Path(name))
    mine = f"{seconds:.2f} s, {_count(requests)} ({said})"
    row("a mix of 1000, cold", mine, "-", f"{seconds / cold:.2f}x the 1000 cold")


def start_table() -> None:
    """The rows about starting."""
    commands = {
        "python -c pass": ["-c", "pass"],
        "lupusrefs --version": ["-m", "lupusrefs", "--version"],
        "lupusrefs --help": ["-m", "lupusrefs", "--help"],
    }
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, arguments in commands.items():
            seconds, _out = timed([sys.executable, *arguments], dict(os.environ))
            samples[name].append(seconds)
    bare = statistics.median(samples["python -c pass"])
    row("what", f"median of {STARTS}", "ratio to bare Python")
    row("---", "---", "---")
    for name, taken in samples.items():
        median = statistics.median(taken)
        row(f"`{name}`", f"{median * 1000:.0f} ms", f"{median / bare:.1f}x")


def main() -> None:
    """Run everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="habanero for 100 only")
    parser.add_argument("--latency", type=float, default=0.15, help="seconds")
    options = parser.parse_args()
    where = os.environ.get("LUPUSREFS_CORPUS")
    corpus = Path(where) if where and Path(where).is_dir() else None
    dois = choose(corpus)
    print(
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python "
        f"{platform.python_version()} on {os.cpu_count()} cores; {dois.source}, "
        f"{options.latency * 1000:.0f} ms latency, polite limits.\n"
    )
    with serving(options.latency, corpus, 0 if corpus else 1000) as server:
        resolve_table(server, dois, quick=options.quick)
    print()
    start_table()


if __name__ == "__main__":
    main()
