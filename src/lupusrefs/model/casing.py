"""Title Case -> sentence case, in CSL rich text.

CSL wants titles in sentence case and makes Title Case of them where a style asks for it
(CSL 1.0.2 specification, "Title Case Conversion"); a ``nocase`` span keeps text from
that (citeproc-js manual, "HTML-like formatting tags"). BibTeX files in English have
their titles in Title Case, with braces around what no style may lower. Which capitals
are only Title Case's, ``capitals`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lupusrefs.model.capitals import (
    WORD,
    Part,
    is_all_capitals,
    is_title_case,
    parts_of,
)

_MARKUP: Final = re.compile(
    r"<(?P<close>/?)(?P<name>i|b|em|strong|sup|sub|sc|scp|span)\b(?P<rest>[^<>]{0,100})>"
    # A formula, by pandoc's rule for its dollars, as in ``markup``.
    r"|(?<!\\)\$(?!\s)[^$]{1,300}(?<![\s\\])\$(?!\d)",
    re.IGNORECASE,
)
_NOCASE: Final = re.compile(r"\s+class\s*=\s*[\"']?nocase\b", re.IGNORECASE)
# Title Case leaves them small (CSL 1.0.2, "Title Case Conversion").
_STOP_WORDS: Final = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to"  # noqa: SIM905 - a list of words
    " up via with yet".split()
)
# Where these begin with a capital, every small word of the title does.
_SMALL_WORDS: Final = frozenset(("Of", "The", "And", "In"))
# What stands for a formula where only words are looked at.
_FORMULA: Final = "\ufffc"


def sentence_case(title: str) -> str:
    """An English title in sentence case.

    A title that is in sentence case already, or in capitals throughout, stays as it is.
    Words keep their capitals that begin a sentence, have capitals or digits inside, are
    single letters, or are in a ``nocase`` span or in any other markup, which BibTeX
    leaves alone, too. The spans go, but for those that keep a small letter from
    becoming a capital.

    >>> sentence_case('Repair of <span class="nocase">DNA</span> in Living Cells')
    'Repair of DNA in living cells'
    """
    if "<" in title or "$" in title:
        rich = _RichTitle(title)
        return rich.written(_title_capitals(parts_of(rich.words), rich))
    rest = title[1:]
    if rest == rest.lower():
        return title
    return _with_small(title, 0, _title_capitals(parts_of(title), None))


def without_protection(title: str) -> str:
    """A title without ``nocase`` spans, for languages that change no case.

    >>> without_protection('Der <span class="nocase">Stand</span> der Forschung')
    'Der Stand der Forschung'
    """
    return _RichTitle(title).written(()) if "nocase" in title else title


class _Piece(NamedTuple):
    """A piece of a rich title.

    Attributes:
        text: as written.
        start: where its text begins among the words; -1 of markup.
    """

    text: str
    start: int


class _Protection(NamedTuple):
    """A ``nocase`` span: the pieces that are its tags, and the words between them."""

    opening: int
    closing: int
    start: int
    end: int


class _RichTitle:
    """A title with markup, and the words of it.

    Attributes:
        words: the text without tags, a character in each formula's place.
    """

    def __init__(self, title: str) -> None:
        self._pieces: list[_Piece] = []
        self._marked: list[tuple[int, int]] = []
        self._protections: list[_Protection] = []
        self.words = ""
        self._read(title)

    def _read(self, title: str) -> None:
        words: list[str] = []
        position = done = 0
        open_tags: list[tuple[re.Match[str], int, int]] = []
        for match in _MARKUP.finditer(title):
            if done < match.start():
                text = title[done : match.start()]
                self._pieces.append(_Piece(text, position))
                words.append(text)
                position += len(text)
            done = match.end()
            if match["name"] is None:
                self._marked.append((position, position + 1))
                words.append(_FORMULA)
                position += 1
            elif match["close"]:
                self._close(match, open_tags, position)
            else:
                open_tags.append((match, len(self._pieces), position))
            self._pieces.append(_Piece(match[0], -1))
        if done < len(title):
            self._pieces.append(_Piece(title[done:], position))
            words.append(title[done:])
        self.words = "".join(words)

    def _close(
        self,
        match: re.Match[str],
        open_tags: list[tuple[re.Match[str], int, int]],
        position: int,
    ) -> None:
        name = match["name"].lower()
        if not open_tags or open_tags[-1][0]["name"].lower() != name:
            return
        tag, index, start = open_tags.pop()
        if not open_tags:
            self._marked.append((start, position))
        if name == "span" and _NOCASE.match(tag["rest"]):
            closing = len(self._pieces)
            self._protections.append(_Protection(index, closing, start, position))

    def marked(self) -> bytearray:
        """Of each character, whether it is in markup or is a formula."""
        flags = bytearray(len(self.words))
        for start, end in self._marked:
            flags[start:end] = b"\1" * (end - start)
        return flags

    def protected(self) -> set[int]:
        """Where the words in ``nocase`` spans begin."""
        return {
            match.start()
            for span in self._protections
            for match in WORD.finditer(self.words, span.start, span.end)
        }

    def written(self, lowered: Sequence[int]) -> str:
        """The title with these characters small, without spans that change nothing."""
        dropped = {
            index
            for span in self._protections
            if not self._needs(span)
            for index in (span.opening, span.closing)
        }
        return "".join(
            piece.text
            if piece.start < 0
            else _with_small(piece.text, piece.start, lowered)
            for index, piece in enumerate(self._pieces)
            if index not in dropped
        )

    def _needs(self, span: _Protection) -> bool:
        """Whether title case would give the span's first word a capital."""
        word = WORD.search(self.words, span.start, span.end)
        if word is None or not word[0][0].islower() or word[0] != word[0].lower():
            return False
        if word.start() > 0 and self.words[word.start() - 1].isalnum():
            return False  # the middle of a word
        alone = WORD.search(self.words, word.end(), span.end) is None
        return not (alone and word[0] in _STOP_WORDS)


def _title_capitals(parts: Sequence[Part], rich: _RichTitle | None) -> list[int]:
    """Where the capitals stand that are only Title Case's."""
    if is_all_capitals(parts):
        return []
    free = list(_free(parts, rich))
    title_case = is_title_case(free)
    if not title_case and not (rich and _names_are_protected(parts, rich)):
        return []
    small_words_too = any(part.text in _SMALL_WORDS for part in parts[1:])
    return [
        part.start
        for part in free
        if part.capitalised
        and not (part.kept or part.opens)
        and (not part.is_symbol or (part.text == "A" and small_words_too))
    ]


def _free(parts: Sequence[Part], rich: _RichTitle | None) -> Iterator[Part]:
    """The words that no markup touches."""
    if rich is None:
        yield from parts
        return
    marked = rich.marked()
    for part in parts:
        if not any(marked[part.start : part.end]):
            yield part


def _names_are_protected(parts: Sequence[Part], rich: _RichTitle) -> bool:
    """Whether an ordinary word has braces: then the others are meant to be small."""
    protected = rich.protected()
    return any(
        part.start in protected
        and part.capitalised
        and not (part.is_symbol or part.opens)
        for part in parts
    )


def _with_small(text: str, offset: int, lowered: Sequence[int]) -> str:
    """The text with the characters at these places, in their order, small."""
    pieces: list[str] = []
    done = 0
    for place in lowered:
        index = place - offset
        if 0 <= index < len(text):
            pieces += (text[done:index], text[index].lower())
            done = index + 1
    return "".join((*pieces, text[done:])) if pieces else text
