"""Write ``docs/accuracy.md``: how often we are right, and print it.

With ``--check`` nothing is written, and said is what is stale. But for the line of the
date the page depends on nothing but the code and the corpus.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from corpus_page import CorpusPage, corpus_of, parser

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = CorpusPage(ROOT / "docs" / "accuracy.md")
TESTS: Final = ROOT / "tests"


def text(corpus: Path, date: str, step: int = 1) -> str:
    """The whole page."""
    # The modules of the tests are no package that is installed.
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    result = import_module("accuracy.measure").measure(corpus, step=step)
    page: str = import_module("accuracy.page").page(result, date)
    return page


def main() -> None:
    """Write or check, as the command line says."""
    arguments = parser(__doc__.partition("\n")[0])
    arguments.add_argument(
        "--step", type=int, default=1, help="only every so-manieth record; print only"
    )
    options = arguments.parse_args()
    if corpus := corpus_of(options):
        page = text(corpus, f"{datetime.now(UTC):%Y-%m-%d}", options.step)
        if not options.check:
            print(page)
        if options.check or options.step == 1:
            PAGE.settle(page, check=options.check)


if __name__ == "__main__":
    main()
