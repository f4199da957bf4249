"""GROBID's segments as labels of the parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from freetext_example import ACCESS, identified, note_label
from lupusrefs.freetext import labels as l
from lupusrefs.freetext import lexicon
from lupusrefs.freetext.runs import label_runs
from lupusrefs.freetext.tokens import Token

GROBID: Final = {
    "author": l.AUTHOR,
    "editor": l.EDITOR,
    "title.a": l.TITLE,
    "title.?": l.TITLE,
    "title.j": l.CONTAINER,
    "title.s": l.COLLECTION,
    "date": l.ISSUED,
    "scope.date": l.ISSUED,
    "scope.volume": l.VOLUME,
    "scope.vol": l.VOLUME,
    "volumes": l.VOLUME,
    "scope.issue": l.ISSUE,
    "scope.page": l.PAGE,
    "scope.pp": l.PAGE,
    "scope.pages": l.PAGE,
    "publisher": l.PUBLISHER,
    "publishe": l.PUBLISHER,
    "pubPlace": l.PLACE,
    "pubplace": l.PLACE,
    "note.report": l.GENRE,
    "idno.report": l.NUMBER,
    "idno.?": l.NUMBER,
    "idno.doi": l.DOI,
    "url": l.URL,
    "idno.arxiv": l.IDENTIFIER,
    "idno.arxive": l.IDENTIFIER,
    "idno.isbn": l.IDENTIFIER,
    "idno.issn": l.IDENTIFIER,
    "idno.pmid": l.IDENTIFIER,
}
_BEFORE: Final = (
    (lexicon.VOLUME_WORDS | {"제", "第"}, {l.VOLUME}),
    (lexicon.ISSUE_WORDS | {"제", "第"}, {l.ISSUE}),
    (lexicon.PAGE_WORDS, {l.PAGE}),
    (lexicon.IN, {l.CONTAINER, l.EDITOR, l.COLLECTION}),
    (lexicon.EDITOR_WORDS | {"by"}, {l.EDITOR}),
    ({"doi", "http", "https", "org", "dx"}, {l.DOI}),
    ({"url", "http", "https"}, {l.URL}),
    ({"isbn", "issn", "pmid", "arxiv"}, {l.IDENTIFIER}),
    ({"the", "of"}, {l.CONTAINER, l.COLLECTION}),
)
_BEHIND: Final = (
    (lexicon.EDITOR_WORDS, {l.EDITOR}),
    (frozenset(("et", "al")), {l.AUTHOR, l.EDITOR}),
    (frozenset(("권", "집", "卷", "巻")), {l.VOLUME}),
    (frozenset(("호", "号", "期")), {l.ISSUE}),
    (frozenset(("쪽", "면", "pp", "p", "页")), {l.PAGE}),
)


_OF_ARTICLES: Final = frozenset(
    (
        *("title.a", "title.?", "title.m"),
        *("scope.issue", "scope.page", "scope.pp", "scope.pages"),
    )
)
_OF_BOOKS: Final = frozenset(
    (
        *("publisher", "publishe", "pubPlace", "pubplace"),
        *("orgName", "idno.report", "note.report"),
    )
)


def from_grobid(
    text: str, tokens: Sequence[Token], mapped: Sequence[tuple[int, str | None]]
) -> list[str]:
    """Our labels; of each word the number and the label of its segment are given."""
    kinds = {label for _, label in mapped}
    has_article = bool(kinds & {"title.a", "title.?"})
    is_book = not kinds & _OF_ARTICLES and bool(kinds & _OF_BOOKS)
    seen_in = False
    names: list[str | None] = []
    seen_title = False
    first = 0
    for at in range(1, len(tokens) + 1):
        if at < len(tokens) and mapped[at][0] == mapped[first][0]:
            continue
        label = mapped[first][1]
        words = text[tokens[first].start : tokens[at - 1].end]
        seen_title = seen_title or (label or "").startswith("title")
        if label is None:
            seen_in = seen_in or words.lower().split()[-1] == "in"
        name = _grobid_label(
            label,
            words,
            article=has_article or seen_in,
            after=seen_title,
            book=is_book,
        )
        names += [name] * (at - first)
        first = at
    labels = _with_names(tokens, names)
    _mend_volume(labels)
    return [
        identified(token, label) for token, label in zip(tokens, labels, strict=True)
    ]


def _mend_volume(labels: list[str]) -> None:
    """Of two "pages" around a year the first is the volume: "41 (2014) 093001"."""
    runs = list(label_runs(labels))
    if l.VOLUME in labels:
        return
    for one, date, other in zip(runs, runs[1:], runs[2:], strict=False):
        kinds = (one.label, date.label, other.label)
        if kinds == (l.PAGE, l.ISSUED, l.PAGE) and one.end - one.first == 1:
            labels[one.first] = l.VOLUME


def _grobid_label(
    label: str | None, words: str, *, article: bool, after: bool, book: bool
) -> str | None:
    if label is None:
        return None
    if label == "title.j" and book:
        # A book by what stands beside it: "Mechanics (Moscow: ...)".
        return l.TITLE
    if label == "title.m":
        return l.CONTAINER if article else l.TITLE
    if label == "orgName":
        return l.PUBLISHER if after else l.AUTHOR
    if label == "note":
        return note_label(words)
    return GROBID.get(label, l.OTHER)


def _with_names(tokens: Sequence[Token], names: Sequence[str | None]) -> list[str]:
    """Words without a label get that of the field which they name."""
    labels: list[str] = [name or l.OTHER for name in names]
    following: str | None = None
    for at in range(len(tokens) - 1, -1, -1):
        if names[at] is not None:
            following = names[at]
            continue
        word = tokens[at].text.lower()
        if any(word in words and following in fields for words, fields in _BEFORE):
            labels[at] = following or l.OTHER
    previous: str | None = None
    for at, token in enumerate(tokens):
        if names[at] is not None:
            previous = names[at]
        elif labels[at] == l.OTHER:
            word = token.text.lower()
            if any(word in words and previous in fields for words, fields in _BEHIND):
                labels[at] = previous or l.OTHER
            elif ACCESS.search(word):
                labels[at] = l.ACCESSED
        # what is neither ends the reach of the field before
        if labels[at] == l.OTHER:
            previous = None
    return labels
