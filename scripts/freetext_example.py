"""An annotated reference, and what the notes in it say."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from lupusrefs.freetext import labels as l
from lupusrefs.freetext.tokens import Token


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a reference as it was annotated; no label where it has none."""

    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated reference.

    Attributes:
        text: the reference.
        source: ``anystyle``, ``grobid`` or ``rendered``.
        subset: the source's own division of its rows.
        tokens: its words.
        labels: the label of each word.
        segments: as it was annotated, for a strict comparison.
    """

    text: str
    source: str
    subset: str
    tokens: tuple[Token, ...]
    labels: tuple[str, ...]
    segments: tuple[Segment, ...] = ()

    @property
    def half(self) -> int:
        """0 or 1: near-duplicates are in the same half, whatever their source."""
        letters = re.sub(r"[\W_]+", "", self.text.lower())
        key = re.sub(r"^\d+", "", letters)[:50] or letters
        return hashlib.sha256(f"halves of lupusrefs:{key}".encode()).digest()[7] & 1


_KINDS: Final = {"DOI": l.DOI, "URL": l.URL, "status": l.STATUS}
ACCESS: Final = re.compile(
    r"retriev|access|availab|consult|dispon|abgerufen|zugriff|visited|viewed|cited"
    r"|download|aufgerufen|^url|en ligne|last modified|geraadpleegd|acesso",
    re.IGNORECASE,
)
STATUS: Final = re.compile(
    r"(?<!university )(?:in|im) (?:press|druck|stampa|prensa)|forthcoming|submitted"
    r"|in prep|ahead of|epub|unpublished|accepted|à para[iî]tre|soumis|in impression"
    r"|erscheint|in revision|under review|to appear",
    re.IGNORECASE,
)
_EDITION: Final = re.compile(r"\b(?:ed|edn|edition|édition|aufl)\b", re.IGNORECASE)
_GENRE: Final = re.compile(
    r"\b(?:thesis|dissertation|report|thèse|preprint|mimeo|tesis|working paper)\b",
    re.IGNORECASE,
)


_SHORT: Final = 4  # words of a note that says one thing


def note_label(words: str) -> str:
    """What a note is, where it is one of the things that have a label."""
    is_short = len(words.split()) <= _SHORT
    if STATUS.search(words):
        return l.STATUS
    if ACCESS.search(words):
        return l.ACCESSED
    if _EDITION.search(words) and is_short:
        return l.EDITION
    if _GENRE.search(words) and is_short:
        return l.GENRE
    return l.NOTE


def identified(token: Token, label: str) -> str:
    """The label of a word; that of an identifier is its kind's."""
    if not token.kind:
        return label
    return _KINDS.get(token.kind, l.IDENTIFIER)
