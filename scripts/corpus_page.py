"""A page of the documentation that is measured on the corpus: written, or compared.

But for the line of the date such a page depends on nothing but the code and the corpus;
without the corpus there is nothing to compare with, which is no error.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DATE: Final = re.compile(r"^Measured on .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """One such page."""

    path: Path

    def difference(self, text: str) -> str:
        """A diff from the page as it is to this text, but for the date; "" if none."""
        found = self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        name = self.path.name
        names = (f"{name} (as it is)", f"{name} (as it should be)")
        return "".join(difflib.unified_diff(_undated(found), _undated(text), *names))

    def settle(self, text: str, *, check: bool) -> None:
        """Write the page if anything but its date differs, or say that it is stale.

        Raises:
            SystemExit: it is stale, and nothing was to be written.
        """
        diff = self.difference(text)
        if diff and check:
            sys.stderr.write(diff)
            sys.exit(f"error: {self.path.name} is stale\n  hint: python {sys.argv[0]}")
        if diff:
            self.path.write_text(text, encoding="utf-8")


def parser(summary: str) -> argparse.ArgumentParser:
    """The options that every such script has."""
    made = argparse.ArgumentParser(description=summary)
    made.add_argument("--check", action="store_true", help="write nothing")
    given = os.environ.get("LUPUSREFS_CORPUS")
    made.add_argument("--corpus", type=Path, default=Path(given) if given else None)
    return made


def corpus_of(options: argparse.Namespace) -> Path | None:
    """The corpus; None where there is none and nothing is to be written.

    Raises:
        SystemExit: there is none.
    """
    corpus: Path | None = options.corpus
    if corpus is not None and corpus.is_dir():
        return corpus
    if options.check:
        return None
    sys.exit("error: no corpus\n  hint: set LUPUSREFS_CORPUS, or give --corpus")


def _undated(text: str) -> list[str]:
    return _DATE.sub("", text).splitlines(keepends=True)
