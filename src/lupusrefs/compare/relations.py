"""Stated relations of a work to others, under every name that a registry gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from lupusrefs.compare.notices import own_doi
from lupusrefs.errors import InvalidDoi
from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_spelling import fold
from lupusrefs.model.work import Work

# Crossref writes `is-preprint-of`, DataCite `IsPreprintOf`: here without hyphens.
_PUBLISHED: Final = frozenset(("ispreprintof", "ismanuscriptof"))
_PREPRINT: Final = frozenset(("haspreprint", "hasmanuscript"))
_NEWER: Final = frozenset(("ispreviousversionof", "isreplacedby", "isobsoletedby"))
_REVIEWED: Final = frozenset(("isreviewof", "reviews"))
_WHOLE: Final = frozenset(("iscomponentof", "issupplementto", "ispartof"))
ARXIV_DOI: Final = "10.48550/"
_VERSION: Final = re.compile(r"(?:[./]v|/version/)\d{1,3}\Z")


def published_versions(work: Work) -> tuple[str, ...]:
    """The DOIs of what a preprint has become."""
    names = _PUBLISHED
    own = own_doi(work)
    if own.startswith(ARXIV_DOI):
        # arXiv says of the article: "IsVersionOf" (recorded at DataCite).
        names = _PUBLISHED | {"isversionof"}
    return tuple(doi for doi in _ends(work, names) if not doi.startswith(ARXIV_DOI))


def preprints(work: Work) -> tuple[str, ...]:
    """The DOIs of the preprints of an article."""
    return tuple(_ends(work, _PREPRINT))


def newer_versions(work: Work) -> tuple[str, ...]:
    """The DOIs of versions that replace this one; a family's DOI is none (U16)."""
    own = own_doi(work)
    # figshare's `x.v1` names `x`, which stands for all versions.
    return tuple(d for d in _ends(work, _NEWER) if fold(d) != without_version(own))


def reviewed_works(work: Work) -> tuple[str, ...]:
    """The DOIs of what a review is about; the newest has no version behind it."""
    return tuple(sorted(_ends(work, _REVIEWED), key=len))


def whole_works(work: Work) -> tuple[str, ...]:
    """The DOIs of what a figure, table or supplement belongs to."""
    return tuple(_ends(work, _WHOLE))


def without_version(doi: str) -> str:
    """A DOI's key without a version: ``.v1``, ``/v2``."""
    return _VERSION.sub("", fold(doi))


def _ends(work: Work, names: Iterable[str]) -> Iterator[str]:
    own = own_doi(work)
    seen = {own}
    for relation in work.relations:
        if relation.type.replace("-", "").replace("_", "").casefold() not in names:
            continue
        doi = (
            _doi(relation.id) if relation.id_type in {"doi", "uri", "url", ""} else None
        )
        if doi is not None and fold(doi) not in seen:
            seen.add(fold(doi))
            yield doi


@lru_cache(maxsize=1024)
def _doi(text: str) -> str | None:
    try:
        return Doi.parse(text).name
    except InvalidDoi:
        return None
