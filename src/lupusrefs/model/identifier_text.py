"""Identifiers in running text: DOIs, and those beside them that a label or URL shows.

A bare number is no identifier in prose: a PMID needs its label, an ISBN too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """

    kind: IdentifierKind
    value: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()


_HOST: Final = r"(?:https?://)?(?:www\.|m\.)?"
# Every quantifier is bounded and no two of them can share a character.
_LABELLED: Final = re.compile(
    rf"(?P<arxiv>(?:{_HOST}(?:export\.|[a-z]{{2}}\.)?arxiv\.org/"
    r"(?:abs|pdf|html|format|e-print|src|ps)/|(?<![a-z])arxiv(?:\s?:\s?|\s))"
    r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]{2,10}(?:-[a-z]{2,4})?(?:\.[a-z]{2,4})?/[0-9]{7})"
    r"(?:v[1-9][0-9]{0,3})?(?![0-9]))"
    rf"|(?P<pmcid>(?:{_HOST}(?:ncbi\.nlm\.nih\.gov/pmc/articles/"
    r"|pmc\.ncbi\.nlm\.nih\.gov/articles/|europepmc\.org/(?:articles?/)(?:PMC/)?)"
    r"|(?<![a-z])pmcid\s?[:#]?\s?|(?<![\w/.]))"
    r"PMC\s?[1-9][0-9]{3,8}(?![0-9]))"
    rf"|(?P<pmid>(?:{_HOST}(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/|europepmc\.org/(?:abstract|article)/MED/)"
    r"|(?<![a-z])(?:pmid|pubmed\s?id|pubmed(?=\s?[:#]))\s?[:#]?\s?)[1-9][0-9]{0,7}(?![0-9]))"
    r"|(?P<isbn>(?<![a-z])e?-?isbn(?:-?1[03](?![0-9]))?\s?[:=]?\s?"
    r"[0-9](?:[ -]?[0-9Xx]){9,12}(?![0-9]))",
    re.IGNORECASE,
)
_PARSERS: Final = {
    IdentifierKind.ARXIV: ArxivId.parse,
    IdentifierKind.PMCID: Pmcid.parse,
    IdentifierKind.PMID: Pmid.parse,
    IdentifierKind.ISBN: Isbn.parse,
}
_ARXIV_DOI: Final = f"{ARXIV_PREFIX}/arxiv."


def find_identifiers(text: str) -> list[IdentifierMention]:
    """Find all identifiers in a text, in order, repeated ones too."""
    found = [
        IdentifierMention(
            IdentifierKind.DOI, one.doi.name, one.start, one.end, one.doi.candidates
        )
        for one in find_dois(text)
    ]
    found += _labelled(text)
    found.sort(key=lambda one: (one.start, -one.end))
    return list(_apart(found))


def _labelled(text: str) -> Iterator[IdentifierMention]:
    for match in _LABELLED.finditer(text):
        kind = IdentifierKind(match.lastgroup or "")
        try:
            value = str(_PARSERS[kind](match[0]))
        except InvalidIdentifier:
            continue  # a wrong check digit, a date that is none
        yield IdentifierMention(kind, value, match.start(), match.end())


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
