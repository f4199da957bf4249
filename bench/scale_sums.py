"""From what was measured to what the whole takes: the sums of docs/scale.md.

A check is taken to cost so much for each reference and so much for each row of the
mirror that is read, and both to go down with the number of cores. A round of references
reads every row group in which there is a DOI that it wants: of `G` groups, `K` distinct
DOIs fall into `G (1 - exp(-K / G))`.

Usage: python -m bench.scale_sums --build-s 1e-4 --reference-s 4e-4 --row-s 1e-6
           --mirror-bytes 900   (seconds of one core for a record, a reference, a row)
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lupusrefs.bulk.plan import MOST_ROUND, PARTITION, ROUND, ROUND_HITS
from lupusrefs.mirror.layout import ROW_GROUP_ROWS

# Registry -> records, and bytes of gzip each as published: Crossref's file of 2024 has
# some 200 GB for 156 million, DataCite's of 2023 22 GiB for 53 million.
WHOLE: Final = {"Crossref": (180e6, 1_280), "DataCite": (100e6, 450)}
REFERENCES: Final = 1e9
# Cores of a machine, and machines.
MACHINES: Final = ((2, 1), (16, 1), (16, 10))
# Assumptions: what a core costs an hour, what a machine's disk reads a second.
PRICE: Final = 0.05
DISK: Final = 1e9
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured.

    Attributes:
        build_s: seconds of one core for a record that is built into a mirror.
        mirror_bytes: of a record in the mirror.
        reference_s: seconds of one core for a reference that is checked, without...
        row_s: ...seconds of one core for a row of the mirror that is read for it.
    """

    build_s: float
    mirror_bytes: float
    reference_s: float
    row_s: float


def of_checks(
    rows: tuple[float, float], seconds: tuple[float, float], count: int
) -> tuple[float, float]:
    """Seconds of one core for a reference and for a row, from two checks.

    Args:
        rows: of the smaller and the larger mirror, all of which were read.
        seconds: of the processor that the same references took against either.
        count: how many references.
    """
    row_s = max(seconds[1] - seconds[0], 0) / (rows[1] - rows[0])
    return (seconds[0] - row_s * rows[0]) / count, row_s


def references_of_a_round(records: float) -> float:
    """How many references are checked together against a mirror of so many records."""
    wanted = ROUND_HITS * records / ROW_GROUP_ROWS
    return min(max(wanted, ROUND * PARTITION), MOST_ROUND * PARTITION)


def rows_read(records: float, wanted: float) -> float:
    """How many rows of a mirror a round reads that wants so many distinct DOIs."""
    groups = records / ROW_GROUP_ROWS
    return records * -math.expm1(-wanted / groups)


def lines(figures: Figures) -> Iterator[str]:
    """Tables in Markdown."""
    records = sum(count for count, _ in WHOLE.values())
    data_bytes = sum(count * size for count, size in WHOLE.values())
    mirror_bytes = records * figures.mirror_bytes
    round_references = references_of_a_round(records)
    rounds = REFERENCES / round_references
    rows = rows_read(records, round_references)
    read_bytes = rounds * rows * figures.mirror_bytes
    compare_s = REFERENCES * figures.reference_s
    read_s = rounds * rows * figures.row_s
    yield f"| the whole: {records / 1e6:,.0f} million records | |"
    yield "|---|---|"
    yield f"| to download | {data_bytes / 1e9:,.0f} GB |"
    yield f"| the mirror | {mirror_bytes / 1e9:,.0f} GB |"
    yield (
        f"| a round of {round_references:,.0f} references reads, at most | "
        f"{rows / records:.0%} of it, {rows * figures.mirror_bytes / 1e9:,.0f} GB |"
    )
    yield ""
    yield (
        "| | building | a billion references: comparing | reading the mirror | "
        "the disk alone | in all | cost |"
    )
    yield "|---|---|---|---|---|---|---|"
    for cores, machines in MACHINES:
        own = cores * machines
        disk_h = read_bytes / (DISK * machines) / _HOUR
        work_h = (compare_s + read_s) / own / _HOUR
        hours = max(work_h, disk_h)
        build = _hours(records * figures.build_s / cores / _HOUR)
        yield (
            f"| {machines} x {cores} cores | {build if machines == 1 else 'on one'} | "
            f"{_hours(compare_s / own / _HOUR)} | {_hours(read_s / own / _HOUR)} | "
            f"{_hours(disk_h)} | {_hours(hours)} | {hours * own * PRICE:,.0f} |"
        )


def _hours(hours: float) -> str:
    return f"{hours:,.1f} h"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("--build-s", "--mirror-bytes", "--reference-s", "--row-s"):
        parser.add_argument(name, type=float, required=True)
    given = parser.parse_args()
    figures = Figures(given.build_s, given.mirror_bytes, given.reference_s, given.row_s)
    print("\n".join(lines(figures)))


if __name__ == "__main__":
    main()
