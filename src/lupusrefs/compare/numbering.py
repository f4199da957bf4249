"""Volumes and issues in the form in which they are compared (comparison.md, 2.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lupusrefs.compare.text import clean, fold

Span = tuple[int, int]

# Nobody numbers longer; what follows is not read.
_LONGEST: Final = 120
_MOST_TOKENS: Final = 40
_MOST_SPANS: Final = 8
# A combined volume or issue is of so many at most; beyond that only the ends count.
_WIDEST: Final = 60

_TOKEN: Final = re.compile(r"[0-9]{1,18}|[^\W\d_]+|[-/&+,;:.()\[\]°]")
_DASHES: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_LABELS: Final = frozenset(
    "vol vols volume volumes volumen bd bde band bande jg jahrg jahrgang tome tomo tom"  # noqa: SIM905 - a list of words
    " rocznik cilt nos no nr num number numbers numero issue issues iss heft heften"
    " fasc fascicle sayi art article chapter chap".split()
)
# Labels only before a number or a full stop: the letters mean other things, too.
_SHORT_LABELS: Final = frozenset("vnthj")
_SUPPLEMENT: Final = re.compile(r"su?pp?l?|su?ppl?em\w*|sup")
_MONTHS: Final = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august"  # noqa: SIM905 - a list of words
    " sep sept september oct october nov november dec december spring summer autumn"
    " fall winter".split()
)
_S: Final = "s"
_ROMAN: Final = re.compile(
    r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"
)
# Alone, these are numbers; C, D, L and M are the letters of a supplement.
_ROMAN_LETTERS: Final = frozenset("ivx")
_ROMAN_VALUES: Final = {
    "i": 1,
    "v": 5,
    "x": 10,
    "l": 50,
    "c": 100,
    "d": 500,
    "m": 1000,
}


@dataclass(frozen=True, slots=True)
class Numbering:
    """A volume or an issue.

    Attributes:
        spans: the numbers, each as first and last of a range.
        letters: single letters before or behind, such as the part B of ``312B``.
        supplement: None if it is no supplement; else its number or letter, empty
            where it has none.
        inner: numbers that stand in brackets or behind a full stop: ``132(4)``.
        words: what else there is.
        is_dated: whether it is named by a month or season.
    """

    spans: tuple[Span, ...] = ()
    letters: frozenset[str] = frozenset()
    supplement: str | None = None
    inner: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    is_dated: bool = False

    @property
    def is_comparable(self) -> bool:
        """Whether it has a number, or the place of one."""
        if self.is_dated:
            return False
        return bool(self.spans) or self.supplement is not None

    @property
    def is_zero(self) -> bool:
        """Whether it says 0, which registries write for none."""
        return self.spans == ((0, 0),) and not (self.letters or self.inner)

    @property
    def _has_more(self) -> bool:
        """Whether it says anything but numbers."""
        is_supplement = self.supplement is not None
        return bool(is_supplement or self.letters or self.inner or self.words)

    def __str__(self) -> str:
        """Its normal form."""
        if len(self.spans) == 1 and not self._has_more:
            first, last = self.spans[0]
            return f"{first}" if first == last else f"{first}-{last}"
        numbers = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in self.spans)
        parts = [numbers + "".join(sorted(self.letters))]
        if self.supplement is not None:
            parts.append(f"suppl {self.supplement}")
        parts.extend(f"({number})" for number in self.inner)
        parts.extend(self.words)
        return " ".join(part.strip() for part in parts if part)


def roman(text: str) -> int | None:
    """The value of a Roman numeral in small letters, or None.

    >>> roman("xxx"), roman("xl"), roman("mix"), roman("dim")
    (30, 40, 1009, None)
    """
    if not _ROMAN.fullmatch(text):
        return None
    total = 0
    values = [_ROMAN_VALUES[letter] for letter in text]
    for value, following in zip(values, [*values[1:], 0], strict=False):
        total += value if value >= following else -value
    return total


@lru_cache(maxsize=4096)
def parse_numbering(text: str) -> Numbering:
    """Read a volume or issue; what cannot be read is among its ``words``.

    >>> str(parse_numbering("Vol. 25(Suppl 1)")), str(parse_numbering("15_suppl"))
    ('25 suppl 1', '15 suppl')
    """
    text = text[:_LONGEST]
    folded = fold(clean(text)).translate(_DASHES)
    if len(folded) <= len("999999999") and folded.isdecimal() and folded.isascii():
        number = int(folded)
        return Numbering(((number, number),))
    tokens = _TOKEN.findall(folded)[:_MOST_TOKENS]
    tokens = _without_labels(tokens)
    if not any(token.isdecimal() for token in tokens):
        tokens = _from_roman(tokens)
    elif tokens[1:2] == ["("] and (value := roman(tokens[0])):
        tokens[0] = str(value)  # "XX(3)"
    return _Reader(tokens).read()


def _without_labels(tokens: list[str]) -> list[str]:
    kept: list[str] = []
    for token, following in zip(tokens, [*tokens[1:], ""], strict=False):
        if token in _LABELS:
            continue
        labels = following in {".", "°"} or following.isdecimal()
        if token in _SHORT_LABELS and labels and not kept:
            continue
        kept.append(token)
    return kept


def _from_roman(tokens: list[str]) -> list[str]:
    """Roman numerals as Arabic ones, if there is nothing else."""
    letters = [token for token in tokens if token.isalpha()]
    values = [roman(token) for token in letters]
    if not letters or None in values:
        return tokens
    return [str(roman(token)) if token.isalpha() else token for token in tokens]


class _Reader:
    """Reads the tokens of one volume or issue from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._spans: list[Span] = []
        self._letters: set[str] = set()
        self._supplement: str | None = None
        self._inner: list[int] = []
        self._words: list[str] = []

    def read(self) -> Numbering:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.isdecimal():
                self._read_number(token)
            elif token.isalpha():
                self._read_word(token)
        return Numbering(
            spans=tuple(self._spans),
            letters=frozenset(self._letters),
            supplement=self._supplement,
            inner=tuple(self._inner),
            words=tuple(self._words),
            is_dated=any(word in _MONTHS for word in self._words),
        )

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else ""

    def _read_number(self, token: str) -> None:
        number = int(token)
        if self._spans:
            self._inner.append(number)
            return
        self._spans.append(self._span(token))
        # "59 & 60", "3+4", "1/2": further volumes, not something within the first.
        while self._peek() in {"&", "+", "/"} and self._peek(1).isdecimal():
            if len(self._spans) == _MOST_SPANS:
                break
            self._at += 1
            following = self._tokens[self._at]
            self._at += 1
            self._spans.append(self._span(following))

    def _span(self, token: str) -> Span:
        """The number, or the range that begins with it."""
        first = int(token)
        if self._peek() not in {"-", "/"} or not self._peek(1).isdecimal():
            return first, first
        shortened = self._peek(1)
        last = int(shortened)
        if last < first and len(shortened) < len(token):
            last = int(token[: -len(shortened)] + shortened)
        if last < first:
            return first, first
        self._at += 2
        return first, last

    def _read_word(self, token: str) -> None:
        if _SUPPLEMENT.fullmatch(token) or self._is_s(token):
            self._read_supplement()
        elif len(token) == 1:
            self._letters.add(token)
        else:
            self._words.append(token)

    def _is_s(self, token: str) -> bool:
        """``S1``, ``S-3`` and ``55s``; the letter of any other place is a series."""
        ahead = 1 if self._peek() == "-" else 0
        followed = self._peek(ahead).isdecimal()
        return token == _S and (bool(self._spans) or followed)

    def _read_supplement(self) -> None:
        self._supplement = self._supplement or ""
        while self._peek() and self._peek() in "-.:°":
            self._at += 1
        token = self._peek()
        if token.isdecimal():
            self._supplement = str(int(token))
        elif token in _ROMAN_LETTERS or (len(token) > 1 and roman(token)):
            self._supplement = str(roman(token))
        elif len(token) == 1 and token.isalpha():
            self._supplement = token
        else:
            return
        self._at += 1


def agreement(cited: Numbering, registered: Numbering) -> str | None:
    """Why two numberings are the same: empty if they simply are, None if not."""
    if cited == registered:
        return ""
    if cited.is_dated or registered.is_dated:
        return None
    if not (cited.spans and registered.spans):
        return _of_supplements(cited, registered)
    if _overlap(cited.spans, registered.spans):
        return _of_numbers(cited, registered)
    is_inner = _overlap(cited.spans, _as_spans(registered.inner))
    return "continuous number" if is_inner else None


def _of_numbers(cited: Numbering, registered: Numbering) -> str | None:
    """The numbers are the same; parts and supplements may not be."""
    if cited.letters and registered.letters and cited.letters != registered.letters:
        return None
    if cited.supplement and registered.supplement:
        if cited.supplement != registered.supplement:
            return None
    elif cited.supplement != registered.supplement:
        return "supplement not named in full"
    if cited.letters != registered.letters:
        return "part letter omitted"
    return "" if cited.spans == registered.spans else "combined number"


def _of_supplements(cited: Numbering, registered: Numbering) -> str | None:
    """At least one is a supplement without the number of an issue."""
    if not cited.spans and not registered.spans:
        return _of_bare_supplements(cited.supplement, registered.supplement)
    bare, full = (registered, cited) if cited.spans else (cited, registered)
    if bare.supplement is None:
        return None
    if not bare.supplement or bare.supplement == full.supplement:
        return "supplement not named in full" if full.supplement is not None else None
    if full.supplement:
        return None
    # "1_supplement" and "S1", and "1" beside "S1" (comparison.md B79).
    if bare.supplement.isdecimal() and _overlap(
        full.spans, _as_spans([int(bare.supplement)])
    ):
        return "another spelling of the supplement"
    return None


def _of_bare_supplements(cited: str | None, registered: str | None) -> str | None:
    if cited is None or registered is None:
        return None
    if cited == registered:
        return ""
    return None if cited and registered else "supplement not named in full"


def _as_spans(numbers: tuple[int, ...] | list[int]) -> tuple[Span, ...]:
    return tuple((number, number) for number in numbers)


def _overlap(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(_meet(one, other) for one in some for other in others)


def _meet(one: Span, other: Span) -> bool:
    """Whether one is the other, or a part of it; "4-6" is no part of "5-7"."""
    if one[0] < one[1] and other[0] < other[1]:
        return one == other
    if max(one[1] - one[0], other[1] - other[0]) > _WIDEST:
        return one[0] == other[0]
    return one[0] <= other[1] and other[0] <= one[1]


def in_full(numbering: Numbering, supplement: str | None) -> Numbering:
    """With the supplement that another field names."""
    if supplement is None or numbering.supplement:
        return numbering
    return replace(numbering, supplement=supplement)
