"""One job on one file, timed inside a process of its own: no cache is warm.

Usage: python -m bench.reading JOB FILE
"""

# ruff: noqa: PLC0415 - a process imports what its own job needs, and nothing else

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

# A job takes the bytes of a file and says how many records it found; what it needs is
# imported before, when it is made.
Job: TypeAlias = Callable[[bytes], int]


def _nothing() -> Job:
    return len


def _scan() -> Job:
    from lupusrefs.formats.bibtex.scan import scan
    from lupusrefs.formats.bibtex.syntax import Entry
    from lupusrefs.formats.text import Diagnostics, decode

    def job(data: bytes) -> int:
        source = decode(data, "x.bib")
        blocks = scan(source.text, Diagnostics(source))
        return sum(isinstance(block, Entry) for block in blocks)

    return job


def _load(name: str) -> Job:
    from lupusrefs.formats.catalogue import FORMATS
    from lupusrefs.formats.names import FormatName
    from lupusrefs.formats.text import SourceText, decode

    load = FORMATS[FormatName(name)].load
    load(SourceText("x", ""))  # imports the reader

    def job(data: bytes) -> int:
        return len(load(decode(data, "x")).references)

    return job


def _bibtexparser(*, full: bool) -> Job:
    from bibtexparser import middlewares
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares.middleware import Middleware

    more: list[Middleware] = []
    if full:
        more = [
            middlewares.LatexDecodingMiddleware(),
            middlewares.SeparateCoAuthors(),
            middlewares.SplitNameParts(),
        ]

    def job(data: bytes) -> int:
        return len(parse_string(data.decode(), append_middleware=more).entries)

    return job


def _pybtex() -> Job:
    from pybtex.database.input.bibtex import Parser

    def job(data: bytes) -> int:
        return len(Parser().parse_string(data.decode()).entries)

    return job


JOBS: Final[Mapping[str, Callable[[], Job]]] = {
    "nothing": _nothing,
    "scan": _scan,
    "bibtexparser": lambda: _bibtexparser(full=False),
    "bibtexparser, decoded": lambda: _bibtexparser(full=True),
    "pybtex": _pybtex,
}


def main() -> None:
    """Do the job; print the seconds, the records, and the memory beyond the imports."""
    name, file = sys.argv[1:]
    job = JOBS[name]() if name in JOBS else _load(name)
    data = Path(file).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    records = job(data)
    seconds = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    memory = {"peak": after * unit, "grown": (after - before) * unit}
    print(json.dumps({"seconds": seconds, "records": records, **memory}))


if __name__ == "__main__":
    main()
