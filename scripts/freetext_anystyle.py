"""AnyStyle's segments as labels of the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from freetext_example import STATUS, identified, note_label
from lupusrefs.freetext import labels as l
from lupusrefs.freetext import lexicon
from lupusrefs.freetext.tokens import Token

ANYSTYLE: Final = {
    "volume": l.VOLUME,
    "author": l.AUTHOR,
    "director": l.AUTHOR,
    "producer": l.AUTHOR,
    "editor": l.EDITOR,
    "translator": l.TRANSLATOR,
    "title": l.TITLE,
    "journal": l.CONTAINER,
    "container-title": l.CONTAINER,
    "source": l.CONTAINER,
    "collection-title": l.COLLECTION,
    "date": l.ISSUED,
    "pages": l.PAGE,
    "publisher": l.PUBLISHER,
    "location": l.PLACE,
    "edition": l.EDITION,
    "genre": l.GENRE,
    "medium": l.GENRE,
    "citation-number": l.CITATION_NUMBER,
    "doi": l.DOI,
    "url": l.URL,
    "isbn": l.IDENTIFIER,
}
_IN: Final = frozenset(("in", "en", "dans"))


def from_anystyle(
    text: str, tokens: Sequence[Token], mapped: Sequence[tuple[int, str | None]]
) -> list[str]:
    """Our labels; of each word the number and the label of its segment are given."""
    labels: list[str] = []
    first = 0
    has_pages = any(label == "pages" for _, label in mapped)
    for at in range(1, len(tokens) + 1):
        if at < len(tokens) and mapped[at][0] == mapped[first][0]:
            continue
        part, label = tokens[first:at], mapped[first][1] or ""
        words = text[part[0].start : part[-1].end]
        if label == "volume":
            labels += volume_labels(text, tokens, first, at, has_pages=has_pages)
        elif label == "note":
            labels += [note_label(words)] * len(part)
        elif label in {"url", "doi"}:
            labels += _link_labels(part, ANYSTYLE[label])
        elif label == "date" and STATUS.search(words):
            labels += [l.STATUS] * len(part)
        elif label == "genre" and words.lower() in {"web", "en ligne", "online"}:
            labels += [l.NOTE] * len(part)
        else:
            labels += [ANYSTYLE[label]] * len(part)
        first = at
    labels = [
        identified(token, label) for token, label in zip(tokens, labels, strict=True)
    ]
    return _in_forward(text, tokens, labels)


def _link_labels(part: Sequence[Token], label: str) -> Iterator[str]:
    """Words around a link say where something is, or when it was looked at."""
    if not any(token.kind for token in part):
        yield from [label] * len(part)
        return
    for token in part:
        named = token.text.lower() in {"doi", "url", "http", "https"}
        yield label if token.kind or named else l.ACCESSED


def _in_forward(text: str, tokens: Sequence[Token], labels: list[str]) -> list[str]:
    """An "in" at the end of a title belongs to what follows."""
    for at, token in enumerate(tokens[:-1]):
        if (
            labels[at] == l.TITLE
            and labels[at + 1] in {l.CONTAINER, l.EDITOR}
            and token.text.lower() in _IN
            and (not text[token.end : tokens[at + 1].start].strip(" :"))
        ):
            labels[at] = labels[at + 1]
    return labels


_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def volume_labels(
    text: str, tokens: Sequence[Token], first: int, end: int, *, has_pages: bool
) -> list[str]:
    """Volume, issue and pages of a segment that has them all under one name."""
    labels: list[str] = []
    now, bracket = l.VOLUME, False
    seen_number = False
    for at in range(first, end):
        token = tokens[at]
        before = text[tokens[at - 1].end : token.start] if at > first else ""
        behind = text[token.end : token.end + 2]
        if at == first and behind[:1] == ";" and _YEAR.fullmatch(token.text):
            # "2009;5: 1882-1889" is one word to AnyStyle.
            labels.append(l.ISSUED)
            continue
        is_number = any(char.isdigit() for char in token.text)
        if ")" in before and bracket:
            bracket = False
            now = l.PAGE if ":" in before and not has_pages else l.VOLUME
        if named := _named_by(token.text.lower(), behind, numbered=seen_number):
            now = named
        elif seen_number and "(" in before:
            now, bracket = l.ISSUE, True
        elif seen_number and is_number:
            is_last = not has_pages and at == end - 1
            now = _numbered_by(before.strip(), now, is_last=is_last)
        seen_number = seen_number or is_number
        labels.append(now)
    return labels


def _named_by(word: str, behind: str, *, numbered: bool) -> str | None:
    """The field that a word in a volume's segment announces."""
    is_sign = word == "n" and "°" in behind
    if is_sign or (word in lexicon.ISSUE_WORDS and (numbered or word not in _UNSURE)):
        return l.ISSUE
    if word in lexicon.PAGE_WORDS and numbered:
        return l.PAGE
    return l.VOLUME if word in lexicon.VOLUME_WORDS and not numbered else None


_UNSURE: Final = frozenset(("n", "h"))


def _numbered_by(before: str, now: str, *, is_last: bool) -> str:
    """What a further number is, by the punctuation before it."""
    if ":" in before:
        return l.PAGE if is_last else l.ISSUE
    return l.ISSUE if now == l.VOLUME and before in {".", "/", ","} else now
