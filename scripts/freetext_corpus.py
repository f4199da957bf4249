"""The annotated reference strings of the corpus, in the labels of the parser.

Two sources, two habits. AnyStyle's segments cover the whole string, with punctuation
and the words that name a field ("In", "pp.", "eds."); volume and issue are one
segment. GROBID's leave both out, as segments of no label. Here every word gets a
label; the words that name a field get the label of that field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from freetext_anystyle import ANYSTYLE, from_anystyle
from freetext_example import Example, Segment
from freetext_grobid import GROBID, from_grobid
from lupusrefs.freetext import labels as l
from lupusrefs.freetext.identifiers import find_identifiers
from lupusrefs.freetext.tokens import Token, tokenise

SOURCES: Final = ("anystyle", "grobid")


def load(corpus: Path, source: str) -> list[Example]:
    """All rows of a source, in the order of its file."""
    path = corpus / "freetext" / f"{source}.jsonl"
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        example
        for row in rows
        if (example := _example(source, row["subset"], row["text"], row["segments"]))
    ]


def _example(
    source: str, subset: str, text: str, raw: Sequence[tuple[str | None, str]]
) -> Example | None:
    segments = aligned(text, raw)
    if segments is None:
        return None
    tokens = tokenise(text, find_identifiers(text))
    mapped = list(_token_labels(tokens, segments))
    if source == "anystyle":
        labels = from_anystyle(text, tokens, mapped)
    else:
        labels = from_grobid(text, tokens, mapped)
    return Example(text, source, subset, tuple(tokens), tuple(labels), tuple(segments))


def aligned(text: str, raw: Sequence[tuple[str | None, str]]) -> list[Segment] | None:
    """The segments with their places, blanks aside; None where they do not fit."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    letters = "".join(text[at] for at in places)
    segments: list[Segment] = []
    done = 0
    for label, content in raw:
        wanted = "".join(content.split())
        if not wanted:
            continue
        if not letters.startswith(wanted, done):
            return None
        first, last = places[done], places[done + len(wanted) - 1]
        segments.append(Segment(label, first, last + 1))
        done += len(wanted)
    return segments if done == len(letters) else None


def _token_labels(
    tokens: Sequence[Token], segments: Sequence[Segment]
) -> Iterator[tuple[int, str | None]]:
    """For each word the number of its segment, and the label of that."""
    at = 0
    for token in tokens:
        while segments[at].end <= token.start:
            at += 1
        yield at, segments[at].label


def fields_as_annotated(example: Example) -> Iterator[tuple[str, str]]:
    """Our name of each field and its text, by the source's own segments alone."""
    in_article = any(one.label == "title.a" for one in example.segments)
    for one in example.segments:
        if one.label is None:
            continue
        label = _NAMED[example.source].get(one.label, one.label)
        if label == l.TITLE and one.label == "title.m" and in_article:
            label = l.CONTAINER
        yield label, example.text[one.start : one.end]


_NAMED: Final = {
    "anystyle": ANYSTYLE,
    "grobid": {**GROBID, "title.m": l.TITLE},
}
