"""What a registry can be asked about a reference."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, TypeAlias

from lupusrefs.errors import InvalidDoi, InvalidIdentifier
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.doi_text import find_dois
from lupusrefs.model.identifiers import (
    ARXIV_PREFIX,
    ArxivId,
    Isbn,
    Pmcid,
    Pmid,
    parse_identifier,
)
from lupusrefs.model.outcome import (
    Malformed,
    NoIdentifier,
    NoMetadata,
    Outcome,
    Resolved,
)

Identifier: TypeAlias = Doi | ArxivId | Pmid | Pmcid
Identified: TypeAlias = Identifier | Malformed | NoIdentifier


class Identifiable(Protocol):
    """The variables of an item that can name it."""

    @property
    def doi(self) -> str | None:
        """``DOI``."""

    @property
    def url(self) -> str | None:
        """``URL``."""

    @property
    def pmid(self) -> str | None:
        """``PMID``."""

    @property
    def pmcid(self) -> str | None:
        """``PMCID``."""

    @property
    def isbn(self) -> str | None:
        """``ISBN``."""

    @property
    def archive(self) -> str | None:
        """``archive``."""

    @property
    def archive_location(self) -> str | None:
        """``archive_location``."""

    @property
    def number(self) -> str | None:
        """``number``."""

    @property
    def publisher(self) -> str | None:
        """``publisher``."""


def identify(item: Identifiable) -> Identified:
    """The identifier to ask about: the DOI, else what stands for one.

    In order: ``DOI``; a DOI, arXiv id, PMID or PMCID inside ``URL``; ``PMID``;
    ``PMCID``; an arXiv id in ``archive_location`` or ``number`` of an item whose
    ``archive`` or ``publisher`` is arXiv. An ISBN alone is not asked about.
    """
    if item.doi and item.doi.strip():
        return _of_doi_field(item.doi)
    if item.url and (found := _in_url(item.url)):
        return found
    for kind, text in ((Pmid, item.pmid), (Pmcid, item.pmcid)):
        if text and text.strip():
            try:
                return kind.parse(text)
            except InvalidIdentifier as error:
                return Malformed(text, str(error), error.hint)
    if found := _arxiv_id(item):
        return found
    if item.isbn:
        return NoIdentifier("it has an ISBN but no DOI; no registry of ISBNs is asked")
    return NoIdentifier()


def doi_of(item: Identifiable, outcome: Outcome) -> str | None:
    """The reading of the cited DOI that was found, else the best; or what was found."""
    cited = identify(item)
    found = outcome.work.doi if isinstance(outcome, Resolved) else None
    if isinstance(outcome, NoMetadata):
        found = outcome.doi
    match cited:
        case Doi():
            readings = {fold(name): name for name in cited.candidates}
            return readings.get(fold(found or ""), cited.name)
        case Malformed() | NoIdentifier():
            return None
        case _:
            return found


# One reference is identified several times on its way, and often the next one, too.
@lru_cache(maxsize=4096)
def _of_doi_field(text: str) -> Identified:
    try:
        return _arxiv_doi(text) or Doi.parse(text)
    except InvalidDoi as error:
        # An arXiv id or a PubMed address in the DOI field still names the work.
        return _other_than_doi(text) or Malformed(text, str(error), error.hint)


def _arxiv_doi(text: str) -> ArxivId | None:
    """The arXiv id of arXiv's own DOI, which may have a version: no DOI has."""
    if ARXIV_PREFIX not in text:
        return None
    try:
        return ArxivId.parse(text)
    except InvalidIdentifier:
        return None


def _in_url(url: str) -> Identifier | None:
    mentions = find_dois(url)
    if not mentions:
        return _other_than_doi(url)
    return _arxiv_doi(mentions[0].doi.name) or mentions[0].doi


def _other_than_doi(text: str) -> Identifier | None:
    # A bare number is too little to go by: in a DOI field it is a slip.
    if text.strip().isdigit():
        return None
    try:
        found = parse_identifier(text)
    except InvalidIdentifier:
        return None
    return None if isinstance(found, Isbn) else found


def _arxiv_id(item: Identifiable) -> ArxivId | None:
    holder = f"{item.archive or ''} {item.publisher or ''}".casefold()
    for text in (item.archive_location, item.number):
        if text and ("arxiv" in holder or text.casefold().startswith("arxiv:")):
            try:
                return ArxivId.parse(text)
            except InvalidIdentifier:
                continue
    return None
