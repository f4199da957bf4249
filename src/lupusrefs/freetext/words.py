"""What a word of a reference looks like: features that do not depend on its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lupusrefs.freetext import lexicon

_KEPT: Final = 40_000  # words whose features are remembered
_LONGEST: Final = 24  # characters of a word that are looked at
_YEAR_DIGITS: Final = 4
_MANY_DIGITS: Final = 7
_COUNTED: Final = 9  # letters of a word that are counted
_STEMS: Final = (3, 4)  # letters of its ends that are told

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
    ("oth", lexicon.OTHERS),
    ("bod", lexicon.BODIES),
    ("mon", frozenset(lexicon.MONTHS)),
)


def _classes() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for name, members in _LEXICA:
        for word in sorted(members):
            words.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in words.items()}


_CLASSES: Final = _classes()


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and what the model is told of it wherever it stands.

    Attributes:
        text: the word, or the kind of an identifier.
        own: features of the word itself.
        of_previous: what the word behind it is told of it.
        of_next: what the word before it is told of it.
        shape: its capitals and digits, in a few classes.
        classes: the lists of words that it is in, joined.
    """

    text: str
    own: tuple[str, ...]
    of_previous: tuple[str, ...]
    of_next: tuple[str, ...]
    shape: str
    classes: str

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit, or is a range."""
        return self.shape[0] == "d" and self.shape != "dash"

    @property
    def is_year(self) -> bool:
        """Whether it is four digits that may be a year."""
        return self.shape == "d4year"


EDGE: Final = Word("", (), ("-s=^",), ("+s=$",), "^$", "")


@lru_cache(maxsize=_KEPT)
def word(text: str, kind: str) -> Word:
    """What is told of a word.

    Args:
        text: as written.
        kind: the kind of identifier that it is, else empty.
    """
    if kind:
        known = f"id={kind}"
        return Word("", (known,), (f"-{known}",), (f"+{known}",), kind, kind)
    text = text[:_LONGEST]
    lower, shape = text.lower(), _shape(text)
    classes = _CLASSES.get(lower, ())
    shown = f"{shape}{_number(text)}"
    told = [f"s={shown}", *(f"c={name}" for name in classes)]
    # A number is what it looks like; only words are known by their letters.
    if shape[0] != "d" or shape in {"dash", "dth"}:
        told.append(f"w={lower}")
        own = (*told, *_stems(lower), f"n={min(len(lower), _COUNTED)}")
    else:
        own = (*told,)
    before = tuple(f"-{feature}" for feature in told)
    after = tuple(f"+{feature}" for feature in told)
    return Word(text, own, before, after, shown, "/".join(classes))


def _stems(lower: str) -> list[str]:
    """The ends of a word that is longer than they are."""
    return [
        stem
        for count in _STEMS
        if len(lower) > 2 * count - 3
        for stem in (f"p={lower[:count]}", f"q={lower[-count:]}")
    ]


def _shape(word: str) -> str:
    """What a word looks like, in a few classes."""
    if word.isdigit():
        return f"d{len(word)}" if len(word) < _MANY_DIGITS else "d+"
    if any(char.isdigit() for char in word):
        return _shape_with_digits(word)
    first = word[0]
    if not first.isalnum():
        return "dash"
    if word.isupper():
        return "A" * min(len(word), 4)
    if word.islower():
        return "aa" if len(word) > 1 else "a"
    if first.isupper():
        if word[1:].islower():
            return "Aa"
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
    """Which number it may be: a year, years, a roman one."""
    if _YEAR.fullmatch(word):
        return "year" if len(word) == _YEAR_DIGITS else "yeara"
    if _YEARS.fullmatch(word):
        return "years"
    return "roman" if _ROMAN.fullmatch(word) else ""
