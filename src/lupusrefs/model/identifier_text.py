"""Identifiers in running text: DOIs, and those beside them that a label or URL shows.

A bare number is no identifier in prose: a PMID needs its label, an ISBN too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lupusrefs.errors import InvalidIdentifier
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.identifiers import ARXIV_PREFIX, ArxivId, Isbn, Pmcid, Pmid


class IdentifierKind(StrEnum):
    """What an identifier names a work by."""

    DOI = "doi"
    ARXIV = "arxiv"
    PMID = "pmid"
    PMCID = "pmcid"
    ISBN = "isbn"


@dataclass(frozen=True, slots=True)
class IdentifierMention:
    """An identifier found in a text, which has it at ``[start, end)``, in characters.

    Attributes:
        kind: of which kind it is.
        value: the identifier in its usual form.
        start: the first character of it.
        end: behind the last one.
        candidates: of a DOI, the names to try, the likeliest first.
        written: behind a label, the identifier as it is written, without blanks.
    """

    kind: IdentifierKind
    value: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()
    written: str = ""


_HOST: Final = r"(?:https?://)?(?:www\.|m\.)?"
# The number behind an address or a label. Blanks come in where a line was broken.
# Every quantifier is bounded and no two of them can share a character.
_ADDRESSES: Final = re.compile(
    rf"(?P<arxiv>{_HOST}(?:export\.|[a-z]{{2}}\.)?arxiv\.org/"
    r"(?:abs|pdf|html|format|e-print|src|ps)/"
    r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]{2,10}(?:-[a-z]{2,4})?(?:\.[a-z]{2,4})?/[0-9]{7})"
    r"(?:v[1-9][0-9]{0,3})?(?![0-9]))"
    rf"|(?P<pmcid>{_HOST}(?:ncbi\.nlm\.nih\.gov/pmc/articles/"
    r"|pmc\.ncbi\.nlm\.nih\.gov/articles/|europepmc\.org/(?:articles?/)(?:PMC/)?)"
    r"PMC\s?[1-9][0-9]{3,8}(?![0-9]))"
    rf"|(?P<pmid>{_HOST}(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/|europepmc\.org/(?:abstract|article)/MED/)"
    r"[1-9][0-9]{0,7}(?![0-9]))",
    re.IGNORECASE,
)
_LABELS: Final = re.compile(
    r"(?P<arxiv>\barxiv\s?[:.]?\s?(?:[0-9]{4}\s?\.\s?[0-9]{4,5}"
    r"|[a-z-]{2,10}(?:\.[a-z-]{2,5})?/[0-9]{7})(?:v[0-9]{1,4})?(?!\w))"
    r"|(?P<pmcid>\bPMCID\s?[:#]?\s?(?:PMC)?\s?[1-9][0-9]{2,8}(?!\w)"
    r"|(?<![\w/.])PMC\s?:?\s?[1-9][0-9]{2,8}(?!\w))"
    r"|(?P<pmid>\b(?:PMID|PubMed\s(?:ID|PMID)|PubMed(?=\s?[:#]))"
    r"\s?[:#]?\s?[0-9]{1,8}(?!\w))"
    r"|(?P<isbn>(?<![a-z])e?-?isbn(?:-?1[03](?![0-9]))?\s?[:=]?\s?"
    r"[0-9](?:\s?[‐‑–-]?\s?[0-9]){8,11}\s?[‐‑–-]?\s?[0-9X])",
    re.IGNORECASE,
)
_LABEL: Final = {
    IdentifierKind.ARXIV: re.compile(r"arxiv\s?[:.]?\s?", re.IGNORECASE),
    IdentifierKind.PMCID: re.compile(r"PMC(?:ID)?\s?[:#]?\s?(?:PMC)?", re.IGNORECASE),
    IdentifierKind.PMID: re.compile(r"\D*"),
    IdentifierKind.ISBN: re.compile(
        r"e?-?isbn(?:-?1[03](?![0-9]))?\s?[:=]?\s?", re.IGNORECASE
    ),
}
_PARSERS: Final = {
    IdentifierKind.ARXIV: ArxivId.parse,
    IdentifierKind.PMCID: lambda written: Pmcid.parse(f"PMC{written}"),
    IdentifierKind.PMID: Pmid.parse,
    IdentifierKind.ISBN: Isbn.parse,
}
_BLANKS: Final = re.compile(r"\s+")
_HYPHENS: Final = re.compile("[‐‑–]")
_ARXIV_DOI: Final = f"{ARXIV_PREFIX}/arxiv."


def find_identifiers(text: str) -> list[IdentifierMention]:
    """Find all identifiers in a text, in order, repeated ones too."""
    found = [
        IdentifierMention(
            IdentifierKind.DOI, one.doi.name, one.start, one.end, one.doi.candidates
        )
        for one in find_dois(text)
    ]
    found += _addressed(text)
    found += find_labelled(text)
    found.sort(key=lambda one: (one.start, -one.end))
    return list(_apart(found))


def find_labelled(text: str) -> Iterator[IdentifierMention]:
    """What a label shows: ``arXiv:``, ``PMID``, ``PMC``, ``ISBN``; with the label."""
    for match in _LABELS.finditer(text):
        kind = IdentifierKind(match.lastgroup or "")
        number = _LABEL[kind].sub("", match[0], count=1)
        written = _HYPHENS.sub("-", _BLANKS.sub("", number))
        with suppress(InvalidIdentifier):  # a wrong check digit, a date that is none
            value = str(_PARSERS[kind](written))
            yield IdentifierMention(kind, value, *match.span(), written=written)


def _addressed(text: str) -> Iterator[IdentifierMention]:
    parsers = {**_PARSERS, IdentifierKind.PMCID: Pmcid.parse}
    for match in _ADDRESSES.finditer(text):
        kind = IdentifierKind(match.lastgroup or "")
        with suppress(InvalidIdentifier):
            yield IdentifierMention(kind, str(parsers[kind](match[0])), *match.span())


def _apart(found: list[IdentifierMention]) -> Iterator[IdentifierMention]:
    """Without those that stand inside another one: a number within a DOI."""
    end = 0
    for one in found:
        if one.start >= end:
            end = one.end
            yield one


def identity(mention: IdentifierMention) -> tuple[str, str]:
    """By what two mentions of one identifier are equal.

    arXiv's own DOI is the arXiv identifier.
    """
    key = fold(mention.value)
    if mention.kind is IdentifierKind.DOI and key.startswith(_ARXIV_DOI):
        return IdentifierKind.ARXIV, key.removeprefix(_ARXIV_DOI)
    if mention.kind is IdentifierKind.ISBN:
        return mention.kind, Isbn.parse(mention.value).isbn13
    if mention.kind is IdentifierKind.ARXIV:
        return mention.kind, ArxivId.parse(mention.value).id
    return mention.kind, key
