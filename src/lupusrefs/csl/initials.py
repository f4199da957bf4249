"""Given names as initials (CSL 1.0.2 specification, "Name", initialize-with)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NO_LETTERS: Final = "\"'“”‘’([{\u02bb\u02bc\u02be\u02bf"
_HYPHENS: Final = "-\u2010\u2011"
_WORD: Final = re.compile(r"[^\s.\-\u2010\u2011]+\.?|[-\u2010\u2011]")
_INITIAL_OR_WORD: Final = re.compile(r"[^\s.]+\.?")


@lru_cache(maxsize=20_000)
def initials(given: str, mark: str, *, initialize: bool, hyphen: bool) -> str:
    """The initials of given names.

    Args:
        given: the given names; may have initials already.
        mark: put behind every initial: ``initialize-with``.
        initialize: make initials of whole names, too; if not, only those that are
            there get the mark.
        hyphen: keep the hyphens between them.

    >>> initials("Jean-Luc de B", ". ", initialize=True, hyphen=True)
    'J.-L. de B.'
    """
    if not initialize:
        return _marked(given, mark)
    pieces: list[str] = []
    follows_hyphen = False
    for match in _WORD.finditer(given):
        if match[0] in _HYPHENS:
            follows_hyphen = bool(pieces)
            continue
        dotted = match[0].endswith(".")
        # Quotation marks and brackets are no initials.
        word = match[0].rstrip(".").lstrip(_NO_LETTERS)
        is_small = word[:1] != word[:1].upper() or word[:1].isdigit()
        if not word or (is_small and follows_hyphen):
            # "Chih-jen" is one name.
            follows_hyphen = False
            continue
        if follows_hyphen and hyphen:
            pieces.append(pieces.pop().rstrip() + "-")
        follows_hyphen = False
        if is_small:
            _particle(pieces, word)
        elif dotted:
            pieces.append(word + mark)
        elif word == word.upper():
            pieces.append(word[0] + mark)
        else:
            pieces.append(_short(word) + mark)
    return _single_spaced("".join(pieces))


def _marked(given: str, mark: str) -> str:
    """Given names whose initials have the mark; whole names stay as they are."""
    pieces: list[str] = []
    for match in _INITIAL_OR_WORD.finditer(given):
        word = match[0]
        bare = word.rstrip(".")
        if word.endswith(".") or bare == bare.upper():
            pieces.append(bare + mark)
        else:
            if pieces and not pieces[-1].endswith((" ", "-")):
                pieces.append(" ")
            pieces.append(word + " ")
    return _single_spaced("".join(pieces).replace(" -", "-"))


def _single_spaced(text: str) -> str:
    return (re.sub(r"\s+", " ", text) if "\u00a0" not in text else text).strip()


def _particle(pieces: list[str], word: str) -> None:
    if pieces and not pieces[-1].endswith(" "):
        pieces.append(" ")
    pieces.append(word if word.endswith(("'", "’")) else word + " ")


def _short(word: str) -> str:
    """``J`` of John; ``Ts`` of TSerendorjiin, which is one letter elsewhere."""
    capitals = 0
    while capitals < len(word) and word[capitals].isupper():
        capitals += 1
    if capitals > 1 and capitals < len(word):
        return word[0] + word[1:capitals].lower()
    return word[0]
