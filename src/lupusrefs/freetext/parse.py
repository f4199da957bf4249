"""A reference string -> the item that it means.

The words of the string are labelled by a linear-chain conditional random field; what
identifies itself (DOI, URL, PMID, "in press") is found by its spelling and never
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.freetext import lexicon
from lupusrefs.freetext.features import features
from lupusrefs.freetext.identifiers import Identifier, find_identifiers
from lupusrefs.freetext.items import build_item
from lupusrefs.freetext.model import Labelling, Model, shipped_model
from lupusrefs.freetext.parsed import ParsedReference, ReadField
from lupusrefs.freetext.runs import Run, label_runs, run_span, without_names
from lupusrefs.freetext.tokens import MAX_CHARACTERS, Token, tokenise

_SURE: Final = 1.0
_PAGES: Final = frozenset(("p", "pp", "pages", "s", "seiten"))
_VOLUMES: Final = frozenset(("vols", "volumes", "bde"))


def parse(text: str) -> ParsedReference:
    """Read one reference of any style, in any language.

    What is longer than a reference can be is read up to ``MAX_CHARACTERS`` and
    ``MAX_TOKENS``. Safe to call from several threads.
    """
    return parse_with(shipped_model(), text)


def parse_all(texts: Iterable[str]) -> list[ParsedReference]:
    """Read references, in order."""
    model = shipped_model()
    return [parse_with(model, text) for text in texts]


def parse_with(model: Model, text: str) -> ParsedReference:
    """Read one reference with a model of one's own."""
    found = find_identifiers(text[:MAX_CHARACTERS])
    tokens = tokenise(text, found)
    read = read_labels(model, text, tokens)
    labels = [
        f"={token.kind}" if token.kind else label
        for token, label in zip(tokens, read.labels, strict=True)
    ]
    fields = tuple(_fields(text, tokens, labels, read.probabilities, found))
    item = build_item(fields, is_in=_is_in(tokens, labels))
    return ParsedReference(text, item, fields, read.probability)


def read_labels(model: Model, text: str, tokens: Sequence[Token]) -> Labelling:
    """The labels of the words of a reference, by the model and what it cannot see.

    The model looks at neighbours only: that a title has been is far away from the title
    of the book behind its editors.
    """
    read = model.label(features(text, tokens))
    labels = list(read.labels)
    seen: set[str] = set()
    for run in label_runs(read.labels):
        label = run.label
        if label in _MISTAKEN and _is_access(tokens, run, labels):
            label = l.ACCESSED
        elif label == l.TITLE and {l.TITLE, l.EDITOR} <= seen:
            label = l.TITLE if l.CONTAINER in read.labels else l.CONTAINER
        labels[run.first : run.end] = [label] * (run.end - run.first)
        seen.add(run.label)
    return read._replace(labels=labels)


# What says when a page was looked at, and what it is taken for where that is rare.
_LOOKED_AT: Final = lexicon.ACCESS_WORDS - {"available", "disponible", "cited"}
_MISTAKEN: Final = frozenset((l.NOTE, l.OTHER, l.ISSUED, l.PUBLISHER))


def _is_access(tokens: Sequence[Token], run: Run, labels: Sequence[str]) -> bool:
    """Whether a run begins with "Accessed", or stands behind it."""
    if tokens[run.first].text.lower() in _LOOKED_AT:
        return True
    before = run.first - 1
    return (
        before >= 0
        and labels[before] == l.ACCESSED
        and tokens[before].text.lower() in _LOOKED_AT
    )


def _fields(
    text: str,
    tokens: Sequence[Token],
    labels: Sequence[str],
    probabilities: Sequence[float],
    identifiers: Sequence[Identifier],
) -> Iterator[ReadField]:
    by_start = {one.span.start: one for one in identifiers}
    for run in label_runs(labels):
        if run.label.startswith("="):
            for token in tokens[run.first : run.end]:
                one = by_start[token.start]
                yield ReadField(one.kind, one.value, one.span, _SURE)
            continue
        bare = without_names(tokens, run)
        if run.label in _NOT_SHOWN or bare is None:
            continue
        span = run_span(text, tokens, bare)
        sure = min(probabilities[bare.first : bare.end])
        variable = _variable(tokens, run, bare)
        yield ReadField(variable, text[span.start : span.end], span, sure)


# Words around an identifier that are labelled like it say only what it is.
_NOT_SHOWN: Final = frozenset((l.OTHER, l.DOI, l.URL, l.IDENTIFIER))


def _variable(tokens: Sequence[Token], run: Run, bare: Run) -> str:
    """The CSL variable of a run: "344 p." and "2 vols." are how many there are."""
    one = bare.end - bare.first == 1 and tokens[bare.first].text.isdigit()
    behind = tokens[bare.end].text.lower() if bare.end < run.end else ""
    if run.label == l.PAGE and one and behind in _PAGES and bare.first == run.first:
        return "number-of-pages"
    if run.label == l.VOLUME and one and behind in _VOLUMES:
        return "number-of-volumes"
    return run.label


def _is_in(tokens: Sequence[Token], labels: Sequence[str]) -> bool:
    """Whether "In" introduces the container."""
    return any(
        token.text.lower() in lexicon.IN and label in {l.CONTAINER, l.EDITOR}
        for token, label in zip(tokens, labels, strict=True)
    )
