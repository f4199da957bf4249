"""The keys that a text cites beside the entries that it has."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lupusrefs.documents.document import EVERYTHING, Citation, Document
from lupusrefs.findings import RULES, Finding
from lupusrefs.model.identifier_text import IdentifierKind, find_identifiers
from lupusrefs.model.location import Location

_SHOWN: Final = 8  # keys that a message names
# To look for the nearest of many keys takes time, and a hundred hints nobody reads.
_GUESSED: Final = 20
_PREFIXES: Final = {
    "doi": IdentifierKind.DOI,
    "arxiv": IdentifierKind.ARXIV,
    "pmid": IdentifierKind.PMID,
    "pubmed": IdentifierKind.PMID,
    "pmc": IdentifierKind.PMCID,
    "pmcid": IdentifierKind.PMCID,
    "isbn": IdentifierKind.ISBN,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for.

    Attributes:
        key: the key.
        location: where the entry begins.
    """

    key: str
    location: Location


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A document with the entries of its libraries and of its own list.

    Attributes:
        document: the document.
        entries: every one of them.
        is_whole: whether all of its libraries could be read.
    """

    document: Document
    entries: tuple[Entry, ...]
    is_whole: bool = True

    @property
    def findings(self) -> Iterator[Finding]:
        """Cited keys without an entry, and entries that are never cited."""
        citations = [
            one
            for one in self.document.citations
            if one.key != EVERYTHING and identifier_of(one.key) is None
        ]
        if self.is_whole and self.entries:
            yield from _without_entry(citations, [one.key for one in self.entries])
        if citations and cites_some(self.document):
            yield from self._never_cited({one.key for one in citations})

    def _never_cited(self, cited: set[str]) -> Iterator[Finding]:
        """One finding for each file: a library may serve more than one manuscript."""
        by_file: dict[str, list[Entry]] = {}
        for one in self.entries:
            if one.key not in cited:
                by_file.setdefault(one.location.file, []).append(one)
        for file, entries in by_file.items():
            rule = RULES["entry-never-cited"]
            number = len(entries)
            what = "1 entry is" if number == 1 else f"{number} entries are"
            yield Finding(
                rule=rule,
                key=entries[0].key,
                field=None,
                message=f"{what} never cited: {_listed([e.key for e in entries])}",
                severity=rule.severity,
                location=entries[0].location,
                related=tuple(one.location for one in entries[1:_SHOWN]),
                hint=f"{self.document.file} cites none of them"
                if file != self.document.file
                else None,
            )


def cites_some(document: Document) -> bool:
    """Whether a text picks its entries, rather than listing all of them."""
    cited = {one.key for one in document.citations}
    return bool(cited) and EVERYTHING not in cited


def _without_entry(
    citations: Sequence[Citation], keys: Sequence[str]
) -> Iterator[Finding]:
    known = set(keys)
    missing: dict[str, list[Location]] = {}
    for one in citations:
        if one.key not in known:
            missing.setdefault(one.key, []).append(one.location)
    for number, (key, places) in enumerate(missing.items()):
        rule = RULES["citation-without-entry"]
        near = _nearest(key, keys) if number < _GUESSED else []
        yield Finding(
            rule=rule,
            key=key,
            field=None,
            message=f"`{key}` is cited, and no entry has this key",
            cited=key,
            severity=rule.severity,
            location=places[0],
            related=tuple(places[1:_SHOWN]),
            hint=f"did you mean `{near[0]}`?" if near else None,
        )


def _nearest(key: str, keys: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(key, keys, n=1, cutoff=0.75)


def _listed(keys: Sequence[str]) -> str:
    shown = ", ".join(f"`{key}`" for key in keys[:_SHOWN])
    more = len(keys) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def identifier_of(key: str) -> tuple[IdentifierKind, str] | None:
    """The identifier that a key is, in Manubot's spelling: ``doi:10.1000/182``.

    Source: Manubot, "Citations": ``doi:``, ``pmid:``, ``pmc:``, ``arxiv:``, ``isbn:``.
    """
    prefix, colon, rest = key.partition(":")
    kind = _PREFIXES.get(prefix.casefold())
    if not colon or kind is None:
        return None
    label = rest if kind is IdentifierKind.PMCID else f"{kind}:{rest}"
    for one in find_identifiers(label):
        if one.kind is kind:
            return kind, one.value
    return None
