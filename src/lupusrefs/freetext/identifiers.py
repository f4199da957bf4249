"""The identifiers in a reference string: found by their spelling, not by the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lupusrefs.errors import InvalidIdentifier
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.identifier_text import IdentifierKind, find_labelled
from lupusrefs.model.identifiers import ArxivId
from lupusrefs.model.location import Span

# Lines are broken in URLs, and spaces come in behind the scheme ("http ://cern.ch").
_URL: Final = re.compile(
    r"(?:(?:https?|ftp)\s?:\s?/\s?/|www\.(?=[^\s.]))[^\s<>\"“”«»]+", re.IGNORECASE
)
_URL_END: Final = re.compile(r"[.,;:!?'’”»*]+\Z")
_RESOLVER: Final = re.compile(
    r"(?:https?\s?:\s?/\s?/\s?)?(?:dx\.\s?)?doi\.\s?org\s?/\s?\Z", re.IGNORECASE
)
_OPENER: Final = {")": "(", "]": "[", "}": "{"}
_NEAR: Final = 4  # characters in which the punctuation around a remark is looked for
_LEAD: Final = 40  # characters before a DOI in which its resolver stands
_ARXIV_OLD: Final = re.compile(
    r"\b(?P<id>(?:hep-(?:ph|th|ex|lat)|astro-ph|cond-mat|gr-qc|nucl-(?:th|ex)|quant-ph"
    r"|math-ph|physics|math)/\d{7}(?:v\d{1,2})?)(?!\w)"
)
_ISSN: Final = re.compile(
    r"\be?-?ISSN\s?[:=]?\s?(?P<id>\d{4}\s?[-‐‑–]\s?\d{3}[\dX])(?!\w)", re.IGNORECASE
)
# What says that a work is not out yet; only as a remark of its own, since titles have
# such words as well.
_STATUS: Final = re.compile(
    r"(?<![^\s(\[;,.:–—-])(?P<id>"
    r"(?:published )?(?:e-?pub|online|print)? ?ahead of (?:print|publication)"
    r"|advance online publication|advance access(?: publication)?|in preparation"
    r"|(?:in|im) (?:press|druck|erscheinen|stampa|prensa|revision|review)"
    r"|forthcoming|to appear|under review|à para[iî]tre"
    r"|submitted(?: for publication)?|accepted(?: for publication)?"
    r"|manuscript (?:submitted for publication|in preparation|under review)"
    r"|unpublished(?: manuscript| data| results| work)?)(?=\s*(?:[.,;:)\]]|\Z))",
    re.IGNORECASE,
)
_HINT: Final = re.compile(
    r"10[./]|doi|://|: //|www\.|arxiv|/\d{7}|PMID|PubMed|PMC|ISBN|ISSN"
    r"|ahead of|press|druck|forthc|appear|submit|review|prep|unpub|accepted|advance"
    r"|ersch|para|stampa|prensa|revision",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier that a reference has.

    Attributes:
        kind: the CSL variable: ``DOI``, ``URL``, ``PMID``, ``PMCID``, ``ISBN``,
            ``ISSN``, or ``arXiv``, for which CSL has none.
        value: as it is written in an item.
        span: where it stands, with its resolver.
    """

    kind: str
    value: str
    span: Span


def find_identifiers(text: str) -> list[Identifier]:
    """All identifiers of the text, in order; none overlaps another."""
    if not _HINT.search(text):
        return []
    found: list[Identifier] = []
    for one in (*_dois(text), *_labelled(text), *_urls(text)):
        if all(
            one.span.end <= other.span.start or other.span.end <= one.span.start
            for other in found
        ):
            found.append(one)
    return sorted(found, key=lambda one: one.span)


def _dois(text: str) -> Iterator[Identifier]:
    for mention in find_dois(text):
        start = mention.start
        before = text[max(0, start - _LEAD) : start]
        if resolver := _RESOLVER.search(before):
            start -= len(before) - resolver.start()
        yield Identifier("DOI", str(mention.doi), Span(start, mention.end))


def _labelled(text: str) -> Iterator[Identifier]:
    """What says by its label or its spelling which identifier it is."""
    for one in find_labelled(text):
        # An ISBN keeps its hyphens.
        value = one.written if one.kind is IdentifierKind.ISBN else one.value
        yield Identifier(_KINDS[one.kind], value, Span(one.start, one.end))
    for match in _ARXIV_OLD.finditer(text):
        with suppress(InvalidIdentifier):  # no month 13
            value = str(ArxivId.parse(match["id"]))
            yield Identifier("arXiv", value, Span(*match.span()))
    for match in _ISSN.finditer(text):
        value = _HYPHENS.sub("-", "".join(match["id"].split())).upper()
        yield Identifier("ISSN", value, Span(*match.span()))
    for match in _STATUS.finditer(text):
        if _is_remark(text, match.start("id"), match.end()):
            value = match["id"].strip()
            span = Span(match.end() - len(value), match.end())
            yield Identifier("status", value, span)


_HYPHENS: Final = re.compile("[‐‑–]")
_KINDS: Final = {
    IdentifierKind.ARXIV: "arXiv",
    IdentifierKind.PMID: "PMID",
    IdentifierKind.PMCID: "PMCID",
    IdentifierKind.ISBN: "ISBN",
}


def _is_remark(text: str, start: int, end: int) -> bool:
    """Whether brackets or punctuation stand around the words."""
    before = text[max(0, start - _NEAR) : start].rstrip()[-1:] or "."
    after = text[end : end + _NEAR].lstrip()[:1] or "."
    return before in '.,;:([)]0123456789?!”"' and after in ".,;:)]"


def _urls(text: str) -> Iterator[Identifier]:
    for match in _URL.finditer(text):
        url = _URL_END.sub("", match[0])
        while url[-1:] in _OPENER and url.count(url[-1]) > url.count(_OPENER[url[-1]]):
            url = _URL_END.sub("", url[:-1])
        span = Span(match.start(), match.start() + len(url))
        yield Identifier("URL", re.sub(r"\s", "", url), span)
