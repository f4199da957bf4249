"""The annotated reference strings of the corpus, in the labels of the parser.

Two sources, two habits. AnyStyle's segments cover the whole string, with punctuation
and the words that name a field ("In", "pp.", "eds."); volume and issue are one
segment. GROBID's leave both out, as segments of no label. Here every word gets a
label; the words that name a field get the label of that field.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.freetext import lexicon
from lupusrefs.freetext.identifiers import find_identifiers
from lupusrefs.freetext.runs import label_runs
from lupusrefs.freetext.tokens import Token, tokenise

SOURCES: Final = ("anystyle", "grobid")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a reference as it was annotated; no label where it has none."""

    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated reference.

    Attributes:
        text: the reference.
        source: ``anystyle``, ``grobid`` or ``rendered``.
        subset: the source's own division of its rows.
        tokens: its words.
        labels: the label of each word.
        segments: as it was annotated, for a strict comparison.
    """

    text: str
    source: str
    subset: str
    tokens: tuple[Token, ...]
    labels: tuple[str, ...]
    segments: tuple[Segment, ...] = ()

    @property
    def half(self) -> int:
        """0 or 1: near-duplicates are in the same half, whatever their source."""
        letters = re.sub(r"[\W_]+", "", self.text.lower())
        key = re.sub(r"^\d+", "", letters)[:50] or letters
        return hashlib.sha256(f"halves of lupusrefs:{key}".encode()).digest()[7] & 1


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
        labels = _from_anystyle(text, tokens, mapped)
    else:
        labels = _from_grobid(text, tokens, mapped)
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


# --- what both have ------------------------------------------------------------

_KINDS: Final = {"DOI": l.DOI, "URL": l.URL, "status": l.STATUS}
_ACCESS: Final = re.compile(
    r"retriev|access|availab|consult|dispon|abgerufen|zugriff|visited|viewed|cited"
    r"|download|aufgerufen|^url|en ligne|last modified|geraadpleegd|acesso",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(
    r"(?<!university )(?:in|im) (?:press|druck|stampa|prensa)|forthcoming|submitted"
    r"|in prep|ahead of|epub|unpublished|accepted|à para[iî]tre|soumis|in impression"
    r"|erscheint|in revision|under review|to appear",
    re.IGNORECASE,
)
_EDITION: Final = re.compile(r"\b(?:ed|edn|edition|édition|aufl)\b", re.IGNORECASE)
_GENRE: Final = re.compile(
    r"\b(?:thesis|dissertation|report|thèse|preprint|mimeo|tesis|working paper)\b",
    re.IGNORECASE,
)


_SHORT: Final = 4  # words of a note that says one thing


def _note(words: str) -> str:
    """What a note is, where it is one of the things that have a label."""
    is_short = len(words.split()) <= _SHORT
    if _STATUS.search(words):
        return l.STATUS
    if _ACCESS.search(words):
        return l.ACCESSED
    if _EDITION.search(words) and is_short:
        return l.EDITION
    if _GENRE.search(words) and is_short:
        return l.GENRE
    return l.NOTE


def identified(token: Token, label: str) -> str:
    """The label of a word; that of an identifier is its kind's."""
    if not token.kind:
        return label
    return _KINDS.get(token.kind, l.IDENTIFIER)


# --- AnyStyle --------------------------------------------------------------------

_ANYSTYLE: Final = {
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


def _from_anystyle(
    text: str, tokens: Sequence[Token], mapped: Sequence[tuple[int, str | None]]
) -> list[str]:
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
            labels += [_note(words)] * len(part)
        elif label in {"url", "doi"}:
            labels += _link_labels(part, _ANYSTYLE[label])
        elif label == "date" and _STATUS.search(words):
            labels += [l.STATUS] * len(part)
        elif label == "genre" and words.lower() in {"web", "en ligne", "online"}:
            labels += [l.NOTE] * len(part)
        else:
            labels += [_ANYSTYLE[label]] * len(part)
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


# --- GROBID ----------------------------------------------------------------------

_GROBID: Final = {
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


def _from_grobid(
    text: str, tokens: Sequence[Token], mapped: Sequence[tuple[int, str | None]]
) -> list[str]:
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
        return _note(words)
    return _GROBID.get(label, l.OTHER)


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
            elif _ACCESS.search(word):
                labels[at] = l.ACCESSED
        # what is neither ends the reach of the field before
        if labels[at] == l.OTHER:
            previous = None
    return labels


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
    "anystyle": _ANYSTYLE,
    "grobid": {**_GROBID, "title.m": l.TITLE},
}
