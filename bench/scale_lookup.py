"""Measure how long one DOI takes from a mirror, in process.

Cold: the mirror is opened anew, after the system was asked to forget its files. Warm:
the mirror is open and has answered as many other DOIs before.

Usage: python -m bench.scale_lookup MIRROR DOIS   (a file of folded DOIs, one a line)
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lupusrefs.mirror.lookup import Mirror

COLD: Final = 50


def _forget(folder: Path) -> None:
    """Ask the system to drop the mirror's files from its cache."""
    for file in folder.rglob("*"):
        if file.is_file() and hasattr(os, "posix_fadvise"):
            descriptor = os.open(file, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def _timed(mirror: Mirror, key: str) -> float:
    started = time.perf_counter()
    found = mirror.find([key])
    taken = time.perf_counter() - started
    if key not in found:
        raise SystemExit(f"{key} is not in the mirror")
    return taken


def _cold(folder: Path, key: str) -> float:
    _forget(folder)
    started = time.perf_counter()
    with Mirror.open(str(folder)) as mirror:
        _timed(mirror, key)
        return time.perf_counter() - started


def _ms(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile, milliseconds."""
    percentiles = statistics.quantiles(seconds, n=100)
    return {
        "median": 1000 * statistics.median(seconds),
        "p99": 1000 * percentiles[98],
    }


def main() -> None:
    """Print the times as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("mirror", type=Path, help="folder of a mirror")
    parser.add_argument("dois", type=Path, help="folded DOIs, one a line")
    options = parser.parse_args()
    keys = options.dois.read_text(encoding="utf-8").splitlines()
    cold = [_cold(options.mirror, key) for key in keys[:COLD]]
    half = len(keys) // 2
    with Mirror.open(str(options.mirror)) as mirror:
        for key in keys[:half]:
            _timed(mirror, key)
        warm = [_timed(mirror, key) for key in keys[half:]]
    print(json.dumps({"cold": _ms(cold), "warm": _ms(warm)}))


if __name__ == "__main__":
    main()
