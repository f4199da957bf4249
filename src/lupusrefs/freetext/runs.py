"""Labelled words as fields: stretches of one label, without what only names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.freetext import lexicon
from lupusrefs.freetext.tokens import Token
from lupusrefs.model.location import Span


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one label: ``tokens[first:end]``."""

    label: str
    first: int
    end: int


def label_runs(labels: Sequence[str]) -> Iterator[Run]:
    """The maximal runs of one label, in order."""
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[first]:
            yield Run(labels[first], first, at)
            first = at


# Between what names the editors and the editors: "sous la direction de".
_BY: Final = frozenset(
    (
        *("by", "von", "par", "por", "da", "di", "de", "a", "of", "under", "the"),
        *("and", "la", "direction", "cura"),
    )
)
_BY_WHOM: Final = lexicon.EDITOR_WORDS | lexicon.TRANSLATOR_WORDS | {"sous"}
# What may stand at the head of a field and is not part of it.
_LEADS: Final[dict[str, frozenset[str]]] = {
    l.CONTAINER: lexicon.IN,
    l.EDITOR: _BY_WHOM | lexicon.IN,
    l.TRANSLATOR: _BY_WHOM,
    l.VOLUME: lexicon.VOLUME_WORDS | {"제", "第"},
    l.ISSUE: lexicon.ISSUE_WORDS | {"제", "第", "serial"},
    l.PAGE: lexicon.PAGE_WORDS | {"art", "article", "id", "in"},
}
# What may stand at its end.
_TAILS: Final[dict[str, frozenset[str]]] = {
    l.AUTHOR: frozenset(("eds", "hrsg", "hg", "hgg")),
    l.EDITOR: lexicon.EDITOR_WORDS | {"a", "la", "sous", "in"},
    l.TRANSLATOR: lexicon.TRANSLATOR_WORDS,
    l.VOLUME: frozenset(("권", "집", "卷", "巻", "vols", "volumes", "bde", "in")),
    l.ISSUE: frozenset(("호", "号", "期", "號")),
    l.PAGE: frozenset(("쪽", "면", "页", "頁", "p", "pp", "pages", "s")),
}
_NOTHING: Final[frozenset[str]] = frozenset()


def without_names(tokens: Sequence[Token], run: Run) -> Run | None:
    """The run without the words that only say what it is: "In", "vol.", "eds."."""
    leads = _LEADS.get(run.label, _NOTHING)
    tails = _TAILS.get(run.label, _NOTHING)
    words = [_word(token, run.label) for token in tokens[run.first : run.end]]
    first, end = 0, len(words)
    is_named = False
    while first < end:
        if words[first] in leads:
            is_named = is_named or words[first] in _BY_WHOM
        elif not (is_named and run.label in l.NAMES and words[first] in _BY):
            break
        first += 1
    while end > first and words[end - 1] in tails:
        end -= 1
    return Run(run.label, run.first + first, run.first + end) if first < end else None


def _word(token: Token, label: str) -> str:
    """The word as it is looked up; an initial of a name is none."""
    if label in l.NAMES and len(token.text) == 1 and token.text.isupper():
        return ""
    return token.text.lower()


_OPENERS: Final = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘", '"': '"'}
_CLOSERS: Final = {"(": ")", "[": "]", "“": "”", "«": "»", "‘": "’", '"': '"'}
_ENDS: Final = "?!%+*#°"
# Fields that are abbreviated, and end with a dot where they are.
_ABBREVIATED: Final = l.NAMES | {l.CONTAINER, l.COLLECTION, l.PUBLISHER, l.PLACE}
_MORE: Final = 6  # characters behind a field that may belong to it


def run_span(text: str, tokens: Sequence[Token], run: Run) -> Span:
    """Where a run stands: its words, and the punctuation that belongs to them.

    That is a bracket or quotation mark whose partner is inside, a question mark, the
    dot of an abbreviation among others.
    """
    start, end = tokens[run.first].start, tokens[run.end - 1].end
    limit = tokens[run.end].start if run.end < len(tokens) else len(text)
    for at in range(end, min(limit, end + _MORE)):
        char, inside = text[at], text[start:at]
        if char in _ENDS or (char in _OPENERS and _is_open(char, inside)):
            end = at + 1
        elif char == "." and run.label in _ABBREVIATED and "." in inside:
            end = at + 1
            break
        else:
            break
    before = text[start - 1 : start]
    if before in _CLOSERS and _CLOSERS[before] in text[start : end - 1]:
        inside = text[start:end]
        closer = _CLOSERS[before]
        if before == closer or inside.count(closer) > inside.count(before):
            start -= 1
    return Span(start, end)


def _is_open(closer: str, inside: str) -> bool:
    opener = _OPENERS[closer]
    if opener == closer:
        return inside.count(opener) % 2 == 1
    return inside.count(opener) > inside.count(closer)
