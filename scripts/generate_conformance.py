"""Write ``docs/conformance.md``: how far we agree with other programs, suite by suite.

Every ``measure_*`` function of ``tests/conformance/*.py`` is a suite. With ``--check``
nothing is written, and said is what is stale; without the corpus there is nothing to
compare with, which is no error. But for the line of the date the page depends on
nothing but the code and the corpus.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus_page import CorpusPage, corpus_of, parser

if TYPE_CHECKING:
    from conformance.score import Difference, SuiteResult

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = CorpusPage(ROOT / "docs" / "conformance.md")
TESTS: Final = ROOT / "tests"
FOLDERS: Final = ("bibtex", "formats", "names", "latex")  # of the corpus
EXAMPLES: Final = 3
LONGEST: Final = 80  # characters of a value that is shown

_INTRODUCTION: Final = """\
# Conformance

<!-- Written by scripts/generate_conformance.py; not by hand. -->

Measured on {date}.

Other programs have test suites that say what a BibTeX, RIS or MEDLINE file means to
them. Each suite below is such a collection, taken from its public repository at the
commit named at the end; we read its files and compare every field that the suite speaks
of. Where its program follows a convention of its own, that is a difference, too: all of
them are listed, grouped by cause.

A field is one variable of one item; a list of names counts as one. Titles that differ
in nothing but capitals count as equal, and are counted in a column of their own:
whether a title is put into sentence case is a convention.

{headline}
"""
_SOURCES: Final = """\
## Where the files come from

Every second file, or so, of each repository was used; the others are kept for later.

| repository | commit | cases |
|---|---|---|
"""


def suites(corpus: Path) -> Iterator[SuiteResult]:
    """The result of every suite, by the name of its module and its place there."""
    # The modules of the tests are no package that is installed.
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    package = import_module("conformance")
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        module = import_module(f"conformance.{found.name}")
        for name, member in vars(module).items():
            is_own = getattr(member, "__module__", "") == module.__name__
            if name.startswith("measure_") and is_own:
                measure: Callable[[Path], SuiteResult] = member
                yield measure(corpus)


def page(corpus: Path, date: str) -> str:
    """The whole page."""
    results = list(suites(corpus))
    table = "\n".join(_table(results))
    parts = [_INTRODUCTION.format(date=date, headline=table)]
    parts += ["\n".join(_section(one)) for one in results]
    parts.append(_SOURCES + "\n".join(_sources(corpus)) + "\n")
    return "\n".join(parts)


def _table(results: Iterable[SuiteResult]) -> Iterator[str]:
    yield (
        "| suite | cases | wholly equal | share | fields | equal | share "
        "| only capitals |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for one in results:
        cells = (
            *(one.name, one.cases, one.equal_cases, f"{one.case_share:.1%}"),
            *(one.fields, one.equal_fields, f"{one.field_share:.1%}"),
            len(one.casing),
        )
        yield f"| {' | '.join(map(str, cells))} |"


def _section(result: SuiteResult) -> Iterator[str]:
    """One suite's differences, the frequent causes first, the unexplained last."""
    yield f"## {result.name}\n"
    if not result.differences:
        yield "No differences.\n"
        return
    groups: dict[str, list[Difference]] = defaultdict(list)
    for one in result.differences:
        groups[one.cause].append(one)
    for cause in sorted(groups, key=lambda key: (not key, -len(groups[key]), key)):
        found = groups[cause]
        yield f"- {cause or '**not explained**'}: {len(found)}"
        yield from (f"  - {_example(one)}" for one in _chosen(found))
    yield ""


def _chosen(found: Sequence[Difference]) -> list[Difference]:
    """A few that show the most: of different fields first, then as they come."""
    by_field = {one.field: one for one in reversed(found)}
    first = sorted(by_field.values(), key=found.index)
    return list(dict.fromkeys((*first, *found)))[:EXAMPLES]


def _example(one: Difference) -> str:
    expected, got = _shortened(one.expected, one.got)
    return f"{_code(one.case)}, {one.field}: {_code(expected)}, here {_code(got)}"


def _shortened(first: str, second: str) -> tuple[str, str]:
    """Two values from a little before the place where they begin to differ."""
    first, second = " ".join(first.split()), " ".join(second.split())
    longest = max(len(first), len(second))
    pairs = enumerate(zip(first, second, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
    start = max(0, min(same - LONGEST // 4, longest - LONGEST))
    return _cut(first, start), _cut(second, start)


def _cut(text: str, start: int) -> str:
    end = start + LONGEST
    before = "…" if 0 < start < len(text) else ""
    return before + text[start:end] + ("…" if end < len(text) else "")


def _code(text: str) -> str:
    """A text as Markdown's code, whatever it has in it."""
    if not text:
        return "nothing"
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{space}{text}{space}{fence}"


def _sources(corpus: Path) -> Iterator[str]:
    """Each repository that has cases in the corpus, with commit and number."""
    rows = import_module("conformance.score").rows
    counts = Counter[tuple[str, str]]()
    for folder in FOLDERS:
        for file in sorted((corpus / folder).glob("*.jsonl")):
            counts.update((row["repo"], row["commit"]) for row in rows(file))
    for (repo, commit), count in sorted(counts.items()):
        yield f"| {repo} | {commit} | {count} |"


def main() -> None:
    """Write or check, as the command line says."""
    options = parser(__doc__.partition("\n")[0]).parse_args()
    if corpus := corpus_of(options):
        text = page(corpus, f"{datetime.now(UTC):%Y-%m-%d}")
        PAGE.settle(text, check=options.check)


if __name__ == "__main__":
    main()
