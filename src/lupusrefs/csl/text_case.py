"""Changes of case (CSL 1.0.2 specification, "Text-case").

They work on tokens, because a change sees words and not markup: a word may have half of
its letters in italics. What is in a ``nocase`` span, raised, lowered or in small
capitals stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from lupusrefs.csl.output.tree import Tag
from lupusrefs.csl.stream import Kind, Token

_PROTECTING: Final = frozenset((Tag.SUPERSCRIPT, Tag.SUBSCRIPT, Tag.SMALL_CAPS))
# CSL documentation repository, stop-words.json, and the articles, conjunctions and
# name particles of specification 1.0.2, "Title Case Conversion".
_WORDS: Final = """
    a about above across afore after against along alongside amid amidst among
    amongst an and anenst apropos apud around as aside astride at athwart atop
    barring before behind below beneath beside besides between beyond but by circa
    d' de despite down during et except for forenenst from given in inside into l'
    lest like modulo n near next nor notwithstanding of off on onto or out over per
    plus pro qua sans since so than the through throughout thru thruout till to
    toward towards under underneath until unto up upon v. van versus via vis-à-vis
    von vs. vs with within without yet
"""
STOP_WORDS: Final = frozenset(_WORDS.split())
_SHOUTED: Final = 4  # words
_WORD: Final = re.compile(r"[^\s\u00a0]+")
# Letters in a word, after the quotation marks and brackets before it.
_PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS_CLAUSE: Final = re.compile(r"[:?!.][\"”’'»)\]]*$")
_SENTENCE_END: Final = frozenset(":?!")


def convert(kind: str, tokens: Sequence[Token], *, is_english: bool) -> list[Token]:
    """Tokens in another case.

    Args:
        kind: ``lowercase``, ``uppercase``, ``capitalize-first``, ``capitalize-all``,
            ``sentence`` or ``title``.
        tokens: of one value or of all that a macro emitted.
        is_english: whether the text is; only English has title case.
    """
    if len(tokens) == 1 and isinstance(tokens[0], str):
        return [_plain(kind, tokens[0], is_english=is_english)]
    text = _Text(tokens)
    if kind == "lowercase":
        text.replace(str.lower)
    elif kind == "uppercase":
        text.replace(str.upper)
    elif kind == "capitalize-first":
        text.write(_first(text.joined))
    elif kind == "capitalize-all":
        text.write(_all_words(text.joined))
    elif kind == "sentence":
        text.write(_sentence(text.joined))
    elif kind == "title" and is_english:
        text.write(_title(text.joined))
    return text.tokens()


def _plain(kind: str, text: str, *, is_english: bool) -> str:
    match kind:
        case "lowercase":
            return text.lower()
        case "uppercase":
            return text.upper()
        case "capitalize-first":
            return _apply(text, _first(text))
        case "capitalize-all":
            return _apply(text, _all_words(text))
        case "sentence":
            return _apply(text, _sentence(text))
        case "title" if is_english:
            return _apply(text, _title(text))
        case _:
            return text


# Index of a character -> what it becomes.
_Changes = dict[int, str]


def _apply(text: str, changes: _Changes) -> str:
    if not changes:
        return text
    characters = list(text)
    for index, char in changes.items():
        characters[index] = char
    return "".join(characters)


class _Text:
    """Tokens as one text, in which protected characters are out of reach.

    Attributes:
        joined: all strings; of protected ones each character is a noncharacter, which
            has no case, but for spaces.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._protected: set[int] = set()
        pieces: list[str] = []
        depth = 0
        for index, token in enumerate(tokens):
            if isinstance(token, str):
                if depth:
                    self._protected.add(index)
                    token = re.sub(r"[^\s:?!.]", "\ufdd0", token)  # noqa: PLW2901
                pieces.append(token)
            elif _protects(token.kind, token.tag):
                depth += 1
            elif _unprotects(token.kind, token.tag):
                depth -= 1
        self.joined = "".join(pieces)

    def replace(self, change: Callable[[str], str]) -> None:
        """Change every string that is not protected."""
        for index, token in enumerate(self._tokens):
            if isinstance(token, str) and index not in self._protected:
                self._tokens[index] = change(token)

    def write(self, changes: _Changes) -> None:
        """Change single characters."""
        start = 0
        for index, token in enumerate(self._tokens):
            if not isinstance(token, str):
                continue
            end = start + len(token)
            if index not in self._protected:
                own = {
                    at - start: char
                    for at, char in changes.items()
                    if start <= at < end
                }
                self._tokens[index] = _apply(token, own)
            start = end

    def tokens(self) -> list[Token]:
        return self._tokens


def _protects(kind: Kind, tag: Tag | None) -> bool:
    return kind is Kind.NOCASE_OPEN or (kind is Kind.OPEN and tag in _PROTECTING)


def _unprotects(kind: Kind, tag: Tag | None) -> bool:
    return kind is Kind.NOCASE_CLOSE or (kind is Kind.CLOSE and tag in _PROTECTING)


def _is_symbol(word: str) -> bool:
    """A Greek letter by itself, as of β-catenin, is no word that has a capital."""
    return len(word) == 1 and "\u0370" <= word <= "\u03ff"


def _wants_capital(word: str) -> bool:
    """Whether a word has small letters alone and may begin with a capital."""
    return word[0].islower() and word == word.lower() and not _is_symbol(word)


def _first(text: str) -> _Changes:
    """The first letter as a capital, unless its word has capitals already."""
    for index, char in enumerate(text):
        if char.isalnum() or char == "\ufdd0":
            part = _PART.match(text, index)
            return {index: char.upper()} if part and _wants_capital(part[0]) else {}
    return {}


def _all_words(text: str) -> _Changes:
    changes: _Changes = {}
    for word in _WORD.finditer(text):
        part = _PART.search(text, word.start(), word.end())
        if part and _wants_capital(part[0]):
            changes[part.start()] = part[0][0].upper()
    return changes


def _sentence(text: str) -> _Changes:
    """Upper case lowered, and the first letter a capital."""
    changes: _Changes = {}
    letters = [char for char in text if char.isalpha()]
    if letters and all(char.upper() == char for char in letters):
        for index, char in enumerate(text):
            if char.isupper():
                changes[index] = char.lower()
        first = next((i for i, c in enumerate(text) if c.isalpha()), None)
        if first is not None:
            changes.pop(first, None)
        return changes
    return _sentence_mixed(text)


def _sentence_mixed(text: str) -> _Changes:
    """Words that begin with a capital and have no other lose it."""
    changes: _Changes = {}
    is_first = True
    for word in _WORD.finditer(text):
        part = _PART.search(text, word.start(), word.end())
        if part is None:
            if "\ufdd0" in word[0]:
                is_first = False
            continue
        whole = part[0]
        if is_first:
            if _wants_capital(whole):
                changes[part.start()] = whole[0].upper()
            is_first = False
        elif whole[0].isupper() and whole[1:] == whole[1:].lower() and len(whole) > 1:
            changes[part.start()] = whole[0].lower()
    return changes


def _is_shouted(text: str) -> bool:
    """Whether capitals are no more than emphasis: "PLOS ONE" is a name."""
    if not any(map(str.isupper, text)) or any(map(str.islower, text)):
        return False
    words = text.lower().split()
    return len(words) >= _SHOUTED or not STOP_WORDS.isdisjoint(words)


def _title(text: str) -> _Changes:
    """Title case, as English has it."""
    changes: _Changes = {}
    if _is_shouted(text):
        # One for one: "İ" is two characters in small letters.
        changes = {
            index: char.lower()[0] for index, char in enumerate(text) if char.isupper()
        }
        text = _apply(text, changes)
    words = list(_WORD.finditer(text))
    last = len(words) - 1
    begins = True
    for number, word in enumerate(words):
        _title_word(text, word, changes, keeps_stop=begins or number == last)
        begins = bool(_ENDS_CLAUSE.search(word[0])) and word[0][-1:] != "."
    return changes


def _title_word(
    text: str, word: re.Match[str], changes: _Changes, *, keeps_stop: bool
) -> None:
    """The changes of a word, in which hyphens and dashes join more."""
    bare = word[0].strip("\"“”‘’'«»()[]{},;:!?")
    if not keeps_stop and (bare.lower() in STOP_WORDS) and bare.islower():
        return
    whole = bare.lower()
    if not keeps_stop and whole in STOP_WORDS:
        first = _PART.search(text, word.start(), word.end())
        if first and first[0][0].isupper() and first[0][1:] == first[0][1:].lower():
            changes[first.start()] = first[0][0].lower()
        return
    is_first = True
    for part in _PART.finditer(text, word.start(), word.end()):
        piece = part[0]
        before = text[part.start() - 1 : part.start()]
        follows_hyphen = before and before in "-‐‑"
        if not is_first and not (before and before in "-‐‑–—/"):
            continue
        stop = not is_first and follows_hyphen and piece.lower() in STOP_WORDS
        if not stop and _wants_capital(piece):
            changes[part.start()] = piece[0].upper()
        is_first = False
