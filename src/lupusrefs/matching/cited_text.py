"""A reference that is only text, ready to be searched for what is registered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lupusrefs.compare.text import WORD, clean, fold_word, readings, spelled

# No style makes a reference of one work longer; what follows is another text.
MAX_LENGTH: Final = 3_000
# An address says nothing that is registered, and has words in it that mislead.
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\bdoi:?\s*10\.\S+", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_HAS_DIGIT: Final = re.compile(r"\d")
# "189s" and "C562" are pages; "CO2" and "p53" may be.
_NUMBER: Final = re.compile(r"[a-z]{0,4}\d{1,9}[a-z]{0,3}")
_ORDINAL: Final = ("1st", "2nd", "3rd", "th")
_GLUED: Final = re.compile(r"([a-z]{1,4})(\d+)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        form: as it is compared.
        shown: as it is written.
        start: where it begins in the joined text.
        mark: what stands between it and the word before.
    """

    form: str
    shown: str
    start: int
    mark: str

    @property
    def end(self) -> int:
        """Where it ends in the joined text."""
        return self.start + len(self.form)

    @property
    def is_number(self) -> bool:
        """Whether it is a number, perhaps with letters around it."""
        form = self.form
        return _NUMBER.fullmatch(form) is not None and not form.endswith(_ORDINAL)

    @property
    def is_year(self) -> bool:
        """Whether it is a year, perhaps with a letter behind it."""
        return _YEAR.fullmatch(self.form) is not None

    @property
    def is_initials(self) -> bool:
        """Whether it may be the initials of somebody."""
        return len(self.form) <= _INITIALS and self.shown.isupper()


_INITIALS: Final = 3


@dataclass(frozen=True)
class CitedText:
    """The words of a reference string.

    Attributes:
        text: in one line, without markup and addresses.
        words: its words.
        joined: the same in one: spaces go astray on the way.
    """

    text: str
    words: tuple[Word, ...]
    joined: str

    @classmethod
    def of(cls, text: str) -> CitedText:
        """Take a text apart; of a very long one only the begin."""
        line = _ADDRESS.sub(" ", clean(text[:MAX_LENGTH]))
        line = " ".join(line.split())
        words = tuple(_words(spelled(line)))
        return cls(line, words, "".join(word.form for word in words))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(word.form for word in self.words)

    @cached_property
    def respelt(self) -> dict[str, int]:
        """``mueller`` of ``Müller``, and other ways to spell a word -> which one."""
        return {
            reading: at
            for at, word in enumerate(self.words)
            if not word.shown.isascii()
            for reading in readings(word.shown)
        }

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(word.end for word in self.words)

    def shown(self, span: range) -> str:
        """Some words as they are written, with what stands between them."""
        words = self.words[span.start : span.stop]
        return "".join(f"{word.mark}{word.shown}" for word in words).strip()

    def word_at(self, place: int) -> int:
        """The word within which a place of the joined text lies."""
        return bisect_right(self._ends, place)

    def find(self, joined: str) -> range | None:
        """The words that a joined text is made of, or None.

        A short text has to begin and to end where words do.
        """
        start = self.joined.find(joined) if joined else -1
        while start >= 0:
            first = self.word_at(start)
            last = self.word_at(start + len(joined) - 1)
            is_whole = self.words[first].start == start and self.words[
                last
            ].end == start + len(joined)
            if is_whole or len(joined) >= _LONG:
                return range(first, last + 1)
            start = self.joined.find(joined, start + 1)
        return None


_LONG: Final = 20


def _words(line: str) -> Iterator[Word]:
    start = position = 0
    for match in WORD.finditer(line):
        mark = line[position : match.start()]
        position = match.end()
        form = fold_word(match[0])
        for piece in filter(None, _pieces(form)):
            yield Word(piece, match[0], start, mark)
            start += len(piece)
            mark = ""


def _pieces(form: str) -> tuple[str, ...]:
    """``pp204`` is two words; ``c562`` is one."""
    if _HAS_DIGIT.search(form) and (glued := _GLUED.fullmatch(form)):
        letters, digits = glued.groups()
        if letters in _LABELS:
            return letters, digits
    return (form,)


_LABELS: Final = frozenset(("pp", "p", "vol", "no", "pg", "pgs", "pag", "nr", "bd"))
