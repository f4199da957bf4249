"""Measure `match` on the corpus: a table by set, and what went wrong.

None of the works that the corpus' own sets mean is recorded there: on those "none" is
right, and recall is measured on references made of the recorded works.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus_page import corpus_of, parser
from matching.index import Index, recorded_works
from matching.measure import (
    Score,
    citable,
    corpus_cases,
    hallmark_cases,
    look_alike_scores,
    made_cases,
    measure,
    whole,
)


def main() -> None:
    """Print the tables."""
    wanted = parser(__doc__.partition("\n")[0])
    wanted.add_argument(
        "--step", type=int, default=13, help="every so-manieth work; all take an hour"
    )
    wanted.add_argument("--failures", type=int, default=20, help="how many to show")
    wanted.add_argument("--made", action="store_true", help="the made ones only")
    options = wanted.parse_args()
    corpus = corpus_of(options)
    if corpus is None:
        return
    index = Index(recorded_works(corpus))
    works = citable(index, options.step)
    sys.stdout.write(f"{len(index.works)} works, {len(works)} of them cited\n")
    made = measure(made_cases(works), index)
    table("References made of recorded works", made, options.failures)
    if options.made:
        return
    other = measure(corpus_cases(corpus, 1), index)
    table("References of the corpus (no work is recorded)", other, options.failures)
    valid, cases = hallmark_cases(corpus, 1)
    table("hallmark", measure(cases, valid), options.failures)
    alike = look_alike_scores(works)
    table("Look-alikes, in place of the work and beside it", alike, options.failures)


def table(heading: str, scores: Mapping[str, Score], failures: int) -> None:
    """Print one table, and the first of what went wrong."""
    total = whole(scores.values())
    rows = [*scores.items(), ("all", total)]
    lines = [
        f"\n{heading}\n",
        f"{'set':40} {'recall':>15} {'precision':>15} {'none':>15}",
    ]
    for name, score in rows:
        rates = (score.recall, score.precision, score.honesty)
        shown = " ".join(
            f"{100 * rate.share:7.2f} % {rate.n:5}" if rate.n else f"{'-':>15}"
            for rate in rates
        )
        lines.append(f"{name:40} {shown}")
    for said, case, verdict in total.failures[:failures]:
        chosen = verdict.work.id if verdict.work else verdict.choice
        lines.append(f"  {said}: [{case.name}] {case.shown[:200]}")
        lines.append(f"     -> {chosen} ({verdict.reason})")
        lines.extend(f"        {c.work.id}: {c.reason}" for c in verdict.candidates[:2])
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
