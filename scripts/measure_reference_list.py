"""How well reference lists are found and parted, on the shared corpus.

Finding: F1 by line of ``freetext/finder_line_labels.jsonl``, where a line is right if
it is found and labelled ``ref``. The rules were made by looking at the documents in
even places; of the others only the figures were looked at.

Parting: reference strings of ``freetext/*.jsonl``, twenty to a list, set as lists are
set; a reference is right if all its letters and digits, and no others, are in one.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus_page import corpus_of, parser
from lupusrefs.documents.reference_list.find import find_references
from lupusrefs.documents.reference_list.lines import find_reference_lines

_LISTED: Final = 20  # references to a list
_STRING: Final = range(30, 500)  # characters of a reference string that is used
_LABEL: Final = re.compile(
    r"^\s*(?:\[[^\]]{1,20}\]|\(?\d{1,3}[.)\]]|\d{1,3}\s|[•*-]\s)\s*"
)
_NO_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Tally:
    """What was right, found, and to be found."""

    right: int = 0
    found: int = 0
    there: int = 0

    def __iadd__(self, other: Tally) -> Tally:  # noqa: PYI034 - no Self before 3.11
        self.right += other.right
        self.found += other.found
        self.there += other.there
        return self

    @property
    def precision(self) -> float:
        """Right of what was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of what was there."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.found + self.there
        return 2 * self.right / both if both else 1.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _documents(corpus: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The name of each labelled document, and its lines with their labels."""
    for row in _rows(corpus / "freetext" / "finder_line_labels.jsonl"):
        yield row["id"], [(label, line) for label, line in row["lines"]]


# --- finding --------------------------------------------------------------------


def found_lines(corpus: Path) -> dict[str, Tally]:
    """What was found of each labelled document, in the order of the file."""
    tallies: dict[str, Tally] = {}
    for name, labelled in _documents(corpus):
        gold = [label == "ref" for label, _ in labelled]
        found = find_reference_lines([line for _, line in labelled])
        right = sum(map(min, gold, found))
        tallies[name] = Tally(right, sum(found), sum(gold))
    return tallies


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for tally in tallies:
        whole += tally
    return whole


def macro(tallies: Sequence[Tally]) -> float:
    """The mean F1 of documents."""
    return sum(tally.f1 for tally in tallies) / len(tallies)


# --- parting --------------------------------------------------------------------


def _wrapped(width: int, hang: str = "") -> Callable[[int, str], list[str]]:
    return lambda _, text: textwrap.wrap(text, width, subsequent_indent=hang)


LAYOUTS: Final[dict[str, Callable[[int, str], list[str]]]] = {
    "one to a line": lambda _, text: [text],
    "paragraphs": lambda _, text: [*textwrap.wrap(text, 80), ""],
    "hanging indent": _wrapped(80, "    "),
    "wrapped at 80": _wrapped(80),
    "wrapped at 50": _wrapped(50),
    "[1]": lambda number, text: textwrap.wrap(f"[{number}] {text}", 80),
    "1.": lambda number, text: textwrap.wrap(f"{number}. {text}", 50),
    "bullets": lambda _, text: textwrap.wrap(f"• {text}", 80),
}


def lists(corpus: Path) -> list[list[str]]:
    """Reference strings without their numbers, twenty to a list."""
    texts = [
        _LABEL.sub("", row["text"]).strip()
        for name in ("grobid", "anystyle")
        for row in _rows(corpus / "freetext" / f"{name}.jsonl")
        if len(row["text"]) in _STRING and "\n" not in row["text"]
    ]
    last = len(texts) - _LISTED
    return [texts[at : at + _LISTED] for at in range(0, last, _LISTED)]


def parted(references: Sequence[Sequence[str]], layout: str) -> Tally:
    """What was right of lists under a heading, set in one way."""
    whole = Tally()
    for texts in references:
        lines = ["References", ""]
        for number, text in enumerate(texts, start=1):
            lines += LAYOUTS[layout](number, text)
        gold = Counter(map(_letters, texts))
        found = Counter(_letters(one.text) for one in find_references("\n".join(lines)))
        whole += Tally((gold & found).total(), found.total(), gold.total())
    return whole


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


# --- speed ----------------------------------------------------------------------


def seconds(corpus: Path, megabytes: int) -> float:
    """How long the labelled documents take, put together to a text of this size."""
    text = "\n".join(line for _, labelled in _documents(corpus) for _, line in labelled)
    size = megabytes * 1_000_000
    text = (text * (size // len(text) + 1))[:size]
    start = time.process_time()
    find_references(text)
    return time.process_time() - start


def main() -> None:
    """Print all figures."""
    options = parser(__doc__.partition("\n")[0])
    options.add_argument("--megabytes", type=int, default=5, help="of the timed text")
    chosen = options.parse_args()
    corpus = corpus_of(chosen)
    if corpus is None:
        return
    out = sys.stdout.write
    tallies = list(found_lines(corpus).items())
    for name, half in (("looked at", tallies[0::2]), ("held back", tallies[1::2])):
        of_half = [tally for _, tally in half]
        out(f"lines, {name}: {total(of_half)}  macro F1 {macro(of_half):.3f}\n")
    for name, tally in sorted(tallies[0::2], key=lambda row: row[1].f1)[:5]:
        out(f"  {name.rpartition('/')[2]}: {tally}\n")
    references = lists(corpus)
    for layout in LAYOUTS:
        for name, first in (("looked at", 0), ("held back", 1)):
            tally = parted(references[first::2], layout)
            out(f"parted, {layout}, {name}: {tally}\n")
    took = seconds(corpus, chosen.megabytes)
    out(f"{chosen.megabytes} MB: {took:.1f} s of processor time\n")


if __name__ == "__main__":
    main()
