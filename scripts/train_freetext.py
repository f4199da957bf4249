"""Train the model of the free-text parser, and write down where it comes from.

    python scripts/train_freetext.py --corpus DIR --figures measured.json

The same corpus and options give the same bytes: every order and every choice of chance
is fixed. The figures are those of ``measure_freetext.py``, which trains on one half of
the annotated references and tests on the other; what ships is trained on all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pycrfsuite

from freetext_corpus import SOURCES, load
from freetext_example import Example
from freetext_facts import read_facts
from freetext_styles import rendered
from lupusrefs.freetext.features import features

PACKAGE: Final = Path(__file__).parents[1] / "src" / "lupusrefs" / "freetext"
MODEL: Final = PACKAGE / "reference.crfsuite"

# Of CRFsuite's L-BFGS: the weights of the L1 and L2 norms, and what is left out.
OPTIONS: Final[dict[str, float]] = {
    "c1": 0.4,
    "c2": 0.2,
    "max_iterations": 70,
    "feature.minfreq": 3,
}
# Annotated by rules and hardly checked: fields of these rows are named by chance, and
# the model reads better without them.
LEFT_OUT: Final = frozenset(("ugly",))
# Counted twice, being the fewer: references of physics, with the slips of PDF.
TWICE: Final = frozenset(("grobid",))
# How often each recorded work is written out.
TIMES: Final = 2


def annotated(corpus: Path) -> list[Example]:
    """All annotated references, in the order of their files."""
    return [example for source in SOURCES for example in load(corpus, source)]


def training_examples(
    corpus: Path, rows: Iterable[Example], *, times: int = TIMES
) -> list[Example]:
    """What a model is trained on: annotated rows, and works written out."""
    kept = [row for row in rows if row.subset not in LEFT_OUT and row.tokens]
    again = [row for row in kept if row.source in TWICE]
    return [*kept, *again, *rendered(read_facts(corpus), times)]


def train(
    examples: Iterable[Example], target: Path, options: dict[str, float] | None = None
) -> None:
    """Train on examples in their order, and write the model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**OPTIONS, **(options or {})})
    for example in examples:
        trainer.append(features(example.text, example.tokens), list(example.labels))
    trainer.train(str(target))


def provenance(examples: Sequence[Example], model: bytes, figures: str) -> str:
    """What the model was made of, in Markdown."""
    counts = Counter((example.source, example.subset) for example in examples)
    lines = [
        "# The model `reference.crfsuite`",
        "",
        "A linear-chain conditional random field in the format of CRFsuite, made by",
        "`scripts/train_freetext.py`. It is read by `lupusrefs.freetext.model`.",
        "",
        "| trained on | references | source | licence |",
        "|---|---|---|---|",
        *(
            f"| {source}, {subset} | {count} | {_ORIGINS[source]} |"
            for (source, subset), count in sorted(counts.items())
        ),
        "",
        *_NOTICES,
        "",
        "Options of the training:",
        f"`{json.dumps(OPTIONS, sort_keys=True)}`; AnyStyle's",
        f"rows {', '.join(sorted(LEFT_OUT))} were left out, GROBID's count twice;",
        f"{len(examples)} references in all. Size: {len(model)} bytes; SHA-256",
        f"`{hashlib.sha256(model).hexdigest()}`.",
        "",
        "## Figures",
        "",
        "Measured by `scripts/measure_freetext.py` with models of one half of the",
        "annotated references, on the other half.",
        "",
        figures.strip() or "Not measured yet.",
        "",
    ]
    return "\n".join(lines)


_NOTICES: Final = (
    "No sentence of the annotated references is in the model: it holds weights of",
    "single words and of their shapes. Both sources are used with thanks.",
    "",
    "GROBID's annotated references are by Patrice Lopez and contributors, under the",
    "Creative Commons Attribution 4.0 licence",
    "(<https://creativecommons.org/licenses/by/4.0/>); changed: labels were",
    "renamed, and words between fields labelled.",
    "",
    "AnyStyle's come with this notice:",
    "",
    "> Copyright 2011-2012 Sylvester Keil. All rights reserved.",
    ">",
    "> Redistribution and use in source and binary forms, with or without",
    "> modification, are permitted provided that the following conditions are met:",
    ">",
    "> 1. Redistributions of source code must retain the above copyright notice,",
    ">    this list of conditions and the following disclaimer.",
    "> 2. Redistributions in binary form must reproduce the above copyright notice,",
    ">    this list of conditions and the following disclaimer in the documentation",
    ">    and/or other materials provided with the distribution.",
    ">",
    '> THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDER "AS IS" AND ANY EXPRESS OR',
    "> IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF",
    "> MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO",
    "> EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT,",
    "> INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES",
    "> (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;",
    "> LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND",
    "> ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT",
    "> (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF",
    "> THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.",
)
_ORIGINS: Final = {
    "anystyle": "inukshuk/anystyle@c6f5fb2fa6e8, `res/parser` | BSD-2-Clause",
    "grobid": "kermitt2/grobid@b8d6bec30218, `grobid-trainer` citation | CC-BY-4.0",
    "rendered": "works registered at Crossref, in styles of this project | facts",
}


def main() -> None:
    """Train and write the model that ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--figures", type=Path, help="Markdown of measure_freetext.py")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--notes-only", action="store_true", help="keep the model")
    arguments = parser.parse_args()
    examples = training_examples(arguments.corpus, annotated(arguments.corpus))
    if not arguments.notes_only:
        train(examples, arguments.out)
    figures = arguments.figures.read_text("utf-8") if arguments.figures else ""
    model = arguments.out.read_bytes()
    told = provenance(examples, model, figures)
    arguments.out.with_suffix(".md").write_text(told, encoding="utf-8")
    print(f"{arguments.out}: {len(model)} bytes from {len(examples)} references")


if __name__ == "__main__":
    main()
