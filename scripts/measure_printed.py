"""How right `check` is on references that are only text: alarms, and what it misses.

Recorded works are printed in a dozen styles. Unchanged ones must have no error and no
warning; one with a mistake has to have one.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from accuracy.printed import MISTAKES, Printed, Tally, mistaken, tally
from corpus_page import corpus_of, parser
from lupusrefs.api import render
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work
from matching.index import Index, recorded_works
from matching.measure import citable
from matching.strings import STYLES, item_of

_SHOWN = 12  # examples


def main() -> None:
    """Print the tables."""
    wanted = parser(__doc__.partition("\n")[0])
    wanted.add_argument("--step", type=int, default=7, help="every so-manieth work")
    options = wanted.parse_args()
    corpus = corpus_of(options)
    if corpus is None:
        return
    works = citable(Index(recorded_works(corpus)), options.step)
    items = [item_of(work, f"w{at}") for at, work in enumerate(works)]
    rows = list(enumerate(items))
    alarms = Tally()
    sys.stdout.write(f"{len(works)} works\n\nunchanged, with an error or warning:\n")
    for style in STYLES:
        one = tally(list(printed(works, rows, style)))
        sys.stdout.write(f"  {style:32} {one.found:4} of {one.number:5}\n")
        alarms.number += one.number
        alarms.found += one.found
        alarms.rules += one.rules
        alarms.examples += one.examples
    sys.stdout.write(f"  all {100 * alarms.share:.2f} %: {dict(alarms.rules)}\n")
    for example in alarms.examples[:: max(1, len(alarms.examples) // _SHOWN)]:
        sys.stdout.write(f"    {example[:240]}\n")
    sys.stdout.write("\nwith a mistake, and an error or warning:\n")
    for mistake in MISTAKES:
        changed = list(mistaken(items, mistake))
        missed = Tally()
        for style in STYLES:
            if mistake == "word of the title" and "without" in style:
                continue
            one = tally(list(printed(works, changed, style)))
            missed.number += one.number
            missed.found += one.found
        sys.stdout.write(
            f"  {mistake:20} {100 * missed.share:6.2f} % of {missed.number}\n"
        )


def printed(
    works: Sequence[Work], items: Sequence[tuple[int, Item]], style: str
) -> Iterator[Printed]:
    """Each item as a style prints it."""
    for number, item in items:
        yield Printed(works[number], " ".join(render([item], style).text.split()))


if __name__ == "__main__":
    main()
