"""Measure `match` on the corpus: a table by set, and what went wrong.

None of the works that the corpus' own sets mean is recorded there: on those "none" is
right, and recall is measured on references made of the recorded works. With --mirror
candidates come from the search of a mirror in place of a stand-in for Crossref's.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus_page import corpus_of, parser
from lupusrefs.model.work import Work
from matching.index import ROWS, Index, Searched, recorded_works
from matching.measure import (
    Score,
    citable,
    corpus_cases,
    found_first,
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
    wanted.add_argument(
        "--mirror",
        type=int,
        metavar="SIZE",
        help="by way of a mirror, with so many look-alikes beside the recorded works",
    )
    options = wanted.parse_args()
    corpus = corpus_of(options)
    if corpus is None:
        return
    index = Index(recorded_works(corpus))
    works = citable(index, options.step)
    if options.mirror is None:
        sys.stdout.write(f"{len(index.works)} works, {len(works)} of them cited\n")
        _measure(corpus, works, index, lambda valid: valid, options)
        return
    # Here, because it needs the packages of a mirror.
    from matching.mirrored import made_mirror, recorded_mirror  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mirror = recorded_mirror(corpus, folder / "recorded", options.mirror)
        documents, seconds = mirror.built
        works = [work for work in works if mirror.has(work)]
        sys.stdout.write(
            f"{documents} documents, indexed at {documents / seconds:.0f} a second; "
            f"{len(works)} of them cited\n"
        )
        _compare(works, index, mirror)

        def mirrored(valid: Index) -> Searched:
            return made_mirror(folder / "hallmark", valid.works.values())

        _measure(corpus, works, mirror, mirrored, options)
        sys.stdout.write(f"\n{_times(mirror.seconds)}\n")


def _measure(
    corpus: Path,
    works: Sequence[Work],
    index: Searched,
    search_of: Callable[[Index], Searched],
    options: argparse.Namespace,
) -> None:
    made = measure(made_cases(works), index)
    table("References made of recorded works", made, options.failures)
    if options.made:
        return
    other = measure(corpus_cases(corpus, 1), index)
    table("References of the corpus (no work is recorded)", other, options.failures)
    valid, cases = hallmark_cases(corpus, 1)
    table("hallmark", measure(cases, search_of(valid)), options.failures)
    alike = look_alike_scores(works)
    table("Look-alikes, in place of the work and beside it", alike, options.failures)


def _compare(works: Sequence[Work], index: Index, mirror: Searched) -> None:
    """Print how the search of a mirror does beside the stand-in for Crossref's."""
    for name, search in (("stand-in", index), ("mirror", mirror)):
        found = found_first(made_cases(works), search)
        sys.stdout.write(
            f"among the first {ROWS} of the {name}: {100 * found.share:.2f} %\n"
        )
    table("References made, by the stand-in", measure(made_cases(works), index), 0)


def _times(seconds: Sequence[float]) -> str:
    """How long a search takes, in milliseconds."""
    ranked = sorted(1000 * one for one in seconds)
    middle, most = ranked[len(ranked) // 2], ranked[len(ranked) * 19 // 20]
    return f"a search takes {middle:.1f} ms (median), {most:.1f} ms (of 95 %)"


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
