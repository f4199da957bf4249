"""A reference string as words; the punctuation is what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.freetext.identifiers import Identifier

# What is longer is no reference: the rest is left unread.
MAX_CHARACTERS: Final = 12_000
MAX_TOKENS: Final = 1_000

# Scripts that set no blanks between words, and Hangul: "제28권" is three words.
_CJK: Final = (
    r"\u1100-\u11ff\u2e80-\u312f\u3130-\u318f\u31a0-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff"
)
_LETTERS: Final = rf"(?:[^\W_{_CJK}]|[\u0300-\u036f])+"
# Hyphens, apostrophes, a soft hyphen; accents that stand beside their letter, as in
# text from PDF ("Poincar´e"); any dash between figures.
_JOIN: Final = r"(?:[-‐‑–'’\u00ad`´¨˜ˆ˝ˇ˚¸]|(?<=[0-9])[—−-]{1,2}(?=[0-9]))"
_TOKEN: Final = re.compile(
    r"</?[A-Za-z]{1,12}>"  # markup, which is no word
    rf"|(?P<word>[{_CJK}]+|{_LETTERS}(?:{_JOIN}{_LETTERS})*"
    # The same author once more.
    r"|[-–—―_]{3,}|\A[-–—―]+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, or an identifier.

    Attributes:
        text: what it is, as written.
        start: where it begins in the string.
        end: where it ends.
        kind: the kind of an identifier, else empty.
    """

    text: str
    start: int
    end: int
    kind: str = ""


def tokenise(text: str, identifiers: Sequence[Identifier] = ()) -> list[Token]:
    """The words of a string, in order; at most ``MAX_TOKENS``.

    Args:
        text: the string.
        identifiers: what is one word whatever it has in it; in order.
    """
    tokens: list[Token] = []
    for token in _tokens(text, identifiers):
        tokens.append(token)
        if len(tokens) == MAX_TOKENS:
            break
    return tokens


def _tokens(text: str, identifiers: Sequence[Identifier]) -> Iterator[Token]:
    at, limit = 0, min(len(text), MAX_CHARACTERS)
    for one in identifiers:
        start, end = one.span.start, one.span.end
        yield from _words(text, at, min(start, limit))
        if end > limit:
            return
        yield Token(text[start:end], start, end, one.kind)
        at = end
    yield from _words(text, at, limit)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        if match["word"]:
            yield Token(match[0], match.start(), match.end())
