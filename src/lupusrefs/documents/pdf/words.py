"""Glyphs -> words: what stands together on one baseline, with nothing between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lupusrefs.documents.pdf.boxes import Glyph

# In parts of the size of the font.
_SAME_BASELINE: Final = 0.08
_GAP: Final = 0.45
_BACK: Final = 0.2

# Spacing accents, as TeX's old fonts have them, and what they put on a letter.
_ACCENTS: Final = {
    "`": "\u0300",
    "´": "\u0301",
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "¨": "\u0308",
    "˚": "\u030a",
    "˝": "\u030b",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˛": "\u0328",
}
_WITH_DOT: Final = {"ı": "i", "ȷ": "j"}


@dataclass(slots=True)
class Word:
    """A word, or a part of one on its own baseline, such as an exponent.

    Attributes:
        glyphs: what it consists of, in order; never empty.
        number: of the word among those of the page.
        is_parted: whether the file has a blank between the word before and this one.
    """

    glyphs: list[Glyph]
    number: int
    is_parted: bool
    left: float = field(init=False)
    right: float = field(init=False)
    baseline: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        first = self.glyphs[0]
        self.left = first.left
        self.right = max(glyph.right for glyph in self.glyphs)
        self.baseline = first.baseline
        self.size = first.size

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def turn(self) -> int:
        """How its glyphs are turned."""
        return self.glyphs[0].turn

    @property
    def middle(self) -> float:
        """About the middle of its small letters."""
        return self.baseline + self.size / 4


def words(glyphs: Sequence[Glyph]) -> list[Word]:
    """The words of a page, in the order in which they are drawn."""
    found: list[Word] = []
    run: list[Glyph] = []
    is_parted = blank_since = False
    # pdfium spells ligatures out, and leaves accents as they are drawn.
    has_accents = not _ACCENTS.keys().isdisjoint({glyph.char for glyph in glyphs})
    for glyph in _composed(glyphs) if has_accents else glyphs:
        if glyph.char == " ":
            blank_since = True
            continue
        if run and (blank_since or not _goes_on(run[-1], glyph)):
            found.append(Word(run, len(found), is_parted))
            run, is_parted = [], blank_since
        run.append(glyph)
        blank_since = False
    if run:
        found.append(Word(run, len(found), is_parted))
    return found


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = last.size
    return (
        glyph.turn == last.turn
        and abs(glyph.baseline - last.baseline) <= _SAME_BASELINE * size
        and glyph.left - last.right <= _GAP * size
        # The letters of a ligature all stand at its place.
        and glyph.left >= last.left - _BACK * size
    )


# --- accents that are glyphs of their own --------------------------------------


def _composed(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs with accents put on the letters that they stand over."""
    at = 0
    while at < len(glyphs):
        glyph = glyphs[at]
        following = at + 1
        if (
            glyph.char in _ACCENTS
            and following + 1 < len(glyphs)
            and glyphs[following].char == " "
        ):
            following += 1  # pdfium takes the step back to the letter for a blank
        one = _one_letter(glyph, glyphs[following : following + 1])
        if one is None:
            yield glyph
            at += 1
        else:
            yield one
            at = following + 1


def _one_letter(glyph: Glyph, following: Sequence[Glyph]) -> Glyph | None:
    """An accent and its letter as one glyph, in whichever order they are drawn."""
    for other in following:
        accent, letter = (glyph, other) if glyph.char in _ACCENTS else (other, glyph)
        mark = _ACCENTS.get(accent.char)
        if mark is None or not letter.char.isalpha() or not _is_over(accent, letter):
            continue
        base = _WITH_DOT.get(letter.char, letter.char)
        char = unicodedata.normalize("NFC", base + mark)
        if len(char) == 1:
            return letter._replace(char=char)
    return None


def _is_over(accent: Glyph, letter: Glyph) -> bool:
    middle = (accent.left + accent.right) / 2
    return accent.turn == letter.turn and letter.left < middle < letter.right
