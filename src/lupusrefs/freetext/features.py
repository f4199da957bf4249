"""What the model is told of every word of a reference.

A feature is a short text. What depends on a word alone is made once and kept; the rest
is about the punctuation around it, its place, and what has gone before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from lupusrefs.freetext import lexicon
from lupusrefs.freetext.tokens import Token

_KEPT: Final = 40_000  # words whose features are remembered
_LONGEST: Final = 24  # characters of a word that are looked at
_YEAR: Final = re.compile(r"(?:1[4-9]|20)\d\d[a-z]?")
_YEARS: Final = re.compile(r"(?:1[4-9]|20)\d\d[-–—/](?:\d{2}|\d{4})")
_RANGE: Final = re.compile(r"[A-Za-z]?\d+(?:[-–—−‐‑]{1,2}[A-Za-z]?\d+)")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th|e|er|ème|ª|º)", re.IGNORECASE)
_ROMAN: Final = re.compile(r"(?=.)[MDCLXVI]{1,7}|[xvi]{1,6}")
_LEXICA: Final = (
    ("in", lexicon.IN),
    ("vol", lexicon.VOLUME_WORDS),
    ("iss", lexicon.ISSUE_WORDS),
    ("pp", lexicon.PAGE_WORDS),
    ("eds", lexicon.EDITOR_WORDS),
    ("trs", lexicon.TRANSLATOR_WORDS),
    ("edn", lexicon.EDITION_WORDS),
    ("acc", lexicon.ACCESS_WORDS),
    ("sta", lexicon.STATUS_WORDS),
    ("gen", lexicon.GENRE_WORDS),
    ("pub", lexicon.PUBLISHER_WORDS),
    ("jou", lexicon.JOURNAL_WORDS),
    ("pla", lexicon.PLACES),
    ("par", lexicon.PARTICLES),
    ("mon", frozenset(lexicon.MONTHS)),
)


def _classes() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for name, lexicon_words in _LEXICA:
        for word in sorted(lexicon_words):
            words.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in words.items()}


_CLASSES: Final = _classes()


def _shape(word: str) -> str:
    """What a word looks like, in a few classes."""
    if word.isdigit():
        return (
            f"d{len(word)}" if len(word) <= 4 else f"d{'+' if len(word) > 6 else '5'}"
        )
    if any(char.isdigit() for char in word):
        return _shape_with_digits(word)
    first = word[0]
    if not first.isalnum():
        return "dash"
    if len(word) == 1:
        return "A" if first.isupper() else "a" if first.islower() else "c"
    if word.isupper():
        return "AA" if len(word) == 2 else "AAA" if len(word) == 3 else "AAAA"
    if word.islower():
        return "aa"
    if first.isupper() and word[1:].islower():
        return "Aa"
    if first.isupper():
        return "AxA" if any(char.islower() for char in word) else "A-A"
    return "aA" if first.islower() else "c"


def _shape_with_digits(word: str) -> str:
    if _RANGE.fullmatch(word):
        return "d-d"
    if _ORDINAL.fullmatch(word):
        return "dth"
    if word[0].isdigit():
        return "dx"
    return "Ad" if word[0].isupper() else "ad"


def _number(word: str) -> str:
    """Which number it may be: a year, a roman one."""
    if _YEAR.fullmatch(word):
        return "year" if len(word) == 4 else "yeara"
    if _YEARS.fullmatch(word):
        return "years"
    if _ROMAN.fullmatch(word):
        return "roman"
    return ""


@lru_cache(maxsize=_KEPT)
def word_features(
    word: str, kind: str
) -> tuple[list[str], list[str], list[str], str, str]:
    """The features of a word: its own, those it gives its neighbours, its class.

    Returns:
        What it is itself told of; what the next word is told of it; what the word
        before is told of it; its shape with its number; its classes, joined.
    """
    if kind:
        return [f"id={kind}"], [f"-id={kind}"], [f"+id={kind}"], kind, kind
    word = word[:_LONGEST]
    lower = word.lower()
    shape, number = _shape(word), _number(word)
    classes = _CLASSES.get(lower, ())
    shown = f"{shape}{number}"
    # A number is what it looks like; only words are known by their letters.
    has_letters = shape[0] != "d" or shape in ("dash", "dth")
    own = [f"s={shown}"]
    own += [f"c={name}" for name in classes]
    before, after = [f"-s={shown}"], [f"+s={shown}"]
    before += [f"-c={name}" for name in classes]
    after += [f"+c={name}" for name in classes]
    if has_letters:
        own += [f"w={lower}"]
        before.append(f"-w={lower}")
        after.append(f"+w={lower}")
        if len(lower) > 3:
            own += [f"p={lower[:3]}", f"q={lower[-3:]}"]
            if len(lower) > 5:
                own += [f"p={lower[:4]}", f"q={lower[-4:]}"]
        own.append(f"n={min(len(lower), 9)}")
    return own, before, after, shown, "/".join(classes)


# --- punctuation ---------------------------------------------------------------

_GAP: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞＂『』《》", '"'),
        **dict.fromkeys("‘’‚‛‹›`´「」", "'"),
        **dict.fromkeys("–—―−‐‑", "-"),
        **dict.fromkeys("，、", ","),
        **dict.fromkeys("（【〔［", "("),
        **dict.fromkeys("）】〕］", ")"),
        "。": ".",
        "：": ":",
        "；": ";",
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\r\n", " "),
    }
)
_TAG: Final = re.compile(r"</?[A-Za-z]{1,12}>")
_BLANKS: Final = re.compile(r" +")
_LONGEST_GAP: Final = 5


@lru_cache(maxsize=4_096)
def gap_shape(gap: str) -> str:
    """The punctuation between two words in a few characters.

    >>> gap_shape(".  “"), gap_shape("")
    ('._"', '')
    """
    gap = _BLANKS.sub(" ", _TAG.sub("", gap[:60]).translate(_GAP))
    gap = gap.replace(" .", ".").replace(" ,", ",").replace(" :", ":")
    return gap.replace(" ", "_")[:_LONGEST_GAP]


class _Marks:
    """The quotation marks and brackets that are open, word by word."""

    def __init__(self) -> None:
        self.quoted = ""
        self.bracket = ""
        self.quotes_seen = 0

    def read(self, gap: str) -> None:
        for char in gap:
            if char in "“„«〝『《":
                self._open('"')
            elif char in "”»〞』》":
                self._close('"')
            elif char in "‘‚‹「":
                self._open("'")
            elif char in "’›」":
                self._close("'")
            elif char in '"＂':
                self._toggle('"')
            elif char in "'`":
                self._toggle("'")
            elif char in "([{（【〔［":
                self.bracket = "[" if char in "[【［" else "("
            elif char in ")]}）】〕］":
                self.bracket = ""

    def _open(self, mark: str) -> None:
        if not self.quoted:
            self.quoted = mark
            self.quotes_seen += 1

    def _close(self, mark: str) -> None:
        if self.quoted == mark:
            self.quoted = ""

    def _toggle(self, mark: str) -> None:
        if self.quoted == mark:
            self.quoted = ""
        else:
            self._open(mark)


# --- the sequence --------------------------------------------------------------

_FAR: Final = 12  # words from either end that are counted


def features(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """The features of each word of a reference."""
    count = len(tokens)
    if not count:
        return []
    gaps = [text[: tokens[0].start]]
    gaps += [
        text[left.end : right.start]
        for left, right in zip(tokens, tokens[1:], strict=False)
    ]
    gaps.append(text[tokens[-1].end :])
    shapes = [gap_shape(gap) for gap in gaps]
    words = [word_features(token.text, token.kind) for token in tokens]
    memory = _memory(words, gaps)
    size = f"size={min(count // 6, 6)}"
    padded = [_EDGE, _EDGE, *words, _EDGE, _EDGE]
    rows: list[list[str]] = []
    for at in range(count):
        two_before, one_before, here, one_after, two_after = padded[at : at + 5]
        left, right, shown = shapes[at], shapes[at + 1], here[3]
        row = [
            *here[0],
            *one_before[1],
            *one_after[2],
            *memory[at],
            "b",
            f"l={left}",
            f"r={right}",
            f"lsr={left}|{shown}|{right}",
            f"ls-={one_before[3]}|{left}|{shown}",
            f"sr+={shown}|{right}|{one_after[3]}",
            f"--s={two_before[3]}|{one_before[3]}",
            f"++s={one_after[3]}|{two_after[3]}",
            f"-c-={two_before[4]}|{one_before[4]}|{here[4]}",
            f"+c+={here[4]}|{one_after[4]}|{two_after[4]}",
            f"-l={shapes[at - 1] if at else '^'}|{left}",
            f"+r={right}|{shapes[at + 2] if at + 2 <= count else '$'}",
            f"at={at if at < _FAR else min(_FAR + at // 8, 20)}",
            f"to={min(count - at, _FAR)}",
        ]
        if at < 2:
            row.append(size)
        rows.append(row)
    return rows


_EDGE: Final = ([], ["-s=^"], ["+s=$"], "^$", "")


def _memory(
    words: Sequence[tuple[list[str], list[str], list[str], str, str]],
    gaps: Sequence[str],
) -> list[list[str]]:
    """What has gone before each word: years, quotes, cues; and what is to come."""
    years = [at for at, word in enumerate(words) if word[3] == "d4year"]
    first_year = years[0] if years else -1
    last_year = years[-1] if years else -1
    quotes = sum(gap.count(char) for gap in gaps for char in '"“”«»')
    marks = _Marks()
    seen_in = seen_volume = seen_eds = lower_run = False
    numbers = 0
    rows: list[list[str]] = []
    for at, word in enumerate(words):
        marks.read(gaps[at])
        shape, classes = word[3], word[4]
        if at == first_year == last_year:
            place = "only"
        elif at == first_year:
            place = "first"
        elif at == last_year:
            place = "last"
        else:
            place = (
                "none"
                if first_year < 0
                else (
                    "before"
                    if at < first_year
                    else "after"
                    if at > last_year
                    else "amid"
                )
            )
        quote = f"{marks.quoted}{min(marks.quotes_seen, 2)}{'q' if quotes else ''}"
        stage = f"{place}|{quote}"
        rows.append(
            [
                f"yr={place}",
                f"qu={quote}",
                f"br={marks.bracket}|{shape}",
                f"st={stage}",
                f"me={'i' if seen_in else ''}{'v' if seen_volume else ''}"
                f"{'e' if seen_eds else ''}{'l' if lower_run else ''}",
                f"nu={min(numbers, 4)}|{shape}",
            ]
        )
        if "in" in classes and ("A" in shape[:1] or ":" in gaps[at + 1]):
            seen_in = True
        if "vol" in classes or "iss" in classes:
            seen_volume = True
        if "eds" in classes:
            seen_eds = True
        if shape == "aa" and "par" not in classes:
            lower_run = True
        if shape[0] == "d" and shape != "dash" and "year" not in shape:
            numbers += 1
    return rows
