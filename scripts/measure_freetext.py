"""How well references are read: F1 by field, on references the model never saw.

    python scripts/measure_freetext.py --corpus DIR --out measured.md

The annotated references are divided by a hash of their letters, so that near-duplicates
of both sources are in one half. A model of each half is tested on the other one; the
scores of both directions are added up.

A field counts as right where its text is that of the annotation, without punctuation at
its ends and with blanks folded. Measured twice:

- **strict**: against the segments as they were annotated. AnyStyle's have the words
  that name a field ("In", "pp.", "eds."), and volume and issue in one; so have ours
  then. GROBID's have neither.
- **by meaning**: against the annotation in our labels, without the words that name a
  field on either side: "pp. 1-5." is "1-5", and volume and issue are two fields. What
  was annotated against the source's own habits is mended by rules, the same for all
  rows (``freetext_corpus.py``).
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, TypeAlias

from corpus_page import corpus_of, parser
from freetext_corpus import fields_as_annotated
from freetext_example import Example
from lupusrefs.freetext import labels as l
from lupusrefs.freetext.model import Model
from lupusrefs.freetext.parse import parse_with, read_labels
from lupusrefs.freetext.runs import Run, label_runs, without_names
from train_freetext import annotated, train, training_examples

FIELDS: Final = (l.AUTHOR, l.TITLE, l.CONTAINER, l.ISSUED, l.VOLUME, l.PAGE)
FURTHER: Final = (l.ISSUE, l.EDITOR, l.PUBLISHER, l.PLACE)
SETS: Final = (
    ("anystyle", "gold"),
    ("anystyle", "core"),
    ("anystyle", "good"),
    ("anystyle", "ugly"),
    ("grobid", "evaluation"),
    ("grobid", "corpus"),
)
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
_TAGS: Final = re.compile(r"</?[A-Za-z]{1,12}>")

Fields: TypeAlias = Counter[tuple[str, str]]


def folded(text: str) -> str:
    """A field as it is compared: no punctuation at its ends, blanks folded."""
    return " ".join(_EDGES.sub("", _TAGS.sub("", text)).split())


def by_meaning(example: Example, labels: Sequence[str]) -> Fields:
    """The fields that labels give, without the words that name them."""
    bare = (without_names(example.tokens, run) for run in label_runs(labels))
    return _counted(
        (run.label, _covered(example, run)) for run in bare if run is not None
    )


def strictly(example: Example, labels: Sequence[str]) -> Fields:
    """The fields that labels give, in the habit of the source."""
    if example.source == "grobid":
        return by_meaning(example, labels)
    merged = [l.VOLUME if label == l.ISSUE else label for label in labels]
    return _counted((run.label, _covered(example, run)) for run in label_runs(merged))


def as_annotated(example: Example) -> Fields:
    """The fields of the segments as the source has them."""
    return _counted(fields_as_annotated(example))


def _covered(example: Example, run: Run) -> str:
    first, last = example.tokens[run.first], example.tokens[run.end - 1]
    return example.text[first.start : last.end]


def _counted(fields: Iterable[tuple[str, str]]) -> Fields:
    return Counter((label, text) for label, raw in fields if (text := folded(raw)))


class Score:
    """Fields that were read, that are there, and that are both."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.read: Counter[str] = Counter()
        self.there: Counter[str] = Counter()

    def add(self, gold: Fields, read: Fields) -> None:
        """Count the fields of a reference."""
        for counter, fields in (
            (self.right, gold & read),
            (self.read, read),
            (self.there, gold),
        ):
            for (label, _), count in fields.items():
                counter[label] += count

    def f1(self, *labels: str) -> float:
        """The harmonic mean of precision and recall, over the labels together."""
        right = sum(self.right[label] for label in labels)
        all_of_them = sum(self.read[label] + self.there[label] for label in labels)
        return 2 * right / all_of_them if all_of_them else 1.0


Answers: TypeAlias = list[tuple[Example, list[str]]]


def answers_of_half(corpus: Path, half: int) -> Answers:
    """The answers of the model of one half to the references of the other."""
    rows = annotated(corpus)
    mine = [row for row in rows if row.half == half]
    others = [row for row in rows if row.half != half and row.tokens]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "half.crfsuite"
        start = time.process_time()
        train(training_examples(corpus, mine), path)
        seconds = time.process_time() - start
        model = Model(path.read_bytes())
    speed = _speed(model, others)
    print(f"half {half}: {len(mine)} rows, {seconds:.0f} s of processor for training,")
    print(f"  a model of {len(model.data)} bytes, {speed:.0f} references a second")
    return [(row, _labels(model, row)) for row in others]


def _labels(model: Model, row: Example) -> list[str]:
    return read_labels(model, row.text, row.tokens).labels


def _speed(model: Model, rows: Sequence[Example]) -> float:
    start = time.process_time()
    for row in rows:
        parse_with(model, row.text)
    return len(rows) / (time.process_time() - start)


def table(answers: Answers, *, strict: bool) -> Iterator[str]:
    """The scores in Markdown: a line for each set, a column for each field."""
    columns = (*FIELDS, *(() if strict else FURTHER))
    yield "| set | references | these six | " + " | ".join(columns) + " |"
    yield "|---" * (3 + len(columns)) + "|"
    for source, subset in SETS:
        score = Score()
        count = 0
        for row, labels in answers:
            if (row.source, row.subset) == (source, subset):
                count += 1
                if strict:
                    score.add(as_annotated(row), strictly(row, labels))
                else:
                    score.add(by_meaning(row, row.labels), by_meaning(row, labels))
        numbers = [score.f1(*FIELDS), *(score.f1(column) for column in columns)]
        shown = " | ".join(f"{number:.3f}" for number in numbers)
        yield f"| {source} {subset} | {count} | {shown} |"


def main() -> None:
    """Measure, print, and write the tables."""
    options = parser(__doc__.partition("\n")[0])
    options.add_argument("--out", type=Path, help="where the tables go, in Markdown")
    arguments = options.parse_args()
    corpus = corpus_of(arguments)
    if corpus is None:
        return
    with ProcessPoolExecutor(2) as pool:
        corpora = (corpus, corpus)
        directions = list(pool.map(answers_of_half, corpora, (0, 1)))
    both = [answer for answers in directions for answer in answers]
    parts: list[str] = []
    for name, answers, strict in (
        ("Both directions, by meaning", both, False),
        ("Both directions, strict", both, True),
        ("Model of half 0 on half 1, by meaning", directions[0], False),
        ("Model of half 1 on half 0, by meaning", directions[1], False),
    ):
        parts += [f"{name}:", "", *table(answers, strict=strict), ""]
    text = "\n".join(parts)
    print(text)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
