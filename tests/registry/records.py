"""The records that the loopback registries answer from."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from registry.messages import dump
from registry.synthetic import SYNTHETIC_PREFIX, synthetic_work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.messages import Record

OWN = Path(__file__).parent / "own"
_FOLD = str.maketrans(ascii_uppercase, ascii_lowercase)
_LONGEST_NAME = 180  # corpus README: longer names are cut and hashed


def fold(doi: str) -> str:
    """The form in which DOIs are compared: ASCII lower case (registries.md 5)."""
    return doi.translate(_FOLD)


def prefix_of(doi: str) -> str:
    """What stands before the first slash of a DOI."""
    return doi.partition("/")[0]


def _file_name(doi: str) -> str:
    name = quote(doi, safe="")
    if len(name) <= _LONGEST_NAME:
        return f"{name}.json"
    digest = hashlib.sha1(doi.encode(), usedforsecurity=False).hexdigest()
    return f"{name[:150]}~{digest[:12]}.json"


class Folder:
    """Records by folded DOI: some in memory, the rest in files, read when asked for."""

    def __init__(self, held: dict[str, bytes], files: Path | None) -> None:
        self._held = held
        self._files = files if files is not None and files.is_dir() else None
        self._names = (
            frozenset(path.name for path in self._files.iterdir())
            if self._files
            else frozenset()
        )

    def __contains__(self, doi: str) -> bool:
        return doi in self._held or _file_name(doi) in self._names

    def raw(self, doi: str) -> bytes | None:
        """The serialised record, without white space at its ends."""
        found = self._held.get(doi)
        if found is None and self._files and _file_name(doi) in self._names:
            found = self._held[doi] = (
                (self._files / _file_name(doi)).read_bytes().strip()
            )
        return found

    def record(self, doi: str) -> Record | None:
        """The record, parsed anew: the caller may change it."""
        raw = self.raw(doi)
        if raw is None:
            return None
        parsed: Record = json.loads(raw)
        return parsed

    def dois(self) -> Iterator[str]:
        """Every DOI here; names that were cut and hashed are left out."""
        yield from list(self._held)
        for name in self._names:
            doi = unquote(name.removesuffix(".json"))
            if doi not in self._held and len(name) < _LONGEST_NAME:
                yield doi


class Records:
    """What is registered, and with whom.

    Args:
        corpus: the folder that ``LUPUSREFS_CORPUS`` names, or None.
        synthetic: how many generated Crossref works ``10.5555/bench.<i>`` to add,
            counted from 0.
    """

    def __init__(self, corpus: Path | None = None, *, synthetic: int = 0) -> None:
        base = corpus / "registry" if corpus else None
        own_works: list[Record] = json.loads((OWN / "crossref.json").read_bytes())
        own_resources: list[Record] = json.loads((OWN / "datacite.json").read_bytes())
        others = json.loads((OWN / "others.json").read_bytes())
        works = {str(work["DOI"]): dump(work) for work in own_works}
        for i in range(synthetic):
            works[f"{SYNTHETIC_PREFIX}{i}"] = dump(synthetic_work(i))
        resources = {str(one["id"]): dump(one) for one in own_resources}
        self.crossref = Folder(works, base / "crossref" if base else None)
        self.datacite = Folder(resources, base / "datacite" if base else None)
        csl = {doi: dump(item) for doi, item in others["csl"].items()}
        self.csl = Folder(csl, base / "csl" if base else None)
        self.handles = Folder({}, base / "handles" if base else None)
        self.ra = Folder({}, base / "ra" if base else None)
        self.short_dois: dict[str, str] = others["short_dois"]
        self.pubmed: dict[str, dict[str, str]] = others["pubmed"]
        self.arxiv: dict[str, Record] = others["arxiv"]
        self._agencies: dict[str, str] = others["agencies"]
        self._prefixes: dict[str, str] = others["prefixes"]

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Merged Crossref DOIs and what became of them (registries.md 2.2)."""
        merged: dict[str, str] = {}
        for doi in self.crossref.dois():
            raw = self.crossref.raw(doi) or b""
            if b'"aliases"' in raw:
                old = json.loads(raw).get("aliases", ())
                merged.update({fold(alias): doi for alias in old})
        return merged

    @cached_property
    def _prefixes_seen(self) -> dict[str, str]:
        seen = {prefix_of(doi): "DataCite" for doi in self.datacite.dois()}
        seen.update({prefix_of(doi): "Crossref" for doi in self.crossref.dois()})
        return seen | self._prefixes

    def warm(self) -> None:
        """Read everything now, so that no request has to wait for the disk."""
        _ = self.aliases
        for doi in self.datacite.dois():
            self.datacite.raw(doi)
        self.agency_of_prefix("10.5555")

    def agency_of_prefix(self, prefix: str) -> str | None:
        """The registration agency that most DOIs of a prefix belong to."""
        answer = self.ra.record(prefix)
        if answer is not None and "RA" in answer:
            return str(answer["RA"])
        return self._prefixes_seen.get(prefix)

    def agency(self, doi: str) -> str | None:
        """The agency of a folded DOI; None when it is not registered."""
        if doi in self._agencies:
            return self._agencies[doi]
        if doi in self.crossref or doi in self.aliases:
            return "Crossref"
        if doi in self.datacite:
            resource = self.datacite.record(doi) or {}
            return None if is_draft(resource) else "DataCite"
        answer = self.ra.record(doi)
        if answer is not None:
            return str(answer["RA"]) if "RA" in answer else None
        return self._agency_of_the_rest(doi)

    def _agency_of_the_rest(self, doi: str) -> str | None:
        item = self.csl.record(doi)
        if item is not None:
            source = item.get("source")
            return str(source) if source else self.agency_of_prefix(prefix_of(doi))
        handle = self.handles.record(doi)
        if handle is not None and handle.get("responseCode") == 1:
            return self.agency_of_prefix(prefix_of(doi)) or "DataCite"
        return None


def is_draft(resource: Record) -> bool:
    """Whether a DataCite resource was never registered (state ``draft``)."""
    return _state(resource) == "draft"


def is_findable(resource: Record) -> bool:
    """Whether the public API shows a DataCite resource (registries.md 3).

    Sixteen old records of the corpus have no state; they were shown.
    """
    return _state(resource) in (None, "findable")


def _state(resource: Record) -> str | None:
    attributes = resource.get("attributes")
    state = attributes.get("state") if isinstance(attributes, dict) else None
    return state if isinstance(state, str) else None
