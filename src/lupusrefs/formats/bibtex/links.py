"""DOIs, arXiv ids and links of an item, as BibTeX's fields have them."""

from __future__ import annotations

import re
from typing import Final

from lupusrefs.model.item import Item

_RESOLVER: Final = re.compile(
    r"\s*(?:https?://)?(?:dx\.|www\.)?doi\.org/|\s*doi:\s*", re.IGNORECASE
)
_ARXIV: Final = re.compile(
    r"(?:10\.48550/arXiv\.|arxiv\.org/(?:abs|pdf)/|^\s*arXiv:\s*)"
    r"(?P<id>[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?P<version>v\d+)?"
    r"(?:\s*\[(?P<primary>[\w.-]+)\])?",
    re.IGNORECASE,
)
_BARE_ARXIV: Final = re.compile(
    r"(?P<id>[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?P<version>v\d+)?"
    r"(?P<primary>(?!))?",
    re.IGNORECASE,
)


def bare_doi(text: str) -> str:
    """A DOI without the address of a resolver before it."""
    return _RESOLVER.sub("", text, count=1)


def arxiv(item: Item) -> re.Match[str] | None:
    """The arXiv id of an item: groups ``id``, ``version`` and ``primary``."""
    location = item.archive_location or ""
    if (item.archive or "").lower() == "arxiv" and (
        match := _BARE_ARXIV.fullmatch(location)
    ):
        return match
    for text in (item.doi, item.url, item.number, location):
        if text and (match := _ARXIV.search(text)):
            return match
    return None


def is_link_of(url: str, doi: str | None) -> bool:
    """Whether the URL only repeats the DOI: styles would print it twice."""
    bare = bare_doi(url)
    return (
        bare != url
        and doi is not None
        and bare.replace("%2F", "/").casefold() == bare_doi(doi).strip().casefold()
    )
