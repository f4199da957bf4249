"""Mistakes in a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeAlias

from accuracy.case import Case, cited
from accuracy.planted.corruption import DOI, TITLE, Corruption, Plant, Skip
from accuracy.pool import Pool, letters
from accuracy.records import shown

Change: TypeAlias = Callable[[list[str], Random, Pool], list[str] | None]

_ENOUGH: Final = 3
_CONTENT: Final = re.compile(r"[A-Za-z]{4,}")
# In another language a translation can be meant.
_ENGLISH: Final = re.compile(r"\b(?:the|of|and|with|for)\b", re.IGNORECASE)
_FORMULA: Final = re.compile(r"<\w+:math|\$")
_SMALL_WORDS: Final = "with from that this into their between during under"
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_PAIRS: Final = (
    "increase:decrease increased:decreased increases:decreases increasing:"
    "decreasing high:low higher:lower positive:negative before:after male:female "
    "acute:chronic upper:lower left:right with:without early:late large:small "
    "short:long vivo:vitro inhibits:induces inhibition:activation strong:weak "
    "internal:external old:young men:women linear:nonlinear static:dynamic"
)
_ANTONYMS: Final = dict(pair.split(":") for pair in _PAIRS.split())
_OPPOSITES: Final = {**_ANTONYMS, **{b: a for a, b in _ANTONYMS.items()}}


def _digit_planted(case: Case, random: Random, pool: Pool) -> Case | Skip | None:
    """Another digit, but not in a formula (B08)."""
    if _FORMULA.search(case.work.title or ""):
        return None
    return _planted(_digit)(case, random, pool)


def _planted(change: Change) -> Plant:
    """A change of the words, unless the record has such a title as well."""

    def plant(case: Case, random: Random, pool: Pool) -> Case | Skip | None:
        title = case.reference.title or ""
        words = title.split(" ")
        # Of a shorter one nothing remains to know it by, if a word is another one.
        if len(words) < _ENOUGH:
            return None
        after = change(list(words), random, pool)
        if after is None or after == words:
            return None
        text = " ".join(after)
        if any(letters(text) == letters(shown(known)) for known in case.work.titles):
            return Skip.REGISTERED
        return cited(case, title=text)

    return plant


def _content(words: Sequence[str], *, inner: bool = False) -> list[int]:
    """Where content words stand; with ``inner`` neither first nor last."""
    places = range(1, len(words) - 1) if inner else range(len(words))
    return [
        at
        for at in places
        if _CONTENT.fullmatch(words[at]) and words[at].lower() not in _SMALL
    ]


def _replaced(words: list[str], random: Random, pool: Pool) -> list[str] | None:
    places = _content(words)
    new = _foreign_word(words, random, pool)
    if not (places and new):
        return None
    words[random.choice(places)] = new
    return words


def _inserted(words: list[str], random: Random, pool: Pool) -> list[str] | None:
    new = _foreign_word(words, random, pool)
    if not new:
        return None
    words.insert(random.randrange(1, len(words)), new)
    return words


def _foreign_word(words: Sequence[str], random: Random, pool: Pool) -> str | None:
    """A content word of another title, unlike every word of this one."""
    stems = {letters(word)[:5] for word in words}
    for _ in range(10):
        other = shown(pool.any_work(random).title or "").split(" ")
        places = _content(other)
        if places:
            word = other[random.choice(places)].lower()
            if letters(word)[:5] not in stems:
                return word
    return None


def _deleted(words: list[str], random: Random, _: Pool) -> list[str] | None:
    places = _content(words, inner=True)
    if not places:
        return None
    del words[random.choice(places)]
    return words


def _last_deleted(words: list[str], _: Random, __: Pool) -> list[str] | None:
    if len(words) < 5 or not _CONTENT.fullmatch(words[-1]):
        return None
    return words[:-1]


def _exchanged(words: list[str], random: Random, _: Pool) -> list[str] | None:
    places = _content(words)
    if len(places) < 2:
        return None
    one, other = random.sample(places, 2)
    words[one], words[other] = words[other], words[one]
    return words


def _antonym(words: list[str], random: Random, _: Pool) -> list[str] | None:
    places = [at for at, word in enumerate(words) if word.lower() in _OPPOSITES]
    if not places:
        return None
    at = random.choice(places)
    new = _OPPOSITES[words[at].lower()]
    words[at] = new.capitalize() if words[at][0].isupper() else new
    return words


def _digit(words: list[str], random: Random, _: Pool) -> list[str] | None:
    """Another digit in a number between other words."""
    places = [at for at in range(1, len(words) - 1) if re.search(r"\d", words[at])]
    if not places:
        return None
    at = random.choice(places)
    digits = [found.start() for found in re.finditer(r"\d", words[at])]
    where = random.choice(digits)
    old = words[at][where]
    new = random.choice([d for d in "123456789" if d != old])
    words[at] = words[at][:where] + new + words[at][where + 1 :]
    return words


def _number(words: list[str], random: Random, _: Pool) -> list[str] | None:
    """A content word made plural, or singular."""
    places = [
        at for at in _content(words) if not words[at].endswith(("ss", "is", "us"))
    ]
    if not places:
        return None
    at = random.choice(places)
    word = words[at]
    words[at] = word[:-1] if word.endswith("s") else f"{word}s"
    return words


def _letter(words: list[str], random: Random, _: Pool) -> list[str] | None:
    """A letter missing inside a long word."""
    places = [at for at in _content(words) if len(words[at]) >= 7]
    if not places:
        return None
    at = random.choice(places)
    where = random.randrange(2, len(words[at]) - 2)
    words[at] = words[at][:where] + words[at][where + 1 :]
    return words


def _other_title(_words: list[str], random: Random, pool: Pool) -> list[str] | None:
    return shown(pool.any_work(random).title or "").split(" ")


def _neighbours_title(case: Case, random: Random, pool: Pool) -> Case | Skip | None:
    """The title of another work of the journal, both in English."""
    other = pool.same_container(case.work, random)
    title = shown(other.title or "") if other else ""
    if not (_ENGLISH.search(title) and _ENGLISH.search(case.reference.title or "")):
        return None
    return _planted(lambda *_: title.split(" "))(case, random, pool)


_FIELD: Final = frozenset({"title"})
_CHANGES: Final[dict[str, tuple[Change, float | None]]] = {
    "title word replaced": (_replaced, 0.99),
    "title word deleted": (_deleted, 0.99),
    "title word inserted": (_inserted, 0.99),
    "title words exchanged": (_exchanged, 0.99),
    "antonym in the title": (_antonym, 0.99),
    "plural or singular": (_number, 0.99),
    "letter missing in the title": (_letter, 0.99),
    "last word of the title missing": (_last_deleted, None),
}
CORRUPTIONS: Final = (
    *(
        Corruption(name, "title", TITLE, _FIELD, _planted(change), bar=bar)
        for name, (change, bar) in _CHANGES.items()
    ),
    Corruption("digit in the title", "title", TITLE, _FIELD, _digit_planted, bar=0.99),
    *(
        Corruption(
            name, "title", TITLE | DOI, frozenset({"title", "DOI"}), plant, bar=bar
        )
        for name, plant, bar in (
            ("another title of the journal", _neighbours_title, 0.99),
            # It may be in another language: then a translation can be meant.
            ("any other title", _planted(_other_title), None),
        )
    ),
)
