"""Preprints, and the articles that they have become (comparison.md, B69, U15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lupusrefs.compare.comparison import finding, proposal
from lupusrefs.compare.family_names import first_family
from lupusrefs.compare.notices import own_doi
from lupusrefs.compare.record_path import record_path
from lupusrefs.compare.relations import ARXIV_DOI, published_versions
from lupusrefs.compare.text import joined
from lupusrefs.findings import Change, Confidence, Finding, Fix, Severity
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.item import Item
from lupusrefs.model.work import Work

# Names under which preprints are cited: servers, their owners, and series of papers.
_SERVER: Final = re.compile(
    r"rxiv|\be-?prints?\b|\bpre-?prints?\b|\bpre-?publications?\b|\bssrn\b|\bcorr\b"
    r"|social science research network|computing research repository|research ?square"
    r"|open ?rxiv|cold spring harbor lab|\bosf\b|open science framework|\bauthorea\b"
    r"|\bzenodo\b|\bessoar?\b|earth and space science open archive|\bqeios\b|\bhal\b"
    r"|\brepec\b|\bmpra\b|\bnber\b|working papers?|\bin review\b"
    r"|nature precedings|\bfigshare\b|\bcogprints\b|unpublished|\bposted content\b",
    re.IGNORECASE,
)
_IN_PERIODICALS: Final = frozenset(
    ("article-journal", "article-magazine", "article-newspaper")
)
_IN_VOLUMES: Final = frozenset(("paper-conference", "chapter"))


def is_preprint(work: Work) -> bool:
    """Whether a registered work is a preprint."""
    if work.registered_type == "posted-content":
        return work.genre in {None, "preprint"}
    return work.registered_type == "Preprint" or own_doi(work).startswith(ARXIV_DOI)


def names_preprint_server(text: str | None) -> bool:
    """Whether a container's name is that of a preprint server or series."""
    return text is not None and _SERVER.search(text) is not None


def compare_preprint(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> tuple[Finding, ...]:
    """Whether a preprint is cited as an article, or has become one since.

    One finding of the two (comparison.md, P11). To change the DOI is never more than
    a proposal: the text may differ.
    """
    if not is_preprint(work):
        return ()
    return tuple(_findings(reference, work, related))


def _findings(
    reference: Item, work: Work, related: Mapping[str, Work]
) -> Iterator[Finding]:
    published = _published(work, related)
    if container := _cited_journal(reference, work):
        yield _cited_as_article(reference, work, container, published)
    elif published is not None:
        yield _now_published(reference, work, *published)


def _cited_journal(reference: Item, work: Work) -> str | None:
    """The journal or book in which the preprint is said to have appeared."""
    cited = reference.container_title
    if not cited or reference.type not in _IN_PERIODICALS | _IN_VOLUMES:
        return None
    if _SERVER.search(cited):
        return None
    own = (*work.container_titles, work.publisher, work.archive, work.source)
    name = joined(cited)
    if not name or any(title and name in joined(title) for title in own):
        return None
    return cited


def _published(
    work: Work, related: Mapping[str, Work]
) -> tuple[str, Confidence] | None:
    """The article's DOI; the other end should exist and be by the same author."""
    for doi in published_versions(work):
        article = related.get(fold(doi))
        if article is None:
            return doi, Confidence.LIKELY
        if is_preprint(article):
            continue
        ours, theirs = first_family(work), first_family(article)
        if ours and theirs and ours != theirs:
            return doi, Confidence.POSSIBLE
        return doi, Confidence.CERTAIN
    return None


def _cited_as_article(
    reference: Item,
    work: Work,
    container: str,
    published: tuple[str, Confidence] | None,
) -> Finding:
    # A paper of a conference without DOIs is often cited with its preprint's.
    in_volume = reference.type in _IN_VOLUMES and not published
    about = f"; it was published as {published[0]}" if published else ""
    return finding(
        "preprint-cited-as-article",
        reference,
        f"cited in {container}, registered as a preprint{about}",
        field="container-title",
        cited=container,
        registered=work.genre or work.registered_type,
        forms=("article", "preprint"),
        path=record_path(work, "type"),
        severity=Severity.INFO if in_volume else None,
        confidence=Confidence.LIKELY if in_volume else Confidence.CERTAIN,
        fix=_change(published[0]) if published else None,
        hint="cite the article's own DOI, or the preprint as such",
    )


def _now_published(
    reference: Item, work: Work, doi: str, confidence: Confidence
) -> Finding:
    return finding(
        "preprint-now-published",
        reference,
        f"cited the preprint, which has been published since as {doi}",
        field="DOI" if reference.doi else None,
        cited=reference.doi,
        registered=doi,
        forms=(own_doi(work), fold(doi)),
        path=record_path(work, "relation"),
        confidence=confidence,
        fix=_change(doi),
        hint="the text of the article may differ from that of the preprint",
    )


def _change(doi: str) -> Fix:
    return proposal(Change("DOI", doi))
