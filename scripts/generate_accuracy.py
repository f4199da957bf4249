"""Write ``docs/accuracy.md``: how often we are right, and print it.

With ``--check`` nothing is written, and said is what is stale. But for the line of the
date the page depends on nothing but the code and the corpus.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "accuracy.md"
TESTS: Final = ROOT / "tests"

_DATE: Final = re.compile(r"^Measured on .*$", re.MULTILINE)


def text(corpus: Path, date: str, step: int = 1) -> str:
    """The whole page."""
    # The modules of the tests are no package that is installed.
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    result = import_module("accuracy.measure").measure(corpus, step=step)
    page: str = import_module("accuracy.page").page(result, date)
    return page


def _undated(page: str) -> list[str]:
    return _DATE.sub("", page).splitlines(keepends=True)


def difference(page: str) -> str:
    """A diff from the page as it is to this one, the date aside; "" if it is right."""
    found = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    names = (f"{PAGE.name} (as it is)", f"{PAGE.name} (as it should be)")
    return "".join(difflib.unified_diff(_undated(found), _undated(page), *names))


def main() -> None:
    """Write or check, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument(
        "--step", type=int, default=1, help="only every so-manieth record; print only"
    )
    given = os.environ.get("LUPUSREFS_CORPUS")
    parser.add_argument("--corpus", type=Path, default=Path(given) if given else None)
    options = parser.parse_args()
    corpus: Path | None = options.corpus
    if corpus is None or not corpus.is_dir():
        if options.check:
            return
        sys.exit("error: no corpus\n  hint: set LUPUSREFS_CORPUS, or give --corpus")
    page = text(corpus, f"{datetime.now(UTC):%Y-%m-%d}", options.step)
    if options.check:
        if diff := difference(page):
            sys.stderr.write(diff)
            sys.exit(f"error: {PAGE.name} is stale\n  hint: python {sys.argv[0]}")
        return
    print(page)
    if options.step == 1 and difference(page):
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
