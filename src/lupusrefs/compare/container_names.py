"""Names of journals, books and proceedings in the form in which they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lupusrefs.compare.abbreviations import Tokens, is_acronym
from lupusrefs.compare.text import clean, words

_ACRONYM: Final = 8  # letters at most
_LONGEST: Final = 1000  # characters that are looked at
# French and Italian articles, which are no part of the word behind them.
_ELISION: Final = re.compile(r"\b(?:dell|nell|sull|[dl])['’](?=\w{3})", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
# Between the title proper and a subtitle, a part or a parallel title.
_BOUNDARY: Final = re.compile(
    r"\s*:\s*|\s+[-\u2010-\u2015/|=]\s+|\s*[\u2014\u2013;=]\s*|(?<=[a-z]{5})\.\s+(?=[A-Z])"
)
_DOTTED: Final = re.compile(r"\w\.(?:\s|\Z|\w)")
_COUNTRIES: Final = (
    (("united", "states", "of", "america"), "usa"),
    (("united", "states", "america"), "usa"),
    (("u", "s", "a"), "usa"),
    (("u", "s"), "usa"),
    (("united", "kingdom"), "uk"),
    (("u", "k"), "uk"),
    (("new", "york", "n", "y"), "nyc"),
    (("new", "york", "ny"), "nyc"),
)
_COUNTRY_STARTS: Final = frozenset(("u", "united", "york"))
# IEEE Xplore's "Applied Superconductivity, IEEE Transactions on".
_INVERTED: Final = re.compile(r"([^,]+(?:, [^,]+)?), ([^,]+ (?:on|of|for|in|the))\s*\Z")


@dataclass(frozen=True, slots=True)
class ContainerName:
    """One name of a container.

    Attributes:
        text: verbatim.
        tokens: its words.
        readings: its words, also without those in brackets and an acronym in front.
        head: those in front of a subtitle, brackets left out; None where there is none.
        tail: the words of the subtitle.
        brackets: the words in brackets.
        is_acronym: whether it is one word in capitals, or nearly so.
    """

    text: str
    tokens: Tokens
    readings: tuple[Tokens, ...]
    head: Tokens | None = None
    tail: Tokens = ()
    brackets: tuple[Tokens, ...] = ()
    is_acronym: bool = False

    @property
    def code(self) -> str:
        """The letters of an acronym."""
        return "".join(t for t in self.plain if t != "and")

    @property
    def plain(self) -> Tokens:
        """Its words without those in brackets."""
        return self.readings[-1]

    @property
    def form(self) -> str:
        """Its words as one text."""
        return " ".join(self.tokens)


@lru_cache(maxsize=8192)
def read_name(text: str) -> ContainerName:
    """Take a name apart."""
    one_line = _ELISION.sub("", clean(text[:_LONGEST]))
    if "," in one_line:
        one_line = _INVERTED.sub(r"\2 \1", one_line)
    tokens = _tokens(one_line)
    without = one_line
    brackets: tuple[Tokens, ...] = ()
    if "(" in one_line or "[" in one_line:
        without = _BRACKETS.sub(" ", one_line)
        brackets = tuple(map(_tokens, _BRACKETS.findall(one_line)))
    plain = _tokens(without) or tokens
    readings = dict.fromkeys((tokens, _without_acronym(plain), plain))
    head, tail = _split(without)
    return ContainerName(
        text,
        tokens,
        tuple(readings),
        head,
        tail,
        tuple(filter(None, brackets)),
        _is_code(plain) and _is_capital(without),
    )


def _without_acronym(tokens: Tokens) -> Tokens:
    """``EHP, Environmental Health Perspectives`` names the journal twice."""
    rest = tokens[1:]
    twice = len(rest) > 1 < len(tokens[0]) and is_acronym(tokens[0], rest)
    return rest if twice else tokens


def _is_code(tokens: Tokens) -> bool:
    """Whether it is one word, or letters only: ``A&A``."""
    return len(tokens) == 1 or all(len(t) == 1 or t == "and" for t in tokens)


def _is_capital(word: str) -> bool:
    """Whether most signs are capitals: ``PNAS``, ``ApJ``, and not ``PeerJ``."""
    signs = list(filter(str.isalnum, word))
    capitals = sum(not sign.islower() for sign in signs)
    return 1 < capitals > len(signs) / 2 and len(signs) <= _ACRONYM


def _tokens(text: str) -> Tokens:
    tokens = words(text)
    if _COUNTRY_STARTS.isdisjoint(tokens):
        return tokens
    result: list[str] = []
    at = 0
    while at < len(tokens):
        for spelled, short in _COUNTRIES:
            if tokens[at : at + len(spelled)] == spelled:
                result.append(short)
                at += len(spelled)
                break
        else:
            result.append(tokens[at])
            at += 1
    return tuple(result)


def _split(text: str) -> tuple[Tokens | None, Tokens]:
    """The words in front of the first boundary, and those behind it."""
    for found in _BOUNDARY.finditer(text):
        if found[0].lstrip().startswith(".") and len(_DOTTED.findall(text)) > 1:
            continue  # an abbreviation, not a sentence
        head, tail = _tokens(text[: found.start()]), _tokens(text[found.end() :])
        if head and tail:
            return head, tail
    return None, ()
